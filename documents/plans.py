"""Plans named by their length: 三年倍增行动计划, 五年成长方案."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.model import Span
from documents.naming import left_name

_PLAN = re.compile(
    r"(?P<length>(?:[一二两三四五六七八九十]|\d{1,2})年)"
    r"(?P<what>(?P<aim>(?:(?P<double>倍增)|[\u4e00-\u9fff]){0,8}?)(?:行动计划|行动方案|计划|方案|行动(?!力|上)|规划))"
)
_SUBJECT = re.compile(
    r"(?:实施|推进|开展|启动|制定|落实|深化)(?P<object>[^,。;、:]{2,16}?)"
    r"(?:梯度|培育|成长|提升|壮大|倍增|攻坚|专项)*(?:行动)?(?:计划|方案|工程|行动)"
)
_SET_UP = re.compile(
    r"(?:每[家个户]|逐[家个户一]|分别|都|均|则|要|应|需)*(?:制定|定制|编制|实施|推进|开展|启动)?$"
)
_NO_OBJECT = re.compile(r"(?:每[家个户]|逐[家个户一]|定制|制定|编制|实施|量身|推进|开展|的|为|和|及|\s)*")
_NOT_A_LENGTH = re.compile(r"(?:第|近|过去|未来|今后|前|后|头|每|\d|这|个)$")
_DOUBLE = "倍增"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with the spans of whose it is, what it is called, its length and its doubling."""

    owner: Span
    called: Span
    object_is_inherited: bool
    length: Span
    doubling: Span | None
    span: Span

    @property
    def name_span(self) -> Span:
        """Where the name is printed: in one piece, or where the owner was said before."""
        return self.owner if self.object_is_inherited else Span(self.owner.start, self.called.end)

    def name_of(self, text: str) -> str:
        """Return the name without the length: 专精特新企业倍增行动计划."""
        return self.owner.of(text) + self.called.of(text)


def _whole(key: str, owner: Span, end: int) -> Span:
    """Take 提升 back to 服务质量提升三年行动计划: in a plan's name such a word is no verb."""
    rest = key[owner.end : end]
    is_word = owner.start < owner.end and re.fullmatch(r"[\u4e00-\u9fff]{2}", rest)
    return Span(owner.start, end) if is_word else owner


_ISSUED = re.compile("印发|转发|下发|发布|附件|废止|根据|依据|按照")


def _is_printed_title(key: str, sentence: Span, plan: re.Match[str]) -> bool:
    """Say whether a plan is only the title of a paper that is sent out: 现将《…三年行动方案》印发给你们."""
    opened = key.rfind("《", sentence.start, plan.start())
    if opened < 0 or "》" in key[opened : plan.start()]:
        return False
    closed = key.find("》", plan.end(), sentence.end)
    return bool(_ISSUED.search(key, sentence.start, opened) or _ISSUED.match(key, closed + 1, closed + 3))


def find_plans(key: str, sentence: Span, cuts: list[Span]) -> list[Plan]:
    """Return the plans of a sentence whose length is printed."""
    found = []
    for match in _PLAN.finditer(key, sentence.start, sentence.end):
        if _NOT_A_LENGTH.search(key, max(0, match.start() - 2), match.start()):
            continue
        if _is_printed_title(key, sentence, match):
            continue
        edge = max(key.rfind(mark, sentence.start, match.start()) for mark in ",;:(《")
        start = max(edge + 1, sentence.start)
        name = left_name(key, start, match.start(), [cut for cut in cuts if cut.end <= match.start()])
        named = Span(name.span.start, _SET_UP.search(key, *name.span).start())  # type: ignore[union-attr]
        owner, inherited = _whole(key, named, match.start()), False
        if _NO_OBJECT.fullmatch(re.sub(r"“[^”]*”", "", key[slice(*owner)])):
            before = list(_SUBJECT.finditer(key, sentence.start, start))
            if not before:
                continue
            owner, inherited = Span(*before[-1].span("object")), True
        called = Span(*match.span("what"))
        place = key.find(_DOUBLE, *called)
        doubling = Span(place, place + len(_DOUBLE)) if place >= 0 else None
        span = Span(match.start() if inherited else owner.start, match.end())
        found.append(Plan(owner, called, inherited, Span(*match.span("length")), doubling, span))
    return found
