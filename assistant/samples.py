"""The sample documents in the per-user index: put in once, and kept as this version ships them.

A stamp beside the index says which samples were put in, as what document. After an upgrade those that
changed, or that another version has read, are read again, new ones are added and those that are not shipped any
more are removed. What somebody added is never touched, and a sample that somebody removed comes back only when its
text has changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

import documents
from assistant.assistant import Assistant
from assistant.errors import SampleError
from documents.fingerprint import READING
from index.errors import IndexBusyError

SAMPLES = Path(documents.__file__).parent / "samples"

_STAMP = "samples.sha256"
_LOCK_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Stamped:
    """What the stamp says of one sample: its file's SHA-256 and the id of its document."""

    digest: str
    document_id: str


def keep_samples(assistant: Assistant, folder: Path) -> None:
    """Bring the samples in the index of `folder` to those that are shipped.

    A lock lets only one of several first starts do it. Raises `SampleError` for one that cannot be read,
    `IndexBusyError` when another process keeps the lock.
    """
    shipped = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(SAMPLES.iterdir())
        if path.is_file() and not path.name.startswith(".")
    }
    if _is_kept(assistant, _read(folder), shipped):
        return
    try:
        with FileLock(folder / "samples.lock", timeout=_LOCK_SECONDS):
            stamped = _read(folder)
            if not _is_kept(assistant, stamped, shipped):  # another process may have been faster
                _change(assistant, folder, stamped, shipped)
    except Timeout as error:
        raise IndexBusyError(
            f"Another process has held {folder} for {_LOCK_SECONDS} s. Try again, or stop it."
        ) from error


def _change(assistant: Assistant, folder: Path, stamped: dict[str, Stamped], shipped: dict[str, str]) -> None:
    """Add what is new, remove what is gone, and stamp it. Killed half-way, it is done again as a whole."""
    groups = {record.id: record.groups for record in assistant.documents()}
    others = set(assistant.index.read_otherwise(READING))
    now: dict[str, Stamped] = {}
    for name, digest in shipped.items():
        former = stamped.get(name)
        if former is not None and former.digest == digest and former.document_id not in others:
            now[name] = former
            continue
        seen_by = groups.get(former.document_id, frozenset[str]()) if former else frozenset[str]()
        (report,) = assistant.add([SAMPLES / name], groups=seen_by)
        if report.state == "failed" or report.document_id is None:
            raise SampleError(f"{report.path}: {report.error} Install again, or name an index with --index.")
        now[name] = Stamped(digest, report.document_id)
    kept = {sample.document_id for sample in now.values()}
    gone = {sample.document_id for sample in stamped.values()} - kept
    if there := [document_id for document_id in groups if document_id in gone]:
        assistant.remove(there)
    draft = folder / f"{_STAMP}.new"
    lines = [f"{sample.digest}  {sample.document_id}  {name}\n" for name, sample in now.items()]
    draft.write_text("".join(lines), "utf-8")
    draft.replace(folder / _STAMP)


def _is_kept(assistant: Assistant, stamped: dict[str, Stamped], shipped: dict[str, str]) -> bool:
    """Say whether the stamp is of exactly the shipped samples, and this version has read them."""
    if {name: sample.digest for name, sample in stamped.items()} != shipped:
        return False
    ours = {sample.document_id for sample in stamped.values()}
    return ours.isdisjoint(assistant.index.read_otherwise(READING))


def _read(folder: Path) -> dict[str, Stamped]:
    """Return by file name what was put in."""
    stamp = folder / _STAMP
    if not stamp.exists():
        return {}
    lines = [line.split("  ", 2) for line in stamp.read_text("utf-8").splitlines()]
    return {line[2]: Stamped(line[0], line[1]) for line in lines if len(line) == 3}
