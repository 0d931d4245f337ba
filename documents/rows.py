"""From the figures of one sentence to rows of the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.carrying import Carried, heading_chain, hedge_for
from documents.figure_names import checked_left, name_of_figure, remember, verb_start
from documents.grants import is_bare_grant
from documents.hedges import Hedge, Sense
from documents.listed_flows import also_added
from documents.measured import measure_of, rate_behind
from documents.model import Indicator, IndicatorKind, Part, Span, Speaker
from documents.named import Named, checked, clean
from documents.naming import LONGEST_NAME, Name, left_name
from documents.outlook import kind_of
from documents.periods import PeriodMention
from documents.plans import Plan, find_plans
from documents.quantities import Quantity
from documents.row_periods import WAS, period_for
from documents.sharing import Shared, figures_in_a_row, is_distributed, shared_names, with_common_unit
from documents.statement import RATIOS, Statement, condition_before, is_transparent, left_edge
from documents.told_again import name_of_place, names_again
from documents.topics import full_name, is_of_several_places, topic_of
from documents.wordlists import words


def rows_of(statement: Statement, carried: Carried) -> list[Indicator]:
    """Return the rows that a sentence states, in order; `carried` is kept up to date."""
    plans = find_plans(statement.key, statement.span, statement.cuts)
    rows = [_plan_row(statement, plan) for plan in plans]
    figures = [one for one in statement.quantities if not any(one.span.touches(plan.span) for plan in plans)]
    index, several = 0, list[Indicator]()
    while index < len(figures):
        count = figures_in_a_row(statement.key, figures, index)
        shared = _shared_rows(statement, carried, figures, index, count) if count > 1 else []
        together = figures[index : index + count]
        shared = shared or _of_the_same(statement, carried, together, several or _each_before(rows, together))
        shared = shared or _told_again(statement, carried, rows, together)
        several = shared
        edge = left_edge(statement, figures, index)
        if shared or (count > 1 and is_distributed(statement.key, edge, figures[index].span.start)):
            rows += shared  # none, when it cannot be told whose figures they are
            index += count
            continue
        if count > 1 and _STEPS.match(statement.key, figures[index + count - 1].span.end):
            figures[index + count - 1] = _like_first(figures[index + count - 1], figures[index])
            named = name_of_figure(statement, carried, figures, index)
            index += count - 1  # of 7万亿、8万亿、9万亿三个台阶 the last is where it stands
        else:
            named = _named(statement, carried, figures, index)
            if named is not None and rows:
                named = also_added(statement, rows[-1], figures[index], named)
        if named is not None:
            rows.append(_part_of(statement, carried, rows, figures[index], named))
        index += 1
    return rows


def _told_again(
    statement: Statement, carried: Carried, rows: Sequence[Indicator], group: Sequence[Quantity]
) -> list[Indicator]:
    """Give figures for a later year the names of the rows before: 2030年分别达到8%、300家."""
    names = names_again(statement, rows, group)
    told = zip(rows[-len(group) :], group, names, strict=True) if names else ()
    return [
        replace(_row(statement, carried, _like_first(figure, group[0]), named), kind=before.kind)
        for before, figure, named in told
    ]


def _part_of(
    statement: Statement, carried: Carried, rows: Sequence[Indicator], figure: Quantity, named: Named
) -> Indicator:
    """Make the row of one figure; one that only names a place is a part of the row before: 其中河东区1100家."""
    told = name_of_place(statement, rows[-1] if rows else None, figure, named)
    if told is None:
        remember(carried, figure, named)
        return _row(statement, carried, figure, named)
    part, place = told
    row = _row(statement, carried, figure, part)
    clause = Span(place.span.start, row.clause.end)
    return replace(row, subject=full_name(place.text), clause=clause, parts=row.parts | {"part": place})


def _of_the_same(
    statement: Statement, carried: Carried, group: Sequence[Quantity], several: Sequence[Indicator]
) -> list[Indicator]:
    """Give figures that name nothing to the names of the row before: 分别达到3.8万元、2.1万元,|增长5%、6%."""
    if len(group) != len(several) or not several:
        return []
    first = verb_start(group[0])
    ended = max(several[-1].value_span.end, *(part.span.end for part in several[-1].parts.values()))
    if not _NAMES_NOTHING.fullmatch(statement.key[ended:first]):
        return []
    rows = []
    for figure, row in zip(group, several, strict=True):
        name = row.parts["name"]
        named = Named(row.name, {"name": Part(name.text, name.span, inherited=True)})
        rows.append(_row(statement, carried, _like_first(figure, group[0]), named))
    return rows


def _each_before(rows: Sequence[Indicator], group: Sequence[Quantity]) -> Sequence[Indicator]:
    """Return as many rows as there are rates in a group, where each was stated by itself: 游客300万人次,收入20亿元,|分别增长…."""
    last = rows[-len(group) :]
    levels = len(group) > 1 and len({row.name for row in last}) == len(group)
    rates = all(figure.base_unit in RATIOS for figure in group)
    return last if levels and rates and all(row.base_unit not in RATIOS for row in last) else ()


_NAMES_NOTHING = re.compile(r"(?:以上|以下|左右|以内)?[,;]?(?:同比|比上年|较上年|实际|名义|分别|年均)*")
_STEPS = re.compile("(?:这)?[二两三四五六]个(?:大|新)?(?:台阶|关口|大关)")


def _named(statement: Statement, carried: Carried, figures: list[Quantity], index: int) -> Named | None:
    """Return the name of a figure that stands by itself, None where it states nothing or has none."""
    rate = rate_behind(statement, figures[index])
    if rate is not None:
        return rate
    if is_transparent(statement, figures, index):
        return None
    named = name_of_figure(statement, carried, figures, index)
    named = named and measure_of(statement, carried, figures[index], named)
    return named if named and len(named.text) <= LONGEST_NAME else None


def _shared_rows(
    statement: Statement, carried: Carried, figures: Sequence[Quantity], first: int, count: int
) -> list[Indicator]:
    """Give each of several joined figures its own name or its own year."""
    key, group = statement.key, figures[first : first + count]
    edge = left_edge(statement, figures, first)
    left = left_name(key, edge, verb_start(group[0]), statement.cuts)
    if left.place is not None:
        carried.subject = statement.part(left.place)
    if left.span.start >= left.span.end or is_bare_grant(key, left.span):
        if not is_distributed(key, edge, group[0].span.start):
            return []
        left = _named_before(statement, edge)  # 对区级、市级示范园,分别给予每家6万元、9万元
    if left.span.start >= left.span.end:
        return []
    if count == 2 and key.startswith("城乡居民", left.span.start):
        return _town_and_country(statement, carried, group, left)
    named_by = shared_names(key, left.span, count)
    if named_by is None:
        return _rows_by_year(statement, carried, group, left)
    if len(named_by) != count:  # a mark at the end of the names separates nothing
        return []
    group = with_common_unit(group)
    rows = []
    for figure, shared in zip(group, named_by, strict=True):
        named = _shared_name(statement, shared, left.is_flow)
        if named is None:
            return []
        dressed = _like_first(figure, group[0])
        rows.append(_row(statement, carried, dressed, named))
        remember(carried, dressed, named)
    return rows


def _named_before(statement: Statement, edge: int) -> Name:
    """Return the name in the clause before one that begins with 分别."""
    key = statement.key
    end = edge - 1 if key[edge - 1 : edge] == "," else edge
    start = max(key.rfind(mark, statement.span.start, end) for mark in ",;:。") + 1
    start = max(start, statement.span.start)
    if any(start <= one.span.start < end for one in statement.quantities):
        return Name(Span(edge, edge))  # it has figures of its own
    return left_name(key, start + key.startswith("对", start), end, statement.cuts)


def _town_and_country(
    statement: Statement, carried: Carried, group: Sequence[Quantity], left: Name
) -> list[Indicator]:
    """城乡居民收入分别增长4%和6%: the first figure is for 城镇, the second for 农村."""
    part = statement.part(left.span)
    rest = clean(part.text)[2:]
    rows = []
    for figure, where in zip(group, ("城镇", "农村"), strict=True):
        rows.append(
            _row(statement, carried, _like_first(figure, group[0]), Named(where + rest, {"name": part}))
        )
    carried.name = None  # whose figure follows is not said by one name
    return rows


def _shared_name(statement: Statement, shared: Shared, is_flow: bool) -> Named | None:
    named = checked(statement, Name(shared.own), is_flow, None)
    if named is None or shared.head is None:
        return named
    head = statement.part(shared.head)
    return Named(named.text + clean(head.text), named.parts | {"head": head}, is_flow)


def _like_first(figure: Quantity, first: Quantity) -> Quantity:
    """Give a later figure of a row the verb that only the first one prints."""
    comparator, sense = (figure.comparator, figure.sense)
    if comparator is None and first.comparator and first.comparator.span.end <= first.span.start:
        comparator, sense = Part(first.comparator.text, first.comparator.span, True), first.sense
    change, part = (figure.change or first.change), (figure.change_part or first.change_part)
    return replace(figure, comparator=comparator, sense=sense, change=change, change_part=part)


def _rows_by_year(
    statement: Statement, carried: Carried, group: Sequence[Quantity], left: Name
) -> list[Indicator]:
    """2030年和2035年,分担率分别达到55%和60%: one row a year."""
    before = [period for period in statement.periods if period.span.end <= group[0].span.start]
    years = before[-len(group) :]
    if len(years) != len(group) or years[-1].span.end - years[0].span.start > 12 * len(group):
        return []
    rows = []
    for figure, period in zip(group, years, strict=True):
        named = checked_left(statement, carried, figure, left)
        if named is None:
            return []
        rows.append(_row(statement, carried, _like_first(figure, group[0]), named, period))
        remember(carried, figure, named)
    return rows


def _said(
    figure: Quantity,
    when: tuple[PeriodMention, bool] | None,
    hedge: tuple[Hedge, bool] | None,
    comparator: Part | None,
) -> dict[str, Part]:
    """Return the printed parts of a row beside its name."""
    said = {
        "period": Part(when[0].text, when[0].span, when[1]) if when else None,
        "hedge": Part(hedge[0].text, hedge[0].span, hedge[1]) if hedge else None,
        "comparator": comparator,
        "change": figure.change_part,
    }
    return {name: part for name, part in said.items() if part is not None}


def _was(statement: Statement, start: int) -> re.Match[str] | None:
    """Return what says of a figure at `start` that another grew or fell from it: 由目前的."""
    return WAS.search(statement.key, max(statement.span.start, start - 12), start)


def _limits(statement: Statement, start: int) -> dict[str, Part]:
    """Return what makes a figure at `start` one among others: what it was before (从), and of what it holds."""
    parts = {}
    if was := _was(statement, start):
        parts["was"] = statement.part(Span(*was.span()))
    if condition := condition_before(statement.key, statement.span, start):
        parts["condition"] = statement.part(condition, inherited=True)
    return parts


def _speaker(statement: Statement) -> Speaker | None:
    chain = heading_chain(statement.document, statement.section)
    return next((one.speaker for one in chain if one.speaker), None)


def _row(
    statement: Statement,
    carried: Carried,
    figure: Quantity,
    named: Named,
    period: PeriodMention | None = None,
) -> Indicator:
    """Put one row together, with the spans of all that says it."""
    document = statement.document
    when = (period, False) if period else period_for(statement, carried, figure)
    hedge = hedge_for(statement.key, statement.hedges, statement.span, figure.full_span.start)
    comparator = figure.comparator
    if named.comparator and (comparator is None or figure.sense is Sense.EXACTLY):
        comparator = named.comparator
    parts = named.parts | _said(figure, when, hedge, comparator) | _limits(statement, figure.full_span.start)
    if named.comparator and comparator is not named.comparator:
        parts["flow"] = named.comparator
    subject = _subject(statement, carried, parts, figure.full_span.start)
    speaker = _speaker(statement)
    kind = _kind(statement, figure, named, when, hedge)
    return Indicator(
        id=f"{document.id}#{figure.span.start}-{figure.span.end}",
        document_id=document.id,
        passage_id="",
        section=statement.section,
        name=named.text,
        subject=subject,
        period=when[0].label if when else None,
        value=figure.value,
        unit=figure.unit,
        normalized=None if figure.upper is not None else figure.normalized,
        comparator=comparator.text if comparator else None,
        hedge=hedge[0].text if hedge else None,
        kind=kind,
        flow=named.is_flow and figure.base_unit not in RATIOS,
        clause=_clause(statement, figure.full_span, parts),
        value_span=figure.span,
        parts=parts,
        speaker=speaker.person if speaker else None,
        body=speaker.body if speaker else None,
        by_period=bool(when and when[0].by),
        base_unit=figure.base_unit,
    )


def _kind(
    statement: Statement,
    figure: Quantity,
    named: Named,
    when: tuple[PeriodMention, bool] | None,
    hedge: tuple[Hedge, bool] | None,
) -> IndicatorKind:
    """Return the kind of a figure; a sum that a rule promises is no result, whatever earned it (首次通过)."""
    ended = _CLAUSE_END.search(statement.key, figure.span.end, statement.span.end)
    begins = when[0].span.start if when and not when[1] else statement.span.start
    if not statement.span.start <= begins <= figure.span.start:
        begins = statement.span.start  # the year stands in a heading, or behind the figure
    folded = statement.key[begins : ended.start() if ended else statement.span.end]
    kind = kind_of(statement.outlook, folded, figure, when[0] if when else None, hedge[0] if hedge else None)
    head = named.parts.get("head")
    if (was := _was(statement, figure.full_span.start)) and was["now"]:
        return IndicatorKind.ACTUAL  # 到2030年由目前的58.6%提高到61%
    is_promised = head is not None and when is None and is_bare_grant(statement.key, head.span)
    return IndicatorKind.COUNT if is_promised and kind is IndicatorKind.ACTUAL else kind


_CLAUSE_END = re.compile("[,;:。!?、]")
_OWN_PLACE = frozenset(
    words("全市 全省 全县 全区 我市 我省 我区 我县 全州 全盟 全旗 本市 本省 本县 本区 我州 全域 全自治区")
)


def _subject(statement: Statement, carried: Carried, parts: dict[str, Part], figure: int) -> str | None:
    document, said = statement.document, carried.subject
    if is_of_several_places(document):
        topic = topic_of(document, statement.key, statement.span, figure, carried.topic)
        carried.topic = topic or carried.topic
        if topic is not None and (
            said is None or said.text in _OWN_PLACE or said.span.start <= topic.span.start
        ):
            parts["subject"] = topic
            return full_name(topic.text)
    if said is None:
        return document.place
    parts["subject"] = Part(said.text, said.span, said.span.end <= parts["name"].span.start - 4)
    if said.text in {"全国", "我国"}:
        return "全国"
    return (document.place or said.text) if said.text in _OWN_PLACE else full_name(said.text)


def _clause(statement: Statement, figure: Span, parts: dict[str, Part]) -> Span:
    """Return the smallest range that holds the figure and its parts in the sentence and begins a clause."""
    spans = [figure, *(part.span for part in parts.values() if statement.span.holds(part.span))]
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    edge = max(statement.key.rfind(mark, statement.span.start, start) for mark in ",;:(\n") + 1
    edge = max(edge, statement.span.start)
    while edge < start and statement.key[edge] in " “‘":
        edge += 1
    return Span(edge if start - edge <= _LONGEST_LEAD else start, end)


_LONGEST_LEAD = 40  # characters of its clause that a quotation may hold before the first part


def _plan_row(statement: Statement, plan: Plan) -> Indicator:
    """Make the row of a plan of three years: its length is its period, a doubling its value."""
    document = statement.document
    value = plan.doubling or plan.length
    speaker = _speaker(statement)
    name = Part(plan.name_span.of(document.text), plan.name_span, plan.object_is_inherited)
    parts = {"name": name, "period": statement.part(plan.length)}
    return Indicator(
        id=f"{document.id}#{value.start}-{value.end}",
        document_id=document.id,
        passage_id="",
        section=statement.section,
        name=plan.name_of(document.text),
        subject=document.place,
        period=plan.length.of(document.text),
        value=value.of(document.text),
        unit="",
        normalized=2.0 if plan.doubling else None,
        comparator=None,
        hedge=None,
        kind=IndicatorKind.TARGET,
        flow=False,
        clause=_clause(statement, plan.span, parts),
        value_span=value,
        parts=parts,
        speaker=speaker.person if speaker else None,
        body=speaker.body if speaker else None,
        base_unit="倍" if plan.doubling else "年",
    )
