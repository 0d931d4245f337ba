"""Two questions in one: “一共多少家?其中新增多少?” is asked as two, the second leaning on the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.drafts import Draft, Evidence
from assistant.answers.phrasing import LONGEST, clipped
from assistant.asking.kinds import Kind
from assistant.asking.merging import merged
from assistant.asking.questions import Question, understand
from assistant.asking.terms import grams
from assistant.model import Status
from documents.folding import fold
from documents.model import Indicator, Span
from documents.quantities import find_quantities

_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|怎|何时|多久|\b(?:what|how|who|when|where|which)\b")
_CUT = re.compile(
    r"[,，;；?？。]+\s*(?:那么|那|其中|并且|而且|以及|还有|又|and\b)?|\s+and\s+(?=(?:what|how|who|when|where|which)\b)"
)
_SEPARATELY = re.compile(
    r"(?P<first>[^,,。;?？]{6,60})(?:和|与|以及)(?P<second>[^,,。;?？、]{2,30}?)"
    r"(?:(?:的目标|目标)?(?:分别|各)(?:自)?|的目标|目标)(?:是|为|有|达到)?(?:多少|几)[^,,。]{0,6}$"
)
_WHO_OF_EACH = re.compile(  # 科技局和工信局的负责人分别是谁
    r"(?P<one>[\u4e00-\u9fff]{2,12}?[局委厅部办院市县区省])[和与、及](?P<other>[\u4e00-\u9fff]{2,12}?[局委厅部办院市县区省])的?"
    r"(?P<post>[\u4e00-\u9fff]{2,8}?)(?:分别|各|都)?(?:是|叫)(?:谁|什么名字|哪[些几两]?位)[?？]?$"
)
_OF_EACH = re.compile("各|分别")
_SHORTEST = 4  # characters of a part that can be a question


def parts_of(question: Question) -> tuple[Question, ...]:
    """Return the questions that a text asks, each complete; a single one is returned alone."""
    both = _SEPARATELY.match(question.text.strip())
    if both and question.kind is not Kind.COMPARISON:
        first, second = understand(f"{both['first']}是多少?"), understand(f"{both['second']}是多少?")
        named = any(one.is_content for one in second.terms)  # “总量” alone asks of the same thing
        if first.terms and named and len(both["first"]) >= len(both["second"]):
            return (
                replace(first, periods=first.periods or second.periods, places=first.places or second.places),
                replace(
                    second, periods=second.periods or first.periods, places=second.places or first.places
                ),
            )
    who = _WHO_OF_EACH.match(question.text.strip())
    if who and question.kind is Kind.PERSON:
        return tuple(understand(f"{who[body]}{who['post']}是谁?") for body in ("one", "other"))
    texts = [text.strip() for text in _CUT.split(question.text) if text and len(text.strip()) >= _SHORTEST]
    asking = [text for text in texts if _ASKS.search(text.lower())]
    if len(asking) == 2 and _OF_EACH.match(asking[1]):
        return (question,)  # 新增哪些企业,各多少家: one list
    if len(asking) != 2 or len(texts) > 3 or question.premise or question.kind is Kind.QUOTATION:
        return (question,)
    lead = question.text.index(asking[0])
    first = understand(question.text[:lead] + asking[0])
    second = understand(asking[1])
    if not first.terms:
        return (question,)
    leans = len(second.terms) < len(first.terms) + 2
    shared = replace(merged(second, first), carried=True) if leans else second
    return (
        first,
        replace(shared, periods=second.periods or first.periods, places=second.places or first.places),
    )


def joined(question: Question, drafts: tuple[Draft, ...]) -> Draft | None:
    """Return the answer to both parts, or None when a part has none: half an answer is no answer."""
    if any(draft.status is not Status.ANSWERED for draft in drafts):
        return None
    if len({draft.text for draft in drafts}) == 1:
        return None  # one thing said to both parts answers at most one of them
    drafts = _without_repetition(drafts)
    if len(drafts) == 1:
        return drafts[0]
    return joined_as((" " if question.language == "en" else "").join(draft.text for draft in drafts), drafts)


def _without_repetition(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the drafts without those that add no word, or no amount to an earlier one, from the same stretch of text."""
    said = [grams(fold(draft.text)) for draft in drafts]
    amounts = [{(q.normalized, q.base_unit) for q in find_quantities(fold(draft.text))} for draft in drafts]

    def is_said_by(at: int, other: int) -> bool:
        words = said[at] < said[other] or (said[at] == said[other] and other < at)
        nothing_new = other < at and bool(amounts[at]) and amounts[at] <= amounts[other]
        return (words or nothing_new) and _proves(drafts[other], drafts[at])

    kept = list(range(len(drafts)))
    for at in range(len(drafts)):
        if any(is_said_by(at, other) for other in kept if other != at):
            kept.remove(at)
    return tuple(drafts[at] for at in kept)


def _proves(one: Draft, other: Draft) -> bool:
    """Say whether the evidence of one draft lies within that of another, or around it."""
    return all(
        any(
            a.document.id == b.document.id and (a.span.holds(b.span) or b.span.holds(a.span))
            for a in one.evidence
        )
        for b in other.evidence
    )


def joined_as(text: str, drafts: Sequence[Draft]) -> Draft:
    """Return one draft with a text and the evidence of several, each stretch cited once."""
    evidence: list[Evidence] = []
    rows: list[tuple[Indicator, int]] = []
    seen: dict[tuple[str, Span], int] = {}
    for draft in drafts:
        places = []
        for proof in draft.evidence:
            key = (proof.document.id, proof.span)
            if key not in seen:
                seen[key] = len(evidence)
                evidence.append(proof)
            places.append(seen[key])
        rows += [(row, places[at]) for row, at in draft.rows]
    return Draft(
        "compound",
        clipped(text, LONGEST),
        tuple(evidence),
        tuple(rows),
        confidence=min(d.confidence for d in drafts),
    )
