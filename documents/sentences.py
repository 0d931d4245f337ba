"""Sentences and clauses as spans; quoted units stay whole.

A quoted unit (“…”, （…）, 《…》 and their like) is closed in the paragraph that opens it. Short units are
never cut; a long speech in quotes is cut like any other text, or a whole interview would be one sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from documents.model import Span

_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "[": "]",
}
_CLOSERS = frozenset(_PAIRS.values()) | {'"', "'"}
_SENTENCE_MARKS = frozenset("。！？!?；;…")
_SENTENCE_MARK = re.compile(r"[。！？!?；;….]")
_CLAUSE_MARK = re.compile(r"[。！？!?；;…,，：:]")
_UNIT_MARK = re.compile(f"[{re.escape(''.join({*_PAIRS, *_CLOSERS}))}]")
_LONGEST_WHOLE_SENTENCE_UNIT = 100  # a quotation longer than this is running text
_LONGEST_WHOLE_CLAUSE_UNIT = 60
_LONGEST_EMBEDDED = 30  # 回答“怎么办？”的问题: a quotation that is a part of its sentence
_NOT_A_START = frozenset("，,、；;：:。！？!?…—")


def sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences of `text` within `span`, without the white space between them.

    A sentence ends after 。！？!?；;… with the quotes that close there, or at the end of a line. No
    character other than white space is left out, and none is in two sentences.
    """
    found: list[Span] = []
    for line in _lines(text, span):
        start = line.start
        units = _units(line.of(text))
        for match in _SENTENCE_MARK.finditer(text, line.start, line.end):
            if match.start() < start:
                continue  # one of several marks together, or a mark behind the one that ended a sentence
            after = _sentence_end(text, line, match.start(), units)
            if after is not None:
                found.append(Span(start, after))
                start = _skip_space(text, after, line.end)
        if start < line.end:
            found.append(Span(start, line.end))
    return found


def line_of(text: str, span: Span) -> Span:
    """Return the line of `text`, or the lines, that `span` stands in, without the mark that ends them."""
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def clauses(text: str, span: Span) -> list[Span]:
    """Return the clauses of `text` within `span`, without the mark that ends each.

    Clauses end at ，,；;：:。！？!?… (a closing quote behind the mark belongs to the clause, mark and all)
    and at line ends, never at 、, never inside a number (1,000), a time (8:30) or a short quoted unit. The
    span from one clause's start to a later one's end is a quotation.
    """
    found: list[Span] = []
    for line in _lines(text, span):
        units = [unit for unit in _units(line.of(text)) if unit[1] - unit[0] < _LONGEST_WHOLE_CLAUSE_UNIT]
        start = line.start
        for match in _CLAUSE_MARK.finditer(text, line.start, line.end):
            position = match.start()
            if _inside(position - line.start, units):
                continue
            if _inside_number(text, position):
                continue
            if position < start:
                continue
            after = position + 1
            while after < line.end and text[after] in _CLOSERS:
                after += 1
            _append_trimmed(found, text, start, position if after == position + 1 else after)
            start = after
        _append_trimmed(found, text, start, line.end)
    return found


def _lines(text: str, span: Span) -> list[Span]:
    """Return the lines within `span` that hold more than white space, their ends trimmed."""
    found = []
    for match in re.finditer(r"[^\n]+", text[span.start : span.end]):
        start, end = span.start + match.start(), span.start + match.end()
        trimmed = _trim(text, start, end)
        if trimmed.start < trimmed.end:
            found.append(trimmed)
    return found


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


@lru_cache(maxsize=512)
def _units(line: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the opening and closing mark of each quoted unit; unclosed ones are none."""
    stack: list[tuple[str, int]] = []
    found = []
    straight: int | None = None
    for match in _UNIT_MARK.finditer(line):
        position, character = match.start(), match.group()
        if character == '"':
            if straight is None:
                straight = position
            else:
                found.append((straight, position))
                straight = None
        elif character in _PAIRS:
            stack.append((_PAIRS[character], position))
        elif character in _CLOSERS:
            depth = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][0] == character), None)
            if depth is not None:
                found.append((stack[depth][1], position))
                del stack[depth:]
    return tuple(found)


def _inside(offset: int, units: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> bool:
    return any(start < offset < end for start, end in units)


def _sentence_end(text: str, line: Span, position: int, units: tuple[tuple[int, int], ...]) -> int | None:
    """Return where the sentence ends if it does so with the mark at `position`."""
    mark = text[position]
    if mark == ".":
        return position + 1 if _ends_english_sentence(text, position, line.end) else None
    if mark not in _SENTENCE_MARKS:
        return None
    after = position + 1
    while after < line.end and text[after] in _SENTENCE_MARKS:
        after += 1
    while after < line.end and text[after] in _CLOSERS:
        after += 1
    around = [unit for unit in units if unit[0] < position - line.start < unit[1]]
    still_open = [unit for unit in around if unit[1] >= after - line.start]
    if any(unit[1] - unit[0] <= _LONGEST_WHOLE_SENTENCE_UNIT for unit in still_open):
        return None
    if around and _is_embedded(text, line, around[0], after):
        return None
    if after < line.end and text[after] in _NOT_A_START:
        return None if around else after
    return after


def _is_embedded(text: str, line: Span, unit: tuple[int, int], after: int) -> bool:
    """Say whether the quotation is a part of its sentence, as in 回答“怎么办？”的问题."""
    if unit[1] - unit[0] > _LONGEST_EMBEDDED or after >= line.end:
        return False
    before = text[line.start + unit[0] - 1] if unit[0] else "。"
    return before.isalnum()


def _ends_english_sentence(text: str, position: int, end: int) -> bool:
    """Say whether a full stop ends an English sentence: a small letter before, space and a capital after."""
    if position == 0 or not (text[position - 1].islower() or text[position - 1] in ")”\"'%"):
        return False
    following = text[position + 1 : min(end, position + 4)]
    return re.match(r"\s+[A-Z\u4e00-\u9fff“\"]", following) is not None


def _inside_number(text: str, position: int) -> bool:
    """Say whether a comma or colon stands inside a number or a time."""
    mark = text[position]
    if mark not in ",，:：" or position == 0 or not text[position - 1].isdigit():
        return False
    if mark in ":：":
        return re.match(r"\d{1,2}(?!\d)", text[position + 1 : position + 4]) is not None
    return re.match(r"\d{3}(?!\d)", text[position + 1 : position + 5]) is not None


def _append_trimmed(found: list[Span], text: str, start: int, end: int) -> None:
    trimmed = _trim(text, start, end)
    if trimmed.start < trimmed.end:
        found.append(trimmed)
