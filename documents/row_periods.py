"""Which period a figure is of: the one its clause prints, the last one said before it, or that of its paragraph or heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.carrying import Carried
from documents.hedges import Change
from documents.periods import PeriodMention
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
            return _year_before(period, before, carried), is_inherited
        if _OF_THE_YEARS.search(between):
            return next(((one, True) for one in reversed(before) if one.start_year != one.end_year), None)
        return _end_of(statement, period, figure), is_inherited
    fallback = carried.paragraph_period or carried.heading_period
    if fallback is None or (fallback.start_year == fallback.end_year and _says_otherwise(statement, figure)):
        return None
    return _end_of(statement, fallback, figure), True


_SAID_BEHIND = re.compile(r"\(|(?:已|将)?[于在]")  # 4.2亿元(2024年), 5亿元已于去年到位
_LAST_YEAR = re.compile("上一?年")  # 上半年 is of this one
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


def _year_before(period: PeriodMention, before: Sequence[PeriodMention], carried: Carried) -> PeriodMention:
    """Read 上年 as the year before the one that the sentence or its part speaks of."""
    said = [one for one in before if not _LAST_YEAR.match(one.text)]
    told = said[-1] if said else carried.paragraph_period or carried.heading_period
    if told is None or told.start_year is None or told.start_year != told.end_year:
        return period
    year = told.start_year - 1
    return replace(period, label=str(year), start_year=year, end_year=year)


def _end_of(statement: Statement, period: PeriodMention, figure: Quantity) -> PeriodMention:
    """Give what a figure rose to within years that are over, or lie ahead, the last of them."""
    if figure.change not in {Change.INCREASE_TO, Change.DECREASE_TO} or period.since:
        return period
    first, last, now = period.start_year, period.end_year, statement.outlook.reference
    if first is None or last is None or first == last or (now is not None and first < now.year <= last):
        return period
    return replace(period, label=str(last), start_year=last, end_year=last)
