"""Trained tables into one: set side by side, brought to one scale, weighted by rarity, stored in bytes.

Two runs of different seeds and negatives err differently, so together they rank better than either, or than
one run of any length. A projection back to the size of one loses all of that gain; storing each number in one
byte loses nothing that can be measured and makes room for both. A third, narrower one that was trained on Chinese
only is added for what has Chinese characters or digits: it tells names apart, and English never meets it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding import map_safetensors
from index.training.export import export
from index.training.loss import Matrix

_USUAL = 12.0  # minus the logarithm of the share of a piece that keeps its length
RARITY = 0.75  # power by which rarer pieces become longer
_CHINESE_SHARE = 0.6  # length of the Chinese block beside the others'


def combine(folders: Sequence[Path], out: Path, chinese: Path | None = None) -> int:
    """Write the models of `folders`, which share a tokenizer, side by side to `out` and return its bytes.

    A prefix of the combined vectors is the first model alone; the model of `chinese` comes last, with zeros for
    pieces without Chinese characters or digits. Raises ValueError for different tokenizers.
    """
    everything = [*folders, *([chinese] if chinese else [])]
    texts = [
        (folder / "0_StaticEmbedding" / "tokenizer.json").read_text(encoding="utf-8") for folder in everything
    ]
    if len(set(texts)) != 1:
        raise ValueError(
            f"{', '.join(map(str, everything))} have different tokenizers: train with one --work"
        )
    scores = np.array([score for _, score in json.loads(texts[0])["model"]["vocab"]], dtype=np.float32)
    blocks = [_scaled(_rows(folder), np.exp(scores)) for folder in everything]
    if chinese:
        blocks[-1] *= np.where(_chinese_pieces(texts[0]), np.float32(_CHINESE_SHARE), np.float32(0.0))[
            :, None
        ]
    wide = np.concatenate(blocks, axis=1)
    wide *= (np.clip(-scores / _USUAL, 0.3, 2.0) ** RARITY)[:, None]
    return export(wide, Tokenizer.from_str(texts[0]), out, in_bytes=True)


def _chinese_pieces(tokenizer: str) -> NDArray[np.bool_]:
    pieces = (piece for piece, _ in json.loads(tokenizer)["model"]["vocab"])
    return np.array(
        [any("\u3400" <= part <= "\u9fff" or part.isdigit() for part in piece) for piece in pieces]
    )


def _rows(folder: Path) -> Matrix:
    path = folder / "0_StaticEmbedding" / "model.safetensors"
    return np.asarray(map_safetensors(path, "embedding.weight"), dtype=np.float32)


def _scaled(rows: Matrix, frequency: NDArray[np.float32]) -> Matrix:
    """Bring tables to one scale: the mean square length of running text's tokens becomes 1."""
    shares = frequency / frequency.sum()
    result: Matrix = rows / np.sqrt(np.sum(shares[:, None] * rows**2))
    return result
