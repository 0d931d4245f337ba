"""An evaluation as one HTML file on its own: no network, no script; light and dark, phone and print."""

from __future__ import annotations

from pathlib import Path

from assistant.evaluation import report_view
from assistant.evaluation.model import Evaluation
from assistant.evaluation.plots import risk_plot

_TEMPLATE = Path(__file__).with_name("report.html.jinja")


def report_html(evaluation: Evaluation) -> str:
    """Return the report. Everything from cases and answers is shown as text, never as markup."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        evaluation=evaluation,
        view=report_view,
        tiles=report_view.tiles(evaluation),
        every=report_view.all_tiles(evaluation),
        misses=report_view.misses(evaluation),
        stages=report_view.stage_counts(evaluation),
        ranks=report_view.rank_bars(evaluation.results),
        breakdowns=[
            ("按题型", "by type", report_view.breakdown(evaluation.by_type)),
            ("按语言", "by language", report_view.breakdown(evaluation.by_language)),
        ],
        # Drawn by us from numbers alone.
        risk=Markup(risk_plot(evaluation.risk)),  # noqa: S704
    )


def write_html(path: Path, evaluation: Evaluation) -> None:
    """Write the report in UTF-8."""
    path.write_text(report_html(evaluation), encoding="utf-8")
