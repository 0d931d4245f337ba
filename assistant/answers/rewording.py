"""Other words for what a question says: what documents print for colloquial, mistyped, short and English words.

A word that the evidence prints needs none of this. One that it does not print may be a colloquial form
(`lexicon/colloquial.tsv`), an abbreviation (家医, 卫健委), a slip between homophones (转科 for 专科) or an English
word that no glossary knows; for the last the embedding model may name the nearest printed term.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import rjieba

from assistant.answers.evidence import Pool, article_key
from assistant.asking.colloquial import colloquial
from assistant.asking.look_alikes import look_alikes
from assistant.asking.places import bare
from assistant.asking.questions import Question
from assistant.asking.terms import Term, term
from assistant.asking.vocabulary import FUNCTION_WORDS
from documents.folding import fold
from index.embedding import Embedder

NEAR = 0.45  # least cosine at which the model's nearest printed term stands for an unknown word
_RATHER_NEAR = 0.343  # and when it is far ahead
_SAID = 0.5  # support from which a sentence says a word
_AHEAD = 0.105  # how far ahead of the next term that shares nothing with it
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_COINED = re.compile(r"[一二三四五六七八九十两\d]+[\u4e00-\u9fff]{1,2}")  # the asker's own short form: “三图”
_COINED_WEIGHT = 0.2
_MOST_CANDIDATES = 3000
_EMPTY = FUNCTION_WORDS | frozenset(
    "好 等 非 再 已 后 还 各 所 为了 以及".split()
)  # no phrase begins or ends with one
_APART = "\x00"
_AGAIN = 3  # times that the text must print what a word of two characters may be short for
_NAME_LENGTHS = (3, 2, 4)  # characters of a Chinese name, the commonest first
_MOST_ALIKE = 4  # printed stretches that are spelled alike: 黎兵, 礼兵
_MOST_SYLLABLES = 4  # words that may spell one name
_SHORTEST_SPELLED = 5  # letters of lower-case words that may be one


def reworded(question: Question, pool: Pool, embedder: Embedder) -> Question:
    """Return the question with alternatives for each word that the evidence does not print."""
    text = _text(pool)
    alike = _homophones({one.text for one in question.terms if not _is_printed(one, text)}, text)
    known: dict[Term, Term] = {}  # a question may repeat a word any number of times
    for one in question.terms:
        if one not in known:
            known[one] = _by_characters(_in_other_words(one, text, alike), pool)
    terms = _named_in_pinyin(question, tuple(known[one] for one in question.terms), text)
    distinct = set(terms)
    unsaid = frozenset(one for one in distinct if _said_otherwise(question, pool, one))
    if unsaid or any(_foreign(one, text) for one in distinct):
        terms = _translated(question, terms, unsaid, pool, text, embedder)
    return replace(question, terms=terms, places=_places(question, terms, pool))


def _places(question: Question, terms: Sequence[Term], pool: Pool) -> tuple[str, ...]:
    """Return the places of a question with those that it spells in pinyin and documents are about."""
    if question.language != "en" or question.places:
        return question.places
    homes = {bare(document.place) for document in pool.documents.values() if document.place}
    spelled = (alternative for one in terms for alternative in one.alternatives[:1])
    return tuple(dict.fromkeys(name for name in spelled if name in homes))


def _by_characters(one: Term, pool: Pool) -> Term:
    """Let an alternative of one character (港) be shown by any printed pair that holds it: 港口, 山港."""
    if not any(len(alternative) == 1 for alternative in one.alternatives):
        return one
    units = tuple(
        (tuple(sorted(gram for gram in pool.rarity if alternative in gram)) or (alternative,),)
        if len(alternative) == 1
        else shown
        for alternative, shown in zip(one.alternatives, one.units, strict=True)
    )
    return replace(one, units=units)


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
    found = found or _long_form(one.text, text) or alike.get(one.text, []) or _seen_alike(one.text, text)
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
    if len(short) == 2 and _HAN.fullmatch(short):
        return _of_four(short, text)
    if not 3 <= len(short) <= 5 or not _HAN.fullmatch(short) or any(one not in text for one in short):
        return []
    found = set(re.findall(r"[\u4e00-\u9fff]{0,2}?".join(short), text))
    if not found and short[-1] in "局委厅办部":
        found = set(re.findall(r"[\u4e00-\u9fff]{0,5}?".join(short), text))
    return sorted(found, key=lambda form: (len(form), form))[:1]


def _of_four(short: str, text: str) -> list[str]:
    """Return the four characters, printed again and again, whose first and third are a short word: 危险废物 of 危废."""
    counts = Counter(re.findall(rf"{short[0]}[\u4e00-\u9fff]{short[1]}[\u4e00-\u9fff]", text))
    return [form for form, count in counts.most_common(1) if count >= _AGAIN]


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


def _seen_alike(word: str, text: str) -> list[str]:
    """Return the printed word that looks like one, but for a character."""
    if not 2 <= len(word) <= 6 or not _HAN.fullmatch(word):
        return []
    return [other for other in look_alikes(word) if other in text][:1]


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


def _named_in_pinyin(question: Question, terms: tuple[Term, ...], text: str) -> tuple[Term, ...]:
    """Replace Latin words that spell printed characters: “An Chunmao” is 安春茂, in either order."""
    if not any(one.name or one.unknown for one in terms):
        return terms
    printed = _by_spelling(sorted(set(_HAN.findall(text))))
    done: list[Term] = []
    for group in _neighbours(question.key, terms):
        done += _spelled_out(group, printed) if group[0].name or group[0].unknown else group
    return tuple(done)


def _by_spelling(runs: Sequence[str]) -> dict[str, list[str]]:
    """Return what is printed by how it is spelled, the commonest length of a name first."""
    printed: dict[str, list[str]] = {}
    for length in _NAME_LENGTHS:
        for run in runs:
            spelled = _syllables(run)
            for start in range(len(run) - length + 1):
                alike = printed.setdefault("".join(spelled[start : start + length]), [])
                if run[start : start + length] not in alike:
                    alike.append(run[start : start + length])
    return printed


def _spelled_out(group: list[Term], printed: Mapping[str, Sequence[str]]) -> list[Term]:
    """Return neighbouring unknown words with the longest runs of them that spell something printed as names."""
    words = [(word, one) for one in group for word in one.text.split()]
    done: list[Term] = []
    at = 0
    while at < len(words):
        for length in range(min(_MOST_SYLLABLES, len(words) - at), 0, -1):
            taken = words[at : at + length]
            letters = ["".join(re.findall(r"[a-z]+", word)) for word, _ in taken]
            orders = ("".join(letters), "".join(reversed(letters)))
            names = next((printed[order] for order in orders if order in printed), ())
            if names and (any(one.name for _, one in taken) or len(orders[0]) >= _SHORTEST_SPELLED):
                spelled = [name for name in names if len(name) == len(names[0])][:_MOST_ALIKE]
                done.append(term(" ".join(word for word, _ in taken), *spelled, name=True))
                at += length
                break
        else:
            word, one = words[at]
            last = done[-1] if done else None
            if last and one.name and last.name:  # the other words of a name that is printed nowhere
                whole = f"{last.text} {word}"
                done[-1] = term(whole, whole, name=True)
            else:
                done.append(one if one.text == word else term(word, word, name=True))
            at += 1
    return done


@lru_cache(maxsize=8192)
def _syllables(run: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 0.3 s to import: only questions with unprinted words pay for it

    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(run))


def _foreign(one: Term, text: str) -> bool:
    """Say whether this is an English word that neither the lexicons nor the documents know."""
    return (one.name or one.unknown) and not _is_printed(one, text)


def _said_otherwise(question: Question, pool: Pool, one: Term) -> bool:
    """Say whether this is an English word of which no sentence says any of the words that the lexicons have."""
    known = question.language == "en" and one.is_content and not (one.name or one.unknown)
    place = any(alternative in question.places for alternative in one.alternatives)
    if not known or place or not one.text.isascii():
        return False
    return all(pool.support(one, [(1.0, sentence.grams)]) < _SAID for sentence in pool.sentences)


def _translated(
    question: Question,
    terms: tuple[Term, ...],
    unsaid: frozenset[Term],
    pool: Pool,
    text: str,
    embedder: Embedder,
) -> tuple[Term, ...]:
    """Give English words that nothing here knows, and those `unsaid`, the printed term that the model puts nearest.

    A word that it is not sure of cannot be demanded of the documents, unless it looks like a name.
    """
    candidates = _candidates(pool)
    vectors = embedder.embed(candidates) if candidates else np.zeros((0, 0), np.float32)
    done: list[Term] = []
    for group in _neighbours(question.key, terms):
        phrase = " ".join(one.text for one in group)
        alone = len(group) == 1 or not all(
            _foreign(one, text) for one in group
        )  # one of them is found already
        whole = None if alone else _nearest(phrase, candidates, vectors, embedder)
        if whole:
            done.append(term(phrase, whole))
            continue
        for one in group:
            known = one in unsaid
            sought = known or _foreign(one, text)
            nearest = _nearest(one.text, candidates, vectors, embedder) if sought else None
            if nearest and known:
                done.append(_with(one, [nearest]))
            else:
                done.append(term(one.text, nearest, name=one.name) if nearest else one)
    return tuple(done)


def _nearest(phrase: str, candidates: list[str], vectors: np.ndarray, embedder: Embedder) -> str | None:
    """Return the candidate nearest to a phrase when the model is sure of it: near, or far ahead of what is unlike it."""
    if not candidates:
        return None
    scores = vectors @ embedder.embed([phrase])[0]
    best = int(np.argmax(scores))
    if scores[best] < _RATHER_NEAR:
        return None
    unlike = [at for at, other in enumerate(candidates) if not set(other) & set(candidates[best])]
    ahead = scores[best] - max((scores[at] for at in unlike), default=0.0)
    return candidates[best] if scores[best] >= NEAR or ahead >= _AHEAD else None


def _neighbours(key: str, terms: tuple[Term, ...]) -> list[list[Term]]:
    """Group unknown words that stand next to each other in the question; every other term stands alone."""
    groups: list[list[Term]] = []
    at = 0  # terms stand in the order of the question, those of a follow-up behind them
    for one in terms:
        start = key.find(one.text, at)
        foreign = one.name or one.unknown
        if groups and foreign and start - at == 1 and (groups[-1][-1].name or groups[-1][-1].unknown):
            groups[-1].append(one)
        else:
            groups.append([one])
        at = start + len(one.text) if start >= 0 else at
    return groups


def _candidates(pool: Pool) -> list[str]:
    """Return the terms that an English phrase may mean: ledger names, and one to three words in a row of the text."""
    found = {fold(row.name): None for row in pool.rows}
    for sentence in pool.sentences:
        for clause in sentence.clauses:
            words = [word for word in rjieba.cut(clause.key) if _HAN.fullmatch(word)]
            for size in (1, 2, 3):
                for start in range(len(words) - size + 1):
                    phrase = "".join(words[start : start + size])
                    if 2 <= len(phrase) <= 10 and _EMPTY.isdisjoint((words[start], words[start + size - 1])):
                        found.setdefault(phrase)
        if len(found) > _MOST_CANDIDATES:
            break
    return list(found)
