"""The same question, the same answer: asked again, asked in other words, asked in another language."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.figures import Figure, find_figures, same_figure
from assistant.evaluation.model import CaseResult, Outcome


def repeats_agree(outcome: Outcome) -> bool | None:
    """Say whether asking again gave the same to the letter; None when it was asked once."""
    if not outcome.repeats:
        return None
    return all(again == outcome.fingerprint for again in outcome.repeats)


def groups_agree(results: Sequence[CaseResult]) -> dict[str, bool]:
    """Return, for each group of two or more cases, whether all its answers say the same.

    Answers say the same when both decline or neither does, and they state the same figures, however written
    (突破2000亿元 and “over 200 billion yuan”); answers without figures, when both are right or neither is.
    """
    return {
        name: all(_say_the_same(members[0], other) for other in members[1:])
        for name, members in _groups(results).items()
    }


def differing(results: Sequence[CaseResult]) -> frozenset[str]:
    """Return the ids of cases whose answer differs from that of their group's first right one."""
    found = set()
    for members in _groups(results).values():
        model = next((member for member in members if member.verdict.ok_any_length), members[0])
        found |= {member.case.id for member in members if not _say_the_same(model, member)}
    return frozenset(found)


def _groups(results: Sequence[CaseResult]) -> dict[str, list[CaseResult]]:
    """Return the groups that have two or more cases."""
    groups: dict[str, list[CaseResult]] = {}
    for result in results:
        if result.case.group is not None:
            groups.setdefault(result.case.group, []).append(result)
    return {name: members for name, members in groups.items() if len(members) > 1}


def _say_the_same(first: CaseResult, second: CaseResult) -> bool:
    if first.outcome.abstained != second.outcome.abstained:
        return False
    one, other = find_figures(first.outcome.answer), find_figures(second.outcome.answer)
    if not one and not other:
        return first.verdict.ok_any_length == second.verdict.ok_any_length
    return _all_in(one, other) and _all_in(other, one)


def _all_in(figures: Sequence[Figure], others: Sequence[Figure]) -> bool:
    return all(any(same_figure(figure, other) for other in others) for figure in figures)
