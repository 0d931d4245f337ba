"""Which indicator of the ledger a question asks for.

Rows are grouped into indicators (name, subject, flow or stock, level or change). A group is what the question asks for
when the question names most of the group's name and the rows' surroundings support the rest of the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answers import phrasing
from assistant.answers.asked_kinds import asked_bound
from assistant.answers.asked_measures import measured_as_asked
from assistant.answers.asked_periods import fits_period, sentence_of
from assistant.answers.english_demands import done_elsewhere, says_what_is_counted
from assistant.answers.evidence import SCOPES, Pool, article_key, remembered
from assistant.answers.indicator_names import aliases, core_name, is_product, synonyms
from assistant.answers.like_rows import chosen, compares, fits_limits, is_baseline, names_another
from assistant.asking import vocabulary as words
from assistant.asking.places import find_places
from assistant.asking.questions import Question
from assistant.asking.terms import grams, named_grams
from documents.folding import fold
from documents.model import Indicator, IndicatorKind
from documents.scopes import UNDER

NAMED = 0.5  # least share of an indicator's name that the question must name
NAMED_IN_PART, SUPPORTED_WELL = 0.35, 0.8  # the same when the name is long and everything else is said
SUPPORTED = 0.62  # least share of the question that the row and its surroundings must support
_VAGUE = re.compile(r"若干|一批|一些|多个|数")
_DURATIONS = frozenset({"年", "个月", "月", "天"})
_FAIR_SHARE, _LEAST = 0.2, 0.3  # a word of this share must have this support
_LEAST_TRANSLATED = 0.5  # the same for a phrase that a glossary translates: half of 机构护理 is another thing
_LIST_REACH = 60  # characters within which figures of one kind form a list
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
_SHARES = frozenset({"占比"})
_CHANGES = frozenset(["同比", "环比", "增幅", "增速", "涨幅"])
_ANYONES = re.compile(
    r"(?:由.{1,6})?(?:给予)?(?:一次性|最高|单个|每个|每家|每人|每户|年度|单家|单户)*"
    r"(?:奖励|补助|补贴|资助|奖补|扶持|支持|资金|投资|贷款|额度|费用|个人|企业|项目|单位|家庭|户|人|投入|规模|期限|标准|比例)*"
)
_SAID_BESIDE = 0.75  # share of the question that a clause with such a name must say
_GROWTH = grams("增长")
_GROWS = {"经济", "经济增长"}  # of these only the growth is ever a percentage


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


@remembered
def matching_groups(question: Question, pool: Pool) -> list[Group]:
    """Return the indicators that the question may ask for, best first."""
    asked = named_grams(question.terms)
    by_indicator: dict[tuple[str, str, bool, bool], list[Indicator]] = {}
    for row in pool.rows:
        if is_baseline(question, row) or _is_of_unnamed_part(question, pool, row):
            continue
        key = (core_name(row), subject_of(pool, row), row.flow, is_change(pool, row))
        by_indicator.setdefault(key, []).append(row)
    groups = []
    for rows in by_indicator.values():
        for statement in _statements(pool, rows):
            group = _matched(question, pool, tuple(statement), asked)
            if (
                _is_asked_for(group)
                and _is_meant(question, pool, group.first)
                and fits_limits(question, pool, group.first)
                and not names_another(question, pool, group.first, sentence_of(pool, group.first))
                and _answers_unit(question, pool, group.first)
                and says_what_is_counted(
                    question, pool, fold(group.first.name), _own_grams(pool, group.first)
                )
            ):
                groups.append(group)
    groups.sort(key=lambda group: (-group.score, group.first.document_id, group.first.value_span))
    return _told_apart(question, pool, groups)


_RANK_OF_PLACE = re.compile("(?:街道|[省市州县区旗镇乡])$")
_OF_EACH = re.compile("哪|各|分别|每个|谁|最|排名|排第")


def _is_of_unnamed_part(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a row of a table is of a place that the question does not name: the city is not one of its districts."""
    place = row.parts.get("row")
    if place is None or row.subject == pool.documents[row.document_id].place or _OF_EACH.search(question.key):
        return False
    name = fold(place.text)
    short = _RANK_OF_PLACE.sub("", name) if len(name) > len("中区") else name
    return question.language != "en" and short not in question.key


def _told_apart(question: Question, pool: Pool, groups: list[Group]) -> list[Group]:
    """Leave out what another indicator, or another row of the same, says more of the question than."""
    if compares(question) or {"flow", "stock"} <= question.wants:
        return groups
    fitting = [group for group in groups if any(fits_period(pool, row, question) for row in group.rows)]
    asked = named_grams(question.terms)

    def named(row: Indicator) -> float:
        return max(_share(pool, alias, asked) for alias in aliases(row.name))

    kept = chosen(question, pool, fitting, lambda group: _best_row(question, pool, group), sentence_of, named)
    left = [group for group in groups if group not in fitting or group in kept]
    return [replace(group, rows=_own_rows(question, pool, group)) for group in left]


def _best_row(question: Question, pool: Pool, group: Group) -> Indicator:
    return next((row for row in group.rows if fits_period(pool, row, question)), group.first)


def _own_rows(question: Question, pool: Pool, group: Group) -> tuple[Indicator, ...]:
    """Return a group's rows, of those for one period the ones that say most of the question."""
    kept = []
    for period in dict.fromkeys(row.period for row in group.rows):
        alike = [row for row in group.rows if row.period == period]
        if len(alike) > 1:
            alike = chosen(question, pool, alike, lambda row: row, sentence_of, lambda row: 1.0)
        kept += alike
    return tuple(row for row in group.rows if row in kept)


def _statements(pool: Pool, rows: list[Indicator]) -> list[list[Indicator]]:
    """Return the rows of one name, apart by sentence where one document gives one period different values.

    博士研究生 2500元 (rent) and 博士研究生 20万元 (purchase) share a name and are two things.
    """
    values: dict[tuple[str, str | None, str], set[float | None]] = {}
    for row in rows:
        printed = row.parts.get("period")  # 去年 and 今年 of a text without a date are two years
        period = row.period or (printed.text if printed else None)
        values.setdefault((row.document_id, period, row.base_unit), set()).add(row.normalized)
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
    if is_product(rows[0].name) and is_change(pool, rows[0]):
        named = max(named, _share(pool, _GROWTH, asked))  # “the growth target” is that of the economy
    if named < NAMED:
        apart = name - siblings(pool, rows[0])
        named = max(named, 0.9 * _share(pool, apart, asked) if apart else 0.0)
    supported = max(pool.coverage(question.terms, row_scopes(pool, row, name)) for row in rows)
    own = name.union(grams(fold(rows[0].unit)), *synonyms(rows[0].name))
    clause = grams(fold(rows[0].clause.of(pool.documents[rows[0].document_id].text)))
    by_name = (
        pool.coverage(question.terms, [(1.0, own)]) + pool.coverage(question.terms, [(1.0, own | clause)])
    ) / 2
    score = 0.35 * named + 0.35 * supported + 0.3 * by_name + _preferences(question, pool, rows[0])
    if question.periods and any(fits_period(pool, row, question) for row in rows):
        score += 0.08
        clauses = [row.clause.of(pool.documents[row.document_id].text) for row in rows]
        unresolved = [period.text for period in question.periods if period.label is None]
        score += 0.08 * any(text in clause for text in unresolved for clause in clauses)
    return Group(rows, named, supported, score)


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
    spans = [row.clause, *(part.span for key, part in row.parts.items() if not key.startswith(UNDER))]
    clause = grams(fold("\n".join(span.of(document.text) for span in spans)))
    heads = grams(fold("\n".join(part.text for key, part in row.parts.items() if key.startswith(UNDER))))
    said_by = grams(fold(" ".join(filter(None, (row.subject, row.body, row.speaker, document.place)))))
    sentence = sentence_of(pool, row)
    change = (
        _CHANGE_WORDS
        if row.kind is IndicatorKind.CHANGE or phrasing.change_of(document, row)
        else frozenset()
    )
    return [
        (1.0, name.union(*synonyms(row.name), grams(fold(row.unit)), change)),
        (SCOPES["sentence"] + 0.05, clause | said_by),
        (SCOPES["sentence"] - 0.05, sentence.grams if sentence else frozenset()),
        (SCOPES["passage"] + 0.05, heads),
        (SCOPES["passage"] - 0.1, sentence.passage_grams if sentence else frozenset()),
        (SCOPES["article"] - 0.05, grams(article_key(document, section))),
        (SCOPES["topic"], sentence.topic_grams if sentence else frozenset()),
    ]


def _own_grams(pool: Pool, row: Indicator) -> frozenset[str]:
    """Return the bigrams of a row's name, its clause, and the heads that it stands under."""
    text = pool.documents[row.document_id].text
    heads = [part.text for key, part in row.parts.items() if key.startswith(UNDER)]
    said = [
        row.name,
        row.clause.of(text),
        row.unit,
        *heads,
        pool.documents[row.document_id].sections[row.section].title,
    ]
    return grams(fold("\n".join(said))).union(*synonyms(row.name))


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


def _answers_unit(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a row could answer in the asked unit: money is never answered by a date, years by a count."""
    bound = asked_bound(question)
    if bound is not None and row.normalized is not None and not bound.search(row.comparator or ""):
        return False
    if question.unit is not None and row.normalized is None and not row.value[:1].isdigit():
        return bool(_VAGUE.search(row.value)) or question.unit in _DURATIONS
    return measured_as_asked(question, pool, row)


def is_change(pool: Pool, row: Indicator) -> bool:
    """Say whether a row is a growth or a fall rather than a level: also 增长5%左右 as a target."""
    if row.kind is IndicatorKind.CHANGE or (row.base_unit == "%" and fold(row.name) in _GROWS):
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
    if "target" in wants:
        score += (
            0.05 if row.kind is IndicatorKind.TARGET else -0.05 if row.kind is IndicatorKind.ACTUAL else 0.0
        )
    changes = is_change(pool, row)
    if "change" in wants:
        score += 0.1 if changes else 0.0
    elif changes:
        score -= 0.08
    if "column" in row.parts and not ({"stock", "change"} & wants):
        score -= 0.08  # what a plan adds up to is not its figure for a year
    if question.unit and question.unit[-1] in row.unit + row.base_unit:
        score += 0.05
    return score


def subject_of(pool: Pool, row: Indicator) -> str:
    """Return whose figure a row is: the place it names, or else its document's place or title."""
    document = pool.documents[row.document_id]
    if row.subject and find_places(fold(row.subject)):
        return row.subject
    own = row.subject if row.subject and row.subject[:1] not in "全我本" else None
    return own or document.place or document.title


def lacking_noun(question: Question, pool: Pool, row: Indicator) -> str:
    """Return a noun that carries a fair share of the question and that nothing around a row says, or ""."""
    scopes = row_scopes(pool, row, grams(fold(row.name)))
    total = sum(pool.term_weight(one) for one in question.terms) or 1.0
    for one in question.terms:
        counts = not one.optional and one.is_noun and pool.term_weight(one) / total >= _FAIR_SHARE
        least = _LEAST if question.language != "en" else _LEAST_TRANSLATED
        if counts and pool.support(one, scopes) < least:
            return one.text
    return done_elsewhere(question, pool, row.document_id, _own_grams(pool, row))


def unprinted_attribute(question: Question, pool: Pool, row: Indicator) -> str:
    """Return an attribute of the question (总投资, 电话) that the row's sentence does not print, or ""."""
    sentence = sentence_of(pool, row)
    near = (sentence.key if sentence else "") + fold(row.name)
    for attribute in words.attributes_of(question.key):
        if attribute not in near:
            if is_change(pool, row) and attribute in _CHANGES:
                continue
            if row.base_unit == "%" and attribute in _SHARES:
                continue
            return attribute
    return ""
