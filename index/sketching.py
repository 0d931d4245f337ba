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

import numpy as np
from numpy.typing import NDArray

from index.static_embedding import StaticEmbedder

REPEATS = 0.75
LENGTHS = 0.8
PRODUCTS = 256
PRODUCTS_WEIGHT = 0.1
_BATCH = 1024  # texts that are cut into tokens at a time


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
            for row, ids in enumerate(self._tokens.token_ids(texts[start : start + _BATCH]), start):
                if len(ids):
                    out[row] = self._pooled(ids)
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
        """Return (dimension,) the vector of a text's tokens, at least one.

        Rows are not brought to length 1 first, which would take longer than all the rest: their weights are.
        """
        kinds, counts = np.unique(ids, return_counts=True)
        rows, scales = self._tokens.token_rows(kinds)
        lengths = np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), np.float32(1e-12))
        weights = counts.astype(np.float32) ** REPEATS * (lengths * scales) ** LENGTHS / lengths
        products = rows[:, : self._products] * rows[:, 1 : self._products + 1]
        mean, sketch = _unit(weights @ rows), _unit(weights / lengths @ products)
        return _unit(np.concatenate([mean, np.float32(PRODUCTS_WEIGHT**0.5) * sketch]))


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = vector / max(float(np.sqrt(vector @ vector)), 1e-12)
    return result
