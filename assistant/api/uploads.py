"""Files from strangers: their names, sizes and kinds are looked at before anything is kept.

A name is only ever text for people and part of a document's key: no path on this machine is made from it.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant.api.jobs import Job, JobKind, JobStore
from assistant.api.problems import FILE_NAME_INVALID, TOO_LARGE, ProblemError
from assistant.settings import LimitSettings
from documents.reading import read_bytes

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came in."""

    name: str
    file: BinaryIO


def accept(
    uploads: Sequence[Upload], store: JobStore, limits: LimitSettings, *, owner: str, groups: frozenset[str]
) -> list[Job]:
    """Keep files and the jobs that index them; all of them, or none when one cannot be used.

    Raises a problem for a name or size that is refused, and `DocumentError` for a file that cannot be read.
    """
    checked = [(file_name(upload.name), _contents(upload, limits)) for upload in uploads]
    # Read for its errors, which are better told now than by the job, and for the id that it will have.
    ids = [
        read_bytes(name, data, source_key=upload_key(name, groups), max_bytes=limits.upload_bytes).id
        for name, data in checked
    ]
    jobs = []
    for (name, data), document_id in zip(checked, ids, strict=True):
        job_id, folder = store.new_upload_folder()
        _write(folder / "file", data)
        jobs.append(
            store.put(
                JobKind.ADD, owner=owner, name=name, groups=groups, job_id=job_id, document_id=document_id
            )
        )
    return jobs


def file_name(name: str) -> str:
    """Return `name` composed (NFC). Raises a problem for a path, unprintable marks or a long one."""
    name = unicodedata.normalize("NFC", name.strip())
    if "/" in name or "\\" in name or name in ("", ".", ".."):
        raise ProblemError(
            FILE_NAME_INVALID, f"{name[:80]!r} is a path or empty. Send the bare name of the file."
        )
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise ProblemError(
            FILE_NAME_INVALID,
            f"The name is unprintable or over {_LONGEST_NAME} characters. Rename the file.",
        )
    return name


def _contents(upload: Upload, limits: LimitSettings) -> bytes:
    data = upload.file.read(limits.upload_bytes + 1)
    if len(data) > limits.upload_bytes:
        raise ProblemError(
            TOO_LARGE, f"{upload.name[:80]!r} is over {limits.upload_bytes} bytes. Split the file."
        )
    return data


def _write(path: Path, data: bytes) -> None:
    """Write a file and see it onto the disk: its job promises that it is there after a power cut."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def upload_key(name: str, groups: frozenset[str]) -> str:
    """Return what makes an upload the same document: its name among those of the same groups.

    Without the groups in it, one department could overwrite another's file of the same name, and would learn
    that there is one.
    """
    return f"upload:{json.dumps(sorted(groups))}:{name}"
