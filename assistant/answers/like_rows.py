"""Which of several like rows a question means: the one that says what the others do not.

Items of one list (居家护理 and 机构护理, 职工 and 居民) share all but a word, which stands in the name, the clause, the
condition before it or the head above. A row is left out when another one says more of the question and nothing less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from assistant.answers.asked_measures import measure_of
from assistant.answers.drafts import Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.indicator_names import other_names
from assistant.answers.ordinals import misfit
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams
from documents.folding import fold
from documents.model import Indicator, IndicatorKind, Span
from documents.quantities import Quantity, find_quantities, same_amount
from documents.scopes import UNDER

NAME, CLAUSE, SENTENCE, HEADS = 1.0, 0.9, 0.65, 0.6  # what a row's own words count, and those above it
_MORE, _LESS = (
    0.3,
    0.2,
)  # by which support of a word one row says it and another does not; what counts as less
_FARTHER, _OUTWEIGHS = 0.45, 0.2  # a word only said farther off, where what is gained outweighs it
_ALIKE, _CLOSER = 0.15, 0.08  # rows that say the same differ less; the name that says less besides is meant
_IN_PARTS = 0.65  # what a word counts whose characters stand apart: 护理费 in 护理耗材费
_ASKS_BEFORE = re.compile(
    r"从|由(?!于)|原来|原先|之前|以前|此前|起点|基数|\b(?:was|from|before|initial|originally)\b"
)
Candidate = TypeVar("Candidate")


_TWO_THINGS = re.compile(
    r"[和与跟同及、]|比|较|差|倍|相当于|\b(?:and|than|between|versus|vs|times|ratio|compared?)\b"
)


def compares(question: Question) -> bool:
    """Say whether a question speaks of two things; 提高多少 of one thing compares nothing."""
    several = (
        "rank" in question.wants or len(question.periods) > 1 or _TWO_THINGS.search(question.key) is not None
    )
    return question.kind is Kind.COMPARISON and several


def is_baseline(question: Question, row: Indicator) -> bool:
    """Say whether a row is only what a figure rose from, which nobody asked for: 从80.2岁."""
    if "was" not in row.parts or question.kind is Kind.COMPARISON or _ASKS_BEFORE.search(question.key):
        return False
    return "actual" not in question.wants or row.kind is not IndicatorKind.ACTUAL


def fits_limits(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a row is of the level, edition or limited kind that the question names."""
    document = pool.documents[row.document_id]
    proof = Evidence(document, document.sections[row.section], row.clause)
    return not misfit(question, (proof,))


@dataclass(frozen=True, slots=True)
class _Said:
    """How far a row's own words support each word of the question, and how much of its name the question says."""

    kind: tuple[str, str, bool, str]  # rows of one document, unit and kind may be told apart by their names
    support: tuple[float, ...]
    named: float


def chosen(
    question: Question,
    pool: Pool,
    candidates: Sequence[Candidate],
    row_of: Callable[[Candidate], Indicator],
    sentence_of: Callable[[Pool, Indicator], Sentence | None],
    named: Callable[[Indicator], float],
) -> list[Candidate]:
    """Return the candidates that none of the others says more than; `named` is the share of a name that is asked."""
    said = [_said(question, pool, row, sentence_of(pool, row), named(row)) for row in map(row_of, candidates)]
    return [
        one
        for at, one in enumerate(candidates)
        if not any(_says_more(other, said[at]) for place, other in enumerate(said) if place != at)
    ]


def _tells(question: Question, one: Term) -> bool:
    place = any(one.text in place or place in one.text for place in question.places)
    return one.is_content and not one.optional and not place


def _says_more(one: _Said, other: _Said) -> bool:
    """Say whether one row supports a word that the other does not, and no word less; or says the same by fewer words."""
    gains = [first - second for first, second in zip(one.support, other.support, strict=True)]
    most, least = max(gains, default=0.0), min(gains, default=0.0)
    if most >= _MORE:
        return least > -_LESS or (least > -_FARTHER and most + least >= _OUTWEIGHS)
    alike = one.kind == other.kind and all(abs(gain) < _ALIKE for gain in gains)
    return alike and one.named - other.named >= _CLOSER


def _said(question: Question, pool: Pool, row: Indicator, sentence: Sentence | None, named: float) -> _Said:
    heads = " ".join(part.text for key, part in row.parts.items() if key.startswith(UNDER))
    own = own_words(pool, row)
    scopes = [
        (NAME, "\n".join([fold(row.name), fold(row.unit), *other_names(row.name)])),
        (CLAUSE, own),
        (SENTENCE, sentence.key if sentence else ""),
        (HEADS, fold(heads)),
    ]
    near = find_quantities(own)
    kind = measure_of(row.base_unit)
    limits = [
        float(measure_of(amount.base_unit) is not kind and _states(amount, near))
        for amount in question.amounts
    ]
    terms = dict.fromkeys(one for one in question.terms if _tells(question, one))
    printed = [(weight, key, grams(key)) for weight, key in scopes]
    support = tuple(_support(pool, one, printed) for one in terms)
    return _Said((row.document_id, row.base_unit, row.flow, row.kind), (*support, *limits), named)


def _support(pool: Pool, one: Term, scopes: Sequence[tuple[float, str, frozenset[str]]]) -> float:
    """Return the weight of the nearest words that print a term, or less for a term that is printed in parts."""
    for weight, key, _ in scopes:
        if any(said in key for said in one.alternatives):
            return weight
    return _IN_PARTS * pool.support(one, [(weight, have) for weight, _, have in scopes])


def own_words(pool: Pool, row: Indicator) -> str:
    """Return the key of what is said of one row alone: its clause behind the figure before, and its condition."""
    text = pool.documents[row.document_id].text
    condition = row.parts.get("condition")
    own = Span(max(row.clause.start, _after_previous(pool, row)), max(row.value_span.end, row.clause.end))
    return fold(own.of(text) + (condition.text if condition else ""))


def names_another(question: Question, pool: Pool, row: Indicator, sentence: Sentence | None) -> bool:
    """Say whether a row's sentence speaks of another thing of the kind that the question names: 杏儿沟煤矿, not 芦岭煤矿."""
    if sentence is None:
        return False
    heads = fold(" ".join(part.text for key, part in row.parts.items() if key.startswith(UNDER)))
    around = sentence.grams | sentence.article_grams | grams(heads)
    around |= frozenset(gram for name in other_names(row.name) for gram in grams(name))
    own = own_words(pool, row)
    if _trades_otherwise(question, row):
        return True
    if _is_of_like(question, pool, row, sentence, own) or _is_of_whole(question, pool, row, sentence, own):
        return True
    for one, kind in dict.fromkeys(pairwise(question.terms)):
        if not (one.is_noun and kind.is_noun and len(one.text) >= 2 and _tells(question, one)):
            continue
        if f"{one.text}{kind.text}" not in question.key or one.grams & around:
            continue
        at = own.find(kind.text)
        if at >= 2 and _MODIFIER.match(own, at - 2):
            return True
    return False


def _is_of_like(question: Question, pool: Pool, row: Indicator, sentence: Sentence, own: str) -> bool:
    """Say whether a word of the question stands in a like name of the same sentence alone: 护理型床位 beside 养老床位."""
    name = grams(fold(row.name))
    said = [(1.0, name | grams(own))]
    like = [
        grams(fold(other.name))
        for other in pool.rows
        if other.document_id == row.document_id and sentence.span.holds(other.value_span)
        and other.name != row.name and grams(fold(other.name)) & name
    ]  # fmt: skip
    asked = question.things
    like = [one for one in like if not any(pool.support(t, [(1.0, name - one)]) >= SAID for t in asked)]
    return any(
        pool.support(thing, said) == 0.0 and any(pool.support(thing, [(1.0, one)]) >= SAID for one in like)
        for thing in asked
    )


_TRADE = re.compile("进出口|进口|出口")


def _trades_otherwise(question: Question, row: Indicator) -> bool:
    """Say whether a row is of another direction of trade than the asked one: 进出口总额 for 进口额."""
    asked, own = set(_TRADE.findall(question.key)), set(_TRADE.findall(fold(row.name)))
    return bool(asked and own) and asked.isdisjoint(own)


def _is_of_whole(question: Question, pool: Pool, row: Indicator, sentence: Sentence, own: str) -> bool:
    """Say whether the question asks for a part that the sentence tells apart behind a row: 资金3亿元,其中|用于转化的40%."""
    text = pool.documents[row.document_id].text
    said = [(1.0, grams(fold(row.name)) | grams(own))]
    parts = [
        other
        for other in pool.rows
        if other.document_id == row.document_id
        and row.value_span.end <= other.value_span.start < sentence.span.end
        and _WITHIN.search(text[row.value_span.end : other.value_span.start])
    ]
    return any(
        pool.support(thing, said) == 0.0
        and any(pool.support(thing, [(1.0, grams(own_words(pool, part)))]) >= SAID for part in parts)
        for thing in question.things
    )


_WITHIN = re.compile(r"^[^,，;；。]{0,4}[,，(（]其中[^;；。]*$")


def _states(amount: Quantity, near: Sequence[Quantity]) -> bool:
    """Say whether the same bound is printed: 不超过100万 is not 超过100万."""
    return any(same_amount(one, amount) and one.sense is amount.sense for one in near)


_MODIFIER = re.compile(r"[\u4e00-\u9fff](?![的和与及或在对为是了等、])[\u4e00-\u9fff]")


def _after_previous(pool: Pool, row: Indicator) -> int:
    """Return where the words behind the figure before begin."""
    return max(
        (
            other.value_span.end
            for other in pool.rows
            if other.document_id == row.document_id and other.value_span.end <= row.value_span.start
        ),
        default=0,
    )
