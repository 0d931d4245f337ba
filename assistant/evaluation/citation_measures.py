"""Whether citations prove the answer: recall and precision against evidence, and quotes that are exact.

ALCE (Gao et al. 2023, arXiv:2305.14627) asks a language model whether the cited passages entail a statement
and whether each is needed. Here the evaluator has named the evidence, so both become questions of text,
answered the same way every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.evaluation.corpus import Corpus
from assistant.evaluation.model import Quote
from assistant.evaluation.verdicts import without_space

_OVERLAP = 0.5


def citation_recall(quotes: Sequence[str], evidence: Sequence[str]) -> float | None:
    """Return the share of the pieces of evidence that lie whole inside one quote, white space apart.

    None where the case names no evidence.
    """
    if not evidence:
        return None
    printed = [without_space(quote) for quote in quotes]
    return sum(any(piece in quote for quote in printed) for piece in evidence) / len(evidence)


def citation_precision(quotes: Sequence[str], evidence: Sequence[str]) -> float | None:
    """Return the share of the quotes that say some of the evidence; None without evidence or quotes.

    A quote says some of it when the longest text that both share is at least half of the shorter one.
    """
    if not evidence or not quotes:
        return None
    relevant = sum(any(_overlaps(without_space(quote), piece) for piece in evidence) for quote in quotes)
    return relevant / len(quotes)


def _overlaps(quote: str, piece: str) -> bool:
    if quote in piece or piece in quote:
        return bool(quote)
    shared = SequenceMatcher(None, quote, piece, autojunk=False).find_longest_match().size
    return shared >= _OVERLAP * min(len(quote), len(piece))


def bad_quotes(quotes: Sequence[Quote], corpus: Corpus | None) -> tuple[str, ...]:
    """Return why each inexact quote is one: `document.text[start:end] == quote` in the named revision.

    A quote without a place (from a file of predictions) is exact when some document holds it to the letter.
    Without a corpus nothing can be checked, and nothing is blamed.
    """
    if corpus is None:
        return ()
    return tuple(why for quote in quotes if (why := _why_inexact(quote, corpus)) is not None)


def _why_inexact(quote: Quote, corpus: Corpus) -> str | None:
    if not quote.text:
        return "an empty quote"
    if quote.document_id is None or quote.span is None:
        return None if corpus.holds(quote.text) else f"no document holds {quote.text!r}"
    document = corpus.document(quote.document_id)
    if document is None:
        return f"no document {quote.document_id!r} for {quote.text!r}"
    if quote.revision and quote.revision != document.revision:
        return f"{quote.document_id} has revision {document.revision[:12]}, cited {quote.revision[:12]}"
    printed = quote.span.of(document.text)
    if printed != quote.text:
        place = f"{quote.span.start}–{quote.span.end} of {quote.document_id}"
        return f"{place} says {printed!r}, cited {quote.text!r}"
    return None
