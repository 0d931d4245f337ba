"""What only English questions say in their own way: bare counts, the unit of “how many”, the noun behind “which”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.glossary import phrases
from documents.model import Span
from documents.quantities import Quantity

_HOW_MANY = re.compile(
    r"\bhow many (?!times\b)(?:more |new |additional )?(years?|months?|weeks?|days?|hours?|minutes?|working days?|percentage points?"
    r"|mu\b|yuan|people|persons|residents|workers|employees|students|pupils|teachers|patients|athletes|farmers|households|families"
    r"|km\b|kilomet(?:re|er)s?|tonnes|tons|hectares|vehicles|cars)?"
)
_HOW_OFTEN = re.compile(
    r"\bhow many times (?:a|an|per|each|every|can|may|must|should|did|do|does|has|have|had|was|were|is|are|will|in|over)\b"
)
_HOW_OLD = re.compile(r"\bhow old\b|\bwhat(?: is the)? (?:age|age limit)\b")
_UNITS = {
    "year": "年", "month": "个月", "week": "周", "day": "天", "hour": "小时", "minute": "分钟", "working day": "天",
    "percentage point": "个百分点", "mu": "亩", "yuan": "元", "household": "户", "familie": "户", "km": "公里",
    "kilometre": "公里", "kilometer": "公里", "tonne": "吨", "ton": "吨", "hectare": "公顷", "vehicle": "辆", "car": "辆",
    **dict.fromkeys("people person resident worker employee student pupil teacher patient athlete farmer".split(), "人"),
}  # fmt: skip
_COUNTED = re.compile(
    r"(?<![\w.,/-])(?<!article )(?<!clause )(?<!section )(?<!no\. )(?<!number )(?<!top )(?<!chapter )"
    r"(?:(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?= [a-z])|(?:\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d\b)\d{1,6})(?=\??$))"
)
_COUNT = re.compile(
    r"\b(?:the|which|what|name|list)(?: \w+){0,2}? [\"“']?(two|three|four|five|six|seven|eight|nine|ten)[ -](?!years?\b|percent|times)"
)
_COUNT_IN_DIGITS = re.compile(  # which chains are the 20 key ones
    r"^(?:which|what|name|list)\b.{0,60}?\bthe (\d{1,3}) (?!\w*(?:year|month|week|day|hour|minute|percent|point|working|calendar))"
    r"(?:[a-z-]+ ){0,2}?(?:ones|[a-z-]{3,}s)\b"
)
_FOCUS = re.compile(
    r"\b(?:what|which)(?: (?:kind|type|sort)s? of| level of)? ((?:[a-z-]+ ){0,2}?[a-z-]+) "
    r"(?:is|are|was|were|will|do|does|did|should|can|must|has|have|to|would|lists?|shows?)\b"
)
_ASKING = re.compile(
    r"\b(?:wh\w+|how|is|are|was|were|do|does|did|has|have|can|could|must|should|may|will|would|tell|list|name|explain|compare)\b"
)
_MEASURES = re.compile(
    r"\b(?:gdp|growth|rate|share|ratio|proportion|percentage|output|revenue|expenditure|volume|turnover|throughput|mileage"
    r"|concentration|level|number|count|total|quantity|area|income|population|intensity|coverage|investment|exports?|imports?|sales|price|quota"
    r"|cost|capacity|range|balance|spending)"
    r"\b(?! of (?:the )?(?:plan|rules?))"
)
_ASKS = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b")
_JOINS = re.compile(r"\b(?:when|who|whom|whose|where|which|why)\b")
_PLURAL = re.compile(
    r"\b(?:what|which) (?:[a-z-]+ ){0,3}?(?:(?!this|does|was|has|its|always)[a-z-]{3,}(?<![su])s|information|evidence|people) "
    r"(?:must|should|can|may|shall|do|does|did|are|were|have|will|need|is|to)\b"
)
_GOAL = re.compile(
    r"^what (?:is|are|was|were) (?:the )?[\w' -]{2,40}? (?:goal|aim|ambition)s?(?: (?:for|by|in) [\w -]+)?\??$"
)
_LENGTH = re.compile(
    r"\bhow long (?:is|are|was|were) (?:the )?[\w'() -]{0,40}?\b"
    r"(?:expressway|highway|road|bridge|tunnel|line|railway|river|canal|corridor|greenway|coastline|shoreline|pipeline|trail)s?\b"
)
_RANKS = re.compile(r"\b(?:first|second|third|top|leading|only|\w+est|rank\w*|number one|no\. ?\d+)\b")
_NUMERALS = {
    word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), start=2)
}


def counts_stated(key: str, taken: Sequence[Span]) -> tuple[Quantity, ...]:
    """Return the numbers before an English noun, or at the end, that count without a unit: 2,000 enterprises."""
    found = []
    for match in _COUNTED.finditer(key):
        span, digits = Span(*match.span()), match.group().replace(",", "")
        if not any(span.touches(other) for other in taken):
            found.append(Quantity(match.group(), span, span, digits, "", "", float(digits)))
    return tuple(found)


def names_a_measure(key: str) -> bool:
    """Say whether an English question is nothing but the name of a figure: Langu GDP growth 2025."""
    return not re.search(r"[\u4e00-\u9fff]", key) and not _ASKING.search(key) and bool(_MEASURES.search(key))


def only_asking(key: str) -> str:
    """Return a question's key without the question words behind the first, which only join clauses: …what to do [when]….

    >>> only_asking("what must they do when it rains").split()
    ['what', 'must', 'they', 'do', 'it', 'rains']
    """
    first = _ASKS.search(key)
    if first is None:
        return key
    rest = _JOINS.sub(lambda word: " " * len(word.group()), key[first.end() :])
    return key[: first.end()] + rest


def asks_several(key: str) -> bool:
    """Say whether “what” or “which” asks for things in the plural: which materials must be submitted."""
    return bool(_PLURAL.search(key)) and not _MEASURES.search(key)


def is_goal(key: str) -> bool:
    """Say whether a question asks what somebody's goal is, and of no measure: “What is the port's goal for 2027?”."""
    return bool(_GOAL.search(key)) and not _MEASURES.search(key)


def is_length(key: str) -> bool:
    """Say whether “how long” asks for a distance: how long is the expressway."""
    return bool(_LENGTH.search(key))


def ranks(key: str) -> bool:
    """Say whether a question ranks something among all of the country or the world, and is not about these."""
    return bool(_RANKS.search(key))


def names_measure(key: str) -> bool:
    """Say whether a question names something that is measured: a rate, a price, the GDP."""
    return bool(_MEASURES.search(key))


def unit_asked(key: str) -> str | None:
    """Return the unit that “how many” wants: 年 for years, 个 for whatever is counted."""
    if _HOW_OLD.search(key):
        return "岁"
    if is_length(key):
        return "公里"
    if _HOW_OFTEN.search(key):
        return "次"
    counted = _HOW_MANY.search(key)
    return _UNITS.get((counted.group(1) or "").removesuffix("s"), "个") if counted else None


def count_asked(key: str) -> int | None:
    """Return how many items a question expects: the three measures."""
    asked = _COUNT.search(key)
    if asked:
        return _NUMERALS.get(asked.group(1))
    in_digits = _COUNT_IN_DIGITS.search(key)
    return int(in_digits.group(1)) if in_digits else None


def focus_of(key: str) -> str:
    """Return what documents print for the noun behind “which” or “what kind of”, or "" where no glossary knows it."""
    asked = _FOCUS.search(key)
    found = phrases(asked.group(1)) if asked else []
    return found[-1].chinese[0] if found and found[-1].chinese else ""
