"""What every part of the page is given: the assistant, the host's functions, one language's lines."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.from_thread
import gradio as gr
from starlette.requests import Request

from assistant.api.access import Caller
from ui.host import PageHost, PageRefusedError
from ui.texts import Texts

if TYPE_CHECKING:
    from assistant.assistant import Assistant

THEME = Path(__file__).parent / "theme"


def http_request(request: gr.Request) -> Request:
    """Return the HTTP request behind an event."""
    if request.request is None:
        raise PageRefusedError("The event came without a request. Reload the page.")
    return request.request


@dataclass(frozen=True, slots=True)
class PageContext:
    """One language's page: parts read it and keep nothing of their own between events."""

    assistant: Assistant
    host: PageHost
    texts: Texts

    async def _identify(self, request: Request) -> Caller | None:
        return await self.host.identify(request)

    def caller(self, request: gr.Request, scope: str = "read") -> Caller:
        """Say who sent this event. Raises `PageRefusedError` for someone unknown or without `scope`.

        Called in the thread that Gradio gave the event; the host answers in the server's event loop.
        """
        caller = anyio.from_thread.run(self._identify, http_request(request))
        if caller is None:
            raise PageRefusedError(self.texts.say("key_wrong"))
        if not caller.may(scope):
            raise PageRefusedError(self.texts.say("scope_missing", scope=scope))
        return caller


def surface(
    value: str = "", *, events: tuple[str, ...] = (), elem_classes: list[str] | None = None
) -> gr.HTML:
    """Make a piece of our own HTML whose `data-act` buttons become events; custom ones stand in `events`.

    Gradio finds the names of custom events by looking for quoted words in the script.
    """
    names = " ".join(f"'{name}'" for name in events)
    return gr.HTML(
        value,
        js_on_load=f"/* {names} */ PolicyPage.attach(element, trigger, watch, upload);",
        apply_default_css=False,
        elem_classes=elem_classes,
    )


def download_slot() -> gr.HTML:
    """Make the place through which files reach the browser: they are never written to the server's disk."""
    return gr.HTML(
        "",
        html_template="<span></span>",
        js_on_load="PolicyPage.downloads(element, props, watch);",
        apply_default_css=False,
        elem_classes=["pa-sr"],
    )


def download(name: str, kind: str, content: bytes) -> str:
    """Return what a download slot takes; a nonce makes the same file download a second time."""
    return json.dumps(
        {
            "name": name,
            "type": kind,
            "base64": base64.b64encode(content).decode("ascii"),
            "nonce": secrets.token_hex(4),
        }
    )
