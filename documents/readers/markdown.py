"""Markdown: the text as its reader sees it, without the signs of its markup.

The cited text must read like the printed one: `**2030年**突破` would break a figure in two. Headings keep
their level, lists their bullet, table rows their bars; links keep their words and lose their addresses.
"""

from __future__ import annotations

import re

from documents.encodings import decode
from documents.lines import RawLine, ends_sentence, has_clause, is_list_item, is_table_row

_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_LOOSE_ATX = re.compile(r"^(#{1,6})(?=[\u4e00-\u9fff（《“第])(.*)$")  # #标题: common, though no CommonMark
_SETEXT = re.compile(r"^ {0,3}(=+|-{3,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_TABLE_RULE = re.compile(r"^\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"<br\s*/?>"), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)
_MARKUP = re.compile(r"[*_`\[<\\]")
_SOFT_BREAK_FROM = 20  # characters; a shorter line was ended on purpose


def read_markdown(data: bytes) -> tuple[list[RawLine], list[str]]:
    """Return the lines of a Markdown file with the levels of its headings. Raises `EncodingError`."""
    text, encoding = decode(data)
    notes = [] if encoding == "utf-8" else [f"read as {encoding.upper()}"]
    return lines_of_markdown(text), notes


def lines_of_markdown(text: str) -> list[RawLine]:
    """Return the lines that the reader of a Markdown text sees."""
    source = _COMMENT.sub("", _front_matter_left_out(text.replace("\r\n", "\n").replace("\r", "\n")))
    lines: list[RawLine] = []
    fenced = False
    for line in source.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            lines.append(RawLine(line))
        else:
            _append(lines, line)
    return lines


def _front_matter_left_out(text: str) -> str:
    """Drop a YAML block at the top: it is the editor's, no reader sees it."""
    match = re.match(r"\A---\n(?:[A-Za-z_-]+:.*\n|\s+.*\n|- .*\n)*---\n", text)
    return text[match.end() :] if match else text


def _append(lines: list[RawLine], line: str) -> None:
    """Add what one source line says to `lines`."""
    heading = _ATX.match(line) or _LOOSE_ATX.match(line)
    if heading:
        lines.append(RawLine(_inline(heading.group(2).strip()), len(heading.group(1))))
        return
    underline = _SETEXT.match(line)
    above = lines[-1] if lines else RawLine("")
    if underline and above.text.strip() and above.level is None and not is_table_row(above.text):
        lines[-1] = RawLine(above.text, 1 if underline.group(1)[0] == "=" else 2)
        return
    if _RULE.match(line):
        lines.append(RawLine(""))
        return
    if _TABLE_RULE.match(line.strip()) and "|" in line and lines and is_table_row(lines[-1].text):
        return
    quoted = re.sub(r"^ {0,3}(?:> ?)+", "", line)
    shown = _inline(re.sub(r"^\s*\|(.*)\|\s*$", r"\1", quoted).strip() if "|" in quoted else quoted)
    if lines and _is_soft_break(lines[-1], shown):
        lines[-1] = RawLine(_joined(lines[-1].text, shown.strip()))
    else:
        lines.append(RawLine(shown))


def _inline(text: str) -> str:
    if _MARKUP.search(text) is None:
        return text
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def _is_soft_break(before: RawLine, line: str) -> bool:
    """Say whether a line goes on in the next one: Markdown sources are often wrapped by their editor."""
    left = before.text
    if before.level is not None or left.endswith(("  ", "\\")) or not line.strip():
        return False
    if len(left.strip()) < _SOFT_BREAK_FROM or not has_clause(left):
        return False
    if ends_sentence(left) or left.rstrip()[-1] in ":：":
        return False
    right = line.strip()
    if is_table_row(left) or is_table_row(right) or is_list_item(right):
        return False
    return (
        re.match(r"\d+[.、)）]|[（(]?[一二三四五六七八九十]+[、)）]|第.{1,4}[章条节]|□|本报|——", right)
        is None
    )


def _joined(left: str, right: str) -> str:
    """Join two halves of a paragraph: Chinese without a space, Latin words with one."""
    between = " " if left[-1].isascii() and right[0].isascii() and not left[-1].isspace() else ""
    return left + between + right
