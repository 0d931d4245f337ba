"""Suggested questions come from the ledger, and only those that are answered are offered."""

import scripted_assistant as fake

from index.model import SearchFilter
from ui.questions import ExampleQuestions, follow_ups

ALL = SearchFilter()


def test_examples_are_asked_before_they_are_offered():
    assistant = fake.ScriptedAssistant()
    examples = ExampleQuestions(assistant, "zh").offered(ALL)
    assert "郑州市2025年技术合同成交额目标是多少？" in examples
    assert {question for question, _ in assistant.asked} >= set(examples)
    assert all(assistant.ask(question).status == "answered" for question in examples)


def test_who_may_see_nothing_is_offered_nothing():
    assistant = fake.ScriptedAssistant()
    assistant.groups = {"goals": frozenset({"a"}), "old": frozenset({"a"})}
    assert ExampleQuestions(assistant, "zh").offered(SearchFilter(groups=frozenset({"b"}))) == ()


def test_follow_ups_name_other_years_of_the_same_indicator():
    assistant = fake.ScriptedAssistant()
    answer = assistant.ask("2030年成交额目标")
    assert follow_ups(answer, assistant, ALL, "zh") == ("那2025年呢？", "是谁说的？", "依据在哪？")
    assert follow_ups(assistant.ask("别的"), assistant, ALL, "zh") == ()


def test_examples_are_asked_once_until_the_documents_change():
    assistant = fake.ScriptedAssistant()
    examples = ExampleQuestions(assistant, "zh")
    first = examples.offered(ALL)
    asked = len(assistant.asked)
    assert examples.offered(ALL) == first
    assert len(assistant.asked) == asked
    assistant.remove(["goals"])
    assert examples.offered(ALL) == ()
