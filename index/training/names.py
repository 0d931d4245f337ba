"""Names in pinyin: An Chunmao should find 安春茂, although no parallel text says so.

Readings come from CC-CEDICT. Entries are paired with their own pinyin, and made-up personal names (a
surname, one or two characters that entries of people use) with theirs, written as English text writes them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from index.training.sources import Row

_SYLLABLE = re.compile(r"[a-zü:]+(?=[1-5])")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,6}")
_MADE_NAMES = 30_000


def syllables(pinyin: str) -> list[str]:
    """Return the syllables of CC-CEDICT's pinyin without tones, as passports write them (lü4 → lv)."""
    return [part.replace("u:", "v").replace("ü", "v") for part in _SYLLABLE.findall(pinyin.lower())]


def all_syllables(rows: Iterable[Row]) -> list[str]:
    """Return every syllable that the dictionary uses more than twice."""
    counted = Counter(part for row in rows for part in syllables(row.get("pinyin", "")))
    return sorted(part for part, times in counted.items() if times > 2)


def readings_of(rows: Iterable[Row]) -> dict[str, str]:
    """Return the first reading of each single character of the dictionary, without tones."""
    readings: dict[str, str] = {}
    for row in rows:
        parts = syllables(row.get("pinyin", ""))
        if len(row["zh"]) == 1 and len(parts) == 1:
            readings.setdefault(row["zh"], parts[0])
    return readings


def pinyin_pairs(rows: Iterable[Row], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (pinyin, Chinese) of entries and of made-up personal names."""
    readings: dict[str, str] = {}
    surnames: list[str] = []
    in_names: Counter[str] = Counter()
    for row in rows:
        parts, word = syllables(row.get("pinyin", "")), row["zh"]
        if len(word) == 1 and len(parts) == 1:
            readings.setdefault(word, parts[0])
            if "surname" in row["en"].lower():
                surnames.append(word)
        elif _HAN_WORD.fullmatch(word) and len(parts) == len(word):
            yield _written(parts, chance), word
            if row["pinyin"][:1].isupper():
                in_names.update(word[1:])
    usual = [character for character, _ in in_names.most_common(1200) if character in readings]
    for _ in range(_MADE_NAMES if surnames and usual else 0):
        name = chance.choice(surnames) + "".join(chance.choices(usual, k=chance.choice((1, 2, 2))))
        parts = [readings[character] for character in name]
        yield f"{parts[0]} {''.join(parts[1:])}", name


def _written(parts: list[str], chance: random.Random) -> str:
    """Join syllables as one word, as single syllables, or as surname and given name."""
    way = chance.random()
    if way < 0.4:
        return "".join(parts)
    if way < 0.7:
        return " ".join(parts)
    return f"{parts[0]} {''.join(parts[1:])}"
