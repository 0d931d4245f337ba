"""Whether work grows with its input or with the square of it, told by ratios within one run."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

TIMES = 4
GROWTH = 2.5 * TIMES  # far from TIMES squared, and from what a busy machine does to a measurement


def assert_grows_with_length(
    work: Callable[[str], object], text: str, *, ending: str = "", noise: float
) -> None:
    """Fail when work on `text` takes far more than on its first quarter; `noise` are seconds that any work takes.

    A busy machine disturbs single measurements: only three in a row that say so count.
    """
    work(text[:100] + ending)  # what is compiled and read once
    for _ in range(3):
        short = _seconds(work, text[: len(text) // TIMES] + ending)
        if _seconds(work, text + ending) <= GROWTH * short + noise:
            return
    pytest.fail(f"{TIMES} times as many {text[:6]!r} took more than {GROWTH} times as long, three times over")


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
