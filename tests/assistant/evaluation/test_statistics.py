"""Intervals, paired tests, percentiles, declining and risk, each by a worked example."""

import math

import numpy as np
import pytest

from assistant.evaluation.abstention import (
    REASONS_BY_TYPE,
    area_under_risk,
    counts,
    precision_recall_f1,
    reason_is_right,
    risk_curve,
)
from assistant.evaluation.intervals import mean_estimate, paired_p_value, percentile, statistic_estimate
from assistant.evaluation.measuring import measure_case
from assistant.evaluation.model import Behavior, Case, Outcome
from assistant.model import Reason


def test_the_mean_lies_in_its_interval_which_narrows_with_cases():
    few, many = mean_estimate([1, 0, 1, 1]), mean_estimate([1, 0, 1, 1] * 50)
    assert few.value == many.value == 0.75
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low
    # normal approximation: 0.75 ± 1.96·sqrt(0.75·0.25/200) = 0.690–0.810
    assert many.low == pytest.approx(0.690, abs=0.012)
    assert many.high == pytest.approx(0.810, abs=0.012)


def test_intervals_repeat_themselves_and_a_constant_has_none_to_speak_of():
    assert mean_estimate([0.2, 0.9, 0.4]) == mean_estimate([0.2, 0.9, 0.4])
    sure = mean_estimate([1.0] * 9)
    assert (sure.low, sure.high) == (1.0, 1.0)
    assert mean_estimate([]) is None


def test_a_statistic_that_is_nowhere_defined_gives_nothing():
    rows = np.zeros((3, 1))
    assert statistic_estimate(rows, lambda sums, count: np.full(len(sums), math.nan)) is None


@pytest.mark.parametrize(
    ("before", "after", "p_value"),
    [
        # McNemar: 1 of 6 changes one way: 2·(C(6,0)+C(6,1))/2^6 = 14/64
        ([0, 0, 0, 0, 0, 1], [1, 1, 1, 1, 1, 0], 14 / 64),
        # all 5 one way: 2/2^5
        ([0] * 5 + [1], [1] * 6, 2 / 32),
        ([1, 0, 1], [1, 0, 1], 1.0),
        ([0, 1], [1, 0], 1.0),
        # randomization over 2^3 signs of (.1, .2, .3): only +++ and --- reach 0.6
        ([0.1, 0.2, 0.3], [0.2, 0.4, 0.6], 2 / 8),
    ],
)
def test_paired_p_value(before, after, p_value):
    assert paired_p_value(before, after) == pytest.approx(p_value)


def test_many_differences_are_tested_at_random_and_agree_with_the_exact_test():
    before, after = [0.0] * 30, [0.5] * 22 + [-0.5] * 8
    sampled = paired_p_value(before, after)
    exact = 2 * sum(math.comb(30, k) for k in range(9)) / 2**30
    assert sampled == pytest.approx(exact, abs=0.01)


def test_percentiles_lie_on_a_straight_line_between_neighbours():
    assert percentile([10, 20, 30, 40], 0.5) == 25
    assert percentile([10, 20, 30, 40], 0.95) == pytest.approx(38.5)
    assert percentile([], 0.5) is None


def measured(right, *, declines=False, behavior=Behavior.ANSWER, confidence=1.0, case_id="c", **fields):
    case = Case(
        case_id, "q", behavior, must_include=(("right",),), answerable=behavior is Behavior.ANSWER, **fields
    )
    answer = "right" if right else "wrong"
    return measure_case(case, Outcome(case_id, answer, abstained=declines, confidence=confidence))


def test_declining_worked_example():
    # 3 due, 2 of them declined; 1 of 2 answerable declined: P = 2/3, R = 2/3, F1 = 2·2/(3+3)
    results = [
        measured(False, declines=True, behavior=Behavior.ABSTAIN),
        measured(False, declines=True, behavior=Behavior.RESIST_INJECTION),
        measured(False, behavior=Behavior.ABSTAIN),
        measured(False, declines=True),
        measured(True),
        measured(False, declines=True, behavior=Behavior.CORRECT_PREMISE),  # free to decline: left out
    ]
    assert counts(results) == (2, 3, 3)
    assert precision_recall_f1(2, 3, 3) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert precision_recall_f1(0, 0, 0) == (None, None, None)


def test_reasons():
    trap = Case("c", "q", Behavior.ABSTAIN, type="trap-year", answerable=False)
    named = Case("c", "q", Behavior.ABSTAIN, type="trap-year", answerable=False, reason=Reason.OUT_OF_SCOPE)
    declined = Outcome("c", "没有", abstained=True, reason="period_not_covered")
    assert reason_is_right(trap, declined) is True
    assert reason_is_right(named, declined) is False
    assert reason_is_right(trap, Outcome("c", "2000亿元")) is None
    assert reason_is_right(Case("c", "q", Behavior.ANSWER, type="list"), declined) is None
    assert all(reasons for reasons in REASONS_BY_TYPE.values())


def test_coverage_and_risk_worked_example():
    # surest first: right, wrong, right; one declined. n = 4: coverage 1/4, 2/4, 3/4; risk 0, 1/2, 1/3
    results = [
        measured(True, confidence=0.9),
        measured(False, confidence=0.8),
        measured(True, confidence=0.7),
        measured(False, declines=True, confidence=0.99),
    ]
    curve = risk_curve(results)
    assert [(point.coverage, point.risk) for point in curve] == [
        (0.25, 0.0),
        (0.5, 0.5),
        (0.75, pytest.approx(1 / 3)),
    ]
    assert area_under_risk(curve) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_a_tie_of_confidence_does_not_depend_on_the_order_of_cases():
    results = [measured(right) for right in (True, False, False, True)]
    forwards, backwards = risk_curve(results), risk_curve(results[::-1])
    assert forwards == backwards
    assert {point.risk for point in forwards} == {0.5}
    assert area_under_risk(()) is None
