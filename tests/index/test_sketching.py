"""Pooling for the search against its formula written out, and what it is for: words count as words."""

from __future__ import annotations

import numpy as np
import pytest
from test_embedding import PIECES, needs_builtin, small_table, small_tokenizer

from index import sketching
from index.embedding import TokenEmbedder, load_embedder
from index.sketching import SketchedEmbedder
from index.static_embedding import BUILTIN_MODEL, StaticEmbedder


@pytest.fixture
def embedder() -> SketchedEmbedder:
    return SketchedEmbedder(StaticEmbedder(small_tokenizer(), small_table(), "small", "0"))


def unit(vector):
    return vector / np.linalg.norm(vector)


def test_a_vector_is_its_formula(embedder):
    (row,) = embedder.embed(["研发研发研发强度"])
    found = [(PIECES.index("研发"), 3), (PIECES.index("强度"), 1)]
    mean, products = np.zeros(16), np.zeros(15)
    for token, count in found:
        vector = small_table()[token].astype(float)
        own = vector / np.linalg.norm(vector)
        weight = count**0.75 * np.linalg.norm(vector) ** 0.8
        mean += weight * own
        products += weight * own[:-1] * own[1:]
    whole = np.concatenate([unit(mean), 0.1**0.5 * unit(products)])
    np.testing.assert_allclose(row, unit(whole), atol=1e-5)
    assert embedder.dimension == 31


def test_it_is_a_token_embedder_of_the_same_tokens(embedder):
    plain = StaticEmbedder(small_tokenizer(), small_table(), "small", "0")
    assert isinstance(embedder, TokenEmbedder)
    (ids,) = embedder.token_ids(["研发强度2030"])
    np.testing.assert_array_equal(ids, plain.token_ids(["研发强度2030"])[0])
    np.testing.assert_array_equal(embedder.token_vectors(ids), plain.token_vectors(ids))
    np.testing.assert_array_equal(embedder.token_weights(ids), plain.token_weights(ids))


def test_texts_without_tokens_are_zero_and_many_keep_their_order(embedder):
    texts = ["研发", "…", "强度 2030", ""] * 700
    vectors = embedder.embed(texts)
    assert vectors.shape == (2800, 31)
    assert not vectors[[1, 3]].any()
    np.testing.assert_allclose(vectors[2798], embedder.embed(["强度 2030"])[0], atol=1e-6)
    assert embedder.embed([]).shape == (0, 31)


def test_the_fingerprint_changes_with_the_pooling(embedder, monkeypatch):
    tokens = StaticEmbedder(small_tokenizer(), small_table(), "small", "0")
    assert SketchedEmbedder(tokens).fingerprint == embedder.fingerprint != tokens.fingerprint
    monkeypatch.setattr(sketching, "REPEATS", 1.0)
    assert SketchedEmbedder(tokens).fingerprint != embedder.fingerprint


@needs_builtin
def test_a_word_that_a_page_repeats_drowns_the_others_less_than_in_a_mean():
    plain, pooled = StaticEmbedder.load(BUILTIN_MODEL), load_embedder()
    page, question = "会议强调" * 20 + "新建污水处理厂", "污水处理厂"
    near, nearer = (float(np.dot(*one.embed([page, question]))) for one in (plain, pooled))
    assert near + 0.05 < nearer


def test_many_short_texts_are_pooled_together_as_each_alone(embedder):
    texts = ["研发", "强度强度 tech", "", "2030 contract tech 研发", "tech", "强强强度 contract" * 6]
    together = embedder.embed(texts)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_allclose(row, embedder.embed([text])[0], atol=1e-6)
