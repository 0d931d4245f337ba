"""The ways of answering, in the order in which they are tried; the first that speaks is the answer.

Declines that rest on slots come first (place, body, title, set only named), then figures from the ledger, people,
lists, and last the best supported clause. What no way supports is declined with what comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant import declining, phrasing
from assistant.author_answers import answer_author, answer_reported
from assistant.claims import confirms, contradiction, same_bound
from assistant.comparison_answers import answer_comparison, compare_places, of_place
from assistant.compound import joined, joined_as, parts_of
from assistant.dating import at_its_date, dated_behind, dates_what_is_asked
from assistant.definition_answers import answer_definition
from assistant.document_answers import (
    answer_issue_date,
    answer_of_document,
    answer_publication,
    answer_title,
    lacks_meta,
)
from assistant.drafts import Draft, Evidence
from assistant.evidence import Pool, article_key
from assistant.force_answers import answer_force, asks_force
from assistant.ledger_answers import answer_figure, declined, is_part_of_total, turned_around
from assistant.ledger_matching import fits_period, matching_groups
from assistant.list_answers import answer_item, answer_list, answer_part, answer_subsections
from assistant.model import Reason, Status
from assistant.named_sets import lists_fewer, only_counted, only_named
from assistant.ordinals import misfit
from assistant.people_answers import answer_body, answer_identity, answer_person, answer_post
from assistant.places import bare
from assistant.provision_answers import answer_extent, answer_provision, within_provision
from assistant.questions import Kind, Question
from assistant.span_answers import answer_full_name, answer_quotation, answer_span
from assistant.spans import Window, best_windows, says_period, unsupported
from assistant.support import SAID
from assistant.table_answers import answer_cell
from documents.folding import fold
from documents.quantities import find_quantities, same_amount

Way = Callable[[Question, Pool], Draft | None]
"""A way of answering: a draft, or None when it has nothing to say to the question."""

QUOTED = 80  # characters of a quotation that answers two questions at once
COVERED = 0.55  # least share of a question's content that evidence must support to be its answer
SHARE = 0.3  # a share of the content from which a term must be supported by itself
SHARE_OF_FIGURE = 0.15  # the same for figures: a wrong one is the worst that can be said

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
_ASKS_FORMER = re.compile(r"旧|原来|以前|此前|原先|过去的|废止|former|previous|old\b|repealed")
_REPEALED = re.compile(r"废止|作废|失效|有效|取代|替代|repeal|replac|in force")
_WH = re.compile(
    r"什么|啥|哪|谁|怎|如何|为何|\b(?:which|who|why|where|when|how (?!many|much)|what (?:kind|type|sort))\b"
)
_CHOSEN_FROM = 8  # windows among which one fits what the question is limited to
_TOPICAL = 3  # times that a document names a place which it is about without saying so in its head
_SUM = re.compile(r"、[^,，。;；]*(?:合计|共计|总计)")
_TOGETHER = re.compile(r"合计|共计|总共|一共|总计|等.{0,8}类|[二两三四五六七八九十]类")
_EACH_PLACE = {Kind.FIGURE, Kind.LIST, Kind.WHAT}
_LEDGER_KINDS = {Kind.FIGURE, Kind.COMPARISON, Kind.WHAT, Kind.YES_NO, Kind.QUOTATION, Kind.LIST}


def answer(question: Question, pool: Pool) -> Draft:
    """Return the answer that the pool supports, or a decline with its reason."""
    if not pool.sentences:
        return declining.decline(Reason.SUBJECT_NOT_COVERED, method="empty")
    for refuse in (declining.uncovered_place, declining.uncovered_name):
        refused = refuse(question, pool)
        if refused:
            return refused
    if question.places:
        near = pool.about(question.places)
        pool = near if near.sentences else pool
    if declining.names_nothing(question):
        return _which_figure(question, pool)
    if not _ASKS_FORMER.search(question.key):
        pool = pool.current()
    elif question.kind is not Kind.COMPARISON and not _REPEALED.search(question.key):
        pool = pool.former()
    provision = answer_extent(question, pool) or _of_provision(question, pool)
    if provision is not None:
        return provision
    parts = parts_of(question)
    if len(parts) > 1:
        in_force = answer_force(question, pool) if all(map(asks_force, parts)) else None
        if in_force is not None:
            return in_force
        drafts = tuple(_answer(part, pool) for part in parts)
        both = joined(question, drafts)
        if both is not None and not _off_place(question, both):
            return both
        whole = _quoted_whole(question, drafts)
        if whole is not None:
            return whole
    if len(question.places) > 1 and question.kind in _EACH_PLACE:
        return _of_each_place(question, pool)
    if len(question.places) == 2 and question.kind is Kind.COMPARISON:
        apart = compare_places(question, pool)
        if apart is not None:
            return apart
    draft = _answer(question, pool)
    if draft.status is not Status.NOT_FOUND and _off_place(question, draft):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="place", nearest=_nearest(pool))
    return draft


def _of_provision(question: Question, pool: Pool) -> Draft | None:
    """Return what the article that the question cites by its number says of it, or the article itself; or None."""
    inside = within_provision(question, pool)
    if inside is not None:
        draft = _answer(question, inside)
        if draft.status is not Status.NOT_FOUND:
            return draft
    return answer_provision(question, pool)


def _which_figure(question: Question, pool: Pool) -> Draft:
    """Return the decline of a question that asks for a figure without saying of what, with figures it may mean."""
    rows = [row for row in pool.rows if fits_period(pool, row, question)]
    rows = [row for row in rows if row.period and row.normalized is not None] or rows
    if not rows:
        return declining.decline(Reason.PERIOD_NOT_COVERED, method="ambiguous", nearest=_nearest(pool))
    return declined(pool, rows, Reason.AMBIGUOUS, question, method="ambiguous")


def _quoted_whole(question: Question, drafts: tuple[Draft, ...]) -> Draft | None:
    """Return the quotation that proves the first part, when it states amounts for the others as well."""
    draft = drafts[0]
    if draft.status is not Status.ANSWERED or len(draft.evidence) != 1 or _off_place(question, draft):
        return None
    quote = draft.evidence[0].span.of(draft.evidence[0].document.text).strip().rstrip("。;；")
    amounts = find_quantities(fold(quote))
    if len(quote) > QUOTED or len(amounts) < len(drafts):
        return None
    return replace(draft, text=phrasing.quoted(question.language, quote))


def _of_each_place(question: Question, pool: Pool) -> Draft:
    """Return the answer for each place that the question names, said of it by name; or the decline of the first."""
    answered, parts, missing = [], [], []
    for place in question.places:
        kind = Kind.FIGURE if question.wants & {"each"} or question.kind is Kind.LIST else question.kind
        asked = replace(of_place(question, place), kind=kind, wants=question.wants - {"each"}, count=None)
        draft = _answer(asked, pool.about((place,)))
        if draft.status is Status.ANSWERED and not _off_place(asked, draft):
            answered.append(draft)
            parts.append((place, draft.text))
        else:
            missing.append((place, draft))
    if not answered:
        return missing[0][1]
    english = question.language == "en"
    said = [f"{place}: {text}" if english else f"{place}:{text}" for place, text in parts]
    said += [
        f"{place}: the documents do not state this." if english else f"{place}:文档中没有给出。"
        for place, _ in missing
    ]
    draft = joined_as((" " if english else "").join(said), answered)
    if missing:
        return replace(draft, status=Status.PARTIAL, reason=Reason.ATTRIBUTE_NOT_STATED)
    return draft


def _off_place(question: Question, draft: Draft) -> bool:
    """Say whether an answer rests on a text about another place than the one that was asked."""
    spoken = [[_speaks_of(place, proof) for proof in draft.evidence] for place in question.places]
    if len(question.places) == 1:
        return not all(spoken[0])
    return not all(any(proofs) for proofs in spoken)


def _speaks_of(place: str, proof: Evidence) -> bool:
    """Say whether a proof stands in a text that is about a place, or names it."""
    document = proof.document
    own = (
        fold(proof.span.of(document.text)) + article_key(document, proof.section) + fold(document.place or "")
    )
    if place == "全国":
        return document.place in {None, "全国"} or "我国" in own or "全国" in own
    return bare(place) in own or fold(document.text).count(bare(place)) >= _TOPICAL


def _answer(question: Question, pool: Pool) -> Draft:
    """Return the answer to one question from a pool that is known to cover its places and names."""
    published = answer_publication(question, pool)
    if published:
        return published
    unprinted = lacks_meta(question, pool)
    if unprinted:
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="publication", what=unprinted)
    for way in _ways(question):
        draft = way(question, pool)
        if draft is not None and not (draft.status is Status.ANSWERED and misfit(question, draft.evidence)):
            return draft
    return _from_clause(question, pool)


def _ways(question: Question) -> list[Way]:
    """Return the ways of answering that suit the kind of question, each once."""
    ways = {
        Kind.AUTHOR: [answer_reported, answer_author],
        Kind.IDENTITY: [answer_identity],
        Kind.PERSON: [answer_person],
        Kind.BODY: [answer_cell, answer_body],
        Kind.COMPARISON: [_premise, answer_comparison, _printed_change],
        Kind.FIGURE: [_premise, answer_figure, answer_cell, answer_list],
        Kind.LIST: [_premise, only_named, answer_list, _several_figures],
        Kind.QUOTATION: [_premise],
        Kind.YES_NO: [_premise],
        Kind.DEFINITION: [only_named, answer_subsections],
        Kind.TITLE: [answer_post, answer_title],
        Kind.WHEN: [answer_of_document, answer_issue_date],
    }.get(question.kind, [_premise, only_named, answer_list, _plain_figure, answer_cell])
    first = [only_counted, answer_item] if question.item is not None else [answer_definition, answer_reported, answer_part]
    if question.kind in {Kind.PERSON, Kind.WHAT, Kind.TITLE, Kind.LIST}:
        first.append(only_named)
    if question.kind is not Kind.WHEN:
        ways.insert(1, answer_of_document)
    return list(dict.fromkeys([*first, *ways]))


def _premise(question: Question, pool: Pool) -> Draft | None:
    """Return a correction or a confirmation when the question itself states an amount for an indicator."""
    if not question.premise:
        return None
    groups = matching_groups(question, pool)
    if not groups:
        return None
    turned = turned_around(question, pool, groups)
    if turned is not None:
        return turned
    draft = answer_figure(question, pool)
    if draft is None or not draft.rows:
        return None
    rows = [row for row, _ in draft.rows]
    if draft.reason is Reason.FALSE_PREMISE or contradiction(question, pool, rows):
        return draft
    if question.kind is Kind.YES_NO and confirms(question, rows):
        lead = "Yes: " if question.language == "en" else "是的,文件写明:"
        if not same_bound(question, rows):
            lead = "The document says: " if question.language == "en" else "文件写明:"
        return replace(draft, text=lead + draft.text)
    return draft if question.kind is not Kind.QUOTATION else None


def _printed_change(question: Question, pool: Pool) -> Draft | None:
    """Return a change that the documents state themselves; one figure never answers for two periods."""
    return answer_figure(question, pool) if len(question.periods) < 2 else None


def _plain_figure(question: Question, pool: Pool) -> Draft | None:
    """Return a figure for a question that only names an indicator: “栖云GDP 2025?”, “What was Qiyun's GDP in 2025?”."""
    if _WH.search(question.key) or question.unit:
        return None
    groups = matching_groups(question, pool)
    return answer_figure(question, pool) if groups and groups[0].named >= 0.8 else None


def _several_figures(question: Question, pool: Pool) -> Draft | None:
    return (
        answer_figure(question, pool)
        if question.wants & {"flow", "stock", "change"} or question.unit
        else None
    )


def _from_clause(question: Question, pool: Pool) -> Draft:
    """Return the best supported clause, or the decline that says what is missing."""
    found = best_windows(question, pool, most=_CHOSEN_FROM)
    if not found:
        return declining.decline(Reason.SUBJECT_NOT_COVERED, method="nothing", nearest=_nearest(pool))
    windows = [window for window in found if not misfit(question, (window.evidence,))]
    if not windows:
        lacks, near = misfit(question, (found[0].evidence,)), found[0].text.strip()[:80]
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="limit", what=lacks, nearest=(near,))
    best = windows[0]
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
    missing = declining.missing_attribute(question, pool, best)
    if missing and not (question.kind in {Kind.BODY, Kind.PERSON} and missing.text in _OF_BODIES):
        return missing
    done_by = _DONE_BY.search(question.key)
    if done_by and done_by.group(1) not in best.sentence.key:
        return declining.decline(
            Reason.ATTRIBUTE_NOT_STATED, method="body", nearest=(best.text.strip()[:80],)
        )
    if question.kind is Kind.WHERE and _ASKS_SITE.search(question.key) and not _SITE.search(best.key):
        return declining.decline(
            Reason.ATTRIBUTE_NOT_STATED, method="place", nearest=(best.text.strip()[:80],)
        )
    figure = question.kind in {Kind.FIGURE, Kind.COMPARISON}
    lacking = [
        term.text
        for term, share in unsupported(question, pool, best, least=SAID)
        if share >= SHARE
        or (figure and term.is_noun and share >= SHARE_OF_FIGURE)
        or (question.kind is Kind.PERSON and term.is_content and share >= SHARE_OF_FIGURE)
    ]
    nearest = (best.text.strip()[:80],)
    if _LEFT_OPEN.search(best.key) and question.kind not in {Kind.QUOTATION, Kind.YES_NO}:
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="left_open", nearest=nearest)
    if question.kind is Kind.WHEN and not dates_what_is_asked(question, pool, best):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="date", nearest=nearest)
    claimed = _claimed_otherwise(question, best)
    if claimed:
        return claimed
    rows = [
        row
        for row in pool.rows
        if row.document_id == best.sentence.document.id and best.span.holds(row.value_span)
    ]
    one_of_all = question.kind is Kind.FIGURE or "each" in question.wants
    if one_of_all and any(is_part_of_total(question, row) for row in rows):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="granularity", nearest=nearest)
    if question.kind is Kind.LIST and lists_fewer(question, best.sentence):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="members", nearest=nearest)
    asks_part = question.kind is Kind.FIGURE and "stock" not in question.wants and _SUM.search(best.text)
    if asks_part or ("each" in question.wants and _TOGETHER.search(best.sentence.key)):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="granularity", nearest=nearest)
    if lacking:
        printed = any(pool.printed(text) for text in lacking)
        reason = Reason.ATTRIBUTE_NOT_STATED if printed else Reason.SUBJECT_NOT_COVERED
        return declining.decline(reason, method="term", what=lacking[0], nearest=nearest)
    if question.periods and question.kind in _LEDGER_KINDS and not says_period(question, best.sentence):
        return declining.decline(Reason.PERIOD_NOT_COVERED, method="period", nearest=nearest)
    if best.coverage < COVERED:
        return declining.decline(Reason.SUBJECT_NOT_COVERED, method="coverage", nearest=nearest)
    if not best.typed and question.kind in {
        Kind.FIGURE,
        Kind.COMPARISON,
        Kind.WHEN,
        Kind.DEFINITION,
        Kind.PERSON,
        Kind.BODY,
        Kind.YES_NO,
    }:
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="type", nearest=nearest)
    if question.kind is Kind.QUOTATION:
        quotation = answer_quotation(question, pool, COVERED)
        if quotation:
            return quotation
    return answer_span(question, pool, best)


def _claimed_otherwise(question: Question, window: Window) -> Draft | None:
    """Return a correction when the question states an amount and the best clause states another of its kind."""
    if not question.premise or window.coverage < COVERED:
        return None
    stated = [q for q in find_quantities(window.key) if q.normalized is not None]
    for amount in question.amounts:
        alike = [q for q in stated if q.base_unit == amount.base_unit]
        if alike and not any(same_amount(q, amount) for q in alike):
            lead = (
                "The documents say otherwise: " if question.language == "en" else "与文件不符,文件的说法是:"
            )
            sentence = window.sentence
            return Draft(
                "premise", lead + window.text.strip().rstrip("。;；") + "。",
                (Evidence(sentence.document, sentence.section, sentence.span),), status=Status.PARTIAL,
                reason=Reason.FALSE_PREMISE, confidence=window.coverage,
            )  # fmt: skip
    return None


def _nearest(pool: Pool) -> tuple[str, ...]:
    return tuple(sentence.text.strip()[:80] for sentence in pool.sentences[:1])
