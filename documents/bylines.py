"""Bylines: who wrote an article, on a line of its own or inside its first or last line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.model import Span
from documents.people import names_in

_MARK = re.compile(r"^[□■◇◆○●☉△▲◎☆★▢]\s*(?P<names>.+)$")
_PAPER = (
    r"(?:本报|本刊|本网|本台|本社|新华社|中新社|人民日报|经济日报|光明日报"
    r"|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|早报|晨报|商报|周报|都市报|新闻网|电视台|融媒体|客户端|全媒体))"
)
_KIND = (
    r"(?:全媒体|融媒体|首席|特约|特派|见习|实习|驻\S{1,6}|总)*"
    r"(?:记者|实习生|通讯员|评论员|撰稿人|撰稿|编辑|摄影|供稿|作者|撰文|执笔|文)"
)
_LABELLED = re.compile(
    rf"^(?P<paper>{_PAPER}\s*)?(?P<kind>{_KIND})(?:[:：/]\s*|\s+|(?=[\u4e00-\u9fff]))(?P<names>[^。；;]+)$"
)
_NAMELESS = re.compile(rf"^{_PAPER}\s*(?:特约|首席)?(?:评论员|评论部|编辑部|记者)$")
# 文 and 图 stand in names too (苏文静): they are a role or a credit only where something sets them apart.
_NEXT_KIND = re.compile(
    rf"(?:{_PAPER})?\s*{_KIND.replace('|文)', ')')}[:：/\s]*|(?:(?<=\s)|^)[文图摄][:：/]\s*|/[文图摄](?=\s|$)"
)
_CREDIT = re.compile(
    r"(?:\s*(?:文/图|图/文|文并图|摄影报道|整理|采写|报道)|\s+(?:文图|[文图摄]))(?:[/、](?:[文图摄]|片))*$"
)
_DATELINE = re.compile(
    r"^(?P<dateline>(?:新华社|中新社|新华网|人民网|央视网|本报|本社)[\u4e00-\u9fff]{0,10}?"
    r"(?:\d{1,2}月\d{1,2}日)?(?:电|讯|消息)\s*"
    r"(?P<who>[（(](?P<inner>[^（）()]{2,60})[）)])?)"
)
_CLOSING = re.compile(r"[（(](?P<inner>[^（）()。]{2,60})[）)]\s*$")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, and the names in it (none for 本报评论员)."""

    span: Span
    names: tuple[str, ...]

    @property
    def author(self) -> str | None:
        """The names joined as Chinese joins them, or None."""
        return "、".join(self.names) or None


def byline_of_line(line: str, start: int = 0) -> Byline | None:
    """Return the byline that a line consists of, or None; `start` is the line's offset in the text.

    Knows □郑旗, 本报记者 刘盼盼, 记者 张三 通讯员 李四 文/图, 作者:…, (本报记者 …), 本报评论员.
    """
    bare = line.strip()
    if not 2 <= len(bare) <= _LONGEST:
        return None
    offset = start + line.index(bare)
    span = Span(offset, offset + len(bare))
    if bare[0] in "（(" and bare[-1] in "）)":
        bare = bare[1:-1].strip()
    if _NAMELESS.match(bare):
        return Byline(span, ())
    marked = _MARK.match(bare)
    names = _names(marked["names"]) if marked else None
    if names is None:
        labelled = _LABELLED.match(bare)
        names = _names(labelled["names"]) if labelled else None
    return Byline(span, tuple(names)) if names else None


def byline_in_opening(line: str, start: int) -> Byline | None:
    """Return the byline inside a dateline: 新华社北京1月1日电（记者张三、李四）, 本报讯（记者 王五）."""
    match = _DATELINE.match(line)
    if match is None or match["who"] is None:
        return None
    inner = byline_of_line(match["inner"])
    if inner is None:
        return None
    return Byline(Span(start + match.start("who"), start + match.end("who")), inner.names)


def byline_in_closing(line: str, start: int) -> Byline | None:
    """Return the byline in brackets at the end of a paragraph: …。（本报记者 张三）."""
    match = _CLOSING.search(line)
    inner = byline_of_line(match["inner"]) if match else None
    if match is None or inner is None:
        return None
    return Byline(
        Span(start + match.start(), start + match.start() + len(match.group().rstrip())), inner.names
    )


def has_dateline(line: str) -> bool:
    """Say whether a paragraph opens as agency and newspaper reports do: 新华社北京1月1日电, 本报讯."""
    return _DATELINE.match(line) is not None


def _names(text: str) -> list[str] | None:
    """Return the names in what follows 记者, where 通讯员 and more may follow, or None."""
    names: list[str] = []
    for part in _NEXT_KIND.split(_CREDIT.sub("", text)):
        if not part.strip():
            continue
        found = names_in(part)
        if found is None:
            return None
        names += found
    return names or None
