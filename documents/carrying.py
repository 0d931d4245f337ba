"""What a clause leaves out: year, hedge, name and subject, carried from where they were said.

Years and hedges are carried to the right within a sentence; a year that opens a paragraph, or stands in the
heading above it, holds for the sentences that name none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from documents.hedges import Hedge
from documents.model import Document, Part, Section, Span
from documents.periods import PeriodMention, find_periods

_COMPARED_BEFORE = re.compile(
    r"(?:(?<![占之配入])比|较|与|同|超|超过|高于|低于|相比|相当于|对比|快于|慢于|好于|优于|多于|少于)$"
)
_COMPARED_AFTER = re.compile(
    r"末?(?:相比|同期|的\d+(?:\.\d+)?倍|的[一二两三四五六七八九十]+倍|(?:的|水平的?)?基础上)"
)
_NO_PERIOD_AFTER = re.compile(r"[”’]?(?:规划纲要|规划|以来(?=,)|收官|开局|召开|印发|发布|施行|版)")


@dataclass(slots=True)
class Carried:
    """What was said so far in a sentence, and what holds for the paragraph."""

    name: Part | None = None
    name_text: str = ""
    name_unit: str = ""
    name_is_flow: bool = False
    name_grew: bool = False  # the figure named was its growth, so a level may follow
    measure: Part | None = None  # 限额标准 of 限额标准为职工105元、居民50元
    measure_unit: str = ""
    subject: Part | None = None
    topic: Part | None = None  # the place that the paragraph spoke of last, where it speaks of several
    paragraph_period: PeriodMention | None = None
    heading_period: PeriodMention | None = None
    sentence: Span = field(default_factory=lambda: Span(0, 0))

    def begin_sentence(self, sentence: Span) -> None:
        """Forget what holds only within one sentence."""
        self.name, self.name_text, self.name_unit, self.subject = None, "", "", None
        self.name_is_flow = self.name_grew = False
        self.measure, self.measure_unit = None, ""
        self.sentence = sentence


def is_baseline(key: str, mention: PeriodMention) -> bool:
    """Say whether a period only says what a figure is compared with: 比2020年增长, 是2020年的1.7倍."""
    start = mention.span.start
    if _COMPARED_BEFORE.search(key, max(0, start - 3), start) or _COMPARED_AFTER.match(key, mention.span.end):
        return True
    return mention.text.startswith(("比", "较"))


def usable_periods(key: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Return the mentions that can be the period of a figure; 一季度 without a date to count from has no label."""
    return [
        mention
        for mention in mentions
        if (mention.label is not None or (mention.relative and mention.problem is None))
        and not is_baseline(key, mention)
        and not _NO_PERIOD_AFTER.match(key, mention.span.end)
    ]


def _governs_a_figure(after: str) -> bool:
    """Say whether the clause of a hedge goes on to the figure or holds one: 争取项目核准 holds none."""
    clauses = re.split("[,:]", after)
    return len(clauses) == 1 or bool(re.search(r"\d|[一二三四五六七八九十百千万亿][家个项座%]", clauses[0]))


_MEASURED_AGAINST = re.compile(
    r"(?:低于|高于|超过?|超出|超额完成|完成|达到|快于|好于|优于|落后于?|不及)[年初全的]{0,3}$"
)


def hedge_for(key: str, hedges: Sequence[Hedge], sentence: Span, start: int) -> tuple[Hedge, bool] | None:
    """Return the hedge that governs a figure at `start`, and whether it was said in an earlier clause.

    Estimates and stated lists of targets hold to the end of the sentence, commitments to the next semicolon.
    """
    for hedge in reversed(hedges):
        if hedge.span.start >= start:
            continue
        if hedge.span.start < sentence.start:
            return None
        if _MEASURED_AGAINST.search(key, max(sentence.start, hedge.span.start - 5), hedge.span.start):
            continue
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


_PART_OF_REPORT = re.compile("回顾|总结|工作|目标|安排|部署|任务|要求|成就|成效|情况|展望")
_AIMS = re.compile("目标|任务|安排|部署|要求|展望|思路|工作(?!回顾|总结|情况|成效|成就)")


def period_of_headings(document: Document, section: int, reference: date | None) -> PeriodMention | None:
    """Return the year that the headings above a section, or the words that open their part, give it.

    The innermost heading with a year decides. A span of years holds for aims only: a review of five years
    gives the figures of the last one as a rule, but not always.
    """
    for one in heading_chain(document, section):
        if one.title_span is None:
            continue
        text = one.title_span.of(document.text)
        if one.level == 0 and not re.search("公报|年鉴|决算|完成情况|执行情况|回顾", text):
            continue
        if (said := _period_of_title(text, reference)) is not None:
            return moved(said, one.title_span.start)
        opens_part = one.level > 0 and _PART_OF_REPORT.search(text) and not find_periods(text, reference)
        if opens_part and (said := _period_of_opening(document, one, reference)) is not None:
            return said
    return None


def plan_of_headings(document: Document, section: int) -> PeriodMention | None:
    """Return the years of the plan that a heading names beside a year: “十四五”时期和2025年工作回顾."""
    for one in heading_chain(document, section):
        if one.title_span is not None and one.level > 0:
            for mention in find_periods(one.title_span.of(document.text)):
                if re.fullmatch(r"\d{4}-\d{4}", mention.label or ""):
                    return moved(mention, one.title_span.start)
    return None


def _period_of_title(text: str, reference: date | None) -> PeriodMention | None:
    found = [mention for mention in find_periods(text, reference) if mention.label and not mention.since]
    years = [mention for mention in found if mention.start_year == mention.end_year]
    if len({mention.label for mention in years}) == 1:
        return years[0]
    return found[0] if len({mention.label for mention in found}) == 1 and _AIMS.search(text) else None


def _period_of_opening(document: Document, part: Section, reference: date | None) -> PeriodMention | None:
    """Return the year that opens a sentence of the first paragraph under a heading: 去年是…收官之年."""
    end = document.text.find("\n", part.body.start + 1, part.body.end)
    paragraph = Span(part.body.start, end if end >= 0 else part.body.end).of(document.text)
    for mention in find_periods(paragraph, reference):
        opens = re.search(r"(?:^|[。;；])\s*(?:回顾|做好|完成|在|过去的)?$", paragraph[: mention.span.start])
        is_year = re.fullmatch(r"\d{4}", mention.label or "") and not mention.by
        if opens and is_year and not is_baseline(paragraph, mention):
            return moved(mention, part.body.start)
    return None


_SPEAKS_OF = re.compile(
    r"(?P<years>[三四五]年来|[这过去的]{1,4}五年|“?十[一二三四五]五”?(?:时期|期间|以来|五年))"
    r"|(?P<year>一年来|[这过去的]{1,4}一年|去年|20\d\d年(?!以来|-))"
)
_REACH = 10  # characters from the start of a sentence within which it says what it speaks of


def speaks_of_one_year(key: str, sentence: Span) -> bool | None:
    """Say whether a sentence opens with a year (True) or with several (False); None when with neither."""
    match = _SPEAKS_OF.search(key, sentence.start, min(sentence.end, sentence.start + _REACH + 8))
    if match is None or match.start() - sentence.start > _REACH:
        return None
    return match.group("year") is not None


def begins_with_one_year(document: Document, said: PeriodMention) -> bool:
    """Say whether a heading prints its year before a span: 2025年和“十四五”时期, not the other way round."""
    start = document.text.rfind("\n", 0, said.span.start) + 1
    return speaks_of_one_year(document.text, Span(start, said.span.end)) is not False


_OPENS_PART = re.compile(r"\s*(?:回顾)?(?:刚刚|即将)?过去的$")


def year_that_opens(key: str, line: Span, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """Return the year with which a paragraph opens a review: 刚刚过去的2025年,…; it holds for the next ones too."""
    first = bisect_right(mentions, line.start - 1, key=lambda one: one.span.start)
    for mention in mentions[first : first + 1]:
        is_year = re.fullmatch(r"\d{4}", mention.label or "") and mention.span.end <= line.end
        if is_year and _OPENS_PART.fullmatch(key, line.start, mention.span.start):
            return mention
    return None


def moved(mention: PeriodMention, by: int) -> PeriodMention:
    """Return a period that was found in a part of a text at its place in the whole, `by` characters on."""
    return replace(mention, span=Span(mention.span.start + by, mention.span.end + by))


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
