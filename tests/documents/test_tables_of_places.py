"""Tables whose first column names places: each row is of one of them, each other column an indicator."""

import pytest

from documents.indicators import extract_indicators
from documents.model import IndicatorKind
from documents.passages import split_passages
from documents.reading import read_bytes

BULLETIN = """榆江市2025年国民经济和社会发展统计公报

全市地区生产总值1860.5亿元，增长5.2%。

表1 2025年分县（市、区）主要指标
县（市、区）|地区生产总值（亿元）|增速（%）|固定资产投资（亿元）|比上年增长（%）
河东区|620.4|5.6|210|-3.1
石桥县|412.0|4.8|98.5|6.2
合计|1860.5|5.2|560|2.0
"""
TASKS = """榆江市2027年度造林任务分解表
乡镇|造林面积（亩）|新增苗圃（个）
柳溪镇|2600|3
北坡乡|1800|2
"""


def rows_of(text):
    document = read_bytes("表.txt", text.encode())
    return extract_indicators(document, split_passages(document))


@pytest.fixture(scope="module")
def bulletin():
    return rows_of(BULLETIN)


def test_each_row_is_of_its_place_and_of_the_year_in_the_caption(bulletin):
    told = [(r.name, r.subject, r.period, r.value + r.unit) for r in bulletin if "row" in r.parts]
    assert told[:4] == [
        ("地区生产总值", "河东区", "2025", "620.4亿元"),
        ("地区生产总值增速", "河东区", "2025", "5.6%"),
        ("固定资产投资", "河东区", "2025", "210亿元"),
        ("固定资产投资", "河东区", "2025", "-3.1%"),
    ]
    assert {subject for _, subject, _, _ in told} == {"河东区", "石桥县", "榆江市"}


def test_a_column_of_growth_is_no_level(bulletin):
    kinds = [r.kind for r in bulletin if "row" in r.parts][:4]
    assert kinds == [IndicatorKind.ACTUAL, IndicatorKind.CHANGE, IndicatorKind.ACTUAL, IndicatorKind.CHANGE]


def test_tasks_are_targets():
    rows = [row for row in rows_of(TASKS) if "row" in row.parts]
    assert {row.kind for row in rows} == {IndicatorKind.TARGET}
    assert [row.flow for row in rows] == [False, True, False, True]
