"""Whether an answer bears out what a follow-up asked: its words, its year and its measure stand where the answer stands.

A question by itself is answered with what comes nearest. A follow-up says less, so that what comes nearest may be
the neighbour of what is meant; it is answered only with evidence that speaks of its own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answers import phrasing
from assistant.answers.asked_kinds import type_test
from assistant.answers.declining import said_otherwise
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence, holders
from assistant.answers.indicator_names import synonyms
from assistant.answers.ledger_matching import is_change
from assistant.answers.said_periods import reference_of, says_period
from assistant.answers.span_answers import WHOLE_SENTENCE
from assistant.asking.kinds import Kind
from assistant.asking.merging import own_terms
from assistant.asking.places import bare, is_within
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams
from assistant.conversation.followups import Reading, Within
from assistant.conversation.frames import ASKS_BACK, Frame
from assistant.conversation.turn_words import core_of
from documents.folding import fold
from documents.model import Span
from documents.periods import find_periods
from documents.sentences import clauses, sentences

_SPOKEN = 0.5  # least share of what is asked that the evidence must say, and of each of its nouns
_PRINTED = 0.95  # from this on a word is printed as it was asked
_HEADED = 0.6  # what a heading above counts beside the evidence
_MEASURES = re.compile(r"比例|比率|占比|费率|利率|期限|限额|面积|人数|电话|地址")
_PAST = re.compile(r"去年|上年|上一年|同比|last year|previous year")
_SITE = re.compile(
    r"位于|地处|坐落|设在|设于|落户|在[^,，。;；]{2,20}(?:举行|举办|召开|开幕|建设|建成|设立|启动|揭牌)"
)
_SHARE = re.compile(r"[%‰]|百分之|成(?![立为员本果])")
_CHANGED = re.compile(r"增|升|涨|提高|降|减|跌|回落|持平|翻|grew|rose|increas|fell|declin")
_MARKS = re.compile(r"^[\s,，;；。.:：]+|[\s,，;；。.:：]+$")


@dataclass(frozen=True, slots=True)
class Told:
    """A question as it was answered, with its words as documents print them, and what it was answered from."""

    question: Question
    draft: Draft
    pool: Pool | None = None


def fits(reading: Reading, told: Told, frame: Frame) -> bool:
    """Say whether an answer may be given to a reading: by its way, its words, its year and its measure."""
    if reading.methods and told.draft.method not in reading.methods:
        return False
    if reading.grows and not _grows(told):
        return False
    if told.draft.method == "comparison" and len(reading.question.periods) > 1 and not _is_of_one(told):
        return False
    if reading.of_answer and _repeats(told, frame):
        return False
    if reading.of_answer and told.question.kind is Kind.WHERE and not _SITE.search(_text_of(told)):
        return False
    if not (reading.question.places or reading.methods) and not _is_of_conversation(told, frame):
        return False
    if not reading.checked or told.pool is None:
        return True
    if reading.undated and not _is_undated(told):
        return False
    return (
        _speaks_of(reading, told)
        and _is_of_period(reading, told)
        and _is_of_measure(reading, told)
        and all(_is_of_place(place, told) for place in reading.question.places)
    )


def is_of_another_year(reading: Reading, told: Told) -> bool:
    """Say whether an answer was refused for its year alone, so that one of the asked year is worth looking for."""
    return (
        bool(reading.checked and told.pool) and _speaks_of(reading, told) and not _is_of_period(reading, told)
    )


def is_printed(asked: Question, reading: Reading, told: Told) -> bool:
    """Say whether the answer's evidence prints the follow-up's words as they were asked: no other reading is closer."""
    if told.pool is None:
        return True
    core = core_of(asked)
    figure = told.question.kind is Kind.FIGURE and told.draft.method == "span"
    if core and core not in (fold(told.draft.text) if figure else _text_of(told)):
        return False
    scopes = _scopes(told)
    return all(told.pool.support(one, scopes) >= _PRINTED for one in _own(reading, told))


def widened(asked: Question, reading: Reading, told: Told) -> Told:
    """Return an answer that shows what was asked: the clause of what a follow-up names, or the sentence with its year."""
    draft, periods = told.draft, reading.question.periods
    if draft.method != "span" or len(draft.evidence) != 1:
        return told
    core = core_of(asked)
    for sentence in _shown(draft) if core and core not in fold(draft.text) else []:
        text = draft.evidence[0].document.text
        own = [one.of(text) for one in clauses(text, sentence) if core in fold(one.of(text))]
        if own and type_test(told.question)(fold(own[0])):
            return replace(told, draft=replace(draft, text=phrasing.quoted(told.question.language, own[0])))
    if not periods:
        return told
    labels = {period.label for period in periods}
    for sentence in _shown(draft):
        text = sentence.of(draft.evidence[0].document.text)
        said = {mention.label for mention in find_periods(fold(text))}
        seen = {mention.label for mention in find_periods(fold(draft.text))}
        if labels & said and not labels & seen and len(text) <= WHOLE_SENTENCE:
            return replace(told, draft=replace(draft, text=phrasing.quoted(told.question.language, text)))
    return told


def _grows(told: Told) -> bool:
    """Say whether an answer says how something grew: each of its rows does, or its words do."""
    rows, pool = [row for row, _ in told.draft.rows], told.pool
    if rows and pool is not None:
        return all(is_change(pool, row) for row in rows)
    return bool(_CHANGED.search(told.draft.text))


def _is_of_conversation(told: Told, frame: Frame) -> bool:
    """Say whether an answer to a turn that names no place stays with those of the conversation."""
    about = [bare(place) for place in (*frame.places, frame.place) if place]
    if not about:
        return True
    for proof in told.draft.evidence:
        own, said = proof.document.place, fold(proof.span.of(proof.document.text))
        near = own is None or any(is_within(own, place) or is_within(place, own) for place in about)
        if not near and not any(place in said or place in fold(proof.document.title) for place in about):
            return False
    return True


def _is_undated(told: Told) -> bool:
    """Say whether an answer holds for no year: neither its figures nor its sentences, nor the headings above, name one."""
    if any(row.period for row, _ in told.draft.rows) or told.pool is None:
        return False
    held = [one for one in told.pool.sentences if _holds(one, told.draft.evidence)]
    headed = (heading for one in held for heading in holders(one.document, one.section))
    return not any(find_periods(one.key) for one in held) and not any(
        find_periods(fold(heading.title)) for heading in headed if heading.level > 0
    )


def _is_of_one(told: Told) -> bool:
    """Say whether a comparison of two periods is that of one indicator."""
    return len({row.period for row, _ in told.draft.rows}) > 1


def _repeats(told: Told, frame: Frame) -> bool:
    """Say whether a turn that asks something more of an answer is given the same words again."""
    if (
        told.question.kind in {*ASKS_BACK, Kind.IDENTITY, Kind.LIST, Kind.COMPARISON}
        or not told.draft.evidence
    ):
        return False
    return all(any(_touch(one, other) for other in frame.cited) for one in told.draft.evidence)


def _touch(one: Evidence, other: Evidence) -> bool:
    return one.document.id == other.document.id and one.span.touches(other.span)


def _own(reading: Reading, told: Told) -> list[Term]:
    own = [one for one in own_terms(told.question) if not one.optional]
    if not reading.own:
        return own
    return [one for one in own if any(text in one.text or one.text in text for text in reading.own)]


def _speaks_of(reading: Reading, told: Told) -> bool:
    own, scopes = _own(reading, told), _scopes(told)
    if not own or told.pool is None:
        return not reading.own
    pool = told.pool
    nouns = [one for one in own if one.is_noun and not said_otherwise(one.text, _text_of(told))]
    return pool.coverage(own, scopes) >= _SPOKEN and all(
        pool.support(one, scopes) >= _SPOKEN for one in nouns
    )


def _is_of_period(reading: Reading, told: Told) -> bool:
    """Say whether the evidence is of the asked year: printed in it when it is what was just cited, or set around it."""
    draft, question = told.draft, reading.question
    if not question.periods or draft.rows or told.pool is None or question.kind is not Kind.FIGURE:
        return True
    if any(period.label is None and _PAST.search(period.text) for period in question.periods):
        known = reference_of(draft.evidence[0].document) if draft.evidence else None
        if known is None and not _PAST.search(_text_of(told)):
            return False  # no day is known from which last year counts
    for sentence in told.pool.sentences:
        if _holds(sentence, draft.evidence):
            printed = bool(find_periods(sentence.key))
            return is_said_of(question, sentence) and (printed or reading.within is not Within.CITED)
    return True


def is_said_of(question: Question, sentence: Sentence) -> bool:
    """Say whether a sentence speaks of the asked years: it prints them, or stands below a heading that sets them."""
    return says_period(question, sentence, exactly=not find_periods(sentence.key))


def _holds(sentence: Sentence, evidence: tuple[Evidence, ...]) -> bool:
    return any(
        one.document.id == sentence.document.id and sentence.span.touches(one.span) for one in evidence
    )


def _is_of_place(place: str, told: Told) -> bool:
    """Say whether the evidence stands in a text of a place, below a heading that names it, or names it itself."""
    name = bare(place)
    for proof in told.draft.evidence:
        document = proof.document
        named = [document.place or "", document.title, document.issuer or "", _text_of(told)]
        named += [one.title for one in holders(document, proof.section)]
        if any(name in fold(text) for text in named) or (place == "全国" and "国务院" in document.title):
            return True
    return False


def _is_of_measure(reading: Reading, told: Told) -> bool:
    """Say whether a measure that the question names (比例, 期限) is printed beside the answer; a share may be a figure in %."""
    asked = set(_MEASURES.findall(reading.question.key))
    if reading.question.kind is Kind.WHEN:
        asked.discard("期限")  # a date or a length of time is one
    said = _text_of(told)
    return all(one in said or (one in {"比例", "比率", "占比"} and _SHARE.search(said)) for one in asked)


def _scopes(told: Told) -> list[tuple[float, frozenset[str]]]:
    titles = [one.title for proof in told.draft.evidence for one in holders(proof.document, proof.section)]
    headed: frozenset[str] = frozenset().union(*(grams(fold(title)) for title in titles))
    also = frozenset().union(*(same for row, _ in told.draft.rows for same in synonyms(row.name)))
    return [(1.0, grams(_text_of(told)) | also), (_HEADED, headed)]


def _text_of(told: Told) -> str:
    """Return the key of what an answer says and of the sentences that it says it from."""
    draft = told.draft
    said = [draft.text, *(row.name for row, _ in draft.rows)]
    if draft.rows:
        proof = draft.evidence[0].document
        said += [row.clause.of(proof.text) for row, _ in draft.rows if row.document_id == proof.id]
        return fold("\n".join(said))
    said += [span.of(draft.evidence[0].document.text) for span in _shown(draft)]
    if draft.method != "span":
        said += [proof.span.of(proof.document.text) for proof in draft.evidence]
    return fold("\n".join(said))


def _shown(draft: Draft) -> list[Span]:
    """Return the cited sentences of which a clause is shown."""
    if not draft.evidence:
        return []
    proof = draft.evidence[0]
    text = proof.document.text
    return [
        one for one in sentences(text, proof.span)
        if any(_MARKS.sub("", part.of(text)) in draft.text for part in clauses(text, one))
    ]  # fmt: skip
