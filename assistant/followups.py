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
from assistant.questions import Kind, Question, understand
from assistant.terms import Term, term
from documents.folding import fold

MOST_TURNS = 10  # turns before these cannot be what a follow-up leans on

_LEANS_ZH = re.compile(
    r"^(?:那|那么|它|他|她|这|其|该|还有|再|另外|以及|同样|上述|前面|刚才|此|哪|是谁|谁|依据|出处|原文)|(?:它|他|她|这个|那个|这篇|该文|这项|那项|此项|上面|刚才)|呢[?]?$"
)
_LEANS_EN = re.compile(
    r"^(?:how about|what about|and\b|what of|then\b|same for|who said|where (?:is|does)|why\b|which sentence|source)|"
    r"\b(?:it|its|they|their|that|this|he|she|his|her|those|these|one)\b"
)
_BACK_REFERENCE = {Kind.AUTHOR, Kind.PERSON, Kind.QUOTATION, Kind.BODY, Kind.TITLE, Kind.WHEN}
_TITLES = re.compile(r"《([^》]{2,60})》")
_SAYS_NOTHING = 0.1  # weight of words of asking: “总数达到多少” asks it of what was named before
_KEPT = 0.25  # weight of the former question's terms beside the follow-up's own
_LONGEST_LEANING = 30  # characters; a longer question stands by itself unless it uses a pronoun


def resolve(text: str, history: Sequence[Turn], *, reference: date | None = None) -> Question:
    """Return the question that `text` asks after the turns of `history`, oldest first."""
    question = understand(text, reference=reference)
    if not history or not leans(question):
        return question
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
        frame = _merged(asked, frame, answer)
    return frame


def leans(question: Question) -> bool:
    """Say whether a question cannot be understood without the turn before it."""
    if question.out_of_scope or question.injected:
        return False
    if not question.terms:
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
    return merged(question, frame)


def merged(question: Question, frame: Question) -> Question:
    """Return `question` with what it leaves out (terms, kind, periods, places) taken from `frame`."""
    own = _own_terms(question)
    periods = question.periods or frame.periods
    places = question.places or frame.places
    if not own:
        return replace(
            frame, text=question.text, language=question.language, periods=periods, places=places,
            kind=frame.kind if question.kind is Kind.WHAT or not question.terms else question.kind,
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
        r"^(?:作者|记者|依据|出处|原文|标题|题目|目标|这篇|那篇|文章|访谈|报道|author|source|target)$"
    )
    return tuple(one for one in question.terms if one.weight > _SAYS_NOTHING and not generic.match(one.text))


def _replaced(old: Term, own: Sequence[Term]) -> bool:
    """Say whether one of the follow-up's terms stands in for `old`: 一等奖 for 二等奖."""
    endings = {alternative[-2:] for alternative in old.alternatives if len(alternative) >= 2}
    for one in own:
        if endings & {alternative[-2:] for alternative in one.alternatives if len(alternative) >= 2}:
            return True
        if old.grams and len(old.grams & one.grams) >= len(old.grams) / 2:
            return True
    return False
