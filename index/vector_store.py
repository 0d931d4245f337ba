"""Vectors by key: the VectorStore protocol, and FAISS behind it.

Stores compare by inner product, which is the cosine for the unit vectors that embedders give. They know
nothing of passages or documents. Every implementation passes `tests/contracts/test_vector_store.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexStoreError

if TYPE_CHECKING:
    import faiss

Keys = NDArray[np.int64]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SCORE_DECIMALS = 6  # beyond these, float32 sums depend on the order of addition: equal vectors must tie


class VectorStore(Protocol):
    """Keeps one vector per key and finds the nearest."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def __len__(self) -> int:
        """Return the number of keys."""

    def put(self, keys: Keys, vectors: Vectors) -> None:
        """Store `vectors` (n, dimension) under `keys` (n,), distinct, not negative, in place of old ones."""

    def remove(self, keys: Keys) -> int:
        """Forget `keys`; returns how many of them were there."""

    def get(self, keys: Keys) -> Vectors:
        """Return (n, dimension) the vectors of `keys`. Raises KeyError when one is not there."""

    def search(self, vector: Vectors, top_k: int, allowed: Mask | None = None) -> tuple[Keys, Vectors]:
        """Return keys and inner products of the `top_k` nearest, best first, ties by key; fewer if fewer.

        `vector` is (dimension,). `allowed` has an entry per key up to any size: keys outside it or at False
        are left out before ranking.
        """

    def save(self, path: Path) -> None:
        """Write everything to the file `path`."""


class FaissVectorStore:
    """Exact search with FAISS in half precision, which is how the vectors are stored anyway.

    Exact search reads every vector: 20,000 of 1,024 dimensions take some milliseconds. From some 200,000 on,
    an inverted file (IVF) belongs here, behind the same methods.
    """

    def __init__(self, dimension: int, index: faiss.IndexIDMap2 | None = None) -> None:
        import faiss  # 0.1 s, which commands that never search need not pay

        self._faiss: Any = faiss  # its wrappers take other arguments than its generated signatures say
        if index is None:
            half = faiss.ScalarQuantizer.QT_fp16
            index = faiss.IndexIDMap2(faiss.IndexScalarQuantizer(dimension, half, faiss.METRIC_INNER_PRODUCT))
        self._index: Any = index
        self.dimension = dimension

    @classmethod
    def load(cls, path: Path) -> FaissVectorStore:
        """Read what `save` wrote. Raises IndexStoreError when it cannot be read."""
        import faiss

        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexStoreError(
                f"{path} cannot be read as vectors. Delete it: it is made again."
            ) from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise IndexStoreError(
                f"{path} holds {type(index).__name__}, not IndexIDMap2. Delete it: it is made again."
            )
        return cls(index.d, index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def put(self, keys: Keys, vectors: Vectors) -> None:
        """Store or replace. FAISS would keep both copies of a repeated key, so the old one goes first."""
        if not len(keys):
            return
        self.remove(keys)
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), keys)

    def remove(self, keys: Keys) -> int:
        """Forget `keys`; returns how many of them were there."""
        if not len(keys) or not len(self):
            return 0
        return int(self._index.remove_ids(self._faiss.IDSelectorBatch(keys)))

    def get(self, keys: Keys) -> Vectors:
        """Return the vectors of `keys`, in half precision's values."""
        if not len(keys):
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            vectors: Vectors = self._index.reconstruct_batch(keys)
        except RuntimeError as error:
            raise KeyError(f"no vector for one of {len(keys)} keys") from error
        return vectors

    def search(self, vector: Vectors, top_k: int, allowed: Mask | None = None) -> tuple[Keys, Vectors]:
        """Return keys and inner products of the nearest; see the protocol."""
        wanted = min(top_k + 8, len(self)) if top_k else 0  # a few more: FAISS adds up in another order
        while wanted:
            keys = self._nearest(vector, wanted, allowed)
            scores = inner_products(self.get(keys), vector)
            order = np.lexsort((keys, -scores))[:top_k]
            # FAISS picks any of the equal scores at its last place: ask for more until they are all there.
            cut_ties = len(keys) == wanted < len(self) and scores.min() >= scores[order[-1]]
            if not cut_ties:
                return keys[order], scores[order]
            wanted = min(2 * wanted + 16, len(self))
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the FAISS index to the file `path`."""
        self._faiss.write_index(self._index, str(path))

    def _nearest(self, vector: Vectors, wanted: int, allowed: Mask | None) -> Keys:
        """Ask FAISS; it pads with key -1 where there are fewer than `wanted`."""
        # One query is one thread's work: a team of threads waits for its slowest longer than it computes.
        self._faiss.omp_set_num_threads(1)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if allowed is None:
            _, keys = self._index.search(query, wanted)
        else:
            selector = self._faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
            _, keys = self._index.search(query, wanted, params=self._faiss.SearchParameters(sel=selector))
        found: Keys = keys[0][keys[0] >= 0]
        return found


def inner_products(vectors: Vectors, vector: Vectors) -> Vectors:
    """Return (n,) inner products, summed in one order whatever the row: equal vectors score equal."""
    products: Vectors = np.round((vectors * vector).sum(axis=1, dtype=np.float32), _SCORE_DECIMALS)
    return products
