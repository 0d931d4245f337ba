"""The application: parts, gate, routes, problems, OpenAPI. `create_app` makes it, any ASGI server runs it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import metadata
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from assistant.api.docs_page import add_docs
from assistant.api.gate import Gate
from assistant.api.portal import Portal, make_portal
from assistant.api.problems import (
    INVALID_REQUEST,
    MALFORMED_BODY,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    PROBLEMS,
    Problem,
    ProblemError,
    problem_of,
    problem_response,
)
from assistant.api.responses import ProblemOut
from assistant.api.routes import asking, chat, health, jobs, ledger, library, verify
from assistant.api.tracing import Tracing, make_tracing
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.wire import Json
from documents.errors import PolicyAssistantError

_LOG = logging.getLogger("assistant.errors")
_RESOURCES = (asking, verify, library, jobs, ledger, chat, health)
_DESCRIPTION = """Ask documents in Chinese or English; every answer carries the sentences that prove it, or
says that they are not there. Offsets count Unicode code points. Send a key as `Authorization: Bearer pa_…`.

Problems are `application/problem+json` (RFC 9457); compare `type`, show `detail`, report `request_id`:

| type | status | title |
|---|---|---|
"""


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """Return the API over `assistant`. Raises `SettingsError` for settings that contradict each other."""
    portal = make_portal(assistant, settings)
    tracing = make_tracing(settings.tracing)
    app = FastAPI(
        title="Policy assistant",
        version=metadata.version("policy-assistant"),
        description=_DESCRIPTION + "\n".join(f"| `{p.type}` | {p.status} | {p.title} |" for p in PROBLEMS),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json" if settings.server.docs else None,
        lifespan=_lifespan(portal, tracing),
        redirect_slashes=False,
    )
    app.state.portal = portal
    for module in _RESOURCES:
        app.include_router(module.router)
    if settings.server.docs:
        add_docs(app)
    if settings.server.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.server.cors_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Accept", "Prefer", "X-Request-ID"],
            expose_headers=["X-Request-ID", "RateLimit", "RateLimit-Policy", "Retry-After", "Location"],
        )
    app.add_middleware(Gate, settings=settings, metrics=portal.metrics)
    _handle_errors(app)
    app.openapi = _openapi(app)  # type: ignore[method-assign]  # FastAPI's own way
    if tracing is not None:
        tracing.instrument(app)
    return app


def _lifespan(portal: Portal, tracing: Tracing | None) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        portal.runner.start()
        try:
            yield
        finally:
            if tracing is not None:
                tracing.shutdown()
            portal.stop()
            portal.runner.stop(portal.settings.server.shutdown_seconds)
            portal.workers.close()
            if not portal.runner.alive:
                portal.jobs.close()

    return lifespan


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(PolicyAssistantError)
    async def ours(request: Request, error: PolicyAssistantError) -> Response:
        problem, detail = problem_of(error)
        if problem.status >= 500:
            _LOG.error("%s", error, exc_info=error)
        return problem_response(problem, detail)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if isinstance(error, ProblemError):
            return problem_response(error.problem, error.detail, headers=error.headers, errors=error.errors)
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(allowed_methods(request.scope)) or headers.get("Allow", "")
        return problem_response(*_of_http(request, error), headers=headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        if any(item["type"] == "json_invalid" for item in error.errors()):
            return problem_response(MALFORMED_BODY, "The body is no JSON. Send one JSON document in UTF-8.")
        errors: list[Json] = [
            {"at": ".".join(str(part) for part in item["loc"])[:200], "why": str(item["msg"])[:300]}
            for item in error.errors()[:20]
        ]
        return problem_response(
            INVALID_REQUEST,
            "The request does not fit the interface; errors says where. See /docs.",
            errors=errors,
        )


def _of_http(request: Request, error: HTTPException) -> tuple[Problem, str]:
    """Name what the framework found."""
    if error.status_code == 404:
        return NOT_FOUND, f"There is nothing at {request.url.path[:200]}. /docs lists what there is."
    if error.status_code == 405:
        return METHOD_NOT_ALLOWED, f"{request.method} is not offered here; the Allow header says what is."
    if error.status_code == 400:
        return MALFORMED_BODY, "The body cannot be read. Send JSON, or multipart/form-data for uploads."
    return Problem(f"http-{error.status_code}", error.status_code, str(error.detail)), str(error.detail)


def _openapi(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return a function that makes the schema once: FastAPI's, with the shape of problems in it."""

    def schema() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            made["components"]["schemas"]["ProblemOut"] = ProblemOut.model_json_schema()
            _put_back_nulls(made)
            app.openapi_schema = made
        return app.openapi_schema

    return schema


def operations() -> list[APIRoute]:
    """Return every operation of the API."""
    return [route for module in _RESOURCES for route in module.router.routes if isinstance(route, APIRoute)]


def allowed_methods(scope: Scope) -> list[str]:
    """Return what is offered at a path, of all its operations; Starlette tells those of the first only."""
    return sorted(
        method
        for route in operations()
        if route.matches(scope)[0] is not Match.NONE
        for method in route.methods or ()
    )


def _put_back_nulls(made: dict[str, Any]) -> None:
    """Give examples their nulls back: FastAPI drops every None from the schema, also where it is a value."""
    for route in operations():
        for status, response in route.responses.items():
            for media, content in response.get("content", {}).items():
                if "example" in content:
                    for method in route.methods or ():
                        shown = made["paths"][route.path_format][method.lower()]["responses"][str(status)]
                        shown["content"][media]["example"] = content["example"]
