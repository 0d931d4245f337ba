"""Rows of the ledger with the evidence that a reader wants beside them: for exports, the API and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant
from documents.model import Document, Indicator
from index.model import SearchFilter


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One figure with the evidence that a reader wants beside it."""

    indicator: Indicator
    title: str  # of the document
    section: str
    byline: str | None
    quote: str  # the clause, as printed


def ledger_rows(
    assistant: Assistant, indicators: Sequence[Indicator], filters: SearchFilter | None = None
) -> list[LedgerRow]:
    """Add to each indicator the document, section and clause that state it; a document is read once."""
    texts: dict[str, Document] = {}
    rows = []
    for row in indicators:
        document = texts.get(row.document_id)
        if document is None:
            document = texts[row.document_id] = assistant.document(row.document_id, filters=filters)
        section = document.sections[row.section] if row.section < len(document.sections) else None
        rows.append(
            LedgerRow(
                indicator=row,
                title=document.title,
                section=section.title if section else "",
                byline=section.byline if section else None,
                quote=row.clause.of(document.text),
            )
        )
    return rows
