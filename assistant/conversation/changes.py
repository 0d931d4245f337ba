"""What a follow-up asks of the figures before it: how far they are apart, or how the last one grew.

Only words are looked at here. “多了多少?” and “和2025年比呢?” name no figures: they are those that the conversation asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.kinds import Kind
from assistant.asking.merging import as_follow_up, without_places
from assistant.asking.questions import Question
from assistant.asking.terms import term
from documents.periods import PeriodMention, find_periods

_YEAR = r"(?:(?:19|20)\d\d年?|去年|上年|上一年|前年)"
_APART = r"(?:多|高|少|低|大|小|增|减|提|升|降|涨|差|变|翻)(?!前|早|醒|出)"
_COMPARES = re.compile(
    rf"^(?:那|那么)?(?:和|跟|与|同|比|较|对比|相比){_YEAR}(?:的)?(?:目标|数字|数据)?(?:相比|比较|比起来|对比|比)?(?:呢|怎么样|如何|怎样)?[?]*$|"
    rf"^(?:那|那么)?(?:和|跟|与|同|比|较){_YEAR}(?:的)?(?:目标|数字|数据)?(?:相比|比较|比起来|比)?[,]?(?=(?:要|会|将|得|应|能|再|还|是|共|总)*{_APART})|"
    r"^(?:and )?(?:by )?how much (?:more|less|higher|lower|bigger|smaller) (?:is (?:that|it) )?than (?:in )?(?:19|20)\d\d|"
    r"^(?:and )?(?:how does (?:that|it|this) )?compared? (?:to|with) (?:(?:that|the figure) (?:of|for|in) )?(?:19|20)\d\d"
)
_HOW_MUCH = r"(?:多少|几|多大)[^,，。?]{0,5}?(?:呢)?[?]*$"
_MORE = r"(?:净?增加?|多|少|高|低|涨|降|提高|提升|上升|下降|减少|降低|增长|上调|下调|变化|变动)"
_DIFFERS = re.compile(
    r"^(?:那|那么|所以|也就是说)*(?:一共|总共|这|两者|二者|两个|两年|两地|它们|他们|前后|中间|之间|还|要|需要|得|会|将|就|等于)*(?:再)?"
    rf"(?:(?:相差|差距|差额|差)(?:是|有|了|出)*{_HOW_MUCH}|{_MORE}(?:了|出|出了|出来)?{_HOW_MUCH}|多[\u4e00-\u9fff]{{1,3}}?{_HOW_MUCH}|"
    rf"(?:翻了|是)?(?:多少|几)(?:倍|番)[?]*$)|"
    r"^(?:and )?(?:what(?:'s| is) the difference|(?:by )?how much (?:more|less|higher|lower|bigger|smaller)(?: is (?:that|it))?|"
    r"how big is the (?:gap|difference))[?]*$"
)
_GROWS = re.compile(
    r"^(?:那|那么)?(?:同比|环比|年均|一年|每年|比上年|比去年)*(?:的)?(?:增长率|增速|增幅|涨幅|降幅|增长|上涨|下降|提高|涨|降|同比|变化)(?:了)?"
    r"(?:情况|幅度)?(?:是|有|为)?(?:多少|多大|几|百分之几|多快)?(?:个?(?:百分点|点|%))?(?:呢)?[?]*$|"
    r"^(?:and )?(?:what (?:is|was|about) )?(?:the |its )?(?:growth(?: rate)?|rate of growth)[?]*$|"
    r"^(?:and )?(?:by )?how (?:much|fast) did (?:it|that|this) (?:grow|rise|increase)[?]*$"
)
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1}


def asks_of_figures(key: str) -> bool:
    """Say whether a turn asks only how figures before it differ, or how the last one grew."""
    return bool(compared_year(key)) or asks_difference(key) or asks_growth(key)


def compared_year(key: str) -> tuple[PeriodMention, ...]:
    """Return the year that a turn wants the figure before to be compared with: “比2025年多多少?”, “和去年比呢?”."""
    match = _COMPARES.match(key)
    return tuple(find_periods(match.group())) if match else ()


def asks_difference(key: str) -> bool:
    """Say whether a turn only asks how far the last two figures are apart: “多了多少?”."""
    return bool(_DIFFERS.match(key))


def asks_growth(key: str) -> bool:
    """Say whether a turn only asks how the figure before grew: “增速呢?”."""
    return bool(_GROWS.match(key))


def difference(about: Question, asked: Question, periods: Sequence[PeriodMention]) -> Question:
    """Return the question how far a figure of one period is from that of another, the earlier first."""
    both = replace(as_follow_up(about, asked), kind=Kind.COMPARISON, wants=asked.wants & {"ratio"}, unit=None)
    return replace(both, periods=tuple(sorted(periods, key=_order)))


def apart(about: Question, asked: Question, places: Sequence[str]) -> Question:
    """Return the question how far a figure of one place is from that of another."""
    both = replace(
        as_follow_up(about, asked),
        kind=Kind.COMPARISON,
        wants=about.wants | asked.wants & {"ratio"},
        unit=None,
    )
    kept = without_places(about, places)
    return replace(both, places=tuple(places), terms=kept, key=f"{' '.join(places)} {about.key}")


def growth(about: Question, asked: Question) -> Question:
    """Return the question how the figure grew that a conversation asked."""
    said = "同比增长率" if "同比" in asked.key else "增长率"
    kept = about.wants - {"stock", "each", "ratio"}
    grown = term("增长", "增长", "增速", "下降", weight=0.5)
    return replace(
        as_follow_up(about, asked), kind=Kind.FIGURE, unit=None, amounts=(), wants=kept | {"change"},
        terms=(*about.terms, grown), key=f"{about.key} {said}",
    )  # fmt: skip


def _order(period: PeriodMention) -> tuple[int, int]:
    """Return where a period stands in time: dated ones by their year, 去年 before 今年."""
    if period.start_year:
        return 0, period.start_year
    return 1, _RELATIVE.get(period.text, 0)
