"""An answer about another edition, prize, level or limited kind of thing is no answer."""

import pytest

from assistant.answers.drafts import Evidence
from assistant.answers.ordinals import misfit
from assistant.asking.questions import understand
from documents.model import Span
from documents.reading import read_bytes

TEXT = """栖云市创新大赛办法

第一条 第十四届栖云创新大赛于8月23日开幕，一等奖奖金10万元，二等奖奖金5万元。

第二条 享受2级待遇的人员，按照以下标准支付。
（一）居家护理，每人每月600元。

第三条 未成年人救助标准为每人每月916元，成年人救助标准为每人每月785元。

第四条 2～3级人员的评估费用由基金支付，A类护理每月12次，非公有制企业80家。

第五条 县级平台每年复评一次，县级以上人民政府制定标准。第一阶段从9月开始。
"""


@pytest.mark.parametrize(
    ("question", "quoted", "lacks"),
    [
        ("第十五届栖云创新大赛什么时候开幕?", "第十四届栖云创新大赛于8月23日开幕", "第十五届"),
        ("第14届栖云创新大赛什么时候开幕?", "第十四届栖云创新大赛于8月23日开幕", ""),
        ("第十四届大赛什么时候开幕?", "未成年人救助标准为每人每月916元", "第十四届"),
        ("二等奖奖金多少?", "一等奖奖金10万元", "二等奖"),
        ("二等奖奖金多少?", "二等奖奖金5万元", ""),
        ("3级待遇居家护理每月多少元?", "居家护理，每人每月600元", "3级"),
        ("二级待遇居家护理每月多少元?", "居家护理，每人每月600元", ""),
        ("3级人员的评估费用谁支付?", "2～3级人员的评估费用由基金支付", ""),
        ("1级人员的评估费用谁支付?", "2～3级人员的评估费用由基金支付", "1级"),
        ("B类护理每月几次?", "A类护理每月12次", "b类"),
        ("成年人救助标准是多少?", "未成年人救助标准为每人每月916元", "成年人"),
        ("未成年人救助标准是多少?", "成年人救助标准为每人每月785元", "未成年人"),
        ("未成年人救助标准是多少?", "未成年人救助标准为每人每月916元", ""),
        ("公有制企业有多少家?", "非公有制企业80家", "公有制"),
        ("国家级平台有多少家?", "一等奖奖金10万元", ""),
        ("市级平台多久复评一次?", "县级平台每年复评一次", "市级"),
        ("县级平台多久复评一次?", "县级平台每年复评一次", ""),
        ("市级平台的标准是什么?", "县级以上人民政府制定标准", ""),
        ("第二阶段什么时候开始?", "第一阶段从9月开始", "第二阶段"),
        ("一等奖奖金是多少美元?", "一等奖奖金10万元", "美元"),
        ("How much is the first prize in US dollars?", "一等奖奖金10万元", "us dollars"),
    ],
)
def test_evidence_fits_the_limits_of_the_question(question, quoted, lacks):
    document = read_bytes("rules.txt", TEXT.encode(), source_key="rules")
    at = document.text.index(quoted)
    section = max(
        (s for s in document.sections if s.span.start <= at < s.span.end), key=lambda s: s.span.start
    )
    proof = Evidence(document, section, Span(at, at + len(quoted)))
    assert misfit(understand(question), (proof,)) == lacks


def test_a_comparison_may_name_several():
    assert misfit(understand("一等奖奖金比二等奖多多少?"), ()) == ""
