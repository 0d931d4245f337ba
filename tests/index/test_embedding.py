"""The fast path against sentence-transformers and a plain mean; what breaks a model folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from index.embedding import SentenceTransformerEmbedder, TokenEmbedder, load_embedder
from index.errors import EmbeddingModelError
from index.static_embedding import BUILTIN_MODEL, StaticEmbedder
from index.training.export import export

PIECES = ["[UNK]", "研发", "强度", "研", "发", "强", "度", "2030", "tech", "contract", "%"]
TEXTS = ["研发强度2030", "研发", "Tech CONTRACT 研发强度 10%", "ＴＥＣＨ", "…", "", "强强强度 contract"]

needs_builtin = pytest.mark.skipif(
    not (BUILTIN_MODEL / "modules.json").is_file(),
    reason="the built-in model's weights are not in this checkout",
)


def small_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(Unigram([(piece, -1.0 - 0.1 * at) for at, piece in enumerate(PIECES)], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"\p{Han}+|[a-z]+|\d+|%"), behavior="removed", invert=True
    )
    return tokenizer


def small_table() -> NDArray[np.float32]:
    rows = np.random.default_rng(3).standard_normal((len(PIECES), 16)).astype(np.float32)
    rows[0] = 0.0
    return rows


@pytest.fixture(params=[False, True], ids=["halves", "bytes"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    export(small_table(), small_tokenizer(), tmp_path / "model", in_bytes=request.param)
    return tmp_path / "model"


def test_a_text_is_the_normalised_mean_of_its_tokens(folder: Path) -> None:
    embedder = StaticEmbedder.load(folder)
    mean = small_table()[[1, 2, 7]].mean(axis=0)
    np.testing.assert_allclose(embedder.embed(["研发强度2030"])[0], mean / np.linalg.norm(mean), atol=5e-3)
    assert embedder.dimension == 16
    assert isinstance(embedder, TokenEmbedder)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_fast_path_agrees_with_sentence_transformers(folder: Path) -> None:
    fast, slow = StaticEmbedder.load(folder), SentenceTransformerEmbedder(str(folder))
    known = [text for text in TEXTS if text not in {"…", ""}]
    np.testing.assert_allclose(fast.embed(known), slow.embed(known), atol=1e-3)
    assert slow.dimension == fast.dimension


@needs_builtin
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_builtin_model_is_itself_on_both_paths() -> None:
    texts = [
        "力争到2030年研发投入强度达到3.5%",
        "what is the 2030 tech contract target",
        "專精特新企業有多少家？",
        "R&D强度2030目标 ２０３０ Ñandú",
        "市政府办公室关于印发通知的函" * 40,
    ]
    fast, slow = StaticEmbedder.load(BUILTIN_MODEL), SentenceTransformerEmbedder(str(BUILTIN_MODEL))
    np.testing.assert_allclose(fast.embed(texts), slow.embed(texts), atol=1e-3)
    assert np.allclose(np.linalg.norm(fast.embed(texts), axis=1), 1.0, atol=1e-3)


@needs_builtin
def test_traditional_and_full_width_forms_are_the_same_text() -> None:
    embedder = load_embedder()
    plain, other = embedder.embed(["高新技术企业2030年突破1.5万家", "高新技術企業２０３０年突破１.５萬家"])
    assert float(plain @ other) > 0.999


@needs_builtin
def test_the_builtin_model_finds_the_clause_of_an_english_question() -> None:
    embedder = load_embedder()
    clauses = [
        "到2030年技术合同成交额突破2000亿元",
        "全市森林覆盖率稳步提高",
        "新增劳动者就业一万人",
        "举办国际马拉松比赛",
    ]
    question = embedder.embed(["what is the 2030 technology contract target"])[0]
    assert int((embedder.embed(clauses) @ question).argmax()) == 0


@needs_builtin
def test_the_builtin_model_fits_its_budget() -> None:
    size = sum(path.stat().st_size for path in BUILTIN_MODEL.rglob("*") if path.is_file())
    assert size <= 80_000_000


@needs_builtin
def test_the_builtin_model_needs_neither_torch_nor_sentence_transformers() -> None:
    program = (
        "import sys; from index.embedding import load_embedder; load_embedder().embed(['研发']);"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'scipy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


@given(st.lists(st.text(st.sampled_from("研发强度2030techcontract% ，。\n〇Ａ"), max_size=30), max_size=12))
@settings(max_examples=25, deadline=None)
def test_vectors_have_length_one_or_are_zero_and_do_not_depend_on_their_neighbours(texts: list[str]) -> None:
    embedder = StaticEmbedder(small_tokenizer(), small_table().astype(np.float16), "small", "0")
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), 16)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))
    for row, text in enumerate(texts):
        np.testing.assert_allclose(vectors[row], embedder.embed([text])[0], atol=1e-6)


def test_more_texts_than_one_pass_holds_keep_their_order(folder: Path) -> None:
    embedder = StaticEmbedder.load(folder)
    texts = [TEXTS[at % len(TEXTS)] for at in range(2500)]
    vectors = embedder.embed(texts)
    np.testing.assert_allclose(vectors[1500], embedder.embed([texts[1500]])[0], atol=1e-6)


def test_token_ids_leave_out_the_unknown_and_weights_are_lengths(folder: Path) -> None:
    embedder = StaticEmbedder.load(folder)
    (ids,) = embedder.token_ids(["研发天強度"])
    assert 0 not in ids
    assert [PIECES[token] for token in ids[:1]] == ["研发"]
    lengths = np.linalg.norm(small_table()[ids], axis=1)
    np.testing.assert_allclose(embedder.token_weights(ids), lengths, rtol=5e-3)
    np.testing.assert_allclose(np.linalg.norm(embedder.token_vectors(ids), axis=1), 1.0, atol=1e-3)
    nothing = ids[:0]
    assert embedder.token_vectors(nothing).shape == (0, 16)
    assert embedder.token_weights(nothing).shape == (0,)


def test_the_fingerprint_changes_with_one_weight_and_with_the_tokenizer(folder: Path) -> None:
    before = StaticEmbedder.load(folder).fingerprint
    assert StaticEmbedder.load(folder).fingerprint == before
    path = folder / "0_StaticEmbedding" / "model.safetensors"
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(bytes(data))
    assert StaticEmbedder.load(folder).fingerprint != before


@pytest.mark.parametrize(
    "missing", ["modules.json", "0_StaticEmbedding/tokenizer.json", "0_StaticEmbedding/model.safetensors"]
)
def test_a_missing_part_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(EmbeddingModelError, match=Path(missing).name):
        StaticEmbedder.load(folder)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("modules.json", "not json"),
        ("modules.json", "[]"),
        ("modules.json", json.dumps([{"type": "sentence_transformers.models.Transformer", "path": ""}])),
        ("0_StaticEmbedding/tokenizer.json", "{}"),
        ("0_StaticEmbedding/model.safetensors", "short"),
        ("0_StaticEmbedding/model.safetensors", "x" * 100),
    ],
)
def test_a_damaged_part_is_one_error_with_a_remedy(folder: Path, part: str, content: str) -> None:
    (folder / part).write_text(content, encoding="utf-8")
    with pytest.raises(EmbeddingModelError, match=r"Restore|Load it"):
        StaticEmbedder.load(folder)


def test_weights_of_another_tokenizer_are_refused(folder: Path) -> None:
    path = folder / "0_StaticEmbedding" / "model.safetensors"
    save_file({"embedding.weight": np.zeros((3, 16), dtype=np.float16)}, path)
    with pytest.raises(EmbeddingModelError, match="3 vectors for 11 tokens"):
        StaticEmbedder.load(folder)


def test_rows_without_their_scales_are_an_error(folder: Path) -> None:
    path = folder / "0_StaticEmbedding" / "model.safetensors"
    save_file({"embeddings": np.zeros((len(PIECES), 16), dtype=np.int8)}, path)
    with pytest.raises(EmbeddingModelError, match="cannot be read"):
        StaticEmbedder.load(folder)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_folder_that_is_no_model_is_one_error_and_stays_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(EmbeddingModelError, match="cannot be loaded"):
        load_embedder(str(tmp_path))
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_nfkc_of_the_tests_own_alphabet() -> None:
    assert unicodedata.normalize("NFKC", "ＴＥＣＨ").lower() == "tech"
