"""What a document needs before it is indexed: its passages, its figures, and which document replaces which.

Imported when something is added: the patterns that read documents take as long to compile as all other imports of a
question together.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.indicators import extract_indicators
from documents.model import Document, Indicator, Passage
from documents.passages import split_passages
from documents.reading import read, read_bytes
from documents.validity import repeals, replaced_by
from index.passage_index import PassageIndex

_REPEAL_DEPTH = 20  # passages among which a repealed or repealing document is looked for


def cut(document: Document) -> tuple[Sequence[Passage], Sequence[Indicator]]:
    """Return the passages of a document and the rows of its ledger."""
    passages = split_passages(document)
    return passages, extract_indicators(document, passages)


def superseded(document: Document, index: PassageIndex) -> dict[str, str]:
    """Return which indexed document `document` replaces, and which replaces it: replaced id → its successor."""
    named = [repeal.number or repeal.title or "" for repeal in repeals(document)]
    queries = [*named, f"{document.title} {document.number or ''} 废止"]
    hits = [hit for query in queries if query.strip() for hit in index.search(query, top_k=_REPEAL_DEPTH)]
    near = [index.document(i) for i in dict.fromkeys(h.passage.document_id for h in hits) if i != document.id]
    replaced = {other.id: document.id for other in near if replaced_by(document, other)}
    successors = [other.id for other in near if replaced_by(other, document)]
    return replaced | ({document.id: successors[0]} if successors else {})


__all__ = ["cut", "read", "read_bytes", "superseded"]
