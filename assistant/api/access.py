"""Who is calling, and what they may do and see: keys, logins, and nobody in particular on one's own machine.

Every route asks for a `Caller` with the scope that it needs; what the caller may see goes on as the groups of
a `SearchFilter`, which the index applies before it ranks anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import anyio.to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from assistant.api.problems import GROUP_NOT_ALLOWED, SCOPE_MISSING, UNAUTHENTICATED, ProblemError
from assistant.api.tokens import TokenVerifier
from assistant.errors import AccessError
from assistant.keys import PREFIX, SCOPES, KeyStore
from assistant.settings import Settings
from index.model import SearchFilter


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone with rights. `groups` None sees every document, empty only public ones."""

    id: str
    kind: str  # "key", "login" or "local"
    name: str
    scopes: frozenset[str]
    groups: frozenset[str] | None
    per_minute: int | None = None  # None: as the settings say
    per_day: int | None = None

    def may(self, scope: str) -> bool:
        """Say whether the caller has `scope`; admin has all."""
        return scope in self.scopes or "admin" in self.scopes

    @property
    def owner(self) -> str:
        """Under which name jobs and feedback are kept."""
        return f"{self.kind}:{self.id}"

    def filters(self, document_ids: Sequence[str] | None = None) -> SearchFilter:
        """Return what a search on the caller's behalf may see."""
        return SearchFilter(self.groups, frozenset(document_ids) if document_ids is not None else None)


# The owner of the machine, as on the command line.
LOCAL = Caller("local", "local", "this machine", frozenset(SCOPES), None)

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="policy-assistant"'}


class Access:
    """Turns an Authorization header into a `Caller`."""

    def __init__(self, settings: Settings, keys: KeyStore) -> None:
        self.keys = keys
        self._required = settings.access.required
        self._tokens = TokenVerifier(settings.access) if settings.access.issuer else None

    @property
    def needed(self) -> bool:
        """Whether nobody is answered without a key or login."""
        return self._required or self._tokens is not None or self.keys.any()

    async def caller(self, credentials: str | None) -> Caller:
        """Return who `credentials` belong to. Raises a 401 problem."""
        if not credentials:
            if self.needed:
                raise _unauthenticated("Send a key or token: Authorization: Bearer …")
            return LOCAL
        if credentials.startswith(PREFIX):
            return self.key_caller(credentials)
        if self._tokens is not None:
            return await anyio.to_thread.run_sync(self._login_caller, self._tokens, credentials)
        if not self.needed:  # chat front ends insist on sending some key
            return LOCAL
        raise _unauthenticated("This is no key of ours. Ask the administrator for one.")

    def key_caller(self, text: str) -> Caller:
        """Return the caller of a key. Raises the same 401 problem for any other."""
        key = self.keys.check(text)
        if key is None:
            raise _unauthenticated("The key is unknown, expired or revoked. Ask the administrator for one.")
        return Caller(key.id, "key", key.name, key.scopes, key.groups, key.per_minute, key.per_day)

    @staticmethod
    def _login_caller(tokens: TokenVerifier, text: str) -> Caller:
        try:
            login = tokens.verify(text)
        except AccessError as error:
            raise _unauthenticated(str(error)) from error
        return Caller(login.subject, "login", login.name, login.scopes, login.groups)


def _unauthenticated(detail: str) -> ProblemError:
    return ProblemError(UNAUTHENTICATED, detail, headers=_CHALLENGE)


_bearer = HTTPBearer(
    auto_error=False, description="A key made by `assistant keys create`, or a token of the login"
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def current_caller(request: Request, credentials: Credentials) -> Caller:
    """Return who is calling, and leave it on the request for the log."""
    offered = request.headers.get("authorization")
    if offered is not None and credentials is None:
        raise _unauthenticated("The Authorization header is no bearer key. Send: Authorization: Bearer …")
    access: Access = request.app.state.portal.access
    caller = await access.caller(credentials.credentials if credentials else None)
    request.scope["caller"] = caller
    return caller


def with_scope(scope: str) -> Callable[..., Awaitable[Caller]]:
    """Return a dependency that gives a caller with `scope`, and counts the request."""

    async def allowed(request: Request, caller: Annotated[Caller, Depends(current_caller)]) -> Caller:
        if not caller.may(scope):
            raise ProblemError(SCOPE_MISSING, f"This needs the scope {scope}. Ask the administrator for it.")
        request.scope["rate_limit"] = request.app.state.portal.limiter.count(caller)
        return caller

    return allowed


def groups_for_new(caller: Caller, wanted: Sequence[str]) -> frozenset[str]:
    """Return the groups of a new document: those wanted, or the caller's. Raises a problem."""
    if caller.groups is None:
        return frozenset(wanted)
    chosen = frozenset(wanted) if wanted else caller.groups
    if not chosen:
        raise ProblemError(GROUP_NOT_ALLOWED, "A key without groups cannot add documents. Ask for a group.")
    if chosen - caller.groups:
        raise ProblemError(
            GROUP_NOT_ALLOWED,
            "Documents can only be given to groups of the key. Leave groups out to use them all.",
        )
    return chosen


Asker = Annotated[Caller, Depends(with_scope("ask"))]
Reader = Annotated[Caller, Depends(with_scope("read"))]
Writer = Annotated[Caller, Depends(with_scope("write"))]
