"""A deterministic TokenEmbedder without weights: texts that share pairs of characters are near each other."""

from zlib import crc32

import numpy as np


class FakeEmbedder:
    """Adds up a fixed random vector for every pair of neighbouring characters."""

    def __init__(self, dimension=32, seed=0, name="fake"):
        self.name = name
        self.fingerprint = f"fake-{dimension}-{seed}"
        self.dimension = dimension
        self.embedded = []  # every text that was embedded, for tests of what is not embedded again
        self._table = np.random.default_rng(seed).normal(size=(4096, dimension)).astype(np.float32)

    def embed(self, texts):
        self.embedded += texts
        rows = [
            self._table[ids].sum(axis=0) if len(ids) else np.zeros(self.dimension)
            for ids in self.token_ids(texts)
        ]
        return _normalised(np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension))

    def token_ids(self, texts):
        keys = [text.lower() for text in texts]
        return [
            np.array([crc32(key[at : at + 2].encode()) % 4096 for at in range(len(key) - 1)], dtype=np.int32)
            for key in keys
        ]

    def token_vectors(self, ids):
        return _normalised(self._table[ids])

    def token_weights(self, ids):
        return np.linalg.norm(self._table[ids], axis=1)


def _normalised(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
