"""The chat: a question goes to the assistant with the conversation the browser sent; a card comes back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import gradio as gr

from assistant.api.access import Caller
from assistant.feedback import Feedback
from assistant.model import Answer
from documents.errors import PolicyAssistantError
from ui import evidence, export, rendering
from ui.context import PageContext, download, download_slot, http_request, surface
from ui.conversation import Archive, Card, Conversation, Exchange, archive_restored, card_of, restored
from ui.evidence import EvidencePanel
from ui.questions import ExampleQuestions, follow_ups
from ui.refusals import why

_LOG = logging.getLogger("assistant.page")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_START_EVENTS = ("reopen", "forget")
_EVENTS = ("stop", "cite", "fresh", "good", "feedback", "export")

Shown = tuple[object, object, object, object]  # question box, transcript, conversation, evidence


def _number(event: gr.EventData, name: str) -> int | None:
    """Read a number that a button sent; None for what is none."""
    value = cast(dict[str, object], event._data or {}).get(name)
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _text(event: gr.EventData, name: str, limit: int = 2000) -> str:
    value = cast(dict[str, object], event._data or {}).get(name)
    return value.strip()[:limit] if isinstance(value, str) else ""


class Chat:
    """The chat tab. Its handlers are given the conversation and give it back: none is kept here."""

    def __init__(self, context: PageContext) -> None:
        self.context = context
        self.examples = ExampleQuestions(context.assistant, context.texts.language)

    def build(self, blocks: gr.Blocks, tab: gr.Tab) -> None:
        """Lay the tab out inside the Blocks context that is open, and connect its events."""
        texts = self.context.texts
        self.kept = gr.BrowserState(
            None,
            storage_key="policy-assistant.conversation",
            secret="policy-assistant",  # noqa: S106 — obscures, protects nothing
        )
        self.earlier = gr.BrowserState(
            None,
            storage_key="policy-assistant.conversation-archive",
            secret="policy-assistant",  # noqa: S106 — obscures, protects nothing
        )
        with gr.Row(elem_classes=["pa-columns"]):
            with gr.Column(scale=6, elem_classes=["pa-chat-column"]):
                # Something to read at once. What takes longer stands apart, so that it cannot come late and
                # lie over an answer: what the browser kept, and examples, follow with the load events.
                welcome = rendering.transcript(Conversation(), texts)
                self.transcript = surface(welcome, events=_EVENTS, elem_classes=["pa-scroll"])
                self.start = surface(events=_START_EVENTS, elem_classes=["pa-start-box"])
                with gr.Row(elem_classes=["pa-composer"]):
                    self.box = gr.Textbox(
                        label=texts.say("ask_label"),
                        show_label=False,
                        container=False,
                        placeholder=texts.say("ask_hint"),
                        lines=1,
                        max_lines=6,
                        max_length=2000,
                        autofocus=True,
                        elem_id="pa-ask",
                        scale=1,
                    )
                    self.send = gr.Button(texts.say("send"), scale=0, min_width=84)
                surface(rendering.render("hint.html", texts))
            with gr.Column(scale=5):
                self.panel = EvidencePanel(self.context)
        self.downloads = download_slot()
        self._connect(blocks, tab)

    def _connect(self, blocks: gr.Blocks, tab: gr.Tab) -> None:
        shown = [self.box, self.transcript, self.kept, self.panel.html]
        # One event for all three ways of asking: the browser cancels events one after another, and would
        # cancel a question that was asked while it still waits for the first to end.
        asking = gr.on(
            [self.box.submit, self.send.click, self.transcript.submit, self.start.submit],
            self.asked,
            [self.box, self.kept],
            shown,
            trigger_mode="multiple",
            **_QUIET,
        )
        both = [self.kept, self.earlier]
        self.transcript.stop(self.opened, self.kept, self.transcript, cancels=[asking], **_QUIET)
        self.transcript.cite(self.cited, self.kept, self.panel.html, **_QUIET)
        self.transcript.fresh(self.emptied, both, [*shown, self.earlier, self.start], **_QUIET)
        self.start.reopen(self.reopened, both, [*shown, self.earlier, self.start], **_QUIET)
        self.start.forget(self.forgotten, self.earlier, [self.earlier, self.start], **_QUIET)
        self.transcript.good(self.praised, self.kept, [self.transcript, self.kept], **_QUIET)
        self.transcript.feedback(self.corrected, self.kept, [self.transcript, self.kept], **_QUIET)
        self.transcript.export(self.exported, self.kept, self.downloads, **_QUIET)
        blocks.load(self.opened, self.kept, self.transcript, **_QUIET)
        blocks.load(self.suggested, self.earlier, self.start, **_QUIET)
        tab.select(self.suggested, self.earlier, self.start, **_QUIET)

    # what is shown

    def _answer(
        self, question: str, conversation: Conversation, caller: Caller, request: gr.Request
    ) -> Answer:
        """Ask within the caller's limits and permissions, and have the answer recorded."""
        host = self.context.host
        if host.count is not None:
            host.count(http_request(request), caller)
        answer = self.context.assistant.ask(question, conversation.turns(), filters=caller.filters())
        if host.answered is not None:
            host.answered(caller, answer)
        return answer

    def _read(self, kept: object, request: gr.Request) -> tuple[Caller, Conversation]:
        caller = self.context.caller(request, "ask")
        return caller, restored(kept, caller.id)

    def _transcript(self, conversation: Conversation, notice: str = "") -> str:
        return rendering.transcript(conversation, self.context.texts, notice=notice)

    def _start(self, archive: Archive, caller: Caller) -> str:
        filters = caller.filters()
        examples = self.examples.offered(filters)
        empty = not examples and not self.context.assistant.documents(filters=filters)
        return rendering.start(examples, archive.conversations, self.context.texts, library_empty=empty)

    def opened(self, kept: object, request: gr.Request) -> object:
        """Show the conversation that the browser kept; the welcome stands there already."""
        _, conversation = self._read(kept, request)
        return self._transcript(conversation) if conversation.exchanges else gr.skip()

    def suggested(self, earlier: object, request: gr.Request) -> str:
        """Offer questions about the documents at hand, and earlier conversations."""
        caller = self.context.caller(request, "ask")
        return self._start(archive_restored(earlier, caller.id), caller)

    def emptied(self, kept: object, earlier: object, request: gr.Request) -> tuple[object, ...]:
        """Begin a new conversation; the one before can be opened again."""
        caller, conversation = self._read(kept, request)
        archive = archive_restored(earlier, caller.id).with_latest(conversation)
        return self._changed(Conversation(caller.id), archive, caller)

    def reopened(
        self, kept: object, earlier: object, request: gr.Request, event: gr.EventData
    ) -> tuple[object, ...]:
        """Go on with an earlier conversation."""
        caller, conversation = self._read(kept, request)
        archive, position = archive_restored(earlier, caller.id), _number(event, "position")
        if position is not None and position < len(archive.conversations):
            chosen = archive.conversations[position]
            archive, conversation = archive.without(position).with_latest(conversation), chosen
        return self._changed(conversation, archive, caller)

    def _changed(self, conversation: Conversation, archive: Archive, caller: Caller) -> tuple[object, ...]:
        """Show another conversation than before."""
        shown = self._transcript(conversation)
        start = self._start(archive, caller)
        return "", shown, conversation.stored(), self.panel.closed(), archive.stored(), start

    def forgotten(self, earlier: object, request: gr.Request, event: gr.EventData) -> tuple[object, ...]:
        """Delete an earlier conversation."""
        caller = self.context.caller(request, "ask")
        archive, position = archive_restored(earlier, caller.id), _number(event, "position")
        if position is not None:
            archive = archive.without(position)
        return archive.stored(), self._start(archive, caller)

    # asking

    def asked(self, box: str, kept: object, request: gr.Request, event: gr.EventData) -> Iterator[Shown]:
        """Ask what stands in the box, or what was clicked: a suggestion, or a turn again or edited.

        What followed a turn that is asked again goes.
        """
        caller, conversation = self._read(kept, request)
        question, turn = _text(event, "text"), _number(event, "turn")
        typed = not question and turn is None
        if typed:
            question = box.strip()
        elif turn is not None and turn < len(conversation.exchanges):
            question = question or conversation.exchanges[turn].question
            conversation = conversation.cut(turn)
        if question:
            for shown in self._ask(question, conversation, caller, request):
                yield shown if typed else (gr.skip(), *shown[1:])
        else:
            yield gr.skip(), self._transcript(conversation), gr.skip(), gr.skip()

    def _ask(
        self, question: str, conversation: Conversation, caller: Caller, request: gr.Request
    ) -> Iterator[Shown]:
        """Show the question at once, then the card; the evidence opens at the first citation."""
        texts = self.context.texts
        waiting = conversation.plus(Exchange(question))
        yield "", rendering.transcript(waiting, texts, pending=True), waiting.stored(), gr.skip()
        try:
            answer = self._answer(question, conversation, caller, request)
        except PolicyAssistantError as error:
            yield self._refused(question, conversation, caller, why(error, texts))
            return
        except Exception:  # the reader is told, and the log says why: a page that waits for ever helps nobody
            _LOG.exception("a question on the page failed")
            yield self._refused(question, conversation, caller, texts.say("failed_why"))
            return
        suggested = follow_ups(answer, self.context.assistant, caller.filters(), texts.language)
        card = card_of(answer, suggested)
        answered = conversation.plus(Exchange(question, card))
        proof = self._proof(card, 1, caller) if card.citations else self.panel.closed()
        yield gr.skip(), rendering.transcript(answered, texts), answered.stored(), proof

    def _refused(self, question: str, conversation: Conversation, caller: Caller, reason: str) -> Shown:
        """Give the question back into the box, with the reason under the conversation."""
        notice = self.context.texts.say("failed", why=reason)
        return question, self._transcript(conversation, notice), conversation.stored(), gr.skip()

    # a card's buttons

    def _exchange(self, conversation: Conversation, event: gr.EventData) -> tuple[int, Card] | None:
        turn = _number(event, "turn")
        if turn is None or turn >= len(conversation.exchanges):
            return None
        card = conversation.exchanges[turn].card
        return (turn, card) if card else None

    def _proof(self, card: Card, marker: int, caller: Caller) -> str:
        citation = card.citation(marker) or (card.citations[0] if card.citations else None)
        if citation is None:
            return self.panel.closed()
        return evidence.show(self.context, citation, card.carried_from(citation.marker), caller.filters())

    def cited(self, kept: object, request: gr.Request, event: gr.EventData) -> str:
        """Show the source that was clicked."""
        caller, conversation = self._read(kept, request)
        found = self._exchange(conversation, event)
        return self._proof(found[1], _number(event, "marker") or 1, caller) if found else self.panel.closed()

    def praised(self, kept: object, request: gr.Request, event: gr.EventData) -> tuple[str, object]:
        """Record a thumb up."""
        return self._rate(kept, request, event, helpful=True)

    def corrected(self, kept: object, request: gr.Request, event: gr.EventData) -> tuple[str, object]:
        """Record a thumb down with its reason and correction."""
        return self._rate(kept, request, event, helpful=False)

    def _rate(
        self, kept: object, request: gr.Request, event: gr.EventData, *, helpful: bool
    ) -> tuple[str, object]:
        caller, conversation = self._read(kept, request)
        found = self._exchange(conversation, event)
        if found is None:
            return self._transcript(conversation), gr.skip()
        if self.context.host.record_feedback is None:
            return self._transcript(conversation, self.context.texts.say("feedback_off")), gr.skip()
        turn, card = found
        feedback = Feedback(
            question=conversation.exchanges[turn].question,
            verdict="up" if helpful else "down",
            answer=card.answer,
            reason=_text(event, "reason") or None,
            correction=_text(event, "correction") or None,
            citations=tuple(citation.quote for citation in card.citations),
            given_by=caller.id or None,
        )
        try:
            self.context.host.record_feedback(http_request(request), feedback)
        except PolicyAssistantError as error:
            return self._transcript(conversation, why(error, self.context.texts)), gr.skip()
        rated = conversation.rated(turn, helpful)
        thanks = self.context.texts.say("feedback_thanks")
        return self._transcript(rated, thanks), rated.stored()

    def exported(self, kept: object, request: gr.Request, event: gr.EventData) -> object:
        """Make the answer of one turn, or the conversation, into a file for the browser."""
        _, conversation = self._read(kept, request)
        found = self._exchange(conversation, event)
        cards = [found[1]] if found else [e.card for e in conversation.exchanges if e.card]
        if not cards:
            return gr.skip()
        today = datetime.now(UTC).astimezone().date()
        name = f"{self.context.texts.say('report_title')}-{today.isoformat()}"
        if _text(event, "format") == "md":
            content = export.markdown(cards, self.context.texts, today).encode("utf-8")
            return download(f"{name}.md", "text/markdown", content)
        return download(f"{name}.docx", _DOCX, export.docx(cards, self.context.texts, today))
