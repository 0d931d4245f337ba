"""Citations: made from spans, checked against stored text before an answer is spoken and whenever anyone asks.

A citation pins a revision (SHA-256 of the text) and a half-open range of code points. It is `found` when the stored
text still says the quote at that place, `moved` when exactly these words now stand elsewhere in the document,
`altered` when the place says something else, `superseded` when the words stand but another document has replaced
this one, and `not_found` when the document (or everything like the quote) is gone.
"""

from __future__ import annotations

import difflib

from assistant.answers.drafts import Evidence
from assistant.answers.evidence import holders
from assistant.model import Citation, Verdict, Verification
from documents.model import Document, Section

_ALIKE = 0.6  # share of a quote's characters that must stand in a passage for it to be the same, altered


def cite(marker: int, evidence: Evidence) -> Citation:
    """Return the citation of a span, with what a reader needs to find it."""
    document, section, span = evidence.document, evidence.section, evidence.span
    return Citation(
        marker=marker,
        document_id=document.id,
        revision=document.revision,
        title=document.title,
        section=section.title,
        byline=_byline(document, section),
        page=document.page_of(span.start),
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
    )


def _byline(document: Document, section: Section) -> str | None:
    return next((at.byline for at in holders(document, section) if at.byline), None)


def verify(
    citation: Citation, document: Document | None, *, superseded_by: str | None = None
) -> Verification:
    """Return the verdict on `citation` against `document` as it is stored now (None when there is none)."""
    if document is None:
        why = f"no document {citation.document_id} is in the index"
        return Verification(Verdict.NOT_FOUND, why, citation.document_id)
    inside = 0 <= citation.start < citation.end <= len(document.text)
    if inside and document.text[citation.start : citation.end] == citation.quote:
        return _standing(citation, document, superseded_by)
    if not citation.quote:
        return Verification(Verdict.ALTERED, "the quote is empty", document.id)
    at = document.text.find(citation.quote)
    if at >= 0:
        why = f"the words stand at {at}–{at + len(citation.quote)}, not at {citation.start}–{citation.end}"
        return Verification(Verdict.MOVED, why, document.id, at, at + len(citation.quote))
    return _changed(citation, document, inside)


def _standing(citation: Citation, document: Document, superseded_by: str | None) -> Verification:
    if superseded_by:
        why = f"the words stand as quoted, but {superseded_by} has replaced this document"
        return Verification(Verdict.SUPERSEDED, why, document.id, citation.start, citation.end)
    if citation.revision != document.revision:
        why = "the words stand at this place, in a later revision of the document"
    else:
        why = "the words stand at this place as quoted"
    return Verification(Verdict.FOUND, why, document.id, citation.start, citation.end)


def _changed(citation: Citation, document: Document, inside: bool) -> Verification:
    """Tell a quote that was changed from one that is nothing like the document."""
    printed = document.text[citation.start : citation.end] if inside else ""
    if _alike(printed, citation.quote):
        why = f"the document says {_differences(printed, citation.quote)}"
        return Verification(Verdict.ALTERED, why, document.id, citation.start, citation.end)
    near = _nearest(document.text, citation.quote)
    if near is not None:
        start, end = near
        why = f"the document says {_differences(document.text[start:end], citation.quote)}"
        return Verification(Verdict.ALTERED, why, document.id, start, end)
    return Verification(Verdict.NOT_FOUND, "nothing like the quote stands in the document", document.id)


def _alike(printed: str, quote: str) -> bool:
    return bool(printed) and difflib.SequenceMatcher(None, printed, quote, autojunk=False).ratio() >= _ALIKE


def _nearest(text: str, quote: str) -> tuple[int, int] | None:
    """Return the range most like `quote`, found by the longest piece of it that the text prints."""
    for size in (len(quote) // 2, len(quote) // 3, len(quote) // 4):
        if size < 4:
            break
        for offset in range(0, len(quote) - size + 1, max(1, size // 2)):
            at = text.find(quote[offset : offset + size])
            start = max(0, at - offset)
            end = min(len(text), start + len(quote))
            if at >= 0 and _alike(text[start:end], quote):
                return start, end
    return None


def _differences(printed: str, quote: str) -> str:
    """Return in words where two texts differ first: “2000亿元”, not “5000亿元”."""
    matcher = difflib.SequenceMatcher(None, printed, quote, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            left, right = max(0, a - 4), min(len(printed), b + 4)
            return f"“{printed[left:right]}”, not “{quote[max(0, c - 4) : min(len(quote), d + 4)]}”"
    return f"“{printed[:20]}”"


def section_at(document: Document, start: int) -> Section:
    """Return the innermost section that holds an offset."""
    holding = [section for section in document.sections if section.span.start <= start < section.span.end]
    return max(holding, key=lambda section: section.level, default=document.sections[0])
