"""The content of a question: the words that evidence has to speak of, freed from the words of asking.

A Chinese question loses its scaffolding and is cut into words, each weighed by its part of speech; an English one is cut
into glossary phrases. Whether a word is supported is measured character by character: a character counts when it
stands in the evidence beside the same neighbour as in the question, so a word cut at the wrong place loses little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import rjieba

from assistant.asking import vocabulary as words
from assistant.asking.colloquial import uncut
from assistant.asking.english import english_words
from assistant.asking.glossary import singular
from documents.model import Span

_SEPARATOR = "\x00"
_BOUNDARY = re.compile(r"[\W_]+")
_MEASURES = frozenset("个 家 条 项 名 人 年 月 日 天 次 位 种 类 元 万 亿 倍 张 座 所 台 辆".split())
_LATIN = re.compile(r"[a-z0-9]+(?:[.&][a-z0-9]+)*")  # pm2.5 and r&d are one word
_ENGLISH_WORDS = re.compile(r"[a-z][a-z&'-]*(?: [a-z][a-z&'-]*)+")  # in a Chinese question: job creation
_RUN = re.compile(rf"{_LATIN.pattern}|[^\W_a-z0-9]+")
_NTH = re.compile(r"第[一二三四五六七八九十\d]+[件项个点]?")
# Nouns and names carry a question; its verbs and modifiers are often said in other words.
_WEIGHTS = {
    "n": 1.0,
    "e": 1.0,
    "x": 1.0,
    "j": 1.0,
    "l": 0.8,
    "i": 0.8,
    "v": 0.5,
    "a": 0.5,
    "z": 0.5,
    "b": 0.5,
    "s": 0.5,
    "t": 0.4,
}
_OTHER_WEIGHT = 0.35
_NOUN_LIKE_VERB = 0.6
_OPTIONAL_WEIGHT = 0.3
_GENERIC_WEIGHT = 0.1
_UNKNOWN_WEIGHT = 0.2
_SHORT_WEIGHT = 0.8  # of a noun of one character, which many words hold: 带, 桥
_NOUN_WEIGHT = 0.9  # and more
_NAMED_WEIGHT = 1.2
_NAMED = re.compile(r"[“‘《]([^“”‘’《》\x00]{2,24})[”’》]")
_PEOPLE = (
    "生",
    "者",
    "户",
    "师",
    "工",
)  # whom something is for: 大专生, 残疾者; what the tagger takes for a deed
_MODAL = "要能会将得可该应来说"  # with a verb after it the tagger takes such a pair for one word
_GLUED = "罚分"  # it takes 采沙罚 for a name, 制分 of 林长制分哪几级 for a word
_EMPTY_TAGS = frozenset("d p c u r q y o h k w f")  # adverbs, prepositions, particles: nothing to look for

Unit = tuple[str, ...]
"""The bigrams (or the whole Latin word) that show one character of a term to be printed; any of them does."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of the question, with the keys in which documents may print it.

    `optional` terms name the kind of thing asked for (什么【计划】): evidence may, but need not, print them.
    """

    text: str
    alternatives: tuple[str, ...]
    units: tuple[tuple[Unit, ...], ...]  # for each alternative, its characters
    weight: float = 1.0
    optional: bool = False
    name: bool = False  # an English word that no glossary knows and that looks like a name
    unknown: bool = False  # another one: documents cannot be asked to print it

    @property
    def describes(self) -> bool:
        """Whether this tells what a question is about, other than words of asking and of office prose."""
        return self.weight > _OPTIONAL_WEIGHT

    @property
    def is_content(self) -> bool:
        """Whether this is at least what is done (a verb); names and nouns are content as well."""
        return self.weight >= _WEIGHTS["v"]

    @property
    def is_deed(self) -> bool:
        """Whether this is what is done, or the noun of it: 建成, 验收."""
        return self.weight in (_WEIGHTS["v"], _NOUN_LIKE_VERB) and not self.optional

    @property
    def is_noun(self) -> bool:
        """Whether this is a noun or a name."""
        return self.weight >= _NOUN_WEIGHT

    @property
    def grams(self) -> frozenset[str]:
        """Every bigram that shows some of this term."""
        return frozenset(gram for alternative in self.units for unit in alternative for gram in unit)


def grams(key: str) -> frozenset[str]:
    """Return the character bigrams within runs of letters and digits; whole Latin words and numbers count as one.

    >>> sorted(grams("创新,gdp")) == ['gdp', '创新']
    True
    """
    found: set[str] = set()
    for part in _RUN.findall(key):
        if part[0].isascii() or len(part) == 1:
            found.add(part)
        else:
            found.update(part[i : i + 2] for i in range(len(part) - 1))
    return frozenset(found)


def named_grams(terms: Sequence[Term]) -> frozenset[str]:
    """Return the bigrams of what a question names, its optional terms left out."""
    return frozenset(gram for one in terms if not one.optional for gram in one.grams)


def term(
    text: str, *alternatives: str, weight: float = 1.0, optional: bool = False, name: bool = False
) -> Term:
    """Return a term that stands by itself, printed as any of `alternatives`."""
    units = tuple(tuple(_units(alternative, 0, len(alternative))) for alternative in alternatives)
    return Term(text, alternatives, units, weight, optional, name)


def _units(key: str, start: int, end: int) -> Iterator[Unit]:
    """Return the units of key[start:end]; a character's neighbours may lie outside the range."""
    at = start
    while at < end:
        latin = _LATIN.match(key, at, end)
        if latin:
            yield (latin.group(),)
            at = latin.end()
            continue
        if not _BOUNDARY.match(key[at]) and key[at] != _SEPARATOR:
            left = key[at - 1 : at + 1] if at > 0 else ""
            right = key[at : at + 2]
            pairs = tuple(pair for pair in (left, right) if len(pair) == 2 and _is_pair(pair))
            yield pairs or (key[at],)
        at += 1


def _is_pair(pair: str) -> bool:
    return not _BOUNDARY.search(pair) and _SEPARATOR not in pair and not _LATIN.search(pair)


def chinese_terms(key: str, taken: Sequence[Span], focus: str) -> tuple[Term, ...]:
    """Return the terms of a Chinese or mixed question's key; `taken` spans (years, amounts) are left out."""
    chars = list(key)
    for span in taken:
        chars[span.start : span.end] = _SEPARATOR * (span.end - span.start)
    named = [
        Term(m.group(1), (m.group(1),), (tuple(_units(key, *m.span(1))),), _NAMED_WEIGHT)
        for m in _NAMED.finditer("".join(chars))
    ]
    for match in _NAMED.finditer("".join(chars)):
        chars[match.start() : match.end()] = _SEPARATOR * len(match.group())
    english: list[Term] = []
    for match in _ENGLISH_WORDS.finditer("".join(chars)):
        english += english_terms(match.group(), match.group(), [])
        chars[match.start() : match.end()] = _SEPARATOR * len(match.group())
    masked = words.WRAPPING.sub(lambda m: _SEPARATOR * len(m.group()), "".join(chars))
    asked_kind = _focus_range(key, focus)
    terms: list[Term] = [*named, *english]
    for match in uncut().finditer(masked):
        terms.append(Term(match.group(), (match.group(),), (tuple(_units(masked, *match.span())),)))
    masked = uncut().sub(lambda m: _SEPARATOR * len(m.group()), masked)
    for run in re.finditer(rf"[^{_SEPARATOR}]+", masked):
        for text, tag, start in _words(run.group(), run.start()):
            if _LATIN.fullmatch(text):
                terms += (_or_as_it_is(one) for one in english_terms(text, text, []))
                continue
            optional = asked_kind is not None and asked_kind[0] <= start < asked_kind[1]
            units = tuple(_units(masked, start, start + len(text)))
            if units:
                terms.append(Term(text, (text,), (units,), _weight(text, tag, optional=optional), optional))
    return tuple(terms)


def _or_as_it_is(one: Term) -> Term:
    """Return a Latin word of a Chinese question as a term that its document may print as well: app beside 客户端."""
    if one.text in one.alternatives:
        return one
    return replace(one, alternatives=(*one.alternatives, one.text), units=(*one.units, ((((one.text,)),))))


def _weight(text: str, tag: str, *, optional: bool) -> float:
    weight = _NOUN_LIKE_VERB if tag in {"vn", "an"} else _WEIGHTS.get(tag[:1], _OTHER_WEIGHT)
    if len(text) > 2 and text.endswith(_PEOPLE):
        weight = max(weight, _WEIGHTS["n"])
    if text in words.GENERIC:
        weight = min(weight, _GENERIC_WEIGHT)
    if len(text) == 1:
        weight *= 0.5
    return weight * (_OPTIONAL_WEIGHT if optional else 1.0)


def _focus_range(key: str, focus: str) -> tuple[int, int] | None:
    if not focus:
        return None
    at = re.search(r"(?:什么(?:样)?(?:的)?|啥|何种|怎样的|哪.{0,2}?)" + re.escape(focus), key)
    return (at.end() - len(focus), at.end()) if at else None


def _words(run: str, offset: int) -> Iterator[tuple[str, str, int]]:
    """Return the content words of a run of the key: text, part of speech, offset in the key."""
    at = offset
    for text, tag in rjieba.tag(run):
        lost = 0
        if not rjieba.has_word(text) and text not in words.GENERIC:
            stripped = text.lstrip(_MODAL) or text
            at += len(text) - len(stripped)
            short = stripped.rstrip(_MODAL + _GLUED + "是") or stripped
            text, lost = short, len(stripped) - len(short)
        particle = tag[:1] in _EMPTY_TAGS and len(text) < 3  # longer ones are words cut at the wrong place
        empty = text in words.FUNCTION_WORDS or particle or _BOUNDARY.fullmatch(text) or _NTH.fullmatch(text)
        if text.strip() and not empty and not (tag == "m" and text in _MEASURES):
            yield text, tag, at
        at += len(text) + lost


def english_terms(key: str, text: str, taken: Sequence[Span]) -> tuple[Term, ...]:
    """Return the terms of an English question: glossary phrases, names, and words that nothing here knows."""
    terms: list[Term] = []
    cut = english_words(key, text, taken)
    for before, word in zip([None, *cut], cut, strict=False):
        if word.chinese:
            generic = [one in words.GENERIC for one in word.chinese]
            vague = (
                (all(generic) if word.deed else any(generic))
                or word.chinese[0] in words.UNITS_ASKED_FOR | words.CHANGES_ASKED_FOR
                or all(one in words.RANKS_AND_MEASURES for one in word.chinese)
            )
            short = all(len(one) == 1 for one in word.chinese)
            weight = _SHORT_WEIGHT if short else _WEIGHTS["v"] if word.deed else 1.0
            weight = _GENERIC_WEIGHT if vague else weight
            weight = min(weight, _SHORT_WEIGHT) if word.chinese[0] in words.KINDS_OF_DOCUMENTS else weight
            if before is not None and key[before.end : word.start] in {" ", "-"} and not before.deed:
                weight = _GENERIC_WEIGHT if singular(word.text) in words.ENGLISH_LIGHT_NOUNS else weight
            terms.append(term(word.text, *word.chinese, *word.akin, weight=weight))
        else:
            one = term(word.text, word.text, name=word.name)
            terms.append(
                replace(one, unknown=True, weight=_UNKNOWN_WEIGHT, optional=True) if word.unknown else one
            )
    return tuple(terms)
