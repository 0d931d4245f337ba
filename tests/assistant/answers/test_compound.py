"""Two questions in one: both are answered, or neither."""

import pytest

from assistant.answers.compound import joined, parts_of
from assistant.answers.drafts import Draft
from assistant.asking.questions import understand
from assistant.model import Reason, Status


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("岚谷市2025年地区生产总值是多少?其中增长多少?", 2),
        ("研发投入强度2025年是多少,2030年目标是多少?", 2),
        ("What is the GDP and who is the mayor?", 2),
        ("岚谷市2025年地区生产总值是多少?", 1),
        ("为什么地区生产总值只有600亿元,原因是什么?", 1),
        ("谁说的,哪里说的,什么时候说的?", 1),
        ("岚谷市,湿地,面积", 1),
    ],
)
def test_parts(text, count):
    assert len(parts_of(understand(text))) == count


def test_the_second_part_leans_on_the_first():
    first, second = parts_of(understand("岚谷市研发投入强度2025年是多少,2030年目标是多少?"))
    assert [p.label for p in first.periods] == ["2025"]
    assert [p.label for p in second.periods] == ["2030"]
    assert second.places == ("岚谷市",)
    assert {t.text for t in first.terms} <= {t.text for t in second.terms}


def test_half_an_answer_is_no_answer():
    question = understand("岚谷市地区生产总值是多少?其中增长多少?")
    said = Draft("ledger", "865亿元。")
    missing = Draft("ledger", "", status=Status.NOT_FOUND, reason=Reason.PERIOD_NOT_COVERED)
    assert joined(question, (said, missing)) is None
    assert joined(question, (said, said)) is None  # the same said to both answers one of them at most
    assert joined(question, (said, Draft("ledger", "增长6.1%。"))).text == "865亿元。增长6.1%。"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("岚谷市2025年地区生产总值是多少?其中增长多少?", ["865亿元", "增长6.1%", "初步核算"]),
        ("岚谷市研发投入强度2025年是多少,2030年目标是多少?", ["1.9%", "2.6%"]),
    ],
)
def test_both_are_answered(ask, question, said):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []
    assert len({citation.span for citation in answer.citations}) == len(answer.citations)
