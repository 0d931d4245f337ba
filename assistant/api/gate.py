"""What every request passes on its way in and out: id, host, origin, size and time of the body, headers, log.

Written as plain ASGI, so that streams stay streams. It never looks into a body.
"""

from __future__ import annotations

import asyncio
import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.metrics import Metrics
from assistant.api.problems import (
    HOST_NOT_ALLOWED,
    INTERNAL,
    ORIGIN_NOT_ALLOWED,
    SLOW_REQUEST,
    TOO_LARGE,
    ProblemError,
    problem_response,
)
from assistant.api.requests import HEADER, begin_request
from assistant.settings import Settings

_LOG = logging.getLogger("assistant.requests")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_UPLOADS = ("/v1/documents",)
_FORM_BYTES = 1_000_000  # what a multipart body holds beside its files

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_API_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


class Gate:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._limits = settings.limits
        self._metrics = metrics
        self._hosts = {*_LOOPBACK, settings.server.host.strip("[]"), *settings.server.allowed_hosts}
        self._origins = set(settings.server.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer with a problem."""
        if scope["type"] != "http":
            if scope["type"] == "websocket" and not self._knows_host(Headers(scope=scope)):
                await send({"type": "websocket.close", "code": 1008})
                return
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, begin_request(Headers(scope=scope).get(HEADER)))
        self._metrics.active.inc()
        try:
            self._check(scope)
            await self._app(scope, self._limited(scope, receive), exchange.send)
        except ProblemError as error:
            await exchange.refuse(error)
        except Exception:
            _LOG.exception("unexpected")
            await exchange.refuse(ProblemError(INTERNAL, "Tell the administrator the request's id."))
        finally:
            self._metrics.active.dec()
            self._finish(scope, exchange)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if not self._knows_host(headers):
            raise ProblemError(
                HOST_NOT_ALLOWED,
                "Call the server by its own name, or have it added to ASSISTANT_SERVER__ALLOWED_HOSTS.",
            )
        origin = headers.get("origin")
        if origin and scope["method"] not in _SAFE_METHODS and not self._knows_origin(origin, headers):
            raise ProblemError(
                ORIGIN_NOT_ALLOWED,
                "Scripts of this page may not call. The administrator can add it to the CORS origins.",
            )
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._most_bytes(scope):
            raise self._too_large(scope)

    def _knows_host(self, headers: Headers) -> bool:
        if "*" in self._hosts:
            return True
        try:
            name = urlsplit(f"//{headers.get('host', '')}").hostname
        except ValueError:
            return False
        return name in self._hosts

    def _knows_origin(self, origin: str, headers: Headers) -> bool:
        return origin in self._origins or urlsplit(origin).netloc == headers.get("host")

    def _most_bytes(self, scope: Scope) -> int:
        if _is_upload(scope):
            return self._limits.upload_bytes * self._limits.upload_files + _FORM_BYTES
        return self._limits.body_bytes if is_api(scope) else self._limits.upload_bytes + _FORM_BYTES

    def _too_large(self, scope: Scope) -> ProblemError:
        return ProblemError(
            TOO_LARGE,
            f"The body is over {self._most_bytes(scope)} bytes. Send less at once.",
            headers={"Connection": "close"},
        )

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """Count the body as it comes in and stop one that is too long or too slow."""
        most, got = self._most_bytes(scope), 0
        seconds = self._limits.upload_seconds if _is_upload(scope) else self._limits.request_seconds
        deadline = time.monotonic() + seconds
        complete = False

        async def receive_some() -> Message:
            nonlocal got, complete
            if complete:  # what follows is only the end of the connection, for which streams may wait long
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, deadline - time.monotonic()))
            except TimeoutError as error:
                raise ProblemError(
                    SLOW_REQUEST,
                    f"The body did not arrive within {seconds:g} s.",
                    headers={"Connection": "close"},
                ) from error
            got += len(message.get("body", b""))
            if got > most:
                raise self._too_large(scope)
            complete = not message.get("more_body", False)
            return message

        return receive_some

    def _finish(self, scope: Scope, exchange: _Exchange) -> None:
        seconds = time.perf_counter() - exchange.began
        # Templates of routes, not paths: ids of documents belong neither into labels nor into logs.
        route = getattr(scope.get("route"), "path", None) or ("page" if not is_api(scope) else "unknown")
        self._metrics.requests.labels(route, scope["method"], exchange.status).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        caller = scope.get("caller")
        _LOG.info(
            "request",
            extra={
                "method": scope["method"],
                "route": route,
                "status": exchange.status,
                "ms": round(seconds * 1000, 1),
                "bytes": exchange.bytes,
                "caller": f"{caller.kind}:{caller.id}" if caller else None,
            },
        )


class _Exchange:
    """One request and its response on the way out."""

    def __init__(self, scope: Scope, send: Send, identity: str) -> None:
        self._scope = scope
        self._send = send
        self._identity = identity
        self.began = time.perf_counter()
        self.status = 0
        self.bytes = 0

    async def send(self, message: Message) -> None:
        """Pass a message on, with the headers that every response carries."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[HEADER] = self._identity
            for name, value in {**(self._scope.get("rate_limit") or {}), **_HEADERS}.items():
                headers[name] = value
            if is_api(self._scope):
                for name, value in _API_HEADERS.items():
                    headers.setdefault(name, value)
        self.bytes += len(message.get("body", b""))
        await self._send(message)

    async def refuse(self, error: ProblemError) -> None:
        """Answer with a problem, unless an answer has begun: then nothing true can be said any more."""
        if self.status:
            return
        response = problem_response(error.problem, error.detail, headers=error.headers, errors=error.errors)
        await response(self._scope, _nothing, self.send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def is_api(scope: Scope) -> bool:
    """Say whether a path belongs to the API rather than to the page."""
    path: str = scope["path"]
    return path.startswith("/v1/") or path in ("/healthz", "/readyz", "/metrics", "/openapi.json")


def _is_upload(scope: Scope) -> bool:
    return scope["method"] == "POST" and scope["path"] in _UPLOADS
