"""An answer before it is checked: what a way of answering proposes, with the spans that should prove it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.model import Reason, Status
from documents.model import Document, Indicator, Section, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a document that proves a part of an answer, in the section that it stands in."""

    document: Document
    section: Section
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """What a way of answering proposes. `rows` pair a ledger row with the index of its evidence."""

    method: str
    text: str
    evidence: tuple[Evidence, ...] = ()
    rows: tuple[tuple[Indicator, int], ...] = ()
    status: Status = Status.ANSWERED
    reason: Reason | None = None
    nearest: tuple[str, ...] = ()
    confidence: float = 1.0
