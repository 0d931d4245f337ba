"""What is measured and what was measured: cases, outcomes, verdicts, and why a case was missed.

A case says what a right answer holds; an outcome is what was answered, by the assistant or read from a file
of predictions; a result puts the two together. Nothing here is ever changed after it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.model import Reason, Turn
from documents.model import Span


class Behavior(StrEnum):
    """What a case expects the assistant to do."""

    ANSWER = "answer"
    ABSTAIN = "abstain"
    CORRECT_PREMISE = "correct_premise"
    RESIST_INJECTION = "resist_injection"


class Stage(StrEnum):
    """Where on a question's way a case was lost, in the order in which they are looked at."""

    FORBIDDEN = "forbidden"  # it said what must not be said
    DOCUMENT_NOT_READ = "document_not_read"  # no indexed document holds the evidence
    PASSAGE_NOT_RETRIEVED = "passage_not_retrieved"  # no passage among the hits holds it
    DECLINED = "declined_though_it_could_answer"
    ANSWERED = "answered_though_it_should_decline"
    NOT_CHOSEN = "retrieved_but_not_chosen"  # the answer rests on something else
    WRONG_SPAN = "chosen_but_wrong_span"  # right place, wrong words
    TOO_LONG = "right_but_too_long"
    NO_ANSWER = "no_answer"  # a prediction is missing, or asking failed


class Fault(StrEnum):
    """What is wrong with the answer to one case; a case may have several."""

    ANSWER = "answer"  # the verdict of the contract's scorer is no
    CITATION = "citation"  # right or not, it does not cite the evidence
    QUALIFIER = "qualifier"  # comparator or hedge lost
    WRONG_FIGURE = "wrong_figure"  # states a figure that the expected answer contradicts
    QUOTE = "quote"  # a quote is not what stands at its place
    UNSTABLE = "unstable"  # asked again, something else came back


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer holds. Field names are those of the case format."""

    id: str
    question: str
    behavior: Behavior
    history: tuple[Turn, ...] = ()
    expected: tuple[str, ...] = ()  # alternatives, for exact match and F1
    must_include: tuple[tuple[str, ...], ...] = ()  # one of each group must be said
    must_not_include: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()  # one of these must be kept
    cite: tuple[str, ...] = ()  # evidence: parts of the document, white space removed
    near_cite: tuple[str, ...] = ()  # what a decline could point to; never required
    answerable: bool = True
    type: str = "other"
    language: str = "zh"
    group: str | None = None  # cases of one group ask the same and must get the same figures
    reason: Reason | None = None  # why a decline is right, where the case says so
    as_of: str | None = None
    line: int = 0  # in the file that it came from


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote of an answer and, where the assistant gave it, the place that it names."""

    text: str
    document_id: str | None = None
    span: Span | None = None
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered to one case. `abstained` is the contract's flag of a prediction."""

    case_id: str
    answer: str
    quotes: tuple[Quote, ...] = ()
    abstained: bool = False
    status: str | None = None
    reason: str | None = None
    nearest: tuple[str, ...] = ()
    confidence: float = 1.0
    method: str = ""
    ms: float | None = None  # wall time of the question, None for predictions from a file
    repeats: tuple[str, ...] = ()  # fingerprints of the same question asked again
    fingerprint: str = ""
    error: str | None = None  # why there is no answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """One `cite` of a case, and every place where a document says it."""

    text: str
    places: tuple[tuple[str, Span], ...] = ()  # document id and span


@dataclass(frozen=True, slots=True)
class Found:
    """Where retrieval put one piece of evidence: ranks from 1, None where it was not among the hits."""

    evidence: int  # index into the case's evidence
    rank: int | None = None
    arms: dict[str, int] = field(default_factory=dict)  # "dense", "lexical", "rerank" → rank


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the contract's reference scorer says of an answer; None where a case does not ask for it."""

    ok: bool
    ok_any_length: bool
    cited: bool | None
    qualified: bool | None
    abstained: bool
    short: bool


@dataclass(frozen=True, slots=True)
class CaseResult:
    """All that was measured on one case. Shares lie in [0, 1]; None means not applicable."""

    case: Case
    outcome: Outcome
    verdict: Verdict
    exact_match: float | None
    token_f1: float | None
    figures_match: bool | None  # every expected figure is stated, whatever its form
    hedges_kept: bool | None
    wrong_figures: tuple[str, ...]  # as printed in the answer
    citation_precision: float | None
    citation_recall: float | None
    bad_quotes: tuple[str, ...]  # why each is no exact quote
    stable: bool | None
    answer_length: int
    found: tuple[Found, ...] = ()
    retrieval: dict[str, float] = field(default_factory=dict)  # "mrr@10" → value, where it was searched
    stage: Stage | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `count` cases with its 95 % bootstrap interval, where one was drawn."""

    value: float
    count: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The share of wrong answers among the `coverage` surest, of all cases."""

    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over many cases. `estimates` holds shares in [0, 1], `amounts` counts and milliseconds."""

    cases: int
    estimates: dict[str, Estimate]
    amounts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """How one figure differs from the baseline's, over the cases that both have."""

    name: str
    before: float
    after: float
    p_value: float | None = None  # of the paired test, None for figures without one per case

    @property
    def delta(self) -> float:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed against a baseline: figures, and the cases that were won and lost."""

    baseline: str
    shared: int
    changes: tuple[Change, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run over a set of cases, with everything that the reports show."""

    name: str
    when: str  # ISO 8601 in UTC
    results: tuple[CaseResult, ...]
    summary: Summary
    by_type: dict[str, Summary]
    by_language: dict[str, Summary]
    risk: tuple[RiskPoint, ...]
    about: dict[str, str] = field(default_factory=dict)  # index, product version, machine
    comparison: Comparison | None = None

    @property
    def misses(self) -> tuple[CaseResult, ...]:
        """The results that have a fault, in the order of the cases."""
        return tuple(result for result in self.results if result.faults)
