"""Draw rows of the ledgers of real work reports for judging by hand.

    python tests/benchmarks/ledger_precision.py REPORTS.jsonl.zst --rows 100 --seed 1

Prints each row with its sentence; the judgement is written down in docs/ledger.md.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import zstandard

from documents.indicators import extract_indicators
from documents.model import Document, Indicator, Passage, Section, Span

_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、[^。\n]{2,40}$|[（(][一二三四五六七八九十]{1,3}[)）][^。\n]{2,40}$", re.M
)


def reports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield title and text of the national reports since 2018 and of the provincial reports of 2026."""
    with path.open("rb") as stream:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(stream), encoding="utf-8"):
            row = json.loads(line)
            year = re.match(r"(\d{4})", row["title"])
            if year and int(year.group(1)) >= 2018 and row["title"].endswith("工作报告"):
                yield row["title"], row["text"]


def as_document(title: str, text: str) -> tuple[Document, list[Passage]]:
    """Cut a report at its numbered headings, a passage a paragraph."""
    year = int(title[:4])
    month = 1 if "省" in title or "市" in title or "区" in title else 3
    starts = [match.start() for match in _HEADING.finditer(text)]
    edges = [0, *starts, len(text)]
    sections, passages = [], []
    for index, (start, end) in enumerate(pairwise(edges)):
        line_end = text.find("\n", start, end) if index else start
        line_end = end if line_end < 0 else line_end
        name = text[start:line_end] if index else title
        title_span = Span(start, line_end) if index else None
        sections.append(
            Section(index, 1 if index else 0, Span(start, end), Span(line_end, end), name, title_span)
        )
        for line in re.finditer(r"[^\n]+", text[start:end]):
            span = Span(start + line.start(), start + line.end())
            passages.append(Passage(f"{title}:{span.start}", title, index, span, span.of(text), ""))
    place = re.sub(r"^\d{4}年?|政府工作报告|国务院|中华人民共和国", "", title) or "全国"
    return Document(title, title, text, tuple(sections), title, date(year, month, 20), place=place), passages


def show(number: int, document: Document, row: Indicator) -> None:
    """Print one row and the sentence that it stands in."""
    text = document.text
    start = max(text.rfind(mark, 0, row.value_span.start) for mark in "。\n！") + 1
    ends = [place for mark in "。\n" if (place := text.find(mark, row.value_span.end)) >= 0]
    print(f"[{number}] {document.title}")
    by = " by" if row.by_period else ""
    print(f"    {row.name} | {row.subject} | {row.period}{by} | {row.value}{row.unit}")
    print(f"    {row.comparator} | {row.hedge} | {row.kind.value}{' flow' if row.flow else ''}")
    print(f"    {text[start : min([*ends, len(text)])].strip()}")


def main() -> None:
    """Build the ledgers and print a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: list[tuple[Document, Indicator]] = []
    characters, seconds, documents = 0, 0.0, 0
    for title, text in reports(options.reports):
        document, passages = as_document(title, text)
        began = time.process_time()
        rows = extract_indicators(document, passages)
        seconds += time.process_time() - began
        characters += len(text)
        documents += 1
        found += [(document, row) for row in rows]
    speed = f"{characters / seconds:.0f} characters/s"
    print(f"{documents} reports, {characters} characters, {len(found)} rows, {speed}")
    for number, (document, row) in enumerate(random.Random(options.seed).sample(found, options.rows), 1):
        show(number, document, row)


if __name__ == "__main__":
    main()
