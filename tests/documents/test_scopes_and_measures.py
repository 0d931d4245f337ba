"""What tells like rows apart: heads of items and articles, conditions, measures named once, values that rose."""

import re
from datetime import date

import pytest

from documents.indicators import extract_indicators
from documents.model import Document, Passage, Section, Span

CARE = """第八条 享受二级照护的老人，补贴标准如下：
（一）日间照料发生的生活费用和餐饮费用纳入补贴范围的费用限额标准为在职人员每人每天40元（其中餐费不高于每人每天9元），退休人员每人每天25元；
（二）上门照料的费用限额标准为在职人员每人每月700元、退休人员每人每月380元。
第九条 享受一级照护的老人，补贴标准如下：
（一）日间照料的费用限额标准为在职人员每人每月260元、退休人员每人每月170元；
（二）辅具租用
由基金按65%的比例支付。
第十条 照料费用按以下办法支付：
1. 在职人员由基金按日间照料72%、上门照料88%的比例支付；
2. 退休人员由基金按日间照料68%、上门照料82%的比例支付。"""


def ledger(text, *, on=date(2026, 2, 1)):
    """Return the rows of a text that is one section with a passage a line."""
    whole = Span(0, len(text))
    document = Document("示例", "示例", text, (Section(0, 0, whole, whole, "示例", None),), "示例.txt", on)
    passages = [
        Passage(f"示例:{line.start()}", document.id, 0, Span(*line.span()), line.group(), "")
        for line in re.finditer(r"[^\n]+", text)
    ]
    return extract_indicators(document, passages)


def named(text, **kwargs):
    return [(row.name, row.period, row.value + row.unit) for row in ledger(text, **kwargs)]


@pytest.mark.parametrize(
    ("value", "name", "heads"),
    [
        ("40元", "在职人员费用限额标准", ["第八条 享受二级照护的老人，补贴标准如下"]),
        ("25元", "退休人员费用限额标准", ["第八条 享受二级照护的老人，补贴标准如下"]),
        ("9元", "餐费", ["第八条 享受二级照护的老人，补贴标准如下"]),
        ("380元", "退休人员上门照料的费用限额标准", ["第八条 享受二级照护的老人，补贴标准如下"]),
        ("170元", "退休人员日间照料的费用限额标准", ["第九条 享受一级照护的老人，补贴标准如下"]),
        ("65%", "辅具租用支付比例", ["第九条 享受一级照护的老人，补贴标准如下", "（二）辅具租用"]),
        ("88%", "在职人员上门照料支付比例", ["第十条 照料费用按以下办法支付"]),
        ("68%", "退休人员日间照料支付比例", ["第十条 照料费用按以下办法支付"]),
    ],
)
def test_like_rows_keep_whose_they_are_and_what_they_stand_under(value, name, heads):
    rows = {row.value + row.unit: row for row in ledger(CARE)}
    row = rows[value]
    assert row.name == name
    assert [part.text for key, part in sorted(row.parts.items()) if key.startswith("under")] == heads
    assert all(part.span.of(CARE) == part.text for part in row.parts.values())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("医疗救助标准为每人每次150元。", [("医疗救助标准", None, "150元")]),
        ("对区级、市级示范园，分别给予每家6万元、9万元支持。", [("区级示范园", None, "6万元"), ("市级示范园", None, "9万元")]),
        ("授予某课题等12项成果省科学技术进步奖一等奖。", [("省科学技术进步奖一等奖", None, "12项")]),
        ("投资五千万元以上项目新开工31个、竣工26个。",
         [("投资五千万元以上项目新开工", None, "31个"), ("投资五千万元以上项目竣工", None, "26个")]),
        ("九是为老旧小区加装电梯80部。", [("老旧小区加装电梯", None, "80部")]),
        ("累计推出46项改革试点举措。", [("改革试点举措", None, "46项")]),
        ("全市基本养老、失业、工伤保险参保人数分别为90万人、31万人、35万人。",
         [("基本养老保险参保人数", None, "90万人"), ("失业保险参保人数", None, "31万人"), ("工伤保险参保人数", None, "35万人")]),
        ("地区生产总值连续跨越3千亿、4千亿、5千亿三个台阶。", [("地区生产总值", None, "5千亿")]),
        ("2025年旅游业增加值增长9%，拉动地区生产总值增长1.1个百分点，对经济增长的贡献率为21%。",
         [("旅游业增加值", "2025", "9%"), ("拉动地区生产总值增长", "2025", "1.1个百分点"), ("对经济增长的贡献率", "2025", "21%")]),
        ("2026年3月起，护理补贴标准为每月180元。", [("护理补贴标准", "2026-03-", "180元")]),
        ("2021至今，开业首店70多家。全市有四星级饭店16家。", [("开业首店", "2021-", "70家"), ("四星级饭店", None, "16家")]),
    ],
)  # fmt: skip
def test_names_and_periods_as_printed(text, rows):
    assert named(text) == rows


def test_what_a_figure_rose_from_is_marked():
    rows = ledger("平均寿命从79.1岁提升至81.4岁，挂牌企业由22家增加到57家。")
    assert [(row.name, row.value, "was" in row.parts) for row in rows] == [
        ("平均寿命", "79.1", True), ("平均寿命", "81.4", False),
        ("挂牌企业", "22", True), ("挂牌企业", "57", False),
    ]  # fmt: skip


def test_a_condition_is_no_figure_and_stays_with_what_it_limits():
    rows = ledger(
        "（一）常住人口超过50万的县，租房补贴标准为每月900元；（二）常住人口不超过50万的县，租房补贴标准为每月600元。"
    )
    assert [(row.value, row.parts["condition"].text) for row in rows] == [
        ("900", "常住人口超过50万的县"), ("600", "常住人口不超过50万的县"),
    ]  # fmt: skip


def test_the_year_that_opens_a_review_holds_for_the_next_paragraphs():
    text = (
        "一、“十四五”时期工作回顾\n五年建成学校90所。\n刚刚过去的2025年，全市上下一心。\n"
        "粮食产量85万吨，增长2%，快于2024年0.4个百分点。\n五年来，累计栽树70万棵。"
    )
    found = {name: period for name, period, _ in named(text)}
    assert found["粮食产量"] == "2025"
    assert {period for name, period in found.items() if name != "粮食产量"} == {None}


def test_a_part_of_a_year_that_cannot_be_dated_is_kept_as_printed():
    (row, _) = ledger(
        "“十三五”期间，覆盖面扩大。截至今年10月底，全市参保人数为80万人。一季度产值12亿元。", on=None
    )
    assert row.period is None
    assert row.parts["period"].text == "截至今年10月底"


def test_what_there_is_now_is_no_aim_though_a_later_year_is_said_before_it():
    rows = ledger("到2031年，自来水普及率由目前的83.5%提高到92%。", on=None)
    assert [(row.name, row.value, row.period, row.kind.value) for row in rows] == [
        ("自来水普及率", "83.5", None, "actual"),
        ("自来水普及率", "92", "2031", "target"),
    ]
