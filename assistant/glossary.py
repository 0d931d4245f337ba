"""English terms of policy documents and what Chinese documents print for them.

The glossary is ours (`lexicon/glossary.tsv`). A phrase is matched by its words in singular form, longest first;
what the glossary does not know is left to the embedding model and to names in pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_WORD = re.compile(r"[a-z0-9][a-z0-9&.\-]*(?:'s)?")
_MOST_WORDS = 7


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of an English question: its words, and the Chinese terms that may stand for it (or none)."""

    text: str
    start: int
    end: int
    chinese: tuple[str, ...]


def singular(word: str) -> str:
    """Return a plain singular of an English word; good enough to look up, not to print."""
    word = word.removesuffix("'s").strip(".-")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        return word[:-1]
    return word


def stems(word: str) -> Iterator[str]:
    """Return what an inflected English word may come from: promoted → promote, planning → plan.

    >>> list(stems("planning"))
    ['plann', 'planne', 'plan']
    """
    for ending in ("ed", "ing", "er", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def entries() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the glossary: words in singular → Chinese alternatives."""
    table = {}
    for line in (resources.files("assistant") / "lexicon/glossary.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese = line.split("\t")
            words = tuple(singular(match.group()) for match in _WORD.finditer(_plain(english)))
            table[words] = tuple(chinese.split("|"))
    return table


def _plain(text: str) -> str:
    """Lower case, with hyphens between words opened so that high-tech and high tech are one."""
    return re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.lower())


def phrases(question: str) -> list[Phrase]:
    """Cut an English question into the longest phrases that the glossary knows and the words between."""
    words = [(singular(m.group()), m.start(), m.end()) for m in _WORD.finditer(_plain(question))]
    table = entries()
    found, at = [], 0
    while at < len(words):
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            chinese = table.get(tuple(word for word, _, _ in words[at : at + length]))
            if not chinese and length == 1:
                chinese = next((table[stem,] for stem in stems(words[at][0]) if (stem,) in table), None)
            if chinese or length == 1:
                start, end = words[at][1], words[at + length - 1][2]
                found.append(Phrase(question[start:end], start, end, chinese or ()))
                at += length
                break
    return found


@cache
def _english_of() -> dict[str, str]:
    """Return Chinese term → its first English phrase."""
    reverse: dict[str, str] = {}
    for line in (resources.files("assistant") / "lexicon/glossary.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese = line.split("\t")
            for term in chinese.split("|"):
                if len(english) > len(reverse.get(term, "")) or term not in reverse:
                    reverse[term] = english
    return reverse


def english_for(term: str) -> str | None:
    """Return an English phrase for a Chinese term, or None when the glossary has none for the whole of it."""
    return _english_of().get(term)
