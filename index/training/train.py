"""The training loop: recipe and seed in, sentence-transformers folder out; killed runs go on where they were.

A run keeps what it makes in a work folder: the tokenizer, the pairs as token ids, the last checkpoint.
Every batch is drawn by a generator seeded with (seed, step), so a resumed run sees the batches it would
have seen.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.static_embedding import map_token_vectors
from index.training import tokenizer as pieces
from index.training.corpus import TokenisedPairs, pairs_of, tokenise, write
from index.training.export import export
from index.training.heldout import EvaluationText, is_held_out_broadcast, is_held_out_report
from index.training.inflections import inflected_forms, known_word
from index.training.late_loss import Tokens, late_interaction
from index.training.ledger_questions import english_ledger_questions, read_lexicon
from index.training.loss import matryoshka
from index.training.names import all_syllables, readings_of
from index.training.pairs import SETS, PairSet
from index.training.recipes import TRANSLATED, Recipe
from index.training.similar import by_words, reorder
from index.training.sources import LicenceLevel, read
from index.training.token_table import TokenTable
from index.training.word_translation import LEARNT_FROM, learn, translated

BY_WORDS = "words"
OF_LEXICON = frozenset({"lexicon", "asked_ledger_english"})  # sets that a lexicon's words make
_CHECKPOINT_EVERY = 400
_LOG_EVERY = 50
# Share of the rows that are counted for the vocabulary: the long files repeat their words.
_COUNTED_SHARE = {"broadcast_news": 3, "news_2023": 3, "laws": 3}
_OFFICIAL = frozenset({"broadcast_news", "work_reports", "policies", "laws"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run reads and writes."""

    data: Path
    evaluation: Path
    work: Path
    level: LicenceLevel
    lexicon: Path | None = None  # folder of .tsv files, English and Chinese


def log(message: str) -> None:
    """Write one line with the time; training is watched through its log file."""
    print(time.strftime("%H:%M:%S"), message, file=sys.stderr, flush=True)


def prepare(recipe: Recipe, seed: int, place: Place) -> Tokenizer:
    """Make the tokenizer and the tokenised pairs that the work folder lacks, and return the tokenizer."""
    place.work.mkdir(parents=True, exist_ok=True)
    path = place.work / "tokenizer.json"
    if not path.is_file():
        made = _make_tokenizer(recipe, place)
        made.save(str(path), pretty=False)
        log(f"tokenizer: {made.get_vocab_size()} pieces")
    made = Tokenizer.from_file(str(path))
    kept_out = EvaluationText.load(
        place.evaluation, place.evaluation.parent / "seed" / "zhengzhou-daily-page.txt"
    )
    for name in recipe.weights:
        if name not in recipe.translated and not _is_made(place, name):
            pairs = pairs_of(place.data, _pair_set(name, place), place.level, kept_out, seed)
            count = tokenise(pairs, made, place.work / "pairs", name)
            log(f"pairs: {name} {count:,}")
    _translate([name for name in recipe.translated if not _is_made(place, name)], made, place, seed)
    return made


def _pair_set(name: str, place: Place) -> PairSet:
    """Return the set called `name`; what the lexicon's words make is empty where no lexicon is given."""
    if name not in OF_LEXICON:
        return SETS[name]
    entries = list(read_lexicon(place.lexicon)) if place.lexicon else []
    if name == "lexicon":
        return PairSet((), lambda rows, chance: iter(entries))
    asked = SETS["asked_ledger"]
    return PairSet(asked.files, lambda rows, chance: english_ledger_questions(rows, chance, entries))


def _is_made(place: Place, name: str) -> bool:
    return (place.work / "pairs" / f"{name}.right_keys.npy").is_file()


def _translate(names: list[str], made: Tokenizer, place: Place, seed: int) -> None:
    """Write sets whose left sides are those of other sets, word by word in English."""
    if not names:
        return
    folder = place.work / "pairs"
    table = learn(
        [TokenisedPairs.open(folder, name) for name in LEARNT_FROM if _is_made(place, name)],
        made,
        readings_of(read(place.data, "dictionary", place.level)),
    )
    for name in names:
        found = TokenisedPairs.open(folder, name.removeprefix(TRANSLATED))
        sides = translated(found, table, seed)
        write(folder, name, *sides)
        log(f"translated: {name} {len(sides[2]):,}")


def train(
    recipe: Recipe,
    seed: int,
    place: Place,
    out: Path,
    start: Path | None = None,
    similar: Path | None = None,
) -> None:
    """Train by the recipe and export to `out`; goes on from the work folder's checkpoint when there is one.

    `start` is a model folder whose token vectors are the first weights, by piece.
    `similar` is one by which the sets that the recipe draws in blocks are put in order; where there is no such
    folder and it is called "words", shared rare words are.
    """
    made = prepare(recipe, seed, place)
    sets = _opened(recipe, made, place, similar)
    shares = np.array([recipe.weights[found.name] * np.sqrt(len(found)) for found in sets])
    checkpoint = place.work / f"{out.name}.npz"  # several runs may share tokenizer and pairs
    if checkpoint.is_file():
        table, done = TokenTable.restore(checkpoint)
        log(f"resuming after step {done}")
    else:
        table, done = TokenTable.random(made.get_vocab_size(), recipe.dimension, seed, recipe.caution), 0
        if start is not None:
            _take_over(table, made, start)
    recent: dict[str, list[float]] = {}
    for step in range(done, recipe.steps):
        name, loss = _step(table, sets, shares / shares.sum(), recipe, seed, step)
        recent.setdefault(name, []).append(loss)
        if (step + 1) % _LOG_EVERY == 0:
            log(
                f"step {step + 1} "
                + " ".join(f"{name} {np.mean(v):.2f}" for name, v in sorted(recent.items()))
            )
            recent.clear()
        if (step + 1) % _CHECKPOINT_EVERY == 0:
            table.save(checkpoint, step + 1)
    log(f"exported {export(table.weights, made, out):,} bytes to {out}")


def _opened(recipe: Recipe, made: Tokenizer, place: Place, similar: Path | None) -> list[TokenisedPairs]:
    """Return the recipe's sets that have pairs, those drawn in blocks in their order."""
    ordered: set[str] = set()
    if similar is not None:
        ordered = recipe.blocks.keys() & recipe.weights.keys()
        _reorder(sorted(ordered), recipe.dimension, made, place, similar)
    found = (
        TokenisedPairs.open(place.work / ("similar" if name in ordered else "pairs"), name)
        for name in recipe.weights
    )
    return [pairs for pairs in found if len(pairs)]


def _make_tokenizer(recipe: Recipe, place: Place) -> Tokenizer:
    """Count the training text and the dictionary into a tokenizer."""
    counts = pieces.count(_texts(place))
    entries = [
        row for name in ("dictionary", "parallel_human") for row in read(place.data, name, place.level)
    ]
    words = pieces.looked_up_words(counts, (row["en"] for row in entries), recipe.vocabulary.looked_up)
    made = pieces.with_pieces(pieces.build(counts, recipe.vocabulary), [*all_syllables(entries), *words])
    forms = inflected_forms(counts.english, made.get_vocab(), recipe.vocabulary.inflected)
    return pieces.with_pieces(made, forms)


def _reorder(names: list[str], dimension: int, made: Tokenizer, place: Place, similar: Path) -> None:
    """Write the sets that are not there yet in an order by the vectors of the model `similar`, or by words."""
    table = TokenTable.random(made.get_vocab_size(), dimension, 0)
    if str(similar) == BY_WORDS and not similar.exists():
        table.weights = by_words(made, dimension)
    else:
        _take_over(table, made, similar)
    for name in names:
        if not (place.work / "similar" / f"{name}.right_keys.npy").is_file():
            reorder(TokenisedPairs.open(place.work / "pairs", name), table.weights, place.work / "similar")
            log(f"reordered: {name}")


def _take_over(table: TokenTable, made: Tokenizer, start: Path) -> None:
    """Copy the vectors of the model in `start`.

    A piece that it lacks gets that of the word it is a form of, or the mean of the pieces that it is cut into.
    """
    module = start / "0_StaticEmbedding"
    before = Tokenizer.from_file(str(module / "tokenizer.json"))
    rows, scales = map_token_vectors(module / "model.safetensors")
    if scales is not None:
        rows = (rows.astype(np.float32) * np.asarray(scales, dtype=np.float32)[:, None])[
            :, : table.weights.shape[1]
        ]
    known = before.get_vocab()
    for piece, at in made.get_vocab().items():
        if piece in known:
            table.weights[at] = rows[known[piece]]
        elif (word := known_word(piece, known)) is not None:
            table.weights[at] = rows[known[word]]
        elif parts := before.encode(piece, add_special_tokens=False).ids:
            table.weights[at] = rows[parts].astype(np.float32).mean(axis=0)
    log(f"{len(known):,} vectors from {start}")


def rate_at(step: int, recipe: Recipe) -> float:
    """Return the learning rate: a linear rise over the warm-up, then a linear fall to zero."""
    rise = min(1.0, (step + 1) / recipe.warmup)
    return recipe.rate * rise * (1.0 - step / recipe.steps)


def _step(
    table: TokenTable,
    sets: list[TokenisedPairs],
    shares: NDArray[np.float64],
    recipe: Recipe,
    seed: int,
    step: int,
) -> tuple[str, float]:
    """Do one step on one batch of one set, so that negatives are of the same kind as the answer."""
    chance = np.random.default_rng((seed, step))
    chosen = sets[int(chance.choice(len(sets), p=shares))]
    if chance.random() < recipe.late_share:
        return _late_step(table, chosen, recipe, chance, rate_at(step, recipe))
    rows = _draw(len(chosen), recipe.batch, _block(chosen, recipe, chance), chance)
    left = table.pool(*_dropped(*chosen.left.rows(rows), recipe.dropout, chance), recipe.repeats)
    right = table.pool(*_dropped(*chosen.right.rows(rows), recipe.dropout, chance), recipe.repeats)
    loss, by_left, by_right = matryoshka(
        left.vectors, right.vectors, _same(chosen, rows), recipe.matryoshka, recipe.temperature
    )
    table.step((left, right), (by_left, by_right), rate_at(step, recipe))
    return chosen.name, loss


def _dropped(
    ids: NDArray[np.int32], offsets: NDArray[np.int64], share: float, chance: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Leave out a share of the tokens, never a text's first: no text may hang on one word."""
    if not share:
        return ids, offsets
    kept = chance.random(len(ids)) >= share
    kept[offsets[:-1]] = True
    return ids[kept], np.concatenate([[0], np.cumsum(kept)])[offsets]


def _late_step(
    table: TokenTable, chosen: TokenisedPairs, recipe: Recipe, chance: np.random.Generator, rate: float
) -> tuple[str, float]:
    """Do one step of the reranker's loss on a smaller batch."""
    rows = _draw(len(chosen), recipe.late_batch, recipe.blocks.get(chosen.name, 1), chance)
    left = Tokens.of(table.weights, *chosen.left.rows(rows))
    right = Tokens.of(table.weights, *chosen.right.rows(rows))
    found = late_interaction(left, right, _same(chosen, rows), recipe.late_temperature)
    table.move((found.left_ids, found.right_ids), (found.by_left, found.by_right), rate * recipe.late_rate)
    return f"late:{chosen.name}", found.loss


def _block(chosen: TokenisedPairs, recipe: Recipe, chance: np.random.Generator) -> int:
    """Return the set's block size in half of its batches: negatives from anywhere must stay easy, too."""
    return recipe.blocks.get(chosen.name, 1) if chance.random() < 0.5 else 1


def _draw(size: int, batch: int, block: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Return about `batch` distinct rows, in blocks of neighbours, which are of one document."""
    starts = chance.integers(0, max(1, size - block + 1), size=batch // block)
    return np.unique((starts[:, None] + np.arange(min(block, size))[None, :]).ravel())


def _same(chosen: TokenisedPairs, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    keys = chosen.right_keys[rows]
    return np.asarray(keys[:, None] == keys[None, :])


def _texts(place: Place) -> Iterator[tuple[str, bool]]:
    """Yield the texts whose words make the vocabulary, with whether they are official."""
    names = sorted({file for made in SETS.values() for file in made.files})
    for name in names:
        for number, row in enumerate(read(place.data, name, place.level)):
            if number % _COUNTED_SHARE.get(name, 1) or _held_out(name, row):
                continue
            yield "\n".join(value for key, value in row.items() if _is_text(key, value)), name in _OFFICIAL


def _held_out(name: str, row: dict[str, str]) -> bool:
    return (name == "broadcast_news" and is_held_out_broadcast(row)) or (
        name == "work_reports" and is_held_out_report(row)
    )


def _is_text(key: str, value: object) -> bool:
    return isinstance(value, str) and key in {"zh", "en", "q", "p", "context", "a", "b", "title", "text"}
