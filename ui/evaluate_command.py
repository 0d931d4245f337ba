"""`assistant evaluate`: asks a file of questions and says how right, cited and honest the answers are."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click

from assistant.evaluation.asking import Progress
from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.model import Case, Evaluation
from assistant.folders import feedback_file
from assistant.settings import load_settings
from ui.commands.options import Command, index_option, json_option, open_assistant, print_json
from ui.terminal import safe


@dataclass(frozen=True, slots=True)
class _Options:
    """What the command line asked for."""

    index: Path | None
    predictions: Path | None
    score: Path | None
    report: Path | None
    baseline: Path | None
    fail_on: str | None
    repeats: int
    limit: int | None
    reject: bool
    as_json: bool


def _path_option(name: str, metavar: str, told: str) -> Callable[[Command], Command]:
    return click.option(name, type=click.Path(path_type=Path), metavar=metavar, help=told)


@click.command("evaluate")
@click.argument("cases", required=False, type=click.Path(path_type=Path), metavar="[CASES]")
@_path_option("--predictions", "FILE", "Write the answers there.")
@_path_option("--score", "FILE", "Measure the answers in this file; ask nothing.")
@_path_option("--report", "FILE.html", "Write a report, with .json and JUnit .xml beside it.")
@_path_option("--baseline", "OLD.json", "Compare with an earlier report.")
@click.option(
    "--fail-on", metavar="CONDITIONS", help='Exit with 1 when one holds: "wrong_figures>0, answer_ok<-0.01".'
)
@click.option(
    "--repeats", type=click.IntRange(1, 100), default=1, show_default=True, help="Ask each so often."
)
@click.option("--limit", type=click.IntRange(1), help="Only the first so many cases.")
@click.option("--reject", is_flag=True, help="RGB: leave out what answers; every question must be declined.")
@click.option(
    "--from-feedback",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Print draft cases from thumbs down with a correction, and stop.",
)
@index_option
@json_option
def evaluate_command(
    cases: Path | None,
    predictions: Path | None,
    score: Path | None,
    report: Path | None,
    baseline: Path | None,
    fail_on: str | None,
    repeats: int,
    limit: int | None,
    reject: bool,
    from_feedback: str | None,
    index: Path | None,
    as_json: bool,
) -> None:
    """Ask the questions of CASES and measure the answers.

    CASES is a .jsonl, .csv or .xlsx file of questions, a public set (SQuAD-shaped, RGB, CRUD-RAG) or a BEIR
    folder; without it the shipped questions on the sample documents are asked.
    """
    options = _Options(index, predictions, score, report, baseline, fail_on, repeats, limit, reject, as_json)
    try:
        if from_feedback is not None:
            _print_drafts(from_feedback, index)
        elif cases is not None and _is_beir(cases):
            _run_beir(cases, options)
        else:
            _run(cases, options)
    except CaseFileError as error:  # its lines are the point: the one handler of errors would join them
        click.echo(f"assistant: {error}", err=True)
        raise click.exceptions.Exit(1) from error


def _print_drafts(path: str, index: Path | None) -> None:
    from assistant.evaluation.feedback_cases import draft_cases
    from assistant.feedback import read_feedback

    place = Path(path) if path else feedback_file(load_settings(index=index))
    drafts = draft_cases(read_feedback(place))
    for draft in drafts:
        click.echo(json.dumps(draft, ensure_ascii=False))
    noun = "draft" if len(drafts) == 1 else "drafts"
    click.echo(f"{len(drafts)} {noun} from {place}", err=True)


def _run(cases_path: Path | None, options: _Options) -> None:
    from assistant.evaluation.gates import parse_gates
    from assistant.evaluation.json_report import read_baseline

    gates = parse_gates(options.fail_on) if options.fail_on else ()
    baseline = read_baseline(options.baseline) if options.baseline else None
    evaluation = _evaluate(cases_path, options)
    if baseline is not None:
        from assistant.evaluation.comparison import compare

        evaluation = compare(evaluation, baseline)
    _write(evaluation, options)
    if gates:
        from assistant.evaluation.gates import failed_gates

        failed = failed_gates(evaluation, gates)
        if failed:
            why = "; ".join(failed)
            click.echo(f"assistant: failed on {why}. See the misses above or in --report.", err=True)
            raise click.exceptions.Exit(1)


def _evaluate(cases_path: Path | None, options: _Options) -> Evaluation:
    """Read the cases, find the assistant that they are for, and ask it or score what was answered before."""
    from assistant.evaluation.case_files import read_cases
    from assistant.evaluation.public_sets import read_public_set
    from assistant.evaluation.sets import shipped_sets

    public = read_public_set(cases_path, reject=options.reject) if cases_path else None
    if public is not None:
        from assistant.evaluation.public_runs import indexed

        with indexed(public.documents, open_assistant) as (assistant, _):
            return _ask_or_score(public.name, public.cases[: options.limit], assistant, options)
    paths = [cases_path] if cases_path else shipped_sets()
    cases = [case for path in paths for case in read_cases(path)]
    name = cases_path.name if cases_path else "shipped questions on the sample documents"
    return _ask_or_score(name, cases[: options.limit], open_assistant(options.index), options)


def _ask_or_score(name: str, cases: Iterable[Case], assistant: object, options: _Options) -> Evaluation:
    from assistant.assistant import Assistant
    from assistant.evaluation.case_files import read_predictions
    from assistant.evaluation.evaluate import evaluate, evaluate_predictions

    if not isinstance(assistant, Assistant):
        raise TypeError(f"{assistant!r} is no assistant")
    asked = list(cases)
    if options.score is not None:
        outcomes = read_predictions(options.score)
        return evaluate_predictions(asked, outcomes, name=name, assistant=assistant, about=_about())
    with _progress(len(asked), quiet=options.as_json) as progress:
        return evaluate(
            assistant, asked, name=name, repeats=options.repeats, about=_about(), progress=progress
        )


def _about() -> dict[str, str]:
    return {
        "version": metadata.version("policy-assistant"),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Progress | None]:
    """Show a bar with the time left on a terminal; in CI and for --json say nothing."""
    if quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield None
        return
    bar = click.progressbar(length=total, label="asking", show_eta=True, show_pos=True, file=sys.stderr)
    with bar:
        yield lambda done, _: bar.update(done - bar.pos)


def _write(evaluation: Evaluation, options: _Options) -> None:
    from assistant.evaluation.case_files import write_predictions
    from assistant.evaluation.json_report import evaluation_json
    from assistant.evaluation.text_report import summary_text

    if options.predictions is not None:
        write_predictions(options.predictions, (result.outcome for result in evaluation.results))
    written = _write_reports(evaluation, options.report) if options.report else []
    if options.as_json:
        print_json(evaluation_json(evaluation))
        return
    click.echo(safe(summary_text(evaluation)))
    for path in written:
        click.echo(f"wrote {path}", err=True)


def _write_reports(evaluation: Evaluation, html: Path) -> list[Path]:
    from assistant.evaluation.html_report import write_html
    from assistant.evaluation.json_report import write_json
    from assistant.evaluation.junit_report import write_junit

    report, junit = html.with_suffix(".json"), html.with_suffix(".xml")
    write_html(html, evaluation)
    write_json(report, evaluation)
    write_junit(junit, evaluation)
    return [html, report, junit]


def _is_beir(path: Path) -> bool:
    from assistant.evaluation.beir import is_beir

    return is_beir(path)


def _run_beir(folder: Path, options: _Options) -> None:
    from assistant.evaluation.beir import measure_beir, read_beir
    from assistant.evaluation.json_report import estimate_text
    from assistant.evaluation.public_runs import indexed

    beir = read_beir(folder)
    with indexed(beir.documents, open_assistant) as (assistant, ids):
        estimates = measure_beir(beir, lambda query, depth: assistant.search(query, top_k=depth), ids)
    if options.as_json:
        size = {"documents": len(beir.documents), "queries": len(beir.queries)}
        figures = {name: estimate.value for name, estimate in estimates.items()}
        print_json({"name": beir.name, **size, **figures})
        return
    click.echo(f"{beir.name}: {len(beir.queries)} queries over {len(beir.documents)} documents")
    for name, estimate in estimates.items():
        click.echo(f"  {name:<20} {estimate_text(estimate)}")
