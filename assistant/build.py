"""From settings to a finished `Assistant`: the one place that picks implementations.

Without a named index it is the per-user one, which looks after itself: it gets the sample documents, and after an
upgrade the vectors of a newer built-in model and what the newer version reads in each document. A named index is only
ever changed by command.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.folders import index_folder
from assistant.rereading import reread_all
from assistant.samples import SAMPLES, keep_samples
from assistant.settings import Settings
from documents.fingerprint import READING
from index.embedding import Embedder, load_embedder
from index.errors import IndexBusyError, OtherModelError
from index.passage_index import PassageIndex

Tell = Callable[[str], None]
"""Takes one line for the person who waits."""
Progress = Callable[[int, int, str], None]


def build_assistant(settings: Settings, tell: Tell | None = None) -> Assistant:
    """Open the index that `settings` name and return the assistant over it.

    `tell` hears of work that takes a while. Raises `IndexStoreError` for an index that cannot be used,
    `EmbeddingModelError` for a model that cannot.
    """
    folder = index_folder(settings)
    embedder = load_embedder(settings.index.model)
    if settings.index.path is not None:
        return Assistant(PassageIndex.open(folder, embedder))
    assistant = Assistant(_own_index(folder, embedder, tell))
    others = assistant.index.read_otherwise(READING)
    if others and tell:
        tell(f"Another version of this program has read {len(others)} documents here: reading them anew.")
    keep_samples(assistant, folder)
    if others:
        with suppress(
            IndexBusyError
        ):  # another start is at it, and what it has not done yet can be asked, too
            reread_all(assistant.index)
    return assistant


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What `reindex` has done: how many passages it embedded again, and how many documents it read again."""

    embedded: int
    reread: int


def reindex(settings: Settings, progress: Progress | None = None) -> Reindexed:
    """Give the index that `settings` name the vectors of their model, and what this version reads in its documents.

    See `PassageIndex.reembed` and `PassageIndex.reread`; killed half-way, it goes on where it was. `progress` is
    called with what is done, all of it, and "passages" or "documents".
    """
    folder, embedder = index_folder(settings), load_embedder(settings.index.model)
    embedded = PassageIndex.reembed(folder, embedder, _told_as("passages", progress))
    with PassageIndex.open(folder, embedder, create=False) as index:
        return Reindexed(embedded, reread_all(index, _told_as("documents", progress)))


def _told_as(what: str, progress: Progress | None) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(done, total, what)


def _own_index(folder: Path, embedder: Embedder, tell: Tell | None) -> PassageIndex:
    """Open the per-user index; one of another model gets this one's vectors first."""
    try:
        return PassageIndex.open(folder, embedder)
    except OtherModelError:
        if tell:
            tell(f"The model is now {embedder.name} ({embedder.fingerprint}): embedding the documents anew.")
    PassageIndex.reembed(folder, embedder)
    return PassageIndex.open(folder, embedder)


__all__ = ["SAMPLES", "Reindexed", "build_assistant", "reindex"]
