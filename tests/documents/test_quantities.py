"""Quantities in Chinese and English text: what is one, what it is worth, and what stands around it."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.folding import fold
from documents.hedges import BEFORE, Change, Sense
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


# --- gold strings ------------------------------------------------------------------------------------------


def cases():
    return [json.loads(line) for line in (GOLD / "quantities.jsonl").read_text("utf-8").splitlines()]


def near(first, second):
    return first == second or (first is not None and second is not None and first == pytest.approx(second))


@pytest.mark.parametrize("gold", cases(), ids=lambda gold: gold["text"])
def test_gold_string(gold):
    found = find_quantities(gold["text"])
    assert [quantity.text for quantity in found] == [one["text"] for one in gold["quantities"]]
    for quantity, expected in zip(found, gold["quantities"], strict=True):
        assert near(quantity.normalized, expected["normalized"])
        assert near(quantity.upper, expected["upper"])
        assert quantity.base_unit == expected["base_unit"]
        assert (quantity.hedge.text if quantity.hedge else None) == expected["hedge"]
        assert (quantity.change.value if quantity.change else None) == expected["change"]
        comparator = quantity.comparator.text if quantity.comparator else None
        if expected["comparator"] or comparator is None:
            assert comparator == expected["comparator"]
        else:
            assert BEFORE[fold(comparator)] is Sense.EXACTLY


def test_there_are_enough_gold_strings():
    lines = (GOLD / "periods.jsonl").read_text("utf-8").splitlines()
    assert len(cases()) + len(lines) >= 300


# --- numbers in every way in which people print them -------------------------------------------------------

SMALL = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿两", "萬億兩")
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def in_chinese(number):
    """Spell a number below 10^12 as the language does, 一百零五 and 两千 included."""
    if number >= 10**4:
        power, name = (10**8, "亿") if number >= 10**8 else (10**4, "万")
        high, low = divmod(number, power)
        gap = "零" if low and low < power // 10 else ""
        return in_chinese(high) + name + (gap + in_chinese(low) if low else "")
    text, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + SMALL[digit] + name
            gap = False
        elif text:
            gap = True
    return text or SMALL[0]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.integers(2, 10**5), st.integers(2, 10**11)))
def test_a_number_reads_the_same_in_every_script(number):
    chinese = in_chinese(number)
    for printed in (
        f"{number}家",
        f"{number:,}家",
        f"{number}家".translate(FULL_WIDTH),
        f"{chinese}家",
        f"{chinese}家".translate(TRADITIONAL),
        f"{chinese}家".translate(FORMAL),
        f"{number} enterprises",
        f"{number:,} companies",
    ):
        quantity = only(printed)
        assert (quantity.normalized, quantity.base_unit) == (number, "家"), printed
        assert quantity.text == printed
        assert same_amount(quantity, only(f"{number}家"))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 99999), st.integers(0, 2), st.sampled_from(["万", "亿", "万亿"]))
def test_a_decimal_with_a_magnitude_is_exact(digits, places, magnitude):
    printed = f"{digits / 10**places:.{places}f}"
    scale = {"万": 10**4, "亿": 10**8, "万亿": 10**12}[magnitude]
    quantity = only(f"{printed}{magnitude}元")
    assert quantity.normalized == digits * scale / 10**places
    assert (quantity.value, quantity.unit) == (printed, f"{magnitude}元")


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 999), st.integers(0, 2))
def test_a_share_reads_the_same_in_words(digits, places):
    printed = f"{digits / 10**places:.{places}f}"
    whole, _, decimals = printed.partition(".")
    spelt = in_chinese(int(whole)) + ("点" if decimals else "")
    spelt += "".join(SMALL[int(digit)] for digit in decimals)
    full_width = f"{printed}%".translate(FULL_WIDTH)
    for text in (f"{printed}%", full_width, f"百分之{spelt}", f"{printed} percent"):
        assert only(text).normalized == pytest.approx(float(printed))
        assert only(text).base_unit == "%"


_PIECES = [
    *"0123456789一二三十百千万亿两零〇.,，、。%％个家元的第年月至到—-余多 \n“”",
    "百分之", "超过", "左右", "力争", "翻一番", "倍增", "若干", "billion", "yuan",
    "more than", "two hundred", "$",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_offsets_hold_for_any_text(text):
    end = 0
    for quantity in find_quantities(text):
        assert quantity.span.of(text) == quantity.text
        assert end <= quantity.span.start < quantity.span.end
        assert quantity.span.holds(quantity.number_span)
        for part in (quantity.comparator, quantity.hedge, quantity.change_part):
            assert part is None or part.span.of(text) == part.text
        end = quantity.span.end


@pytest.mark.parametrize(
    "piece",
    [
        *("1", "一", "1,", "1.", "十", "万", "百分之", "一-", "1—", "计划", "增长", "2025年1", " "),
        *("the ", "twenty ", "twenty-"),
    ],
)
def test_long_text_takes_linear_time(piece):
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()
    find_quantities(text)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "第十二条 申请人", "第12条 申请人", "第 12 条 申请人", "第 十二 条 申请人", "第　十二　条 申请人", "第１２条 申请人",
        "第壹拾贰条 申请人", "第廿三条", "第五条至第十二条", "第五至十二条", "第3、5、8条", "第二款第（三）项", "第二批项目",
        "第三至五批", "前三季度", "第一、第二季度", "第十五届三次会议", "打通“最后一公里”", "打通“最先1公里”",
    ],
)  # fmt: skip
def test_ordinals_are_no_quantities(text):
    assert find_quantities(text) == []


def test_counts_behind_ordinals_are_quantities():
    assert [one.text for one in find_quantities("第十条 5家企业、第二批3个项目")] == ["5家", "3个"]
