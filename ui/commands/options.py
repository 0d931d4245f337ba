"""What several commands share: their options, opening the assistant, writing one JSON document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from assistant.assistant import Assistant
from assistant.audit import AuditLog
from assistant.errors import AssistantError
from assistant.folders import audit_file
from assistant.settings import load_settings
from assistant.wire import Json, dumps

Command = Callable[..., Any]
COMMAND_LINE: Json = {"kind": "local", "id": "command line"}


def index_option(command: Command) -> Command:
    """Add --index DIR."""
    return click.option(
        "--index",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Index folder; without it ASSISTANT_INDEX__PATH, or the sample documents.",
    )(command)


def json_option(command: Command) -> Command:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def open_assistant(index: Path | None) -> Assistant:
    """Build the assistant over the index that the command line or the environment names."""
    settings = load_settings(index=index)
    from assistant.build import build_assistant  # opens engines: not for --help, nor for a wrong option

    return build_assistant(settings, tell)


def record_change(index: Path | None, action: str, detail: Json) -> None:
    """Write a change into the audit log of a server that keeps one; without a server there is none."""
    settings = load_settings(index=index)
    path = audit_file(settings)
    if settings.audit.enabled and path.exists():
        AuditLog(path).append(action, COMMAND_LINE, detail)


def tell(line: str) -> None:
    """Write one line for the person who waits; stdout is for what was asked for."""
    click.echo(f"assistant: {line}", err=True)


def print_json(value: object) -> None:
    """Write the one JSON document of a command to stdout."""
    click.echo(dumps(value))


def read_json(path: Path, error: type[AssistantError], remedy: str) -> object:
    """Read a file of JSON, or of one JSON value a line; what is neither raises `error` with the remedy."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as problem:
        raise error(f"{path} cannot be read ({problem.strerror}). {remedy}") from problem
    except UnicodeDecodeError as problem:
        raise error(f"{path} is not UTF-8 text. {remedy}") from problem
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        try:
            lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise error(f"{path} is no JSON ({problem}). {remedy}") from problem
        if not lines:
            raise error(f"{path} is empty. {remedy}") from problem
        return lines
