"""Quality on public sets and on our own, written into docs/quality.md: `make benchmark-quality`.

    .venv/bin/python -m tests.benchmarks.quality [--sets FOLDER] [--write]

The folder holds SQuAD-shaped files, as published or one row a line (xquad.zh.json, cmrc2018_dev.json …).
Every paragraph becomes a document of one passage; every distinct question is searched in each arm. Then the
assistant answers the shipped questions on the samples and the second set's on its documents. Sets that are
not there are said to be missing. With `--write` the tables between the markers of docs/quality.md are
replaced.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import documents
from assistant.build import build_assistant
from assistant.evaluation.case_files import read_cases
from assistant.evaluation.evaluate import evaluate
from assistant.evaluation.json_report import figures_of
from assistant.evaluation.model import Case
from assistant.evaluation.public_sets import PublicSet, read_public_set
from assistant.evaluation.report_view import figure_text
from assistant.evaluation.retrieval_measures import Run, measure
from assistant.evaluation.sets import shipped_sets
from assistant.settings import load_settings
from documents.model import Document, Passage, Section, Span
from index.embedding import load_embedder
from index.model import IndexEntry
from index.passage_index import PassageIndex

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "quality.md"
PACK = ROOT / "tests" / "assistant" / "evaluation" / "pack"
SAMPLES = Path(documents.__file__).parent / "samples"
ARMS = {"dense": "dense", "lexical": "BM25", "fused": "hybrid", "rerank": "hybrid, reranked"}
TIMED = 200  # questions of each set that are timed
ANSWERED = (
    *("answer_ok", "answerable_ok", "traps_ok", "wrong_figures", "cited", "hedges_kept", "quotes_exact"),
    *("abstention_f1", "groups_same", "mrr@10", "p50_ms", "p95_ms"),
)


def main() -> None:
    """Measure, print, and write the page when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sets", type=Path, default=ROOT.parent / "shared" / "eval", help="folder of public sets"
    )
    parser.add_argument("--write", action="store_true", help="replace the tables of docs/quality.md")
    chosen = parser.parse_args()
    command = "make benchmark-quality"
    machine = f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    tables = (
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}; `{command}`.\n\n{_retrieval(chosen.sets)}\n\n{_answers()}"
    )
    print(tables)
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        marked = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)
        PAGE.write_text(marked.sub(lambda match: f"{match[1]}{tables}\n{match[2]}", page), encoding="utf-8")


def _processor() -> str:
    names = re.findall(r"model name\s*: (.+)", _read("/proc/cpuinfo"))
    return names[0].strip() if names else platform.processor() or platform.machine()


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _retrieval(folder: Path) -> str:
    """Return a table with a row for each set and language, and nDCG@10, MRR@10 and hit@1 of each arm."""
    rows = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        public = read_public_set(path) if path.suffix in (".json", ".jsonl") else None
        if public is not None and public.sources:
            rows += list(_measured_arms(public))
    if not rows:
        return f"No public sets in {folder}: put xquad.zh.json and cmrc2018_dev.json there."
    head = " | ".join(f"{label}" for label in ARMS.values())
    lines = [
        f"| nDCG@10 / MRR@10 / hit@1 | questions | passages | {head} | ms, p50 |",
        "|---|---|---|" + "---|" * 5,
    ]
    return "\n".join(lines + rows)


def _measured_arms(public: PublicSet) -> Iterator[str]:
    """Yield a table row for each language that the set asks in."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PassageIndex.open(Path(folder) / "index", load_embedder(None)) as index,
    ):
        index.add_many(_entry(name, text) for name, text in public.documents.items())
        for language in ("zh", "en"):
            cases = {case.question: case for case in public.cases if case.language == language}
            if cases:
                yield _row(public, index, language, list(cases.values()))


def _row(public: PublicSet, index: PassageIndex, language: str, cases: list[Case]) -> str:
    runs: dict[str, Run] = {arm: {} for arm in ARMS}
    qrels = {case.id: {public.sources[case.id]: 1} for case in cases}
    times: list[float] = []
    for number, case in enumerate(cases, 1):
        for arm, hits in index.search_arms(case.question, top_k=10).items():
            runs[arm][case.id] = {hit.passage.id: -float(rank) for rank, hit in enumerate(hits, 1)}
        if number <= TIMED:
            started = time.perf_counter()
            index.search(case.question, top_k=10)
            times.append(1000 * (time.perf_counter() - started))
        if number % 500 == 0:
            print(f"{public.name} {language}: {number} of {len(cases)}", file=sys.stderr)
    cells = []
    for run in runs.values():
        values = measure(qrels, run)
        means = (sum(values[name].values()) / len(cases) for name in ("ndcg@10", "mrr@10", "hit@1"))
        cells.append(" / ".join(f"{100 * mean:.1f}" for mean in means))
    name = f"{public.name}, {language} questions"
    cells += [f"{statistics.median(times):.1f}"]
    return f"| {name} | {len(cases)} | {len(public.documents)} | {' | '.join(cells)} |"


def _entry(name: str, text: str) -> IndexEntry:
    whole = Span(0, len(text))
    document = Document(name, name, text, (Section(0, 0, whole, whole, "", None),), "benchmark")
    return IndexEntry(document, [Passage(name, name, 0, whole, text, "")], [], frozenset(), {})


def _answers() -> str:
    """Return a table of the assistant's answers to our own sets."""
    runs = {
        "shipped, on the samples": (SAMPLES, shipped_sets()),
        "second set, on its documents": (PACK / "documents", [PACK / "cases.jsonl"]),
    }
    columns = []
    for name, (folder, files) in runs.items():
        with tempfile.TemporaryDirectory() as temporary:
            assistant = build_assistant(load_settings(index=Path(temporary) / "index"))
            assistant.add([folder])
            cases = [case for path in files for case in read_cases(path)]
            evaluate(assistant, cases[:5], name="warm", search=False)
            figures = figures_of(evaluate(assistant, cases, name=name).summary)
        columns.append((f"{name} ({len(cases)})", figures))
    lines = ["| figure | " + " | ".join(name for name, _ in columns) + " |", "|---|" + "---|" * len(columns)]
    for figure in ANSWERED:
        cells = [figure_text(figure, figures[figure]) if figure in figures else "–" for _, figures in columns]
        lines.append(f"| `{figure}` | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
