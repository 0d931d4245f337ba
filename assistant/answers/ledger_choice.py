"""Which of the matching indicators a figure is taken from: a level or its growth, a target or a result.

A growth is not the level that was asked for, and a level not the growth; where only the growth has a target, it is
what “the GDP target” means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answers.asked_periods import fits_period, sentence_of
from assistant.answers.evidence import Pool
from assistant.answers.indicator_names import core_name, same_indicator
from assistant.answers.ledger_matching import Group, is_change
from assistant.asking.questions import Question
from assistant.asking.terms import grams, named_grams
from documents.folding import fold
from documents.model import Indicator, IndicatorKind

SAME_SCORE = 0.04  # groups nearer than this are told apart by flow, kind and period, not by score
_LESS_NAMED = 0.2  # by which the other of level and growth may be named less
_ASKS_RATE = re.compile(
    r"增速|增幅|涨幅|降幅|增长率|增长速度|增长目标|(?:增长|下降)(?:了)?(?:百分之)?几(?:个)?(?:点|%|百分点)|"
    r"(?:改善|增长|下降|提高|上升|降低|减少)了(?:多少|几)|\bgrowth\b(?! (?:plan|point|area|engine|driver))"
    r"|\bhow much (?:did|has|have|does|do|will) .*\b(?:grow|grown|rise|risen|fall|fallen|drop|dropped|decline|shrink|increase|decrease)"
    r"|(?:增长?|涨|上升|提高)(?:了)?还是(?:下?降|跌|减)|是[涨升增]是[跌降减]"
)
_OVER = frozenset("超 超过 突破 逾 多 余 破 达到".split())
_ABOUT = frozenset("约 近 左右 接近 大约 将近".split())
_ROUNDED = 0.1  # how far a figure may lie above the round one that a headline gives for it
_GROWTH = re.compile(r"增长|增速|增幅|\bgr[eo]w|\bincrease|\brise")
_RATE = re.compile(r"率|比|幅|速|增长")
_SHARED_NAME = 0.4  # least share of two names that makes them two of one kind: 城镇、农村居民收入
_NAMED_FOR_ITSELF = (
    0.35  # share that the question must say of what one of two like names has beside the other
)


def fits(pool: Pool, group: Group, question: Question) -> bool:
    """Say whether an indicator has a figure for the period that the question asks for."""
    return any(fits_period(pool, row, question) for row in group.rows)


def choose(question: Question, pool: Pool, groups: Sequence[Group]) -> Group | None:
    """Return the indicator that the question asks for, None when only what it does not ask for is stated of it."""
    best = groups[0]
    near = [group for group in groups if best.score - group.score <= SAME_SCORE]
    group = next((one for one in near if fits(pool, one, question)), best)
    if "actual" in question.wants:
        group = _done(question, pool, groups, group)
    aimed = _targeted(question, pool, groups, group) if "target" in question.wants else None
    if aimed is not None:
        group = aimed
    elif _is_only_growth(question, pool, group):
        level = _other(groups, group, lambda one: not is_change(pool, one.first))
        if level is None:
            return None  # a growth is not the level that was asked for; a clause may state that
        group = level
    grows = question.carried and "change" in question.wants and _GROWTH.search(question.key)
    if (grows or asks_rate(question)) and not is_rate(pool, group.first):
        return _other(groups, group, lambda one: is_rate(pool, one.first) and fits(pool, one, question))
    return group


def _done(question: Question, pool: Pool, groups: Sequence[Group], group: Group) -> Group:
    """Return the same indicator where it tells what was done, if only what is aimed at was named best."""

    def tells(one: Group) -> bool:
        return any(r.kind is not IndicatorKind.TARGET and fits_period(pool, r, question) for r in one.rows)

    same = (one for one in groups if same_indicator(one.first, group.first) and tells(one))
    return group if tells(group) else next(same, group)


def _is_only_growth(question: Question, pool: Pool, group: Group) -> bool:
    asked = "change" in question.wants or question.unit == "%" or asks_rate(question)
    return (
        is_change(pool, group.first)
        and not group.first.flow
        and not asked
        and not _RATE.search(group.first.name)
    )


def _other(groups: Sequence[Group], group: Group, suits: Callable[[Group], bool]) -> Group | None:
    return next((one for one in groups if suits(one) and one.named >= group.named - _LESS_NAMED), None)


def _has_target(pool: Pool, group: Group, question: Question) -> bool:
    return any(row.kind is IndicatorKind.TARGET and fits_period(pool, row, question) for row in group.rows)


def _targeted(question: Question, pool: Pool, groups: Sequence[Group], group: Group) -> Group | None:
    """Return the same indicator where it has a target for the asked period: its level first, then its growth."""
    same = [
        one
        for one in groups
        if same_indicator(one.first, group.first)
        and one.first.flow == group.first.flow
        and _has_target(pool, one, question)
    ]
    return min(same, key=lambda one: is_change(pool, one.first), default=None)


_ASKS_LEVEL = re.compile(
    r"(?:总额|总量|总值|总数|产值|增加值|收入|投资额|贸易额)(?:20\d\d年|今年|去年)?(?:是|为|有|达到?)?(?:多少|几)(?!个?(?:%|百分))[^,。]{0,4}[?]?$"
)


def asks_level(question: Question) -> bool:
    """Say whether a question asks how much something amounts to, which no growth answers."""
    return _ASKS_LEVEL.search(question.key) is not None


def asks_rate(question: Question) -> bool:
    """Say whether a question asks how fast something grows or falls, and not for its level."""
    return _ASKS_RATE.search(question.key) is not None


def is_rate(pool: Pool, row: Indicator) -> bool:
    """Say whether a row is a growth, or at least a percentage."""
    return is_change(pool, row) or row.base_unit in {"%", "百分点"}


def alike(pool: Pool, group: Group, near: Sequence[Group]) -> list[Group]:
    """Return indicators of the same name, document and period in other sentences: the question leaves open which it means."""
    own = group.first
    return [
        one
        for one in near
        if one is not group
        and one.first.document_id == own.document_id
        and core_name(one.first) == core_name(own)
        and (one.first.base_unit, one.first.period, one.first.flow) == (own.base_unit, own.period, own.flow)
        and one.first.normalized != own.normalized
        and sentence_of(pool, one.first) != sentence_of(pool, own)
    ]


def most_exact(group: Group, others: Sequence[Group]) -> Group:
    """Return the group that the others only round: of 超3300亿元 in a headline and 3394.4亿元 below it the latter."""
    return next((one for one in others if rounds(group.first, one.first)), group)


def rounds(row: Indicator, exact: Indicator) -> bool:
    """Say whether a row says with a bound what another says to the digit."""
    if not row.normalized or exact.normalized is None or exact.comparator:
        return False
    ratio = exact.normalized / row.normalized
    if row.comparator in _ABOUT:
        return abs(ratio - 1) <= _ROUNDED / 2
    return row.comparator in _OVER and 1 <= ratio <= 1 + _ROUNDED


def for_the_period(question: Question, pool: Pool, group: Group, groups: Sequence[Group]) -> Group | None:
    """Return an indicator named as well as the best one that has a figure for the asked period."""
    alike, best = is_change(pool, group.first), groups[0]
    other = next(
        (one for one in groups if is_change(pool, one.first) == alike and fits(pool, one, question)), None
    )
    if other is None or best.score - other.score > 3 * SAME_SCORE or other.named < best.named - 0.1:
        return None
    return other


def named_beside(question: Question, pool: Pool, group: Group, groups: Sequence[Group]) -> list[Group]:
    """Return the indicators that one sentence states with a group and the question names as well: 城镇…、农村…."""
    own = sentence_of(pool, group.first)
    asked = named_grams(question.terms)
    name = grams(fold(group.first.name))
    found = []
    for other in groups:
        same = other is not group and sentence_of(pool, other.first) == own and own is not None
        if not same or other.first.base_unit != group.first.base_unit or other.first.flow != group.first.flow:
            continue
        theirs = grams(fold(other.first.name))
        shared = pool.mass(name & theirs)
        if shared < _SHARED_NAME * min(pool.mass(name), pool.mass(theirs)):
            continue
        apart = [name - theirs, theirs - name]
        if is_change(pool, other.first) == is_change(pool, group.first) and all(
            part and pool.mass(part & asked) >= _NAMED_FOR_ITSELF * pool.mass(part) for part in apart
        ):
            found.append(other)
    return found if len({one.first.name for one in found}) == len(found) else []
