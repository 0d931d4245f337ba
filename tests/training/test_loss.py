"""The written-out gradient against finite differences, and the loss against its formula in plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.training.loss import Matrix, info_nce, matryoshka


def rows(seed: int, count: int = 5, dimension: int = 8) -> Matrix:
    return np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)


def loss_by_definition(left: Matrix, right: Matrix, same: np.ndarray, temperature: float) -> float:
    unit_left = left / np.linalg.norm(left, axis=1, keepdims=True)
    unit_right = right / np.linalg.norm(right, axis=1, keepdims=True)
    cosines = unit_left @ unit_right.T
    total = 0.0
    for i in range(len(left)):
        kept = [j for j in range(len(left)) if j == i or not same[i, j]]
        by_row = sum(math.exp(cosines[i, j] / temperature) for j in kept)
        by_column = sum(math.exp(cosines[j, i] / temperature) for j in kept)
        own = math.exp(cosines[i, i] / temperature)
        total -= math.log(own / by_row) + math.log(own / by_column)
    return total / 2 / len(left)


@pytest.mark.parametrize("temperature", [0.05, 0.5])
def test_the_loss_is_its_formula_and_leaves_out_second_answers(temperature: float) -> None:
    left, right = rows(1), rows(2)
    same = np.eye(5, dtype=bool)
    same[0, 3] = same[3, 0] = True
    loss, _, _ = info_nce(left, right, same, temperature)
    assert loss == pytest.approx(loss_by_definition(left, right, same, temperature), rel=1e-4)
    without, _, _ = info_nce(left, right, np.eye(5, dtype=bool), temperature)
    assert without > loss


def test_the_gradient_agrees_with_finite_differences() -> None:
    left, right = rows(1), rows(2)
    same = np.eye(5, dtype=bool)
    same[1, 2] = same[2, 1] = True
    _, by_left, by_right = matryoshka(left, right, same, (8, 4), 0.3)
    for place in ((0, 0), (1, 3), (4, 7)):
        for matrix, gradient in ((left, by_left), (right, by_right)):
            kept, losses = matrix[place], []
            for change in (1e-2, -1e-2):
                matrix[place] = kept + change
                losses.append(matryoshka(left, right, same, (8, 4), 0.3)[0])
            matrix[place] = kept
            assert gradient[place] == pytest.approx((losses[0] - losses[1]) / 2e-2, abs=2e-3)


def test_vectors_that_already_agree_have_a_small_loss_and_no_overflow() -> None:
    agreed = 1e4 * np.eye(6, 8, dtype=np.float32)
    loss, by_left, _ = info_nce(agreed, agreed, np.eye(6, dtype=bool), 0.05)
    assert loss == pytest.approx(0.0, abs=1e-5)
    assert np.isfinite(by_left).all()
