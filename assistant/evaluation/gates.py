"""`--fail-on`: conditions on the figures that make a run fail, for CI.

A condition is a figure, a comparison and a number: `wrong_figures>0`. A number with a sign is a change
against the baseline: `answer_ok<-0.01` fails when the share of right answers fell by more than a point.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.evaluation.errors import GateError
from assistant.evaluation.json_report import figures_of
from assistant.evaluation.model import Evaluation

_CONDITION = re.compile(r"^([a-z_0-9@]+)\s*(<=|>=|==|!=|<|>)\s*([+-]?)(\d+(?:\.\d+)?)$")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition. `relative` compares the change against the baseline rather than the figure."""

    text: str
    figure: str
    sign: str
    limit: float
    relative: bool


def parse_gates(expression: str) -> tuple[Gate, ...]:
    """Return the conditions of a comma-separated expression. Raises `GateError` for what is none."""
    gates = []
    for part in expression.split(","):
        text = part.strip()
        match = _CONDITION.match(text)
        if match is None:
            raise GateError(
                f"{text!r} is no condition. Write a figure, a comparison and a number, such as "
                "wrong_figures>0, or answer_ok<-0.01 for a fall against the baseline."
            )
        figure, sign, direction, number = match.groups()
        limit = -float(number) if direction == "-" else float(number)
        gates.append(Gate(text, figure, sign, limit, relative=bool(direction)))
    return tuple(gates)


def failed_gates(evaluation: Evaluation, gates: tuple[Gate, ...]) -> tuple[str, ...]:
    """Return what each condition that holds says, with the figure; an empty tuple lets the run pass.

    Raises `GateError` for a figure that was not measured and for a change without a baseline.
    """
    failed = []
    for gate in gates:
        value = _change(evaluation, gate) if gate.relative else _figure(evaluation, gate)
        if _COMPARE[gate.sign](value, gate.limit):
            shown = f"{value:+.4g}" if gate.relative else f"{value:.4g}"
            failed.append(f"{gate.text} (it is {shown})")
    return tuple(failed)


def _figure(evaluation: Evaluation, gate: Gate) -> float:
    figures = figures_of(evaluation.summary)
    if gate.figure not in figures:
        known = ", ".join(sorted(figures))
        raise GateError(f"{gate.text}: {gate.figure} was not measured. There are {known}.")
    return figures[gate.figure]


def _change(evaluation: Evaluation, gate: Gate) -> float:
    _figure(evaluation, gate)
    if evaluation.comparison is None:
        raise GateError(f"{gate.text} is a change, and there is no baseline. Give one with --baseline.")
    for change in evaluation.comparison.changes:
        if change.name == gate.figure:
            return round(change.delta, 9)
    raise GateError(f"{gate.text}: the baseline does not have {gate.figure}. Make it again.")
