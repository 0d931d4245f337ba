"""Retrieval sets in BEIR's shape (Thakur et al. 2021, arXiv:2104.08663): a corpus, queries, judgements."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.intervals import mean_estimate
from assistant.evaluation.model import Estimate
from assistant.evaluation.retrieval_measures import Qrels, Run, measure
from index.model import Hit

_DEPTH = 100


@dataclass(frozen=True, slots=True)
class BeirSet:
    """Documents and queries by id, and how relevant which document is to which query."""

    name: str
    documents: dict[str, str]
    queries: dict[str, str]
    qrels: Qrels


def is_beir(path: Path) -> bool:
    """Say whether `path` is a folder with a corpus and queries."""
    return (path / "corpus.jsonl").is_file() and (path / "queries.jsonl").is_file()


def read_beir(path: Path) -> BeirSet:
    """Return the set in a folder. Raises `CaseFileError` with the file and line of what is wrong."""
    documents, queries = _texts(path / "corpus.jsonl"), _texts(path / "queries.jsonl")
    qrels = _qrels(path)
    unknown = sorted({document for judged in qrels.values() for document in judged} - set(documents))
    if unknown:
        raise CaseFileError(f"{path}: corpus.jsonl lacks {unknown[0]!r} of the qrels. Fetch the set whole.")
    return BeirSet(path.name, documents, {name: queries[name] for name in qrels if name in queries}, qrels)


def _texts(path: Path) -> dict[str, str]:
    texts = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            title, text = row.get("title") or "", row["text"]
            texts[str(row["_id"])] = f"{title}\n{text}" if title else str(text)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CaseFileError(
                f"{path}, line {number}: no object with _id and text ({error}). Write one a line."
            ) from error
    return texts


def _qrels(path: Path) -> Qrels:
    places = [path / "qrels" / "test.tsv", path / "qrels" / "dev.tsv", path / "qrels.tsv"]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise CaseFileError(f"{path} has no judgements. Put them in qrels/test.tsv or qrels.tsv.")
    qrels: Qrels = {}
    with found.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t"), 1):
            header = number == 1 and len(row) > 2 and not row[-1].strip().lstrip("-").isdigit()
            if not row or header:
                continue
            try:
                query, document, *_, score = row
                relevance = int(score)
            except ValueError as error:
                raise CaseFileError(
                    f"{found}, line {number}: not query-id, corpus-id and score between tabs. Mend the line."
                ) from error
            if relevance > 0:
                qrels.setdefault(query, {})[document] = relevance
    return qrels


def measure_beir(
    beir: BeirSet, search: Callable[[str, int], list[Hit]], document_ids: Mapping[str, str]
) -> dict[str, Estimate]:
    """Return retrieval measures over all judged queries, for the whole search and for each arm.

    `search` takes a query and how many hits; `document_ids` says which document of the set one of the index
    is. A document counts at the rank of its best passage.
    """
    runs: dict[str, Run] = {"": {query: {} for query in beir.queries}}
    for query, text in beir.queries.items():
        for hit in search(text, _DEPTH):
            name = document_ids.get(hit.passage.document_id, hit.passage.document_id)
            ranks = {"": hit.rank, **{arm: score.rank for arm, score in hit.arms.items()}}
            for arm, rank in ranks.items():
                scores = runs.setdefault(arm, {}).setdefault(query, {})
                scores[name] = max(scores.get(name, -rank), -rank)
    judged = {query: beir.qrels[query] for query in beir.queries}
    estimates = {}
    for arm, run in sorted(runs.items()):
        for name, by_query in measure(judged, run).items():
            estimate = mean_estimate(list(by_query.values()))
            if estimate is not None:
                estimates[f"{arm}_{name}" if arm else name] = estimate
    return estimates
