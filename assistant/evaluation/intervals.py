"""How sure a figure is: bootstrap intervals, paired tests, percentiles. Seeded, so reports repeat."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.evaluation.model import Estimate

SEED = 20260101
RESAMPLES = 2000
_FLIPS = 5000
_EXACT_UP_TO = 12  # pairs; all 2^12 sign flips are tried below that

Sample = npt.NDArray[np.float64]


def mean_estimate(values: Sequence[float]) -> Estimate | None:
    """Return the mean with its 95 % percentile bootstrap interval (Efron 1979); None for no values.

    Cases are drawn with replacement 2,000 times; the interval holds the middle 95 % of the means.
    """
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)[:, None]
    return statistic_estimate(sample, lambda sums, count: sums[:, 0] / count)


def statistic_estimate(rows: Sample, statistic: Callable[[Sample, int], Sample]) -> Estimate | None:
    """Return a statistic of column sums with its bootstrap interval; None where it is not defined.

    `rows` is cases × columns. `statistic` takes resamples × columns of sums and the number of cases, and
    returns one value a resample, nan where it has none: F1 of declining is 2·right / (declined + due).
    """
    count = len(rows)
    value = float(statistic(rows.sum(axis=0, keepdims=True), count)[0])
    if math.isnan(value):
        return None
    resampled = statistic(_drawn(count) @ rows, count)
    resampled = resampled[~np.isnan(resampled)]
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Estimate(value, count, float(low), float(high))


@lru_cache(maxsize=8)
def _drawn(count: int) -> Sample:
    """Return how often each of `count` cases is drawn in each resample; the same for every measure."""
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
    return drawn.astype(np.float64)


def paired_p_value(before: Sequence[float], after: Sequence[float]) -> float:
    """Return the two-sided p-value that two runs over the same cases differ only by chance.

    For values of 0 and 1 this is McNemar's exact test (1947): the smaller count of changed cases under a fair
    coin. For others it is the paired randomization test (Fisher 1935; Smucker et al. 2007 for retrieval): the
    share of sign flips of the differences whose sum is at least as far from 0, all of them for up to 12
    differences, 5,000 random ones beyond.
    """
    differences = [new - old for old, new in zip(before, after, strict=True) if new != old]
    if not differences:
        return 1.0
    if all(abs(difference) == 1.0 for difference in differences):
        fewer = min(sum(difference > 0 for difference in differences), sum(d < 0 for d in differences))
        tail = sum(math.comb(len(differences), k) for k in range(fewer + 1))
        return float(min(1.0, 2 * tail / 2 ** len(differences)))
    size = np.asarray(differences)
    if len(size) <= _EXACT_UP_TO:
        signs = 1 - 2 * ((np.arange(2 ** len(size))[:, None] >> np.arange(len(size))) & 1)
        return float(np.mean(np.abs(signs @ size) >= abs(size.sum()) - 1e-12))
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), size=(_FLIPS, len(size)))
    as_far = int(np.sum(np.abs(signs @ size) >= abs(size.sum()) - 1e-12))
    return (as_far + 1) / (_FLIPS + 1)


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value at `share` in [0, 1], between neighbours by straight line; None for no values."""
    return float(np.percentile(np.asarray(values), 100 * share)) if values else None
