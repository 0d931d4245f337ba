"""`assistant reindex`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.settings import load_settings
from ui.commands.options import index_option, json_option, print_json, record_change


@click.command()
@index_option
@json_option
def reindex(index: Path | None, as_json: bool) -> None:
    """Bring an index up to date after an upgrade or with another model, from the texts that it holds.

    Passages are embedded again where the model has changed, documents are read again where another version of this
    program had read them. Nothing is lost, and what was cited still verifies.
    """
    settings = load_settings(index=index)
    from assistant.build import (
        reindex as reindex_all,
    )  # opens engines: not for --help, nor for a wrong option

    done = reindex_all(settings, _show if sys.stderr.isatty() else None)
    if done.reread:
        record_change(index, "reindex", {"documents": done.reread})
    if as_json:
        print_json({"reindexed": done.embedded, "reread": done.reread})
        return
    if done.embedded:
        click.echo(f"reindexed  {done.embedded} passages")
    if done.reread:
        click.echo(f"re-read    {done.reread} documents")
    if not done.embedded and not done.reread:
        click.echo("unchanged  the index has this model's vectors and this version's readings already")


def _show(done: int, total: int, what: str) -> None:
    """Write how far it is over what was written before."""
    click.echo(f"\r{done}/{total} {what}", err=True, nl=done == total)
