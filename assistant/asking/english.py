"""The words of an English question: phrases of the lexicons, names, and words that nothing here knows.

Only what looks like a name (capitals inside the question, quotation marks, digits, syllables of pinyin) may be
demanded of the documents in Latin letters. An ordinary word that the glossary lacks is handed on as unknown: the
embedding model may find what is printed for it, and a question that rests on it is declined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import vocabulary as words
from assistant.asking.glossary import Phrase, phrases, singular, stems
from documents.model import Span

_SHORTEST_NAME = 4  # letters of a lower-case word that may be a name in pinyin
_FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u|v"
_SYLLABLE = rf"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:{_FINALS})|(?:ang|ai|an|ao|ou|er|en|e|a))"
_PINYIN = re.compile(rf"(?:{_SYLLABLE}){{2,4}}")
_SURNAME = re.compile(rf"(?=[A-Z])(?i:{_SYLLABLE})")
_GIVEN_NAME = re.compile(rf" ((?=[A-Z])(?i:{_SYLLABLE}){{1,2}})\b")
_QUOTED = re.compile(r"[“\"「『《]([^“”\"」』》]{2,60})[”\"」』》]")
_NUMERALS = "零一二三四五六七八九"
_TITLE_CASE = 0.6  # share of capitalised words from which capitals tell nothing


@dataclass(frozen=True, slots=True)
class EnglishWord:
    """A stretch of an English question and what documents print for it; `name` and `unknown` where nothing is known."""

    text: str
    start: int
    end: int
    chinese: tuple[str, ...] = ()
    name: bool = False
    deed: bool = False

    @property
    def unknown(self) -> bool:
        """Whether this is an ordinary word that no lexicon has."""
        return not self.chinese and not self.name


def english_words(key: str, text: str, taken: Sequence[Span]) -> list[EnglishWord]:
    """Cut a question's key into words of content; `text` shows its capitals, `taken` spans are left out."""
    found: list[EnglishWord] = []
    looks = _Looks(key, text)
    for phrase in phrases(key):
        if any(span.start < phrase.end and phrase.start < span.end for span in taken):
            continue
        empty = _is_function_word(phrase) or len(phrase.text) < 2 or phrase.text.isdigit()
        if empty and not looks.begins_name(phrase):
            continue
        surname = looks.is_surname(phrase)
        chinese = () if surname else phrase.chinese or _ordinal(phrase.text)
        name = surname or (not chinese and looks.is_name(phrase))
        found.append(EnglishWord(phrase.text, phrase.start, phrase.end, chinese, name, phrase.deed))
    return _joined(found, key)


def _is_function_word(phrase: Phrase) -> bool:
    """Say whether an English word only serves to ask: also in a form of its own, as long as no glossary knows that."""
    word = phrase.text
    if word in words.ENGLISH_FUNCTION_WORDS or singular(word) in words.ENGLISH_FUNCTION_WORDS:
        return True
    return not phrase.chinese and any(stem in words.ENGLISH_FUNCTION_WORDS for stem in stems(word))


def _ordinal(word: str) -> tuple[str, ...]:
    """Return what is printed for 14th: 第十四, 第14.

    >>> _ordinal("14th"), _ordinal("20th"), _ordinal("path")
    (('第十四', '第14'), ('第二十', '第20'), ())
    """
    number = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    if number is None:
        return ()
    if int(number[1]) > 99:
        return (f"第{number[1]}",)
    tens, ones = divmod(int(number[1]), 10)
    ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return (f"第{ten}{_NUMERALS[ones] if ones else ''}", f"第{number[1]}")


def _joined(found: list[EnglishWord], key: str) -> list[EnglishWord]:
    """Join neighbouring parts of one name: An Chunmao."""
    joined: list[EnglishWord] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and one.name and last.name and key[last.end : one.start] == " ":
            joined[-1] = replace(last, text=key[last.start : one.end], end=one.end)
        else:
            joined.append(one)
    return joined


class _Looks:
    """What the letters of a question show of its words: capitals, quotation marks, digits, pinyin."""

    def __init__(self, key: str, text: str) -> None:
        self._text = text if len(text) == len(key) else key
        cased = re.findall(r"[A-Za-z]{3,}", self._text)[1:]
        capital = sum(word[0].isupper() for word in cased)
        self._tell = bool(cased) and capital < _TITLE_CASE * max(3, len(cased))
        self._quoted = [Span(*match.span(1)) for match in _QUOTED.finditer(self._text)]

    def is_name(self, phrase: Phrase) -> bool:
        """Say whether a word that no glossary knows looks like a name."""
        word = self._text[phrase.start : phrase.end]
        if any(span.start <= phrase.start and phrase.end <= span.end for span in self._quoted):
            return True
        if any(character.isdigit() for character in word):
            return True
        if self._tell and word[:1].isupper():
            return True
        return len(word) >= _SHORTEST_NAME and bool(_PINYIN.fullmatch(word.lower().replace("'", "")))

    def is_surname(self, phrase: Phrase) -> bool:
        """Say whether a known word is a surname in pinyin, by the capitals of it and of a given name behind it: Sun Jiabin."""
        word, rest = self._text[phrase.start : phrase.end], self._text[phrase.end :]
        given = _GIVEN_NAME.match(rest)
        if given is None or not self._tell or not _SURNAME.fullmatch(word):
            return False
        return not phrases(given.group(1).lower())[0].chinese

    def begins_name(self, phrase: Phrase) -> bool:
        """Say whether a short word is a surname: capitalised inside the question, with a capitalised word behind it."""
        word = self._text[phrase.start : phrase.end]
        rest = self._text[phrase.end :].lstrip()
        return (
            phrase.start > 0 and word[:1].isupper() and word.isalpha() and rest[:1].isupper() and self._tell
        )
