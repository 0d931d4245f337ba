"""Translations learned from made-up parallel texts, and questions made with them."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, pre_tokenizers
from tokenizers.models import Unigram

from index.training.corpus import Side, TokenisedPairs
from index.training.word_translation import WordTable, learn, translated

WORDS = {
    "城市": "city",
    "学校": "school",
    "河流": "river",
    "工厂": "factory",
    "医院": "hospital",
    "建设": "builds",
    "关闭": "closes",
    "参观": "visits",
    "保护": "protects",
}
OTHERS = (
    "谁",
    "的",
    "王",
    "智明",
    "the",
    "who",
    "whose",
    "which",
    "person",
    "wang",
    "zhiming",
    "wangzhiming",
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    pieces = ["[UNK]", *WORDS, *WORDS.values(), *OTHERS, "zhi", "ming", "城市学校"]
    made = Tokenizer(Unigram([(piece, -1.0) for piece in pieces], unk_id=0))
    kept = Regex(r"\p{Han}+|[a-z]+")
    made.pre_tokenizer = pre_tokenizers.Split(kept, behavior="removed", invert=True)
    return made


def side(tokenizer: Tokenizer, texts: list[str]) -> Side:
    rows = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    return Side(
        np.array([part for row in rows for part in row], dtype=np.int32),
        np.cumsum([0, *map(len, rows)]).astype(np.int64),
    )


def pairs(tokenizer: Tokenizer, rows: list[tuple[str, str]]) -> TokenisedPairs:
    left, right = side(tokenizer, [row[0] for row in rows]), side(tokenizer, [row[1] for row in rows])
    return TokenisedPairs("made", left, right, np.arange(len(rows), dtype=np.int64))


@pytest.fixture(scope="module")
def table(tokenizer: Tokenizer) -> WordTable:
    chance = np.random.default_rng(3)
    rows = []
    for _ in range(400):
        chosen = [list(WORDS)[at] for at in chance.permutation(len(WORDS))[:2]]
        rows.append(("the " + " ".join(WORDS[word] for word in chosen), "的".join(chosen)))
    readings = {"王": "wang", "智": "zhi", "明": "ming"}
    return learn([pairs(tokenizer, rows)], tokenizer, readings)


def words(tokenizer: Tokenizer, found: Side) -> list[list[str]]:
    texts = [found.ids[start:end] for start, end in zip(found.offsets, found.offsets[1:], strict=False)]
    return [[tokenizer.id_to_token(int(part)) for part in text] for text in texts]


def test_each_word_is_told_from_those_beside_it(tokenizer: Tokenizer, table: WordTable) -> None:
    asked = side(tokenizer, [*WORDS, "的", "城市学校"])
    ids, offsets = table.translate(asked.ids, asked.offsets, np.random.default_rng(0))
    assert words(tokenizer, Side(ids, offsets)) == [
        *([word] for word in WORDS.values()),
        [],
        ["city", "school"],
    ]
    assert words(tokenizer, Side(table.common, np.array([0, len(table.common)]))) == [["the"]]


def test_names_are_spelled_and_question_words_are_varied(tokenizer: Tokenizer, table: WordTable) -> None:
    asked = side(tokenizer, ["王智明"] * 60 + ["谁"] * 60)
    ids, offsets = table.translate(asked.ids, asked.offsets, np.random.default_rng(0))
    found = {" ".join(text) for text in words(tokenizer, Side(ids, offsets))}
    assert {"wang zhiming", "who", "whose", "which person"} <= found


def test_pairs_keep_their_passages_and_lose_what_has_no_translation(
    tokenizer: Tokenizer, table: WordTable
) -> None:
    chinese = [("谁建设城市", "河流"), ("的的的的学校关闭", "医院"), ("学校关闭的", "工厂")]
    left, right, keys = translated(pairs(tokenizer, chinese), table, seed=4)
    assert list(keys) == [0, 2]
    assert words(tokenizer, right) == [["河流"], ["工厂"]]
    first, second = (set(text) for text in words(tokenizer, left))
    assert {"builds", "city"} < first
    assert second - {"the"} == {"school", "closes"}
    again = translated(pairs(tokenizer, chinese), table, seed=4)
    np.testing.assert_array_equal(again[0].ids, left.ids)
