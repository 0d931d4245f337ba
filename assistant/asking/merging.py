"""One question in the light of another: what it says itself, and what it takes over from the one that it leans on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.kinds import Kind
from assistant.asking.places import bare
from assistant.asking.questions import Question
from assistant.asking.terms import Term, term
from documents.folding import fold

_SAYS_NOTHING = 0.1  # weight of words of asking: “总数达到多少” asks it of what was named before
_ISSUED = re.compile(r"印发|发布|出台|公布|成文|issued|published|released|delivered")
_NUMBER = re.compile(r"文号|发文字号|几号文|document number|reference number")
_RANKS = "省市县区州旗镇乡"
_KEPT = 0.25  # weight of the former question's terms beside the follow-up's own
_GENERIC = re.compile(
    r"^(?:作者|记者|采访|对象|职务|身份|部门|依据|出处|原文|标题|题目|目标|这篇|那篇|文章|访谈|报道|最[高低多少长短大小]|实际|现状|实绩|"
    r"author|source|target|position|department|bureau|so|there|then|else|instead|version|since|until|compared?|sorry|back)$"
)


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
    """Say whether a term is one of the places, or a part that it was cut into: 青檀 and 县 of 青檀县."""
    if any(bare(alternative) in places for alternative in (one.text, *one.alternatives)):
        return True
    return any(
        place == one.text + rank or (place and one.text == rank) for place in places for rank in _RANKS
    )


def without_places(question: Question, places: Sequence[str]) -> tuple[Term, ...]:
    """Return a question's terms but for those of the given places."""
    named = [bare(place) for place in places]
    return tuple(one for one in question.terms if not _is_place(one, named))


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
    wants = frame.wants - {"target"} if past or "actual" in asked.wants else frame.wants
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
    least = _KEPT * min(1.0, max(one.weight for one in own))
    kept = tuple(
        replace(one, optional=True, weight=one.weight * least)
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
    if _NUMBER.search(question.key):
        return replace(question, key="文号", kind=Kind.WHAT, terms=terms, periods=(), carried=True)
    key = question.key if _ISSUED.search(question.key) else f"{question.key} 施行"
    return replace(question, key=key, kind=Kind.WHEN, terms=terms, periods=(), carried=True)
