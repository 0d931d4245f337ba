"""What `assistant serve` refuses before it begins, and what it says."""

import socket

import pytest
from click.testing import CliRunner
from fake_assistant import FakeAssistant, make_document

from assistant.api.app import create_app
from assistant.api.server import bind, check_binding, is_loopback
from assistant.errors import SettingsError
from assistant.folders import keys_file
from assistant.keys import KeyStore
from assistant.settings import load_settings
from ui.cli import main


@pytest.fixture
def serve(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_SERVER__PAGE", "false")
    monkeypatch.setattr("ui.serving.build_assistant", lambda settings, tell: FakeAssistant([make_document()]))
    monkeypatch.setattr("ui.serving.configure_logs", lambda settings: None)
    started = []
    monkeypatch.setattr(
        "uvicorn.Server.run", lambda self, sockets: [started.append(self), sockets[0].close()]
    )

    def serve(*arguments):
        result = CliRunner().invoke(main, ["serve", "--index", str(tmp_path / "index"), *arguments])
        return result, started

    return serve


def test_on_loopback_it_starts_and_says_where_and_that_no_key_is_needed(serve):
    result, started = serve("--port", "0")
    assert result.exit_code == 0
    assert "Serving http://127.0.0.1:" in result.stderr
    assert "No key is needed" in result.stderr
    assert len(started) == 1


def test_it_says_that_documents_were_read_by_another_version(serve, monkeypatch):
    monkeypatch.setattr("assistant.rereading.READING", "newer")
    result, started = serve("--port", "0")
    assert "1 of 1 documents were read by another version" in result.stderr
    assert "`assistant reindex --index" in result.stderr
    assert len(started) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_other_addresses_need_a_key(serve, host):
    result, started = serve("--host", host, "--port", "0")
    assert result.exit_code == 1
    assert "assistant keys create" in result.stderr
    assert result.stderr.count("\n") == 1
    assert started == []


def test_with_a_key_others_may_reach_it_and_names_are_asked_for(serve, tmp_path):
    store = KeyStore(keys_file(load_settings(index=tmp_path / "index")))
    store.create("portal", scopes=frozenset({"ask"}), groups=None)
    result, started = serve("--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 0
    assert "ALLOWED_HOSTS" in result.stderr
    assert len(started) == 1


def test_a_taken_port_is_told(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result, _ = serve("--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "--port" in result.stderr


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("portal", False),
    ],
)
def test_loopback_is_known(host, local):
    assert is_loopback(host) is local


def test_a_login_is_enough_for_other_addresses(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_INDEX__PATH", str(tmp_path))
    settings = load_settings(host="0.0.0.0")
    app = create_app(FakeAssistant(), settings)
    with pytest.raises(SettingsError):
        check_binding(settings, app.state.portal.access)
    monkeypatch.setenv("ASSISTANT_ACCESS__ISSUER", "https://id.example")
    monkeypatch.setenv("ASSISTANT_ACCESS__AUDIENCE", "assistant")
    settings = load_settings(host="0.0.0.0")
    check_binding(settings, create_app(FakeAssistant(), settings).state.portal.access)


def test_a_name_that_is_none_is_told(tmp_path):
    with pytest.raises(SettingsError, match="cannot be bound"):
        bind(load_settings(index=tmp_path, host="no such host", port=0))
