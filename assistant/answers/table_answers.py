"""Cells of printed tables: the row that the question names, under the column that it names.

Tables stand in the text as lines of cells between “|”. A cell is answered only when its row label and its column heading
are both asked for; the most or the least of a column names its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.asked_kinds import asked_bound
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.ledger_choice import asks_rate
from assistant.answers.said_periods import says_period
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from documents.folding import fold
from documents.model import Document, Span
from documents.quantities import find_quantities

_LABEL, _HEADING = 0.75, 0.6  # least share of a label or heading that the question must name
_RATE = re.compile("[%‰率幅速比]|增长|增减")
_RULE = re.compile(r"[\s|:\-]+")
_MOST = re.compile(r"最(?:多|高|大|长)|\b(?:most|highest|largest)\b")
_FEWEST = re.compile(r"最(?:少|低|小|短)|\b(?:least|fewest|lowest|smallest)\b")


@dataclass(frozen=True, slots=True)
class _Table:
    """A printed table: headings, and rows of (cells, span of the line)."""

    document: Document
    headings: tuple[str, ...]
    heading_span: Span
    rows: tuple[tuple[tuple[str, ...], Span], ...]


def answer_cell(question: Question, pool: Pool) -> Draft | None:
    """Return the cell that the question asks for, or None."""
    asked = frozenset(gram for term in question.terms for gram in term.grams)
    seen: set[tuple[str, Span]] = set()
    for sentence in pool.sentences:
        if "|" not in sentence.text:
            continue
        table = _table_at(sentence.document, sentence.span.start)
        if table is None or (sentence.document.id, table.heading_span) in seen:
            continue
        seen.add((sentence.document.id, table.heading_span))
        draft = _extreme(question, pool, sentence, table, asked) or _cell(
            question, pool, sentence, table, asked
        )
        if draft is not None:
            return draft
    return None


def _table_at(document: Document, offset: int) -> _Table | None:
    """Return the table that holds `offset`: the lines around it with as many cells as the first of them."""
    lines: list[tuple[tuple[str, ...], Span]] = []
    for match in re.finditer(r"[^\n]+", document.text):
        cells = [cell.strip() for cell in match.group().strip().strip("|").split("|")]
        if len(cells) < 2:
            if lines and lines[-1][1].end >= offset:
                break
            lines = []
        elif not _RULE.fullmatch(match.group()):
            lines.append((tuple(cells), Span(*match.span())))
    if len(lines) < 2 or not lines[0][1].start <= offset <= lines[-1][1].end:
        return None
    return _Table(document, lines[0][0], lines[0][1], tuple(lines[1:]))


def _named(pool: Pool, text: str, asked: frozenset[str]) -> float:
    own = grams(re.sub(r"\(.*?\)", "", fold(text)))
    return pool.mass(own & asked) / pool.mass(own) if own else 0.0


def _cell(
    question: Question, pool: Pool, sentence: Sentence, table: _Table, asked: frozenset[str]
) -> Draft | None:
    rows = [(max(_named(pool, cells[at], asked) for at in (0, 1)), cells, span) for cells, span in table.rows]
    best, cells, span = max(rows, key=lambda row: row[0])
    columns = [(_column_score(question, pool, text, asked), at) for at, text in enumerate(table.headings)][1:]
    score, column = max(columns, key=lambda item: (item[0], -item[1]))
    if best < _LABEL or score < _HEADING or column >= len(cells) or not cells[column]:
        return None
    if asked_bound(question) is not None:
        return None  # a cell is no bound
    if asks_rate(question) and not _RATE.search(table.headings[column]):
        return None  # a level is no growth
    dated = re.search(r"20\d\d", table.headings[column])
    if question.periods and not dated and not says_period(question, sentence, exactly=True):
        return None
    return _draft(question, table, sentence, cells, span, column, min(best, score))


def _column_score(question: Question, pool: Pool, heading: str, asked: frozenset[str]) -> float:
    """Return how well a heading is asked for: by its words, and by a year when it has one."""
    years = set(re.findall(r"20\d\d", heading))
    wanted = {period.label for period in question.periods}
    if years:
        return 0.9 if years & wanted else 0.0
    return _named(pool, heading, asked)


def _extreme(
    question: Question, pool: Pool, sentence: Sentence, table: _Table, asked: frozenset[str]
) -> Draft | None:
    """Return the row with the most or the least of the asked column."""
    most, fewest = _MOST.search(question.key), _FEWEST.search(question.key)
    if not (most or fewest) or not re.search(r"哪|谁|\bwhich\b", question.key):
        return None
    score, column = max((_named(pool, text, asked), at) for at, text in enumerate(table.headings) if at)
    if score < _HEADING:
        return None
    counted = [
        (number, cells, span) for cells, span in table.rows if (number := _number(cells, column)) is not None
    ]
    counted = [row for row in counted if not re.search(r"合计|总计|小计|全[市区县省]", row[1][0])]
    if len(counted) < 2:
        return None
    _, cells, span = (max if most else min)(counted, key=lambda row: row[0])
    return replace(_draft(question, table, sentence, cells, span, column, score), method="ranking")


def _number(cells: Sequence[str], column: int) -> float | None:
    if column >= len(cells):
        return None
    found = find_quantities(cells[column] + "个" if cells[column][-1:].isdigit() else cells[column])
    return found[0].normalized if found else None


def _draft(
    question: Question,
    table: _Table,
    sentence: Sentence,
    cells: Sequence[str],
    span: Span,
    column: int,
    score: float,
) -> Draft:
    heading = re.sub(r"[(（].*?[)）]", "", table.headings[column])
    unit = re.search(r"[(（]([^()（）]{1,6})[)）]", table.headings[column])
    value = cells[column] + (unit.group(1) if unit and cells[column][-1:].isdigit() else "")
    label = cells[1] if re.fullmatch(r"\d{1,3}", cells[0]) and len(cells) > 2 else cells[0]
    text = f"{label},{heading}:{value}" + ("." if question.language == "en" else "。")
    evidence = (
        Evidence(table.document, sentence.section, span),
        Evidence(table.document, sentence.section, table.heading_span),
    )
    return Draft("table", text, evidence, confidence=score)
