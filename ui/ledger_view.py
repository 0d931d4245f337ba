"""What the indicators tab shows: rows chosen, sorted and paged by what a form says, and the plots of some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from documents.model import Indicator
from ui.figure_text import printed
from ui.timeline import MOST_SERIES, Plot, SeriesKey, plots_of, series_of

PAGE = 50
COLUMNS = ("name", "subject", "period", "value", "kind", "body", "document")
MOST_CHOICES = 24  # series that are offered for the plot


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """What the reader chose; empty means all."""

    text: str = ""
    subject: str = ""
    year: str = ""
    body: str = ""
    sort: str = ""  # a column of COLUMNS, or nothing for the documents' order
    descending: bool = False
    page: int = 1
    plot: tuple[str, ...] = ()  # SeriesKey.token of the series to draw


def choice_of(sent: Mapping[str, object]) -> LedgerChoice:
    """Read the form as the browser sent it; what does not fit is left out."""

    def text(name: str) -> str:
        value = sent.get(name, "")
        return value.strip()[:200] if isinstance(value, str) else ""

    sorted_by, descending = text("sorted"), text("descending") == "1"
    asked = text("sort")
    if asked in COLUMNS:
        descending = not descending if asked == sorted_by else False
        sorted_by = asked
    plot = sent.get("plot", ())
    tokens = [plot] if isinstance(plot, str) else plot if isinstance(plot, list | tuple) else []
    return LedgerChoice(
        text("text"),
        text("subject"),
        text("year"),
        text("body"),
        sorted_by if sorted_by in COLUMNS else "",
        descending,
        int(text("page")) if text("page").isdecimal() and len(text("page")) < 7 else 1,
        tuple(token for token in tokens if isinstance(token, str))[:MOST_SERIES],
    )


@dataclass(frozen=True, slots=True)
class LedgerView:
    """One page of rows with the choices that can be made and the plots."""

    choice: LedgerChoice
    rows: tuple[Indicator, ...]
    total: int
    pages: int
    subjects: tuple[str, ...]
    years: tuple[str, ...]
    bodies: tuple[str, ...]
    series: dict[SeriesKey, list[Indicator]]  # that can be drawn
    drawn: dict[SeriesKey, list[Indicator]]
    plots: tuple[Plot, ...]
    titles: Mapping[str, str] = field(default_factory=dict)  # document id → title
    replaced: frozenset[str] = frozenset()  # ids of documents that a newer one replaced

    @property
    def periods(self) -> tuple[str, ...]:
        """Periods of the drawn series, in order: the columns of the comparison."""
        return tuple(sorted({row.period or "" for rows in self.drawn.values() for row in rows}))


def chosen_rows(
    rows: Sequence[Indicator], choice: LedgerChoice, titles: Mapping[str, str]
) -> list[Indicator]:
    """Return the rows that `choice` lets through, sorted as it says."""
    words = choice.text.lower().split()

    def fits(row: Indicator) -> bool:
        said = " ".join(
            (row.name, row.subject or "", printed(row), row.speaker or "", titles.get(row.document_id, ""))
        ).lower()
        return (
            all(word in said for word in words)
            and choice.subject in ("", row.subject)
            and choice.body in ("", row.body)
            and (not choice.year or choice.year in (row.period or ""))
        )

    kept = [row for row in rows if fits(row)]
    if choice.sort:
        kept.sort(key=lambda row: _sort_key(row, choice.sort, titles), reverse=choice.descending)
    return kept


def _sort_key(row: Indicator, column: str, titles: Mapping[str, str]) -> tuple[bool, str, float]:
    """Sort values within their base unit by size, all else as text; what is absent comes first."""
    if column == "value":
        return row.normalized is not None, row.base_unit, row.normalized or 0.0
    text = {
        "name": row.name,
        "subject": row.subject,
        "period": row.period,
        "kind": row.kind.value,
        "body": row.body,
        "document": titles.get(row.document_id),
    }[column]
    return text is not None, text or "", 0.0


def ledger_view(
    rows: Sequence[Indicator],
    choice: LedgerChoice,
    titles: Mapping[str, str] | None = None,
    replaced: frozenset[str] = frozenset(),
) -> LedgerView:
    """Lay out what the tab shows of `rows`; figures of `replaced` documents are listed but not drawn."""
    named = titles or {}
    kept = chosen_rows(rows, choice, named)
    pages = max(1, -(-len(kept) // PAGE))
    choice = replace(choice, page=min(max(choice.page, 1), pages))
    current = [row for row in kept if row.document_id not in replaced]
    series = dict(list(series_of(current).items())[:MOST_CHOICES])
    drawn = {key: points for key, points in series.items() if key.token in choice.plot}
    if not drawn:
        drawn = dict(list(series.items())[:1])
    return LedgerView(
        choice=choice,
        rows=tuple(kept[(choice.page - 1) * PAGE : choice.page * PAGE]),
        total=len(kept),
        pages=pages,
        subjects=tuple(sorted({row.subject for row in rows if row.subject})),
        years=tuple(sorted({row.period[:4] for row in rows if row.period and row.period[:4].isdecimal()})),
        bodies=tuple(sorted({row.body for row in rows if row.body})),
        series=series,
        drawn=drawn,
        plots=tuple(plots_of(drawn)),
        titles=named,
        replaced=replaced,
    )
