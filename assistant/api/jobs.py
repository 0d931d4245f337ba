"""Uploads and deletions as jobs: stored before they are accepted, done in turn, resumed after a restart.

A file is on the disk and its job in the database before the portal is told 202, so nothing that was accepted
is lost. Adding and removing are idempotent, so a job that a killed server had begun is simply done again.
"""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from assistant.errors import JobError
from assistant.wire import Json

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    groups TEXT NOT NULL,
    document_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    finished_at TEXT,
    result TEXT,
    problem TEXT
)
"""


class JobKind(StrEnum):
    """What a job does."""

    ADD = "add"
    REMOVE = "remove"


class JobState(StrEnum):
    """How far a job is; the last two are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One upload or deletion."""

    id: str
    kind: JobKind
    state: JobState
    owner: str  # "key:…", "login:…" or "local:local": only they may look, and administrators
    name: str  # of the uploaded file, or the id of the document to remove
    groups: frozenset[str]
    document_id: str | None
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    result: Json | None
    problem: Json | None

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED)


class JobStore:
    """Jobs in one SQLite file, and the uploaded files that wait. Safe to use from several threads."""

    def __init__(self, folder: Path, *, keep_days: int) -> None:
        self._uploads = folder / "uploads"
        self._lock = threading.RLock()
        try:
            self._uploads.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(folder / "jobs.sqlite", timeout=10, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise JobError(
                f"The jobs cannot be kept in {folder} ({error}). Make it writable, or name another."
            ) from error
        self._connection.row_factory = sqlite3.Row
        with self._change() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(_SCHEMA)
            connection.execute("UPDATE jobs SET state = 'queued' WHERE state = 'running'")
            old = (datetime.now(UTC) - timedelta(days=keep_days)).isoformat()
            connection.execute("DELETE FROM jobs WHERE finished_at < ?", (old,))
        self._drop_orphans()

    def new_upload_folder(self) -> tuple[str, Path]:
        """Return the id of a job to be and the empty folder for its file."""
        job_id = secrets.token_hex(12)
        folder = self._uploads / job_id
        folder.mkdir()
        return job_id, folder

    def put(
        self,
        kind: JobKind,
        *,
        owner: str,
        name: str,
        groups: frozenset[str],
        job_id: str | None = None,
        document_id: str | None = None,
    ) -> Job:
        """Store a job that waits; from here on it is done, sooner or later."""
        job_id = job_id or secrets.token_hex(12)
        with self._change() as connection:
            connection.execute(
                "INSERT INTO jobs (id, kind, state, owner, name, groups, document_id, created_at)"
                " VALUES (?, ?, 'queued', ?, ?, ?, ?, ?)",
                (job_id, kind.value, owner, name, json.dumps(sorted(groups)), document_id, _now()),
            )
        return self.get(job_id)

    def get(self, job_id: str) -> Job:
        """Return a job. Raises `JobError` for an id that there is not."""
        with self._lock:
            row = self._connection.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise JobError(f"There is no job {job_id[:40]!r}. Finished jobs are kept for some days only.")
        return _job(row)

    def list(self, owner: str | None, *, most: int = 100) -> list[Job]:
        """Return the latest jobs of `owner`, or of everyone for None, newest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT * FROM jobs WHERE ? IS NULL OR owner = ? ORDER BY number DESC LIMIT ?",
                (owner, owner, most),
            ).fetchall()
        return [_job(row) for row in rows]

    def waiting(self) -> int:
        """Return how many jobs are not finished."""
        with self._lock:
            row = self._connection.execute("SELECT count(*) FROM jobs WHERE finished_at IS NULL").fetchone()
        return int(row[0])

    def take(self) -> Job | None:
        """Mark the oldest waiting job as running and return it."""
        with self._change() as connection:
            row = connection.execute(
                "SELECT * FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            connection.execute(
                "UPDATE jobs SET state = 'running', attempts = attempts + 1 WHERE id = ?", (row["id"],)
            )
        return self.get(row["id"])

    def put_back(self, job: Job) -> None:
        """Let a running job wait again, as if it had not been tried."""
        with self._change() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'queued', attempts = attempts - 1 WHERE id = ?", (job.id,)
            )

    def finish(
        self,
        job: Job,
        *,
        document_id: str | None = None,
        result: Json | None = None,
        problem: Json | None = None,
    ) -> Job:
        """Store how a job ended and drop its file."""
        state = JobState.FAILED if problem else JobState.DONE
        with self._change() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, finished_at = ?, document_id = coalesce(?, document_id),"
                " result = ?, problem = ? WHERE id = ?",
                (state.value, _now(), document_id, _text(result), _text(problem), job.id),
            )
        shutil.rmtree(self._uploads / job.id, ignore_errors=True)
        return self.get(job.id)

    def uploaded_file(self, job: Job) -> Path:
        """Return the file of an upload."""
        return self._uploads / job.id / "file"

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._connection.close()

    def _drop_orphans(self) -> None:
        """Drop files whose upload was cut off before its job was stored: nobody was told 202."""
        with self._lock:
            known = {
                row[0] for row in self._connection.execute("SELECT id FROM jobs WHERE finished_at IS NULL")
            }
        for folder in self._uploads.iterdir():
            if folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error as error:
                raise JobError(
                    f"The job cannot be stored ({error}). Make room on the disk and try again."
                ) from error


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        owner=row["owner"],
        name=row["name"],
        groups=frozenset(json.loads(row["groups"])),
        document_id=row["document_id"],
        attempts=row["attempts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        finished_at=datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
        result=json.loads(row["result"]) if row["result"] else None,
        problem=json.loads(row["problem"]) if row["problem"] else None,
    )


def _text(value: Json | None) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value is not None else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
