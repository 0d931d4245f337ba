"""Figures of the ledger on a time axis: where each point stands, what shape its comparator has, its label.

Only geometry is decided here; a template prints it as SVG. Values of different base units never share
an axis: 亿元 and % are two plots.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.model import Indicator
from ui.figure_text import printed

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, BOTTOM = 64, 84, 34, 34
MOST_SERIES = 5

_SHAPES = {
    "least": ("突破", "超过", "逾", "高于", "大于", "以上", "不低于", "不少于", "至少", "多", "余"),
    "most": ("以下", "以内", "不超过", "低于", "不高于", "控制在", "小于", "不满"),
    "about": ("左右", "约", "近", "上下", "大约", "将近"),
}
_YEAR = re.compile(r"(\d{4})(?:-(\d{2})(?!\d))?")


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes points comparable: the indicator, its subject, flow or stock, and the base unit."""

    name: str
    subject: str
    flow: bool
    base_unit: str

    @property
    def label(self) -> str:
        """Name for the key of a plot."""
        return f"{self.subject} · {self.name}" if self.subject else self.name

    @property
    def token(self) -> str:
        """Text that stands for this key in a form."""
        return "\x1f".join((self.name, self.subject, str(int(self.flow)), self.base_unit))


@dataclass(frozen=True, slots=True)
class Point:
    """One figure's place in the plot, in units of the plot's own width and height."""

    row: Indicator
    x: float
    y: float
    shape: str  # least, most, about, exact
    label: str
    below: bool = False  # the label stands below its point because another takes the place above


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one series in order of time; `color` counts within the page's selection."""

    key: SeriesKey
    color: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot: lines of one base unit, with the ticks of both axes as (position, text)."""

    base_unit: str
    lines: tuple[Line, ...]
    years: tuple[tuple[float, str], ...]
    values: tuple[tuple[float, str], ...]


def key_of(row: Indicator) -> SeriesKey:
    """Return the series that `row` belongs to."""
    return SeriesKey(row.name, row.subject or "", row.flow, row.base_unit)


def year_of(period: str | None) -> float | None:
    """Return the end of a period as a year: 2030 → 2030, 2026-2030 → 2030, 2025-12 → 2025.92."""
    found = _YEAR.findall(period or "")
    if not found:
        return None
    year, month = found[-1]
    between = int(month) if month and 1 <= int(month) <= 12 and len(found) == 1 else 0
    return int(year) + (between - 1) / 12 if between else float(year)


def shape_of(comparator: str | None) -> str:
    """Return the shape that shows a comparator."""
    return next((shape for shape, words in _SHAPES.items() if comparator in words), "exact")


def drawable(rows: Sequence[Indicator]) -> list[Indicator]:
    """Return the rows that have both a number and a time."""
    return [row for row in rows if row.normalized is not None and year_of(row.period) is not None]


def series_of(rows: Sequence[Indicator]) -> dict[SeriesKey, list[Indicator]]:
    """Group drawable rows into series, those with most points first, each in order of time."""
    series: dict[SeriesKey, list[Indicator]] = {}
    for row in drawable(rows):
        series.setdefault(key_of(row), []).append(row)
    for points in series.values():
        points.sort(key=lambda row: (year_of(row.period) or 0, row.normalized or 0))
    return dict(sorted(series.items(), key=lambda item: -len({row.period for row in item[1]})))


def short_number(value: float) -> str:
    """Say a tick in few characters: 200000000000 → 2000亿, 15000 → 1.5万."""
    for size, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:g}{word}"
    return f"{value:g}"


def nice_ceiling(value: float) -> float:
    """Return the smallest 1, 2, 2.5 or 5 times a power of ten that is not below `value`."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value * 0.999999)


def plots_of(series: dict[SeriesKey, list[Indicator]]) -> list[Plot]:
    """Lay out up to `MOST_SERIES` series, one plot for each base unit."""
    chosen = list(series)[:MOST_SERIES]
    units = list(dict.fromkeys(key.base_unit for key in chosen))
    return [
        _plot(unit, [(chosen.index(k), k, series[k]) for k in chosen if k.base_unit == unit])
        for unit in units
    ]


def _plot(unit: str, series: Sequence[tuple[int, SeriesKey, list[Indicator]]]) -> Plot:
    rows = [row for _, _, points in series for row in points]
    years = [year_of(row.period) or 0.0 for row in rows]
    first, last = min(years), max(years)
    highest = max(row.normalized or 0.0 for row in rows) * 1.05
    parts = min(range(3, 7), key=lambda count: nice_ceiling(highest / count) * count)
    step = nice_ceiling(highest / parts)
    top = step * parts

    def across(year: float) -> float:
        share = 0.5 if last == first else (year - first) / (last - first)
        return round(LEFT + 60 + share * (WIDTH - LEFT - RIGHT - 60), 1)

    def up(value: float) -> float:
        return round(HEIGHT - BOTTOM - max(value, 0.0) / top * (HEIGHT - TOP - BOTTOM), 1)

    lines = []
    taken: list[tuple[float, float]] = []
    for color, key, points in series:
        placed = []
        for row in reversed(points):  # of two close points the higher one has its label above
            x, y = across(year_of(row.period) or 0.0), up(row.normalized or 0.0)
            below = any(abs(x - other) < 130 and abs(y - height) < 24 for other, height in taken)
            taken.append((x, y))
            placed.append(Point(row, x, y, shape_of(row.comparator), printed(row), below))
        lines.append(Line(key, color, tuple(reversed(placed))))
    ticks = sorted({int(year) for year in years})
    every = max(1, math.ceil(len(ticks) / 12))
    return Plot(
        unit,
        tuple(lines),
        tuple((across(year), str(year)) for year in ticks[::every]),
        tuple((up(step * part), short_number(step * part)) for part in range(parts + 1)),
    )
