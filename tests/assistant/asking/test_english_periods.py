"""Days, months, quarters and halves of a year in English questions."""

from datetime import date

import pytest

from assistant.asking.english_periods import as_printed, english_periods
from assistant.asking.questions import understand


def labels(key, reference=None):
    return [mention.label for mention in english_periods(key, reference)]


@pytest.mark.parametrize(
    ("key", "printed", "label"),
    [
        ("price on july 21", "7月21日", "2025-07-21"),
        ("price on 21 july 2023", "2023年7月21日", "2023-07-21"),
        ("index in april", "4月", "2025-04"),
        ("investment in january-february", "1-2月", "2025-01/2025-02"),
        ("growth jan-feb 2024", "2024年1-2月", "2024-01/2024-02"),
        ("output in the first half of last year", "去年上半年", "2024-H1"),
        ("2023 h1 sales", "2023年上半年", "2023-H1"),
        ("gdp in q3 2024", "2024年三季度", "2024-Q3"),
        ("gdp in the first three quarters", "前三季度", "2025-Q1/2025-Q3"),
        ("in use by the end of june 2026", "到2026年6月", "2026-06"),
        ("open since january 2020", "自2020年1月以来", "2020-01-"),
    ],
)
def test_parts_of_a_year(key, printed, label):
    (mention,) = english_periods(key, date(2025, 11, 1))
    assert mention.label == label
    assert key[mention.span.start : mention.span.end] == mention.text
    assert as_printed(mention.text) == printed


@pytest.mark.parametrize("key", ["may i apply", "they march on", "the h1 hall", "the q2 building", "a sep"])
def test_words_that_are_no_months(key):
    assert labels(key) == []


def test_a_month_that_is_a_word_needs_a_sign_of_it():
    assert labels("how many in may", date(2025, 8, 1)) == ["2025-05"]
    assert labels("visitors of may 5", date(2025, 8, 1)) == ["2025-05-05"]


def test_the_year_of_a_month_is_not_read_twice():
    question = understand("How many visitors came in March 2024?")
    assert [period.label for period in question.periods] == ["2024-03"]
    assert "2024年3月" in question.search_text
