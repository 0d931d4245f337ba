"""Days, months, quarters and halves of a year in English, read as what Chinese documents print for them.

“July 21, 2023” is 2023年7月21日, “January-February” is 1-2月, “the first half of last year” is 去年上半年. A month that is
also a word (may, march) needs a preposition, a day or a year beside it. Whole years and plans are read by
`documents.periods`, which also resolves what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from documents.model import Span
from documents.periods import PeriodMention, find_periods

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep "
        "october|oct november|nov december|dec".split(),
        1,
    )
    for name in names.split("|")
}
_QUARTERS = {
    "first": "一",
    "1st": "一",
    "second": "二",
    "2nd": "二",
    "third": "三",
    "3rd": "三",
    "fourth": "四",
    "4th": "四",
}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:,? (?:of |in )?(?P<{0}>(?:19|20)\d{{2}}|this year|last year|next year))?"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%,.]\d|[\d:%])"
_NUMBERS = {
    word: n for n, word in enumerate("two three four five six seven eight nine ten eleven".split(), start=2)
}
_SMALL = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_PATTERN = re.compile(
    r"\b(?P<lead>(?:by (?:the )?(?:end of )?|until |as of |since |from |in |on |during |for )(?:the )?)?(?:"
    rf"(?P<from>{_MONTH}) ?(?:-|–|—|to|and|through) ?(?P<to>{_MONTH}){_YEAR.format('y1')}"
    rf"|(?P<m2>{_MONTH}) {_DAY.format('d2')}{_YEAR.format('y2')}"
    rf"|{_DAY.format('d3')} (?:of )?(?P<m3>{_MONTH}){_YEAR.format('y3')}"
    rf"|(?P<m4>{_MONTH}){_YEAR.format('y4')}"
    rf"|(?P<half>first|second) half{_YEAR.format('y5')}"
    rf"|(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th) quarter{_YEAR.format('y6')}"
    rf"|first (?:three quarters|(?P<months>{_SMALL}) months){_YEAR.format('y7')}"
    rf"|(?:(?P<y8>(?:19|20)\d{{2}}) )?(?P<part>[hq][1-4]){_YEAR.format('y9')}"
    r")(?![\w-])"
)
_YEAR_WORDS = {"this year": "今年", "last year": "去年", "next year": "明年"}
_ALSO_WORDS = {"may", "march", "mar", "sep", "dec", "jan", "jun"}


def english_periods(key: str, reference: date | None) -> Iterator[PeriodMention]:
    """Yield the parts of years that an English question names, as printed in its key."""
    for match in _PATTERN.finditer(key):
        printed = _in_chinese(match)
        mentions = find_periods(printed, reference) if printed else []
        if mentions:
            yield replace(mentions[0], text=match.group(), span=Span(*match.span()))


@lru_cache(maxsize=1024)
def as_printed(text: str) -> str:
    """Return what documents print for a period of a question; one that is not English is returned as it is.

    >>> as_printed("in the first half of 2023"), as_printed("july 21"), as_printed("2030年")
    ('2023年上半年', '7月21日', '2030年')
    """
    match = _PATTERN.fullmatch(text)
    return (_in_chinese(match) if match else _YEAR_WORDS.get(text, "")) or text


def _in_chinese(match: re.Match[str]) -> str:
    """Return the Chinese for a match, or "" for a word that is no period here."""
    part = _part(match)
    if not part:
        return ""
    year = next((match[f"y{at}"] for at in range(1, 10) if match[f"y{at}"]), "")
    lead = (match["lead"] or "").split(" ")[0]
    said = f"{_YEAR_WORDS.get(year) or (f'{year}年' if year else '')}{part}"
    return f"到{said}" if lead in {"by", "until"} else f"自{said}以来" if lead == "since" else said


def _part(match: re.Match[str]) -> str:
    """Return the part of a year: 7月21日, 1-2月, 上半年, 二季度."""
    if match["from"]:
        return f"{_number(match['from'])}-{_number(match['to'])}月"
    for month, day in (("m2", "d2"), ("m3", "d3")):
        if match[month]:
            return f"{_number(match[month])}月{int(match[day])}日" if 1 <= int(match[day]) <= 31 else ""
    if match["m4"]:
        doubtful = match["m4"].rstrip(".") in _ALSO_WORDS and not (match["lead"] or match["y4"])
        return "" if doubtful else f"{_number(match['m4'])}月"
    if match["half"]:
        return "上半年" if match["half"] == "first" else "下半年"
    if match["quarter"]:
        return f"{_QUARTERS[match['quarter']]}季度"
    if match["part"]:
        return _short(match["part"], dated=bool(match["y8"] or match["y9"]))
    if match["months"]:
        return f"1-{_NUMBERS.get(match['months'], match['months'])}月"
    return "前三季度"


def _short(part: str, *, dated: bool) -> str:
    letter, number = part[0], int(part[1])
    if letter == "q":
        return f"{'一二三四'[number - 1]}季度" if dated else ""
    return {1: "上半年", 2: "下半年"}.get(number, "") if dated else ""


def _number(month: str) -> int:
    return _MONTHS[month.rstrip(".")]
