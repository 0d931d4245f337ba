"""The reranker's loss: its scores are `ranking.maxsim`, its gradient agrees with finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from index.training.late_loss import Tokens, late_interaction
from index.training.loss import Matrix

LEFT = (np.array([1, 2, 3, 3, 4], dtype=np.int32), np.array([0, 2, 4, 5]))
RIGHT = (np.array([5, 2, 6, 3, 7, 8, 4, 6], dtype=np.int32), np.array([0, 3, 5, 8]))
SAME = np.eye(3, dtype=bool)


def loss_by_definition(weights: Matrix, temperature: float) -> float:
    lengths = np.linalg.norm(weights, axis=1)
    unit = weights / lengths[:, None]
    scores = np.zeros((3, 3))
    for i in range(3):
        query = LEFT[0][LEFT[1][i] : LEFT[1][i + 1]]
        for j in range(3):
            passage = RIGHT[0][RIGHT[1][j] : RIGHT[1][j + 1]]
            best = [lengths[token] * max(unit[token] @ unit[other] for other in passage) for token in query]
            scores[i, j] = sum(best) / lengths[query].sum()
    chances = np.exp(scores / temperature)
    own = chances.diagonal()
    return float(-np.mean(np.log(own / chances.sum(axis=1)) + np.log(own / chances.sum(axis=0))) / 2)


def test_the_loss_is_its_formula_and_the_gradient_agrees_with_finite_differences() -> None:
    weights = np.random.default_rng(5).standard_normal((9, 6)).astype(np.float32)
    found = late_interaction(Tokens.of(weights, *LEFT), Tokens.of(weights, *RIGHT), SAME, 0.2)
    assert found.loss == pytest.approx(loss_by_definition(weights, 0.2), rel=1e-4)
    gradient = np.zeros_like(weights)
    np.add.at(gradient, found.left_ids, found.by_left)
    np.add.at(gradient, found.right_ids, found.by_right)
    for token in range(1, 9):
        for column in (0, 4):
            changed = weights.astype(np.float64)
            changed[token, column] += 1e-4
            above = loss_by_definition(changed, 0.2)
            changed[token, column] -= 2e-4
            assert gradient[token, column] == pytest.approx(
                (above - loss_by_definition(changed, 0.2)) / 2e-4, abs=2e-3
            )
    assert not gradient[0].any()


def test_a_second_right_answer_is_no_negative() -> None:
    weights = np.random.default_rng(5).standard_normal((9, 6)).astype(np.float32)
    left, right = Tokens.of(weights, *LEFT), Tokens.of(weights, *RIGHT)
    same = SAME.copy()
    same[0, 1] = same[1, 0] = True
    assert late_interaction(left, right, same, 0.2).loss < late_interaction(left, right, SAME, 0.2).loss
