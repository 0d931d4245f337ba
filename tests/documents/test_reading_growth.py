"""Hostile text is read in time that grows with its length: four times the text, never the square of four.

Each of these took minutes once, or would with one pattern that starts over at every character.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from growth import assert_grows_with_length

from documents.indicators import LONGEST_STATEMENT, extract_indicators
from documents.model import Document
from documents.passages import split_passages
from documents.reading import read_bytes

LENGTH = 6_000  # characters
NOISE = 0.03  # seconds

HOSTILE = {
    "ordinals": "一是",
    "ones": "1",
    "openers": "（（a",
    "pairs": "（一",
    "years": "2025年",
    "lengths": "1年",
    "commas": "a,,,,",
    "names": "技术合同、",
    "amounts": "1亿元",
    "counts": "100项",
    "quotes": "“一",
    "titles": "《一",
    "items": "（一）\n",
    "short lines": "在\n",
    "scaffolds": "一是一；",
    "clauses": "第一条\n",
    "bylines": "本报记者 王小明\n",
    "cells": "|1",
    "spaces": "附件 ",
    "hedges": "力争一",
}


def _read(text: str) -> Document:
    document = read_bytes("hostile.txt", text.encode(), source_key="hostile")
    extract_indicators(document, split_passages(document))
    return document


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text(name):
    assert_grows_with_length(_read, (HOSTILE[name] * LENGTH)[:LENGTH], noise=NOISE)


def test_every_figure_of_a_sentence_without_an_end_is_read():
    names = [f"第{number}类企业" for number in range(400)]
    text = "，".join(f"{name}达到{1000 + number}家" for number, name in enumerate(names)) + "。"
    assert len(text) > 3 * LONGEST_STATEMENT
    document = read_bytes("long.txt", text.encode(), source_key="long")
    rows = extract_indicators(document, split_passages(document))
    assert [row.value for row in rows] == [f"{1000 + number}" for number in range(400)]


def test_the_year_of_a_sentence_holds_behind_its_pieces():
    text = "2030年，" + "，".join(f"甲乙丙丁企业达到{1000 + number}家" for number in range(300)) + "。"
    document = read_bytes("long.txt", text.encode(), source_key="long")
    rows = extract_indicators(document, split_passages(document))
    assert len(rows) == 300
    assert {row.period for row in rows} == {"2030"}


def test_lengths_of_time_side_by_side_cost_little_each():
    """Counted, not timed: 300 calls a character, once 1,150."""
    text = "1年" * 500
    document = read_bytes("lengths.txt", text.encode(), source_key="lengths")
    passages = split_passages(document)
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    extract_indicators(document, passages)  # what is compiled once
    sys.setprofile(count)
    try:
        extract_indicators(document, passages)
    finally:
        sys.setprofile(None)
    assert calls < 500 * len(text)
