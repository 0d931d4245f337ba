"""The ways of answering, in the order in which they are tried; the first that speaks is the answer.

Declines that rest on slots come first (place, body, title, set only named), then figures from the ledger, people,
lists, and last the best supported clause. What no way supports is declined with what comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answers import declining, phrasing
from assistant.answers.amount_answers import answer_amount
from assistant.answers.asked_periods import fits_period
from assistant.answers.author_answers import answer_author, answer_reported, asks_commentary, is_commentary
from assistant.answers.body_claims import answer_claimed_body
from assistant.answers.claims import against_another, bears_on, confirms, contradiction, same_bound
from assistant.answers.clause_answers import answer_clause, nearest_of
from assistant.answers.clause_demands import NEAREST
from assistant.answers.comparison_answers import answer_comparison, answer_growth, compare_places, of_place
from assistant.answers.compound import joined, joined_as, parts_of
from assistant.answers.definition_answers import answer_definition, answer_undefined
from assistant.answers.document_answers import (
    answer_issue_date,
    answer_issuer,
    answer_letter,
    answer_of_document,
    answer_publication,
    answer_title,
    lacks_meta,
)
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.english_demands import not_understood
from assistant.answers.evidence import Pool, article_key
from assistant.answers.force_answers import Aspect, answer_force, asks_force
from assistant.answers.labelled_answers import answer_labelled
from assistant.answers.ledger_answers import answer_figure, declined, turned_around
from assistant.answers.ledger_matching import is_change, matching_groups
from assistant.answers.list_answers import answer_item, answer_list, answer_part, answer_subsections
from assistant.answers.named_sets import only_counted, only_named
from assistant.answers.ordinals import misfit
from assistant.answers.people_answers import answer_body, answer_identity, answer_person, answer_post
from assistant.answers.provision_answers import answer_extent, answer_provision, within_provision
from assistant.answers.ranking_answers import answer_ranking
from assistant.answers.reply_answers import answer_reply
from assistant.answers.rosters import answer_roster
from assistant.answers.rule_answers import answer_rule
from assistant.answers.saying_answers import answer_saying
from assistant.answers.statements import within_title, without_instructions
from assistant.answers.support import SAID
from assistant.answers.table_answers import answer_cell
from assistant.answers.version_answers import compare_versions, of_year
from assistant.asking.english_questions import is_goal
from assistant.asking.kinds import Kind
from assistant.asking.places import NATIONWIDE, bare, forms_of
from assistant.asking.questions import Question
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Indicator, Span
from documents.quantities import find_quantities
from documents.sentences import line_of, sentences
from documents.tables import is_heading

Way = Callable[[Question, Pool], Draft | None]
"""A way of answering: a draft, or None when it has nothing to say to the question."""

QUOTED = 80  # characters of a quotation that answers two questions at once
_ASKS_FORMER = re.compile(
    r"旧|原来(?!的?(?:几|多少|\d))|以前|此前|原先|过去的|废止|\bformer\b|\bprevious|\brepealed|"
    r"\bold (?=version|measure|rule|regulation|polic|provision|document|plan|notice|one)"
)
_REPEALED = re.compile(r"废止|作废|失效|有效|管用|算数|作数|取代|替代|repeal|replac|in force")
_WH = re.compile(
    r"什么|啥|哪|谁|怎|如何|为何|\b(?:which|who|why|where|when|how (?!many|much)|what (?:kind|type|sort))\b"
)
_BESIDE = re.compile(r"\bvs\b|\bversus\b|\bcompare\b")
_TOPICAL = 3  # times that a document names a place which it is about without saying so in its head
_EACH_PLACE = {Kind.FIGURE, Kind.LIST, Kind.WHAT}


def answer(question: Question, pool: Pool) -> Draft:
    """Return the answer that the pool supports, or a decline with its reason."""
    if not pool.sentences:
        return declining.decline(Reason.SUBJECT_NOT_COVERED, method="empty")
    pool = within_title(question, without_instructions(question, pool))
    for refuse in (
        declining.uncovered_place,
        answer_claimed_body,
        declining.uncovered_name,
        not_understood,
    ):
        refused = refuse(question, pool)
        if refused:
            return refused
    found = pool
    if question.places:
        near = pool.about(question.places)
        pool = near if near.sentences else pool
    if asks_commentary(question):
        pool = pool.in_articles(is_commentary)
    question, pool = of_year(question, pool)
    if declining.names_nothing(question):
        return _which_figure(question, pool)
    if question.kind is Kind.COMPARISON and _ASKS_FORMER.search(question.key):
        apart = compare_versions(question, pool)
        if apart is not None:
            return apart
    pool = _of_version(question, pool)
    for way in (answer_extent, _of_provision, answer_ranking, _of_two_questions, _of_several_places):
        draft = way(question, pool)
        if draft is not None:
            return draft
    draft = _answer(question, pool)
    if draft.status is not Status.NOT_FOUND and _off_place(question, draft):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="place", nearest=nearest_of(pool))
    return _not_said_of_place(question, draft, found)


def _not_said_of_place(question: Question, draft: Draft, found: Pool) -> Draft:
    """Return a decline of what is printed, but not of the place that is asked for, as just that: 河南省的技术合同成交额."""
    if not question.places or draft.status is not Status.NOT_FOUND or draft.method != "term":
        return draft
    printed = [one.text.strip()[:NEAREST] for one in found.sentences if draft.text in one.key]
    if not printed:
        return draft
    asked = draft.text if bare(question.places[0]) not in draft.text else ""  # the place alone
    what = f"{question.places[0]}的{asked}" if asked else question.places[0]
    return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="place", what=what, nearest=printed[:1])


def _of_version(question: Question, pool: Pool) -> Pool:
    """Return the part of the pool that is in force, or that another document replaced where that is asked for.

    Whether a document still holds, and how versions differ, is asked of both: it, and the one that replaced it.
    """
    if Aspect.STANDING in asks_force(question):
        return pool
    if not _ASKS_FORMER.search(question.key):
        return pool.current()
    of_both = question.kind is Kind.COMPARISON or _REPEALED.search(question.key)
    return pool if of_both else pool.former()


def _of_two_questions(question: Question, pool: Pool) -> Draft | None:
    """Return the answer to both of two questions in one, or None where it is one, or a part has no answer."""
    parts = parts_of(question)
    if len(parts) < 2:
        return None
    in_force = answer_force(question, pool) if all(map(asks_force, parts)) else None
    if in_force is not None:
        return in_force
    drafts = _answer_parts(parts, pool)
    both = joined(question, drafts)
    whole = _quoted_whole(question, drafts) if both is None or both.method != "compound" else None
    if whole is not None:
        return whole
    return both if both is not None and not _off_place(question, both) else None


def _of_several_places(question: Question, pool: Pool) -> Draft | None:
    """Return what is asked of several places, each by name or how far they are apart; None for other questions."""
    if len(question.places) > 1 and question.kind in _EACH_PLACE:
        return _of_each_place(question, pool)
    if len(question.places) != 2 or question.kind is not Kind.COMPARISON:
        return None
    apart = compare_places(question, pool)
    if apart is not None and _off_place(question, apart):
        return declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="place", nearest=nearest_of(pool))
    if apart is None and _BESIDE.search(question.key):
        return _of_each_place(replace(question, kind=Kind.FIGURE), pool)
    return apart


def _answer_parts(parts: Sequence[Question], pool: Pool) -> tuple[Draft, ...]:
    """Return an answer to each part; one that leans on the first is answered from where the first was, if it can be."""
    first = _answer(parts[0], pool)
    drafts = [first]
    beside = pool.touching({(proof.document.id, proof.span) for proof in first.evidence})
    for part in parts[1:]:
        own = replace(part, periods=()) if part.periods == parts[0].periods else part
        draft = _answer(own, beside) if part.carried and beside.sentences else None
        if draft is None or draft.status is Status.NOT_FOUND:
            draft = _answer(part, pool)
            if part.carried and not _is_of_the_same(parts[0], draft, pool):
                draft = declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="part")
        drafts.append(draft)
    return tuple(drafts)


def _is_of_the_same(first: Question, draft: Draft, pool: Pool) -> bool:
    """Say whether the evidence of a draft speaks of what the first of two questions is about."""
    touched = pool.touching({(proof.document.id, proof.span) for proof in draft.evidence}).sentences
    said = [(1.0, frozenset[str]().union(*(s.grams | s.article_grams for s in touched)))]
    return all(pool.support(thing, said) >= SAID for thing in first.things)


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
        return declining.decline(Reason.PERIOD_NOT_COVERED, method="ambiguous", nearest=nearest_of(pool))
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
            parts.append((declining.as_asked(question, place), draft.text))
        else:
            missing.append((declining.as_asked(question, place), draft))
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
    proofs = [
        one for one in draft.evidence if not is_heading(one.span.of(one.document.text))
    ] or draft.evidence
    spoken = [[_speaks_of(place, proof) for proof in proofs] for place in question.places]
    if len(question.places) == 1:
        return not all(spoken[0])
    return not all(any(proofs) for proofs in spoken)


def _speaks_of(place: str, proof: Evidence) -> bool:
    """Say whether a proof stands in a text that is about a place, or names it."""
    document = proof.document
    own = fold(_sentence_to(proof)) + article_key(document, proof.section) + fold(document.place or "")
    if place == "全国":
        return document.place in {None, "全国"} or any(name in own for name in NATIONWIDE)
    return any(form in own or fold(document.text).count(form) >= _TOPICAL for form in forms_of(place))


def _sentence_to(proof: Evidence) -> str:
    """Return a proof with what its sentence says before it: 在吉林通化, stands before the clause with the figure."""
    text = proof.document.text
    line = line_of(text, Span(proof.span.start, proof.span.start))
    own = next((s for s in sentences(text, line) if s.start <= proof.span.start < s.end), proof.span)
    return text[own.start : max(own.start, proof.span.end)]


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
        if draft is None:
            continue
        computed = draft.method == "ranking"  # which is the most was found out here, so nothing prints it
        if computed or draft.status is not Status.ANSWERED or not misfit(question, draft.evidence):
            return draft
    return answer_clause(question, pool)


def _ways(question: Question) -> list[Way]:
    """Return the ways of answering that suit the kind of question, each once."""
    ways = {
        Kind.AUTHOR: [answer_reported, answer_author],
        Kind.IDENTITY: [answer_identity],
        Kind.PERSON: [answer_issuer, answer_cell, answer_person],
        Kind.BODY: [answer_issuer, answer_cell, answer_body],
        Kind.COMPARISON: [_premise, answer_comparison, _printed_change],
        Kind.FIGURE: [_premise, answer_growth, answer_figure, answer_cell, answer_list],
        Kind.LIST: [_premise, only_named, answer_list, _several_figures],
        Kind.QUOTATION: [_premise],
        Kind.YES_NO: [_premise],
        Kind.DEFINITION: [only_named, answer_subsections, answer_undefined],
        Kind.TITLE: [answer_post, answer_title],
        Kind.WHEN: [answer_of_document, answer_issue_date, answer_cell],
    }.get(question.kind, [_premise, only_named, answer_list, _plain_figure, answer_cell])
    first: list[Way] = [
        answer_saying, answer_roster, answer_letter, answer_reply,
        answer_definition, answer_rule, answer_reported, answer_part,
    ]  # fmt: skip
    if question.item is not None:
        first = [only_counted, answer_item]
    if question.kind in {Kind.PERSON, Kind.WHAT, Kind.TITLE, Kind.LIST}:
        first.append(only_named)
    if question.kind is Kind.LIST:
        first.insert(0, answer_cell)
    if question.kind is not Kind.WHEN:
        ways.insert(1, answer_of_document)
    if question.amounts:
        first.insert(0, answer_amount)
    return list(dict.fromkeys([*first, *ways, answer_labelled]))


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
    if draft is not None and draft.method == "target_only":
        return draft
    if draft is None or not draft.rows:
        return None
    rows = [row for row, _ in draft.rows if not against_another(question, pool, row)]
    if question.kind is Kind.YES_NO and not bears_on(question, pool, rows):
        return None
    if draft.reason is Reason.FALSE_PREMISE or contradiction(question, pool, rows):
        return draft
    if question.kind is Kind.WHAT and confirms(question, rows):
        return None  # the amount says which case is meant: 只有2家的怎么办
    if question.kind is Kind.YES_NO and confirms(question, rows):
        lead = "Yes: " if question.language == "en" else "是的,文件写明:"
        if not same_bound(question, pool, rows):
            lead = "The document says: " if question.language == "en" else "文件写明:"
        return replace(draft, text=lead + draft.text)
    return draft if question.kind is not Kind.QUOTATION else None


def _printed_change(question: Question, pool: Pool) -> Draft | None:
    """Return a change that the documents state themselves; one figure never answers for two, nor a level for a change."""
    draft = answer_figure(question, pool) if len(question.periods) < 2 else None
    if draft is None or draft.status is not Status.ANSWERED:
        return draft
    rows = [row for row, _ in draft.rows]
    apart = _THAN_SOME.search(question.key) is not None
    if apart and not any(row.base_unit == "百分点" or _TOLD_APART.search(_clause(pool, row)) for row in rows):
        return declined(pool, rows, Reason.ATTRIBUTE_NOT_STATED, question, method="comparison")
    if any(is_change(pool, row) or phrasing.change_of(pool.documents[row.document_id], row) for row in rows):
        return draft
    return declined(pool, rows, Reason.ATTRIBUTE_NOT_STATED, question, method="comparison")


_THAN_SOME = re.compile(
    r"(?<![占之配])比(?!上|去|前|同期|往|\d)[^,。;?]{1,16}?(?:高|多|低|少|大|小|快|慢)(?:出)?(?:了)?(?:多少|几)"
)
_TOLD_APART = re.compile("高于|低于|快于|慢于|高出|低出|多于|少于|超出|高过|[较比].{1,12}[高低快慢多少]")


def _clause(pool: Pool, row: Indicator) -> str:
    return row.clause.of(pool.documents[row.document_id].text)


def _plain_figure(question: Question, pool: Pool) -> Draft | None:
    """Return a figure for a question that only names an indicator: “栖云GDP 2025?”, “What was Qiyun's GDP in 2025?”."""
    if _WH.search(question.key) or question.unit or is_goal(question.key):
        return None
    groups = matching_groups(question, pool)
    draft = answer_figure(question, pool) if groups and groups[0].named >= 0.8 else None
    if (
        draft is not None
        and draft.rows
        and all(not any(map(str.isdigit, row.value)) for row, _ in draft.rows)
    ):
        return None  # 一批 and 若干 are nothing that anybody asks for without asking how many
    return draft


def _several_figures(question: Question, pool: Pool) -> Draft | None:
    return (
        answer_figure(question, pool)
        if question.wants & {"flow", "stock", "change"} or question.unit
        else None
    )
