"""An evaluation on a terminal: the headline figures, what changed, and where cases were lost. Pure."""

from __future__ import annotations

from collections import Counter

from assistant.evaluation.comparison import change_of
from assistant.evaluation.json_report import estimate_text
from assistant.evaluation.model import CaseResult, Change, Evaluation, Fault, Summary
from assistant.evaluation.report_view import p_text

HEADLINE = (
    "answer_ok",
    "answerable_ok",
    "traps_ok",
    "cited",
    "citation_precision",
    "quotes_exact",
    "hedges_kept",
    "figures_match",
    "abstention_f1",
    "reasons_right",
    "repeats_same",
    "groups_same",
    "token_f1",
    "hit@1",
    "mrr@10",
    "ndcg@10",
)
_MOST_MISSES = 40


def summary_text(evaluation: Evaluation, *, most: int = _MOST_MISSES) -> str:
    """Return the headline figures with intervals, one a line, then the misses, at most `most` of them."""
    deltas = {c.name: c for c in evaluation.comparison.changes} if evaluation.comparison else {}
    lines = [f"{evaluation.name}: {evaluation.summary.cases} cases, {len(evaluation.misses)} with a fault"]
    if evaluation.comparison:
        before = evaluation.comparison
        lines.append(f"against {before.baseline} ({before.shared} cases in both)")
    for name in HEADLINE:
        estimate = evaluation.summary.estimates.get(name)
        if estimate is not None:
            lines.append(f"  {name:<20} {estimate_text(estimate)}{_delta(deltas.get(name))}")
    lines.append(_amounts(evaluation.summary))
    if evaluation.misses:
        lines += ["", *_misses(evaluation, most)]
    return "\n".join(lines)


def _amounts(summary: Summary) -> str:
    amounts = summary.amounts
    parts = [f"wrong_figures {amounts.get('wrong_figures', 0):.0f}"]
    if "aurc" in amounts:
        parts.append(f"aurc {amounts['aurc']:.4f}")
    parts += [f"{name} {amounts[name]:.1f}" for name in ("p50_ms", "p95_ms", "p99_ms") if name in amounts]
    return "  " + ", ".join(parts)


def _delta(change: Change | None) -> str:
    if change is None:
        return ""
    p_value = "" if change.p_value is None else f", {p_text(change.p_value)}"
    return f"   {change.delta:+.3f}{p_value}"


def _misses(evaluation: Evaluation, most: int) -> list[str]:
    stages = Counter(miss.stage.value for miss in evaluation.misses if miss.stage)
    lines = [f"lost at: {', '.join(f'{name} {count}' for name, count in stages.most_common()) or 'no stage'}"]
    for miss in evaluation.misses[:most]:
        lines += _miss(miss, change_of(miss, evaluation.comparison))
    if len(evaluation.misses) > most:
        lines.append(f"… and {len(evaluation.misses) - most} more: see them all with --report")
    return lines


def _miss(miss: CaseResult, change: str) -> list[str]:
    """Return what was asked, what is wrong with the answer, and what was said and expected."""
    where = ", ".join([*(fault.value for fault in miss.faults), *([miss.stage.value] if miss.stage else [])])
    said = " ".join(miss.outcome.answer.split())[:160] or miss.outcome.error or "(nothing)"
    lines = [f"{miss.case.id} {miss.case.question}  [{where}] {change}".rstrip(), f"    said: {said}"]
    if Fault.ANSWER in miss.faults:
        wanted = "; ".join(" | ".join(group[:3]) for group in miss.case.must_include)
        lines.append(f"    expected: {wanted or miss.case.behavior.value}")
    if miss.wrong_figures:
        lines.append(f"    wrong figures: {', '.join(miss.wrong_figures)}")
    return lines
