"""PassageIndex: documents in, passages and figures out. The only class of `index` that others use.

A folder holds one index: `index.db` (SQLite, the single source of truth), `lexical/` (tantivy) and, for large
ones, `vectors-*.faiss`. The last two can be deleted at any time. Every change is one SQLite transaction: a
process that is killed leaves the index as it was before or as it should be after.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from documents.model import Document, Indicator, Passage
from index.catalogue import Catalogue, unknown
from index.changes import prepare, put, reembed, regroup, remove
from index.derived import DerivedStores
from index.embedding import Embedder
from index.errors import IndexStoreError, OtherModelError
from index.locks import WriterLock
from index.model import AddOutcome, DocumentRecord, Hit, IndexEntry, IndexStatistics, SearchFilter
from index.ranking import Language, language_of
from index.searching import Searcher
from index.storage import DATABASE, Manifest, Storage
from index.vector_store import FaissVectorStore, VectorStore

_LOCK = "writer.lock"
_OWN_NAMES = {
    DATABASE,
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    f"{DATABASE}-journal",
    _LOCK,
    "server",
}  # keys may be made first
_CATCH_UP_EVERY = 5_000  # passages of a long batch after which searches in this process see them by word, too

Progress = Callable[[str, AddOutcome], None]
"""Called with each document's id and what became of it, once it is stored."""


class PassageIndex:
    """An index of passages in one folder. Safe to use from several threads and processes."""

    def __init__(
        self,
        folder: Path,
        storage: Storage,
        embedder: Embedder,
        open_vectors: Callable[[Path | None], VectorStore],
    ) -> None:
        self.folder = folder
        self._storage = storage
        self._embedder = embedder
        self._lock = WriterLock(folder / _LOCK)
        self._catalogue = Catalogue(storage)
        self._derived = DerivedStores(folder, storage, self._lock, open_vectors)
        self._searcher = Searcher(storage, self._catalogue, self._derived, embedder)

    @classmethod
    def open(cls, path: Path, embedder: Embedder, *, create: bool = True) -> PassageIndex:
        """Open the index in the folder `path`, or make one there if `create`.

        Raises IncompatibleIndexError for an index of another format, OtherModelError for one of another
        embedder, and IndexStoreError for a path that is no folder, holds other files, is damaged, or does not
        exist and shall not be made.
        """
        _check_folder(path, create=create)
        storage = Storage(path / DATABASE, read_only=not _writable(path))
        try:
            manifest = storage.manifest() if (path / DATABASE).exists() else None
            if manifest is None:
                manifest = _create(path, storage, embedder)
            _check_embedder(path, manifest, embedder)
        except BaseException:
            storage.close()
            raise
        storage.complete()
        storage.insist(embedder.fingerprint)
        return cls(path, storage, embedder, lambda file: _open_vectors(file, embedder.dimension))

    @classmethod
    def reembed(
        cls, path: Path, embedder: Embedder, progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Give the index in `path` the vectors of another embedder, from the texts that it holds.

        One transaction: a process that is killed leaves the index as it was. Nobody else can write meanwhile;
        who has the index open with the former embedder is told to start again. `progress` is called with the
        passages done and all of them. Returns how many were embedded: 0 when they are this embedder's already.
        """
        _check_folder(path, create=False)
        storage = Storage(path / DATABASE)
        try:
            with WriterLock(path / _LOCK).held():
                manifest = storage.manifest()
                if manifest is None or _made_by(manifest, embedder):
                    return 0
                with storage.change() as change:
                    done = reembed(change, embedder, progress)
        finally:
            storage.close()
        with cls.open(path, embedder, create=False) as index, index._lock.held():
            index._catch_up()  # so that the next search does not wait for it
        return done

    def close(self) -> None:
        """Let go of the files. What was added is stored already."""
        self._storage.close()

    def __enter__(self) -> PassageIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def embedder(self) -> Embedder:
        """The embedder of this index's vectors."""
        return self._embedder

    @property
    def generation(self) -> int:
        """Number of the last change, by any process. Equal numbers mean equal contents."""
        return self._storage.generation()

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        indicators: Sequence[Indicator] = (),
        *,
        groups: frozenset[str] = frozenset(),
        superseded: Mapping[str, str] | None = None,
        reading: str = "",
    ) -> AddOutcome:
        """Store a document with what was found in it, in place of its former version; see `add_many`."""
        entry = IndexEntry(document, passages, indicators, groups, superseded or {}, reading)
        return self.add_many([entry])[0]

    def add_many(self, entries: Iterable[IndexEntry], progress: Progress | None = None) -> list[AddOutcome]:
        """Store documents, each in a transaction of its own; those before an error stay.

        What did not change is not embedded again. Raises IndexBusyError when another process is writing, and
        IndexStoreError for an entry whose parts do not belong together.
        """
        outcomes = []
        with self._lock.held():
            try:
                waiting = 0
                for entry in entries:
                    outcomes.append(self._put(entry))
                    waiting += len(entry.passages)
                    if waiting >= _CATCH_UP_EVERY:
                        self._derived.catch_up()
                        waiting = 0
                    if progress:
                        progress(entry.document.id, outcomes[-1])
            finally:
                self._catch_up()
        return outcomes

    def read_otherwise(self, reading: str) -> list[str]:
        """Return the ids of the documents that were not read by `reading`, a fingerprint, in order of adding."""
        return self._catalogue.read_otherwise(reading)

    def reread(
        self,
        reading: str,
        read: Callable[[Document], IndexEntry],
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Put what `read` finds now in the text of each document of `read_otherwise` in place of what was found.

        Who may see it stays. Each document is one transaction, so that of a process that is killed the rest is left
        for the next time, and others write in between. Returns how many were read. Raises IndexBusyError.
        """
        done, ids = 0, self.read_otherwise(reading)
        for position, document_id in enumerate(ids, 1):
            with self._lock.held():  # what is read must not be changed before it is put
                records = self.documents(SearchFilter(document_ids=frozenset({document_id})))
                if records and records[0].reading != reading:
                    entry = read(self.document(document_id))
                    self._put(replace(entry, groups=records[0].groups, reading=reading))
                    done += 1
                    self._catch_up()
            if progress:
                progress(position, len(ids))
        return done

    def remove(self, document_ids: Sequence[str]) -> list[str]:
        """Remove documents with all that belongs to them; returns their ids.

        Raises UnknownDocumentError, before anything is removed, when one is not there.
        """
        ids = list(dict.fromkeys(document_ids))
        with self._lock.held():
            with self._storage.change() as change:
                for document_id in ids:
                    if not remove(change, document_id):
                        raise unknown(document_id)
            self._catch_up()
        return ids

    def set_groups(self, document_id: str, groups: frozenset[str]) -> None:
        """Set who may see a document; no groups make it public. Raises UnknownDocumentError."""
        with self._lock.held():
            with self._storage.change() as change:
                if not regroup(change, document_id, groups):
                    raise unknown(document_id)
            self._catch_up()

    def search(
        self, query: str, *, top_k: int = 10, language: str | None = None, filters: SearchFilter | None = None
    ) -> list[Hit]:
        """Return up to `top_k` of the best passages for `query`, best first, ties by age in the index.

        `language` ("zh" or "en", otherwise seen from the query) weighs the lexical arm. Scores compare hits
        of this one search and nothing else.
        """
        if not query.strip() or top_k < 1:
            return []
        return self._searcher.search(query, top_k, _language(query, language), filters)

    def search_arms(
        self,
        query: str,
        *,
        top_k: int = 100,
        language: str | None = None,
        filters: SearchFilter | None = None,
    ) -> dict[str, list[Hit]]:
        """Return what each step of a search gives: "dense", "lexical", "fused" and "rerank", the last one."""
        if not query.strip() or top_k < 1:
            return {"dense": [], "lexical": [], "fused": [], "rerank": []}
        return self._searcher.arms(query, top_k, _language(query, language), filters)

    def documents(self, filters: SearchFilter | None = None) -> list[DocumentRecord]:
        """List what is indexed, in the order in which it was first added."""
        return self._catalogue.documents(filters)

    def document(self, document_id: str, filters: SearchFilter | None = None) -> Document:
        """Return one document. Raises UnknownDocumentError, also for one that may not be seen."""
        return self._catalogue.document(document_id, filters)

    def passages(self, document_id: str, filters: SearchFilter | None = None) -> list[Passage]:
        """Return a document's passages in reading order. Raises UnknownDocumentError."""
        return self._catalogue.passages(document_id, filters)

    def passage(self, passage_id: str, filters: SearchFilter | None = None) -> Passage | None:
        """Return one passage, or None when there is none of that id or it may not be seen."""
        return self._catalogue.passage(passage_id, filters)

    def indicators(
        self,
        *,
        document_ids: Iterable[str] | None = None,
        passage_ids: Iterable[str] | None = None,
        subject: str | None = None,
        year: int | None = None,
        filters: SearchFilter | None = None,
    ) -> list[Indicator]:
        """Return the rows of the ledger that match, by document and place in it.

        `subject` finds rows whose subject holds it (郑州 finds 郑州市); `year` finds periods that include it;
        `passage_ids` reads only the rows of those passages, however long their documents are.
        """
        if document_ids is not None:
            ids, seen = frozenset(document_ids), filters or SearchFilter()
            ids = ids if seen.document_ids is None else ids & seen.document_ids
            filters = SearchFilter(groups=seen.groups, document_ids=ids)
        return self._catalogue.indicators(filters, subject, year, passage_ids)

    def statistics(self, filters: SearchFilter | None = None) -> IndexStatistics:
        """Say how much is in the index, as far as `filters` lets one see."""
        records = self._catalogue.documents(filters)
        files = [] if filters else [file for file in self.folder.rglob("*") if file.is_file()]
        return IndexStatistics(
            documents=len(records),
            passages=sum(record.passages for record in records),
            indicators=sum(record.indicators for record in records),
            characters=sum(record.characters for record in records),
            generation=self.generation,
            embedder=self._embedder.name,
            dimension=self._embedder.dimension,
            bytes_on_disk=sum(file.stat().st_size for file in files),
        )

    def _put(self, entry: IndexEntry) -> AddOutcome:
        """Store one entry, unless the index holds exactly this."""
        _check_entry(entry)
        prepared = prepare(self._storage, self._embedder, entry)
        if prepared is None:
            return AddOutcome.UNCHANGED
        with self._storage.change() as change:
            return put(change, prepared)

    def _catch_up(self) -> None:
        """Bring the derived stores forward after a change, and write a file of vectors if it is worth it."""
        self._derived.catch_up()
        self._derived.save()


def _check_entry(entry: IndexEntry) -> None:
    """Refuse parts that do not belong to the document: a wrong span would become a wrong citation."""
    document = entry.document
    if not document.id.strip():
        raise IndexStoreError(f"The document {document.title!r} has no id. Give it one before adding it.")
    for passage in entry.passages:
        if passage.document_id != document.id or passage.span.of(document.text) != passage.text:
            raise IndexStoreError(
                f"Passage {passage.id!r} is not the text of {document.id!r} at {tuple(passage.span)}. "
                "Read the document again."
            )
    for row in entry.indicators:
        if row.document_id != document.id:
            raise IndexStoreError(
                f"Indicator {row.id!r} belongs to {row.document_id!r}, not to {document.id!r}."
            )


def _check_folder(path: Path, *, create: bool) -> None:
    """Refuse a path that cannot hold an index or holds something else."""
    if path.exists() and not path.is_dir():
        raise IndexStoreError(f"{path} is a file, not an index folder. Name a folder with --index.")
    if (path / DATABASE).exists():
        return
    if path.is_dir() and (others := [entry.name for entry in path.iterdir() if entry.name not in _OWN_NAMES]):
        raise IndexStoreError(
            f"{path} holds other files ({min(others)}) and no index. Name a new folder with --index."
        )
    if not create:
        raise IndexStoreError(
            f"There is no index in {path}. Make one with `assistant add`, or name another with --index."
        )


def _create(path: Path, storage: Storage, embedder: Embedder) -> Manifest:
    """Make the folder and its database; a process that does the same at the same time makes it once."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexStoreError(
            f"{path} cannot be made ({error.strerror}). Name another folder with --index."
        ) from error
    with WriterLock(path / _LOCK).held():
        manifest = storage.manifest() if (path / DATABASE).exists() else None
        if manifest is None:
            manifest = Manifest(embedder.name, embedder.fingerprint, embedder.dimension)
            storage.create(manifest)
    return manifest


def _check_embedder(path: Path, manifest: Manifest, embedder: Embedder) -> None:
    """Refuse an embedder whose vectors cannot be compared with the stored ones."""
    if not _made_by(manifest, embedder):
        raise OtherModelError(
            f"{path} was made with the model {manifest.embedder} ({manifest.fingerprint}), "
            f"but the model is now {embedder.name} ({embedder.fingerprint}). "
            f"Run `assistant reindex --index {path}`, or set the former model."
        )


def _made_by(manifest: Manifest, embedder: Embedder) -> bool:
    """Say whether the stored vectors are this embedder's."""
    return (manifest.fingerprint, manifest.dimension) == (embedder.fingerprint, embedder.dimension)


def _open_vectors(file: Path | None, dimension: int) -> VectorStore:
    """Read or make the vector store of an index."""
    if file is None:
        return FaissVectorStore(dimension)
    store = FaissVectorStore.load(file)
    if store.dimension != dimension:  # left by the embedder that the index had before
        raise IndexStoreError(f"{file} holds vectors of {store.dimension} dimensions, not of {dimension}.")
    return store


def _writable(path: Path) -> bool:
    """Say whether files can be made in the folder, or the folder itself."""
    return not path.exists() or os.access(path, os.W_OK)


def _language(query: str, named: str | None) -> Language:
    """Return the language that weighs the arms."""
    return "zh" if named == "zh" else "en" if named == "en" else language_of(query)
