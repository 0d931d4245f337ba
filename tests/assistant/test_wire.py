import json

import pytest
from fake_assistant import TEXT, FakeAssistant, make_document, make_indicator

from assistant.errors import CitationError, HistoryError
from assistant.model import Turn
from assistant.wire import (
    answer_json,
    citations_from_json,
    dumps,
    indicator_json,
    turns_from_json,
    verifications_json,
)

CONTRACT = {
    "answer": "question language status reason answer citations indicators nearest took_ms",
    "citation": "marker document_id revision title section byline page start end quote",
    "indicator": "name subject period value unit normalized comparator hedge kind inherited citation",
}


@pytest.fixture
def answer():
    return FakeAssistant([make_document()]).ask("技术合同成交额2030年目标")


def test_an_answer_has_the_contracts_fields(answer):
    shown = answer_json(answer)
    assert set(CONTRACT["answer"].split()) <= set(shown)
    assert set(CONTRACT["citation"].split()) <= set(shown["citations"][0])
    assert set(CONTRACT["indicator"].split()) <= set(shown["indicators"][0])


def test_figures_carry_spans_of_what_was_left_out(answer):
    row = answer_json(answer)["indicators"][0]
    assert {name: TEXT[slice(*span)] for name, span in row["inherited"].items()} == {
        "name": "技术合同成交额",
        "hedge": "力争",
    }
    assert json.dumps(row["normalized"]) == "200000000000"
    assert TEXT[slice(*row["value_span"])] == "2000亿元"


@pytest.mark.parametrize(("value", "shown"), [(None, None), (3.5, 3.5), (1e30, 1e30), (float("inf"), None)])
def test_numbers_that_json_cannot_hold_are_left_out(value, shown):
    from dataclasses import replace

    row = replace(make_indicator(make_document()), normalized=value)
    assert indicator_json(row)["normalized"] == shown


def test_the_same_answer_is_the_same_bytes(answer):
    again = FakeAssistant([make_document()]).ask("技术合同成交额2030年目标")
    assert dumps(answer_json(answer)) == dumps(answer_json(again))
    assert "突破" in dumps(answer_json(answer))


def test_saved_answers_give_their_citations_back(answer):
    saved = json.loads(dumps(answer_json(answer)))
    for form in (saved, [saved], {"answers": [saved]}, saved["citations"], {"citations": saved["citations"]}):
        assert citations_from_json(form) == list(answer.citations)


def test_an_answer_that_declined_has_nothing_to_check():
    assert citations_from_json({"answer": "没有提到", "citations": []}) == []


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "text",
        7,
        None,
        {"citations": [{"quote": "q", "document_id": "d", "start": "0", "end": 3}]},
        {"citations": [{"quote": "q", "document_id": "d", "start": -1, "end": 3}]},
        {"citations": [{"quote": None, "document_id": "d", "start": 0, "end": 3}]},
        {"citations": [{"quote": "q" * 100_001, "document_id": "d", "start": 0, "end": 3}]},
    ],
)
def test_what_is_no_saved_answer_is_refused(value):
    if isinstance(value, dict) and value.get("citations", [{}])[0].get("quote", "") is None:
        value["citations"][0]["quote"] = 5
    with pytest.raises(CitationError, match=r"[.]$"):
        citations_from_json(value)


def test_history_is_read_in_its_forms():
    turns = [{"question": "问", "answer": "答"}]
    assert turns_from_json(turns) == turns_from_json({"history": turns}) == [Turn("问", "答")]
    assert turns_from_json(turns[0]) == [Turn("问", "答")]


@pytest.mark.parametrize("value", ["x", 3, None, [1], [{"answer": "a"}], [{"question": 1}], {"history": {}}])
def test_what_is_no_history_is_refused(value):
    with pytest.raises(HistoryError, match="oldest first"):
        turns_from_json(value)


def test_verdicts_are_counted(answer):
    found = FakeAssistant([make_document()]).verify(answer.citations)
    shown = verifications_json(answer.citations, found)
    assert shown["counts"] == {"found": 1, "moved": 0, "altered": 0, "not_found": 0, "superseded": 0}
    assert shown["results"][0]["verdict"] == "found"
