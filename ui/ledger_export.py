"""The indicator ledger as a table with its evidence: CSV for programs, XLSX for people."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.ledger_rows import LedgerRow

COLUMNS = (
    "name",
    "subject",
    "period",
    "hedge",
    "comparator",
    "value",
    "unit",
    "normalized",
    "base_unit",
    "kind",
    "flow",
    "speaker",
    "body",
    "carried_over",
    "document",
    "section",
    "byline",
    "quote",
    "document_id",
    "start",
    "end",
)
_WIDTHS = {"name": 28, "quote": 60, "document": 32, "section": 32, "carried_over": 32}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def row_cells(row: LedgerRow) -> tuple[str | int | float | None, ...]:
    """One value for each of `COLUMNS`."""
    figure = row.indicator
    carried = "; ".join(
        f"{name}: {part.text} [{part.span.start}, {part.span.end})"
        for name, part in figure.parts.items()
        if part.inherited
    )
    normalized = figure.normalized
    if normalized is not None and normalized == int(normalized) and abs(normalized) < 2**53:
        normalized = int(normalized)
    return (
        *(
            figure.name,
            figure.subject,
            figure.period,
            figure.hedge,
            figure.comparator,
            figure.value,
            figure.unit,
        ),
        *(normalized, figure.base_unit or None, figure.kind.value, "yes" if figure.flow else "no"),
        *(figure.speaker, figure.body, carried or None, row.title, row.section, row.byline, row.quote),
        *(figure.document_id, figure.clause.start, figure.clause.end),
    )


def csv_text(rows: Sequence[LedgerRow]) -> str:
    """Return the rows as CSV with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_inert(cell) for cell in row_cells(row)] for row in rows)
    return out.getvalue()


def write_csv(rows: Sequence[LedgerRow], path: Path) -> None:
    """Write CSV to `path`, with the mark by which Excel knows UTF-8; `-` is stdout, without it."""
    if str(path) == "-":
        sys.stdout.write(csv_text(rows))
        return
    try:
        path.write_bytes(b"\xef\xbb\xbf" + csv_text(rows).encode())
    except OSError as error:
        raise AssistantError(f"{path} cannot be written ({error.strerror}). Name another file.") from error


def write_xlsx(rows: Sequence[LedgerRow], path: Path) -> None:
    """Write an Excel workbook to `path`: header frozen, filter on, no cell that Excel would calculate."""
    from openpyxl import Workbook  # half a second that only this needs
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "indicators"
    sheet.append(COLUMNS)
    for number, row in enumerate(rows, 2):
        for column, cell in enumerate(row_cells(row), 1):
            place = sheet.cell(number, column)
            place.value = cell
            if isinstance(cell, str):
                place.data_type = "s"  # text that begins with = stays text
                place.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(COLUMNS, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 14)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    try:
        book.save(path)
    except OSError as error:
        raise AssistantError(f"{path} cannot be written ({error.strerror}). Name another file.") from error


def _inert(cell: str | int | float | None) -> str | int | float | None:
    """Keep spreadsheet programs from calculating text out of a document (OWASP: CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
