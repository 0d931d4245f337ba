"""Questions made of the ledger: in Chinese by templates, in English where the lexicon knows the name's words."""

from __future__ import annotations

import random
from pathlib import Path

from index.training.heldout import is_held_out_report
from index.training.ledger_questions import (
    chinese_ledger_questions,
    english_ledger_questions,
    in_english,
    read_lexicon,
)
from index.training.sources import Row

TEXT = "到2030年,全市技术合同成交额突破900亿元。2029年新增绿色工厂60家。"
LEXICON = [("technology contract turnover", "技术合同成交额"), ("green", "绿色"), ("factory", "工厂")]


def rows(count: int = 40) -> list[Row]:
    made = [
        {"title": f"某市{year}年行动计划", "text": TEXT, "source": "x"} for year in range(2000, 2000 + count)
    ]
    return [row for row in made if not is_held_out_report(row)]


def test_a_chinese_question_names_the_figure_and_finds_its_passage_with_context() -> None:
    made = list(chinese_ledger_questions(rows(), random.Random(3)))
    assert len(made) == 2 * len(rows())
    assert any("2030年" in question and "技术合同成交额" in question for question, _, _ in made)
    for question, shown, passage in made:
        assert "技术合同成交额" in question or "绿色工厂" in question
        assert not {"900", "60"} & set(question.split())
        assert shown.endswith(passage)
        assert "行动计划" in shown


def test_an_english_question_says_what_the_lexicon_knows() -> None:
    made = [question for question, _, _ in english_ledger_questions(rows(), random.Random(3), LEXICON)]
    assert any("technology contract turnover" in question for question in made)
    assert any("green factory" in question for question in made)
    assert all("{" not in question and "  " not in question for question in made)


def test_a_name_that_is_mostly_unknown_is_not_said() -> None:
    entries = {"绿色": ["green"], "工厂": ["factory"]}
    assert in_english("绿色工厂", entries, random.Random(1)) == "green factory"
    assert in_english("绿色低碳示范园区", entries, random.Random(1)) is None


def test_texts_that_are_held_out_or_empty_ask_nothing() -> None:
    held_out = [row for at in range(300) if is_held_out_report(row := {"title": f"报告{at}", "text": TEXT})]
    assert held_out
    assert not list(chinese_ledger_questions(held_out, random.Random(1)))
    assert not list(chinese_ledger_questions([{"text": TEXT, "date": "20250203"}], random.Random(1)))
    assert not list(chinese_ledger_questions([{"text": "。"}], random.Random(1)))


def test_the_lexicon_is_read_by_alternatives_and_what_has_no_english_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text(
        "# English\tChinese\nability\t能力|本领\n买房\t购房\nplace\t \n", "utf-8"
    )
    assert list(read_lexicon(tmp_path)) == [("ability", "能力"), ("ability", "本领")]
