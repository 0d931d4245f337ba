"""Choosing the clauses that answer: content covered, the kind of thing asked for present, and near together.

A window is one to three neighbouring clauses of one sentence. Its score is the share of the question's content that
it supports (further scopes count less, see `evidence.SCOPES`), plus what shows that the asked-for thing is in it, less
a little for every clause more, so that the smallest window that says it wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from assistant.answers.asked_kinds import type_test
from assistant.answers.drafts import Evidence
from assistant.answers.english_asked import counted_thing, counts_beside, cue_of, told_of
from assistant.answers.evidence import SCOPES, Clause, Pool, Sentence, remembered
from assistant.answers.phrasing import change_of
from assistant.answers.printed_questions import is_question, printed_questions, replied_to
from assistant.answers.said_periods import (
    distances_told,
    is_within_period,
    labels_in,
    reference_of,
    says_period,
)
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams, named_grams
from documents.folding import fold
from documents.model import IndicatorKind, Span
from documents.quantities import find_quantities, same_amount

_WIDEST = 3  # clauses
_ENDS_WITH = 4  # characters
_EXCLUDED = 0.4  # what a window loses that repeats what the question sets aside
_MOSTLY = 0.6  # share of a window from which it says nothing but that
_NEXT = 0.25  # what a window gains that stands right behind it
_SENTENCES = 14  # sentences whose windows are compared
_LEAST_COVERAGE = 0.2
_PER_CLAUSE = 0.02
_UNNAMED = 0.2  # what a figure's window loses that says nothing of what is asked for
_PRINTED_QUESTION = 0.5  # what a window of a printed question loses: the answer stands behind it
_UNNAMED_PERSON = 0.25  # what a window loses that leaves out the person whom question and sentence name
_JOINED = 0.06  # what a window gains in which the words of the question stand side by side as they do there
_ASKED_OF = 0.08  # what it gains that says the word of which something is asked
_OF_ITS_OWN = 0.05  # what a window gains that says all of an English question itself
_CUED = 0.1  # what it gains that prints what an English word of asking stands for: 载明 for specify
_COUNTED = 0.12  # what it gains in which an amount stands beside what “how many” counts
_ENDING = 0.08  # what it gains that ends as the question does: 谁可以【享受就餐补贴】
_AIM = re.compile(r"目标|\b(?:target|goal)s?\b")
_PRINTED_PERIOD = 0.05  # what a window gains whose own sentence prints the asked period
_SAYS_NAME = 0.8  # support from which a sentence says a name
_STATED = 0.15  # what a window gains that prints the amount by which the question picks a case out: 仅有2家的
_HEADING = 0.25  # what a window of a title loses: it says what the text below is about
_TYPE, _FOCUS, _ALIGNED, _FIRST_HIT, _PERIOD = 0.15, 0.12, 0.10, 0.10, 0.15
_NOT_THE_LEVEL, _NAMED = 0.4, 0.6
_NOT_AN_AIM = 0.2  # what a window loses that only says what was achieved where a target is asked for
_ITS_YEAR = 0.15
_SAYS_SOMETHING = 0.25  # least weight of a word of which something can be asked: 带, but not 包括
_BESIDE_ASKING = 3  # characters between an asking word and what it is asked of
_ASKS_DOER = re.compile(r"谁|哪|何")  # what is done stands behind it: 由谁【选定】
_SAYS = re.compile(r"(?:表示|指出|强调|认为|透露|宣布|称|介绍|介绍说|说|如下|以下)$")
_BEFORE_VERB = "[时须应要可能先再将并另需均都会来去请上内,。;:“(、]"
_DIRECTED = ("归", "由", "向", "给")  # 收入归谁: a clause with 归
_WH = re.compile(
    r"什么样的|什么样|什么|啥|哪(?:一|几|两|三|四|五|六|七|八|九|十|些|个|项|家|种|类|位)*|谁|多少|几|怎样|怎么|如何|何"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring clauses of one sentence with their score; `typed` says that the asked-for kind of thing is there."""

    sentence: Sentence
    span: Span
    key: str
    grams: frozenset[str]
    coverage: float
    score: float
    typed: bool

    @property
    def scopes(self) -> list[tuple[float, frozenset[str]]]:
        """Bigrams of the window and of what stands around it, with their weights."""
        return [(SCOPES["clause"], self.grams), *self.sentence.scopes()]

    @property
    def evidence(self) -> Evidence:
        """The window as proof."""
        return Evidence(self.sentence.document, self.sentence.section, self.span)

    @property
    def text(self) -> str:
        """The window as printed."""
        return self.span.of(self.sentence.document.text)


def windows(sentence: Sentence) -> Iterator[tuple[Span, str, frozenset[str], int]]:
    """Return every window of a sentence: span, key, bigrams, number of clauses."""
    parts = sentence.clauses
    start_of = sentence.span.start
    for first in range(len(parts)):
        gathered: frozenset[str] = frozenset()
        for last in range(first, min(first + _WIDEST + 1, len(parts))):
            gathered |= parts[last].grams
            announces = last + 1 == len(parts) and sentence.key.endswith(":")
            if leads_on(sentence, parts[last]) and (last + 1 < len(parts) or first < last) and not announces:
                continue
            span = Span(parts[first].span.start, parts[last].span.end)
            yield span, sentence.key[span.start - start_of : span.end - start_of], gathered, last - first + 1


def leads_on(sentence: Sentence, clause: Clause) -> bool:
    """Say whether a clause says nothing without the next: a condition (…的,), a label (…是:), who says it (…表示,)."""
    mark = sentence.document.text[clause.span.end : clause.span.end + 1]
    return clause.key.endswith("的") or mark in {":", "："} or _SAYS.search(clause.key) is not None


def best_windows(question: Question, pool: Pool, *, most: int = 5) -> list[Window]:
    """Return the best window of each sentence, best first."""
    return _all_windows(question, pool)[:most]


@remembered
def _all_windows(question: Question, pool: Pool) -> list[Window]:
    typed = type_test(question)
    aligned = _alignment(question)
    told = asked_of(question)
    attribute = question.attribute if question.kind is Kind.WHAT and len(question.attribute) > 1 else ""
    joints, ending = _joints(question), _ending(question)
    excluded, asked = grams(question.excluded), named_grams(question.terms)
    figure = question.kind in {Kind.FIGURE, Kind.WHAT} and "change" not in question.wants
    named = [one for one in question.terms if not one.optional and one.text not in question.places]
    persons = [one.text for one in named if is_person(one.text)]
    names = [one for one in named if one.name]
    counted, cue = counted_thing(question), cue_of(question)
    asked_before = printed_questions(pool)
    labelled = [period for period in question.periods if period.label]
    near = []
    for sentence in pool.sentences:
        replied = replied_to(sentence, asked_before)
        beside = pool.beside(question.terms, [*sentence.scopes(), *replied])
        upper = pool.coverage_beside(question.terms, beside, sentence.grams)
        if upper >= _LEAST_COVERAGE:
            near.append((upper + _PERIOD * says_period(question, sentence), sentence, beside))
    near.sort(key=lambda item: -item[0])
    best: list[Window] = []
    for _, sentence, beside in near[:_SENTENCES]:
        dated = _PERIOD * says_period(question, sentence)
        dated += _PRINTED_PERIOD * any(period.label in labels_in(sentence.text, None) for period in labelled)
        dated -= _UNNAMED * any(pool.support(one, [(1.0, sentence.grams)]) < _SAYS_NAME for one in names)
        title = sentence.section.title_span
        is_heading = bool(title and sentence.span.end <= title.end and sentence.span.start >= title.start)
        candidates = []
        for span, key, gathered, count in windows(sentence):
            coverage = pool.coverage_beside(question.terms, beside, gathered)
            fits = typed(key)
            score = coverage + dated + _FIRST_HIT / sentence.rank - _PER_CLAUSE * (count - 1)
            score += (
                _TYPE * fits
                + _FOCUS * any(said and said in key for said in (question.focus, attribute))
                + _ALIGNED * aligned(key)
            )
            score += _JOINED * _share_in(joints, gathered) + _ENDING * bool(ending and key.endswith(ending))
            score += _ASKED_OF * bool(told and all(says(pool, one, key, gathered) for one in told))
            score += _STATED * _states_asked_amount(question, key)
            if question.language == "en":  # what other words around it say may be of another thing
                score += _OF_ITS_OWN * pool.coverage(question.terms, [(1.0, gathered)])
            score += _CUED * bool(cue and cue.search(key))
            score += _COUNTED * bool(counted and counts_beside(counted.alternatives, key))
            score -= _UNNAMED_PERSON * any(name in sentence.key and name not in key for name in persons)
            if figure:
                score -= _UNNAMED * (pool.coverage(named, [(1.0, gathered)]) == 0.0)
            if excluded:
                repeated = len(excluded & gathered) / max(1, len(gathered))
                score -= _EXCLUDED * repeated if repeated > _MOSTLY else 0.0
                score += _NEXT * _follows(sentence, span, question.excluded)
            score += _own_period(question, sentence, span)
            if figure and _only_grows(asked, pool, sentence, span):
                score -= _NOT_THE_LEVEL
            if figure and _AIM.search(question.key):
                score -= _NOT_AN_AIM * _only_achieved(pool, sentence, span)
            score -= _HEADING * is_heading + _PRINTED_QUESTION * is_question(sentence)
            candidates.append(Window(sentence, span, key, gathered, coverage, score, fits))
        if candidates:
            best.append(max(candidates, key=lambda window: window.score))
    best.sort(key=lambda window: (-window.score, window.sentence.rank, window.span))
    return best


def _joints(question: Question) -> frozenset[str]:
    """Return the bigrams in which one word of a Chinese question touches the next: 营补 of 运营补贴."""
    if question.language != "zh":
        return frozenset()
    places = [(question.key.find(one.text), one) for one in question.terms if not one.optional]
    starts = {at for at, _ in places if at > 0}
    ends = {at + len(one.text) for at, one in places if at >= 0}
    return frozenset(question.key[at - 1 : at + 1] for at in starts & ends)


def _ending(question: Question) -> str:
    """Return the last characters of a question that ends in what is asked about."""
    bare = question.key.rstrip("?。 ").removesuffix("吗").removesuffix("呢")
    last = bare[-_ENDS_WITH:]
    return last if len(bare) > 2 * _ENDS_WITH and not _WH.search(last) else ""


def _share_in(some: frozenset[str], gathered: frozenset[str]) -> float:
    return len(some & gathered) / len(some) if some else 0.0


def _states_asked_amount(question: Question, key: str) -> bool:
    return bool(question.amounts) and all(
        any(same_amount(printed, amount) for printed in find_quantities(key)) for amount in question.amounts
    )


@lru_cache(maxsize=4096)
def is_person(word: str) -> bool:
    """Say whether a word looks like a person's name."""
    tagged = rjieba.tag(word)
    return 2 <= len(word) <= 4 and len(tagged) == 1 and tagged[0][1].startswith("nr")


def _only_grows(asked: frozenset[str], pool: Pool, sentence: Sentence, span: Span) -> bool:
    """Say whether a window gives, of the indicator whose bigrams are asked for, how it grows and not its level."""
    grows = False
    for row in pool.rows:
        if row.document_id != sentence.document.id or not span.holds(row.value_span):
            continue
        name = grams(fold(row.name))
        if not name or len(name & asked) < _NAMED * len(name):
            continue
        if row.base_unit not in {"%", "百分点"} or re.search(r"率|比|幅|速", row.name):
            return False
        grows = grows or row.kind is IndicatorKind.CHANGE or bool(change_of(sentence.document, row))
    return grows


def _only_achieved(pool: Pool, sentence: Sentence, span: Span) -> bool:
    """Say whether all figures of a window are results, and none is a target."""
    kinds = {
        row.kind
        for row in pool.rows
        if row.document_id == sentence.document.id and span.holds(row.value_span)
    }
    return bool(kinds) and IndicatorKind.TARGET not in kinds


def _own_period(question: Question, sentence: Sentence, span: Span) -> float:
    """Return what a window gains or loses in a sentence of several years: for the asked one, or for another."""
    if not question.periods:
        return 0.0
    told = distances_told(question)
    if told and any(word in sentence.key for word in told):
        own_text = fold(span.of(sentence.document.text))
        return _ITS_YEAR if any(word in own_text for word in told) else -_ITS_YEAR
    reference = reference_of(sentence.document)
    stated = labels_in(sentence.text, reference)
    if len(stated) < 2:
        return 0.0
    asked = {period.label for period in question.periods}
    own = labels_in(span.of(sentence.document.text), reference)
    return (
        _ITS_YEAR if any(is_within_period(label, wanted) for label in own for wanted in asked) else -_ITS_YEAR
    )


def _follows(sentence: Sentence, span: Span, aside: str) -> bool:
    """Say whether a window begins right behind what the question sets aside."""
    text = aside.strip("“”‘’\"'")
    at = sentence.key.find(text)
    return at >= 0 and 0 <= span.start - sentence.span.start - at - len(text) <= 2


def _alignment(question: Question) -> Callable[[str], float]:
    """Return a measure in [0, 1] of the words next to the asking word standing in the clause in the same order."""
    found = _WH.search(question.key)
    if question.language != "zh" or not found:
        return lambda key: 0.0
    before = re.sub(r"[^\u4e00-\u9fff]", "", question.key[: found.start()])
    after = re.sub(r"[^\u4e00-\u9fff]", "", question.key[found.end() :])
    before = re.sub(r"(?:的是|是|在|了|要|将)$", "", before)
    left, right = before[-2:], after[:2]

    def aligned(key: str) -> float:
        if not left and not right:
            return 0.0
        at = key.find(left) if len(left) == 2 else -1
        if before[-1:] in _DIRECTED and found.group().startswith(("谁", "哪")) and before[-1] in key:
            return 0.5
        then = key.find(right, at + 3 if at >= 0 else 1) if len(right) == 2 else -1
        return 0.5 * (at >= 0) + 0.5 * (then > 0)

    return aligned


def asked_of(question: Question) -> tuple[Term, ...]:
    """Return what the question asks something of: the word next to the asking word, or of yes or no what is done.

    要【带】什么, 【套现】会怎么处理, 谁可以【办理】; of an English question its one deed: who may [approve] it.
    """
    if question.language != "zh":
        return told_of(question)
    named = [one for one in question.terms if not one.optional and one.text in question.key]
    if question.kind is Kind.YES_NO:
        return tuple(one for one in named if one.is_deed and one.weight >= _SAYS_SOMETHING)
    found = _WH.search(question.key)
    if found is None:
        return ()
    placed = [(question.key.find(one.text), one) for one in named]
    before = [(at, one) for at, one in placed if at + len(one.text) <= found.start()]
    behind = [(at, one) for at, one in placed if at >= found.end()]
    at, last = max(before, key=lambda pair: pair[0], default=(0, None))
    following = min(behind, key=lambda pair: pair[0], default=(0, None))[1]
    if (
        last is None
        or found.start() - at - len(last.text) > _BESIDE_ASKING
        or _ASKS_DOER.match(found.group())
    ):
        last = following or last
    return (last,) if last is not None and last.weight >= _SAYS_SOMETHING else ()


def says(pool: Pool, one: Term, key: str, gathered: frozenset[str]) -> bool:
    """Say whether a stretch says a term; one of a single character begins a word there: 时带上, not 热带."""
    if len(one.text) == 1:
        return re.search(rf"(?:^|{_BEFORE_VERB}){re.escape(one.text)}", key) is not None
    return pool.support(one, [(1.0, gathered)]) >= SAID


def unsupported(question: Question, pool: Pool, window: Window, *, least: float) -> list[tuple[Term, float]]:
    """Return the terms that the window and its scopes do not support, with their share of the content."""
    total = sum(pool.term_weight(term) for term in question.terms) or 1.0
    return [
        (term, pool.term_weight(term) / total)
        for term in question.terms
        if not term.optional and pool.support(term, window.scopes) < least
    ]


def joined(texts: Sequence[str], mark: str = ";") -> str:
    """Join quoted texts, each without the mark that ended it."""
    return mark.join(text.strip().rstrip("。;；,，、") for text in texts)
