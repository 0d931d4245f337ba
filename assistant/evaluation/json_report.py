"""An evaluation as JSON: for scripts, for CI, and as the baseline of later runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.model import (
    CaseResult,
    Change,
    Comparison,
    Estimate,
    Evaluation,
    Summary,
)
from assistant.evaluation.summaries import case_values

Json = dict[str, object]

FORMAT = "policy-assistant-evaluation/1"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a later run needs of an earlier one: its figures, and every measure of every case."""

    name: str
    when: str
    figures: dict[str, float]
    cases: dict[str, dict[str, float]]


def figures_of(summary: Summary) -> dict[str, float]:
    """Return every figure of a summary by name, shares and amounts alike."""
    return {name: estimate.value for name, estimate in summary.estimates.items()} | summary.amounts


def evaluation_json(evaluation: Evaluation) -> Json:
    """Return everything that was measured, in plain JSON values."""
    return {
        "format": FORMAT,
        "name": evaluation.name,
        "when": evaluation.when,
        "about": evaluation.about,
        "summary": _summary(evaluation.summary),
        "by_type": {key: _summary(part) for key, part in evaluation.by_type.items()},
        "by_language": {key: _summary(part) for key, part in evaluation.by_language.items()},
        "risk": [[round(point.coverage, 4), round(point.risk, 4)] for point in evaluation.risk],
        "comparison": _comparison(evaluation.comparison) if evaluation.comparison else None,
        "cases": [_case(result) for result in evaluation.results],
    }


def _summary(summary: Summary) -> Json:
    return {
        "cases": summary.cases,
        "figures": {name: round(value, 4) for name, value in figures_of(summary).items()},
        "intervals": {
            name: {"n": estimate.count, "low": _rounded(estimate.low), "high": _rounded(estimate.high)}
            for name, estimate in summary.estimates.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _comparison(comparison: Comparison) -> Json:
    return {
        "baseline": comparison.baseline,
        "shared": comparison.shared,
        "changes": {change.name: _change(change) for change in comparison.changes},
        "won": list(comparison.won),
        "lost": list(comparison.lost),
        "added": list(comparison.added),
        "removed": list(comparison.removed),
    }


def _change(change: Change) -> Json:
    return {
        "before": round(change.before, 4),
        "after": round(change.after, 4),
        "delta": round(change.delta, 4),
        "p": _rounded(change.p_value),
    }


def _case(result: CaseResult) -> Json:
    case, outcome = result.case, result.outcome
    return {
        "id": case.id,
        "question": case.question,
        "type": case.type,
        "lang": case.language,
        "expected_behavior": case.behavior.value,
        "ok": result.verdict.ok,
        "stage": result.stage.value if result.stage else None,
        "faults": [fault.value for fault in result.faults],
        "answer": outcome.answer,
        "citations": [quote.text for quote in outcome.quotes],
        "abstained": outcome.abstained,
        "reason": outcome.reason,
        "confidence": round(outcome.confidence, 4),
        "method": outcome.method,
        "ms": _rounded(outcome.ms),
        "wrong_figures": list(result.wrong_figures),
        "bad_quotes": list(result.bad_quotes),
        "evidence_ranks": [{"rank": found.rank, **found.arms} for found in result.found],
        "error": outcome.error,
        "values": {name: round(value, 4) for name, value in case_values(result).items()},
    }


def write_json(path: Path, evaluation: Evaluation) -> None:
    """Write the report as indented JSON in UTF-8."""
    text = json.dumps(evaluation_json(evaluation), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def read_baseline(path: Path) -> Baseline:
    """Return the figures of an earlier report. Raises `CaseFileError` for what is no such report."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = error.strerror
        raise CaseFileError(f"The baseline {path} cannot be read ({why}). Check the path.") from error
    except ValueError as error:
        raise CaseFileError(f"The baseline {path} is no JSON ({error}). {_REMEDY}") from error
    if not isinstance(report, dict) or report.get("format") != FORMAT:
        raise CaseFileError(f"The baseline {path} is no report of this format ({FORMAT}). {_REMEDY}")
    try:
        return Baseline(
            name=str(report["name"]),
            when=str(report["when"]),
            figures={name: float(value) for name, value in report["summary"]["figures"].items()},
            cases={case["id"]: _values(case["values"]) for case in report["cases"]},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CaseFileError(f"The baseline {path} was changed by hand ({error!r}). {_REMEDY}") from error


_REMEDY = "Make one with `assistant evaluate CASES --report OLD.html`; it writes OLD.json beside it."


def _values(values: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}


def estimate_text(estimate: Estimate) -> str:
    """Return an estimate as people read it: 0.954 [0.892–1.000], n = 65."""
    interval = "" if estimate.low is None else f" [{estimate.low:.3f}–{estimate.high:.3f}]"
    return f"{estimate.value:.3f}{interval}, n = {estimate.count}"
