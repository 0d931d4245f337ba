"""The one object behind the command line, the API and the page: understand → search → answer → verify."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant import citations
from assistant.answers import answering, declining
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Found, Pool
from assistant.answers.rewording import reworded
from assistant.asking.questions import Question
from assistant.conversation import leaning
from assistant.conversation.bearing_out import Told, is_said_of
from assistant.conversation.conversations import Conversations
from assistant.conversation.scopes import Scope, around, narrowed_to
from assistant.errors import HistoryError, QuestionError, SettingsError
from assistant.model import (
    AddReport,
    Answer,
    Citation,
    CitedIndicator,
    Reason,
    Status,
    Turn,
    Verdict,
    Verification,
)
from documents.errors import PolicyAssistantError
from documents.fingerprint import READING
from documents.model import Document, Indicator
from index.errors import UnknownDocumentError
from index.model import DocumentRecord, Hit, SearchFilter
from index.passage_index import PassageIndex

LONGEST_QUESTION = 5_000
MOST_TURNS = 200
_MOST_PLACES = 6  # that are searched for one by one; the whole question is searched for at any rate
_DEPTH = 24  # passages that an answer may rest on


class Assistant:
    """Answers questions from one index. Safe to use from several threads."""

    def __init__(self, index: PassageIndex) -> None:
        self.index = index
        self._conversations = Conversations()

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
        started = time.perf_counter()
        _check(question, history)
        asked = leaning.asked(question, reference=_day(as_of))
        understood = time.perf_counter()
        searching = [0.0]

        def look(one: Question, scope: Scope) -> Told:
            return self._told(one, scope, filters, max(top_k, _DEPTH), searching)

        told = None
        if history and leaning.leaning(asked) is not leaning.Leaning.ALONE:
            seen = (self.index.generation, filters, top_k)
            told = self._conversations.follow(asked, history, look, reference=_day(as_of), seen=seen)
        told = told or look(asked, Scope())
        answer = self._checked(told.question, told.draft)
        ended = time.perf_counter()
        answering_took = ended - understood - searching[0]
        stages = {"understand": understood - started, "search": searching[0], "answer": answering_took}
        return replace(
            answer,
            took_ms=(ended - started) * 1000,
            stages_ms={name: seconds * 1000 for name, seconds in stages.items()},
        )

    def search(self, query: str, *, top_k: int = 10, filters: SearchFilter | None = None) -> list[Hit]:
        """Return the best passages for `query`, best first."""
        _check(query, ())
        return self.index.search(query, top_k=top_k, filters=filters)

    def add(self, paths: Sequence[str | Path], *, groups: frozenset[str] = frozenset()) -> list[AddReport]:
        """Index files and folders; what fails is reported and never stops the rest."""
        return [self._add(path, groups) for path in _files(paths)]

    def add_upload(
        self, name: str, data: bytes, *, source_key: str, groups: frozenset[str] = frozenset()
    ) -> AddReport:
        """Index one uploaded file; what comes with the same `source_key` is a new version of the same document.

        Raises `DocumentError` for a file that cannot be read, so that a portal can tell which kind of wrong it is.
        """
        from assistant import adding

        document = adding.read_bytes(name, data, source_key=source_key)
        report = self._store(name, document, groups)
        suffix = document.id[document.id.rindex("-") :]  # from the source key: the same under any file name
        former = [r.id for r in self.index.documents() if r.id.endswith(suffix) and r.id != document.id]
        if former:
            self.index.remove(former)
        return report

    def remove(self, document_ids: Sequence[str]) -> list[str]:
        """Remove documents; returns the ids that were removed. Raises `UnknownDocumentError`."""
        return self.index.remove(document_ids)

    def documents(self, *, filters: SearchFilter | None = None) -> list[DocumentRecord]:
        """List what is indexed, in the order in which it was added."""
        return self.index.documents(filters)

    def document(self, document_id: str, *, filters: SearchFilter | None = None) -> Document:
        """Return one document. Raises `UnknownDocumentError`, also for one that may not be seen."""
        return self.index.document(document_id, filters)

    def indicators(
        self, *, subject: str | None = None, year: int | None = None, filters: SearchFilter | None = None
    ) -> list[Indicator]:
        """Return the rows of the ledger that match, in document order."""
        return self.index.indicators(subject=subject, year=year, filters=filters)

    def verify(self, cited: Sequence[Citation], *, filters: SearchFilter | None = None) -> list[Verification]:
        """Check each citation against the stored text as it is now."""
        replaced = {record.id: record.superseded_by for record in self.index.documents(filters)}
        return [
            citations.verify(
                citation,
                self.index.document(citation.document_id, filters)
                if citation.document_id in replaced
                else None,
                superseded_by=replaced.get(citation.document_id),
            )
            for citation in cited
        ]

    def _told(
        self, asked: Question, scope: Scope, filters: SearchFilter | None, depth: int, searching: list[float]
    ) -> Told:
        """Return what one question is answered with from within a scope, without a pool when that is empty."""
        refused = declining.before_search(asked)
        if refused is not None:
            return Told(asked, refused)
        started = time.perf_counter()
        pool = self._pool(asked, scope, filters, depth)
        searching[0] += time.perf_counter() - started
        if pool is None:
            return Told(asked, declining.decline(Reason.ATTRIBUTE_NOT_STATED, method="follow_up"))
        worded = reworded(asked, pool, self.index.embedder)
        return Told(worded, answering.answer(worded, pool), pool)

    def _pool(self, asked: Question, scope: Scope, filters: SearchFilter | None, depth: int) -> Pool | None:
        """Gather what the question may be answered from: passages by two searches, and their ledger rows."""
        narrowed = narrowed_to(scope, self.index, filters) if scope.document_id else filters
        if scope.document_id and narrowed is None:
            return None
        hits: dict[str, Hit] = {hit.passage.id: hit for hit in around(scope, self.index, narrowed)}
        if not scope.is_read_whole:
            for query in dict.fromkeys((asked.search_text, asked.key, *_queries_by_place(asked))):
                for hit in self.index.search(query, top_k=depth, filters=narrowed):
                    hits.setdefault(hit.passage.id, hit)
        ids = list(dict.fromkeys(hit.passage.document_id for hit in hits.values()))
        documents = {document_id: self.index.document(document_id, filters) for document_id in ids}
        found = [Found(documents[h.passage.document_id], h.passage, h.rank, h.score) for h in hits.values()]
        rows = self.index.indicators(passage_ids=hits, filters=filters)
        replaced = frozenset(record.id for record in self.index.documents(filters) if record.superseded_by)
        pool = Pool.of(found, rows, replaced & set(ids))
        pool = pool.touching({(one.document.id, one.span) for one in scope.cited}) if scope.cited else pool
        if scope.in_period:
            pool = pool.touching({(s.document.id, s.span) for s in pool.sentences if is_said_of(asked, s)})
        return pool.about((scope.place,)) if scope.place else pool

    def _checked(self, asked: Question, draft: Draft) -> Answer:
        """Turn a draft into an answer whose every citation was verified; nothing unverified is spoken."""
        cited = tuple(citations.cite(marker, evidence) for marker, evidence in enumerate(draft.evidence, 1))
        for citation, evidence in zip(cited, draft.evidence, strict=True):
            verdict = citations.verify(citation, evidence.document).verdict
            if verdict is not Verdict.FOUND:
                raise PolicyAssistantError(
                    f"A citation of {citation.document_id} does not verify. Add the document again."
                )
        text = draft.text
        if draft.status is Status.NOT_FOUND and draft.reason:
            text = declining.decline_text(asked, draft.reason, draft.text)
        rows = tuple(CitedIndicator(row, at + 1) for row, at in draft.rows)
        language = "en" if asked.language == "en" else "zh"
        return Answer(
            asked.text,
            language,
            draft.status,
            draft.reason,
            text,
            cited,
            rows,
            draft.nearest,
            draft.confidence,
            draft.method,
        )

    def _add(self, path: Path, groups: frozenset[str]) -> AddReport:
        from assistant import adding  # not for a question: see there

        try:
            return self._store(str(path), adding.read(path), groups)
        except PolicyAssistantError as error:
            return AddReport(str(path), "failed", error=str(error))

    def _store(self, name: str, document: Document, groups: frozenset[str]) -> AddReport:
        from assistant import adding

        passages, rows = adding.cut(document)
        replaced = adding.superseded(document, self.index)
        outcome = self.index.add(
            document, passages, rows, groups=groups, superseded=replaced, reading=READING
        )
        return AddReport(name, str(outcome), document.id, len(passages), len(rows), notes=document.notes)


def _queries_by_place(asked: Question) -> list[str]:
    """Return a query for each place when a question names several: one place's documents must not crowd out the other's."""
    if not 2 <= len(asked.places) <= _MOST_PLACES:
        return []
    others = {place: [other for other in asked.places if other != place] for place in asked.places}
    return [re.sub("|".join(map(re.escape, others[place])), " ", asked.key) for place in asked.places]


def _files(paths: Sequence[str | Path]) -> Iterator[Path]:
    """Return files as given and the readable files below folders, in order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _check(question: str, history: Sequence[Turn]) -> None:
    if not question.strip():
        raise QuestionError("The question is empty. Ask something about the documents.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question)} characters; up to {LONGEST_QUESTION} are accepted. Shorten it."
        )
    if len(history) > MOST_TURNS:
        raise HistoryError(
            f"The history has {len(history)} turns; up to {MOST_TURNS} are accepted. Send the last ones."
        )


def _day(as_of: str | None) -> date | None:
    if as_of is None:
        return None
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise SettingsError(f"{as_of!r} is no date. Give it as 2026-01-31.") from error


__all__ = ["Assistant", "UnknownDocumentError"]
