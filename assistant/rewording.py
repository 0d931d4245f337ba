"""Other words for what a question says: what documents print for colloquial, mistyped, short and English words.

A word that the evidence prints needs none of this. One that it does not print may be a colloquial form
(`lexicon/colloquial.tsv`), an abbreviation (家医, 卫健委), a slip between homophones (转科 for 专科) or an English
word that no glossary knows; for the last the embedding model may name the nearest printed term.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import rjieba

from assistant.colloquial import colloquial
from assistant.evidence import Pool, article_key
from assistant.questions import Question
from assistant.terms import Term, term
from documents.folding import fold
from index.embedding import Embedder

NEAR = 0.45  # least cosine at which the model's nearest printed term stands for an unknown phrase
_AHEAD = 0.02  # how far it must be ahead of the next term that shares nothing with it
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_COINED = re.compile(r"[一二三四五六七八九十两\d]+[\u4e00-\u9fff]{1,2}")  # the asker's own short form: “三图”
_COINED_WEIGHT = 0.2
_MOST_CANDIDATES = 3000
_APART = "\x00"
_NAME_LENGTHS = (3, 2, 4)  # characters of a Chinese name, the commonest first


def reworded(question: Question, pool: Pool, embedder: Embedder) -> Question:
    """Return the question with alternatives for each word that the evidence does not print."""
    text = _text(pool)
    alike = _homophones({one.text for one in question.terms if not _is_printed(one, text)}, text)
    known: dict[Term, Term] = {}  # a question may repeat a word any number of times
    for one in question.terms:
        if one not in known:
            known[one] = _in_other_words(one, text, alike)
    terms = _named_in_pinyin(tuple(known[one] for one in question.terms), text)
    if any(_unknown(one, text) for one in set(terms)):
        terms = _translated(question, terms, pool, text, embedder)
    return replace(question, terms=terms)


def _text(pool: Pool) -> str:
    """Return all keys that words are looked for in, apart by a character that no word has."""
    keys = {sentence.key for sentence in pool.sentences}
    keys |= {article_key(sentence.document, sentence.section) for sentence in pool.sentences}
    return _APART.join(sorted(keys))


def _is_printed(one: Term, text: str) -> bool:
    return any(alternative in text for alternative in one.alternatives)


def _in_other_words(one: Term, text: str, alike: Mapping[str, list[str]]) -> Term:
    found = [form for form in colloquial().get(one.text, ()) if form in text]
    if one.name or _is_printed(one, text):
        return _with(one, found)
    found = found or _long_form(one.text, text) or alike.get(one.text, [])
    if not found and _COINED.fullmatch(one.text):
        return replace(one, weight=one.weight * _COINED_WEIGHT, optional=True)
    return _with(one, found)


def _with(one: Term, more: Sequence[str]) -> Term:
    if not more:
        return one
    other = term(one.text, *more)
    return replace(one, alternatives=(*one.alternatives, *more), units=(*one.units, *other.units))


def _long_form(word: str, text: str) -> list[str]:
    """Return the printed long form of an abbreviation: its characters in order, few others between them."""
    short = re.sub(r"^[市省县区](?=.{3})", "", word)
    if not 3 <= len(short) <= 5 or not _HAN.fullmatch(short) or any(one not in text for one in short):
        return []
    found = set(re.findall(r"[\u4e00-\u9fff]{0,2}?".join(short), text))
    if not found and short[-1] in "局委厅办部":
        found = set(re.findall(r"[\u4e00-\u9fff]{0,5}?".join(short), text))
    return sorted(found, key=lambda form: (len(form), form))[:1]


def _homophones(words: Collection[str], text: str) -> dict[str, list[str]]:
    """Return for each word the printed one that sounds the same: what a slip of the input method stood for."""
    lengths: dict[int, list[str]] = {}
    for word in words:
        if 2 <= len(word) <= 6 and _HAN.fullmatch(word):
            lengths.setdefault(len(word), []).append(word)
    characters = {character for alike in lengths.values() for word in alike for character in word}
    runs = sorted({run for run in _HAN.findall(text) if not characters.isdisjoint(run)}) if characters else []
    found = {}
    for length, alike in lengths.items():
        spelled = _spelled(runs, length)
        for word in alike:
            windows = spelled.get(_syllables(word), ())
            found[word] = [window for window in windows if _differing(window, word) <= length // 2][:1]
    return found


def _spelled(runs: Sequence[str], length: int) -> dict[tuple[str, ...], list[str]]:
    """Return the windows of a length by how they are spelled where they stand, in the order of their characters."""
    found: dict[tuple[str, ...], set[str]] = {}
    for run in runs:
        spelled = _syllables(run)
        for start in range(len(run) - length + 1):
            found.setdefault(spelled[start : start + length], set()).add(run[start : start + length])
    return {spelling: sorted(windows) for spelling, windows in found.items()}


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _named_in_pinyin(terms: tuple[Term, ...], text: str) -> tuple[Term, ...]:
    """Replace Latin words that spell printed characters: “An Chunmao” is 安春茂, in either order."""
    if not any(one.name for one in terms):
        return terms
    runs = sorted(set(_HAN.findall(text)))
    printed: dict[int, dict[str, str]] = {}
    for length in _NAME_LENGTHS:
        names = printed[length] = {}
        for run in runs:
            spelled = _syllables(run)
            for start in range(len(run) - length + 1):
                names.setdefault("".join(spelled[start : start + length]), run[start : start + length])
    return tuple(_spelled_out(one, printed) if one.name else one for one in terms)


def _spelled_out(one: Term, printed: Mapping[int, Mapping[str, str]]) -> Term:
    words = re.findall(r"[a-z]+", one.text.lower().removesuffix("'s"))
    orders = ("".join(words), "".join(reversed(words)))
    for length in _NAME_LENGTHS:
        for name in filter(None, (printed[length].get(order) for order in orders)):
            return term(one.text, name)
    return one


@lru_cache(maxsize=8192)
def _syllables(run: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 0.3 s to import: only questions with unprinted words pay for it

    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(run))


def _unknown(one: Term, text: str) -> bool:
    """Say whether an English word is one that neither the glossary nor the documents know."""
    latin = bool(re.match(r"[a-z]", one.text))
    return latin and one.is_content and not _is_printed(one, text)


def _translated(
    question: Question, terms: tuple[Term, ...], pool: Pool, text: str, embedder: Embedder
) -> tuple[Term, ...]:
    """Give each run of English words that holds an unknown one the printed term that the model puts nearest."""
    candidates = _candidates(pool)
    if not candidates:
        return terms
    vectors = embedder.embed(candidates)
    done: list[Term] = []
    for group in _neighbours(question.key, terms):
        unknown = {one for one in group if _unknown(one, text)}
        if unknown:
            phrase = question.key[
                _at(question.key, group[0]) : _at(question.key, group[-1]) + len(group[-1].text)
            ]
            nearest = _nearest(phrase, candidates, vectors, embedder)
            if nearest:
                done.append(term(phrase, nearest))
                continue
            done += [_alone(one, candidates, vectors, embedder) if one in unknown else one for one in group]
        else:
            done += group
    return tuple(done)


def _alone(one: Term, candidates: list[str], vectors: np.ndarray, embedder: Embedder) -> Term:
    nearest = _nearest(one.text, candidates, vectors, embedder)
    return term(one.text, nearest) if nearest else one


def _nearest(phrase: str, candidates: list[str], vectors: np.ndarray, embedder: Embedder) -> str | None:
    scores = vectors @ embedder.embed([phrase])[0]
    best = int(np.argmax(scores))
    return candidates[best] if scores[best] >= NEAR else None


def _neighbours(key: str, terms: tuple[Term, ...]) -> list[list[Term]]:
    """Group terms that stand next to each other in the question: “family farms”."""
    groups: list[list[Term]] = []
    for one in terms:
        if groups:
            end = _at(key, groups[-1][-1]) + len(groups[-1][-1].text)
            start = _at(key, one)
            if (
                0 <= start - end <= 1
                and re.match(r"[a-z]", one.text)
                and re.match(r"[a-z]", groups[-1][-1].text)
            ):
                groups[-1].append(one)
                continue
        groups.append([one])
    return groups


def _at(key: str, one: Term) -> int:
    return key.find(one.text)


def _candidates(pool: Pool) -> list[str]:
    """Return the terms that an English phrase may mean: ledger names, and one to three words in a row of the text."""
    found = {fold(row.name): None for row in pool.rows}
    for sentence in pool.sentences:
        for clause in sentence.clauses:
            words = [word for word in rjieba.cut(clause.key) if _HAN.fullmatch(word)]
            for size in (1, 2, 3):
                for start in range(len(words) - size + 1):
                    phrase = "".join(words[start : start + size])
                    if 2 <= len(phrase) <= 10:
                        found.setdefault(phrase)
        if len(found) > _MOST_CANDIDATES:
            break
    return list(found)
