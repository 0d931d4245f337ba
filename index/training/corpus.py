"""Pairs as token ids on disk: made once, memory-mapped by training.

One set is five flat arrays (`NAME.left.npy`, …): token ids and row offsets of both sides, and a checksum of
the right text, or of the text that it was cut out of, by which training knows that two rows of a batch have
the same answer.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.heldout import EvaluationText
from index.training.pairs import Pair, PairSet
from index.training.sources import LicenceLevel, read

_PART = 8192
_MAX_TOKENS = 256
_UNKNOWN = 0
_ASCII_KEPT = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?|%")  # the tokenizer's own cut, for ASCII text
_ARRAYS = ("left", "left_offsets", "right", "right_offsets", "right_keys")


@dataclass(frozen=True, slots=True)
class Side:
    """Texts of one side: row i has the tokens ids[offsets[i] : offsets[i + 1]]."""

    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]

    def rows(self, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the concatenated ids of the chosen rows, and their (len(chosen) + 1,) offsets."""
        starts, ends = self.offsets[chosen], self.offsets[chosen + 1]
        offsets = np.concatenate([[0], np.cumsum(ends - starts)])
        places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], ends - starts)
        return self.ids[places], offsets


@dataclass(frozen=True, slots=True)
class TokenisedPairs:
    """A set of pairs as token ids; `right_keys` (n,) is equal where the right texts are."""

    name: str
    left: Side
    right: Side
    right_keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.right_keys)

    @classmethod
    def open(cls, folder: Path, name: str) -> TokenisedPairs:
        """Memory-map the set `name`; raises FileNotFoundError when it was not made."""
        left, left_offsets, right, right_offsets, keys = (
            np.load(folder / f"{name}.{array}.npy", mmap_mode="r") for array in _ARRAYS
        )
        return cls(name, Side(left, left_offsets), Side(right, right_offsets), keys)


def pairs_of(
    data: Path, made: PairSet, level: LicenceLevel, kept_out: EvaluationText, seed: int
) -> Iterator[Pair]:
    """Yield the pairs of a set without those that share text with an evaluation set."""
    chance = random.Random(seed)
    rows = chain.from_iterable(read(data, name, level) for name in made.files)
    for pair in made.make(rows, chance):
        if not kept_out.overlaps(pair[0]) and not kept_out.overlaps(pair[1]):
            yield pair


def tokenise(pairs: Iterable[Pair], tokenizer: Tokenizer, folder: Path, name: str) -> int:
    """Write the set `name` into `folder` and return its number of pairs; pairs without tokens are dropped."""
    lefts: list[NDArray[np.int32]] = []
    rights: list[NDArray[np.int32]] = []
    keys: list[int] = []
    stream, encoder = iter(pairs), FastEncoder(tokenizer)
    while part := list(islice(stream, _PART)):
        left_ids = encoder.encode([pair[0] for pair in part])
        right_ids = encoder.encode([pair[1] for pair in part])
        for pair, left, right in zip(part, left_ids, right_ids, strict=True):
            if len(left) and len(right) and not np.array_equal(left, right):
                lefts.append(left)
                rights.append(right)
                keys.append(zlib.crc32(pair[2].encode() if len(pair) == 3 else right.tobytes()))
    write(folder, name, Side(*_flat(lefts)), Side(*_flat(rights)), np.asarray(keys, dtype=np.int64))
    return len(keys)


def write(folder: Path, name: str, left: Side, right: Side, right_keys: NDArray[np.int64]) -> None:
    """Write the arrays of a set, as `TokenisedPairs.open` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: tuple[NDArray[Any], ...] = (left.ids, left.offsets, right.ids, right.offsets, right_keys)
    for array, values in zip(_ARRAYS, arrays, strict=True):
        np.save(folder / f"{name}.{array}.npy", values)


class FastEncoder:
    """The tokenizer with a memory for English: a word between spaces always has the same pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._words: dict[str, list[int]] = {}

    def encode(self, texts: list[str]) -> list[NDArray[np.int32]]:
        """Return each text's first 256 token ids, unknown ones left out, as the tokenizer cuts it."""
        rows: list[list[int]] = [self._ascii(text) if text.isascii() else [] for text in texts]
        others = [at for at, text in enumerate(texts) if not text.isascii()]
        encodings = self._tokenizer.encode_batch_fast([texts[at] for at in others], add_special_tokens=False)
        for at, encoding in zip(others, encodings, strict=True):
            rows[at] = encoding.ids
        arrays = (np.asarray(row[:_MAX_TOKENS], dtype=np.int32) for row in rows)
        return [row[row != _UNKNOWN] for row in arrays]

    def _ascii(self, text: str) -> list[int]:
        ids: list[int] = []
        for word in _ASCII_KEPT.findall(text.lower()):
            known = self._words.get(word)
            if known is None:
                known = self._words[word] = self._tokenizer.encode(word, add_special_tokens=False).ids
            ids.extend(known)
        return ids


def _flat(rows: list[NDArray[np.int32]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=offsets[1:])
    return (np.concatenate(rows) if rows else np.zeros(0, np.int32)), offsets
