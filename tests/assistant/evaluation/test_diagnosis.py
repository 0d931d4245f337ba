"""Each way of missing a case is put to its stage."""

import pytest
from planted_answers import (
    CONTRACT,
    INTENSITY,
    LABS,
    ScriptedAssistant,
    answered,
    cite,
    declined,
    document,
)

from assistant.errors import QuestionError
from assistant.evaluation.evaluate import evaluate, evaluate_predictions
from assistant.evaluation.model import Behavior, Case, Fault, Outcome, Stage

TARGET = Case(
    "c",
    "2030年目标?",
    Behavior.ANSWER,
    must_include=(("2000亿元",),),
    must_not_include=("不知道",),
    cite=(CONTRACT,),
)
UNREAD = Case("c", "2030年目标?", Behavior.ANSWER, must_include=(("9000家",),), cite=("文件里没有的话",))
TRAP = Case("c", "2040年目标?", Behavior.ABSTAIN, answerable=False)
PREMISE = Case(
    "c",
    "为什么是3000亿元?",
    Behavior.CORRECT_PREMISE,
    answerable=False,
    must_include=(("2000亿元",),),
    cite=(CONTRACT,),
)


@pytest.mark.parametrize(
    ("case", "answer", "stage"),
    [
        (TARGET, answered("力争突破2000亿元", cite(CONTRACT)), None),
        (TARGET, answered("2000亿元,不知道", cite(CONTRACT)), Stage.FORBIDDEN),
        (UNREAD, answered("5家", cite(LABS)), Stage.DOCUMENT_NOT_READ),
        (UNREAD, declined(), Stage.DOCUMENT_NOT_READ),
        (TARGET, declined(), Stage.DECLINED),
        (TARGET, answered("5家左右", cite(LABS)), Stage.NOT_CHOSEN),
        (TARGET, answered("突破1000亿元", cite(CONTRACT)), Stage.WRONG_SPAN),
        (TARGET, answered("力争突破2000亿元", cite(INTENSITY)), Stage.NOT_CHOSEN),
        (TARGET, answered("2000亿元。" + "说明" * 90, cite(CONTRACT)), Stage.TOO_LONG),
        (TARGET, QuestionError("The question is empty. Ask something."), Stage.NO_ANSWER),
        (TRAP, answered("突破2000亿元", cite(CONTRACT)), Stage.ANSWERED),
        (TRAP, declined(), None),
        (PREMISE, answered("是3000亿元", cite(LABS)), Stage.ANSWERED),
        (PREMISE, declined(citations=(cite(CONTRACT),)), None),
    ],
)
def test_stage(case, answer, stage):
    (result,) = evaluate(ScriptedAssistant({case.question: answer}), [case], name="n").results
    assert result.stage is stage
    assert (result.stage is None) == (not {Fault.ANSWER, Fault.CITATION} & set(result.faults))


def test_evidence_that_search_does_not_bring_up():
    class Blind(ScriptedAssistant):
        def search(self, query, *, top_k=10, filters=None):
            return super().search(query, top_k=top_k)[1:]

    for answer in (declined(), answered("5家左右", cite(LABS))):
        (result,) = evaluate(Blind({TARGET.question: answer}), [TARGET], name="n").results
        assert result.stage is Stage.PASSAGE_NOT_RETRIEVED
        assert result.found[0].rank is None


def test_an_error_of_one_question_does_not_stop_the_rest():
    script = {TARGET.question: QuestionError("Too long. Shorten it."), TRAP.question: declined()}
    first, second = evaluate(ScriptedAssistant(script), [TARGET, TRAP], name="n").results
    assert first.outcome.error == "Too long. Shorten it."
    assert second.verdict.ok


def test_predictions_from_a_file_pass_over_the_stages_that_need_documents():
    given = {"c": Outcome("c", "5家左右")}
    (result,) = evaluate_predictions([UNREAD], given, name="n").results
    assert result.stage is Stage.NOT_CHOSEN
    (result,) = evaluate_predictions([UNREAD], given, name="n", assistant=ScriptedAssistant({})).results
    assert result.stage is Stage.DOCUMENT_NOT_READ
    (result,) = evaluate_predictions([UNREAD], {}, name="n").results
    assert result.stage is Stage.NO_ANSWER


def test_a_follow_up_is_searched_with_the_question_before_it():
    from assistant.model import Turn

    class Listening(ScriptedAssistant):
        def search(self, query, *, top_k=10, filters=None):
            self.asked.append(query)
            return super().search(query, top_k=top_k)

    follow = Case("c", "那2030年呢?", Behavior.ANSWER, (Turn("2025年目标?", "1000亿元"),), cite=(CONTRACT,))
    assistant = Listening({follow.question: declined()}, [document()])
    evaluate(assistant, [follow], name="n")
    assert assistant.asked == [(follow.question, follow.history), "2025年目标? 那2030年呢?"]
