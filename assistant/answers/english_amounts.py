"""Printed amounts in English: over 200 billion yuan, 1,356 km, 796 yuan per month; "" where a unit has no English word.

The printed figure stands beside each of these, so that an amount without a word of its own is left out: a bare number
in another magnitude than the printed one would mislead.
"""

from __future__ import annotations

import re
from decimal import Decimal

from documents.model import Indicator
from documents.units import COUNTERS

_COMPARATORS = {
    "突破": "over", "超过": "more than", "超": "more than", "逾": "more than", "高于": "above", "达到": "", "达": "", "为": "",
    "不低于": "at least", "不少于": "at least", "至少": "at least", "以上": "or more", "以下": "or less", "以内": "within",
    "不超过": "no more than", "不高于": "no higher than", "左右": "about", "约": "about", "近": "nearly", "接近": "nearly",
    "低于": "below", "不足": "under", "最高": "up to", "最低": "at least", "最多": "at most", "实现": "", "完成": "",
}  # fmt: skip
_AFTER = {"or more", "or less"}
_MONEY = {
    "元": "yuan", "美元": "US dollars", "港元": "Hong Kong dollars", "欧元": "euros", "日元": "yen", "英镑": "pounds sterling",
}  # fmt: skip
_WORDS = {
    "人": "people", "户": "households", "亩": "mu", "吨": "tonnes", "米": "m", "斤": "jin", "辆": "vehicles", "年": "years",
    "月": "months", "个月": "months", "天": "days", "小时": "hours", "分钟": "minutes", "周": "weeks", "工作日": "working days",
    "季度": "quarters", "岁": "years of age", "次": "times", "人次": "person-times", "倍": "times", "平方米": "m²",
    "平方公里": "km²", "立方米": "m³", "千瓦": "kW", "千瓦时": "kWh", "标箱": "TEU", "吨标准煤": "tonnes of standard coal",
    "升": "litres", "分": "points", "课时": "class hours", "公里": "km", "℃": "°C", "摄氏度": "°C", "吨公里": "tonne-km",
}  # fmt: skip
_RATES = {"微克/立方米": "µg/m³", "毫克/升": "mg/L", "毫克/立方米": "mg/m³"}
_ONE_OF = {
    "人": "person", "户": "household", "亩": "mu", "吨": "tonne", "年": "year", "月": "month", "天": "day", "日": "day",
    "小时": "hour", "次": "time", "平方米": "m²", "立方米": "m³", "平方公里": "km²", "千瓦时": "kWh", "公里": "km",
}  # fmt: skip
_AS_PRINTED = {
    "公里": ("km", "1000"), "千米": ("km", "1000"), "厘米": ("cm", "0.01"), "毫米": ("mm", "0.001"), "公斤": ("kg", "0.001"),
    "千克": ("kg", "0.001"), "克": ("g", "0.000001"), "公顷": ("hectares", "15"), "兆瓦": ("MW", "1000"),
}  # fmt: skip
"""Units that keep their size in English: their word, and what they are in the base unit of the ledger."""

_MAGNITUDE = re.compile(r"^(?:[十百千]?[万亿]+|[十百千](?!瓦|克|米))")
_ONLY_COUNTED = {  # units that count other things as well: 8位 may be eight digits, 3万户 of 经营主体 are no households
    "人": re.compile(r"位$"),
    "户": re.compile(r"主体|企业|公司|商户|工商户|用户|经营户|单位"),
}
_NO_NUMBER = {
    "若干": "several; no number is given", "若干个": "several; no number is given", "一批": "a batch; no number is given",
    "倍增": "doubling", "翻一番": "doubling", "翻两番": "quadrupling", "翻番": "doubling",
}  # fmt: skip
_SINGULAR = {
    "people": "person",
    "years of age": "year of age",
    "tonnes of standard coal": "tonne of standard coal",
}


def value_en(row: Indicator) -> str:
    """Return a row's value in English: over 200 billion yuan; "" where its unit has no English word."""
    if row.value in _NO_NUMBER:
        return _NO_NUMBER[row.value]
    if row.normalized is None:
        return _NO_NUMBER.get(row.value.rstrip("个家项条"), "")
    counted = _ONLY_COUNTED.get(row.base_unit)
    only_counted = counted is not None and counted.search(f"{row.name} {row.unit}")
    amount = amount_en(row.normalized, "个") if only_counted else _as_printed(row.normalized, row)
    gloss = _COMPARATORS.get(row.comparator or "", "")
    if not gloss or not amount:
        return amount
    return f"{amount} {gloss}" if gloss in _AFTER else f"{gloss} {amount}"


def _as_printed(value: float, row: Indicator) -> str:
    """Return an amount in the unit that is printed where English has it: 1356公里 are 1,356 km, not metres."""
    printed = _AS_PRINTED.get(_MAGNITUDE.sub("", row.unit))
    if printed is None:
        return amount_en(value, row.base_unit)
    word, size = printed
    return _with_word(Decimal(repr(value)) / Decimal(size), word)


def amount_en(value: float, unit: str) -> str:
    """Return a normalised amount in English words and digits; "" for a unit that has no English word.

    >>> amount_en(200000000000, "元"), amount_en(3.5, "%"), amount_en(15000, "家"), amount_en(5, "分贝")
    ('200 billion yuan', '3.5%', '15,000', '')
    """
    exact = Decimal(repr(value))
    if unit in {"%", "‰"}:
        return f"{_digits(exact)}{unit}"
    if unit in _RATES:
        return f"{_digits(exact)} {_RATES[unit]}"
    if unit == "百分点":
        return f"{_digits(exact)} percentage points"
    if unit == "米" and abs(exact) >= 10_000:
        return _with_word(exact / 1000, "km")
    if unit in _MONEY:
        return _with_word(exact, _MONEY[unit], money=True)
    if unit in _WORDS:
        return _with_word(exact, _WORDS[unit])
    if unit in COUNTERS or not unit:
        return _with_word(exact, "")
    of, slash, each = unit.partition("/")
    if slash and of in _MONEY and each in _ONE_OF:
        return f"{_with_word(exact, _MONEY[of], money=True)} per {_ONE_OF[each]}"
    return ""


def _with_word(value: Decimal, word: str, *, money: bool = False) -> str:
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= size and (money or abs(value) >= 10**7):
            return f"{_digits(value / size)} {name} {word}".strip()
    one = _SINGULAR.get(word, word.removesuffix("s")) if value == 1 else word
    return f"{_digits(value)} {one}".strip()


def _digits(value: Decimal) -> str:
    """Return a number without needless zeros, its thousands apart.

    >>> _digits(Decimal("15000.0")), _digits(Decimal("0.50"))
    ('15,000', '0.5')
    """
    exact = value.normalize()
    return f"{exact:,f}" if exact == exact.to_integral() else f"{exact:f}"
