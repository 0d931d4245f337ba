"""What the index gives back: hits on passages, and what narrows a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from documents.model import Document, Indicator, Passage


@dataclass(frozen=True, slots=True)
class ArmScore:
    """What one retrieval arm (dense, lexical, rerank) said of a passage."""

    score: float
    rank: int  # from 1 within the arm


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its fused score, its rank from 1 and what each arm said."""

    passage: Passage
    score: float
    rank: int
    arms: dict[str, ArmScore] = field(default_factory=dict)  # "dense", "lexical", "rerank"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search may see. Applied before ranking, so what is left out influences nothing.

    `groups` None means everything (the owner of the machine); otherwise only documents that are public or
    share a group. `document_ids` None means every document.
    """

    groups: frozenset[str] | None = None
    document_ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the index knows of a document without loading its text."""

    id: str
    title: str
    source: str
    revision: str
    date: date | None
    groups: frozenset[str]  # empty: public to every reader of this index
    passages: int
    indicators: int
    characters: int
    added_at: datetime
    superseded_by: str | None = None  # id of the document that replaced it
    reading: str | None = None  # fingerprint of what read it; None for a version that kept none


class AddOutcome(StrEnum):
    """What adding a document did to the index."""

    ADDED = "added"
    UPDATED = "updated"
    REREAD = "re-read"  # the same text, in which another version had read
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document with all that is indexed of it.

    `groups` empty means public. `superseded` says which document replaced which: the replaced one's id to the
    id of its successor; either may be this document, and either may be added later. `reading` is the fingerprint of
    what found passages and indicators; "" keeps none.
    """

    document: Document
    passages: Sequence[Passage]
    indicators: Sequence[Indicator] = ()
    groups: frozenset[str] = frozenset()
    superseded: Mapping[str, str] = field(default_factory=dict)
    reading: str = ""


@dataclass(frozen=True, slots=True)
class IndexStatistics:
    """How much is in the index, and what made its vectors."""

    documents: int
    passages: int
    indicators: int
    characters: int
    generation: int  # number of the last change
    embedder: str
    dimension: int
    bytes_on_disk: int  # 0 for a filter: it would tell how much one may not see
