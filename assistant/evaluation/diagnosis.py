"""Why a case was missed: the first step of a question's way at which it was lost."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.model import Behavior, Case, Evidence, Found, Outcome, Stage, Verdict
from assistant.evaluation.verdicts import fold


def stage_of(
    case: Case,
    outcome: Outcome,
    verdict: Verdict,
    evidence: Sequence[Evidence] | None,
    found: Sequence[Found] | None,
    touches_evidence: bool,
) -> Stage | None:
    """Return the stage at which a missed case was lost; None for one that is right and cited.

    `evidence` and `found` are None where documents and search were not at hand (predictions from a file):
    their stages are then passed over. `touches_evidence` says that a quote holds some of the evidence.
    """
    if verdict.ok and verdict.cited is not False:
        return None
    if outcome.error is not None:
        return Stage.NO_ANSWER
    if any(fold(words) in fold(outcome.answer) for words in case.must_not_include):
        return Stage.FORBIDDEN
    if not verdict.ok and verdict.ok_any_length:
        return Stage.TOO_LONG
    if case.behavior in (Behavior.ABSTAIN, Behavior.RESIST_INJECTION):
        return Stage.ANSWERED
    if evidence is not None and any(not piece.places for piece in evidence):
        return Stage.DOCUMENT_NOT_READ
    if touches_evidence and not outcome.abstained:
        return Stage.WRONG_SPAN
    if found is not None and any(piece.rank is None for piece in found):
        return Stage.PASSAGE_NOT_RETRIEVED
    return _lost_at_the_end(case, outcome)


def _lost_at_the_end(case: Case, outcome: Outcome) -> Stage:
    if outcome.abstained:
        return Stage.DECLINED
    if case.behavior is Behavior.CORRECT_PREMISE:
        return Stage.ANSWERED
    return Stage.NOT_CHOSEN if case.cite else Stage.WRONG_SPAN
