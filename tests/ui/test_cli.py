import csv
import json
import subprocess
import sys

import openpyxl
import pytest
from click.testing import CliRunner
from fake_assistant import TEXT, FakeAssistant, make_document

from ui.cli import main


@pytest.fixture
def assistant(monkeypatch):
    fake = FakeAssistant([make_document()])
    monkeypatch.setattr("assistant.build.build_assistant", lambda settings, tell: fake)
    return fake


@pytest.fixture
def run(assistant):
    def run(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


def told(result):
    """The one line of an error, after checking that it is one line with exit code 1 and no trace."""
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def test_an_answer_shows_its_citation_with_section_byline_and_quote(run):
    result = run("ask", "技术合同成交额2030年目标")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "突破2000亿元(力争)"
    assert lines[2] == "[1] 科技创新计划 · 本报记者 王芳"
    assert "“力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元”" in lines[3]
    assert TEXT[6:] != lines[4]
    assert lines[4].strip().startswith("plan [")


def test_json_is_exactly_one_document(run):
    result = run("ask", "技术合同成交额", "--json")
    answer = json.loads(result.stdout)
    citation = answer["citations"][0]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert answer["status"] == "answered"


def test_a_decline_is_done_and_shows_the_nearest(run):
    result = run("ask", "where is the moon")
    assert result.exit_code == 0
    assert "最近的内容" in result.stdout
    assert json.loads(run("ask", "where is the moon", "--json").stdout)["reason"] == "subject_not_covered"


def test_history_reaches_the_assistant(run, assistant, tmp_path):
    history = tmp_path / "history.json"
    history.write_text('[{"question": "一", "answer": "二"}]', "utf-8")
    assert run("ask", "那2030年呢", "--history", history).exit_code == 0
    assert [turn.question for turn in assistant.asked[-1][1]] == ["一"]
    history.write_text('{"question": "一", "answer": "二"}\n{"question": "三", "answer": "四"}\n', "utf-8")
    assert run("ask", "那2030年呢", "--history", history).exit_code == 0
    assert [turn.question for turn in assistant.asked[-1][1]] == ["一", "三"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", ""], "question is empty"),
        (["ask", "字" * 10_000], "10000 characters"),
        (["ask", "q", "--history", "missing.json"], "missing.json cannot be read"),
        (["ask", "q", "--as-of", "yesterday"], "no date"),
        (["search", " "], "query is empty"),
        (["ask", "\udcff目标"], "not UTF-8"),
        (["search", "\udcff"], "not UTF-8"),
        (["show", "nothing"], "no document 'nothing'"),
        (["remove", "nothing"], "no document 'nothing'"),
        (["verify", "missing.json"], "missing.json cannot be read"),
        (["add", "missing.txt"], "missing.txt does not exist"),
    ],
)
def test_wrong_input_is_one_line_with_the_remedy(run, arguments, said):
    assert said in told(run(*arguments))


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"answer": 1}', "\x00\x01", "[" * 100_000])
def test_saved_answers_that_are_none_are_told(run, tmp_path, text):
    file = tmp_path / "saved.json"
    file.write_text(text, "utf-8")
    told(run("verify", file))
    told(run("ask", "q", "--history", file)) if text != '{"answer": 1}' else None


def test_binary_files_are_told(run, tmp_path):
    file = tmp_path / "saved.json"
    file.write_bytes(b"\xff\xfe\x00\x80")
    assert "not UTF-8" in told(run("verify", file))


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "q", "--nonsense"],
        ["nonsense"],
        ["add"],
        ["search", "q", "--top-k", "0"],
        ["search", "q", "--top-k", "many"],
        ["indicators", "--json", "--csv", "x.csv"],
        ["indicators", "--year", "soon"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_is_exit_code_2(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage" in result.stderr or "Error" in result.stderr


def test_files_are_added_though_one_fails(run, assistant, tmp_path):
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("新的文件内容。", "utf-8")
    empty.write_text("", "utf-8")
    result = run("add", empty, good, "--group", "finance")
    assert result.exit_code == 1
    assert result.stdout.startswith("added      good")
    assert result.stderr.count("\n") == 1
    assert "is empty" in result.stderr
    assert assistant.groups["good"] == {"finance"}
    reports = json.loads(run("add", good, "--json").stdout)["documents"]
    assert [report["state"] for report in reports] == ["updated"]


def test_the_library_is_listed_shown_and_removed(run):
    assert "科技创新计划" in run("list").stdout
    assert json.loads(run("list", "--json").stdout)["documents"][0]["groups"] == []
    assert TEXT in run("show", "plan").stdout
    shown = json.loads(run("show", "plan", "--json").stdout)
    assert shown["text"] == TEXT
    assert shown["sections"][0]["byline"] == "本报记者 王芳"
    assert json.loads(run("remove", "plan", "--json").stdout) == {"removed": ["plan"]}
    assert "holds no documents" in run("list").stdout


def test_hits_show_score_rank_and_arm(run):
    assert "lexical 3.250 (#1)" in run("search", "技术合同").stdout
    hit = json.loads(run("search", "技术合同", "--json").stdout)["hits"][0]
    assert (hit["rank"], hit["arms"]["lexical"]["rank"]) == (1, 1)
    assert TEXT[hit["start"] : hit["end"]] == hit["text"]


def test_verdicts_are_shown_and_strict_fails(run, tmp_path):
    saved = json.loads(run("ask", "技术合同成交额", "--json").stdout)
    file = tmp_path / "saved.json"
    file.write_text(json.dumps(saved), "utf-8")
    assert "1 of 1 citations found" in run("verify", file, "--strict").stdout
    saved["citations"][0]["quote"] = saved["citations"][0]["quote"].replace("2000", "3000")
    file.write_text(json.dumps([saved]), "utf-8")
    assert run("verify", file).exit_code == 0
    result = run("verify", file, "--strict", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["counts"]["altered"] == 1


def test_figures_are_listed_and_exported_with_evidence(run, tmp_path):
    assert "技术合同成交额" in run("indicators", "--year", "2030").stdout
    assert "No figure fits" in run("indicators", "--year", "1999").stdout
    row = json.loads(run("indicators", "--json").stdout)["indicators"][0]
    assert row["inherited"]["hedge"] == [TEXT.index("力争"), TEXT.index("力争") + 2]
    assert TEXT[row["start"] : row["end"]] == row["quote"]
    sheet, book = tmp_path / "rows.csv", tmp_path / "rows.xlsx"
    assert run("indicators", "--csv", sheet).exit_code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as lines:
        (shown,) = csv.DictReader(lines)
    assert (shown["normalized"], shown["quote"], shown["hedge"]) == ("200000000000", row["quote"], "力争")
    assert "name: 技术合同成交额" in shown["carried_over"]
    assert run("indicators", "--xlsx", book).exit_code == 0
    cells = list(openpyxl.load_workbook(book)["indicators"].values)
    assert dict(zip(cells[0], cells[1], strict=True))["quote"] == row["quote"]
    assert "cannot be written" in told(run("indicators", "--csv", tmp_path / "no" / "rows.csv"))


def test_documents_cannot_plant_formulas(run, assistant, tmp_path):
    text = "=HYPERLINK(1)力争2025年技术合同成交额突破1000亿元,2030年突破2000亿元"
    assistant.held = {"evil": make_document("evil", text, title="=1+1")}
    run("indicators", "--csv", tmp_path / "rows.csv")
    assert ",'=1+1," in (tmp_path / "rows.csv").read_text("utf-8-sig")
    run("indicators", "--xlsx", tmp_path / "rows.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx")["indicators"]
    assert {cell.data_type for row in sheet for cell in row if cell.value == "=1+1"} == {"s"}


def test_documents_cannot_drive_the_terminal(run, assistant):
    assistant.held = {"evil": make_document("evil", "\x1b]0;owned\x07技术\x9b31m合同。", title="t\x1b[2J")}
    for command in (["ask", "技术合同"], ["list"], ["show", "evil"], ["search", "技术合同"]):
        output = run(*command).stdout
        assert output
        assert not set(output) & {"\x1b", "\x07", "\x9b"}


def test_an_unexpected_error_is_one_line(run, assistant, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(assistant, "documents", fail)
    assert "ZeroDivisionError" in told(run("list"))
    assert "Traceback" in run("--debug", "list").stderr


def test_a_wrong_setting_is_one_line(monkeypatch):
    monkeypatch.setenv("ASSISTANT_LIMITS__QUEUE", "-1")
    assert "ASSISTANT_LIMITS__QUEUE" in told(CliRunner().invoke(main, ["list"]))


def test_asking_imports_nothing_heavy():
    heavy = {
        "torch",
        "sentence_transformers",
        "transformers",
        "gradio",
        "fastapi",
        "pandas",
        "openpyxl",
        "sklearn",
    }
    code = "import sys, ui.commands.asking, assistant.build; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "click" in loaded
    assert heavy & set(loaded) == set()
