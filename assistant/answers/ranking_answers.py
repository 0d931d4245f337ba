"""Which of several figures is the highest or the lowest: 哪个产值高, 谁增速最快; all that were compared are told beside it.

Compared is only what is stated of one thing for one period in one unit: places, or things named alike in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import phrasing
from assistant.answers.asked_periods import fits_period
from assistant.answers.cited_figures import cited_together
from assistant.answers.comparison_answers import of_place, two_indicators
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool
from assistant.answers.indicator_names import core_name, same_indicator
from assistant.answers.ledger_choice import asks_rate
from assistant.answers.ledger_matching import Group, is_change, lacking_noun, matching_groups, subject_of
from assistant.asking.kinds import Kind
from assistant.asking.places import bare, find_places
from assistant.asking.questions import Question, with_terms
from documents.folding import fold
from documents.model import Indicator

_WHICH = r"(?:哪一?(?:个|家|项|类|种|省|市|县|区|地|级|年)?|谁|什么)"
_HIGH, _LOW = r"高|多|大|快|好|强|长|贵", r"低|少|小|慢|短"
_RANKS = re.compile(
    rf"(?P<which>{_WHICH})(?P<kind>[^,。?多少几]{{0,10}}?)(?P<degree>(?:最|更|比较|要)?)(?P<how>{_HIGH}|{_LOW})(?:一?[些点])?[?]?$"
    rf"|最(?P<most>{_HIGH}|{_LOW})的[^,。?]{{0,8}}?(?:是|为)?{_WHICH}(?P<other>[^,。?]{{0,6}})"
)
_LEAST_RANKED = 2
_MOST_RANKED = 8
_REACH = 60  # characters between two figures of one list


def answer_ranking(question: Question, pool: Pool) -> Draft | None:
    """Return which of the figures that the question compares is the highest or lowest, None where there are no two."""
    cue = _RANKS.search(question.key)
    if cue is None or question.language != "zh":
        return None
    rows = _candidates(_without_cue(question, cue), pool, cue["kind"] or cue["other"] or "")
    scaled = [_scaled(pool, row) for row in rows]
    if not _LEAST_RANKED <= len(rows) <= _MOST_RANKED:
        return None
    how = cue["how"] or cue["most"]
    top = min(scaled) if re.fullmatch(_LOW, how) else max(scaled)
    if scaled.count(top) > 1:
        return None
    first, by_place = rows[scaled.index(top)], len({core_name(row) for row in rows}) == 1
    told = [
        f"{_label(pool, row, by_place)}:{phrasing.printed_value(pool.documents[row.document_id], row)}"
        for row in rows
    ]
    word = f"最{how}" if len(rows) > _LEAST_RANKED else how
    text = f"{_label(pool, first, by_place)}{word}。按原文数字比较:{';'.join(told)}。"
    evidence, cited = cited_together(pool, rows)
    return Draft("ranking", text, evidence, cited)


def _without_cue(question: Question, cue: re.Match[str]) -> Question:
    """Return the question without its words of ranking, which no document prints: what is left names what is compared."""
    key = list(question.key)
    for name in ("which", "degree", "how", *(["kind"] if len(cue["kind"] or "") == 1 else [])):
        if cue[name] is not None:
            key[slice(*cue.span(name))] = " " * (cue.end(name) - cue.start(name))
    if cue["most"] is not None:
        key[cue.start() : cue.end()] = " " * (cue.end() - cue.start())
    wants = question.wants | {"rank"}
    return with_terms(replace(question, key="".join(key), kind=Kind.COMPARISON, unit=None, wants=wants))


def _label(pool: Pool, row: Indicator, by_place: bool) -> str:
    return subject_of(pool, row) if by_place else phrasing.row_name(row)


def _scaled(pool: Pool, row: Indicator) -> float:
    """Return a row's value to compare: below zero for what fell, 1.2倍 of growth as 120%."""
    value = (row.normalized or 0.0) * (100 if row.base_unit == "倍" else 1)
    fell = re.search("降|减|跌|落", phrasing.change_of(pool.documents[row.document_id], row) or "")
    return -value if fell and is_change(pool, row) else value


def _are_comparable(pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether rows have numbers of one unit and one period; growth may be told in % and in 倍."""
    units = {row.base_unit for row in rows}
    grown = units <= {"%", "倍"} and all(is_change(pool, row) or row.base_unit == "倍" for row in rows)
    periods = {row.period for row in rows}
    if len({row.flow for row in rows}) > 1:
        return False  # what is added beside what there is
    return (
        len(periods) == 1 and (len(units) == 1 or grown) and all(row.normalized is not None for row in rows)
    )


def _candidates(question: Question, pool: Pool, kind: str) -> list[Indicator]:
    """Return the rows that are compared: of two named things, of several places, or of one list."""
    groups = matching_groups(question, pool)
    if len(question.places) > 1:
        rows = []
        for place in question.places:
            asked = of_place(question, place)
            rows += _first_fitting(asked, pool, matching_groups(asked, pool.about((place,))))
        return rows if len(rows) == len(question.places) and _are_comparable(pool, rows) else []
    pair = two_indicators(question, pool, groups)
    if pair is not None:
        return list(pair) if _are_comparable(pool, pair) and not _unsaid(question, pool, pair) else []
    if question.places:
        return _of_one_list(question, pool, kind)
    return _of_places(question, pool, groups) or _of_one_list(question, pool, kind)


def _unsaid(question: Question, pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether a noun of the question is said by none of the rows that would be compared."""
    return bool(rows) and all(lacking_noun(question, pool, row) for row in rows)


def _asks_rate(question: Question) -> bool:
    return asks_rate(question) or _GROWS.search(question.key) is not None


_GROWS = re.compile("增长|增速|上涨|下降|[涨降增]幅")


def _first_fitting(question: Question, pool: Pool, groups: Sequence[Group]) -> list[Indicator]:
    rate = _asks_rate(question)
    rows = (row for group in groups[:3] for row in group.rows if is_change(pool, row) == rate)
    return [row for row in rows if row.normalized is not None and fits_period(pool, row, question)][:1]


def _of_places(question: Question, pool: Pool, groups: Sequence[Group]) -> list[Indicator]:
    """Return one row for each place that the best indicator is stated of, in one period."""
    found: dict[str, Indicator] = {}
    for group in groups:
        if same_indicator(group.first, groups[0].first):
            for row in _first_fitting(question, pool, [group]):
                if find_places(fold(row.subject or "")):
                    found.setdefault(bare(row.subject or ""), row)
    rows = list(found.values())
    return rows if len(rows) >= _LEAST_RANKED and _are_comparable(pool, rows) else []


def _of_one_list(question: Question, pool: Pool, kind: str) -> list[Indicator]:
    """Return the rows beside each other whose names end alike in a word of the question: 有色业增加值、化工业增加值."""
    rate, sort = _asks_rate(question), fold(kind)[:2]  # 产业 of 哪个产业增加值增速最快
    rows = [
        row
        for row in pool.rows
        if fold(row.name)[-2:] in question.key + kind
        and (is_change(pool, row) or row.base_unit == "倍") == rate
        and "was" not in row.parts
        and fits_period(pool, row, question)
    ]
    of_sort = [row for row in rows if len(sort) > 1 and sort in fold(row.name)]
    lists = [_parts(one) for one in _beside(of_sort if len(of_sort) > _LEAST_RANKED else rows)]
    best = max(lists, key=len, default=[])
    alone = len([one for one in lists if len(one) == len(best)]) == 1
    distinct = len({row.name for row in best}) == len(best) > _LEAST_RANKED
    return best if alone and distinct and _are_comparable(pool, best) else []


def _beside(rows: Sequence[Indicator]) -> list[list[Indicator]]:
    """Return runs of rows that stand close to each other in one document, with names that end alike."""
    runs: list[list[Indicator]] = []
    for row in sorted(rows, key=lambda row: (row.document_id, fold(row.name)[-2:], row.value_span)):
        last = runs[-1][-1] if runs else None
        near = last is not None and 0 <= row.value_span.start - last.value_span.end <= _REACH
        if (
            last is not None
            and near
            and last.document_id == row.document_id
            and last.name[-2:] == row.name[-2:]
        ):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _parts(rows: Sequence[Indicator]) -> list[Indicator]:
    """Leave out the total of which the others are parts: 学位 beside 小学学位 and 初中学位."""
    names = {fold(row.name) for row in rows}
    return [
        row
        for row in rows
        if not any(name != fold(row.name) and name.endswith(fold(row.name)) for name in names)
    ]
