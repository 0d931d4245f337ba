"""What the API sends, described for OpenAPI and read by `assistant.client`; `assistant.wire` writes it.

A test holds these shapes and what is written together.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.api.problems import MEDIA_TYPE, PROBLEMS, Problem

Offsets = Annotated[list[int], Field(min_length=2, max_length=2, description="[start, end) in code points")]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class CitationOut(_Out):
    """A span of stored text: `text[start:end] == quote` in the document of this revision, in code points."""

    marker: int
    document_id: str
    revision: str
    title: str
    section: str
    byline: str | None
    page: int | None
    start: int
    end: int
    quote: str


class FigureOut(_Out):
    """A figure or target that a document states; `inherited` holds the spans of what its clause left out."""

    name: str
    subject: str | None
    period: str | None
    value: str
    unit: str
    normalized: float | None
    base_unit: str
    comparator: str | None
    hedge: str | None
    kind: Literal["target", "actual", "change", "count"]
    flow: bool
    by_period: bool
    speaker: str | None
    body: str | None
    value_span: Offsets
    inherited: dict[str, Offsets]


class CitedFigureOut(FigureOut):
    """A figure that an answer rests on, and the marker of the citation that holds it."""

    citation: int


class LedgerFigureOut(FigureOut):
    """A row of the ledger with where it stands."""

    id: str
    document_id: str
    passage_id: str
    section: int
    start: int
    end: int
    quote: str | None


class AnswerOut(_Out):
    """A checked answer, or an honest decline."""

    question: str
    language: Literal["zh", "en"]
    status: Literal["answered", "partial", "not_found"]
    reason: (
        Literal[
            "subject_not_covered",
            "period_not_covered",
            "attribute_not_stated",
            "false_premise",
            "out_of_scope",
            "ambiguous",
            "superseded_only",
            "conflicting",
            "not_permitted",
        ]
        | None
    )
    answer: str
    citations: list[CitationOut]
    indicators: list[CitedFigureOut]
    nearest: list[str]
    confidence: float
    method: str
    took_ms: float


class ProblemOut(_Out):
    """RFC 9457 problem details."""

    type: str = Field(description="Stable; compare this", examples=[PROBLEMS[0].type])
    title: str
    status: int
    detail: str = Field(description="What was wrong and what to do")
    request_id: str = Field(default="", description="For the administrator, who finds it in the log")
    errors: list[dict[str, Any]] = Field(default=[], description="Where the request does not fit, and why")


class BatchItemOut(_Out):
    """The answer to one question of a batch, or why there is none."""

    answer: AnswerOut | None
    problem: ProblemOut | None


class BatchOut(_Out):
    """Answers in the order of the questions."""

    answers: list[BatchItemOut]


class ArmOut(_Out):
    """What one way of searching said of a passage."""

    score: float
    rank: int


class HitOut(_Out):
    """A passage that was found."""

    rank: int
    score: float
    document_id: str
    passage_id: str
    section: int
    start: int
    end: int
    text: str
    context: str
    arms: dict[str, ArmOut]


class SearchOut(_Out):
    """Passages, best first."""

    query: str
    hits: list[HitOut]


class VerdictOut(_Out):
    """What checking one citation gave; start and end say where the text stands now."""

    marker: int
    document_id: str
    quote: str
    verdict: Literal["found", "moved", "altered", "not_found", "superseded"]
    why: str
    start: int | None
    end: int | None


class VerifyOut(_Out):
    """Verdicts in the order of the citations, and how many there are of each."""

    results: list[VerdictOut]
    counts: dict[str, int]


class RecordOut(_Out):
    """A document in the library."""

    id: str
    title: str
    source: str
    revision: str
    date: date | None
    groups: list[str]
    passages: int
    indicators: int
    characters: int
    added_at: datetime
    superseded_by: str | None
    reading: Literal["current", "outdated"] = Field(
        description="outdated: read by another version of the server; `assistant reindex` reads it again"
    )


class DocumentsOut(_Out):
    """A page of the library, in the order in which documents were added."""

    documents: list[RecordOut]
    total: int
    offset: int


class SpeakerOut(_Out):
    """Whom a section quotes."""

    person: str
    role: str
    body: str


class SectionOut(_Out):
    """An article or clause of a document."""

    index: int
    level: int
    parent: int | None
    title: str
    subtitle: str | None
    byline: str | None
    author: str | None
    speaker: SpeakerOut | None
    start: int
    end: int


class DocumentOut(_Out):
    """A document without its text."""

    id: str
    title: str
    revision: str
    source: str
    date: date | None
    number: str | None
    issuer: str | None
    place: str | None
    pages: int
    characters: int
    notes: list[str]
    sections: list[SectionOut]


class TextOut(_Out):
    """A span of a document's text."""

    document_id: str
    revision: str
    start: int
    end: int
    characters: int
    text: str


class IndicatorsOut(_Out):
    """A page of the ledger."""

    indicators: list[LedgerFigureOut]
    total: int
    offset: int


class JobOut(_Out):
    """An upload or deletion; queued and running ones go on after a restart, the others are final."""

    id: str
    kind: Literal["add", "remove"]
    state: Literal["queued", "running", "done", "failed"]
    name: str
    document_id: str | None
    created_at: datetime
    finished_at: datetime | None
    result: dict[str, Any] | None
    problem: ProblemOut | None


class JobsOut(_Out):
    """Jobs."""

    jobs: list[JobOut]


class AcceptedOut(_Out):
    """Something was kept."""

    accepted: Literal[True]


class HealthOut(_Out):
    """Whether the server lives, or is ready."""

    status: str
    checks: dict[str, str] = {}


class ModelOut(_Out):
    """The one model of the OpenAI interface."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsOut(_Out):
    """The models of the OpenAI interface."""

    object: Literal["list"]
    data: list[ModelOut]


class ChatOut(BaseModel):
    """A chat completion of the OpenAI interface; `policy_assistant` is the whole answer."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]
    policy_assistant: AnswerOut


def describe(*problems: Problem) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route: every problem that it may answer with, under its status."""
    described: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        entry = described.setdefault(
            problem.status,
            {"description": "", "content": {MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA, "examples": {}}}},
        )
        entry["description"] = " / ".join(filter(None, [entry["description"], problem.title]))
        entry["content"][MEDIA_TYPE]["examples"][problem.slug] = {
            "value": {
                "type": problem.type,
                "title": problem.title,
                "status": problem.status,
                "detail": "What was wrong, and what to do about it.",
                "request_id": "0f8fad5bd9cb469fa165708867285a8d",
            }
        }
    return described


_PROBLEM_SCHEMA = {"$ref": "#/components/schemas/ProblemOut"}
