"""Years, spans of years, plans and relative dates in Chinese and English text.

到2030年 means by the end of 2030; 十四五 is 2021–2025 and 十五五 2026–2030 (its 末 is the last year). 今年
and the like count from a reference date and stay without a label where there is none. A date that cannot be
(2025年13月) is returned with `problem` set, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from documents.model import Span
from documents.quantities import search_key
from documents.units import UNIT
from documents.wordlists import words

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A printed period. `label` is canonical: "2030", "2026-2030", "2025-12", "2025-Q3", "2025-H1".

    Part years in a row are joined by a slash: "2025-01/2025-11". `by`: 到2030年, by the end of; `since`:
    2020年以来. `relative` words were resolved by a reference date, or have no label.
    """

    text: str
    span: Span
    label: str | None
    start_year: int | None = None
    end_year: int | None = None
    by: bool = False
    since: bool = False
    relative: bool = False
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _When:
    """What a pattern means, before the words around it are read."""

    label: str | None
    start: int | None = None
    end: int | None = None
    relative: bool = False
    problem: str | None = None
    by: bool = False


_Y = r"(?:(?:19|20|21)\d{2}|[一二][〇零九一][〇零一二三四五六七八九]{2})"
_CN = "[一二三四五六七八九十]"
_M = rf"(?:\d{{1,3}}|{_CN}{{1,3}})"
_PLAN_NUMBER = "六七八九"
_TO = r"\s?(?:-{1,2}|~|至|到)\s?"
_ORDINALS = {
    word: place
    for place, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
            " fourteenth fifteenth sixteenth"
        ),
        1,
    )
}
_MONTHS = {
    name: place
    for place, name in enumerate(
        words("january february march april may june july august september october november december"), 1
    )
}
_PATTERN = re.compile(
    rf"(?P<years>(?<![\d.]){_Y}\s?年?{_TO}(?P<years_to>{_Y})(?!\d)\s?年?)"
    rf"|(?P<date>(?<![\d.]){_Y}\s?年度?\s?(?:(?P<month>{_M})\s?(?:月份?{_TO}|{_TO})(?P<month_to>{_M})\s?月(?:份)?"
    rf"|(?P<only>{_M})\s?月份?(?:\s?(?P<day>\d{{1,3}}|{_CN}{{1,3}})\s?[日号])?|(?P<part>上半年|下半年|前?第?[一二三四1-4](?:个)?季度|前三季度)|))"
    rf"|(?P<iso>(?<![\d.\-/〔])(?:19|20)\d{{2}}(?P<sign>[-/.])(?P<iso_month>\d{{1,2}})(?:(?P=sign)(?P<iso_day>\d{{1,2}}))?(?![\d/-]|\.\d))"
    rf"|(?P<plan>[“\"'‘]?(?:十[一二三四五六七]五|[{_PLAN_NUMBER}]五(?=[”\"'’]?(?:时期|期间|计划)))[”\"'’]?)"
    r"|(?P<plan_en>(?:the )?(?P<nth>\d{1,2}(?:st|nd|rd|th)|"
    + "|".join(_ORDINALS)
    + r") (?:five-year plan|fyp)(?: period)?)"
    rf"|(?P<short>(?<![\d.一二三四五六七八九十百千万亿〇零第“])(?:[2-5][0-9]|[二三四五][〇零]|二[五六七八九])\s?年(?!来|间|期|内|以|多|代|之|后|的时间|左右|以上|免|级))"
    rf"|(?P<part_of>(?P<which>今年|去年|上年|前年|明年)(?:(?P<part_named>上半年|下半年|前三季度|前?第?[一二三四1-4]季度)"
    rf"|(?:(?P<from_month>{_M})\s?月?{_TO})?(?P<to_month>{_M})\s?月份?))"
    r"|(?P<named>本世纪中叶|本世纪末|过去一年|(?:过去|近|未来|今后)(?P<count>[一二两三四五六七八九十]|\d{1,2})年(?!级)"
    r"|今年以来|今年|本年度?|去年|上年度?|上一年度?|前年(?!度)|明年|后年(?!度)|下一年"
    r"|(?:this|last|next|current|previous) year)"
    rf"|(?P<half>(?<!年)(?:上半年|下半年|前三季度|前?第?[一二三四]季度|(?<![成全每去今明本跨历常多百千近当往新半月\d一二两三四五六七八九十几数])年(?:内|底|末)))"
    rf"|(?P<months>(?<![\d年.]){_M}\s?月?{_TO}(?P<months_to>{_M})\s?月份?(?!球|饼))"
    rf"|(?P<month_only>(?<![\d年.第个几数{_CN[1:-1]}])(?:1[0-2]|[1-9]|{_CN}|十[一二])月(?:份|底|末|(?P<month_day>\d{{1,2}})[日号])?(?!球|饼|龄))"
    rf"|(?P<english>\b(?P<month_en>{'|'.join(_MONTHS)}) (?P<year_en>(?:19|20)\d{{2}})\b)"
    r"|(?P<bare>(?<![\d.a-z〔\[/$¥€£:,+])(?<![^d]-)(?:19[5-9]\d|20\d{2})(?![\d.,〕\]/:%+-]|[a-z]))"
)
_KINDS = (
    "years",
    "date",
    "iso",
    "plan",
    "plan_en",
    "short",
    "part_of",
    "named",
    "half",
    "months",
    "month_only",
    "english",
    "bare",
)
_BEFORE = re.compile(
    r"(?:(?P<by>(?<!提高|增加|上升|增长|提升|扩大|下降|降低|减少)[到至]|截至|截止到?|"
    r"在?不晚于|by the end of |by end-|by end of |by |until |up to )"
    r"|(?P<since>自从?|since |from )|从|在|于|in |during |for |of )(?:“)?$"
)
_AFTER = re.compile(
    r"\s?(?P<by>年?[底末](?:之前|以前|前)?|末期|年?之前|以前|前(?![三两四五六七八九十\d])|期末|收官之年|末年)|(?P<since>以来|至今|年至今|起)|(?P<start>开局之年)"
)
_PLAN_END = re.compile(r"(?:规划|计划|时期|期间)?(?:末期?|期末|末年|收官之年|最后一年|end\b)")
_NOT_BARE = re.compile(r"\s?(?:[十百千万亿]|年|余|多|后[^,。]|版|号|型|系列|[a-z]\b(?!&))")


_OF_A_PART = re.compile(r"\d{4}-(?:[HQ]\d.*|\d\d(?:/.*)?)")


def is_part_of_year(label: str) -> bool:
    """Say whether a label is of a half, a quarter or months of a year: 2025-H1, 2025-01/2025-11."""
    return _OF_A_PART.fullmatch(label) is not None


def find_periods(text: str, reference: date | None = None) -> list[PeriodMention]:
    """Return the periods of `text` in order; `reference` is the date that 今年 and 去年 count from."""
    return find_in_key(text, search_key(text), reference)


def find_in_key(text: str, key: str, reference: date | None) -> list[PeriodMention]:
    """Do what `find_periods` does for a text whose key is known already."""
    found = []
    position = 0
    while match := _PATTERN.search(key, position):
        kind = next(name for name in _KINDS if match.group(name) is not None)
        when = None if _is_refused(kind, key, match) else _READERS[kind](match, reference)
        position = match.end()
        if when is not None:
            mention = _mention(text, key, match, kind, when)
            position = max(position, mention.span.end)
            found.append(mention)
    return found


def _is_refused(kind: str, key: str, match: re.Match[str]) -> bool:
    """Say whether the match is a count, a number of a document or a part of a name."""
    if kind == "bare":
        unit = UNIT.match(key, match.end() + (key[match.end() : match.end() + 1] == " "))
        return bool(unit and not unit.group().isascii()) or bool(_NOT_BARE.match(key, match.end()))
    if kind == "short":
        before = key[max(0, match.start() - 2) : match.start()].rstrip()
        return not (not before or before.endswith((*"到在于至,;、。?和那与比(:!是跟\n", "今年", "截至")))
    return kind == "date" and key[match.start() - 1 : match.start()] == "〔"


def _mention(text: str, key: str, match: re.Match[str], kind: str, when: _When) -> PeriodMention:
    """Add 到, 末, 以来 and the like to what was matched."""
    start, end = match.span()
    window = max(0, start - 16)
    before = _BEFORE.search(key[window:start])
    by = when.by
    if kind in {"plan", "plan_en"} and (plan_end := _PLAN_END.match(key, end)):
        end, by, when = plan_end.end(), True, _When(str(when.end), when.end, when.end)
    elif kind == "plan" and (rest := re.compile("时期|期间|规划(?=期)").match(key, end)):
        end = rest.end()
    if kind == "plan_en" and re.search(r"\bend[- ]of $", key[window:start]):
        when = _When(str(when.end), when.end, when.end)
    after = _AFTER.match(key, end)
    since = bool(before and before.group("since") and after and after.group("since"))
    if after:
        end = after.end() if not after.group("start") else end
        by = by or bool(after.group("by"))
        since = since or bool(after.group("since"))
        if after.group("start") and when.start:
            when = _When(str(when.start), when.start, when.start)
            end = after.end()
    elif before and before.group("since") == "since ":
        since = True
    if before and (before.group("by") or since):
        start = window + before.start()
        by = by or bool(before.group("by"))
    label = _open_label(when) if since else when.label
    return PeriodMention(
        text[start:end], Span(start, end), label, when.start, None if since else when.end,
        by and not since, since, when.relative, when.problem,
    )  # fmt: skip


def _open_label(when: _When) -> str | None:
    """Return the label of what goes on: 2012- from the year 2012 on, 2026-01- from January 2026 on."""
    if when.label is None or when.start is None:
        return when.label
    return f"{when.label}-" if re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", when.label) else f"{when.start}-"


def _year(printed: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in printed))


def _small(printed: str) -> int:
    """Value of a month, day or count of at most two places: 12, 十二, 三十一."""
    if printed.isdigit():
        return int(printed)
    tens, found, ones = printed.partition("十")
    if not found:
        return int("".join(_DIGITS.get(char, "0") for char in printed))
    return int(_DIGITS.get(tens[-1:], "1")) * 10 + int(_DIGITS.get(ones[-1:], "0"))


def _read_years(match: re.Match[str], reference: date | None) -> _When | None:
    first, last = _year(match.group()[:4]), _year(match.group("years_to"))
    if first > last:
        return _When(None, first, last, problem=f"{first} lies after {last}")
    return _When(f"{first}-{last}" if first < last else str(first), first, last)


def _read_date(match: re.Match[str], reference: date | None) -> _When | None:
    year = _year(match.group()[:4])
    if match.group("part"):
        return _When(_part_label(year, match.group("part")), year, year)
    if match.group("month"):
        return _months(year, _small(match.group("month")), _small(match.group("month_to")))
    if match.group("only"):
        day = _small(match.group("day")) if match.group("day") else None
        return _day(year, _small(match.group("only")), day)
    return _When(str(year), year, year)


def _part_label(year: int, part: str) -> str:
    if part in {"上半年", "下半年"}:
        return f"{year}-H{1 if part == '上半年' else 2}"
    quarter = next(
        place
        for place, chars in enumerate(("一1", "二2", "三3", "四4"), 1)
        if any(char in part for char in chars)
    )
    return f"{year}-Q1/{year}-Q{quarter}" if part.startswith("前") and quarter > 1 else f"{year}-Q{quarter}"


def _months(year: int, first: int, last: int, relative: bool = False) -> _When:
    for month in (first, last):
        if not 1 <= month <= 12:
            return _When(None, year, year, relative, problem=f"there is no month {month}")
    return _When(f"{year}-{first:02}/{year}-{last:02}", year, year, relative)


def _day(year: int, month: int, day: int | None, relative: bool = False) -> _When:
    if not 1 <= month <= 12:
        return _When(None, year, year, relative, problem=f"there is no month {month}")
    if day is None:
        return _When(f"{year}-{month:02}", year, year, relative)
    try:
        return _When(date(year, month, day).isoformat(), year, year, relative)
    except ValueError:
        return _When(None, year, year, relative, problem=f"{year}-{month:02} has no day {day}")


def _read_iso(match: re.Match[str], reference: date | None) -> _When | None:
    if match.group("sign") == "." and not match.group("iso_day"):
        return None  # 2025.12 may be a number
    day = match.group("iso_day")
    return _day(int(match.group()[:4]), int(match.group("iso_month")), int(day) if day else None)


def _plan(number: int) -> _When:
    start = 1981 + 5 * (number - 6)
    return _When(f"{start}-{start + 4}", start, start + 4)


def _read_plan(match: re.Match[str], reference: date | None) -> _When | None:
    name = match.group().strip("“”\"'‘’")
    return _plan(10 + int(_DIGITS[name[1]])) if name[0] == "十" else _plan(int(_DIGITS[name[0]]))


def _read_plan_en(match: re.Match[str], reference: date | None) -> _When | None:
    nth = match.group("nth")
    number = _ORDINALS.get(nth) or int(re.sub(r"\D", "", nth))
    return _plan(number) if 6 <= number <= 30 else None


def _read_short(match: re.Match[str], reference: date | None) -> _When | None:
    digits = "".join(_DIGITS.get(char, char) for char in match.group() if char not in "年 ")
    return _When(f"20{digits}", 2000 + int(digits), 2000 + int(digits))


_YEARS_AWAY = {
    "今年": 0, "今年以来": 0, "本年": 0, "本年度": 0, "this year": 0, "current year": 0,
    "去年": -1, "上年": -1, "上年度": -1, "上一年": -1, "上一年度": -1, "过去一年": -1,
    "last year": -1, "previous year": -1, "前年": -2,
    "明年": 1, "下一年": 1, "next year": 1, "后年": 2,
}  # fmt: skip


def _read_named(match: re.Match[str], reference: date | None) -> _When | None:
    word = match.group()
    if word in {"本世纪中叶", "本世纪末"}:
        year = 2050 if word.endswith("中叶") else 2100
        return _When(str(year), year, year, by=True)
    if reference is None:
        return _When(None, relative=True)
    if word in _YEARS_AWAY:
        year = reference.year + _YEARS_AWAY[word]
        return _When(str(year), year, year, relative=True)
    count = 2 if match.group("count") == "两" else _small(match.group("count"))
    if word.startswith(("过去", "近")):
        start, end = reference.year - count, reference.year - 1
    else:
        start, end = reference.year, reference.year + count - 1
    return _When(f"{start}-{end}" if count > 1 else str(start), start, end, relative=True)


def _read_part_of(match: re.Match[str], reference: date | None) -> _When | None:
    if reference is None:
        return _When(None, relative=True)
    year = reference.year + _YEARS_AWAY[match.group("which")]
    if match.group("part_named"):
        return _When(_part_label(year, match.group("part_named")), year, year, relative=True)
    last = _small(match.group("to_month"))
    if match.group("from_month"):
        return _months(year, _small(match.group("from_month")), last, relative=True)
    return _day(year, last, None, relative=True)


def _read_half(match: re.Match[str], reference: date | None) -> _When | None:
    if reference is None:
        return _When(None, relative=True)
    year, word = reference.year, match.group()
    if word.startswith("年"):
        return _When(str(year), year, year, relative=True, by=True)
    return _When(_part_label(year, word), year, year, relative=True)


def _read_months(match: re.Match[str], reference: date | None) -> _When | None:
    first = _small(re.match(_M, match.group()).group())  # type: ignore[union-attr]  # the pattern begins so
    last = _small(match.group("months_to"))
    if not 1 <= first < last <= 12:
        return None
    if reference is None:
        return _When(None, relative=True)
    return _months(
        reference.year if last <= reference.month else reference.year - 1, first, last, relative=True
    )


def _read_month_only(match: re.Match[str], reference: date | None) -> _When | None:
    month = _small(match.group().split("月")[0])
    if reference is None:
        return _When(None, relative=True)
    is_deadline = match.string.startswith(_BEFORE_IT, match.end())  # 6月底前 lies ahead
    year = reference.year if month <= reference.month or is_deadline else reference.year - 1
    day = match.group("month_day")
    return _day(year, month, int(day) if day else None, relative=True)


_BEFORE_IT = ("前", "之前", "以前")


def _read_english(match: re.Match[str], reference: date | None) -> _When | None:
    return _day(int(match.group("year_en")), _MONTHS[match.group("month_en")], None)


def _read_bare(match: re.Match[str], reference: date | None) -> _When | None:
    year = int(match.group())
    return _When(str(year), year, year)


_READERS: dict[str, Callable[[re.Match[str], date | None], _When | None]] = {
    "years": _read_years,
    "date": _read_date,
    "iso": _read_iso,
    "plan": _read_plan,
    "plan_en": _read_plan_en,
    "short": _read_short,
    "part_of": _read_part_of,
    "named": _read_named,
    "half": _read_half,
    "months": _read_months,
    "month_only": _read_month_only,
    "english": _read_english,
    "bare": _read_bare,
}
