"""Questions about figures, by templates over the ledger: made from what `documents` reads in the training text.

The texts are read as the product reads an office's documents, so the right sides are the product's passages with
their context. A question asks for one row of the ledger, in Chinese, and in English where the lexicon knows the words
of the row's name; lexicon entries are pairs of their own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from documents.errors import DocumentError
from documents.indicators import extract_indicators
from documents.model import Indicator, IndicatorKind, Passage
from documents.passages import split_passages
from documents.reading import read_bytes
from index.training.heldout import is_held_out_broadcast, is_held_out_report
from index.training.sources import Row

_PASSAGE = 420  # characters of a right side
_ROWS_A_PASSAGE = 2
_LONGEST_NAME = 24
_KNOWN_SHARE = 0.7  # of a name's characters that the lexicon must know for an English question
_YEAR = re.compile(r"(?:19|20)\d\d")

_CHINESE_TARGETS = (
    "{when}{who}{name}目标是多少？",
    "{who}{when}{name}要达到多少？",
    "{when}{name}目标",
    "{who}提出{when}{name}达到多少{unit}？",
    "到{when}{name}的目标值是多少",
)
_CHINESE_RESULTS = (
    "{when}{who}{name}是多少？",
    "{who}{when}{name}达到多少{unit}？",
    "{who}{name}有多少{unit}？",
    "{when}{name}",
    "{name}多少{unit}",
)
_CHINESE_CHANGES = (
    "{when}{who}{name}增长多少？",
    "{who}{when}{name}变化了多少",
    "{name}增速",
    "{when}{name}同比增长百分之几？",
)
_ENGLISH_TARGETS = (
    "what is the {when} target for {name}",
    "what is the target for {name} in {when} {who}",
    "{when} {name} target",
    "how much {name} does {who} aim for by {when}",
)
_ENGLISH_RESULTS = (
    "what was the {name} in {when}",
    "how many {name} are there in {who}",
    "how much is the {name} of {who} in {when}",
    "{who} {name} {when}",
    "number of {name}",
)
_ENGLISH_CHANGES = (
    "how much did {name} grow in {when}",
    "growth of {name} in {who} in {when}",
    "{name} growth rate {when}",
)

Entries = dict[str, list[str]]


def read_lexicon(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (English, Chinese) of each entry of the .tsv files in `folder` that have English on the left."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            english, tab, chinese = line.partition("\t")
            if tab and english.isascii() and not line.startswith("#"):
                for word in chinese.split("|"):
                    if any("\u3400" <= character <= "\u9fff" for character in word):
                        yield english.strip(), word.strip()


def chinese_ledger_questions(rows: Iterable[Row], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (question, passage with its context, passage) for rows of the ledger."""
    for indicator, passage in _stated(rows, chance):
        templates = _of_kind(indicator, (_CHINESE_TARGETS, _CHINESE_RESULTS, _CHINESE_CHANGES))
        when = f"{year}年" if (year := _year(indicator)) else ""
        question = chance.choice(templates).format(
            when=when, who=_kept(indicator.subject, chance), name=indicator.name, unit=indicator.unit
        )
        yield question, passage.indexed_text[:_PASSAGE], passage.text


def english_ledger_questions(
    rows: Iterable[Row], chance: random.Random, lexicon: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield the same in English, for rows whose names the lexicon (English, Chinese) can say."""
    entries: Entries = {}
    for english, chinese in lexicon:
        entries.setdefault(chinese, []).append(english)
    for indicator, passage in _stated(rows, chance):
        name = in_english(indicator.name, entries, chance)
        if name is None:
            continue
        templates = _of_kind(indicator, (_ENGLISH_TARGETS, _ENGLISH_RESULTS, _ENGLISH_CHANGES))
        subject = _kept(indicator.subject, chance)
        who = in_english(subject, entries, chance) or "the city"
        question = chance.choice(templates).format(when=_year(indicator), who=who, name=name)
        yield " ".join(question.split()), passage.indexed_text[:_PASSAGE], passage.text


def in_english(name: str, entries: Entries, chance: random.Random) -> str | None:
    """Return the longest known words of `name` in English, or None when too little of it is known."""
    words: list[str] = []
    known = at = 0
    while at < len(name):
        length = next((n for n in range(min(12, len(name) - at), 1, -1) if name[at : at + n] in entries), 0)
        if length:
            words.append(chance.choice(entries[name[at : at + length]]))
            known += length
        at += length or 1
    return " ".join(words) if words and known >= _KNOWN_SHARE * len(name) else None


def _stated(rows: Iterable[Row], chance: random.Random) -> Iterator[tuple[Indicator, Passage]]:
    """Yield some rows of the ledger of each text, with their passages; texts held out are left out."""
    for row in rows:
        if is_held_out_broadcast({"date": "", **row}) or ("title" in row and is_held_out_report(row)):
            continue
        text = f"{row.get('title', '')}\n{row['text']}".strip()
        try:
            document = read_bytes("text.txt", text.encode())
        except DocumentError:
            continue
        passages = split_passages(document)
        by_passage: dict[str, list[Indicator]] = {}
        for indicator in extract_indicators(document, passages):
            if 3 <= len(indicator.name) <= _LONGEST_NAME:
                by_passage.setdefault(indicator.passage_id, []).append(indicator)
        for passage in passages:
            found = by_passage.get(passage.id, [])
            for indicator in chance.sample(found, min(_ROWS_A_PASSAGE, len(found))):
                yield indicator, passage


def _of_kind(indicator: Indicator, templates: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    targets, results, changes = templates
    if indicator.kind is IndicatorKind.CHANGE:
        return changes
    return targets if indicator.kind is IndicatorKind.TARGET else results


def _year(indicator: Indicator) -> str:
    years = _YEAR.findall(indicator.period or "")
    return years[-1] if years else ""


def _kept(subject: str | None, chance: random.Random) -> str:
    return subject if subject and chance.random() < 0.6 else ""
