"""Whether a row of the ledger is of the period that a question asks for, also where the row's sentence dates nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from assistant.answers.evidence import Pool, Sentence
from assistant.answers.said_periods import reference_of, says_period, tells_distance, year_parts
from assistant.asking.english_periods import as_printed
from assistant.asking.questions import Question
from documents.folding import fold
from documents.model import Document, Indicator, IndicatorKind, Part
from documents.outlook import plan_begins
from documents.periods import PeriodMention, find_periods, is_part_of_year


def sentence_of(pool: Pool, row: Indicator) -> Sentence | None:
    """Return the sentence that states a row."""
    at = row.value_span
    return next((s for s in pool.sentences if s.document.id == row.document_id and s.span.holds(at)), None)


_WHOLE_YEAR = re.compile(r"全年|整年|一整年")
_OVER_YEARS = re.compile(r"年均|累计|历年|[三四五]年(?!级)|五年来")


def fits_period(pool: Pool, row: Indicator, question: Question) -> bool:
    """Say whether a row is about a period that the question names (any row fits a question that names none)."""
    if _WHOLE_YEAR.search(question.key) and _is_of_part(pool, row):
        return False  # half a year is not the whole
    if not question.periods:
        return True
    document = pool.documents[row.document_id]
    if "column" in row.parts and row.period is None:
        return _is_of_plan(document, question)
    if row.period is None:
        return _fits_undated(pool, row, question)
    reference = reference_of(document)
    if _prints_months(pool, row, question):
        return True
    return any(
        _same_period(row.period, label) or (label is not None and _ends_with(document, row, label))
        for asked in {(period.text, period.label): period for period in question.periods}.values()
        for label in _labels(asked, reference, document)
    )


def _is_of_part(pool: Pool, row: Indicator) -> bool:
    """Say whether a row is of a part of a year: a half, a quarter, some months; or of what a report on these counts."""
    printed = row.parts.get("period")
    if row.period is None and printed is None and row.kind is not IndicatorKind.TARGET:
        return bool(year_parts(fold(pool.documents[row.document_id].title)))
    if row.period is None:
        return printed is not None and bool(year_parts(fold(printed.text)))
    return is_part_of_year(row.period)


def _prints_months(pool: Pool, row: Indicator, question: Question) -> bool:
    """Say whether a row of a whole year stands in a sentence that prints the asked months of it: 前11个月."""
    asked = [period for period in question.periods if not period.label]
    parts = [part for period in asked for part in year_parts(fold(as_printed(period.text)))]
    if not parts or row.period is None or len(row.period) != len("2030"):
        return False
    sentence = sentence_of(pool, row)
    return sentence is not None and not set(parts).isdisjoint(year_parts(sentence.key))


def _is_of_plan(document: Document, question: Question) -> bool:
    """Say whether the years that a plan's column of totals is of are asked for: never a single one of them."""
    begins = plan_begins(document.title)
    asked = [period for period in question.periods if period.start_year != period.end_year]
    return any(begins is None or period.start_year == begins.year for period in asked)


def _fits_undated(pool: Pool, row: Indicator, question: Question) -> bool:
    """Say whether a row without a dated period may be of the asked one: its sentence or heading says so."""
    sentence = sentence_of(pool, row)
    if sentence is None:
        return False
    printed = row.parts.get("period")
    if (
        printed
        and _RELATIVE_YEAR.fullmatch(fold(printed.text))
        and _is_of_others(question, pool, row, sentence)
    ):
        return False  # 去年79岁,2030年81岁: the year that is asked for is another figure's
    if (
        printed
        and printed.text.startswith("全年")
        and any(year_parts(fold(p.text)) for p in question.periods)
    ):
        return False  # of the whole year
    told = [fold(as_printed(period.text)) for period in question.periods if not period.label]
    if any(not _may_be_in(one, printed, sentence) for one in told):
        return False  # 去年 is no 上半年 of a text without a date
    near = year_parts(fold(printed.text)) if printed else []
    near = near or year_parts(sentence.key) or year_parts(fold(sentence.passage.indexed_text))
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


_RELATIVE_YEAR = re.compile("(?:截至|到)?(?:今年|去年|上年|前年|本年)(?:年?[底末])?")


_TOLD_BY_DISTANCE = re.compile("前年|去年|上年|今年|本年|明年")


def _may_be_in(asked: str, printed: Part | None, sentence: Sentence) -> bool:
    """Say whether a year told by its distance may be a figure's: 去年 is no 今年, and no 上半年 of a text without a date."""
    word = _TOLD_BY_DISTANCE.search(asked)
    if word is None:
        return True
    if printed is None:
        return tells_distance(asked, sentence)
    own = _TOLD_BY_DISTANCE.search(fold(printed.text))
    if own is None:
        return word.group() in {"今年", "本年"}
    return own.group().replace("上年", "去年") == word.group().replace("上年", "去年")


def _is_of_others(question: Question, pool: Pool, row: Indicator, sentence: Sentence) -> bool:
    """Say whether the asked period is that of other figures in a row's sentence."""
    asked = {period.label for period in question.periods if period.label}
    return any(
        other.period in asked and sentence.span.holds(other.value_span)
        for other in pool.rows
        if other.document_id == row.document_id
    )


def _is_latest_year(question: Question, text: str) -> bool:
    printed = re.findall(r"(?<![\d比较与同])(?:19|20)\d\d(?=年)", text)  # 比2012年同期: no year of its own
    return bool(printed) and {str(period.start_year) for period in question.periods} == {max(printed)}


def _ends_with(document: Document, row: Indicator, asked: str) -> bool:
    """Say whether a row holds for the end of the years asked, or asks for the end of the years that it holds for."""
    if row.flow or row.period is None or not _stands_at_the_end(document, row):
        return False
    years = {len(label): label for label in (row.period, asked)}
    if set(years) != {4, 9} or not years[9].endswith(years[4]):
        return False
    return len(asked) == 4 or row.by_period


def _stands_at_the_end(document: Document, row: Indicator) -> bool:
    """Say whether a row of several years may be the level at their end: no growth, and nothing summed up over them."""
    before = document.text[max(row.clause.start, row.value_span.start - 12) : row.value_span.start]
    if _SUMMED.search(before):
        return False
    return row.kind is IndicatorKind.TARGET or (
        row.kind is IndicatorKind.ACTUAL and "change" not in row.parts
    )


_SUMMED = re.compile("累计|共计|合计|年均|每年|[三四五]年共")


def _labels(asked: PeriodMention, reference: date | None, document: Document) -> Sequence[str | None]:
    """Return what a period of the question may mean in a document: 今年 counts from the document's own date.

    A quarter without a year is of the year that the title names: the fourth one of a bulletin printed in spring.
    """
    if asked.label is not None or reference is None:
        return [asked.label]
    titled = set(_TITLED.findall(document.title))
    if len(titled) == 1 and year_parts(fold(asked.text)) and not _TOLD_BY_DISTANCE.search(fold(asked.text)):
        reference = date(int(titled.pop()), 12, 31)
    return _read(as_printed(asked.text), reference)


_TITLED = re.compile(r"(?<!\d)(20\d\d)年(?!\d)")


@lru_cache(maxsize=1024)
def _read(text: str, reference: date) -> tuple[str | None, ...]:
    return tuple(mention.label for mention in find_periods(text, reference))


def _same_period(stated: str | None, asked: str | None) -> bool:
    if stated is None or asked is None:
        return False
    return stated == asked or (len(asked) == 4 and stated.startswith(f"{asked}-") and len(stated) != 9)
