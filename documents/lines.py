"""The line: what every reader hands to cleaning, and what a line of an official text looks like.

Readers of any format give lines; a line that the format itself marks as a heading says so by its level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from documents.model import Span

# Characters of private use behind the mark are what is left of a font's own signs.
_SENTENCE_END = re.compile("[。！？!?；;…][”’」』）)】》\\]\ue000-\uf8ff]*$")
_CLAUSE_MARKS = re.compile(r"[，,。；;：:]")
_TITLE_STOP = re.compile(r"[。；;，,：:、]$")
_BULLET = re.compile(r"^(?:[-*+•●·▪◆■□○]\s+|[-•●·▪◆]\s*(?=[\u4e00-\u9fff]))")
_DATE_LINE = re.compile(
    r"^[（(]?(?:[12]\d{3}|[１２][０-９]{3}|[一二][〇○Ｏ零一二三四五六七八九]{3})年"
    r"[\d０-９一二三四五六七八九十]{1,3}月(?:[\d０-９一二三四五六七八九十]{1,3}日)?[）)]?$"
)
# What an official title ends with, and what may stand in brackets behind that: 办法（试行）.
GENRES = (
    r"(?:通知|通报|公告|通告|意见|决定|决议|办法|规定|条例|细则|方案|规划|纲要|计划|报告|批复|函|命令|令|公报|要点|措施|指南"
    r"|标准|规则|章程|解读|讲话|建议|议案|清单|目录|说明|答复|倡议书|实施意见)(?:[（(].{1,12}[）)])?"
)


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as a reader gives it. `level` counts from 1 where the format marks a heading."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the canonical text that holds more than white space; `span` leaves its ends out."""

    text: str
    span: Span
    level: int | None = None


def lines_of_text(text: str, levels: Mapping[int, int]) -> tuple[Line, ...]:
    """Return the lines of a canonical text; `levels` gives the level of a marked heading by where its line starts."""
    found = []
    start = 0
    for line in text.split("\n"):
        if bare := line.strip():
            at = start + line.index(bare)
            found.append(Line(bare, Span(at, at + len(bare)), levels.get(at)))
        start += len(line) + 1
    return tuple(found)


def ends_sentence(text: str) -> bool:
    """Say whether a line ends with a mark that closes a sentence, closing quotes left aside."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def is_table_row(text: str) -> bool:
    """Say whether a line is a row of a table: cells between bars or tabs."""
    return text.count("|") >= 2 or " | " in text or "\t" in text


def is_list_item(text: str) -> bool:
    """Say whether a line begins with a bullet."""
    return _BULLET.match(text) is not None


def is_date_line(text: str) -> bool:
    """Say whether a line holds a date and nothing else, as 成文日期 does."""
    return _DATE_LINE.match(re.sub(r"\s", "", text)) is not None


def has_clause(text: str) -> bool:
    """Say whether there is running text in a line rather than a title."""
    return _CLAUSE_MARKS.search(text) is not None


def is_title_like(text: str, longest: int = 60) -> bool:
    """Say whether a line could be a title: short, no end of sentence in it, no list or table."""
    bare = text.strip()
    if not 2 <= len(bare) <= longest or _TITLE_STOP.search(bare) or "。" in bare:
        return False
    if is_table_row(bare) or is_list_item(bare) or is_date_line(bare):
        return False
    return re.search(r"[\u4e00-\u9fffA-Za-z]", bare) is not None
