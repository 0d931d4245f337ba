"""What becomes a pair, on rows written for the test."""

from __future__ import annotations

import random
from itertools import chain

import pytest

from index.training.asking import chinese_question, english_question
from index.training.heldout import is_held_out_report
from index.training.names import pinyin_pairs, syllables
from index.training.pairs import PASSAGE, SETS, Pair
from index.training.sources import Row

SENTENCES = "".join(f"第{number}项工作由某某部门负责推进并且按时完成验收。" for number in range(40))


def made(name: str, rows: list[Row]) -> list[Pair]:
    return list(SETS[name].make(rows, random.Random(1)))


def test_headlines_find_their_bodies_and_2025_is_left_out() -> None:
    rows = [
        {
            "title": "某市召开科技创新大会",
            "text": "某市召开科技创新大会" + SENTENCES,
            "date": "20240101",
            "source": "x",
        },
        {"title": "另一个地方的新闻标题", "text": SENTENCES, "date": "20250101", "source": "x"},
    ]
    pairs = made("headlines", rows)
    assert [left for left, _ in pairs] == ["某市召开科技创新大会"]
    assert "科技创新大会" not in pairs[0][1]
    assert len(pairs[0][1]) <= PASSAGE
    for name in ("broadcast_surroundings", "asked_news"):
        assert made(name, rows[:1])
        assert not made(name, rows[1:])


def test_held_out_reports_make_no_pairs() -> None:
    rows = [{"title": f"{year}年工作报告", "text": SENTENCES, "source": "x"} for year in range(1950, 2050)]
    held_out = [row for row in rows if is_held_out_report(row)]
    assert 1 <= len(held_out) <= 30
    for name in ("report_surroundings", "asked_reports"):
        assert not made(name, held_out)
        assert made(name, rows)


def test_a_sentence_is_mostly_taken_out_of_its_surroundings() -> None:
    pairs = made("news_surroundings", [{"text": SENTENCES, "source": "x", "date": ""} for _ in range(50)])
    inside = sum(left in right for left, right in pairs)
    assert 0 < inside < 0.3 * len(pairs)


def test_an_answer_stays_in_its_passage_when_it_is_cut() -> None:
    text = "甲" * 700 + "答案在此" + "乙" * 700
    row = {"q": "在哪里？", "context": text, "answers": ["答案在此"], "answer_start": [700], "source": "drcd"}
    pairs = made("reading", [row])  # type: ignore[list-item]
    assert len(pairs) == 2
    assert all("答案在此" in pair[1] for pair in pairs)
    assert {pair[2] for pair in pairs if len(pair) == 3} == {row["context"]}  # cuts of one text: no negatives


def test_every_sentence_of_a_text_is_asked_about_within_what_stands_around_it() -> None:
    row = {"q": "什么？", "context": SENTENCES, "source": "drcd"}
    pairs = made("asked_reading", [row, {**row, "q": "谁？"}])
    assert (
        35 <= len(pairs) <= 40
    )  # of one text, however many questions it came with; ends may stand too alone
    assert {pair[2] for pair in pairs if len(pair) == 3} == {SENTENCES}
    assert all(50 <= len(pair[1]) <= PASSAGE and pair[1] in SENTENCES for pair in pairs)


def test_only_texts_that_were_judged_the_same_are_paraphrases() -> None:
    rows = [
        {"a": "甲", "b": "乙", "label": "1", "source": "lcqmc"},
        {"a": "丙", "b": "丁", "label": "0", "source": "lcqmc"},
        {"a": "戊", "b": "己", "label": "3", "source": "chinese_stsb"},
        {"a": "庚", "b": "辛", "label": "5", "source": "chinese_stsb"},
    ]
    assert {character for pair in made("paraphrases", rows) for character in pair} == set("甲乙庚辛")


def test_instructions_meet_answers_across_languages_and_unclear_rows_are_left_out() -> None:
    answer = "Several small steps taken every single day help a person to stay healthy for years."
    rows = [
        {"en": "How do I stay healthy?", "zh": "怎样保持健康？", "source": "x"},
        {"en": answer, "zh": "每天的小步骤。", "source": "x"},
        {"en": "Short text.", "zh": "短文。", "source": "x"},
        {"en": "Name a river.", "zh": "说一条河。", "source": "x"},
        {"en": "Nile.", "zh": "尼罗河。", "source": "x"},
    ]
    assert made("crossed_answers", rows) == [
        ("How do I stay healthy?", "每天的小步骤。"),
        ("怎样保持健康？", answer),
    ]


def test_names_are_written_in_pinyin() -> None:
    assert syllables("An1 Chun1 mao4") == ["an", "chun", "mao"]
    assert syllables("lu:4 se4") == ["lv", "se"]
    rows = [
        {"zh": "安", "en": "surname An; calm", "pinyin": "an1", "source": "cc_cedict"},
        {"zh": "春", "en": "spring", "pinyin": "chun1", "source": "cc_cedict"},
        {"zh": "长春", "en": "Changchun", "pinyin": "Chang2 chun1", "source": "cc_cedict"},
    ]
    pairs = list(pinyin_pairs(rows, random.Random(0)))
    assert pairs[0][1] == "长春"
    assert pairs[0][0].replace(" ", "") == "changchun"
    assert ("an chun", "安春") in pairs


@pytest.mark.parametrize("seed", range(20))
def test_made_questions_ask_and_keep_words_of_the_sentence(seed: int) -> None:
    chance = random.Random(seed)
    question = chinese_question(
        "到2030年，全市技术合同成交额力争突破2000亿元，高新技术企业达到1.5万家。", chance
    )
    assert question.endswith("？")
    assert any(
        term in question for term in ("技术合同", "高新技术", "成交额", "全市", "企业", "2030", "突破")
    )
    asked = english_question(
        "The city aims to raise the value of contracts to 200 billion yuan by 2030.", chance
    )
    assert asked.endswith("?")
    assert asked == asked.lower()
    assert {"city", "contracts", "value", "yuan", "billion", "raise"} & set(asked.rstrip("?").split())


def test_sets_are_made_the_same_for_a_seed() -> None:
    rows = [{"text": SENTENCES, "source": "x", "date": ""} for _ in range(5)]
    once, again = (list(SETS["asked_news"].make(rows, random.Random(7))) for _ in range(2))
    assert once == again
    assert list(chain.from_iterable(once))
