"""Questions that documents print with their answers (问:…? 答:…)."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answers.evidence import SCOPES, Pool, Sentence

GAP = 3  # characters between a printed question and its answer

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
