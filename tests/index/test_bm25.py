"""BM25: a worked example, equality with a plain reading of the formula, and what the terms are."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import Collection, TermTable, bm25, inverse_frequencies, term_vector
from index.lexical_terms import lexical_terms

WORDS = st.lists(st.sampled_from(["技术", "合同", "2030", "企业", "亿元", "突破"]), max_size=12)


def table(texts):
    vectors = [term_vector(text) for text in texts]
    return TermTable.of(
        [(vector.hashes.astype("<u4").tobytes(), vector.counts.tobytes()) for vector in vectors]
    )


def plain_bm25(query, texts):
    """The formula as it stands in books, word by word."""
    average = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for word in query:
            df = sum(word in other for other in texts)
            idf = math.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
            tf = Counter(text)[word]
            score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(text) / average)) if tf else 0.0
        scores.append(score)
    return scores


def scored(query, texts):
    terms = term_vector(query)
    frequencies = np.array([sum(code in term_vector(text).hashes for text in texts) for code in terms.hashes])
    average = sum(map(len, texts)) / len(texts)
    inverse = inverse_frequencies(Collection(len(texts), average), frequencies)
    return bm25(terms, inverse, table(texts), average)


def test_worked_example():
    # Two passages of 2 words, N=2, df=1: idf = ln(1 + 1.5/1.5) = ln 2; tf=1 at average length gives 2.2/2.2.
    assert scored(["合同"], [["技术", "合同"], ["技术", "企业"]]).tolist() == pytest.approx(
        [math.log(2), 0], abs=1e-6
    )


@settings(max_examples=40, deadline=None)
@given(query=WORDS, texts=st.lists(WORDS.filter(bool), min_size=1, max_size=6))
def test_it_is_the_formula(query, texts):
    assert scored(query, texts).tolist() == pytest.approx(plain_bm25(query, texts), abs=2e-6)


def test_a_term_vector_counts_to_255():
    vector = term_vector(["技术"] * 300 + ["合同"])
    assert sorted(vector.counts.tolist()) == [1, 255]
    assert vector.length == 256
    assert vector.hashes.dtype == np.uint32


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("技术合同", ["技术", "术合", "合同"]),
        ("技術合同", ["技术", "术合", "合同"]),
        ("税", ["税"]),
        ("", []),
        ("，。！", []),
        ("2030年", ["2030", "2030年", "年"]),
        ("２０３０年", ["2030", "2030年", "年"]),
        ("二〇三〇年", ["2030", "2030年", "年"]),
        ("二○三○年", ["2030", "2030年", "年"]),
        ("1,000家", ["1000", "1000家", "家"]),
        ("3.5%", ["3.5", "3.5%"]),
        ("2025,2030", ["2025", "2030"]),
        ("R&D", ["rd"]),
        ("County-level Policies", ["county", "level", "countylevel", "policy"]),
        ("contracts CLASS analysis", ["contract", "class", "analysis"]),
        ("x" * 100, ["x" * 64]),
        ("𠀀𠀁", ["𠀀𠀁"]),
    ],
)
def test_terms(text, terms):
    assert lexical_terms(text) == terms


def test_long_words_are_terms_beside_their_pairs():
    assert "成交额" in lexical_terms("技术合同成交额")
    assert {"专精", "精特", "特新"} <= set(lexical_terms("专精特新企业"))


@given(st.text(alphabet="技術術合同2025０,.%年A-z'& \n〇二零", max_size=30))
def test_terms_never_hold_a_space_and_do_not_depend_on_width_or_case(text):
    terms = lexical_terms(text)
    assert all(term and not any(character.isspace() for character in term) for term in terms)
    assert lexical_terms(text.upper()) == terms
