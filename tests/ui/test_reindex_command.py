"""`assistant reindex`, and what the other commands say before and after it."""

import json

import pytest
from click.testing import CliRunner
from fake_embedder import FakeEmbedder

from assistant import build
from documents.model import Document, Passage, Section, Span
from index.passage_index import PassageIndex
from ui.cli import main

TEXT = "力争2027年技术合同成交额突破300亿元"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An index that the former model made."""
    whole = Span(0, len(TEXT))
    document = Document("plan", "计划", TEXT, (Section(0, 0, whole, whole, "计划", None),), "plan.txt")
    with PassageIndex.open(tmp_path / "index", FakeEmbedder()) as index:
        index.add(document, [Passage("plan#0", "plan", 0, whole, TEXT, context="计划")])
    monkeypatch.setattr(build, "load_embedder", lambda name: FakeEmbedder(dimension=8, name="newer"))
    return tmp_path / "index"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_remedy_that_is_told_is_the_command_that_works(folder):
    refused = run("search", "技术合同", "--index", folder)
    assert refused.exit_code == 1
    assert f"`assistant reindex --index {folder}`" in refused.stderr
    done = run("reindex", "--index", folder)
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        "reindexed  1 passages\nre-read    1 documents\n",
        "",
    )
    assert TEXT in run("search", "技术合同", "--index", folder).stdout
    assert run("reindex", "--index", folder).stdout.startswith("unchanged")


def test_json_is_one_document(folder):
    assert json.loads(run("reindex", "--index", folder, "--json").stdout) == {"reindexed": 1, "reread": 1}
    assert json.loads(run("reindex", "--index", folder, "--json").stdout) == {"reindexed": 0, "reread": 0}


def test_a_folder_without_an_index_is_told_and_not_made(folder, tmp_path):
    result = run("reindex", "--index", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "There is no index in" in result.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_start_that_embeds_again_says_so_on_stderr_only(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "data" / "policy-assistant").mkdir(parents=True)
    folder.rename(tmp_path / "data" / "policy-assistant" / "index")
    monkeypatch.setattr(build, "keep_samples", lambda assistant, folder: None)
    result = run("search", "技术合同", "--json")
    assert TEXT in json.dumps(json.loads(result.stdout), ensure_ascii=False)
    assert result.stderr == (
        "assistant: The model is now newer (fake-8-0): embedding the documents anew.\n"
        "assistant: Another version of this program has read 1 documents here: reading them anew.\n"
    )


def test_the_status_says_what_to_do_after_an_upgrade_and_what_there_is(folder):
    assert run("status", "--index", folder).exit_code == 1  # the model comes first
    build.PassageIndex.reembed(folder, FakeEmbedder(dimension=8, name="newer"))
    shown = run("status", "--index", folder).stdout
    assert "holds     1 documents, 1 passages, 0 figures\n" in shown
    assert "model     newer, 8 dimensions\n" in shown
    assert "readings  1 of 1 documents were read by another version" in shown
    told = json.loads(run("status", "--index", folder, "--json").stdout)
    assert (told["documents"], told["outdated"]) == (1, ["plan"])
    assert f"Run `assistant reindex --index {folder}`" in told["remedy"]
    assert (
        json.loads(run("list", "--index", folder, "--json").stdout)["documents"][0]["reading"] == "outdated"
    )
    assert run("reindex", "--index", folder).stdout == "re-read    1 documents\n"
    told = json.loads(run("status", "--index", folder, "--json").stdout)
    assert (told["outdated"], told["remedy"], told["indicators"]) == ([], None, 1)
    assert "readings  all by this version\n" in run("status", "--index", folder).stdout
    assert json.loads(run("list", "--index", folder, "--json").stdout)["documents"][0]["reading"] == "current"
