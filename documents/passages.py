"""Passages: whole sentences of one section, of a length that is found well and read alone.

Where to break is a shortest-path problem over the sentences of a section: each passage costs what it lacks
of 120 characters or has over 250, each break inside a paragraph costs more the closer its sentences belong
together, and nothing breaks between a run-in heading and what stands under it.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.headings import scaffold
from documents.lines import is_list_item, is_table_row
from documents.model import Document, Passage, Section, Span
from documents.sentences import clauses, sentences

__all__ = ["clauses", "sentences", "split_passages"]

SHORTEST, LONGEST = 120, 250  # characters, in both of which a passage costs nothing
HARD_LIMIT = 600  # characters; a sentence longer than this is cut at its clauses
_TINY = 16  # characters; sentences that are shorter together are one atom, or a page of 好！ takes minutes
_FAR_TOO_LONG = 450  # characters, beyond which nothing is gained if there is another way
_SHORT_PENALTY, _LONG_PENALTY = 2.0, 3.0
_ACROSS_PARAGRAPHS = 0.6  # what it costs to hold two paragraphs together
_ACROSS_ITEMS = 0.1  # the same for neighbouring items of a list or a table
_BREAK_AT_PARAGRAPH, _BREAK_AT_SCAFFOLD, _BREAK_AT_SENTENCE, _BREAK_AT_SEMICOLON = 0.0, 0.4, 1.0, 2.5
_BREAK_AT_CLAUSE = 4.0
_NEVER = 1e6
_LONGEST_ITEM = 80
_NEAR_END = 8  # characters


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence, what a break before it costs, and whether a new paragraph begins with it."""

    span: Span
    break_before: float
    hold_before: float  # what it costs to keep it with the atom before
    headings: tuple[Span, ...]


def split_passages(document: Document) -> list[Passage]:
    """Return the passages of a document in reading order.

    Every character that is no white space lies in exactly one passage, or in the heading of a section that
    has text of its own only below further headings; such a heading is in the context of those passages.
    Ids are made of the document's id, the span and the text, so an unchanged passage keeps its id.
    """
    children: dict[int, list[Section]] = {}
    for section in document.sections:
        if section.parent is not None:
            children.setdefault(section.parent, []).append(section)
    found: list[Passage] = []
    for section in document.sections:
        for region in _own_regions(section, children.get(section.index, [])):
            of_body = section.level > 0 or section.body.holds(region)
            for span, headings in _pack(document.text, region):
                found.append(_passage(document, section, span, headings if of_body else ()))
    found.sort(key=lambda passage: passage.span)
    return found


def _own_regions(section: Section, children: Sequence[Section]) -> list[Span]:
    """Return the parts of a section that belong to none of the sections inside it.

    An article gives its head (title and what stands by it), its body and its tail (byline, signature) apart;
    the heading of a lower section opens its own text, and is left out where nothing of its own follows.
    """
    own: list[Span] = []
    child_ends = {child.span.start: child.span.end for child in children}
    start = section.span.start
    edges = [section.body.start, section.body.end] if section.level == 0 else []
    for cut in sorted({*edges, *(child.span.start for child in children)}):
        if cut > start:
            own.append(Span(start, cut))
        start = max(start, cut)
        start = child_ends.get(start, start)
    if start < section.span.end:
        own.append(Span(start, section.span.end))
    bare = section.level > 0 and children and own and section.title_span is not None
    if bare and section.title_span is not None and own[0].end - section.title_span.end <= 2:
        own = own[1:]
    return own


def _passage(document: Document, section: Section, span: Span, headings: tuple[Span, ...]) -> Passage:
    text = span.of(document.text)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    above = {
        one.title_span
        for one in _line_of_sections(document, section)
        if one.title_span is not None and one.level > 0
    }
    outside = tuple(heading for heading in headings if not span.holds(heading))
    return Passage(
        id=f"{document.id}:{span.start}-{span.end}:{digest}",
        document_id=document.id,
        section=section.index,
        span=span,
        text=text,
        context=_context(document, section, outside),
        headings=tuple(sorted(above | set(headings))),
    )


def _line_of_sections(document: Document, section: Section) -> list[Section]:
    """Return the sections around `section`, outermost first, itself last."""
    line = [section]
    while line[0].parent is not None:
        line.insert(0, document.sections[line[0].parent])
    return line


def _context(document: Document, section: Section, outside: Sequence[Span]) -> str:
    """Return what a passage stands under: place, title, headings, scaffold that is not in it, speaker."""
    line = _line_of_sections(document, section)
    parts = [one.title for one in line]
    if document.title not in parts[0] and not document.title.endswith("篇"):
        parts.insert(0, document.title)
    parts += [heading.of(document.text) for heading in outside]
    speaker = next((one.speaker for one in reversed(line) if one.speaker is not None), None)
    if speaker is not None and speaker.person not in parts[0]:
        parts.append(f"{speaker.body}{speaker.role}{speaker.person}")
    if document.place is not None and not any(document.place in part for part in parts):
        parts.insert(0, document.place)
    return "\n".join(part for part in parts if part)


def _pack(text: str, region: Span) -> list[tuple[Span, tuple[Span, ...]]]:
    """Return the cheapest way to cut a region into passages, with the scaffold each stands under."""
    atoms = _atoms(text, region)
    pieces = []
    end = len(atoms)
    chosen = _cheapest_starts(atoms)
    while end > 0:
        start = chosen[end]
        pieces.append((Span(atoms[start].span.start, atoms[end - 1].span.end), atoms[start:end]))
        end = start
    return [(span, _headings_of(group)) for span, group in reversed(pieces)]


def _cheapest_starts(atoms: Sequence[_Atom]) -> list[int]:
    """Return for each number of atoms where the last passage starts when they are cut most cheaply.

    Plain lists and numbers: this loop is most of the time that a long document takes.
    """
    begins = [atom.span.start for atom in atoms]
    cuts = [0.0, *(atom.break_before for atom in atoms[1:])]
    holds = [atom.hold_before for atom in atoms]
    costs = [0.0]
    chosen = [0]
    for end in range(1, len(atoms) + 1):
        last = atoms[end - 1].span.end
        lowest, where, held = math.inf, end - 1, 0.0
        for start in range(end - 1, -1, -1):
            length = last - begins[start]
            if length > _FAR_TOO_LONG and start < end - 1 and (length > HARD_LIMIT or lowest < _NEVER):
                break
            cost = costs[start] + cuts[start] + held + _LENGTH_COSTS[min(length, HARD_LIMIT)]
            if cost <= lowest:
                lowest, where = cost, start
            held += holds[start]
        costs.append(lowest)
        chosen.append(where)
    return chosen


def _length_cost(length: int) -> float:
    if length < SHORTEST:
        return _SHORT_PENALTY * ((SHORTEST - length) / SHORTEST) ** 2
    return _LONG_PENALTY * max(0.0, (length - LONGEST) / 100) ** 2


_LENGTH_COSTS = [_length_cost(length) for length in range(HARD_LIMIT + 1)]


def _headings_of(atoms: Sequence[_Atom]) -> tuple[Span, ...]:
    """Return the scaffold of all atoms of a passage, each once, in the order of the text."""
    return tuple(sorted({heading for atom in atoms for heading in atom.headings}))


def _atoms(text: str, region: Span) -> list[_Atom]:
    """Return the sentences of a region with the cost of a break before each."""
    atoms: list[_Atom] = []
    table_head: Span | None = None
    before: Span | None = None
    for match in re.finditer(r"\S[^\n]*", region.of(text)):
        line = Span(region.start + match.start(), region.start + len(match.group().rstrip()) + match.start())
        row = is_table_row(line.of(text))
        table_head = (table_head or line) if row else None
        hold = _hold(text, before, line)
        marks = [(0, table_head)] if table_head not in (None, line) and table_head else scaffold(text, line)
        atoms += _atoms_of_line(text, line, hold, marks if not row or table_head != line else [])
        before = line
    return atoms


def _hold(text: str, before: Span | None, line: Span) -> float:
    """Return what it costs to keep a paragraph in one passage with the one before it."""
    if before is None:
        return 0.0
    pair = (before.of(text), line.of(text))
    if all(is_table_row(one) or is_list_item(one) or len(one) <= _LONGEST_ITEM for one in pair):
        return _ACROSS_ITEMS
    return _ACROSS_PARAGRAPHS if len(pair[0]) > _LONGEST_ITEM else _ACROSS_ITEMS


def _atoms_of_line(text: str, line: Span, hold: float, marks: Sequence[tuple[int, Span]]) -> list[_Atom]:
    """Return the atoms of one paragraph; what follows a run-in heading is never torn from it."""
    atoms: list[_Atom] = []
    scaffolding = _Marks(marks)
    pieces = [piece for one in sentences(text, line) for piece in _bounded(text, one)]
    for piece in pieces:
        under = scaffolding.above(piece)
        if atoms and under == atoms[-1].headings and piece.end - atoms[-1].span.start <= _TINY:
            atoms[-1] = replace(atoms[-1], span=Span(atoms[-1].span.start, piece.end))
            continue
        if not atoms:
            cost, held = _BREAK_AT_PARAGRAPH, hold
        else:
            cost, held = _break_cost(text, atoms[-1].span, piece, scaffolding), 0.0
        atoms.append(_Atom(piece, cost, held, under))
    return atoms


def _bounded(text: str, sentence: Span) -> list[Span]:
    """Return a sentence whole, or in pieces of clauses when it is longer than any passage may be."""
    if sentence.end - sentence.start <= HARD_LIMIT:
        return [sentence]
    pieces: list[Span] = []
    start = sentence.start
    ends = [clause.end for clause in clauses(text, sentence)]
    ends = [end + 1 if end < sentence.end and text[end] in ",，;；:：" else end for end in ends[:-1]]
    for end, following in pairwise([*ends, sentence.end]):
        if following - start > LONGEST:
            pieces.append(Span(start, end))
            start = end
    pieces.append(Span(start, sentence.end))
    return [part for piece in pieces for part in _chopped(text, piece)]


def _chopped(text: str, piece: Span) -> list[Span]:
    """Cut what has no clause marks at all (a long run of letters, a list without punctuation)."""
    cuts = [*range(piece.start, piece.end, HARD_LIMIT), piece.end]
    found = []
    for start, end in pairwise(cuts):
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            found.append(Span(start, end))
    return found


class _Marks:
    """The scaffold of one paragraph, in the order of the text: looked up, for a paragraph may have thousands."""

    def __init__(self, marks: Sequence[tuple[int, Span]]) -> None:
        self._outer = sorted((span for depth, span in marks if depth == 0), key=_start_of)
        self._inner = sorted((span for depth, span in marks if depth == 1), key=_start_of)
        self._starts = sorted({span.start for _, span in marks})
        self._start_by_end: dict[int, int] = {}
        for _, span in marks:
            self._start_by_end[span.end] = max(span.start, self._start_by_end.get(span.end, 0))

    def above(self, piece: Span) -> tuple[Span, ...]:
        """Return the scaffold that a sentence stands under: its paragraph's heading, and the 一是 before it."""
        outer = self._outer[: bisect_right(self._outer, piece.start, key=_start_of)][-1:]
        begun = bisect_right(self._inner, piece.start, key=_start_of)
        ended = bisect_left(self._inner, piece.end, key=_start_of)
        return (*outer, *self._inner[max(0, begun - 1) : max(begun, ended)])

    def holds(self, before: Span) -> bool:
        """Say whether nothing may break behind a piece: it is a run-in heading, or one begins near its end."""
        at_end = self._start_by_end.get(before.end, -1) >= before.start
        near = bisect_left(self._starts, max(before.start, before.end - _NEAR_END))
        return at_end or (near < len(self._starts) and self._starts[near] < before.end)

    def begins(self, piece: Span) -> bool:
        """Say whether a part of the scaffold begins with a piece."""
        at = bisect_left(self._starts, piece.start)
        return at < len(self._starts) and self._starts[at] == piece.start


def _start_of(span: Span) -> int:
    return span.start


def _break_cost(text: str, before: Span, piece: Span, marks: _Marks) -> float:
    """Return what a break between two sentences of a paragraph costs."""
    if marks.holds(before):
        return _NEVER
    if marks.begins(piece):
        return _BREAK_AT_SCAFFOLD
    last = text[before.end - 1]
    if last in ";；":
        return _BREAK_AT_SEMICOLON
    return _BREAK_AT_CLAUSE if last in ",，:：" else _BREAK_AT_SENTENCE
