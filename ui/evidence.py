"""The evidence panel: the original text of a citation, beside whatever asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import gradio as gr
from pydantic import TypeAdapter, ValidationError

from assistant.ledger_rows import ledger_rows
from assistant.model import Citation, Verification
from documents.errors import PolicyAssistantError
from index.model import SearchFilter
from ui import rendering
from ui.context import PageContext, surface
from ui.conversation import figure_of
from ui.evidence_view import evidence_of

_CARRIED: TypeAdapter[tuple[tuple[str, int, int], ...]] = TypeAdapter(tuple[tuple[str, int, int], ...])
_CITATION = TypeAdapter(Citation)
_PARTS = ("name", "subject", "period", "hedge", "comparator")


def show(
    context: PageContext,
    citation: Citation,
    carried: Sequence[tuple[str, int, int]],
    filters: SearchFilter,
    *,
    whole: bool = False,
    verification: Verification | None = None,
) -> str:
    """Return the panel's HTML for a citation, or why it cannot be shown."""
    try:
        document = context.assistant.document(citation.document_id, filters=filters)
    except PolicyAssistantError:
        return rendering.evidence(None, context.texts, context.texts.say("gone"))
    labels = {part: context.texts.say(f"part_{part}") for part in _PARTS}
    known = [part for part in carried if part[0] in labels]
    view = evidence_of(citation, document, known, labels, whole=whole, verification=verification)
    return rendering.evidence(view, context.texts)


def row_evidence(context: PageContext, row_id: str, filters: SearchFilter) -> str:
    """Return the panel's HTML for the sentence that states a row of the ledger."""
    gone = rendering.evidence(None, context.texts, context.texts.say("gone"))
    row = next((row for row in context.assistant.indicators(filters=filters) if row.id == row_id), None)
    if row is None:
        return gone
    try:
        stated = ledger_rows(context.assistant, [row], filters)[0]
        document = context.assistant.document(row.document_id, filters=filters)
    except PolicyAssistantError:  # removed between the table and the click
        return gone
    citation = Citation(
        marker=1,
        document_id=document.id,
        revision=document.revision,
        title=document.title,
        section=stated.section,
        byline=stated.byline,
        page=document.page_of(row.clause.start),
        start=row.clause.start,
        end=row.clause.end,
        quote=stated.quote,
    )
    return show(context, citation, figure_of(row, 1).carried, filters)


class EvidencePanel:
    """One panel on the page; `html` is what others write `show(...)` into."""

    def __init__(self, context: PageContext) -> None:
        self.context = context
        self.html = surface(
            rendering.evidence(None, context.texts),
            events=("verify", "whole", "close"),
            elem_classes=["pa-side"],
        )
        quiet = {"show_progress": "hidden", "api_visibility": "private"}
        self.html.verify(self.verified, None, self.html, **quiet)
        self.html.whole(self.turned, None, self.html, **quiet)
        self.html.close(self.closed, None, self.html, **quiet)

    def closed(self) -> str:
        """Empty the panel."""
        return rendering.evidence(None, self.context.texts)

    def verified(self, request: gr.Request, event: gr.EventData) -> str:
        """Check the shown citation against the stored text as it is now."""
        return self._again(request, event, verify=True)

    def turned(self, request: gr.Request, event: gr.EventData) -> str:
        """Open the whole document at the citation, or fold it again."""
        return self._again(request, event, turn=True)

    def _again(
        self, request: gr.Request, event: gr.EventData, *, verify: bool = False, turn: bool = False
    ) -> str:
        sent = cast(dict[str, object], event._data)
        filters = self.context.caller(request).filters()
        try:
            citation = _CITATION.validate_python(sent.get("citation"))
            carried = _CARRIED.validate_python(sent.get("carried"))
        except ValidationError:  # no page of ours sent this
            return self.closed()
        whole = bool(sent.get("whole")) is not turn
        verification = self.context.assistant.verify([citation], filters=filters)[0] if verify else None
        return show(self.context, citation, carried, filters, whole=whole, verification=verification)
