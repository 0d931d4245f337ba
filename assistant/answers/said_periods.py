"""Whether a sentence speaks of the period that is asked for: by itself, by what stands above it, or by its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from assistant.answers.evidence import Sentence
from assistant.asking.english_periods import as_printed
from assistant.asking.questions import Question
from documents.folding import fold
from documents.model import Document
from documents.periods import find_periods

_UNDATED_YEAR = re.compile(r"今年(?!\d|[上下]半年)")  # says no more than what stands around it
_PART = re.compile(
    r"上半年|下半年|前[二三]季度|第?[一二三四1-4]季度|\d{1,2}-\d{1,2}月|(?<!\d)(?<!\d-)\d{1,2}月|q[1-4]\b"
)
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})月?[—\-–至到~～](\d{1,2})月")
_QUARTERS = str.maketrans("1234", "一二三四")
_FIRST_MONTHS = re.compile(r"前(\d{1,2})个?月")  # 前10个月 are 1-10月
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_END_OF_QUARTER = re.compile(r"(?<!\d)([369])月[底末]")
_CLOSED = {"3": "一季度", "6": "上半年", "9": "前三季度"}
_COMPARED = re.compile("[比较](?:上一?年|去年)(?:同期|末|底)?")  # of no figure that is printed
_ITEM_MARK = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．])"
)
_ANNOUNCED_WITHIN = 600  # characters above an item in which its list is announced


def reference_of(document: Document) -> date | None:
    """Return the day from which 今年 counts in a document: its date, or the end of the year that it is about."""
    if document.date is not None:
        return document.date
    return date(document.reference_year, 12, 31) if document.reference_year else None


def says_period(question: Question, sentence: Sentence, *, exactly: bool = False) -> bool:
    """Say whether the asked period is what a sentence speaks of: printed in it, or else around it, or its date's year."""
    if not question.periods:
        return False
    document = sentence.document
    reference = reference_of(document)
    asked = {
        mention.label
        for period in question.periods
        for mention in ([period] if period.label else find_periods(as_printed(period.text), reference))
    }
    if None in asked:  # 今年 in a document without a date: only another month or quarter contradicts it
        dated = fold(" ".join(as_printed(period.text) for period in question.periods))
        if not tells_distance(dated, sentence):
            return False
        printed = sentence.key if year_parts(sentence.key) else fold(sentence.passage.indexed_text)
        parts = year_parts(dated)
        return not parts or (
            _agree(parts, year_parts(printed))
            and _agree(_DAY.findall(dated), _DAY.findall(printed), unsaid=True)
        )
    text = _COMPARED.sub("", sentence.text)
    own = labels_in(_UNDATED_YEAR.sub("", text) if reference is None else text, reference)
    same = _is_same if exactly else is_within_period
    if own:
        return any(same(label, wanted) for label in own for wanted in asked)
    labels = (
        _told_before(sentence, reference) if exactly else labels_in(sentence.passage.indexed_text, reference)
    )
    headings = " ".join(heading.of(document.text) for heading in sentence.passage.headings)
    if exactly and labels_in(headings, reference):
        named = labels_in(headings, reference)  # a heading that names a year sets it for what stands below
        labels = named if _years(named) else named | labels
    elif reference:
        labels |= {str(reference.year)}
    return any(same(label, wanted) for label in labels for wanted in asked)


def tells_distance(asked: str, sentence: Sentence) -> bool:
    """Say whether a sentence, or what stands around it, prints the year that a question tells by its distance from now.

    Next year and last year are never meant where nobody says so; this year may be.
    """
    heads, passage = fold(sentence.passage.context), fold(sentence.passage.indexed_text)
    return all(
        any(alike in sentence.key + (heads if word == "明年" else passage) for alike in _DISTANCES[word])
        for word in _NOT_NOW.findall(asked)
    )


def distances_told(question: Question) -> tuple[str, ...]:
    """Return what is printed for the years that a question tells by their distance from now, this year left out."""
    asked = fold(" ".join(as_printed(period.text) for period in question.periods if not period.label))
    return tuple(alike for word in _NOT_NOW.findall(asked) for alike in _DISTANCES[word])


_DISTANCES = {
    "明年": ("明年", "下一年", "来年"), "去年": ("去年", "上年", "上一年", "过去一年"), "上年": ("去年", "上年", "上一年", "过去一年"),
}  # fmt: skip
_NOT_NOW = re.compile("|".join(_DISTANCES))


def year_parts(key: str) -> list[str]:
    """Return the months, quarters and halves that a key names, each in one spelling.

    前10个月 and 1月到10月 are 1-10月, 第1季度 is 一季度, 1-6月 上半年 as well; what is counted at the end of March closes
    the first quarter, too.
    """
    named = [
        part.lstrip("第").translate(_QUARTERS) if part.endswith("季度") else part
        for part in _PART.findall(_MONTHS.sub(r"\1-\2月", _FIRST_MONTHS.sub(r"1-\1月", key)))
    ]
    named += [_CLOSED[month] for part in named for month in _CLOSED if part == f"1-{month}月"]
    return named + [_CLOSED[month] for month in _END_OF_QUARTER.findall(key)]


def month_ranges(key: str) -> set[str]:
    """Return the ranges of months that a key names: 1-10月."""
    return {part for part in year_parts(key) if "-" in part}


def _agree(asked: Sequence[str], printed: Sequence[str], *, unsaid: bool = False) -> bool:
    """Say whether something printed is what is asked: 4月 is not 3月; with `unsaid`, where nothing is printed, too."""
    return not asked or (unsaid and not printed) or not set(asked).isdisjoint(printed)


def _announcing(text: str, line: int) -> str:
    """Return the line above the list or table in which a line stands: 2026年度标准如下:, 表2 2026年任务; or ""."""
    in_table = "|" in text[line:].partition("\n")[0]
    if not in_table and not _ITEM_MARK.match(text, line):
        return ""
    above = (
        one for one in reversed(text[max(0, line - _ANNOUNCED_WITHIN) : line].split("\n")) if one.strip()
    )
    lead = next((one for one in above if not ("|" in one if in_table else _ITEM_MARK.match(one))), "")
    return lead if in_table or lead.rstrip().endswith((":", "：")) else ""


def _told_before(sentence: Sentence, reference: date | None) -> frozenset[str | None]:
    """Return the periods of the headings and of the paragraph up to a sentence: a year said later, or 到2030年, is of others."""
    passage, text = sentence.passage, sentence.document.text
    line = max(passage.span.start, text.rfind("\n", 0, sentence.span.start) + 1)
    said = [
        *find_periods(passage.context, reference),
        *find_periods(_announcing(text, line), reference),
        *find_periods(text[line : sentence.span.start], reference),
    ]
    return frozenset(mention.label for mention in said if not mention.by)


def _years(labels: frozenset[str | None]) -> frozenset[str | None]:
    """Return the labels of single years: what spans several may hold a table of one."""
    return frozenset(label for label in labels if label and len(label) == len("2030"))


@lru_cache(maxsize=8192)
def labels_in(text: str, reference: date | None) -> frozenset[str | None]:
    """Return the labels of the periods that a text names; None for one that has no date."""
    return frozenset(mention.label for mention in find_periods(text, reference))


def _is_same(stated: str | None, asked: str | None) -> bool:
    return (
        stated is not None
        and asked is not None
        and (stated == asked or stated.startswith((f"{asked}-0", f"{asked}-1")))
    )


def is_within_period(stated: str | None, asked: str | None) -> bool:
    """Say whether a stated period is the asked one, a part of it, or a span of years that holds it."""
    if stated is None or asked is None:
        return False
    if stated == asked or stated.startswith(f"{asked}-"):
        return True
    years = re.fullmatch(r"(\d{4})-(\d{4})", stated)
    return years is not None and years.group(1) <= asked[:4] <= years.group(2)
