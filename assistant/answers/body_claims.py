"""Corrections of who does something: “X由甲局牵头,对吗?” where the documents have 乙局 do it.

The question is asked again as 由谁牵头; what the documents then say is a correction if it names somebody, and not the body
that was claimed. A claim that holds is left to the clause that says so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.clause_answers import answer_clause
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool
from assistant.answers.ordinals import misfit
from assistant.answers.people_answers import answer_body, is_same_body
from assistant.answers.table_answers import answer_cell
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.model import Reason, Status
from documents.folding import fold

_ENDS_BODY = (
    r"(?:委员会|办公室|政府办|领导小组|指挥部|[局委厅部办院署处科站所馆队校镇乡]|部门|机构|中心|公司|集团|银行|政府"
    r"|街道|协会|学会)"
)
_CLAIM = re.compile(
    rf"(?P<link>由|归|设在|放在|挂靠在?)(?P<body>[\u4e00-\u9fff]{{1,20}}?{_ENDS_BODY})"
    r"(?P<deed>[\u4e00-\u9fff]{0,6}?)的?[,。]?(?:对吗|对吧|对不对|是吗|是不是|没错吧|[吗吧])[?]?$"
)
_BODY = re.compile(rf"[\u4e00-\u9fff]{{1,16}}?{_ENDS_BODY}")
_LEADS = "(?:牵头|负责|主管|主办|承办|承担|组织|实施|落实)"
_TOGETHER = re.compile("会同|联合|[和与及]")
_SEATED = "(?:设在|放在|挂靠在?|设于)"


def answer_claimed_body(question: Question, pool: Pool) -> Draft | None:
    """Return the correction of a body that the question claims to do something; None for other questions."""
    claim = _CLAIM.search(question.key)
    if claim is None:
        return None
    if question.places:
        pool = pool.about(question.places)
    pool = pool.current()
    link, body, deed = claim.group("link", "body", "deed")
    key = f"{question.key[: claim.start()]}{link}哪个部门{deed}?"
    terms = tuple(one for one in question.terms if one.text not in f"{link}{body}")
    asked = replace(question, key=key, kind=Kind.BODY, terms=terms, focus="")
    for way in (answer_cell, answer_body, answer_clause):
        draft = way(asked, pool)
        if draft is not None and draft.status is Status.ANSWERED and not misfit(asked, draft.evidence):
            done = (
                _SEATED if link not in {"由", "归"} else _LEADS if re.match(_LEADS, deed) else re.escape(deed)
            )
            return _corrected(draft, body, done)
    return None


def _corrected(draft: Draft, claimed: str, deed: str) -> Draft | None:
    """Return an answer to who does it as a correction, when it names others than the body that was claimed."""
    doers = _doers(draft, deed)
    named = [one for one in _TOGETHER.split(claimed) if one]
    if not doers or any(is_same_body(one, doer) or one in doer for one in named for doer in doers):
        return None
    text = f"与文件不符,文件的说法是:{draft.text}"
    return replace(draft, method="premise", text=text, status=Status.PARTIAL, reason=Reason.FALSE_PREMISE)


def _doers(draft: Draft, deed: str) -> list[str]:
    """Return the bodies that an answer names as doing it: all of a cell, those behind 由 and before the deed, or behind 设在."""
    key = fold(draft.text)
    if draft.method == "table":
        said = key.rpartition(":")[2]
    elif deed == _SEATED:
        found = re.search(rf"{_SEATED}([^,。;]{{2,40}})", key)
        said = found.group(1) if found else ""
    else:
        found = re.search(
            rf"由([^,。;]{{2,60}}?)(?:共同|联合|统一|具体|分别|会同[^,。;]{{2,30}}?)*{deed}", key
        )
        found = found or re.search(rf"(?:^|[,。;]|第.{{1,5}}条 ?)([^,。;]{{2,30}}?){deed}", key)
        said = found.group(1) if found and deed else ""
    return _BODY.findall(said)
