"""Under what a line stands: the article (第十四条 享受3级待遇的…如下:) and the items above it.

Items of one list often differ in nothing but the head above them, so a figure is only known with its heads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from documents.headings import ARTICLE_RANK, marker
from documents.lines import is_table_row
from documents.model import Document, Part, Span

_HEAD = re.compile(r"[^\n。；;：:]{1,80}")
_LEADS_IN = re.compile(r"[：:]\s*$")
_BESIDE = (
    0.5  # a lead-in without a mark of its own stands between the item it belongs to and the items that follow
)
_LONGEST_STACK = 6
UNDER = "under"  # the parts under1, under2 … of a row: the heads above it, outermost first


class Scopes:
    """The heads above each line of a document, looked up by offset."""

    def __init__(self, document: Document) -> None:
        self._starts: list[int] = []
        self._heads: list[tuple[Span, ...]] = []
        articles = {one.body.start for one in document.sections if one.level == 0}
        stack: list[tuple[float, Span]] = []
        for line in re.finditer(r"[^\s][^\n]*", document.text):
            text = line.group()
            if any(self._last() < start <= line.start() for start in articles):
                stack = []
            found = None if is_table_row(text) else marker(text)
            if found is not None and found[0] >= ARTICLE_RANK:
                stack = [(rank, head) for rank, head in stack if rank < found[0]]
                self._add(line.start(), stack)
                stack.append((found[0], _head_of(text, line.start())))
            elif found is not None:
                stack = []
                self._add(line.start(), stack)
            else:
                self._add(line.start(), stack)
                if stack and _LEADS_IN.search(text):
                    top = int(stack[-1][0])
                    stack = [(rank, head) for rank, head in stack if rank <= top]
                    stack.append((top + _BESIDE, _head_of(text, line.start())))
            stack = stack[:_LONGEST_STACK]

    def _last(self) -> int:
        return self._starts[-1] if self._starts else -1

    def _add(self, start: int, stack: list[tuple[float, Span]]) -> None:
        self._starts.append(start)
        self._heads.append(tuple(head for _, head in stack))

    def above(self, offset: int) -> tuple[Span, ...]:
        """Return the heads that the line with `offset` stands under, outermost first."""
        place = bisect_right(self._starts, offset) - 1
        return self._heads[place] if place >= 0 else ()


_NEEDS_OWNER = re.compile(
    r"(?:支付|补助|补贴|资助|报销|奖励|费用|扣除|缴费|收费|纳入支付范围的?费用)?(?:限额)?(?:标准|比例|限额|额度|上限)"
)
_BARE_HEAD = re.compile(
    r"[^\w]*(?:第[^条]{1,6}条|[一二三四五六七八九十\d]{1,3})?[^\w]*(?P<owner>[\u4e00-\u9fff“”、]{2,16})"
)


def owner_of(name: str, heads: Sequence[Span], document: Document) -> Part | None:
    """Return the thing whose measure a bare name (支付比例) gives: the item above, where its head is nothing else."""
    if not heads or _NEEDS_OWNER.fullmatch(name) is None:
        return None
    text = heads[-1].of(document.text)
    found = _BARE_HEAD.fullmatch(text.rstrip())
    if found is None or _SAYS.search(found["owner"]):
        return None
    start = heads[-1].start + found.start("owner")
    if found["owner"].endswith(name[:2]):  # 评估费用|费用标准
        found_owner = found["owner"][:-2]
        return Part(found_owner, Span(start, start + len(found_owner)), inherited=True)
    return Part(found["owner"], Span(start, start + len(found["owner"])), inherited=True)


_SAYS = re.compile("按|如下|包括|是|为|应|以下|等|下列|标准$|比例$|条件|规定")


def _head_of(text: str, start: int) -> Span:
    """Return the first sentence of a line, its mark included, as far as a head goes."""
    found = _HEAD.match(text)
    return Span(start, start + (found.end() if found else len(text)))
