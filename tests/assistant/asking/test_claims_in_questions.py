"""What a question claims: amounts before 对吗, at the end of an English one, and how far a figure bears them out."""

import pytest

from assistant.asking.questions import understand


@pytest.mark.parametrize(
    "question", ["交易额2030年超过2000亿对吗", "强度要超过3%对不对?", "总数突破12万对吧"]
)
def test_an_amount_before_right_counts_no_pairs(question):
    (amount,) = understand(question).amounts
    assert amount.unit in {"亿", "%", "万", ""}


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Is the 2025 target for new nurseries 2,000?", 2000),
        ("Is the number of shelters 50?", 50),
        ("Are there 120 shelters?", 120),
    ],
)
def test_a_count_in_english_is_a_claim(question, count):
    assert [amount.normalized for amount in understand(question).amounts] == [count]


@pytest.mark.parametrize("question", ["Is the target for 2030?", "Is it set out in Article 15?"])
def test_a_year_or_an_article_is_none(question):
    assert understand(question).amounts == ()
