"""The best supported clause as the answer, or the decline that says what it lacks.

What a clause must have is asked in a fixed order, from what the question demands by name to how well the clause is
supported as a whole; the first that fails is the reason that is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answers.announced_answers import list_behind
from assistant.answers.dating import at_its_date, dated_behind, dates_what_is_asked
from assistant.answers.declining import decline, missing_attribute
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.english_demands import lacks_what_is_asked, reason_for
from assistant.answers.evidence import SCOPES, Pool
from assistant.answers.ledger_answers import is_part_of_total
from assistant.answers.named_sets import lists_fewer
from assistant.answers.ordinals import misfit
from assistant.answers.span_answers import answer_full_name, answer_quotation, answer_span
from assistant.answers.spans import Window, best_windows, says_period, unsupported
from assistant.answers.support import SAID
from assistant.asking.places import find_places
from assistant.asking.questions import Kind, Question
from assistant.model import Reason, Status
from documents.quantities import find_quantities, same_amount

Demand = Callable[[Question, Pool, Window], Draft | None]
"""What a clause must have: a decline, or a correction, when it has it not."""

COVERED = 0.55  # least share of a question's content that evidence must support to be its answer
_SHARE = 0.3  # a share of the content from which a term must be supported by itself
_SHARE_OF_FIGURE = 0.15  # the same for figures: a wrong one is the worst that can be said
_NAMED = 0.6  # least support by which a figure's sentence names one of the things asked for
_NEARLY = 0.12  # how far behind the best window another may be that has what the best one lacks
_ELSEWHERE = frozenset({"term", "type", "date", "place", "period"})  # what another clause may have
_CHOSEN_FROM = 8  # windows among which one fits what the question is limited to
_NEAREST = 80  # characters of what comes nearest

_OF_BODIES = {"负责人", "主管", "承办", "主办", "管理"}  # who is asked for, in words that need not be printed
_LEFT_OPEN = re.compile(
    r"(?:待|由)[^,。;]{0,12}(?:另行|统一)(?:规定|制定|公布|明确)|另行(?:制定|规定|公布|通知|发布)|(?:尚未|暂未|还没有)(?:明确|确定|公布|规定)"
)
_DONE_BY = re.compile(
    r"(?:由|归|是)(?:谁|哪.{1,4}|什么.{1,4})(?:来)?(管理|运营|经营|主办|举办|承办|建设|投资|出资)"
)
_ASKS_SITE = re.compile(
    r"在(?:哪里|哪儿|哪个|哪|什么地方|何处)[?]?$|位于|地址|选址|\bwhere (?:is|are)\b|\blocated\b"
)
_SITE = re.compile(
    r"位于|坐落|地处|设在|落户|选址|地址|建在|设立在|在[^,。]{1,14}(?:省|市|县|区|镇|乡|街道|村|园|基地|路|港|城|湾|大学)"
)
_DONE_AT = re.compile(
    r"在[\u4e00-\u9fff]{2,12}(?:正式|顺利|隆重|成功)?(?:建成|投产|投运|投用|落成|开工|启用|启动|开幕|闭幕|开业|开馆|举行|举办|召开|成立|揭牌|落户|发射)"
)
_SUM = re.compile(r"、[^,，。;；]*(?:合计|共计|总计)")
_TOGETHER = re.compile(r"合计|共计|总共|一共|总计|等.{0,8}类|[二两三四五六七八九十]类")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
_FIGURES = {Kind.FIGURE, Kind.COMPARISON}
_OF_A_PERIOD = {*_FIGURES, Kind.WHAT, Kind.YES_NO, Kind.QUOTATION, Kind.LIST}
_TYPED = {*_FIGURES, Kind.WHEN, Kind.DEFINITION, Kind.PERSON, Kind.BODY, Kind.YES_NO}


def answer_clause(question: Question, pool: Pool) -> Draft:
    """Return the best supported clause, or the decline that says what is missing."""
    found = best_windows(question, pool, most=_CHOSEN_FROM)
    if not found:
        return decline(Reason.SUBJECT_NOT_COVERED, method="nothing", nearest=nearest_of(pool))
    windows = [window for window in found if not misfit(question, (window.evidence,))]
    if not windows:
        return _lacks(found[0], "limit", misfit(question, (found[0].evidence,)))
    best = _stating(question, windows) or windows[0]
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
    refused = _refused(question, pool, best)
    if refused is not None and refused.method in _ELSEWHERE and question.language == "en":
        near = (
            w for w in windows if w is not best and best.score - w.score <= _NEARLY and w.coverage >= COVERED
        )
        other = next((w for w in near if _refused(question, pool, w) is None), None)
        best, refused = (other, None) if other is not None else (best, refused)
    asks_items = question.language == "en" and question.kind in {Kind.WHAT, Kind.LIST} and not question.count
    announced = asks_items and best.coverage >= COVERED and _announces(best)
    items = list_behind(best.sentence, best.coverage) if announced else None
    if items is not None and (refused is None or refused.method == "type"):
        return items
    if refused is not None:
        return refused
    quotation = answer_quotation(question, pool, COVERED) if question.kind is Kind.QUOTATION else None
    return quotation or answer_span(question, pool, best)


def _refused(question: Question, pool: Pool, window: Window) -> Draft | None:
    """Return the first decline that a clause meets, in the order of what it must have; or None."""
    return next((refused for demand in _DEMANDS if (refused := demand(question, pool, window))), None)


def nearest_of(pool: Pool) -> tuple[str, ...]:
    """Return the beginning of the best hit's first sentence, for a decline."""
    return tuple(sentence.text.strip()[:_NEAREST] for sentence in pool.sentences[:1])


def _lacks(
    window: Window, method: str, what: str = "", reason: Reason = Reason.ATTRIBUTE_NOT_STATED
) -> Draft:
    return decline(reason, method=method, what=what, nearest=(window.text.strip()[:_NEAREST],))


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


def _attribute(question: Question, pool: Pool, best: Window) -> Draft | None:
    missing = missing_attribute(question, pool, best)
    if missing and question.kind in {Kind.BODY, Kind.PERSON} and missing.text in _OF_BODIES:
        return None
    return missing


def _doer(question: Question, pool: Pool, best: Window) -> Draft | None:
    done_by = _DONE_BY.search(question.key)
    return _lacks(best, "body") if done_by and done_by.group(1) not in best.sentence.key else None


def _site(question: Question, pool: Pool, best: Window) -> Draft | None:
    asks_site = question.kind is Kind.WHERE and _ASKS_SITE.search(question.key)
    return _lacks(best, "place") if asks_site and not _says_site(best.key) else None


def _says_site(key: str) -> bool:
    """Say whether a clause says where something is: 位于…, 在…市, or 在 with the name of a place."""
    return bool(_SITE.search(key) or _DONE_AT.search(key)) or any(
        f"在{place}" in key for place in find_places(key)
    )


def _settled(question: Question, pool: Pool, best: Window) -> Draft | None:
    left_open = _LEFT_OPEN.search(best.key) and question.kind not in {Kind.QUOTATION, Kind.YES_NO}
    return _lacks(best, "left_open") if left_open else None


def _date(question: Question, pool: Pool, best: Window) -> Draft | None:
    undated = question.kind is Kind.WHEN and not dates_what_is_asked(question, pool, best)
    return _lacks(best, "date") if undated else None


def _claim(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Return a correction when the question states an amount and the clause states another of its kind."""
    if not question.premise or best.coverage < COVERED:
        return None
    stated = [q for q in find_quantities(best.key) if q.normalized is not None]
    around = find_quantities(best.sentence.key)
    for amount in question.amounts:
        alike = [q for q in stated if q.base_unit == amount.base_unit]
        if alike and not any(same_amount(q, amount) for q in around):
            english = question.language == "en"
            lead = "The documents say otherwise: " if english else "与文件不符,文件的说法是:"
            sentence = best.sentence
            return Draft(
                "premise", lead + best.text.strip().rstrip("。;；") + "。",
                (Evidence(sentence.document, sentence.section, sentence.span),), status=Status.PARTIAL,
                reason=Reason.FALSE_PREMISE, confidence=best.coverage,
            )  # fmt: skip
    return None


def _share_of_total(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline one part of what is only printed together: unicorns of 独角兽、瞪羚等企业超过200家."""
    document = best.sentence.document
    rows = [r for r in pool.rows if r.document_id == document.id and best.span.holds(r.value_span)]
    one_of_all = question.kind is Kind.FIGURE or "each" in question.wants
    if one_of_all and any(is_part_of_total(question, row) for row in rows):
        return _lacks(best, "granularity")
    if question.kind is Kind.LIST and lists_fewer(question, best.sentence):
        return _lacks(best, "members")
    asks_part = question.kind is Kind.FIGURE and "stock" not in question.wants and _SUM.search(best.text)
    if asks_part or ("each" in question.wants and _TOGETHER.search(best.sentence.key)):
        return _lacks(best, "granularity")
    return None


def _terms(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline where a term that carries much of the question is not said; of a figure, any noun."""
    figure, person = question.kind in _FIGURES, question.kind is Kind.PERSON
    for term, share in unsupported(question, pool, best, least=SAID):
        must = (figure and term.is_noun) or (person and term.is_content)
        if share >= (_SHARE_OF_FIGURE if must else _SHARE):
            return _lacks(best, "term", term.text, reason_for(term, pool))
    return None


def _deed(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline a figure of something else that happened: 死亡 for 救出, of which the document gives another figure."""
    if question.kind is not Kind.FIGURE:
        return None
    said = [(SCOPES["clause"], best.grams), (SCOPES["sentence"], best.sentence.grams)]
    for term in question.terms:
        if term.is_deed and pool.support(term, said) < SAID:
            others = (s for s in pool.sentences if s.document.id == best.sentence.document.id)
            if any(_is_done_to_amount(term.text, other.key) for other in others):
                return _lacks(best, "term", term.text)
    return None


def _is_done_to_amount(deed: str, key: str) -> bool:
    """Say whether a key prints an amount right behind a deed: 救出31人."""
    return any(
        deed in key[max(0, q.span.start - len(deed) - 1) : q.span.start + 1] for q in find_quantities(key)
    )


def _thing(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline a figure whose own sentence names nothing that the question counts or measures.

    What the whole article is about need not be said again, and an item stands under what it is an item of.
    """
    said = [(1.0, best.sentence.grams), (1.0, best.sentence.article_grams), (1.0, best.sentence.topic_grams)]
    if _ITEM.match(best.sentence.key):
        said.append((1.0, best.sentence.passage_grams))
    if question.kind is not Kind.FIGURE or not question.things:
        return None
    named = max(pool.support(thing, said) for thing in question.things)
    return _lacks(best, "term", question.things[-1].text) if named < _NAMED else None


def _period(question: Question, pool: Pool, best: Window) -> Draft | None:
    asked = question.periods and question.kind in _OF_A_PERIOD
    if asked and not says_period(question, best.sentence):
        return _lacks(best, "period", reason=Reason.PERIOD_NOT_COVERED)
    return None


def _coverage(question: Question, pool: Pool, best: Window) -> Draft | None:
    return _lacks(best, "coverage", reason=Reason.SUBJECT_NOT_COVERED) if best.coverage < COVERED else None


def _type(question: Question, pool: Pool, best: Window) -> Draft | None:
    announces = question.kind is Kind.LIST and _announces(best)
    return _lacks(best, "type") if announces or (not best.typed and question.kind in _TYPED) else None


def _announces(best: Window) -> bool:
    """Say whether a clause only announces what stands below it: 重点抓好以下五项工作:."""
    document = best.sentence.document
    return document.text[best.span.end : best.span.end + 1] in {":", "："}


_DEMANDS: tuple[Demand, ...] = (
    _attribute, _doer, _site, _settled, _date, _claim, _share_of_total, _terms,
    lacks_what_is_asked, _deed, _thing, _period, _coverage, _type,
)  # fmt: skip
