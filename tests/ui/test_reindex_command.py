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
    assert (done.exit_code, done.stdout, done.stderr) == (0, "reindexed  1 passages\n", "")
    assert TEXT in run("search", "技术合同", "--index", folder).stdout
    assert run("reindex", "--index", folder).stdout.startswith("unchanged")


def test_json_is_one_document(folder):
    assert json.loads(run("reindex", "--index", folder, "--json").stdout) == {"reindexed": 1}
    assert json.loads(run("reindex", "--index", folder, "--json").stdout) == {"reindexed": 0}


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
    assert result.stderr == "assistant: The model is now newer (fake-8-0): embedding the documents anew.\n"
