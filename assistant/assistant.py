"""The one object behind the command line, the API and the page: understand → search → answer → verify."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.model import AddReport, Answer, Citation, Turn, Verification
from documents.model import Document, Indicator
from index.model import DocumentRecord, Hit, SearchFilter


class Assistant:
    """Answers questions from one index. Safe to use from several threads."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        as_of: str | None = None,
        filters: SearchFilter | None = None,
        top_k: int = 10,
    ) -> Answer:
        """Return a checked answer or an honest decline.

        Raises `QuestionError` for an empty or over-long question, `HistoryError` for a history that is
        none, `SettingsError` for an `as_of` that is no date.
        """
        raise NotImplementedError

    def search(self, query: str, *, top_k: int = 10, filters: SearchFilter | None = None) -> list[Hit]:
        """Return the best passages for `query`, best first."""
        raise NotImplementedError

    def add(self, paths: Sequence[str | Path], *, groups: frozenset[str] = frozenset()) -> list[AddReport]:
        """Index files and folders; what fails is reported and never stops the rest."""
        raise NotImplementedError

    def add_upload(
        self, name: str, data: bytes, *, source_key: str, groups: frozenset[str] = frozenset()
    ) -> AddReport:
        """Index one uploaded file; what comes with the same `source_key` is a new version of the same document.

        Raises `DocumentError` for a file that cannot be read, so that a portal can tell which kind of wrong it is.
        """
        raise NotImplementedError

    def remove(self, document_ids: Sequence[str]) -> list[str]:
        """Remove documents; returns the ids that were removed. Raises `UnknownDocumentError`."""
        raise NotImplementedError

    def documents(self, *, filters: SearchFilter | None = None) -> list[DocumentRecord]:
        """List what is indexed, in the order in which it was added."""
        raise NotImplementedError

    def document(self, document_id: str, *, filters: SearchFilter | None = None) -> Document:
        """Return one document. Raises `UnknownDocumentError`, also for one that may not be seen."""
        raise NotImplementedError

    def indicators(
        self, *, subject: str | None = None, year: int | None = None, filters: SearchFilter | None = None
    ) -> list[Indicator]:
        """Return the rows of the ledger that match, in document order."""
        raise NotImplementedError

    def verify(
        self, citations: Sequence[Citation], *, filters: SearchFilter | None = None
    ) -> list[Verification]:
        """Check each citation against the stored text as it is now."""
        raise NotImplementedError
