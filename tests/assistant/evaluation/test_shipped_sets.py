"""The shipped questions and the second set are sound: every evidence is printed, every kind is there."""

from collections import Counter
from pathlib import Path

import pytest

import documents
from assistant.evaluation.case_files import read_cases
from assistant.evaluation.model import Behavior, Outcome, Quote
from assistant.evaluation.sets import shipped_sets
from assistant.evaluation.verdicts import judge, without_space

SAMPLES = Path(documents.__file__).parent / "samples"
PACK = Path(__file__).parent / "pack"
SHIPPED = [case for path in shipped_sets() for case in read_cases(path)]
SETS = [
    pytest.param(SHIPPED, SAMPLES, id="shipped"),
    pytest.param(list(read_cases(PACK / "cases.jsonl")), PACK / "documents", id="pack"),
]


@pytest.mark.parametrize(("cases", "folder"), SETS)
def test_every_evidence_is_printed(cases, folder):
    printed = [without_space(path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    missing = [
        (case.id, piece)
        for case in cases
        for piece in (*case.cite, *case.near_cite)
        if not any(piece in text for text in printed)
    ]
    assert missing == []


@pytest.mark.parametrize(("cases", "folder"), SETS)
def test_a_right_answer_exists_for_every_case(cases, folder):
    for case in cases:
        said = "、".join([*(group[0] for group in case.must_include), *case.qualifiers[:1]])
        declines = case.behavior is not Behavior.ANSWER
        verdict = judge(case, Outcome(case.id, said, tuple(map(Quote, case.cite)), abstained=declines))
        assert verdict.ok, case.id
        assert verdict.cited is not False, case.id
        assert verdict.qualified is not False, case.id


@pytest.mark.parametrize(("cases", "folder"), SETS)
def test_saying_nothing_is_wrong_everywhere_and_declining_only_where_it_must_be(cases, folder):
    for case in cases:
        assert not judge(case, Outcome(case.id, "")).ok, case.id
        must_answer = case.behavior is Behavior.ANSWER
        assert judge(case, Outcome(case.id, "", abstained=True)).ok is not must_answer, case.id


def test_the_shipped_questions_are_many_and_of_every_kind():
    kinds, languages = Counter(case.type for case in SHIPPED), Counter(case.language for case in SHIPPED)
    assert len(SHIPPED) >= 160
    assert len({case.id for case in SHIPPED}) == len(SHIPPED)
    declined = sum(not case.answerable for case in SHIPPED)
    assert declined >= len(SHIPPED) / 3
    assert set(languages) >= {"zh", "en", "mixed", "zh-Hant", "zh-typo", "zh-colloquial", "zh-fullwidth"}
    assert set(kinds) >= {
        *(
            "fact-number",
            "fact-entity",
            "list",
            "who",
            "which-department",
            "definition",
            "compare",
            "followup",
        ),
        *("trap-year", "trap-place", "trap-entity", "trap-missing-attr", "trap-not-enumerated"),
        *("trap-granularity", "trap-baseline", "trap-missing-meta", "trap-missing-date", "trap-superseded"),
        *("trap-stock-flow", "false-premise", "prompt-injection", "out-of-scope", "quotation", "table"),
    }


def test_groups_ask_the_same_in_other_words():
    groups = {}
    for case in SHIPPED:
        if case.group:
            groups.setdefault(case.group, []).append(case)
    assert len(groups) >= 10
    for members in groups.values():
        assert len({case.question for case in members}) == len(members) >= 2
        assert len({case.behavior for case in members}) == 1
    assert sum(len({case.language for case in members}) > 1 for members in groups.values()) >= 8
