"""Figures from the ledger: the row whose name the question names, in the year it asks for, or why there is none.

Rows are grouped into indicators (name, subject, flow or stock). A group is what the question asks for when the
question names most of the group's name and the row's surroundings support the rest of the question. Only then are
periods compared: a year that the indicator has no row for is declined, never answered with another year's figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import phrasing
from assistant import vocabulary as words
from assistant.drafts import Draft, Evidence
from assistant.evidence import SCOPES, Pool, Sentence, article_key
from assistant.model import Reason, Status
from assistant.places import bare, find_places
from assistant.questions import Kind, Question
from assistant.spans import reference_of, says_period
from assistant.terms import grams
from documents.folding import fold
from documents.model import Indicator, IndicatorKind, Span
from documents.periods import PeriodMention, find_periods
from documents.quantities import Quantity

NAMED = 0.5  # least share of an indicator's name that the question must name
NAMED_IN_PART, SUPPORTED_WELL = 0.35, 0.8  # the same when the name is long and everything else is said
SUPPORTED = 0.62  # least share of the question that the row and its surroundings must support
_DURATIONS = frozenset({"年", "个月", "月", "天"})
_NOUN = 0.9  # least weight of a term that is a noun or a name
_FAIR_SHARE, _LEAST = 0.2, 0.3  # a word of this share must have this support
_LIST_REACH = 60  # characters within which figures of one kind form a list
_SAME_SCORE = 0.04  # groups nearer than this are told apart by flow, kind and period, not by score


_CHANGE_WORDS = (
    grams("增长")
    | grams("增速")
    | grams("增幅")
    | grams("涨幅")
    | grams("增长率")
    | grams("同比")
    | grams("降幅")
    | grams("提高")
    | grams("下降")
)
_BESIDE = range(3)  # characters between figures that are printed as one list
_LONGEST_RUN = 120  # characters of a quoted list of figures
_TOGETHER = re.compile(r"、.*(?:合计|共|总|[二两三四五六七八九十][条个类大项家种])")
_ACTION = re.compile(r"新增|新建|改造|更新|培训|发放|开展|举办|完成|新登记|新认定|扩建|续建")
_SHARES = frozenset({"占比"})
_CHANGES = frozenset(["同比", "环比", "增幅", "增速", "涨幅"])
_ANYONES = re.compile(
    r"(?:由.{1,6})?(?:给予)?(?:一次性|最高|单个|每个|每家|每人|每户|年度|单家|单户)*"
    r"(?:奖励|补助|补贴|资助|奖补|扶持|支持|资金|投资|贷款|额度|费用|个人|企业|项目|单位|家庭|户|人|投入|规模|期限|标准|比例)*"
)
_SAID_BESIDE = 0.75  # share of the question that a clause with such a name must say
_MEASURE_WORD = re.compile(r"(?:总额|总量|总数|数量|总值|数)$")
_DIRECTION = re.compile(
    r"增长|增加|提高|上升|上涨|回升|下降|减少|降低|下跌|回落|下滑|\bgrew|\brose|\bincreas|\bfell|\bdecreas|\bdeclin|\bdropp"
)
_FALL = re.compile(r"降|减|跌|落|滑|\bfell|decreas|declin|dropp")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one indicator, with how well the question matches it."""

    rows: tuple[Indicator, ...]
    named: float
    supported: float
    score: float

    @property
    def first(self) -> Indicator:
        """A row that stands for the group."""
        return self.rows[0]


def matching_groups(question: Question, pool: Pool) -> list[Group]:
    """Return the indicators that the question may ask for, best first."""
    asked = frozenset(gram for term in question.terms if not term.optional for gram in term.grams)
    by_indicator: dict[tuple[str, str, bool, bool], list[Indicator]] = {}
    for row in pool.rows:
        key = (fold(row.name), subject_of(pool, row), row.flow, is_change(pool, row))
        by_indicator.setdefault(key, []).append(row)
    groups = []
    for rows in by_indicator.values():
        for statement in _statements(pool, rows):
            group = _matched(question, pool, tuple(statement), asked)
            if (
                _is_asked_for(group)
                and _is_meant(question, pool, group.first)
                and _answers_unit(question, group.first)
            ):
                groups.append(group)
    return sorted(groups, key=lambda group: (-group.score, group.first.document_id, group.first.value_span))


def _statements(pool: Pool, rows: list[Indicator]) -> list[list[Indicator]]:
    """Return the rows of one name, apart by sentence where one document gives one period different values.

    博士研究生 2500元 (rent) and 博士研究生 20万元 (purchase) share a name and are two things.
    """
    values: dict[tuple[str, str | None, str], set[float | None]] = {}
    for row in rows:
        values.setdefault((row.document_id, row.period, row.base_unit), set()).add(row.normalized)
    if all(len(different) == 1 for different in values.values()):
        return [rows]
    apart: dict[object, list[Indicator]] = {}
    for row in rows:
        sentence = sentence_of(pool, row)
        apart.setdefault((row.document_id, sentence.span if sentence else row.clause), []).append(row)
    return list(apart.values())


def _matched(question: Question, pool: Pool, rows: tuple[Indicator, ...], asked: frozenset[str]) -> Group:
    name = grams(core_name(rows[0]))
    named = max(_share(pool, alias, asked) for alias in aliases(rows[0].name))
    if named < NAMED:
        apart = name - siblings(pool, rows[0])
        named = max(named, 0.9 * _share(pool, apart, asked) if apart else 0.0)
    supported = max(pool.coverage(question.terms, row_scopes(pool, row, name)) for row in rows)
    by_name = pool.coverage(question.terms, [(1.0, name | grams(fold(rows[0].unit)))])
    score = 0.35 * named + 0.35 * supported + 0.3 * by_name + _preferences(question, pool, rows[0])
    if question.periods and any(fits_period(pool, row, question) for row in rows):
        score += 0.08
    return Group(rows, named, supported, score)


def core_name(row: Indicator) -> str:
    """Return the key of a row's name without 总额, 数量 and the like, which askers leave out."""
    key = fold(row.name)
    core = _MEASURE_WORD.sub("", key)
    return core if len(core) >= 2 else key


def aliases(name: str) -> list[frozenset[str]]:
    """Return the bigrams of a name and of the class label printed inside it: 独角兽、瞪羚等【“新物种”】企业."""
    labels = re.findall(r"[“‘]([^”’]{2,12})[”’]", name)
    core = _MEASURE_WORD.sub("", fold(name))
    return [grams(fold(text)) for text in (core if len(core) >= 2 else name, *labels)]


def siblings(pool: Pool, row: Indicator) -> frozenset[str]:
    """Return the bigrams of the other indicators named in the same list: what does not tell 博士研究生 from 硕士研究生."""
    near = [
        other for other in pool.rows
        if other.passage_id == row.passage_id and other.name != row.name and other.unit == row.unit
        and abs(other.value_span.start - row.value_span.start) < _LIST_REACH
    ]  # fmt: skip
    return frozenset(gram for other in near for gram in grams(fold(other.name)))


def _share(pool: Pool, name: frozenset[str], asked: frozenset[str]) -> float:
    return pool.mass(name & asked) / (pool.mass(name) or 1.0)


def row_scopes(pool: Pool, row: Indicator, name: frozenset[str]) -> list[tuple[float, frozenset[str]]]:
    """Return the scopes that may support a question about a row: name, clause, sentence, then what is around."""
    document = pool.documents[row.document_id]
    section = document.sections[row.section]
    spans = [row.clause, *(part.span for part in row.parts.values())]
    clause = grams(fold("\n".join(span.of(document.text) for span in spans)))
    said_by = grams(fold(" ".join(filter(None, (row.subject, row.body, row.speaker, document.place)))))
    sentence = sentence_of(pool, row)
    change = (
        _CHANGE_WORDS
        if row.kind is IndicatorKind.CHANGE or phrasing.change_of(document, row)
        else frozenset()
    )
    return [
        (1.0, name | grams(fold(row.unit)) | change),
        (SCOPES["sentence"] + 0.05, clause | said_by),
        (SCOPES["sentence"] - 0.05, sentence.grams if sentence else frozenset()),
        (SCOPES["passage"] - 0.1, sentence.passage_grams if sentence else frozenset()),
        (SCOPES["article"] - 0.05, grams(article_key(document, section))),
        (SCOPES["topic"], sentence.topic_grams if sentence else frozenset()),
    ]


def sentence_of(pool: Pool, row: Indicator) -> Sentence | None:
    """Return the sentence that states a row."""
    at = row.value_span
    return next((s for s in pool.sentences if s.document.id == row.document_id and s.span.holds(at)), None)


def _is_meant(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a name that could be anyone's (奖励, 每家企业) is the one meant: its own clause says the rest."""
    if not _ANYONES.fullmatch(fold(row.name)):
        return True
    sentence = sentence_of(pool, row)
    clause = grams(fold(row.clause.of(pool.documents[row.document_id].text)))
    around = [(1.0, clause), (0.4, sentence.grams if sentence else clause)]
    return pool.coverage(question.terms, around) >= _SAID_BESIDE


def _is_asked_for(group: Group) -> bool:
    """Say whether the question names enough of the indicator, or less of it but leaves nothing unsaid."""
    if group.named >= NAMED and group.supported >= SUPPORTED:
        return True
    return group.named >= NAMED_IN_PART and group.supported >= SUPPORTED_WELL


def _answers_unit(question: Question, row: Indicator) -> bool:
    """Say whether a row could answer in the asked unit: money is never answered by a date, years by a count."""
    if question.unit is None:
        return True
    if row.normalized is None:
        return question.unit in _DURATIONS or not re.search(r"\d", row.value)
    if "元" in question.unit:
        return row.base_unit.endswith("元")
    if question.unit in {"%", "个百分点"}:
        return row.base_unit in {"%", "百分点"}
    if question.unit in _DURATIONS:
        return row.base_unit in {"年", "月", "个月", "天", "日", "周"}
    return row.base_unit not in {"%", "百分点"}


def is_change(pool: Pool, row: Indicator) -> bool:
    """Say whether a row is a growth or a fall rather than a level: also 增长5%左右 as a target."""
    if row.kind is IndicatorKind.CHANGE:
        return True
    changed = phrasing.change_of(pool.documents[row.document_id], row)
    return row.base_unit in {"%", "百分点"} and bool(changed) and changed[-1] not in "到至为"


def _preferences(question: Question, pool: Pool, row: Indicator) -> float:
    """Return what flow, stock, change and the asked unit say for or against a row."""
    wants, score = question.wants, 0.0
    if "flow" in wants:
        score += 0.15 if row.flow else -0.1
    elif row.flow:
        score -= 0.06
    if "stock" in wants:
        score += -0.12 if row.flow else 0.06
    changes = is_change(pool, row)
    if "change" in wants:
        score += 0.1 if changes else 0.0
    elif changes:
        score -= 0.08
    if question.unit and question.unit[-1] in row.unit + row.base_unit:
        score += 0.05
    return score


def fits_period(pool: Pool, row: Indicator, question: Question) -> bool:
    """Say whether a row is about a period that the question names (any row fits a question that names none)."""
    if not question.periods:
        return True
    if row.period is None:
        sentence = sentence_of(pool, row)
        return sentence is not None and says_period(question, sentence, exactly=True)
    reference = reference_of(pool.documents[row.document_id])
    return any(
        _same_period(row.period, label) for asked in question.periods for label in _labels(asked, reference)
    )


def _labels(asked: PeriodMention, reference: date | None) -> list[str | None]:
    """Return what a period of the question may mean in a document: 今年 counts from the document's own date."""
    if asked.label is not None or reference is None:
        return [asked.label]
    return [mention.label for mention in find_periods(asked.text, reference)]


def _same_period(stated: str | None, asked: str | None) -> bool:
    if stated is None or asked is None:
        return False
    return stated == asked or (len(asked) == 4 and stated.startswith(f"{asked}-") and len(stated) != 9)


def answer_figure(question: Question, pool: Pool) -> Draft | None:
    """Return the figure that the question asks for, a decline for the year or for the kind of figure, or None."""
    groups = matching_groups(question, pool)
    if not groups:
        return None
    best = groups[0]
    near = [group for group in groups if best.score - group.score <= _SAME_SCORE]
    fitting = [group for group in near if any(fits_period(pool, row, question) for row in group.rows)] or [
        best
    ]
    group = fitting[0]
    others = _other_subjects(question, pool, group, near)
    if others:
        return _by_subject(question, pool, [group, *others])
    refused = _refusal(question, pool, group)
    if refused:
        return refused
    rows = [row for row in group.rows if fits_period(pool, row, question)]
    if not rows:
        other = next((g for g in groups if any(fits_period(pool, row, question) for row in g.rows)), None)
        if (
            other is not None
            and best.score - other.score <= 3 * _SAME_SCORE
            and other.named >= best.named - 0.1
        ):
            group, rows = other, [row for row in other.rows if fits_period(pool, row, question)]
        else:
            return declined(pool, group.rows, Reason.PERIOD_NOT_COVERED, question, method="ledger")
    return _stated(question, pool, group, rows)


def subject_of(pool: Pool, row: Indicator) -> str:
    """Return whose figure a row is: the place it names, or else its document's place or title."""
    document = pool.documents[row.document_id]
    if row.subject and find_places(fold(row.subject)):
        return row.subject
    own = row.subject if row.subject and row.subject[:1] not in "全我本" else None
    return own or document.place or document.title


def _other_subjects(question: Question, pool: Pool, group: Group, near: Sequence[Group]) -> list[Group]:
    """Return groups of the same indicator about other places, when the question leaves open which place it means."""
    if question.places:
        return []
    subject = bare(subject_of(pool, group.first))
    found: dict[str, Group] = {}
    for other in near:
        own = bare(subject_of(pool, other.first))
        same = core_name(other.first) == core_name(group.first) and other.first.flow == group.first.flow
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
        parts.append(
            f"{subject_of(pool, group.first)}: {said}"
            if question.language == "en"
            else f"{subject_of(pool, group.first)}{said}"
        )
    text = "; ".join(parts) + "." if question.language == "en" else ";".join(parts) + "。"
    return _draft(question, pool, rows, text, confidence=groups[0].score)


def _stated(question: Question, pool: Pool, group: Group, rows: list[Indicator]) -> Draft | None:
    rows = [row for row in rows if row.period is not None] or rows if question.periods else rows
    current = [row for row in rows if row.document_id not in pool.superseded]
    if not current:
        text = _lines(question, pool, rows)
        return _draft(question, pool, rows, text, Status.PARTIAL, Reason.SUPERSEDED_ONLY, group.score)
    different = _conflict(current)
    if different:
        return _conflicting(question, pool, different, group.score)
    wrong = contradiction(question, pool, current)
    if wrong is not None:
        return _corrected(question, pool, [wrong], group.score)
    distinct = _one_each(current)
    return _draft(question, pool, distinct, _lines(question, pool, distinct), confidence=group.score)


def _refusal(question: Question, pool: Pool, group: Group) -> Draft | None:
    """Return a decline when the group's figures are not of the kind that the question asks for."""
    row = group.first
    lacking = lacking_noun(question, pool, row) or _has_word(question, pool, row)
    if lacking:
        return replace(
            declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="lacking"), text=lacking
        )
    part_asked = not question.premise and any(_equal(amount, row) for amount in question.amounts)
    if part_asked or is_part_of_total(question, row) or ("each" in question.wants and _is_sum(pool, row)):
        return declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="granularity")
    if "actual" in question.wants and all(
        r.kind is IndicatorKind.TARGET for r in group.rows if fits_period(pool, r, question)
    ):
        fitting = [r for r in group.rows if fits_period(pool, r, question)]
        if fitting:
            return declined(pool, fitting, Reason.ATTRIBUTE_NOT_STATED, question, method="target_only")
    wants_flow, wants_stock = "flow" in question.wants, "stock" in question.wants
    done_in_period = row.flow or bool(_ACTION.match(fold(row.name)))
    if (wants_stock and done_in_period) or (
        wants_flow and not row.flow and "新" not in row.name and not _printed_flow(pool, row)
    ):
        return declined(pool, group.rows, Reason.ATTRIBUTE_NOT_STATED, question, method="flow_or_stock")
    return None


def lacking_noun(question: Question, pool: Pool, row: Indicator) -> str:
    """Return a noun that carries a fair share of the question and that nothing around a row says, or ""."""
    scopes = row_scopes(pool, row, grams(fold(row.name)))
    total = sum(pool.term_weight(one) for one in question.terms) or 1.0
    for one in question.terms:
        counts = not one.optional and one.weight >= _NOUN and pool.term_weight(one) / total >= _FAIR_SHARE
        if counts and pool.support(one, scopes) < _LEAST:
            return one.text
    return ""


def _printed_flow(pool: Pool, row: Indicator) -> bool:
    clause = row.clause.of(pool.documents[row.document_id].text)
    return any(word in clause for word in ("新增", "新建", "增加", "新培育", "新认定", "净增", "新开"))


def _is_sum(pool: Pool, row: Indicator) -> bool:
    """Say whether a figure is printed for several listed things together."""
    sentence = sentence_of(pool, row)
    return sentence is not None and bool(
        _TOGETHER.search(sentence.key[: row.value_span.start - sentence.span.start])
    )


def is_part_of_total(question: Question, row: Indicator) -> bool:
    """Say whether a row is a total over several named things and the question asks for one of them alone."""
    if "、" not in row.name:
        return False
    named = [fold(part) for part in re.split(r"、|以及|和(?=[^、]*$)", row.name)]
    heads = [part.split("等")[0].strip("“”企业") for part in named]
    mentioned = [head for head in heads if head and head[:3] in question.key]
    labels = [fold(label) for label in re.findall(r"[“‘]([^”’]{2,12})[”’]", row.name)]
    whole = any(mark in question.key for mark in ("合计", "总", "一共", "together", "total", *labels))
    return 0 < len(mentioned) < len(heads) and not whole


def contradiction(question: Question, pool: Pool, rows: Sequence[Indicator]) -> Indicator | None:
    """Return the row that says otherwise when the question itself states an amount for this indicator."""
    if not question.amounts or question.kind is Kind.COMPARISON:
        return None
    stated = [amount for amount in question.amounts if any(_comparable(amount, row) for row in rows)]
    if not stated:
        return None
    for row in rows:
        if any(_equal(amount, row) for amount in stated):
            return row if _other_way(question, pool, row) else None
    return next(row for row in rows if any(_comparable(amount, row) for amount in stated))


def _other_way(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether the question has a figure fall that the document has rise, or the other way round."""
    said = phrasing.change_of(pool.documents[row.document_id], row)
    asked = _DIRECTION.search(question.key)
    if not said or not asked:
        return False
    return bool(_FALL.search(said)) != bool(_FALL.search(asked.group()))


def turned_around(question: Question, pool: Pool, groups: Sequence[Group]) -> Draft | None:
    """Return the correction of a claim whose amount is right and whose direction is not: 下降 for 增长."""
    for group in groups[:4]:
        for row in group.rows:
            equal = any(_equal(amount, row) for amount in question.amounts)
            if equal and fits_period(pool, row, question) and _other_way(question, pool, row):
                return _corrected(question, pool, [row], group.score)
    return None


def confirms(question: Question, rows: Sequence[Indicator]) -> bool:
    """Say whether an amount that the question states is what a row says."""
    return any(_equal(amount, row) for amount in question.amounts for row in rows)


def _comparable(amount: Quantity, row: Indicator) -> bool:
    if amount.normalized is None or row.normalized is None:
        return False
    counted = {"", "家", "个", "项", "条", "所", "处", "座"}
    return amount.base_unit == row.base_unit or {amount.base_unit, row.base_unit} <= counted


def _equal(amount: Quantity, row: Indicator) -> bool:
    if amount.normalized is None or row.normalized is None or not _comparable(amount, row):
        return False
    return abs(amount.normalized - row.normalized) <= 1e-9 * max(1.0, abs(row.normalized))


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
    for row in rows:
        kept.setdefault(
            (row.name, row.period, row.normalized, row.value if row.normalized is None else ""), row
        )
    return sorted(kept.values(), key=lambda row: (row.period or "", row.value_span))[:6]


def evidence_of(pool: Pool, row: Indicator) -> Evidence:
    """Return the clauses that state a row, with those that it leans on or that lean on it.

    力争2025年…突破1000亿元,2030年突破2000亿元 is quoted whole for either year: each half needs the other to be read.
    """
    document = pool.documents[row.document_id]
    start, end = row.clause
    related = [
        other.clause
        for other in pool.rows
        if other.document_id == row.document_id and other.section == row.section
    ]
    sentence = sentence_of(pool, row)
    limit = sentence.span if sentence else row.clause
    grown = True
    while grown:
        grown = False
        for clause in related:
            both = Span(min(start, clause.start), max(end, clause.end))
            overlaps = clause.start < end and start < clause.end
            beside = clause.start - end in _BESIDE or start - clause.end in _BESIDE
            joins = overlaps or (beside and limit.holds(both) and both.end - both.start <= _LONGEST_RUN)
            if joins and both != (start, end):
                (start, end), grown = both, True
    return Evidence(document, document.sections[row.section], _whole_clauses(pool, row, Span(start, end)))


def cited_together(
    pool: Pool, rows: Sequence[Indicator]
) -> tuple[tuple[Evidence, ...], tuple[tuple[Indicator, int], ...]]:
    """Return the evidence of rows, each stretch once, and for each row the index of its evidence."""
    found: dict[tuple[str, Span], int] = {}
    evidence: list[Evidence] = []
    cited = []
    for row in rows:
        proof = evidence_of(pool, row)
        key = (row.document_id, proof.span)
        if key not in found:
            found[key] = len(evidence)
            evidence.append(proof)
        cited.append((row, found[key]))
    return tuple(evidence), tuple(cited)


def _whole_clauses(pool: Pool, row: Indicator, span: Span) -> Span:
    """Return the span grown to the ends of the clauses in which it begins and ends."""
    for sentence in pool.sentences:
        if sentence.document.id == row.document_id and sentence.span.start <= span.start < sentence.span.end:
            touched = [
                c.span for c in sentence.clauses if c.span.start < span.end and span.start < c.span.end
            ]
            if touched:
                return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))
    return span


def _has_word(question: Question, pool: Pool, row: Indicator) -> str:
    """Return an attribute of the question (总投资, 电话) that the row's sentence does not print, or ""."""
    sentence = sentence_of(pool, row)
    near = (sentence.key if sentence else "") + fold(row.name)
    for attribute in words.MISSING_UNLESS_PRINTED:
        if attribute in question.key and attribute not in near:
            if is_change(pool, row) and attribute in _CHANGES:
                continue
            if row.base_unit == "%" and attribute in _SHARES:
                continue
            return attribute
    return ""


def _lines(question: Question, pool: Pool, rows: Sequence[Indicator]) -> str:
    if len(rows) > 1 and len({core_name(row) for row in rows}) == 1:
        return phrasing.series(question.language, [(pool.documents[row.document_id], row) for row in rows])
    say = phrasing.row_en if question.language == "en" else phrasing.row_zh
    text = "; ".join if question.language == "en" else ";".join
    return text(say(pool.documents[row.document_id], row) for row in rows) + (
        "." if question.language == "en" else "。"
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
