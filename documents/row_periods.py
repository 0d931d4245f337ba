"""Which period a figure is of: the one its clause prints, the last one said before it, or that of its paragraph or heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.carrying import Carried
from documents.hedges import Change
from documents.model import Span
from documents.periods import PeriodMention, is_part_of_year
from documents.quantities import Quantity
from documents.statement import Statement


def _belongs_to_another(statement: Statement, period: PeriodMention, figure: Quantity) -> bool:
    """Say whether a year only qualifies a figure before this one: 提升至2025年的52%."""
    end = period.span.end
    if not statement.key.startswith("的", end):
        return False
    following = next((one for one in statement.quantities if one.span.start >= end), None)
    return following is not None and following.span.start - end <= 3 and following.span != figure.span


def period_for(statement: Statement, carried: Carried, figure: Quantity) -> tuple[PeriodMention, bool] | None:
    """Return the period of a figure, and whether it was said in an earlier clause or above."""
    key, start = statement.key, figure.full_span.start
    behind = _SAID_BEHIND.match(key, figure.full_span.end)
    for period in statement.periods:
        if behind is not None and period.span.start == behind.end():
            return period, False
    before = [
        period
        for period in statement.periods
        if period.span.start < start and not _belongs_to_another(statement, period, figure)
    ]
    if WAS.search(key, max(statement.span.start, start - 12), start):
        return None  # what it was before is of a time that is not said
    if before:
        period = before[-1]
        between = key[period.span.end : start]
        is_inherited = bool(re.search("[,;:]", between.strip(",:")))
        if period.relative and _LAST_YEAR.match(period.text):
            return _of_told_year(period, before, carried, years_before=1), is_inherited
        if period.relative and _PART_OF_THE_YEAR.fullmatch(period.text):
            period = _of_told_year(period, before, carried)
        if _OF_THE_YEARS.search(between):
            return next(((one, True) for one in reversed(before) if one.start_year != one.end_year), None)
        return _whole_year(statement, period, start) or (_end_of(statement, period, figure), is_inherited)
    fallback = carried.paragraph_period or carried.heading_period
    if fallback is None or (fallback.start_year == fallback.end_year and _says_otherwise(statement, figure)):
        return None
    return _end_of(statement, fallback, figure), True


_SAID_BEHIND = re.compile(r"\(|(?:已|将)?[于在]")  # 4.2亿元(2024年), 5亿元已于去年到位
_LAST_YEAR = re.compile("上一?年")  # 上半年 is of this one
_ALL_YEAR = re.compile("全年(?!度?预算|内)")


def _whole_year(statement: Statement, period: PeriodMention, start: int) -> tuple[PeriodMention, bool] | None:
    """Return the whole year for a figure before which 全年 is said behind a part of it: 1-10月…,全年力争突破200万辆."""
    said = list(_ALL_YEAR.finditer(statement.key, period.span.end, start))
    is_part = is_part_of_year(period.label) if period.label else _PARTS.search(period.text)
    if not said or not is_part:
        return None
    year = period.start_year if period.label else None
    span = Span(*said[-1].span())
    label = str(year) if year else None
    return PeriodMention("全年", span, label, year, year, relative=True), False


_PARTS = re.compile("[月季]|[上下]半年")
_PART_OF_THE_YEAR = re.compile(
    r"(?:截至|截止到?|[到至在])?(?:年[底末内]|前?第?[一二三四]季度|前三季度|[上下]半年)(?:前|之前|以前)?"
)
_WHOLE = ("年", "到年", "至年", "在年", "截至年", "截止年", "截止到年")  # 年末 is of the year that is told
_OF_THE_YEARS = re.compile(
    r"[三四五六]年(?:来|间|内|共)?累计"
)  # of the years of the plan, not of the last one said
WAS = re.compile(
    r"(?:由|从)(?:原来的|原先的|(?P<now>目前|现在|当前|现有|如今)的?)?(?:每[人户月年天亩个]){0,2}$"
)
_OTHER_YEARS = re.compile(
    r"连续[\d一二三四五六七八九十]{1,3}[年个]|[\d一二两三四五六七八九十]{1,3}年(?:来|间|累计|共|里)|累计|历年|以来|历史上|近[几三五十]年"
)


def _says_otherwise(statement: Statement, figure: Quantity) -> bool:
    """Say whether a clause speaks of more than the year of its part: 连续六年稳定在, 累计建成."""
    if figure.change in {Change.INCREASE_TO, Change.DECREASE_TO}:
        return False
    key, end = statement.key, figure.full_span.end
    edge = max(key.rfind(mark, statement.span.start, figure.full_span.start) for mark in ";,")
    return bool(_OTHER_YEARS.search(key, max(edge, statement.span.start), end))


def _of_told_year(
    period: PeriodMention, before: Sequence[PeriodMention], carried: Carried, *, years_before: int = 0
) -> PeriodMention:
    """Count 上年 and 年末 from the year that the sentence, its paragraph or its heading speaks of.

    A bulletin on 2025 is printed in 2026: what it counts 年末 it counts at the end of 2025.
    """
    said = [one for one in before if one is not period and not _LAST_YEAR.match(one.text)]
    told = said[-1] if said else carried.paragraph_period or carried.heading_period
    if told is None or told.start_year is None or told.start_year != told.end_year:
        return period
    year = told.start_year - years_before
    label: str | None = str(year)
    if not period.text.startswith(_WHOLE) and not years_before:
        label = period.label and period.label.replace(str(period.start_year), str(year))
    return replace(period, label=label, start_year=year, end_year=year)


def _end_of(statement: Statement, period: PeriodMention, figure: Quantity) -> PeriodMention:
    """Give what a figure rose to within years that are over, or lie ahead, the last of them."""
    if figure.change not in {Change.INCREASE_TO, Change.DECREASE_TO} or period.since:
        return period
    first, last, now = period.start_year, period.end_year, statement.outlook.reference
    if first is None or last is None or first == last or (now is not None and first < now.year <= last):
        return period
    return replace(period, label=str(last), start_year=last, end_year=last)
