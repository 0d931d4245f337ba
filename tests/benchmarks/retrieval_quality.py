"""nDCG@10 of the product's own search on public question sets: run this file with the sets' folder.

Every passage of a set becomes a document of one passage in a fresh PassageIndex, and every question goes
through `PassageIndex.search` as a user's would, with the language that the product itself sees in it. What
is timed is the search of a question, embedding included; building the index is timed apart. Sets:
xquad_zh.jsonl, cmrc2018_dev.jsonl.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from documents.model import Document, Passage, Section, Span
from index.embedding import load_embedder
from index.model import IndexEntry
from index.passage_index import PassageIndex
from index.training.measure import RetrievalSet, load_sets


def as_entry(number: int, text: str) -> IndexEntry:
    """Return one text as a document that has it as its only passage."""
    whole = Span(0, len(text))
    section = Section(0, 0, whole, whole, "", None)
    document = Document(f"d{number}", f"d{number}", text, (section,), "benchmark")
    return IndexEntry(document, [Passage(f"p{number}", document.id, 0, whole, text, "")], [], frozenset(), {})


def run(found: RetrievalSet, folder: Path, model: str | None) -> tuple[float, float, list[float]]:
    """Return nDCG@10 in percent, seconds to index, and milliseconds of each search."""
    with PassageIndex.open(folder, load_embedder(model)) as index:
        start = time.perf_counter()
        index.add_many(as_entry(number, text) for number, text in enumerate(found.passages))
        built = time.perf_counter() - start
        index.search(found.questions[0])
        total, times = 0.0, []
        for question, answer in zip(found.questions, found.answers, strict=True):
            start = time.perf_counter()
            hits = index.search(question, top_k=10)
            times.append(1000 * (time.perf_counter() - start))
            ranks = [hit.rank for hit in hits if hit.passage.id == f"p{answer}"]
            total += 1.0 / math.log2(1 + ranks[0]) if ranks else 0.0
    return 100 * total / len(found.answers), built, times


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, help="folder of the evaluation sets")
    parser.add_argument("--model", help="folder or hub name of another model")
    chosen = parser.parse_args(arguments)
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}"
    )
    for found in load_sets(chosen.sets, None):
        with tempfile.TemporaryDirectory() as folder:
            quality, built, times = run(found, Path(folder) / "index", chosen.model)
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(
            f"{found.name:12s} {len(found.questions):5d} questions, {len(found.passages):4d} passages: "
            f"nDCG@10 {quality:.2f}; indexed in {built:.1f} s; search p50 {p50:.1f} ms, p95 {p95:.1f} ms"
        )


if __name__ == "__main__":
    main()
