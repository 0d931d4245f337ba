"""Reading the store: documents, passages and the ledger, as far as a filter lets one see.

Every query here names what may be seen, so a forbidden document is not left out afterwards: it is never read.
What takes time to decode is remembered, under a key that changes with it; whether one may see it is asked of the
store each time, or is part of the key.
"""

# ruff: noqa: S608  (the parts that are joined here are SQL of this module; values are always parameters)
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial

from documents.folding import fold
from documents.model import Document, Indicator, Passage
from index.errors import UnknownDocumentError
from index.model import DocumentRecord, SearchFilter
from index.records import from_json
from index.remembering import Remembered
from index.storage import Row, Storage, Value

_RECORD = (
    "d.id, d.title, d.source, d.revision, d.date, d.passages, d.indicators, d.characters, d.added_at, "
    "(SELECT json_group_array(g.name) FROM document_groups g WHERE g.document = d.key), "
    "(SELECT d2.id FROM replacements r JOIN documents d2 ON d2.id = r.successor "
    "WHERE r.replaced = d.id AND {seen_successor} ORDER BY r.document DESC LIMIT 1), "
    "(SELECT o.fingerprint FROM readings o WHERE o.document = d.key AND o.digest = d.digest)"
)
_CHARACTERS = 8_000_000  # of documents kept decoded
_RECORDS = 50_000  # kept over all filters
_PASSAGES = 4_096  # kept decoded
_DECODED_ROWS = 50_000  # indicators kept decoded: a question reads the ledger many times


def seen(filters: SearchFilter | None, table: str = "d") -> tuple[str, list[Value]]:
    """Return the SQL condition on `documents`, in the query called `table`, for what may be seen."""
    conditions: list[str] = []
    values: list[Value] = []
    if filters is not None and filters.groups is not None:
        conditions.append(
            f"(NOT EXISTS (SELECT 1 FROM document_groups g WHERE g.document = {table}.key) OR EXISTS "
            f"(SELECT 1 FROM document_groups g WHERE g.document = {table}.key "
            "AND g.name IN (SELECT value FROM json_each(?))))"
        )
        values.append(json.dumps(sorted(filters.groups)))
    if filters is not None and filters.document_ids is not None:
        conditions.append(f"{table}.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(filters.document_ids)))
    return " AND ".join(conditions) or "1", values


class Catalogue:
    """Everything that is read from the store by id."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._decoded: dict[int, Indicator] = {}
        self._passage = lru_cache(_PASSAGES)(partial(from_json, Passage))
        self._documents: Remembered[tuple[int, bytes], Document] = Remembered(
            _CHARACTERS, lambda document: len(document.text)
        )
        self._records: Remembered[tuple[int, SearchFilter | None], tuple[DocumentRecord, ...]] = Remembered(
            _RECORDS, len
        )

    def documents(self, filters: SearchFilter | None) -> list[DocumentRecord]:
        """Return what is indexed, in the order in which it was first added."""
        # Read before the records: these may be newer than their key says, but never older.
        generation = self._storage.generation()
        return list(self._records.get((generation, filters), lambda: self._read_records(filters)))

    def _read_records(self, filters: SearchFilter | None) -> tuple[DocumentRecord, ...]:
        """Read the records that a filter lets one see."""
        condition, values = seen(filters)
        successor, successor_values = seen(filters and SearchFilter(groups=filters.groups), "d2")
        columns = _RECORD.format(seen_successor=successor)
        rows = self._storage.rows(
            f"SELECT {columns} FROM documents d WHERE {condition} ORDER BY d.key",
            [*successor_values, *values],
        )
        return tuple(_record(row) for row in rows)

    def document(self, document_id: str, filters: SearchFilter | None) -> Document:
        """Return a document. Raises UnknownDocumentError, in the same words for one that may not be seen."""
        condition, values = seen(filters)
        with self._storage.snapshot():  # so that what is read is what the digest says
            rows = self._storage.rows(
                f"SELECT d.key, d.digest FROM documents d WHERE d.id = ? AND {condition}",
                [document_id, *values],
            )
            if not rows:
                raise unknown(document_id)
            ((key, digest),) = rows
            return self._documents.get((key, digest), lambda: self._read_document(key))

    def _read_document(self, key: int) -> Document:
        """Read a document that may be seen."""
        ((data, text),) = self._storage.rows("SELECT data, text FROM documents WHERE key = ?", [key])
        return replace(from_json(Document, data), text=text)

    def read_otherwise(self, reading: str) -> list[str]:
        """Return the ids of the documents that `reading` did not read, in the order in which they were added."""
        rows = self._storage.rows(
            "SELECT d.id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM readings r "
            "WHERE r.document = d.key AND r.digest = d.digest AND r.fingerprint = ?) ORDER BY d.key",
            [reading],
        )
        return [document_id for (document_id,) in rows]

    def passages(self, document_id: str, filters: SearchFilter | None) -> list[Passage]:
        """Return a document's passages in reading order. Raises UnknownDocumentError."""
        condition, values = seen(filters)
        keys = self._storage.rows(
            f"SELECT d.key FROM documents d WHERE d.id = ? AND {condition}", [document_id, *values]
        )
        if not keys:
            raise unknown(document_id)
        rows = self._storage.rows("SELECT data FROM passages WHERE document = ? ORDER BY position", keys[0])
        return [self._passage(data) for (data,) in rows]

    def passage(self, passage_id: str, filters: SearchFilter | None) -> Passage | None:
        """Return one passage, or None when there is none of that id or it may not be seen."""
        condition, values = seen(filters)
        rows = self._storage.rows(
            "SELECT p.data FROM passages p JOIN documents d ON d.key = p.document "
            f"WHERE p.id = ? AND {condition}",
            [passage_id, *values],
        )
        return self._passage(rows[0][0]) if rows else None

    def passages_of_keys(self, keys: list[int], filters: SearchFilter | None) -> dict[int, Passage]:
        """Return the passages of those keys that are still there and may be seen."""
        condition, values = seen(filters)
        rows = self._storage.rows(
            "SELECT p.key, p.data FROM json_each(?) k JOIN passages p ON p.key = k.value "
            f"JOIN documents d ON d.key = p.document WHERE {condition}",
            [json.dumps(keys), *values],
        )
        return {key: self._passage(data) for key, data in rows}

    def indicators(
        self,
        filters: SearchFilter | None,
        subject: str | None = None,
        year: int | None = None,
        passage_ids: Iterable[str] | None = None,
    ) -> list[Indicator]:
        """Return the ledger's rows by document and position.

        `subject` finds rows whose subject holds it, in any script or width; `year` finds periods with it;
        `passage_ids` reads the rows of those passages and no others.
        """
        condition, values = seen(filters)
        source = "documents d JOIN indicators i ON i.document = d.key"
        if subject is not None:
            condition += " AND instr(i.subject, ?) > 0"
            values.append(fold(subject).strip())
        if year is not None:
            condition += " AND ? BETWEEN i.first_year AND i.last_year"
            values.append(year)
        if passage_ids is not None:
            # CROSS keeps SQLite to this order: it cannot know that the passages are few.
            source = (
                "json_each(?) k CROSS JOIN passages p ON p.id = k.value "
                "CROSS JOIN documents d ON d.key = p.document CROSS JOIN indicators i "
                "ON i.document = p.document AND json_extract(i.data, '$.passage_id') = p.id"
            )
            values.insert(0, json.dumps(sorted(set(passage_ids))))
        rows = self._storage.rows(
            f"SELECT i.key, i.data FROM {source} WHERE {condition} ORDER BY d.key, i.position", values
        )
        return [self._indicator(key, data) for key, data in rows]

    def _indicator(self, key: int, data: str) -> Indicator:
        """Decode a row once: keys are never used again for another row."""
        indicator = self._decoded.get(key)
        if indicator is None:
            if len(self._decoded) >= _DECODED_ROWS:
                self._decoded.clear()
            indicator = self._decoded[key] = from_json(Indicator, data)
        return indicator


def unknown(document_id: str) -> UnknownDocumentError:
    """Return the error for a document that is not there or may not be seen."""
    return UnknownDocumentError(
        f"There is no document {document_id!r} in this index. `assistant list` shows the ids."
    )


def _record(row: Row) -> DocumentRecord:
    """Turn a row of `_RECORD` into a record."""
    identity, title, source, revision, day, passages, indicators, characters, added_at, *others = row
    groups, successor, reading = others
    return DocumentRecord(
        id=identity,
        title=title,
        source=source,
        revision=revision,
        date=date.fromisoformat(day) if day is not None else None,
        groups=frozenset(json.loads(groups)),
        passages=passages,
        indicators=indicators,
        characters=characters,
        added_at=datetime.fromisoformat(added_at),
        superseded_by=successor,
        reading=reading,
    )
