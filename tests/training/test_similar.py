"""An order in which similar rows are neighbours, and pairs that keep together in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.training.corpus import Side, TokenisedPairs
from index.training.similar import reorder, similar_first


def test_every_row_is_there_once_and_neighbours_are_alike() -> None:
    chance = np.random.default_rng(5)
    topics = np.repeat(np.arange(16), 32)
    rows = np.eye(16, dtype=np.float32)[topics] + 0.1 * chance.standard_normal((512, 16), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    mixed = chance.permutation(512)
    order = similar_first(rows[mixed], np.random.default_rng(0))
    assert sorted(order) == list(range(512))
    found = topics[mixed[order]]
    assert np.mean(found[1:] == found[:-1]) > 0.6  # 1 in 16 before


def test_pairs_keep_together(tmp_path: Path) -> None:
    texts = 60
    ids = np.arange(1, texts + 1, dtype=np.int32)
    one_token_each = Side(ids, np.arange(texts + 1))
    vectors = np.random.default_rng(1).standard_normal((texts + 1, 6)).astype(np.float32)
    reorder(TokenisedPairs("made", one_token_each, one_token_each, ids.astype(np.int64)), vectors, tmp_path)
    found = TokenisedPairs.open(tmp_path, "made")
    np.testing.assert_array_equal(found.left.ids, found.right.ids)
    np.testing.assert_array_equal(found.left.ids, found.right_keys)
    assert sorted(found.left.ids) == list(ids)
