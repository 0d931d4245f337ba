"""The SQLite file of an index: its schema, its manifest, its transactions. The single source of truth.

What FAISS and tantivy keep is derived from here and can be made again without embedding anything. This module
knows tables and errors; what goes into rows is in `index.catalogue` (reading) and `index.changes` (writing).

Every SQLite error becomes an `IndexStoreError` here, with the file and the remedy.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import IncompatibleIndexError, IndexBusyError, IndexStoreError, OtherModelError

FORMAT_VERSION = 1  # raise it when rows or terms written before cannot be used any more
DATABASE = "index.db"

_APPLICATION_ID = 0x506F4173  # "PoAs": tells our files from other SQLite files
_BUSY_SECONDS = 5.0

# Keys are AUTOINCREMENT because FAISS and tantivy refer to them: a reused key would find a stale entry.
# Wide columns that a search does not need for every candidate stand in tables of their own.
_SCHEMA = """
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    revision TEXT NOT NULL,
    date TEXT,
    added_at TEXT NOT NULL,
    digest BLOB NOT NULL,          -- of all that was added but groups: equal means nothing to do
    passages INTEGER NOT NULL,
    terms INTEGER NOT NULL,        -- sum of its passages' lengths in terms
    indicators INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    data TEXT NOT NULL,            -- the Document without its text
    text TEXT NOT NULL
);
CREATE TABLE document_groups (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;
CREATE TABLE replacements (        -- which document replaced which, and the document that says so
    replaced TEXT NOT NULL,        -- ids: either may be added later
    successor TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    PRIMARY KEY (replaced, document)
) WITHOUT ROWID;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    generation INTEGER NOT NULL,   -- when it last changed for FAISS or tantivy
    content BLOB NOT NULL,         -- digest of the indexed text: equal means the same vector
    data TEXT NOT NULL             -- the Passage
);
CREATE INDEX passages_of_document ON passages (document, position);
CREATE INDEX passages_by_content ON passages (content);
CREATE INDEX passages_by_generation ON passages (generation);
CREATE TABLE passage_vectors (
    key INTEGER PRIMARY KEY REFERENCES passages (key) ON DELETE CASCADE,
    vector BLOB NOT NULL           -- float16, little-endian
);
CREATE TABLE passage_terms (
    key INTEGER PRIMARY KEY REFERENCES passages (key) ON DELETE CASCADE,
    hashes BLOB NOT NULL,          -- uint32, ascending: CRC-32 of each distinct term
    counts BLOB NOT NULL,          -- uint8: how often, at most 255
    length INTEGER NOT NULL,       -- sum of the counts
    tokens BLOB                    -- int32: the embedder's token ids, where it has any
);
CREATE TABLE indicators (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    subject TEXT,                  -- folded
    first_year INTEGER,
    last_year INTEGER,
    data TEXT NOT NULL             -- the Indicator
);
CREATE INDEX indicators_of_document ON indicators (document, position);
CREATE INDEX indicators_of_passage ON indicators (document, json_extract(data, '$.passage_id'));
CREATE TABLE removed (             -- passage keys to forget, for stores that saw an earlier generation
    key INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL
);
CREATE INDEX removed_by_generation ON removed (generation);
"""

# Not in the schema above, because files of earlier versions lack it. A row holds for the digest that it names only, so
# that such a version may go on writing. Without REFERENCES, which a temporary table cannot have.
_READINGS = """
CREATE {temporary} TABLE IF NOT EXISTS readings (
    document INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,     -- of what read the document
    digest BLOB NOT NULL           -- of what it found
)
"""

Value = str | int | float | bytes | None
Row = tuple[Any, ...]  # typed by the columns that the query names


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made with. Vectors of another embedder cannot be compared with these."""

    embedder: str  # name, for messages
    fingerprint: str
    dimension: int
    format: int = FORMAT_VERSION


class Storage:
    """One SQLite file. Each thread has its own connection; reading never waits for a writer (WAL)."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._fingerprint: str | None = None  # of the only embedder that this process may use here
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        self._closed = False
        self._knows_readings = True

    def create(self, manifest: Manifest) -> None:
        """Make the tables and write the manifest, in one transaction."""
        with self._told():
            connection = self._opened(create=True)
            connection.execute("PRAGMA journal_mode = WAL")
            names = {"format": manifest.format, "embedder": manifest.embedder, "generation": 0}
            names |= {"fingerprint": manifest.fingerprint, "dimension": manifest.dimension}
            connection.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.executemany(
                "INSERT INTO manifest VALUES (?, ?)", [(n, str(v)) for n, v in names.items()]
            )
            connection.execute(_READINGS.format(temporary=""))
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute("COMMIT")

    def manifest(self) -> Manifest | None:
        """Return the manifest, or None for a file without tables. Raises IndexStoreError for another's."""
        with self._told():
            (application,) = self._connection().execute("PRAGMA application_id").fetchone()
            (tables,) = self._connection().execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application == 0 and tables == 0:
            return None
        if application != _APPLICATION_ID:
            raise IndexStoreError(
                f"{self.path} is a database of another program. Choose another folder with --index."
            )
        values: dict[str, str] = dict(self.rows("SELECT name, value FROM manifest"))
        if values["format"] != str(FORMAT_VERSION):
            raise IncompatibleIndexError(
                f"{self.path.parent} has index format {values['format']}, but this version reads format "
                f"{FORMAT_VERSION}. Add the documents again into another folder with --index."
            )
        return Manifest(values["embedder"], values["fingerprint"], int(values["dimension"]))

    def complete(self) -> None:
        """Give a file of an earlier version what it lacks; one that cannot be written to now is read as it is."""
        if self.rows("SELECT 1 FROM sqlite_master WHERE name = 'readings'"):
            return
        try:
            if not self.read_only:
                self.rows(_READINGS.format(temporary=""))
                return
        except IndexStoreError:  # whoever writes next will do it: nobody shall wait for that with a question
            pass
        self._knows_readings = False
        self.rows(_READINGS.format(temporary="TEMPORARY"))

    def insist(self, fingerprint: str) -> None:
        """From now on `check_embedder` and `change` refuse vectors of any other embedder."""
        self._fingerprint = fingerprint

    def check_embedder(self) -> None:
        """Raise OtherModelError when another process has given the index another embedder's vectors."""
        if self._fingerprint is None:
            return
        names: dict[str, str] = dict(self.rows("SELECT name, value FROM manifest"))
        if names["fingerprint"] != self._fingerprint:
            raise OtherModelError(
                f"{self.path.parent} was changed to the model {names['embedder']} ({names['fingerprint']}) "
                f"while it was open here with another ({self._fingerprint}). Start this program again."
            )

    def generation(self) -> int:
        """Return the number of the last committed change; 0 for an index to which nothing was ever added."""
        ((value,),) = self.rows("SELECT value FROM manifest WHERE name = 'generation'")
        return int(value)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self._told():
            return self._connection().execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the file in all queries that this thread makes inside."""
        with self._told():
            connection = self._connection()
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Run one transaction that moves the generation on by one; an exception undoes it."""
        with self._told():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                self.check_embedder()
                generation = self.generation() + 1
                connection.execute(
                    "UPDATE manifest SET value = ? WHERE name = 'generation'", (str(generation),)
                )
                yield Change(connection, generation)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._opening:
            self._closed = True
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._closed:
            connection = self._opened()
            self._local.connection = connection
        return connection

    def _opened(self, *, create: bool = False) -> sqlite3.Connection:
        """Open a connection; `create` is needed for a file that does not exist."""
        # A folder that cannot be written to has no room for SQLite's lock files: immutable does without.
        mode = "immutable=1" if self.read_only else "mode=rwc" if create else "mode=rw"
        with self._opening:
            if self._closed:
                raise IndexStoreError(f"The index {self.path.parent} was closed. Open it again.")
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?{mode}",
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,  # transactions are begun and ended by name
                check_same_thread=False,  # so that `close` can close all of them
            )
            self._connections.append(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # derived stores must never be ahead of this file
        # Each thread would map the file anew and count it as its own: 600 MiB with ten threads, and no faster.
        connection.execute("PRAGMA mmap_size = 0")
        if not self._knows_readings:
            connection.execute(_READINGS.format(temporary="TEMPORARY"))
        return connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, with the file and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise told(error, self.path) from error


@dataclass(frozen=True, slots=True)
class Change:
    """The inside of a transaction: runs statements of the generation that is being written."""

    connection: sqlite3.Connection
    generation: int

    def run(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns the key of the row that it inserted, if it did."""
        return self.connection.execute(sql, parameters).lastrowid or 0

    def run_many(self, sql: str, parameters: Sequence[Sequence[Value]]) -> None:
        """Run one statement for each row of parameters."""
        self.connection.executemany(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query, as this transaction sees them."""
        return self.connection.execute(sql, parameters).fetchall()


def told(error: sqlite3.Error, path: Path) -> IndexStoreError:
    """Return what to tell people about an SQLite error."""
    text = str(error)
    if isinstance(error, sqlite3.ProgrammingError):
        return IndexStoreError(f"{path} was closed while it was in use ({text}). Open the index again.")
    if "locked" in text or "busy" in text:
        return IndexBusyError(f"Another process is writing to {path}. Wait until it is done and try again.")
    if "readonly" in text or "unable to open" in text:
        return IndexStoreError(
            f"{path} cannot be written to ({text}). Make the folder writable for this user, "
            "or use another with --index."
        )
    if "full" in text:
        return IndexStoreError(
            f"The disk that holds {path} is full. Free some space and try again; nothing was lost."
        )
    if isinstance(error, sqlite3.IntegrityError):
        return IndexStoreError(
            f"{path} refuses the change ({text}): two passages have the same id. Report this."
        )
    return IndexStoreError(
        f"{path} is damaged ({text}). Restore the folder from a backup, or add the documents again "
        "into another folder."
    )
