"""Writing to the store: one document is added, replaced or removed in one transaction.

A passage whose indexed text was seen before, in this document or another, keeps its vector, terms and tokens:
they are found by the digest of that text. A passage that merely moved keeps its key too, so that FAISS and
tantivy have nothing to do.
"""

# ruff: noqa: S608  (the parts that are joined here are column names of this module; values are parameters)
from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from documents.folding import fold
from documents.model import Indicator, Passage
from index.bm25 import TermVector, term_vector
from index.embedding import Embedder, TokenEmbedder
from index.lexical_terms import lexical_terms
from index.model import AddOutcome, IndexEntry
from index.records import from_json, to_json
from index.storage import Change, Storage

_REEMBEDDED_AT_ONCE = 1_024  # passages: what is held in memory, and how often progress is told

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|2[01]\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class PassageParts:
    """What is computed once from a passage's indexed text."""

    vector: NDArray[np.float16]
    terms: TermVector
    tokens: NDArray[np.int32] | None


@dataclass(frozen=True, slots=True)
class PreparedEntry:
    """An entry with all that takes time already computed, so that its transaction is short."""

    entry: IndexEntry
    outcome: AddOutcome
    digest: bytes  # of everything in the entry but groups
    contents: tuple[bytes, ...]  # digest of each passage's indexed text
    parts: Mapping[bytes, PassageParts]  # for contents that the store does not know yet


def prepare(storage: Storage, embedder: Embedder, entry: IndexEntry) -> PreparedEntry | None:
    """Compute what adding `entry` needs; None when the store holds exactly this already."""
    digest = _digest(entry)
    outcome = _outcome(storage, entry, digest)
    if outcome is AddOutcome.UNCHANGED:
        return None
    contents = tuple(_content(passage) for passage in entry.passages)
    texts = {content: p.indexed_text for content, p in zip(contents, entry.passages, strict=True)}
    new = [
        content
        for content in texts
        if not storage.rows("SELECT 1 FROM passages WHERE content = ? LIMIT 1", [content])
    ]
    parts = passage_parts(embedder, [texts[content] for content in new])
    return PreparedEntry(entry, outcome, digest, contents, dict(zip(new, parts, strict=True)))


def _outcome(storage: Storage, entry: IndexEntry, digest: bytes) -> AddOutcome:
    """Say what adding `entry`, whose parts have this digest, will have done."""
    old = storage.rows(
        "SELECT d.key, d.digest, d.revision, r.fingerprint FROM documents d "
        "LEFT JOIN readings r ON r.document = d.key AND r.digest = d.digest WHERE d.id = ?",
        [entry.document.id],
    )
    if not old:
        return AddOutcome.ADDED
    key, old_digest, revision, reading = old[0]
    if revision != entry.document.revision or _groups(storage, key) != entry.groups:
        return AddOutcome.UPDATED
    if (reading or "") != entry.reading:
        return AddOutcome.REREAD
    return AddOutcome.UNCHANGED if old_digest == digest else AddOutcome.UPDATED


def passage_parts(embedder: Embedder, texts: Sequence[str]) -> list[PassageParts]:
    """Embed texts and count their terms."""
    if not texts:
        return []
    vectors, tokens = _embedded(embedder, texts)
    terms = [term_vector(lexical_terms(text)) for text in texts]
    return [PassageParts(*part) for part in zip(vectors, terms, tokens, strict=True)]


def put(change: Change, prepared: PreparedEntry) -> AddOutcome:
    """Write a prepared entry."""
    entry = prepared.entry
    old = change.rows("SELECT key, digest FROM documents WHERE id = ?", [entry.document.id])
    if prepared.outcome is AddOutcome.REREAD and old and old[0][1] == prepared.digest:
        _put_reading(change, old[0][0], prepared)  # the same was found
        return prepared.outcome
    key = _put_document(change, prepared, old[0][0] if old else None)
    regrouped = _put_groups(change, key, entry.groups)
    _put_passages(change, key, prepared, touch=regrouped)
    change.run("DELETE FROM indicators WHERE document = ?", [key])
    change.run_many(
        "INSERT INTO indicators (document, position, subject, first_year, last_year, data) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, position, *_ledger_columns(row), to_json(row))
            for position, row in enumerate(entry.indicators)
        ],
    )
    change.run(
        "UPDATE documents SET terms = (SELECT coalesce(sum(t.length), 0) FROM passages p "
        "JOIN passage_terms t ON t.key = p.key WHERE p.document = ?) WHERE key = ?",
        [key, key],
    )
    change.run("DELETE FROM replacements WHERE document = ?", [key])
    change.run_many(
        "INSERT INTO replacements VALUES (?, ?, ?)",
        [(replaced, successor, key) for replaced, successor in entry.superseded.items()],
    )
    _put_reading(change, key, prepared)
    return prepared.outcome


def remove(change: Change, document_id: str) -> bool:
    """Remove a document with all that belongs to it; says whether it was there."""
    rows = change.rows("SELECT key FROM documents WHERE id = ?", [document_id])
    if not rows:
        return False
    (key,) = rows[0]
    change.run("INSERT INTO removed SELECT key, ? FROM passages WHERE document = ?", [change.generation, key])
    change.run("DELETE FROM documents WHERE key = ?", [key])
    change.run("DELETE FROM readings WHERE document = ?", [key])
    return True


def regroup(change: Change, document_id: str, groups: frozenset[str]) -> bool:
    """Set who may see a document; says whether it was there."""
    rows = change.rows("SELECT key FROM documents WHERE id = ?", [document_id])
    if not rows:
        return False
    key = rows[0][0]
    if _put_groups(change, key, groups):
        change.run("UPDATE passages SET generation = ? WHERE document = ?", [change.generation, key])
    return True


def reembed(change: Change, embedder: Embedder, progress: Callable[[int, int], None] | None) -> int:
    """Write `embedder`'s vectors and tokens in place of every stored one, and its name; says how many."""
    ((total,),) = change.rows("SELECT count(*) FROM passages")
    done, last = 0, 0
    while rows := change.rows(
        "SELECT key, data FROM passages WHERE key > ? ORDER BY key LIMIT ?", [last, _REEMBEDDED_AT_ONCE]
    ):
        keys = [key for key, _ in rows]
        texts = [from_json(Passage, data).indexed_text for _, data in rows]
        vectors, tokens = _embedded(embedder, texts)
        change.run_many(
            "UPDATE passage_vectors SET vector = ? WHERE key = ?",
            [(vector.astype("<f2").tobytes(), key) for vector, key in zip(vectors, keys, strict=True)],
        )
        change.run_many(
            "UPDATE passage_terms SET tokens = ? WHERE key = ?",
            [(_token_bytes(ids), key) for ids, key in zip(tokens, keys, strict=True)],
        )
        last, done = keys[-1], done + len(keys)
        if progress:
            progress(done, total)
    # The stores that are derived from these rows take up every passage again.
    change.run("UPDATE passages SET generation = ?", [change.generation])
    names = {"embedder": embedder.name, "fingerprint": embedder.fingerprint, "dimension": embedder.dimension}
    change.run_many(
        "UPDATE manifest SET value = ? WHERE name = ?", [(str(value), name) for name, value in names.items()]
    )
    return done


def _embedded(
    embedder: Embedder, texts: Sequence[str]
) -> tuple[NDArray[np.float16], Sequence[NDArray[np.int32] | None]]:
    """Return (n, dimension) vectors and each text's token ids, where the embedder has any."""
    vectors = embedder.embed(texts).astype(np.float16)
    return vectors, embedder.token_ids(texts) if isinstance(embedder, TokenEmbedder) else [None] * len(texts)


def _token_bytes(tokens: NDArray[np.int32] | None) -> bytes | None:
    """Return token ids as they are stored."""
    return None if tokens is None else tokens.astype("<i4").tobytes()


def _put_document(change: Change, prepared: PreparedEntry, key: int | None) -> int:
    """Insert or update the document's row; returns its key."""
    entry, document = prepared.entry, prepared.entry.document
    columns = {
        "title": document.title,
        "source": document.source,
        "revision": document.revision,
        "date": document.date.isoformat() if document.date else None,
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "digest": prepared.digest,
        "passages": len(entry.passages),
        "terms": 0,
        "indicators": len(entry.indicators),
        "characters": len(document.text),
        "data": to_json(replace(document, text="")),
        "text": document.text,
    }
    if key is None:
        columns["id"] = document.id
        places = ", ".join("?" * len(columns))
        return change.run(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES ({places})", list(columns.values())
        )
    if prepared.outcome is AddOutcome.REREAD:
        del columns["added_at"]  # nobody brought it again
    settings = ", ".join(f"{name} = ?" for name in columns)
    change.run(f"UPDATE documents SET {settings} WHERE key = ?", [*columns.values(), key])
    return key


def _put_reading(change: Change, key: int, prepared: PreparedEntry) -> None:
    """Write what read the document."""
    change.run("DELETE FROM readings WHERE document = ?", [key])
    if prepared.entry.reading:
        change.run("INSERT INTO readings VALUES (?, ?, ?)", [key, prepared.entry.reading, prepared.digest])


def _put_groups(change: Change, key: int, groups: frozenset[str]) -> bool:
    """Write the groups of a document; says whether they changed."""
    before = {name for (name,) in change.rows("SELECT name FROM document_groups WHERE document = ?", [key])}
    if before == groups:
        return False
    change.run("DELETE FROM document_groups WHERE document = ?", [key])
    change.run_many("INSERT INTO document_groups VALUES (?, ?)", [(key, name) for name in sorted(groups)])
    return True


def _put_passages(change: Change, document: int, prepared: PreparedEntry, *, touch: bool) -> None:
    """Write the passages of a document over those that it had; `touch` marks all of them as changed."""
    free: dict[bytes, list[int]] = {}
    for key, content in change.rows(
        "SELECT key, content FROM passages WHERE document = ? ORDER BY position DESC", [document]
    ):
        free.setdefault(content, []).append(key)
    # Ids move between rows of the document: they step aside first, because they are unique at any moment.
    change.run("UPDATE passages SET id = '~' || key WHERE document = ?", [document])
    sources: dict[bytes, int] = {}
    for position, (passage, content) in enumerate(
        zip(prepared.entry.passages, prepared.contents, strict=True)
    ):
        if kept := free.get(content):
            key = kept.pop()
            change.run(
                "UPDATE passages SET id = ?, position = ?, data = ? WHERE key = ?",
                [passage.id, position, to_json(passage), key],
            )
        else:
            key = change.run(
                "INSERT INTO passages (id, document, position, generation, content, data) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [passage.id, document, position, change.generation, content, to_json(passage)],
            )
            _put_parts(change, key, content, prepared.parts.get(content), sources)
        sources.setdefault(content, key)
    gone = [key for keys in free.values() for key in keys]
    change.run_many("INSERT INTO removed VALUES (?, ?)", [(key, change.generation) for key in gone])
    change.run_many("DELETE FROM passages WHERE key = ?", [(key,) for key in gone])
    if touch:
        change.run("UPDATE passages SET generation = ? WHERE document = ?", [change.generation, document])


def _put_parts(
    change: Change, key: int, content: bytes, parts: PassageParts | None, sources: Mapping[bytes, int]
) -> None:
    """Write vector, terms and tokens of a passage, or copy those of a passage with the same text."""
    if parts is not None and content not in sources:
        tokens = _token_bytes(parts.tokens)
        terms = (parts.terms.hashes.astype("<u4").tobytes(), parts.terms.counts.tobytes(), parts.terms.length)
        change.run("INSERT INTO passage_vectors VALUES (?, ?)", [key, parts.vector.astype("<f2").tobytes()])
        change.run("INSERT INTO passage_terms VALUES (?, ?, ?, ?, ?)", [key, *terms, tokens])
        return
    source: int | None = sources.get(content)
    if source is None:
        ((source,),) = change.rows(
            "SELECT key FROM passages WHERE content = ? AND key <> ? ORDER BY key LIMIT 1", [content, key]
        )
    change.run(
        "INSERT INTO passage_vectors SELECT ?, vector FROM passage_vectors WHERE key = ?", [key, source]
    )
    change.run(
        "INSERT INTO passage_terms SELECT ?, hashes, counts, length, tokens FROM passage_terms WHERE key = ?",
        [key, source],
    )


def _ledger_columns(row: Indicator) -> tuple[str | None, int | None, int | None]:
    """Return folded subject, first and last year of a ledger row."""
    years = [int(year) for year in _YEAR.findall(row.period or "")]
    subject = fold(row.subject) if row.subject is not None else None
    return subject, min(years, default=None), max(years, default=None)


def _content(passage: Passage) -> bytes:
    """Return 16 bytes that stand for the passage's indexed text."""
    return hashlib.blake2b(passage.indexed_text.encode("utf-8"), digest_size=16).digest()


def _digest(entry: IndexEntry) -> bytes:
    """Return 32 bytes that stand for a document with its passages and indicators."""
    digest = hashlib.sha256()
    for part in (entry.document, *entry.passages, *entry.indicators, dict(entry.superseded)):
        digest.update(to_json(part).encode("utf-8"))
        digest.update(b"\0")
    return digest.digest()


def _groups(storage: Storage, document: int) -> frozenset[str]:
    """Return the groups that a document has now."""
    return frozenset(
        name for (name,) in storage.rows("SELECT name FROM document_groups WHERE document = ?", [document])
    )
