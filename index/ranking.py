"""Scores into an order: fusion weighted by the question's language, and token-level reranking.

Pure functions on arrays: no index, no files. Reciprocal rank fusion was measured and lost to either arm
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.embedding import TokenEmbedder

Language = Literal["zh", "en"]

# Beside the dense arm's 1, before reranking.
LEXICAL_WEIGHT: dict[Language, float] = {"zh": 1.0, "en": 0.1}
# Beside the dense arm's 1, of what compares words: 0.8 of what `index.training.rank` fits on questions that its model
# has not seen (1.07 and 1.68 in Chinese, 0.03 and 1.42 in English), for the shipped vectors are better than its.
MATCHED_LEXICAL_WEIGHT: dict[Language, float] = {"zh": 0.85, "en": 0.1}
LATE_WEIGHT: dict[Language, float] = {"zh": 1.35, "en": 1.4}
SHARPNESS = (
    4  # power of MaxSim: passages that hold nearly all of a question differ more than those that hold half
)
RERANK_DEPTH = 50
WINDOW = 24  # tokens: a sentence
_MOST_TOKENS = 128  # of a query that are compared at a time


def language_of(query: str) -> Language:
    """Return "zh" for at least two Han characters (mixed questions match lexically too), else "en"."""
    return "zh" if sum("\u3400" <= character <= "\u9fff" for character in query) >= 2 else "en"


def fuse(dense: NDArray[np.float32], lexical: NDArray[np.float32], language: Language) -> NDArray[np.float32]:
    """Return (n,) fused scores of n candidates: z(dense) + w·z(lexical), w by the question's language.

    Both inputs are (n,) for the same candidates in the same order, higher is better. NaN marks a candidate
    that an arm did not score: it gets that arm's lowest score. Comparable within one question only.
    """
    return zscores(dense) + np.float32(LEXICAL_WEIGHT[language]) * zscores(lexical)


def maxsim(
    query_ids: NDArray[np.int32], passages_ids: Sequence[NDArray[np.int32]], embedder: TokenEmbedder
) -> NDArray[np.float32]:
    """Return (len(passages_ids),) late-interaction scores in [-1, 1].

    For each query token the best cosine with any token of the passage, averaged by the query tokens' weights
    (MaxSim of ColBERT, Khattab & Zaharia 2020, with weights): the mean of what the whole passage reaches and
    what its best window of WINDOW tokens does, for an answer stands together and words that are strewn over
    a page are none. Windows overlap by half. No query or passage tokens gives 0.
    """
    scores = np.zeros(len(passages_ids), dtype=np.float32)
    filled = [row for row, ids in enumerate(passages_ids) if len(ids)]
    if not len(query_ids) or not filled:
        return scores
    weights = embedder.token_weights(query_ids)
    if (
        len(query_ids) > _MOST_TOKENS
    ):  # a token that a long text repeats is compared once, with the sum of its weights
        query_ids, kinds = np.unique(query_ids, return_inverse=True)
        weights = np.bincount(kinds, weights).astype(np.float32)
    vocabulary, places = np.unique(np.concatenate([passages_ids[row] for row in filled]), return_inverse=True)
    printed = embedder.token_vectors(vocabulary.astype(np.int32)).T
    lengths = [len(passages_ids[row]) for row in filled]
    begins = np.cumsum([0, *lengths[:-1]])
    layouts = [_windows(lengths, first) for first in (WINDOW, WINDOW // 2)]
    whole = np.zeros(len(filled), dtype=np.float32)
    near = [np.zeros(len(starts), dtype=np.float32) for starts, _ in layouts]
    for at in range(0, len(query_ids), _MOST_TOKENS):  # bounds the memory of a question of 5,000 characters
        part = slice(at, at + _MOST_TOKENS)
        similarity = (embedder.token_vectors(query_ids[part]) @ printed)[:, places]
        whole += weights[part] @ np.maximum.reduceat(similarity, begins, axis=1)
        for scored, (starts, _) in zip(near, layouts, strict=True):
            scored += weights[part] @ np.maximum.reduceat(similarity, starts, axis=1)
    nearest = [np.maximum.reduceat(scored, firsts) for scored, (_, firsts) in zip(near, layouts, strict=True)]
    scores[filled] = (whole + np.maximum(*nearest)) / max(2.0 * float(weights.sum()), 1e-9)
    return scores


def _windows(lengths: Sequence[int], first: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where windows start in passages laid end to end, and which window is the first of each passage.

    The first window of a passage has `first` tokens, the others WINDOW.
    """
    starts: list[int] = []
    firsts: list[int] = []
    begin = 0
    for length in lengths:
        firsts.append(len(starts))
        starts += [begin, *range(begin + first, begin + length, WINDOW)]
        begin += length
    return np.array(starts), np.array(firsts)


def rerank(
    dense: NDArray[np.float32], lexical: NDArray[np.float32], late: NDArray[np.float32], language: Language
) -> NDArray[np.float32]:
    """Return (n,) final scores of the top RERANK_DEPTH candidates: dense + trust · (v·lexical + w·z(late⁴)).

    `dense` and `lexical` (n,) are z-scores among all candidates, `late` (n,) is what `maxsim` gives. `trust` is the
    best of `late`: where no passage holds the question's words (a sentence sought by its neighbours), what it is about
    decides. Without a token to compare (`late` all 0) trust is 1.
    """
    matched = np.maximum(late, 0.0)
    trust = float(matched.max(initial=0.0)) or 1.0
    words = np.float32(MATCHED_LEXICAL_WEIGHT[language]) * lexical
    words = words + np.float32(LATE_WEIGHT[language]) * zscores(matched**SHARPNESS)
    return dense + np.float32(trust) * words


def zscores(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (n,) scores with mean 0 and deviation 1; NaN counts as the lowest; equal scores give 0."""
    values = np.asarray(scores, dtype=np.float32)
    known = values[~np.isnan(values)]
    if not known.size:
        return np.zeros_like(values)
    values = np.where(np.isnan(values), known.min(), values)
    exact = values.astype(np.float64)  # in float32 the mean of equal scores may differ from them
    spread = float(exact.std())
    if spread < 1e-9:
        return np.zeros_like(values)
    result: NDArray[np.float32] = ((exact - exact.mean()) / spread).astype(np.float32)
    return result
