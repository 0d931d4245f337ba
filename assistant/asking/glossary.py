"""English words of policy documents and what Chinese documents print for them.

The lexicons are ours: terms with one meaning (`lexicon/glossary.tsv`), which gloss answers as well, everyday words with
the several that office prose prints for them (`words.tsv`), what is done (`verbs.tsv`) and the country's places
(`places_en.tsv`). A phrase is matched by its words, longest first, whatever their number, tense or spelling (British or
American); what no lexicon knows is left to the embedding model and to names in pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from assistant.asking.vocabulary import GENERIC

_WORD = re.compile(r"[a-z0-9][a-z0-9&.\-]*(?:'(?!s\b|re\b|ll\b|ve\b)[a-z]{2,})?(?:'s)?")
_MOST_WORDS = 7
_BRITISH = (
    (re.compile(r"is(?=(?:e|ed|er|ing|ation|ational)$)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|er|ing)$)"), "yz"),
    (re.compile(r"(?<=...)our(?=(?:er|ed|ing|able|hood)?$)"), "or"),
    (re.compile(r"(?<=.[tb])re$"), "er"),
    (re.compile(r"(?<=program)me(?=d|$)"), ""),
    (re.compile(r"(?<=licen|defen|offen)c(?=e|ed|ing)"), "s"),
)  # written one way on both sides, so that it does not matter whether a result is a word
_SPELLED_IN_TWO_WAYS = re.compile(r"is[ei]|isa|yse|ysi|our|[tb]re$|mm|[fc]?enc[ei]")
_INFLECTIONS = ("ed", "ing", "ly")
_NOUNS_OF_VERBS = (  # ending of a noun, with what the verb has in its place
    ("ification", ("ify",)), ("ation", ("", "e", "ate")), ("ition", ("", "e")), ("ption", ("pt", "be")), ("ction", ("ct", "ce")),
    ("tion", ("te", "t")), ("mission", ("mit",)), ("cision", ("cide",)), ("sion", ("d", "de", "se", "s")), ("ment", ("",)),
    ("al", ("", "e")), ("ance", ("", "e")), ("ence", ("",)), ("age", ("", "e")), ("er", ("", "e")), ("or", ("", "e")), ("ure", ("",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of an English question: its words, and the Chinese terms that may stand for it (or none)."""

    text: str
    start: int
    end: int
    chinese: tuple[str, ...]
    deed: bool = False  # what is done, often said in other words
    akin: tuple[
        str, ...
    ] = ()  # Chinese of the verb that the word comes from, beside its own: suspension, suspend


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
    for ending in (*_INFLECTIONS, "er"):
        yield from _without(word, ending)


def _without(word: str, ending: str) -> Iterator[str]:
    stem = word.removesuffix(ending)
    if stem != word and len(stem) >= 3:
        yield stem
        yield stem + "e"
        if stem[-1] == stem[-2]:
            yield stem[:-1]
        if stem[-1] == "i":
            yield stem[:-1] + "y"


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    """Return the forms under which a word may stand in a lexicon, the nearest first."""
    one = singular(word)
    known = [one, *_irregular().get(one, ()), *_unusual_singular(word)]
    known += [stem for ending in _INFLECTIONS for stem in _without(one, ending)]
    return tuple(dict.fromkeys(map(_american, known)))


def _unusual_singular(word: str) -> Iterator[str]:
    if word.endswith("uses"):
        yield word[:-2]  # campuses
    elif word.endswith("ics"):
        yield word[:-1]  # relics


def _american(word: str) -> str:
    """Return one spelling for words that are spelled in two ways: labour and labor, organise and organize."""
    if _SPELLED_IN_TWO_WAYS.search(word):
        for british, other in _BRITISH:
            word = british.sub(other, word)
    return word


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """Return the irregular forms of verbs and nouns with what they are forms of: built → build."""
    return {form: tuple(words.split("|")) for form, words in _rows("irregular.tsv")}


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in (resources.files("assistant") / "lexicon" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese = line.split("\t")
            yield english, chinese


@cache
def entries() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return all lexicons: words in singular and one spelling → Chinese alternatives, those of the glossary first."""
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in ("glossary.tsv", "words.tsv", "verbs.tsv", "places_en.tsv"):
        for words, chinese in _lexicon(name).items():
            table[words] = tuple(dict.fromkeys((*table.get(words, ()), *chinese)))
    return table


@cache
def _lexicon(name: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_entry(english): tuple(chinese.split("|")) for english, chinese in _rows(name)}


def _entry(english: str) -> tuple[str, ...]:
    """Return the words of a phrase as entries are looked up."""
    return tuple(_in_entry(word) for word in _WORD.findall(_plain(english)))


@lru_cache(maxsize=16384)
def _in_entry(word: str) -> str:
    return _american(singular(word))


def _is_deed(entry: tuple[str, ...], text: str) -> bool:
    """Say whether an entry says what is done: known as a verb only, or as a noun too and inflected here (issued)."""
    if entry not in _lexicon("verbs.tsv"):
        return False
    is_noun = entry in _lexicon("glossary.tsv") or entry in _lexicon("words.tsv")
    first = text.split()[0] if text else ""
    return not is_noun or first.endswith(("ed", "ing")) or singular(first) in _irregular()


def _akin(entry: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return what is printed for the verb that a single word comes from, where the word has an entry of its own.

    A participle that is an adjective too (installed) may mean its verb all the same, and a noun what is done.
    """
    if len(entry) != 1 or " " in text:
        return ()
    one = singular(text)
    verbs = [*_irregular().get(one, ()), *_without(one, "ed"), *_verbs_of(one)]
    found = (entries()[(verb,)] for verb in map(_american, verbs) if (verb,) in _lexicon("verbs.tsv"))
    return tuple(dict.fromkeys(word for chinese in found for word in chinese))


def _verbs_of(noun: str) -> Iterator[str]:
    """Return the verbs that a noun may be made of.

    >>> "suspend" in _verbs_of("suspension"), "supervise" in _verbs_of("supervisor")
    (True, True)
    """
    for ending, verbs in _NOUNS_OF_VERBS:
        stem = noun.removesuffix(ending)
        if stem != noun and len(stem) >= 3:
            yield from (stem + verb for verb in verbs)


def is_place(word: str) -> bool:
    """Say whether a word is the name of a place of the country."""
    return _entry(word) in _lexicon("places_en.tsv")


def is_past(text: str) -> bool:
    """Say whether the first word of a phrase is a past form or a participle: installed, built."""
    first = text.split()[0] if text else ""
    return first.endswith("ed") or first in _irregular()


def is_verb(text: str) -> bool:
    """Say whether a phrase is known as what is done."""
    return bool(text) and _entry(text) in _lexicon("verbs.tsv")


@cache
def _beginnings() -> frozenset[tuple[str, ...]]:
    """Return every beginning of an entry: where a phrase may go on."""
    return frozenset(words[:length] for words in entries() for length in range(1, len(words) + 1))


def _plain(text: str) -> str:
    """Lower case without accents, with hyphens between words opened so that high-tech and high tech are one."""
    bare = "".join(unicodedata.normalize("NFD", letter)[0] for letter in text.lower())
    return re.sub(r"(?<=[a-z])-(?=[a-z0-9])|(?<=[0-9])-(?=[a-z])", " ", bare)


def phrases(question: str) -> list[Phrase]:
    """Cut an English question into the longest phrases that the glossary knows and the words between."""
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(_plain(question))]
    found, at = [], 0
    while at < len(words):
        entry = _longest([word for word, _, _ in words[at : at + _MOST_WORDS]])
        length = len(entry) or 1
        start, end = words[at][1], words[at + length - 1][2]
        text = question[start:end].removesuffix("'s")
        chinese = entries().get(entry, ())
        ordinary = bool(chinese) and GENERIC.isdisjoint(chinese)  # a department does not depart
        akin = tuple(word for word in _akin(entry, text) if word not in chinese) if ordinary else ()
        found.append(Phrase(text, start, start + len(text), chinese, _is_deed(entry, text), akin))
        at += length
    return found


def _longest(words: list[str]) -> tuple[str, ...]:
    """Return the longest entry that the first of `words` are forms of, or ()."""
    begun: list[tuple[str, ...]] = [()]
    longest: tuple[str, ...] = ()
    for word in words:
        begun = [
            (*before, form) for before in begun for form in _forms(word) if (*before, form) in _beginnings()
        ]
        longest = next((entry for entry in begun if entry in entries()), longest)
    return longest


@cache
def _english_of() -> dict[str, str]:
    """Return Chinese term → its first English phrase."""
    reverse: dict[str, str] = {}
    for english, chinese in _rows("glossary.tsv"):
        for term in chinese.split("|"):
            if len(english) > len(reverse.get(term, "")) or term not in reverse:
                reverse[term] = english
    return reverse


def english_for(term: str) -> str | None:
    """Return an English phrase for a Chinese term, or None when the glossary has none for the whole of it."""
    return _english_of().get(term)
