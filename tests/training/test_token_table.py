"""Pooling against a loop, one Adam step by hand, and a checkpoint that goes on as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.training.token_table import TokenTable


def test_pooling_is_the_mean_of_the_rows() -> None:
    table = TokenTable.random(20, 4, seed=1)
    pooled = table.pool(np.array([3, 5, 5, 7], dtype=np.int32), np.array([0, 3, 4]))
    np.testing.assert_allclose(pooled.vectors[0], table.weights[[3, 5, 5]].mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(pooled.vectors[1], table.weights[7], rtol=1e-5)
    assert pooled.touched.tolist() == [3, 5, 7]


def test_repeated_tokens_count_by_a_power_of_their_number() -> None:
    table = TokenTable.random(20, 4, seed=1)
    pooled = table.pool(np.array([5, 3, 5, 7], dtype=np.int32), np.array([0, 3, 4]), repeats=0.5)
    expected = (table.weights[3] + 2**0.5 * table.weights[5]) / (1 + 2**0.5)
    np.testing.assert_allclose(pooled.vectors[0], expected, rtol=1e-5)
    np.testing.assert_allclose(pooled.vectors[1], table.weights[7], rtol=1e-5)
    assert pooled.mean.shape == (2, 3)


def test_the_first_step_moves_touched_rows_by_the_rate_and_no_others() -> None:
    table = TokenTable.random(6, 4, seed=1)
    before = table.weights.copy()
    pooled = table.pool(np.array([2, 4], dtype=np.int32), np.array([0, 1, 2]))
    gradient = np.array([[1, 1, 1, 1], [-3, 3, -3, 3]], dtype=np.float32)
    table.step((pooled,), (gradient,), rate=0.01)
    np.testing.assert_allclose(table.weights[2] - before[2], -0.01, rtol=1e-3)
    np.testing.assert_allclose(table.weights[4] - before[4], [0.01, -0.01, 0.01, -0.01], rtol=1e-3)
    np.testing.assert_array_equal(table.weights[[0, 1, 3, 5]], before[[0, 1, 3, 5]])


def test_a_token_on_both_sides_gets_both_gradients() -> None:
    table = TokenTable(np.ones((3, 2), dtype=np.float32))
    left = table.pool(np.array([1], dtype=np.int32), np.array([0, 1]))
    right = table.pool(np.array([1, 2], dtype=np.int32), np.array([0, 2]))
    table.step((left, right), (np.array([[1.0, 0]], np.float32), np.array([[-2.0, 1]], np.float32)), rate=0.1)
    assert table.weights[1][0] == pytest.approx(1.0)  # 1 - 2 / 2
    assert table.weights[1][1] < 1.0


def test_with_caution_rows_that_few_steps_touch_move_slower() -> None:
    table = TokenTable.random(4, 4, seed=1, caution=0.5)
    often = table.pool(np.array([1], dtype=np.int32), np.array([0, 1]))
    both = table.pool(np.array([1, 2], dtype=np.int32), np.array([0, 1, 2]))
    for _ in range(199):
        table.step((often,), (np.ones((1, 4), dtype=np.float32),), rate=0.01)
    before = table.weights.copy()
    table.step((both,), (np.ones((2, 4), dtype=np.float32),), rate=0.01)
    moved = np.abs(table.weights - before)[:, 0]
    assert moved[1] == pytest.approx(0.01, rel=0.05)
    assert moved[2] == pytest.approx(0.01 * 0.2, rel=0.05)  # once in 200 steps: as slow as any
    assert moved[3] == 0.0


def test_a_restored_checkpoint_goes_on_the_same(tmp_path: Path) -> None:
    def steps(table: TokenTable, count: int) -> None:
        for _ in range(count):
            pooled = table.pool(np.array([1, 2], dtype=np.int32), np.array([0, 1, 2]))
            table.step((pooled,), (pooled.vectors.copy(),), rate=0.05)

    whole = TokenTable.random(4, 3, seed=2, caution=0.5)
    steps(whole, 4)
    half = TokenTable.random(4, 3, seed=2, caution=0.5)
    steps(half, 2)
    half.save(tmp_path / "checkpoint.npz", step=2)
    restored, done = TokenTable.restore(tmp_path / "checkpoint.npz")
    steps(restored, 2)
    assert done == 2
    np.testing.assert_allclose(restored.weights, whole.weights, rtol=1e-6)
