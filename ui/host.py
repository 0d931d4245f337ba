"""What the page needs from the process that serves it: who is looking, and where uploads and feedback go.

The page decides nothing about keys, groups and limits: it is lent the same functions that the API uses,
so that both come to the same permissions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from assistant.api.access import LOCAL, Caller
from assistant.feedback import Feedback
from assistant.model import AddReport, Answer
from documents.errors import PolicyAssistantError

COOKIE = "assistant_key"  # holds the key or token after signing in; HttpOnly, SameSite=Strict


class PageRefusedError(PolicyAssistantError):
    """The server refuses what was asked on the page; `slug` names the kind as the API's problems do."""

    def __init__(self, message: str, slug: str = "") -> None:
        super().__init__(message)
        self.slug = slug


async def machine_owner(request: Request) -> Caller | None:
    """Take everyone for the owner of the machine: right on loopback without keys, and only there."""
    return LOCAL


def credential_of(request: Request) -> str | None:
    """Return the key or token that a request carries: in its Authorization header, or from signing in."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else request.cookies.get(COOKIE)


@dataclass(frozen=True, slots=True)
class PageHost:
    """The functions that the serving process lends the page; None where the page manages by itself.

    `identify` gives None for someone who has to sign in first; it is asked again at every event, so a
    revoked key stops working at once. `accepts` checks what was typed at the sign-in form. The other
    functions are called in a thread and raise `PolicyAssistantError` with what the reader should know.
    """

    identify: Callable[[Request], Awaitable[Caller | None]] = machine_owner
    may_sign_in: Callable[[], bool] = lambda: False  # whether keys or logins are configured
    accepts: Callable[[str], Awaitable[bool]] | None = None
    count: Callable[[Request, Caller], None] | None = None  # a question against the caller's limits
    answered: Callable[[Caller, Answer], None] | None = None
    record_feedback: Callable[[Request, Feedback], None] | None = None
    store_upload: Callable[[Request, Path, str], AddReport] | None = None
    remove_document: Callable[[Request, str], None] | None = None
    upload_limit_bytes: int = 50_000_000
