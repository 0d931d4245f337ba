"""Quantities in Chinese and English text: what is one, what it is worth, and what stands around it."""

from pathlib import Path

import pytest

from documents.hedges import Change, Sense
from documents.quantities import difference, find_quantities, same_amount

GOLD = Path(__file__).parent / "gold"


def only(text):
    quantities = find_quantities(text)
    assert len(quantities) == 1, quantities
    return quantities[0]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("1.5万家", "15000家", True),
        ("1.5万家", "一万五千家", True),
        ("1.5万家", "15,000 enterprises", True),
        ("2000亿元", "200 billion yuan", True),
        ("兩千億元", "２０００亿元", True),
        ("3%", "3个百分点", False),
        ("百分之三点五", "3.5 percent", True),
        ("80个", "80家", True),
        ("80人", "80家", False),
        ("1000亿元", "1000亿", True),
        ("1000亿元", "1000亿美元", False),
        ("翻一番", "增长1倍", True),
        ("增长2.1倍", "增长到3.1倍", True),
        ("增长2.1倍", "增长到2.1倍", False),
        ("5000米", "5公里", True),
        ("3%—5%", "3%", False),
        ("3%—5%", "3-5%", True),
        ("若干个", "若干个", True),
        ("若干个", "5个", False),
    ],
)
def test_same_amount(first, second, same):
    assert same_amount(only(first), only(second)) is same


def test_two_rates_differ_in_percentage_points():
    assert difference(only("3%"), only("3.5%")) == (0.5, "百分点")
    assert difference(only("1000亿元"), only("2000亿元")) == (1e11, "元")
    assert difference(only("3%"), only("5家")) is None


def test_growing_by_is_not_growing_to():
    assert (only("增长2.1倍").factor, only("增长到2.1倍").factor) == (3.1, 2.1)
    assert only("翻两番").factor == 4
    assert only("产值倍增").change is Change.MULTIPLE


def test_number_of_thirty_places_stays_exact():
    quantity = only("1000000000000000000000000000001家")
    assert quantity.value == "1000000000000000000000000000001"
    assert only("达到20家以上").sense is Sense.AT_LEAST
