"""Text to vectors: what an embedder is, any sentence-transformers model as one, and which one the settings mean.

Importing this imports neither torch nor sentence-transformers, which would be most of the start-up time and memory of a
command. This module does not search and does not train.

Errors: `EmbeddingModelError` for a model that is missing, incomplete or unreadable; its message has the
remedy.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingModelError
from index.sketching import SketchedEmbedder
from index.static_embedding import BUILTIN_MODEL, StaticEmbedder, unit_rows


class Embedder(Protocol):
    """Turns texts into comparable vectors."""

    @property
    def name(self) -> str:
        """Name for messages and the index manifest."""

    @property
    def fingerprint(self) -> str:
        """Changes when the weights change; an index keeps it and refuses another."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), dimension) float32 with rows of length 1, zeros for a text without tokens."""


@runtime_checkable
class TokenEmbedder(Embedder, Protocol):
    """An embedder that can also compare token by token, as `ranking.maxsim` needs."""

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Return each text's token ids in order, special and unknown tokens left out."""

    def token_vectors(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (len(ids), dimension) float32 token vectors with rows of length 1."""

    def token_weights(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (len(ids),) how much each token of a query counts, never negative."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by folder or hub name; imported and loaded on construction."""

    def __init__(self, name_or_path: str) -> None:
        is_folder = Path(name_or_path).is_dir()
        if is_folder:
            os.environ["HF_HUB_OFFLINE"] = "1"  # a folder is complete: nothing may be looked up for it
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EmbeddingModelError(
                f"The model {name_or_path} needs sentence-transformers: pip install sentence-transformers."
            ) from error
        try:
            self._model = SentenceTransformer(name_or_path, local_files_only=is_folder)
        except Exception as error:  # hub, safetensors and json all raise their own kinds
            remedy = (
                "Check the folder."
                if is_folder
                else "Download it on a connected machine and give its folder."
            )
            raise EmbeddingModelError(
                f"The model {name_or_path} cannot be loaded ({error}). {remedy}"
            ) from error
        self.name = name_or_path
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        probe = self.embed(["2030年技术合同成交额突破2000亿元", "fingerprint"])
        self.fingerprint = hashlib.sha256(np.round(probe, 3).tobytes()).hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), dimension) float32 with rows of length 1."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def load_embedder(name_or_path: str | None = None) -> Embedder:
    """Return the built-in model (None), or the sentence-transformers model of that folder or hub name.

    Raises EmbeddingModelError with a remedy when it cannot be loaded.
    """
    if name_or_path is None:
        return SketchedEmbedder(StaticEmbedder.load(BUILTIN_MODEL, name="builtin"))
    return SentenceTransformerEmbedder(name_or_path)
