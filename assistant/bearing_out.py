"""Whether an answer bears out what a follow-up asked: its words, its year and its measure stand where the answer stands.

A question by itself is answered with what comes nearest. A follow-up says less, so that what comes nearest may be
the neighbour of what is meant; it is answered only with evidence that speaks of its own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant import phrasing
from assistant.drafts import Draft, Evidence
from assistant.evidence import Pool, Sentence, holders
from assistant.followups import Reading, Within
from assistant.frames import Frame, own_terms
from assistant.ledger_matching import synonyms
from assistant.questions import Kind, Question
from assistant.span_answers import WHOLE_SENTENCE
from assistant.spans import says_period
from assistant.terms import Term, grams
from documents.folding import fold
from documents.model import Span
from documents.periods import find_periods
from documents.sentences import clauses, sentences

_SPOKEN = 0.5  # least share of what is asked that the evidence must say, and of each of its nouns
_PRINTED = 0.95  # from this on a word is printed as it was asked
_HEADED = 0.6  # what a heading above counts beside the evidence
_MEASURES = re.compile(r"比例|比率|占比|费率|利率|期限|限额|面积|人数|电话|地址")
_SHARE = re.compile(r"[%‰]|百分之|成(?![立为员本果])")
_MARKS = re.compile(r"^[\s,，;；。.:：]+|[\s,，;；。.:：]+$")
_CORE = re.compile(r"^(?:那么|那|还有|以及|再|其中)*(?P<core>[\u4e00-\u9fff“”\"]{2,8}?)(?:的)?呢?[?]?$")


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
    if reading.of_answer and _repeats(told, frame):
        return False
    if not reading.checked or told.pool is None:
        return True
    return _speaks_of(reading, told) and _is_of_period(reading, told) and _is_of_measure(reading, told)


def is_printed(asked: Question, reading: Reading, told: Told) -> bool:
    """Say whether the answer's evidence prints the follow-up's words as they were asked: no other reading is closer."""
    if told.pool is None:
        return True
    core = _CORE.match(asked.key)
    if core and core["core"].strip('“”"') not in _text_of(told) and not asked.places:
        return False
    scopes = _scopes(told)
    return all(told.pool.support(one, scopes) >= _PRINTED for one in _own(reading, told))


def widened(reading: Reading, told: Told) -> Told:
    """Return an answer that shows the whole sentence when the asked year stands beside the clause that was shown."""
    draft, periods = told.draft, reading.question.periods
    if draft.method != "span" or not periods or len(draft.evidence) != 1:
        return told
    labels = {period.label for period in periods}
    for sentence in _shown(draft):
        text = sentence.of(draft.evidence[0].document.text)
        said = {mention.label for mention in find_periods(fold(text))}
        seen = {mention.label for mention in find_periods(fold(draft.text))}
        if labels & said and not labels & seen and len(text) <= WHOLE_SENTENCE:
            return replace(told, draft=replace(draft, text=phrasing.quoted(told.question.language, text)))
    return told


def _repeats(told: Told, frame: Frame) -> bool:
    """Say whether a turn that asks something more of an answer is given the same words again."""
    if told.draft.rows or told.question.kind not in {Kind.FIGURE, Kind.WHAT, Kind.COMPARISON, Kind.YES_NO}:
        return False
    cited = {(one.document.id, one.span) for one in frame.cited}
    return all((one.document.id, one.span) in cited for one in told.draft.evidence)


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
    nouns = [one for one in own if one.is_noun]
    return pool.coverage(own, scopes) >= _SPOKEN and all(
        pool.support(one, scopes) >= _SPOKEN for one in nouns
    )


def _is_of_period(reading: Reading, told: Told) -> bool:
    """Say whether the evidence is of the asked year: printed in it when it is what was just cited, or set around it."""
    draft, question = told.draft, reading.question
    if not question.periods or draft.rows or told.pool is None or question.kind is not Kind.FIGURE:
        return True
    for sentence in told.pool.sentences:
        if _holds(sentence, draft.evidence):
            printed = bool(find_periods(sentence.key))
            return says_period(question, sentence, exactly=not printed) and (
                printed or reading.within is not Within.CITED
            )
    return True


def _holds(sentence: Sentence, evidence: tuple[Evidence, ...]) -> bool:
    return any(
        one.document.id == sentence.document.id and sentence.span.holds(Span(one.span.start, one.span.start))
        for one in evidence
    )


def _is_of_measure(reading: Reading, told: Told) -> bool:
    """Say whether a measure that the question names (比例, 期限) is printed beside the answer; a share may be a figure in %."""
    asked = set(_MEASURES.findall(reading.question.key))
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
