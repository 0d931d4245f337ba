"""The loss of the reranker: token vectors are trained for the MaxSim that `index.ranking` computes with them.

With unit token vectors u, lengths w and texts q, d, the score is s_qd = sum_i w_i max_j u_i.u_j / sum_i w_i
over the tokens i of q and j of d (ColBERT, Khattab & Zaharia 2020, with learned weights). The loss is
symmetric InfoNCE over the scores of a batch. Work is shared between equal tokens: every product is of
distinct tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from index.training.loss import Matrix


@dataclass(frozen=True, slots=True)
class Tokens:
    """The distinct tokens of one side, their unit vectors and lengths, and each text's places among them."""

    ids: NDArray[np.int32]
    unit: Matrix
    length: NDArray[np.float32]
    places: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, weights: Matrix, ids: NDArray[np.int32], offsets: NDArray[np.int64]) -> Tokens:
        """Gather the distinct tokens of texts; text i has the tokens ids[offsets[i] : offsets[i + 1]]."""
        distinct, places = np.unique(ids, return_inverse=True)
        rows = weights[distinct]
        length = np.maximum(np.linalg.norm(rows, axis=1), 1e-6)
        return cls(distinct, rows / length[:, None], length, places, offsets)


@dataclass(frozen=True, slots=True)
class LateGradient:
    """The loss, and its gradient by the table's rows `ids` of each side."""

    loss: float
    left_ids: NDArray[np.int32]
    by_left: Matrix
    right_ids: NDArray[np.int32]
    by_right: Matrix


def late_interaction(
    left: Tokens, right: Tokens, same: NDArray[np.bool_], temperature: float = 0.03
) -> LateGradient:
    """Return the loss of a batch of (query, passage) texts and its gradient by token vectors.

    `same` is (batch, batch), true where a passage of another pair is a right answer as well.
    """
    best, place = _best_matches(left, right)
    texts = len(left.offsets) - 1
    counts = csr_matrix(
        (np.ones(len(left.places), np.float32), left.places, left.offsets), shape=(texts, len(left.ids))
    )
    total = counts @ left.length
    shares = counts.multiply(left.length[None, :]).multiply(1.0 / total[:, None]).tocsr()
    scores = shares @ best
    loss, by_score = _info_nce_of_scores(scores, same, temperature)
    by_best = shares.T.tocsr() @ by_score
    matches = csr_matrix(
        (by_best.ravel(), place.ravel(), np.arange(0, place.size + 1, texts)),
        shape=(len(left.ids), len(right.ids)),
    )
    by_left_unit = matches @ right.unit
    by_right_unit = matches.T.tocsr() @ left.unit
    # A longer vector moves its text's score from the weighted mean towards the token's own best match.
    drawn = by_score @ best.T - np.einsum("ij,ij->i", by_score, scores)[:, None]
    by_length = np.asarray(counts.multiply(drawn / total[:, None]).sum(axis=0)).ravel().astype(np.float32)
    by_left = _through_unit(by_left_unit, left) + by_length[:, None] * left.unit
    return LateGradient(loss, left.ids, by_left, right.ids, _through_unit(by_right_unit, right))


def _best_matches(left: Tokens, right: Tokens) -> tuple[Matrix, NDArray[np.int64]]:
    """Return for each distinct left token and right text the best cosine and the right token that has it."""
    texts = len(right.offsets) - 1
    cosines = right.unit @ left.unit.T
    best = np.empty((len(left.ids), texts), dtype=np.float32)
    place = np.empty((len(left.ids), texts), dtype=np.int64)
    columns = np.arange(len(left.ids))
    for text in range(texts):
        tokens = right.places[right.offsets[text] : right.offsets[text + 1]]
        own = cosines[tokens]
        winner = own.argmax(axis=0)
        best[:, text] = own[winner, columns]
        place[:, text] = tokens[winner]
    return best, place


def _info_nce_of_scores(scores: Matrix, same: NDArray[np.bool_], temperature: float) -> tuple[float, Matrix]:
    """Return symmetric InfoNCE and its gradient by the (batch, batch) scores."""
    count = len(scores)
    logits = (scores - scores.max()) / temperature
    own = logits.diagonal().copy()
    exponential = np.exp(logits)
    exponential[same] = 0.0
    np.fill_diagonal(exponential, np.exp(own))
    by_row = np.maximum(exponential.sum(axis=1), 1e-30)
    by_column = np.maximum(exponential.sum(axis=0), 1e-30)
    loss = float(np.mean(np.log(by_row) + np.log(by_column) - 2.0 * own) / 2.0)
    gradient = exponential / by_row[:, None] + exponential / by_column[None, :]
    gradient[np.arange(count), np.arange(count)] -= 2.0
    return loss, (gradient / (2.0 * count * temperature)).astype(np.float32)


def _through_unit(gradient: Matrix, tokens: Tokens) -> Matrix:
    along = np.einsum("ij,ij->i", gradient, tokens.unit)[:, None]
    result: Matrix = (gradient - along * tokens.unit) / tokens.length[:, None]
    return result
