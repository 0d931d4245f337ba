"""Whose a measure or a rank is that a clause prints without its owner: 其中|国家级15家, 种植面积12万亩、|综合产值30亿元."""

from __future__ import annotations

import re

from documents.carrying import Carried
from documents.model import Part
from documents.named import DOING, Named
from documents.naming import Name
from documents.quantities import Quantity
from documents.statement import Statement
from documents.wordlists import words

_SIZES = frozenset(
    words(
        "增加值 产值 总产值 综合产值 年产值 全产业链产值 综合收入 营收 营业收入 利润 利润总额"
        " 总规模 投资 总投资 年度投资 年度计划投资 年度完成投资"
    )
)
_OWNERS = ("企业", "产业", "集群", "园区", "开发区", "项目", "工程")
_RANK = re.compile(
    "(?:国家|世界|省部?|市|州|县|区|[1-5]?a|[一二三四甲乙丙])级(?:以上)?", re.IGNORECASE
)  # 创新平台300家,其中|国家级15家
_OWN_RANK = re.compile(f"^{_RANK.pattern}", re.IGNORECASE)
_COUNTED = re.compile("(?:总数|总量|数量|数)$")


def size_of_carried(statement: Statement, carried: Carried, left: Name) -> Named | None:
    """Return the measure of what was named before, None where a name says its owner itself or the one before owns nothing."""
    text = statement.key[slice(*left.span)]
    if carried.name is None or text not in _SIZES:
        return None
    stem = carried.name_text if carried.name_text.endswith(_OWNERS) else _measured_thing(carried.name_text)
    if not stem:
        return None
    owner = Part(carried.name.text, carried.name.span, inherited=True)
    return Named(stem + text, {"name": statement.part(left.span), "owner": owner})


def _measured_thing(name: str) -> str:
    """Return 油茶 for 油茶种植面积, "" for what is no measure of a thing."""
    found = _MEASURE_OF.fullmatch(name)
    return found["thing"] if found else ""


_MEASURE_OF = re.compile(
    "(?P<thing>[\u4e00-\u9fff]{2,12}?)(?:种植|栽培|养殖|播种)?(?:总?面积|年?总?产量|出栏量?|存栏量?|基地)"
)


def owned_by_carried(statement: Statement, carried: Carried, figure: Quantity, left: Name) -> Named | None:
    """Return a rank with what was counted before it: 创新平台数量300家,其中|国家级15家."""
    text = statement.key[slice(*left.span)]
    if carried.name is None or carried.name_unit != figure.base_unit or not _RANK.fullmatch(text):
        return None
    kind = _COUNTED.sub("", _OWN_RANK.sub("", DOING.sub("", carried.name_text)))
    owner = Part(carried.name.text, carried.name.span, inherited=True)
    printed = statement.part(left.span)
    return Named(printed.text + kind, {"name": printed, "owner": owner}, left.is_flow) if kind else None
