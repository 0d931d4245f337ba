"""The indicator ledger: every figure or target that a document states becomes one row with its evidence.

A row is made where a number is printed. Its name stands in front of the number's verb or behind its counting
word; what the clause leaves out is carried from where it was said. No name found with confidence, no row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from documents import carrying, quantities
from documents.carrying import Carried
from documents.hedges import Hedge, find_hedges
from documents.lines import GENRES
from documents.model import Document, Indicator, Part, Passage, Span
from documents.outlook import Outlook, outlook_of
from documents.periods import PeriodMention
from documents.periods import find_in_key as find_periods_in_key
from documents.quantities import Quantity, search_key
from documents.rows import rows_of
from documents.scopes import UNDER, Scopes, owner_of
from documents.statement import Statement
from documents.tables import is_table_line, table_rows

_SENTENCE = re.compile(r"[^。!?]+[。!?]*[”’)]*")
_BASELINE = re.compile(r"在?(?:现有|原有|上年|去年|\d{4}年)[^,。;:\d]{0,6}基础上")
LONGEST_STATEMENT = 1500  # characters of a sentence whose figures are read together
_Found = TypeVar("_Found", Quantity, PeriodMention, Hedge)


def extract_indicators(document: Document, passages: Sequence[Passage]) -> list[Indicator]:
    """Return the rows of the ledger in the order of the text; spans are offsets into `document.text`."""
    ordered = sorted(passages, key=lambda passage: passage.span)
    rows = list(table_rows(document, ordered))
    for statement, carried in _statements(document, ordered):
        rows += rows_of(statement, carried)
    unique = {row.value_span: row for row in reversed(rows)}
    scopes = Scopes(document)
    return [
        _placed(document, row, ordered, scopes)
        for row in sorted(unique.values(), key=lambda row: row.value_span)
    ]


_TITLE_LINE = re.compile(
    rf"(?:附\s*件\s*\d{{0,2}}\s*[:：.]?\s*\d{{0,2}}[.、]?\s*)?[^。，,；;：:！!？?|]{{4,80}}{GENRES}(?:[（(《][^（）()]{{1,20}}[）)》])?"
)


def _is_title(titles: Sequence[Span], start: int, line: str) -> bool:
    """Say whether a line is the title of a document, of this one or of one attached: it states nothing."""
    before = bisect_right(titles, start, key=lambda title: title.start) - 1
    if before >= 0 and start < titles[before].end:
        return True
    return _TITLE_LINE.fullmatch(line.strip()) is not None


def _placed(document: Document, row: Indicator, passages: Sequence[Passage], scopes: Scopes) -> Indicator:
    """Say in which passage the value stands, and under which heads of items and articles."""
    place = bisect_right([passage.span.start for passage in passages], row.value_span.start) - 1
    passage = passages[max(place, 0)]
    above = scopes.above(row.value_span.start)
    heads = {
        f"{UNDER}{number}": Part(head.of(document.text), head, inherited=True)
        for number, head in enumerate(above, 1)
    }
    if (owner := owner_of(row.name, above, document)) is not None:
        row = replace(row, name=owner.text + row.name, parts=row.parts | {"owner": owner})
    return replace(row, passage_id=passage.id, section=passage.section, parts=row.parts | heads)


def _statements(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[Statement, Carried]]:
    """Yield the sentences that hold figures, with what is carried to them; paragraphs are lines."""
    key = search_key(document.text)
    reference = carrying.reference_of(document)
    hedges = find_hedges(document.text, key)
    figures = quantities.find_in_key(document.text, key, hedges)
    mentions = find_periods_in_key(document.text, key, reference)
    usable = carrying.usable_periods(key, mentions)
    outlooks: dict[int, Outlook] = {}
    headings: dict[int, PeriodMention | None] = {}
    plans: dict[int, PeriodMention | None] = {}
    looks_back = False  # on the years of a plan: 五年来,…
    one_year: dict[Span, bool] = {}  # whether what holds below a heading is still its year
    for line, section in _lines(document, passages):
        if section not in outlooks:
            outlooks[section] = outlook_of(document, section, reference)
            headings[section] = carrying.period_of_headings(document, section, reference)
            plans[section] = carrying.plan_of_headings(document, section)
        opened, titled = carrying.year_that_opens(key, line, mentions), headings[section]
        if opened is not None and titled is not None and opened.label == titled.label:
            one_year[titled.span] = True  # of what stands below the same heading, in its items, too
        above = headings[section] = opened or titled
        if above is not None and above.span not in one_year:
            one_year[above.span] = carrying.begins_with_one_year(document, above)
        carried = Carried()
        earlier: list[PeriodMention] = []
        for span, begins in _spoken(key, line, figures):
            inside, hedged = _within(figures, span), _within(hedges, span)
            said = ([] if begins else earlier) + _within(usable, span)
            earlier = said[-1:]
            if begins:
                carried.begin_sentence(span)
            if above is not None:
                told = carrying.speaks_of_one_year(key, span)
                one_year[above.span] = one_year[above.span] if told is None else told
                looks_back = looks_back if told is None else not told
                holds = above.start_year != above.end_year or one_year[above.span]
                carried.heading_period = above if holds else plans[section] if looks_back else None
            if inside:
                cuts = [Span(*one.span()) for one in _BASELINE.finditer(key, *span)]
                cuts += [one.span for one in inside if one.is_duration]
                cuts += [one.span for one in hedged] + [one.span for one in _within(mentions, span)]
                cuts.sort(key=lambda cut: cut.end)  # a period counts before a hedge that ends with it
                yield (
                    Statement(document, key, span, section, inside, said, hedged, cuts, outlooks[section]),
                    carried,
                )
            if begins and said and said[0].span.start - span.start <= 2 and _holds_on(said[0]):
                carried.paragraph_period = said[0]


def _spoken(key: str, line: Span, figures: Sequence[Quantity]) -> Iterator[tuple[Span, bool]]:
    """Yield the sentences of a line, one that has no end in pieces, and whether a sentence begins there.

    Every figure is read beside all others of its sentence: without a bound a list of 10,000 figures takes hours.
    """
    for match in _SENTENCE.finditer(key, line.start, line.end):
        start, end = match.span()
        while end - start > LONGEST_STATEMENT:
            limit = start + LONGEST_STATEMENT
            cut = max(key.rfind(mark, start + LONGEST_STATEMENT // 2, limit) for mark in ",;:、") + 1 or limit
            torn = [
                one.full_span.start
                for one in _within(figures, Span(start + 1, cut))
                if one.full_span.end > cut
            ]
            cut = min([cut, *torn])
            yield Span(start, cut), start == match.start()
            start = cut
        yield Span(start, end), start == match.start()


def _holds_on(period: PeriodMention) -> bool:
    """Say whether a period that opens a sentence holds for the next ones: a year does, a day does not."""
    return not period.by and re.fullmatch(r"\d{4}(?:-\d{4}|-[QH]\d.*)?", period.label or "") is not None


def _within(found: Sequence[_Found], span: Span) -> list[_Found]:
    """Return what begins in `span`, from a list in the order of the text."""
    first = bisect_right(found, span.start - 1, key=lambda one: one.span.start)
    last = bisect_right(found, span.end - 1, key=lambda one: one.span.start)
    return list(found[first:last])


def _lines(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[Span, int]]:
    """Yield the paragraphs that passages cover, tables left out, each with its section."""
    done = 0
    titles = [one.title_span for one in document.sections if one.level == 0 and one.title_span]
    for passage in passages:
        for match in re.finditer(r"[^\n]+", passage.text):
            start = passage.span.start + match.start()
            if start < done:
                continue
            end = document.text.find("\n", start)
            end = len(document.text) if end < 0 else end
            done = end
            line = document.text[start:end]
            if not is_table_line(line) and not _is_title(titles, start, line):
                yield Span(start, end), passage.section
