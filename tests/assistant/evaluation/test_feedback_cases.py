"""A thumbs-down with a correction becomes a draft, and a draft is no case until someone looked at it."""

import json

import pytest

from assistant.evaluation.case_files import read_cases
from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.feedback_cases import draft_cases
from assistant.feedback import Feedback

WRONG = Feedback(
    "2030年目标?",
    "down",
    "突破1000亿元",
    "数字错",
    "应该是突破2000亿元",
    ("2030年 突破2000亿元",),
    "2026-03-01T08:00:00+00:00",
)


def test_a_correction_with_a_figure_asks_for_the_figure():
    (draft,) = draft_cases([WRONG])
    assert draft["must_include"] == [["2000亿元"]]
    assert draft["expected"] == ["应该是突破2000亿元"]
    assert (draft["answerable"], draft["lang"]) == (True, "zh")
    assert draft["near_cite"] == ["2030年突破2000亿元"]
    assert "突破1000亿元" in draft["note"]
    assert "数字错" in draft["note"]


@pytest.mark.parametrize("correction", ["文件里没有提到这个", "should decline, it is not stated"])
def test_a_correction_that_says_it_is_not_there_becomes_a_trap(correction):
    (draft,) = draft_cases([Feedback("GDP?", "down", "3万亿元", correction=correction)])
    assert (draft["answerable"], draft["expected_behavior"], draft["must_include"]) == (False, "abstain", [])
    assert draft["lang"] == "en"


def test_words_are_asked_for_when_there_is_no_figure():
    (draft,) = draft_cases([Feedback("谁写的?", "down", "王芳", correction="刘盼盼")])
    assert draft["must_include"] == [["刘盼盼"]]


def test_only_corrected_thumbs_down_count_and_the_latest_of_a_question():
    drafts = draft_cases(
        [
            Feedback("甲?", "up", "好", correction="不用"),
            Feedback("乙?", "down", "坏"),
            Feedback("丙?", "down", "坏", correction="  "),
            Feedback("２０３０年目标？", "down", "坏", correction="3000亿元"),
            Feedback("2030年目标?", "down", "坏", correction="2000亿元"),
        ]
    )
    assert [draft["must_include"] for draft in drafts] == [[["2000亿元"]]]


def test_a_draft_is_refused_until_it_was_looked_at(tmp_path):
    (draft,) = draft_cases([WRONG])
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps(draft, ensure_ascii=False), "utf-8")
    with pytest.raises(CaseFileError, match="is a draft from feedback"):
        read_cases(path)
    del draft["draft"]
    path.write_text(json.dumps(draft, ensure_ascii=False), "utf-8")
    (case,) = read_cases(path)
    assert case.must_include == (("2000亿元",),)
