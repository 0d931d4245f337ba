"""A text into its articles, and each article into title, byline, body and the ladder of its headings.

A newspaper page as a clerk pastes it has no marks between articles. What begins one: a title with its
subtitle glued on by spaces, a subtitle line below it, a byline between it and the body, the byline of the
article before, the signature of the notice before, 附件, or a heading of a format that has headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.bylines import Byline, byline_in_closing, byline_in_opening, byline_of_line, has_dateline
from documents.headings import ARTICLE_RANK, Heading, find_headings, has_marker
from documents.heads import (
    ATTACHMENT,
    GLUED,
    LONGEST_HEAD,
    Head,
    is_closing_note,
    is_subtitle,
    merged_bylines,
    read_head,
    with_subtitle,
)
from documents.lines import Line, ends_sentence, is_date_line, is_title_like
from documents.metadata import is_label
from documents.model import Section, Span, Speaker
from documents.people import speaker_of_title, speakers_in

_SALUTATION = re.compile(r"[:：]$")
_BODY_FROM = 40  # characters that only running text has in one line
_LONGEST_SIGNATURE = 40


def split_articles(text: str, lines: Sequence[Line], fallback_title: str) -> tuple[Section, ...]:
    """Return the sections of a text in reading order; `fallback_title` names one that prints no title."""
    sections: list[Section] = []
    starts = _article_starts(lines)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        _append_article(sections, text, lines[start:end], fallback_title)
    return tuple(sections)


def _append_article(sections: list[Section], text: str, lines: Sequence[Line], fallback: str) -> None:
    """Add one article and the sections below it."""
    head = read_head(text, lines)
    body_end = _tail_start(lines, head)
    tail = lines[body_end:]
    byline = head.byline or _byline_of_tail(tail) or _byline_in_body(lines[head.body : body_end])
    end = lines[-1].span.end
    body = (
        Span(lines[head.body].span.start, lines[body_end - 1].span.end)
        if head.body < body_end
        else Span(end, end)
    )
    speaker = head.speaker or _sole_speaker(text, body)
    index = len(sections)
    sections.append(
        Section(
            index=index,
            level=0,
            span=Span(lines[0].span.start, end),
            body=body,
            title=head.title or fallback,
            title_span=head.title_span,
            subtitle=head.subtitle,
            byline=byline.span.of(text) if byline else None,
            byline_span=byline.span if byline else None,
            author=byline.author if byline else None,
            speaker=speaker,
        )
    )
    _append_ladder(sections, text, lines[head.body : body_end], index)


def _append_ladder(sections: list[Section], text: str, lines: Sequence[Line], article: int) -> None:
    """Add the sections that the headings inside one article's body begin."""
    headings = find_headings(lines)
    open_ones: list[tuple[int, int]] = []  # (rank, section)
    for number, heading in enumerate(headings):
        while open_ones and open_ones[-1][0] >= heading.rank:
            open_ones.pop()
        end = _section_end(headings, number, lines)
        parent = open_ones[-1][1] if open_ones else article
        byline = _byline_under(lines, heading)
        body_start = byline.span.end if byline else heading.span.end
        while body_start < end and text[body_start].isspace():
            body_start += 1
        open_ones.append((heading.rank, len(sections)))
        main, subtitle = with_subtitle(heading.title)
        sections.append(
            Section(
                index=len(sections),
                level=sections[parent].level + 1,
                span=Span(heading.span.start, end),
                body=Span(min(body_start, end), end),
                title=main if subtitle is None else f"{main}——{subtitle}",
                title_span=heading.span,
                subtitle=subtitle,
                byline=byline.span.of(text) if byline else None,
                byline_span=byline.span if byline else None,
                author=byline.author if byline else None,
                speaker=speaker_of_title(text, heading.span),
                parent=parent,
            )
        )


def _section_end(headings: Sequence[Heading], number: int, lines: Sequence[Line]) -> int:
    """Return where a section ends: before the next heading of its rank or above.

    The last of several sections that run in and fill one paragraph each fills one paragraph too: what
    follows it (一年来…, 同时也要看到…) speaks for all of them and belongs to the section around them.
    """
    if _is_last_of_single_paragraphs(headings, number):
        return lines[headings[number].line].span.end
    for position in range(number + 1, len(headings)):
        if headings[position].rank <= headings[number].rank:
            return lines[headings[position].line - 1].span.end
    return lines[-1].span.end


def _is_last_of_single_paragraphs(headings: Sequence[Heading], number: int) -> bool:
    own = headings[number]
    following = headings[number + 1] if number + 1 < len(headings) else None
    if not own.runs_in or own.rank == ARTICLE_RANK or (following is not None and following.rank >= own.rank):
        return False
    single = 0
    for position in range(number - 1, -1, -1):
        earlier = headings[position]
        if earlier.rank < own.rank:
            break
        one_paragraph = earlier.runs_in and headings[position + 1].line == earlier.line + 1
        if earlier.rank != own.rank or not one_paragraph:
            return False
        single += 1
    return single >= 2


def _byline_under(lines: Sequence[Line], heading: Heading) -> Byline | None:
    """Return the byline right below a heading that its format marks as one."""
    if lines[heading.line].level is None or heading.line + 1 >= len(lines):
        return None
    line = lines[heading.line + 1]
    return byline_of_line(line.text, line.span.start)


def _article_starts(lines: Sequence[Line]) -> list[int]:
    """Return the positions of the lines that begin an article; the first is always 0."""
    levels = [line.level for line in lines if line.level is not None]
    if levels:
        highest = min(levels)
        top = [number for number, line in enumerate(lines) if line.level == highest]
        above = (line.text for line in lines[: top[0]])
        running_before = any(len(line) >= _BODY_FROM and not is_label(line) for line in above)
        return [0, *top] if running_before else [0, *top[1:]]
    starts = [0]
    number = _head_end(lines, 0)
    while number < len(lines):
        if _begins_article(lines, number):
            first = number
            while first - 1 > starts[-1] + 1 and _is_kicker(lines, first - 1):
                first -= 1
            starts.append(first)
            number = max(_head_end(lines, first), number + 1)
        else:
            number += 1
    return starts


def _begins_article(lines: Sequence[Line], number: int) -> bool:
    """Say whether the line is the title of a further article of the page."""
    line = lines[number].text
    before = lines[number - 1].text
    if ATTACHMENT.match(line):
        return number + 1 < len(lines)
    if not is_title_like(line, 80) or has_marker(line) or byline_of_line(line) or is_label(line):
        return False
    if is_closing_note(line) or number + 1 >= len(lines):
        return False
    if byline_of_line(before) is not None:
        return _runs_on(lines, number)
    if _ends_notice(lines, number - 1):
        return _runs_on(lines, number) and len(line) >= 4
    following = lines[number + 1].text
    announced = GLUED.match(line) or is_subtitle(following) or has_dateline(following)
    if not announced and byline_of_line(following) is not None:
        announced = number + 2 < len(lines) and len(lines[number + 2].text) >= _BODY_FROM
    return bool(announced) and (_is_closed(before) or _is_kicker(lines, number - 1))


def _is_closed(line: str) -> bool:
    return ends_sentence(line) or line[-1] in "）)" or byline_of_line(line) is not None or is_date_line(line)


def _is_kicker(lines: Sequence[Line], number: int) -> bool:
    """Say whether a line above a title belongs to it: a first half, or the line above the main title."""
    line = lines[number].text
    if number == 0 or not is_title_like(line, 40) or has_marker(line) or byline_of_line(line) is not None:
        return False
    return _is_closed(lines[number - 1].text) and not _is_closed(line)


def _runs_on(lines: Sequence[Line], number: int) -> bool:
    """Say whether running text follows a title within a few lines."""
    return any(
        len(line.text) >= _BODY_FROM or has_marker(line.text) or _SALUTATION.search(line.text)
        for line in lines[number + 1 : number + 7]
    )


def _ends_notice(lines: Sequence[Line], number: int) -> bool:
    """Say whether the line is the last of a notice: its date, or what is printed below its date."""
    while number > 0 and is_closing_note(lines[number].text):
        number -= 1
    return number > 1 and is_date_line(lines[number].text) and is_title_like(lines[number - 1].text, 40)


def _head_end(lines: Sequence[Line], start: int) -> int:
    """Return the position of the first line of the body of the article that begins at `start`."""
    return start + read_head("", lines[start : start + LONGEST_HEAD]).body


def _tail_start(lines: Sequence[Line], head: Head) -> int:
    """Return the position of the first line below the body: byline, signature, date, notes."""
    number = len(lines)
    signed = False
    while number > head.body + 1 and len(lines) - number < 12:
        line = lines[number - 1]
        if line.level is not None:
            break
        if is_date_line(line.text) or is_closing_note(line.text):
            signed = signed or is_date_line(line.text)
        elif head.byline is None and byline_of_line(line.text) is not None:
            pass
        elif not _is_signature(line.text, signed):
            break
        number -= 1
    return number


def _is_signature(line: str, above_date: bool) -> bool:
    """Say whether a line signs a notice: a body's name above its date, or both on one line."""
    if above_date and is_title_like(line, _LONGEST_SIGNATURE) and not has_marker(line):
        return True
    name, _, rest = line.rpartition(" ")
    return bool(name) and is_date_line(rest) and is_title_like(name.strip(), _LONGEST_SIGNATURE)


def _byline_of_tail(tail: Sequence[Line]) -> Byline | None:
    merged: Byline | None = None
    for line in tail:
        found = byline_of_line(line.text, line.span.start)
        if found is not None:
            merged = merged_bylines(merged, found, "")
    return merged


def _byline_in_body(body: Sequence[Line]) -> Byline | None:
    """Return the byline inside the first or the last paragraph."""
    if not body:
        return None
    return byline_in_opening(body[0].text, body[0].span.start) or byline_in_closing(
        body[-1].text, body[-1].span.start
    )


def _sole_speaker(text: str, body: Span) -> Speaker | None:
    """Return whom the body introduces as speaking when that is one person only."""
    found = speakers_in(text, body)
    return found[0] if len({speaker.person for speaker in found}) == 1 else None
