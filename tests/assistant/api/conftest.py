import pytest
from fake_assistant import FakeAssistant, make_document
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.folders import keys_file
from assistant.keys import KeyStore
from assistant.settings import load_settings

OPEN = "公开文件说,全市新建公园二十座。"
SECRET = "绝密文件说,代号金丝雀的预算是777万元。"


@pytest.fixture
def configure(monkeypatch, tmp_path):
    """Settings of a server in a folder of its own, with some of them changed."""

    def configure(**changes):
        monkeypatch.setenv("ASSISTANT_INDEX__PATH", str(tmp_path / "index"))
        for name, value in changes.items():
            monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
        return load_settings()

    return configure


@pytest.fixture
def assistant():
    documents = [
        make_document(),
        make_document("open", OPEN, "公开文件"),
        make_document("secret", SECRET, "绝密"),
    ]
    return FakeAssistant(documents, {"secret": frozenset({"board"})})


@pytest.fixture
def start(assistant, configure):
    """Start an application; returns a client whose base URL is this machine."""
    running = []

    def start(**changes):
        app = create_app(assistant, configure(**changes))
        client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
        client.__enter__()
        running.append(client)
        return client

    yield start
    for client in running:
        client.__exit__(None, None, None)


@pytest.fixture
def client(start):
    return start()


@pytest.fixture
def make_key(configure):
    """Make a key; returns the header that carries it."""

    def make_key(*scopes, groups=(), **limits):
        store = KeyStore(keys_file(configure()))
        held = frozenset(groups) if groups is not None else None
        _, text = store.create("test", scopes=frozenset(scopes), groups=held, **limits)
        return {"Authorization": f"Bearer {text}"}

    return make_key
