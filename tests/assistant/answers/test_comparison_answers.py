"""Differences and ratios: always beside the two stated figures, with percentage points for rates."""

import pytest

from assistant.model import Reason, Status

COMPUTED = [
    ("岚谷市2025年和2026年技术合同成交额相差多少?", ["8.5亿元", "31.5亿元", "力争突破40亿元"]),
    ("岚谷市2026年和2025年城镇新增就业差多少?", ["减少1000人", "2.6万人", "2.5万人左右"]),
    ("岚谷市研发投入强度2025年到2030年提高多少?", ["0.7个百分点", "1.9%", "2.6%"]),
    ("青棠市登记失业率2026年到2030年下降多少个百分点?", ["降低0.2个百分点", "3.2%以内", "3%以内"]),
    ("青棠市2030年职业技能培训人次是2026年的几倍?", ["1.67倍", "3万人次", "5万人次", "目标"]),
    ("青棠市2030年养老机构床位数比2025年增加多少?", ["1800张", "4200张", "6000张"]),
    ("青棠市2030年社区助餐点是2025年的几倍?", ["1.7倍", "88个", "150个"]),
]


@pytest.mark.parametrize(("question", "said"), COMPUTED)
def test_computed(ask, question, said):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert [words for words in said if words not in answer.answer] == []
    assert "计算" in answer.answer
    assert len(answer.indicators) == 2
    assert len(answer.answer) <= 160


@pytest.mark.parametrize("question", [question for question, said in COMPUTED if "百分点" in said[0]])
def test_a_difference_of_rates_is_never_given_in_per_cent(ask, question):
    lead = ask(question).answer.split("。")[0]
    assert "百分点" in lead
    assert "%" not in lead


def test_a_difference_of_targets_says_so(samples):
    answer = samples.ask("郑州技术合同成交额2025年到2030年增加多少?")
    for words in ("1000亿元", "目标", "力争突破1000亿元", "力争突破2000亿元"):
        assert words in answer.answer
    answer = samples.ask("郑州全社会研发投入强度2025年到2030年提高多少个百分点?")
    assert "0.5个百分点" in answer.answer
    assert "目标" in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "How many times the 2025 level is Zhengzhou's technology contract turnover target for 2030?",
            "2 times",
        ),
        (
            "By how much does Zhengzhou's R&D intensity target rise from 2025 to 2030?",
            "0.5 percentage points",
        ),
        (
            "What is the difference between Zhengzhou's technology contract turnover targets for 2025 and 2030?",
            "100 billion yuan",
        ),
    ],
)
def test_in_english(samples, question, said):
    answer = samples.ask(question)
    assert answer.language == "en"
    assert said in answer.answer
    assert "computed" in answer.answer
    assert len(answer.indicators) == 2


def test_a_printed_change_is_told_not_computed(ask):
    answer = ask("岚谷市2025年地区生产总值比上年增长多少?")
    assert "增长6.1%" in answer.answer
    assert "计算" not in answer.answer


@pytest.mark.parametrize(
    "question",
    ["岚谷市2025年高新技术企业比2024年增加多少?", "青棠市登记失业率2026年到2040年下降多少?"],
)
def test_without_a_base_nothing_is_computed(ask, question):
    answer = ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.PERIOD_NOT_COVERED)
    assert answer.nearest


def test_flow_and_stock_are_never_subtracted(ask):
    answer = ask("岚谷市高新技术企业2030年比2025年增加多少家?")
    assert "255" not in answer.answer
    assert "345" not in answer.answer
