"""Each planted fault is seen by its own measure, and by no measure that it does not concern."""

from dataclasses import replace

import pytest
from planted_answers import CONTRACT, INTENSITY, ScriptedAssistant, answered, cite, declined

from assistant.evaluation.evaluate import evaluate
from assistant.evaluation.model import Behavior, Case, Fault, Stage

TARGET = Case(
    "target",
    "2030年技术合同成交额目标?",
    Behavior.ANSWER,
    expected=("2000亿元",),
    must_include=(("2000亿元", "2000亿"),),
    qualifiers=("突破",),
    cite=(CONTRACT,),
)
RISE = Case(
    "rise",
    "研发投入强度提高多少?",
    Behavior.ANSWER,
    expected=("0.5个百分点",),
    must_include=(("0.5个百分点", "0.5"),),
    cite=(INTENSITY,),
)
TRAP = Case(
    "trap", "2040年目标?", Behavior.ABSTAIN, answerable=False, type="trap-year", near_cite=(CONTRACT,)
)
RIGHT = answered("力争突破2000亿元", cite(CONTRACT))


def result(case, answer, **options):
    script = {case.question: answer}
    return evaluate(ScriptedAssistant(script), [case], name="planted", **options).results[0]


def test_nothing_planted_nothing_found():
    for case, answer in [
        (TARGET, RIGHT),
        (RISE, answered("提高0.5个百分点", cite(INTENSITY))),
        (TRAP, declined("没有2040年的目标;文件说的是2030年突破2000亿元。")),
    ]:
        found = result(case, answer)
        assert found.faults == (), (case.id, found)
        assert found.wrong_figures == ()
        assert found.stage is None


def test_a_changed_digit_is_a_wrong_figure():
    found = result(TARGET, answered("力争突破2100亿元", cite(CONTRACT)))
    assert found.wrong_figures == ("2100亿元",)
    assert found.figures_match is False
    assert not found.verdict.ok


def test_a_changed_digit_beside_the_right_figure_is_a_wrong_figure():
    found = result(TARGET, answered("力争突破2000亿元,即2001亿元", cite(CONTRACT)))
    assert found.wrong_figures == ("2001亿元",)
    assert found.verdict.ok  # the reference scorer does not see it: this measure must


def test_the_figure_of_another_year_is_a_wrong_figure():
    found = result(TARGET, answered("力争突破1000亿元", cite(CONTRACT)))
    assert found.wrong_figures == ("1000亿元",)


def test_a_citation_shifted_by_one_character_is_no_exact_quote():
    shifted = cite(CONTRACT, shift=1)
    found = result(TARGET, answered("力争突破2000亿元", shifted))
    assert len(found.bad_quotes) == 1
    assert repr(CONTRACT) in found.bad_quotes[0]
    assert Fault.QUOTE in found.faults
    assert found.verdict.ok
    assert result(TARGET, RIGHT).bad_quotes == ()


def test_a_quote_cut_by_one_character_loses_the_evidence():
    found = result(TARGET, answered("力争突破2000亿元", cite(CONTRACT[1:])))
    assert found.bad_quotes == ()
    assert found.citation_recall == 0.0
    assert found.verdict.cited is False
    assert found.stage is Stage.WRONG_SPAN


def test_a_citation_of_another_revision_is_no_exact_quote():
    stale = replace(cite(CONTRACT), revision="0" * 64)
    assert "revision" in result(TARGET, answered("力争突破2000亿元", stale)).bad_quotes[0]


@pytest.mark.parametrize("answer", ["突破2000亿元", "over 200 billion yuan (2000亿元)"])
def test_a_dropped_hedge_is_seen(answer):
    found = result(TARGET, answered(answer, cite(CONTRACT)))
    assert found.hedges_kept is False
    assert Fault.QUALIFIER in found.faults
    assert found.verdict.ok


@pytest.mark.parametrize("answer", ["力争达到2000亿元", "力争2000亿元"])
def test_a_dropped_comparator_is_seen(answer):
    found = result(TARGET, answered(answer, cite(CONTRACT)))
    assert found.hedges_kept is False
    assert found.verdict.qualified is False


def test_a_hedge_kept_in_english_is_kept():
    answer = "The city strives for over 200 billion yuan (突破2000亿元)"
    assert result(TARGET, answered(answer, cite(CONTRACT))).hedges_kept is True


def test_percent_for_percentage_points_is_a_wrong_figure():
    found = result(RISE, answered("提高0.5%", cite(INTENSITY)))
    assert found.wrong_figures == ("0.5%",)
    assert found.figures_match is False


def test_both_ends_beside_the_difference_are_no_wrong_figures():
    found = result(RISE, answered("由3%提高到3.5%,提高0.5个百分点", cite(INTENSITY)))
    assert found.wrong_figures == ()
    assert found.figures_match is True


def test_an_abstention_turned_into_a_guess_is_seen():
    found = result(TRAP, answered("突破3000亿元", cite(CONTRACT)))
    assert found.stage is Stage.ANSWERED
    assert found.wrong_figures == ("3000亿元",)
    assert not found.verdict.ok


def test_a_guess_lowers_the_recall_of_declining():
    cases = [TRAP, replace(TRAP, id="trap-2", question="2050年目标?")]
    honest = {case.question: declined() for case in cases}
    guessing = {**honest, TRAP.question: answered("突破3000亿元", cite(CONTRACT))}
    before = evaluate(ScriptedAssistant(honest), cases, name="a").summary.estimates
    after = evaluate(ScriptedAssistant(guessing), cases, name="b").summary.estimates
    assert before["abstention_recall"].value == 1.0
    assert after["abstention_recall"].value == 0.5
    assert after["traps_ok"].value == 0.5


def test_a_wrong_reason_is_seen():
    right, wrong = declined(reason="period_not_covered"), declined(reason="out_of_scope")
    for reason, answer in (("period_not_covered", right), ("out_of_scope", wrong)):
        from assistant.model import Reason

        script = {TRAP.question: replace(answer, reason=Reason(reason))}
        summary = evaluate(ScriptedAssistant(script), [TRAP], name="reasons").summary
        assert summary.estimates["reasons_right"].value == float(reason == "period_not_covered")


def test_a_repeated_run_that_differs_is_seen():
    other = answered("力争突破2000亿元。", cite(CONTRACT))
    found = result(TARGET, [RIGHT, RIGHT, other], repeats=3)
    assert found.stable is False
    assert Fault.UNSTABLE in found.faults
    assert found.verdict.ok
    assert result(TARGET, [RIGHT, RIGHT, RIGHT], repeats=3).stable is True


def test_paraphrases_that_get_different_figures_are_seen():
    english = Case(
        "en", "2030 target?", Behavior.ANSWER, must_include=(("2000亿", "200 billion"),), group="g"
    )
    chinese = replace(TARGET, group="g")
    same = {
        TARGET.question: RIGHT,
        english.question: answered("strives for over 200 billion yuan", cite(CONTRACT)),
    }
    differs = {**same, english.question: answered("100 billion yuan", cite(CONTRACT))}
    for script, agree in ((same, 1.0), (differs, 0.0)):
        evaluation = evaluate(ScriptedAssistant(script), [chinese, english], name="pairs")
        assert evaluation.summary.estimates["groups_same"].value == agree
        blamed = [found.case.id for found in evaluation.results if Fault.UNSTABLE in found.faults]
        assert blamed == ([] if agree == 1.0 else ["en"])  # the right one of the pair is not blamed


def test_an_injected_or_presupposed_figure_that_is_repeated_is_wrong():
    premise = replace(
        TARGET,
        id="premise",
        question="为什么2030年目标是3000亿元?",
        behavior=Behavior.CORRECT_PREMISE,
        answerable=False,
    )
    repeated = result(premise, answered("目标是3000亿元", cite(CONTRACT)))
    assert repeated.wrong_figures == ("3000亿元",)
    corrected = result(premise, declined("不是3000亿元,文件说的是突破2000亿元", citations=(cite(CONTRACT),)))
    assert corrected.wrong_figures == ()
