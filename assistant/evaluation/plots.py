"""Drawings of the report, as SVG text whose colours come from the page's variables."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.model import RiskPoint

_WIDTH, _HEIGHT = 560, 350
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 24, 30, 40


def risk_plot(points: Sequence[RiskPoint]) -> str:
    """Return the coverage–risk curve: the share of wrong answers among the surest of all cases.

    The risk axis ends at the next 5 % above the highest risk, so that a good curve is not a flat line.
    """
    highest = max((point.risk for point in points), default=0.0)
    top = max(0.05, -(-highest // 0.05) * 0.05)
    parts = [
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="Coverage and risk: {len(points)} answers, highest risk {highest:.1%}">'
    ]
    for step in range(5):
        parts.append(_grid_line(step / 4, top))
    for step in range(6):
        x = _x(step / 5)
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 22}" text-anchor="middle">{20 * step}%</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(
        f'<text class="axis" x="{middle:.0f}" y="{_HEIGHT - 4}" text-anchor="middle">'
        "覆盖率 coverage (surest first)</text>"
    )
    if points:
        line = " ".join(f"{_x(point.coverage):.1f},{_y(point.risk / top):.1f}" for point in points)
        first, last = _x(points[0].coverage), _x(points[-1].coverage)
        parts.append(
            f'<polygon class="area" points="{first:.1f},{_y(0):.1f} {line} {last:.1f},{_y(0):.1f}"/>'
        )
        parts.append(f'<polyline class="line" points="{line}"/>')
        end = points[-1]
        parts.append(f'<circle class="dot" cx="{last:.1f}" cy="{_y(end.risk / top):.1f}" r="4"/>')
        beside = end.coverage < 0.66
        x, y, anchor = (last + 10, 4, "start") if beside else (last - 4, 20, "end")
        parts.append(
            f'<text class="value" x="{x:.1f}" y="{_y(end.risk / top) + y:.1f}" '
            f'text-anchor="{anchor}">{end.risk:.1%} wrong at {end.coverage:.0%}</text>'
        )
    return "".join([*parts, "</svg>"])


def _grid_line(share: float, top: float) -> str:
    y = _y(share)
    return (
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{share * top:.1%}</text>'
    )


def _x(coverage: float) -> float:
    return _LEFT + coverage * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)
