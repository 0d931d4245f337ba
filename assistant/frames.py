"""What a conversation is about: the frame that its last turns left, and how a follow-up changes it.

A frame holds the last question that was understood (kind, terms, periods, places), what its answer cited, the person
last spoken of and the places asked one after the other. Nothing here is read from the answers that a caller sends:
a conversation is asked again, question by question, from the documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafts import Draft, Evidence
from assistant.evidence import article_of, holders
from assistant.model import Reason, Status
from assistant.places import bare
from assistant.questions import Kind, Question
from assistant.terms import Term, term
from documents.folding import fold

ASKS_BACK = frozenset({Kind.AUTHOR, Kind.PERSON, Kind.QUOTATION, Kind.BODY, Kind.TITLE, Kind.WHEN})
"""Kinds that ask something of the answer before: they leave what the conversation is about alone."""

_OF_TOPICS = frozenset({Kind.FIGURE, Kind.COMPARISON, Kind.LIST, Kind.WHAT, Kind.DEFINITION, Kind.IDENTITY})
_SAYS_NOTHING = 0.1  # weight of words of asking: “总数达到多少” asks it of what was named before
_KEPT = 0.25  # weight of the former question's terms beside the follow-up's own
_GENERIC = re.compile(
    r"^(?:作者|记者|采访|对象|职务|身份|部门|依据|出处|原文|标题|题目|目标|这篇|那篇|文章|访谈|报道|最[高低多少长短大小]|"
    r"author|source|target|position|department|bureau|so|there|then|else|instead|version|since|until|compared?|sorry|back)$"
)
_PERSON_ANSWERED = re.compile(r"([\u4e00-\u9fff]{2,4})(?:\(|（| — )")
_ISSUED = re.compile(r"印发|发布|出台|公布|成文|issued|published|released|delivered")
_ENGLISH_TERM = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a follow-up may lean on; an empty frame is that of a conversation that begins."""

    question: Question | None = None
    repeated: Question | None = None  # the last question that was answered, whatever it asked
    cited: tuple[Evidence, ...] = ()  # by the last answer; empty when the last topic was not answered
    document_id: str | None = None  # of the last answer that cited one
    person: str = ""
    places: tuple[str, ...] = ()  # asked one after the other of the same thing
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
            document_id=draft.evidence[0].document.id,
            person=_person_of(draft) or frame.person,
        )

    def _about(self, asked: Question) -> Frame:
        places = asked.places or _home(self, asked)
        same = asked.carried and self.question is not None and topic(asked) == topic(self.question)
        joined = (*(p for p in self.places if p not in places), *places) if same else places
        return replace(self, question=asked, places=joined, topics=(*self.topics, asked))

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


def topic(question: Question) -> frozenset[str]:
    """Return what a question is about, without its places: the texts of its own terms."""
    return frozenset(one.text for one in own_terms(question) if not one.optional)


def own_terms(question: Question) -> tuple[Term, ...]:
    """Return the terms that say what a question is about: no words of asking, no places."""
    places = [bare(place) for place in question.places]
    return tuple(
        one for one in question.terms
        if one.weight > _SAYS_NOTHING and not _GENERIC.match(one.text.strip(".?")) and not _is_place(one, places)
    )  # fmt: skip


def _is_place(one: Term, places: Sequence[str]) -> bool:
    return any(bare(alternative) in places for alternative in (one.text, *one.alternatives))


def at_places(frame: Question, asked: Question) -> Question:
    """Return the frame's question asked of the places that a follow-up names."""
    old = [bare(place) for place in frame.places]
    new = [one for one in asked.terms if _is_place(one, [bare(place) for place in asked.places])]
    gone = [one for one in frame.terms if _is_place(one, old)]
    if len(asked.places) > 1 or not new:
        new = [term(place, bare(place)) for place in asked.places]
    key, said = frame.key, " ".join(one.text for one in new)
    for name in dict.fromkeys([*frame.places, *old, *(one.text for one in gone)]):
        key = key.replace(name, said)
    if said not in key:
        key = f"{said} {key}"
    kept = tuple(one for one in frame.terms if one not in gone)
    return replace(frame, places=asked.places, terms=(*new, *kept), key=key)


def in_periods(frame: Question, asked: Question) -> Question:
    """Return the frame's question asked of the periods that a follow-up names."""
    key = frame.key
    if len(frame.periods) == len(asked.periods) == 1:
        key = key.replace(frame.periods[0].text, asked.periods[0].text)
    past = any(period.relative and re.search(r"去|上|last", period.text) for period in asked.periods)
    wants = frame.wants - {"target"} if past else frame.wants
    return replace(frame, periods=asked.periods, key=key, wants=wants | (asked.wants & {"actual", "target"}))


def as_follow_up(frame: Question, asked: Question) -> Question:
    """Return the frame's question in the words and the language of the follow-up that asks it again."""
    return replace(frame, text=asked.text, language=asked.language, carried=True, premise=False)


def with_head(question: Question, frame: Question) -> Question | None:
    """Return a follow-up's topic asked for what the frame asked of its own: its reward, its rate; None without such a word."""
    own = own_terms(question)
    said = [one for one in own_terms(frame) if not one.optional]
    if len(said) < 2:
        return None
    head = said[0] if frame.language == "en" else said[-1]
    if not head.is_content or _replaced(head, own):
        return None
    loose = merged(question, frame)
    rest = tuple(one for one in loose.terms if one.text != head.text)
    return replace(
        loose, terms=(*rest, head), unit=question.unit or frame.unit, wants=question.wants | frame.wants
    )


def merged(question: Question, frame: Question) -> Question:
    """Return `question` with what it leaves out (terms, kind, periods, places) taken from `frame`."""
    own = own_terms(question)
    periods = question.periods or frame.periods
    places = question.places or frame.places
    if not own:
        return replace(
            frame, text=question.text, language=question.language, periods=periods, places=places,
            kind=frame.kind if question.kind in {Kind.WHAT, Kind.FIGURE} else question.kind,
            amounts=question.amounts,
            wants=question.wants or frame.wants, premise=False,
        )  # fmt: skip
    old = [bare(place) for place in frame.places] if set(places) != set(frame.places) else []
    kept = tuple(
        replace(one, optional=True, weight=one.weight * _KEPT)
        for one in frame.terms
        if not _replaced(one, own) and not _is_place(one, old)
    )
    asks_nothing = question.kind in {Kind.WHAT, Kind.DEFINITION}
    asked = frame.wants - {"flow", "stock"}
    money = frame.unit if asks_nothing and frame.unit == "元" else None  # how much, not how many
    return replace(
        question, terms=(*own, *kept), periods=periods, places=places,
        kind=frame.kind if asks_nothing else question.kind, unit=question.unit or money,
        wants=question.wants | asked if asks_nothing else question.wants or asked,
    )  # fmt: skip


def _replaced(old: Term, own: Sequence[Term]) -> bool:
    """Say whether one of the follow-up's terms stands in for `old`: 一等奖 for 二等奖."""
    endings = {alternative[-2:] for alternative in old.alternatives if len(alternative) >= 2}
    for one in own:
        if endings & {alternative[-2:] for alternative in one.alternatives if len(alternative) >= 2}:
            return True
        if old.grams and len(old.grams & one.grams) >= len(old.grams) / 2:
            return True
    return False


def of_document(question: Question, title: str) -> Question:
    """Return what a follow-up asks of the conversation's document itself: since when it is in force, when it was issued.

    “Since when?” alone says nothing of force, so the word is put into the key; without a title any document will do.
    """
    terms = (term(title, fold(title)),) if title else (term("施行", "施行", "有效期"),)
    key = question.key if _ISSUED.search(question.key) else f"{question.key} 施行"
    return replace(question, key=key, kind=Kind.WHEN, terms=terms, periods=(), carried=True)
