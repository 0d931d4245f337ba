"""Questions that ship with the product, about the sample documents."""

from __future__ import annotations

from pathlib import Path


def shipped_sets() -> list[Path]:
    """Return the files of the shipped cases, in a fixed order."""
    return sorted(Path(__file__).parent.glob("*.jsonl"))
