"""Questions that the page suggests, made from what the documents at hand state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.model import Answer, Status
from documents.model import Indicator
from ui.figure_text import printed

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.model import SearchFilter
    from ui.texts import Language

EXAMPLES = 6
FOLLOW_UPS = 3
MOST_LIBRARIES = 64  # sets of documents, as readers with different rights see them


def _figure_question(row: Indicator, language: Language) -> str:
    subject = row.subject or ""
    if language == "zh":
        period = f"{row.period}年" if row.period else ""
        noun = "目标是多少" if row.kind == "target" else "是多少"
        return f"{subject}{period}{row.name}{noun}？"
    noun = "target for " if row.kind == "target" else ""
    period = f" in {row.period}" if row.period else ""
    return f"What is the {noun}{subject}{row.name}{period}?"


def _speaker_question(row: Indicator, language: Language) -> str:
    figure = f"{row.name}{printed(row)}"
    return f"“{figure}”是谁说的？" if language == "zh" else f"Who said “{figure}”?"


def _candidates(rows: Sequence[Indicator], language: Language) -> list[str]:
    """Return questions on different indicators, targets first and documents in turn, and who said one."""
    good = [row for row in rows if row.period and row.normalized is not None and 3 <= len(row.name) <= 16]
    good.sort(key=lambda row: (row.kind != "target", not row.subject, row.comparator is None))
    seen: set[str] = set()
    first: list[Indicator] = []
    for row in good:
        if row.name not in seen:
            seen.add(row.name)
            first.append(row)
    by_document: dict[str, list[Indicator]] = {}
    for row in first:
        by_document.setdefault(row.document_id, []).append(row)
    mixed = [rows[n] for n in range(max(map(len, by_document.values()), default=0))
             for rows in by_document.values() if n < len(rows)]  # fmt: skip
    questions = [_figure_question(row, language) for row in mixed]
    who = [_speaker_question(row, language) for row in mixed if row.speaker]
    return questions[: EXAMPLES - 1] + who[:1] + questions[EXAMPLES - 1 :]


class ExampleQuestions:
    """Questions that these documents do answer: each was asked before it is offered.

    Asking takes a while, so what was found is kept until the documents change; it depends on nothing but
    the documents that a reader may see.
    """

    def __init__(self, assistant: Assistant, language: Language) -> None:
        self._assistant = assistant
        self._language = language
        self._found: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = {}

    def offered(self, filters: SearchFilter) -> tuple[str, ...]:
        """Return up to `EXAMPLES` questions about the documents that `filters` shows."""
        seen = tuple((record.id, record.revision) for record in self._assistant.documents(filters=filters))
        if seen not in self._found:
            if len(self._found) >= MOST_LIBRARIES:
                self._found.clear()
            self._found[seen] = self._ask(filters)
        return self._found[seen]

    def _ask(self, filters: SearchFilter) -> tuple[str, ...]:
        offered: list[str] = []
        rows = self._assistant.indicators(filters=filters)
        for question in _candidates(rows, self._language)[: 3 * EXAMPLES]:
            if len(offered) == EXAMPLES:
                break
            if self._assistant.ask(question, filters=filters).status is Status.ANSWERED:
                offered.append(question)
        return tuple(offered)


def follow_ups(
    answer: Answer, assistant: Assistant, filters: SearchFilter, language: Language
) -> tuple[str, ...]:
    """Return what one may ask next of an answer with figures: other years, who said it, where it stands."""
    if answer.status is Status.NOT_FOUND or not answer.indicators:
        return ()
    row = answer.indicators[0].indicator
    asked = {cited.indicator.period for cited in answer.indicators}
    others = sorted(
        {
            other.period
            for other in assistant.indicators(subject=row.subject, filters=filters)
            if other.period
            and other.name == row.name
            and other.flow == row.flow
            and other.period not in asked
            and len(other.period) == 4
        }
    )
    made = [f"那{year}年呢？" if language == "zh" else f"And in {year}?" for year in others[:2]]
    if row.speaker:
        made.append("是谁说的？" if language == "zh" else "Who said so?")
    made.append("依据在哪？" if language == "zh" else "Where does it say so?")
    return tuple(made[:FOLLOW_UPS])
