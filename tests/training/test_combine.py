"""Models side by side: what the combined vectors are, their size on disk, and which models do not fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.static_embedding import StaticEmbedder
from index.training.combine import RARITY, combine, split
from index.training.export import export


def model(folder: Path, pieces: str, rows: np.ndarray) -> Path:
    scored = [("[UNK]", -20.0), *((piece, -6.0 if piece == "甲" else -12.0) for piece in pieces)]
    table = np.concatenate([np.zeros((1, rows.shape[1])), rows]).astype(np.float32)
    export(table, Tokenizer(Unigram(scored, unk_id=0)), folder)
    return folder


def test_the_cosine_of_models_of_one_scale_is_the_mean_of_theirs(tmp_path: Path) -> None:
    chance = np.random.default_rng(2)
    rows = [chance.standard_normal((4, 8)) for _ in range(2)]
    rows = [part / np.linalg.norm(part, axis=1, keepdims=True) for part in rows]
    folders = [model(tmp_path / str(at), "甲乙丙丁", part) for at, part in enumerate(rows)]
    combine(folders, tmp_path / "out")
    single = [StaticEmbedder.load(folder).embed(["乙", "丙", "丁"]) for folder in folders]
    found = StaticEmbedder.load(tmp_path / "out").embed(["乙", "丙", "丁"])
    expected = sum(vectors @ vectors.T for vectors in single) / 2
    np.testing.assert_allclose(found @ found.T, expected, atol=2e-2)


def test_rarer_pieces_become_longer(tmp_path: Path) -> None:
    folders = [model(tmp_path / name, "甲乙", np.ones((2, 6))) for name in ("first", "second")]
    combine(folders, tmp_path / "out")
    usual, rare = StaticEmbedder.load(tmp_path / "out").token_weights(np.array([1, 2], dtype=np.int32))
    assert rare / usual == pytest.approx(2**RARITY, rel=1e-2)


def test_a_number_takes_one_byte(tmp_path: Path) -> None:
    rows = np.random.default_rng(4).standard_normal((2, 4000))
    folders = [model(tmp_path / name, "甲乙", rows) for name in ("first", "second")]
    combine(folders, tmp_path / "out")
    size = (tmp_path / "out" / "0_StaticEmbedding" / "model.safetensors").stat().st_size
    assert 3 * 8000 <= size < 3 * 8000 + 500


def test_different_tokenizers_are_refused(tmp_path: Path) -> None:
    folders = [model(tmp_path / pieces, pieces, np.ones((2, 6))) for pieces in ("甲乙", "甲丙")]
    with pytest.raises(ValueError, match="different tokenizers"):
        combine(folders, tmp_path / "out")


def test_a_chinese_block_counts_between_chinese_texts_and_is_empty_for_english_ones(tmp_path: Path) -> None:
    chance = np.random.default_rng(6)
    first, last = (
        model(tmp_path / name, "甲乙ab", chance.standard_normal((4, 8))) for name in ("both", "zh")
    )
    combine([first], tmp_path / "without")
    combine([first], tmp_path / "with", last)
    before, after = (StaticEmbedder.load(tmp_path / name) for name in ("without", "with"))
    assert after.dimension == before.dimension + 8
    chinese, english = after.embed(["甲", "乙"]), after.embed(["a", "b"])
    np.testing.assert_allclose(english[:, :8], before.embed(["a", "b"]), atol=1e-2)
    assert not english[:, 8:].any()
    assert (np.linalg.norm(chinese[:, 8:], axis=1) > 0.2).all()


def test_a_combined_model_comes_apart_into_what_it_was_made_of(tmp_path: Path) -> None:
    chance = np.random.default_rng(8)
    tables = [chance.standard_normal((4, width)) for width in (8, 8, 4)]
    folders = [model(tmp_path / str(at), "甲乙丙丁", rows) for at, rows in enumerate(tables)]
    combine(folders[:2], tmp_path / "out", folders[2])
    parts = split(tmp_path / "out", [8, 8, 4], tmp_path / "parts")
    for folder, part in zip(folders, parts, strict=True):
        before, after = (StaticEmbedder.load(path).embed(["甲丙", "乙", "丁"]) for path in (folder, part))
        np.testing.assert_allclose(after, before, atol=3e-2)
    combine(parts[:2], tmp_path / "again", parts[2])
    once, twice = (StaticEmbedder.load(tmp_path / name).embed(["甲乙", "丙"]) for name in ("out", "again"))
    np.testing.assert_allclose(twice[:, :16], once[:, :16], atol=8e-2)


def test_widths_that_are_not_the_models_are_refused(tmp_path: Path) -> None:
    combine([model(tmp_path / "one", "甲乙", np.ones((2, 6)))], tmp_path / "out")
    with pytest.raises(ValueError, match=r"6 dimensions, not 4 \+ 4"):
        split(tmp_path / "out", [4, 4], tmp_path / "parts")
