"""The head of an article: title, subtitle, byline, who speaks, and what else stands above the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.bylines import Byline, byline_of_line
from documents.headings import has_marker
from documents.lines import GENRES, Line, is_date_line, is_title_like
from documents.metadata import is_front_matter, is_label, is_organ, lone_labels
from documents.model import Span, Speaker
from documents.numbers import number_of_line
from documents.people import names_in, speaker_line, speaker_of_title

LONGEST_HEAD = 60  # lines that may stand above a body, portal's block and all
GLUED = re.compile(r"^(?P<main>\S.*?)[ \u3000\t]+(?:——|──|――)\s*(?P<sub>\S.+)$")
_PLAIN_SUBTITLE = re.compile(r"^(?P<main>[^—]{4,}?)——(?P<sub>[^—]{3,})$")
_SUBTITLE = re.compile(r"^(?:——|──|――|--|—)\s*(?P<sub>[^—].*)$")
ATTACHMENT = re.compile(r"^附\s*件\s*[0-9一二三四五六七八九十]{0,3}\s*[:：]?$")
_CLOSING_NOTE = re.compile(
    r"^[（(](?:此件|此文|联系人|注[:：]|本文|完|来源|责任编辑|摄影|下转|上接|作者|据).{0,80}[）)]$|^[（(]完[）)]$"
    r"|^(?:抄送|抄报|主送|主题词|印发机关|联系人|联系电话|责任编辑|责编|编辑|审核|校对)[:： ].*$"
    r"|.{2,30}\d+日印发$|^-+$|^END$"
)
_PASSED = re.compile(r"通过|修正|修订|公布|发布|施行|批准|印发")
# Letters set apart for looks, 国 务 院 工 作 规 则, are closed up in the title that is cited.
_SPACED_OUT = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff](?![\u4e00-\u9fff])){2,}"
)
# 主题词 without its label, as gazettes print it over the title: 经济管理　考察　函
_SUBJECT_WORDS = re.compile(rf"(?:[\u4e00-\u9fff]{{2,8}}[ \u3000]+){{1,6}}{GENRES}")
_OPENS_TITLE = re.compile(
    r"[\u4e00-\u9fff、]{2,30}(?:院|府|厅|室|局|部|会|委|署)(?:[ \u3000]*$|关于|对|印发|转发|批转)"
)
_BRACKETED = re.compile(r"^[（(].*[）)]$")


@dataclass(frozen=True, slots=True)
class Head:
    """The lines of one article above its body."""

    title: str
    title_span: Span | None
    subtitle: str | None
    byline: Byline | None
    speaker: Speaker | None
    body: int  # position of the first line of the body


def read_head(text: str, lines: Sequence[Line]) -> Head:
    """Read what stands above the body of an article."""
    number = 0
    while number < len(lines) - 1 and _is_above_title(lines, number):
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
        if found is None and number > first and _names_its_author(lines[first : number + 1]):
            found = Byline(line.span, tuple(names_in(line.text) or ()))
        below = _SUBTITLE.match(line.text) if title_lines and subtitle is None else None
        if below and is_subtitle(line.text):
            subtitle, title_end = below["sub"].strip(), line.span.end
        elif found is not None:
            byline = merged_bylines(byline, found, text)
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
    return Head(title, span, subtitle, byline, speaker, number)


def merged_bylines(first: Byline | None, second: Byline, text: str) -> Byline:
    """Join the bylines of two neighbouring lines."""
    if first is None:
        return second
    return Byline(Span(first.span.start, second.span.end), (*first.names, *second.names))


def _is_above_title(lines: Sequence[Line], number: int) -> bool:
    """Say whether a line stands above the title: portal's block, subject words, red head, issuer over its number."""
    line = lines[number]
    if line.level is not None:
        return False
    if is_front_matter(line.text):
        return True
    lone = lone_labels(lines)
    if number in lone or number in lone.values():
        return True
    if _SUBJECT_WORDS.fullmatch(line.text) and _OPENS_TITLE.match(lines[number + 1].text):
        return True
    issuer = is_organ(line.text) and number_of_line(lines[number + 1].text) is not None
    return issuer and number + 2 < len(lines) and is_title_like(lines[number + 2].text, 80)


def _names_its_author(head: Sequence[Line]) -> bool:
    """Say whether the last of these lines is the name below a speech's or report's date: 习　近　平."""
    if len(head[-1].text) > 12 or len(names_in(head[-1].text) or ()) != 1:
        return False
    return is_date_line(head[-2].text) or re.search(r"(?:会|大会|会议|座谈会)上", head[-2].text) is not None


def _title_end(lines: Sequence[Line], first: int) -> int:
    """Return the position behind the lines of the title, `first` itself where there is none."""
    number = first
    while number < len(lines) and number - first < 4:
        line = lines[number]
        if line.level is not None:
            return number + 1 if number == first else number
        if ATTACHMENT.match(line.text) and number == first:
            number += 1
            continue
        if not _is_title_line(lines, number, first):
            break
        number += 1
        joined = "".join(part.text for part in lines[first:number])
        if GLUED.match(line.text) or (re.search(rf"{GENRES}$", joined) and len(joined) > 5):
            break
    return number


def _is_title_line(lines: Sequence[Line], number: int, first: int) -> bool:
    """Say whether a line is one of the title's, which begins at `first`."""
    line = lines[number].text
    if not is_title_like(line, 80) or is_subtitle(line) or has_marker(line) or is_front_matter(line):
        return False
    if re.fullmatch(r"目\s*[录次]", line):
        return False
    if byline_of_line(line) is not None or _CLOSING_NOTE.match(line) or is_date_line(line):
        return False
    if number > first:
        if _belongs_to_head(line, has_title=True):
            return False
        return _report_speaker("", lines, number) is None and not re.match(r"[（(]", line)
    return len(lines) > first + 1 or number > 0


def _title_of(lines: Sequence[Line]) -> tuple[str, str | None]:
    """Return main title and subtitle; the halves of one title join as they would be read."""
    if not lines:
        return "", None
    parts = [line.text for line in lines]
    if ATTACHMENT.match(parts[0]) and len(parts) > 1:
        rest, subtitle = with_subtitle(_joined_title(parts[1:]))
        return f"{parts[0].rstrip(':：').replace(' ', '')} {rest}", subtitle
    return with_subtitle(_joined_title(parts))


def _joined_title(parts: Sequence[str]) -> str:
    """Join the lines of a title: an official one was broken by its width, a newspaper's has two thoughts."""
    closed = [_SPACED_OUT.sub(lambda match: re.sub(r"\s", "", match.group()), part) for part in parts]
    together = "".join(closed)
    return together if re.search(rf"{GENRES}$", together) else " ".join(closed)


def with_subtitle(title: str) -> tuple[str, str | None]:
    """Split a title from the subtitle behind its dash."""
    match = GLUED.match(title) or _PLAIN_SUBTITLE.match(title)
    return (match["main"].strip(), match["sub"].strip()) if match else (title, None)


def is_subtitle(line: str) -> bool:
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


def is_closing_note(line: str) -> bool:
    """Say whether a line is printed below a signature: （此件公开发布）, 抄送, （联系电话：…）."""
    return _CLOSING_NOTE.match(line) is not None or (len(line) <= 60 and _BRACKETED.match(line) is not None)
