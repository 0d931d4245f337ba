"""`assistant audit`: check and export the record of who asked and who changed what."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from assistant.audit import read_audit, verify_audit
from assistant.errors import AuditError
from assistant.folders import audit_file
from assistant.settings import load_settings
from assistant.wire import Json, dumps
from ui.commands.options import index_option, json_option, print_json

_COLUMNS = ("seq", "time", "action", "kind", "id", "name", "request_id", "detail", "hash")


@click.group()
def audit() -> None:
    """Check and export the audit log."""


@audit.command()
@click.option(
    "--head", metavar="HASH", help="A hash printed earlier and kept elsewhere; must be part of the log."
)
@index_option
@json_option
def verify(head: str | None, index: Path | None, as_json: bool) -> None:
    """Check that no line was changed, cut out or put in; otherwise name the first such line."""
    path = audit_file(load_settings(index=index))
    found = verify_audit(path, head=head)
    if as_json:
        print_json({"path": str(path), "records": found.records, "head": found.hash})
    else:
        click.echo(f"{found.records} records, whole and unchanged. Head: {found.hash}")


@audit.command()
@click.option("--since", type=click.DateTime(), metavar="DATE", help="Only records from then on (UTC).")
@click.option("--until", type=click.DateTime(), metavar="DATE", help="Only records before then (UTC).")
@click.option("--action", metavar="NAME", help="Only this action: ask, search, upload, delete, key-created …")
@click.option("--actor", metavar="ID", help="Only this key or login.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE", help="Write CSV.")
@index_option
def export(
    since: datetime | None,
    until: datetime | None,
    action: str | None,
    actor: str | None,
    csv_file: Path | None,
    index: Path | None,
) -> None:
    """Print the records as JSON lines, or write them as CSV; the chain is checked first."""
    path = audit_file(load_settings(index=index))
    verify_audit(path)
    found = _chosen(path, since, until, action, actor)
    if csv_file is None:
        for record in found:
            click.echo(dumps(record))
        return
    try:
        csv_file.write_bytes(b"\xef\xbb\xbf" + _csv(found).encode())
    except OSError as error:
        raise AuditError(f"{csv_file} cannot be written ({error.strerror}). Name another file.") from error


def _chosen(
    path: Path, since: datetime | None, until: datetime | None, action: str | None, actor: str | None
) -> Iterator[Json]:
    for record in read_audit(path):
        who, when = record.get("actor"), str(record.get("time"))
        if since and when < since.isoformat():
            continue
        if until and when >= until.isoformat():
            continue
        if action and record.get("action") != action:
            continue
        if actor and not (isinstance(who, dict) and who.get("id") == actor):
            continue
        yield record


def _csv(records: Iterator[Json]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for record in records:
        who = record.get("actor")
        actor = who if isinstance(who, dict) else {}
        flat: Json = {**record, **actor, "detail": dumps(record.get("detail"))}
        writer.writerow([_inert(flat.get(column)) for column in _COLUMNS])
    return out.getvalue()


def _inert(cell: object) -> object:
    """Keep spreadsheet programs from calculating a name that someone chose."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
