"""What money is given for: 首次通过认定的,奖励20万元 and 购房补贴:博士20万元,硕士8万元.

The clause of a grant names the giver's act (奖励, 补助) or a limit (每家企业最高), not what earns it. That was
said in an earlier clause of the sentence; where it was not, there is no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.model import Span

_KIND = r"(?:以奖代补|购房补贴|奖励资金|补助资金|奖补资金|奖励|补助|补贴|奖补|资助|津贴|补偿|贴息|配套|扶持资金|经费支持|资金支持)"
# All that may stand around the act: who gives, how, to each of whom.
_SCAFFOLD = (
    r"(?:由.{2,12}?(?=一次性|最高|给予|分别|按|奖|补|资助)|(?:市|区|县|省)级?财政|按(?:照)?|每[家个名人户项亩年月辆套台次张位件支所座]{1,2}|每(?=[吨亩人户])"
    r"|单个|单家|同一|单户|单项|给予|发放|予以|一次性|最高|最高不超过|不超过|再|可|还|均|分别|各|标准|企业|项目|个人|单位|机构|团队|人员|平台|的|为"
    r"|上限|额度|总额|年度|累计|当年|每年|每月|享受|达到|吨|亩|元)"
)
_BARE = re.compile(rf"{_SCAFFOLD}*(?P<kind>{_KIND})?{_SCAFFOLD}*")
_ACT = re.compile(_KIND)
_CONDITION = re.compile(
    r"(?:\A|(?<=[,;:。)\s]))(?:(?:其中|同时|此外|一是|二是|三是|四是|五是|\d[.、])[,、]?)?(?P<all>对?(?P<what>[^,;:。]{4,40}?))(?P<mark>的)?(?=,)"
)
_LIST = re.compile(
    rf"(?:\A|(?<=[,;。:)\s]))(?P<head>[^,;:。]{{0,24}}?{_KIND}(?:标准|额度|金额)?)(?:标准)?(?:为|是|如下|分别为)?:"
)
_GIVING = re.compile(".*(?:给予|发放|提供|享受|申请|领取|设立|一次性|以下标准|每人|每月|每年|相应|的)")
_BEHIND = re.compile(rf"\s?(?:左右|以内|以下)?(?:的标准|标准)?(?:给予|予以)?(?:一次性)?的?(?P<kind>{_KIND})")
_RECEIVER = re.compile(
    r"\s*(?:对|向|为|给)?(?P<who>[^\d,;:。]{4,24}?)(?:的)?(?:再|可|分别)?(?:给予|予以|发放)(?:一次性)?(?:每[家个名人户]{1,2})?(?:一次性)?(?:最高)?"
)
_ITEM = re.compile(rf"[一二三四五六七八九十]是(?P<head>[^,;:。\d的]{{0,10}}?(?:{_KIND}|贷款))[,:]")
_LONGEST_HEAD = 12


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sum is given for (`purpose`), and the word for the giving, each where it is printed."""

    purpose: Span
    kind: Span


def is_bare_grant(key: str, name: Span) -> bool:
    """Say whether a name only says that something is given: 由市财政一次性奖励, 每家企业, 个人."""
    return name.start < name.end and _BARE.fullmatch(key, *name) is not None


def is_given(key: str, value: Span) -> bool:
    """Say whether nothing but the act stands behind a sum: 20万元奖励."""
    behind = _BEHIND.match(key, value.end)
    return behind is not None and re.match("[,;。、)]|$", key[behind.end() : behind.end() + 1]) is not None


def grant_of(key: str, sentence: Span, edge: int, name: Span, value: Span) -> Grant | None:
    """Find what a bare grant at `value` is for: in its own words behind the sum, or in the clauses before."""
    bare = _BARE.fullmatch(key, *name)
    kind = Span(*bare.span("kind")) if bare and bare.group("kind") else None
    if kind is None and (behind := _BEHIND.match(key, value.end)):
        kind = Span(*behind.span("kind"))
    clause = max(key.rfind(mark, sentence.start, edge) for mark in ";。") + 1
    start = max(clause, sentence.start)
    conditions = list(_CONDITION.finditer(key, start, edge))
    told = [one for one in conditions if one["mark"] or one["all"].startswith("对")]
    if not told:
        return None
    purpose = Span(*told[-1].span("what"))
    if kind is None:
        said = [*_ACT.finditer(key, purpose.end, edge)]
        kind = Span(*said[-1].span()) if said else None
    if kind is None:
        return None
    return Grant(purpose, kind)


def head_of_list(key: str, sentence: Span, edge: int, name: Span) -> Grant | None:
    """Return the head of a list of sums (购房补贴:) with the item that a sum belongs to."""
    if name.start >= name.end or _ACT.search(key, *name):
        return None
    heads = list(_LIST.finditer(key, sentence.start, edge))
    if not heads or edge < heads[-1].end():
        return None
    last = heads[-1]
    start, end = last.span("head")
    if giving := _GIVING.match(key[start:end]):
        start += giving.end()
    if ":" in key[last.end() : edge] or not 2 <= end - start <= _LONGEST_HEAD:
        return None
    return Grant(name, Span(start, end))


def item_of_list(key: str, sentence: Span, edge: int, name: Span) -> Grant | None:
    """Read 二是担保贷款,个人最高30万元 as 个人担保贷款, and 三是见习补贴,每人每月900元 as 见习补贴."""
    start = max(key.rfind(";", sentence.start, edge) + 1, sentence.start)
    items = list(_ITEM.finditer(key, start, edge))
    if not items:
        return None
    kind = Span(*items[-1].span("head"))
    if name.start < name.end and not key.startswith("每", name.start):
        return Grant(name, kind) if _ACT.search(key, *name) is None and name.end - name.start <= 6 else None
    return (
        None if re.search(r"\d", key[items[-1].end() : edge]) else Grant(Span(kind.start, kind.start), kind)
    )


def receiver_before(key: str, edge: int, value: Span) -> Grant | None:
    """Read 首次升规的企业给予20万元奖励: who is given something stands in front of 给予, the act behind."""
    behind = _BEHIND.match(key, value.end)
    giving = _RECEIVER.fullmatch(key, edge, value.start)
    if behind is None or giving is None:
        return None
    return Grant(Span(*giving.span("who")), Span(*behind.span("kind")))


def purpose_of_rate(key: str, name: Span, value: Span) -> Grant | None:
    """Read 对普惠托位按每个托位200元给予补助 as 普惠托位补助: the act stands behind the sum."""
    behind = _BEHIND.match(key, value.end)
    if behind is None or name.start >= name.end or not key.startswith("按", name.end):
        return None
    return Grant(name, Span(*behind.span("kind")))
