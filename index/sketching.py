"""The vectors that the search compares: a table's token vectors pooled so that words count as words.

In a plain mean of token vectors (`static_embedding.StaticEmbedder`) a word that a page repeats drowns the others, and a
like word counts nearly as much as the very word. Two corrections need no other weights:

- A token that stands c times counts c^0.75 times (sublinear term frequency, Salton & Buckley 1988), and by the length
  of its vector to the power of 0.8.
- Beside the weighted mean of the tokens' unit vectors u stands that of their products u_i·u_(i+1). Inner products of
  these estimate (u·v)², in which equal tokens stand out from like ones (a sketch of the squared kernel; by sampled
  products of dimensions instead of the hashes of Pham & Pagh, 2013).

Both parts have length 1 before they are weighed, so that a cosine is the mean's plus 0.1 times the sketch's, over 1.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.static_embedding import StaticEmbedder, unit_rows

REPEATS = 0.75
LENGTHS = 0.8
PRODUCTS = 256
PRODUCTS_WEIGHT = 0.1
_BATCH = 1024  # texts that are cut into tokens at a time
_SHORT = 8  # tokens of a text up to which many are pooled together: longer ones are faster one by one


class SketchedEmbedder:
    """A `TokenEmbedder` that pools the table of `tokens` anew; `dimension` is the table's and up to 256 more."""

    def __init__(self, tokens: StaticEmbedder) -> None:
        self._tokens = tokens
        self._products = min(PRODUCTS, tokens.dimension - 1)
        self.name = tokens.name
        self.dimension = tokens.dimension + self._products
        pooling = f"{tokens.fingerprint} {REPEATS} {LENGTHS} {self._products} {PRODUCTS_WEIGHT}"
        self.fingerprint = hashlib.sha256(pooling.encode()).hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), dimension) float32 with rows of length 1, zeros for a text without tokens."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            ids = self._tokens.token_ids(texts[start : start + _BATCH])
            short = [row for row, found in enumerate(ids) if 0 < len(found) <= _SHORT]
            if short:
                out[start + np.array(short)] = self._pooled_together([ids[row] for row in short])
            for row, found in enumerate(ids):
                if len(found) > _SHORT:
                    out[start + row] = self._pooled(found)
        return out

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Return each text's token ids in order, unknown tokens left out."""
        return self._tokens.token_ids(texts)

    def token_vectors(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (len(ids), the table's dimension) float32 token vectors with rows of length 1."""
        return self._tokens.token_vectors(ids)

    def token_weights(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (len(ids),) the length of each token's vector."""
        return self._tokens.token_weights(ids)

    def _pooled(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (dimension,) the vector of a text's tokens, at least one."""
        kinds, counts = np.unique(ids, return_counts=True)
        rows, products, weights, lengths = self._weighed(kinds, counts)
        vectors = self._joined(np.array([weights @ rows]), np.array([(weights / lengths) @ products]))
        vector: NDArray[np.float32] = vectors[0]
        return vector

    def _pooled_together(self, ids: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        """Return (texts, dimension) the vectors of short texts, as `_pooled` does each: thousands of words at once."""
        numbers = np.repeat(np.arange(len(ids), dtype=np.int64), [len(found) for found in ids])
        pairs, counts = np.unique(numbers << 32 | np.concatenate(ids), return_counts=True)
        rows, products, weights, lengths = self._weighed(pairs & 0xFFFFFFFF, counts)
        starts = np.searchsorted(pairs >> 32, np.arange(len(ids) + 1))
        mean = _sums(rows * weights[:, None], starts)
        return self._joined(mean, _sums(products * (weights / lengths)[:, None], starts))

    def _weighed(
        self, kinds: NDArray[Any], counts: NDArray[Any]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return tokens' rows, their products, the weights that bring rows to length 1 and weigh them, and their lengths.

        Bringing the rows themselves to length 1 would take longer than all the rest.
        """
        rows, scales = self._tokens.token_rows(kinds)
        lengths = np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), np.float32(1e-12))
        weights = counts.astype(np.float32) ** REPEATS * (lengths * scales) ** LENGTHS / lengths
        return rows, rows[:, : self._products] * rows[:, 1 : self._products + 1], weights, lengths

    def _joined(self, mean: NDArray[np.float32], sketch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (texts, dimension) means and sketches of length 1 side by side, weighed, of length 1 together."""
        both = (unit_rows(mean), np.float32(PRODUCTS_WEIGHT**0.5) * unit_rows(sketch))
        return unit_rows(np.concatenate(both, axis=1))


def _sums(rows: NDArray[np.float32], starts: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return (texts, n) the sums of the rows starts[i] : starts[i + 1], few each: faster than `np.add.reduceat`."""
    sums: NDArray[np.float32] = rows[starts[:-1]]
    counts = np.diff(starts)
    for nth in range(1, int(counts.max())):
        longer = np.flatnonzero(counts > nth)
        sums[longer] += rows[starts[longer] + nth]
    return sums
