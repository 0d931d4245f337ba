"""`assistant reindex`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.settings import load_settings
from ui.commands.options import index_option, json_option, print_json


@click.command()
@index_option
@json_option
def reindex(index: Path | None, as_json: bool) -> None:
    """Embed an index again after the model has changed; nothing is read or added again."""
    settings = load_settings(index=index)
    from assistant.build import (
        reindex as embed_again,
    )  # opens engines: not for --help, nor for a wrong option

    passages = embed_again(settings, _show if sys.stderr.isatty() else None)
    if as_json:
        print_json({"reindexed": passages})
    elif passages:
        click.echo(f"reindexed  {passages} passages")
    else:
        click.echo("unchanged  the index has this model's vectors already")


def _show(done: int, total: int) -> None:
    """Write how far it is over what was written before."""
    click.echo(f"\r{done}/{total} passages", err=True, nl=done == total)
