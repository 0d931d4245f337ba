"""What can go wrong over HTTP: RFC 9457 problems with a stable `type`, the remedy and the request's id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.api.requests import request_id
from assistant.errors import (
    AssistantError,
    CitationError,
    FeedbackError,
    HistoryError,
    JobError,
    QuestionError,
    SettingsError,
)
from assistant.wire import Json, dumps
from documents.errors import (
    DocumentError,
    EmptyDocumentError,
    EncodingError,
    PolicyAssistantError,
    TooLargeError,
    UnsupportedFormatError,
)
from index.errors import IndexBusyError, IndexStoreError, UnknownDocumentError

MEDIA_TYPE = "application/problem+json"
_URN = "urn:policy-assistant:problem:"


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem; `type` never changes once it is published."""

    slug: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The URI that programs compare."""
        return _URN + self.slug


INVALID_REQUEST = Problem("invalid-request", 422, "The request does not fit the interface")
MALFORMED_BODY = Problem("malformed-body", 400, "The body cannot be read")
QUESTION_INVALID = Problem("question-invalid", 422, "The question cannot be asked")
HISTORY_INVALID = Problem("history-invalid", 422, "The history cannot be used")
CITATION_INVALID = Problem("citation-invalid", 422, "The citations cannot be checked")
FEEDBACK_INVALID = Problem("feedback-invalid", 422, "The feedback cannot be kept")
DATE_INVALID = Problem("date-invalid", 422, "The date cannot be used")
SPAN_NOT_FOUND = Problem("span-not-found", 404, "The text has no such span")
UNAUTHENTICATED = Problem("unauthenticated", 401, "A key or login is needed")
SCOPE_MISSING = Problem("scope-missing", 403, "The key may not do this")
GROUP_NOT_ALLOWED = Problem("group-not-allowed", 403, "The key does not belong to this group")
ORIGIN_NOT_ALLOWED = Problem("origin-not-allowed", 403, "Scripts of this origin may not call")
HOST_NOT_ALLOWED = Problem("host-not-allowed", 421, "The server does not answer to this name")
NOT_FOUND = Problem("not-found", 404, "There is no such thing")
METHOD_NOT_ALLOWED = Problem("method-not-allowed", 405, "The method is not offered here")
SLOW_REQUEST = Problem("slow-request", 408, "The request took too long to arrive")
TOO_LARGE = Problem("too-large", 413, "The request is too large")
UNSUPPORTED_TYPE = Problem("unsupported-type", 415, "This kind of content is not read")
FILE_UNREADABLE = Problem("file-unreadable", 422, "The file cannot be read as a document")
FILE_NAME_INVALID = Problem("file-name-invalid", 422, "The file's name cannot be used")
RATE_LIMITED = Problem("rate-limited", 429, "Too many requests")
BUSY = Problem("busy", 503, "The server has no free place")
TIME_LIMIT = Problem("time-limit", 504, "The answer took too long")
INDEX_UNAVAILABLE = Problem("index-unavailable", 503, "The index cannot be used at the moment")
INTERNAL = Problem("internal", 500, "Something unexpected happened")

PROBLEMS: tuple[Problem, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Problem)
)

# Errors of the lower floors, most special first.
_OF_ERROR: tuple[tuple[type[PolicyAssistantError], Problem], ...] = (
    (QuestionError, QUESTION_INVALID),
    (HistoryError, HISTORY_INVALID),
    (CitationError, CITATION_INVALID),
    (FeedbackError, FEEDBACK_INVALID),
    (SettingsError, DATE_INVALID),
    (JobError, NOT_FOUND),
    (UnknownDocumentError, NOT_FOUND),
    (IndexBusyError, BUSY),
    (IndexStoreError, INDEX_UNAVAILABLE),
    (TooLargeError, TOO_LARGE),
    (UnsupportedFormatError, UNSUPPORTED_TYPE),
    (EncodingError, FILE_UNREADABLE),
    (EmptyDocumentError, FILE_UNREADABLE),
    (DocumentError, FILE_UNREADABLE),
    (AssistantError, INVALID_REQUEST),
)
# Its message may name paths of the server, which are nobody's business outside.
_PRIVATE = (IndexStoreError,)
_PRIVATE_DETAIL = "The administrator finds the cause in the server's log under the request's id."


class ProblemError(HTTPException):
    """Raised anywhere in the API to answer with a problem. An HTTPException, so that FastAPI lets it pass."""

    def __init__(
        self,
        problem: Problem,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Json] = (),
    ) -> None:
        super().__init__(problem.status, detail, dict(headers) if headers else None)
        self.problem = problem
        self.errors = tuple(errors)


def problem_of(error: PolicyAssistantError) -> tuple[Problem, str]:
    """Return the problem that an error of the lower floors is, and what may be told of it."""
    for kind, problem in _OF_ERROR:
        if isinstance(error, kind):
            private = isinstance(error, _PRIVATE) and problem in (INDEX_UNAVAILABLE, BUSY)
            return problem, _PRIVATE_DETAIL if private else str(error)
    return INTERNAL, _PRIVATE_DETAIL


def problem_json(problem: Problem, detail: str, errors: Sequence[Json] = ()) -> Json:
    """Return the body of a problem."""
    body: Json = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
        "request_id": request_id(),
    }
    if errors:
        body["errors"] = list(errors)
    return body


def problem_response(
    problem: Problem, detail: str, *, headers: Mapping[str, str] | None = None, errors: Sequence[Json] = ()
) -> Response:
    """Return a problem as a response. Text that is no Unicode is replaced: it came from outside."""
    body = dumps(problem_json(problem, detail, errors)).encode("utf-8", "replace")
    return Response(body, problem.status, dict(headers) if headers else None, MEDIA_TYPE)
