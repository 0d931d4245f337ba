"""Answers, passages and lists as text for a terminal. Pure: takes values, returns strings."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from assistant.ledger_rows import LedgerRow
from assistant.model import AddReport, Answer, Citation, Status, Verification
from documents.model import Document
from index.model import DocumentRecord, Hit

_CONTROL = {code: "�" for code in [*range(32), 127, *range(128, 160)] if chr(code) not in "\n\t"}
_NEAREST = {"zh": "文件中最接近的内容:", "en": "The nearest that the documents say:"}


def safe(text: str) -> str:
    """Replace control characters, so that no document can drive the reader's terminal."""
    return text.translate(_CONTROL)


def one_line(text: str) -> str:
    """Return `text` on one line, safe to show."""
    return safe(" ".join(text.split()))


def answer_text(answer: Answer) -> str:
    """Return the answer, then each citation with its place and quote; for a decline the nearest facts."""
    blocks = [safe(answer.answer)]
    blocks += [_citation_text(citation) for citation in answer.citations]
    if answer.status is not Status.ANSWERED and answer.nearest:
        head = _NEAREST.get(answer.language, _NEAREST["en"])
        blocks.append("\n".join([head, *(f"  · {one_line(fact)}" for fact in answer.nearest)]))
    return "\n\n".join(blocks)


def _citation_text(citation: Citation) -> str:
    place = [
        citation.title,
        citation.section if citation.section != citation.title else "",
        citation.byline or "",
    ]
    if citation.page is not None:
        place.append(f"p. {citation.page}")
    head = " · ".join(one_line(part) for part in place if part)
    where = f"{citation.document_id} [{citation.start}, {citation.end})"
    return f"[{citation.marker}] {head}\n    “{safe(citation.quote)}”\n    {where}"


def hit_text(hit: Hit) -> str:
    """Return one passage with its rank, score and arms."""
    arms = ", ".join(f"{name} {arm.score:.3f} (#{arm.rank})" for name, arm in sorted(hit.arms.items()))
    passage = hit.passage
    where = f"{passage.document_id} [{passage.span.start}, {passage.span.end})"
    lines = [f"{hit.rank:>2}. {hit.score:.3f}  {where}  {arms}".rstrip()]
    if passage.context:
        lines.append(f"    {one_line(passage.context)}")
    return "\n".join([*lines, f"    {safe(passage.text)}"])


def report_text(report: AddReport) -> str:
    """Return one line on a path that was added, updated, read again or left as it is."""
    counts = f"{report.passages} passages, {report.indicators} figures"
    notes = f"  ({'; '.join(report.notes)})" if report.notes else ""
    return f"{report.state:<10} " + one_line(f"{report.document_id} · {counts} · {report.path}{notes}")


def record_table(records: Sequence[DocumentRecord]) -> str:
    """Return the library as a table."""
    if not records:
        return "The index holds no documents. Add some: assistant add PATH"
    rows = [("id", "title", "date", "passages", "figures", "groups")]
    rows += [
        (
            record.id,
            record.title + (f" (replaced by {record.superseded_by})" if record.superseded_by else ""),
            record.date.isoformat() if record.date else "",
            str(record.passages),
            str(record.indicators),
            ", ".join(sorted(record.groups)) or "everyone",
        )
        for record in records
    ]
    return table(rows)


def document_text(document: Document) -> str:
    """Return what is known of a document, its sections, and its text."""
    known = [
        ("title", document.title),
        ("id", document.id),
        ("revision", document.revision),
        ("source", document.source),
        ("date", document.date.isoformat() if document.date else None),
        ("number", document.number),
        ("issuer", document.issuer),
        ("place", document.place),
        ("notes", "; ".join(document.notes) or None),
    ]
    lines = [f"{name:<9} {one_line(value)}" for name, value in known if value]
    lines.append("")
    for section in document.sections:
        byline = f"  {section.byline}" if section.byline else ""
        span = f"[{section.span.start}, {section.span.end})"
        lines.append(f"{'  ' * section.level}{one_line(section.title)}{one_line(byline)}  {span}")
    return "\n".join([*lines, "", safe(document.text)])


def verification_text(citation: Citation, verification: Verification) -> str:
    """Return one line on a checked citation."""
    quote = citation.quote if len(citation.quote) <= 40 else citation.quote[:39] + "…"
    return one_line(f"[{citation.marker}] {verification.verdict.value:<10} “{quote}”  {verification.why}")


def ledger_table(rows: Sequence[LedgerRow]) -> str:
    """Return figures as a table with their section; the exports carry the whole evidence."""
    if not rows:
        return "No figure fits. Leave out --subject or --year to see all of them."
    cells = [("period", "name", "subject", "hedge", "comparator", "value", "kind", "said by", "source")]
    for row in rows:
        figure = row.indicator
        cells.append(
            (
                figure.period or "",
                figure.name,
                figure.subject or "",
                figure.hedge or "",
                figure.comparator or "",
                f"{figure.value}{figure.unit}",
                figure.kind.value,
                " ".join(part for part in (figure.body, figure.speaker) if part),
                row.section or row.title,
            )
        )
    return table(cells)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Align columns by width on the screen, where Chinese takes two places."""
    clean = [[_cut(one_line(cell)) for cell in row] for row in rows]
    widths = [max(_width(row[column]) for row in clean) for column in range(len(clean[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in clean
    )


def _cut(cell: str, most: int = 40) -> str:
    return cell if len(cell) <= most else cell[: most - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
