"""What belongs to the request that is being worked on: its id, wherever in the code one is."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

HEADER = "x-request-id"

_current: ContextVar[str] = ContextVar("request_id", default="")
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id() -> str:
    """Return the id of the request that is being worked on, empty outside of one."""
    return _current.get()


def begin_request(offered: str | None) -> str:
    """Give the request the id that its caller offered, if it is harmless, or a new one."""
    chosen = offered if offered and _ACCEPTED.fullmatch(offered) else uuid.uuid4().hex
    _current.set(chosen)
    return chosen
