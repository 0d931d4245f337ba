"""`assistant evaluate`: what it writes, what it prints where, and how it ends."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import ui.evaluate_command
from assistant.assistant import Assistant
from assistant.feedback import Feedback, add_feedback
from assistant.model import Answer, Citation, Reason, Status
from documents.model import Document, Section, Span
from index.model import DocumentRecord
from ui.cli import main

TEXT = "松湖市力争2030年技术合同成交额突破2000亿元。"
CITE = TEXT[3:-1]
WHOLE = Span(0, len(TEXT))
DOCUMENT = Document("plan", "计划", TEXT, (Section(0, 0, WHOLE, WHOLE, "计划", None),), "plan.txt")
CASES = [
    {"id": "a", "question": "目标?", "must_include": [["2000亿元"]], "cite": [CITE]},
    {"id": "b", "question": "2040年?", "answerable": False, "type": "trap-year"},
]


class Scripted(Assistant):
    def __init__(self, figure="2000亿元"):
        self.figure = figure

    def ask(self, question, history=(), *, as_of=None, filters=None, top_k=10):
        if "2040" in question:
            return Answer(question, "zh", Status.NOT_FOUND, Reason.PERIOD_NOT_COVERED, "没有2040年的目标。")
        start = TEXT.index(CITE)
        end = start + len(CITE)
        citation = Citation(1, "plan", DOCUMENT.revision, "计划", "计划", None, None, start, end, CITE)
        return Answer(question, "zh", Status.ANSWERED, None, f"力争突破{self.figure}", (citation,))

    def search(self, query, *, top_k=10, filters=None):
        return []

    def documents(self, *, filters=None):
        when = datetime(2026, 1, 1, tzinfo=UTC)
        return [DocumentRecord("plan", "计划", "plan.txt", "r", None, frozenset(), 1, 1, len(TEXT), when)]

    def document(self, document_id, *, filters=None):
        return DOCUMENT


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the command in an empty folder over a scripted assistant; its figure can be changed."""
    assistant = Scripted()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ui.evaluate_command, "open_assistant", lambda index: assistant)
    Path("cases.jsonl").write_text("\n".join(json.dumps(case) for case in CASES), "utf-8")

    def invoke(*words, figure="2000亿元"):
        assistant.figure = figure
        return CliRunner().invoke(main, ["evaluate", *words])

    return invoke


def test_figures_and_misses_are_printed_and_nothing_else_on_stderr(run):
    result = run("cases.jsonl")
    assert result.exit_code == 0
    assert "answer_ok            1.000" in result.stdout
    assert result.stderr == ""
    missed = run("cases.jsonl", figure="2100亿元")
    assert missed.exit_code == 0  # a miss is a figure, not an error
    assert "wrong figures: 2100亿元" in missed.stdout


def test_json_is_the_only_thing_on_stdout(run):
    result = run("cases.jsonl", "--json", "--report", "r.html")
    report = json.loads(result.stdout)
    assert report["summary"]["figures"]["answer_ok"] == 1.0
    assert report["about"]["documents"] == "1"
    assert sorted(path.name for path in Path().glob("r.*")) == ["r.html", "r.json", "r.xml"]


def test_predictions_are_the_contracts(run):
    run("cases.jsonl", "--predictions", "p.jsonl")
    lines = [json.loads(line) for line in Path("p.jsonl").read_text("utf-8").splitlines()]
    assert [(line["id"], line["abstained"], line["citations"]) for line in lines] == [
        ("a", False, [CITE]),
        ("b", True, []),
    ]
    scored = run("cases.jsonl", "--score", "p.jsonl", "--json", figure="9亿元")
    assert json.loads(scored.stdout)["summary"]["figures"]["answer_ok"] == 1.0


def test_a_gate_that_holds_ends_with_one(run):
    assert run("cases.jsonl", "--report", "old.html").exit_code == 0
    gate = ("--baseline", "old.json", "--fail-on", "wrong_figures>0, answer_ok<-0.01")
    assert run("cases.jsonl", *gate).exit_code == 0
    worse = run("cases.jsonl", *gate, figure="2100亿元")
    assert worse.exit_code == 1
    assert "failed on wrong_figures>0 (it is 1); answer_ok<-0.01 (it is -0.5)" in worse.stderr
    assert "Traceback" not in worse.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("missing.jsonl",), "no file of cases at missing.jsonl"),
        (("cases.jsonl", "--baseline", "missing.json"), "missing.json cannot be read"),
        (("cases.jsonl", "--fail-on", "nonsense"), "'nonsense' is no condition"),
        (("cases.jsonl", "--fail-on", "answer_ok<-0.1"), "there is no baseline"),
        (("cases.jsonl", "--score", "missing.jsonl"), "no file of predictions"),
        (("cases.jsonl", "--report", "no/such/folder/r.html"), "no/such/folder"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(run, words, told):
    result = run(*words)
    assert result.exit_code == 1
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_every_bad_line_of_a_file_of_cases_is_listed(run):
    Path("bad.jsonl").write_text('{"id": "a"}\nnonsense\n', "utf-8")
    result = run("bad.jsonl")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "line 1: has no question" in result.stderr
    assert "line 2: is no JSON" in result.stderr


def test_wrong_usage_is_two(run):
    assert run("cases.jsonl", "--repeats", "0").exit_code == 2
    assert run("cases.jsonl", "--colour").exit_code == 2


def test_limit_and_repeats(run):
    report = json.loads(run("cases.jsonl", "--limit", "1", "--repeats", "3", "--json").stdout)
    assert [case["id"] for case in report["cases"]] == ["a"]
    assert report["summary"]["figures"]["repeats_same"] == 1.0


def test_the_progress_bar_is_for_a_terminal_only(run, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with ui.evaluate_command._progress(5, quiet=False) as progress:
        assert progress is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with ui.evaluate_command._progress(5, quiet=False) as progress:
        progress(3, 5)
    with ui.evaluate_command._progress(5, quiet=True) as progress:
        assert progress is None
    monkeypatch.setitem(os.environ, "CI", "true")
    with ui.evaluate_command._progress(5, quiet=False) as progress:
        assert progress is None


def test_drafts_from_feedback(run):
    add_feedback(Path("feedback.jsonl"), Feedback("目标?", "down", "1000亿元", correction="2000亿元"))
    result = run("--from-feedback", "feedback.jsonl")
    assert json.loads(result.stdout)["must_include"] == [["2000亿元"]]
    assert "1 draft from feedback.jsonl" in result.stderr
    empty = run("--from-feedback")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "0 drafts" in empty.stderr


def test_a_hostile_answer_cannot_drive_the_terminal(run):
    result = run("cases.jsonl", figure="2100亿元\x1b]0;owned\x07")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
