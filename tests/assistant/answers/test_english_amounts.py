"""Amounts in English: the printed unit where English has it, nothing where it has no word."""

import pytest

from assistant.answers.english_amounts import amount_en, value_en
from documents.indicators import extract_indicators
from documents.passages import split_passages
from documents.reading import read_bytes


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (200e9, "元", "200 billion yuan"),
        (3.5, "%", "3.5%"),
        (0.5, "百分点", "0.5 percentage points"),
        (15000, "家", "15,000"),
        (54, "月", "54 months"),
        (1, "人", "1 person"),
        (2, "小时", "2 hours"),
        (796, "元/月", "796 yuan per month"),
        (43.87e6, "标箱", "43.87 million TEU"),
        (33, "微克/立方米", "33 µg/m³"),
        (1356000, "米", "1,356 km"),
        (12, "分贝", ""),
        (7, "元/匹", ""),
    ],
)
def test_amounts(value, unit, said):
    assert amount_en(value, unit) == said


def rows(text):
    document = read_bytes("amounts.md", text.encode(), source_key="amounts")
    return extract_indicators(document, split_passages(document))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025年岚谷市绿道长度达到215公里。", "215 km"),
        ("2025年岚谷市农村公路长度突破1.2万公里。", "over 12,000 km"),
        ("2025年岚谷市湿地面积达到500公顷。", "500 hectares"),
        ("2025年岚谷市经营主体达到3万户。", "30,000"),
        ("2025年岚谷市困难家庭降到3000户。", "3,000 households"),
    ],
)
def test_the_printed_unit_is_kept(text, said):
    assert said in {value_en(row) for row in rows(text)}
