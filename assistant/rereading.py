"""Documents that another version of this program has read: found, told of, and read again from the stored text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from documents.fingerprint import READING
from documents.model import Document
from index.model import DocumentRecord, IndexEntry

if TYPE_CHECKING:  # the client and --help need no engines
    from index.passage_index import PassageIndex


def is_outdated(record: DocumentRecord) -> bool:
    """Say whether passages and figures of a document are what another version of this program found in it."""
    return record.reading != READING


def advice(records: Sequence[DocumentRecord], folder: Path) -> str | None:
    """Return how many of `records` are outdated and what to do, in one line; None where all are current."""
    count = sum(map(is_outdated, records))
    if not count:
        return None
    return (
        f"{count} of {len(records)} documents were read by another version of this program, which may have found other "
        f"figures in them. Run `assistant reindex --index {folder}`, or add the files again."
    )


def reread_all(index: PassageIndex, progress: Callable[[int, int], None] | None = None) -> int:
    """Read each document again that another version has read; see `PassageIndex.reread`. Returns how many.

    `progress` is called with the documents done and all of them.
    """
    from assistant import adding  # not for a question: see there
    from documents.reading import reread

    def read(document: Document) -> IndexEntry:
        found = reread(document)
        passages, rows = adding.cut(found)
        return IndexEntry(found, passages, rows, superseded=adding.superseded(found, index))

    return index.reread(READING, read, progress)
