"""What an amount stands for: “3000家对应哪一年?”, “200家这个数字说的是什么?” name a figure and nothing else."""

from __future__ import annotations

from assistant.answers import phrasing
from assistant.answers.cited_figures import cited_together
from assistant.answers.claims import states_same
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question

_ASKING = {Kind.WHAT, Kind.WHEN, Kind.LIST, Kind.DEFINITION, Kind.BODY, Kind.PERSON}
_MOST = 3  # figures of the same value that may all be meant


def answer_amount(question: Question, pool: Pool) -> Draft | None:
    """Return the ledger rows that state the only thing that a question names, an amount; None for other questions."""
    if question.kind not in _ASKING or len(question.amounts) != 1 or question.periods:
        return None
    if any(one.describes and not one.optional for one in question.terms):
        return None
    rows = [row for row in pool.rows if states_same(question.amounts[0], row)]
    names = {(row.name, row.period, row.document_id) for row in rows}
    if not rows or len(names) > _MOST:
        return None
    distinct = [row for at, row in enumerate(rows) if row.name not in {before.name for before in rows[:at]}]
    evidence, cited = cited_together(pool, distinct)
    stated = [(pool.documents[row.document_id], row) for row in distinct]
    return Draft("amount", phrasing.figures(question.language, stated), evidence, cited)
