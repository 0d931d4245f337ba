"""Server-sent events: `event:` names what happened, `data:` is one JSON document."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse

from assistant.wire import dumps

MEDIA_TYPE = "text/event-stream"

# OpenAPI describes one event of a stream; its data is a JSON document of its own.
EVENT_STREAM = {
    "schema": {
        "type": "object",
        "required": ["data"],
        "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    },
    "example": {"event": "searching", "data": '{"question":"2030年技术合同成交额的目标是多少?"}'},
}


def event(name: str | None, value: object, *, identity: str | None = None) -> bytes:
    """Return one event on the wire."""
    return format_sse_event(data_str=dumps(value), event=name, id=identity)


def stream(events: AsyncIterator[bytes]) -> StreamingResponse:
    """Return `events` as a response that no proxy holds back."""
    return StreamingResponse(events, media_type=MEDIA_TYPE, headers={"X-Accel-Buffering": "no"})


def wants_events(request: Request) -> bool:
    """Say whether the caller asked for a stream rather than one document."""
    accepted = request.headers.get("accept", "").lower()
    return MEDIA_TYPE in accepted and "application/json" not in accepted
