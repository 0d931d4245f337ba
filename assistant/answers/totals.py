"""A figure that is printed for several things together: it is not the figure of one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.asked_periods import sentence_of
from assistant.answers.evidence import Pool
from assistant.asking.questions import Question
from documents.folding import fold
from documents.model import Indicator

_NO_SUM = frozenset({"年", "个月", "天", "%", "百分点", "倍"})  # units in which things do not add up
_TOGETHER = re.compile(r"、.*(?:合计|共|总|[二两三四五六七八九十][条个类大项家种])")
_AND_SO_MANY = re.compile(r"等(?:[\d一二两三四五六七八九十百]{1,6}多?[个所家项条座处类种名款])?")
_CLAUSE_MARKS = ",，。;；:："
_LEAST_OF_NAME = 4  # characters by whose end a member of a list is named: 实验小学 of 新建城东实验小学


def is_part_of_total(question: Question, row: Indicator) -> bool:
    """Say whether a row is a total over several named things and the question asks for one of them alone."""
    if "、" not in row.name or row.base_unit in _NO_SUM:
        return False
    asked = " ".join(
        [question.key, *(a for one in question.terms if not one.optional for a in one.alternatives)]
    )
    named = [fold(part) for part in re.split(r"、|以及|和(?=[^、]*$)", row.name)]
    heads = [part.split("等")[0].strip("“”企业") for part in named]
    mentioned = [head for head in heads if head and head[:3] in asked]
    labels = [fold(label) for label in re.findall(r"[“‘]([^”’]{2,12})[”’]", row.name)]
    whole = any(mark in asked for mark in ("合计", "总", "一共", "together", "total", *labels))
    return 0 < len(mentioned) < len(heads) and not whole


def is_of_all(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a row's sentence gives it for a list of which the question names one: A、B等11所学校,总投资8.6亿元."""
    sentence = sentence_of(pool, row)
    if sentence is None or any(mark in question.key for mark in ("等", "合计", "总共", "一共", "共")):
        return False
    before = sentence.key[: row.value_span.start - sentence.span.start]
    for match in _AND_SO_MANY.finditer(before):
        start = max(before.rfind(mark, 0, match.start()) for mark in _CLAUSE_MARKS) + 1
        members = before[start : match.start()].split("、")
        named = [name for name in (_named(member, question.key) for member in members) if name]
        if 0 < len(named) < len(members) and not any(name in before[match.end() :] for name in named):
            return True
    return False


def _named(member: str, key: str) -> str:
    """Return the end of a member's name that a key prints, or ""."""
    ends = (member[at:] for at in range(max(0, len(member) - _LEAST_OF_NAME) + 1))
    return next((end for end in ends if len(end) >= _LEAST_OF_NAME and end in key), "")


def is_sum(pool: Pool, row: Indicator) -> bool:
    """Say whether a figure is printed for several listed things together."""
    sentence = sentence_of(pool, row)
    return sentence is not None and bool(
        _TOGETHER.search(sentence.key[: row.value_span.start - sentence.span.start])
    )


def says_each_year(pool: Pool, rows: Sequence[Indicator]) -> bool:
    """Say whether figures of several years are told by the year: their sum is no average."""
    sums = [row for row in rows if re.fullmatch(r"\d{4}-\d{4}", row.period or "")]
    return all(re.search("年均|每年", r.clause.of(pool.documents[r.document_id].text)) for r in sums)
