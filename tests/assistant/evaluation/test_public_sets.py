"""SQuAD-shaped files, RGB, CRUD-RAG and BEIR folders, in the shapes in which they are published."""

import json

import pytest
from planted_answers import ScriptedAssistant, document

from assistant.evaluation.beir import is_beir, measure_beir, read_beir
from assistant.evaluation.case_files import read_cases
from assistant.evaluation.errors import CaseFileError, EvaluationError
from assistant.evaluation.model import Behavior
from assistant.evaluation.public_runs import indexed
from assistant.evaluation.public_sets import read_public_set
from assistant.model import AddReport

CONTEXT = "松湖市位于江北。全市有桥梁 12座,其中古桥3座。古桥由李明修建。"
QUESTION = {
    "id": "q1",
    "question": "古桥有几座?",
    "answers": [{"text": "3座", "answer_start": CONTEXT.index("3座")}, {"text": "三座", "answer_start": 0}],
}
SQUAD = {"version": "1", "data": [{"title": "松湖", "paragraphs": [{"context": CONTEXT, "qas": [QUESTION]}]}]}
OLD_CMRC = [
    {
        "context_id": "TRIAL_0",
        "context_text": CONTEXT,
        "qas": [{"query_id": "q1", "query_text": "古桥有几座?", "answers": ["3座", "三座"]}],
    }
]
FLAT = {
    "id": "q1",
    "q": "古桥有几座?",
    "context": CONTEXT,
    "answers": ["3座", "三座"],
    "answer_start": [CONTEXT.index("3座"), -1],
}
COLUMNS = {
    "id": "q1",
    "question": "古桥有几座?",
    "context": CONTEXT,
    "answers": {"text": ["3座", "三座"], "answer_start": [CONTEXT.index("3座"), 0]},
}


def write(tmp_path, value, name):
    path = tmp_path / name
    rows = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    path.write_text(rows, "utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "name"),
    [(SQUAD, "xquad.json"), (OLD_CMRC, "cmrc.json"), (FLAT, "flat.jsonl"), (COLUMNS, "columns.jsonl")],
)
def test_squad_in_each_of_its_shapes(tmp_path, value, name):
    public = read_public_set(write(tmp_path, value, name))
    assert list(public.documents.values()) == [CONTEXT]
    (case,) = public.cases
    assert public.documents[public.sources["q1"]] == CONTEXT
    assert (case.id, case.question, case.behavior) == ("q1", "古桥有几座?", Behavior.ANSWER)
    assert case.must_include == (("3座", "三座"),)
    assert case.cite == ("其中古桥3座",)


def test_a_question_that_cannot_be_answered_must_be_declined(tmp_path):
    impossible = {"id": "q2", "question": "新桥有几座?", "answers": [], "is_impossible": True}
    squad = {"data": [{"paragraphs": [{"context": CONTEXT, "qas": [QUESTION, impossible]}]}]}
    _, case = read_public_set(write(tmp_path, squad, "squad2.json")).cases
    assert (case.behavior, case.answerable, case.cite) == (Behavior.ABSTAIN, False, ())


def test_both_languages_of_a_row_are_a_pair(tmp_path):
    row = {**FLAT, "question_zh": "古桥有几座?", "question_en": "How many old bridges are there?"}
    del row["q"]
    chinese, english = read_public_set(write(tmp_path, row, "pairs.jsonl")).cases
    assert (chinese.group, english.group) == ("q1", "q1")
    assert (chinese.language, english.language, english.id) == ("zh", "en", "q1-en")


def test_an_id_that_comes_twice_is_told_apart(tmp_path):
    lines = "\n".join(json.dumps(FLAT, ensure_ascii=False) for _ in range(3))
    public = read_public_set(write(tmp_path, lines, "twice.jsonl"))
    assert [case.id for case in public.cases] == ["q1", "q1-2", "q1-3"]
    assert len(public.documents) == 1


RGB = [
    {
        "id": 0,
        "query": "古桥有几座?",
        "answer": [["3座", "三座"]],
        "positive": ["古桥3座。"],
        "negative": ["无关。"],
    },
    {
        "id": 1,
        "query": "开工和完工的日期?",
        "answer": ["1月3日", "5月2日"],
        "positive": [["1月3日开工。"], ["5月2日完工。"]],
        "negative": ["无关。", "别的。"],
    },
]


def test_rgb(tmp_path):
    path = write(tmp_path, "\n".join(json.dumps(row, ensure_ascii=False) for row in RGB), "zh_int.json")
    public = read_public_set(path)
    assert sorted(public.documents.values()) == sorted(
        ["古桥3座。", "无关。", "别的。", "1月3日开工。", "5月2日完工。"]
    )
    assert [case.must_include for case in public.cases] == [(("3座", "三座"),), (("1月3日",), ("5月2日",))]


def test_rgb_without_what_answers(tmp_path):
    path = write(tmp_path, "\n".join(json.dumps(row, ensure_ascii=False) for row in RGB), "zh.json")
    public = read_public_set(path, reject=True)
    assert sorted(public.documents.values()) == sorted(["无关。", "别的。"])
    assert {case.behavior for case in public.cases} == {Behavior.ABSTAIN}


def test_crud_rag(tmp_path):
    row = {"ID": "x1", "event": "修桥", "questions": "谁修桥?", "answers": "李明修桥。", "news1": CONTEXT}
    tasks = {
        "questanswer_1doc": [row],
        "questanswer_2docs": [{**row, "ID": "x2", "news2": "另一篇。"}],
        "event_summary": [],
    }
    public = read_public_set(write(tmp_path, tasks, "split_merged.json"))
    assert sorted(public.documents.values()) == sorted([CONTEXT, "另一篇。"])
    assert [(case.id, case.expected) for case in public.cases] == [
        ("questanswer_1doc-x1", ("李明修桥。",)),
        ("questanswer_2docs-x2", ("李明修桥。",)),
    ]


def test_other_files_are_no_public_sets(tmp_path):
    ours = write(tmp_path, {"id": "a", "question": "q", "expected": ["x"]}, "cases.jsonl")
    assert read_public_set(ours) is None
    assert len(read_cases(ours)) == 1
    assert read_public_set(tmp_path / "cases.csv") is None
    assert read_public_set(tmp_path) is None


def test_a_known_shape_without_questions_is_told(tmp_path):
    with pytest.raises(CaseFileError, match="holds no question"):
        read_public_set(write(tmp_path, {"data": []}, "empty.json"))


def beir_folder(tmp_path, qrels="query-id\tcorpus-id\tscore\nq\td1\t1\nq\td2\t0\n"):
    (tmp_path / "qrels").mkdir()
    write(
        tmp_path,
        '{"_id": "d1", "title": "桥", "text": "古桥3座。"}\n{"_id": "d2", "text": "x。"}\n',
        "corpus.jsonl",
    )
    write(tmp_path, '{"_id": "q", "text": "古桥?"}\n{"_id": "unjudged", "text": "?"}\n', "queries.jsonl")
    write(tmp_path / "qrels", qrels, "test.tsv")
    return tmp_path


def test_beir(tmp_path):
    folder = beir_folder(tmp_path)
    assert is_beir(folder)
    assert not is_beir(folder / "qrels")
    beir = read_beir(folder)
    assert beir.documents == {"d1": "桥\n古桥3座。", "d2": "x。"}
    assert (beir.queries, beir.qrels) == ({"q": "古桥?"}, {"q": {"d1": 1}})
    # the scripted search has two passages of d2, then d1's: d1 is the second document, the first from below
    search = ScriptedAssistant({}, [document("a。b。", "d2"), document("a。", "d1")]).search
    figures = measure_beir(beir, lambda query, depth: search(query, top_k=depth), {})
    assert figures["hit@1"].value == 0.0
    assert figures["mrr@10"].value == 0.5
    assert figures["dense_mrr@10"].value == 0.5
    assert figures["lexical_mrr@10"].value == 1.0


@pytest.mark.parametrize(
    ("qrels", "told"),
    [("q\td9\t1\n", "lacks 'd9'"), ("q d1 1\n", "not query-id"), ("q\td1\tx\nq\td1\ty\n", "line 2")],
)
def test_beir_that_is_broken(tmp_path, qrels, told):
    with pytest.raises(CaseFileError, match=told):
        read_beir(beir_folder(tmp_path, qrels))


def test_beir_without_judgements_or_with_bad_lines(tmp_path):
    folder = beir_folder(tmp_path)
    (folder / "qrels" / "test.tsv").unlink()
    with pytest.raises(CaseFileError, match="no judgements"):
        read_beir(folder)
    write(folder, '{"_id": "d1"}\n', "corpus.jsonl")
    with pytest.raises(CaseFileError, match="line 1: no object with _id and text"):
        read_beir(folder)


class Adding(ScriptedAssistant):
    def __init__(self, error=None):
        super().__init__({})
        self.error = error

    def add(self, paths, *, groups=frozenset()):
        self.texts = [path.read_text("utf-8") for path in paths]
        ids = [None if self.error else f"id-{number}" for number, _ in enumerate(paths)]
        return [
            AddReport(str(path), "added", name, error=self.error)
            for path, name in zip(paths, ids, strict=True)
        ]


def test_a_public_set_gets_an_index_of_its_own_that_goes_away():
    folders = []

    def build(folder):
        folders.append(folder)
        return Adding()

    with indexed({"a/b": "甲。", "c": "乙。"}, build) as (assistant, ids):
        assert assistant.texts == ["甲。", "乙。"]
        assert ids == {"id-0": "a/b", "id-1": "c"}
        assert folders[0].parent.is_dir()
    assert not folders[0].parent.exists()


def test_a_document_that_cannot_be_indexed_is_named():
    with (
        pytest.raises(EvaluationError, match="a/b: It is empty"),
        indexed({"a/b": " "}, lambda folder: Adding("It is empty.")),
    ):
        raise AssertionError("nothing is asked of a broken index")
