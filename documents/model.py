"""What a document is: one canonical text, and parts that are spans of it.

Every offset is half-open and counts Unicode code points of `Document.text`, the text that is stored,
shown and cited: `document.text[span.start:span.end]` is what the span says. Nothing here is ever
changed after it was made, and nothing here knows how passages are found or questions answered.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range `[start, end)` of code points in `Document.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of `text` that this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Say whether this span and `other` share a character."""
        return self.start < other.end and other.start < self.end


_TITLE_YEARS = re.compile(r"(?<![\d—\-–至到])(20\d\d)(?:年(?!以来|前|底|至|到|—|-|–)|(?=年度))")
_FAR_AHEAD = re.compile(r"规划|纲要|远景|愿景|展望|目标|五年|行动计划|20\d\d\s*[—\-–至到]\s*20\d\d")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom an article quotes: 安春茂, 党组书记 of 市科技局. `role` and `body` stay as printed."""

    person: str
    role: str
    body: str
    span: Span  # where the text introduces the speaker


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with a heading: an article on a newspaper page, a clause of a notice.

    Sections of one document stand in reading order; `parent` is the index of the section that holds
    this one, so articles have level 0 and 一、(一) 1. (1) below them count up.
    """

    index: int
    level: int
    span: Span  # title, byline and body together
    body: Span
    title: str  # heading as a reader would cite it, subtitle joined with ——
    title_span: Span | None
    subtitle: str | None = None
    byline: str | None = None  # as printed: 本报记者 刘盼盼, □郑旗
    byline_span: Span | None = None
    author: str | None = None  # the name inside the byline
    speaker: Speaker | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line that the format itself marks as a heading: # in Markdown. `level` counts from 1."""

    start: int  # offset of the line in Document.text
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its sections, as cleaned once when it was read.

    `id` is deterministic (from where the document comes from), `revision` pins the exact text: the two
    together decide whether anything has to be indexed again.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    source: str  # path or upload name, for people
    date: date | None = None  # 成文日期 or delivery date; relative words such as 今年 count from it
    number: str | None = None  # 发文字号 such as 郑政办〔2022〕79号
    issuer: str | None = None  # issuing body as printed
    place: str | None = None  # whose document it is: 郑州市, 河南省, 全国
    page_starts: tuple[int, ...] = ()  # offset at which each page begins, empty when there are no pages
    notes: tuple[str, ...] = ()  # what reading had to repair or could not know, for people
    marked: tuple[MarkedLine, ...] | None = None  # so that the text can be read again; None: not kept

    @property
    def revision(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def reference_year(self) -> int | None:
        """The year that 今年 means: the date's, or without a date the only one in the title of what is no plan."""
        if self.date is not None:
            return self.date.year
        titled = re.match(r"(20\d\d)年?\D*工作报告", self.title)
        if titled:
            return int(titled.group(1))
        years = set(_TITLE_YEARS.findall(self.title))
        is_plan = _FAR_AHEAD.search(self.title) is not None
        return int(years.pop()) if len(years) == 1 and not is_plan else None

    def page_of(self, offset: int) -> int | None:
        """Return the page number, from 1, that holds `offset`, or None for a text without pages."""
        pages = [number for number, start in enumerate(self.page_starts, 1) if start <= offset]
        return pages[-1] if pages else None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed, found and cited: whole sentences of one section.

    `context` (article title, headings, 一是/二是 scaffold, speaker) is indexed with the text so that a
    passage read alone says what it is about; it is never cited.
    """

    id: str
    document_id: str
    section: int  # index into Document.sections
    span: Span
    text: str
    context: str
    headings: tuple[Span, ...] = ()  # headings and scaffold it stands under or begins, in the text's order

    @property
    def indexed_text(self) -> str:
        """Text that is embedded and tokenised: context, then the passage itself."""
        return f"{self.context}\n{self.text}" if self.context else self.text


class IndicatorKind(StrEnum):
    """What a stated figure is. Flows (新增) and stocks (总数) are told apart by `Indicator.flow`."""

    TARGET = "target"
    ACTUAL = "actual"
    CHANGE = "change"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Part:
    """One printed part of an indicator, and whether it was carried over from an earlier clause."""

    text: str
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure or target that a document states, with the span of every part that says so.

    `value` is the number as a decimal string in its printed unit ("1.5" with unit "万家"), or the printed
    words where no number exists (若干个, 一批, 倍增); `normalized` is in the base unit (15000 家, 元, a share
    as percent) and None where there is no number. `period` is a canonical label: a year "2030", a span
    "2026-2030", an open one "2012-" (2012年以来) or "2026-01-" (2026年1月起), a month "2025-12", a day
    "2025-12-31", a quarter or half
    "2025-Q3", "2025-H1", parts of a year in a row "2025-Q1/2025-Q3", "2025-01/2025-11"; the printed length
    of a plan that gives no dates ("三年", "五年"); None where the text gives none.
    """

    id: str
    document_id: str
    passage_id: str
    section: int
    name: str  # 技术合同成交额
    subject: str | None  # city or body the figure is about: 郑州市
    period: str | None
    value: str
    unit: str
    normalized: float | None
    comparator: str | None  # 突破, 超过, 左右 ... as printed
    hedge: str | None  # 力争, 预计 ... as printed
    kind: IndicatorKind
    flow: bool  # True for 新增 and other amounts within a period
    clause: Span  # smallest range that holds the value and, where printed nearby, its name and year
    value_span: Span  # value with its unit: 2000亿元
    parts: dict[str, Part] = field(default_factory=dict)  # name, subject, period, comparator, hedge
    speaker: str | None = None  # 安春茂
    body: str | None = None  # 市科技局
    by_period: bool = False  # 到2030年: by the end of, rather than in, the period
    base_unit: str = ""  # unit of `normalized`: 家, 元, %, 百分点
