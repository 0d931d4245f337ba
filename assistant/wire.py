"""Our dataclasses as the JSON that the outside sees, and back; the command line and the API both speak this.

Keys stand in a fixed order and nothing here depends on time or machine: the same answer is the same bytes,
`took_ms` aside. Fields may be added; what stands here keeps its name and meaning. Reading back accepts what
a saved answer may look like and says what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard, cast

from assistant.errors import CitationError, HistoryError
from assistant.model import AddReport, Answer, Citation, CitedIndicator, Turn, Verdict, Verification
from assistant.rereading import is_outdated
from documents.model import Document, Indicator, Section, Span
from index.model import DocumentRecord, Hit

Json = dict[str, object]

_EXACT = 2**53  # integers up to here survive every JSON reader
_MAX_QUOTE = 100_000


def dumps(value: object) -> str:
    """Return `value` as one line of JSON with printed Chinese, always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def answer_json(answer: Answer) -> Json:
    """Return an answer in the contract's shape."""
    return {
        "question": answer.question,
        "language": answer.language,
        "status": answer.status.value,
        "reason": answer.reason.value if answer.reason else None,
        "answer": answer.answer,
        "citations": [citation_json(citation) for citation in answer.citations],
        "indicators": [cited_indicator_json(cited) for cited in answer.indicators],
        "nearest": list(answer.nearest),
        "confidence": round(answer.confidence, 4),
        "method": answer.method,
        "took_ms": round(answer.took_ms, 1),
    }


def citation_json(citation: Citation) -> Json:
    """Return a citation in the contract's shape."""
    return {
        "marker": citation.marker,
        "document_id": citation.document_id,
        "revision": citation.revision,
        "title": citation.title,
        "section": citation.section,
        "byline": citation.byline,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def cited_indicator_json(cited: CitedIndicator) -> Json:
    """Return a ledger row as an answer shows it: with the citation that holds it."""
    return {**_figure_json(cited.indicator), "citation": cited.citation}


def indicator_json(indicator: Indicator, quote: str | None = None) -> Json:
    """Return a ledger row with where it stands; `quote` is its clause."""
    return {
        "id": indicator.id,
        **_figure_json(indicator),
        "document_id": indicator.document_id,
        "passage_id": indicator.passage_id,
        "section": indicator.section,
        "start": indicator.clause.start,
        "end": indicator.clause.end,
        "quote": quote,
    }


def _figure_json(indicator: Indicator) -> Json:
    return {
        "name": indicator.name,
        "subject": indicator.subject,
        "period": indicator.period,
        "value": indicator.value,
        "unit": indicator.unit,
        "normalized": _number(indicator.normalized),
        "base_unit": indicator.base_unit,
        "comparator": indicator.comparator,
        "hedge": indicator.hedge,
        "kind": indicator.kind.value,
        "flow": indicator.flow,
        "by_period": indicator.by_period,
        "speaker": indicator.speaker,
        "body": indicator.body,
        "value_span": _span(indicator.value_span),
        "inherited": {name: _span(part.span) for name, part in indicator.parts.items() if part.inherited},
    }


def _number(value: float | None) -> int | float | None:
    """200000000000.0 → 200000000000; what is no finite number has no place in JSON."""
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value == int(value) and abs(value) < _EXACT else value


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def hit_json(hit: Hit) -> Json:
    """Return a found passage with its score, its rank and what each arm said."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "document_id": passage.document_id,
        "passage_id": passage.id,
        "section": passage.section,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "context": passage.context,
        "arms": {
            name: {"score": round(arm.score, 6), "rank": arm.rank} for name, arm in sorted(hit.arms.items())
        },
    }


def record_json(record: DocumentRecord) -> Json:
    """Return a line of the library."""
    return {
        "id": record.id,
        "title": record.title,
        "source": record.source,
        "revision": record.revision,
        "date": record.date.isoformat() if record.date else None,
        "groups": sorted(record.groups),
        "passages": record.passages,
        "indicators": record.indicators,
        "characters": record.characters,
        "added_at": record.added_at.isoformat(),
        "superseded_by": record.superseded_by,
        "reading": "outdated" if is_outdated(record) else "current",
    }


def document_json(document: Document) -> Json:
    """Return what is known of a document and its sections, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "revision": document.revision,
        "source": document.source,
        "date": document.date.isoformat() if document.date else None,
        "number": document.number,
        "issuer": document.issuer,
        "place": document.place,
        "pages": len(document.page_starts),
        "characters": len(document.text),
        "notes": list(document.notes),
        "sections": [_section_json(section) for section in document.sections],
    }


def _section_json(section: Section) -> Json:
    speaker = section.speaker
    return {
        "index": section.index,
        "level": section.level,
        "parent": section.parent,
        "title": section.title,
        "subtitle": section.subtitle,
        "byline": section.byline,
        "author": section.author,
        "speaker": speaker and {"person": speaker.person, "role": speaker.role, "body": speaker.body},
        "start": section.span.start,
        "end": section.span.end,
    }


def report_json(report: AddReport) -> Json:
    """Return what became of one path."""
    return {
        "path": report.path,
        "state": report.state,
        "document_id": report.document_id,
        "passages": report.passages,
        "indicators": report.indicators,
        "error": report.error,
        "notes": list(report.notes),
    }


def verifications_json(citations: Sequence[Citation], verifications: Sequence[Verification]) -> Json:
    """Return each citation's verdict with why, and how many of each verdict there are."""
    results: list[Json] = [
        {
            "marker": citation.marker,
            "document_id": citation.document_id,
            "quote": citation.quote,
            "verdict": verification.verdict.value,
            "why": verification.why,
            "start": verification.start,
            "end": verification.end,
        }
        for citation, verification in zip(citations, verifications, strict=True)
    ]
    counts = {verdict.value: sum(v.verdict is verdict for v in verifications) for verdict in Verdict}
    return {"results": results, "counts": counts}


def turns_from_json(value: object) -> list[Turn]:
    """Read a history: a list of {"question", "answer"}, or an object that holds one as "history"."""
    if isinstance(value, Mapping):
        value = value.get("history", [value])
    if not isinstance(value, list):
        raise HistoryError(f"The history is {_kind(value)}, not a list. {_HISTORY_SHAPE}")
    turns = []
    for number, item in enumerate(value, 1):
        question = item.get("question") if isinstance(item, Mapping) else None
        answer = item.get("answer", "") if isinstance(item, Mapping) else None
        if not isinstance(question, str) or not isinstance(answer, str):
            raise HistoryError(
                f"Turn {number} of the history has no question and answer as text. {_HISTORY_SHAPE}"
            )
        turns.append(Turn(question, answer))
    return turns


_HISTORY_SHAPE = 'Give a JSON list of {"question": "…", "answer": "…"}, oldest first.'


def citations_from_json(value: object) -> list[Citation]:
    """Collect the citations of saved answers: answers, lists of them, batch responses or bare citations."""
    citations = [_citation(item, number) for number, item in enumerate(_raw_citations(value), 1)]
    if not citations and not _is_saved_answer(value):
        raise CitationError(
            "There are no saved answers in this. Save one with `assistant ask … --json > answer.json`."
        )
    return citations


def _is_saved_answer(value: object) -> bool:
    """Tell an answer that declined, which rightly has no citations, from something else."""
    if isinstance(value, list):
        return bool(value) and all(_is_saved_answer(item) for item in value)
    return isinstance(value, Mapping) and ("citations" in value or "answers" in value)


def _raw_citations(value: object) -> Iterable[Mapping[str, object]]:
    if isinstance(value, list):
        for item in value:
            yield from _raw_citations(item)
    elif isinstance(value, Mapping):
        held = [value[key] for key in ("citations", "answers") if isinstance(value.get(key), list)]
        if held:
            for part in held:
                yield from _raw_citations(part)
        elif "quote" in value:
            yield cast(Mapping[str, object], value)


def _citation(item: Mapping[str, object], number: int) -> Citation:
    start, end, quote, document = (item.get(key) for key in ("start", "end", "quote", "document_id"))
    if not (isinstance(document, str) and isinstance(quote, str) and _is_offset(start) and _is_offset(end)):
        raise CitationError(
            f"Citation {number} lacks document_id, quote, start or end. Give it as the assistant wrote it."
        )
    if len(quote) > _MAX_QUOTE:
        raise CitationError(
            f"The quote of citation {number} has {len(quote)} characters; at most {_MAX_QUOTE} are checked."
        )
    page, byline, marker = item.get("page"), item.get("byline"), item.get("marker")
    return Citation(
        marker=marker if _is_offset(marker) else number,
        document_id=document,
        revision=str(item.get("revision") or ""),
        title=str(item.get("title") or ""),
        section=str(item.get("section") or ""),
        byline=str(byline) if byline is not None else None,
        page=page if isinstance(page, int) else None,
        start=start,
        end=end,
        quote=quote,
    )


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _EXACT


def _kind(value: object) -> str:
    return {str: "text", dict: "an object", int: "a number", float: "a number", type(None): "empty"}.get(
        type(value), "something else"
    )
