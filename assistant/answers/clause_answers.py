"""The best supported clause as the answer, or the decline that says what it lacks (`clause_demands.py`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.announced_answers import announced_behind
from assistant.answers.asked_kinds import ASKS_LEVELS, ASKS_SORTS
from assistant.answers.clause_demands import COVERED, NEAREST, announces_more, lacks, refused_by
from assistant.answers.dating import at_its_date, dated_behind, dates_what_is_asked
from assistant.answers.declining import decline
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool
from assistant.answers.ordinals import misfit
from assistant.answers.span_answers import answer_full_name, answer_quotation, answer_span
from assistant.answers.spans import Window, asked_of, best_windows, is_person, says
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.model import Reason
from documents.lines import is_table_row
from documents.quantities import find_quantities, same_amount

_NEARLY = 0.12  # how far behind the best window another may be that has what the best one lacks
_BESIDE, _BESIDE_BY = (
    60,
    0.25,
)  # characters between neighbours, and how far behind the best such a window may be
_ELSEWHERE = frozenset({"term", "type", "date", "place", "period"})  # what another clause may have
_CHOSEN_FROM = 8  # windows among which one fits what the question is limited to
_ASKS_DUTIES = re.compile(
    r"^([\u4e00-\u9fff]{2,12}?(?:局|委|部|厅|署|办|院|行|部门|机构|政府|中心))(?:在[^,。?]{2,14}?中)?(?:具体|主要)?"
    r"(?:承担|履行|负责|有|的|做)(?:什么|哪些|啥)?(?:职责|职能|责任|工作|任务|分工)?"
)
_PASSED_OVER = {"term", "type", "speaker"}  # what a window may lack that another one says
_FAR = 0.45  # how far a window may be from the best that says less of what is asked
_LESS = 0.3  # how much less of the question such a window may say
_FAR_OF_YES = 0.15  # the same where any clause that says the deed might be taken for a yes
_OPEN = {Kind.WHAT, Kind.LIST, Kind.PERSON, Kind.WHERE, Kind.BODY, Kind.YES_NO}
_WHO = {Kind.PERSON, Kind.BODY}  # whose clause says less is not to be answered with somebody else's


def answer_clause(question: Question, pool: Pool) -> Draft:
    """Return the best supported clause, or the decline that says what is missing."""
    found = best_windows(question, pool, most=_CHOSEN_FROM)
    if not found:
        return decline(Reason.SUBJECT_NOT_COVERED, method="nothing", nearest=nearest_of(pool))
    windows = [window for window in found if not misfit(question, (window.evidence,))]
    if not windows:
        return lacks(found[0], "limit", misfit(question, (found[0].evidence,)))
    best = (
        _stating(question, windows)
        or _naming(question, windows)
        or _sorting(question, windows)
        or _said_of(question, pool, windows)
    )
    if question.kind is Kind.WHEN:  # the date may stand in a sentence of its own: 该项工作于4月底前完成
        dating = (w for w in windows if w.typed and dates_what_is_asked(question, pool, w))
        dated = next(dating, None)
        behind = dated_behind(question, pool, best) if dated is None and best.coverage >= COVERED else None
        if behind:
            return behind
        best = at_its_date(question, pool, dated) if dated else best
    full = answer_full_name(question, pool)
    if full is not None:
        return full
    refused = refused_by(question, pool, best)
    if (
        refused is not None
        and refused.method == "type"
        and question.language == "en"
        and announces_more(best)
    ):
        items = announced_behind(question, best)  # what the clause lacks are the items behind it
        if items is not None and best.coverage >= COVERED:
            return items
    if refused is not None:
        other = _meeting_demands(question, pool, windows, best, refused.method)
        if other is None:
            return refused
        best = other
    quotation = answer_quotation(question, pool, COVERED) if question.kind is Kind.QUOTATION else None
    return quotation or answer_span(question, pool, best)


def _meeting_demands(
    question: Question, pool: Pool, windows: Sequence[Window], best: Window, lacking: str
) -> Window | None:
    """Return the best other window that meets every demand, or None.

    Asked in English it may stand a little behind `best`; asked an open question, it may also stand farther behind in
    its document if its sentence says what something is asked of.
    """
    is_open = question.kind in _OPEN - _WHO and lacking in _PASSED_OVER
    is_english = question.language == "en" and lacking in _ELSEWHERE
    asked = asked_of(question) if is_open else ()
    for window in windows:
        behind, sentence = best.score - window.score, window.sentence
        near = is_english and behind <= _NEARLY and window.coverage >= COVERED
        near = near or (is_english and question.kind in _WHO and _stands_by(window, best, behind))
        beside = is_open and behind <= _FAR and sentence.document.id == best.sentence.document.id
        telling = beside and all(says(pool, one, sentence.key, sentence.grams) for one in asked)
        if window is not best and (near or telling) and refused_by(question, pool, window) is None:
            return window
    return None


def _stands_by(window: Window, best: Window, behind: float) -> bool:
    """Say whether a window is told right beside the best one: who chaired the meeting that the sentence before it names."""
    own, other = window.sentence, best.sentence
    apart = max(own.span.start - other.span.end, other.span.start - own.span.end)
    same = own.document.id == other.document.id and apart <= _BESIDE
    return same and behind <= _BESIDE_BY and window.coverage >= COVERED


def nearest_of(pool: Pool) -> tuple[str, ...]:
    """Return the beginning of the best hit's first sentence, for a decline."""
    return tuple(sentence.text.strip()[:NEAREST] for sentence in pool.sentences[:1])


def _stating(question: Question, windows: Sequence[Window]) -> Window | None:
    """Return a well supported window that prints the amounts of the question: by them it means a case, 满35周岁的."""
    for window in windows:
        printed = find_quantities(window.key)
        if (
            window.coverage >= COVERED
            and question.amounts
            and all(any(same_amount(quantity, amount) for quantity in printed) for amount in question.amounts)
        ):
            return window
    return None


def _said_of(question: Question, pool: Pool, windows: Sequence[Window]) -> Window:
    """Return the best window, or one near it that says what the question asks something of and the best leaves out.

    The words of a topic are printed where it is introduced; what is told of it stands in the sentences behind.
    """
    best = windows[0]
    asked = asked_of(question) if question.kind in _OPEN else ()
    body = _body_with_duties(question)
    if body and body not in best.sentence.key:
        own = (w for w in windows if body in w.sentence.key and w.coverage >= COVERED)
        return next(own, best)
    if not asked or all(says(pool, one, best.sentence.key, best.sentence.grams) for one in asked):
        return best
    for window in windows[1:]:
        beside = window.sentence.document.id == best.sentence.document.id and window.coverage >= COVERED
        far = _FAR_OF_YES if question.kind is Kind.YES_NO else _FAR
        if not beside or best.score - window.score > far or best.coverage - window.coverage > _LESS:
            continue
        if is_table_row(window.sentence.text):
            continue
        if all(says(pool, one, window.sentence.key, window.sentence.grams) for one in asked):
            return window
    return best


def _body_with_duties(question: Question) -> str:
    """Return the body whose duties a question asks for, or ""."""
    asked = _ASKS_DUTIES.search(question.key)
    return asked.group(1) if asked else ""


def _sorting(question: Question, windows: Sequence[Window]) -> Window | None:
    """Return the first well supported window that tells the sorts or levels which a question asks for: 分为A和B, 四级."""
    if question.kind is not Kind.LIST or not (
        ASKS_SORTS.search(question.key) or ASKS_LEVELS.search(question.key)
    ):
        return None
    near = (one for one in windows if windows[0].score - one.score <= _FAR)
    return next((one for one in near if one.typed and one.coverage >= COVERED), None)


def _naming(question: Question, windows: Sequence[Window]) -> Window | None:
    """Return the first window whose sentence prints the person whose figure is asked: 甲's share is not 乙's."""
    if question.kind is not Kind.FIGURE or question.language == "en":
        return None
    names = [one.text for one in question.terms if not one.optional and is_person(one.text)]
    if not names or all(name in windows[0].sentence.key for name in names):
        return None
    return next((w for w in windows if w.typed and all(name in w.sentence.key for name in names)), None)
