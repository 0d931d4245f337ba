"""Lines with a label: 国庆节:10月1日至7日放假…, 申请时间:9月3日至17日, 补贴标准:10000元 below the heading of the subsidy.

The label says what the line is about and the rest is the answer, so the question must name the label, or ask for the kind
of thing that it announces (什么时候 for 申请时间) and name the heading above it. The rest must be the kind of thing asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers.asked_kinds import type_test
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence, holders
from assistant.answers.phrasing import LONGEST, clipped, quoted
from assistant.answers.said_periods import says_period
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from documents.folding import fold
from documents.lines import is_title_like
from documents.model import Span
from documents.sentences import line_of

_LABELLED = re.compile(
    r"[ \u3000]*(?:[(]?[一二三四五六七八九十\d]{1,3}[).、][ \u3000]*)?"
    r"(?P<label>[^\s:,。;?!(]{2,14})[ \u3000]*:[ \u3000]*(?P<rest>[^\n]{2,})"
)
_MARKED = re.compile(r"[ \u3000]*(?:[(]?[一二三四五六七八九十\d]{1,3}[).、]|第.{1,4}[条章节])")
_OF_TIME = re.compile(r"(?:起止|截止|具体)?(?:时间|日期|期限)$")
_OF_MONEY = re.compile(r"(?:标准|金额|额度)$")
_OF_LENGTH = re.compile(r"(?:期限|时限|年限)$")
_OF_PERSON = re.compile(r"[人员者]$")
_SAID_ELSEWHERE = 0.8  # what the heading above a line and its article count beside it
_LEAST = 0.75
_NOT_BY_LABEL = {
    Kind.IDENTITY,
    Kind.AUTHOR,
    Kind.YES_NO,
    Kind.QUOTATION,
    Kind.TITLE,
    Kind.DEFINITION,
}
_LENGTHS = {"年", "个月", "月", "天"}
_LONGEST_HEADING = 30
_UP = 1200  # characters above a line within which the heading stands that it belongs to


@dataclass(frozen=True, slots=True)
class _Line:
    """A labelled line, and the marked line above it that it belongs to."""

    sentence: Sentence
    span: Span
    label: str
    rest: str
    heading: str


def answer_labelled(question: Question, pool: Pool) -> Draft | None:
    """Return the line whose label is what the question asks about, when the rest of it is the kind of thing asked for."""
    if question.kind in _NOT_BY_LABEL:
        return None
    typed = type_test(question)
    scored = []
    for line in _lines(pool):
        person = question.kind is Kind.PERSON
        fits = _OF_PERSON.search(line.label) is not None if person else typed(line.rest)
        if len(line.rest) > LONGEST or not _is_asked(question, line) or not fits:
            continue  # of a long line the asked part is a clause
        if question.periods and not _is_of_period(question, line.sentence):
            continue
        own = [
            (1.0, grams(line.label + line.rest)),
            (1.0, grams(line.label)),
            (_SAID_ELSEWHERE, grams(line.heading)),
        ]
        scopes = [*own, (_SAID_ELSEWHERE, line.sentence.article_grams), (0.5, line.sentence.passage_grams)]
        nouns = [one for one in question.terms if one.is_noun and not one.optional]
        if all(pool.support(one, scopes) >= SAID for one in nouns):
            scored.append((pool.coverage(question.terms, scopes), line))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _LEAST:
        return None
    if len(scored) > 1 and scored[1][0] == scored[0][0] and scored[1][1].rest != scored[0][1].rest:
        return None  # two lines say it as well as each other
    score, line = scored[0]
    document = line.sentence.document
    text = re.sub(r"\s+", " ", line.span.of(document.text).strip())
    told = clipped(text, LONGEST)
    proof = Evidence(document, line.sentence.section, line.span)
    return Draft("labelled", quoted(question.language, told), (proof,), confidence=min(score, 1.0))


def _is_of_period(question: Question, sentence: Sentence) -> bool:
    """Say whether a line speaks of the asked period, or its document does by its title: 2月4日 below 2019年…安排."""
    title = fold(sentence.document.title)
    return says_period(question, sentence) or all(one.text in title for one in question.periods)


def _is_asked(question: Question, line: _Line) -> bool:
    """Say whether the question names a label, or asks for what it announces below a heading that it names."""
    if line.label in question.key or any(line.label in one.alternatives for one in question.terms):
        return True
    headed = len(line.heading) > 3 and line.heading in question.key
    if question.kind is Kind.WHEN and (core := _OF_TIME.sub("", line.label)) != line.label:
        said = core in question.key or any(core in one.alternatives for one in question.terms)
        return len(core) > 1 and said
    if question.kind is not Kind.FIGURE or not headed:
        return False
    if question.unit in _LENGTHS:
        return _OF_LENGTH.search(line.label) is not None
    return question.unit == "元" and _OF_MONEY.search(line.label) is not None


def _lines(pool: Pool) -> Iterator[_Line]:
    """Return the labelled lines that the found sentences stand in, each once."""
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        text = sentence.document.text
        start, end = line_of(text, sentence.span)
        if (sentence.document.id, start) in seen:
            continue
        seen.add((sentence.document.id, start))
        found = _LABELLED.match(fold(text[start:end]))
        if found is not None:
            span = Span(start, end)
            yield _Line(sentence, span, found["label"], found["rest"], _heading_above(sentence, span))


def _heading_above(sentence: Sentence, line: Span) -> str:
    """Return the heading with a mark above a labelled line, without the mark; else that of its section."""
    text = sentence.document.text
    above = text[max(0, line.start - _UP) : line.start].split("\n")
    for one in reversed(above):
        key = fold(one).strip()
        marked = _MARKED.match(key)
        if marked and not _LABELLED.match(key) and is_title_like(one.strip(), _LONGEST_HEADING):
            return re.split(r"[,:(]", key[marked.end() :].strip())[0].strip()
    titles = [fold(section.title) for section in holders(sentence.document, sentence.section)]
    return titles[0] if titles else ""
