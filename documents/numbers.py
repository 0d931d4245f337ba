"""The number that an issuing body gives a document, 发文字号: 国办发〔2024〕5号 (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from documents.lines import GENRES, Line

OPENING, CLOSING = (
    r"[〔\[［（(【﹝〖「『〈<{]",
    r"[〕\]］）)】﹞〗」』〉>}]",
)  # what people, programs and OCR write
_BLANK = r"[ \t\u3000]{0,3}"
_DIGIT = r"[\d０-９]"
_YEAR = rf"(?:[1１]{_BLANK}[9９]|[2２]{_BLANK}[0０])(?:{_BLANK}{_DIGIT}){{2}}"
_SERIAL = (
    rf"{_BLANK}{OPENING}{_BLANK}{_YEAR}{_BLANK}年?{_BLANK}{CLOSING}{_BLANK}(?:第{_BLANK})?"
    rf"{_DIGIT}(?:{_BLANK}{_DIGIT}){{0,4}}{_BLANK}号"
)
_NUMBER = rf"[\u4e00-\u9fff](?:{_BLANK}[\u4e00-\u9fff]){{0,11}}?{_SERIAL}"
_LABEL = r"(?:发文字号|发文文号|文件字号|文\s*号|文件编号)"
_LINE = re.compile(
    rf"(?:{_LABEL}\s*[:：|]?\s*|[\u4e00-\u9fff（）()、]{{2,30}}文件\s+)?[（(]?(?P<number>{_NUMBER})[）)]?"
    r"(?:\s+签\s*发\s*人\s*[:：]?.{0,20})?"
)
_LABELLED = re.compile(rf"{_LABEL}\s*[:：|]?\s*(?P<number>{_NUMBER})")
# A page that was saved without its line ends: 国务院办公厅关于…的通知国办发〔2024〕5号各省、…
_BEHIND_TITLE = re.compile(
    rf"(?P<title>(?!根据|按照|依据|依照|近日|日前|为|现将)[^，,。；;：:！!？?\n]{{4,100}}{GENRES})[\s（(]*(?P<number>{_NUMBER})"
)
_TOP = (
    24  # lines in which a number may stand: a portal's block, the title, what a court puts above its number
)


def number_of_line(line: str) -> str | None:
    """Return the 发文字号 of which a line consists, as printed, or None; 签发人 may stand beside it."""
    match = _LINE.fullmatch(line.strip())
    return match["number"] if match else None


def titled_with_number(line: str) -> tuple[str, str] | None:
    """Return the title that a line begins with and the number right behind it, or None."""
    match = _BEHIND_TITLE.match(line)
    return (match["title"], match["number"]) if match else None


def number_of_document(lines: Sequence[Line], head: Sequence[Line], labels: Mapping[str, str]) -> str | None:
    """Return the number of the document that begins with `lines`; `head` are those above its body.

    `labels` are the rows of a portal's block. Below the head a line that is a number counts only where it is the only
    one: several make a list of documents.
    """
    top = lines[:_TOP]
    for line in head:
        if found := number_of_line(line.text):
            return found
    for line in top:
        if match := _LABELLED.search(line.text):
            return match["number"]
    for name in ("发文字号", "文号", "文件编号"):
        if re.search(_DIGIT, labels.get(name, "")):  # 无 and — are no numbers
            return labels[name]
    for line in top[:3]:
        if behind := titled_with_number(line.text):
            return behind[1]
    alone = list(dict.fromkeys(found for line in top if (found := number_of_line(line.text))))
    return alone[0] if len(alone) == 1 else None
