"""Differences and ratios of two stated figures: one indicator in two periods, or two indicators in one.

A derived figure is never printed alone: both stated figures stand beside it, and it is said that it was computed.
A difference of two rates is given in percentage points (百分点), never in per cent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.answers import phrasing
from assistant.answers.asked_periods import fits_period, sentence_of
from assistant.answers.cited_figures import cited_together
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool
from assistant.answers.indicator_names import aliases, core_name
from assistant.answers.ledger_answers import declined
from assistant.answers.ledger_matching import Group, is_change, matching_groups
from assistant.answers.like_rows import compares
from assistant.answers.said_periods import says_period
from assistant.asking.kinds import Kind
from assistant.asking.places import bare
from assistant.asking.questions import Question, ends_of
from assistant.asking.terms import grams, named_grams
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Indicator, IndicatorKind
from documents.periods import PeriodMention, find_periods

_GROWN = re.compile(
    r"比上年|比去年|同比|较上年|较去年|比上一年|(?:增长|提高|增加|下降|减少|上调|下调)(?:了)?(?:多少|几)"
)
_THAN_ANOTHER = re.compile(
    r"(?<![占之配])比(?!上|去|前|同期|往|\d|原?计划|预)[^,。;?]{1,16}?(?:高|多|低|少|大|小)(?:出)?(?:了)?(?:多少|几)"
)
_BY_THE_YEAR = re.compile("年均|每年平均|平均每年")
_REACH = 16  # characters between the two figures of one change
_PLACES = Decimal("0.01")


def answer_comparison(question: Question, pool: Pool) -> Draft | None:
    """Return the difference or ratio that the question asks for, a decline when a side is missing, or None."""
    if _BY_THE_YEAR.search(question.key):
        return None  # what comes each year is no difference of two years
    groups = matching_groups(question, pool)
    if len(question.periods) < 2 and "ratio" not in question.wants:
        stated = [
            g
            for g in groups[:3]
            if is_change(pool, g.first) and any(fits_period(pool, r, question) for r in g.rows)
        ]
        if stated and _GROWN.search(question.key):
            return None  # the change is printed itself: the ledger says it
    pair = (
        _from_to(question, pool, groups)
        or _two_periods(question, pool, groups)
        or two_indicators(question, pool, groups)
    )
    if pair is None:
        if groups and len(question.periods) >= 2:
            return declined(pool, groups[0].rows, Reason.PERIOD_NOT_COVERED, question, method="comparison")
        if _THAN_ANOTHER.search(question.key):  # one of the two figures is not how far they are apart
            near = [row for group in groups[:2] for row in group.rows]
            return declined(pool, near, Reason.ATTRIBUTE_NOT_STATED, question, method="comparison")
        return None
    first, second = pair
    if first.normalized is None or second.normalized is None or first.base_unit != second.base_unit:
        return None
    text = (
        _ratio(question, pool, first, second)
        if "ratio" in question.wants
        else _difference(question, pool, first, second)
    )
    evidence, rows = cited_together(pool, (first, second))
    return Draft(
        method="comparison", text=text, evidence=evidence, rows=rows, confidence=min(1.0, groups[0].score)
    )


_GROWS_BY = re.compile(r"(?:增加|减少|多|少|扩大|增长|提高|下降|降低|缩小)(?:了|出)?(?:多少|几)")


def answer_growth(question: Question, pool: Pool) -> Draft | None:
    """Return by how many something grew between two stated figures, where nothing that was added is printed: 五年增加了多少家."""
    if not _GROWS_BY.search(question.key):
        return None
    periods = tuple(end for one in question.periods for end in ends_of(one))
    added = [group for group in matching_groups(question, pool)[:2] if group.first.flow]
    if len(periods) < 2 and any(fits_period(pool, row, question) for one in added for row in one.rows):
        return None
    asked = replace(question, kind=Kind.COMPARISON, periods=periods, wants=question.wants - {"flow"})
    draft = answer_comparison(asked, pool)
    return draft if draft is not None and draft.status is Status.ANSWERED else None


def of_place(question: Question, place: str) -> Question:
    """Return what a question of several places asks of one of them."""
    others = [bare(other) for other in question.places if other != place]
    terms = tuple(
        one
        for one in question.terms
        if not any(other in one.text or other in one.alternatives for other in others)
    )
    return replace(question, places=(place,), terms=terms)


def compare_places(question: Question, pool: Pool) -> Draft | None:
    """Return how far apart two places are in one indicator and period, or None when a side is not stated."""
    picked = []
    for place in question.places[:2]:
        asked = of_place(question, place)
        groups = matching_groups(asked, pool.about((place,)))
        stated = (row for group in groups[:3] for row in group.rows if row.normalized is not None)
        picked.append(next((row for row in stated if fits_period(pool, row, asked)), None))
    first, second = picked
    if (
        first is None
        or second is None
        or first is second
        or first.base_unit != second.base_unit
        or first.period != second.period
    ):
        return None
    evidence, rows = cited_together(pool, (first, second))
    one, other = question.places[:2]
    change = Decimal(repr(first.normalized)) - Decimal(repr(second.normalized))
    unit = "百分点" if first.base_unit == "%" else first.base_unit
    amount = phrasing.amount_zh(abs(change), unit, first.unit)
    both = ",".join(
        f"{place}:{phrasing.row_zh(pool.documents[row.document_id], row)}"
        for place, row in ((one, first), (other, second))
    )
    if question.language == "en":
        gloss = phrasing.amount_en(float(abs(change)), unit)
        word = "more" if change >= 0 else "less"
        text = f"{one} {amount} ({gloss}) {word} than {other}, computed from two stated figures: {both}."
    elif change == 0:
        text = f"{one}与{other}的数值相同。{both}。"
    else:
        word = "高" if change > 0 else "低"
        text = f"{one}比{other}{word}{amount}。按原文数字计算({_basis(first, second)}):{both}。"
    return Draft("comparison", text, evidence, rows)


def _from_to(question: Question, pool: Pool, groups: Sequence[Group]) -> tuple[Indicator, Indicator] | None:
    """Return the two figures of one printed change: 由55.2%提高到61.4%."""
    for group in groups[:3]:
        rows = sorted(_levels(group), key=lambda row: row.value_span)
        for first, second in pairwise(rows):
            text = pool.documents[first.document_id].text[
                first.value_span.start - 4 : second.value_span.start
            ]
            near = (
                first.document_id == second.document_id
                and second.value_span.start - first.value_span.end < _REACH
            )
            if near and re.search(r"[由从]", text[:6]) and re.search(r"[到至为]$", text):
                sentence = sentence_of(pool, first)
                if sentence is not None and (not question.periods or says_period(question, sentence)):
                    return first, second
    return None


def _levels(group: Group) -> list[Indicator]:
    return [row for row in group.rows if row.normalized is not None and row.kind is not IndicatorKind.CHANGE]


def _two_periods(
    question: Question, pool: Pool, groups: Sequence[Group]
) -> tuple[Indicator, Indicator] | None:
    """Return the earlier and the later figure of the best indicator that has both."""
    periods = _periods_compared(question)
    for group in groups[:3]:
        rows = sorted(_levels(group), key=lambda row: (row.period or "", row.comparator is None))
        if len(periods) >= 2:
            picked = [
                next((r for r in rows if fits_period(pool, r, replace(question, periods=(p,)))), None)
                for p in periods[:2]
            ]
            if picked[0] and picked[1] and picked[0] is not picked[1]:
                return _in_time(periods, picked[0], picked[1])
        elif periods and (pair := _from_now_to(question, pool, rows)) is not None:
            return pair
        elif not question.periods and len({row.period for row in rows}) == 2 and len(groups) < 2:
            return rows[0], rows[-1]
    return None


def _periods_compared(question: Question) -> tuple[PeriodMention, ...]:
    """Return the periods of a question, with the one that it only compares with: 今年比去年多多少."""
    if len(question.periods) != 1 or not _THAN_A_YEAR.search(question.key):
        return question.periods
    known = question.periods[0]
    others = [m for m in find_periods(question.key) if not m.span.touches(known.span)]
    return (known, *others[:1])


def _in_time(
    periods: Sequence[PeriodMention], first: Indicator, second: Indicator
) -> tuple[Indicator, Indicator]:
    """Return two figures, the earlier first; where the text dates neither, what is compared with comes first."""
    if first.period and second.period:
        early, late = sorted((first, second), key=lambda row: row.period or "")
        return early, late
    return (second, first) if _YEARS_AGO.search(periods[1].text) else (first, second)


def _from_now_to(
    question: Question, pool: Pool, rows: Sequence[Indicator]
) -> tuple[Indicator, Indicator] | None:
    """Return what there is and what there will be in the one asked year, where the text states just these two."""
    if question.kind is not Kind.COMPARISON and "flow" not in question.wants:
        return None
    rows = [row for row in rows if "was" not in row.parts]
    if len({(row.normalized, row.period) for row in rows}) != 2 or any(row.flow for row in rows):
        return None
    late = next((row for row in rows if row.period and fits_period(pool, row, question)), None)
    early = next((row for row in rows if row is not late and not fits_period(pool, row, question)), None)
    if late is None or early is None or late.kind is not IndicatorKind.TARGET:
        return None
    done = early.kind is not IndicatorKind.TARGET
    return (early, late) if done and (early.period or "") < (late.period or "") else None


_THAN_A_YEAR = re.compile(
    r"[比较](?:去年|上年|前年|上一年|20\d\d年)[^,。?]{0,12}?(?:多|少|高|低|大|小|增|减|提|降|涨|升|扩)[^,。?]{0,4}?(?:多少|几)"
)
_YEARS_AGO = re.compile("去年|上年|上一年|前年")


def two_indicators(
    question: Question, pool: Pool, groups: Sequence[Group]
) -> tuple[Indicator, Indicator] | None:
    """Return the two indicators that the question names, in the order in which it names them."""
    if not compares(question):
        return None  # 提高多少 of one thing
    for at, group in enumerate(groups):
        name = grams(fold(group.first.name))
        rest = tuple(term for term in question.terms if pool.support(term, [(1.0, name)]) < 0.5)
        for other in [*groups[at + 1 :], *_named_only(question, pool, rest)]:
            if core_name(other.first) == core_name(group.first) and other.first.flow == group.first.flow:
                continue
            asked = named_grams(question.terms)
            if not any(
                own & asked and pool.mass(own & asked) >= 0.5 * pool.mass(own) for own in _own(other, name)
            ):
                continue
            first = _fitting(pool, group, question)
            second = _fitting(pool, other, question)
            if (
                first
                and second
                and first.base_unit == second.base_unit
                and _per_head(first) == _per_head(second)
            ):
                return _in_order(question, first, second)
    return None


def _per_head(row: Indicator) -> bool:
    """Say whether a figure is told by the head: what all have and what one has are not so and so far apart."""
    return re.search("[人户亩地]均|每", row.name) is not None


def _own(group: Group, name: frozenset[str]) -> list[frozenset[str]]:
    """Return what each alias of a group's name has beside another name."""
    return [alias - name for alias in aliases(group.first.name)]


def _named_only(question: Question, pool: Pool, rest: tuple[object, ...]) -> list[Group]:
    """Return indicators that the question names in full although most of the question is about another."""
    asked = named_grams(question.terms)
    found: dict[tuple[str, bool], list[Indicator]] = {}
    for row in pool.rows:
        named = any(name and pool.mass(name & asked) >= 0.6 * pool.mass(name) for name in aliases(row.name))
        if rest and named:
            found.setdefault((fold(row.name), row.flow), []).append(row)
    return [Group(tuple(rows), 1.0, 1.0, 0.5) for rows in found.values()]


def _fitting(pool: Pool, group: Group, question: Question) -> Indicator | None:
    return next((row for row in _levels(group) if fits_period(pool, row, question)), None)


def _in_order(question: Question, first: Indicator, second: Indicator) -> tuple[Indicator, Indicator]:
    names = [grams(core_name(row)) for row in (first, second)]

    def place(own: frozenset[str]) -> int:
        return min((at for at in map(question.key.find, own) if at >= 0), default=len(question.key))

    one, other = place(names[0] - names[1]), place(names[1] - names[0])
    return (first, second) if one <= other else (second, first)


def _difference(question: Question, pool: Pool, first: Indicator, second: Indicator) -> str:
    """Say the second minus the first; for two indicators, the larger minus the smaller."""
    change = Decimal(repr(second.normalized)) - Decimal(repr(first.normalized))
    unit = "百分点" if first.base_unit == "%" else first.base_unit
    amount = phrasing.amount_zh(abs(change), unit, first.unit)
    stated = _both(question, pool, first, second)
    if question.language == "en":
        word = "more" if change >= 0 else "less"
        gloss = phrasing.amount_en(float(abs(change)), unit)
        return f"{amount} ({gloss}) {word}, computed from two stated figures: {stated}."
    one_indicator = core_name(first) == core_name(second)
    if one_indicator:
        word = "提高" if unit == "百分点" else "增加"
        if change < 0:
            word = "降低" if unit == "百分点" else "减少"
    else:
        word = "相差"
    return f"{word}{amount}。按原文数字计算({_basis(first, second)}):{stated}。"


def _ratio(question: Question, pool: Pool, first: Indicator, second: Indicator) -> str:
    """Say how many times the one is the other: the first named over the second, the later over the earlier."""
    one_indicator = core_name(first) == core_name(second)
    over, under = (second, first) if one_indicator else (first, second)
    ratio = (Decimal(repr(over.normalized)) / Decimal(repr(under.normalized))).quantize(_PLACES)
    stated = _both(question, pool, over, under)
    doubled = math.log2(ratio) if ratio > 0 else 0.0
    if "番" in question.key and doubled in {1.0, 2.0, 3.0}:
        return f"翻{'一两三'[int(doubled) - 1]}番({phrasing.number(ratio)}倍)。按原文数字计算({_basis(over, under)}):{stated}。"
    if question.language == "en":
        return f"{phrasing.number(ratio)} times ({phrasing.number(ratio)}倍), computed from two stated figures: {stated}."
    return f"{phrasing.number(ratio)}倍。按原文数字计算({_basis(over, under)}):{stated}。"


def _basis(first: Indicator, second: Indicator) -> str:
    both_targets = all(row.kind is IndicatorKind.TARGET for row in (first, second))
    return "两个目标值之比较" if both_targets else "两个数值之比较"


def _both(question: Question, pool: Pool, first: Indicator, second: Indicator) -> str:
    """Say both stated figures, shortly: by their years for one indicator, by their names for two."""
    one_indicator = core_name(first) == core_name(second) and first.period != second.period
    parts = []
    for row in (first, second):
        value = phrasing.printed_value(pool.documents[row.document_id], row)
        dated = phrasing.period_words(row) if one_indicator else ""
        label = dated or phrasing.row_name(row)
        if question.language == "en":
            label = row.period or "" if one_indicator else phrasing.row_name(row)
        parts.append(f"{label}:{value}" if question.language != "en" else f"{label}: {value}")
    return (", " if question.language == "en" else ",").join(parts)
