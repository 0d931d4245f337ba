"""Fusion and token-level reranking against definitions written out in plain loops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.ranking import (
    LATE_WEIGHT,
    LEXICAL_WEIGHT,
    MATCHED_LEXICAL_WEIGHT,
    SHARPNESS,
    WINDOW,
    fuse,
    language_of,
    maxsim,
    rerank,
    zscores,
)


class FakeTokenEmbedder:
    """Token vectors from a seed: token n has a fixed direction and the weight n."""

    name = "fake"
    fingerprint = "fake"
    dimension = 8

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        return [np.array([ord(character) for character in text], dtype=np.int32) for text in texts]

    def token_vectors(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        rows = [np.random.default_rng(int(token)).standard_normal(self.dimension) for token in ids]
        unit = [row / np.linalg.norm(row) for row in rows]
        return np.array(unit, dtype=np.float32).reshape(len(ids), self.dimension)

    def token_weights(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        return ids.astype(np.float32)


def maxsim_by_definition(query: NDArray[np.int32], passage: NDArray[np.int32]) -> float:
    windows = [passage[start : start + WINDOW] for start in range(0, len(passage), WINDOW)]
    windows += [passage[: WINDOW // 2]]
    windows += [passage[start : start + WINDOW] for start in range(WINDOW // 2, len(passage), WINDOW)]
    return (plain_maxsim(query, passage) + max(plain_maxsim(query, window) for window in windows)) / 2


def plain_maxsim(query: NDArray[np.int32], passage: NDArray[np.int32]) -> float:
    embedder = FakeTokenEmbedder()
    total = 0.0
    for token in query:
        vector = embedder.token_vectors(np.array([token], dtype=np.int32))[0]
        others = embedder.token_vectors(passage)
        total += float(token) * max(float(vector @ other) for other in others)
    return total / float(query.sum())


token_rows = st.lists(st.integers(1, 40), min_size=1, max_size=12).map(
    lambda row: np.array(row, dtype=np.int32)
)


long_rows = st.lists(st.integers(1, 40), min_size=WINDOW // 2, max_size=3 * WINDOW).map(
    lambda row: np.array(row, dtype=np.int32)
)


@settings(max_examples=40, deadline=None)
@given(token_rows, st.lists(token_rows | long_rows, min_size=1, max_size=5))
def test_maxsim_equals_its_definition(query: NDArray[np.int32], passages: list[NDArray[np.int32]]) -> None:
    expected = [maxsim_by_definition(query, passage) for passage in passages]
    np.testing.assert_allclose(maxsim(query, passages, FakeTokenEmbedder()), expected, atol=1e-5)


def test_maxsim_of_a_passage_that_holds_every_query_token_is_one() -> None:
    embedder = FakeTokenEmbedder()
    query, passage, other = embedder.token_ids(["研发", "研发强度", "天气"])
    scores = maxsim(query, [passage, other], embedder)
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert scores[1] < scores[0]


def test_words_that_stand_together_count_more_than_words_that_are_strewn() -> None:
    embedder = FakeTokenEmbedder()
    query, together, strewn = embedder.token_ids(["研发", "研发" + "天" * 60, "研" + "天" * 60 + "发"])
    scores = maxsim(query, [together, strewn], embedder)
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert scores[1] < 0.9


def test_maxsim_of_nothing_is_zero() -> None:
    embedder = FakeTokenEmbedder()
    query, nothing = embedder.token_ids(["研发", ""])
    assert maxsim(nothing, [query, query], embedder).tolist() == [0.0, 0.0]
    scores = maxsim(query, [nothing, query, nothing], embedder)
    assert scores[0] == scores[2] == 0.0
    assert scores[1] == pytest.approx(1.0, abs=1e-5)
    assert maxsim(query, [], embedder).shape == (0,)


def test_fusion_is_the_weighted_sum_of_zscores() -> None:
    dense = np.array([0.1, 0.4, 0.7], dtype=np.float32)
    lexical = np.array([9.0, 3.0, 0.0], dtype=np.float32)
    for language in ("zh", "en"):
        expected = (dense - dense.mean()) / dense.std()
        expected = expected + LEXICAL_WEIGHT[language] * (lexical - lexical.mean()) / lexical.std()
        np.testing.assert_allclose(fuse(dense, lexical, language), expected, rtol=1e-5)


def test_words_decide_for_a_chinese_question_and_meaning_for_an_english_one() -> None:
    dense = np.array([0.9, 0.7, 0.2, 0.1], dtype=np.float32)
    lexical = np.array([0.0, 12.0, 1.0, 0.0], dtype=np.float32)
    assert fuse(dense, lexical, "zh").argmax() == 1
    assert fuse(dense, lexical, "en").argmax() == 0


def test_a_candidate_that_an_arm_did_not_find_gets_its_lowest_score() -> None:
    found = zscores(np.array([3.0, np.nan, 1.0], dtype=np.float32))
    assert found[1] == found[2] < found[0]
    assert zscores(np.array([np.nan, np.nan], dtype=np.float32)).tolist() == [0.0, 0.0]


@given(st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=30))
def test_equal_scores_decide_nothing_and_others_are_standardised(values: list[float]) -> None:
    scores = zscores(np.array(values, dtype=np.float32))
    assert scores.shape == (len(values),)
    assert np.isfinite(scores).all()
    assert abs(float(scores.mean())) < 1e-2
    if len(set(values)) == 1:
        assert not scores.any()


def test_reranking_moves_the_candidate_whose_tokens_match() -> None:
    dense, lexical = np.array([[1.0, 0.9, 0.0], [0.0, 0.0, 0.0]], dtype=np.float32)
    late = np.array([0.2, 0.9, 0.1], dtype=np.float32)
    assert rerank(dense, lexical, late, "zh").argmax() == 1


def test_words_count_as_far_as_the_best_passage_holds_them() -> None:
    dense, lexical = np.array([[2.0, 0.0, -1.0], [-1.0, 2.0, 0.0]], dtype=np.float32)
    held = np.array([0.3, 0.9, 0.2], dtype=np.float32)
    assert rerank(dense, lexical, held, "zh").argmax() == 1
    assert rerank(dense, lexical, held / 10, "zh").argmax() == 0
    expected = dense + 0.9 * (
        MATCHED_LEXICAL_WEIGHT["zh"] * lexical + LATE_WEIGHT["zh"] * zscores(held**SHARPNESS)
    )
    np.testing.assert_allclose(rerank(dense, lexical, held, "zh"), expected, rtol=1e-5)


def test_without_a_token_to_compare_the_words_of_the_lexical_arm_count_in_full() -> None:
    dense, lexical = np.array([[0.0, 0.0, 0.0], [-1.0, 1.0, 0.0]], dtype=np.float32)
    for nothing in (np.zeros(3, dtype=np.float32), np.full(3, -0.2, dtype=np.float32)):
        expected = dense + MATCHED_LEXICAL_WEIGHT["zh"] * lexical
        np.testing.assert_allclose(rerank(dense, lexical, nothing, "zh"), expected, rtol=1e-6)
    assert rerank(dense[:0], lexical[:0], dense[:0], "zh").shape == (0,)


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("技术合同成交额2030年的目标值是多少?", "zh"),
        ("R&D强度2030目標", "zh"),
        ("what is the 2030 tech contract target", "en"),
        ("Who is 王?", "en"),
        ("", "en"),
    ],
)
def test_language_of(query: str, language: str) -> None:
    assert language_of(query) == language
