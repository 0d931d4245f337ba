"""Answers, evidence and tables as HTML: pure functions from values to text, made by autoescaped templates.

Everything that comes from documents, questions and answers is printed as text: the templates escape it,
nothing is marked safe but what the templates themselves write, and no Markdown is read. The browser tests
show that a script inside a document stays text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from ui.codes import verification_code
from ui.conversation import Card, Conversation, Figure
from ui.evidence_view import EvidenceView
from ui.export import source_line
from ui.figure_text import behind, in_front, period_text, printed
from ui.ledger_view import COLUMNS, PAGE, LedgerView
from ui.library_view import LibraryView, UploadState
from ui.texts import Texts

_CLAUSE_END = re.compile(r"[，,；;。、！!？?\n]|$")
_FULL_STOP = re.compile(r"[。.!!\s]+$")
_PRINTED_MARKER = re.compile(r"\s*[\[〔【](\d{1,2})[\]〕】]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer's text, or, with `marker`, the number of a citation."""

    text: str
    marker: int | None = None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ui", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["as_json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment


def render(template: str, texts: Texts, **values: object) -> str:
    """Fill in `template` (a file in `ui/templates`), which may use `say`, `gloss` and `values`."""
    made = _environment().get_template(template)
    return made.render(say=texts.say, gloss=texts.gloss, language=texts.language, **values)


def pieces_of(text: str, citations: Sequence[int], figures: Sequence[Figure] = ()) -> list[Piece]:
    """Cut an answer into text and citation numbers.

    Numbers that the text prints itself ([1]) stay where they are. The others stand behind the clause that
    holds their figure, or at the end when no figure of theirs is found.
    """
    places = [(m.start(), m.end(), int(m[1])) for m in _PRINTED_MARKER.finditer(text)]
    places = [place for place in places if place[2] in citations]
    missing = [marker for marker in citations if marker not in {place[2] for place in places}]
    for marker in missing:
        at = _behind_figure(text, [figure for figure in figures if figure.marker == marker])
        places.append((at, at, marker))
    pieces, done = [], 0
    for start, end, marker in sorted(places):
        if start > done:
            pieces.append(Piece(text[done:start]))
        pieces.append(Piece("", marker))
        done = max(done, end)
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return pieces


def _behind_figure(text: str, figures: Sequence[Figure]) -> int:
    """Return the end of the clause in which the last of `figures` is printed, else where the text ends."""
    ends = []
    for figure in figures:
        at = text.find(figure.value + figure.unit)
        if at >= 0:
            found = _CLAUSE_END.search(text, at + len(figure.value + figure.unit))
            ends.append(found.start() if found else len(text))
    stripped = len(_FULL_STOP.sub("", text))
    return max(ends, default=stripped if text else 0)


def copy_text(card: Card, texts: Texts) -> str:
    """Return what the copy button copies: the answer, and a line for each source with its code."""
    lines = [card.answer]
    lines += [texts.say("source_line") + source_line(citation, texts) for citation in card.citations]
    return "\n".join(lines)


def transcript(
    conversation: Conversation,
    texts: Texts,
    *,
    pending: bool = False,
    notice: str = "",
) -> str:
    """Return the conversation as HTML; `pending` says that the last question is being looked up."""
    return render(
        "transcript.html",
        texts,
        conversation=conversation,
        pending=pending,
        notice=notice,
        pieces_of=lambda card: pieces_of(
            card.answer, [citation.marker for citation in card.citations], card.figures
        ),
        in_front=in_front,
        behind=behind,
        period_text=lambda figure: period_text(figure.period, figure.by_period, texts),
        copy_text=lambda card: copy_text(card, texts),
    )


def start(
    examples: Sequence[str], archive: Sequence[Conversation], texts: Texts, *, library_empty: bool = False
) -> str:
    """Return what stands under the welcome: questions to try, and earlier conversations."""
    return render("start.html", texts, examples=examples, archive=archive, library_empty=library_empty)


def evidence(view: EvidenceView | None, texts: Texts, notice: str = "") -> str:
    """Return the evidence panel as HTML; without a view, what to do to fill it, or `notice`."""
    payload = code = ""
    if view is not None:
        carried = [list(part) for part in view.carried_spans]
        payload = json.dumps(
            {"citation": asdict(view.citation), "carried": carried, "whole": view.whole}, ensure_ascii=False
        )
        code = verification_code(view.citation)
    return render("evidence.html", texts, view=view, payload=payload, code=code, notice=notice)


def ledger(view: LedgerView, texts: Texts) -> str:
    """Return the indicators tab as HTML."""
    return render(
        "ledger.html",
        texts,
        view=view,
        columns=COLUMNS,
        page_size=PAGE,
        printed=printed,
        period_text=lambda row: period_text(row.period, row.by_period, texts),
    )


def library(view: LibraryView, texts: Texts, *, may_write: bool, notice: str = "") -> str:
    """Return the library's tables as HTML."""
    return render("library.html", texts, view=view, may_write=may_write, notice=notice, printed=printed)


def uploads(states: Sequence[UploadState], texts: Texts) -> str:
    """Return what became of each uploaded file as HTML."""
    return render("uploads.html", texts, uploads=states)
