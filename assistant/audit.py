"""The audit log: who asked, what was answered and cited, what was changed; append-only and hash-chained.

Each line is a JSON object that carries the hash of the line before it and its own (SHA-256 over its
canonical JSON), so a line that is changed, cut out or put in breaks the chain at that place. A small file
beside the log holds how long it was and its last hash, so that a cut at the end is noticed too. Whoever can
rewrite both can rewrite history: keep the hash that `assistant audit verify` prints elsewhere now and then.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import AuditError
from assistant.wire import Json

_FIRST = "0" * 64
_LOCK_SECONDS = 10
_TAIL_BYTES = 1 << 20  # no record is longer


@dataclass(frozen=True, slots=True)
class AuditHead:
    """How long the log is and the hash of its last record; pins everything before."""

    records: int
    hash: str


class AuditLog:
    """Appends to one audit log. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = threading.Lock()
        self._lock: FileLock | None = None
        self._size = -1
        self._head = AuditHead(0, _FIRST)

    def append(self, action: str, actor: Json, detail: Json, request_id: str = "") -> AuditHead:
        """Add one record. Raises `AuditError` when it cannot be written: what is not recorded is not done."""
        try:
            with self._thread, self._held():
                descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    return self._write(descriptor, action, actor, detail, request_id)
                finally:
                    os.close(descriptor)
        except (OSError, Timeout) as error:
            raise AuditError(
                f"The audit log {self.path} cannot be written ({error}). Free it, or make room."
            ) from error

    def _held(self) -> FileLock:
        if self._lock is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(f"{self.path}.lock", timeout=_LOCK_SECONDS, thread_local=False)
        return self._lock

    def _write(self, descriptor: int, action: str, actor: Json, detail: Json, request_id: str) -> AuditHead:
        size = os.fstat(descriptor).st_size
        torn = False
        if size != self._size:  # another process wrote, or this is the first record of this one
            self._head, torn = _last_record(descriptor, size)
        record: Json = {
            "seq": self._head.records + 1,
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "action": action,
            "actor": actor,
            "request_id": request_id,
            "detail": detail,
            "previous": self._head.hash,
        }
        record["hash"] = record_hash(record)
        line = (b"\n" if torn else b"") + _canonical(record) + b"\n"
        written = os.write(descriptor, line)
        self._size = size + written
        if written != len(line):
            raise OSError(28, "the disk is full")
        self._head = AuditHead(self._head.records + 1, str(record["hash"]))
        _head_file(self.path).write_text(f"{self._head.records} {self._head.hash}\n", "ascii")
        return self._head


def read_audit(path: Path) -> Iterator[Json]:
    """Yield the records of a log, unchecked. Raises `AuditError` for a line that is none."""
    for number, line in _lines(path):
        yield _record(path, number, line)


def verify_audit(path: Path, *, head: str | None = None) -> AuditHead:
    """Check the whole chain, and that `head`, a hash kept elsewhere, is part of it.

    Raises `AuditError` that names the first line that was changed, cut out or put in.
    """
    last, hashes = AuditHead(0, _FIRST), {_FIRST}
    for number, line in _lines(path):
        record = _record(path, number, line)
        if record.get("hash") != record_hash(record):
            raise AuditError(f"Line {number} of {path} was changed: its hash does not fit. {_REMEDY}")
        if record.get("seq") != last.records + 1 or record.get("previous") != last.hash:
            raise AuditError(
                f"Line {number} of {path} does not follow the line before: record {record.get('seq')} stands "
                f"where record {last.records + 1} belongs, so lines were cut out, put in or moved. {_REMEDY}"
            )
        last = AuditHead(last.records + 1, str(record["hash"]))
        hashes.add(last.hash)
    _check_end(path, last, hashes)
    if head is not None and head not in hashes:
        raise AuditError(f"The hash {head} is not part of {path}: the log was written anew since. {_REMEDY}")
    return last


_REMEDY = "Restore the log from a copy and find out who could write to it."


def _check_end(path: Path, last: AuditHead, hashes: set[str]) -> None:
    beside = _head_file(path)
    if not beside.exists():
        if last.records:
            raise AuditError(f"{beside} is missing, so a cut at the end of {path} would not show. {_REMEDY}")
        return
    count, _, known = beside.read_text("ascii", "replace").strip().partition(" ")
    if not count.isdigit() or int(count) > last.records:
        raise AuditError(
            f"{path} ends after line {last.records}, but {count} were written: the end was cut off. {_REMEDY}"
        )
    if known not in hashes:  # the head may be one record behind after a crash, never foreign
        raise AuditError(
            f"{path} was written anew up to line {count}: its hash is not the one kept beside it. {_REMEDY}"
        )


def record_hash(record: Json) -> str:
    """Return the SHA-256 of a record without its `hash`, in hexadecimal."""
    return hashlib.sha256(_canonical({key: record[key] for key in record if key != "hash"})).hexdigest()


def _canonical(record: Json) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as lines:
            yield from enumerate(lines, 1)
    except FileNotFoundError:
        if _head_file(path).exists():
            raise AuditError(f"{path} is gone, though records were written to it. {_REMEDY}") from None
    except OSError as error:
        raise AuditError(f"{path} cannot be read ({error.strerror}). Run as a user who may.") from error


def _record(path: Path, number: int, line: bytes) -> Json:
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if not isinstance(record, dict) or not line.endswith(b"\n"):
        raise AuditError(f"Line {number} of {path} is torn or no record. {_REMEDY}")
    return record


def _last_record(descriptor: int, size: int) -> tuple[AuditHead, bool]:
    """Find the last whole record, and whether half a line stands after it."""
    start = max(0, size - _TAIL_BYTES)
    tail = os.pread(descriptor, size - start, start)
    torn = bool(tail) and not tail.endswith(b"\n")
    for line in reversed(tail.split(b"\n")):
        try:
            record = json.loads(line)
            return AuditHead(int(record["seq"]), str(record["hash"])), torn
        except (ValueError, KeyError, TypeError):
            continue
    return AuditHead(0, _FIRST), torn


def _head_file(path: Path) -> Path:
    return path.with_name(path.name + ".head")
