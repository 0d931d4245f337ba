"""A conversation as the browser keeps it: what was asked, and the card that was shown.

The server holds none of this. The browser sends the conversation with each question and stores what
comes back, so whatever arrives is checked like any other outside input: what does not fit is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from assistant.model import Answer, Citation, Reason, Status, Turn
from documents.model import Indicator

MOST_CONVERSATIONS = 10  # earlier ones that can be opened again
LONGEST_CONVERSATION = 40  # exchanges; older ones leave the browser's store, which is small


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the page shows it large: the printed parts, and where absent parts were carried from."""

    name: str
    subject: str | None
    period: str | None
    value: str
    unit: str
    comparator: str | None
    hedge: str | None
    kind: str
    flow: bool
    by_period: bool
    marker: int
    speaker: str | None = None
    body: str | None = None
    carried: tuple[tuple[str, int, int], ...] = ()  # part, start, end in the cited document


@dataclass(frozen=True, slots=True)
class Card:
    """An answer as the page shows it; everything in it came from an `Answer`."""

    question: str
    language: str
    status: Status
    reason: Reason | None
    answer: str
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    nearest: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    took_ms: float = 0.0

    def citation(self, marker: int) -> Citation | None:
        """Return the citation printed as `marker`."""
        return next((citation for citation in self.citations if citation.marker == marker), None)

    def carried_from(self, marker: int) -> tuple[tuple[str, int, int], ...]:
        """Return the parts that figures of this citation took from elsewhere, each once, in text order."""
        parts = {part for figure in self.figures if figure.marker == marker for part in figure.carried}
        return tuple(sorted(parts, key=lambda part: (part[1], part[2], part[0])))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with its card; no card when the reader stopped it."""

    question: str
    card: Card | None = None
    helpful: bool | None = None  # the reader's thumb


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges of one visitor, oldest first."""

    owner: str = ""  # Visitor.id: another person at the same browser must not read it
    exchanges: Annotated[tuple[Exchange, ...], Field(max_length=200)] = ()

    def turns(self) -> tuple[Turn, ...]:
        """Return the answered exchanges as the history that a follow-up is understood with."""
        return tuple(
            Turn(exchange.question, exchange.card.answer) for exchange in self.exchanges if exchange.card
        )

    def cut(self, count: int) -> Conversation:
        """Keep the first `count` exchanges."""
        return replace(self, exchanges=self.exchanges[: max(count, 0)])

    def plus(self, exchange: Exchange) -> Conversation:
        """Append an exchange; the oldest leave beyond `LONGEST_CONVERSATION`."""
        return replace(self, exchanges=(*self.exchanges, exchange)[-LONGEST_CONVERSATION:])

    def rated(self, position: int, helpful: bool) -> Conversation:
        """Note the reader's thumb on the exchange at `position`."""
        exchanges = list(self.exchanges)
        exchanges[position] = replace(exchanges[position], helpful=helpful)
        return replace(self, exchanges=tuple(exchanges))

    def stored(self) -> dict[str, object]:
        """Return what the browser keeps, as JSON values."""
        kept: dict[str, object] = _CONVERSATION.dump_python(self, mode="json")
        return kept


@dataclass(frozen=True, slots=True)
class Archive:
    """Earlier conversations of one visitor, latest first; kept in the browser too."""

    owner: str = ""
    conversations: Annotated[tuple[Conversation, ...], Field(max_length=50)] = ()

    def with_latest(self, conversation: Conversation) -> Archive:
        """Put a conversation in front, unless nothing was asked in it."""
        if not conversation.exchanges:
            return self
        return replace(self, conversations=(conversation, *self.conversations)[:MOST_CONVERSATIONS])

    def without(self, position: int) -> Archive:
        """Leave out the conversation at `position`."""
        kept = self.conversations[:position] + self.conversations[position + 1 :]
        return replace(self, conversations=kept)

    def stored(self) -> dict[str, object]:
        """Return what the browser keeps, as JSON values."""
        kept: dict[str, object] = _ARCHIVE.dump_python(self, mode="json")
        return kept


_CONVERSATION = TypeAdapter(Conversation)
_ARCHIVE = TypeAdapter(Archive)


def restored(value: object, owner: str) -> Conversation:
    """Read back what a browser kept; empty for anything damaged or kept by another visitor."""
    try:
        kept = _CONVERSATION.validate_python(value)
    except ValidationError:
        return Conversation(owner)
    return kept if kept.owner == owner else Conversation(owner)


def archive_restored(value: object, owner: str) -> Archive:
    """Read back the earlier conversations; none for anything damaged or kept by another visitor."""
    try:
        kept = _ARCHIVE.validate_python(value)
    except ValidationError:
        return Archive(owner)
    return kept if kept.owner == owner else Archive(owner)


def figure_of(indicator: Indicator, marker: int) -> Figure:
    """Say what the page shows of a ledger row that is cited as `marker`."""
    carried = [
        (name, part.span.start, part.span.end) for name, part in indicator.parts.items() if part.inherited
    ]
    return Figure(
        name=indicator.name,
        subject=indicator.subject,
        period=indicator.period,
        value=indicator.value,
        unit=indicator.unit,
        comparator=indicator.comparator,
        hedge=indicator.hedge,
        kind=indicator.kind.value,
        flow=indicator.flow,
        by_period=indicator.by_period,
        marker=marker,
        speaker=indicator.speaker,
        body=indicator.body,
        carried=tuple(sorted(carried, key=lambda part: part[1])),
    )


def card_of(answer: Answer, follow_ups: tuple[str, ...] = ()) -> Card:
    """Make the card that shows `answer`."""
    return Card(
        question=answer.question,
        language=answer.language,
        status=answer.status,
        reason=answer.reason,
        answer=answer.answer,
        citations=answer.citations,
        figures=tuple(figure_of(cited.indicator, cited.citation) for cited in answer.indicators),
        nearest=answer.nearest,
        follow_ups=follow_ups,
        took_ms=answer.took_ms,
    )
