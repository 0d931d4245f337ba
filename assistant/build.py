"""From settings to a finished `Assistant`: the one place that picks implementations.

Without a named index the sample documents are indexed, once, in a per-user data folder; a lock keeps two
first starts from doing it at the same time.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from filelock import FileLock, Timeout

import documents
from assistant.assistant import Assistant
from assistant.errors import SampleError
from assistant.folders import index_folder
from assistant.settings import Settings
from index.embedding import load_embedder
from index.errors import IndexBusyError
from index.passage_index import PassageIndex

SAMPLES = Path(documents.__file__).parent / "samples"

_STAMP = "samples.sha256"  # says which samples were put into the index; removed ones are not put back
_LOCK_SECONDS = 120


def build_assistant(settings: Settings) -> Assistant:
    """Open the index that `settings` name and return the assistant over it.

    Raises `IndexStoreError` for an index that cannot be used, `EmbeddingModelError` for a model that cannot.
    """
    folder = index_folder(settings)
    assistant = Assistant(PassageIndex.open(folder, load_embedder(settings.index.model)))
    if settings.index.path is None:
        _add_samples_once(assistant, folder)
    return assistant


def _add_samples_once(assistant: Assistant, folder: Path) -> None:
    """Index the samples unless these very samples were indexed before."""
    stamp, wanted = folder / _STAMP, _samples_hash()
    if _read(stamp) == wanted:
        return
    try:
        with FileLock(folder / "samples.lock", timeout=_LOCK_SECONDS):
            if _read(stamp) == wanted:  # another process was faster
                return
            failed = [report for report in assistant.add([SAMPLES]) if report.state == "failed"]
            if failed:
                raise SampleError(
                    f"{failed[0].path}: {failed[0].error} Install again, or name an index with --index."
                )
            stamp.write_text(wanted, "ascii")
    except Timeout as error:
        raise IndexBusyError(
            f"Another process has held {folder} for {_LOCK_SECONDS} s. Try again, or stop it."
        ) from error


def _read(stamp: Path) -> str:
    return stamp.read_text("ascii") if stamp.exists() else ""


def _samples_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(SAMPLES.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
