"""An item and what its list says of it: 下列情形不予受理: + (五)超过期限的, where neither is the answer alone."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.drafts import Draft, Evidence
from assistant.answers.enumerations import items_behind
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.phrasing import LONGEST, clipped, quoted
from assistant.answers.spans import Window
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams
from documents.folding import fold
from documents.model import Document, Span
from documents.sentences import line_of

_KINDS = {Kind.YES_NO, Kind.WHAT}
_LABEL = 14  # characters of an item that only names what its line tells: （一）落户补贴。
_TOLD = 110  # characters of such a line that are told
_ABOVE = 3  # announcing sentences above an item that may be its list's


def answer_item_of_list(question: Question, pool: Pool, window: Window) -> Draft | None:
    """Return the announcing sentence with the one item of its list that the question is about, or None.

    The window may be the announcement or the item. Where the question says nothing that sets one item apart from the
    others, there is no answer here.
    """
    if question.kind not in _KINDS or question.language != "zh":
        return None
    lead = window.sentence if _announces(window.sentence) else _lead_above(pool, window)
    if lead is None:
        return None
    document = lead.document
    items = items_behind(document, lead.span.end)
    if lead is not window.sentence:
        items = [item for item in items if item.touches(window.sentence.span)]
    item = item_asked_for(question.terms, pool, document, lead.grams | lead.article_grams, items)
    return _told(question, lead, item, window) if item is not None else None


def item_asked_for(
    terms: Sequence[Term], pool: Pool, document: Document, announced: frozenset[str], items: Sequence[Span]
) -> Span | None:
    """Return the one item that says most of what sets the terms apart from the announcement of its list, or None."""
    apart = [
        one
        for one in terms
        if one.describes and not one.optional and pool.support(one, [(1.0, announced)]) < SAID
    ]
    text = document.text
    said = [(pool.coverage(apart, [(1.0, grams(fold(item.of(text))))]), item) for item in items]
    said = [(share, item) for share, item in said if share >= SAID]
    best = max(said, key=lambda pair: pair[0], default=None)
    if not apart or best is None or sum(share == best[0] for share, _ in said) > 1:
        return None
    return best[1]


def _told(question: Question, lead: Sentence, item: Span, window: Window) -> Draft:
    document = lead.document
    if item.end - item.start <= _LABEL:
        line = line_of(document.text, item)
        item = Span(item.start, min(line.end, item.start + _TOLD))
    said = item.of(document.text).strip().rstrip("。;；")
    text = f"{last_clauses(lead, LONGEST - len(said))}{said}"
    proofs = tuple(Evidence(document, lead.section, span) for span in (lead.span, item))
    told = quoted(question.language, clipped(text, LONGEST))
    return Draft("item_of_list", told, proofs, confidence=window.coverage)


def last_clauses(lead: Sentence, room: int) -> str:
    """Return as many of the last clauses of an announcement as there is room for, one at least."""
    document, end = lead.document, lead.span.end
    starts = [clause.span.start for clause in lead.clauses if end - clause.span.start <= room]
    return Span(min(starts, default=lead.clauses[-1].span.start), end).of(document.text).strip()


def _announces(sentence: Sentence) -> bool:
    return sentence.key.rstrip().endswith(":")


def _lead_above(pool: Pool, window: Window) -> Sentence | None:
    """Return the announcing sentence of the list in which a window's sentence is an item, or None."""
    own = window.sentence
    above = [
        s for s in pool.sentences
        if s.document.id == own.document.id and s.span.end <= own.span.start and _announces(s)
    ]  # fmt: skip
    for lead in sorted(above, key=lambda s: -s.span.end)[:_ABOVE]:
        if any(item.touches(own.span) for item in items_behind(lead.document, lead.span.end)):
            return lead
    return None
