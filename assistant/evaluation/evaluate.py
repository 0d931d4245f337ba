"""Running a set of cases: ask, search for the evidence, measure, sum up.

The functions here take a finished assistant and return an `Evaluation`; files, progress bars and exit codes
are their callers' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assistant.evaluation.abstention import risk_curve
from assistant.evaluation.asking import Asked, Progress, ask_cases
from assistant.evaluation.corpus import Corpus
from assistant.evaluation.measuring import measure_case
from assistant.evaluation.model import Case, CaseResult, Evaluation, Fault, Outcome, Summary
from assistant.evaluation.retrieval_measures import retrieval_values
from assistant.evaluation.stability import differing
from assistant.evaluation.summaries import summarise
from index.model import Hit

SEARCH_DEPTH = 50


def evaluate(
    assistant: Asked,
    cases: Sequence[Case],
    *,
    name: str,
    repeats: int = 1,
    search: bool = True,
    about: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Ask every case and return everything that is measured on the answers.

    `repeats` is how often each question is asked, `search` whether the evidence's rank is looked up as well.
    Raises no error for a case that fails; it is measured as unanswered.
    """
    corpus = Corpus(assistant.document(record.id) for record in assistant.documents())
    outcomes = ask_cases(assistant, cases, repeats=repeats, progress=progress)
    results = []
    for case, outcome in zip(cases, outcomes, strict=True):
        hits = _search(assistant, case) if search and case.cite else None
        results.append(measure_case(case, outcome, corpus, hits))
    facts = {"documents": str(len(corpus)), "repeats": str(repeats), **(about or {})}
    return evaluation_of(name, results, facts)


def evaluate_predictions(
    cases: Sequence[Case],
    outcomes: Mapping[str, Outcome],
    *,
    name: str,
    assistant: Asked | None = None,
    about: Mapping[str, str] | None = None,
) -> Evaluation:
    """Return what is measured on answers from a file; with an assistant, quotes and ranks are looked up too.

    A case without a prediction counts as unanswered, as the contract's scorer counts it.
    """
    corpus = None
    if assistant is not None:
        corpus = Corpus(assistant.document(record.id) for record in assistant.documents())
    results = []
    for case in cases:
        outcome = outcomes.get(case.id) or Outcome(case.id, "", error="no prediction")
        hits = _search(assistant, case) if assistant is not None and case.cite else None
        results.append(measure_case(case, outcome, corpus, hits))
    return evaluation_of(name, results, about or {})


def _search(assistant: Asked, case: Case) -> list[Hit]:
    """Search as the question would; a follow-up alone names nothing, so the question before it goes along."""
    before = f"{case.history[-1].question} " if case.history else ""
    return assistant.search(before + case.question, top_k=SEARCH_DEPTH)


def evaluation_of(name: str, results: Sequence[CaseResult], about: Mapping[str, str]) -> Evaluation:
    """Sum up measured cases: overall, by type and by language."""
    finished = _with_groups(_with_retrieval(results))
    return Evaluation(
        name=name,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        results=finished,
        summary=summarise(finished),
        by_type=_by(finished, (result.case.type for result in finished)),
        by_language=_by(finished, (result.case.language for result in finished)),
        risk=risk_curve(finished),
        about=dict(about),
    )


def _with_retrieval(results: Sequence[CaseResult]) -> tuple[CaseResult, ...]:
    """Add the retrieval measures to the cases whose evidence was searched for."""
    ranks = {result.case.id: [found.rank for found in result.found] for result in results if result.found}
    values = retrieval_values(ranks) if ranks else {}
    return tuple(
        replace(result, retrieval={name: by_case[result.case.id] for name, by_case in values.items()})
        if result.case.id in ranks
        else result
        for result in results
    )


def _with_groups(results: Sequence[CaseResult]) -> tuple[CaseResult, ...]:
    """Blame the cases whose answer differs from the rest of their group."""
    unlike = differing(results)
    return tuple(
        replace(result, faults=tuple(dict.fromkeys((*result.faults, Fault.UNSTABLE))))
        if result.case.id in unlike
        else result
        for result in results
    )


def _by(results: Sequence[CaseResult], keys: Iterable[str]) -> dict[str, Summary]:
    grouped: dict[str, list[CaseResult]] = {}
    for result, key in zip(results, keys, strict=True):
        grouped.setdefault(key, []).append(result)
    return {key: summarise(members, intervals=False) for key, members in sorted(grouped.items())}
