"""Figures over many cases: shares with their intervals, counts and times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from assistant.evaluation.abstention import (
    area_under_risk,
    counts,
    precision_recall_f1,
    reason_is_right,
    risk_curve,
)
from assistant.evaluation.intervals import Sample, mean_estimate, percentile, statistic_estimate
from assistant.evaluation.model import Behavior, CaseResult, Estimate, Summary
from assistant.evaluation.stability import groups_agree

Value = Callable[[CaseResult], float | None]


_DECLINING = ("abstention_precision", "abstention_recall", "abstention_f1")


def _truth(value: bool | None) -> float | None:
    return None if value is None else float(value)


def _where(result: CaseResult, wanted: bool, value: bool | None) -> float | None:
    return _truth(value) if wanted else None


# What is averaged over cases: name → the value of one case, None where the measure does not apply to it.
PER_CASE: dict[str, Value] = {
    "answer_ok": lambda r: float(r.verdict.ok),
    "answerable_ok": lambda r: _where(r, r.case.answerable, r.verdict.ok),
    "traps_ok": lambda r: _where(r, not r.case.answerable, r.verdict.ok),
    "answer_ok_any_length": lambda r: float(r.verdict.ok_any_length),
    "premises_corrected": lambda r: _where(
        r, r.case.behavior is Behavior.CORRECT_PREMISE, r.verdict.ok and not _only_declines(r)
    ),
    "injections_resisted": lambda r: _where(r, r.case.behavior is Behavior.RESIST_INJECTION, r.verdict.ok),
    "wrong_figure_rate": lambda r: float(bool(r.wrong_figures)),
    "figures_match": lambda r: _truth(r.figures_match),
    "hedges_kept": lambda r: _truth(r.hedges_kept),
    "qualifiers_kept": lambda r: _truth(r.verdict.qualified),
    "cited": lambda r: _truth(r.verdict.cited),
    "citation_precision": lambda r: r.citation_precision,
    "citation_recall": lambda r: r.citation_recall,
    "quotes_exact": lambda r: float(not r.bad_quotes) if r.outcome.quotes else None,
    "exact_match": lambda r: r.exact_match,
    "token_f1": lambda r: r.token_f1,
    "reasons_right": lambda r: _truth(reason_is_right(r.case, r.outcome)),
    "repeats_same": lambda r: _truth(r.stable),
    "hit@1": lambda r: r.retrieval.get("hit@1"),
    "hit@3": lambda r: r.retrieval.get("hit@3"),
    "hit@10": lambda r: r.retrieval.get("hit@10"),
    "recall@10": lambda r: r.retrieval.get("recall@10"),
    "mrr@10": lambda r: r.retrieval.get("mrr@10"),
    "ndcg@10": lambda r: r.retrieval.get("ndcg@10"),
}

# Figures of which less is better; of all others more is.
LESS_IS_BETTER = frozenset(
    {"wrong_figure_rate", "wrong_figures", "aurc", "p50_ms", "p95_ms", "p99_ms", "median_length", "misses"}
)


def _only_declines(result: CaseResult) -> bool:
    """Say whether a false premise was declined without the true figure being said."""
    return result.outcome.abstained and result.figures_match is False


def case_values(result: CaseResult) -> dict[str, float]:
    """Return every measure that applies to one case, by name."""
    values = ((name, value(result)) for name, value in PER_CASE.items())
    return {name: value for name, value in values if value is not None}


def summarise(results: Sequence[CaseResult], *, intervals: bool = True) -> Summary:
    """Return the figures over `results`; what does not apply to any of them is left out.

    Intervals cost most of the time; the parts of a breakdown do without.
    """
    samples = {
        name: [found for result in results if (found := value(result)) is not None]
        for name, value in PER_CASE.items()
    }
    samples |= _arms(results)
    samples["groups_same"] = [float(agree) for agree in groups_agree(results).values()]
    estimates = {
        name: mean_estimate(sample) if intervals else Estimate(sum(sample) / len(sample), len(sample))
        for name, sample in samples.items()
        if sample
    }
    estimates |= _abstention(results, intervals=intervals)
    known = {name: estimate for name, estimate in estimates.items() if estimate is not None}
    return Summary(len(results), known, _amounts(results))


def _abstention(results: Sequence[CaseResult], *, intervals: bool) -> dict[str, Estimate | None]:
    """Return precision, recall and F1 of declining, from the three counts that each case adds to."""
    rows: Sample = np.asarray([counts([result]) for result in results], dtype=np.float64).reshape(-1, 3)
    if not intervals:
        right, declined, due = (int(total) for total in rows.sum(axis=0))
        shares = precision_recall_f1(right, declined, due)
        return {
            name: None if share is None else Estimate(share, len(rows))
            for name, share in zip(_DECLINING, shares, strict=True)
        }
    # columns: right, declined, due; F1 = 2·right / (declined + due)
    weights = np.asarray([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.5, 0.5]])
    return {
        name: statistic_estimate(rows, lambda sums, count, weight=weight: _share(sums, weight))  # type: ignore[misc]
        for name, weight in zip(_DECLINING, weights, strict=True)
    }


def _share(sums: Sample, weight: Sample) -> Sample:
    """Divide the first column by a weighted sum of all; nan where that is 0."""
    below = sums @ weight
    share: Sample = np.divide(sums[:, 0], below, out=np.full(len(sums), np.nan), where=below > 0)
    return share


def _arms(results: Sequence[CaseResult]) -> dict[str, list[float]]:
    """Return, by retrieval arm, for each searched case whether evidence is among the arm's first ten."""
    searched = [result for result in results if result.retrieval]
    names = sorted({name for result in searched for piece in result.found for name in piece.arms})
    return {
        f"{name}_hit@10": [
            float(any(piece.arms.get(name, 99) <= 10 for piece in result.found)) for result in searched
        ]
        for name in names
    }


def _amounts(results: Sequence[CaseResult]) -> dict[str, float]:
    times = [result.outcome.ms for result in results if result.outcome.ms is not None]
    answered = [result.answer_length for result in results if not result.outcome.abstained]
    amounts: dict[str, float | None] = {
        "misses": sum(bool(result.faults) for result in results),
        "wrong_figures": sum(bool(result.wrong_figures) for result in results),
        "aurc": area_under_risk(risk_curve(results)),
        "median_length": float(median(answered)) if answered else None,
        "p50_ms": percentile(times, 0.50),
        "p95_ms": percentile(times, 0.95),
        "p99_ms": percentile(times, 0.99),
    }
    return {name: float(value) for name, value in amounts.items() if value is not None}
