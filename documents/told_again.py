"""Names that a sentence says once: figures for a later year (2030年分别达到8%、300家), and parts told by their places.

新建3000家,其中河东区1100家、河西区900家 states what 3000家 states of two places; neither is an indicator of that name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.model import Indicator, Part
from documents.named import Named
from documents.quantities import Quantity
from documents.statement import RATIOS, Statement

_OPENS = re.compile(r"(?:以上|以下|左右|以内)?[,;]?")
_RESPECTIVELY = re.compile(
    r"[,]?(?:将|要|应|须|力争|争取|再)*分别(?:将|要|为|是|达到?|提高到?|提升至?|增加到?|增至|突破|超过|不低于|不少于|[到至约])*"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:区|县|市|旗|镇|乡|街道)")
_OF_ALL = re.compile(r"[全各本我该]|其他|其余|市直|县直|城市|地市")
_PARTS = re.compile(r"(?:以上|以下|左右|以内)?[,(]?其中[,:]?")
_NEXT = re.compile(r"[、和及与,]|以及")


def names_again(statement: Statement, rows: Sequence[Indicator], group: Sequence[Quantity]) -> list[Named]:
    """Return the names of as many rows before, where a group of figures gives them in order for another period."""
    last = rows[-len(group) :]
    if len(group) < 2 or len(last) < len(group) or len({row.name for row in last}) < len(group):
        return []
    if any(row.base_unit != figure.base_unit for row, figure in zip(last, group, strict=True)):
        return []
    ended = max(last[-1].value_span.end, *(part.span.end for part in last[-1].parts.values()))
    first = group[0].full_span.start
    period = next(
        (one for one in statement.periods if ended <= one.span.start and one.span.end <= first), None
    )
    if period is None or not _OPENS.fullmatch(statement.key, ended, period.span.start):
        return []
    if not _RESPECTIVELY.fullmatch(statement.key, period.span.end, group[0].span.start):
        return []
    return [_named_as(row) for row in last]


def _named_as(row: Indicator) -> Named:
    name = row.parts["name"]
    return Named(row.name, {"name": Part(name.text, name.span, inherited=True)}, row.flow)


def name_of_place(
    statement: Statement, before: Indicator | None, figure: Quantity, named: Named
) -> tuple[Named, Part] | None:
    """Return the name of the row before for a figure that only names a place, with that place; None for others."""
    place = named.parts["name"]
    if before is None or place.inherited or not _PLACE.fullmatch(named.text) or _OF_ALL.match(named.text):
        return None
    if before.base_unit != figure.base_unit or figure.base_unit in RATIOS or figure.change is not None:
        return None
    ended = max(before.value_span.end, before.clause.end)
    joins = _NEXT if "part" in before.parts else _PARTS
    if not statement.span.holds(before.value_span) or not joins.fullmatch(
        statement.key, ended, place.span.start
    ):
        return None
    return _named_as(before), place
