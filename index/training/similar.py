"""Pairs in an order in which similar answers are neighbours, so that a block of rows has hard negatives.

A batch of rows drawn at random is easy: nothing else in it is about the question's topic. In sets reordered
here, a model says which right sides are alike, and blocks of neighbours (`Recipe.blocks`) become negatives
that share the topic without being the answer. Without a model, shared rare words say it, as BM25 would.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from index.training.corpus import Side, TokenisedPairs, write
from index.training.loss import Matrix

_LEAF = 16  # rows whose order among each other means nothing
_SAMPLE = 2_000
_ROUNDS = 4
_PART = 20_000


def reorder(found: TokenisedPairs, vectors: Matrix, folder: Path) -> None:
    """Write the set into `folder` in an order by its right sides; `vectors` is (vocabulary, dimension)."""
    order = similar_first(_pooled(found.right, vectors), np.random.default_rng(0))
    sides = (_reordered(found.left, order), _reordered(found.right, order))
    write(folder, found.name, *sides, found.right_keys[order])


def by_words(tokenizer: Tokenizer, dimension: int) -> Matrix:
    """Return (vocabulary, dimension) random vectors as long as their pieces are rare.

    Sums of them are alike for texts that share rare words.
    """
    scores = np.array([score for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]])
    rows = np.random.default_rng(0).standard_normal((len(scores), dimension), dtype=np.float32)
    result: Matrix = rows * np.maximum(-scores, 0.0).astype(np.float32)[:, None]
    return result


def similar_first(rows: Matrix, chance: np.random.Generator) -> NDArray[np.int64]:
    """Return an order of unit rows (n, dimension) by halving: similar rows stay in one half of a half.

    Each part is cut at the median of its projection on the line between two centres (2-means on a sample).
    """
    order = np.arange(len(rows))
    parts = [(0, len(rows))]
    while parts:
        start, end = parts.pop()
        if end - start <= _LEAF:
            continue
        part = order[start:end]
        along = rows[part] @ _direction(rows[part], chance)
        order[start:end] = part[np.argsort(along, kind="stable")]
        middle = (start + end) // 2
        parts += [(start, middle), (middle, end)]
    return order


def _direction(rows: Matrix, chance: np.random.Generator) -> Matrix:
    sample = rows[chance.choice(len(rows), min(len(rows), _SAMPLE), replace=False)]
    first, second = sample[chance.choice(len(sample), 2, replace=False)]
    for _ in range(_ROUNDS):
        along = sample @ (first - second)
        upper = along > np.median(along)
        if upper.all() or not upper.any():
            break
        first, second = sample[upper].mean(axis=0), sample[~upper].mean(axis=0)
    direction: Matrix = first - second
    return direction


def _pooled(side: Side, vectors: Matrix) -> Matrix:
    """Return the unit sum of each text's vectors, (texts, dimension)."""
    texts = len(side.offsets) - 1
    rows = np.empty((texts, vectors.shape[1]), dtype=np.float32)
    for start in range(0, texts, _PART):
        ids, offsets = side.rows(np.arange(start, min(start + _PART, texts)))
        counts = csr_matrix(
            (np.ones(len(ids), np.float32), ids, offsets), shape=(len(offsets) - 1, len(vectors))
        )
        rows[start : start + _PART] = counts @ vectors
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows


def _reordered(side: Side, order: NDArray[np.int64]) -> Side:
    return Side(*side.rows(order))
