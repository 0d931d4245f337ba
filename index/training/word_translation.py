"""English questions for Chinese passages, word by word: the model averages tokens, so their order does not matter.

Every Chinese pair (question, passage) becomes an English one when each piece of the question is replaced by an
English piece that means it. What means what is learned from the tokenised parallel texts and the dictionary with
IBM Model 1 (Brown et al. 1993) in both directions: a translation counts when it holds both ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from index.training.corpus import Side, TokenisedPairs

Ids = NDArray[np.int32]
Shares = NDArray[np.float64]
LEARNT_FROM = ("parallel_human", "parallel_web", "dictionary")
_LONGEST = 24  # pieces of a side: long texts say little about single words
_ROUNDS = 5
_CHOICES = 4  # three translations, and the spelling in pinyin of what has none
_WEAKEST = 0.15  # share of the best translation's score that another must have
_LEAST = 0.02  # score below which a word has no translation
_NOTHING = 0  # the piece that explains what no other does
# Words that translate nothing and that English questions are full of.
_GLUE = (
    "the of to and in a an is was are were be been that for it as with on by at this these those from or which has have "
    "had not but can could will would did do does its their his her he she they we you his there into also than some "
    "any such so if about after before during over under between through out up all more most other same where when "
    "who what how why because while whose whom therein only own very just"
)
_STREWN = (
    "the",
    "of",
    "in",
    "a",
    "is",
    "was",
    "did",
    "to",
    "and",
    "does",
    "are",
    "were",
    "for",
    "by",
    "has",
    "on",
)
_SPELLED = 0.7  # of the cases in which what has no translation is spelled
_KNOWN_EMPTY = 1e-9  # share of a piece that means a common word: it is neither translated nor spelled
_ASKED = {
    "谁": ("who", "whose", "which person"),
    "何时": ("when", "what year", "what date"),
    "什么时候": ("when", "what year", "what time"),
    "哪一年": ("what year", "when", "which year"),
    "哪年": ("what year", "when", "which year"),
    "多少": ("how many", "how much", "what number"),
    "几": ("how many", "what number"),
    "哪里": ("where", "what place", "which place"),
    "哪儿": ("where",),
    "哪个": ("which", "what"),
    "哪些": ("which", "what", "what are"),
    "哪": ("which", "what"),
    "什么": ("what", "which", "what kind"),
    "怎么": ("how",),
    "如何": ("how", "in what way"),
    "怎样": ("how", "what kind"),
    "为什么": ("why", "what reason"),
    "为何": ("why", "what reason"),
}


@dataclass(frozen=True, slots=True)
class WordTable:
    """What English may stand for each Chinese piece.

    `options` has 4 texts a piece, option k of piece i is its text 4 i + k; `up_to` (vocabulary, 4) are their
    summed shares, less than 1 where the piece may go without a word.
    """

    options: Side
    up_to: Shares
    common: Ids

    def translate(
        self, ids: Ids, offsets: NDArray[np.int64], chance: np.random.Generator
    ) -> tuple[Ids, NDArray[np.int64]]:
        """Return each text's pieces translated, drawn by their shares; what has no translation is left out."""
        choice = (chance.random(len(ids))[:, None] >= self.up_to[ids]).sum(axis=1)
        option = np.where(choice < _CHOICES, _CHOICES * ids.astype(np.int64) + choice, _NOTHING)
        words, ends = self.options.rows(option)
        return words, ends[offsets]

    def glue(self, count: int, chance: np.random.Generator) -> Ids:
        """Return articles, prepositions and auxiliaries at random: English questions are full of them."""
        return chance.choice(self.common, size=count) if len(self.common) else np.zeros(0, np.int32)


def learn(
    parallel: Iterable[TokenisedPairs],
    tokenizer: Tokenizer,
    readings: dict[str, str],
) -> WordTable:
    """Learn from sets whose left sides are English and whose right sides are Chinese.

    `readings` gives the pinyin of single characters, which spells what no translation was found for.
    """
    size = tokenizer.get_vocab_size()
    is_english, is_chinese = _kinds(tokenizer)
    english, chinese = _joined([_short(found) for found in parallel], is_english, is_chinese)
    both = _aligned(chinese, english, size).multiply(_aligned(english, chinese, size).T).sqrt().tocsr()
    glue = {at for word in _GLUE.split() if (at := tokenizer.token_to_id(word)) is not None}
    options, up_to = _best(both, glue, size)
    _spell(options, up_to, tokenizer, readings)
    for piece, words in _ASKED.items():
        if (at := tokenizer.token_to_id(piece)) is not None:
            for choice, word in enumerate(words):
                options[_CHOICES * at + choice] = tokenizer.encode(word, add_special_tokens=False).ids
            up_to[at] = np.minimum(np.arange(1, _CHOICES + 1) / len(words), 1.0)
    strewn = [at for word in _STREWN if (at := tokenizer.token_to_id(word)) is not None]
    return WordTable(_side(options, size), up_to, np.array(strewn, dtype=np.int32))


def translated(found: TokenisedPairs, table: WordTable, seed: int) -> tuple[Side, Side, NDArray[np.int64]]:
    """Return the pairs whose left side keeps at least two words and half of its length, left sides in English."""
    chance = np.random.default_rng(seed)
    ids, offsets = table.translate(np.asarray(found.left.ids), np.asarray(found.left.offsets), chance)
    lengths = np.diff(offsets)
    rows = np.flatnonzero((lengths >= 2) & (2 * lengths >= np.diff(found.left.offsets)))
    left = Side(*Side(ids, offsets).rows(rows))
    strewn = chance.binomial(lengths[rows], 0.4)
    glue = table.glue(int(strewn.sum()), chance)
    ids = np.insert(left.ids, np.repeat(left.offsets[:-1], strewn), glue)
    left = Side(ids, left.offsets + np.concatenate([[0], np.cumsum(strewn)]))
    return left, Side(*found.right.rows(rows)), np.asarray(found.right_keys[rows])


def _kinds(tokenizer: Tokenizer) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which pieces are English words and which are Chinese, each (vocabulary,)."""
    english = np.zeros(tokenizer.get_vocab_size(), dtype=bool)
    chinese = np.zeros_like(english)
    for piece, at in tokenizer.get_vocab().items():
        english[at] = len(piece) > 2 and piece.isascii() and piece.isalpha()
        chinese[at] = "\u3400" <= piece[0] <= "\u9fff"
    return english, chinese


def _short(found: TokenisedPairs) -> tuple[Side, Side]:
    lengths = np.maximum(np.diff(found.left.offsets), np.diff(found.right.offsets))
    rows = np.flatnonzero(lengths <= _LONGEST)
    return Side(*found.left.rows(rows)), Side(*found.right.rows(rows))


def _joined(
    pairs: list[tuple[Side, Side]], is_left: NDArray[np.bool_], is_right: NDArray[np.bool_]
) -> tuple[Side, Side]:
    """Lay the sets' sides end to end with the pieces of one language only."""
    sides = []
    for part, kind in ((0, is_left), (1, is_right)):
        ids = np.concatenate([np.asarray(pair[part].ids) for pair in pairs])
        lengths = np.concatenate([np.diff(pair[part].offsets) for pair in pairs])
        kept = kind[ids]
        sides.append(Side(ids[kept], np.concatenate([[0], np.cumsum(kept)])[_offsets(lengths)]))
    return sides[0], sides[1]


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths)])


def _aligned(source: Side, target: Side, size: int) -> csr_matrix:
    """Return (vocabulary, vocabulary) shares of the target pieces that each source piece stands for.

    Each target piece of a text is explained by one of the text's source pieces or by nothing.
    """
    begins = np.asarray(source.offsets[:-1])
    # Every text gets the piece that explains nothing as its first source piece.
    ids = np.insert(np.asarray(source.ids), begins, _NOTHING).astype(np.int64)
    counts = np.diff(source.offsets) + 1
    per_target = np.repeat(counts, np.diff(target.offsets))
    first = np.repeat(_offsets(counts)[:-1], np.diff(target.offsets))
    starts = _offsets(per_target)[:-1]
    places = np.arange(per_target.sum()) - np.repeat(starts - first, per_target)
    keys = ids[places] * size + np.repeat(np.asarray(target.ids, dtype=np.int64), per_target)
    known, at = np.unique(keys, return_inverse=True)
    origin = known // size
    share = np.ones(len(known))
    for _ in range(_ROUNDS):
        weight = share[at]
        weight /= np.repeat(np.add.reduceat(weight, starts), per_target)
        counted = np.bincount(at, weight, minlength=len(known))
        share = counted / np.bincount(origin, counted, minlength=size)[origin]
    kept = (share > _LEAST / 4) & (origin != _NOTHING)
    return csr_matrix((share[kept], (origin[kept], known[kept] % size)), shape=(size, size))


def _best(scores: csr_matrix, common: set[int], size: int) -> tuple[dict[int, list[int]], Shares]:
    """Return the options and summed shares of each piece; one that means a common word first has none."""
    options: dict[int, list[int]] = {}
    up_to = np.zeros((size, _CHOICES))
    for row in np.flatnonzero(np.diff(scores.indptr)):
        part = slice(scores.indptr[row], scores.indptr[row + 1])
        words, values = scores.indices[part], scores.data[part]
        order = np.argsort(-values)[: _CHOICES - 1]
        if int(words[order[0]]) in common:
            up_to[row, -1] = _KNOWN_EMPTY
        elif values[order[0]] >= _LEAST:
            order = order[values[order] >= _WEAKEST * values[order[0]]]
            for choice, place in enumerate(order):
                options[_CHOICES * int(row) + choice] = [int(words[place])]
            up_to[row] = 1.0
            up_to[row, : len(order)] = np.cumsum(values[order]) / values[order].sum()
    return options, up_to


def _spell(
    options: dict[int, list[int]], up_to: Shares, tokenizer: Tokenizer, readings: dict[str, str]
) -> None:
    """Give a Chinese piece without a translation those of its two halves, or its pinyin as the last option."""
    pieces = tokenizer.get_vocab()
    for piece, at in pieces.items():
        if up_to[at].any():
            continue
        halves = [
            (pieces.get(piece[:cut], 0), pieces.get(piece[cut:], 0)) for cut in range(2, len(piece) - 1)
        ]
        known = [half for half in halves if all(_CHOICES * part in options for part in half)]
        if known:
            options[_CHOICES * at + _CHOICES - 1] = [
                word for part in known[0] for word in options[_CHOICES * part]
            ]
            up_to[at, -1] = 1.0
        elif all(character in readings for character in piece):
            spelled = "".join(readings[character] for character in piece)
            options[_CHOICES * at + _CHOICES - 1] = tokenizer.encode(spelled, add_special_tokens=False).ids
            up_to[at, -1] = _SPELLED


def _side(options: dict[int, list[int]], size: int) -> Side:
    texts = [options.get(at, []) for at in range(_CHOICES * size)]
    ids = np.fromiter((part for text in texts for part in text), dtype=np.int32)
    return Side(ids, _offsets(np.array([len(text) for text in texts])))
