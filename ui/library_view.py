"""What the library tab shows: documents, figures that disagree, and documents that were replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from assistant.rereading import is_outdated
from documents.model import Indicator
from index.model import DocumentRecord


@dataclass(frozen=True, slots=True)
class Conflict:
    """One indicator for which documents in force state different values."""

    name: str
    subject: str
    period: str
    rows: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class UploadState:
    """How far one upload has come. `stage` is waiting, reading, added, updated, re-read, unchanged or failed."""

    name: str
    stage: str = "waiting"
    passages: int = 0
    indicators: int = 0
    why: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The library as one reader sees it."""

    records: tuple[DocumentRecord, ...]
    titles: dict[str, str]
    conflicts: tuple[Conflict, ...]

    @property
    def outdated(self) -> int:
        """How many documents another version of this program has read."""
        return sum(map(is_outdated, self.records))

    @property
    def replaced(self) -> tuple[DocumentRecord, ...]:
        """Documents that a newer one replaced."""
        return tuple(record for record in self.records if record.superseded_by)


def conflicts_of(rows: Sequence[Indicator], replaced: frozenset[str] = frozenset()) -> list[Conflict]:
    """Find indicators that different documents in force give different values for.

    Compared are rows of the same name, subject, period, flow and unit; a document is compared with others
    only, because one document may state a first value and a raised one.
    """
    groups: dict[tuple[str, str, str, bool, str], list[Indicator]] = {}
    for row in rows:
        if row.normalized is not None and row.period and row.document_id not in replaced:
            key = (row.name, row.subject or "", row.period, row.flow, row.base_unit)
            groups.setdefault(key, []).append(row)
    found = []
    for (name, subject, period, _, _), group in groups.items():
        by_document: dict[str, set[float | None]] = {}
        for row in group:
            by_document.setdefault(row.document_id, set()).add(row.normalized)
        values = list(by_document.values())
        if len(values) > 1 and not set.intersection(*values):
            found.append(Conflict(name, subject, period, tuple(group)))
    return found


def as_seen(record: DocumentRecord, groups: frozenset[str] | None) -> DocumentRecord:
    """Leave out of a record what is not the reader's business: other groups, and this machine's paths."""
    shown = record.groups if groups is None else record.groups & groups
    return replace(record, source=PurePath(record.source).name, groups=shown)


def library_view(records: Sequence[DocumentRecord], rows: Sequence[Indicator]) -> LibraryView:
    """Lay out the library."""
    replaced = frozenset(record.id for record in records if record.superseded_by)
    return LibraryView(
        tuple(records),
        {record.id: record.title for record in records},
        tuple(conflicts_of(rows, replaced)),
    )
