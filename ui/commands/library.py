"""`assistant add`, `remove`, `list` and `show`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.wire import Json, document_json, dumps, record_json, report_json
from ui.commands.options import index_option, json_option, open_assistant, print_json, record_change
from ui.terminal import document_text, one_line, record_table, report_text


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="Only for this group of users; repeat for several. Without it: for every user of the index.",
)
@index_option
@json_option
def add(paths: tuple[str, ...], groups: tuple[str, ...], index: Path | None, as_json: bool) -> None:
    """Index files or folders; a file that fails is told and does not stop the rest."""
    reports = open_assistant(index).add(list(paths), groups=frozenset(groups))
    if as_json:
        print_json({"documents": [report_json(report) for report in reports]})
    for report in reports:
        if report.state in ("added", "updated", "re-read"):
            name = Path(report.path).name
            detail: Json = {"document_id": report.document_id, "name": name, "groups": sorted(groups)}
            record_change(index, "add", detail)
    failed = [report for report in reports if report.state == "failed"]
    for report in reports:
        if report.state == "failed":
            click.echo(one_line(f"assistant: {report.path}: {report.error}"), err=True)
        elif not as_json:
            click.echo(report_text(report))
    if failed:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("document_ids", nargs=-1, required=True, metavar="DOCUMENT_ID...")
@index_option
@json_option
def remove(document_ids: tuple[str, ...], index: Path | None, as_json: bool) -> None:
    """Remove documents from the index."""
    removed = open_assistant(index).remove(list(document_ids))
    for document_id in removed:
        record_change(index, "remove", {"document_id": document_id})
    if as_json:
        print_json({"removed": removed})
    else:
        for document_id in removed:
            click.echo(f"removed    {document_id}")


@click.command("list")
@index_option
@json_option
def list_documents(index: Path | None, as_json: bool) -> None:
    """List the documents of the index."""
    records = open_assistant(index).documents()
    if as_json:
        print_json({"documents": [record_json(record) for record in records]})
    else:
        click.echo(record_table(records))


@click.command()
@click.argument("document_id", metavar="ID")
@index_option
@json_option
def show(document_id: str, index: Path | None, as_json: bool) -> None:
    """Show one document: what is known of it, its sections, its text."""
    document = open_assistant(index).document(document_id)
    if as_json:
        click.echo(dumps({**document_json(document), "text": document.text}))
    else:
        click.echo(document_text(document))
