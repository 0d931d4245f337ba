"""`/v1/jobs`: how far uploads and deletions are."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from assistant.api.access import Caller, Writer
from assistant.api.events import EVENT_STREAM, event, stream, wants_events
from assistant.api.examples import JOB
from assistant.api.jobs import Job
from assistant.api.portal import Here, Portal
from assistant.api.problems import INVALID_REQUEST, NOT_FOUND, ProblemError
from assistant.api.responses import JobOut, JobsOut, describe
from assistant.api.routes.shared import COMMON_PROBLEMS, json_response
from assistant.wire import Json

router = APIRouter(prefix="/v1/jobs", tags=["library"])

_MOST_SECONDS = 30.0
_LOOK_EVERY = 0.02  # seconds; most files take less than half a second
_JOB_STREAM_SECONDS = 3600.0


@router.get(
    "",
    summary="List jobs",
    response_model=JobsOut,
    responses={
        **describe(*COMMON_PROBLEMS),
        200: {"content": {"application/json": {"example": {"jobs": [JOB]}}}},
    },
)
async def jobs(caller: Writer, portal: Here) -> Response:
    """List the caller's latest jobs, newest first; an administrator without groups sees everyone's."""
    owner = None if _sees_everyones(caller) else caller.owner
    return json_response({"jobs": [job_json(job) for job in portal.jobs.list(owner)]})


@router.get(
    "/{job_id}",
    summary="Show a job",
    response_model=JobOut,
    responses={
        **describe(*COMMON_PROBLEMS, INVALID_REQUEST, NOT_FOUND),
        200: {
            "description": "The job; with `Accept: text/event-stream` each change until its end",
            "content": {
                "application/json": {"example": JOB},
                "text/event-stream": EVENT_STREAM,
            },
        },
    },
)
async def job(
    job_id: Annotated[str, Path(min_length=1, max_length=64, examples=["5f0c2e1d9a8b7c6d5e4f3a2b"])],
    request: Request,
    caller: Writer,
    portal: Here,
) -> Response:
    """Say how far a job is."""
    found = portal.jobs.get(job_id)
    if found.owner != caller.owner and not _sees_everyones(caller):
        raise ProblemError(
            NOT_FOUND, f"There is no job {job_id[:40]!r}. Finished jobs are kept for some days only."
        )
    if wants_events(request):
        return stream(_job_events(portal, job_id))
    return json_response(job_json(found))


async def _job_events(portal: Portal, job_id: str) -> AsyncIterator[bytes]:
    """Send the job whenever its state changes."""
    seen, until = None, time.monotonic() + _JOB_STREAM_SECONDS
    while time.monotonic() < until and not portal.stopping:
        found = portal.jobs.get(job_id)
        if found.state is not seen:
            seen = found.state
            yield event(found.state.value, job_json(found))
        if found.finished:
            return
        await asyncio.sleep(_LOOK_EVERY)


async def finished_within(portal: Portal, job_ids: list[str], prefer: str | None) -> list[Job]:
    """Return the jobs, after waiting for them: 30 s, or as RFC 7240's `Prefer` asks."""
    asked = re.search(r"\bwait=(\d{1,4})\b", prefer or "")
    seconds = min(float(asked.group(1)), _MOST_SECONDS) if asked else _MOST_SECONDS
    until = time.monotonic() + (0 if "respond-async" in (prefer or "") else seconds)
    while True:
        found = [portal.jobs.get(job_id) for job_id in job_ids]
        if all(job.finished for job in found) or time.monotonic() >= until or portal.stopping:
            return found
        await asyncio.sleep(_LOOK_EVERY)


def _sees_everyones(caller: Caller) -> bool:
    return caller.may("admin") and caller.groups is None


def job_json(job: Job) -> Json:
    """Return a job as callers see it."""
    return {
        "id": job.id,
        "kind": job.kind.value,
        "state": job.state.value,
        "name": job.name,
        "document_id": job.document_id,
        "created_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "result": job.result,
        "problem": job.problem,
    }
