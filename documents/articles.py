"""A text into its articles, and each article into title, byline, body and the ladder of its headings.

A newspaper page as a clerk pastes it has no marks between articles. What begins one: a title with its
subtitle glued on by spaces, a subtitle line below it, a byline between it and the body, the byline of the
article before, the signature of the notice before, 附件, or a heading of a format that has headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.bylines import Byline, byline_in_closing, byline_in_opening, byline_of_line, has_dateline
from documents.headings import Heading, find_headings, has_marker
from documents.lines import Line, ends_sentence, is_date_line, is_title_like
from documents.metadata import is_front_matter, is_label, number_of_line
from documents.model import Section, Span, Speaker
from documents.people import speaker_line, speaker_of_title, speakers_in

GENRES = (
    r"(?:通知|通报|公告|通告|意见|决定|决议|办法|规定|条例|细则|方案|规划|纲要|计划|报告|批复|函|命令|令|公报|要点|措施|指南"
    r"|标准|规则|章程|解读|讲话|建议|议案|清单|目录|说明|答复|倡议书|实施意见)(?:[（(].{1,12}[）)])?"
)
_GLUED = re.compile(r"^(?P<main>\S.*?)[ \u3000\t]+(?:——|──|――)\s*(?P<sub>\S.+)$")
_PLAIN_SUBTITLE = re.compile(r"^(?P<main>[^—]{4,}?)——(?P<sub>[^—]{3,})$")
_SUBTITLE = re.compile(r"^(?:——|──|――|--|—)\s*(?P<sub>[^—].*)$")
_ATTACHMENT = re.compile(r"^附\s*件\s*[0-9一二三四五六七八九十]{0,3}\s*[:：]?$")
_ATTACHMENT_TITLE = re.compile(r"^附\s*件\s*[0-9一二三四五六七八九十]{1,3}\s*[:：.、 ]?\s*\S")
_CLOSING_NOTE = re.compile(
    r"^[（(](?:此件|此文|联系人|注[:：]|本文|完|来源|责任编辑|摄影|下转|上接|作者|据).{0,80}[）)]$|^[（(]完[）)]$"
    r"|^(?:抄送|抄报|主送|主题词|印发机关|联系人|联系电话|责任编辑|责编|编辑|审核|校对)[:： ].*$|.{2,30}\d+日印发$|^-+$|^END$"
)
_PASSED = re.compile(r"通过|修正|修订|公布|发布|施行|批准|印发")
_SALUTATION = re.compile(r"[:：]$")
_BODY_FROM = 40  # characters that only running text has in one line
_LONGEST_SIGNATURE = 40


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of one article above its body."""

    title: str
    title_span: Span | None
    subtitle: str | None
    byline: Byline | None
    speaker: Speaker | None
    body: int  # position of the first line of the body


def split_articles(text: str, lines: Sequence[Line], fallback_title: str) -> tuple[Section, ...]:
    """Return the sections of a text in reading order; `fallback_title` names one that prints no title."""
    sections: list[Section] = []
    starts = _article_starts(lines)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        _append_article(sections, text, lines[start:end], fallback_title)
    return tuple(sections)


def _append_article(sections: list[Section], text: str, lines: Sequence[Line], fallback: str) -> None:
    """Add one article and the sections below it."""
    head = _read_head(text, lines)
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
        main, subtitle = _with_subtitle(heading.title)
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
    """Return where a section ends: before the next heading of its rank or above."""
    for later in headings[number + 1 :]:
        if later.rank <= headings[number].rank:
            return lines[later.line - 1].span.end
    return lines[-1].span.end


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
        top = [number for number, line in enumerate(lines) if line.level == min(levels)]
        running_before = any(len(line.text) >= _BODY_FROM for line in lines[: top[0]])
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
    if _ATTACHMENT.match(line):
        return number + 1 < len(lines)
    if not is_title_like(line, 80) or has_marker(line) or byline_of_line(line) or is_label(line):
        return False
    if _CLOSING_NOTE.match(line) or number + 1 >= len(lines):
        return False
    if byline_of_line(before) is not None:
        return _runs_on(lines, number)
    if _ends_notice(lines, number - 1):
        return _runs_on(lines, number) and len(line) >= 4
    following = lines[number + 1].text
    announced = _GLUED.match(line) or _is_subtitle(following) or has_dateline(following)
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
    while number > 0 and _CLOSING_NOTE.match(lines[number].text):
        number -= 1
    return number > 1 and is_date_line(lines[number].text) and is_title_like(lines[number - 1].text, 40)


def _head_end(lines: Sequence[Line], start: int) -> int:
    """Return the position of the first line of the body of the article that begins at `start`."""
    return start + _read_head("", lines[start:]).body


def _read_head(text: str, lines: Sequence[Line]) -> _Head:
    """Read what stands above the body of an article."""
    number = 0
    while number < len(lines) - 1 and lines[number].level is None and is_front_matter(lines[number].text):
        number += 1
    first = number
    number = _title_end(lines, number)
    title_lines = lines[first:number]
    main, subtitle = _title_of(title_lines)
    title_end = title_lines[-1].span.end if title_lines else None
    byline: Byline | None = None
    speaker: Speaker | None = None
    while number < len(lines) and number - first < 16 and lines[number].level is None:
        line = lines[number]
        found = byline_of_line(line.text, line.span.start) if title_lines else None
        below = _SUBTITLE.match(line.text) if title_lines and subtitle is None else None
        if below and _is_subtitle(line.text):
            subtitle, title_end = below["sub"].strip(), line.span.end
        elif found is not None:
            byline = _merged(byline, found, text)
        elif speaker is None and title_lines and (introduced := _report_speaker(text, lines, number)):
            speaker, used = introduced
            number += used - 1
        elif not _belongs_to_head(line.text, bool(title_lines)):
            break
        number += 1
    span = Span(title_lines[0].span.start, title_end) if title_lines and title_end is not None else None
    title = main if subtitle is None else f"{main}——{subtitle}"
    if text and span is not None:
        speaker = speaker or speaker_of_title(text, span)
    return _Head(title, span, subtitle, byline, speaker, number)


def _title_end(lines: Sequence[Line], first: int) -> int:
    """Return the position behind the lines of the title, `first` itself where there is none."""
    number = first
    while number < len(lines) and number - first < 4:
        line = lines[number]
        if line.level is not None:
            return number + 1 if number == first else number
        if _ATTACHMENT.match(line.text) and number == first:
            number += 1
            continue
        if not _is_title_line(lines, number, first):
            break
        number += 1
        joined = "".join(part.text for part in lines[first:number])
        if _GLUED.match(line.text) or re.search(rf"{GENRES}$", joined) and len(joined) > 5:
            break
    return number


def _is_title_line(lines: Sequence[Line], number: int, first: int) -> bool:
    """Say whether a line is one of the title's, which begins at `first`."""
    line = lines[number].text
    if not is_title_like(line, 80) or _is_subtitle(line) or has_marker(line) or is_front_matter(line):
        return False
    if byline_of_line(line) is not None or _CLOSING_NOTE.match(line) or is_date_line(line):
        return False
    if number > first:
        return _report_speaker("", lines, number) is None and not re.match(r"[（(]", line)
    return len(lines) > first + 1 or number > 0


def _title_of(lines: Sequence[Line]) -> tuple[str, str | None]:
    """Return main title and subtitle; the halves of one title join as they would be read."""
    if not lines:
        return "", None
    parts = [line.text for line in lines]
    if _ATTACHMENT.match(parts[0]) and len(parts) > 1:
        rest, subtitle = _with_subtitle(_joined_title(parts[1:]))
        return f"{parts[0].rstrip(':：').replace(' ', '')} {rest}", subtitle
    return _with_subtitle(_joined_title(parts))


def _joined_title(parts: Sequence[str]) -> str:
    together = "".join(parts)
    one = re.search(rf"(?:关于.*|报告|条例|规定|办法|规划|方案|纲要){GENRES}?$", together) is not None
    return together if one else " ".join(parts)


def _with_subtitle(title: str) -> tuple[str, str | None]:
    """Split a title from the subtitle behind its dash."""
    match = _GLUED.match(title) or _PLAIN_SUBTITLE.match(title)
    return (match["main"].strip(), match["sub"].strip()) if match else (title, None)


def _is_subtitle(line: str) -> bool:
    """Say whether a line is a subtitle: a dash and a title, where a list's dash has a sentence behind it."""
    match = _SUBTITLE.match(line)
    return match is not None and is_title_like(match["sub"], 70) and not re.search(r"[，,；;]", match["sub"])


def _report_speaker(text: str, lines: Sequence[Line], number: int) -> tuple[Speaker, int] | None:
    """Return who delivers a report and on how many lines that stands: 国务院总理　李　强."""
    line = lines[number]
    if len(line.text) > 36:
        return None
    source = text or line.text
    span = line.span if text else Span(0, len(line.text))
    found = speaker_line(source, span)
    if found is not None:
        return found, 1
    if text and number + 1 < len(lines) and len(lines[number + 1].text) <= 8:
        both = Span(line.span.start, lines[number + 1].span.end)
        found = speaker_line(text, both)
        if found is not None:
            return found, 2
    return None


def _belongs_to_head(line: str, has_title: bool) -> bool:
    """Say whether a line below the title still is no body: number, dates, sources, 〔…通过〕."""
    if is_label(line) or is_date_line(line) or number_of_line(line) is not None:
        return True
    if not has_title or len(line) > 200 or has_marker(line):
        return False
    bracketed = line[0] in "（(〔[" and line[-1] in "）)〕]"
    dated = re.match(r"[（(]?\d{4}年\d{1,2}月\d{1,2}日", line) is not None
    if bracketed and (dated or len(line) <= 60):
        return True
    return dated and _PASSED.search(line) is not None and not line.endswith("。")


def _merged(first: Byline | None, second: Byline, text: str) -> Byline:
    """Join the bylines of two neighbouring lines."""
    if first is None:
        return second
    return Byline(Span(first.span.start, second.span.end), (*first.names, *second.names))


def _tail_start(lines: Sequence[Line], head: _Head) -> int:
    """Return the position of the first line below the body: byline, signature, date, notes."""
    number = len(lines)
    signed = False
    while number > head.body + 1 and len(lines) - number < 12:
        line = lines[number - 1]
        if line.level is not None:
            break
        if is_date_line(line.text) or _CLOSING_NOTE.match(line.text):
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
            merged = _merged(merged, found, "")
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
