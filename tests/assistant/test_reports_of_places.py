"""Reports of two provinces and a plan of the country: each figure for its place, its year, and its kind."""

import pytest

from assistant.model import Reason, Status

HENAN = """2026河南省政府工作报告

各位代表:
一、“十四五”时期和2025年工作回顾
生产总值6.66万亿元,规上工业企业营收5万亿元。细颗粒物(PM2.5)浓度较“十三五”末改善15.2%,PM2.5浓度37微克/立方米。
二、2026年工作安排
主要预期目标是:经济增长5%左右,城镇新增就业110万人以上,研发投入强度2.4%左右。
"""
JIANGSU = """2026江苏省政府工作报告

各位代表:
一、2025年工作回顾
长江干流水质连续8年稳定在Ⅱ类,全社会研发投入强度3.38%。
二、2026年工作安排
今年主要预期目标是:地区生产总值按增长5.5%安排,城镇新增就业120万人,全社会研发投入强度3.42%左右。
"""
PLAN = """关于加快发展群众冰雪运动的意见

一、总体要求
(一)基本原则。
坚持群众参与。把群众愿不愿意参加作为检验工作的标准。
坚持安全第一。把场地和器材的安全放在首位。
(二)发展目标。
2028年12月底前,各地建成冰雪运动公共服务网络。
二、重点任务
(一)培育精品赛事。组织校园冰雪联赛和社区冰雪趣味赛,扩大赛事影响。(体育总局、教育部负责)
(二)建设场地设施。利用公园绿地建设可移动冰场。(住房城乡建设部牵头,体育总局配合)
三、工作安排
1.摸清底数。各地以县为单位摸清现有冰雪场地底数。该项工作于2026年4月底前完成。
2.分类整改。对于需要办理移交手续的,原则上于2026年6月底前完成;对于需要新建、改建的,2026年9月底前完成建设规划,2027年12月底前完成竣工验收。
3.人员配备。每个场地配备救护员两名,管理人员任期一般不超过两届。安全管理办法由体育总局负责制定。
"""


@pytest.fixture(scope="module")
def reports(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for name, text in (("henan.txt", HENAN), ("jiangsu.txt", JIANGSU), ("plan.txt", PLAN)):
        (folder / name).write_text(text, encoding="utf-8")
    assistant = build("reports")
    assert {report.state for report in assistant.add([folder])} == {"added"}
    return assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("河南2026年地区生产总值增长目标是多少?", "增长5%左右"),
        ("What is Henan's GDP growth target for 2026?", "增长5%左右"),
        ("江苏2026年经济增长目标是多少?", "5.5%"),
        ("江苏2026年城镇新增就业目标是多少?", "2026年城镇新增就业:"),
        ("江苏长江干流水质稳定在几类?", "Ⅱ类"),
        ("河南PM2.5浓度改善了多少?", "改善15.2%"),
        ("群众冰雪运动的基本原则是什么?", "坚持群众参与、坚持安全第一"),
        ("培育精品赛事由哪些部门负责?", "体育总局、教育部负责"),
        ("公共服务网络什么时候建成?", "2028年12月底前"),
        ("现有冰雪场地底数什么时候摸清?", "2026年4月底前"),
        ("需要办理移交手续的场地什么时候完成?", "2026年6月底前"),
        ("需要新建、改建的场地什么时候完成竣工验收?", "2027年12月底前完成竣工验收"),
        ("管理人员任期一般不超过几届?", "两届"),
        ("安全管理办法由谁制定?", "体育总局"),
        ("群众冰雪运动的重点任务有哪些?", "培育精品赛事、建设场地设施"),
    ],
)
def test_each_place_its_own(reports, question, said):
    answer = reports.ask(question)
    assert answer.status is Status.ANSWERED, answer
    assert said in answer.answer


def test_what_was_reached_last_year_is_no_figure_of_this_year(reports):
    answer = reports.ask("河南2026年生产总值是多少万亿元?")
    assert "6.66" not in answer.answer


def test_two_places_are_both_answered(reports):
    answer = reports.ask("江苏和河南2026年城镇新增就业目标各是多少?")
    assert answer.status is Status.ANSWERED
    assert answer.answer.index("120万人") < answer.answer.index("110万人以上")
    assert len(answer.citations) == 2


def test_a_place_without_the_figure_is_said(reports):
    answer = reports.ask("江苏和河南2025年全社会研发投入强度各是多少?")
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.ATTRIBUTE_NOT_STATED)
    assert "3.38%" in answer.answer
    assert "河南:文档中没有给出" in answer.answer


def test_two_places_are_compared(reports):
    answer = reports.ask("江苏2026年经济增长目标比河南高多少?")
    assert "江苏比河南高0.5个百分点" in answer.answer
    assert len(answer.citations) == 2
