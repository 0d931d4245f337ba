"""A part is not its whole, a result no target, a half year no year; and what a claim says without 吗."""

import pytest

from assistant.model import Status

BULLETIN = """榆江市2025年国民经济和社会发展统计公报

初步核算，2025年全市地区生产总值1860.5亿元，比上年增长5.2%。年末常住人口312.6万人。
全年入库科技型企业3200家，其中河东区1100家、石桥县870家。
市财政安排科技专项资金3亿元，其中用于成果转化的不低于40%。
汽车出口9.6万辆，同比增长13.8%，环比增长4.2%。
“十四五”期间每年新增口袋公园30个以上。一般公共预算收入增长7.4%，农村居民人均可支配收入25380元。

表1 2025年分县（市、区）主要指标
县（市、区）|地区生产总值（亿元）|增速（%）
河东区|620.4|5.6
石桥县|412.0|4.8
"""
HALF = """榆江市2026年上半年经济运行情况

上半年，全市一般公共预算收入64.9亿元，同比增长2.7%。新签约亿元以上项目22个。
确保全年地区生产总值增长5.5%以上。
"""


@pytest.fixture(scope="module")
def bulletin(build):
    assistant = build("parts")
    assert assistant.add_upload("gongbao.txt", BULLETIN.encode(), source_key="gongbao").state == "added"
    return assistant


@pytest.fixture(scope="module")
def half(build):
    assistant = build("half")
    assert assistant.add_upload("half.txt", HALF.encode(), source_key="half").state == "added"
    return assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("榆江市2025年末常住人口多少?", "312.6万人"),
        ("河东区入库科技型企业有多少家?", "1100家"),
        ("石桥县2025年GDP是多少?", "412.0亿元"),
        ("石桥县GDP增速是多少?", "4.8%"),
        ("榆江市2025年GDP是多少?", "1860.5亿元"),
        ("十四五期间新增口袋公园多少个?", "每年30个以上"),
    ],
)
def test_answered(bulletin, question, said):
    answer = bulletin.ask(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("榆江市2026年常住人口多少?", "312.6"),
        ("榆江市2025年GDP目标是多少?", "1860.5"),
        ("石桥县2024年地区生产总值?", "412"),
        ("石桥县GDP和人均GDP相差多少?", "411"),
        ("榆江市进口额是多少?", "9.6"),
        ("榆江市2025年一般公共预算收入是多少亿元?", "25380"),
    ],
)
def test_not_given_for_something_else(bulletin, question, figure):
    answer = bulletin.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert figure not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("榆江市2025年地区生产总值1900亿元?", "1860.5亿元"),
        ("汽车出口同比增长4.2%对吗?", "13.8%"),
        ("用于成果转化的资金是1.2亿元吗?", "40%"),
    ],
)
def test_claims_are_corrected(bulletin, question, said):
    answer = bulletin.ask(question)
    assert answer.status is Status.PARTIAL
    assert said in answer.answer


def test_what_is_printed_by_the_year_is_no_yes_for_the_plan(bulletin):
    assert "是的" not in bulletin.ask("“十四五”新增口袋公园30个以上?").answer


@pytest.mark.parametrize("question", ["全年一般公共预算收入目标是多少?", "全年签约亿元以上项目多少个?"])
def test_half_a_year_is_not_the_whole(half, question):
    assert half.ask(question).status is Status.NOT_FOUND


def test_what_is_aimed_at_for_the_whole_year(half):
    assert "5.5%以上" in half.ask("全年地区生产总值增长目标是多少?").answer
