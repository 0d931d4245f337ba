"""Which of several places a sentence speaks of: 辽宁上半年…;黑龙江地区生产总值为…;该省….

Only for texts that are of no one place: in a province's own report its cities are named inside the figures' names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from documents.gazetteer import CITIES, PROVINCES
from documents.model import Document, Part, Span
from documents.name_words import MACRO_HEADS

_SAME_PLACE = re.compile(r"(?<![\u4e00-\u9fff])[^,;。:\d]{0,6}(?:该[省市区]|其(?!中|他|它|余))")


@cache
def _topic() -> re.Pattern[str]:
    names = "|".join(sorted([*PROVINCES, *CITIES], key=len, reverse=True))
    return re.compile(
        rf"(?<![\u4e00-\u9fffa-z\d])(?:其中|而|从)?(?P<others>(?:(?:{names})(?:省|市)?[、和与])*)(?P<place>(?:{names})(?:省|市|自治区)?|全国|我国)"
        rf"(?=全[省市区]|[上下]半年|前[一二三]季度|第?[一二三四]季度|去年|今年|20\d\d年|\d{{1,2}}-\d{{1,2}}月|{MACRO_HEADS}|[、,:]|统计局|实现|完成)"
    )


def is_of_several_places(document: Document) -> bool:
    """Say whether a document has no place of its own, so that each figure must be told whose it is."""
    return document.place in {None, "全国"}


def topic_of(document: Document, key: str, sentence: Span, figure: int, before: Part | None) -> Part | None:
    """Return the place that the clauses before a figure speak of; `before` is that of the sentence before."""
    told = [
        one
        for one in _told(key[max(0, sentence.start - 1) : sentence.end], sentence.start == 0)
        if one.end <= figure - sentence.start
    ]
    if told:
        if told[-1].several:
            return None
        span = Span(sentence.start + told[-1].start, sentence.start + told[-1].end)
        return Part(span.of(document.text), span)
    same = before is not None and _SAME_PLACE.search(key, sentence.start, figure)
    return Part(before.text, before.span, inherited=True) if before is not None and same else None


@dataclass(frozen=True, slots=True)
class _Topic:
    """Where a sentence names the place that it goes on to speak of, counted from its start."""

    start: int
    end: int
    several: bool  # 辽宁、吉林上半年…: no one place


@lru_cache(maxsize=512)
def _told(text: str, is_first: bool) -> tuple[_Topic, ...]:
    """Return the places that a sentence names at the start of clauses; `text` has the character before it in front."""
    first = 0 if is_first else 1
    return tuple(
        _Topic(
            match.start("place") - first,
            match.end("place") - first,
            bool(match["others"]) or text.startswith("、", match.end("place")),
        )
        for match in _topic().finditer(text, first)
    )


def full_name(place: str) -> str:
    """Return a place as documents are filed under it: 辽宁 → 辽宁省, 长春 → 长春市."""
    if place in {"全国", "我国"}:
        return "全国"
    return PROVINCES.get(place, f"{place}市" if place in CITIES else place)
