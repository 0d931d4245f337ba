"""How much each arm counts: the weights of `index.ranking`, fitted on the training text's own questions.

    python -m index.training rank MODEL --data ../shared/data

For each question the 50 passages that the fused order puts first are scored as `index.ranking.rerank` does; a
conditional logit (softmax over the 50, the answer is one of them) gives one weight an arm. MODEL must not
have been trained on these questions (recipe `unseen`): a model that has seen them makes the vectors look
perfect and BM25 useless, and weights fitted so lose six points on XQuAD-zh. (English cannot be asked so: its
articles are in every mix.)
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.ranking import RERANK_DEPTH, SHARPNESS, Language, fuse, maxsim, zscores
from index.static_embedding import StaticEmbedder
from index.training.heldout import is_held_out_report
from index.training.measure import RetrievalSet, sections
from index.training.pairs import PASSAGE, SETS
from index.training.reference_bm25 import ReferenceBM25
from index.training.sources import read

ARMS = ("dense", "lexical", "late")
_ASKED = 400  # questions of each set
_OTHERS = 1500  # passages besides their answers
_PENALTY = 1e-3
Scores = NDArray[np.float64]


def rank(model: Path, data: Path) -> None:
    """Print the weights fitted for each language, all sets together and with each left out once."""
    embedder = StaticEmbedder.load(model)
    scored = [(found, list(_scored(found, embedder))) for found in question_sets(data)]
    for language in ("zh", "en"):
        own = [(found.name, rows) for found, rows in scored if found.language == language]
        _print(f"{language}, all", [rows for _, rows in own])
        for name, _ in own if len(own) > 1 else []:
            _print(f"{language}, without {name}", [rows for other, rows in own if other != name])


def fit(questions: Iterable[tuple[Scores, int]]) -> Scores:
    """Return (arms,) weights, the first of them 1, from (candidates, arms) scores and the answer's row."""
    rows = list(questions)

    def loss(weights: Scores) -> tuple[float, Scores]:
        total, gradient = _PENALTY * float(weights @ weights), 2 * _PENALTY * weights
        for scores, answer in rows:
            logits = scores @ weights
            logits -= logits.max()
            chances = np.exp(logits)
            chances /= chances.sum()
            total -= float(np.log(chances[answer])) / len(rows)
            gradient = gradient - (scores[answer] - chances @ scores) / len(rows)
        return total, gradient

    found = minimize(loss, np.zeros(rows[0][0].shape[1]), jac=True, method="L-BFGS-B").x
    return np.asarray(found / found[0], dtype=np.float64)


def question_sets(data: Path) -> list[RetrievalSet]:
    """Return five Chinese sets and an English one out of the training text, none of it held out."""
    chance = random.Random(7)
    reading = [(row["source"] == "drcd", row["q"], _around(row)) for row in read(data, "reading")]
    titles = [
        (row["title"], row["text"].removeprefix(row["title"]).strip()[:1000])
        for row in read(data, "broadcast_news")
        if row["date"].startswith("2024") and "快讯" not in row["title"]
    ]
    reports = [row for row in read(data, "work_reports") if not is_held_out_report(row)]
    articles = [row for at, row in enumerate(read(data, "parallel_articles")) if at % 8 == 0]
    english = [(pair[0], pair[1]) for pair in SETS["asked_english"].make(articles, chance)]
    answers = [(row["q"][:PASSAGE], row["p"][:1200]) for row in read(data, "qa_zh")]
    return [
        _sampled("drcd", "zh", [pair[1:] for pair in reading if pair[0]], chance),
        _sampled("reading", "zh", [pair[1:] for pair in reading if not pair[0]], chance),
        _sampled("answers", "zh", answers, chance),
        _sampled("headlines", "zh", [pair for pair in titles if len(pair[1]) > 30], chance),
        _sampled("reports", "zh", list(sections(reports, chance)), chance),
        _sampled("english", "en", english, chance),
    ]


def _around(row: dict[str, str]) -> str:
    """Return the context, or of a long one 900 characters that hold the answer."""
    start = max(0, int(row["answer_start"][0]) - 300) if row["answer_start"] else 0
    return row["context"][start - start % 300 :][:900]


def _sampled(
    name: str, language: Language, pairs: list[tuple[str, str]], chance: random.Random
) -> RetrievalSet:
    """Draw questions, and passages of other questions beside their answers."""
    distinct = list(dict.fromkeys(pairs))
    asked = chance.sample(distinct, min(_ASKED, len(distinct)))
    others = [passage for _, passage in chance.sample(distinct, min(_OTHERS, len(distinct)))]
    passages = tuple(dict.fromkeys([passage for _, passage in asked] + others))
    place = {passage: at for at, passage in enumerate(passages)}
    questions = tuple(question for question, _ in asked)
    return RetrievalSet(name, language, questions, passages, tuple(place[passage] for _, passage in asked))


def _scored(found: RetrievalSet, embedder: StaticEmbedder) -> Iterator[tuple[Scores, int]]:
    """Yield the arms' scores of each question's first candidates, and the answer's row among them."""
    lexical = ReferenceBM25(found.passages).scores(found.questions)
    dense = embedder.embed(found.questions) @ embedder.embed(found.passages).T
    questions, passages = embedder.token_ids(found.questions), embedder.token_ids(found.passages)
    for row, answer in enumerate(found.answers):
        top = np.argsort(-fuse(dense[row], lexical[row], found.language), kind="stable")[:RERANK_DEPTH]
        late = maxsim(questions[row], [passages[at] for at in top], embedder)
        # As `index.ranking.rerank` weighs them.
        trust = float(late.max())
        sharp = zscores(np.maximum(late, 0.0) ** SHARPNESS)
        arms = (zscores(dense[row])[top], trust * zscores(lexical[row])[top], trust * sharp)
        if answer in top:
            yield np.stack(arms, axis=1).astype(np.float64), int(np.flatnonzero(top == answer)[0])


def _print(name: str, parts: list[list[tuple[Scores, int]]]) -> None:
    weights = fit(question for part in parts for question in part)
    print(f"{name:24s}" + "  ".join(f"{arm} {weight:.2f}" for arm, weight in zip(ARMS, weights, strict=True)))
