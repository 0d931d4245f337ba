"""The provinces of China and their places: one table for reading documents and for understanding questions."""

from __future__ import annotations

from pathlib import Path

_ROWS = tuple(
    (short, full, tuple(cities.split()), tuple(others.split()))
    for short, full, cities, others in (
        line.split("\t")
        for line in Path(__file__).with_name("gazetteer.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
)

PROVINCES = {short: full for short, full, _, _ in _ROWS}
"""Short name of a province to its full one: 河南 → 河南省."""

CITIES = frozenset(city for _, _, cities, _ in _ROWS for city in cities)
"""Names of cities at prefecture level without 市."""

PROVINCE_OF = {place: short for short, _, cities, others in _ROWS for place in (short, *cities, *others)}
"""Every known place, without 省 and 市, to the short name of its province; a province to itself."""
