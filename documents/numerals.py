"""Numbers as people print them: 1.5, 15,000, 一万五千, 壹佰, 1万5千, 十几, fifteen thousand.

Works on folded text (`documents.folding.fold`), so that one alphabet is enough. Units, percentages and
comparators are the business of `documents.quantities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from documents.wordlists import words

_DIGITS = dict(
    zip("零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖", [0, 0, *range(1, 10), 2, *range(1, 10)], strict=True)
)
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MAGNITUDES = {**_SMALL, "万": 10**4, "亿": 10**8}
_ENGLISH_UNITS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_ENGLISH = {word: number for number, word in enumerate(_ENGLISH_UNITS)} | {
    word: 20 + 10 * place
    for place, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"))
}
ENGLISH_MAGNITUDES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
LONGEST = 300  # digits; longer strings are no quantity that anyone states

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_PLACE = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
CHINESE = rf"[{_PLACE}十拾百佰千仟万亿]+(?:点[{_PLACE}]+[十百千万亿]*)?"
_ENGLISH_WORD = "|".join(sorted([*_ENGLISH, "hundred"], key=len, reverse=True))
ENGLISH = rf"\b(?:{_ENGLISH_WORD})(?:(?:[ -]| and )(?:{_ENGLISH_WORD}))*\b"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number split as it is printed: `digits` times `scale`, so 两千亿 is 2000 and 亿.

    `digits` is None when the words give no exact number (十几, 三四百). `tail` is the length of the printed
    magnitude (万亿 has 2) at the end, which readers see as part of the unit.
    """

    digits: Decimal | None
    scale: Decimal = Decimal(1)
    tail: int = 0


def plain(number: Decimal) -> str:
    """Return `number` as a decimal string without exponent or trailing zeros: 2.50 → "2.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def arabic(text: str) -> Decimal | None:
    """Return the value of digits with optional thousands commas, None when they are over `LONGEST`."""
    digits = text.replace(",", "")
    return Decimal(digits) if len(digits) <= LONGEST else None


def _section(text: str) -> int | None:
    """Value of a Chinese numeral below 万: 三千零五十, 两百五 (short for 250), 二〇 read by place."""
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        if len(text) == 1 or len(text) > 2 or "零" in text or "〇" in text:
            return int("".join(str(_DIGITS[char]) for char in text))
        return None  # 三四: about three or four
    total, digit, last, zero = 0, None, 10_000, False
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            zero, digit = zero or _DIGITS[char] == 0, _DIGITS[char]
            continue
        step = _SMALL.get(char)
        if step is None or step >= last or (digit is None and step != 10):
            return None
        total, digit, last, zero = total + (digit or 1) * step, None, step, False
    if digit:
        total += digit * (last // 10 if not zero and last > 10 else 1)
    return total


def chinese(text: str) -> Numeral | None:
    """Return the numeral that `text` spells, or None when it spells none.

    A numeral that begins with its magnitude (百, 万亿) counts one of it: callers decide whether the words
    before it (上百, 突破万亿) allow that.
    """
    if len(text) > LONGEST:
        return None
    body = text.rstrip("万亿")
    tail = text[len(body) :]
    if "点" in body:
        return _with_point(text)
    if "万" in body or "亿" in body:  # 一亿三千万: no magnitude that all of it is counted in
        body, tail = text, ""
    if not body:
        return Numeral(Decimal(1), scale_of(tail), len(tail)) if tail else None
    if body[0] in "百佰千仟" and all(char in _SMALL for char in body):
        return Numeral(Decimal(1), scale_of(body + tail), len(body) + len(tail))
    value = _composed(body)
    if value is None:
        return Numeral(None, scale_of(tail), len(tail)) if _is_approximate(body) else None
    return Numeral(Decimal(value), scale_of(tail), len(tail))


def whole_number(text: str) -> int | None:
    """Return the whole number that digits or Chinese numerals print, None for what is none.

    >>> whole_number("15"), whole_number("一百二十"), whole_number("若干")
    (15, 120, None)
    """
    if text.isdigit():
        return int(text)
    read = chinese(text)
    return int(read.digits * read.scale) if read and read.digits is not None else None


def _with_point(text: str) -> Numeral | None:
    """Return the numeral of 三点五 or 一点三六万亿."""
    head, _, rest = text.partition("点")
    decimals = rest.rstrip("十百千万亿")
    whole = _composed(head)
    if whole is None or not decimals:
        return None
    tail = rest[len(decimals) :]
    return Numeral(
        Decimal(f"{whole}.{''.join(str(_DIGITS[char]) for char in decimals)}"), scale_of(tail), len(tail)
    )


def _composed(text: str) -> int | None:
    """Value of a numeral with 万 and 亿 inside: 一亿三千万 arrives here as 一亿三千."""
    total: int = 0
    for power, name in ((10**8, "亿"), (10**4, "万")):
        head, found, text_after = text.partition(name)
        if found:
            value = _composed(head) if name == "亿" else _section(head)
            if value is None:
                return None
            total, text = total + value * power, text_after
            if len(text) == 1 and text in _DIGITS:  # 一万五: five of the next lower magnitude
                return int(total + _DIGITS[text] * power // 10)
    if not text:
        return total
    rest = _section(text.lstrip("零〇") or "零")
    return None if rest is None else total + rest


def _is_approximate(text: str) -> bool:
    """Say whether two neighbouring digits stand side by side, as in 三四百 or 七八."""
    return any(
        first in _DIGITS and second in _DIGITS and _DIGITS[second] == _DIGITS[first] + 1
        for first, second in pairwise(text)
    )


def scale_of(text: str) -> Decimal:
    """Product of printed magnitudes: 万亿 is 10^12."""
    scale = 1
    for char in text:
        scale *= MAGNITUDES[char]
    return Decimal(scale)


def mixed(text: str) -> Numeral | None:
    """Return the numeral of digits with Chinese magnitudes: 1.5万, 3亿5000万, 1万5千."""
    parts = re.findall(rf"({ARABIC})\s?([十百千万亿]*)", text)
    if not parts or len(parts) > 4:
        return None
    values = [arabic(digits) for digits, _ in parts]
    if values[0] is None or sum(map(len, (tail for _, tail in parts))) > 8:
        return None
    if len(parts) == 1:
        return Numeral(values[0], scale_of(parts[0][1]), len(parts[0][1]))
    scales = [scale_of(tail) for _, tail in parts]
    if any(
        value is None or value * scale >= above
        for value, scale, above in zip(values[1:], scales[1:], scales, strict=False)
    ):
        return None
    total = sum((value * scale for value, scale in zip(values, scales, strict=True) if value), Decimal(0))
    return Numeral(total)


def english(text: str) -> Decimal:
    """Return the value of number words: "two hundred", "twenty-five", "fifteen"."""
    total = 0
    for word in re.findall(r"[a-z]+", text):
        if word == "hundred":
            total = (total or 1) * 100
        elif word != "and":
            total += _ENGLISH[word]
    return Decimal(total)
