"""What proves a figure of the ledger: the clauses that state it, whole and each once."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.asked_periods import sentence_of
from assistant.answers.drafts import Evidence
from assistant.answers.evidence import Pool
from documents.model import Indicator, Span
from documents.sentences import line_of

_BESIDE = range(3)  # characters between figures that are printed as one list
_LONGEST_RUN = 120  # characters of a quoted list of figures


def evidence_of(pool: Pool, row: Indicator) -> Evidence:
    """Return the clauses that state a row, with those that it leans on or that lean on it.

    力争2025年…突破1000亿元,2030年突破2000亿元 is quoted whole for either year: each half needs the other to be read.
    """
    document = pool.documents[row.document_id]
    start, end = row.clause
    related = [
        other.clause
        for other in pool.rows
        if other.document_id == row.document_id and other.section == row.section
    ]
    sentence = sentence_of(pool, row)
    limit = sentence.span if sentence else row.clause
    grown = True
    while grown:
        grown = False
        for clause in related:
            both = Span(min(start, clause.start), max(end, clause.end))
            overlaps = clause.start < end and start < clause.end
            beside = clause.start - end in _BESIDE or start - clause.end in _BESIDE
            joins = overlaps or (beside and limit.holds(both) and both.end - both.start <= _LONGEST_RUN)
            if joins and both != (start, end):
                (start, end), grown = both, True
    return Evidence(document, document.sections[row.section], _whole_clauses(pool, row, Span(start, end)))


def cited_together(
    pool: Pool, rows: Sequence[Indicator]
) -> tuple[tuple[Evidence, ...], tuple[tuple[Indicator, int], ...]]:
    """Return the evidence of rows, each stretch once, and for each row the index of its evidence."""
    found: dict[tuple[str, Span], int] = {}
    evidence: list[Evidence] = []
    cited = []
    for row in rows:
        proof = evidence_of(pool, row)
        key = (row.document_id, proof.span)
        if key not in found:
            found[key] = len(evidence)
            evidence.append(proof)
        cited.append((row, found[key]))
        if "row" in row.parts:
            heading = Evidence(
                proof.document, proof.section, line_of(proof.document.text, row.parts["name"].span)
            )
            if (row.document_id, heading.span) not in found:
                found[row.document_id, heading.span] = len(evidence)
                evidence.append(heading)
    return tuple(evidence), tuple(cited)


def _whole_clauses(pool: Pool, row: Indicator, span: Span) -> Span:
    """Return the span grown to the ends of the clauses in which it begins and ends."""
    for sentence in pool.sentences:
        if sentence.document.id == row.document_id and sentence.span.start <= span.start < sentence.span.end:
            touched = [c.span for c in sentence.clauses if c.span.touches(span)]
            if touched:
                return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))
    return span
