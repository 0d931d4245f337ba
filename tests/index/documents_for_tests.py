"""Small documents with passages and indicators, made from lines of text."""

from documents.model import Document, Indicator, IndicatorKind, Passage, Section, Span
from index.model import IndexEntry


def make_entry(document_id, lines, *, indicators=(), groups=(), superseded=None, title="标题"):
    """One passage a line; `indicators` are (name, subject, period, value, unit) of the first passage."""
    text = "\n".join(lines)
    passages, start = [], 0
    for number, line in enumerate(lines):
        span = Span(start, start + len(line))
        passages.append(Passage(f"{document_id}#{number}", document_id, 0, span, line, context=title))
        start = span.end + 1
    whole = Span(0, len(text))
    section = Section(0, 0, whole, whole, title, None)
    document = Document(document_id, title, text, (section,), source=f"{document_id}.txt", notes=("note",))
    return IndexEntry(
        document,
        tuple(passages),
        tuple(make_indicator(passages[0], at, *row) for at, row in enumerate(indicators)),
        frozenset(groups),
        superseded or {},
    )


def make_indicator(passage, at, name, subject, period, value, unit):
    return Indicator(
        id=f"{passage.id}/{at}",
        document_id=passage.document_id,
        passage_id=passage.id,
        section=0,
        name=name,
        subject=subject,
        period=period,
        value=value,
        unit=unit,
        normalized=None,
        comparator="突破",
        hedge="力争",
        kind=IndicatorKind.TARGET,
        flow=False,
        clause=passage.span,
        value_span=passage.span,
    )


def add(index, *entries):
    return index.add_many(entries)
