"""Conversations about a report, a news item and a notice of invented towns: what short turns ask of the figures before."""

import re

import pytest

from assistant.model import Status, Turn

DOCUMENTS = {
    "report.txt": """砚山市政府工作报告

——2026年1月20日在砚山市第六届人民代表大会第五次会议上

市长 陶明远

各位代表:

一、2025年工作回顾

全市地区生产总值达到1240亿元,增长5.8%;一般公共预算收入完成88.6亿元,增长4.9%。新能源汽车产量6.4万辆,增长31%。改造老旧小区72个,惠及居民1.9万户。

二、2026年工作安排

今年的主要预期目标是:地区生产总值增长6%左右,一般公共预算收入增长5%以上。新能源汽车产量力争突破9万辆。改造老旧小区80个。

三、办好民生实事

一是新增托位900个;二是新建书屋12座;三是建设公租房2300套;四是新增停车泊位4100个。
""",
    "news.txt": """松溪口岸客流突破400万人次

本报讯 松溪口岸今年以来出入境旅客已突破400万人次,同比增长18%,较去年提前21天。其中,内地旅客同比增长12%,港澳居民同比增长44%。
""",
    "notice.txt": """砚山市人民政府办公室关于印发砚山市青年安居补贴办法的通知

砚政办〔2025〕14号

各区人民政府:

现将《砚山市青年安居补贴办法》印发给你们,请认真执行。

砚山市人民政府办公室
2025年5月9日

砚山市青年安居补贴办法

第一条 为支持青年来砚山就业,制定本办法。

第二条 申请租房补贴的,应当在砚山市连续缴纳社会保险满3个月。

第三条 市人力资源和社会保障局应当自受理之日起15个工作日内完成审核。

第四条 设立规模2亿元的青年安居基金,支持若干个青年社区。
""",
    "other-town.txt": """青檀县政府工作报告

——2026年1月8日在青檀县第四届人民代表大会第五次会议上

一、2025年工作回顾

全县地区生产总值增长7.7%。改造老旧小区15个,惠及居民3000户。
""",
}
DECLINED = ""
TURNS = {
    "apart from another year": [
        ("砚山市2025年新能源汽车产量是多少?", "6.4万辆"),
        ("今年目标呢?", "力争突破9万辆"),
        ("多了多少?", "2.6万辆"),
        ("和2025年比呢?", "2.6万辆"),
    ],
    "its growth, and the growth of the next year": [
        ("砚山2025年GDP多少?", "1240亿元"),
        ("增速呢?", r"5\.8%"),
        ("今年的目标呢?", "6%左右"),
    ],
    "another town's figure is no answer": [
        ("砚山今年要改造多少个老旧小区?", "80个"),
        ("去年改造了几个?", "72个"),
        ("惠及多少户?", r"1\.9万户"),
    ],
    "one town beside another": [
        ("砚山市2025年GDP增长多少?", r"5\.8%"),
        ("青檀县呢?", r"7\.7%"),
        ("差多少?", r"1\.9个百分点"),
    ],
    "one item after another": [
        ("砚山的四件民生实事分别是什么?", "托位.*书屋.*公租房.*泊位"),
        ("第三件是什么?", "2300套"),
        ("第四件呢?", "4100个"),
    ],
    "who delivered it": [("砚山2025年一般公共预算收入多少?", r"88\.6亿元"), ("谁作的报告?", "陶明远")],
    "the clause that names it": [
        ("松溪口岸今年客流突破多少?", "400万人次"),
        ("内地旅客呢?", "12%"),
        ("港澳居民呢?", "44%"),
        ("比去年提前多少天?", "21天"),
    ],
    "who does it, and the document's number": [
        ("砚山申请租房补贴要交多久社保?", "3个月"),
        ("由谁审核?", "人力资源和社会保障局"),
        ("文号是多少?", "砚政办〔2025〕14号"),
    ],
    "what holds for no year": [
        ("砚山市2026年新能源汽车产量目标是多少?", "9万辆"),
        ("那2027年呢?", DECLINED),
    ],
}


@pytest.fixture(scope="module")
def towns(build):
    assistant = build("towns")
    for name, text in DOCUMENTS.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant


@pytest.mark.parametrize("name", TURNS)
def test_short_turns(towns, name):
    turns, wrong = [], []
    for question, wanted in TURNS[name]:
        answer = towns.ask(question, turns)
        turns.append(Turn(question, answer.answer))
        declined = answer.status is Status.NOT_FOUND
        if declined is bool(wanted) or (wanted and not re.search(wanted, answer.answer)):
            wrong.append((question, wanted, answer.answer))
    assert wrong == []


def test_a_figure_without_a_year_answers_beside_one_with_a_year(towns):
    asked = "砚山市青年安居补贴2026年要求连续缴纳社会保险多久?"
    answer = towns.ask("青年安居基金规模呢?", [Turn("砚山申请租房补贴要交多久社保?", ""), Turn(asked, "")])
    assert "2亿元" in answer.answer
