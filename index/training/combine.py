"""Three trained tables into one of the same size: averaged, set side by side, weighted by rarity, projected.

Long training makes frequent words meaningful and wears rare ones down; a short run from another seed still tells rare
names apart. Side by side (512 dimensions) both count, and the first 256 principal directions keep most of it. The
folder stays an ordinary static model, because a mean of projected rows is the projection of their mean.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding import map_safetensors
from index.training.export import export
from index.training.loss import Matrix

_BESIDE_HAN, _BESIDE_OTHER = 0.8, 0.56  # a short run knows little English
_AVERAGE = 0.4  # share of the first model in the average with its continuation
_USUAL = 12.0  # minus the logarithm of the share of a piece that keeps its length
_RARITY = 0.5  # power by which rarer pieces become longer


def combine(first: Path, second: Path, beside: Path, out: Path) -> int:
    """Write the combination of three model folders to `out` and return its bytes.

    `second` must have been trained on from `first`, so that their average makes sense; its tokenizer is kept.
    Pieces that `first` lacks are taken from `second`, pieces that `beside` lacks get nothing from it.
    """
    path = second / "0_StaticEmbedding" / "tokenizer.json"
    vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    pieces = [piece for piece, _ in vocabulary]
    scores = np.array([score for _, score in vocabulary], dtype=np.float32)
    frequency = np.exp(scores)
    tables = [_scaled(_rows(folder, pieces), frequency) for folder in (first, second, beside)]
    missing = ~tables[0].any(axis=1)
    tables[0][missing] = tables[1][missing]
    han = np.array(["\u3400" <= piece[0] <= "\u9fff" for piece in pieces])
    shares = np.where(han, _BESIDE_HAN, _BESIDE_OTHER).astype(np.float32)
    average = _AVERAGE * tables[0] + (1 - _AVERAGE) * tables[1]
    wide = np.concatenate([average, shares[:, None] * tables[2]], axis=1)
    wide *= (np.clip(-scores / _USUAL, 0.3, 2.0) ** _RARITY)[:, None]
    return export(
        principal(wide, np.sqrt(frequency), tables[0].shape[1]), Tokenizer.from_file(str(path)), out
    )


def principal(rows: Matrix, weights: NDArray[np.float32], dimension: int) -> Matrix:
    """Return the rows in their first `dimension` principal directions, largest first, rows counted by `weights`."""
    _, directions = np.linalg.eigh((rows * (weights / weights.mean())[:, None]).T @ rows)
    result: Matrix = rows @ directions[:, ::-1][:, :dimension]
    return result


def _rows(folder: Path, pieces: list[str]) -> Matrix:
    """Return the vectors that a model has for `pieces`, zeros for those it lacks."""
    module = folder / "0_StaticEmbedding"
    table = map_safetensors(module / "model.safetensors", "embedding.weight")
    known = Tokenizer.from_file(str(module / "tokenizer.json")).get_vocab()
    rows = np.zeros((len(pieces), table.shape[1]), dtype=np.float32)
    places = [(at, known[piece]) for at, piece in enumerate(pieces) if piece in known]
    new, old = np.array(places, dtype=np.int64).T
    rows[new] = table[old]
    return rows


def _scaled(rows: Matrix, frequency: NDArray[np.float32]) -> Matrix:
    """Bring tables to one scale: the mean square length of running text's tokens becomes 1."""
    shares = frequency / frequency.sum()
    result: Matrix = rows / np.sqrt(np.sum(shares[:, None] * rows**2))
    return result
