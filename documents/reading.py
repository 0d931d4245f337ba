"""From a path or an upload to a `Document`: size, bytes, format, clean text, articles, metadata."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from documents.articles import split_articles
from documents.cleaning import clean
from documents.errors import (
    DocumentError,
    EmptyDocumentError,
    EncodingError,
    MissingFileError,
    TooLargeError,
    UnsupportedFormatError,
)
from documents.formats import sniff
from documents.lines import GENRES, Line, RawLine, lines_of_text
from documents.metadata import find_metadata
from documents.model import Document, MarkedLine, Section
from documents.readers.markdown import read_markdown
from documents.readers.text import read_text

MAX_BYTES = 20_000_000
Reader = Callable[[bytes], tuple[list[RawLine], list[str]]]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
_LONGEST_SLUG = 48


def read(path: str | Path, *, source_key: str | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """Read one file. `source_key` makes the id (default: the absolute path), so a changed file keeps its id.

    Raises `MissingFileError`, `TooLargeError`, `EmptyDocumentError`, `UnsupportedFormatError`,
    `EncodingError`, or `DocumentError` where the system refuses.
    """
    path = Path(path)
    try:
        if "\0" in str(path):
            raise MissingFileError(
                f"{str(path)!r} holds a zero byte: no file has such a name, check the path"
            )
        if path.is_dir():
            raise MissingFileError(f"{path} is a folder: name a file in it, or add the folder as a whole")
        if not path.exists():
            raise MissingFileError(f"{path} does not exist: check the name and the folder")
        if not path.is_file():
            raise MissingFileError(f"{path} is no regular file: copy its contents into one")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except PermissionError as error:
        raise DocumentError(f"{path} may not be read: change its permissions or run as its owner") from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"{str(path)!r} cannot be read ({error}): check the path and the disk") from error
    key = path.resolve().as_posix() if source_key is None else source_key
    return _document(path.name, str(path), data, key, max_bytes)


def read_bytes(
    name: str, data: bytes, *, source_key: str | None = None, max_bytes: int = MAX_BYTES
) -> Document:
    """Read an upload called `name`; a path in the name counts for nothing. Raises as `read` does."""
    bare = re.split(r"[/\\]", name.strip())[-1] or "upload"
    return _document(bare, bare, data, bare if source_key is None else source_key, max_bytes)


def reread(document: Document) -> Document:
    """Return what this version finds in the text of a document that was read before, under the same id.

    The text stays to the letter, so what was cited from it still verifies; what cleaning does better now, only the file
    itself can show.
    """
    found = _found(document.text, lines_of_text(document.text, _levels(document)), _stem(document.source))
    return replace(
        found,
        id=document.id,
        source=document.source,
        page_starts=document.page_starts,
        notes=document.notes,
    )


def _levels(document: Document) -> dict[int, int]:
    """Return the levels of marked headings by where their lines start.

    Documents that were read before these were kept have them in the sections of a Markdown file.
    """
    if document.marked is not None:
        return {line.start: line.level for line in document.marked}
    if Path(document.source).suffix.lower() not in (".md", ".markdown"):
        return {}
    titles = {
        section.title_span: section.level + 1
        for section in document.sections
        if section.title_span is not None
    }
    lines = lines_of_text(document.text, {})
    return {line.span.start: titles[line.span] for line in lines if line.span in titles}


def supported_suffixes() -> tuple[str, ...]:
    """Return the suffixes that have a reader, for messages and file dialogs."""
    return tuple(READERS)


def _document(name: str, source: str, data: bytes, key: str, max_bytes: int) -> Document:
    """Make the document of `data`, whose name tells the suffix."""
    if len(data) > max_bytes:
        raise TooLargeError(
            f"{source} is over the cap of {max_bytes:,} bytes: split it or raise the cap in the settings"
        )
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise EmptyDocumentError(f"{source} is empty: there is nothing to index")
    raw, notes = _read_raw(name, source, data)
    cleaned = clean(raw)
    if not re.search(r"\w", cleaned.text):
        raise EmptyDocumentError(
            f"{source} holds no words, only white space or marks: there is nothing to index"
        )
    found = _found(cleaned.text, cleaned.lines, _stem(name))
    return replace(
        found,
        id=f"{_slug(_stem(name))}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}",
        source=source,
        notes=(*notes, *cleaned.notes),
    )


def _found(text: str, lines: Sequence[Line], stem: str) -> Document:
    """Return what a clean text says of itself, as a document without an id; `stem` names it if it does not."""
    sections = split_articles(text, lines, stem)
    metadata = find_metadata(text, lines, sections)
    printed_title = _title(sections, official=bool(metadata.number or metadata.issuer))
    return Document(
        id="",
        title=printed_title if sections[0].title_span is not None else metadata.title or printed_title,
        text=text,
        sections=sections,
        source="",
        date=metadata.date,
        number=metadata.number,
        issuer=metadata.issuer,
        place=metadata.place,
        marked=tuple(MarkedLine(line.span.start, line.level) for line in lines if line.level is not None),
    )


def _stem(name: str) -> str:
    return Path(name).stem or name


def _read_raw(name: str, source: str, data: bytes) -> tuple[list[RawLine], list[str]]:
    """Choose the reader by what the bytes are and what the suffix says, and let it read."""
    known = ", ".join(READERS)
    kind = sniff(data)
    if kind is not None:
        raise UnsupportedFormatError(
            f"{source} is {kind}, which has no reader here: save it as plain text ({known}) and add that file"
        )
    suffix = Path(name).suffix.lower()
    reader = READERS.get(suffix, read_text if suffix == "" else None)
    if reader is None:
        raise UnsupportedFormatError(
            f"{source} ends in {suffix}, for which there is no reader: if it is plain text, rename it to .txt"
        )
    try:
        return reader(data)
    except EncodingError as error:
        raise EncodingError(f"{source}: {error}") from error


def _slug(stem: str) -> str:
    """Return the readable part of an id: letters, digits and Chinese characters, others as dashes."""
    return re.sub(r"[^\w]+|_+", "-", stem).strip("-")[:_LONGEST_SLUG].strip("-") or "document"


def _title(sections: tuple[Section, ...], *, official: bool) -> str:
    """Return the title of the whole: the first article's, and how many there are on a newspaper page."""
    articles = [section for section in sections if section.level == 0]
    first = articles[0]
    main = first.title.split("——")[0] if first.subtitle else first.title
    of_rules = re.search(rf"{GENRES}$", main) or any(re.match(r"附\s*件", one.title) for one in articles)
    if len(articles) == 1 or official or of_rules:
        return first.title
    return f"{main} 等{len(articles)}篇"
