"""When: the clause that dates what the question names, and not its neighbour's date."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.asked_kinds import type_test
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool
from assistant.answers.phrasing import quoted
from assistant.answers.spans import Window, leads_on
from assistant.answers.support import SAID
from assistant.asking.questions import Question
from assistant.asking.terms import Term

_ONLY_A_DATE = 14  # characters of a clause that only dates the next one: 2019年12月底前,
_DATELINE = re.compile(r"^(?:本报讯|[\u4e00-\u9fff]{2,8}讯)?\s*[(][^()]{2,30}[)]\s*")
_DONE = 0.4  # the same where it says what is done
_DATED = 0.5  # least share that the clause with the date must say itself
_WHEN = re.compile(r"什么时候|什么时间|何时|哪(?:一)?[年天日月]|几[月号日]|多久|\bwhen\b")
_POINTS_BACK = re.compile(r"该项|此项|该工作|上述|以上工作")


def dates_what_is_asked(question: Question, pool: Pool, window: Window) -> bool:
    """Say whether the clause that gives the date speaks of what the question dates, and not its neighbour."""
    own = [(1.0, window.sentence.grams), (1.0, window.sentence.article_grams)]
    if any(one.name and pool.support(one, own) < SAID for one in question.terms):
        return False  # the date of another's
    clauses = window.sentence.clauses
    for before, clause, behind in zip([None, *clauses], clauses, [*clauses[1:], None], strict=False):
        inside = window.span.start <= clause.span.start and clause.span.end <= window.span.end
        if inside and type_test(question)(clause.key):
            only = len(_DATELINE.sub("", clause.key)) <= _ONLY_A_DATE
            said = clause.grams | behind.grams if behind and only else clause.grams
            if before and leads_on(window.sentence, before):
                said |= before.grams  # what the condition or the label before it names
            if _POINTS_BACK.match(window.sentence.key):
                said |= window.sentence.passage_grams
            done, told = [one for one in question.terms if one.is_deed], _behind_when(question)
            named = told and all(pool.support(one, [(1.0, said)]) >= SAID for one in told)
            if done and not named and all(pool.support(one, [(1.0, said)]) < SAID for one in done):
                continue  # it dates something else that happened: 开工, not 竣工
            near = [(1.0, said), (0.6, window.sentence.grams), (0.5, window.sentence.article_grams)]
            if pool.coverage(question.terms, near) >= (_DONE if done else _DATED):
                return True
    return False


def dated_behind(question: Question, pool: Pool, window: Window) -> Draft | None:
    """Return the sentence behind a window that dates all of it: 该项工作于2019年4月底前完成."""
    before = window.sentence
    for sentence in pool.sentences:
        gap = sentence.span.start - before.span.end
        follows = sentence.document.id == before.document.id and 0 <= gap <= 2
        if follows and _POINTS_BACK.match(sentence.key) and type_test(question)(sentence.key):
            proofs = tuple(Evidence(s.document, s.section, s.span) for s in (before, sentence))
            text = quoted(question.language, sentence.text)
            return Draft("date", text, proofs, confidence=window.coverage)
    return None


def at_its_date(question: Question, pool: Pool, window: Window) -> Window:
    """Return the clause of a sentence with several dates that says what the question says behind “when”."""
    if question.amounts:
        return window  # “什么时候达到3.5%”: the clause with the amount was chosen by it
    done = _behind_when(question)
    told = [
        clause
        for clause in window.sentence.clauses
        if done
        and all(pool.support(one, [(1.0, clause.grams)]) >= SAID for one in done)
        and type_test(question)(clause.key)
        and not leads_on(window.sentence, clause)
    ]
    if not told:
        return window
    clause = max(told, key=lambda one: pool.coverage(done, [(1.0, one.grams)]))
    return replace(window, span=clause.span, key=clause.key, grams=clause.grams)


def _behind_when(question: Question) -> list[Term]:
    """Return what a question says behind “when”: 多久【通报】一次."""
    asked = _WHEN.search(question.key)
    behind = question.key[asked.end() :] if asked else ""
    return [one for one in question.terms if one.text in behind and one.is_content]
