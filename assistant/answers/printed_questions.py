"""Questions that documents print with their answers (问:…? 答:…): the reply answers whoever asks the same."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answers import phrasing
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import SCOPES, Pool, Sentence
from assistant.asking.questions import Kind, Question
from assistant.asking.terms import grams

GAP = 3  # characters between a printed question and its answer
_SAME = 0.8  # least share of the question that the printed one must say
_NO_MORE = 0.5  # least share of the printed question that the question must say
_WHOLE = {Kind.WHAT, Kind.LIST, Kind.YES_NO, Kind.DEFINITION, Kind.BODY}

Printed = Mapping[tuple[str, int], frozenset[str]]
"""Bigrams of printed questions by the document and the offset at which each ends."""


def is_question(sentence: Sentence) -> bool:
    """Say whether a sentence is a printed question."""
    return sentence.key.endswith("?")


def printed_questions(pool: Pool) -> Printed:
    """Return the questions that the found documents print."""
    return {(s.document.id, s.span.end): s.grams for s in pool.sentences if is_question(s)}


def replied_to(sentence: Sentence, printed: Printed) -> list[tuple[float, frozenset[str]]]:
    """Return the printed question right before a sentence as a scope of it; none for most."""
    ends = range(sentence.span.start - GAP, sentence.span.start + 1)
    before = (printed.get((sentence.document.id, end)) for end in ends)
    return [(SCOPES["sentence"], said) for said in before if said]


def answer_reply(question: Question, pool: Pool) -> Draft | None:
    """Return the whole reply to the printed question that asks the same, for what is no single figure or name."""
    if question.kind not in _WHOLE or not question.terms:
        return None
    asked = grams(question.key)
    best: tuple[float, Sentence] | None = None
    for sentence in filter(is_question, pool.sentences):
        alike = pool.mass(sentence.grams & asked) / (pool.mass(sentence.grams) or 1.0)
        coverage = pool.coverage(question.terms, [(1.0, sentence.grams)])
        if coverage >= _SAME and alike >= _NO_MORE and (best is None or coverage + alike > best[0]):
            best = (coverage + alike, sentence)
    if best is None:
        return None
    reply = _reply(best[1], pool)
    if not reply:
        return None
    text = phrasing.clipped("".join(s.text.strip() for s in reply), phrasing.LONGEST_LIST)
    proofs = tuple(Evidence(s.document, s.section, s.span) for s in reply)
    return Draft("reply", phrasing.quoted(question.language, text.removeprefix("答：")), proofs)


def _reply(asked: Sentence, pool: Pool) -> list[Sentence]:
    """Return the sentences right behind a printed question, up to the next one or the end of their section."""
    following = sorted(
        (s for s in pool.sentences if s.document.id == asked.document.id and s.span.start >= asked.span.end),
        key=lambda sentence: sentence.span,
    )
    reply: list[Sentence] = []
    end = asked.span.end
    for sentence in following:
        if is_question(sentence) or sentence.span.start - end > GAP:
            break
        reply.append(sentence)
        end = sentence.span.end
    return reply
