"""`/healthz`, `/readyz`, `/metrics`: for those who run the server."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api.access import Credentials, current_caller
from assistant.api.metrics import CONTENT_TYPE
from assistant.api.portal import Here
from assistant.api.problems import (
    HOST_NOT_ALLOWED,
    INDEX_UNAVAILABLE,
    SCOPE_MISSING,
    UNAUTHENTICATED,
    ProblemError,
)
from assistant.api.responses import HealthOut, describe
from assistant.api.routes.shared import json_response

router = APIRouter(tags=["operations"])

_PROBE = "试"


@router.get(
    "/healthz",
    summary="Is the server alive?",
    response_model=HealthOut,
    responses={
        **describe(HOST_NOT_ALLOWED),
        200: {"content": {"application/json": {"example": {"status": "ok", "checks": {}}}}},
    },
)
async def healthz() -> Response:
    """Say that requests are answered at all. Restart the server when this fails."""
    return json_response({"status": "ok", "checks": {}})


@router.get(
    "/readyz",
    summary="Can the server answer questions?",
    response_model=HealthOut,
    responses={
        **describe(HOST_NOT_ALLOWED, INDEX_UNAVAILABLE),
        200: {
            "content": {
                "application/json": {"example": {"status": "ready", "checks": {"index": "ok", "jobs": "ok"}}}
            }
        },
    },
)
async def readyz(portal: Here) -> Response:
    """Search the index once and look at the jobs; send traffic elsewhere when this fails."""
    if portal.stopping:
        raise ProblemError(INDEX_UNAVAILABLE, "The server is stopping.", headers={"Retry-After": "10"})
    if not portal.runner.alive:
        raise ProblemError(INDEX_UNAVAILABLE, "Jobs are not being done. Restart the server.")
    await portal.work(lambda: portal.assistant.search(_PROBE, top_k=1))
    return json_response({"status": "ready", "checks": {"index": "ok", "jobs": "ok"}})


@router.get(
    "/metrics",
    summary="Prometheus metrics",
    response_class=Response,
    responses={
        **describe(UNAUTHENTICATED, SCOPE_MISSING, HOST_NOT_ALLOWED),
        200: {
            "content": {
                "text/plain": {"schema": {"type": "string"}, "example": "assistant_answers_total 1.0"}
            }
        },
    },
)
async def metrics(request: Request, portal: Here, credentials: Credentials) -> Response:
    """Give the metrics to an administrator's key, or to everyone where the settings say so."""
    if not portal.settings.metrics.public and not (await current_caller(request, credentials)).may("admin"):
        raise ProblemError(SCOPE_MISSING, "Metrics need the scope admin, or ASSISTANT_METRICS__PUBLIC=true.")
    return Response(portal.metrics.text(), media_type=CONTENT_TYPE)
