"""`assistant status`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.rereading import advice, is_outdated
from ui.commands.options import index_option, json_option, open_assistant, print_json
from ui.terminal import one_line


@click.command()
@index_option
@json_option
def status(index: Path | None, as_json: bool) -> None:
    """Say how much the index holds, what made it, and what is to be done after an upgrade."""
    assistant = open_assistant(index)
    held, records = assistant.index.statistics(), assistant.documents()
    outdated = [record.id for record in records if is_outdated(record)]
    remedy = advice(records, assistant.index.folder)
    if as_json:
        print_json(
            {
                "index": str(assistant.index.folder),
                "documents": held.documents,
                "passages": held.passages,
                "indicators": held.indicators,
                "characters": held.characters,
                "bytes_on_disk": held.bytes_on_disk,
                "generation": held.generation,
                "model": held.embedder,
                "dimension": held.dimension,
                "outdated": outdated,
                "remedy": remedy,
            }
        )
        return
    rows = [
        ("index", f"{assistant.index.folder}, {held.bytes_on_disk / 1e6:,.1f} MB"),
        ("holds", f"{held.documents:,} documents, {held.passages:,} passages, {held.indicators:,} figures"),
        ("model", f"{held.embedder}, {held.dimension} dimensions"),
        ("readings", remedy or "all by this version"),
    ]
    for name, value in rows:
        click.echo(f"{name:<9} {one_line(value)}")
