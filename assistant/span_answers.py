"""The smallest clauses that answer, in the source's own words, or None when no clause supports the question enough."""

from __future__ import annotations

import re

from assistant import phrasing
from assistant.drafts import Draft, Evidence
from assistant.evidence import Pool
from assistant.glossary import english_for
from assistant.questions import Kind, Question
from assistant.spans import Window, best_windows
from documents.model import Span

_WHOLE = {
    Kind.LIST,
    Kind.YES_NO,
    Kind.DEFINITION,
}  # kinds whose answer a part of a sentence may leave incomplete
WHOLE_SENTENCE = 90  # a sentence up to this long is quoted whole: its clauses lean on each other


def answer_quotation(question: Question, pool: Pool, least: float) -> Draft | None:
    """Return the whole sentence that speaks of what the question names."""
    for window in best_windows(question, pool, most=1):
        if window.coverage >= least:
            sentence = window.sentence
            text = phrasing.clipped(sentence.text.strip(), phrasing.LONGEST)
            evidence = (Evidence(sentence.document, sentence.section, sentence.span),)
            return Draft("quotation", _said(question, text), evidence, confidence=window.coverage)
    return None


def answer_span(question: Question, pool: Pool, window: Window) -> Draft:
    """Return the answer that one window gives, with the sentence (or the window of a long one) as its proof."""
    sentence = window.sentence
    document = sentence.document
    quote = sentence.span if len(sentence.text) <= WHOLE_SENTENCE else _widened(window)
    whole = question.kind in _WHOLE and len(sentence.text) <= WHOLE_SENTENCE
    shown = sentence.span if whole else window.span
    text = phrasing.clipped(shown.of(document.text).strip().rstrip("。;；,，"), phrasing.LONGEST - 40)
    evidence = (Evidence(document, sentence.section, quote),)
    return Draft("span", _said(question, text), evidence, confidence=window.coverage)


def _widened(window: Window) -> Span:
    """Return the window with the clause before and after it, as far as the sentence goes."""
    parts = window.sentence.clauses
    first = next(at for at, part in enumerate(parts) if part.span.start == window.span.start)
    last = next(at for at, part in enumerate(parts) if part.span.end == window.span.end)
    return Span(parts[max(0, first - 1)].span.start, parts[min(len(parts) - 1, last + 1)].span.end)


def _said(question: Question, text: str) -> str:
    if question.language != "en":
        return f"{text}。" if not re.search(r"[。!?！？”]$", text) else text
    terms = [term for term in re.findall(r"[\u4e00-\u9fff]{2,12}", text) if english_for(term)]
    gloss = "; ".join(f"{term}: {english_for(term)}" for term in dict.fromkeys(terms))
    return f'The document says: "{text}"' + (f" ({gloss})" if gloss else "") + "."
