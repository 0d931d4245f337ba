"""What changed from a repealed document to the one in force: the amounts of both, and how far apart they are."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.answers import phrasing
from assistant.answers.asked_kinds import asked_bound
from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool
from assistant.answers.spans import Window, best_windows
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.model import Reason
from documents.quantities import Quantity, find_quantities

_VERSIONS = re.compile(
    r"^(?:新|旧|老|原|新旧|旧的|新的|措施|办法|政策|版本|规定|版|new|old|former|previous)$"
)
_OF_YEAR = re.compile(
    r"(?:按|按照|依|依照|根据|在)?(?P<year>(?:19|20)\d\d)年(?:版|发布|印发|出台|颁布|制定)?的?(?:旧|老|那个|那份|那版)?"
    r"(?:办法|规定|政策|标准|细则|文件|条例|措施|版本)(?:里|中|下)?"
)
_LEAST = 0.4  # least share of the question that the sentence of each version must support
_AROUND = 4  # characters before an amount in which 最高 or 不低于 stands


def of_year(question: Question, pool: Pool) -> tuple[Question, Pool]:
    """Return a question of the rules of a year without that year, and the documents of the year: 按2021年的办法."""
    named = _OF_YEAR.search(question.key)
    if named is None:
        return question, pool
    year = int(named.group("year"))
    ids = {id_ for id_, one in pool.documents.items() if one.date and one.date.year == year}
    kept = tuple(one for one in pool.sentences if one.document.id in ids)
    if not kept or not (pool.superseded & ids or len(ids) == 1):
        return question, pool
    left = tuple(one for one in question.periods if one.start_year != year)
    rows = tuple(row for row in pool.rows if row.document_id in ids)
    # what is chosen by its year is answered from, whether it still holds or not
    chosen = replace(pool, sentences=kept, rows=rows, superseded=pool.superseded - ids)
    terms = tuple(one for one in question.terms if one.text not in named.group())
    return replace(question, periods=left, terms=terms), chosen


def compare_versions(question: Question, pool: Pool) -> Draft | None:
    """Return how far the amount in force is from the repealed one; a decline where a side has no single amount."""
    if question.kind is not Kind.COMPARISON or not pool.superseded:
        return None
    about = tuple(one for one in question.terms if not _VERSIONS.match(one.text))
    asked = replace(question, terms=about, periods=())
    in_force, repealed = _stated(asked, pool.current()), _stated(asked, pool.former())
    if in_force is None or repealed is None:
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="versions")
    (now, new), (before, old) = in_force, repealed
    if new.base_unit != old.base_unit:
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="versions")
    change = Decimal(repr(new.normalized)) - Decimal(repr(old.normalized))
    amount = phrasing.amount_zh(abs(change), new.base_unit, new.unit)
    said = _said(now, new), _said(before, old)
    if question.language == "en":
        word = "more" if change >= 0 else "less"
        gloss = phrasing.amount_en(float(abs(change)), new.base_unit)
        text = f"{amount} ({gloss}) {word}, computed from two stated figures: in force {said[0]}, before {said[1]}."
    else:
        word = "高" if change >= 0 else "低"
        text = f"现行规定比原规定{word}{amount}。按原文数字计算:现行“{said[0]}”,原“{said[1]}”。"
    proofs = tuple(Evidence(w.sentence.document, w.sentence.section, w.sentence.span) for w in (now, before))
    return Draft("versions", text, proofs)


def _said(window: Window, amount: Quantity) -> str:
    start = window.sentence.span.start
    span = amount.full_span
    return window.sentence.document.text[start + span.start : start + span.end]


def _stated(question: Question, pool: Pool) -> tuple[Window, Quantity] | None:
    """Return the best sentence of a version with the only amount in it that the question can mean."""
    windows = best_windows(question, pool, most=1)
    if not windows or windows[0].coverage < _LEAST:
        return None
    key = windows[0].sentence.key
    amounts = [q for q in find_quantities(key) if q.normalized is not None]
    bound = asked_bound(question)
    if bound is not None:
        amounts = [
            q for q in amounts if bound.search(key[max(0, q.full_span.start - _AROUND) : q.full_span.end])
        ]
    return (windows[0], amounts[0]) if len(amounts) == 1 else None
