"""Combining tables: what is kept by a projection, and pieces that a model lacks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.embedding import StaticEmbedder
from index.training.combine import combine, principal
from index.training.export import export


def model(folder: Path, pieces: list[str], rows: np.ndarray) -> Path:
    tokenizer = Tokenizer(Unigram([("[UNK]", -20.0), *((piece, -8.0) for piece in pieces)], unk_id=0))
    export(np.concatenate([np.zeros((1, rows.shape[1])), rows]).astype(np.float32), tokenizer, folder)
    return folder


def test_principal_directions_keep_the_angles_of_rows_that_fit() -> None:
    generator = np.random.default_rng(1)
    wide = (generator.standard_normal((20, 3)) @ generator.standard_normal((3, 8))).astype(np.float32)
    narrow = principal(wide, np.ones(20, dtype=np.float32), 3)
    np.testing.assert_allclose(narrow @ narrow.T, wide @ wide.T, rtol=1e-3, atol=1e-3)
    lengths = np.linalg.norm(narrow, axis=0)
    assert (np.diff(lengths) <= 1e-4).all()


def test_pieces_that_only_the_second_model_has_are_kept(tmp_path: Path) -> None:
    rows = np.random.default_rng(2).standard_normal((5, 6)).astype(np.float32)
    first = model(tmp_path / "first", ["甲", "乙", "丙", "a"], rows[:4])
    second = model(tmp_path / "second", ["甲", "乙", "丙", "a", "丁"], rows)
    beside = model(tmp_path / "beside", ["甲", "乙", "丙", "a"], rows[:4])
    combine(first, second, beside, tmp_path / "out")
    combined, plain = StaticEmbedder.load(tmp_path / "out"), StaticEmbedder.load(second)
    assert np.linalg.norm(combined.embed(["丁"])) > 0.99
    texts = ["甲", "乙", "丙", "甲乙"]
    expected, found = plain.embed(texts), combined.embed(texts)
    np.testing.assert_allclose(found @ found.T, expected @ expected.T, atol=2e-2)
