"""What was aimed at, and what came about: a result is no answer to a question about a target."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.evidence import Pool
from assistant.answers.said_periods import reference_of
from assistant.asking.questions import Question
from documents.model import Indicator, IndicatorKind

_AIM = re.compile(r"目标(?:值|数)?(?:是|为|有|定|多少|几|呢|[?]|$)|\btargets?\b")
_ESTIMATED = frozenset({"初步核算", "初步统计", "初步测算"})


def asks_aim(question: Question) -> bool:
    """Say whether a question asks what was aimed at, and states no amount itself."""
    if question.carried:
        return False  # 2025年呢? after a target is asked of that year, whichever it has
    return "actual" not in question.wants and not question.amounts and _AIM.search(question.key) is not None


def are_results(pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether all rows state what came about in years that are over: 2024年增长6.2% is nobody's target."""
    return bool(rows) and all(_is_result(pool, row) for row in rows)


def _is_result(pool: Pool, row: Indicator) -> bool:
    if row.kind is IndicatorKind.TARGET or "目标" in row.name + (row.hedge or ""):
        return False
    if row.hedge in _ESTIMATED:
        return True
    reference = reference_of(pool.documents[row.document_id])
    year = re.match(r"(?:\d{4}-)?(\d{4})$", row.period or "")
    return reference is not None and year is not None and int(year[1]) < reference.year and not row.hedge
