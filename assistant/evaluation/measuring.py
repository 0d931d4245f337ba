"""Everything that is measured on one case, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evaluation.citation_measures import bad_quotes, citation_precision, citation_recall
from assistant.evaluation.corpus import Corpus
from assistant.evaluation.diagnosis import stage_of
from assistant.evaluation.figures import figures_match, hedges_kept, wrong_figures
from assistant.evaluation.model import Behavior, Case, CaseResult, Fault, Outcome, Verdict
from assistant.evaluation.retrieval_measures import locate
from assistant.evaluation.stability import repeats_agree
from assistant.evaluation.text_measures import exact_match, token_f1
from assistant.evaluation.verdicts import fold, judge
from index.model import Hit

_COMPARED = frozenset({Behavior.ANSWER, Behavior.ABSTAIN})


def measure_case(
    case: Case, outcome: Outcome, corpus: Corpus | None = None, hits: Sequence[Hit] | None = None
) -> CaseResult:
    """Return what one answer is worth. Without `corpus` or `hits`, what needs them is left out."""
    verdict = judge(case, outcome)
    quotes = [quote.text for quote in outcome.quotes]
    evidence = [corpus.find(piece) for piece in case.cite] if corpus is not None else None
    found = locate(evidence, hits) if evidence is not None and hits is not None else None
    precision, recall = citation_precision(quotes, case.cite), citation_recall(quotes, case.cite)
    compared = case.behavior in _COMPARED
    expected = case.expected if case.behavior is Behavior.ANSWER else ()
    printed = corpus.prints if corpus is not None else (lambda text: False)
    result = CaseResult(
        case=case,
        outcome=outcome,
        verdict=verdict,
        exact_match=exact_match(outcome.answer, expected, abstained=outcome.abstained) if compared else None,
        token_f1=token_f1(outcome.answer, expected, abstained=outcome.abstained) if compared else None,
        figures_match=figures_match(case, outcome.answer),
        hedges_kept=hedges_kept(case, outcome.answer),
        wrong_figures=wrong_figures(case, outcome, printed),
        citation_precision=precision,
        citation_recall=recall,
        bad_quotes=bad_quotes(outcome.quotes, corpus),
        stable=repeats_agree(outcome),
        answer_length=len(fold(outcome.answer)),
        found=found or (),
        stage=stage_of(case, outcome, verdict, evidence, found, touches_evidence=bool(precision or recall)),
    )
    return replace(result, faults=_faults(result, verdict))


def _faults(result: CaseResult, verdict: Verdict) -> tuple[Fault, ...]:
    found = {
        Fault.ANSWER: not verdict.ok,
        Fault.CITATION: verdict.cited is False,
        Fault.QUALIFIER: verdict.qualified is False or result.hedges_kept is False,
        Fault.WRONG_FIGURE: bool(result.wrong_figures),
        Fault.QUOTE: bool(result.bad_quotes),
        Fault.UNSTABLE: result.stable is False,
    }
    return tuple(fault for fault, present in found.items() if present)
