"""Amounts in running text: number, unit, comparator, hedge and change, in Chinese and English.

Years, article numbers, document numbers and slogans made of numbers (“一县一主链”) are no quantities. The
printed form is kept beside the normalised value, which is exact (decimal) until it becomes a float.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from documents import numerals
from documents.amounts import EXACT, Amount, find_amounts
from documents.folding import fold
from documents.hedges import (
    AFTER,
    BEFORE,
    CHANGES,
    CHANGES_TO,
    LINKS,
    LONGEST_WORD,
    Change,
    Hedge,
    Sense,
    find_hedges,
)
from documents.model import Part, Span
from documents.units import DURATIONS, are_comparable
from documents.wordlists import words


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount as printed and as compared.

    `value` is a decimal string in the printed `unit` ("1.5" 万家), or the printed words where there is no
    number (若干个, 翻一番). `normalized` and `upper` (of a range) are in `base_unit`. `factor` is what the
    old amount is multiplied by: 2 for 翻一番, 3.1 for 增长2.1倍.
    """

    text: str
    span: Span
    number_span: Span
    value: str
    unit: str
    base_unit: str
    normalized: float | None
    upper: float | None = None
    comparator: Part | None = None
    sense: Sense = Sense.EXACTLY
    hedge: Part | None = None
    change: Change | None = None
    change_part: Part | None = None
    factor: float | None = None
    approximate: bool = False

    @property
    def is_word(self) -> bool:
        """Whether the text gives words in place of a number."""
        return not self.value[:1].isdigit()

    @property
    def is_duration(self) -> bool:
        """Whether the amount is a length of time."""
        return self.base_unit in DURATIONS

    @property
    def full_span(self) -> Span:
        """The quantity with its comparator and the verb of its change."""
        parts = [self.span, *(part.span for part in (self.comparator, self.change_part) if part)]
        return Span(min(start for start, _ in parts), max(end for _, end in parts))


def search_key(text: str) -> str:
    """Fold `text` and keep 。 apart from the decimal point."""
    return fold(text.replace("。", "\x01")).replace("\x01", "。")


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order; spans are offsets into `text`."""
    key = search_key(text)
    return find_in_key(text, key, find_hedges(text, key))


def find_in_key(text: str, key: str, hedges: Sequence[Hedge]) -> list[Quantity]:
    """Do what `find_quantities` does for a text whose key and hedges are known already."""
    starts = [hedge.span.start for hedge in hedges]
    found: list[Quantity] = []
    for low, high in _ranges(key):
        first = low or high
        place = bisect_right(starts, first.start) - 1
        hedge = hedges[place] if place >= 0 else None
        if hedge and _CLAUSE_END.search(key, hedge.span.end, first.start):
            hedge = None
        if found and first.start < found[-1].span.end:
            continue
        found.append(_quantity(text, key, low, high, hedge))
    return found


_CLAUSE_END = re.compile(r"[,。;:!?\n]")
_RANGE_SIGN = re.compile(r"\s?(?:-{1,2}|~|至|到)\s?")
_RANGE_LOW = re.compile(
    rf"(?<![\d.\-a-z第])(?P<number>{numerals.ARABIC}|[一二两三四五六七八九十百千]+)(?P<scale>[十百千万亿]*)\s?(?:-{{1,2}}|~|至|到)\s?$"
)


def _ranges(key: str) -> list[tuple[Amount | None, Amount]]:
    """Pair the two ends of ranges: 3%—5%, 5至8家, 1.5万—2万家."""
    pairs: list[tuple[Amount | None, Amount]] = []
    for amount in find_amounts(key):
        previous = pairs[-1][1] if pairs and pairs[-1][0] is None else None
        if previous and previous.end < amount.start and amount.start - previous.end <= 3:
            sign = _RANGE_SIGN.fullmatch(key, previous.end, amount.start)
            if sign and previous.base in {"", amount.base} and _rises(previous, amount):
                pairs[-1] = (previous, amount)
                continue
        pairs.append((_low_end(key, amount), amount))
    return pairs


def _low_end(key: str, amount: Amount) -> Amount | None:
    """Find the bare low number in front of a range's high end: the 5 of 5至8家."""
    window = max(0, amount.start - 16)
    match = (
        _RANGE_LOW.search(key[window : amount.start])
        if key[amount.start - 1 : amount.start] in set("-~至到 ")
        else None
    )
    if match is None or amount.numeral is None:
        return None
    printed = match.group("number")
    number = (
        numerals.mixed(printed + match.group("scale")) if printed[0].isdigit() else numerals.chinese(printed)
    )
    if number is None or number.digits is None:
        return None
    scale = number.scale if number.tail else amount.numeral.scale
    numeral = numerals.Numeral(number.digits, scale)
    start = window + match.start()
    low = Amount(
        start, window + match.end(), window + match.end("number"), numeral, "", amount.base, amount.factor
    )
    return low if _rises(low, amount) else None


def _rises(low: Amount, high: Amount) -> bool:
    first, second = low.normalized, high.normalized
    if first is None or second is None:
        return False
    if low.base == "" and high.base != "":
        first = EXACT.multiply(first, high.factor)
    return first < second


def _finite(number: Decimal | None) -> float | None:
    value = float(number) if number is not None else None
    return value if value is not None and math.isfinite(value) else None


def _quantity(text: str, key: str, low: Amount | None, high: Amount, hedge: Hedge | None) -> Quantity:
    """Dress an amount with the words around it."""
    first = low or high
    span = Span(first.start, high.end)
    comparator, change = _words_before(text, key, span.start, high.numeral is None and high.multiple is None)
    after = _word_after(text, key, span.end, high.base in DURATIONS)
    comparator, sense = _choose(
        comparator, after, high.more and Part(Span(*high.more).of(text), Span(*high.more))
    )
    if change is None:
        change = _change_after(text, key, (after or Part("", span)).span.end)
    kind = _change_kind(key, change, high)
    value = _finite(first.normalized)
    return Quantity(
        text=text[span.start : span.end],
        span=span,
        number_span=Span(span.start, high.number_end),
        value=_printed_value(text, low, high),
        unit=_printed_unit(text, key, high),
        base_unit=high.base,
        normalized=value,
        upper=_finite(high.normalized) if low else None,
        comparator=comparator,
        sense=sense,
        hedge=Part(hedge.text, hedge.span) if hedge else None,
        change=kind,
        change_part=change,
        factor=_factor(high, kind, value),
        approximate=sense in {Sense.ABOUT, Sense.NEARLY} or high.more is not None or value is None,
    )


def _printed_unit(text: str, key: str, amount: Amount) -> str:
    if amount.words or _is_bare_magnitude(text, amount):
        return ""
    printed = key.endswith(amount.unit, 0, amount.end)
    return text[amount.end - len(amount.unit) : amount.end] if amount.unit and printed else amount.unit


def _is_bare_magnitude(text: str, amount: Amount) -> bool:
    """Say whether no digit is printed, as in 突破万亿元: the words are the value."""
    return text[amount.start] in "百千万亿萬億" and "分之" not in text[amount.start : amount.start + 3]


def _printed_value(text: str, low: Amount | None, high: Amount) -> str:
    if high.words or _is_bare_magnitude(text, high):
        return text[high.start : high.end]
    if high.numeral is None or high.numeral.digits is None:
        return text[high.start : high.end]
    if low is not None:
        if text[low.start].isdigit() and text[low.start].isascii():
            return text[low.start : high.number_end]
        ends = [
            side.numeral.digits for side in (low, high) if side.numeral and side.numeral.digits is not None
        ]
        return "-".join(numerals.plain(end) for end in ends)
    printed = text[high.start : high.number_end].replace(",", "")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", printed) and Decimal(printed) == high.numeral.digits:
        return printed  # 6.0 says more than 6
    return numerals.plain(high.numeral.digits)


_BLOCKED = tuple(
    words(
        "通过 经过 节约 条约 合约 契约 成为 作为 认为 附近 最近 发达 新增 转为 以上 线上 网上 海上 路上"
        " 路过 世上 上上 不过 难过 穿过 高达为 大约为 因为 行为 主要是 特别是 还是 就是 于是 但是 凡是"
        " 尤其是 一是 二是 三是 四是 五是 六是 引为 制约 预约 履约 签约 加上 会上 手上 身上 途径为 倍增"
    )
)


_OTHER_UNIT = re.compile(r"\((?:[\u4e00-\u9fff]|万)[\u4e00-\u9fff]?\)")


def _words_before(text: str, key: str, start: int, is_vague: bool) -> tuple[Part | None, Part | None]:
    """Read comparator and change from the words in front of a number, nearest first."""
    comparator: Part | None = None
    position = start
    for _ in range(5):
        while position > 0 and key[position - 1] == " ":
            position -= 1
        word = _longest_before(key, position)
        if word is None:
            return comparator, None
        begin = position - len(word)
        part = Part(text[begin:position], Span(begin, position))
        if word in CHANGES_TO or word in CHANGES:
            return comparator, part
        if (
            word in BEFORE
            and not is_vague
            and not (word == "上" and key[start : start + 1] not in "百千万亿")
        ):
            if comparator is None or BEFORE[_folded(key, comparator)] is Sense.EXACTLY:
                comparator = part
        elif word not in LINKS:
            return comparator, None
        position = begin
    return comparator, None


def _folded(key: str, part: Part) -> str:
    return key[part.span.start : part.span.end]


def _longest_before(key: str, position: int) -> str | None:
    """Return the longest known word that ends at `position`, unless it is only the end of another word."""
    if any(key.endswith(blocked, 0, position) for blocked in _BLOCKED):
        return None
    for length in range(min(LONGEST_WORD, position), 0, -1):
        word = key[position - length : position]
        if word in CHANGES_TO or word in CHANGES or word in BEFORE or word in LINKS:
            before = key[position - length - 1 : position - length]
            if word[0].isascii() and before.isascii() and before.isalpha():
                continue
            return word
    return None


def _word_after(text: str, key: str, end: int, is_duration: bool) -> Part | None:
    aside = _OTHER_UNIT.match(key, end)  # 30条(个)左右
    position = aside.end() if aside else end + 1 if key[end : end + 1] == " " else end
    for length in range(8, 0, -1):
        word = key[position : position + length]
        if word in AFTER and len(word) == length:
            if (word in {"内", "起"} and not is_duration) or word in {"多", "余", "起"}:
                continue
            if word[0].isascii() and key[position + length : position + length + 1].isalpha():
                continue
            return Part(text[position : position + length], Span(position, position + length))
    return None


def _choose(before: Part | None, after: Part | None, more: Part | None) -> tuple[Part | None, Sense]:
    """Choose the printed word that binds the number most, and what it means."""
    sense = BEFORE[fold(before.text)] if before else Sense.EXACTLY
    if before and sense is not Sense.EXACTLY:
        return before, sense
    if after:
        return after, AFTER[fold(after.text)]
    if more:
        return more, Sense.STRICTLY_MORE
    return before, sense


_CHANGE_AFTER = re.compile(
    r" (growth|increase|rise|decrease|decline|reduction|drop|higher|lower|more|less)(?![a-z])"
)
_FALLING = frozenset({"decrease", "decline", "reduction", "drop", "lower", "less"})


def _change_after(text: str, key: str, end: int) -> Part | None:
    match = _CHANGE_AFTER.match(key, end)
    return Part(text[match.start(1) : match.end(1)], Span(*match.span(1))) if match else None


def _change_kind(key: str, part: Part | None, amount: Amount) -> Change | None:
    if amount.multiple is not None or (amount.words and amount.base == "倍"):
        return Change.MULTIPLE
    if part is None:
        return None
    word = _folded(key, part)
    if word in CHANGES_TO:
        return CHANGES_TO[word]
    kind = CHANGES.get(word) or (Change.DECREASE if word in _FALLING else Change.INCREASE)
    between = key[part.span.end : amount.start].strip()
    if between.startswith(("到", "至", "to ")) or between == "to":
        return Change.INCREASE_TO if kind is Change.INCREASE else Change.DECREASE_TO
    return kind


def _factor(amount: Amount, kind: Change | None, value: float | None) -> float | None:
    if amount.base != "倍" or value is None:
        return None
    return float(Decimal(1) + Decimal(repr(value))) if kind is Change.INCREASE else value


def same_amount(first: Quantity, second: Quantity) -> bool:
    """Say whether two quantities state the same amount: 1.5万家 is 一万五千家, 3% is not 3个百分点."""
    if (first.factor is None) != (second.factor is None):
        return False
    if first.factor is not None and second.factor is not None:
        return _close(first.factor, second.factor)
    if first.normalized is None or second.normalized is None:
        return first.normalized is second.normalized and fold(first.value) == fold(second.value)
    if not are_comparable(first.base_unit, second.base_unit):
        return False
    return _close(first.normalized, second.normalized) and _close(first.upper, second.upper)


def difference(first: Quantity, second: Quantity) -> tuple[float, str] | None:
    """Return `second` − `first` with its unit (two rates in % differ in 百分点), None where undefined."""
    if (
        first.normalized is None
        or second.normalized is None
        or first.upper is not None
        or second.upper is not None
    ):
        return None
    if not are_comparable(first.base_unit, second.base_unit):
        return None
    exact = Decimal(repr(second.normalized)) - Decimal(repr(first.normalized))
    return float(exact), "百分点" if first.base_unit == "%" else first.base_unit or second.base_unit


def _close(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) <= 1e-9 * max(abs(first), abs(second))
