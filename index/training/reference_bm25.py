"""A BM25 to measure against: the product's terms and formula over a whole collection as one sparse matrix.

The product proposes candidates from an inverted file and scores those; scoring every text for every
question is what measures of a thousand questions need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from index.bm25 import K1, B
from index.lexical_terms import lexical_terms


class ReferenceBM25:
    """BM25 over a fixed list of texts; the formula is that of `index.bm25`."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(lexical_terms(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float64)
        pressure = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1e-9))
        self._ids: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, count in enumerate(counts):
            for term, number in count.items():
                rows.append(row)
                columns.append(self._ids.setdefault(term, len(self._ids)))
                values.append(number * (K1 + 1) / (number + pressure[row]))
        shape = (len(texts), len(self._ids))
        found = np.bincount(columns, minlength=shape[1])
        idf = np.log1p((len(texts) - found + 0.5) / (found + 0.5))
        weighted = np.asarray(values) * idf[columns]
        self._matrix = csr_matrix((weighted, (rows, columns)), shape=shape, dtype=np.float32)

    def scores(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(queries), number of texts) scores; a term that is asked twice counts twice."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, query in enumerate(queries):
            for term, number in Counter(lexical_terms(query)).items():
                if term in self._ids:
                    rows.append(row)
                    columns.append(self._ids[term])
                    values.append(number)
        asked = csr_matrix((values, (rows, columns)), shape=(len(queries), len(self._ids)), dtype=np.float32)
        result: NDArray[np.float32] = (asked @ self._matrix.T).toarray()
        return result
