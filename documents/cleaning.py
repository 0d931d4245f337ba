"""The one canonical text of a document, made before any offset exists.

Left out: marks of order and direction, control characters, white space at line ends and indents, runs of
empty lines, and the lines that a web page adds for its visitors. Joined: paragraphs that the columns of a
newspaper cut in two. Every printed character stays as it was printed; nothing is normalised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.bylines import byline_of_line
from documents.headings import has_marker
from documents.lines import (
    Line,
    RawLine,
    ends_sentence,
    has_clause,
    is_date_line,
    is_list_item,
    is_table_row,
    is_title_like,
)
from documents.model import Span

CUT_LINE_FROM = 60  # characters; a shorter line that ends no sentence is a title, an item or a signature
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
_LONE_SIZE = re.compile(r"^[大中小]$")


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
    for line in raw:
        text = clean_characters(line.text)
        if _is_navigation(text):
            dropped += 1
        else:
            kept.append(RawLine(text, line.level))
    if dropped:
        notes.append(f"{dropped} navigation line{'s' if dropped > 1 else ''} of a web page left out")
    if may_join:
        kept, joints = _join_cut_paragraphs(kept)
        if joints:
            shown = ", ".join(joints[:8]) + (", …" if len(joints) > 8 else "")
            notes.append(
                f"{len(joints)} paragraph{'s' if len(joints) > 1 else ''} cut in two joined: {shown}"
            )
    return _laid_out(kept, notes)


def clean_characters(line: str) -> str:
    """Return a line without unprinted characters and without white space at its end."""
    return _SPACES.sub(" ", _UNPRINTED.sub("", line)).rstrip()


def _is_navigation(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and not _LONE_SIZE.match(bare) and _NAVIGATION.fullmatch(bare) is not None


def _join_cut_paragraphs(lines: list[RawLine]) -> tuple[list[RawLine], list[str]]:
    """Join each line that was cut to its other half; returns the joints as 内涵丰|富 too."""
    joined: list[RawLine] = []
    joints: list[str] = []
    last: int | None = None  # position in `joined` of the last line with text
    for number, line in enumerate(lines):
        if not line.text.strip():
            joined.append(line)
            continue
        if last is not None and _is_cut(joined[last], line, _next_text(lines, number + 1)):
            left, right = joined[last].text, line.text.strip()
            joints.append(f"{left[-3:]}|{right[:3]}")
            del joined[last + 1 :]
            joined[last] = RawLine(left + _between(left, right) + right)
            continue
        last = len(joined)
        joined.append(line)
    return joined, joints


def _is_cut(left: RawLine, right: RawLine, following: str) -> bool:
    """Say whether `right` is the other half of `left`."""
    text = left.text.strip()
    if left.level is not None or right.level is not None or len(text) <= CUT_LINE_FROM:
        return False
    if ends_sentence(text) or text[-1] in ":：）)】》〕|" or not has_clause(text):
        return False
    return not _starts_anew(right.text, following) and not is_table_row(text)


def _starts_anew(line: str, following: str) -> bool:
    """Say whether a line begins something of its own, so that it completes no other line."""
    bare = line.strip()
    if line.startswith(("\u3000\u3000", "    ", "\t")) or is_table_row(bare) or is_list_item(bare):
        return True
    if has_marker(bare) or is_date_line(bare) or byline_of_line(bare) is not None or bare.startswith("——"):
        return True
    glued_title = re.search(r"[ \u3000]+——\S", bare) is not None and is_title_like(bare, 80)
    signature = is_title_like(bare, 30) and is_date_line(following)
    return glued_title or signature


def _next_text(lines: list[RawLine], start: int) -> str:
    return next((line.text.strip() for line in lines[start:] if line.text.strip()), "")


def _between(left: str, right: str) -> str:
    """Return what joins two halves: a space between Latin words, nothing in Chinese and in numbers."""
    latin = re.search(r"[A-Za-z,;]$", left) and re.match(r"[A-Za-z(]", right)
    return " " if latin and left.isascii() else ""


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
