"""The documents that an evaluation runs over, and where each piece of evidence stands in them.

Evidence is written without white space, so it is looked for in a copy of each text without white space; every
place is given back as a span of the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.evaluation.model import Evidence
from assistant.evaluation.verdicts import without_space
from documents.model import Document, Span

_MOST_PLACES = 20  # a piece of evidence that stands more often says nothing about a place


class Corpus:
    """Texts by document id. Made once for a run; nothing in it changes."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.id: document for document in documents}
        self._flat: dict[str, tuple[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._documents)

    def document(self, document_id: str) -> Document | None:
        """Return the document of that id, or None."""
        return self._documents.get(document_id)

    def holds(self, text: str) -> bool:
        """Say whether some document holds `text` to the letter."""
        return any(text in document.text for document in self._documents.values())

    def prints(self, figure: str) -> bool:
        """Say whether some document holds `figure`, white space apart, as a whole number."""
        wanted = without_space(figure)
        end = r"(?![\d.]*\d)" if wanted[-1:].isdigit() else ""
        alone = re.compile(rf"(?<![\d.]){re.escape(wanted)}{end}")
        return any(alone.search(self._flattened(document_id)[0]) for document_id in self._documents)

    def find(self, text: str) -> Evidence:
        """Return where the documents say `text` (written without white space)."""
        places: list[tuple[str, Span]] = []
        for document_id in self._documents:
            flat, offsets = self._flattened(document_id)
            start = flat.find(text)
            while start >= 0 and len(places) < _MOST_PLACES:
                end = start + len(text)
                places.append((document_id, Span(offsets[start], offsets[end - 1] + 1)))
                start = flat.find(text, end)
        return Evidence(text, tuple(places))

    def _flattened(self, document_id: str) -> tuple[str, list[int]]:
        if document_id not in self._flat:
            text = self._documents[document_id].text
            offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
            self._flat[document_id] = ("".join(text[offset] for offset in offsets), offsets)
        return self._flat[document_id]
