"""Answers in words: printed figures stay, comparator and hedge stay, English is added around them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fake_assistant import make_document, make_indicator

from assistant.answers import phrasing


@pytest.fixture
def document():
    return make_document()


@pytest.fixture
def row(document):
    return make_indicator(document)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (15.0, "15"),
        (0.5, "0.5"),
        (2e11, "200000000000"),
        (-0.0, "0"),
        (1e30, "1" + "0" * 30),
        (Decimal("1.670"), "1.67"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_number(value, text):
    assert phrasing.number(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (200000000000, "元", "200 billion yuan"),
        (6.66e12, "元", "6.66 trillion yuan"),
        (5000000, "元", "5 million yuan"),
        (1500, "元", "1,500 yuan"),
        (3.2e12, "美元", "3.2 trillion US dollars"),
        (3.5, "%", "3.5%"),
        (0.5, "百分点", "0.5 percentage points"),
        (15000, "家", "15,000"),
        (12560000, "人", "12.56 million people"),
        (50000, "人", "50,000 people"),
        (7.5, "公里", "7.5 km"),
    ],
)
def test_amounts_in_english(value, unit, text):
    assert phrasing.amount_en(value, unit) == text


def test_a_row_in_chinese(document, row):
    assert phrasing.row_zh(document, row) == "2030年技术合同成交额:力争突破2000亿元"


def test_a_row_in_english_keeps_the_printed_figure_and_the_hedge(document, row):
    said = phrasing.row_en(document, row)
    for words in ("突破2000亿元", "over 200 billion yuan", "力争", "技术合同成交额", "2030"):
        assert words in said


def test_several_rows_say_their_name_once(document, row):
    said = phrasing.series("zh", [(document, replace(row, period="2025")), (document, row)])
    assert said.count("技术合同成交额") == 1
    assert "2025年" in said
    assert "2030年" in said
    assert phrasing.series("en", [(document, row)]).endswith(".")


@pytest.mark.parametrize(
    ("period", "by_period", "words"),
    [
        ("2030", False, "2030年"),
        ("2030", True, "到2030年"),
        ("2026-2030", False, "2026—2030年"),
        ("2025-12", False, "2025年12月"),
        (None, False, "2030年"),  # as printed, when it has no date of its own
        ("2025-08-11", False, "2025年8月11日"),
        ("2025-Q1/2025-Q3", False, "2025年前三季度"),
        ("2025-01/2025-11", False, "2025年1—11月"),
    ],
)
def test_periods(row, period, by_period, words):
    assert phrasing.period_words(replace(row, period=period, by_period=by_period)) == words


def test_what_is_added_within_a_period_is_called_new(row):
    assert phrasing.row_name(replace(row, flow=True)).startswith("新增")
    assert phrasing.row_name(replace(row, flow=True, name="新增高新技术企业")) == "新增高新技术企业"
    assert phrasing.row_name(replace(row, flow=True, comparator="新增")) == row.name


@pytest.mark.parametrize(
    ("comparator", "text"),
    [
        ("突破", "over 200 billion yuan"),
        ("左右", "about 200 billion yuan"),
        ("不低于", "at least 200 billion yuan"),
        ("以上", "200 billion yuan or more"),
        ("不超过", "no more than 200 billion yuan"),
        ("达到", "200 billion yuan"),
        (None, "200 billion yuan"),
    ],
)
def test_comparators_in_english(row, comparator, text):
    assert phrasing.value_en(replace(row, comparator=comparator)) == text


@pytest.mark.parametrize("value", ["若干个", "一批"])
def test_where_no_number_exists_none_is_made(row, value):
    said = phrasing.value_en(replace(row, value=value, unit="", normalized=None, comparator=None))
    assert "no number is given" in said
    assert not any(character.isdigit() for character in said)


def test_clipping():
    text = "第一句讲湿地,第二句讲水鸟,第三句讲芦苇,第四句讲游客"
    assert phrasing.clipped(text, 100) == text
    cut = phrasing.clipped(text, 20)
    assert len(cut) <= 20
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
