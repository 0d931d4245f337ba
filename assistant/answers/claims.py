"""What a question itself claims, against what the ledger's rows say: amounts, directions, bounds, who stated it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import phrasing
from assistant.answers.asked_measures import Measure, measure_of
from assistant.answers.evidence import Pool
from assistant.answers.indicator_names import aliases, core_name
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams, named_grams
from documents.folding import fold
from documents.hedges import AFTER, BEFORE, Sense
from documents.model import Indicator
from documents.quantities import Quantity

_BOUND = re.compile(
    r"以上|以下|超过|突破|不少于|不低于|至少|最多|不超过|\bmore than\b|\bover\b|\bat (?:least|most)\b"
)
_EXACTLY = re.compile(r"刚好|正好|恰好|整整|不多不少|\b(?:exactly|precisely|just)\b")
_STATED_BY = re.compile(
    r"提出|提到|提的|给出|公布|宣布|说|表示|介绍|制定|\b(?:set|propose|state|announce|said|says)"
)
_ABOUT = frozenset({"左右", "约", "近", "接近", "大约"})
_DIRECTION = re.compile(
    r"增长|增加|提高|上升|上涨|回升|下降|减少|降低|下跌|回落|下滑|\bgr[eo]w|\bris(?:e|ing)|\brose|\bincreas|\bfell|\bfall|\bdecreas|\bdeclin|\bdrop|\bshr[iau]nk|\bcontract(?:s|ed)?\b"
)
_FALL = re.compile(r"降|减|跌|落|滑|fell|fall|decreas|declin|drop|shr[iau]nk|contract")


def contradiction(question: Question, pool: Pool, rows: Sequence[Indicator]) -> Indicator | None:
    """Return the row that says otherwise when the question itself states an amount for this indicator."""
    if not question.amounts or question.kind is Kind.COMPARISON:
        return None
    rows = [row for row in rows if not against_another(question, pool, row)] or rows
    stated = [amount for amount in question.amounts if any(_comparable(amount, row) for row in rows)]
    if not stated:
        return rows[0] if question.kind is Kind.YES_NO and claimed_in_kind(question, rows) else None
    if question.kind is not Kind.YES_NO:
        stated = [amount for amount in stated if not _names_another(question, pool, rows, amount)]
    for row in rows:
        if any(_bears_out(question, amount, row) for amount in stated):
            return row if other_way(question, pool, row) else None
    if not stated:
        return None
    return next(row for row in rows if any(_comparable(amount, row) for amount in stated))


def claimed_in_kind(question: Question, rows: Sequence[Indicator]) -> bool:
    """Say whether the amounts that a question claims are of the kind that rows state, or money claimed of what is counted."""
    if not question.amounts:
        return True
    if any(_comparable(amount, row) for amount in question.amounts for row in rows):
        return True
    money = all(measure_of(amount.base_unit) is Measure.MONEY for amount in question.amounts)
    return money and all(measure_of(row.base_unit) is Measure.THINGS for row in rows)


def other_way(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether the question has a figure fall that the document has rise, or the other way round."""
    said = phrasing.change_of(pool.documents[row.document_id], row)
    asked = _DIRECTION.search(question.key)
    if not said or not asked:
        return False
    return bool(_FALL.search(said)) != bool(_FALL.search(asked.group()))


def confirms(question: Question, rows: Sequence[Indicator]) -> bool:
    """Say whether an amount that the question states is what a row says."""
    return any(_bears_out(question, amount, row) for amount in question.amounts for row in rows)


def same_bound(question: Question, pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether a claim is printed as it is made: 5个以上 is not 5家左右, 刚好80家 not 超过80家, nothing by the year."""
    if _EXACTLY.search(question.key) and any(row.comparator for row in rows):
        return False
    if question.language != "en" and _printed_per(pool, rows) and not _PER.search(question.key):
        return False  # 每年30家 is no 30家
    beyond = [amount for amount in question.amounts if amount.sense is Sense.STRICTLY_MORE]
    if any(
        states_same(amount, row) and _sense(row) is not Sense.STRICTLY_MORE
        for amount in beyond
        for row in rows
    ):
        return False  # 超过3000家 is more than 达到3000家
    bounded = _BOUND.search(question.key)
    return not bounded or not all((row.comparator or "") in _ABOUT for row in rows)


def _sense(row: Indicator) -> Sense | None:
    return BEFORE.get(row.comparator or "") or AFTER.get(row.comparator or "")


_PER = re.compile("每(?:个?[年月天日季周人户亩家台次件]|季度|平方米)|[年月日人户亩]均")


def _printed_per(pool: Pool, rows: Sequence[Indicator]) -> set[str]:
    """Return what rows are counted by: 每月, 人均."""
    text = {row.document_id: pool.documents[row.document_id].text for row in rows}
    said = (fold(row.name + row.clause.of(text[row.document_id])) for row in rows)
    return {one for key in said for one in _PER.findall(key)}


_MEANT = 0.3  # least share of a name that a claim must say for a row of that name to bear on it


def bears_on(question: Question, pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether rows may bear out a claim or deny it: 每月400元 is neither said nor denied by a row of 3600元.

    Nor is it by a figure of a like thing, of whose name the claim says next to nothing.
    """
    if question.language == "en":
        return True
    if set(_PER.findall(question.key)) - _printed_per(pool, rows):
        return False
    asked = named_grams(question.terms) | grams(question.key)
    names = (name for row in rows for name in aliases(row.name))
    return any(pool.mass(name & asked) >= _MEANT * pool.mass(name) for name in names)


_HUNDRED_MILLION = 1e8
_MORE = frozenset({Sense.STRICTLY_MORE, Sense.AT_LEAST})
_FEWER = frozenset({Sense.AT_MOST, Sense.LESS})


def _bears_out(question: Question, amount: Quantity, row: Indicator) -> bool:
    """Say whether a row says what a question claims: the same amount, or for 是不是超过2.5% one that is beyond it."""
    if states_same(amount, row):
        return True
    if question.kind is not Kind.YES_NO or not _comparable(amount, row):
        return False
    stated = _sense(row)
    if amount.normalized is None or row.normalized is None or stated is Sense.NEARLY:
        return False
    if amount.sense in _MORE:
        return row.normalized > amount.normalized and stated not in _FEWER
    return amount.sense in _FEWER and row.normalized < amount.normalized and stated not in _MORE


_AGAINST = re.compile("[同环]比")


def against_another(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a growth is told against the month before (环比) and asked against the year before (同比), or otherwise."""
    asked = set(_AGAINST.findall(question.key))
    printed = set(_AGAINST.findall(phrasing.change_of(pool.documents[row.document_id], row)))
    return bool(asked and printed) and asked.isdisjoint(printed)


_WHOLE_NAME = 0.5  # share of a name that a question must say for its amount to be that one's


def _names_another(question: Question, pool: Pool, rows: Sequence[Indicator], amount: Quantity) -> bool:
    """Say whether an amount only says of which figure the question speaks: 120个项目中产业项目有几个."""
    asked = grams(question.key)
    own = {core_name(row) for row in rows}
    return any(
        states_same(amount, other)
        and core_name(other) not in own
        and any(pool.mass(name & asked) >= _WHOLE_NAME * pool.mass(name) for name in aliases(other.name))
        for other in pool.rows
        if (other.document_id, other.section) == (rows[0].document_id, rows[0].section)
    )


def said_by_another(question: Question, pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether the question gives a figure to one body while the documents have another one state it."""
    if not _STATED_BY.search(question.key):
        return False
    bodies = {fold(row.body) for row in pool.rows if row.body}
    asked = {body for body in bodies if body.lstrip("市省县区") in question.key}
    return bool(asked) and all(row.body and fold(row.body) not in asked for row in rows)


def falls_within(amount: Quantity, printed: Quantity) -> bool:
    """Say whether an amount keeps to a printed bound, so that the bound does not contradict it: 70岁, 60周岁以上."""
    if amount.normalized is None or printed.normalized is None or amount.base_unit != printed.base_unit:
        return False
    if printed.upper is not None:
        return printed.normalized <= amount.normalized <= printed.upper
    if printed.sense is Sense.AT_LEAST:
        return amount.normalized >= printed.normalized
    return printed.sense in {Sense.AT_MOST, Sense.LESS} and amount.normalized <= printed.normalized


def _comparable(amount: Quantity, row: Indicator) -> bool:
    if amount.normalized is None or row.normalized is None:
        return False
    if amount.base_unit == "" and row.base_unit == "元" and amount.normalized >= _HUNDRED_MILLION:
        return True  # 突破1000亿: nobody says of what
    counted = {"", "家", "个", "项", "条", "所", "处", "座"}
    return amount.base_unit == row.base_unit or {amount.base_unit, row.base_unit} <= counted


def states_same(amount: Quantity, row: Indicator) -> bool:
    """Say whether an amount of the question is a row's value, in whatever magnitude either is printed."""
    if amount.normalized is None or row.normalized is None or not _comparable(amount, row):
        return False
    return abs(amount.normalized - row.normalized) <= 1e-9 * max(1.0, abs(row.normalized))
