"""`assistant serve`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.settings import load_settings
from ui.commands.options import index_option


@click.command()
@click.option("--host", metavar="ADDRESS", help="Address to bind; 127.0.0.1 unless set.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to bind; 8000 unless set, 0 for a free one."
)
@index_option
def serve(host: str | None, port: int | None, index: Path | None) -> None:
    """Serve the page and the API in one process."""
    settings = load_settings(index=index, host=host, port=port)
    from ui.serving import (
        run_server,
    )  # brings FastAPI and Gradio: not before the settings are known to be right

    run_server(settings)
