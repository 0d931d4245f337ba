"""How well evidence is found: hit@k, recall@k, MRR@10 and nDCG@10, by the `ir-measures` library.

What must be found are the pieces of evidence of a case, not passages: a passage counts for a piece at the
first rank at which it covers at least half of it. So the measures do not depend on how documents are cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.model import Evidence, Found
from documents.model import Span
from index.model import Hit

_COVERED = 0.5

Qrels = dict[str, dict[str, int]]
Run = dict[str, dict[str, float]]


def locate(evidence: Sequence[Evidence], hits: Sequence[Hit]) -> tuple[Found, ...]:
    """Return the rank of each piece of evidence among the hits, overall and in each retrieval arm.

    An arm's rank is the best one that the arm gave to a passage covering the piece.
    """
    return tuple(_locate(index, piece, hits) for index, piece in enumerate(evidence))


def _locate(index: int, piece: Evidence, hits: Sequence[Hit]) -> Found:
    covering = [hit for hit in hits if _covers(hit, piece)]
    arms: dict[str, int] = {}
    for hit in covering:
        for name, arm in hit.arms.items():
            arms[name] = min(arm.rank, arms.get(name, arm.rank))
    return Found(index, min((hit.rank for hit in covering), default=None), dict(sorted(arms.items())))


def _covers(hit: Hit, piece: Evidence) -> bool:
    passage = hit.passage
    return any(
        document_id == passage.document_id
        and _shared(span, passage.span) >= _COVERED * (span.end - span.start)
        for document_id, span in piece.places
    )


def _shared(first: Span, second: Span) -> int:
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def retrieval_values(ranks: Mapping[str, Sequence[int | None]]) -> dict[str, dict[str, float]]:
    """Return measure → query → value, from the ranks of each query's pieces of evidence (None: not found).

    With rel_i = 1 for a rank that holds a piece: hit@k is 1 when one is among the first k; recall@k the
    share of pieces that are; MRR@10 1 / first rank; nDCG@10 Σ rel_i / log2(i + 1) over the same sum of a
    perfect order (Järvelin and Kekäläinen 2002).
    """
    qrels: Qrels = {
        query: {f"e{index}": 1 for index in range(len(found))} for query, found in ranks.items() if found
    }
    run: Run = {query: _as_run(ranks[query]) for query in qrels}
    return measure(qrels, run)


def _as_run(found: Sequence[int | None]) -> dict[str, float]:
    """Put pieces at their ranks and strangers between, scored downwards.

    Two pieces in one passage take neighbouring places: the later one comes right behind.
    """
    run: dict[str, float] = {}
    taken = {rank for rank in found if rank is not None}
    for index, rank in enumerate(found):
        if rank is not None:
            run[f"e{index}"] = -rank - 0.001 * index
    for rank in range(1, max(taken, default=0)):
        if rank not in taken:
            run[f"other{rank}"] = float(-rank)
    return run


def measure(qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Return measure → query → value for judgements and a scored run in the library's form."""
    import ir_measures
    from ir_measures import RR, R, Success, nDCG

    names = {
        Success @ 1: "hit@1",
        Success @ 3: "hit@3",
        Success @ 10: "hit@10",
        R @ 10: "recall@10",
        RR @ 10: "mrr@10",
        nDCG @ 10: "ndcg@10",
    }
    values: dict[str, dict[str, float]] = {name: {} for name in names.values()}
    judged = {query: run.get(query, {}) for query in qrels}
    for metric in ir_measures.iter_calc(list(names), qrels, judged) if qrels else ():
        values[names[metric.measure]][metric.query_id] = float(metric.value)
    return values
