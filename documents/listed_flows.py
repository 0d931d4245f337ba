"""What 新增 in front of a list holds for: 新增专精特新企业60家、|高新技术企业150家, 新增学位3万个,其中|小学学位2万个."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.hedges import Sense
from documents.model import Indicator, Part, Span
from documents.name_words import FLOW_VERB
from documents.named import Named
from documents.quantities import Quantity
from documents.statement import RATIOS, Statement

_GOES_ON = re.compile(r"[、和及与]|以及|[,(](?:其中|含)[,:]?")
_REACHED = frozenset({Sense.EXACTLY, Sense.STRICTLY_MORE})  # 达到, 突破: what there is by then
_IN_ALL = re.compile("总数|总量|总计|累计|共有|保有量|存量|(?:总|拥有|占|率|比)$")


def also_added(statement: Statement, before: Indicator, figure: Quantity, named: Named) -> Named:
    """Return `named` as an amount that is added where the row before is one and its list goes on with this figure."""
    verb = _verb_of(statement, before)
    if verb is None or named.is_flow or named.parts["name"].inherited or figure.base_unit in RATIOS:
        return named
    if figure.change is not None or (figure.sense in _REACHED and figure.comparator is not None):
        return named
    name = named.parts["name"].span
    ended = max(before.value_span.end, *(span.end for span in _said_of(before)))
    begins = min(name.start, figure.full_span.start)
    if _IN_ALL.search(named.text) or not _GOES_ON.fullmatch(statement.key[ended:begins].strip()):
        return named
    return replace(named, is_flow=True, comparator=Part(verb.text, verb.span, inherited=True))


def _verb_of(statement: Statement, row: Indicator) -> Part | None:
    """Return the verb that makes a row an amount added within its period, None where it is none."""
    if not row.flow or not statement.span.holds(row.value_span):
        return None
    found = next((p for k, p in row.parts.items() if k in {"flow", "comparator"} and _adds(p.text)), None)
    if found is not None:
        return found
    name = row.parts["name"]
    verb = FLOW_VERB.match(name.text)
    return statement.part(Span(name.span.start, name.span.start + verb.end())) if verb else None


def _adds(text: str) -> bool:
    return FLOW_VERB.fullmatch(text) is not None


def _said_of(row: Indicator) -> list[Span]:
    """Return where the name and the comparator of a row are printed: either may stand behind its value."""
    return [
        part.span for key, part in row.parts.items() if key in {"name", "comparator"} and not part.inherited
    ]
