"""A sentence with all that was found in it; its figures state something or only describe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.hedges import Change, Hedge, Sense
from documents.model import Document, Part, Span
from documents.naming import MILESTONE, left_name, right_name
from documents.outlook import Outlook
from documents.periods import PeriodMention
from documents.quantities import Quantity

_INSERTED = re.compile(r"\([^()\d]{0,12}\)$")


_LIMIT = re.compile(r"\s?(?:以上|以下|以内|及以上|及以下)(?=[\u4e00-\u9fff“])")


_LENGTH_NAME = re.compile(
    "(?:时限|时间|期限|周期|年限|寿命|时长|学制|预期寿命|工期|年龄|间隔|时效|天数|日数|小时数|时数|年数)$"
)


_SMALL = frozenset("一二三四五六七八九十两")  # 两个枢纽, 三人篮球: names more often than counts


_SHARE_OF = re.compile(
    r"\s?(?![和与及左以之并且而同比较还也均又分别增降减提升上下扩回突跃实保稳超控到至由从为是达内等后起]|安排|掌握|把握)[\u4e00-\u9fff]"
)


_FARTHEST = 200  # characters from a figure beyond which nothing that names it is looked for


_MARKS = ",;:()\t\n。!? -"  # at which a name may have to begin
_LONGEST_LABEL = 32
_LABEL = re.compile(
    r"(?:^|[。;\n])[\s\-*·•]*([\u4e00-\u9fff“][^,。;:\n?!]{1,23})"
    r"(?<![说称是为即道])(?<!表示|指出|强调|介绍|认为|如下|包括|提出|要求|显示)$"
)
RATIOS = frozenset({"%", "‰", "百分点", "基点", "倍"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with everything that was found in it; spans are offsets into the document's text."""

    document: Document
    key: str
    span: Span
    section: int
    quantities: list[Quantity]
    periods: list[PeriodMention]  # those that can be the period of a figure
    hedges: list[Hedge]
    cuts: list[Span]  # what no name holds, in the order of their ends
    outlook: Outlook

    def part(self, span: Span, inherited: bool = False) -> Part:
        """Return a printed part of the sentence."""
        return Part(span.of(self.document.text), span, inherited)


def is_transparent(statement: Statement, figures: Sequence[Quantity], index: int) -> bool:
    """Say whether a figure only describes: a length of time, 亿元以上 in front of 项目, 20万吨级."""
    figure = figures[index]
    key, end = statement.key, figure.span.end
    if figure.value == "一系列" or (figure.number_span.of(key) in _SMALL and (figure.normalized or 0) < 10):
        return figure.comparator is None or figure.sense is Sense.EXACTLY
    if figure.normalized == 1 and _EACH.search(key, max(0, figure.span.start - 4), figure.span.start):
        return True
    if key.startswith(("级", "型", "档", "量级"), end) or figure.base_unit in {"千伏", "伏"}:
        return True
    if figure.base_unit == "个" and _PLACES.match(key, end):
        return True
    if MILESTONE.match(key, end) or _KIND_OF_PLACE.match(key, end):
        return True
    if figure.is_duration or figure.base_unit == "岁":
        if _rises_from(statement, figures, index):
            return is_transparent(statement, figures, index - 1)
        window = Span(left_edge(statement, figures, index), figure.full_span.start)
        name = left_name(key, *window, statement.cuts)
        if name.span.start >= name.span.end and figure.comparator is not None and index:
            before = figures[index - 1]  # 预期寿命达到79岁,2030年力争达到81岁
            return before.base_unit != figure.base_unit or is_transparent(statement, figures, index - 1)
        return not _LENGTH_NAME.search(key, *name.span)
    limit = _LIMIT.match(key, end)
    is_measure = figure.base_unit not in {
        "家",
        "个",
        "项",
        "座",
        "所",
        "处",
        "条",
        "种",
        "人",
        "批",
        "户",
        "场",
    }
    if limit and is_measure and right_name(key, limit.end(), statement.span.end) is not None:
        return True
    if _qualifies_next(statement, figures, index) or _is_condition(statement, figures, index):
        return True
    if figure.base_unit not in {"%", "百分点", "‰"} or figure.full_span.end > end:
        return False
    return bool(_SHARE_OF.match(key, end))  # 99%乡镇, 3%的企业


_CONDITION = re.compile(r"(?:^|[,;:。)])(?P<all>[^,;:。)]{4,48}的[^,;:。\d]{0,10}),(?=[^,;:。]*$)")


def condition_before(key: str, sentence: Span, start: int) -> Span | None:
    """Return the clause that says of what a figure holds: 户籍人口超过100万的城市,|标准为每月1100元."""
    found = _CONDITION.search(key[sentence.start : start])
    return Span(sentence.start + found.start("all"), sentence.start + found.end("all")) if found else None


_OF_SUCH = re.compile(r"的(?![^,;:。]{0,8}基金)[^,;:。\d]{0,10},")
_BOUNDS = frozenset({Sense.STRICTLY_MORE, Sense.AT_LEAST, Sense.AT_MOST, Sense.LESS})


def _is_condition(statement: Statement, figures: Sequence[Quantity], index: int) -> bool:
    """Say whether a bound only says of what the next clause speaks: 户籍人口超过100万的城市,标准为每月1100元."""
    figure = figures[index]
    behind = _OF_SUCH.match(statement.key, figure.full_span.end)
    if behind is None or figure.sense not in _BOUNDS or index + 1 == len(figures):
        return False
    return ";" not in statement.key[behind.end() : figures[index + 1].span.start]


def _rises_from(statement: Statement, figures: Sequence[Quantity], index: int) -> bool:
    """Say whether a figure is what the one before rose to or fell to: 从80.2岁提升至82.5岁."""
    figure = figures[index]
    if index == 0 or figure.change not in {Change.INCREASE_TO, Change.DECREASE_TO}:
        return False
    before = figures[index - 1]
    start = before.full_span.start
    return before.base_unit == figure.base_unit and statement.key[start - 1 : start] in {"从", "由"}


def _qualifies_next(statement: Statement, figures: Sequence[Quantity], index: int) -> bool:
    """Say whether a figure stands inside the name of the next: 总量超500亿元的县域增至12个."""
    if index + 1 == len(figures):
        return False
    end = figures[index].full_span.end
    between = statement.key[end : figures[index + 1].full_span.start]
    return between.startswith("的") and len(between) >= 3 and not re.search(r"[,;:。、()]", between)


_EACH = re.compile(r"每[\u4e00-\u9fff]{0,3}$")  # 每吸纳1名: what a rate is counted by
_PLACES = re.compile(
    "(?:县|市|区|镇|村|乡|省)(?![\u4e00-\u9fff级]{0,1}(?:级|域|场|块链|属))"
)  # 2个县: which, says the clause
_KIND_OF_PLACE = re.compile(r"(?<=元)(?:县|市(?!场)|区|镇|村|企业|产业|集群|园区|省份|项目)")  # 超千亿元县


def left_edge(statement: Statement, figures: Sequence[Quantity], index: int) -> int:
    """Return how far back the name of a figure may begin: the last mark or the last figure before it."""
    key, position = statement.key, figures[index].full_span.start
    floor = max(statement.span.start, position - _FARTHEST)
    for before in range(index - 1, -1, -1):
        figure = figures[before]
        if figure.span.end <= floor:
            break
        describes = figure.is_duration or _is_limit(statement, figure)
        if not describes and not _qualifies_next(statement, figures, before):
            floor = max(floor, _after_object(key, figure.full_span.end, position))
            break
    while (position := _behind_last(_MARKS, key, floor, position)) > floor:
        char = key[position - 1]
        if char == ")":
            inserted = _INSERTED.search(key, max(floor, position - 14), position)
            if inserted is None:
                return position
            position = inserted.start()
            continue
        if char == ":":
            label = _label_before(statement, position, figures[index].full_span.start)
            return position if label is None else label
        if char not in " -" or key.startswith("--", position - 1) or key.startswith("  ", position - 2):
            if char == "," and key[position - 2].isdigit() and key[position : position + 1].isdigit():
                position -= 1
                continue
            return position
        position -= 1
    return floor


def _behind_last(marks: str, key: str, floor: int, end: int) -> int:
    """Return the place behind the last of `marks` in `[floor, end)`, `floor` where there is none."""
    return max(key.rfind(mark, floor, end) for mark in marks) + 1 or floor


def _label_before(statement: Statement, colon_end: int, value_start: int) -> int | None:
    """Return where the label of 外汇储备:2024年超过3.2万亿美元 begins, None where the clause names something itself."""
    if left_name(statement.key, colon_end, value_start, statement.cuts).span.end > colon_end:
        return None
    before = statement.key[max(statement.span.start, colon_end - _LONGEST_LABEL) : colon_end - 1]
    label = _LABEL.search(before)
    return colon_end - 1 - len(label.group(1)) if label else None


def _after_object(key: str, end: int, stop: int) -> int:
    """Return where the words behind a counted object begin: 20个项目落地、|总投资."""
    listed = key.find("、", end, stop)
    return listed + 1 if listed > end and "\u4e00" <= key[end] <= "\u9fff" else end


def _is_limit(statement: Statement, figure: Quantity) -> bool:
    limit = _LIMIT.match(statement.key, figure.span.end)
    return limit is not None and figure.base_unit not in {
        "家",
        "个",
        "项",
        "座",
        "所",
        "处",
        "条",
        "种",
        "人",
    }
