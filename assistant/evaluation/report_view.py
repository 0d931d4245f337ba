"""What the HTML report shows, worked out from an evaluation: labels, tiles, tables, bars. Pure values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evaluation.comparison import change_of
from assistant.evaluation.json_report import figures_of
from assistant.evaluation.model import CaseResult, Change, Evaluation, Fault, Found, Stage, Summary
from assistant.evaluation.summaries import LESS_IS_BETTER

LABELS: dict[str, tuple[str, str]] = {
    "answer_ok": ("答对", "right answers"),
    "answerable_ok": ("可答题答对", "right, answerable"),
    "traps_ok": ("陷阱题答对", "right, traps"),
    "answer_ok_any_length": ("答对(不计长度)", "right at any length"),
    "premises_corrected": ("纠正错误前提", "premises corrected"),
    "injections_resisted": ("抵制注入", "injections resisted"),
    "wrong_figures": ("错误数字", "wrong figures"),
    "wrong_figure_rate": ("错误数字比例", "wrong figure rate"),
    "figures_match": ("数字相符(含单位)", "figures match"),
    "hedges_kept": ("限定词保留", "hedges kept"),
    "qualifiers_kept": ("指定限定词保留", "named qualifiers kept"),
    "cited": ("引到依据", "evidence cited"),
    "citation_precision": ("引用精确率", "citation precision"),
    "citation_recall": ("引用召回率", "citation recall"),
    "quotes_exact": ("引文逐字准确", "quotes exact"),
    "exact_match": ("完全匹配", "exact match"),
    "token_f1": ("词元 F1", "token F1"),
    "reasons_right": ("拒答理由正确", "reasons right"),
    "abstention_precision": ("拒答精确率", "declining precision"),
    "abstention_recall": ("拒答召回率", "declining recall"),
    "abstention_f1": ("拒答 F1", "declining F1"),
    "repeats_same": ("重复一致", "same when repeated"),
    "groups_same": ("同义问法一致", "same in other words"),
    "hit@1": ("首位命中", "hit@1"),
    "hit@3": ("前3命中", "hit@3"),
    "hit@10": ("前10命中", "hit@10"),
    "recall@10": ("前10召回", "recall@10"),
    "mrr@10": ("MRR@10", "reciprocal rank"),
    "ndcg@10": ("nDCG@10", "ranking gain"),
    "aurc": ("AURC", "area under risk"),
    "p50_ms": ("耗时中位数", "p50, ms"),
    "p95_ms": ("95% 耗时", "p95, ms"),
    "p99_ms": ("99% 耗时", "p99, ms"),
    "median_length": ("答案长度中位数", "median length"),
    "misses": ("有问题的题", "cases with a fault"),
}
STAGES: dict[Stage, tuple[str, str]] = {
    Stage.FORBIDDEN: ("说了不该说的", "said what must not be said"),
    Stage.DOCUMENT_NOT_READ: ("文件未读对", "document not read right"),
    Stage.PASSAGE_NOT_RETRIEVED: ("段落未检到", "passage not retrieved"),
    Stage.DECLINED: ("能答却拒答", "declined though it could answer"),
    Stage.ANSWERED: ("该拒却作答", "answered though it should decline"),
    Stage.NOT_CHOSEN: ("检到未选中", "retrieved but not chosen"),
    Stage.WRONG_SPAN: ("选中但取错", "chosen but wrong span"),
    Stage.TOO_LONG: ("答对但太长", "right but too long"),
    Stage.NO_ANSWER: ("没有作答", "no answer"),
}
FAULTS: dict[Fault, tuple[str, str]] = {
    Fault.ANSWER: ("答案", "answer"),
    Fault.CITATION: ("引用", "citation"),
    Fault.QUALIFIER: ("限定词", "hedge or comparator"),
    Fault.WRONG_FIGURE: ("错误数字", "wrong figure"),
    Fault.QUOTE: ("引文不准", "inexact quote"),
    Fault.UNSTABLE: ("不稳定", "not stable"),
}
_TILES = (
    "answer_ok",
    "wrong_figures",
    "traps_ok",
    "cited",
    "hedges_kept",
    "quotes_exact",
    "abstention_f1",
    "groups_same",
    "repeats_same",
    "ndcg@10",
    "p50_ms",
)
_COLUMNS = ("answer_ok", "cited", "hedges_kept", "wrong_figures", "token_f1", "hit@1")
_BUCKETS = (("1", 1), ("2–3", 3), ("4–10", 10), ("11–50", 50))
_COUNTS = frozenset({"wrong_figures", "misses", "median_length"})


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure. `tone` is good, bad or even; of a change, where there is a baseline."""

    name: str
    label: tuple[str, str]
    value: str
    interval: str
    change: str
    tone: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a breakdown: its key, the number of cases, and one cell a column with a share for its bar."""

    key: str
    cases: int
    cells: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a stacked bar: a label and (bucket, count, share) from left to right."""

    label: str
    parts: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A case with a fault, with what the reports say about where it was lost."""

    result: CaseResult
    stage: str
    stage_label: tuple[str, str] | None
    faults: tuple[tuple[str, str], ...]
    ranks: str
    change: str


def figure_text(name: str, value: float) -> str:
    """Return a figure as people read it: shares as percent, counts whole, times in milliseconds."""
    if name in _COUNTS:
        return f"{value:.0f}"
    if name.endswith("_ms"):
        return f"{value:.1f}" if value < 100 else f"{value:.0f}"
    return f"{value:.4f}" if name == "aurc" else f"{100 * value:.1f}%"


def tiles(evaluation: Evaluation) -> list[Tile]:
    """Return the headline figures that were measured."""
    return [tile for name in _TILES if (tile := tile_of(evaluation, name)) is not None]


def tile_of(evaluation: Evaluation, name: str) -> Tile | None:
    """Return one figure with interval and change; None where it was not measured."""
    value = figures_of(evaluation.summary).get(name)
    if value is None:
        return None
    estimate = evaluation.summary.estimates.get(name)
    interval = ""
    if estimate is not None and estimate.low is not None and estimate.high is not None:
        interval = f"95%: {100 * estimate.low:.1f}–{100 * estimate.high:.1f}, n\u00a0=\u00a0{estimate.count}"
    elif name == "p50_ms":
        interval = f"p95: {figure_text(name, evaluation.summary.amounts['p95_ms'])} ms"
    change = next((c for c in _changes(evaluation) if c.name == name), None)
    return Tile(name, LABELS.get(name, (name, "")), figure_text(name, value), interval, *_told(name, change))


def _changes(evaluation: Evaluation) -> Sequence[Change]:
    return evaluation.comparison.changes if evaluation.comparison else ()


def _told(name: str, change: Change | None) -> tuple[str, str]:
    """Return how a figure changed, in words, and whether that is good."""
    if change is None:
        return "", "even"
    if abs(change.delta) < 1e-9:
        return "±0", "even"
    delta = change.delta if name in _COUNTS or name.endswith("_ms") or name == "aurc" else 100 * change.delta
    unit = "" if name in _COUNTS else " ms" if name.endswith("_ms") else "" if name == "aurc" else " pp"
    p_value = "" if change.p_value is None else f", {p_text(change.p_value)}".replace(" ", "\u00a0")
    better = (change.delta < 0) == (name in LESS_IS_BETTER)
    digits = 4 if name == "aurc" else 0 if name in _COUNTS else 1
    return (
        f"{'▲' if change.delta > 0 else '▼'} {delta:+.{digits}f}{unit}{p_value}",
        "good" if better else "bad",
    )


def p_text(p_value: float) -> str:
    """Return a p-value as people read it; no test of a sample shows a chance of 0.

    >>> p_text(0.0321), p_text(0.00001)
    ('p = 0.032', 'p < 0.001')
    """
    return f"p = {p_value:.3f}" if p_value >= 0.001 else "p < 0.001"


def all_tiles(evaluation: Evaluation) -> list[Tile]:
    """Return every figure that was measured, for the full table."""
    names = [*LABELS, *(name for name in figures_of(evaluation.summary) if name not in LABELS)]
    return [tile for name in names if (tile := tile_of(evaluation, name)) is not None]


def breakdown(parts: dict[str, Summary]) -> list[TableRow]:
    """Return a table row for each part, the largest first."""
    ordered = sorted(parts.items(), key=lambda item: (-item[1].cases, item[0]))
    return [
        TableRow(key, summary.cases, tuple(_cell(summary, name) for name in _COLUMNS))
        for key, summary in ordered
    ]


def column_labels() -> list[tuple[str, str]]:
    """Return the labels of a breakdown's columns."""
    return [LABELS[name] for name in _COLUMNS]


def _cell(summary: Summary, name: str) -> tuple[str, float | None]:
    value = figures_of(summary).get(name)
    if value is None:
        return "–", None
    return figure_text(name, value), None if name in _COUNTS else value


def rank_bars(results: Sequence[CaseResult]) -> list[Bar]:
    """Return how far up each retrieval arm, and the whole search, put the evidence."""
    found = [piece for result in results for piece in result.found]
    if not found:
        return []
    arms = sorted({name for piece in found for name in piece.arms})
    ranked: list[tuple[str, Callable[[Found], int | None]]] = [("search", lambda piece: piece.rank)]
    ranked += [(arm, lambda piece, arm=arm: piece.arms.get(arm)) for arm in arms]  # type: ignore[misc]
    return [Bar(label, _parts([rank_of(piece) for piece in found])) for label, rank_of in ranked]


def _parts(ranks: Sequence[int | None]) -> tuple[tuple[str, int, float], ...]:
    counts: Counter[str] = Counter(
        next((label for label, last in _BUCKETS if rank is not None and rank <= last), "未检到 missing")
        for rank in ranks
    )
    labels = [*(label for label, _ in _BUCKETS), "未检到 missing"]
    return tuple((label, counts[label], counts[label] / len(ranks)) for label in labels)


def misses(evaluation: Evaluation) -> list[Miss]:
    """Return every case with a fault: wrong figures first, then wrong answers, then the rest."""
    order = sorted(
        evaluation.misses,
        key=lambda miss: (
            not miss.wrong_figures,
            Fault.ANSWER not in miss.faults,
            Fault.QUOTE not in miss.faults,
        ),
    )
    return [_miss(result, evaluation) for result in order]


def _miss(result: CaseResult, evaluation: Evaluation) -> Miss:
    ranks = "; ".join(
        ", ".join([f"search {piece.rank or '–'}", *(f"{arm} {rank}" for arm, rank in piece.arms.items())])
        for piece in result.found
    )
    return Miss(
        result=result,
        stage=result.stage.value if result.stage else "none",
        stage_label=STAGES[result.stage] if result.stage else None,
        faults=tuple(FAULTS[fault] for fault in result.faults if fault is not Fault.WRONG_FIGURE),
        ranks=ranks,
        change=change_of(result, evaluation.comparison),
    )


def stage_counts(evaluation: Evaluation) -> list[tuple[str, tuple[str, str], int, float]]:
    """Return (stage, label, count, share of the misses), in the order of a question's way."""
    counts = Counter(result.stage for result in evaluation.misses if result.stage)
    most = max(counts.values(), default=1)
    return [
        (stage.value, label, counts[stage], counts[stage] / most)
        for stage, label in STAGES.items()
        if counts[stage]
    ]
