"""`assistant ask` and `assistant search`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.errors import HistoryError, QuestionError
from assistant.wire import answer_json, hit_json, turns_from_json
from ui.commands.options import index_option, json_option, open_assistant, print_json, read_json
from ui.terminal import answer_text, hit_text


@click.command()
@click.argument("question")
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help='Earlier turns: a JSON list of {"question", "answer"}.',
)
@click.option("--as-of", metavar="DATE", help="Answer as of this date, such as 2025-06-30.")
@index_option
@json_option
def ask(question: str, history: Path | None, as_of: str | None, index: Path | None, as_json: bool) -> None:
    """Answer QUESTION with the sentences that prove it, or say that it is not there."""
    question = _whole(question)
    remedy = 'Give a JSON list of {"question": "…", "answer": "…"}, oldest first.'
    turns = turns_from_json(read_json(history, HistoryError, remedy)) if history else []
    answer = open_assistant(index).ask(question, turns, as_of=as_of)
    if as_json:
        print_json(answer_json(answer))
    else:
        click.echo(answer_text(answer))


@click.command()
@click.argument("query")
@click.option(
    "--top-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many passages."
)
@index_option
@json_option
def search(query: str, top_k: int, index: Path | None, as_json: bool) -> None:
    """Find the passages that fit QUERY, with score, rank and which arm found them."""
    hits = open_assistant(index).search(_whole(query), top_k=top_k)
    if as_json:
        print_json({"query": query, "hits": [hit_json(hit) for hit in hits]})
    else:
        click.echo("\n\n".join(hit_text(hit) for hit in hits) or "No passage fits. Use other words.")


def _whole(text: str) -> str:
    """Refuse bytes that are no UTF-8: Python hides them in half characters that nothing can store or show."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise QuestionError("The question is not UTF-8. Set the terminal to UTF-8, or type it again.")
    return text
