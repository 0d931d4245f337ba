"""The reply to a printed question (问:…? 答:…) answers whoever asks the same, or asks for the same side of the same thing."""

from __future__ import annotations

import re

from assistant.answers import phrasing
from assistant.answers.announced_answers import numbered, unnumbered
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.enumerations import items_behind
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.printed_questions import GAP, is_question
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams

_SAME = 0.8  # least share of the question that the printed one must say
_NO_MORE = 0.5  # least share of the printed question that the question must say
_OF_THE_SIDE = 0.7  # the first of these where both ask for the same side of a thing, 目的 or 原则
_WHOLE = {Kind.WHAT, Kind.LIST, Kind.YES_NO, Kind.DEFINITION, Kind.BODY}
_SIDES = re.compile(  # 的【基本原则】是什么?, 有哪些【不同和亮点】?
    r"(?:的|哪些|什么)(?P<sides>[\u4e00-\u9fff、]{2,12}?)(?:是|有|为|包括)?(?:什么|哪些|哪几[个条项点])?[?]$"
)
_ANSWERS = re.compile(r"^\s*答[:：]\s*")
_AND = re.compile("[、和与及]")
_OF_ALL = re.compile("^(?:主要|基本|具体|总体|重点)")
_ITEMS = {Kind.WHAT, Kind.LIST}


def answer_reply(question: Question, pool: Pool) -> Draft | None:
    """Return the reply to the printed question that asks the same, for what is no single figure or name.

    Of a reply that counts its points (一是…二是…) these are the answer; else it is told whole.
    """
    if question.kind not in _WHOLE or not question.terms:
        return None
    asked = grams(question.key)
    best: tuple[float, Sentence, bool] | None = None
    for sentence in filter(is_question, pool.sentences):
        alike = pool.mass(sentence.grams & asked) / (pool.mass(sentence.grams) or 1.0)
        coverage = pool.coverage(question.terms, [(1.0, sentence.grams)])
        same = the_same = coverage >= _SAME and alike >= _NO_MORE
        if not same and question.kind in _ITEMS and _asks_for_side(question, sentence):
            around = [(1.0, sentence.grams), (0.9, sentence.article_grams), (0.9, sentence.topic_grams)]
            same = pool.coverage(question.terms, around) >= _OF_THE_SIDE
        if same and (best is None or coverage + alike > best[0]):
            best = (coverage + alike, sentence, the_same)
    if best is None:
        return None
    reply = _reply(best[1], pool)
    if not reply:
        return None
    items = _items(question, best[1], reply)
    if items is not None or (question.kind is Kind.LIST and not best[2]):
        return items
    text = phrasing.clipped("".join(s.text.strip() for s in reply), phrasing.LONGEST_LIST)
    proofs = tuple(Evidence(s.document, s.section, s.span) for s in reply)
    return Draft("reply", phrasing.quoted(question.language, _ANSWERS.sub("", text)), proofs)


def _asks_for_side(question: Question, printed: Sentence) -> bool:
    """Say whether a question names the side of a thing for which a printed one asks: 基本原则, 主要目的, 不同."""
    found = _SIDES.search(printed.key)
    sides = _AND.split(found["sides"]) if found else []
    meant = [side for side in sides if len(side) > 1]
    return any(_OF_ALL.sub("", one) in question.key or one[-2:] in question.key for one in meant)


def _items(question: Question, asked: Sentence, reply: list[Sentence]) -> Draft | None:
    """Return the points of a reply that begins with them, or None."""
    if question.kind not in _ITEMS:
        return None
    document, end = asked.document, reply[-1].span.end
    first = document.text.find("一是", asked.span.end, end)
    spans = [span for span in items_behind(document, first) if span.end <= end] if first >= 0 else []
    if len(spans) < 2 or question.count not in {None, len(spans)}:
        return None
    proofs = tuple(Evidence(document, asked.section, span) for span in (asked.span, *spans))
    return Draft("reply", numbered([unnumbered(span.of(document.text)) for span in spans]), proofs)


def _reply(asked: Sentence, pool: Pool) -> list[Sentence]:
    """Return the sentences right behind a printed question, up to the next one or the end of their section."""
    following = sorted(
        (s for s in pool.sentences if s.document.id == asked.document.id and s.span.start >= asked.span.end),
        key=lambda sentence: sentence.span,
    )
    reply: list[Sentence] = []
    end = asked.span.end
    for sentence in following:
        if is_question(sentence) or sentence.span.start - end > GAP:
            break
        reply.append(sentence)
        end = sentence.span.end
    return reply
