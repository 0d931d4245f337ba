"""Text with marked spans, cut into runs that a template can print.

Offsets here are code points of `Document.text`, as everywhere; a browser counts UTF-16 units, so no
offset is ever sent to one: what is marked is decided here, and the browser gets elements. The one
function for those who do count in a browser is `utf16_offset`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.model import Span

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the document's text and what it is: "quote", "carried", "figure"."""

    span: Span
    kind: str
    label: str = ""  # told to readers who point at it: 年份由此承接


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks."""

    text: str
    kinds: tuple[str, ...] = ()
    label: str = ""
    first: bool = False  # the first run of a quotation: where the view opens


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the document's text in runs. `role` is "title", "byline" or "body"."""

    span: Span
    runs: tuple[Run, ...]
    role: str = "body"
    gap: bool = False  # something was left out before this paragraph


def lines_of(text: str, within: Span) -> list[Span]:
    """Return the non-empty lines of `text` inside `within`, without surrounding white space."""
    spans = []
    for match in _LINE.finditer(text, within.start, within.end):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - len(line) + len(line.rstrip())
        if start < end:
            spans.append(Span(start, end))
    return spans


def runs_of(text: str, within: Span, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """Cut `text[within]` at the bounds of the marks; the runs joined are the text again."""
    inside = [mark for mark in marks if mark.span.start < within.end and mark.span.end > within.start]
    bounds = {within.start, within.end}
    for mark in inside:
        bounds.update((max(mark.span.start, within.start), min(mark.span.end, within.end)))
    cuts = sorted(bounds)
    runs = []
    for start, end in pairwise(cuts):
        over = [mark for mark in inside if mark.span.holds(Span(start, end))]
        runs.append(
            Run(
                text[start:end],
                tuple(sorted({mark.kind for mark in over})),
                " ".join(dict.fromkeys(mark.label for mark in over if mark.label)),
                any(mark.kind == "quote" and mark.span.start == start for mark in over),
            )
        )
    return tuple(runs)


def utf16_offset(text: str, offset: int) -> int:
    """Return how many UTF-16 units a browser counts before code point `offset` of `text`."""
    return len(text[:offset].encode("utf-16-le")) // 2
