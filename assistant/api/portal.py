"""The parts of a running server, made once and handed to the routes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from assistant.api.access import Access, Caller, groups_for_new
from assistant.api.job_runner import JobRunner
from assistant.api.jobs import Job, JobKind, JobStore
from assistant.api.limits import RateLimiter, Workers
from assistant.api.metrics import Metrics
from assistant.api.problems import BUSY, GROUP_NOT_ALLOWED, NOT_FOUND, ProblemError
from assistant.api.requests import request_id
from assistant.api.uploads import Upload, accept
from assistant.assistant import Assistant
from assistant.audit import AuditLog
from assistant.folders import audit_file, keys_file, server_folder
from assistant.keys import KeyStore
from assistant.model import Answer
from assistant.rereading import is_outdated
from assistant.settings import Settings
from assistant.wire import Json
from documents.errors import PolicyAssistantError
from index.model import DocumentRecord

_LOG = logging.getLogger("assistant.answers")
Result = TypeVar("Result")


@dataclass(slots=True)
class Portal:
    """What every route may use."""

    assistant: Assistant
    settings: Settings
    access: Access
    limiter: RateLimiter
    workers: Workers
    metrics: Metrics
    audit: AuditLog | None
    jobs: JobStore
    runner: JobRunner
    stopping: bool = field(default=False)

    def upload(self, caller: Caller, files: Sequence[Upload], wanted: Sequence[str]) -> list[Job]:
        """Keep files for indexing, for the groups that are `wanted` or the caller's own. Raises a problem."""
        groups = groups_for_new(caller, wanted)
        limits = self.settings.limits
        if self.jobs.waiting() + len(files) > limits.waiting_jobs:
            raise ProblemError(
                BUSY, "Too many uploads wait already. Try again in a minute.", headers={"Retry-After": "60"}
            )
        jobs = accept(files, self.jobs, limits, owner=caller.owner, groups=groups)
        for job in jobs:
            self.record("upload", caller, {"job": job.id, "name": job.name, "groups": sorted(groups)})
        self.runner.wake()
        return jobs

    def remove(self, caller: Caller, document_id: str) -> Job:
        """Have a document removed that is the caller's alone. Raises a problem."""
        records = self.assistant.documents(filters=caller.filters([document_id]))
        if not records:
            raise ProblemError(
                NOT_FOUND, f"There is no document {document_id[:80]!r}. GET /v1/documents lists them."
            )
        groups = records[0].groups
        if caller.groups is not None and not (groups and groups <= caller.groups):
            raise ProblemError(
                GROUP_NOT_ALLOWED, "Others see this document too. Ask an administrator to delete it."
            )
        job = self.jobs.put(
            JobKind.REMOVE, owner=caller.owner, name=document_id, groups=groups, document_id=document_id
        )
        self.record("delete", caller, {"job": job.id, "document_id": document_id})
        self.runner.wake()
        return job

    def stop(self) -> None:
        """Tell streams that only wait, and whoever asks for readiness, that the end has begun."""
        self.stopping = True

    async def work(self, what: Callable[[], Result]) -> Result:
        """Do something with the synchronous core, in a thread and within the limits."""
        return await self.workers.run(what)

    def record(self, action: str, caller: Caller, detail: Json) -> None:
        """Write one line of the audit log."""
        if self.audit is not None:
            actor: Json = {"kind": caller.kind, "id": caller.id, "name": caller.name}
            self.audit.append(action, actor, detail, request_id())

    def record_answer(self, caller: Caller, answer: Answer) -> None:
        """Count an answer and record it; the question's text only where the settings say so."""
        self.metrics.answered(answer)
        if self.settings.log.questions:
            _LOG.info("answer", extra={"question": answer.question, "status": answer.status.value})
        digest = hashlib.sha256(answer.question.encode("utf-8", "replace")).hexdigest()
        cited = [
            {
                "document_id": citation.document_id,
                "revision": citation.revision,
                "start": citation.start,
                "end": citation.end,
            }
            for citation in answer.citations
        ]
        detail: Json = {
            "question_sha256": digest,
            "status": answer.status.value,
            "reason": answer.reason.value if answer.reason else None,
            "answer": answer.answer,
            "citations": cited,
        }
        if self.settings.audit.questions:
            detail["question"] = answer.question
        self.record("ask", caller, detail)


def make_portal(assistant: Assistant, settings: Settings) -> Portal:
    """Make the parts that `settings` describe. Raises `SettingsError` and `JobError`."""
    metrics = Metrics()
    audit = AuditLog(audit_file(settings)) if settings.audit.enabled else None
    jobs = JobStore(server_folder(settings), keep_days=settings.limits.job_days)
    workers = Workers(settings.limits)
    metrics.gauge("assistant_queue", "Pieces of work running or waiting", lambda: workers.pending)
    metrics.gauge("assistant_jobs_waiting", "Uploads and deletions that wait", jobs.waiting)
    for name in ("documents", "passages", "indicators"):
        metrics.gauge(f"assistant_index_{name}", f"Number of {name} in the index", _counter(assistant, name))
    metrics.gauge(
        "assistant_index_outdated",
        "Documents that another version has read: run `assistant reindex`",
        _counter(assistant, "outdated"),
    )
    return Portal(
        assistant=assistant,
        settings=settings,
        access=Access(settings, KeyStore(keys_file(settings))),
        limiter=RateLimiter(settings.limits),
        workers=workers,
        metrics=metrics,
        audit=audit,
        jobs=jobs,
        runner=JobRunner(assistant, jobs, audit, metrics),
    )


def _counter(assistant: Assistant, name: str) -> Callable[[], float]:
    """Count what is in the index; not a number while it cannot be read."""
    own: dict[str, Callable[[DocumentRecord], int]] = {"documents": lambda _: 1, "outdated": is_outdated}
    counted: Callable[[DocumentRecord], int] = own.get(name) or attrgetter(name)

    def count() -> float:
        try:
            records = assistant.documents()
        except PolicyAssistantError:
            return float("nan")
        return sum(map(counted, records))

    return count


def _portal(request: Request) -> Portal:
    portal = request.app.state.portal
    if not isinstance(portal, Portal):
        raise TypeError("the application has no portal")
    return portal


Here = Annotated[Portal, Depends(_portal)]
