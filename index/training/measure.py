"""How good a model is: nDCG@10 of each arm and of the whole search on five sets, kept in a committed table.

One answer a question, so nDCG@10 = 1 / log2(1 + rank) when its rank is at most 10, otherwise 0 (Järvelin &
Kekäläinen 2002). A tie counts against the answer. The search is `index.ranking` over all passages, as the
product does it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, TokenEmbedder, load_embedder
from index.ranking import RERANK_DEPTH, Language, fuse, maxsim, rerank, zscores
from index.sketching import SketchedEmbedder
from index.static_embedding import BUILTIN_MODEL, StaticEmbedder
from index.training.heldout import is_held_out_broadcast, is_held_out_report
from index.training.pairs import sentences
from index.training.reference_bm25 import ReferenceBM25
from index.training.sources import Row, read

RESULTS = Path(__file__).parent / "results.md"
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions in one language, and for each the row of the one passage that answers it."""

    name: str
    language: Language
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """nDCG@10 in percent: vectors alone, BM25 alone, both fused, and fused then reranked."""

    dense: float
    lexical: float
    fused: float
    search: float


def ndcg_at_10(scores: Scores, answer: int) -> float:
    """Return nDCG@10 of one question whose only answer is the passage in row `answer`."""
    rank = int(np.sum(scores >= scores[answer]))
    return 1.0 / float(np.log2(1 + rank)) if rank <= 10 else 0.0


def measure(found: RetrievalSet, embedder: Embedder) -> Figures:
    """Measure an embedder on a set; without token vectors the search is the fused order."""
    lexical = ReferenceBM25(found.passages).scores(found.questions)
    dense = embedder.embed(found.questions) @ embedder.embed(found.passages).T
    tokens = embedder if isinstance(embedder, TokenEmbedder) else None
    questions = tokens.token_ids(found.questions) if tokens else []
    passages = tokens.token_ids(found.passages) if tokens else []
    totals = np.zeros(4)
    for row, answer in enumerate(found.answers):
        fused = fuse(dense[row], lexical[row], found.language)
        final = fused.copy()
        if tokens is not None:
            top = np.argsort(-fused, kind="stable")[:RERANK_DEPTH]
            late = maxsim(questions[row], [passages[at] for at in top], tokens)
            final[:] = -np.inf
            arms = zscores(dense[row])[top], zscores(lexical[row])[top]
            final[top] = rerank(*arms, late, found.language)
        totals += [ndcg_at_10(scores, answer) for scores in (dense[row], lexical[row], fused, final)]
    return Figures(*(float(value) for value in 100 * totals / len(found.answers)))


def evaluate(model: str, sets: Path, data: Path, note: str | None) -> None:
    """Measure `model` (a folder or "builtin") on every set, print figures, and append a row for a note."""
    folder = BUILTIN_MODEL if model == "builtin" else Path(model)
    is_static = (folder / "0_StaticEmbedding").is_dir()
    embedder = SketchedEmbedder(StaticEmbedder.load(folder)) if is_static else load_embedder(model)
    cells = []
    for found in load_sets(sets, data):
        start = time.perf_counter()
        figures = measure(found, embedder)
        took = time.perf_counter() - start
        print(
            f"{found.name:12s} dense {figures.dense:5.2f}  BM25 {figures.lexical:5.2f}  "
            f"fused {figures.fused:5.2f}  search {figures.search:5.2f}  ({took:.0f} s)",
            flush=True,
        )
        cells.append(f"{figures.dense:.1f} / {figures.search:.1f}")
    if note:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("| " + " | ".join([time.strftime("%Y-%m-%d"), note, *cells]) + " |\n")


def load_sets(sets: Path, data: Path | None) -> list[RetrievalSet]:
    """Return the sets of a folder, and with `data` the two held out; a missing file is told on stderr."""
    found: list[RetrievalSet] = []
    makers: tuple[tuple[str, Callable[[Path], RetrievalSet], Path | None], ...] = (
        ("xquad_zh", _xquad_chinese, sets),
        ("xquad_en_zh", _xquad_english, sets),
        ("cmrc2018", _cmrc, sets),
        ("headlines", _headlines, data),
        ("reports", _reports, data),
    )
    for name, make, folder in makers:
        if folder is None:
            continue
        try:
            found.append(make(folder))
        except FileNotFoundError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _of(name: str, language: Language, pairs: Iterable[tuple[str, str]]) -> RetrievalSet:
    """Build a set from (question, passage) pairs: equal pairs and equal passages count once."""
    unique = list(dict.fromkeys(pairs))
    passages = tuple(dict.fromkeys(passage for _, passage in unique))
    places = {passage: place for place, passage in enumerate(passages)}
    questions = tuple(question for question, _ in unique)
    return RetrievalSet(name, language, questions, passages, tuple(places[passage] for _, passage in unique))


def _xquad_chinese(folder: Path) -> RetrievalSet:
    rows = _rows(folder / "xquad_zh.jsonl")
    return _of("xquad_zh", "zh", ((row["question_zh"], row["context"]) for row in rows))


def _xquad_english(folder: Path) -> RetrievalSet:
    rows = _rows(folder / "xquad_zh.jsonl")
    return _of("xquad_en_zh", "en", ((row["question_en"], row["context"]) for row in rows))


def _cmrc(folder: Path) -> RetrievalSet:
    rows = _rows(folder / "cmrc2018_dev.jsonl")
    return _of("cmrc2018", "zh", ((row["q"], row["context"]) for row in rows))


def _headlines(data: Path) -> RetrievalSet:
    """Pair headline → body of the held-out broadcasts; collections and headlines used twice ask nothing."""
    rows = [row for row in read(data, "broadcast_news") if is_held_out_broadcast(row)]
    used = Counter(row["title"] for row in rows)
    single = {title for title, times in used.items() if times == 1 and "快讯" not in title}
    bodies = [(row["title"], row["text"].removeprefix(row["title"]).strip()[:1000]) for row in rows]
    asked = [pair for pair in bodies if pair[0] in single and len(pair[1]) > 30]
    chosen = set(random.Random(0).sample(asked, min(1000, len(asked))))
    made = _of("headlines", "zh", asked)
    kept = [
        at
        for at, question in enumerate(made.questions)
        if (question, made.passages[made.answers[at]]) in chosen
    ]
    return RetrievalSet(
        made.name,
        "zh",
        tuple(made.questions[at] for at in kept),
        made.passages,
        tuple(made.answers[at] for at in kept),
    )


def _reports(data: Path) -> RetrievalSet:
    """Pair a sentence of a held-out work report with the section that it was taken out of."""
    held_out = filter(is_held_out_report, read(data, "work_reports"))
    return _of("reports", "zh", sections(held_out, random.Random(0)))


def sections(rows: Iterable[Row], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a sentence out of every five of a text, and the other four as its section."""
    for row in rows:
        found = sentences(row["text"])
        for start in range(0, len(found) - 4, 5):
            section = found[start : start + 5]
            asked = section.pop(chance.randrange(len(section)))
            if 15 <= len(asked) <= 150 and sum(map(len, section)) >= 80:
                yield asked, "".join(section)
