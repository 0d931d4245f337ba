"""What several routes answer with."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from assistant.api.problems import (
    BUSY,
    HOST_NOT_ALLOWED,
    INDEX_UNAVAILABLE,
    INTERNAL,
    MALFORMED_BODY,
    ORIGIN_NOT_ALLOWED,
    RATE_LIMITED,
    SCOPE_MISSING,
    SLOW_REQUEST,
    TIME_LIMIT,
    TOO_LARGE,
    UNAUTHENTICATED,
)
from assistant.wire import dumps

COMMON_PROBLEMS = (
    UNAUTHENTICATED,
    SCOPE_MISSING,
    HOST_NOT_ALLOWED,
    RATE_LIMITED,
    BUSY,
    INDEX_UNAVAILABLE,
    TIME_LIMIT,
    INTERNAL,
)
ASKING_PROBLEMS = (*COMMON_PROBLEMS, MALFORMED_BODY, SLOW_REQUEST, TOO_LARGE, ORIGIN_NOT_ALLOWED)


def json_response(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return `value` as the same bytes that the command line writes."""
    return Response(dumps(value), status, dict(headers) if headers else None, "application/json")
