"""What a clause leaves out: year, hedge, name and subject, carried from where they were said.

Years and hedges are carried to the right within a sentence; a year that opens a paragraph, or stands in the
heading above it, holds for the sentences that name none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from documents.hedges import Hedge
from documents.model import Document, Part, Section, Span
from documents.periods import PeriodMention, find_periods

_COMPARED_BEFORE = re.compile(r"(?:(?<![占之配入])比|较|与|同|超|高于|低于|相比|相当于|对比)$")
_COMPARED_AFTER = re.compile(r"(?:相比|同期|的\d+(?:\.\d+)?倍|的[一二两三四五六七八九十]+倍)")
_NO_PERIOD_AFTER = re.compile(r"[”’]?(?:规划纲要|规划|以来(?=,)|收官|开局|召开|印发|发布|施行|版)")


@dataclass(slots=True)
class Carried:
    """What was said so far in a sentence, and what holds for the paragraph."""

    name: Part | None = None
    name_text: str = ""
    name_unit: str = ""
    name_is_flow: bool = False
    subject: Part | None = None
    paragraph_period: PeriodMention | None = None
    heading_period: PeriodMention | None = None
    sentence: Span = field(default_factory=lambda: Span(0, 0))

    def begin_sentence(self, sentence: Span) -> None:
        """Forget what holds only within one sentence."""
        self.name, self.name_text, self.name_unit, self.subject = None, "", "", None
        self.name_is_flow = False
        self.sentence = sentence


def is_baseline(key: str, mention: PeriodMention) -> bool:
    """Say whether a period only says what a figure is compared with: 比2020年增长, 是2020年的1.7倍."""
    start = mention.span.start
    if _COMPARED_BEFORE.search(key, max(0, start - 3), start) or _COMPARED_AFTER.match(key, mention.span.end):
        return True
    return mention.text.startswith(("比", "较"))


def usable_periods(key: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Return the mentions that can be the period of a figure."""
    return [
        mention
        for mention in mentions
        if mention.label is not None
        and not is_baseline(key, mention)
        and not _NO_PERIOD_AFTER.match(key, mention.span.end)
    ]


def _governs_a_figure(after: str) -> bool:
    """Say whether the clause of a hedge goes on to the figure or holds one: 争取项目核准 holds none."""
    clauses = re.split("[,:]", after)
    return len(clauses) == 1 or bool(re.search(r"\d|[一二三四五六七八九十百千万亿]+[家个项座%]", clauses[0]))


def hedge_for(key: str, hedges: Sequence[Hedge], sentence: Span, start: int) -> tuple[Hedge, bool] | None:
    """Return the hedge that governs a figure at `start`, and whether it was said in an earlier clause.

    Estimates and stated lists of targets hold to the end of the sentence, commitments to the next semicolon.
    """
    for hedge in reversed(hedges):
        if hedge.span.start >= start:
            continue
        if hedge.span.start < sentence.start:
            return None
        between = key[hedge.span.end : start]
        if not hedge.is_estimate and "目标" not in hedge.text and not _governs_a_figure(between):
            continue
        if ";" in between and not (hedge.is_estimate or "目标" in hedge.text):
            return None
        return hedge, bool(re.search(r"[,;:]|、.*\d", between.strip(",:")))
    return None


def heading_chain(document: Document, section: int) -> list[Section]:
    """Return the section and the sections around it, innermost first."""
    chain: list[Section] = []
    current: int | None = section
    while current is not None and len(chain) < 12:
        chain.append(document.sections[current])
        current = chain[-1].parent
    return chain


def period_of_headings(document: Document, section: int, reference: date | None) -> PeriodMention | None:
    """Return the one year that the headings above a section give, with its span in the text."""
    for one in heading_chain(document, section):
        if one.title_span is None:
            continue
        text = one.title_span.of(document.text)
        if one.level == 0 and not re.search("公报|年鉴|决算|完成情况|执行情况|回顾", text):
            continue
        found = [mention for mention in find_periods(text, reference) if mention.label]
        if len({mention.label for mention in found}) == 1 and found[0].start_year == found[0].end_year:
            first = found[0]
            moved = Span(first.span.start + one.title_span.start, first.span.end + one.title_span.start)
            return PeriodMention(
                first.text, moved, first.label, first.start_year, first.end_year, first.by, first.since
            )
    return None


_DELIVERED = re.compile(r"(?P<year>(?:19|20)\d{2})年?[^\d]{0,24}(?:工作报告|公报)")


def reference_of(document: Document) -> date | None:
    """Return the date that 今年 counts from: the document's own, or the year of a report's title."""
    if document.date is not None:
        return document.date
    match = _DELIVERED.search(document.title)
    if match is None:
        return None
    year = int(match.group("year"))
    return date(year + 1, 1, 31) if "公报" in match.group() else date(year, 1, 31)
