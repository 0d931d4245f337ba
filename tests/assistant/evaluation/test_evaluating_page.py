"""docs/evaluating.md: every command on the page is run, in its order, on the page's own files."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.evaluation.case_files import COLUMNS
from assistant.evaluation.model import Stage
from assistant.evaluation.report_view import LABELS, STAGES
from assistant.feedback import Feedback, add_feedback
from ui.cli import main

PAGE = Path(__file__).parents[3] / "docs" / "evaluating.md"
FILE = re.compile(r"<!-- file: (?P<name>\S+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)
CHANGE = re.compile(r"<!-- replace in (?P<name>\S+): (?P<old>.*?) → (?P<new>.*?) -->")
COMMAND = re.compile(r"^\$ assistant (?P<words>.+)\n(?P<told># exit 1: (?P<error>.+))?", re.MULTILINE)


def steps():
    """The page's files, changes and commands, in its order."""
    text = PAGE.read_text("utf-8")
    found = [match for pattern in (FILE, CHANGE, COMMAND) for match in pattern.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def public_files():
    """Small files in the shapes of the public sets that the page names."""
    context = "松湖市有桥12座,其中古桥3座。"
    answers = [{"text": "3座", "answer_start": context.index("3座")}]
    questions = [{"id": "q", "question": "松湖市古桥有几座?", "answers": answers}]
    xquad = {"data": [{"paragraphs": [{"context": context, "qas": questions}]}]}
    Path("xquad.zh.json").write_text(json.dumps(xquad), "utf-8")
    rgb = {
        "id": 0,
        "query": "古桥有几座?",
        "answer": ["3座"],
        "positive": [context],
        "negative": ["今年雨水多。"],
    }
    Path("zh.json").write_text(json.dumps(rgb), "utf-8")
    beir = Path("scifact")
    (beir / "qrels").mkdir(parents=True)
    (beir / "corpus.jsonl").write_text(
        json.dumps({"_id": "d", "title": "桥", "text": context}) + "\n", "utf-8"
    )
    (beir / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "松湖市古桥"}) + "\n", "utf-8")
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n", "utf-8")


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Walk the page once; give the folder, and what each command said."""
    folder = tmp_path_factory.mktemp("evaluator")
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data-home"))
        public_files()
        add_feedback(Path("feedback.jsonl"), Feedback("2030年?", "down", "1000亿元", correction="2000亿元"))
        for step in steps():
            parts = step.groupdict()
            if "text" in parts:
                Path(parts["name"]).write_text(parts["text"], "utf-8")
            elif "old" in parts:
                path = Path(parts["name"])
                before = path.read_text("utf-8")
                assert parts["old"] in before
                path.write_text(before.replace(parts["old"], parts["new"]), "utf-8")
            else:
                result = CliRunner().invoke(main, shlex.split(parts["words"]))
                said[parts["words"]] = (result, parts["error"])
    return folder, said


def test_every_command_does_what_the_page_says(walked):
    _, said = walked
    assert len(said) >= 11
    for words, (result, error) in said.items():
        if "--fail-on" in words:
            continue
        assert result.exit_code == (1 if error else 0), f"{words}\n{result.output}"
        if error:
            assert error in " ".join(result.output.split())


def test_the_gate_agrees_with_the_figures(walked):
    folder, said = walked
    (result,) = [result for words, (result, _) in said.items() if "--fail-on" in words]
    figures = json.loads((folder / "second.json").read_text("utf-8"))["summary"]["figures"]
    assert (result.exit_code, "failed on" in result.output) == (
        (1, True) if figures["wrong_figures"] else (0, False)
    )


def test_the_planted_comma_is_found_and_mended(walked):
    folder, _ = walked
    first, second = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("first", "second"))
    before, after = first["cases"][0], second["cases"][0]
    assert (before["stage"], after["stage"]) == (Stage.DOCUMENT_NOT_READ.value, None)
    assert after["values"]["cited"] == 1.0
    assert second["comparison"]["changes"]["cited"]["delta"] > 0


def test_reports_lie_beside_each_other(walked):
    folder, _ = walked
    for name in ("first", "second", "scored"):
        assert all((folder / f"{name}.{suffix}").stat().st_size > 500 for suffix in ("html", "json", "xml"))


def test_scoring_the_answers_again_gives_the_same_figures(walked):
    folder, _ = walked
    asked, scored = (
        json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("second", "scored")
    )
    names = ("answer_ok", "wrong_figures", "cited", "token_f1", "abstention_f1", "mrr@10")
    assert {name: asked["summary"]["figures"][name] for name in names} == {
        name: scored["summary"]["figures"][name] for name in names
    }


def test_feedback_is_printed_as_a_draft(walked):
    _, said = walked
    (result,) = [result for words, (result, _) in said.items() if "--from-feedback" in words]
    draft = json.loads(result.stdout)
    assert (draft["draft"], draft["must_include"]) == (True, [["2000亿元"]])
    assert "1 draft from" in result.stderr


def test_public_sets_are_measured(walked):
    _, said = walked
    outputs = {words.split()[1]: result.output for words, (result, _) in said.items()}
    assert "1 cases" in outputs["xquad.zh.json"]
    assert "traps_ok" in outputs["zh.json"]
    assert "dense_ndcg@10        1.000" in outputs["scifact"]


def test_the_page_names_every_column_stage_and_figure():
    text = PAGE.read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in text and name != "note"] == []
    assert [
        label for stage, (_, label) in STAGES.items() if label not in text and stage is not Stage.NO_ANSWER
    ] == []
    unnamed = {"answer_ok_any_length", "wrong_figure_rate", "median_length", "misses", "p95_ms", "p99_ms"}
    told = text.replace("`_recall`", "`abstention_recall`").replace("`_f1`", "`abstention_f1`")
    told = re.sub(r"`hit@k`", "`hit@1` `hit@3` `hit@10`", told)
    assert [name for name in LABELS if f"`{name}`" not in told and name not in unnamed] == []


def test_the_picture_of_the_report_is_small_enough():
    picture = PAGE.parent / "images" / "evaluation-report.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size <= 300 * 1024
