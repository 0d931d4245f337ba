"""Search → fuse → rerank: a dense and a lexical arm, their scores made one, the best compared by tokens.

Both arms only ever see passages that the filter allows, and BM25 counts only those: a search gives the same
hits with the same scores as in an index from which everything else was removed.
"""

# ruff: noqa: S608  (the parts that are joined here are conditions of index.catalogue; values are parameters)

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Collection, TermTable, TermVector, bm25, inverse_frequencies, term_vector
from index.catalogue import Catalogue, seen
from index.derived import DerivedStores
from index.embedding import Embedder, TokenEmbedder
from index.lexical import LexicalFilter, LexicalIndex
from index.lexical_terms import lexical_terms
from index.model import ArmScore, Hit, SearchFilter
from index.ranking import RERANK_DEPTH, Language, fuse, language_of, maxsim, rerank, zscores
from index.storage import Storage
from index.vector_store import Keys, Mask, Vectors, VectorStore, inner_products

ARM_DEPTH = 100  # passages that each arm proposes

_SPARE = (
    2  # times as many lexical candidates are scored exactly, because tantivy's order is only nearly right
)
_QUERY_TERMS = 128  # the most telling terms of a very long query
_QUERY_CHARACTERS = 4_000  # a query is a question; what comes after these is not searched for
_REMEMBERED = 64  # filters whose visible passages are kept until the index changes
_SCORE_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Visible:
    """What one filter lets a search see, in one generation."""

    mask: Mask | None  # by key; None: everything
    lexical: LexicalFilter | None
    collection: Collection
    frequencies: dict[int, int] = field(default_factory=dict)  # of terms that were asked for


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the arms found, with every candidate scored by both. All arrays are (n,) in order of key."""

    keys: Keys
    dense: Vectors
    lexical: Vectors
    dense_order: Keys  # the arm's own hits, best first
    lexical_order: Keys


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates in their final order: keys and scores (n,), and the reranker's scores of the first."""

    keys: Keys
    scores: Vectors
    fused_keys: Keys  # order and scores before reranking
    fused_scores: Vectors
    late: dict[int, float]


class Searcher:
    """Finds passages by a query. Safe to use from several threads."""

    def __init__(
        self, storage: Storage, catalogue: Catalogue, derived: DerivedStores, embedder: Embedder
    ) -> None:
        self._storage = storage
        self._derived = derived
        self._embedder = embedder
        self._catalogue = catalogue
        self._visible: OrderedDict[tuple[int, SearchFilter | None], Visible] = OrderedDict()
        self._remembering = threading.Lock()

    def search(
        self, query: str, top_k: int, language: Language | None, filters: SearchFilter | None
    ) -> list[Hit]:
        """Return up to `top_k` hits, best first."""
        query = query.strip()[:_QUERY_CHARACTERS]
        candidates = self._candidates(query, max(ARM_DEPTH, top_k), filters)
        ranking = self._ranked(query, candidates, language or language_of(query))
        return self._hits(ranking.keys[:top_k], ranking.scores, candidates, ranking, filters)

    def arms(
        self, query: str, top_k: int, language: Language | None, filters: SearchFilter | None
    ) -> dict[str, list[Hit]]:
        """Return what each step alone would answer: "dense", "lexical", "fused" and "rerank"."""
        query = query.strip()[:_QUERY_CHARACTERS]
        candidates = self._candidates(query, max(ARM_DEPTH, top_k), filters)
        ranking = self._ranked(query, candidates, language or language_of(query))
        place = {int(key): at for at, key in enumerate(candidates.keys)}
        found = {}
        for name, keys in (("dense", candidates.dense_order), ("lexical", candidates.lexical_order)):
            own = candidates.dense if name == "dense" else candidates.lexical
            scores = own[[place[int(key)] for key in keys]]
            found[name] = self._hits(keys[:top_k], scores, candidates, ranking, filters)
        found["fused"] = self._hits(
            ranking.fused_keys[:top_k], ranking.fused_scores, candidates, ranking, filters
        )
        found["rerank"] = self._hits(ranking.keys[:top_k], ranking.scores, candidates, ranking, filters)
        return found

    def _candidates(self, query: str, depth: int, filters: SearchFilter | None) -> Candidates:
        """Let both arms propose, then score every candidate by both."""
        vector = self._embedder.embed([query])[0]
        terms = term_vector(lexical_terms(query))
        with self._derived.current() as (vectors, lexical, generation):
            visible = self._seen(filters, generation)
            near, near_scores = vectors.search(vector, depth if vector.any() else 0, visible.mask)
            terms, inverse = _weighted(terms, visible, lexical)
            likely = lexical.candidates(terms, inverse, _SPARE * depth, visible.lexical)
            keys, table = self._stored_terms(np.union1d(near, likely), visible.mask)
            dense = _dense_scores(vectors, vector, keys, near, near_scores)
        near = near[np.isin(near, keys)]
        scores = bm25(terms, inverse, table, visible.collection.average_length).astype(np.float32)
        matching = np.flatnonzero(scores > 0)
        best = matching[np.lexsort((keys[matching], -scores[matching]))][:depth]
        kept = np.flatnonzero(np.isin(keys, near) | np.isin(np.arange(len(keys)), best))
        return Candidates(keys[kept], dense[kept], scores[kept], near, keys[best])

    def _ranked(self, query: str, candidates: Candidates, language: Language) -> Ranking:
        """Fuse both arms' scores and rerank the best by their tokens."""
        keys = candidates.keys
        fused = np.round(fuse(candidates.dense, candidates.lexical, language), _SCORE_DECIMALS)
        order = np.lexsort((keys, -fused))
        top = order[:RERANK_DEPTH]
        keys, fused = keys[order], fused[order]
        head = keys[:RERANK_DEPTH]
        if not len(head) or not isinstance(self._embedder, TokenEmbedder):
            return Ranking(keys, fused, keys, fused, {})
        (query_tokens,) = self._embedder.token_ids([query])
        late = maxsim(query_tokens, self._stored_tokens(head), self._embedder)
        arms = zscores(candidates.dense)[top], zscores(candidates.lexical)[top]
        final = np.round(rerank(*arms, late, language), _SCORE_DECIMALS)
        best = np.lexsort((head, -final))
        # What was not reranked follows in its fused order, below the last that was.
        rest = fused[len(head) :] - fused[len(head)] + final.min() if len(keys) > len(head) else fused[:0]
        return Ranking(
            np.concatenate([head[best], keys[len(head) :]]),
            np.concatenate([final[best], rest]),
            keys,
            fused,
            {int(key): float(score) for key, score in zip(head, late, strict=True)},
        )

    def _seen(self, filters: SearchFilter | None, generation: int) -> Visible:
        """Return what `filters` lets a search see, remembered until the index changes."""
        with self._remembering:
            if known := self._visible.get((generation, filters)):
                self._visible.move_to_end((generation, filters))
                return known
        visible = self._looked_up(filters)
        with self._remembering:
            self._visible[generation, filters] = visible
            while len(self._visible) > _REMEMBERED:
                self._visible.popitem(last=False)
        return visible

    def _looked_up(self, filters: SearchFilter | None) -> Visible:
        """Read from the store which passages may be seen, and how many and long they are."""
        condition, values = seen(filters)
        documents = self._storage.rows(
            f"SELECT d.key, d.passages, d.terms FROM documents d WHERE {condition}", values
        )
        passages = sum(row[1] for row in documents)
        collection = Collection(passages, sum(row[2] for row in documents) / max(passages, 1))
        if filters is None or (filters.groups is None and filters.document_ids is None):
            return Visible(None, None, collection)
        rows = self._storage.rows(
            f"SELECT p.key FROM documents d JOIN passages p ON p.document = d.key WHERE {condition}", values
        )
        keys = np.array([key for (key,) in rows], dtype=np.int64)
        mask = np.zeros(int(keys.max(initial=0)) + 1, dtype=bool)
        mask[keys] = True
        if filters.document_ids is not None:
            return Visible(mask, LexicalFilter(documents=[row[0] for row in documents]), collection)
        return Visible(mask, LexicalFilter(groups=filters.groups), collection)

    def _stored_terms(self, keys: Keys, mask: Mask | None) -> tuple[Keys, TermTable]:
        """Return those of `keys` that are still stored and may be seen, with their terms."""
        if mask is not None:
            keys = keys[keys < len(mask)]
            keys = keys[mask[keys]]
        rows = self._storage.rows(
            f"SELECT key, hashes, counts FROM passage_terms WHERE key IN ({_listed(keys)}) ORDER BY key"
        )
        stored = np.array([row[0] for row in rows], dtype=np.int64)
        return stored, TermTable.of([row[1:] for row in rows])

    def _stored_tokens(self, keys: Keys) -> list[NDArray[np.int32]]:
        """Return the token ids of passages, in the order of `keys`."""
        rows = self._storage.rows(f"SELECT key, tokens FROM passage_terms WHERE key IN ({_listed(keys)})")
        self._storage.check_embedder()  # another's token ids would be read as other tokens, or as none
        tokens = {key: np.frombuffer(blob, dtype="<i4") for key, blob in rows if blob is not None}
        return [tokens.get(int(key), np.zeros(0, dtype=np.int32)) for key in keys]

    def _hits(
        self,
        keys: Keys,
        scores: Vectors,
        candidates: Candidates,
        ranking: Ranking,
        filters: SearchFilter | None,
    ) -> list[Hit]:
        """Load passages and say what each arm said of them."""
        passages = self._catalogue.passages_of_keys(keys.tolist(), filters)
        arms = _arm_scores(candidates, ranking, set(passages))
        found = [
            (passages[key], score, arms[key])
            for key, score in zip(keys.tolist(), scores.tolist(), strict=False)
            if key in passages
        ]
        return [Hit(passage, score, rank, told) for rank, (passage, score, told) in enumerate(found, 1)]


def _weighted(
    terms: TermVector, visible: Visible, lexical: LexicalIndex
) -> tuple[TermVector, NDArray[np.float64]]:
    """Return the query's terms that stand in some visible passage, and how telling each is."""
    unknown = [int(code) for code in terms.hashes if int(code) not in visible.frequencies]
    counted = lexical.frequencies(np.array(unknown, dtype=np.uint32), visible.lexical)
    visible.frequencies.update(zip(unknown, counted.tolist(), strict=True))
    frequencies = np.array([visible.frequencies[int(code)] for code in terms.hashes], dtype=np.int64)
    inverse = inverse_frequencies(visible.collection, np.minimum(frequencies, visible.collection.passages))
    known = np.flatnonzero(frequencies)
    kept = np.sort(known[np.argsort(-inverse[known], kind="stable")][:_QUERY_TERMS])
    return TermVector(terms.hashes[kept], terms.counts[kept]), inverse[kept]


def _arm_scores(candidates: Candidates, ranking: Ranking, wanted: set[int]) -> dict[int, dict[str, ArmScore]]:
    """Return by key, for the `wanted` ones, what each arm that found it said."""
    place = {key: at for at, key in enumerate(candidates.keys.tolist()) if key in wanted}
    said: dict[int, dict[str, ArmScore]] = {key: {} for key in place}
    for name, order, scores in (
        ("dense", candidates.dense_order, candidates.dense),
        ("lexical", candidates.lexical_order, candidates.lexical),
    ):
        for rank, key in enumerate(order.tolist(), 1):
            if key in wanted:
                said[key][name] = ArmScore(float(scores[place[key]]), rank)
    for rank, key in enumerate(sorted(ranking.late, key=lambda key: (-ranking.late[key], key)), 1):
        if key in wanted:
            said[key]["rerank"] = ArmScore(ranking.late[key], rank)
    return said


def _listed(keys: Keys) -> str:
    """Return keys for SQL's IN: numbers need no parameters, and this reads faster than json_each."""
    return ",".join(map(str, keys.tolist()))


def _dense_scores(
    vectors: VectorStore, vector: Vectors, keys: Keys, near: Keys, near_scores: Vectors
) -> Vectors:
    """Return (len(keys),) the dense score of every candidate; 0 for one whose vector went this moment."""
    scores = dict(zip(near.tolist(), near_scores.tolist(), strict=True))
    rest = np.array([key for key in keys.tolist() if key not in scores], dtype=np.int64)
    try:
        others = inner_products(vectors.get(rest), vector)
        scores.update(zip(rest.tolist(), others.tolist(), strict=True))
    except KeyError:
        pass
    return np.array([scores.get(key, 0.0) for key in keys.tolist()], dtype=np.float32)
