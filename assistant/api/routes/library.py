"""`/v1/documents`: the library as far as the caller may see it, uploads, deletions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Header, Path, Query, UploadFile
from starlette.responses import Response

from assistant.api.access import Caller, Reader, Writer
from assistant.api.examples import DOCUMENT, JOB, RECORD, TEXT
from assistant.api.portal import Here, Portal
from assistant.api.problems import (
    FILE_NAME_INVALID,
    FILE_UNREADABLE,
    GROUP_NOT_ALLOWED,
    INVALID_REQUEST,
    NOT_FOUND,
    SPAN_NOT_FOUND,
    UNSUPPORTED_TYPE,
    ProblemError,
)
from assistant.api.responses import DocumentOut, DocumentsOut, JobsOut, TextOut, describe
from assistant.api.routes.jobs import finished_within, job_json
from assistant.api.routes.shared import ASKING_PROBLEMS, COMMON_PROBLEMS, json_response
from assistant.api.uploads import Upload
from assistant.wire import Json, document_json, record_json
from documents.model import Document
from index.model import DocumentRecord

router = APIRouter(prefix="/v1/documents", tags=["library"])

_MOST_TEXT = 100_000
_LOCATION = {"Location": {"schema": {"type": "string"}, "description": "The first job"}}
DocumentId = Annotated[str, Path(min_length=1, max_length=200, examples=["tech-plan-1a2b3c4d"])]
Group = Annotated[str, Form(min_length=1, max_length=64, pattern=r"^[^\s\x00-\x1f\x7f]+$")]
Prefer = Annotated[
    str | None,
    Header(max_length=100, examples=["respond-async"], description="respond-async, or wait=SECONDS"),
]


@router.get(
    "",
    summary="List documents",
    response_model=DocumentsOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST),
        200: {"content": {"application/json": {"example": {"documents": [RECORD], "total": 1, "offset": 0}}}},
    },
)
async def documents(
    caller: Reader,
    portal: Here,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> Response:
    """List the documents that the caller may see, in the order in which they were added."""
    records = await portal.work(lambda: portal.assistant.documents(filters=caller.filters()))
    visible = {record.id for record in records}
    shown = [record_json(_as_seen(record, caller, visible)) for record in records[offset : offset + limit]]
    return json_response({"documents": shown, "total": len(records), "offset": offset})


@router.get(
    "/{document_id}",
    summary="Show a document",
    response_model=DocumentOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST, NOT_FOUND),
        200: {"content": {"application/json": {"example": DOCUMENT}}},
    },
)
async def document(document_id: DocumentId, caller: Reader, portal: Here) -> Response:
    """Show what is known of a document and its sections."""
    found = await _document(portal, caller, document_id)
    return json_response(document_json(replace(found, source=PurePath(found.source).name)))


@router.get(
    "/{document_id}/text",
    summary="Read a span of a document's text",
    response_model=TextOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST, NOT_FOUND, SPAN_NOT_FOUND),
        200: {"content": {"application/json": {"example": TEXT}}},
    },
)
async def text(
    document_id: DocumentId,
    caller: Reader,
    portal: Here,
    start: Annotated[int, Query(ge=0, le=2**31 - 1, description="First code point")] = 0,
    end: Annotated[int | None, Query(ge=0, le=2**31 - 1, description="After the last code point")] = None,
) -> Response:
    """Read the text in [start, end), at most 100,000 code points of it; a citation's span gives its quote."""
    found = await _document(portal, caller, document_id)
    stop = min(start + _MOST_TEXT, len(found.text)) if end is None else end
    if not start <= stop <= len(found.text) or stop - start > _MOST_TEXT:
        raise ProblemError(
            SPAN_NOT_FOUND,
            f"[{start}, {stop}) is not within the {len(found.text)} code points, or over {_MOST_TEXT} long.",
        )
    body: Json = {
        "document_id": found.id,
        "revision": found.revision,
        "start": start,
        "end": stop,
        "characters": len(found.text),
        "text": found.text[start:stop],
    }
    return json_response(body)


@router.post(
    "",
    summary="Upload documents",
    status_code=200,
    response_model=JobsOut,
    responses={
        **describe(
            *ASKING_PROBLEMS,
            INVALID_REQUEST,
            FILE_NAME_INVALID,
            FILE_UNREADABLE,
            UNSUPPORTED_TYPE,
            GROUP_NOT_ALLOWED,
        ),
        200: {
            "description": "All jobs have ended",
            "content": {"application/json": {"example": {"jobs": [JOB]}}},
            "headers": _LOCATION,
        },
        202: {"description": "Kept; the jobs go on", "model": JobsOut, "headers": _LOCATION},
    },
)
async def upload(
    caller: Writer,
    portal: Here,
    file: Annotated[list[UploadFile], File(description="One file or several", min_length=1)],
    group: Annotated[
        list[Group], Form(description="Who may see them; unset: the key's own groups", max_length=50)
    ] = [],  # noqa: B006 -- FastAPI copies it
    prefer: Prefer = None,
) -> Response:
    """Keep files and index them. A file of the same name and groups is a new version of the same document.

    Waits up to 30 s for the jobs; `Prefer: respond-async` does not wait, `Prefer: wait=SECONDS` less long.
    What was kept is indexed even if the server is stopped meanwhile.
    """
    limits = portal.settings.limits
    if len(file) > limits.upload_files:
        raise ProblemError(
            INVALID_REQUEST, f"There are {len(file)} files. Send at most {limits.upload_files} at once."
        )
    uploads = [Upload(part.filename or "", part.file) for part in file]
    jobs = await portal.work(lambda: portal.upload(caller, uploads, group))
    return await _jobs_response(portal, [job.id for job in jobs], prefer)


@router.delete(
    "/{document_id}",
    summary="Delete a document",
    status_code=200,
    response_model=JobsOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST, NOT_FOUND, GROUP_NOT_ALLOWED),
        200: {
            "description": "The document is gone",
            "content": {"application/json": {"example": {"jobs": [{**JOB, "kind": "remove"}]}}},
        },
        202: {"description": "It will be; the job goes on", "model": JobsOut},
    },
)
async def delete(document_id: DocumentId, caller: Writer, portal: Here, prefer: Prefer = None) -> Response:
    """Delete a document with everything that was found in it."""
    job = await portal.work(lambda: portal.remove(caller, document_id))
    return await _jobs_response(portal, [job.id], prefer)


async def _document(portal: Portal, caller: Caller, document_id: str) -> Document:
    return await portal.work(lambda: portal.assistant.document(document_id, filters=caller.filters()))


async def _jobs_response(portal: Portal, job_ids: list[str], prefer: str | None) -> Response:
    """Answer at once, or wait for the jobs as RFC 7240 has it."""
    jobs = await finished_within(portal, job_ids, prefer)
    status = 200 if all(job.finished for job in jobs) else 202
    headers = {"Location": f"/v1/jobs/{job_ids[0]}"}
    return json_response({"jobs": [job_json(job) for job in jobs]}, status, headers)


def _as_seen(record: DocumentRecord, caller: Caller, visible: set[str]) -> DocumentRecord:
    """Leave out other people's groups and documents, and this machine's paths."""
    replaced = record.superseded_by if record.superseded_by in visible else None
    groups = record.groups if caller.groups is None else record.groups & caller.groups
    return replace(record, source=PurePath(record.source).name, groups=groups, superseded_by=replaced)
