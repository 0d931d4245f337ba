"""The command line: `assistant` after installation, `python -m ui` without.

Each command is a module of `ui.commands`, imported when it is called: `assistant ask` does not wait for what
only a server needs. Errors become one line on stderr here, and an exit code: 0 done, 1 an error with its
remedy, 2 wrong usage.
"""

from __future__ import annotations

import os

# One question is some small matrices: a team of threads waits for its slowest longer than it computes (fusing and
# reranking took 12 ms with it and 3 ms without on a busy machine), and a server answers each question in a thread
# of its own anyway. OpenBLAS, under numpy, reads this once, when it is loaded. What somebody has set is kept.
# Not OMP_NUM_THREADS: FAISS is told at each search, and a sentence-transformers model needs its threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gc
import traceback
from importlib import import_module
from types import ModuleType

import click

from documents.errors import PolicyAssistantError

# command → module and the click command in it
_COMMANDS = {
    "add": ("ui.commands.library", "add"),
    "remove": ("ui.commands.library", "remove"),
    "list": ("ui.commands.library", "list_documents"),
    "show": ("ui.commands.library", "show"),
    "status": ("ui.commands.status", "status"),
    "reindex": ("ui.commands.reindex", "reindex"),
    "ask": ("ui.commands.asking", "ask"),
    "search": ("ui.commands.asking", "search"),
    "indicators": ("ui.commands.indicators", "indicators"),
    "verify": ("ui.commands.verify", "verify"),
    "evaluate": ("ui.evaluate_command", "evaluate_command"),
    "serve": ("ui.commands.serve", "serve"),
    "keys": ("ui.commands.keys", "keys"),
    "audit": ("ui.commands.audit", "audit"),
}


class LazyCommands(click.Group):
    """A group whose commands are imported when they are needed, and whose errors are one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a working day."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command = getattr(_imported(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{name} is no click command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what goes wrong is told in one line."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except PolicyAssistantError as error:
            problem = str(error)
        except MemoryError:
            problem = "There is not enough memory for this. Close other programs, or use a smaller index."
        except OSError as error:
            place, what = error.filename or "The system", error.strerror or error
            problem = f"{place}: {what}. Check that the path exists, is writable and has room."
        except Exception as error:  # a trace tells a clerk nothing
            problem = f"Unexpected: {type(error).__name__}: {error}. Report it with what --debug prints."
            if ctx.params.get("debug"):
                click.echo(traceback.format_exc(), err=True)
        click.echo("assistant: " + " ".join(problem.split()), err=True)
        raise click.exceptions.Exit(1)


def _imported(module: str) -> ModuleType:
    """Import a module without looking for garbage among what stays until the end: a fifth less from start to answer."""
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


@click.group(
    cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="policy-assistant", message="%(version)s")
@click.option("--debug", is_flag=True, help="Show where an unexpected error happened.")
def main(debug: bool) -> None:
    """Answer questions about official documents, with the sentence that proves it."""
