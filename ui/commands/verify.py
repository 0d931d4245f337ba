"""`assistant verify`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.errors import CitationError
from assistant.model import Verdict
from assistant.wire import citations_from_json, verifications_json
from ui.commands.options import index_option, json_option, open_assistant, print_json, read_json
from ui.terminal import verification_text


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.json")
@click.option("--strict", is_flag=True, help="Leave with exit code 1 unless every citation was found.")
@index_option
@json_option
def verify(file: Path, strict: bool, index: Path | None, as_json: bool) -> None:
    """Check the citations of saved answers against the documents as they are now."""
    remedy = "Give a file that `assistant ask … --json` wrote."
    citations = citations_from_json(read_json(file, CitationError, remedy))
    verifications = open_assistant(index).verify(citations)
    if as_json:
        print_json(verifications_json(citations, verifications))
    else:
        for citation, verification in zip(citations, verifications, strict=True):
            click.echo(verification_text(citation, verification))
        found = sum(verification.verdict is Verdict.FOUND for verification in verifications)
        click.echo(f"{found} of {len(citations)} citations found as cited.")
    if strict and any(verification.verdict is not Verdict.FOUND for verification in verifications):
        raise click.exceptions.Exit(1)
