"""Tables that were pasted with one cell a line are put into rows again, their cells apart by tabs.

A table is known by its numbers: a header that begins with 序号, then 1, 2, 3 … each as many lines behind the one before
as the header has cells. Only line ends become tabs; nothing else changes, and a table that does not keep its step is
left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.lines import RawLine

_NUMBER_HEADER = re.compile(r"序\s*号|编\s*号|项\s*次")
_FEWEST_CELLS, _MOST_CELLS = 3, 10
_FEWEST_ROWS = 2
_LONGEST_HEADER, _LONGEST_CELL = 16, 120


def join_flat_tables(lines: Sequence[RawLine]) -> tuple[list[RawLine], int]:
    """Return the lines with each row of a flattened table on one line, and how many tables there were."""
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    texts = [lines[at].text.strip() for at in filled]
    rows: dict[int, list[str]] = {}  # what stands in place of the line that a row begins with
    gone: set[int] = set()
    tables, at = 0, 0
    while at < len(texts):
        table = _table_at(texts, at) if _NUMBER_HEADER.fullmatch(texts[at]) else []
        tables += bool(table)
        for first, last in table:
            rows[filled[first]] = texts[first:last]
            gone.update(range(filled[first], filled[last - 1] + 1))
        at = table[-1][1] if table else at + 1
    joined = [
        RawLine("\t".join(rows[number])) if number in rows else line
        for number, line in enumerate(lines)
        if number in rows or number not in gone
    ]
    return joined, tables


def _table_at(texts: Sequence[str], start: int) -> list[tuple[int, int]]:
    """Return the rows of the table whose header begins at a line, header first, as [first, last); [] where there is none."""
    nearest = range(start + _FEWEST_CELLS, min(start + _MOST_CELLS + 1, len(texts)))
    first = next((at for at in nearest if texts[at] == "1"), None)
    if first is None or any(not _is_header(text) for text in texts[start:first]):
        return []
    width = first - start
    rows, at = [(start, first)], first
    while at + width <= len(texts) and texts[at] == str(len(rows)):
        if any(len(cell) > _LONGEST_CELL for cell in texts[at : at + width]):
            break
        rows.append((at, at + width))
        at += width
    return rows if len(rows) > _FEWEST_ROWS else []


def _is_header(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and not re.search("[。；;，,：:]", text)
