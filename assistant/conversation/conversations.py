"""A conversation: each follow-up is asked of what the turn before cited, then of its document, and last of the library.

A history holds questions and the answers that a caller says were given. The answers are not read. What a
follow-up leans on is found by asking the questions again, back to the one that stands by itself; the frames
that this gives are kept, so that a conversation that goes on is not asked anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft
from assistant.asking.kinds import Kind
from assistant.asking.merging import at_places, own_terms
from assistant.asking.questions import Question
from assistant.conversation import followups, leaning
from assistant.conversation.bearing_out import Told, fits, is_of_another_year, is_printed, widened
from assistant.conversation.changes import asks_growth
from assistant.conversation.cited_answers import (
    answer_from_cited,
    asks_of_cited,
    asks_responsible,
    growth_behind,
    who_implements,
)
from assistant.conversation.followups import Reading, Within
from assistant.conversation.frames import Frame, articles_of
from assistant.conversation.scopes import Scope
from assistant.conversation.several_places import asks_which, of_each, which_most
from assistant.conversation.turn_words import asks_of_somebody, core_of
from assistant.model import Reason, Status, Turn
from documents.folding import fold

_KEPT = 64  # conversations whose frames are kept
_LONGEST_REPLAY = 2_000  # characters of earlier turns that are asked again


Ask = Callable[[Question, Scope], Told]
"""Answers one question within a scope; without a pool when the scope is empty: no such version of the document."""


class Conversations:
    """The frames that earlier turns left, the latest used last. Safe to use from several threads."""

    def __init__(self) -> None:
        self._frames: OrderedDict[Hashable, Frame] = OrderedDict()
        self._lock = Lock()

    def follow(
        self, asked: Question, history: Sequence[Turn], ask: Ask, *, reference: date | None, seen: Hashable
    ) -> Told:
        """Return the answer to a question after the turns of `history`; `seen` is what else an answer depends on."""
        chain = leaning.leaned_on(history, reference)
        frame = self._frame_after(chain, ask, reference, seen)
        told = _answered(asked, frame, ask, reference).told
        return replace(
            told, question=replace(told.question, text=asked.text, language=told.question.language)
        )

    def _frame_after(
        self, chain: Sequence[Question], ask: Ask, reference: date | None, seen: Hashable
    ) -> Frame:
        """Return the frame that the turns leave, asking again those that no kept frame covers."""
        while chain and sum(len(one.text) for one in chain) > _LONGEST_REPLAY:
            chain = chain[1:]
        frame, known = Frame(), 0
        keys = [(seen, reference, tuple(one.text for one in chain[: at + 1])) for at in range(len(chain))]
        with self._lock:
            for at, key in enumerate(keys):
                if key in self._frames:
                    frame, known = self._frames[key], at + 1
        for at in range(known, len(chain)):
            said = _answered(chain[at], frame, ask, reference)
            alone = leaning.leaning(chain[at]) is leaning.Leaning.ALONE
            of_answer = said.of_answer or (not said.is_answer and asks_of_somebody(chain[at].key))
            frame = frame.after(said.asked, said.told.draft, of_answer=of_answer, alone=alone)
            self._keep(keys[at], frame)
        return frame

    def _keep(self, key: Hashable, frame: Frame) -> None:
        with self._lock:
            self._frames[key] = frame
            self._frames.move_to_end(key)
            while len(self._frames) > _KEPT:
                self._frames.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a turn was answered with, as which question, and whether that only asked something of the answer before."""

    told: Told
    asked: Question
    of_answer: bool = False

    @property
    def is_answer(self) -> bool:
        return self.told.draft.status is not Status.NOT_FOUND


def _answered(asked: Question, frame: Frame, ask: Ask, reference: date | None) -> _Said:
    """Return the first reading's answer that its evidence bears out, or the decline of the last."""
    if frame.question is not None and leaning.leaning(asked) is leaning.Leaning.ON:
        at_once = _of_cited(asked, frame, ask) or _of_places(asked, frame, ask)
        if at_once is not None:
            return at_once
    last = second = None
    for reading in followups.readings(asked, frame, reference=reference):
        scope = scope_of(reading, frame)
        if scope is None:
            continue
        told = _ask(reading, scope, ask)
        if told.pool is None and scope != Scope():
            continue
        if told.draft.status is not Status.NOT_FOUND and is_of_another_year(reading, told):
            told = ask(reading.question, replace(scope, in_period=True))
        said = _Said(told, reading.question, reading.of_answer)
        aside = reading.undated or reading.printed
        last = last if last is not None and aside else said
        if not said.is_answer or not fits(reading, told, frame):
            continue
        said = replace(said, told=widened(asked, reading, told))
        if not reading.checked or is_printed(asked, reading, said.told):
            return said
        second = second or (None if reading.printed else said)
    if second is not None and not _is_named_elsewhere(asked, frame):
        return second
    grown = growth_behind(asked, frame.cited) if asks_growth(asked.key) else None
    if grown is not None:
        return _Said(Told(replace(asked, carried=True), grown), asked, of_answer=True)
    return _declined(asked, last)


def _is_named_elsewhere(asked: Question, frame: Frame) -> bool:
    """Say whether the conversation's document prints just what a follow-up names, where no reading found its answer."""
    core = core_of(asked)
    return bool(core) and any(core in fold(proof.document.text) for proof in frame.cited[:1])


def _declined(asked: Question, last: _Said | None) -> _Said:
    """Return the decline of a turn: the last reading's, or one that shows what no word of the question bears out."""
    if last is None:
        return _Said(
            Told(asked, decline(Reason.ATTRIBUTE_NOT_STATED, method="follow_up")), asked, of_answer=True
        )
    if not last.is_answer:
        return last
    nearest = tuple(proof.span.of(proof.document.text)[:80] for proof in last.told.draft.evidence[:1])
    draft = decline(Reason.ATTRIBUTE_NOT_STATED, method="follow_up", nearest=nearest)
    return replace(last, told=replace(last.told, draft=draft))


def _ask(reading: Reading, scope: Scope, ask: Ask) -> Told:
    """Ask one reading; one of several places is asked of each by itself."""
    places = reading.question.places
    if len(places) < 2 or reading.question.kind is Kind.COMPARISON or not reading.question.carried:
        return ask(reading.question, scope)

    def of_place(place: str) -> Draft:
        one = replace(
            reading, question=at_places(reading.question, replace(reading.question, places=(place,)))
        )
        told = ask(one.question, Scope())
        fitting = told.draft.status is Status.NOT_FOUND or fits(one, told, Frame())
        return told.draft if fitting else decline(Reason.ATTRIBUTE_NOT_STATED, method="follow_up")

    return Told(reading.question, of_each(reading.question, of_place))


def _of_cited(asked: Question, frame: Frame, ask: Ask) -> _Said | None:
    """Return what the cited sentences themselves say to a turn that asks something of them."""
    deeds = asks_responsible(asked)
    amounts = bool(asked.amounts) and not own_terms(asked)
    if not frame.cited or not (asks_of_cited(asked) or amounts):
        return None
    draft = answer_from_cited(asked, frame.cited)
    if draft is None and deeds and frame.question is not None:
        body = replace(
            frame.question,
            text=asked.text,
            language=asked.language,
            kind=Kind.BODY,
            key="哪个部门",
            carried=True,
        )
        told = ask(body, Scope(cited=frame.cited))
        draft = told.draft if told.draft.method == "body" else who_implements(asked, frame.cited[0])
    if draft is None:
        return _declined(asked, None) if deeds or asked.amounts else None
    return _Said(Told(replace(asked, carried=True), draft), asked, of_answer=True)


def _of_places(asked: Question, frame: Frame, ask: Ask) -> _Said | None:
    """Return which of the places that the conversation went through has the most, for a turn that asks it."""
    about = frame.question
    if about is None or not asks_which(asked):
        return None

    def of_place(place: str) -> Draft:
        return ask(at_places(about, replace(about, places=(place,))), Scope()).draft

    draft = which_most(asked, frame.places, of_place) if len(frame.places) > 1 else None
    if draft is None:
        return _declined(asked, None)
    return _Said(Told(replace(asked, carried=True), draft), asked, of_answer=True)


def scope_of(reading: Reading, frame: Frame) -> Scope | None:
    """Return where a reading may be answered from after a frame, or None when the conversation has no such place."""
    if reading.version is not None:
        return Scope(document_id=frame.document_id, version=reading.version) if frame.document_id else None
    if reading.within is Within.CITED:
        return Scope(cited=frame.cited) if frame.cited else None
    if reading.within is Within.ARTICLE:
        return Scope(articles=articles_of(frame.cited)) if frame.cited else None
    if reading.within is Within.DOCUMENT:
        return Scope(document_id=frame.document_id) if frame.document_id else None
    if reading.within is Within.PLACE and not reading.question.places:
        return Scope(place=frame.place)
    return Scope()
