"""Questions made out of sentences: a span goes, a question word that fits it comes, the rest is thinned.

Real question sets for Chinese policy text hardly exist, and without any the words people ask with (谁, 多少,
which, how many) would keep random vectors. The made questions are crude on purpose: enough to teach which
words carry no content, and that 哪一年 looks for a year.
"""

from __future__ import annotations

import random
import re

_YEAR = re.compile(r"(?:19|20)\d\d年?")
_NUMBER = re.compile(r"\d[\d,.]*\s*(?:%|万亿|亿|万|千|百)?(?:元|人|家|个|项|公里|亩|吨|户|美元|名|次|所|座)?")
_ENGLISH_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ENGLISH_NUMBER = re.compile(r"\$?\b\d[\d,.]*%?")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zA-Z]+(?: [A-Z][a-zA-Z]+)*")
_CLAUSE = re.compile(r"[，,、：:；;。！？!?\n]+")

_YEAR_WORDS = ("哪一年", "什么时候", "何时", "哪年")
_NUMBER_WORDS = ("多少", "有多少", "几", "达到多少")
_OTHER_WORDS = ("什么", "谁", "哪里", "哪些", "如何", "为什么", "怎么", "哪个", "是什么", "有哪些")
_ENGLISH_YEAR_WORDS = ("when", "in what year", "what year", "which year")
_ENGLISH_NUMBER_WORDS = ("how many", "how much", "what number of", "what percentage of")
_NAME_WORDS = ("who", "what", "where", "which", "what is the name of", "whose")
_ENGLISH_OTHER_WORDS = ("what", "why", "how", "which", "what kind of", "what did", "how does", "what is")


def chinese_question(sentence: str, chance: random.Random) -> str:
    """Return a question of about 8 to 40 characters that the sentence answers."""
    for pattern, words in ((_YEAR, _YEAR_WORDS), (_NUMBER, _NUMBER_WORDS)):
        spans = [found.span() for found in pattern.finditer(sentence)]
        if spans and chance.random() < 0.6:
            return _asked(sentence, chance.choice(spans), chance.choice(words), chance)
    return _asked(sentence, _words_span(sentence, chance), chance.choice(_OTHER_WORDS), chance)


def _words_span(sentence: str, chance: random.Random) -> tuple[int, int]:
    """Return the span of one to three words in a row."""
    import rjieba

    words = rjieba.cut(sentence)
    first = chance.randrange(len(words))
    start = sum(map(len, words[:first]))
    return start, start + sum(map(len, words[first : first + chance.randint(1, 3)]))


def _asked(sentence: str, span: tuple[int, int], word: str, chance: random.Random) -> str:
    """Put the question word in the span's place, or at the end, and keep the clauses near it."""
    before = [part for part in _CLAUSE.split(sentence[: span[0]]) if part]
    after = [part for part in _CLAUSE.split(sentence[span[1] :]) if part]
    kept = "".join(before[-chance.randint(1, 2) :])[-30:], "".join(after[:1])[:20]
    if (
        len("".join(kept)) < 6
    ):  # the clause was mostly its span: keep the whole rest, or nothing would be asked
        kept = "".join(before)[-30:], "".join(after)[:30]
    if chance.random() < 0.5:
        return f"{kept[0]}{word}{kept[1]}？"
    return f"{kept[0]}{kept[1]}{word}？"


def english_question(sentence: str, chance: random.Random) -> str:
    """Return a lower-case question of at most 18 words that the English sentence answers."""
    for pattern, words in (
        (_ENGLISH_YEAR, _ENGLISH_YEAR_WORDS),
        (_ENGLISH_NUMBER, _ENGLISH_NUMBER_WORDS),
        (_NAME, _NAME_WORDS),
    ):
        spans = [found.span() for found in pattern.finditer(sentence)]
        if spans and chance.random() < 0.5:
            start, end = chance.choice(spans)
            return _thinned(sentence[:start], sentence[end:], chance.choice(words), chance)
    words_of = sentence.split()
    start = chance.randrange(max(1, len(words_of) - 2))
    before, after = " ".join(words_of[:start]), " ".join(words_of[start + 2 :])
    return _thinned(before, after, chance.choice(_ENGLISH_OTHER_WORDS), chance)


def _thinned(before: str, after: str, word: str, chance: random.Random) -> str:
    kept = before.split()[-10:] + after.split()[:8]
    kept = [part for part in kept if chance.random() < 0.8]
    return f"{word} {' '.join(kept)}?".lower()
