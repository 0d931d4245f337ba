"""How long an answer takes in a warm process, and where the time goes, beside sorting the same numbers each time.

    .venv/bin/python -m tests.benchmarks.ask_speed [PASSAGES ...]

Asks the shipped questions of the sample documents, then questions of an index of made-up documents of each size
(20,000 passages when none is named). Before every question numpy sorts the same 200,000 numbers, on one core, so
that the ratio of the two says something on a machine that does other things too. Nothing is asserted.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from assistant import assistant as flow
from assistant.answers import (
    answering,
    comparison_answers,
    document_answers,
    ledger_answers,
    list_answers,
    people_answers,
    span_answers,
    table_answers,
)
from assistant.assistant import Assistant
from assistant.build import SAMPLES
from assistant.evaluation.case_files import read_cases
from assistant.evaluation.sets import shipped_sets
from documents.indicators import extract_indicators
from documents.passages import split_passages
from documents.reading import read_bytes
from index.embedding import load_embedder
from index.model import IndexEntry
from index.passage_index import PassageIndex

_NAMES = "技术合同成交额 一般公共预算收入 固定资产投资 社会消费品零售总额 农产品网络零售额 旅游总收入 外贸进出口总额 财政科技支出".split()
_COUNTED = "高新技术企业 专精特新企业 省级创新平台 示范社区 家庭农场 公办幼儿园 社区食堂 口袋公园".split()
_TASKS = "提升营商环境 推进城市更新 完善公共服务 壮大产业集群 保护生态环境 深化改革开放 加强人才引育 促进乡村振兴".split()
_SYLLABLES = "岚谷青棠松柏临川云栖梅溪兰泽桐岭"
_MODULES = (
    answering, comparison_answers, document_answers, ledger_answers, list_answers, people_answers, span_answers,
    table_answers,
)  # fmt: skip
_PARTS = {"ledger": "matching_groups", "clauses": "best_windows"}
_QUESTIONS = 100
_WARMING = 15


def main(sizes: Sequence[int]) -> None:
    """Print one table for the samples and one for each size."""
    embedder = load_embedder()
    print(
        f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}, {embedder.name}"
    )
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(PassageIndex.open(Path(folder) / "index", embedder))
        assistant.add([SAMPLES])
        cases = [case.question for path in shipped_sets() for case in read_cases(path)]
        _measure("sample documents", assistant, cases[::2])
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            index = PassageIndex.open(Path(folder) / "index", embedder)
            _measure("made-up documents", Assistant(index), _fill(index, size))


def _fill(index: PassageIndex, size: int) -> list[str]:
    """Fill an index with documents of figures and tasks until it holds `size` passages; return questions."""
    generator = np.random.default_rng(size)
    entries, questions, passages = [], [], 0
    while passages < size:
        number = len(entries)
        town = _town(number)
        document = read_bytes(f"{number}.md", _text(generator, town).encode(), source_key=str(number))
        cut = split_passages(document)
        entries.append(IndexEntry(document, cut, extract_indicators(document, cut)))
        passages += len(cut)
        name = _NAMES[number % len(_NAMES)]
        counted = _COUNTED[number % len(_COUNTED)]
        questions += [
            f"{town}2030年{name}目标是多少?",
            f"{town}{name}2025年到2030年增加多少?",
            f"{town}2028年新增多少家{counted}?",
            f"{town}{_TASKS[number % len(_TASKS)]}有哪些举措?",
            f"{town}2040年{name}目标是多少?",
            f"What is the GDP target of town {number} for 2030?",
        ]
    started = time.perf_counter()
    index.add_many(entries)
    took = time.perf_counter() - started
    rows = sum(len(entry.indicators) for entry in entries)
    print(f"\n{passages} passages and {rows} figures of {len(entries)} documents added in {took:.0f} s")
    generator.shuffle(questions)
    return questions[:_QUESTIONS]


def _town(number: int) -> str:
    base = len(_SYLLABLES)
    return f"{_SYLLABLES[number % base]}{_SYLLABLES[number // base % base]}市"


def _text(generator: np.random.Generator, town: str) -> str:
    """Return a plan of one town: figures of two years, and tasks in three steps."""
    lines = [f"# {town}发展规划", ""]
    for task in _TASKS:
        lines += [f"## {task}", ""]
        for name in generator.permutation(_NAMES)[:2]:
            low, more = generator.integers(20, 900), generator.integers(10, 900)
            lines += [f"{town}{name}力争2025年突破{low}亿元，2030年突破{low + more}亿元。", ""]
        for name in generator.permutation(_COUNTED)[:1]:
            lines += [
                f"2028年新增{name}{generator.integers(5, 400)}家，到2030年达到{generator.integers(400, 9000)}家左右。",
                "",
            ]
        lines += [
            f"{town}{task}工作由第{generator.integers(2, 99)}工作专班统筹，每季度通报进展，重大事项及时报告。",
            "",
        ]
        lines += ["围绕上述目标，一是完善工作机制。二是落实资金保障。三是开展年度评估。", ""]
    return "\n".join(lines)


def _measure(title: str, assistant: Assistant, questions: Sequence[str]) -> None:
    """Warm up, ask every question once, and print percentiles, ratios and shares."""
    numbers = np.random.default_rng(0).normal(size=200_000)
    for question in questions[:_WARMING]:
        assistant.ask(question)
    asked, searched, bare, stages = [], [], [], defaultdict(float)
    with _timed(stages):
        for question in questions:
            bare.append(_milliseconds(lambda: np.sort(numbers)))
            searched.append(_milliseconds(lambda question=question: assistant.search(question)))
            answer = assistant.ask(question)
            asked.append(answer.took_ms)
            for name, spent in answer.stages_ms.items():
                stages[name] += spent
    statistics = assistant.index.statistics()
    print(
        f"\n{title}: {statistics.passages} passages, {statistics.indicators} figures, {len(questions)} questions"
    )
    base = float(np.percentile(bare, 50))
    for name, times in (("ask", asked), ("index.search alone", searched), ("sorting", bare)):
        middle, high = np.percentile(times, [50, 95])
        print(f"  {name:20} p50 {middle:8.1f} ms   p95 {high:8.1f} ms   {middle / base:7.1f} × sorting")
    total = sum(asked)
    for name, spent in sorted(stages.items(), key=lambda item: -item[1]):
        inside = "  of which " if name in {*_PARTS, "reword"} else "  "
        print(f"{inside}{name:12} {100 * spent / total:5.1f} %")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e3


@contextmanager
def _timed(stages: dict[str, float]):
    """Add up what the parts of the answering stage take, wherever they are called from."""
    replaced = []
    for name, attribute in _PARTS.items():
        for module in _MODULES:
            if hasattr(module, attribute):
                replaced.append((module, attribute, name))
    replaced.append((flow, "reworded", "reword"))
    before = [(module, attribute, getattr(module, attribute)) for module, attribute, _ in replaced]
    for (module, attribute, name), (_, _, original) in zip(replaced, before, strict=True):
        setattr(module, attribute, _clocked(original, stages, name))
    try:
        yield
    finally:
        for module, attribute, original in before:
            setattr(module, attribute, original)


def _clocked(work: Callable[..., object], stages: dict[str, float], name: str) -> Callable[..., object]:
    def clocked(*given: object, **named: object) -> object:
        started = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            stages[name] += (time.perf_counter() - started) * 1e3

    return clocked


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000])
