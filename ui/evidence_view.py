"""What the evidence panel shows of one citation: its paragraphs, its article, and the marks on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Citation, Verification
from documents.model import Document, Section, Span
from ui.marking import Mark, Paragraph, lines_of, runs_of

WINDOW = 400  # lines of a whole document that are shown at once


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A citation with the text around it. `older` and `newer` count the lines that are not shown."""

    citation: Citation
    document: Document
    section: Section | None
    paragraphs: tuple[Paragraph, ...]
    carried: tuple[tuple[str, str], ...] = ()  # part, the text it was carried from
    carried_spans: tuple[tuple[str, int, int], ...] = ()
    whole: bool = False
    older: int = 0
    newer: int = 0
    verification: Verification | None = None
    stale: bool = False  # the stored text is another revision than the cited one


def section_at(document: Document, span: Span) -> Section | None:
    """Return the innermost section that holds `span`."""
    holding = [section for section in document.sections if section.span.holds(span)]
    return max(holding, key=lambda section: section.level, default=None)


def marks_on(
    citation: Citation, carried: Sequence[tuple[str, int, int]], labels: dict[str, str]
) -> list[Mark]:
    """Return the marks for the quotation and for what its figures took from elsewhere."""
    marks = [Mark(citation.span, "quote")]
    marks += [Mark(Span(start, end), "carried", labels.get(part, part)) for part, start, end in carried]
    return marks


def _roles(document: Document) -> dict[int, str]:
    """Map where a line of a title or byline starts to its role."""
    roles = {}
    for section in document.sections:
        for span, role in ((section.title_span, "title"), (section.byline_span, "byline")):
            if span is not None:
                roles.update({line.start: role for line in lines_of(document.text, span)})
    return roles


def _paragraphs(document: Document, lines: Sequence[Span], marks: Sequence[Mark]) -> tuple[Paragraph, ...]:
    made = []
    roles = _roles(document)
    previous = lines[0].start if lines else 0
    for line in lines:
        gap = "".join(document.text[previous : line.start].split()) != ""
        made.append(Paragraph(line, runs_of(document.text, line, marks), roles.get(line.start, "body"), gap))
        previous = line.end
    return tuple(made)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and one.end > other.start


def evidence_of(
    citation: Citation,
    document: Document,
    carried: Sequence[tuple[str, int, int]] = (),
    labels: dict[str, str] | None = None,
    *,
    whole: bool = False,
    verification: Verification | None = None,
) -> EvidenceView:
    """Lay out the lines that hold the quotation or a carried part, or with `whole` the document around it.

    A citation of another revision is laid out unmarked, because its offsets say nothing about this text.
    """
    stale = citation.revision != document.revision or citation.span.of(document.text) != citation.quote
    marks = [] if stale else marks_on(citation, carried, labels or {})
    lines = lines_of(document.text, Span(0, len(document.text)))
    older = newer = 0
    if whole or stale:
        at = next((n for n, line in enumerate(lines) if line.end > citation.start), 0)
        first = max(0, at - WINDOW // 2)
        older, newer = first, max(0, len(lines) - first - WINDOW)
        lines = lines[first : first + WINDOW]
    else:
        lines = [line for line in lines if any(_meet(mark.span, line) for mark in marks)]
    return EvidenceView(
        citation=citation,
        document=document,
        section=section_at(document, citation.span),
        paragraphs=_paragraphs(document, lines, marks),
        carried=() if stale else tuple((part, document.text[start:end]) for part, start, end in carried),
        carried_spans=tuple(carried),
        whole=whole,
        older=older,
        newer=newer,
        verification=verification,
        stale=stale,
    )
