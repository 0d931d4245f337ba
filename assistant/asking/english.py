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
from assistant.asking.english_verbs import standing_as_verbs
from assistant.asking.glossary import Phrase, is_place, phrases, singular, stems
from documents.model import Span

_SHORTEST_NAME = 4  # letters of a lower-case word that may be a name in pinyin
_FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u|v"
_SYLLABLE = (
    rf"(?:(?![bpf]e(?![in]))(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:{_FINALS})|(?:ang|ai|an|ao|ou|er|en|e|a))"
)
_PINYIN = re.compile(rf"(?:{_SYLLABLE}){{2,4}}")
_SURNAME = re.compile(rf"(?=[A-Z])(?i:{_SYLLABLE})")
_GIVEN_NAME = re.compile(rf" ((?=[A-Z])(?i:{_SYLLABLE}){{1,2}})\b")
_QUOTED = re.compile(r"[“\"「『《]([^“”\"」』》]{2,60})[”\"」』》]")
_NUMERALS = "零一二三四五六七八九"
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth"
        " eighteenth nineteenth twentieth".split(),
        4,
    )
}
_DEGREES = re.compile(
    "fast|quickly|soon|strong|deep|thick|heavy|tall|wide|rapidly|frequently|powerful"
)  # how fast
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
    akin: tuple[str, ...] = ()  # what is printed for the verb that it comes from

    @property
    def unknown(self) -> bool:
        """Whether this is an ordinary word that no lexicon has."""
        return not self.chinese and not self.name


def english_words(key: str, text: str, taken: Sequence[Span]) -> list[EnglishWord]:
    """Cut a question's key into words of content; `text` shows its capitals, `taken` spans are left out."""
    found: list[EnglishWord] = []
    looks = _Looks(key, text)
    free = [
        one for one in phrases(key)
        if not any(span.start < one.end and one.start < span.end for span in taken)
    ]  # fmt: skip
    content = [one for one in free if not _is_empty(one)]
    verbs = standing_as_verbs(key, free, content)
    for phrase in free:
        if _is_empty(phrase) and not looks.begins_name(phrase):
            continue
        if _DEGREES.fullmatch(phrase.text) and key[: phrase.start].endswith("how "):
            continue
        surname = looks.is_surname(phrase)
        chinese = () if surname else phrase.chinese or _ordinal(phrase.text)
        name = surname or (not chinese and looks.is_name(phrase))
        deed = phrase.deed or (bool(chinese) and phrase.start in verbs)
        found.append(EnglishWord(phrase.text, phrase.start, phrase.end, chinese, name, deed, phrase.akin))
    return _joined(found, key)


def _is_empty(phrase: Phrase) -> bool:
    return _is_function_word(phrase) or len(phrase.text) < 2 or phrase.text.isdigit()


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
    figures = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    number = int(figures[1]) if figures else _ORDINALS.get(word, 0)
    if not number:
        return ()
    if number > 99:
        return (f"第{number}",)
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return (f"第{ten}{_NUMERALS[ones] if ones else ''}", f"第{number}")


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


def _says_how_cased(word: str) -> bool:
    """Say whether a word shows by its first letter whether capitals tell names: one that is no name or short form itself."""
    if word.isupper() or is_place(word.lower()):
        return False
    return word.lower() in words.ENGLISH_FUNCTION_WORDS or bool(phrases(word.lower())[0].chinese)


class _Looks:
    """What the letters of a question show of its words: capitals, quotation marks, digits, pinyin."""

    def __init__(self, key: str, text: str) -> None:
        self._text = text if len(text) == len(key) else key
        cased = re.findall(r"[A-Za-z]{3,}", self._text)[1:]
        known = [word for word in cased if _says_how_cased(word)]
        capital = sum(word[0].isupper() for word in known)
        self._tell = bool(cased) and capital < _TITLE_CASE * max(3, len(known))
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
