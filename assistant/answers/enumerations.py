"""Items printed behind a sentence that announces them: (一)… (二)…, 1.… 2.…, 一是…二是…, ——…, A；B；C, lines that begin alike.

A list begins with its first number and goes on as long as the next number of the same kind follows. Lower numbers belong
to their item; a higher one, or a number that starts again, ends the list, so the list of one paragraph never runs on into
the next. 一是 may stand in the announcing paragraph and 二是 in the one behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from documents.folding import fold
from documents.model import Document, Span
from documents.numerals import whole_number

_NUMERAL = "一二三四五六七八九十"
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第([{_NUMERAL}百]{{1,5}})[编章]")),
    (1, re.compile(rf"第([{_NUMERAL}百\d]{{1,6}})条")),
    (2, re.compile(rf"([{_NUMERAL}]{{1,3}})[、.](?!\d)")),
    (3, re.compile(rf"[(]\s*([{_NUMERAL}]{{1,3}})\s*[)]")),
    (4, re.compile(r"(\d{1,2})(?:[.](?!\d)|、)")),
    (5, re.compile(r"[(]\s*(\d{1,2})\s*[)]")),
    (6, re.compile(r"([①-⑳])")),
    (7, re.compile(r"([a-z])[.](?![a-z])")),
    (8, re.compile(rf"([{_NUMERAL}]{{1,3}})(?:是|要)")),
)
_SAYING = 8  # the ladder's rung of 一是
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_LINE = re.compile(rf"(?:^|(?<=[。;；:：!?！？\n”]))\s*([{_NUMERAL}]{{1,3}})是([^。;；\n]+)")
_NUMBERED_IN_LINE = re.compile(
    rf"(?:^|(?<=[;；。、,，:：])) *(?:[（(]\s*(\d{{1,2}}|[{_NUMERAL}]{{1,3}})\s*[)）]"
    rf"|(\d{{1,2}})(?:[.．](?!\d)|、)|([{_NUMERAL}]{{1,2}})、|([①-⑳]))"
)
_DASHED = re.compile(r"[ \u3000]*(?:——|--)\s*([^。\n]+)")
_HEAD = re.compile(r"[ \u3000]*([^。!?！？;；:：\n]{3,40}。)(?=.)")
_SAID = re.compile(r"表示|介绍|指出|强调|记者|说,")
_REACH = 9000  # characters behind an announcement within which its items stand
_MOST_HEADS = 12
_FIRST_LOST = 2  # the number with which a list may begin whose first item a copy has lost
_CLOSE = 2500  # characters within which each next item stands
_ALIKE = re.compile(rf"^[{_NUMERAL}两\d]{{1,3}}(?:个|大|项|条|种|类)?([\u4e00-\u9fff]{{2,4}})$")


@dataclass(frozen=True, slots=True)
class _Mark:
    """The number at the start of a line: its rung of the ladder (lower is higher up) and its value."""

    rung: int
    number: int


def items_behind(document: Document, offset: int) -> list[Span]:
    """Return the heads of the items of the list that begins right behind an offset, or []."""
    text = document.text
    inline = _sayings(text, offset) or _in_line(text, offset)
    if inline:
        return inline
    found: list[Span] = []
    rung, last, first = None, offset, 0
    for match in re.finditer(r"[^\n]+", text[offset : offset + _REACH]):
        line = match.group().strip()
        start = offset + match.start() + len(match.group()) - len(match.group().lstrip())
        if line.strip("。:：;； \u3000") == "":
            continue
        mark = _mark(line)
        if mark is None or (rung is not None and mark.rung > rung):
            if rung is None:  # the list does not begin here
                return _dashed(text, start) if _DASHED.match(line) else []
            continue
        if rung is None and mark.number <= _FIRST_LOST and text[offset - 1 : offset] in {":", "："}:
            first = mark.number - 1
        if (
            start - last > _CLOSE
            or mark.number != first + len(found) + 1
            or (rung is not None and mark.rung != rung)
        ):
            break
        rung, last = mark.rung, start
        head = re.match(r"[^。]+", line)
        found.append(Span(start, start + len(head.group() if head else line)))
    return found


def lines_alike(document: Document, offset: int, name: str, count: int) -> list[Span]:
    """Return the lines behind an offset that begin with what a set is named after: “八个聚焦”, 聚焦…, 聚焦…."""
    key = _ALIKE.match(name)
    if key is None:
        return []
    text = document.text
    begins = re.compile(rf"(?m)^[ \u3000]*({re.escape(key.group(1))}[^\n。]*)")
    found = [Span(*match.span(1)) for match in begins.finditer(text, offset, offset + _REACH)]
    return found if len(found) == count else []


def paragraph_heads(document: Document, offset: int, count: int | None) -> list[Span]:
    """Return the short first sentences of the paragraphs behind an offset, when just as many begin with one as counted."""
    text = document.text
    at = text.find("\n", offset)
    found: list[Span] = []
    if text[offset : max(at, offset)].strip("”’」』 \u3000"):
        return []  # what stands below belongs to what the paragraph says last
    while at >= 0 and len(found) <= (count or _MOST_HEADS):
        start = at + len(text[at:]) - len(text[at:].lstrip("\n"))
        head = _HEAD.match(text, start)
        if head is None or _SAID.search(fold(head.group(1))):
            break
        found.append(Span(*head.span(1)))
        at = text.find("\n", head.end())
    return found if len(found) == count or (count is None and len(found) > 1) else []


def _in_line(text: str, offset: int) -> list[Span]:
    """Return the items that follow in the line of an offset: 1.…;2.…, or behind a colon what semicolons part."""
    end = (text.find("\n", offset) + 1 or len(text) + 1) - 1
    if not text[offset:end].strip():
        return []
    stop = (text.find("。", offset, end) + 1 or end + 1) - 1
    marks: list[re.Match[str]] = []
    for match in _NUMBERED_IN_LINE.finditer(text, offset, end):
        number = _value(next(filter(None, match.groups())))
        if (marks and _form(match) != _form(marks[0])) or number != len(marks) + 1:
            continue
        if not marks and text[offset : match.start()].strip():
            break
        marks.append(match)
    if len(marks) > 1:
        last = text.find("。", marks[-1].end(), end)
        ends = [following.start() for following in marks[1:]] + [last if last >= 0 else end]
        return [_trimmed(text, mark.start(), at) for mark, at in zip(marks, ends, strict=True)]
    if text[offset - 1 : offset] not in {":", "："}:
        return []
    cuts = [m.start() for m in re.finditer("[;；]", text[offset:stop])]
    bounds = [0, *(cut + 1 for cut in cuts), stop - offset]
    return [_trimmed(text, offset + a, offset + b) for a, b in pairwise(bounds)] if cuts else []


def _form(mark: re.Match[str]) -> tuple[int | None, str]:
    """Return what tells one kind of number in a line from another: its group, and whether it is Arabic."""
    said = next(filter(None, mark.groups()))
    return mark.lastindex, "1" if said.isdigit() else "一"


def _trimmed(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip().rstrip(";；。")))


def _dashed(text: str, offset: int) -> list[Span]:
    """Return the first sentence of each line that begins with a dash, from the line at an offset on."""
    found: list[Span] = []
    at = offset
    while (match := _DASHED.match(text, at)) is not None:
        found.append(Span(*match.span(1)))
        at = text.find("\n", match.end())
        if at < 0:
            break
        at += len(text[at:]) - len(text[at:].lstrip("\n"))
    return found if len(found) > 1 else []


def _sayings(text: str, offset: int) -> list[Span]:
    """Return 一是…, 二是… behind an offset, in its paragraph and those that follow."""
    found: list[Span] = []
    last = offset
    for match in _IN_LINE.finditer(text, offset, offset + _REACH):
        number = _value(match.group(1))
        if number != len(found) + 1 or match.start() - last > _CLOSE:
            break
        if not found and text[offset : match.start()].strip("。:：;； \u3000\n"):
            break
        if any(_is_heading(line) for line in text[last : match.start()].split("\n")[1:]):
            break
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        last = match.end()
        found.append(Span(start, last))
    return found if len(found) > 1 else []


def _is_heading(line: str) -> bool:
    mark = _mark(line.strip())
    return mark is not None and mark.rung < _SAYING


def _mark(line: str) -> _Mark | None:
    """Return the mark that a line begins with, or None."""
    key = fold(line[:12])
    for rung, pattern in _LADDER:
        match = pattern.match(line if rung == 6 else key)
        if match:
            number = _value(match.group(1))
            return None if number is None else _Mark(rung, number)
    return None


def _value(text: str) -> int | None:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text.isascii():
        return int(text) if text.isdigit() else ord(text) - ord("a") + 1
    return whole_number(text)
