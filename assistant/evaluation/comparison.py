"""What changed against a baseline, case by case, and whether chance explains it."""

from __future__ import annotations

from dataclasses import replace

from assistant.evaluation.intervals import paired_p_value
from assistant.evaluation.json_report import Baseline, figures_of
from assistant.evaluation.model import CaseResult, Change, Comparison, Evaluation
from assistant.evaluation.summaries import PER_CASE, case_values


def compare(evaluation: Evaluation, baseline: Baseline) -> Evaluation:
    """Return the evaluation with its comparison.

    Measures of single cases are compared over the cases that both runs have, by a paired test; other figures
    (area, percentiles, F1 of declining) stand beside each other as they are.
    """
    before, after = baseline.cases, {result.case.id: case_values(result) for result in evaluation.results}
    shared = [case_id for case_id in after if case_id in before]
    changes = [
        change
        for name, value in figures_of(evaluation.summary).items()
        if (change := _change(name, value, before, after, shared, baseline)) is not None
    ]
    comparison = Comparison(
        baseline=f"{baseline.name}, {baseline.when}",
        shared=len(shared),
        changes=tuple(changes),
        won=tuple(case_id for case_id in shared if _ok(after[case_id]) > _ok(before[case_id])),
        lost=tuple(case_id for case_id in shared if _ok(after[case_id]) < _ok(before[case_id])),
        added=tuple(case_id for case_id in after if case_id not in before),
        removed=tuple(case_id for case_id in before if case_id not in after),
    )
    return replace(evaluation, comparison=comparison)


def _ok(values: dict[str, float]) -> float:
    return values.get("answer_ok", 0.0)


def _change(
    name: str,
    value: float,
    before: dict[str, dict[str, float]],
    after: dict[str, dict[str, float]],
    shared: list[str],
    baseline: Baseline,
) -> Change | None:
    if name in PER_CASE:
        both = [case_id for case_id in shared if name in before[case_id] and name in after[case_id]]
        if not both:
            return None
        old, new = [before[case_id][name] for case_id in both], [after[case_id][name] for case_id in both]
        return Change(name, sum(old) / len(both), sum(new) / len(both), paired_p_value(old, new))
    earlier = baseline.figures.get(name)
    return None if earlier is None else Change(name, earlier, value)


def change_of(result: CaseResult, comparison: Comparison | None) -> str:
    """Return "won", "lost", "added" or "" for one case, as the reports mark it."""
    if comparison is None:
        return ""
    for word, ids in (("won", comparison.won), ("lost", comparison.lost), ("added", comparison.added)):
        if result.case.id in ids:
            return word
    return ""
