"""From use to tests: a thumbs-down with a correction becomes a draft of a case.

A draft says what the person said, and is refused by `read_cases` until someone has looked at it: a correction
that is itself wrong must not become the truth that everything else is measured against.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from assistant.evaluation.figures import find_figures
from assistant.evaluation.verdicts import fold, without_space
from assistant.feedback import Feedback

Json = dict[str, object]

_SHORT = 20  # a correction up to this long is taken as the words that must be said
_NOT_THERE = re.compile(
    r"没有(?:提到|提及|说|写|给出|列出|这|相关)|未(?:提及|提到|说明|列出|给出|涉及)|不在(?:文件|原文)|应(?:当|该)?拒答"
    r"|\bnot (?:stated|mentioned|in the document)|\bshould (?:decline|abstain)|\bno such\b",
    re.IGNORECASE,
)


def draft_cases(feedback: Iterable[Feedback]) -> list[Json]:
    """Return one draft for each question that was answered wrong and corrected, oldest first.

    Of several corrections of one question the latest is kept.
    """
    drafts: dict[str, Json] = {}
    for given in feedback:
        if given.verdict == "down" and given.correction and fold(given.correction):
            drafts[fold(given.question)] = _draft(given, given.correction.strip())
    return list(drafts.values())


def _draft(given: Feedback, correction: str) -> Json:
    digest = hashlib.sha256(fold(given.question).encode()).hexdigest()[:8]
    draft: Json = {"id": f"feedback-{digest}", "draft": True, "question": given.question.strip()}
    if _NOT_THERE.search(correction):
        draft |= {"answerable": False, "expected_behavior": "abstain", "expected": [], "must_include": []}
    else:
        draft |= {
            "answerable": True,
            "expected_behavior": "answer",
            "expected": [correction],
            "must_include": _must_include(correction),
        }
    draft |= {"cite": [], "near_cite": [without_space(quote) for quote in given.citations if fold(quote)]}
    draft |= {"type": "feedback", "lang": "zh" if re.search(r"[\u4e00-\u9fff]", given.question) else "en"}
    told = f"; reason: {given.reason}" if given.reason else ""
    todo = "Check it, add cite, remove draft."
    draft["note"] = f"answered: {given.answer}{told}; given {given.given_at}. {todo}"
    return draft


def _must_include(correction: str) -> list[list[str]]:
    """Ask for the figures of a correction, else for its words when they are few."""
    figures = list(dict.fromkeys(figure.text for figure in find_figures(correction)))
    if figures:
        return [[figure] for figure in figures]
    return [[correction if len(correction) <= _SHORT else correction[:_SHORT]]]
