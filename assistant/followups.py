"""Follow-ups without a language model: what “那2030年呢?”, “它的作者呢” or “How about …?” leave to the turns before.

A follow-up keeps the frame of the last full question (kind, indicator, period) and replaces the slots that it
names itself. Earlier answers are never believed: they only help to find which article or title is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.model import Turn
from assistant.places import bare
from assistant.questions import Kind, Question, understand
from assistant.terms import Term, term
from documents.folding import fold

MOST_TURNS = 10  # turns before these cannot be what a follow-up leans on

_LEANS_ZH = re.compile(
    r"^(?:那|那么|它|他|她|这|其|该|还有|再|另外|以及|同样|上述|前面|刚才|此|采访对象|受访|哪|是谁|谁|依据|出处|原文)|(?:它|他|她|这个|那个|这篇|该文|这项|那项|此项|上面|刚才)|呢[?]?$"
)
_LEANS_EN = re.compile(
    r"^(?:how about|what about|and\b|what of|then\b|same for|who said|where (?:is|does)|why\b|which sentence|source)|"
    r"\b(?:it|its|they|their|that|this|he|she|his|her|those|these|one)\b"
)
_BACK_REFERENCE = {Kind.AUTHOR, Kind.PERSON, Kind.QUOTATION, Kind.BODY, Kind.TITLE, Kind.WHEN}
_TITLES = re.compile(r"《([^》]{2,60})》")
_PERSON_ANSWERED = re.compile(r"([\u4e00-\u9fff]{2,4})(?:\(|（| — )")
_ABOUT_BODIES = {Kind.PERSON, Kind.BODY, Kind.LIST, Kind.AUTHOR}
_SAYS_NOTHING = 0.1  # weight of words of asking: “总数达到多少” asks it of what was named before
_KEPT = 0.25  # weight of the former question's terms beside the follow-up's own
_LONGEST_LEANING = 30  # characters; a longer question stands by itself unless it uses a pronoun


def resolve(text: str, history: Sequence[Turn], *, reference: date | None = None) -> Question:
    """Return the question that `text` asks after the turns of `history`, oldest first."""
    question = understand(text, reference=reference)
    if not history or not leans(question):
        return question
    named = _with_name(text, history[-1].answer)
    if named != text:
        question = understand(named, reference=reference)
        if _own_terms(question):
            return replace(question, text=text.strip(), carried=True)
    frame = _frame(history[-MOST_TURNS:], reference)
    return replace(_merged(question, frame, history[-1].answer), carried=True)


def _frame(history: Sequence[Turn], reference: date | None) -> Question:
    """Return what the last turns ask about: the last that stands by itself, and what those behind it changed."""
    leaning: list[tuple[Question, str]] = []
    for turn in reversed(history):
        asked = understand(turn.question, reference=reference)
        leaning.append((asked, turn.answer))
        if not leans(asked):
            break
    frame, _ = leaning.pop()
    for asked, answer in reversed(leaning):
        if asked.kind not in _BACK_REFERENCE or _own_terms(
            asked
        ):  # “who said that?” changes nothing of the frame
            frame = _merged(asked, frame, answer)
    return frame


def _with_name(text: str, answer: str) -> str:
    """Return a follow-up with 他 or “he” replaced by the person whom the answer before it gave."""
    person = _PERSON_ANSWERED.match(answer)
    if person is None:
        return text
    text = re.sub(r"(?<!其)[他她](?!们)", person.group(1), text)
    text = re.sub(r"\b(?:[Hh]is|[Hh]er)\b", f"{person.group(1)}'s", text)
    return re.sub(r"\b(?:[Hh]e|[Ss]he|[Hh]im)\b", person.group(1), text)


def leans(question: Question) -> bool:
    """Say whether a question cannot be understood without the turn before it."""
    if question.out_of_scope or question.injected:
        return False
    if not _own_terms(question):
        return True
    pattern = _LEANS_EN if question.language == "en" else _LEANS_ZH
    short = (
        len(question.key) <= _LONGEST_LEANING if question.language == "zh" else len(question.key.split()) <= 9
    )
    found = pattern.search(question.key)
    if not found or not short:
        return False
    asks_itself = (
        question.kind not in {Kind.WHAT, *_BACK_REFERENCE} and question.periods and len(question.terms) > 1
    )
    return not asks_itself


def _merged(question: Question, frame: Question, answer: str) -> Question:
    """Return the follow-up with the slots that it leaves open taken from the frame."""
    own = _own_terms(question)
    places = question.places or frame.places
    if question.kind in _BACK_REFERENCE and (not own or question.kind is not Kind.WHEN):
        titles = tuple(term(title, fold(title)) for title in _TITLES.findall(answer))
        terms = (*own, *(titles or frame.terms))
        return replace(question, terms=terms, periods=frame.periods, places=places)
    if not own and question.kind is Kind.LIST:  # “which are they?”: the answer before counted them
        key = f"{question.key} {frame.key} {fold(answer[:_LONGEST_LEANING])}"
        return replace(frame, text=question.text, key=key, kind=Kind.LIST, count=None, premise=False)
    swapped = _swapped(question, own, frame)
    return swapped or merged(question, frame)


def _swapped(question: Question, own: tuple[Term, ...], frame: Question) -> Question | None:
    """Return the frame's own question about another body: “那科技局呢?” after “工信局局长是谁?”."""
    if len(own) != 1 or question.kind is not Kind.WHAT or frame.kind not in _ABOUT_BODIES:
        return None
    for old in frame.terms:
        if old.text[-1:] == own[0].text[-1:] and old.text[-1:] in "局委厅部院办" and old.text in frame.key:
            return replace(understand(frame.key.replace(old.text, own[0].text)), text=question.text)
    return None


def merged(question: Question, frame: Question) -> Question:
    """Return `question` with what it leaves out (terms, kind, periods, places) taken from `frame`."""
    own = _own_terms(question)
    periods = question.periods or frame.periods
    places = question.places or frame.places
    if not own:
        return replace(
            frame, text=question.text, language=question.language, periods=periods, places=places,
            kind=frame.kind if question.kind in {Kind.WHAT, Kind.FIGURE} else question.kind,
            amounts=question.amounts,
            wants=question.wants or frame.wants, premise=False,
        )  # fmt: skip
    kept = tuple(
        replace(old, optional=True, weight=old.weight * _KEPT)
        for old in frame.terms
        if not _replaced(old, own)
    )
    kind = frame.kind if question.kind in {Kind.WHAT, Kind.DEFINITION} else question.kind
    return replace(
        question, terms=(*own, *kept), periods=periods, places=places, kind=kind,
        unit=question.unit, wants=question.wants or frame.wants - {"flow", "stock"},
    )  # fmt: skip


def _own_terms(question: Question) -> tuple[Term, ...]:
    generic = re.compile(
        r"^(?:作者|记者|采访|对象|职务|依据|出处|原文|标题|题目|目标|这篇|那篇|文章|访谈|报道|author|source|target)$"
    )
    places = [bare(place) for place in question.places]
    return tuple(
        one for one in question.terms
        if one.weight > _SAYS_NOTHING and not generic.match(one.text)
        and not any(bare(alternative) in places for alternative in (one.text, *one.alternatives))
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
