"""The built-in model's fast path: a sentence-transformers StaticEmbedding folder, read without sentence-transformers.

Such a model is a table of token vectors: a text's vector is the normalised mean of its tokens' rows,
which are stored as whole numbers of one byte with one scale a row, as sentence-transformers reads them too.
Here the table is read through a memory map with numpy.

Errors: `EmbeddingModelError` for a folder that is missing, incomplete or unreadable; its message has the remedy.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.errors import EmbeddingModelError

BUILTIN_MODEL = Path(__file__).parent / "builtin_model"

_SAFETENSORS_TYPES = {"F32": np.float32, "F16": np.float16, "I8": np.int8}
_WEIGHTS_KEY = "embedding.weight"
_BYTES_KEY, _SCALES_KEY = (
    "embeddings",
    "weights",
)  # names of model2vec's format (github.com/MinishLab/model2vec)
_BATCH = 1024  # texts per pass: bounds the gathered rows to some tens of megabytes


class StaticEmbedder:
    """A sentence-transformers StaticEmbedding folder read with tokenizers and numpy only.

    `table` is (vocabulary, dimension) float16, float32 or int8, a memory map or not; `scales` is (vocabulary,),
    what each row is multiplied by, or None for rows that are used as they are; `tokenizer` has as many pieces.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        table: NDArray[Any],
        name: str,
        fingerprint: str,
        scales: NDArray[Any] | None = None,
    ) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(table.shape[1])
        self._tokenizer = tokenizer
        self._table = table
        self._scales = None if scales is None else np.asarray(scales, dtype=np.float32)
        self._unknown = tokenizer.token_to_id("[UNK]")

    @classmethod
    def load(cls, folder: Path, name: str | None = None) -> StaticEmbedder:
        """Open the StaticEmbedding in `folder`; EmbeddingModelError when a part is missing or unreadable."""
        module = _static_module_folder(folder)
        weights, tokens = module / "model.safetensors", module / "tokenizer.json"
        for path in (weights, tokens):
            if not path.is_file():
                raise EmbeddingModelError(
                    f"{folder} is not a complete model: {path.name} is missing. Restore it or install again."
                )
        try:
            tokenizer = Tokenizer.from_file(str(tokens))
            table, scales = map_token_vectors(weights)
        except Exception as error:  # tokenizers raises bare Exception
            raise EmbeddingModelError(
                f"The model in {folder} cannot be read ({error}). Restore it or install again."
            ) from error
        if table.shape[0] != tokenizer.get_vocab_size() or (scales is not None and len(scales) != len(table)):
            raise EmbeddingModelError(
                f"The model in {folder} has {len(table)} vectors for {tokenizer.get_vocab_size()} tokens."
            )
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(tokenizer, table, name or folder.name, _fingerprint(weights, tokens), scales)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), dimension) float32 with rows of length 1, zeros for a text without tokens."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                if encoding.ids:
                    out[row] = self._sum(encoding.ids)
        return unit_rows(out)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """Return each text's token ids in order, unknown tokens left out."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ids = [np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings]
        return [row[row != self._unknown] for row in ids] if self._unknown is not None else ids

    def token_vectors(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (len(ids), dimension) float32 token vectors with rows of length 1."""
        return unit_rows(self._table[ids].astype(np.float32))

    def token_weights(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return (len(ids),) the length of each token's vector: training makes telling tokens long."""
        if not len(ids):
            return np.zeros(0, dtype=np.float32)
        weights: NDArray[np.float32] = np.linalg.norm(self._table[ids].astype(np.float32), axis=1)
        return weights if self._scales is None else weights * self._scales[ids]

    def token_rows(self, ids: NDArray[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return (len(ids), dimension) float32 rows as they are stored and (len(ids),) what each is multiplied by."""
        rows = self._table[ids].astype(np.float32)
        return rows, np.ones(len(rows), np.float32) if self._scales is None else self._scales[ids]

    def _sum(self, ids: list[int]) -> NDArray[np.float32]:
        """Return (dimension,) the sum of the rows `ids`, each times its scale."""
        rows = self._table[ids]
        if self._scales is None:
            return np.asarray(rows.sum(axis=0, dtype=np.float32))
        return np.asarray(self._scales[ids] @ rows.astype(np.float32))


def map_token_vectors(path: Path) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Return (vocabulary, dimension) token vectors of a StaticEmbedding file, and (vocabulary,) scales or None.

    The file holds either whole rows ("embedding.weight"), or rows and what each is multiplied by ("embeddings",
    "weights"; sentence-transformers reads these from 6.2 on). Raises ValueError and KeyError like
    `map_safetensors`.
    """
    try:
        return map_safetensors(path, _WEIGHTS_KEY), None
    except KeyError:
        return map_safetensors(path, _BYTES_KEY), map_safetensors(path, _SCALES_KEY)


def map_safetensors(path: Path, key: str) -> NDArray[Any]:
    """Return the matrix `key` of a safetensors file as a read-only memory map, read row by row as used.

    Format: eight bytes of header length, a JSON header with type, shape and offsets, then the data
    (github.com/huggingface/safetensors). Raises ValueError for other types and KeyError for a missing key.
    """
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > 1 << 20:
            raise ValueError(f"{path.name} is not a safetensors file")
        entry = json.loads(file.read(length))[key]
    if entry["dtype"] not in _SAFETENSORS_TYPES:
        raise ValueError(f"{path.name} holds {entry['dtype']}, expected one of {sorted(_SAFETENSORS_TYPES)}")
    offset = 8 + length + int(entry["data_offsets"][0])
    return np.memmap(path, _SAFETENSORS_TYPES[entry["dtype"]], "r", offset, tuple(entry["shape"]))


def _static_module_folder(folder: Path) -> Path:
    """Return where the StaticEmbedding module of a sentence-transformers folder keeps its files."""
    listing = folder / "modules.json"
    if not listing.is_file():
        raise EmbeddingModelError(
            f"{folder} holds no model: modules.json is missing. Restore it or install again."
        )
    try:
        modules = json.loads(listing.read_text(encoding="utf-8"))
        first = modules[0]
        kind, path = str(first["type"]), str(first["path"])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise EmbeddingModelError(
            f"{listing} cannot be read ({error}). Restore it or install again."
        ) from error
    if not kind.endswith("StaticEmbedding"):
        raise EmbeddingModelError(
            f"{folder} holds a {kind}, not a StaticEmbedding. Load it with SentenceTransformerEmbedder."
        )
    return folder / path


def _fingerprint(weights: Path, tokens: Path) -> str:
    """Return 16 hex digits over the weights' size and a sample of their bytes, and the whole tokenizer.

    Hashing 45 MB at each start would cost what the memory map saves.
    """
    digest = hashlib.sha256(tokens.read_bytes())
    size = weights.stat().st_size
    digest.update(str(size).encode())
    with weights.open("rb") as file:
        for part in range(64):
            file.seek(size * part // 64)
            digest.update(file.read(1024))
    return digest.hexdigest()[:16]


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Divide rows by their length, zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: NDArray[np.float32] = rows / np.maximum(lengths, 1e-12)
    return result
