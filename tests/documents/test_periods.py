"""Periods in Chinese and English text: years, plans, relative words, and dates that cannot be."""

import calendar
import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.periods import find_periods

GOLD = Path(__file__).parent / "gold" / "periods.jsonl"
TODAY = date(2025, 3, 5)
DIGITS = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def cases():
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("gold", cases(), ids=lambda gold: gold["text"])
def test_gold_string(gold):
    found = [
        {
            "text": period.text,
            "label": period.label,
            "impossible": period.problem is not None,
            "by": period.by,
            "since": period.since,
        }
        for period in find_periods(gold["text"], TODAY)
    ]
    assert found == gold["periods"]


@pytest.mark.parametrize("text", ["今年", "去年", "上半年", "过去五年", "11月份", "last year"])
def test_relative_words_stay_open_without_a_date(text):
    (period,) = find_periods(text)
    assert (period.label, period.relative, period.start_year) == (None, True, None)


def test_years_of_a_span():
    (period,) = find_periods("“十五五”时期")
    assert (period.start_year, period.end_year) == (2026, 2030)


@given(st.integers(1950, 2099))
def test_a_year_reads_the_same_in_every_script(year):
    spelt = "".join(DIGITS[int(digit)] for digit in str(year))
    for text in (
        f"{year}年",
        f"{year}年".translate(FULL_WIDTH),
        f"{spelt}年",
        f"{spelt}年".replace("〇", "○"),
        f"{spelt}年".replace("〇", "零"),
        f"in {year}",
    ):
        (period,) = find_periods(text)
        assert (period.label, period.start_year, period.end_year) == (str(year), year, year), text


@settings(max_examples=100)
@given(st.integers(1950, 2099), st.integers(0, 14), st.integers(0, 33))
def test_a_date_is_read_or_called_impossible(year, month, day):
    (period,) = find_periods(f"{year}年{month}月{day}日")
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        assert (period.label, period.problem) == (f"{year}-{month:02}-{day:02}", None)
    else:
        assert period.label is None
        assert period.problem


_PIECES = [
    *"0123456789二三十〇年月日至到末底前—-/. “”季度",
    "2030", "到", "十五五", "今年", "过去", "上半年", "前三", "by ", "the 15th Five-Year Plan", "以来",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_offsets_hold_for_any_text(text):
    end = 0
    for period in find_periods(text, TODAY):
        assert period.span.of(text) == period.text
        assert end <= period.span.start < period.span.end
        assert (period.label is None) == (period.problem is not None or period.start_year is None)
        end = period.span.end


@pytest.mark.parametrize(
    "piece", ["2025年", "2025-", "1", "12月", "十", "到", "年", "by ", "2025年1-", "“十五五”", "二〇"]
)
def test_long_text_takes_linear_time(piece):
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()
    find_periods(text, TODAY)
    assert time.perf_counter() - began < 2


def test_what_something_rose_to_is_no_deadline():
    mentions = find_periods("毛入园率由2020年的84.5%提高到2025年的92.1%,到2030年达到96%")
    assert [(one.text, one.by) for one in mentions] == [
        ("2020年", False),
        ("2025年", False),
        ("到2030年", True),
    ]
