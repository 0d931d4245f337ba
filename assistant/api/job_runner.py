"""The thread that does the jobs, one after another: the index has one writer at a time anyway."""

from __future__ import annotations

import logging
import threading

from assistant.api.jobs import Job, JobKind, JobStore
from assistant.api.metrics import Metrics
from assistant.api.problems import FILE_UNREADABLE, INTERNAL, Problem, problem_of
from assistant.api.uploads import upload_key
from assistant.assistant import Assistant
from assistant.audit import AuditLog
from assistant.errors import AuditError, JobError
from assistant.wire import Json, report_json
from documents.errors import PolicyAssistantError
from index.errors import IndexBusyError, UnknownDocumentError

_LOG = logging.getLogger("assistant.jobs")
_MOST_ATTEMPTS = 10  # enough that a file which only happened to be read when the server stopped is kept
_BUSY_SECONDS = 1.0


class JobRunner:
    """Does waiting jobs until it is stopped."""

    def __init__(
        self, assistant: Assistant, store: JobStore, audit: AuditLog | None, metrics: Metrics
    ) -> None:
        self._assistant = assistant
        self._store = store
        self._audit = audit
        self._metrics = metrics
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier process left undone."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is a new job."""
        self._wake.set()

    def stop(self, seconds: float) -> None:
        """Finish the job at hand within `seconds`; what waits is done after the next start."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    @property
    def alive(self) -> bool:
        """Whether jobs are being done."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                job = self._store.take()
                if job is None:
                    self._wake.wait()
                else:
                    self._do(job)
            except Exception:  # the thread must outlive a full disk
                _LOG.exception("a job could not be taken or stored")
                self._stopping.wait(_BUSY_SECONDS)

    def _do(self, job: Job) -> None:
        """Do one job and store how it ended."""
        if job.attempts > _MOST_ATTEMPTS:
            detail = f"The server stopped {_MOST_ATTEMPTS} times while doing this. Check the file."
            self._finish(job, problem=_problem(INTERNAL, detail))
            return
        try:
            document_id, result = self._remove(job) if job.kind is JobKind.REMOVE else self._add(job)
        except IndexBusyError:
            self._store.put_back(job)
            self._stopping.wait(_BUSY_SECONDS)
        except PolicyAssistantError as error:
            self._finish(job, problem=_problem(*problem_of(error)))
        except Exception:
            _LOG.exception("a job failed", extra={"job": job.id})
            detail = "The administrator finds the cause in the server's log under the job's id."
            self._finish(job, problem=_problem(INTERNAL, detail))
        else:
            self._finish(job, document_id=document_id, result=result)

    def _add(self, job: Job) -> tuple[str | None, Json]:
        file = self._store.uploaded_file(job)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise JobError("The uploaded file is no longer there. Send it again.") from error
        report = self._assistant.add_upload(
            job.name, data, source_key=upload_key(job.name, job.groups), groups=job.groups
        )
        if report.state == "failed":
            return None, {}
        return report.document_id, {**report_json(report), "path": job.name}

    def _remove(self, job: Job) -> tuple[str | None, Json]:
        try:
            removed = self._assistant.remove([job.name])
        except UnknownDocumentError:
            if job.attempts == 1:
                raise
            removed = [job.name]  # the server was killed between removing it and saying so
        return job.name, {"state": "removed", "removed": removed}

    def _finish(
        self,
        job: Job,
        *,
        document_id: str | None = None,
        result: Json | None = None,
        problem: Json | None = None,
    ) -> None:
        if not result and not problem:
            problem = _problem(
                FILE_UNREADABLE, "The file could not be read. Save it as plain text and send that."
            )
        state = "failed" if problem else "done"
        self._record(job, document_id, state)  # first: who sees the end must find it in the log
        self._store.finish(job, document_id=document_id, result=result, problem=problem)
        self._metrics.jobs.labels(job.kind.value, state).inc()
        _LOG.info("job", extra={"job": job.id, "kind": job.kind.value, "state": state})

    def _record(self, job: Job, document_id: str | None, state: str) -> None:
        if self._audit is None:
            return
        kind, _, identity = job.owner.partition(":")
        detail: Json = {"job": job.id, "name": job.name, "document_id": document_id, "state": state}
        try:
            self._audit.append(job.kind.value, {"kind": kind, "id": identity}, detail)
        except AuditError:
            _LOG.exception("a change could not be recorded", extra={"job": job.id})


def _problem(problem: Problem, detail: str) -> Json:
    return {"type": problem.type, "title": problem.title, "status": problem.status, "detail": detail}
