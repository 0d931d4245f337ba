"""The indicators tab: the ledger as a table and on a time axis, each figure one click from its sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

import gradio as gr

from assistant.ledger_rows import ledger_rows
from index.model import SearchFilter
from ui import rendering
from ui.context import PageContext, download, download_slot, surface
from ui.evidence import EvidencePanel, row_evidence
from ui.ledger_export import csv_text, write_xlsx
from ui.ledger_view import LedgerChoice, LedgerView, choice_of, chosen_rows, ledger_view

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class Figures:
    """The indicators tab; what is chosen stands in the browser's form and is sent with each event."""

    def __init__(self, context: PageContext) -> None:
        self.context = context

    def build(self, tab: gr.Tab) -> None:
        """Lay the tab out inside the Blocks context that is open, and connect its events."""
        with gr.Row(elem_classes=["pa-columns"]):
            with gr.Column(scale=7):
                self.ledger = surface(events=("filter", "clear", "row"), elem_classes=["pa-ledger-box"])
            with gr.Column(scale=4):
                self.panel = EvidencePanel(self.context)
        self.downloads = download_slot()
        tab.select(self.cleared, None, self.ledger, **_QUIET)
        self.ledger.filter(self.filtered, None, [self.ledger, self.downloads], **_QUIET)
        self.ledger.clear(self.cleared, None, self.ledger, **_QUIET)
        self.ledger.row(self.opened, None, self.panel.html, **_QUIET)

    def _view(self, choice: LedgerChoice, filters: SearchFilter) -> LedgerView:
        records = self.context.assistant.documents(filters=filters)
        return ledger_view(
            self.context.assistant.indicators(filters=filters),
            choice,
            {record.id: record.title for record in records},
            frozenset(record.id for record in records if record.superseded_by),
        )

    def cleared(self, request: gr.Request) -> str:
        """Show every row."""
        view = self._view(LedgerChoice(), self.context.caller(request).filters())
        return rendering.ledger(view, self.context.texts)

    def filtered(self, request: gr.Request, event: gr.EventData) -> tuple[object, object]:
        """Show what the form asks for, or make the file that was asked for."""
        sent = cast(dict[str, object], event._data)
        filters = self.context.caller(request).filters()
        choice = choice_of(sent)
        if sent.get("save") in ("csv", "xlsx"):
            return gr.skip(), self._file(str(sent["save"]), choice, filters)
        return rendering.ledger(self._view(choice, filters), self.context.texts), gr.skip()

    def _file(self, kind: str, choice: LedgerChoice, filters: SearchFilter) -> str:
        titles = {record.id: record.title for record in self.context.assistant.documents(filters=filters)}
        rows = chosen_rows(self.context.assistant.indicators(filters=filters), choice, titles)
        name = self.context.texts.say("tab_figures")
        with_evidence = ledger_rows(self.context.assistant, rows, filters)
        if kind == "csv":
            return download(f"{name}.csv", "text/csv", b"\xef\xbb\xbf" + csv_text(with_evidence).encode())
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.xlsx"
            write_xlsx(with_evidence, path)
            return download(f"{name}.xlsx", _XLSX, path.read_bytes())

    def opened(self, request: gr.Request, event: gr.EventData) -> str:
        """Show the sentence that states the row or point that was clicked."""
        filters = self.context.caller(request).filters()
        wanted = cast(dict[str, object], event._data).get("row")
        return row_evidence(self.context, str(wanted), filters)
