"""Verification codes: a citation in a form that fits into a footnote and can be typed back.

A code is `<revision>-<start>-<end>-<quote>`: the first ten hexadecimal digits of the document's revision,
the span, and the first eight of the quotation's SHA-256. Nothing is stored to check one: the revision
finds the document, the span finds the words, and the last part says whether they are the quoted ones.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from assistant.model import Citation

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.model import SearchFilter

_CODE = re.compile(r"([0-9a-f]{10})-(\d{1,9})-(\d{1,9})-([0-9a-f]{8})")


def _digest(quote: str) -> str:
    return hashlib.sha256(quote.encode("utf-8")).hexdigest()[:8]


def verification_code(citation: Citation) -> str:
    """Return the code of `citation`."""
    return f"{citation.revision[:10]}-{citation.start}-{citation.end}-{_digest(citation.quote)}"


def citation_of_code(code: str, assistant: Assistant, filters: SearchFilter) -> Citation | str:
    """Find what a code cites among the documents that `filters` shows.

    Returns the citation, or why there is none: "bad" (no code), "unknown" (no document of that revision),
    "altered" (the words at that place are not those that the code was made of).
    """
    match = _CODE.fullmatch("".join(code.split()).lower())
    if match is None:
        return "bad"
    revision, start, end = match[1], int(match[2]), int(match[3])
    record = next((r for r in assistant.documents(filters=filters) if r.revision.startswith(revision)), None)
    if record is None:
        return "unknown"
    document = assistant.document(record.id, filters=filters)
    quote = document.text[start:end]
    if not quote or _digest(quote) != match[4]:
        return "altered"
    holding = [section for section in document.sections if section.span.start <= start < section.span.end]
    section = max(holding, key=lambda section: section.level, default=None)
    return Citation(
        marker=1,
        document_id=document.id,
        revision=document.revision,
        title=document.title,
        section=section.title if section else "",
        byline=section.byline if section else None,
        page=document.page_of(start),
        start=start,
        end=end,
        quote=quote,
    )
