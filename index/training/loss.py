"""The contrastive loss and its gradient, written out: numpy is faster here than automatic differentiation.

Symmetric InfoNCE with in-batch negatives (van den Oord et al. 2018; Radford et al. 2021), summed over the
first 256, 128 and 64 dimensions (matryoshka, Kusupati et al. 2022). With cosines c_ij, temperature t and
e_ij = exp(c_ij / t):

    loss = mean_i [ -log(e_ii / sum_j e_ij) - log(e_ii / sum_j e_ji) ] / 2
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


def info_nce(
    left: Matrix, right: Matrix, same: NDArray[np.bool_], temperature: float = 0.05
) -> tuple[float, Matrix, Matrix]:
    """Return the loss and its gradients by `left` and `right`, all (batch, dimension).

    `same` is (batch, batch), true where a row of another pair is a right answer as well: it is no negative.
    """
    count = len(left)
    left_unit, left_length = _unit(left)
    right_unit, right_length = _unit(right)
    exponential = left_unit @ right_unit.T
    exponential -= 1.0  # cosines are at most 1: the exponential cannot overflow
    exponential /= temperature
    own = exponential.diagonal().copy()
    np.exp(exponential, out=exponential)
    exponential[same] = 0.0
    np.fill_diagonal(exponential, np.exp(own))
    by_row, by_column = exponential.sum(axis=1), exponential.sum(axis=0)
    loss = float(np.mean(np.log(by_row) + np.log(by_column) - 2.0 * own) / 2.0)
    gradient = exponential * (1.0 / by_row)[:, None]
    exponential *= 1.0 / by_column
    gradient += exponential
    gradient[np.arange(count), np.arange(count)] -= 2.0
    gradient *= 1.0 / (2.0 * count * temperature)
    return (
        loss,
        _through_unit(gradient @ right_unit, left_unit, left_length),
        _through_unit(gradient.T @ left_unit, right_unit, right_length),
    )


def matryoshka(
    left: Matrix,
    right: Matrix,
    same: NDArray[np.bool_],
    dimensions: Sequence[int] = (256, 128, 64),
    temperature: float = 0.05,
) -> tuple[float, Matrix, Matrix]:
    """Return `info_nce` averaged over prefixes of the vectors: short vectors become usable on their own."""
    total, left_gradient, right_gradient = 0.0, np.zeros_like(left), np.zeros_like(right)
    for dimension in dimensions:
        loss, by_left, by_right = info_nce(left[:, :dimension], right[:, :dimension], same, temperature)
        total += loss / len(dimensions)
        left_gradient[:, :dimension] += by_left / len(dimensions)
        right_gradient[:, :dimension] += by_right / len(dimensions)
    return total, left_gradient, right_gradient


def _unit(rows: Matrix) -> tuple[Matrix, Matrix]:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows / lengths, lengths


def _through_unit(gradient: Matrix, unit: Matrix, lengths: Matrix) -> Matrix:
    """Return the gradient by the rows before they were divided by their length."""
    along = np.einsum("ij,ij->i", gradient, unit)[:, None]
    result: Matrix = (gradient - along * unit) / lengths
    return result
