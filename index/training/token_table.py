"""The weights in training: a table of token vectors, pooled by sparse products, moved by row-wise Adam.

Only the rows of tokens that a batch contains are read or written; Adam's second moment is one number a row
(as in row-wise Adagrad for embedding tables), which halves its memory and does not distort the direction of
a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Matrix = NDArray[np.float32]
_MEMORY, _SCALE_MEMORY = 0.9, 0.999
_USUAL_SHARE, _SLOWEST = (
    0.2,
    0.2,
)  # rows in a fifth of the steps move at the full rate, none slower than a fifth of it


@dataclass(frozen=True, slots=True)
class Pooled:
    """Texts of a batch: `mean` (texts, touched) averages the table's rows `touched` into `vectors`."""

    touched: NDArray[np.int64]
    mean: csr_matrix
    vectors: Matrix


class TokenTable:
    """(vocabulary, dimension) float32 weights with Adam's moments; row 0, the unknown token, stays zero."""

    def __init__(self, weights: Matrix, caution: float = 0.0) -> None:
        """Take the weights; with `caution` > 0 a row moves slower the fewer steps have touched it.

        Adam moves every touched row by about the rate, however few texts its gradient comes from: rare words
        are worn down to noise. The rate is multiplied by (share of the steps that touched the row)^caution.
        """
        self.weights = weights
        self.caution = caution
        self._steps = 0
        self._momentum = np.zeros_like(weights)
        self._scale = np.zeros(len(weights), dtype=np.float32)
        self._seen = np.zeros(len(weights), dtype=np.int32)

    @classmethod
    def random(
        cls, vocabulary: int, dimension: int, seed: int, caution: float = 0.0, deviation: float = 0.1
    ) -> TokenTable:
        """Return a table of normal random vectors."""
        rows = np.random.default_rng(seed).standard_normal((vocabulary, dimension), dtype=np.float32)
        rows *= deviation
        rows[0] = 0.0
        return cls(rows, caution)

    def pool(self, ids: NDArray[np.int32], offsets: NDArray[np.int64], repeats: float = 1.0) -> Pooled:
        """Average the rows of each text; text i has the ids[offsets[i] : offsets[i + 1]], at least one.

        A token that stands c times in a text counts c^repeats times.
        """
        marked = np.zeros(len(self.weights), dtype=bool)
        marked[ids] = True
        touched = np.flatnonzero(marked)
        column = np.cumsum(marked) - 1
        lengths = np.diff(offsets)
        values = np.repeat((1.0 / lengths).astype(np.float32), lengths)
        mean = csr_matrix((values, column[ids], offsets), shape=(len(lengths), len(touched)))
        if repeats != 1.0:
            mean.data[:] = 1.0
            mean.sum_duplicates()
            mean.data **= np.float32(repeats)
            totals = np.asarray(mean.sum(axis=1)).ravel()
            mean.data /= np.repeat(totals, np.diff(mean.indptr)).astype(np.float32)
        return Pooled(touched, mean, mean @ self.weights[touched])

    def step(self, pooled: tuple[Pooled, ...], gradients: tuple[Matrix, ...], rate: float) -> None:
        """Move the touched rows against the gradients by the pooled vectors."""
        by_row = [part.mean.T.tocsr() @ by_vector for part, by_vector in zip(pooled, gradients, strict=True)]
        self.move(tuple(part.touched for part in pooled), tuple(by_row), rate)

    def move(self, ids: tuple[NDArray[Any], ...], gradients: tuple[Matrix, ...], rate: float) -> None:
        """Move rows against their gradients; the ids of one part are distinct, parts may share rows."""
        marked = np.zeros(len(self.weights), dtype=bool)
        for part in ids:
            marked[part] = True
        rows = np.flatnonzero(marked)
        place = np.cumsum(marked) - 1
        gradient = np.zeros((len(rows), self.weights.shape[1]), dtype=np.float32)
        for part, by_row in zip(ids, gradients, strict=True):
            gradient[place[part]] += by_row
        self._move(rows, gradient, rate)

    def _move(self, rows: NDArray[np.int64], gradient: Matrix, rate: float) -> None:
        self._seen[rows] += 1
        self._steps += 1
        times = self._seen[rows].astype(np.float32)
        scale = self._scale[rows] * _SCALE_MEMORY
        scale += (1 - _SCALE_MEMORY) * np.einsum("ij,ij->i", gradient, gradient) / gradient.shape[1]
        self._scale[rows] = scale
        momentum = self._momentum[rows]
        momentum *= _MEMORY
        gradient *= 1 - _MEMORY
        momentum += gradient
        self._momentum[rows] = momentum
        corrected = np.sqrt(scale / (1 - _SCALE_MEMORY**times)) + 1e-12
        slower = self._slower(times) if self.caution else np.float32(1.0)
        momentum *= (slower * rate / (1 - _MEMORY**times) / corrected)[:, None]
        self.weights[rows] -= momentum

    def _slower(self, times: NDArray[np.float32]) -> NDArray[np.float32]:
        share = np.minimum(times / (self._steps * _USUAL_SHARE), np.float32(1.0))
        slower: NDArray[np.float32] = np.maximum(share**self.caution, np.float32(_SLOWEST))
        return slower

    def save(self, path: Path, step: int) -> None:
        """Write a checkpoint; the file is replaced whole, so a killed run keeps the last complete one."""
        partial = path.with_suffix(".partial.npz")
        np.savez(
            partial,
            weights=self.weights,
            momentum=self._momentum,
            scale=self._scale,
            seen=self._seen,
            steps=self._steps,
            caution=self.caution,
            step=step,
        )
        partial.replace(path)

    @classmethod
    def restore(cls, path: Path) -> tuple[TokenTable, int]:
        """Return the table of a checkpoint and the number of steps done; raises FileNotFoundError."""
        with np.load(path) as saved:
            table = cls(saved["weights"], float(saved["caution"]))
            table._momentum, table._scale, table._seen = saved["momentum"], saved["scale"], saved["seen"]
            table._steps = int(saved["steps"])
            return table, int(saved["step"])
