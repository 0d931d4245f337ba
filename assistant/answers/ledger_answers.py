"""Figures from the ledger: the row whose name the question names, in the year it asks for, or why there is none.

Rows are grouped into indicators (name, subject, flow or stock). A group is what the question asks for when the
question names most of the group's name and the row's surroundings support the rest of the question. Only then are
periods compared: a year that the indicator has no row for is declined, never answered with another year's figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import phrasing
from assistant.answers.aims import are_results, asks_aim
from assistant.answers.asked_periods import fits_period, sentence_of
from assistant.answers.cited_figures import cited_together
from assistant.answers.claims import (
    bears_on,
    claimed_in_kind,
    contradiction,
    other_way,
    said_by_another,
    states_same,
)
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool
from assistant.answers.indicator_names import core_name, same_indicator
from assistant.answers.ledger_choice import (
    SAME_SCORE,
    alike,
    choose,
    fits,
    for_the_period,
    most_exact,
    named_beside,
    rounds,
)
from assistant.answers.ledger_matching import (
    Group,
    lacking_noun,
    matching_groups,
    subject_of,
    unprinted_attribute,
)
from assistant.answers.support import SAID
from assistant.answers.totals import is_of_all, is_part_of_total, is_sum, says_each_year
from assistant.asking.kinds import Kind
from assistant.asking.places import bare
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Indicator, IndicatorKind, Span
from documents.sentences import line_of

_MOST_CASES = 4
_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[①-⑳•·])")
_IN_ALL = re.compile(r"一共|总共|合计|共计|\b(?:in all|altogether)\b")
_NAMED = 0.8  # support from which a clause says a name
_EACH_YEAR = re.compile("平均每年|每年平均|每年|年均(?!增|提|下|降)")
_ADDED = re.compile("新增|新建|新培育|新认定|净增|新开|增加(?![到至为])")  # 增加到 is what there is then
_NEW = re.compile("(?<![高创特更革刷])新(?!能源|材料|型|质|兴|区|城|技术|业态|农|媒体)")  # no 专精特新企业
_IN_TOTAL = re.compile("总[数量额]|累计")
_YEARS_AGO = re.compile(  # 五年前, and neither 2030年前 nor 二〇三〇年前
    r"(?<![\d〇零一二两三四五六七八九十])(?:\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:以|之)?前|\byears ago\b"
)
_ACTION = re.compile(r"新增|新建|改造|更新|培训|发放|开展|举办|完成|新登记|新认定|扩建|续建")
_AGAINST_NOW = re.compile(r"[比较](?:现在|目前|当前|如今|今天|现有)|than (?:now|today|at present|currently)")


def answer_figure(question: Question, pool: Pool) -> Draft | None:
    """Return the figure that the question asks for, a decline for the year or for the kind of figure, or None."""
    groups = matching_groups(question, pool)
    if not groups:
        return None
    group = choose(question, pool, groups)
    if group is None:
        return None
    best = groups[0]
    near = [one for one in groups if best.score - one.score <= SAME_SCORE]
    others = _other_subjects(question, pool, group, near)
    if others:
        return _by_subject(question, pool, [group, *others])
    lacking = lacking_noun(question, pool, group.first) or unprinted_attribute(question, pool, group.first)
    if lacking:
        return None  # the question is about something else that a clause may state
    group = most_exact(group, alike(pool, group, near))
    others = [
        one for one in alike(pool, group, near)
        if not rounds(one.first, group.first) and fits(pool, one, question)
    ]  # fmt: skip
    if others and fits(pool, group, question):
        rows = [row for one in (group, *others) for row in one.rows]
        cases = _cases(question, pool, [row for row in rows if fits_period(pool, row, question)])
        if cases is not None:
            return cases
        return declined(pool, rows, Reason.AMBIGUOUS, question, method="ledger")
    both = _flow_and_stock(question, pool, group, groups)
    if both:
        return both
    refused = _refusal(question, pool, group)
    if refused:
        return refused
    rows = [row for row in group.rows if fits_period(pool, row, question)]
    if not rows:
        other = for_the_period(question, pool, group, groups)
        if other is None:
            return declined(pool, group.rows, Reason.PERIOD_NOT_COVERED, question, method="ledger")
        group, rows = other, [row for row in other.rows if fits_period(pool, row, question)]
    if "actual" in question.wants:  # how many there are now is answered by no aim beside it
        rows = [row for row in rows if row.kind is not IndicatorKind.TARGET] or rows
    for beside in named_beside(question, pool, group, groups):
        rows += [row for row in beside.rows if fits_period(pool, row, question)]
    return _stated(question, pool, group, rows)


def _cases(question: Question, pool: Pool, rows: Sequence[Indicator]) -> Draft | None:
    """Return one figure for several cases or times, each in the words that tell it apart; None where none do."""
    if not 2 <= len(rows) <= _MOST_CASES or question.premise or question.amounts:
        return None
    if any(_is_only_around(question, pool, row) for row in rows):
        return None
    texts = {row.document_id: pool.documents[row.document_id].text for row in rows}
    lines = [line_of(texts[row.document_id], row.clause) for row in rows]
    marked = [_ITEM.match(line.of(texts[row.document_id])) for row, line in zip(rows, lines, strict=True)]
    said = [row.clause.of(texts[row.document_id]).strip() for row in rows]
    times = {part.text if (part := row.parts.get("period")) else "" for row in rows}
    apart = len({line.start for line in lines}) == len(rows) and all(marked)
    if apart and len(set(said)) == len(rows) and sum(map(len, said)) <= phrasing.LONGEST:
        return _draft(question, pool, rows, ";".join(said) + "。") if question.language != "en" else None
    if len(times) == len(rows):
        return _draft(question, pool, rows, _each(question, pool, rows))
    return None


def _is_only_around(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a thing of the question stands neither in a row's sentence nor in a title above it."""
    sentence = sentence_of(pool, row)
    if sentence is None:
        return True
    said = [
        (1.0, sentence.grams),
        (1.0, sentence.article_grams),
        (1.0, grams(fold(sentence.passage.context))),
    ]
    return any(pool.support(thing, said) < SAID for thing in question.things)


def _other_subjects(question: Question, pool: Pool, group: Group, near: Sequence[Group]) -> list[Group]:
    """Return groups of the same indicator about other places, when the question leaves open which place it means."""
    if question.places:
        return []
    subject = bare(subject_of(pool, group.first))
    found: dict[str, Group] = {}
    for other in near:
        own = bare(subject_of(pool, other.first))
        same = same_indicator(other.first, group.first) and other.first.flow == group.first.flow
        is_change = (other.first.kind is IndicatorKind.CHANGE) == (group.first.kind is IndicatorKind.CHANGE)
        if (
            same
            and is_change
            and own != subject
            and any(fits_period(pool, row, question) for row in other.rows)
        ):
            found.setdefault(own, other)
    return list(found.values())[:3]


def _by_subject(question: Question, pool: Pool, groups: Sequence[Group]) -> Draft:
    """Return the figure of each place, named: which of them is meant is for the reader to say."""
    rows, parts = [], []
    for group in groups:
        fitting = _one_each([row for row in group.rows if fits_period(pool, row, question)])
        rows += fitting
        said = _lines(question, pool, fitting).rstrip("。.")
        if "row" in group.first.parts and question.language != "en":
            parts.append(said)  # a row of a table says its place itself
            continue
        parts.append(
            f"{subject_of(pool, group.first)}: {said}"
            if question.language == "en"
            else f"{subject_of(pool, group.first)}{said}"
        )
    text = "; ".join(parts) + "." if question.language == "en" else ";".join(parts) + "。"
    return _draft(question, pool, rows, text, confidence=groups[0].score)


def _stated(question: Question, pool: Pool, group: Group, rows: list[Indicator]) -> Draft | None:
    rows = [row for row in rows if row.period is not None] or rows if question.periods else rows
    rows = _of_the_named(question, pool, rows)
    current = [row for row in rows if row.document_id not in pool.superseded]
    if not current:
        text = _lines(question, pool, rows)
        return _draft(question, pool, rows, text, Status.PARTIAL, Reason.SUPERSEDED_ONLY, group.score)
    different = _conflict(current)
    if different:
        return _conflicting(question, pool, different, group.score)
    if question.kind is Kind.YES_NO and question.premise and not claimed_in_kind(question, current):
        return None  # 43人 is no claim about 4起
    wrong = contradiction(question, pool, current)
    if wrong is not None:
        return _corrected(question, pool, [wrong], group.score)
    if said_by_another(question, pool, current):
        return _corrected(question, pool, _one_each(current), group.score)
    distinct = _one_each(current)
    if _IN_ALL.search(question.key) and _are_events(distinct):
        return declined(pool, distinct, Reason.ATTRIBUTE_NOT_STATED, question, method="granularity")
    return _draft(question, pool, distinct, _lines(question, pool, distinct), confidence=group.score)


def _of_the_named(question: Question, pool: Pool, rows: list[Indicator]) -> list[Indicator]:
    """Return of rows that share a name those whose own sentence says a name that the question gives, if any does."""
    for one in question.terms:
        if one.name:
            said = [(row, sentence_of(pool, row)) for row in rows]
            named = [row for row, own in said if own and pool.support(one, [(1.0, own.grams)]) >= _NAMED]
            rows = named or rows
    return rows


def _are_events(rows: Sequence[Indicator]) -> bool:
    """Say whether one name is told of several days, whose sum nobody printed: 43人 and 28人."""
    days = {row.period for row in rows if row.period and len(row.period) == len("2025-08-11")}
    return len(days) > 1 and len({core_name(row) for row in rows}) == 1


def _flow_and_stock(question: Question, pool: Pool, group: Group, groups: Sequence[Group]) -> Draft | None:
    """Return what is added and what there is in all, when the question asks for both: 新增与总量分别是多少."""
    if not {"flow", "stock"} <= question.wants:
        return None
    other = next(
        (
            g
            for g in groups
            if g.first.flow != group.first.flow and core_name(g.first) == core_name(group.first)
        ),
        None,
    )
    if other is None:
        return None
    rows = _one_each([row for one in (group, other) for row in one.rows if fits_period(pool, row, question)])
    if not rows:
        return None
    return _draft(question, pool, rows, _lines(question, pool, rows), confidence=group.score)


def _refusal(question: Question, pool: Pool, group: Group) -> Draft | None:
    """Return a decline when the group's figures are not of the kind that the question asks for."""
    row = group.first
    part_asked = not question.premise and any(states_same(amount, row) for amount in question.amounts)
    together = is_part_of_total(question, row) or is_of_all(question, pool, row)
    if part_asked or together or ("each" in question.wants and is_sum(pool, row)):
        return declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="granularity")
    if "actual" in question.wants or _AGAINST_NOW.search(question.key):
        fitting = [r for r in group.rows if fits_period(pool, r, question)]
        aims = [r for r in fitting if r.kind is IndicatorKind.TARGET]
        done = [r for r in fitting if r.kind is not IndicatorKind.TARGET]
        corrected = any(not states_same(amount, r) for r in done for amount in question.amounts)
        claimed = question.kind is Kind.YES_NO and not corrected  # a table may say the aim once more
        if aims and (claimed or len(aims) == len(fitting)):
            return declined(pool, fitting, Reason.ATTRIBUTE_NOT_STATED, question, method="target_only")
    if asks_aim(question) and are_results(pool, [r for r in group.rows if fits_period(pool, r, question)]):
        return declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="result_only")
    if _YEARS_AGO.search(question.key) and all(r.kind is IndicatorKind.TARGET for r in group.rows):
        return declined(pool, group.rows, Reason.PERIOD_NOT_COVERED, question, method="ledger")
    if _EACH_YEAR.search(question.key) and not says_each_year(pool, group.rows):
        return declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="granularity")
    wants_flow, wants_stock = "flow" in question.wants, "stock" in question.wants
    done_in_period = row.flow or bool(_ACTION.match(fold(row.name)))
    if (wants_stock and done_in_period and not wants_flow and not _printed_sum(pool, row)) or (
        wants_flow and not row.flow and not _NEW.search(row.name) and not _printed_flow(pool, row)
    ):
        return declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="flow_or_stock")
    return None


def _printed_flow(pool: Pool, row: Indicator) -> bool:
    """Say whether a row's clause says that it was added; 新增…150家,…总数达到420家 says it of the first figure alone."""
    text = pool.documents[row.document_id].text
    clause = fold(row.clause.of(text))
    own = fold(text[row.clause.start : row.value_span.start]).rpartition(",")[2]
    return _ADDED.search(own if _IN_TOTAL.search(own) else clause) is not None


def _printed_sum(pool: Pool, row: Indicator) -> bool:
    """Say whether a row's clause says before the value that it is all that was done so far: 累计改造412个."""
    text = pool.documents[row.document_id].text
    return (
        _IN_TOTAL.search(fold(text[row.clause.start : row.value_span.start]).rpartition(",")[2]) is not None
    )


def turned_around(question: Question, pool: Pool, groups: Sequence[Group]) -> Draft | None:
    """Return the correction of a claim whose amount is right and whose direction, or who stated it, is not."""
    ours = [row for group in groups[:4] for row in group.rows]
    theirs = [row for row in pool.rows if said_by_another(question, pool, [row])]
    wrong = [row for row in ours if other_way(question, pool, row)]
    for row in [*wrong, *(row for row in theirs if bears_on(question, pool, [row]))]:
        if any(states_same(amount, row) for amount in question.amounts) and fits_period(pool, row, question):
            return _corrected(question, pool, [row], groups[0].score)
    return None


def _conflict(rows: Sequence[Indicator]) -> list[Indicator]:
    """Return rows of different documents that give one indicator, subject and period different values."""
    for row in rows:
        others = [
            other
            for other in rows
            if other.document_id != row.document_id
            and other.period == row.period
            and other.kind is row.kind
            and other.base_unit == row.base_unit
            and (other.normalized, other.value if other.normalized is None else "")
            != (row.normalized, row.value if row.normalized is None else "")
        ]
        if others:
            return _one_each([row, *others])
    return []


def _one_each(rows: Sequence[Indicator]) -> list[Indicator]:
    """Return rows without repetitions of the same statement, in order of period."""
    kept: dict[tuple[object, ...], Indicator] = {}
    for row in sorted(
        rows, key=lambda row: row.comparator is None
    ):  # a sentence says more than a table's cell
        kept.setdefault(
            (row.name, row.period, row.normalized, row.value if row.normalized is None else ""), row
        )
    return sorted(kept.values(), key=lambda row: (row.period or "", row.value_span))[:6]


def _lines(question: Question, pool: Pool, rows: Sequence[Indicator]) -> str:
    one_name = len(rows) > 1 and len({(core_name(row), row.flow) for row in rows}) == 1
    one_case = len({row.period for row in rows}) == 1 and len({sentence_of(pool, row) for row in rows}) == 1
    if one_name and one_case and question.language != "en":
        clauses = _apart({(row.document_id, row.clause) for row in rows})
        said = [phrasing.closed(span.of(pool.documents[id_].text)) for id_, span in clauses]
        if len(rows) > 1 and sum(map(len, said)) <= phrasing.LONGEST:
            return ";".join(said) + "。"  # one name for two cases: only the clauses say which is which
    if one_name:
        return phrasing.series(question.language, [(pool.documents[row.document_id], row) for row in rows])
    return _each(question, pool, rows)


def _each(question: Question, pool: Pool, rows: Sequence[Indicator]) -> str:
    """Say one row after another, each with its name and period."""
    if question.language == "en":
        return "; ".join(phrasing.row_en(pool.documents[row.document_id], row) for row in rows) + "."
    as_aim = "target" not in question.wants  # who asks for a target needs not be told that it is one
    told = (phrasing.row_zh(pool.documents[row.document_id], row, told_as_aim=as_aim) for row in rows)
    return ";".join(told) + "。"


def _apart(clauses: set[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Return clauses in the order of the text, without those that lie inside another."""
    return sorted(
        (id_, span)
        for id_, span in clauses
        if not any(other != span and other.holds(span) for where, other in clauses if where == id_)
    )


def _draft(
    question: Question,
    pool: Pool,
    rows: Sequence[Indicator],
    text: str,
    status: Status = Status.ANSWERED,
    reason: Reason | None = None,
    confidence: float = 1.0,
) -> Draft:
    evidence, cited = cited_together(pool, rows)
    return Draft(
        method="ledger",
        text=text,
        evidence=evidence,
        rows=cited,
        status=status,
        reason=reason,
        confidence=min(1.0, max(0.0, confidence)),
    )


def _conflicting(question: Question, pool: Pool, rows: list[Indicator], confidence: float) -> Draft:
    parts = []
    for row in rows:
        document = pool.documents[row.document_id]
        said = phrasing.row_en(document, row) if question.language == "en" else phrasing.row_zh(document, row)
        when = f",{document.date.isoformat()}" if document.date else ""
        parts.append(f"{said}(《{document.title}》{when})")
    lead = "The documents disagree: " if question.language == "en" else "各文件说法不一:"
    return _draft(
        question, pool, rows, lead + ";".join(parts) + "。", Status.PARTIAL, Reason.CONFLICTING, confidence
    )


def _corrected(question: Question, pool: Pool, rows: list[Indicator], confidence: float) -> Draft:
    lead = "The documents say otherwise: " if question.language == "en" else "与文件不符,文件的说法是:"
    text = lead + _lines(question, pool, rows)
    if rows[0].body and question.language != "en":
        text = text.rstrip("。") + f"({rows[0].body}{rows[0].speaker or ''})。"
    return _draft(question, pool, rows, text, Status.PARTIAL, Reason.FALSE_PREMISE, confidence)


def declined(
    pool: Pool, rows: Sequence[Indicator], reason: Reason, question: Question, *, method: str
) -> Draft:
    """Return a decline with the nearest figures that the documents do state."""
    nearest = tuple(phrasing.row_zh(pool.documents[row.document_id], row) for row in _one_each(rows)[:3])
    return Draft(
        method=method, text="", status=Status.NOT_FOUND, reason=reason, nearest=nearest, confidence=0.0
    )
