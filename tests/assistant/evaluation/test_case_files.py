"""Every bad line is listed with its remedy; sheets say the same as JSON lines."""

import json

import openpyxl
import pytest

from assistant.evaluation.case_files import read_cases, read_predictions, write_predictions
from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.model import Behavior, Outcome, Quote
from assistant.model import Turn

GOOD = {"id": "a", "question": "多少?", "must_include": [["80家", "80"]], "type": "fact-number", "lang": "zh"}


def write(tmp_path, *rows, name="cases.jsonl"):
    path = tmp_path / name
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_case_has_the_contracts_fields(tmp_path):
    row = {
        **GOOD,
        "history": [{"question": "那时呢?", "answer": "5家。"}],
        "expected": ["80家"],
        "must_not_include": ["5家"],
        "qualifiers": ["超过"],
        "cite": ["超过 80家"],
        "answerable": True,
        "expected_behavior": "answer",
        "group": "g",
        "note": "kept by its owner",
        "mine": "other fields are nobody's business",
    }
    (case,) = read_cases(write(tmp_path, row))
    assert case.history == (Turn("那时呢?", "5家。"),)
    assert case.cite == ("超过80家",)
    assert (case.must_include, case.group, case.line) == ((("80家", "80"),), "g", 1)


def test_what_is_left_out_follows_from_the_rest(tmp_path):
    answer, decline = read_cases(
        write(
            tmp_path,
            {"id": "a", "question": "q", "expected": ["80家", "80"]},
            {"id": "b", "question": "q", "answerable": False},
        )
    )
    assert (answer.behavior, answer.must_include) == (Behavior.ANSWER, (("80家", "80"),))
    assert (decline.behavior, decline.answerable) == (Behavior.ABSTAIN, False)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{", "is no JSON"),
        ("[1]", "no object"),
        ({"question": "q", "expected": ["x"]}, "has no id"),
        ({"id": "x", "expected": ["x"]}, "has no question"),
        ({**GOOD, "id": 7}, "id is 7"),
        ({**GOOD, "must_include": ["80家"]}, "no list of lists"),
        ({**GOOD, "must_include": [["80家", " "]]}, "something empty"),
        ({**GOOD, "must_include": [[]]}, "no list of lists"),
        ({**GOOD, "must_includ": [["80家"]]}, "Did you mean 'must_include'"),
        ({**GOOD, "qualifiers": "超过"}, "qualifiers is no list"),
        ({**GOOD, "answerable": "yes"}, "Write true or false"),
        ({**GOOD, "answerable": False, "expected_behavior": "answer"}, "change one of the two"),
        ({**GOOD, "expected_behavior": "guess"}, "Write one of answer, abstain"),
        ({**GOOD, "history": [{"question": "q"}]}, "history is no list of turns"),
        ({**GOOD, "reason": "because"}, "reason is 'because'"),
        ({**GOOD, "must_not_include": ["80"]}, "forbids all of"),
        ({"id": "x", "question": "q"}, "expects an answer but says none"),
        ({**GOOD, "draft": True}, "is a draft from feedback"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_remedy(tmp_path, bad, told):
    row = {**bad, "id": bad["id"] + "2"} if isinstance(bad, dict) and isinstance(bad.get("id"), str) else bad
    with pytest.raises(CaseFileError, match=r"1 line cannot be used") as problem:
        read_cases(write(tmp_path, GOOD, "", row))
    assert "line 3" in str(problem.value)
    assert told in str(problem.value)


def test_every_bad_line_is_listed_and_none_is_skipped(tmp_path):
    with pytest.raises(CaseFileError) as problem:
        read_cases(write(tmp_path, "{", GOOD, {**GOOD, "answerable": 1}, {**GOOD, "question": ""}, GOOD))
    text = str(problem.value)
    assert "4 lines cannot be used" in text
    assert all(f"line {number}:" in text for number in (1, 3, 4, 5))
    assert "stands on line 2 already" in text


def test_files_that_hold_no_cases(tmp_path):
    for name, content, told in [
        ("none.jsonl", "", "holds no cases"),
        ("cases.docx", "x", "ends in .docx"),
        ("bad.xlsx", "x", "is no workbook"),
        ("bad.csv", "问,答\n1,2", "no column"),
        ("odd.csv", "question,colour\nq,red", "unknown columns: colour"),
    ]:
        with pytest.raises(CaseFileError, match=told):
            read_cases(write(tmp_path, content, name=name))
    with pytest.raises(CaseFileError, match="no file"):
        read_cases(tmp_path / "missing.jsonl")
    odd = tmp_path / "odd.jsonl"
    odd.write_bytes(b"\x81\xff\xff\xff")
    with pytest.raises(CaseFileError, match="Save it as UTF-8"):
        read_cases(odd)


HEADER = [
    "编号",
    "问题",
    "必含",
    "不得含",
    "限定词",
    "依据",
    "可回答",
    "期望行为",
    "题型",
    "上一问",
    "上一答",
]
ROWS = [
    [
        "1",
        "平台多少家?",
        "80家|80;超过",
        "100家",
        "超过",
        "平台超过80家",
        "是",
        "回答",
        "fact-number",
        "",
        "",
    ],
    ["2", "2040年呢?", "", "", "", "", "否", "拒答", "trap-year", "2030年呢?", "80家"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_as_csv(tmp_path, encoding):
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(",".join(row) for row in [HEADER, *ROWS]), encoding)
    first, second = read_cases(path)
    assert first.must_include == (("80家", "80"), ("超过",))
    assert (first.cite, first.qualifiers, first.must_not_include) == (
        ("平台超过80家",),
        ("超过",),
        ("100家",),
    )
    assert (second.behavior, second.history) == (Behavior.ABSTAIN, (Turn("2030年呢?", "80家"),))
    assert [first.line, second.line] == [2, 3]


def test_a_sheet_as_workbook_says_the_same(tmp_path):
    book = openpyxl.Workbook()
    for row in [HEADER, [], *ROWS]:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(tmp_path / "sheet.xlsx")
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(",".join(row) for row in [HEADER, [], *ROWS]), "utf-8")
    assert read_cases(tmp_path / "sheet.xlsx") == read_cases(path)


def test_a_small_sheet_is_enough(tmp_path):
    path = tmp_path / "small.csv"
    path.write_text("question,answer\n平台多少家?,80家|80\n", "utf-8")
    (case,) = read_cases(path)
    assert (case.id, case.must_include, case.behavior) == ("row-2", (("80家", "80"),), Behavior.ANSWER)


def test_a_sheet_with_a_word_that_is_no_yes(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("question,answer,answerable\nq,x,maybe\n", "utf-8")
    with pytest.raises(CaseFileError, match="line 2: answerable is 'maybe'"):
        read_cases(path)


def test_predictions_come_back_as_they_were_written(tmp_path):
    outcomes = [
        Outcome("a", "突破2000亿元", (Quote("突破2000亿元"),), confidence=0.9),
        Outcome("b", "没有提到", abstained=True, reason="period_not_covered"),
    ]
    path = tmp_path / "predictions.jsonl"
    write_predictions(path, outcomes)
    assert list(read_predictions(path).values()) == outcomes
    assert json.loads(path.read_text("utf-8").splitlines()[0])["citations"] == ["突破2000亿元"]


def test_bad_predictions_are_listed(tmp_path):
    path = write(
        tmp_path,
        {"id": "a", "answer": "x", "abstained": False},
        {"id": "b", "answer": "x"},
        {"id": "c", "answer": None, "abstained": False},
        {"id": "d", "answer": "x", "abstained": False, "citations": "x"},
        {"id": "e", "answer": "x", "abstained": False, "confidence": 2},
        {"answer": "x"},
        "nonsense",
    )
    with pytest.raises(CaseFileError) as problem:
        read_predictions(path)
    text = str(problem.value)
    assert "6 lines cannot be used" in text
    assert all(f"line {number}:" in text for number in range(2, 8))
