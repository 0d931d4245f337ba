"""How fast the index is, beside numpy doing the bare arithmetic in the same minute.

    .venv/bin/python -m tests.benchmarks.index_speed [PASSAGES ...]

Prints one table per size: passages added per second, cold open, and the time of a query by stage. Nothing is
asserted: figures depend on the machine and on what else it does. Texts are made at random from words that
official documents repeat; the embedder is the built-in model where there is one, otherwise a fake.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from documents.model import Document, Passage, Section, Span
from index.bm25 import term_vector
from index.embedding import Embedder, load_embedder
from index.lexical_terms import lexical_terms
from index.model import IndexEntry, SearchFilter
from index.passage_index import PassageIndex
from index.static_embedding import BUILTIN_MODEL

_WORDS = re.findall(
    r"\S+",
    """
    技术合同 成交额 全社会 研发投入 强度 高新技术企业 专精特新 企业 国家级 创新平台 全国重点实验室 重点产业链
    数字经济 一般公共预算 固定资产投资 社会消费品 零售总额 营商环境 乡村振兴 污水处理 空气质量 就业 教育
    医疗 养老 住房 保障 城市更新 轨道交通 新能源汽车 集成电路 生物医药 推动 提升 加快 完善 建设 实施 力争
    达到 突破 超过 增长 左右 以上 亿元 万家 百分点 全市 全省 郑州市 河南省 市科技局 市工信局 发展改革委
    二〇二五年 目标 任务
    """,
)
_PASSAGES_PER_DOCUMENT = 20
_QUERIES = 200


def main(sizes: Sequence[int]) -> None:
    """Print a table for each size."""
    embedder = _embedder()
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder) / "index", embedder, size)


def _measure(folder: Path, embedder: Embedder, size: int) -> None:
    """Fill one index and time what people wait for."""
    generator = np.random.default_rng(size)
    entries = [_entry(generator, number) for number in range(size // _PASSAGES_PER_DOCUMENT)]
    queries = [_text(generator, 12) for _ in range(_QUERIES)]
    with PassageIndex.open(folder, embedder) as index:
        start = time.perf_counter()
        index.add_many(entries)
        took = time.perf_counter() - start
        start = time.perf_counter()
        index.add_many([_entry(generator, -1)])
        one = time.perf_counter() - start
        megabytes = index.statistics().bytes_on_disk / 1e6
    print(f"\n{size} passages, {embedder.name} ({embedder.dimension} dimensions)")
    print(f"  add               {size / took:8.0f} passages/s ({took:.1f} s)")
    print(f"  one more document {one * 1e3:8.0f} ms")
    print(f"  on disk           {megabytes:8.0f} MB")
    start = time.perf_counter()
    with PassageIndex.open(folder, embedder) as index:
        opened = time.perf_counter()
        index.search(queries[0])
        first = time.perf_counter() - opened
        print(f"  open              {(opened - start) * 1e3:8.1f} ms, first search {first * 1e3:.1f} ms")
        _stages(index, embedder, queries)
    _brute_force(embedder, entries, queries)


def _stages(index: PassageIndex, embedder: Embedder, queries: Sequence[str]) -> None:
    """Time whole searches and their stages, each stage for itself."""
    searcher, half = index._searcher, SearchFilter(groups=frozenset({"even"}))
    with index._derived.current() as (vectors, lexical, _):
        hashes = [term_vector(lexical_terms(query)).hashes for query in queries]
        given = [embedder.embed([query])[0] for query in queries]
        candidates = [searcher._candidates(query, 100, None) for query in queries]
        _told("search", queries, lambda at: index.search(queries[at]))
        _told("  embed query", queries, lambda at: embedder.embed([queries[at]]))
        _told("  terms of query", queries, lambda at: lexical_terms(queries[at]))
        _told("  dense arm", queries, lambda at: vectors.search(given[at], 100))
        _told("  frequencies", queries, lambda at: lexical.frequencies(hashes[at], None))
        _told("  both arms, scored", queries, lambda at: searcher._candidates(queries[at], 100, None))
        _told("  fuse and rerank", queries, lambda at: searcher._ranked(queries[at], candidates[at], "zh"))
    _told("search of one group", queries, lambda at: index.search(queries[at], filters=half))


def _brute_force(embedder: Embedder, entries: Sequence[IndexEntry], queries: Sequence[str]) -> None:
    """Time the bare product of all vectors with a query's, and its best ten, in numpy."""
    texts = [passage.indexed_text for entry in entries for passage in entry.passages]
    vectors = embedder.embed(texts)
    given = embedder.embed(queries)
    _told("numpy brute force", queries, lambda at: np.argpartition(-(vectors @ given[at]), 10)[:10])


def _told(name: str, queries: Sequence[str], work: Callable[[int], object]) -> None:
    """Print p50 and p95 of `work` over the queries."""
    times = []
    for at in range(len(queries)):
        start = time.perf_counter()
        work(at)
        times.append((time.perf_counter() - start) * 1e3)
    middle, high = np.percentile(times, [50, 95])
    print(f"  {name:20} p50 {middle:6.2f} ms   p95 {high:6.2f} ms")


def _entry(generator: np.random.Generator, number: int) -> IndexEntry:
    """Return a document of random passages of about 190 characters, every other one for a group."""
    lines = [_text(generator, 190) for _ in range(_PASSAGES_PER_DOCUMENT)]
    text = "\n".join(lines)
    document_id, passages, start = f"d{number}", [], 0
    for at, line in enumerate(lines):
        span = Span(start, start + len(line))
        passages.append(Passage(f"{document_id}#{at}", document_id, 0, span, line, "工作报告"))
        start = span.end + 1
    whole = Span(0, len(text))
    document = Document(
        document_id, "工作报告", text, (Section(0, 0, whole, whole, "工作报告", None),), "made up"
    )
    return IndexEntry(document, passages, groups=frozenset({"even"} if number % 2 == 0 else {"odd"}))


def _text(generator: np.random.Generator, characters: int) -> str:
    """Return random words and figures of about that length."""
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(_WORDS[int(len(_WORDS) * generator.random() ** 2)])
        if generator.random() < 0.15:
            parts.append(f"{generator.integers(1, 5000)}")
    return "".join(parts)


def _embedder() -> Embedder:
    """Return the built-in model where it is, otherwise the tests' fake with as many dimensions."""
    if (BUILTIN_MODEL / "modules.json").is_file():
        return load_embedder()
    from tests.fake_embedder import FakeEmbedder

    return FakeEmbedder(256)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 20_000])
