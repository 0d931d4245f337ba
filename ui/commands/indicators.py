"""`assistant indicators`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.ledger_rows import ledger_rows
from assistant.wire import indicator_json
from ui.commands.options import index_option, json_option, open_assistant, print_json
from ui.ledger_export import write_csv, write_xlsx
from ui.terminal import ledger_table


@click.command()
@click.option("--subject", metavar="S", help="Only figures about this city or body.")
@click.option("--year", type=click.IntRange(1000, 9999), metavar="Y", help="Only figures for this year.")
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="Write CSV."
)
@click.option(
    "--xlsx", "xlsx_file", type=click.Path(path_type=Path), metavar="FILE", help="Write an Excel workbook."
)
@index_option
@json_option
def indicators(
    subject: str | None,
    year: int | None,
    csv_file: Path | None,
    xlsx_file: Path | None,
    index: Path | None,
    as_json: bool,
) -> None:
    """List the figures and targets that the documents state, each with its evidence."""
    if sum((as_json, csv_file is not None, xlsx_file is not None)) > 1:
        raise click.UsageError("Give one of --json, --csv and --xlsx.")
    assistant = open_assistant(index)
    rows = ledger_rows(assistant, assistant.indicators(subject=subject, year=year))
    if as_json:
        print_json(
            {"indicators": [indicator_json(row.indicator, row.quote) for row in rows], "total": len(rows)}
        )
    elif csv_file is not None:
        write_csv(rows, csv_file)
    elif xlsx_file is not None:
        write_xlsx(rows, xlsx_file)
    else:
        click.echo(ledger_table(rows))
