"""What goes into the assistant and what comes out: a question with its turns, and a checked answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from documents.model import Indicator, Span


class Status(StrEnum):
    """How far the documents answer the question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    """Why an answer is partial or missing. The values are public: portals and scripts compare them."""

    SUBJECT_NOT_COVERED = "subject_not_covered"
    PERIOD_NOT_COVERED = "period_not_covered"
    ATTRIBUTE_NOT_STATED = "attribute_not_stated"
    FALSE_PREMISE = "false_premise"
    OUT_OF_SCOPE = "out_of_scope"
    AMBIGUOUS = "ambiguous"
    SUPERSEDED_ONLY = "superseded_only"
    CONFLICTING = "conflicting"
    NOT_PERMITTED = "not_permitted"


class Verdict(StrEnum):
    """What checking a citation against the stored text gave."""

    FOUND = "found"
    MOVED = "moved"
    ALTERED = "altered"
    NOT_FOUND = "not_found"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question with the answer that was given."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A span of stored text that proves something. `text[start:end] == quote` in `revision`, always."""

    marker: int  # from 1, as printed in the answer's list of sources
    document_id: str
    revision: str
    title: str
    section: str
    byline: str | None
    page: int | None
    start: int
    end: int
    quote: str

    @property
    def span(self) -> Span:
        """The cited range of the document's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class CitedIndicator:
    """A ledger row that the answer rests on, and the marker of the citation that holds it."""

    indicator: Indicator
    citation: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer, or an honest decline: every citation was verified before this was made."""

    question: str
    language: str  # "zh" or "en"
    status: Status
    reason: Reason | None
    answer: str
    citations: tuple[Citation, ...] = ()
    indicators: tuple[CitedIndicator, ...] = ()
    nearest: tuple[str, ...] = ()
    confidence: float = 1.0  # in [0, 1]; orders answers for coverage–risk curves
    method: str = ""  # which way of answering spoke: ledger, list, who, span, decline ...
    took_ms: float = 0.0
    stages_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one citation, with why, and where the text stands now when it moved."""

    verdict: Verdict
    why: str
    document_id: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of one path: indexed, read again, unchanged or failed, with the reason told to people."""

    path: str
    state: str  # "added", "updated", "re-read", "unchanged", "failed"
    document_id: str | None = None
    passages: int = 0
    indicators: int = 0
    error: str | None = None
    notes: tuple[str, ...] = ()
