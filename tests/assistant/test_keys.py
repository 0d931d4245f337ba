import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import AccessError
from assistant.keys import KeyStore

ASK = frozenset({"ask"})


@pytest.fixture
def store(tmp_path):
    return KeyStore(tmp_path / "server" / "keys.sqlite")


def test_a_key_is_known_by_its_text_alone(store):
    key, text = store.create("portal", scopes=ASK, groups=frozenset({"a"}), per_minute=5)
    assert store.check(text) == key
    assert store.check(text[:-1]) is None
    assert store.check(text + "x") is None
    assert store.check("") is None
    assert store.check(text.removeprefix("pa_").split("_")[0]) is None


def test_the_secret_is_stored_nowhere(store, tmp_path):
    _, text = store.create("portal", scopes=ASK, groups=None)
    secret = text.split("_", 2)[2]
    stored = b"".join(path.read_bytes() for path in (tmp_path / "server").iterdir())
    assert b"portal" in stored
    assert secret.encode() not in stored
    assert (tmp_path / "server" / "keys.sqlite").stat().st_mode & 0o077 == 0


def test_rotating_keeps_the_rights_and_an_overlap(store):
    old, old_text = store.create("portal", scopes=ASK, groups=frozenset({"a"}), per_day=9)
    new, new_text = store.rotate(old.id, overlap=timedelta(hours=1))
    assert (new.scopes, new.groups, new.per_day, new.name) == (old.scopes, old.groups, 9, "portal")
    assert store.check(old_text) is not None
    assert store.check(new_text) == new
    newest, _ = store.rotate(new.id)
    assert store.check(new_text) is None
    with pytest.raises(AccessError, match="revoked"):
        store.rotate(new.id)
    assert [key.state(datetime.now(UTC)) for key in store.list()].count("active") == 2
    assert store.revoke(old.id).state(datetime.now(UTC)) == "revoked"
    assert newest.groups == old.groups


def test_there_are_none_until_one_is_made(store):
    assert not store.any()
    assert store.list() == []
    key, _ = store.create("x", scopes=ASK, groups=None)
    store.revoke(key.id)
    assert store.any()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "a\nb"},
        {"scopes": frozenset()},
        {"scopes": frozenset({"root"})},
        {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_wrong_keys_are_not_made(store, wrong):
    with pytest.raises(AccessError):
        store.create(**{"name": "n", "scopes": ASK, "groups": None, **wrong})
    assert not store.list()


def test_an_unknown_id_or_a_broken_file_is_told(store, tmp_path):
    with pytest.raises(AccessError, match="no key 'nothing'"):
        store.revoke("nothing")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(AccessError, match="cannot be used") as caught:
        KeyStore(broken).check("pa_1_2")
    assert isinstance(caught.value.__cause__, sqlite3.Error)
