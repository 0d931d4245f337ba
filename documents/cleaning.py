"""The one canonical text of a document, made before any offset exists.

Left out: marks of order and direction, control characters, white space at line ends and indents, runs of
empty lines, and the lines that a web page adds for its visitors. Joined: paragraphs that the columns of a
newspaper cut in two, lines that a program wrapped, and the cells of a table's row. Set apart: paragraphs of a page
that was saved without its line ends, where their indents are left. Every printed character stays as it was printed;
nothing is normalised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.flat_tables import join_flat_tables
from documents.joining import join_cut_paragraphs, join_wrapped_lines
from documents.lines import Line, RawLine
from documents.model import Span

_UNPRINTED = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff\ufff9-\ufffb\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_NAVIGATION = re.compile(
    r"(?:[【\[（(]?\s*(?:打印(?:本页|文章)?|关闭(?:窗口|本页)?|收藏(?:本页)?|返回(?:顶部|列表|首页|目录)|纠错|下载(?:全文|文字版)?"
    r"|上一[版篇条页]|下一[版篇条页]|上一期|下一期|版面导航|版面概览|标题导航|报纸目录|往期回顾|放大|缩小|默认|朗读"
    r"|我要评论|分享(?:到)?|微信|微博|QQ空间|大字|中字|小字|大|中|小)\s*[】\]）)]?[\s|｜/·]*){1,}"
    r"|[【\[]?字[体号][:：]\s*(?:[\[【]?(?:大|中|小|默认|超大)[\]】]?\s*)+[】\]]?(?:[【\[]?(?:打印|关闭)[】\]]?\s*)*"
    r"|(?:上一篇|下一篇|上一条|下一条)[:：].{0,80}"
    r"|(?:您?(?:现在|当前|所在)的?位置|当前位置)[:：].{0,80}"
    r"|(?:首页|网站首页)\s*(?:>|》|›|»|/).{0,80}"
    r"|(?:浏览|阅读|点击)(?:次数|量|数)[:：]?\s*\d*\s*次?"
    r"|分享到[:：].{0,40}"
    r"|扫一扫.{0,6}(?:手机|微信).{0,14}|扫描?二维码.{0,20}"
    r"|-->|<!--"
)
# Where a paragraph began on a page that was saved as one line: its indent, or blanks behind the mark that ends another.
_INDENTED = re.compile(r"(?<=\S)(?=[ \t]*\u3000{2,}\S)|(?<=[。；：！？”])(?=[ \u3000]{2,}\S)")
_ONE_LINE = 200  # characters; a shorter line with wide blanks in it is a title or a row of a table
_FEWEST_INDENTS = 3
_SIZES = re.compile(r"[大中小\s|｜/·【】\[\]（）()]*")


@dataclass(frozen=True, slots=True)
class CleanText:
    """The canonical text, its lines that are not empty, and notes on what was repaired."""

    text: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def clean(raw: Sequence[RawLine], *, may_join: bool = True) -> CleanText:
    """Make the canonical text of what a reader gave."""
    notes = []
    kept = []
    dropped = 0
    apart = [part for line in raw for part in _set_apart(line)]
    if len(apart) > len(raw):
        notes.append("paragraphs set apart by their indents, where the page had no line ends")
    for line in apart:
        text = clean_characters(line.text)
        if _is_navigation(text):
            dropped += 1
        else:
            kept.append(RawLine(text, line.level))
    if dropped:
        notes.append(f"{dropped} navigation line{'s' if dropped > 1 else ''} of a web page left out")
    if may_join:
        kept, tables = join_flat_tables(kept)
        if tables:
            notes.append(
                f"{tables} table{'s' if tables > 1 else ''} pasted with one cell a line put into rows"
            )
        kept, columns = join_wrapped_lines(kept)
        if columns:
            notes.append(f"lines wrapped at {columns} columns joined into paragraphs")
        kept, joints = join_cut_paragraphs(kept)
        if joints:
            shown = ", ".join(joints[:8]) + (", …" if len(joints) > 8 else "")
            notes.append(
                f"{len(joints)} paragraph{'s' if len(joints) > 1 else ''} cut in two joined: {shown}"
            )
    return _laid_out(kept, notes)


def _set_apart(line: RawLine) -> list[RawLine]:
    """Return the paragraphs of a long line that holds the indents of several; other lines as they are."""
    if line.level is not None or len(line.text) < _ONE_LINE:
        return [line]
    parts = _INDENTED.split(_SPACES.sub(" ", line.text))
    return [RawLine(part) for part in parts] if len(parts) > _FEWEST_INDENTS else [line]


def clean_characters(line: str) -> str:
    """Return a line without unprinted characters and without white space at its end."""
    return _SPACES.sub(" ", _UNPRINTED.sub("", line)).rstrip()


def _is_navigation(line: str) -> bool:
    bare = line.strip()
    if not bare or (_SIZES.fullmatch(bare) and not {"大", "小"} <= set(bare)):
        return False
    return _NAVIGATION.fullmatch(bare) is not None


def _laid_out(lines: list[RawLine], notes: list[str]) -> CleanText:
    """Put the lines under each other, at most one empty line between two, and note where each stands."""
    text = ""
    placed: list[Line] = []
    parts: list[str] = []
    offset = 0
    gap = 0
    for line in lines:
        bare = line.text.strip()
        if not bare:
            gap += 1
            continue
        lead = "" if not placed else ("\n\n" if gap else "\n")
        gap = 0
        offset += len(lead)
        parts += [lead, bare]
        placed.append(Line(bare, Span(offset, offset + len(bare)), line.level))
        offset += len(bare)
    text = "".join(parts)
    return CleanText(text, tuple(placed), tuple(notes))
