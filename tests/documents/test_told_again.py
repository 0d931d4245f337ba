"""Names that a sentence says once: figures for a later year, parts told by their places, what stands before its verb."""

from datetime import date

import pytest
from test_indicators import ledger, shown

from documents.model import IndicatorKind


def test_figures_for_a_later_year_take_the_names_said_before():
    rows = ledger(
        "到2027年,研发投入强度达到3%以上,技术合同成交额突破90亿元;2030年分别达到3.6%左右、150亿元。"
    )
    assert [shown(row) for row in rows] == [
        ("研发投入强度", "2027", "3%"),
        ("技术合同成交额", "2027", "90亿元"),
        ("研发投入强度", "2030", "3.6%"),
        ("技术合同成交额", "2030", "150亿元"),
    ]
    assert {row.kind for row in rows} == {IndicatorKind.TARGET}


def test_figures_in_another_order_are_left_alone():
    rows = ledger(
        "到2027年,研发投入强度达到3%以上,技术合同成交额突破90亿元;2030年分别达到150亿元、3.6%左右。"
    )
    assert [row.period for row in rows] == ["2027", "2027"]


def test_a_figure_that_names_a_place_is_a_part_of_the_one_before():
    rows = ledger("2025年入库科技型企业3200家,其中河东区1100家、石桥县870家。")
    assert [(row.name, row.subject, row.value) for row in rows] == [
        ("入库科技型企业", None, "3200"),
        ("入库科技型企业", "河东区", "1100"),
        ("入库科技型企业", "石桥县", "870"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("科技型企业今年入库3200家。", ["科技型企业"]),
        ("2025年工业投资完成72亿元,其中技改投资占45%左右。", ["工业投资", "技改投资占比"]),
        ("2024年地区生产总值经最终核实为520亿元。", ["地区生产总值"]),
        ("一季度利润5亿元,2022年同期的利润为4亿元。", ["利润"]),
    ],
)
def test_what_a_figure_is_called(text, names):
    assert [row.name for row in ledger(text)] == names


@pytest.mark.parametrize(
    ("text", "title", "periods"),
    [
        ("年末全市常住人口260万人。", "榆江市2025年统计公报", [None]),
        ("2025年,新建公园6个。年末绿地面积达到90公顷。", "示例", ["2025", "2025"]),
        ("2025年,新增就业6万人。四季度工业增加值增长8.6%。", "示例", ["2025", "2025-Q4"]),
        ("1-10月,汽车产量16万辆;全年汽车产量力争突破20万辆。", "示例", ["2025-01/2025-10", "2025"]),
        ("6月底前开工率达到80%。", "示例", ["2026-06"]),
    ],
)
def test_parts_of_the_year_that_is_told(text, title, periods):
    rows = ledger(text, on=date(2026, 3, 1), title=title)
    assert [row.period for row in rows][-len(periods) :] == periods or periods == [None]
