"""Folding of characters, whole words as pieces, and the fast encoder against the tokenizer itself."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, normalizers

from index.training.charsmap import accented_letters, precompiled, traditional_characters
from index.training.corpus import FastEncoder
from index.training.tokenizer import VocabularySize, build, count, folding

OFFICIAL = "专精特新企业达到三千家，高新技术企业突破一万家，研发投入强度达到百分之三。" * 20
PLAIN = "The quick target of research contracts; 天气很好，我们去公园。 researchers " * 20


@cache
def small_tokenizer() -> Tokenizer:
    return build(count([(OFFICIAL, True), (PLAIN, False)]), VocabularySize(200, 20, 200, 40, 60))


@pytest.fixture
def tokenizer() -> Tokenizer:
    return small_tokenizer()


def test_every_mapped_character_is_replaced_and_every_other_kept() -> None:
    replacements = traditional_characters() | accented_letters()
    normaliser = normalizers.Precompiled(precompiled(replacements))
    for code in [*range(0x21, 0x250), *range(0x3041, 0xA000)]:
        character = chr(code)
        assert normaliser.normalize_str(character) == replacements.get(character, character)


def test_a_few_known_characters() -> None:
    fold = folding().normalize_str
    assert fold("技術合同成交額２０３０年 ＡＢＣ 歐洲 Ñandú") == "技术合同成交额2030年 abc 欧洲 nandu"


def test_folding_is_nfkc_lower_case_and_the_map() -> None:
    table = str.maketrans(traditional_characters() | accented_letters())
    text = "經濟發展：１.５萬家，㎡ Écoles “引號” ㈠"
    assert folding().normalize_str(text) == unicodedata.normalize("NFKC", text).lower().translate(table)


def test_words_numbers_and_phrases_are_whole_pieces(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.encode("專精特新企業2030年達到3.5%，research").tokens
    assert "2030" in tokens
    assert tokens[-4:-1] == ["3", ".5", "%"]
    assert tokens[-1] == "research"
    assert "专精特新" in "".join(tokens)
    assert "，" not in tokens


def test_an_unseen_english_word_is_made_of_fragments(tokenizer: Tokenizer) -> None:
    tokens = tokenizer.encode("zebra").tokens
    assert "".join(tokens) == "zebra"
    assert len(tokens) > 1


def test_nothing_to_count_is_an_error() -> None:
    with pytest.raises(ValueError, match="no text"):
        build(count([]), VocabularySize(0, 0, 0, 0, 0))


@given(st.lists(st.text(st.sampled_from("Research targ3.05%,é 研发强度２"), max_size=30), max_size=8))
@settings(max_examples=100, deadline=None)
def test_the_fast_encoder_is_the_tokenizer(texts: list[str]) -> None:
    made = small_tokenizer()
    for text, ids in zip(texts, FastEncoder(made).encode(texts), strict=True):
        expected = [token for token in made.encode(text, add_special_tokens=False).ids if token != 0]
        np.testing.assert_array_equal(ids, expected)
