"""The heading ladder of official texts, and the scaffold inside paragraphs.

第一编 → 第一章 → 第一节 → 第一条, and 一、 → （一） → 1. → （1） (GB/T 9704-2012, 7.3.3), in both widths;
1 → 1.1 → 1.1.1 in plans for emergencies. A heading stands alone on its line, or runs in: it ends
with 。 and the text goes on behind it. Inside paragraphs 一是, 首先, 其次 and unnumbered run-in headings do
the same work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.lines import Line, ends_sentence, is_title_like
from documents.model import Span

_NUMERAL = "一二三四五六七八九十百零〇○"
_CITED = r"[第、，,。；的和与至及或所之中规是要则]"  # 第三条规定 speaks of an article, it does not begin one
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第[{_NUMERAL}\d]{{1,5}}[编篇部](?:分)?(?=[\s\u3000:：]|$)")),
    (2, re.compile(rf"第[{_NUMERAL}\d]{{1,5}}章")),
    (3, re.compile(rf"第[{_NUMERAL}\d]{{1,5}}节")),
    (4, re.compile(rf"第[{_NUMERAL}\d]{{1,7}}条(?:之[{_NUMERAL}]{{1,2}})?(?![{_NUMERAL}]|{_CITED})")),
    (5, re.compile(rf"[{_NUMERAL}]{{1,4}}(?:、|．|\.(?!\d))(?![{_NUMERAL}]{{1,3}}[、，,])")),
    (6, re.compile(rf"[（(]\s*[{_NUMERAL}]{{1,4}}\s*[)）]")),
    (9, re.compile(r"[0-9]{1,2}(?:[.．][0-9]{1,2}){2,3}(?=[\s\u3000\u4e00-\u9fff])")),
    (8, re.compile(r"[0-9]{1,2}[.．][0-9]{1,2}(?=[\s\u3000])")),
    (7, re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|、|[ \u3000]+(?=[\u4e00-\u9fff]{2,20}$))")),
    (10, re.compile(r"[（(]\s*[0-9０-９]{1,2}\s*[)）]")),
    (10, re.compile(r"[①-⑳]")),
)
ARTICLE_RANK = 4
_UNNUMBERED_RANK = 11
_LONGEST_HEADING = 50
_LONGEST_RUN_IN = 40
_FEWEST_BEHIND = 15  # characters that must follow a run-in heading
_ENUMERATION = re.compile(
    rf"[{_NUMERAL}]{{1,3}}(?:是|要|则)(?!否)|第[{_NUMERAL}]{{1,2}}[，,、]|首先|其次|再次|再者|最后|——"
)
_SPEECH = re.compile(r"表示|介绍|指出|强调|记者|介紹|[:：]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the ladder: its rank (lower is higher up), where it stands and how it is cited."""

    rank: int
    span: Span  # the printed heading, without the text that runs on behind it
    title: str
    line: int  # position in the list of lines
    runs_in: bool = False  # the text goes on behind it in the same paragraph


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The lines right before and behind a line, of those that may belong to one list with it."""

    before: Line | None
    following: Line | None
    before_is_heading: bool


def marker(text: str) -> tuple[int, int] | None:
    """Return the rank and the length of the ladder's mark at the start of `text`, or None."""
    for rank, pattern in _MARKERS:
        match = pattern.match(text)
        if match:
            return rank, match.end()
    return None


def has_marker(text: str) -> bool:
    """Say whether a line begins with a mark of the ladder or of an enumeration."""
    return marker(text) is not None or _ENUMERATION.match(text) is not None


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Return the headings among the lines of one article's body, in order."""
    found: list[Heading] = []
    listed = _contents(lines)
    in_article = False  # inside 第×条 the lower marks number 款 and 项, which are cited with their 条
    for number, line in enumerate(lines):
        if number in listed:
            continue
        if line.level is not None:
            found.append(Heading(line.level - 100, line.span, line.text, number))
            in_article = False
            continue
        marked = marker(line.text)
        if marked is None:
            if _is_unnumbered(lines, number):
                found.append(Heading(_UNNUMBERED_RANK, line.span, line.text, number))
            continue
        rank, length = marked
        if rank > ARTICLE_RANK and in_article:
            continue
        beside = number == 0 or number - 1 in listed or (bool(found) and found[-1].line == number - 1)
        before = None if number == 0 or number - 1 in listed else lines[number - 1]
        following = lines[number + 1] if number + 1 < len(lines) else None
        neighbours = _Neighbours(before, following, before_is_heading=beside)
        heading = _numbered(line, number, rank, length, neighbours)
        if heading is not None:
            found.append(heading)
            in_article = rank == ARTICLE_RANK
    return found


def _contents(lines: Sequence[Line]) -> set[int]:
    """Return the positions of a table of contents, which ends where its first entry comes again."""
    for number, line in enumerate(lines[:-1]):
        if re.fullmatch(r"目\s*[录次]", line.text) is None:
            continue
        first = _entry(lines[number + 1].text)
        for later in range(number + 2, len(lines)):
            if _entry(lines[later].text) == first:
                return set(range(number, later))
            if len(lines[later].text) > 2 * _LONGEST_HEADING:
                break
    return set()


def _entry(line: str) -> str:
    """Return a heading as an entry of contents has it: no spaces, no dots and page number behind it."""
    return re.sub(r"[\s.·…—-]+\d*$|\s", "", line)


def _numbered(line: Line, number: int, rank: int, length: int, neighbours: _Neighbours) -> Heading | None:
    """Return the heading that a marked line is or begins with, or None for an item of a list."""
    if rank == ARTICLE_RANK:
        return Heading(rank, Span(line.span.start, line.span.start + length), line.text[:length], number)
    run_in = _run_in_length(line.text, length)
    if run_in is not None:
        span = Span(line.span.start, line.span.start + run_in)
        return Heading(rank, span, line.text[: run_in - 1], number, runs_in=True)
    alone = is_title_like(line.text.rstrip("。"), _LONGEST_HEADING)
    if alone and (rank <= ARTICLE_RANK or not _is_item(rank, neighbours)):
        return Heading(rank, line.span, line.text.rstrip("。"), number)
    if rank == 5:
        return Heading(
            rank, Span(line.span.start, line.span.start + length), _first_clause(line.text), number
        )
    return None


def _run_in_length(text: str, start: int) -> int | None:
    """Return where the heading ends, 。 included, if `text` has one that the paragraph goes on behind."""
    stop = text.find("。", start)
    if stop == -1 or stop - start > _LONGEST_RUN_IN or len(text) - stop - 1 < _FEWEST_BEHIND:
        return None
    heading = text[start:stop]
    if "；" in heading or ";" in heading or _SPEECH.search(heading):
        return None
    if heading.count("“") != heading.count("”"):  # the first sentence of a speech
        return None
    return stop + 1


def _is_item(rank: int, neighbours: _Neighbours) -> bool:
    """Say whether a short marked line is one of a list: a neighbour right beside it is marked like it.

    Below a line of its rank that is a heading itself (it runs in) the short line may be one too.
    """
    if _rank_of(neighbours.following) == rank:
        return True
    if neighbours.before is None or _rank_of(neighbours.before) != rank:
        return False
    before = neighbours.before.text
    return not neighbours.before_is_heading or len(before) <= _LONGEST_HEADING or before[-1] in ";；、，,"


def _rank_of(line: Line | None) -> int | None:
    found = marker(line.text) if line is not None else None
    return found[0] if found else None


def _first_clause(text: str) -> str:
    return re.split(r"[，,；;。：:]", text, maxsplit=1)[0][:_LONGEST_HEADING]


def _is_unnumbered(lines: Sequence[Line], number: int) -> bool:
    """Say whether a line is a heading without a number: short, between an ended and a running paragraph."""
    line = lines[number]
    if not is_title_like(line.text, 36) or number + 1 >= len(lines) or _ENUMERATION.match(line.text):
        return False
    if re.search(r"[！!？?…”]$", line.text) and not re.search(r"[“‘].*[”’]$", line.text):
        return False
    following = lines[number + 1]
    if following.level is not None or len(following.text) < 40 or not _reads_on(following.text):
        return False
    if number == 0:
        return True
    before = lines[number - 1]
    return before.level is not None or ends_sentence(before.text) or marker(before.text) is not None


def _reads_on(text: str) -> bool:
    return ends_sentence(text) or text[-1] in ":："


def scaffold(text: str, paragraph: Span) -> list[tuple[int, Span]]:
    """Return the run-in headings inside a paragraph as (depth, span): 0 for the paragraph's own, 1 for 一是.

    `培育壮大主力军。一是培育龙头企业。实施…` gives the first at depth 0 and 一是培育龙头企业。 at depth 1; an
    enumeration whose sentence goes on (一是要…，…) is marked up to its first comma.
    """
    body = paragraph.of(text)
    found: list[tuple[int, Span]] = []
    marked = marker(body)
    first = _run_in_length(body, marked[1] if marked else 0)
    if first is not None and _ENUMERATION.match(body) is None:
        found.append((0, Span(paragraph.start, paragraph.start + first)))
    for match in re.finditer(
        rf"(?:(?<=[。；;！：:])|\A)(?:[{_NUMERAL}]{{1,2}}(?:是|要)|首先[，,]?|其次[，,]?|——)", body
    ):
        stop = re.compile(r"[。；;，,：:！]").search(body, match.end())
        end = len(body) if stop is None else stop.start() + (stop.group() == "。")
        found.append((1, Span(paragraph.start + match.start(), paragraph.start + end)))
    return found
