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

from index.static_embedding import map_safetensors, map_token_vectors
from index.training.export import export
from index.training.loss import Matrix

_USUAL = 12.0  # minus the logarithm of the share of a piece that keeps its length
RARITY = 0.75  # power by which rarer pieces become longer
_TRAINED = 5.4  # root mean square length of a trained table's tokens in running text: what the recipes' rates are set for
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
    wide *= _longer_when_rare(scores)[:, None]
    return export(wide, Tokenizer.from_str(texts[0]), out, in_bytes=True)


def split(folder: Path, widths: Sequence[int], out: Path) -> list[Path]:
    """Write the blocks of a combined model to `out`/1, `out`/2, …, each as trained but for its bytes and scale.

    `widths` are the blocks' dimensions from the first on. What rarity added to the lengths is taken back and they
    are those of a trained table again, so that a block can go on training and be combined anew. Raises ValueError
    when the widths are not those of the model.
    """
    module = folder / "0_StaticEmbedding"
    tokenizer = Tokenizer.from_file(str(module / "tokenizer.json"))
    rows, scales = map_token_vectors(module / "model.safetensors")
    if sum(widths) != rows.shape[1]:
        raise ValueError(f"{folder} has {rows.shape[1]} dimensions, not {' + '.join(map(str, widths))}")
    scores = np.array([score for _, score in json.loads(tokenizer.to_str())["model"]["vocab"]], np.float32)
    longer = _longer_when_rare(scores)
    whole = (
        rows.astype(np.float32)
        * ((1.0 if scales is None else np.asarray(scales, np.float32)) / longer)[:, None]
    )
    ends = np.cumsum(widths)
    parts = [out / str(number) for number in range(1, len(widths) + 1)]
    for part, end, width in zip(parts, ends, widths, strict=True):
        export(_TRAINED * _scaled(whole[:, end - width : end], np.exp(scores)), tokenizer, part)
    return parts


def _longer_when_rare(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (vocabulary,) what a piece's length is multiplied by, from the logarithms of the pieces' shares."""
    result: NDArray[np.float32] = np.clip(-scores / _USUAL, 0.3, 2.0) ** RARITY
    return result


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
