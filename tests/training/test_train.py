"""A whole run on made-up data: what it learns, what it never sees, and that a killed run goes on the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import zstandard

from index.static_embedding import StaticEmbedder
from index.training import train as training
from index.training.corpus import TokenisedPairs
from index.training.heldout import EvaluationText
from index.training.recipes import RECIPES, TRANSLATED, Recipe
from index.training.sources import SOURCES, read
from index.training.tokenizer import VocabularySize
from index.training.train import Place, rate_at, train

THINGS = {
    "城市": "city",
    "学校": "school",
    "河流": "river",
    "工厂": "factory",
    "医院": "hospital",
    "公园": "park",
}
DEEDS = {
    "建设": "builds",
    "关闭": "closes",
    "参观": "visits",
    "保护": "protects",
    "需要": "needs",
    "扩大": "widens",
}
SECRET = "评测集里的一整段文字绝对不能出现在训练数据当中否则成绩就没有意义了"
RECIPE = Recipe(
    weights={"parallel_human": 1.0, "dictionary": 1.0},
    steps=60,
    batch=24,
    dimension=16,
    warmup=5,
    matryoshka=(16, 8),
    late_share=0.3,
    late_batch=12,
    blocks={"parallel_human": 2},
    vocabulary=VocabularySize(100, 5, 100, 100, 20),
)


def write(path: Path, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(zstandard.ZstdCompressor().compress(text.encode()))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    data, evaluation = tmp_path / "data", tmp_path / "eval"
    data.mkdir()
    evaluation.mkdir()
    names = {file for made in training.SETS.values() for file in made.files}
    for name in names:
        write(data / f"{name}.jsonl.zst", [])
    sentences = [
        {"zh": f"我们{deed}{thing}。", "en": f"The team {acts} the {word}.", "source": "tatoeba_cmn_eng"}
        for thing, word in THINGS.items()
        for deed, acts in DEEDS.items()
    ]
    write(
        data / "parallel_human.jsonl.zst",
        [
            *sentences,
            {"zh": SECRET, "en": "A secret.", "source": "tatoeba_cmn_eng"},
            {"zh": "没有许可的句子。", "en": "A sentence without licence.", "source": "kajweb_sentences"},
        ],
    )
    entries = [{"zh": zh, "en": en, "source": "cc_cedict"} for zh, en in (THINGS | DEEDS).items()]
    write(data / "dictionary.jsonl.zst", entries)
    row = {"question_zh": "什么？", "question_en": "What?", "context": f"前面的话。{SECRET}。"}
    (evaluation / "set.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return Place(data, evaluation, tmp_path / "work", "all")


def test_a_run_learns_which_words_mean_the_same(place: Place, tmp_path: Path) -> None:
    train(RECIPE, 3, place, tmp_path / "model")
    embedder = StaticEmbedder.load(tmp_path / "model")
    chinese, english = embedder.embed(list(THINGS)), embedder.embed(list(THINGS.values()))
    assert (chinese @ english.T).argmax(axis=1).tolist() == list(range(len(THINGS)))


def test_text_of_the_evaluation_sets_never_reaches_the_pairs(place: Place) -> None:
    training.prepare(RECIPE, 0, place)
    assert len(TokenisedPairs.open(place.work / "pairs", "parallel_human")) == len(THINGS) * len(DEEDS) + 1


def test_the_permissive_level_leaves_out_what_states_no_open_licence(place: Place) -> None:
    kept = {row["source"] for row in read(place.data, "parallel_human", "permissive")}
    assert kept == {"tatoeba_cmn_eng"}
    assert {row["source"] for row in read(place.data, "parallel_human")} == kept | {"kajweb_sentences"}
    assert not SOURCES["alpaca_parallel"].permissive
    assert SOURCES["cc_cedict"].permissive


def test_a_killed_run_ends_with_the_weights_of_one_that_was_not(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(RECIPE, 3, place, tmp_path / "whole")
    monkeypatch.setattr(training, "_CHECKPOINT_EVERY", 20)
    steps = training._step

    def killed(*arguments: object) -> tuple[str, float]:
        if arguments[-1] == 45:
            raise KeyboardInterrupt
        return steps(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(training, "_step", killed)
    with pytest.raises(KeyboardInterrupt):
        train(RECIPE, 3, place, tmp_path / "resumed")
    monkeypatch.setattr(training, "_step", steps)
    train(RECIPE, 3, place, tmp_path / "resumed")
    whole, resumed = StaticEmbedder.load(tmp_path / "whole"), StaticEmbedder.load(tmp_path / "resumed")
    assert whole.fingerprint == resumed.fingerprint


def test_a_run_can_start_from_another_model(place: Place, tmp_path: Path) -> None:
    train(RECIPE, 3, place, tmp_path / "first")
    still = replace(RECIPE, steps=1, rate=0.0)
    train(still, 4, place, tmp_path / "second", tmp_path / "first")
    texts = ["城市", "the team visits"]
    first, second = (StaticEmbedder.load(tmp_path / name).embed(texts) for name in ("first", "second"))
    np.testing.assert_allclose(first, second, atol=1e-3)


def test_blocks_are_drawn_of_rows_that_another_model_holds_alike(place: Place, tmp_path: Path) -> None:
    train(RECIPE, 3, place, tmp_path / "first")
    train(replace(RECIPE, dropout=0.2, caution=0.3), 4, place, tmp_path / "second", None, tmp_path / "first")
    plain = TokenisedPairs.open(place.work / "pairs", "parallel_human")
    ordered = TokenisedPairs.open(place.work / "similar", "parallel_human")
    assert sorted(ordered.right_keys) == sorted(plain.right_keys)
    assert list(ordered.right_keys) != list(plain.right_keys)
    model = StaticEmbedder.load(tmp_path / "second")
    city, others = model.embed(["城市"])[0], model.embed(["city", "school", "river"])
    assert int((others @ city).argmax()) == 0


def test_questions_are_translated_and_blocks_are_drawn_by_words(place: Place, tmp_path: Path) -> None:
    rows = [{"q": f"哪些{thing}{deed}？", "p": f"{deed}{thing}"} for thing in THINGS for deed in DEEDS]
    write(place.data / "qa_zh.jsonl.zst", [row | {"source": "webank_sim"} for row in rows])
    weights = RECIPE.weights | {"questions_zh": 1.0, "translated_questions_zh": 1.0}
    recipe = replace(
        RECIPE,
        weights=weights,
        translated=frozenset({"translated_questions_zh"}),
        blocks={"translated_questions_zh": 2},
        steps=1,
        vocabulary=replace(RECIPE.vocabulary, inflected=5),
    )
    train(recipe, 3, place, tmp_path / "made", similar=Path(training.BY_WORDS))
    asked = TokenisedPairs.open(place.work / "pairs", "translated_questions_zh")
    assert len(asked) == len(TokenisedPairs.open(place.work / "pairs", "questions_zh")) == len(rows)
    pieces = training.Tokenizer.from_file(str(place.work / "tokenizer.json"))
    words = {pieces.id_to_token(int(at)) for at in asked.left.ids}
    assert len(words & {*THINGS.values(), *DEEDS.values()}) >= 10
    assert not words & {*THINGS, *DEEDS}
    ordered = TokenisedPairs.open(place.work / "similar", "translated_questions_zh")
    assert sorted(ordered.right_keys) == sorted(asked.right_keys)


def test_overlap_is_found_in_questions_and_in_cut_passages() -> None:
    kept_out = EvaluationText(["研发投入强度的目标值是多少？", "谁？"], [SECRET])
    assert kept_out.overlaps("研发投入强度的 目标值是多少?")
    assert kept_out.overlaps("有人在这里抄了一段，" + SECRET[2:] + "，然后又加上了别的话。" * 3) is True
    assert not kept_out.overlaps("谁？")
    assert not kept_out.overlaps(
        "这一段文字和评测集没有任何关系，因此可以放心地用来训练模型，不会有什么问题。"
    )


def test_the_rate_rises_then_falls_to_nothing() -> None:
    rates = [rate_at(step, RECIPE) for step in range(RECIPE.steps)]
    assert rates.index(max(rates)) in range(3, 7)
    assert rates[-1] < 0.05 * max(rates)


def test_every_recipe_names_sets_that_exist() -> None:
    known = set(training.SETS) | training.OF_LEXICON
    for recipe in RECIPES.values():
        made_of = {name.removeprefix(TRANSLATED) for name in recipe.translated}
        assert set(recipe.weights) - recipe.translated <= known
        assert made_of <= set(recipe.weights)
        assert set(recipe.blocks) - recipe.translated <= known
