"""nDCG@10 on worked examples, the reference BM25 against the product's own, and the sets that are built."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from index.bm25 import Collection, TermTable, bm25, inverse_frequencies, term_vector
from index.embedding import load_embedder
from index.lexical_terms import lexical_terms
from index.static_embedding import BUILTIN_MODEL
from index.training.measure import load_sets, ndcg_at_10
from index.training.reference_bm25 import ReferenceBM25

TEXTS = [
    "到2030年技术合同成交额突破2000亿元。",
    "全社会研发投入强度达到3.5%，技术创新能力增强。",
    "专精特新企业达到三千家，技术企业更多。",
    "The contract target for 2030.",
]


def test_ndcg_of_one_answer_depends_on_its_rank_and_ties_count_against_it() -> None:
    scores = np.array([0.9, 0.5, 0.7, 0.5], dtype=np.float32)
    assert ndcg_at_10(scores, 0) == 1.0
    assert ndcg_at_10(scores, 2) == pytest.approx(1 / math.log2(3))
    assert ndcg_at_10(scores, 1) == pytest.approx(1 / math.log2(5))  # tied with the last: counts as fourth
    assert ndcg_at_10(np.arange(11, dtype=np.float32), 0) == 0.0


@pytest.mark.parametrize("query", ["2030年技术合同的目标", "研发投入强度", "the 2030 contracts", "无关"])
def test_the_reference_bm25_is_the_products(query: str) -> None:
    found = ReferenceBM25(TEXTS).scores([query])[0]
    vectors = [term_vector(lexical_terms(text)) for text in TEXTS]
    asked = term_vector(lexical_terms(query))
    frequencies = np.array(
        [sum(code in vector.hashes for vector in vectors) for code in asked.hashes], dtype=np.int64
    )
    average = sum(vector.length for vector in vectors) / len(vectors)
    inverse = inverse_frequencies(Collection(len(TEXTS), average), frequencies)
    table = TermTable(
        np.concatenate([vector.hashes for vector in vectors]),
        np.concatenate([vector.counts for vector in vectors]),
        np.array([len(vector.hashes) for vector in vectors], dtype=np.int64),
    )
    np.testing.assert_allclose(found, bm25(asked, inverse, table, average), rtol=1e-4, atol=1e-5)


def test_sets_keep_questions_and_passages_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"question_zh": "一？", "question_en": "One?", "context": "甲"},
        {"question_zh": "一？", "question_en": "One?", "context": "甲"},
        {"question_zh": "二？", "question_en": "Two?", "context": "乙"},
        {"question_zh": "三？", "question_en": "Three?", "context": "甲"},
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "xquad_zh.jsonl").write_text(text, encoding="utf-8")
    chinese, english = load_sets(tmp_path, None)
    assert chinese.passages == english.passages == ("甲", "乙")
    assert chinese.questions == ("一？", "二？", "三？")
    assert chinese.answers == (0, 1, 0)
    assert (chinese.language, english.language) == ("zh", "en")
    assert "cmrc2018 is left out" in capsys.readouterr().err


def test_the_public_sets_have_their_known_sizes() -> None:
    folder = Path(__file__).parents[3] / "shared" / "eval"
    if not folder.is_dir():
        pytest.skip("../shared/eval is not beside this checkout")
    sizes = {found.name: (len(found.questions), len(found.passages)) for found in load_sets(folder, None)}
    assert sizes["xquad_zh"] == (1181, 240)
    assert sizes["cmrc2018"] == (3219, 848)


@pytest.mark.skipif(not (BUILTIN_MODEL / "modules.json").is_file(), reason="the built-in model is not here")
def test_the_builtin_model_finds_what_its_card_says() -> None:
    folder = Path(__file__).parents[3] / "shared" / "eval"
    if not folder.is_dir():
        pytest.skip("../shared/eval is not beside this checkout")
    embedder = load_embedder()
    found: dict[str, float] = {}
    for one in load_sets(folder, None):
        scores = embedder.embed(one.questions) @ embedder.embed(one.passages).T
        values = [ndcg_at_10(row, answer) for row, answer in zip(scores, one.answers, strict=True)]
        found[one.name] = round(100 * float(np.mean(values)), 1)
    assert found == pytest.approx({"xquad_zh": 93.6, "xquad_en_zh": 84.6, "cmrc2018": 91.2}, abs=0.15)
