"""Exact match and F1 by the worked examples of their definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.text_measures import exact_match, token_f1, tokens

TEXT = st.text(alphabet="突破2000亿元,。the target a3.5%　 ", max_size=20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("突破2,000亿元", ["突", "破", "2000", "亿", "元"]),
        ("the 3.5% target", ["3.5%", "target"]),
        ("Ｒ＆Ｄ投入", ["r", "d", "投", "入"]),
        ("，。！", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


def test_f1_worked_example():
    # answer 突破2000亿元: 5 tokens; expected 2000亿元: 3; shared 3. P = 3/5, R = 3/3, F1 = 2·3/(5+3) = 0.75
    assert token_f1("突破2000亿元", ["2000亿元"]) == pytest.approx(0.75)


def test_f1_counts_a_repeated_token_as_often_as_both_have_it():
    # answer 大大大: 3; expected 大家: 2; shared 1. F1 = 2·1/(3+2) = 0.4
    assert token_f1("大大大", ["大家"]) == pytest.approx(0.4)


def test_the_best_of_several_expected_texts_counts():
    assert token_f1("刘盼盼", ["记者", "刘盼盼"]) == 1.0
    assert exact_match("刘盼盼。", ["记者", "刘盼盼"]) == 1.0
    assert exact_match("记者刘盼盼", ["刘盼盼"]) == 0.0


def test_nothing_expected_asks_for_declining():
    assert exact_match("没有提到", [], abstained=True) == 1.0
    assert exact_match("2000亿元", []) == 0.0
    assert token_f1("2000亿元", []) == 0.0


@given(TEXT, TEXT)
def test_f1_is_symmetric_and_bounded(first, second):
    if tokens(first) and tokens(second):
        assert 0.0 <= token_f1(first, [second]) <= 1.0
        assert token_f1(first, [second]) == token_f1(second, [first])
        assert (token_f1(first, [second]) == 1.0) == (sorted(tokens(first)) == sorted(tokens(second)))
