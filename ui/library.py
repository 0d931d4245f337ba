"""The library tab: which documents answers rest on, bringing new ones, removing old ones, checking a code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.api.access import Caller
from assistant.model import AddReport, Citation
from documents.errors import PolicyAssistantError
from ui import evidence, rendering
from ui.codes import citation_of_code
from ui.context import PageContext, http_request, surface
from ui.evidence import EvidencePanel, row_evidence
from ui.library_view import UploadState, as_seen, library_view
from ui.refusals import why

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_MB = 1_000_000


def uploaded_files(sent: object) -> list[Path]:
    """Return the uploads that a browser names: files where Gradio receives them, and no others."""
    folder = Path(get_upload_folder()).resolve()
    named = [item.get("path") for item in sent if isinstance(item, dict)] if isinstance(sent, list) else []
    paths = [Path(path).resolve() for path in named if isinstance(path, str)]
    return [path for path in paths if folder in path.parents and path.is_file()]


class Library:
    """The library tab; nothing is kept here between events."""

    def __init__(self, context: PageContext) -> None:
        self.context = context

    def build(self, tab: gr.Tab) -> None:
        """Lay the tab out inside the Blocks context that is open, and connect its events."""
        with gr.Row(elem_classes=["pa-columns"]):
            with gr.Column(scale=7):
                self.drop = surface(events=("bring",))
                self.uploads = surface()
                self.documents = surface(events=("open", "remove", "row", "code"))
            with gr.Column(scale=4):
                self.panel = EvidencePanel(self.context)
        tab.select(self.listed, None, [self.documents, self.drop], **_QUIET)
        self.drop.bring(self.brought, None, [self.uploads, self.documents], **_QUIET)
        self.documents.open(self.opened, None, self.panel.html, **_QUIET)
        self.documents.row(self.stated, None, self.panel.html, **_QUIET)
        self.documents.remove(self.removed, None, self.documents, **_QUIET)
        self.documents.code(self.checked, None, self.panel.html, **_QUIET)

    def _table(self, caller: Caller, notice: str = "") -> str:
        filters = caller.filters()
        records = self.context.assistant.documents(filters=filters)
        view = library_view(
            [as_seen(record, caller.groups) for record in records],
            self.context.assistant.indicators(filters=filters),
        )
        return rendering.library(view, self.context.texts, may_write=caller.may("write"), notice=notice)

    def listed(self, request: gr.Request) -> tuple[str, object]:
        """Show the documents; the upload box only to those who may use it."""
        caller = self.context.caller(request)
        limit = self.context.host.upload_limit_bytes
        drop = rendering.render(
            "upload.html",
            self.context.texts,
            may_write=caller.may("write"),
            limit_bytes=limit,
            limit=limit // _MB,
        )
        return self._table(caller), drop

    # bringing documents

    def brought(self, request: gr.Request, event: gr.EventData) -> Iterator[tuple[object, object]]:
        """Index the files one by one and tell how far each is; what fails never stops the rest."""
        caller = self.context.caller(request, "write")
        files = uploaded_files(cast(dict[str, object], event._data).get("files"))
        states = [UploadState(path.name) for path in files]
        try:
            for position, path in enumerate(files):
                states[position] = replace(states[position], stage="reading")
                yield rendering.uploads(states, self.context.texts), gr.skip()
                states[position] = self._indexed(path, request, caller)
        finally:
            for path in files:
                path.unlink(missing_ok=True)
        yield rendering.uploads(states, self.context.texts), self._table(caller)

    def _indexed(self, path: Path, request: gr.Request, caller: Caller) -> UploadState:
        name, texts = path.name, self.context.texts
        size, limit = path.stat().st_size, self.context.host.upload_limit_bytes
        if size > limit:
            reason = texts.say("too_large", size=f"{size / _MB:.1f}", limit=limit // _MB)
            return UploadState(name, "failed", why=reason)
        try:
            report = self._store(path, request, caller)
        except PolicyAssistantError as error:
            return UploadState(name, "failed", why=why(error, texts))
        return UploadState(
            name, report.state, report.passages, report.indicators, report.error or "", report.notes
        )

    def _store(self, path: Path, request: gr.Request, caller: Caller) -> AddReport:
        if self.context.host.store_upload is not None:
            return self.context.host.store_upload(http_request(request), path, path.name)
        return self.context.assistant.add([path], groups=caller.groups or frozenset())[0]

    # looking at them and removing them

    def _sent(self, event: gr.EventData, name: str) -> str:
        value = cast(dict[str, object], event._data).get(name)
        return value if isinstance(value, str) else ""

    def opened(self, request: gr.Request, event: gr.EventData) -> str:
        """Show a whole document."""
        filters = self.context.caller(request).filters()
        try:
            document = self.context.assistant.document(self._sent(event, "document"), filters=filters)
        except PolicyAssistantError:
            return rendering.evidence(None, self.context.texts, self.context.texts.say("gone"))
        first = document.sections[0] if document.sections else None
        start = Citation(
            1, document.id, document.revision, document.title, first.title if first else "",
            first.byline if first else None, document.page_of(0), 0, 0, "",
        )  # fmt: skip
        return evidence.show(self.context, start, (), filters, whole=True)

    def stated(self, request: gr.Request, event: gr.EventData) -> str:
        """Show the sentence behind one of two figures that disagree."""
        filters = self.context.caller(request).filters()
        return row_evidence(self.context, self._sent(event, "row"), filters)

    def removed(self, request: gr.Request, event: gr.EventData) -> str:
        """Remove a document after the reader confirmed it."""
        caller = self.context.caller(request, "write")
        document_id = self._sent(event, "document")
        try:
            title = self.context.assistant.document(document_id, filters=caller.filters()).title
            if self.context.host.remove_document is not None:
                self.context.host.remove_document(http_request(request), document_id)
            else:
                self.context.assistant.remove([document_id])
        except PolicyAssistantError as error:
            return self._table(caller, why(error, self.context.texts))
        return self._table(caller, self.context.texts.say("removed", title=title))

    def checked(self, request: gr.Request, event: gr.EventData) -> str:
        """Check a verification code from a report and show what it cites."""
        filters = self.context.caller(request).filters()
        found = citation_of_code(self._sent(event, "code"), self.context.assistant, filters)
        if isinstance(found, str):
            return rendering.evidence(None, self.context.texts, self.context.texts.say(f"code_{found}"))
        verdict = self.context.assistant.verify([found], filters=filters)[0]
        return evidence.show(self.context, found, (), filters, verification=verdict)
