"""Cells of printed tables: the row that the question names, under the column that it names.

Tables stand in the text as lines of cells between “|” or tabs. A cell is answered only when its row label and its column
heading are both asked for, the heading by its words or by the kind of its cells (谁 for 牵头单位); the most or the least
of a column names its row.
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
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from documents.folding import fold
from documents.model import Document, Span
from documents.quantities import find_quantities
from documents.sentences import line_of

_LABEL, _HEADING = 0.75, 0.6  # least share of a label or heading that the question must name
_APART = re.compile(r"\||\t+")
_RATE = re.compile("[%‰率幅速比]|增长|增减")
_RULE = re.compile(r"[\s|:\-]+")
_PART_OF_LABEL = 0.35  # the same for a label of which the question names what no other row has
_OF_COLUMNS = re.compile(r"单位|部门|时限|时间|期限|责任|牵头|配合|主体")
_LED_BY = re.compile(r"(?:牵头|责任|主管|承办|主办|负责|实施)(?:单位|部门|科室|处室|主体|机构)|责任主体")
_DONE_WHEN = re.compile(r"(?:完成|办结|时间|截止)?(?:时限|时间|期限|节点|日期)(?:要求|节点)?$")
_WHO_AND_WHEN = re.compile(  # of both the whole row tells
    r"(?:谁|哪[个家些]|什么部门).*(?:什么时候|何时|时限|几月|哪[天年月])|(?:什么时候|何时|时限|几月).*(?:谁|哪[个家些]|什么部门)"
)
_COLUMN_OF = {Kind.BODY: _LED_BY, Kind.PERSON: _LED_BY, Kind.WHEN: _DONE_WHEN}
_NO_FIGURE = {Kind.PERSON, Kind.WHEN, Kind.LIST}  # what the column of a year never answers
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
    if _WHO_AND_WHEN.search(question.key):
        return None
    asked = frozenset(gram for term in question.terms for gram in term.grams)
    seen: set[tuple[str, Span]] = set()
    for sentence in pool.sentences:
        if not _APART.search(line_of(sentence.document.text, sentence.span).of(sentence.document.text)):
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
        cells = [cell.strip() for cell in _APART.split(match.group().strip().strip("|"))]
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
    rows.sort(key=lambda row: -row[0])
    best, cells, span = rows[0]
    surely = best >= _LABEL or _is_meant(question, pool, table, [(score, row) for score, row, _ in rows[:2]])
    columns = [(_column_score(question, pool, text, asked), at) for at, text in enumerate(table.headings)][1:]
    score, column = max(columns, key=lambda item: (item[0], -item[1]))
    if not surely or score < _HEADING or column >= len(cells) or not cells[column]:
        return None
    if asked_bound(question) is not None:
        return None  # a cell is no bound
    if asks_rate(question) and not _RATE.search(table.headings[column]):
        return None  # a level is no growth
    dated = re.search(r"20\d\d", table.headings[column])
    if question.periods and not dated and not says_period(question, sentence, exactly=True):
        return None
    return _draft(question, table, sentence, cells, span, column, min(best, score))


def _is_meant(
    question: Question, pool: Pool, table: _Table, rows: Sequence[tuple[float, Sequence[str]]]
) -> bool:
    """Say whether the question names a row by a part of its label that no other row has, and nothing else but a column."""
    (best, cells), *others = rows
    label = [(1.0, grams(fold(" ".join(cells[:2]))))]
    headings = [(1.0, grams(fold(" ".join(table.headings))))]
    named = [
        one for one in question.terms
        if one.is_content and not one.optional and not one.is_deed and not _OF_COLUMNS.search(one.text)
        and pool.support(one, headings) < SAID
    ]  # fmt: skip
    clear = best >= _PART_OF_LABEL and all(best >= 2 * score for score, _ in others)
    return clear and bool(named) and all(pool.support(one, label) >= SAID for one in named)


def _column_score(question: Question, pool: Pool, heading: str, asked: frozenset[str]) -> float:
    """Return how well a heading is asked for: by its words, by a year when it has one, by the kind of its cells."""
    years = set(re.findall(r"20\d\d", heading))
    wanted = {period.label for period in question.periods}
    if years:
        return 0.9 if years & wanted and question.kind not in _NO_FIGURE else 0.0
    kind = _COLUMN_OF.get(question.kind)
    of_kind = _HEADING if kind is not None and kind.search(fold(heading)) else 0.0
    return max(_named(pool, heading, asked), of_kind)


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
