"""Terms: what is left of a question without its words of asking, and how characters show that they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.questions import understand
from assistant.asking.terms import grams, term

ASKING = set("多少 什么 哪些 请问 目标 谁 吗 呢 的 是".split())


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("创新平台", {"创新", "新平", "平台"}),
        ("创新,平台", {"创新", "平台"}),
        ("gdp增速", {"gdp", "增速"}),
        ("2030年", {"2030", "年"}),
        ("", set()),
        ("。,!", set()),
    ],
)
def test_grams(key, expected):
    assert grams(key) == expected


@given(st.text(alphabet="创新平台2030年 ,。a&b“”", max_size=30))
def test_grams_never_cross_a_mark(key):
    for gram in grams(key):
        assert gram in key
        assert not set(gram) & set(" ,。“”")


def test_a_term_has_units_for_each_alternative():
    one = term("r&d", "研发", "研究与试验发展")
    assert one.alternatives == ("研发", "研究与试验发展")
    assert len(one.units) == 2
    assert {"研发", "试验"} <= one.grams


def contents(text):
    return {one.text for one in understand(text).terms if one.weight > 0.1 and not one.optional}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请问岚谷市2030年湿地面积目标是多少?", {"岚谷市", "湿地", "面积"}),
        ("帮我查一下,湿地面积到底有多少?", {"湿地", "面积"}),
        ("湿地面积呢?", {"湿地", "面积"}),
        ("“湿地之心”是什么?", {"湿地之心"}),
        ("《湿地保护办法》由谁解释?", {"湿地保护办法"}),
    ],
)
def test_the_content_of_chinese_questions(text, expected):
    found = contents(text)
    assert expected <= found
    assert not found & ASKING


@pytest.mark.parametrize(
    "text", ["2030年呢?", "那2030年呢?", "是多少?", "为什么呢?", "what about 2030?", "and in 2027?"]
)
def test_questions_of_nothing_but_asking_have_no_terms(text):
    assert contents(text) == set()


def test_years_and_amounts_are_no_terms():
    texts = [one.text for one in understand("为什么2030年湿地面积只有500公顷?").terms]
    assert "湿地" in texts
    assert not [text for text in texts if "2030" in text or "500" in text]


def test_generic_words_weigh_less_than_names():
    weights = {one.text: one.weight for one in understand("湿地公园的项目由哪里负责?").terms}
    assert weights["项目"] < 0.2 <= 1.0 <= weights["公园"]


def test_the_kind_of_thing_that_is_asked_for_is_optional():
    terms = {one.text: one for one in understand("岚谷市设立了什么基金?").terms}
    assert terms["基金"].optional
    assert not terms["岚谷市"].optional


def test_quoted_words_stand_whole_and_weigh_most():
    terms = {one.text: one.weight for one in understand("“四改”行动包括什么?").terms}
    assert terms["四改"] == max(terms.values())


def test_english_terms_carry_what_chinese_documents_print():
    terms = {one.text: one for one in understand("What is the R&D intensity target for 2030?").terms}
    assert "研发投入强度" in terms["r&d intensity"].alternatives
    assert "target" not in terms


def test_unknown_english_words_may_be_names_and_stand_together():
    terms = understand("Who is An Chunmao?").terms
    assert [(one.text, one.name) for one in terms] == [("an chunmao", True)]


@given(st.text(alphabet="岚谷市湿地2030年多少?是“”《》,。 abR&D\n１２", max_size=60))
def test_anything_is_understood(text):
    question = understand(text)
    assert all(len(one.alternatives) == len(one.units) for one in question.terms)
    assert all(0 <= one.weight <= 1.5 for one in question.terms)
