import json

import pytest
from click.testing import CliRunner

from assistant.audit import AuditLog, verify_audit
from assistant.folders import audit_file, keys_file
from assistant.keys import KeyStore
from assistant.settings import load_settings
from ui.cli import main


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def run(index):
    def run(*arguments, code=0):
        result = CliRunner().invoke(main, [*map(str, arguments), "--index", str(index)])
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def settings(index):
    return load_settings(index=index)


def test_a_key_is_printed_once_and_works(run, settings):
    result = run(
        "keys",
        "create",
        "portal",
        "--scope",
        "ask",
        "--group",
        "finance",
        "--days",
        "30",
        "--per-minute",
        "9",
    )
    key = KeyStore(keys_file(settings)).check(result.stdout.strip())
    assert (key.name, key.scopes, key.groups, key.per_minute) == ("portal", {"ask"}, {"finance"}, 9)
    assert key.id in result.stderr
    shown = run("keys", "list").stdout
    assert "finance" in shown
    assert result.stdout.strip() not in shown


def test_keys_are_listed_rotated_and_revoked(run, settings):
    made = json.loads(run("keys", "create", "portal", "--all-groups", "--json").stdout)
    assert made["groups"] is None
    turned = json.loads(run("keys", "rotate", made["id"], "--overlap-hours", "1", "--json").stdout)
    store = KeyStore(keys_file(settings))
    assert store.check(made["key"])
    assert store.check(turned["key"]).groups is None
    run("keys", "revoke", turned["id"])
    assert store.check(turned["key"]) is None
    states = [key["state"] for key in json.loads(run("keys", "list", "--json").stdout)["keys"]]
    assert sorted(states) == ["active", "revoked"]


def test_changes_of_keys_are_recorded(run, settings):
    made = json.loads(run("keys", "create", "portal", "--json").stdout)
    run("keys", "rotate", made["id"])
    run("keys", "revoke", made["id"])
    assert verify_audit(audit_file(settings)).records == 3
    exported = [json.loads(line) for line in run("audit", "export").stdout.splitlines()]
    assert [record["action"] for record in exported] == ["key-created", "key-rotated", "key-revoked"]
    assert made["key"].split("_")[2] not in json.dumps(exported)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["keys", "create", " "], 1, "no short printed text"),
        (["keys", "create", "x", "--scope", "root"], 2, "root"),
        (["keys", "create", "x", "--group", "a", "--all-groups"], 2, "not both"),
        (["keys", "revoke", "nothing"], 1, "no key 'nothing'"),
        (["keys", "rotate", "nothing"], 1, "no key 'nothing'"),
        (["audit", "export", "--since", "yesterday"], 2, "yesterday"),
    ],
)
def test_wrong_calls_are_told(run, arguments, code, said):
    assert said in run(*arguments, code=code).stderr


def test_no_keys_and_no_log_are_nothing_wrong(run):
    assert "no keys" in run("keys", "list").stdout
    assert "0 records" in run("audit", "verify").stdout


def test_the_audit_log_is_verified_and_its_damage_named(run, settings):
    log = AuditLog(audit_file(settings))
    for number in range(4):
        log.append("ask", {"kind": "key", "id": f"k{number % 2}"}, {"answer": "=SUM(1)"})
    shown = json.loads(run("audit", "verify", "--json").stdout)
    assert shown["records"] == 4
    run("audit", "verify", "--head", shown["head"])
    assert "not part of" in run("audit", "verify", "--head", "0" * 63 + "1", code=1).stderr
    lines = log.path.read_text("utf-8").splitlines(keepends=True)
    log.path.write_text("".join([lines[0], *lines[2:]]), "utf-8")
    assert "Line 2" in run("audit", "verify", code=1).stderr
    assert run("audit", "export", code=1).stdout == ""


def test_records_are_chosen_and_exported(run, settings, tmp_path):
    log = AuditLog(audit_file(settings))
    for number in range(4):
        log.append("ask" if number else "upload", {"kind": "key", "id": f"k{number % 2}", "name": "=1+1"}, {})
    assert len(run("audit", "export", "--action", "ask").stdout.splitlines()) == 3
    assert len(run("audit", "export", "--actor", "k0").stdout.splitlines()) == 2
    assert run("audit", "export", "--since", "2999-01-01").stdout == ""
    assert len(run("audit", "export", "--until", "2999-01-01").stdout.splitlines()) == 4
    run("audit", "export", "--csv", tmp_path / "log.csv")
    text = (tmp_path / "log.csv").read_text("utf-8-sig")
    assert text.splitlines()[0].startswith("seq,time,action")
    assert "'=1+1" in text
    assert "cannot be written" in run("audit", "export", "--csv", tmp_path / "no" / "log.csv", code=1).stderr


def test_changes_of_documents_are_recorded_where_a_server_keeps_a_log(run, settings, tmp_path, monkeypatch):
    from fake_assistant import FakeAssistant

    monkeypatch.setattr("assistant.build.build_assistant", lambda settings, tell=None: FakeAssistant())
    file = tmp_path / "note.txt"
    file.write_text("一份通知。", "utf-8")
    run("add", file)
    assert not audit_file(settings).exists()
    run("keys", "create", "portal")
    run("add", file, "--group", "finance")
    exported = [json.loads(line) for line in run("audit", "export", "--action", "add").stdout.splitlines()]
    assert [record["detail"]["groups"] for record in exported] == [["finance"]]
    assert str(tmp_path) not in json.dumps(exported)
