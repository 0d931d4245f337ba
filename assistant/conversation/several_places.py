"""The same question asked of each of several places, and which of them has the highest or lowest figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answers import phrasing
from assistant.answers.compound import joined_as
from assistant.answers.drafts import Draft
from assistant.asking.questions import Question
from assistant.model import Reason, Status
from documents.model import Indicator

AskPlace = Callable[[str], Draft]
"""Answers the conversation's question for one place."""

_WHICH_MOST = re.compile(
    r"^(?:那|那么|其中)?(?:谁|哪(?:个|一个|里|家|省|市|地|儿)?(?:地方|城市|省|市)?)(?:的)?(?:目标|增速|数值|数字|值)?(?:是)?"
    r"(?P<zh>最[高低多少大小快慢]|[更较][高低多少大小快慢])(?:的)?[呢?]*$|"
    r"^(?:and )?(?:which|who)(?: one| of them| place| province| city)?(?: is| has| was| sets)?(?: the)? "
    r"(?P<en>highest|lowest|most|least|largest|smallest|higher|lower|biggest)(?: one| target| figure| rate)?[?]*$"
)
_LEAST = re.compile(r"[低少小慢]|low|least|small")


def asks_which(question: Question) -> bool:
    """Say whether a follow-up asks which of several places has the most or the least."""
    return bool(_WHICH_MOST.match(question.key))


def of_each(question: Question, ask: AskPlace) -> Draft:
    """Return what is said of each place that the question names, by name; “not stated” where nothing is."""
    drafts = {place: ask(place) for place in question.places}
    answered = {place: draft for place, draft in drafts.items() if draft.status is not Status.NOT_FOUND}
    if not answered:
        return next(iter(drafts.values()))
    english = question.language == "en"
    missing = "the documents do not state this." if english else "文档中没有给出。"
    mark = ": " if english else ":"
    said = [f"{place}{mark}{answered[place].text if place in answered else missing}" for place in drafts]
    draft = joined_as((" " if english else "").join(said), list(answered.values()))
    if len(answered) == len(drafts):
        return draft
    return replace(draft, status=Status.PARTIAL, reason=Reason.ATTRIBUTE_NOT_STATED)


def which_most(question: Question, places: tuple[str, ...], ask: AskPlace) -> Draft | None:
    """Return the place with the highest (or lowest) printed figure, beside all others; None when one has none."""
    drafts = {place: ask(place) for place in places}
    rows = {place: _figure(draft) for place, draft in drafts.items()}
    stated = {place: row for place, row in rows.items() if row is not None and row.normalized is not None}
    alike = {(row.base_unit, row.period) for row in stated.values()}
    if len(stated) < len(places) or len(alike) != 1:
        return None
    values = {place: row.normalized or 0.0 for place, row in stated.items()}
    best = (min if _LEAST.search(_asked(question)) else max)(values.values())
    first = [place for place in places if values[place] == best]
    english = question.language == "en"
    mark = ": " if english else ":"
    listed = (" " if english else "").join(f"{place}{mark}{drafts[place].text}" for place in places)
    if len(first) == len(places):
        lead = "The printed figures are equal. " if english else "各地原文数字相同。"
    elif len(first) > 1:
        names = (" and " if english else "、").join(first)
        lead = f"{names}, with equal printed figures. " if english else f"{names}并列(按原文数字)。"
    else:
        lead = f"{first[0]}, by the printed figures. " if english else f"{first[0]}(按原文数字比较)。"
    text = phrasing.clipped(lead + listed, phrasing.LONGEST_LIST)
    return replace(joined_as(text, list(drafts.values())), method="comparison", text=text)


def _asked(question: Question) -> str:
    match = _WHICH_MOST.match(question.key)
    return (match["zh"] or match["en"]) if match else ""


def _figure(draft: Draft) -> Indicator | None:
    """Return the one figure that an answer gives, or None when it gives none or several."""
    rows = [row for row, _ in draft.rows]
    return rows[0] if draft.status is Status.ANSWERED and len(rows) == 1 else None
