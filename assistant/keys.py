"""Keys of the portal's programs: made, checked, replaced and revoked; only their hashes are stored.

A key is `pa_<id>_<secret>`; the secret has 256 random bits, so one SHA-256 is as good as a slow hash and
costs microseconds. Safe to use from several threads and processes: everything stands in one SQLite file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import AccessError

SCOPES = ("ask", "read", "write", "admin")
PREFIX = "pa_"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    groups TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    replaced_by TEXT,
    per_minute INTEGER,
    per_day INTEGER
)
"""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; never its secret. `groups` None sees every document, empty only public ones."""

    id: str
    name: str
    scopes: frozenset[str]
    groups: frozenset[str] | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    per_minute: int | None  # None: as the settings say
    per_day: int | None

    def state(self, now: datetime) -> str:
        """Return "active", "expired" or "revoked"."""
        if self.revoked_at is not None and self.revoked_at <= now:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "active"


class KeyStore:
    """The keys in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def any(self) -> bool:
        """Say whether a key was ever made: from then on nobody is answered without one."""
        if not self._path.exists():
            return False
        with self._connected() as connection:
            return connection.execute("SELECT 1 FROM keys LIMIT 1").fetchone() is not None

    def create(
        self,
        name: str,
        *,
        scopes: frozenset[str],
        groups: frozenset[str] | None,
        expires_at: datetime | None = None,
        per_minute: int | None = None,
        per_day: int | None = None,
    ) -> tuple[Key, str]:
        """Make a key; returns it with its text, which is not stored. Raises `AccessError`."""
        if not name.strip() or not name.isprintable() or len(name) > 200:
            raise AccessError(f"The key's name {name!r} is no short printed text. Name who will use it.")
        if not scopes or scopes - set(SCOPES):
            raise AccessError(
                f"The scopes {sorted(scopes)} are not among {', '.join(SCOPES)}. Give at least one of these."
            )
        if expires_at is not None and expires_at <= datetime.now(UTC):
            raise AccessError(f"{expires_at.date()} is past. Give a later date, or none.")
        key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        key = Key(key_id, name, scopes, groups, _now(), expires_at, None, per_minute, per_day)
        with self._connected() as connection:
            connection.execute(
                "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)",
                (
                    key.id,
                    name,
                    _hash(secret),
                    json.dumps(sorted(scopes)),
                    json.dumps(sorted(groups)) if groups is not None else None,
                    key.created_at.isoformat(),
                    expires_at.isoformat() if expires_at else None,
                    per_minute,
                    per_day,
                ),
            )
        return key, f"{PREFIX}{key_id}_{secret}"

    def check(self, text: str) -> Key | None:
        """Return the active key that `text` is, or None."""
        key_id, _, secret = text.removeprefix(PREFIX).partition("_")
        with self._connected() as connection:
            row = connection.execute("SELECT * FROM keys WHERE id = ?", (key_id,)).fetchone()
        stored = row["hash"] if row is not None else _hash("")
        # Compared even when there is no such key, so that the time says nothing about ids.
        same = hmac.compare_digest(stored, _hash(secret))
        if row is None or not same:
            return None
        key = _key(row)
        return key if key.state(_now()) == "active" else None

    def list(self) -> list[Key]:
        """Return all keys, oldest first."""
        if not self._path.exists():
            return []
        with self._connected() as connection:
            return [_key(row) for row in connection.execute("SELECT * FROM keys ORDER BY created_at, id")]

    def get(self, key_id: str) -> Key:
        """Return one key. Raises `AccessError` for an id that there is not."""
        for key in self.list():
            if key.id == key_id:
                return key
        raise AccessError(f"There is no key {key_id!r}. `assistant keys list` names them all.")

    def revoke(self, key_id: str, *, at: datetime | None = None) -> Key:
        """End a key, now or at a time to come. Raises `AccessError` for an id that there is not."""
        self.get(key_id)
        with self._connected() as connection:
            connection.execute(
                "UPDATE keys SET revoked_at = ? WHERE id = ? AND (revoked_at IS NULL OR revoked_at > ?)",
                ((at or _now()).isoformat(), key_id, _now().isoformat()),
            )
        return self.get(key_id)

    def rotate(self, key_id: str, *, overlap: timedelta = timedelta(0)) -> tuple[Key, str]:
        """Make a key with the same rights; the old one works on for `overlap`. Raises `AccessError`."""
        old = self.get(key_id)
        if old.state(_now()) != "active":
            raise AccessError(f"The key {key_id} is {old.state(_now())}. Create a new one instead.")
        new, text = self.create(
            old.name,
            scopes=old.scopes,
            groups=old.groups,
            expires_at=old.expires_at,
            per_minute=old.per_minute,
            per_day=old.per_day,
        )
        with self._connected() as connection:
            connection.execute("UPDATE keys SET replaced_by = ? WHERE id = ?", (new.id, key_id))
        self.revoke(key_id, at=_now() + overlap)
        return new, text

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        try:
            if connection is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.touch(mode=0o600)
                connection = sqlite3.connect(self._path, timeout=10)
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(_SCHEMA)
                self._local.connection = connection
            with connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise AccessError(
                f"The keys in {self._path} cannot be used ({error}). Check the file and its rights."
            ) from error


def _key(row: sqlite3.Row) -> Key:
    return Key(
        id=row["id"],
        name=row["name"],
        scopes=frozenset(json.loads(row["scopes"])),
        groups=frozenset(json.loads(row["groups"])) if row["groups"] is not None else None,
        created_at=datetime.fromisoformat(row["created_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]) if row["expires_at"] else None,
        revoked_at=datetime.fromisoformat(row["revoked_at"]) if row["revoked_at"] else None,
        per_minute=row["per_minute"],
        per_day=row["per_day"],
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)
