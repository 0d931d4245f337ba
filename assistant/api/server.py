"""Running the application with uvicorn: what may be bound, how many connections, how long silence lasts.

uvicorn has no time limit for a connection that sends its request line and headers slowly or never; thousands
of those would use up all file descriptors. `PatientProtocol` adds it, and a cap, in the one place where
connections are seen.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable, Sequence
from typing import Any, cast

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.api.access import Access
from assistant.api.portal import Portal
from assistant.api.problems import BUSY, MEDIA_TYPE, SLOW_REQUEST, Problem, problem_json
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.wire import dumps

_LOG = logging.getLogger("assistant.server")
_BACKLOG = 4096
_REASONS = {408: "Request Timeout", 503: "Service Unavailable"}


def check_binding(settings: Settings, access: Access) -> None:
    """Refuse an address that others can reach while nobody needs a key. Raises `SettingsError`."""
    if not is_loopback(settings.server.host) and not access.needed:
        raise SettingsError(
            f"{settings.server.host} can be reached by others, but there is no key yet: anyone could "
            "read and change everything. Make one with `assistant keys create NAME`, or bind 127.0.0.1."
        )


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def hint(host: str, allowed: Sequence[str]) -> str | None:
    """Say what is missing when every address is bound and no name is allowed."""
    if host in ("0.0.0.0", "::") and not allowed:  # noqa: S104 -- compared, not bound
        return "Set ASSISTANT_SERVER__ALLOWED_HOSTS to the names under which users reach this server."
    return None


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol that waits for headers only so long, and takes only so many connections."""

    header_seconds = 10.0
    most_connections = 12_000

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request, or turn the connection away."""
        super().connection_made(transport)
        self._waiting: asyncio.TimerHandle | None = None
        if len(self.connections) > self.most_connections:
            self._turn_away(BUSY, "Too many connections. Try again shortly.", "Retry-After: 5\r\n")
            return
        self._await_headers()

    def handle_events(self) -> None:
        """Look at what came in; a whole request ends the wait."""
        super().handle_events()
        if self.cycle is not None and not self.cycle.response_complete and self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def on_response_complete(self) -> None:
        """Wait for the connection's next request; uvicorn's own timer only sees one that is silent."""
        super().on_response_complete()
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = self.loop.call_later(self.header_seconds, self._give_up)

    def _give_up(self) -> None:
        self._turn_away(SLOW_REQUEST, f"No request came within {self.header_seconds:g} s.")

    def _turn_away(self, problem: Problem, detail: str, more: str = "") -> None:
        if self.transport.is_closing():
            return
        body = dumps(problem_json(problem, detail)).encode()
        head = f"HTTP/1.1 {problem.status} {_REASONS[problem.status]}\r\nContent-Type: {MEDIA_TYPE}\r\n"
        rest = f"Content-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
        self.transport.write((head + rest).encode() + body)
        self.transport.close()


class _Server(uvicorn.Server):
    """Tells the application that the end has begun, so that streams which only wait do not hold it up."""

    def __init__(self, config: uvicorn.Config, told: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = told

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so, then let running requests end."""
        self._told()
        await super().shutdown(sockets)


def make_server(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """Return a server that finishes what it is doing when it is told to stop."""
    protocol = type(
        "Protocol",
        (PatientProtocol,),
        {
            "header_seconds": settings.limits.header_seconds,
            "most_connections": settings.limits.connections,
        },
    )
    proxies = list(settings.server.trusted_proxies)
    portal: Portal = app.state.portal
    return _Server(
        uvicorn.Config(
            app,
            host=settings.server.host,
            port=settings.server.port,
            http=cast(Any, protocol),
            backlog=_BACKLOG,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies or None,
            timeout_keep_alive=settings.limits.keepalive_seconds,
            timeout_graceful_shutdown=int(settings.server.shutdown_seconds) or None,
        ),
        portal.stop,
    )


def bind(settings: Settings) -> socket.socket:
    """Bind and listen, so that a taken port is told before anything else. Raises `SettingsError`."""
    host, port = settings.server.host.strip("[]"), settings.server.port
    bound = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # asyncio sets this only where the protocol number is given; without it a body waits 40 ms behind its headers
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((host, port))
        bound.listen(_BACKLOG)  # whoever calls before the start is complete waits, and is not turned away
    except OSError as error:
        if bound is not None:
            bound.close()
        raise SettingsError(
            f"{host}:{port} cannot be bound ({error.strerror or error}). Name another with --host and --port."
        ) from error
    bound.set_inheritable(True)
    return bound


def allow_many_connections(wanted: int) -> None:
    """Raise this process's limit of open files towards `wanted`, as far as the system lets it."""
    try:
        import resource
    except ImportError:  # not on Windows, which has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted + 256
    aim = most if hard == resource.RLIM_INFINITY else min(hard, most)
    if soft != resource.RLIM_INFINITY and soft < aim:
        resource.setrlimit(resource.RLIMIT_NOFILE, (aim, hard))
    if hard != resource.RLIM_INFINITY and hard < most:
        _LOG.warning("only %d files may be open, fewer than the %d connections allowed", hard, wanted)
