"""BM25 of a few candidates, exactly, from statistics of the passages that may be seen.

tantivy finds the candidates (`index.lexical`), but its own scores count forbidden passages, and removed ones
until its segments are merged. Scoring again here makes a search depend on the visible passages and on nothing
else: the order in which they came and what others may read leave no trace. Terms are compared by CRC-32.

Source: Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the never
negative idf of Lucene, ln(1 + (N - df + 0.5) / (df + 0.5)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75

_SCORE_DECIMALS = 6
_TABLE = 1 << 16


@dataclass(frozen=True, slots=True)
class TermVector:
    """Which terms a text has and how often: `hashes` (n,) uint32 ascending, `counts` (n,) uint8 up to 255."""

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint8]

    @property
    def length(self) -> int:
        """Number of terms with repetitions."""
        return int(self.counts.sum(dtype=np.int64))


@dataclass(frozen=True, slots=True)
class TermTable:
    """The term vectors of n passages, one after the other: `sizes` (n,) says how many terms each has."""

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, columns: Sequence[tuple[bytes, bytes]]) -> TermTable:
        """Read the two columns in which n passages' hashes (uint32, little-endian) and counts are stored."""
        return cls(
            np.frombuffer(b"".join([hashes for hashes, _ in columns]), dtype="<u4"),
            np.frombuffer(b"".join([counts for _, counts in columns]), dtype=np.uint8),
            np.array([len(counts) for _, counts in columns], dtype=np.int64),
        )


@dataclass(frozen=True, slots=True)
class Collection:
    """What BM25 must know of all passages that may be seen."""

    passages: int
    average_length: float


def term_vector(terms: Iterable[str]) -> TermVector:
    """Count terms under their hashes."""
    counted = Counter(terms)
    codes = np.array([crc32(term.encode("utf-8")) for term in counted], dtype=np.uint32)
    counts = np.minimum(list(counted.values()), 255).astype(np.uint8)
    order = np.argsort(codes, kind="stable")
    return TermVector(codes[order], counts[order])


def inverse_frequencies(collection: Collection, frequencies: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return (n,) how telling terms are that `frequencies` (n,) passages of the collection have."""
    rest = collection.passages - frequencies
    weights: NDArray[np.float64] = np.log1p((rest + 0.5) / (frequencies + 0.5))
    return weights


def bm25(
    query: TermVector, inverse: NDArray[np.float64], passages: TermTable, average_length: float
) -> NDArray[np.float64]:
    """Return (len(passages.sizes),) scores, 0 for a passage with none of the terms.

    `inverse` (n,) is the inverse frequency of each of the query's n terms; a term asked twice counts twice.
    """
    number = len(passages.sizes)
    if not number or not len(query.hashes):
        return np.zeros(number)
    row_of = np.repeat(np.arange(number), passages.sizes)
    # A table of the low bits leaves few terms for the exact comparison, which is most of the time otherwise.
    wanted = np.zeros(_TABLE, dtype=bool)
    wanted[query.hashes & (_TABLE - 1)] = True
    places = np.flatnonzero(wanted[passages.hashes & (_TABLE - 1)])
    hashes = passages.hashes[places]
    terms = np.minimum(np.searchsorted(query.hashes, hashes), len(query.hashes) - 1)
    equal = query.hashes[terms] == hashes
    places, terms = places[equal], terms[equal]
    lengths = np.bincount(row_of, weights=passages.counts, minlength=number).astype(np.float64)
    rows, count = row_of[places], passages.counts[places].astype(np.float64)
    damping = K1 * (1 - B + B * lengths[rows] / max(average_length, 1e-9))
    parts = inverse[terms] * query.counts[terms] * count * (K1 + 1) / (count + damping)
    scores = np.bincount(rows, weights=parts, minlength=number).astype(np.float64)
    return np.round(scores, _SCORE_DECIMALS)
