"""The inverted index: which passages have which terms. tantivy keeps it on disk and changes it in place.

It proposes candidates and counts passages; `index.bm25` scores them. Terms are written as the decimal hashes
of `index.bm25.TermVector`, separated by spaces, so that everything can be made again from the stored hashes.

The folder also holds the generation of the SQLite file that it reflects. A change is committed first and the
generation is written after it: a process that is killed between the two leaves changes that are made twice,
to the same effect.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.bm25 import Collection, TermVector, inverse_frequencies
from index.errors import IndexStoreError

_GENERATION = "generation"
_HEAP = 64_000_000  # bytes that tantivy may fill before it writes a segment
_FEW = 64  # values up to which separate terms are faster than a term set
_ANY = "any"  # stands in every passage
_PUBLIC = "public"
_GROUP = "group:"


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """One passage for the inverted index, with who may see it (no groups: everybody)."""

    key: int
    document: int
    groups: frozenset[str]
    terms: TermVector


@dataclass(frozen=True, slots=True)
class LexicalFilter:
    """Which passages count: those of `documents`, or those that are public or of one of `groups`."""

    groups: frozenset[str] | None = None
    documents: Sequence[int] | None = None


class LexicalIndex:
    """An inverted index in `folder`, or in memory when there is none to write to."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory_generation = 0
        self._schema = _schema()
        self._index = self._opened()

    def generation(self) -> int:
        """Return the generation of the SQLite file that this reflects, 0 when it reflects nothing."""
        if self._folder is None:
            return self._memory_generation
        try:
            return int((self._folder / _GENERATION).read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def apply(self, removed: Iterable[int], entries: Iterable[LexicalEntry], generation: int) -> None:
        """Forget passages, put others in place of what stood under their keys, and note the generation."""
        writer = self._index.writer(
            heap_size=_HEAP, num_threads=1
        )  # one thread: segments do not depend on timing
        for key in removed:
            writer.delete_documents_by_term("key", key)
        for entry in entries:
            writer.delete_documents_by_term("key", entry.key)
            writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self._note(generation)
        self._index.reload()

    def clear(self) -> None:
        """Begin anew, for a folder that cannot be trusted."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._memory_generation = 0
        self._index = self._opened()

    def reload(self) -> None:
        """See what another process has committed."""
        self._index.reload()

    def frequencies(self, hashes: NDArray[np.uint32], narrowed: LexicalFilter | None) -> NDArray[np.int64]:
        """Return (n,) in how many of the passages that count each term stands; removed ones do not count."""
        searcher: Any = self._index.searcher()  # `count` is missing from its type stubs
        allowed = self._allowed(narrowed)
        if allowed is None and searcher.doc_freq("access", _ANY) == searcher.num_docs:
            # Without removed passages tantivy's own figures are right, and come without counting.
            own = [searcher.doc_freq("terms", str(code)) for code in hashes.tolist()]
            return np.array(own, dtype=np.int64)
        found = np.zeros(len(hashes), dtype=np.int64)
        for place, code in enumerate(hashes):
            query = self._term(int(code))
            if allowed is not None:
                query = tantivy.Query.boolean_query(
                    [(tantivy.Occur.Must, query), (tantivy.Occur.Must, allowed)]
                )
            found[place] = searcher.search(query, limit=1, count=True).count
        return found

    def candidates(
        self,
        query: TermVector,
        inverse: NDArray[np.float64],
        top_k: int,
        narrowed: LexicalFilter | None,
    ) -> NDArray[np.int64]:
        """Return the keys of up to `top_k` passages that are likely best, in no order.

        `inverse` (n,) is the inverse frequency that each of the query's n terms shall have.
        """
        if not len(query.hashes):
            return np.zeros(0, dtype=np.int64)
        weights = query.counts * inverse / self._own_inverse(query)
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(int(code)), float(weight)))
            for code, weight in zip(query.hashes, weights, strict=True)
        ]
        wanted = tantivy.Query.boolean_query(parts)
        if (allowed := self._allowed(narrowed)) is not None:
            allowed = tantivy.Query.const_score_query(allowed, 0.0)
            wanted = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, allowed)]
            )
        searcher = self._index.searcher()
        hits = searcher.search(wanted, limit=top_k, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        return np.array(keys, dtype=np.int64)

    def _own_inverse(self, query: TermVector) -> NDArray[np.float64]:
        """Return the inverse frequencies that tantivy counts with: of all passages, removed ones too."""
        searcher = self._index.searcher()
        counted = [searcher.doc_freq("terms", str(code)) for code in query.hashes.tolist()]
        frequencies = np.array(counted, dtype=np.int64)
        return inverse_frequencies(Collection(max(len(self), int(frequencies.max())), 0.0), frequencies)

    def _document(self, entry: LexicalEntry) -> tantivy.Document:
        """Return what tantivy keeps of a passage."""
        document = tantivy.Document()
        document.add_integer("key", entry.key)
        document.add_integer("document", entry.document)
        for name in [_ANY, *([_GROUP + group for group in sorted(entry.groups)] or [_PUBLIC])]:
            document.add_text("access", name)
        repeated = np.repeat(entry.terms.hashes, entry.terms.counts)
        document.add_text("terms", " ".join(map(str, repeated.tolist())))
        return document

    def _term(self, code: int) -> tantivy.Query:
        """Return the query for one term."""
        return tantivy.Query.term_query(self._schema, "terms", str(code), index_option="freq")

    def _allowed(self, narrowed: LexicalFilter | None) -> tantivy.Query | None:
        """Return the query for what counts, or None for everything."""
        if narrowed is None:
            return None
        if narrowed.documents is None:
            names = [_PUBLIC, *(_GROUP + group for group in sorted(narrowed.groups or ()))]
            return self._any_of("access", names)
        if len(narrowed.documents) <= _FEW:
            return self._any_of("document", narrowed.documents)
        return tantivy.Query.term_set_query(self._schema, "document", list(narrowed.documents))

    def _any_of(self, field: str, values: Sequence[str | int]) -> tantivy.Query:
        """Return the query for any of a few values; a term set would visit the whole index first."""
        terms = [
            tantivy.Query.term_query(self._schema, field, value, index_option="basic") for value in values
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _note(self, generation: int) -> None:
        """Write the generation so that it is there whole or not at all."""
        self._memory_generation = generation
        if self._folder is None:
            return
        draft = self._folder / (_GENERATION + ".new")
        draft.write_text(str(generation), "ascii")
        draft.replace(self._folder / _GENERATION)

    def _opened(self) -> tantivy.Index:
        """Open the folder, or begin anew in it when tantivy cannot read what is there."""
        if self._folder is None:
            return tantivy.Index(self._schema)
        try:
            self._folder.mkdir(exist_ok=True)
            return tantivy.Index(self._schema, path=str(self._folder))
        except ValueError:  # what tantivy raises for its every error
            shutil.rmtree(self._folder, ignore_errors=True)
        try:
            self._folder.mkdir(exist_ok=True)
            return tantivy.Index(self._schema, path=str(self._folder))
        except (OSError, ValueError) as error:
            raise IndexStoreError(
                f"{self._folder} cannot be used ({error}). Delete it: it is made again."
            ) from error


def _schema() -> tantivy.Schema:
    """Return the fields: keys to find and delete by, who may see it, and the terms without positions."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("document", indexed=True)
    builder.add_text_field("access", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
