"""Whose measure a figure is where the measure is named once: 限额标准为职工每人每天105元、居民50元.

Or behind the figures: 按机构护理75%、居家护理90%的比例支付.
"""

from __future__ import annotations

import re

from documents.carrying import Carried
from documents.model import Span
from documents.named import Named, clean
from documents.naming import LONGEST_NAME
from documents.quantities import Quantity
from documents.statement import Statement

_MEASURE = r"(?:标准|限额|费率|比例|上限|下限|额度|金额|价格|租金|单价|定额)"
_OF_ONE = re.compile(rf"(?P<measure>[^,;:。()为]{{2,40}}?{_MEASURE})(?:分别)?为(?P<who>[^,;:。()为]{{2,14}})")
_NAMES_MEASURE = re.compile(rf"{_MEASURE}$|费$|[率额量]$")
_BEHIND = re.compile(
    r"(?:、[^,;:。、\d]{2,12}\d+(?:\.\d+)?%)*的(?:比例|标准)(?:给予|予以)?(?P<act>支付|补助|补贴|资助|报销|奖励|缴纳|缴费|计提|提取|分担|负担|扣除|返还|拨付)"
)
_ITEM = re.compile(r"(?:各?按照?|、)(?P<item>[^,;:。、按\d]{0,12})$")
_WHOSE = re.compile(
    r"[,;:。)]?\s*(?:\d{1,2}[.、]\s*)?(?P<who>(?!由|按)[\u4e00-\u9fff]{2,10}?)(?:由[^,;:。]{2,14})?各?按"
)
_LONGEST_MEASURE = 16


def measure_of(statement: Statement, carried: Carried, figure: Quantity, named: Named) -> Named:
    """Return the name with the measure that it leaves out: 居民参保人员 with 限额标准, said of 职工参保人员 before."""
    part = named.parts["name"]
    folded = statement.key[slice(*part.span)]
    if found := _OF_ONE.fullmatch(folded):
        start = part.span.start
        measure = Span(start + found.start("measure"), start + found.end("measure"))
        measure = _last_noun(statement.key, measure)
        carried.measure, carried.measure_unit = statement.part(measure), figure.base_unit
        part = statement.part(Span(start + found.start("who"), start + found.end("who")))
    elif not _goes_on(statement, carried, figure, part.span):
        return named
    head = carried.measure
    if head is None:
        return named
    text = clean(part.text) + clean(head.text)
    if len(text) > LONGEST_NAME:
        return named
    return Named(text, named.parts | {"name": part, "measure": head}, named.is_flow, named.comparator)


def _last_noun(key: str, measure: Span) -> Span:
    """Leave out what a long measure is qualified by: 发生的费用纳入支付范围的|费用限额标准."""
    cut = key.rfind("的", *measure)
    if measure.end - measure.start > _LONGEST_MEASURE and cut > 0 and measure.end - cut > 3:
        return Span(cut + 1, measure.end)
    return measure


def _goes_on(statement: Statement, carried: Carried, figure: Quantity, name: Span) -> bool:
    """Say whether a figure is another one of the measure said before: 、居民参保人员每人每天50元."""
    measure = carried.measure
    if measure is None or figure.base_unit != carried.measure_unit or figure.comparator or figure.change:
        return False
    key = statement.key
    if ";" in key[measure.span.end : name.start] or _NAMES_MEASURE.search(key, *name):
        return False
    return key[name.start - 1] in "、,"


def rate_behind(statement: Statement, figure: Quantity) -> Named | None:
    """Name a share by what is done at it: 由基金按机构护理75%、居家护理90%的比例支付."""
    key, start = statement.key, figure.span.start
    if figure.base_unit != "%" or (behind := _BEHIND.match(key, figure.span.end)) is None:
        return None
    edge = max(key.rfind(mark, statement.span.start, start) for mark in ",;:。")
    item = _ITEM.search(key, max(edge + 1, statement.span.start), start)
    clause = key[max(edge, statement.span.start) : start]
    if item is None or "按" not in clause:
        return None
    own = Span(*item.span("item"))
    act = Span(*behind.span("act"))
    whose = _WHOSE.match(key, max(edge, statement.span.start), start)
    parts = {"name": statement.part(own if own.end > own.start else act), "head": statement.part(act)}
    text = clean(own.of(statement.document.text)) + key[slice(*act)] + "比例"
    if whose is not None:
        parts["owner"] = statement.part(Span(*whose.span("who")))
        text = clean(parts["owner"].text) + text
    return Named(text, parts)
