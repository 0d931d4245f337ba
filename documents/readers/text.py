"""Plain text: one line of the file is one line."""

from __future__ import annotations

import re

from documents.encodings import decode
from documents.lines import RawLine
from documents.readers.markdown import lines_of_markdown

_MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)


def read_text(data: bytes) -> tuple[list[RawLine], list[str]]:
    """Return the lines of a text file, and notes for people. Raises `EncodingError`.

    Text that marks its headings as Markdown does is read as Markdown, whatever the file is called.
    """
    text, encoding = decode(data)
    notes = [] if encoding == "utf-8" else [f"read as {encoding.upper()}"]
    if len(_MARKDOWN_HEADING.findall(text)) >= 2 or _MARKDOWN_HEADING.match(text.lstrip()):
        return lines_of_markdown(text), [*notes, "read as Markdown, whose headings it has"]
    return [RawLine(line) for line in text.splitlines()], notes
