"""From settings to a finished `Assistant`: the one place that picks implementations.

Without a named index it is the per-user one, which looks after itself: it gets the sample documents, and the
vectors of a newer built-in model after an upgrade. A named index is only ever changed by command.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.assistant import Assistant
from assistant.folders import index_folder
from assistant.samples import SAMPLES, keep_samples
from assistant.settings import Settings
from index.embedding import Embedder, load_embedder
from index.errors import OtherModelError
from index.passage_index import PassageIndex

Tell = Callable[[str], None]
"""Takes one line for the person who waits."""


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
    keep_samples(assistant, folder)
    return assistant


def reindex(settings: Settings, progress: Callable[[int, int], None] | None = None) -> int:
    """Give the index that `settings` name the vectors of the model that they name; see `PassageIndex.reembed`."""
    return PassageIndex.reembed(index_folder(settings), load_embedder(settings.index.model), progress)


def _own_index(folder: Path, embedder: Embedder, tell: Tell | None) -> PassageIndex:
    """Open the per-user index; one of another model gets this one's vectors first."""
    try:
        return PassageIndex.open(folder, embedder)
    except OtherModelError:
        if tell:
            tell(f"The model is now {embedder.name} ({embedder.fingerprint}): embedding the documents anew.")
    PassageIndex.reembed(folder, embedder)
    return PassageIndex.open(folder, embedder)


__all__ = ["SAMPLES", "build_assistant", "reindex"]
