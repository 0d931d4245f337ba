"""Putting cases to an assistant and writing down what came back, as often as asked for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.evaluation.model import Case, Outcome, Quote
from assistant.model import Answer, Reason, Status, Turn
from documents.errors import PolicyAssistantError
from documents.model import Document
from index.model import DocumentRecord, Hit, SearchFilter

Progress = Callable[[int, int], None]

# With these a partial answer still answers; with the others it says that what was asked for is not there.
_STILL_ANSWERS = frozenset({Reason.AMBIGUOUS, Reason.CONFLICTING})


class Asked(Protocol):
    """What is evaluated: `assistant.assistant.Assistant`, or a scripted one in tests."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        as_of: str | None = None,
        filters: SearchFilter | None = None,
        top_k: int = 10,
    ) -> Answer:
        """Return a checked answer or an honest decline."""
        ...

    def search(self, query: str, *, top_k: int = 10, filters: SearchFilter | None = None) -> list[Hit]:
        """Return the best passages, best first."""
        ...

    def documents(self, *, filters: SearchFilter | None = None) -> list[DocumentRecord]:
        """List what is indexed."""
        ...

    def document(self, document_id: str, *, filters: SearchFilter | None = None) -> Document:
        """Return one document."""
        ...


def ask_cases(
    assistant: Asked, cases: Sequence[Case], *, repeats: int = 1, progress: Progress | None = None
) -> Iterator[Outcome]:
    """Yield what the assistant answers to each case, in order; each is asked `repeats` times in all.

    A question that ends in one of our errors becomes an outcome that says so; it never stops the rest.
    `progress` is told how many of how many are done.
    """
    for done, case in enumerate(cases, 1):
        yield _ask(assistant, case, repeats)
        if progress is not None:
            progress(done, len(cases))


def _ask(assistant: Asked, case: Case, repeats: int) -> Outcome:
    started = time.perf_counter()
    try:
        answer = assistant.ask(case.question, case.history, as_of=case.as_of)
        elapsed = 1000 * (time.perf_counter() - started)
        again = [assistant.ask(case.question, case.history, as_of=case.as_of) for _ in range(repeats - 1)]
    except PolicyAssistantError as error:
        return Outcome(case.id, "", error=str(error))
    return outcome_of(case.id, answer, ms=elapsed, again=again)


def outcome_of(
    case_id: str, answer: Answer, *, ms: float | None = None, again: Sequence[Answer] = ()
) -> Outcome:
    """Return the outcome of a case from the assistant's answer, and from the same question asked again."""
    quotes = tuple(
        Quote(citation.quote, citation.document_id, citation.span, citation.revision)
        for citation in answer.citations
    )
    return Outcome(
        case_id=case_id,
        answer=answer.answer,
        quotes=quotes,
        abstained=is_abstention(answer),
        status=answer.status.value,
        reason=answer.reason.value if answer.reason else None,
        nearest=answer.nearest,
        confidence=answer.confidence,
        method=answer.method,
        ms=answer.took_ms if ms is None else ms,
        repeats=tuple(fingerprint(other) for other in again),
        fingerprint=fingerprint(answer),
    )


def is_abstention(answer: Answer) -> bool:
    """Say whether an answer declines: nothing found, or a part given because the asked thing is not there."""
    if answer.status is Status.PARTIAL:
        return answer.reason is not None and answer.reason not in _STILL_ANSWERS
    return answer.status is Status.NOT_FOUND


def fingerprint(answer: Answer) -> str:
    """Return a hash of all that a reader sees of an answer; equal for answers that are the same."""
    seen = [answer.status.value, answer.reason.value if answer.reason else "", answer.answer, *answer.nearest]
    seen += [f"{c.document_id} {c.revision} {c.start} {c.end} {c.quote}" for c in answer.citations]
    seen += [f"{cited.indicator.id} {cited.citation}" for cited in answer.indicators]
    return hashlib.sha256("\x00".join(seen).encode()).hexdigest()[:16]
