"""The trained table and its tokenizer as an ordinary sentence-transformers folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

LIMIT = 80_000_000  # bytes of the shipped folder

_MODULES = [
    {"idx": 0, "name": "0", "path": "0_StaticEmbedding"}
    | {"type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_CONFIG: dict[str, object] = {"model_type": "SentenceTransformer", "prompts": {}, "default_prompt_name": None}


def export(weights: NDArray[np.float32], tokenizer: Tokenizer, folder: Path, in_bytes: bool = False) -> int:
    """Write the folder that `SentenceTransformer(folder)` loads and return its bytes.

    Weights become float16, or with `in_bytes` whole numbers of one byte with a float16 scale for each row.
    Raises ValueError when table and tokenizer differ in size, or the folder would be over LIMIT.
    """
    if len(weights) != tokenizer.get_vocab_size():
        raise ValueError(f"{len(weights)} vectors for {tokenizer.get_vocab_size()} tokens")
    module = folder / "0_StaticEmbedding"
    module.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    save_file(_in_bytes(weights) if in_bytes else _in_halves(weights), module / "model.safetensors")
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=1) + "\n", encoding="utf-8")
    path = folder / "config_sentence_transformers.json"
    path.write_text(json.dumps(_CONFIG | {"similarity_fn_name": "cosine"}, indent=1) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > LIMIT:
        raise ValueError(
            f"the folder would have {size:,} bytes, over the limit of {LIMIT:,}: use fewer pieces"
        )
    return size


def _in_halves(weights: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    return {"embedding.weight": weights.astype(np.float16)}


def _in_bytes(weights: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Scale each row so that its largest number is 127, and round; a row of zeros has the scale 0."""
    scales = (np.abs(weights).max(axis=1) / 127.0).astype(np.float16)
    used = np.maximum(scales.astype(np.float32), 1e-9)[:, None]
    return {"embeddings": np.clip(np.rint(weights / used), -127, 127).astype(np.int8), "weights": scales}
