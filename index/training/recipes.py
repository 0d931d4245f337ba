"""Named recipes: everything that decides a run besides the data and the seed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.training.tokenizer import VocabularySize


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: the mixture (a set's share is weight times root of size), and the optimiser."""

    weights: dict[str, float]
    steps: int
    batch: int = 1024
    dimension: int = 256
    rate: float = 0.02
    warmup: int = 200
    temperature: float = 0.05
    blocks: dict[str, int] = field(default_factory=dict)  # sets drawn by rows in a row, and how many
    caution: float = 0.0  # rows that few steps touch move slower: see TokenTable
    dropout: float = 0.0  # share of the tokens that a step leaves out
    repeats: float = 1.0  # a token that stands c times in a text counts c^repeats times
    late_share: float = 0.0  # share of the steps that train the reranker's score
    late_batch: int = 128
    late_temperature: float = 0.03
    late_rate: float = 0.5  # of the other steps' rate
    matryoshka: tuple[int, ...] = (256, 128, 64)
    translated: frozenset[str] = frozenset()  # sets of `weights` made of others: see `word_translation`
    vocabulary: VocabularySize = field(default_factory=VocabularySize)


TRANSLATED = "translated_"  # and the name of the set

_FIRST_MIX = {
    "parallel_human": 1.5,
    "parallel_web": 1.0,
    "parallel_parts": 1.5,
    "parallel_neighbours": 0.7,
    "dictionary": 0.8,
    "crossed_answers": 0.7,
    "questions_zh": 1.5,
    "questions_en": 0.4,
    "reading": 2.5,
    "paraphrases": 0.5,
    "headlines": 1.0,
    "titles": 1.0,
    "broadcast_surroundings": 0.7,
    "news_surroundings": 1.0,
    "official_surroundings": 0.7,
    "report_surroundings": 1.5,
}
_SECOND_MIX = {
    "asked_news": 1.0,
    "pinyin": 0.4,
    "parallel_human": 2.0,
    "asked_english": 2.2,
    "parallel_parts": 2.0,
}
_ASKED = {
    "asked_official": 0.8,
    "asked_reports": 1.0,
    "asked_web": 1.2,
    "asked_english": 1.5,
}

_THIRD_MIX = {
    "parallel_human": 2.0,
    "parallel_parts": 1.5,
    "dictionary": 1.0,
    "asked_english": 1.5,
    "pinyin": 0.4,
    "questions_zh": 1.5,
    "reading": 2.0,
    "headlines": 1.0,
    "asked_news": 1.0,
    "asked_official": 0.8,
    "asked_reports": 1.0,
    "asked_web": 0.6,
    "news_surroundings": 1.0,
    "official_surroundings": 0.5,
    "report_surroundings": 1.0,
}

# Little of what the earlier mixes had learnt by heart (losses under 0.1), more of what they had not.
_FOURTH_MIX = {
    "parallel_human": 1.5,
    "parallel_web": 0.3,
    "asked_web": 0.8,
    "questions_en": 0.2,
    "pinyin": 0.3,
    "translated_reading": 2.0,
    "translated_questions_zh": 1.0,
    "translated_headlines": 0.7,
    "translated_asked_news": 0.9,
    "translated_asked_official": 0.6,
    "translated_asked_reports": 0.6,
}
# What encyclopedic questions, figures of the ledger and the product's own lexicon add.
_FIFTH_MIX = {
    "asked_reading": 1.5,
    "asked_ledger": 0.8,
    "asked_ledger_english": 0.8,
    "lexicon": 0.5,
    "translated_asked_reading": 1.2,
    "translated_asked_ledger": 0.5,
}
_SIXTH_MIX = {
    "asked_reading": 1.5,
    "translated_asked_reading": 1.2,
    "asked_ledger": 0.15,
    "asked_ledger_english": 0.25,
    "lexicon": 0.5,
}
_CHINESE_MIX = {
    "reading": 2.5,
    "questions_zh": 1.5,
    "paraphrases": 0.3,
    "headlines": 1.5,
    "titles": 1.0,
    "asked_news": 1.5,
    "asked_official": 0.8,
    "asked_reports": 1.0,
    "asked_web": 0.8,
    "news_surroundings": 1.0,
    "broadcast_surroundings": 0.7,
    "official_surroundings": 0.5,
    "report_surroundings": 1.5,
}
_TRANSLATED_SETS = frozenset(name for name in _FOURTH_MIX if name.startswith(TRANSLATED))
_ALL_TRANSLATED = frozenset(name for name in _FOURTH_MIX | _FIFTH_MIX if name.startswith(TRANSLATED))

# Neighbours in these sets are of one document and do not overlap: hard negatives for nothing.
_BLOCKS = {
    "asked_news": 8,
    "asked_official": 8,
    "asked_reports": 8,
    "asked_web": 8,
    "asked_english": 8,
    "parallel_parts": 8,
    "parallel_web": 4,
}

# Of sets in which similar answers are neighbours; where answers repeat (headlines, laws) with fewer of them.
_SIMILAR_BLOCKS = dict.fromkeys(
    (
        *("parallel_human", "parallel_web", "parallel_parts", "parallel_neighbours"),
        *("asked_news", "asked_official", "asked_reports", "asked_web", "asked_english", "reading"),
    ),
    8,
) | dict.fromkeys(
    (
        *("crossed_answers", "questions_zh", "questions_en", "headlines", "titles"),
        *("news_surroundings", "broadcast_surroundings", "official_surroundings", "report_surroundings"),
    ),
    4,
)

# Neighbours in `report_surroundings` overlap: they are no true negatives.
_FIFTH_BLOCKS = {name: block for name, block in _SIMILAR_BLOCKS.items() if name != "report_surroundings"} | (
    dict.fromkeys((*_ALL_TRANSLATED, "asked_reading", "asked_ledger", "asked_ledger_english"), 8)
)

_RANKED_WITH = frozenset(
    {
        *("reading", "questions_zh", "headlines"),
        *("report_surroundings", "asked_reports", "broadcast_surroundings"),
    }
)

# From nothing on everything, for a run beside the two of `translated` (--similar MODEL --lexicon FOLDER).
_WHOLE = Recipe(
    weights=_FIRST_MIX | _ASKED | _SECOND_MIX | _FOURTH_MIX | _FIFTH_MIX,
    vocabulary=VocabularySize(looked_up=5_500, inflected=6_000),
    steps=16_000,
    caution=0.3,
    dropout=0.12,
    matryoshka=(256,),
    blocks=_FIFTH_BLOCKS,
    translated=_ALL_TRANSLATED,
)

RECIPES: dict[str, Recipe] = {
    "quick": Recipe(weights=_FIRST_MIX, steps=500, warmup=50),
    "first": Recipe(weights=_FIRST_MIX | _ASKED, steps=5500),
    # Goes on from `first` (--start): names, neighbours as negatives, a third of the steps for the reranker.
    "second": Recipe(
        weights=_FIRST_MIX | _ASKED | _SECOND_MIX,
        steps=1600,
        rate=0.008,
        blocks=_BLOCKS,
        late_share=0.33,
    ),
    # Goes on from `second` with 3,000 more English words: mostly English, with enough Chinese to lose nothing.
    "third": Recipe(
        weights=_THIRD_MIX,
        vocabulary=VocabularySize(looked_up=3_000),
        steps=900,
        rate=0.005,
        warmup=50,
        blocks=_BLOCKS,
        late_share=0.33,
    ),
    # From nothing, with 3,000 more English words. Rare rows move slower and no text hangs on one word, so that
    # more steps go on helping; only whole vectors are trained, for `combine` sets two runs side by side.
    "long": Recipe(
        weights=_FIRST_MIX | _ASKED | _SECOND_MIX,
        vocabulary=VocabularySize(looked_up=3_000),
        steps=8_000,
        caution=0.3,
        dropout=0.15,
        matryoshka=(256,),
    ),
    # Beside `long`: half of the batches are blocks of rows with similar answers (--similar MODEL).
    "similar": Recipe(
        weights=_FIRST_MIX | _ASKED | _SECOND_MIX,
        vocabulary=VocabularySize(looked_up=3_000),
        steps=6_500,
        caution=0.3,
        dropout=0.1,
        matryoshka=(256,),
        blocks=_SIMILAR_BLOCKS,
    ),
    # Goes on from a finished run (--start), at half of its first rate.
    "longer": Recipe(
        weights=_FIRST_MIX | _ASKED | _SECOND_MIX,
        vocabulary=VocabularySize(looked_up=3_000),
        steps=12_000,
        rate=0.01,
        warmup=100,
        caution=0.3,
        dropout=0.12,
        matryoshka=(256,),
        blocks=_SIMILAR_BLOCKS,
    ),
    # Goes on from `longer` (--start): questions in English word by word for Chinese passages, 8,500 more English
    # words, less of what is learnt already.
    "translated": Recipe(
        weights=_FIRST_MIX | _ASKED | _SECOND_MIX | _FOURTH_MIX,
        vocabulary=VocabularySize(looked_up=5_500, inflected=6_000),
        steps=9_000,
        rate=0.006,
        warmup=100,
        caution=0.3,
        dropout=0.12,
        matryoshka=(256,),
        blocks=_SIMILAR_BLOCKS | dict.fromkeys(_TRANSLATED_SETS, 8),
        translated=_TRANSLATED_SETS,
    ),
    "whole": _WHOLE,
    # `whole` with more steps, and repeated tokens counted as the search counts them.
    "ample": replace(_WHOLE, steps=28_000, repeats=0.75),
    # Chinese only, for a third block beside two runs (--similar words): what a name is rather than what it is about.
    "chinese": Recipe(
        weights=_CHINESE_MIX,
        vocabulary=VocabularySize(looked_up=5_500, inflected=6_000),
        steps=3_000,
        dimension=128,
        caution=0.3,
        dropout=0.15,
        matryoshka=(128,),
        blocks=_SIMILAR_BLOCKS,
    ),
    # Goes on from `whole` (--start): figures of the ledger are few, and no hard negatives of each other, for many
    # passages state the same ones.
    "further": replace(
        _WHOLE,
        weights=_FIRST_MIX | _ASKED | _SECOND_MIX | _FOURTH_MIX | _SIXTH_MIX,
        steps=5_000,
        rate=0.006,
        warmup=100,
        blocks={name: size for name, size in _FIFTH_BLOCKS.items() if "ledger" not in name},
        translated=_TRANSLATED_SETS | {"translated_asked_reading"},
    ),
    # For `rank`: what it asks is left out, so that its vectors are as good on those questions as on any.
    "unseen": Recipe(
        weights={
            name: weight
            for name, weight in (_FIRST_MIX | _ASKED | _SECOND_MIX).items()
            if name not in _RANKED_WITH
        },
        vocabulary=VocabularySize(looked_up=3_000),
        steps=2_000,
        warmup=50,
        caution=0.3,
        dropout=0.15,
        matryoshka=(256,),
    ),
}
