from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.folders import feedback_file, index_folder, user_data_folder
from assistant.settings import Settings, load_settings, settings_table

ROOT = Path(__file__).parent.parent.parent


def test_the_environment_is_read_with_prefix_and_groups(monkeypatch):
    monkeypatch.setenv("ASSISTANT_INDEX__PATH", "/srv/index")
    monkeypatch.setenv("ASSISTANT_SERVER__ALLOWED_HOSTS", "portal.example, second.example")
    settings = load_settings()
    assert settings.index.path == Path("/srv/index")
    assert settings.server.allowed_hosts == ("portal.example", "second.example")
    assert settings.server.port == 8000


def test_the_command_line_wins(monkeypatch):
    monkeypatch.setenv("ASSISTANT_INDEX__PATH", "/srv/index")
    settings = load_settings(index=Path("other"), host="::1", port=0)
    assert (settings.index.path, settings.server.host, settings.server.port) == (Path("other"), "::1", 0)


def test_an_empty_variable_is_an_unset_one(monkeypatch):
    monkeypatch.setenv("ASSISTANT_INDEX__PATH", "")
    assert load_settings().index.path is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ASSISTANT_SERVER__PORT", "99999", "ASSISTANT_SERVER__PORT='99999'"),
        ("ASSISTANT_LIMITS__CONCURRENCY", "0", "ASSISTANT_LIMITS__CONCURRENCY='0'"),
        ("ASSISTANT_LOG__LEVEL", "loud", "ASSISTANT_LOG__LEVEL='loud'"),
        ("ASSISTANT_SERVER__PROT", "8000", "no setting ASSISTANT_SERVER__PROT"),
        ("ASSISTANT_INDEXPATH", "/srv", "no setting ASSISTANT_INDEXPATH"),
        ("ASSISTANT_SERVER", "not json", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line_with_its_name(monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=r"docs/settings\.md") as caught:
        load_settings()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Settings().server = None


def test_every_setting_is_described_and_documented():
    table = settings_table()
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) > 40
    assert all(len(row[2].rstrip(" |")) > 10 for row in rows)
    assert table in (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_folders_follow_the_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert index_folder(Settings()) == tmp_path / "policy-assistant" / "index"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert user_data_folder() == Path.home() / ".local" / "share" / "policy-assistant"
    monkeypatch.setenv("ASSISTANT_SERVER__DATA", "/srv/data")
    assert feedback_file(load_settings()) == Path("/srv/data/feedback.jsonl")
