"""Paragraphs that were torn are put together again: cut by newspaper columns, or wrapped at a fixed width.

What is torn and what ends by itself is told by the line's length and its last mark. A line that could be
whole is left alone: a wrong joint makes a sentence that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.bylines import byline_of_line
from documents.headings import has_marker
from documents.lines import (
    RawLine,
    ends_sentence,
    has_clause,
    is_date_line,
    is_list_item,
    is_table_row,
    is_title_like,
)

CUT_LINE_FROM = 60  # characters; a shorter line that ends no sentence is a title, an item or a signature
_NARROWEST, _WIDEST = 40, 140  # columns at which texts are wrapped; a Chinese character takes two
_RAGGED = 4  # columns that a wrapped line may lack, for a mark or a word that did not fit
_FEWEST_LINES = 8
# A title may be long and even have a comma, but then it has its subtitle behind a dash and no full stop.
_RUNNING = re.compile(r"[。；;]|\A[^—]*[，,][^—]*\Z")
_INDENT = ("\u3000\u3000", "    ", "\t")


def join_cut_paragraphs(lines: list[RawLine]) -> tuple[list[RawLine], list[str]]:
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
    if ends_sentence(text) or text[-1] in ":：）)】》〕|" or _RUNNING.search(text) is None:
        return False
    if (
        text[-1] in ".．" and not right.text.strip()[0].isdigit()
    ):  # 1.|5万家 is cut, an English full stop ends
        return False
    return not _starts_anew(right.text, following) and not is_table_row(text)


def _starts_anew(line: str, following: str) -> bool:
    """Say whether a line begins something of its own, so that it completes no other line."""
    bare = line.strip()
    if line.startswith(_INDENT) or is_table_row(bare) or is_list_item(bare):
        return True
    if has_marker(bare) or is_date_line(bare) or byline_of_line(bare) is not None or bare.startswith("——"):
        return True
    glued_title = re.search(r"[ \u3000]+——\S", bare) is not None and is_title_like(bare, 80)
    signature = is_title_like(bare, 30) and is_date_line(following)
    return glued_title or signature


def _next_text(lines: Sequence[RawLine], start: int) -> str:
    """Return the next line that holds text, of those near enough to belong to what stands here."""
    near = (lines[number].text.strip() for number in range(start, min(start + 8, len(lines))))
    return next((text for text in near if text), "")


def _between(left: str, right: str) -> str:
    """Return what joins two halves: a space between Latin words, nothing in Chinese and in numbers."""
    latin = re.search(r"[A-Za-z,;]$", left) and re.match(r"[A-Za-z(]", right)
    return " " if latin and left.isascii() else ""


def join_wrapped_lines(lines: Sequence[RawLine]) -> tuple[list[RawLine], int | None]:
    """Join lines that a program broke at a fixed width; returns that width in columns, or None."""
    columns = _wrapped_at([line.text for line in lines if line.text.strip() and line.level is None])
    if columns is None:
        return list(lines), None
    indents = sum(line.text.startswith(_INDENT) for line in lines) >= 2
    joined: list[RawLine] = []
    full = False  # whether the last line reaches the right edge
    for number, line in enumerate(lines):
        following = _next_text(lines, number + 1)
        if full and line.level is None and _goes_on(joined[-1].text, line.text, following, indents):
            left, right = joined[-1].text.rstrip(), line.text.strip()
            joined[-1] = RawLine(left + _between(left, right) + right)
        else:
            joined.append(line)
        full = line.level is None and _width(line.text) >= columns - _RAGGED
    return joined, columns


def _goes_on(left: str, right: str, following: str, indents: bool) -> bool:
    """Say whether a full line goes on in the next one.

    Where paragraphs are indented, a line that is not goes on even if the one before ends a sentence.
    """
    if not right.strip() or left.rstrip()[-1] in ":：" or (ends_sentence(left) and not indents):
        return False
    return not _starts_anew(right, following)


def _wrapped_at(texts: Sequence[str]) -> int | None:
    """Return the width at which most lines end in mid-sentence, or None for text that is not wrapped."""
    if len(texts) < _FEWEST_LINES:
        return None
    ninth_tenth = int(0.9 * (len(texts) - 1))
    if sorted(map(len, texts))[ninth_tenth] > _WIDEST:
        return None
    columns = sorted(map(_width, texts))[ninth_tenth]
    full = [text for text in texts if columns - _RAGGED <= _width(text) <= columns + 2]
    if not _NARROWEST <= columns <= _WIDEST or len(full) < len(texts) // 2:
        return None
    torn = [text for text in full if not ends_sentence(text) and not is_table_row(text)]
    running = [text for text in torn if has_clause(text)]
    return columns if len(torn) > 0.7 * len(full) and len(running) > 0.5 * len(full) else None


def _width(text: str) -> int:
    """Return how many columns a line takes: two for each character beyond ASCII."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))
