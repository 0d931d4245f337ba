"""Plan tables in text: Markdown rows with | and rows whose cells are apart by tabs or wide spaces.

The header says what a column holds: 指标, years (2020年, 2025年目标), 年均/累计, 单位, 属性. 〔 〕 holds the
total of five years. Cells without a number are values too (完成, 持续改善). Where the first column names places (地区,
县(市、区)), each row is of one of them, and the other columns are indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.carrying import moved, period_of_headings, reference_of
from documents.model import Document, Indicator, IndicatorKind, Part, Passage, Span
from documents.numerals import ARABIC, arabic, mixed, plain
from documents.outlook import plan_begins
from documents.periods import PeriodMention, find_periods
from documents.quantities import search_key
from documents.topics import full_name
from documents.units import UNIT, base_of

_RULE = re.compile(r"[\s|:+\-=—－]+")
_WIDE = re.compile(r"\t+|\u3000{1,}|  +")
_NAME_HEADER = re.compile("指标|项目|名称|内容|任务|目标名称|领域")
_UNIT_HEADER = re.compile("单位(?!地区|GDP|生产)")
_NATURE_HEADER = re.compile("属性|性质|类型")
_TOTAL_HEADER = re.compile("累计|年均|年均增速|增长|增速|〔")
_NOT_DATA = re.compile("序号|编号|责任|牵头|备注|说明|分类|类别|单位")
_NUMBER_CELL = re.compile(
    rf"(?P<comparator>[≥>≤<]=?|>=|<=|不低于|不少于|不超过|超过|达到|约|大于|小于|高于|低于|左右)?\s*(?P<open>[〔\[\(])?\s*(?P<sign>[-−])?"
    rf"(?P<number>{ARABIC}(?:\s?[万亿]+)?)\s*(?P<unit>[^\d\s〔〕\[\]()以左]{{1,8}})?\s*(?P<close>[〕\]\)])?\s*(?P<after>左右|以上|以内|以下)?"
)
_UNIT_IN_NAME = re.compile(r"[(（](?P<unit>[^()（）]{1,12})[)）]\s*$")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Column:
    header: _Cell
    period: PeriodMention | None
    is_total: bool


def table_rows(document: Document, passages: Sequence[Passage]) -> list[Indicator]:
    """Return the rows that the tables of a document state."""
    found: list[Indicator] = []
    for section, table in _tables(document, passages):
        found += _rows_of_table(document, table) or _rows_by_place(document, section, table)
    return found


def is_table_line(line: str) -> bool:
    """Say whether a line is a row of a table."""
    if line.count("|") >= 2:
        return True
    cells = [cell for cell in _WIDE.split(line.strip()) if cell]
    return len(cells) >= 3 and "。" not in line and max(map(len, cells)) <= 40


def is_heading(line: str) -> bool:
    """Say whether a line is the row of headings of a table: cells, and no number in any."""
    cells = [cell.strip() for cell in line.split("|")]
    return len(cells) > 2 and not any(_NUMBER_CELL.fullmatch(search_key(cell)) for cell in cells)


def _tables(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[int, list[list[_Cell]]]]:
    """Yield runs of rows, each with its section."""
    table: list[list[_Cell]] = []
    section = -1
    for passage in passages:
        for match in re.finditer(r"[^\n]+", passage.text):
            start = passage.span.start + match.start()
            line = match.group()
            if not is_table_line(line):
                if table and line.strip():
                    yield section, table
                    table = []
                continue
            if passage.section != section and table:
                yield section, table
                table = []
            section = passage.section
            if not _RULE.fullmatch(line):
                table.append(_cells(line, start))
    if table:
        yield section, table


def _cells(line: str, start: int) -> list[_Cell]:
    found = []
    separator = re.compile(r"\|") if line.count("|") >= 2 else _WIDE
    position = 0
    pieces = []
    for mark in separator.finditer(line):
        pieces.append((position, mark.start()))
        position = mark.end()
    pieces.append((position, len(line)))
    if separator.pattern == r"\|":
        pieces = pieces[1:] if line.lstrip().startswith("|") else pieces
        pieces = pieces[:-1] if line.rstrip().endswith("|") else pieces
    for first, last in pieces:
        raw = line[first:last]
        left = len(raw) - len(raw.lstrip())
        text = raw.strip()
        found.append(_Cell(text, Span(start + first + left, start + first + left + len(text))))
    return found


def _rows_of_table(document: Document, table: list[list[_Cell]]) -> list[Indicator]:
    if len(table) < 2:
        return []
    header = table[0]
    name_column = next((place for place, cell in enumerate(header) if _NAME_HEADER.search(cell.text)), None)
    if name_column is None:
        return []
    unit_column = next((place for place, cell in enumerate(header) if _UNIT_HEADER.search(cell.text)), None)
    nature_column = next(
        (place for place, cell in enumerate(header) if _NATURE_HEADER.search(cell.text)), None
    )
    columns = {
        place: column
        for place, cell in enumerate(header)
        if place not in {name_column, unit_column, nature_column} and (column := _column(document, cell))
    }
    rows = []
    for cells in table[1:]:
        if len(cells) != len(header) or not cells[name_column].text:
            continue
        unit = cells[unit_column] if unit_column is not None else None
        nature = cells[nature_column] if nature_column is not None else None
        for place, column in columns.items():
            row = _row(document, cells[name_column], cells[place], column, unit, nature)
            if row is not None:
                rows.append(row)
    return rows


def _column(document: Document, header: _Cell) -> _Column | None:
    """Read a header cell; None for columns that hold no values."""
    mentions = [mention for mention in find_periods(header.text, reference_of(document)) if mention.label]
    is_total = bool(_TOTAL_HEADER.search(header.text))
    if not mentions and (not is_total and not re.search("目标|现状|基期|完成|数值|值$|规划", header.text)):
        return None
    if _NOT_DATA.search(header.text) and not mentions:
        return None
    return _Column(header, mentions[0] if mentions else None, is_total)


def _row(
    document: Document, name: _Cell, cell: _Cell, column: _Column, unit: _Cell | None, nature: _Cell | None
) -> Indicator | None:
    if not cell.text or _RULE.fullmatch(cell.text) or cell.text in {"/", "…", "*", "〔〕"}:
        return None
    title, printed = _title_and_unit(name.text, unit.text if unit else "")
    value, unit_text, normalized, base, comparator = _value(cell, printed)
    period, part = _period(column)
    parts = {"name": Part(name.text, name.span)} | ({"period": part} if part else {})
    if comparator:
        parts["comparator"] = comparator
    is_past = _is_past(document, column)
    hedge = nature if nature and nature.text and not is_past else None  # 预期性 is said of the target alone
    if hedge is not None:
        parts["hedge"] = Part(hedge.text, hedge.span)
    is_total = column.is_total or "〔" in cell.text
    if column.is_total:
        parts["column"] = Part(column.header.text, column.header.span, inherited=True)
    return Indicator(
        id=f"{document.id}#{cell.span.start}-{cell.span.end}",
        document_id=document.id,
        passage_id="",
        section=0,
        name=title,
        subject=document.place,
        period=period,
        value=value,
        unit=unit_text,
        normalized=normalized,
        comparator=comparator.text if comparator else None,
        hedge=hedge.text if hedge else None,
        kind=IndicatorKind.ACTUAL if is_past else IndicatorKind.TARGET,
        flow=is_total,
        clause=Span(min(name.span.start, cell.span.start), max(name.span.end, cell.span.end)),
        value_span=cell.span,
        parts=parts,
        base_unit=base,
        by_period=column.period is not None and column.period.by,
    )


_PLACES = re.compile(
    r"(?:各)?(?:地区|区域|区划|城市|省份|园区|开发区|(?:省|市|州|县|区|旗|乡镇|乡|镇|街道)(?:[(（、/和][^|]{1,8})?)(?:名称)?"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:省|市|州|县|区|旗|乡|镇|街道)")
_TOGETHER = re.compile(r"全[国省市州县区旗]|合计|总计|小计|平均")
_OF_THE_COLUMN_BEFORE = re.compile(r"(?:同比)?(?:增长|增速|增幅|增减|±)(?:率|幅度?)?")
_THAN_LAST_YEAR = re.compile("[比较](?:上年|去年)(?:同期)?")
_AIMED = re.compile("目标|任务|计划|规划|预期")


def _rows_by_place(document: Document, section: int, table: list[list[_Cell]]) -> list[Indicator]:
    """Return the rows of a table whose first column names places: one for each place and column."""
    header, lines = table[0], [cells for cells in table[1:] if len(cells) == len(table[0])]
    labels = [cells[0].text for cells in lines if not _TOGETHER.fullmatch(cells[0].text)]
    if not _PLACES.fullmatch(header[0].text) or not labels:
        return []
    if 2 * sum(bool(_PLACE.fullmatch(one) or full_name(one) != one) for one in labels) < len(labels):
        return []
    caption = _line_above(document.text, header[0].span.start)
    said = _only(find_periods(caption.of(document.text), reference_of(document)))
    above = (
        moved(said, caption.start) if said else period_of_headings(document, section, reference_of(document))
    )
    aimed = _AIMED.search(caption.of(document.text)) is not None
    return [
        row
        for cells in lines
        for place in range(1, len(header))
        if (row := _row_of_place(document, header, cells, place, above, aimed)) is not None
    ]


def _line_above(text: str, start: int) -> Span:
    """Return the line that stands above a table: its caption."""
    end = len(text[:start].rstrip())
    return Span(text.rfind("\n", 0, end) + 1, end)


def _only(mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """Return the one period that a caption or a heading of a column names."""
    return mentions[0] if len({one.label for one in mentions}) == 1 and mentions[0].label else None


def _row_of_place(
    document: Document,
    header: Sequence[_Cell],
    cells: Sequence[_Cell],
    place: int,
    above: PeriodMention | None,
    aimed: bool,
) -> Indicator | None:
    heading, cell, label = header[place], cells[place], cells[0]
    title, printed = _title_and_unit(heading.text, "")
    value, unit, normalized, base, comparator = _value(cell, printed)
    title = _THAN_LAST_YEAR.sub("", title)
    own = _only(find_periods(title, reference_of(document)))
    title = title.replace(own.text, "", 1).strip("的 ") if own else title
    grown = _OF_THE_COLUMN_BEFORE.fullmatch(title) if place > 1 else None
    if grown:
        before = _title_and_unit(header[place - 1].text, "")[0]
        title = before if "增长" in title else before + title
    if normalized is None or not title or _NOT_DATA.search(title):
        return None
    when = moved(own, heading.span.start) if own else above
    parts = {"name": Part(heading.text, heading.span, inherited=True), "row": Part(label.text, label.span)}
    parts |= {"period": Part(when.text, when.span, inherited=True)} if when else {}
    parts |= {"comparator": comparator} if comparator else {}
    if grown and (at := heading.text.find("增长")) >= 0:
        verb = Span(heading.span.start + at, heading.span.start + at + 2)
        parts["change"] = Part("增长", verb, inherited=True)
    result = IndicatorKind.CHANGE if grown or _OF_THE_COLUMN_BEFORE.search(title) else IndicatorKind.ACTUAL
    return Indicator(
        id=f"{document.id}#{cell.span.start}-{cell.span.end}",
        document_id=document.id,
        passage_id="",
        section=0,
        name=title,
        subject=document.place if _TOGETHER.fullmatch(label.text) else full_name(label.text),
        period=when.label if when else None,
        value=value,
        unit=unit,
        normalized=normalized,
        comparator=comparator.text if comparator else None,
        hedge=None,
        kind=IndicatorKind.TARGET if aimed or _AIMED.search(heading.text) else result,
        flow=re.match("新增|净增|新建", title) is not None,
        clause=Span(label.span.start, cell.span.end),
        value_span=cell.span,
        parts=parts,
        base_unit=base,
        by_period=when is not None and when.by,
    )


def _is_past(document: Document, column: _Column) -> bool:
    """Say whether a column holds results: a year that is over, in a column that is no target."""
    if column.period is None or re.search("目标|规划|预期|计划", column.header.text):
        return False
    year = column.period.end_year
    if (begins := plan_begins(document.title)) is not None and year:
        return year < begins.year
    reference = reference_of(document)
    return not (year and reference and year >= reference.year)


_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}\)?[.、)]?|[一二三四五六七八九十]+、)\s*")


def _title_and_unit(printed: str, unit: str) -> tuple[str, str]:
    """Part the name of a row from its number and from the unit in brackets behind it."""
    title = _NUMBERING.sub("", printed)
    inside = _UNIT_IN_NAME.search(title)
    if inside is None or not _is_unit(inside.group("unit")):
        return title, "" if unit in {"-", "—", "/"} else unit
    return title[: inside.start()].strip(), inside.group("unit") if unit in {"", "-", "—", "/"} else unit


def _is_unit(text: str) -> bool:
    key = search_key(text).lstrip("十百千万亿")
    found = UNIT.match(key)
    return key == "" or (found is not None and found.end() >= len(key) - 4)


def _value(cell: _Cell, printed_unit: str) -> tuple[str, str, float | None, str, Part | None]:
    """Read a cell: value, unit, value in the base unit, that unit, comparator."""
    key = search_key(cell.text)
    match = _NUMBER_CELL.fullmatch(key)
    if match is None:
        return cell.text, "", None, "", None
    digits = re.sub(r"\s", "", match.group("number"))
    numeral = mixed(digits)
    if numeral is None or numeral.digits is None or arabic(digits.rstrip("万亿")) is None:
        return cell.text, "", None, "", None
    sign = "-" if match.group("sign") else ""
    tail = digits[len(digits.rstrip("万亿")) :]
    unit = tail + (match.group("unit") or ("" if tail and UNIT.match(printed_unit) is None else printed_unit))
    bare = search_key(unit).lstrip("万亿千百十") or search_key(unit)
    base, factor = base_of(bare)
    scale = mixed(f"1{unit[: len(unit) - len(bare)]}") if len(bare) < len(unit) else None
    amount = numeral.digits * factor * (scale.scale if scale else 1)
    word = match.group("after") or match.group("comparator")
    part = None
    if word:
        offset = key.index(word)
        part = Part(
            cell.text[offset : offset + len(word)],
            Span(cell.span.start + offset, cell.span.start + offset + len(word)),
        )
    return sign + plain(numeral.digits), unit, float(-amount if sign else amount), base, part


def _period(column: _Column) -> tuple[str | None, Part | None]:
    mention = column.period
    if mention is None:
        return None, None
    start = column.header.span.start
    return mention.label, Part(
        mention.text, Span(mention.span.start + start, mention.span.end + start), inherited=True
    )
