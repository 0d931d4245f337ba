"""FAISS and tantivy kept in step with SQLite: caught up by what changed, or made again from what is stored.

Both carry the generation that they reflect. Nothing is ever embedded again for them, and losing either file
loses nothing. The vectors are in memory and their file only shortens opening a large index; the inverted
index is on disk and is changed by whoever holds the writer's lock.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.bm25 import TermVector
from index.errors import IndexStoreError
from index.lexical import LexicalEntry, LexicalIndex
from index.locks import ReadWriteLock, WriterLock
from index.storage import Storage
from index.vector_store import Keys, Vectors, VectorStore

_LEXICAL_FOLDER = "lexical"
_VECTORS = "vectors-{generation}.faiss"
_WORTH_SAVING = 5_000  # vectors; fewer are read from SQLite as fast as from a file of their own
_STALE_SHARE = 0.1  # of the vectors: a file that lags by more is written again

OpenVectors = Callable[[Path | None], VectorStore]
"""Makes an empty store, or reads the file that it is given."""


class DerivedStores:
    """The vectors and the inverted index of one folder."""

    def __init__(self, folder: Path, storage: Storage, lock: WriterLock, open_vectors: OpenVectors) -> None:
        self._folder = folder
        self._storage = storage
        self._lock = lock
        self._open_vectors = open_vectors
        self._vectors: VectorStore | None = None
        self._vectors_generation = 0
        self._saved_generation = 0
        self._lexical: LexicalIndex | None = None
        self._lexical_generation = 0
        self._catching_up = threading.Lock()
        self._in_use = ReadWriteLock()

    @contextmanager
    def current(self) -> Iterator[tuple[VectorStore, LexicalIndex, int]]:
        """Give both stores and the generation of the vectors; neither changes while they are used here."""
        self.catch_up()
        with self._in_use.reading():
            if self._vectors is None or self._lexical is None:
                raise IndexStoreError(f"The index {self._folder} could not be read. Open it again.")
            yield self._vectors, self._lexical, self._vectors_generation

    def catch_up(self) -> None:
        """Bring both to the last committed generation.

        While another process writes, the inverted index may stay behind until that process brings it forward.
        """
        generation = self._storage.generation()
        if self._vectors is not None and generation == self._vectors_generation == self._lexical_generation:
            return
        with self._catching_up:
            if self._vectors is None or self._vectors_generation != generation:
                self._catch_up_vectors()
            if self._lexical is None or self._lexical_generation != generation:
                self._catch_up_lexical()

    def save(self) -> None:
        """Write the vectors' file when that is worth it. The caller holds the writer's lock."""
        if self._vectors is None or len(self._vectors) < _WORTH_SAVING or self._storage.read_only:
            return
        if self._saved_generation and not self._lags(len(self._vectors)):
            return
        path = self._folder / _VECTORS.format(generation=self._vectors_generation)
        draft = path.with_suffix(".new")
        self._vectors.save(draft)
        draft.replace(path)
        for other in self._folder.glob(_VECTORS.format(generation="*")):
            if other != path:
                other.unlink(missing_ok=True)
        self._saved_generation = self._vectors_generation

    def _lags(self, vectors: int) -> bool:
        """Say whether reading the changes since the saved file costs more than writing it again."""
        since = self._saved_generation
        ((changed,),) = self._storage.rows("SELECT count(*) FROM passages WHERE generation > ?", [since])
        ((removed,),) = self._storage.rows("SELECT count(*) FROM removed WHERE generation > ?", [since])
        return bool(changed + removed > _STALE_SHARE * vectors)

    def _catch_up_vectors(self) -> None:
        """Put and remove what changed since the vectors' generation; read or make them first if need be."""
        vectors, since = self._vectors, self._vectors_generation
        if vectors is None:
            vectors, since = self._read_vectors()
        with self._storage.snapshot():
            self._storage.check_embedder()
            generation = self._storage.generation()
            removed = self._removed(since)
            keys, rows = self._changed_vectors(since, vectors.dimension)
            count = self._count()
        with self._in_use.writing():
            vectors.remove(removed)
            vectors.put(keys, rows)
            if len(vectors) != count:  # the file was not what its name says
                vectors = self._open_vectors(None)
                with self._storage.snapshot():
                    self._storage.check_embedder()
                    generation = self._storage.generation()
                    vectors.put(*self._changed_vectors(0, vectors.dimension))
            self._vectors, self._vectors_generation = vectors, generation

    def _read_vectors(self) -> tuple[VectorStore, int]:
        """Return the newest saved vectors with their generation, or an empty store."""
        saved = {
            int(path.stem.split("-")[1]): path
            for path in self._folder.glob(_VECTORS.format(generation="*"))
            if path.stem.split("-")[1].isdigit()
        }
        for generation in sorted(saved, reverse=True):
            if generation <= self._storage.generation():
                try:
                    vectors = self._open_vectors(saved[generation])
                except IndexStoreError:
                    continue  # it is made again from SQLite
                self._saved_generation = generation
                return vectors, generation
        return self._open_vectors(None), 0

    def _count(self) -> int:
        """Return how many passages are stored."""
        ((count,),) = self._storage.rows("SELECT count(*) FROM passages")
        return int(count)

    def _removed(self, since: int) -> Keys:
        """Return the keys that were removed after generation `since`."""
        rows = self._storage.rows("SELECT key FROM removed WHERE generation > ?", [since])
        return np.array([key for (key,) in rows], dtype=np.int64)

    def _changed_vectors(self, since: int, dimension: int) -> tuple[Keys, Vectors]:
        """Return keys and vectors of the passages that changed after generation `since`."""
        if since:
            rows = self._storage.rows(
                "SELECT p.key, v.vector FROM passages p JOIN passage_vectors v ON v.key = p.key "
                "WHERE p.generation > ?",
                [since],
            )
        else:
            rows = self._storage.rows("SELECT key, vector FROM passage_vectors")
        keys = np.array([key for key, _ in rows], dtype=np.int64)
        joined = b"".join(vector for _, vector in rows)
        return keys, np.frombuffer(joined, dtype="<f2").astype(np.float32).reshape(len(keys), dimension)

    def _catch_up_lexical(self) -> None:
        """Bring the inverted index forward if nobody else is about to."""
        just_opened = self._lexical is None
        if self._lexical is None:
            self._lexical = self._opened_lexical()
        self._lexical_generation = self._lexical.generation()
        if self._lexical_generation == self._vectors_generation:
            self._lexical.reload()
            # Whoever lost files of tantivy's, lost them while nobody had the folder open.
            if not just_opened or len(self._lexical) == self._count():
                return
        with self._lock.held_if_free() as held:
            if held:
                self._change_lexical(self._lexical)
            else:
                self._lexical.reload()
            self._lexical_generation = self._lexical.generation()

    def _opened_lexical(self) -> LexicalIndex:
        """Open the folder; in memory where the folder cannot be written to and lags behind."""
        folder = self._folder / _LEXICAL_FOLDER
        if self._storage.read_only:
            there = LexicalIndex(folder) if folder.is_dir() else None
            if there is not None and there.generation() == self._storage.generation():
                return there
            in_memory = LexicalIndex(None)
            self._change_lexical(in_memory)
            return in_memory
        return LexicalIndex(folder)

    def _change_lexical(self, lexical: LexicalIndex) -> None:
        """Apply what changed since the inverted index's generation, or everything if it cannot be trusted."""
        with self._storage.snapshot():
            generation = self._storage.generation()
            since = lexical.generation()
            if since > generation:
                lexical.clear()
                since = 0
            if since < generation:
                lexical.apply(self._removed(since).tolist(), self._changed_terms(since), generation)
            if len(lexical) != self._count():
                lexical.clear()
                lexical.apply([], self._changed_terms(0), generation)

    def _changed_terms(self, since: int) -> Iterator[LexicalEntry]:
        """Yield the passages that changed after generation `since` for the inverted index."""
        documents = self._storage.rows(
            "SELECT d.key, (SELECT json_group_array(g.name) FROM document_groups g WHERE g.document = d.key) "
            "FROM documents d WHERE d.key IN (SELECT document FROM passages WHERE generation > ?)",
            [since],
        )
        for document, names in documents:
            groups = frozenset(json.loads(names))
            rows = self._storage.rows(
                "SELECT p.key, t.hashes, t.counts FROM passages p JOIN passage_terms t ON t.key = p.key "
                "WHERE p.document = ? AND p.generation > ? ORDER BY p.position",
                [document, since],
            )
            for key, hashes, counts in rows:
                yield LexicalEntry(key, document, groups, _terms(hashes, counts))


def _terms(hashes: bytes, counts: bytes) -> TermVector:
    """Return the term vector of two columns."""
    return TermVector(np.frombuffer(hashes, dtype="<u4"), np.frombuffer(counts, dtype=np.uint8))
