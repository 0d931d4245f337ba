"""Where a follow-up may be answered from: what the turn before cited, its article, one document or a version of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.drafts import Evidence
from assistant.answers.evidence import article_of
from documents.model import Document, Passage
from index.model import DocumentRecord, Hit, SearchFilter
from index.passage_index import PassageIndex

FORMER, IN_FORCE = 0, 1  # versions of a document that have no year of their own
_MOST_PASSAGES = 80  # of an article that is read whole; a longer one is searched


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an answer may stand; an empty scope is all that the reader may see."""

    cited: tuple[Evidence, ...] = ()
    articles: frozenset[tuple[str, int]] = frozenset()  # document id and number of the outermost section
    document_id: str | None = None
    version: int | None = None  # of that document: its year, FORMER or IN_FORCE
    place: str = ""
    in_period: bool = False  # only what is said of the asked years

    @property
    def is_read_whole(self) -> bool:
        """Whether its passages are known and need no search."""
        return bool(self.cited or self.articles)


def narrowed_to(scope: Scope, index: PassageIndex, filters: SearchFilter | None) -> SearchFilter | None:
    """Return the filter that keeps to a scope's document, or None when there is no such document or version."""
    document_id = scope.document_id
    if document_id is not None and scope.version is not None:
        document_id = _version(document_id, scope.version, index.documents(filters))
    seen = filters or SearchFilter()
    if document_id is None or (seen.document_ids is not None and document_id not in seen.document_ids):
        return None
    return SearchFilter(groups=seen.groups, document_ids=frozenset({document_id}))


def _version(document_id: str, version: int, records: Sequence[DocumentRecord]) -> str | None:
    """Return the id of a version of a document: the one in force, the one before it, or the one of a year."""
    known = {record.id: record for record in records}
    latest, passed = document_id, {document_id}
    while (after := known[latest].superseded_by if latest in known else None) and after not in passed:
        latest = after
        passed.add(after)
    if version == IN_FORCE:
        return latest
    family = [record for record in records if record.id in passed or record.superseded_by in passed]
    if version == FORMER:
        former = [record for record in family if record.id != latest]
        return max(former, key=lambda one: (one.date is not None, one.date, one.id)).id if former else None
    dated = [one.id for one in family if one.date and one.date.year == version]
    return dated[0] if len(dated) == 1 else None


def around(scope: Scope, index: PassageIndex, filters: SearchFilter | None) -> list[Hit]:
    """Return the passages of a scope that is read whole, as hits in reading order."""
    found: list[Hit] = []
    for document_id in dict.fromkeys(_documents(scope)):
        document = index.document(document_id, filters)
        inside = [one for one in index.passages(document_id, filters) if _is_inside(scope, document, one)]
        found += [Hit(one, 1.0, 1) for one in inside[:_MOST_PASSAGES]]
    return found


def _documents(scope: Scope) -> list[str]:
    return [one.document.id for one in scope.cited] + sorted(id_ for id_, _ in scope.articles)


def _is_inside(scope: Scope, document: Document, passage: Passage) -> bool:
    if scope.articles:
        return (document.id, article_of(document, document.sections[passage.section]).index) in scope.articles
    return any(
        one.document.id == document.id
        and passage.span.start < one.span.end
        and one.span.start < passage.span.end
        for one in scope.cited
    )
