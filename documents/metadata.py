"""Number, date, issuer and place of a document, as its head, its signature or a portal's block give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.lines import GENRES, Line, is_date_line
from documents.model import Section
from documents.numbers import number_of_document, number_of_line, titled_with_number
from documents.places import place_in, place_of_issuer_number, place_of_text

_NAMES = (
    r"(?:索\s*引\s*号|信息分类|主题分类|体裁分类|公文种类|发布机构|发文机关|制发机关|发文字号|文\s*号|文件编号"
    r"|成文日期|发文日期|生成日期|发布日期|发布时间|公开日期|印发日期|生效日期|废止日期|有\s*效\s*性|效力状态|时\s*效\s*性"
    r"|主\s*题\s*词|标\s*题|名\s*称|来\s*源|信息来源|稿件来源|责任编辑|编辑|审核|签发人|密\s*级|紧急程度|公开方式|公开属性"
    r"|关键词)"
)
_LABEL = re.compile(rf"^[【\[]?(?P<label>{_NAMES})[】\]]?\s*[:：\t|]\s*(?P<value>.*)$")
_NEXT_LABEL = re.compile(rf"[\s|]++[【\[]?(?={_NAMES}[】\]]?\s*[:：\t|])")  # rows may stand side by side
_LONE_LABEL = re.compile(rf"[【\[]?{_NAMES}[】\]]?\s*[:：]?")
_A_TITLE, _FOR_TITLE = re.compile(rf"{GENRES}$"), re.compile(r"标\s*题|名\s*称")
_LONGEST_ROW = 400
_MARK_LINE = re.compile(r"^[\u4e00-\u9fff（）()、]{2,30}文件$")
_SECRET_LINE = re.compile(r"^(?:绝密|机密|秘密)(?:★.{0,8})?$|^(?:特急|加急|平急)$|^0{2,}\d+$")
_PAGE_HEADER = re.compile(
    r"^.{0,24}(?:第?\s*[A-Z]?\d{1,3}\s*版|版次|星期[一二三四五六日天]|农历).{0,40}$|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d.*)?$"
)
_CHINESE_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
}
_ANY_DATE = re.compile(
    r"(?P<year>[12１２][\d０-９]{3}|[一二][〇○Ｏ零一二三四五六七八九]{3})\s?年\s?(?P<month>[\d０-９]{1,2}|[一二三四五六七八九十]{1,2})\s?月"
    r"\s?(?P<day>[\d０-９]{1,2}|[一二三四五六七八九十]{1,3})\s?日"
    r"|(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
)
_DATE_LABELS = ("成文日期", "发文日期", "生成日期")
_LATER_DATE_LABELS = ("印发日期", "发布日期", "发布时间", "公开日期")
_ISSUER_OF_TITLE = re.compile(r"^(?P<issuer>[\u4e00-\u9fff、\s]{2,40}?)关于")
_ORGAN = re.compile(
    r"(?:政府|委员会|办公[厅室]|局|厅|部|院|署|会|委|办|中心|公司|集团|大学|法院|检察院|银行|国务院|党委|党组)$"
)
_SIGNED = re.compile(  # one line below the title: 岚谷市教育局印发 2026年3月2日
    r"(?P<body>[\u4e00-\u9fff、\s]{2,40}?(?:政府|委员会|办公[厅室]|局|厅|部|院|委))(?:印发|发布|公布|制定)?\s*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$"
)
_HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document as a whole; None where the text does not say it."""

    number: str | None
    date: date | None
    issuer: str | None
    place: str | None
    title: str | None  # from a portal's block or a page without line ends, when no line is the title


def parse_date(text: str) -> date | None:
    """Return the first full date in `text` (2024年2月3日, 二〇二四年二月三日, 2024-02-03), or None."""
    for match in _ANY_DATE.finditer(text):
        year, month, day = (match["year"], match["month"], match["day"])
        if year is None:
            year, month, day = match["y"], match["m"], match["d"]
        try:
            return date(_number(year), _number(month), _number(day))
        except ValueError:
            continue
    return None


def _number(text: str) -> int:
    """Return the value of a year, month or day in digits of either kind."""
    if text[0].isdigit() and text[0] not in _CHINESE_DIGITS:
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * _CHINESE_DIGITS.get(tens, 1) + (_CHINESE_DIGITS[ones] if ones else 0)
    return int("".join(str(_CHINESE_DIGITS[character]) for character in text))


def is_front_matter(line: str) -> bool:
    """Say whether a line above a title is the paper's or the portal's: labels, mark, secrecy, page header."""
    return (
        _LABEL.match(line) is not None
        or number_of_line(line) is not None
        or _MARK_LINE.match(line) is not None
        or _SECRET_LINE.match(line) is not None
        or (_PAGE_HEADER.match(line) is not None and "。" not in line)
    )


def is_organ(line: str) -> bool:
    """Say whether a line is the name of an issuing body."""
    return len(line) <= 40 and _ORGAN.search(re.sub(r"\s", "", line)) is not None


def is_label(line: str) -> bool:
    """Say whether a line is a row of a portal's block: 成文日期：2024年2月3日."""
    return _LABEL.match(line) is not None


def lone_labels(lines: Sequence[Line]) -> dict[int, int | None]:
    """Return where labels of a portal's block stand that have their values on the next lines, and those, if any.

    A single one may be any word; a title below a label for something else is the document's.
    """
    top = lines[: 2 * _HEAD_LINES]
    found = [number for number, line in enumerate(top) if _LONE_LABEL.fullmatch(line.text)]
    rows: dict[int, int | None] = {}
    for number in found if len(found) > 1 else ():
        value = lines[number + 1].text if number + 1 < len(lines) and number + 1 not in found else ""
        titled = _A_TITLE.search(value) and not _FOR_TITLE.search(lines[number].text)
        rows[number] = number + 1 if value and not titled else None
    return rows


def find_metadata(text: str, lines: Sequence[Line], sections: Sequence[Section]) -> Metadata:
    """Return what the lines and the sections say of the document as a whole."""
    first = next((section for section in sections if section.level == 0), None)
    top = first.body.start if first is not None else len(text)
    head = [line for line in lines[:_HEAD_LINES] if line.span.start < top or _SIGNED.match(line.text)]
    labels = _labels(lines[: 2 * _HEAD_LINES])
    number = number_of_document(lines, head, labels)
    behind = titled_with_number(lines[0].text) if lines else None
    tail = [
        line for line in lines if first is not None and first.body.end <= line.span.start < first.span.end
    ]
    issuer = labels.get("发文机关") or labels.get("发布机构") or _issuer(first, head, tail)
    return Metadata(
        number=number,
        date=_date(labels, first, head, tail),
        issuer=issuer,
        place=_place(text, first, number, issuer),
        title=labels.get("标题") or labels.get("名称") or (behind[0] if behind else None),
    )


def _labels(lines: Sequence[Line]) -> dict[str, str]:
    """Return the rows of a portal's block, white space inside the labels left out."""
    found: dict[str, str] = {}
    for line in lines:
        rows = _NEXT_LABEL.split(line.text[:_LONGEST_ROW]) if _LABEL.match(line.text) else []
        for match in filter(None, map(_LABEL.match, rows)):
            if value := match["value"].strip("\t |"):
                found.setdefault(re.sub(r"\s", "", match["label"]), value)
    for number, value in lone_labels(lines).items():
        if value is not None:
            found.setdefault(re.sub(r"[\s【】\[\]:：]", "", lines[number].text), lines[value].text)
    return found


def _date(labels: dict[str, str], first: Section | None, head: list[Line], tail: list[Line]) -> date | None:
    """Return 成文日期: from a portal's label, the signature, the head; else 印发日期."""
    for label in _DATE_LABELS:
        if (found := parse_date(labels.get(label, ""))) is not None:
            return found
    for line in tail:
        if is_date_line(line.text) or re.search(r"日[）)]?$", line.text):
            found = parse_date(line.text)
            if found is not None and "印发" not in line.text:
                return found
    if first is not None and first.subtitle and (found := parse_date(first.subtitle)):
        return found
    for line in reversed(head):  # a law's last revision stands last
        if not is_label(line.text) and (found := parse_date(line.text)) is not None:
            return found
    return next((found for label in _LATER_DATE_LABELS if (found := parse_date(labels.get(label, "")))), None)


def _issuer(first: Section | None, head: list[Line], tail: list[Line]) -> str | None:
    """Return the issuing body from the signature, the title or the red head."""
    for position, line in enumerate(tail):
        above_date = position + 1 < len(tail) and is_date_line(tail[position + 1].text)
        if above_date and _ORGAN.search(line.text.replace(" ", "")):
            return line.text
    if first is not None and first.title_span is not None:
        match = _ISSUER_OF_TITLE.match(first.title)
        if match and _ORGAN.search(match["issuer"].strip()):
            return match["issuer"].strip()
    for line in head:
        if _MARK_LINE.match(line.text):
            return line.text.removesuffix("文件")
    for line in (*tail, *head):
        if signed := _SIGNED.match(line.text):
            return signed["body"]
    return None


def _place(text: str, first: Section | None, number: str | None, issuer: str | None) -> str | None:
    """Return whose document it is: what the title names comes before what the number or the text hints at."""
    if issuer and (found := place_in(issuer)):
        return found
    if first is not None and first.title_span is not None and (found := place_in(first.title)):
        return found
    if number and (found := place_of_issuer_number(number, issuer)):
        return found
    if first is not None and first.speaker is not None and (found := place_in(first.speaker.body)):
        return found
    return place_of_text(text)
