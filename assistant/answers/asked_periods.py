"""Whether a row of the ledger is of the period that a question asks for, also where the row's sentence dates nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from assistant.answers.evidence import Pool, Sentence
from assistant.answers.spans import reference_of, says_period, year_parts
from assistant.asking.english_periods import as_printed
from assistant.asking.questions import Question
from documents.folding import fold
from documents.model import Indicator, IndicatorKind
from documents.periods import PeriodMention, find_periods


def sentence_of(pool: Pool, row: Indicator) -> Sentence | None:
    """Return the sentence that states a row."""
    at = row.value_span
    return next((s for s in pool.sentences if s.document.id == row.document_id and s.span.holds(at)), None)


_OVER_YEARS = re.compile(r"年均|累计|历年|[三四五]年(?!级)|五年来")


_UNTIL = {"3月": "一季度", "6月": "上半年", "9月": "前三季度"}  # 截至3月底 closes the first quarter
_END_OF_MONTH = re.compile(r"\d月[底末]")


def fits_period(pool: Pool, row: Indicator, question: Question) -> bool:
    """Say whether a row is about a period that the question names (any row fits a question that names none)."""
    if not question.periods:
        return True
    document = pool.documents[row.document_id]
    if row.period is None:
        return _fits_undated(pool, row, question)
    reference = reference_of(document)
    return any(
        _same_period(row.period, label) or (label is not None and _ends_with(row, label))
        for asked in {(period.text, period.label): period for period in question.periods}.values()
        for label in _labels(asked, reference)
    )


def _fits_undated(pool: Pool, row: Indicator, question: Question) -> bool:
    """Say whether a row without a dated period may be of the asked one: its sentence or heading says so."""
    sentence = sentence_of(pool, row)
    if sentence is None:
        return False
    printed = row.parts.get("period")
    near = year_parts(fold(printed.text)) if printed else []
    near = near or year_parts(sentence.key) or year_parts(fold(sentence.passage.indexed_text))
    near += [
        _UNTIL[month]
        for month in near
        if month in _UNTIL and _END_OF_MONTH.search(fold(printed.text) if printed else sentence.key)
    ]
    asked = {part for period in question.periods for part in year_parts(fold(as_printed(period.text)))}
    if asked and asked.isdisjoint(near):
        return False  # 二季度 of a question, 一季度 of a document
    if asked and printed and _is_latest_year(question, pool.documents[row.document_id].text):
        return True  # 截至今年10月底 in a document without a date whose last printed year is asked
    start = max(sentence.span.start, row.clause.start)
    own = pool.documents[row.document_id].text[start : row.value_span.start]
    if _OVER_YEARS.search(own) and any(
        period.start_year == period.end_year and period.label for period in question.periods
    ):
        return False  # an average of five years is no year's figure
    return says_period(question, sentence, exactly=True)


def _is_latest_year(question: Question, text: str) -> bool:
    printed = re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", text)
    return bool(printed) and {str(period.start_year) for period in question.periods} == {max(printed)}


def _ends_with(row: Indicator, asked: str) -> bool:
    """Say whether a row holds for the end of the years asked, or asks for the end of the years that it holds for."""
    if row.kind is not IndicatorKind.TARGET or row.flow or row.period is None:
        return False
    years = {len(label): label for label in (row.period, asked)}
    if set(years) != {4, 9} or not years[9].endswith(years[4]):
        return False
    return len(asked) == 4 or row.by_period


def _labels(asked: PeriodMention, reference: date | None) -> Sequence[str | None]:
    """Return what a period of the question may mean in a document: 今年 counts from the document's own date."""
    return (
        [asked.label]
        if asked.label is not None or reference is None
        else _read(as_printed(asked.text), reference)
    )


@lru_cache(maxsize=1024)
def _read(text: str, reference: date) -> tuple[str | None, ...]:
    return tuple(mention.label for mention in find_periods(text, reference))


def _same_period(stated: str | None, asked: str | None) -> bool:
    if stated is None or asked is None:
        return False
    return stated == asked or (len(asked) == 4 and stated.startswith(f"{asked}-") and len(stated) != 9)
