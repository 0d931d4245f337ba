"""Which documents a document replaces: “《…办法》(郑政办〔2022〕79号)同时废止”.

A repeal names a title, a document number, or both. What it names is compared with the titles and numbers of other
documents by `replaces`; a document never replaces itself or a younger one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.folding import fold
from documents.model import Document, Span
from documents.numbers import CLOSING, OPENING

_TITLE = r"《(?P<title>[^《》]{4,80}(?:《[^《》]{2,60}》[^《》]{0,20})?)》"
_NUMBER = (
    rf"(?P<number>[\u4e00-\u9fff]{{1,12}}\s*{OPENING}\s*(?:19|20)\d{{2}}\s*{CLOSING}\s*(?:第)?\d{{1,5}}\s*号)"
)
_NAMED = re.compile(rf"{_TITLE}(?:\s*[（(]?\s*{_NUMBER}\s*[)）]?)?|{_NUMBER.replace('number', 'alone')}")
_REPEAL = re.compile(
    r"(?:同时|即行|予以|相应|一并|自动)?(?:废止|停止执行|失效|不再执行)|(?:由|以)本.{1,8}(?:代替|替代|取代)"
)


@dataclass(frozen=True, slots=True)
class Repeal:
    """A document that a text says is no longer in force, by title, number, or both, and where it says so."""

    title: str | None
    number: str | None
    span: Span


def repeals(document: Document) -> list[Repeal]:
    """Return the documents that `document` says it repeals, in the order of the text."""
    found = []
    for match in re.finditer(r"[^。\n]+[。\n]?", document.text):
        sentence = match.group()
        ends = [m.start() for m in _REPEAL.finditer(sentence)]
        if not ends:
            continue
        for named in _NAMED.finditer(sentence, 0, ends[-1]):
            number = named["number"] or named["alone"]
            span = Span(match.start() + named.start(), match.start() + named.end())
            found.append(Repeal(named["title"], number, span))
    return found


def replaces(repeal: Repeal, other: Document) -> bool:
    """Say whether `other` is the document that a repeal names."""
    if repeal.number and other.number:
        return _plain(repeal.number) == _plain(other.number)
    return bool(repeal.title) and _plain(repeal.title or "") in _plain(other.title)


def replaced_by(newer: Document, older: Document) -> bool:
    """Say whether `newer` repeals `older`; a document dated earlier than `older` never does."""
    if newer.id == older.id or (newer.date and older.date and newer.date < older.date):
        return False
    return any(replaces(repeal, older) for repeal in repeals(newer))


def _plain(text: str) -> str:
    """Return a key in which brackets, spaces and quotes of titles and numbers make no difference."""
    return re.sub(rf"\s|第(?=\d)|[“”‘’\"'《》]|{OPENING}|{CLOSING}", "", fold(text))
