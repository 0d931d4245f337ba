"""What a conversation is about: the frame that its last turns left, and how a follow-up changes it.

A frame holds the last question that was understood (kind, terms, periods, places), what its answer cited, the person
last spoken of and the places asked one after the other. Nothing here is read from the answers that a caller sends:
a conversation is asked again, question by question, from the documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import article_of, holders
from assistant.asking.kinds import Kind
from assistant.asking.merging import own_terms, topic
from assistant.asking.questions import Question
from assistant.asking.terms import Term, term
from assistant.model import Reason, Status
from documents.folding import fold
from documents.periods import PeriodMention

ASKS_BACK = frozenset({Kind.AUTHOR, Kind.PERSON, Kind.QUOTATION, Kind.BODY, Kind.TITLE, Kind.WHEN})
"""Kinds that ask something of the answer before: they leave what the conversation is about alone."""

_OF_TOPICS = frozenset({Kind.FIGURE, Kind.COMPARISON, Kind.LIST, Kind.WHAT, Kind.DEFINITION, Kind.IDENTITY})
_PERSON_ANSWERED = re.compile(r"([\u4e00-\u9fff]{2,4})(?:\(|（| — )")
_ENGLISH_TERM = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a follow-up may lean on; an empty frame is that of a conversation that begins."""

    question: Question | None = None
    repeated: Question | None = None  # the last question that was answered, whatever it asked
    cited: tuple[Evidence, ...] = ()  # by the last answer; empty when the last topic was not answered
    known: tuple[Evidence, ...] = ()  # by the last answer that cited anything
    document_id: str | None = None  # of the last answer that cited one
    person: str = ""
    places: tuple[str, ...] = ()  # asked one after the other of the same thing
    periods: tuple[PeriodMention, ...] = ()  # the same
    topics: tuple[Question, ...] = ()  # every question understood before, the latest last

    def after(self, asked: Question, draft: Draft, *, of_answer: bool = False, alone: bool = False) -> Frame:
        """Return the frame that a turn leaves.

        A turn that only asked something of the answer before (`of_answer`) keeps the topic; one that stands by
        itself (`alone`) is a new topic even when it is declined.
        """
        if asked.out_of_scope or asked.injected or asked.language == "other":
            return self
        answered = draft.status is not Status.NOT_FOUND and bool(draft.evidence)
        kept = of_answer and self.question is not None
        topical = alone or answered or _keeps_topic(asked, draft)
        frame = self if kept or not topical else self._about(asked)
        if not answered:
            nobody = asked.kind in {Kind.PERSON, Kind.IDENTITY} and not of_answer
            person = "" if nobody else frame.person
            return replace(frame, person=person, cited=frame.cited if frame is self else ())
        return replace(
            frame,
            repeated=asked,
            cited=draft.evidence,
            known=draft.evidence,
            document_id=draft.evidence[0].document.id,
            person=_person_of(draft) or frame.person,
        )

    def _about(self, asked: Question) -> Frame:
        places = asked.places or _home(self, asked)
        same = asked.carried and self.question is not None and topic(asked) == topic(self.question)
        joined = (*(p for p in self.places if p not in places), *places) if same else places
        passed = (
            (p for p in self.periods if p.text not in {one.text for one in asked.periods}) if same else ()
        )
        return replace(
            self,
            question=asked,
            places=joined,
            periods=(*passed, *asked.periods),
            topics=(*self.topics, asked),
        )

    @property
    def place(self) -> str:
        """The place of the conversation's document, or "" when it has none."""
        return (self.cited[0].document.place or "") if self.cited else ""


def _home(frame: Frame, asked: Question) -> tuple[str, ...]:
    return frame.places[-1:] if asked.carried else ()


def _keeps_topic(asked: Question, draft: Draft) -> bool:
    """Say whether a declined question is one to go on from: its year may be missing, its words are known."""
    if draft.reason is Reason.PERIOD_NOT_COVERED or (asked.places and draft.method == "place"):
        return True
    if draft.method == "attribute" and len(own_terms(asked)) < 2:
        return False  # “全国排第几?” asks something of the topic
    if asked.kind not in _OF_TOPICS or not own_terms(asked) or draft.reason is Reason.SUBJECT_NOT_COVERED:
        return False
    return not any(one.name and _ENGLISH_TERM.match(one.text) for one in own_terms(asked))


def _person_of(draft: Draft) -> str:
    """Return whom an answer names, or else who speaks in the article that it cites."""
    named = _PERSON_ANSWERED.match(draft.text)
    if named and draft.method in {"person", "identity", "author", "reported"}:
        return named.group(1)
    for proof in draft.evidence:
        for section in holders(proof.document, proof.section):
            if section.speaker:
                return section.speaker.person
    return ""


def articles_of(cited: Sequence[Evidence]) -> frozenset[tuple[str, int]]:
    """Return the articles in which evidence stands: document id and the outermost section's number."""
    return frozenset((one.document.id, article_of(one.document, one.section).index) for one in cited)


def named_article(proof: Evidence) -> Term:
    """Return the term of the article in which evidence stands: its title."""
    title = article_of(proof.document, proof.section).title or proof.document.title
    return term(title, fold(title))
