"""Two assistants that many tests ask: one over the samples, one over a small office of documents written here."""

from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from office_documents import OFFICE
from rules_documents import RULES

import documents
from assistant.assistant import Assistant
from index.embedding import load_embedder
from index.passage_index import PassageIndex
from index.static_embedding import BUILTIN_MODEL

SAMPLES = Path(documents.__file__).parent / "samples"


@pytest.fixture(scope="session")
def embedder():
    return load_embedder() if (BUILTIN_MODEL / "modules.json").is_file() else FakeEmbedder()


@pytest.fixture(scope="session")
def build(embedder, tmp_path_factory):
    """Return a function that opens an empty assistant in a folder of its own."""

    def opened(name):
        return Assistant(PassageIndex.open(tmp_path_factory.mktemp(name) / "index", embedder))

    return opened


@pytest.fixture(scope="session")
def samples(build):
    assistant = build("samples")
    assert {report.state for report in assistant.add([SAMPLES])} == {"added"}
    return assistant


@pytest.fixture(scope="session")
def office(build):
    assistant = build("office")
    for name, text in OFFICE.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant


@pytest.fixture(scope="session")
def ask(office):
    """Return a function that asks the small office."""
    return lambda question, history=(), **more: office.ask(question, history, **more)


@pytest.fixture(scope="session")
def ask_rules(build):
    """Return a function that asks the rules, notices and report of a third town."""
    assistant = build("rules")
    for name, text in RULES.items():
        assert assistant.add_upload(name, text.encode(), source_key=name).state == "added"
    return assistant.ask
