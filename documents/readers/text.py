"""Plain text: one line of the file is one line."""

from __future__ import annotations

from documents.encodings import decode
from documents.lines import RawLine


def read_text(data: bytes) -> tuple[list[RawLine], list[str]]:
    """Return the lines of a text file, and notes for people. Raises `EncodingError`."""
    text, encoding = decode(data)
    notes = [] if encoding == "utf-8" else [f"read as {encoding.upper()}"]
    return [RawLine(line) for line in text.splitlines()], notes
