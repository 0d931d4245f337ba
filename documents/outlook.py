"""Whether a figure is a target or a result, from its year, its hedge, its sentence and its section."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from documents.carrying import heading_chain
from documents.hedges import Change, Hedge
from documents.model import Document, IndicatorKind
from documents.periods import PeriodMention
from documents.quantities import Quantity

_REVIEW_HEADING = re.compile(
    "回顾|总结|成就|完成情况|执行情况|公报|年鉴|决算|概况|成效|发展基础|现实基础|基础$|现状"
)
_TARGET_HEADING = re.compile("目标|安排|部署|要求|重点工作|下一步|规划|计划|打算|展望|任务|方案|行动")
_FORWARD = re.compile(
    r"力争|争取|确保|目标|下一步|将(?!军|于)|(?<!提高)(?<!增加)(?<!增长)(?<!提升)到[“]?(?:20[2-9]\d|十[五六]五)"
    r"|拟|今后|未来|计划于|要(?!素|求|点|闻)|by 20\d\d|will "
)
_DONE = (
    r"同比|比上年|较上年|比去年|去年|上年|已经|已(?=达|建|有|成|超|完|突|实)|了(?!解)|过去|截至|初步核算"
    r"|初步统计|全年|同期|来,|首次|荣获|位居|授予|颁发|遇难|破获"
)
_ELAPSED = re.compile(
    r"(?:今年)?(?:1[—\-至到~～]\d{1,2}月|上半年$|前[二三]季度|前\d{1,2}个?月)"
    r"|今年(?:\d{1,2}月?(?:[—\-至到~～]\d{1,2}月)|上半年|前[二三]季度|前\d{1,2}个?月|以来)"
)  # told when it is over
_PAST = re.compile(rf"{_DONE}|累计(?!建成.{{0,12}}以上)")
_PAST_BUT_TOTALS = re.compile(_DONE)  # “十五五”时期累计: of years that lie ahead, where the text looks ahead


@dataclass(frozen=True, slots=True)
class Outlook:
    """Which way a section looks, and the date that future counts from."""

    reference: date | None
    is_review: bool
    is_forward: bool


def outlook_of(document: Document, section: int, reference: date | None) -> Outlook:
    """Read the headings of a section, and its text where they say nothing."""
    reference = reference or plan_begins(document.title)
    for one in heading_chain(document, section):
        if _REVIEW_HEADING.search(one.title):
            return Outlook(reference, True, False)
        if one.level > 0 and _TARGET_HEADING.search(one.title):
            return Outlook(reference, False, True)
    body = document.sections[section].body.of(document.text)[:20_000]
    forward, past = len(_FORWARD.findall(body)), len(_PAST.findall(body))
    return Outlook(reference, past > 2 * forward, forward > past)


_PLANNED_YEARS = re.compile(
    r"第?“?(?P<nth>十[一二三四五六七])(?:个?五年|五)”?|(?P<year>20\d\d)年?\s?[—\-–~至到]+\s?20\d\d"
)


def plan_begins(title: str) -> date | None:
    """Return when the years that a plan is for begin: what it tells of those before is done."""
    found = _PLANNED_YEARS.search(title) if re.search("规划|纲要|计划|方案", title) else None
    if found is None:
        return None
    nth = "一二三四五六七".find(found["nth"][1]) if found["nth"] else 0
    return date(2006 + 5 * nth if found["nth"] else int(found["year"]), 1, 1)


def kind_of(
    outlook: Outlook, clause: str, quantity: Quantity, period: PeriodMention | None, hedge: Hedge | None
) -> IndicatorKind:
    """Decide the kind of a figure; `clause` is the folded text of its sentence up to the figure."""
    is_change = quantity.change in {Change.INCREASE, Change.DECREASE, Change.MULTIPLE}
    year = period.end_year if period else None
    until = period is not None and period.by and period.text.startswith(("到", "至"))
    spans_years = period is not None and period.start_year != period.end_year
    totals_ahead = until or (outlook.is_forward and spans_years)  # 到2027年,累计…; “十五五”时期累计…
    past = bool((_PAST_BUT_TOTALS if totals_ahead else _PAST).search(clause))
    if hedge is not None and not hedge.is_estimate:
        return IndicatorKind.TARGET
    if outlook.reference is not None and year is not None and year != outlook.reference.year:
        is_target = year > outlook.reference.year
    elif outlook.is_review or past:
        is_target = False
    elif period is not None:
        elapsed = _ELAPSED.search(period.text) and not _FORWARD.search(clause)
        is_target = not elapsed and (outlook.is_forward or period.by or outlook.reference is not None)
    else:
        is_target = bool(_FORWARD.search(clause)) and not quantity.is_word
    if is_target:
        return IndicatorKind.TARGET
    if is_change:
        return IndicatorKind.CHANGE
    if past or period is not None or outlook.is_review:
        return IndicatorKind.ACTUAL
    return IndicatorKind.COUNT
