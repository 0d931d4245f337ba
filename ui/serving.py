"""`assistant serve`: the API and the page in one process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import click
from fastapi import FastAPI
from starlette.datastructures import URLPath
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from assistant.api.app import allowed_methods, create_app
from assistant.api.gate import is_api
from assistant.api.logs import configure_logs
from assistant.api.server import allow_many_connections, bind, check_binding, hint, make_server
from assistant.assistant import Assistant
from assistant.build import build_assistant
from assistant.folders import index_folder
from assistant.rereading import advice
from assistant.settings import Settings
from ui.commands.options import tell


def run_server(settings: Settings) -> None:
    """Serve until a signal ends it, and finish what runs then. Raises `PolicyAssistantError` before."""
    configure_logs(settings.log)
    assistant = build_assistant(settings, tell)
    assistant.search("预热")  # the first question should not wait for what is loaded on first use
    app = create_portal(assistant, settings)
    access = app.state.portal.access
    check_binding(settings, access)
    bound = bind(settings)
    allow_many_connections(settings.limits.connections)
    host, port = bound.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(f"Serving {address}/ and its API; {address}/docs describes it. Stop with Ctrl+C.", err=True)
    if outdated := advice(assistant.documents(), index_folder(settings)):
        tell(outdated)
    if not access.needed:
        click.echo(
            "No key is needed on this machine. Make the first with `assistant keys create NAME`.", err=True
        )
    if missing := hint(settings.server.host, settings.server.allowed_hosts):
        click.echo(missing, err=True)
    make_server(app, settings).run(sockets=[bound])


def create_portal(assistant: Assistant, settings: Settings) -> FastAPI:
    """Return the API with the page mounted beside it, if the page is wanted."""
    app = create_app(assistant, settings)
    if settings.server.page:
        from ui.page import create_page  # Gradio: two seconds that an API alone does not need
        from ui.portal_host import portal_host

        app.router.routes.append(_NotThePage())
        page = create_page(assistant, portal_host(app))
        app.mount("/", page)
        _run_lifespan_of(page, within=app)
    return app


def _run_lifespan_of(page: FastAPI, *, within: FastAPI) -> None:
    """Start and stop `page` with the application that it is mounted in; Starlette leaves that to us."""
    outer = within.router.lifespan_context

    @asynccontextmanager
    async def both(app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with outer(app) as state, page.router.lifespan_context(page):
            yield state or {}

    within.router.lifespan_context = both


class _NotThePage(BaseRoute):
    """Paths of the API that no route took: told as the API tells it, never answered with the page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take every path of the API."""
        return (Match.FULL, {}) if scope["type"] == "http" and is_api(scope) else (Match.NONE, {})

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """Have no name."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say that the method, or the path, is not offered."""
        raise HTTPException(405 if allowed_methods(scope) else 404)
