"""The tokenizer: a Unigram model whose pieces are counted words, not learned fragments.

Pieces: Chinese words as jieba cuts them, frequent pairs of them from official texts (专精特新), all usual
characters, English words and word pieces, years and numbers. The score of a piece is the logarithm of
its share, so that the best path through a sentence is close to jieba's own cut. Text is folded first: NFKC,
lower case, simplified.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from index.training.charsmap import accented_letters, precompiled, traditional_characters

UNKNOWN = "[UNK]"
_HAN = re.compile(r"[\u3400-\u9fff\u3007]+")
_LATIN = re.compile(r"[a-z]+")
# What is neither letter nor number carries no meaning of its own here and is dropped, except percent signs.
_KEPT = r"\p{Han}+|[a-z]+|\d+(?:\.\d+)?|[%‰℃]|[^\W\d_a-z\p{Han}]+"


@dataclass(frozen=True, slots=True)
class VocabularySize:
    """How many pieces of each kind; their sum times the vector's bytes decides the size of the folder."""

    words: int = 50_000
    phrases: int = 2_000
    characters: int = 7_500
    english: int = 22_000
    fragments: int = 3_000
    looked_up: int = 0  # rarer English words that the dictionary explains
    inflected: int = 0  # rarer forms of English words that are pieces


def folding() -> normalizers.Normalizer:
    """Return the normaliser: NFKC, lower case, traditional to simplified, accented to plain letters."""
    folded_map = precompiled(traditional_characters() | accented_letters())
    steps = [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Precompiled(folded_map)]
    result: normalizers.Normalizer = normalizers.Sequence(steps)
    return result


@dataclass(slots=True)
class Counts:
    """How often each kind of piece was seen."""

    words: Counter[str]
    phrases: Counter[str]
    characters: Counter[str]
    english: Counter[str]


def count(texts: Iterable[tuple[str, bool]]) -> Counts:
    """Count the pieces of (text, official) pairs; phrases are counted in official texts only."""
    import rjieba

    counts = Counts(Counter(), Counter(), Counter(), Counter())
    fold = str.maketrans(traditional_characters() | accented_letters())
    for text, official in texts:
        folded = unicodedata.normalize("NFKC", text).lower().translate(fold)  # as `folding`, ten times faster
        counts.english.update(_LATIN.findall(folded))
        for run in _HAN.findall(folded):
            words = rjieba.cut(run)
            counts.words.update(words)
            counts.characters.update(run)
            if official:
                counts.phrases.update(_pairs(words))
    return counts


def _pairs(words: list[str]) -> Iterator[str]:
    """Yield neighbours that together make a term of 4 to 6 characters."""
    for first, second in pairwise(words):
        if len(first) >= 2 and len(second) >= 2 and len(first) + len(second) <= 6:
            yield first + second


def build(counts: Counts, size: VocabularySize) -> Tokenizer:
    """Return the tokenizer with the most frequent pieces of each kind; raises ValueError for empty counts."""
    if not counts.characters and not counts.english:
        raise ValueError("no words were counted: there is no text to make a tokenizer from")
    pieces: dict[str, float] = {}
    words = Counter({word: n for word, n in counts.words.items() if 1 < len(word) <= 8})
    _add(pieces, words.most_common(size.words))
    _add(pieces, _cohesive(counts, size.phrases))
    for character, n in counts.characters.most_common(size.characters):
        pieces.setdefault(character, max(1.0, counts.words.get(character, 0), n * 0.05))
    english = [(word, n) for word, n in counts.english.most_common(size.english) if len(word) <= 20]
    _add(pieces, english)
    for piece, share in (*_fragments(counts.english, size), *_numbers()):
        pieces.setdefault(piece, share)
    total = sum(pieces.values())
    scored = [
        (piece, round(math.log(n / total), 3))
        for piece, n in sorted(pieces.items(), key=lambda x: (-x[1], x[0]))
    ]
    tokenizer = Tokenizer(Unigram([(UNKNOWN, min(s for _, s in scored) - 5.0), *scored], unk_id=0))
    tokenizer.normalizer = folding()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_KEPT), behavior="removed", invert=True)
    return tokenizer


def looked_up_words(counts: Counts, entries: Iterable[str], size: int) -> list[str]:
    """Return English words that the dictionary's entries use but running text too rarely to make the first list.

    People ask about pharmacies and gunpowder, the training text writes about software and markets.
    """
    entered: Counter[str] = Counter()
    for entry in entries:
        entered.update(set(_LATIN.findall(entry.lower())))
    found = {
        word: math.sqrt(times) + 4 * math.sqrt(min(entered[word], 20))
        for word, times in counts.english.items()
        if times >= 5 and entered[word] >= 2 and 4 <= len(word) <= 18
    }
    usual = {word for word, _ in counts.english.most_common(VocabularySize().english)}
    ordered = sorted((word for word in found if word not in usual), key=lambda word: (-found[word], word))
    return ordered[:size]


def with_pieces(tokenizer: Tokenizer, added: Iterable[str], score: float = -11.0) -> Tokenizer:
    """Return the tokenizer with further pieces at the end of its vocabulary: ids stay what they are."""
    settings = json.loads(tokenizer.to_str())
    known = {piece for piece, _ in settings["model"]["vocab"]}
    settings["model"]["vocab"] += [[piece, score] for piece in dict.fromkeys(added) if piece not in known]
    result: Tokenizer = Tokenizer.from_str(json.dumps(settings, ensure_ascii=False))
    return result


def _add(pieces: dict[str, float], counted: Iterable[tuple[str, float]]) -> None:
    for piece, n in counted:
        pieces[piece] = pieces.get(piece, 0.0) + n


def _cohesive(counts: Counts, size: int) -> list[tuple[str, float]]:
    """Return the phrases that keep together: frequent, and not a word already."""
    frequent = (
        (phrase, n) for phrase, n in counts.phrases.most_common(4 * size) if phrase not in counts.words
    )
    return [(phrase, float(n)) for phrase, n in frequent][:size]


def _fragments(english: Counter[str], size: VocabularySize) -> list[tuple[str, float]]:
    """Return single letters and the substrings of 2 to 5 letters that cover most of the rarer words."""
    covered: Counter[str] = Counter()
    for word, n in english.most_common(6 * size.english)[size.english :]:
        weight = min(n, 20)
        for length in range(2, 6):
            for start in range(len(word) - length + 1):
                covered[word[start : start + length]] += weight * (length - 1)
    letters = [(chr(code), 1.0) for code in range(ord("a"), ord("z") + 1)]
    return letters + [(fragment, n / 20) for fragment, n in covered.most_common(size.fragments)]


def _numbers() -> Iterator[tuple[str, float]]:
    """Yield digits, numbers to 999, years and decimal endings; a longer number is made of these."""
    for number in range(1000):
        yield str(number), 2000.0 / (1 + number) + 20
    for year in range(1900, 2051):
        yield str(year), 400.0
    for digit in range(10):
        yield f".{digit}", 400.0
        yield f"0{digit}", 20.0
    for text in ("000", "0000", "%", "‰", "℃", "."):
        yield text, 400.0
