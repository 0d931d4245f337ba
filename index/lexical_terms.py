"""The terms under which words are found: what BM25 counts, for texts and for queries alike.

Terms are keys and never shown. Han text gives every pair of neighbouring characters, and the words of three
or more characters that jieba's dictionary knows (pairs would be counted twice): neither word list nor pairs
alone find 专精特新 and 高新技术企业 reliably. Numbers stand alone and with the character after them (2030年).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import cast

from documents.folding import fold

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)"
    r"|(?P<number>\d+(?:,\d{3})*(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?=(?P<unit>[%" + _HAN + r"])?)"
    rf"|(?P<word>(?:(?![{_HAN}])[^\W\d_])+(?:[&'’-](?:(?![{_HAN}])[^\W\d_])+)*)"
)
_PRINTED_YEAR = re.compile("[一二][〇零一二三四五六七八九]{3}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_LONGEST_WORD = 64  # longer runs of letters are no words: addresses, keys, noise


def lexical_terms(text: str) -> list[str]:
    """Return the terms of `text`, with repetitions, in no order that means anything."""
    key = fold(text)
    if year := _PRINTED_YEAR.search(key):
        key = _with_digits(key, year)
    terms: list[str] = []
    for run in _RUN.finditer(key):
        if han := run["han"]:
            terms += [han] if len(han) == 1 else [han[at : at + 2] for at in range(len(han) - 1)]
        elif number := run["number"]:
            number = number.replace(",", "")
            terms.append(number)
            if unit := run["unit"]:
                terms.append(number + unit)
        else:
            terms += _word_terms(run["word"])
    words = _jieba()(key)
    terms += [word for word in words if len(word) > 2 and _is_han(word[0]) and _is_han(word[-1])]
    return terms


def _with_digits(key: str, first: re.Match[str]) -> str:
    """Print years such as 二〇三〇年 in digits from the first one on, for they are asked for in digits."""
    head = key[: first.start()]
    return head + _PRINTED_YEAR.sub(lambda year: year[0].translate(_DIGITS), key[first.start() :])


def _word_terms(word: str) -> list[str]:
    """Return a word of letters in its singular, and the parts of one that is joined (r&d, county-level)."""
    parts = re.split("[&'’-]", word)
    stems = [_singular(part) for part in parts if len(part) > 1]
    whole = "".join(parts) if len(parts) > 1 else None
    terms = stems if whole is None else [*stems, whole]
    return [term[:_LONGEST_WORD] for term in terms] or [word[:_LONGEST_WORD]]


def _singular(word: str) -> str:
    """Return an English word without its plural ending (the S-stemmer of Harman 1991)."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word if word[-2] in "ius" else word[:-1]


def _is_han(character: str) -> bool:
    """Say whether a character is an ideograph, going by its block."""
    return "\u3400" <= character <= "\u9fff"


@cache
def _jieba() -> Callable[[str], list[str]]:
    """Load jieba's dictionary once: it takes 0.1 s, which commands that never search need not pay."""
    from rjieba import cut

    return cast(Callable[[str], list[str]], cut)
