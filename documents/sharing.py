"""Figures in a row that share one verb: 高技术制造业、装备制造业增加值分别增长8.9%、7.7%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.model import Span
from documents.quantities import Quantity, search_key
from documents.units import base_of
from documents.wordlists import words

_BETWEEN = re.compile(r"\s?(?:左右|以上|以下|以内)?\s?(?:[、,和与及]|以及)\s?")
_RESPECTIVELY = re.compile(r"分别|各")
_HEADS = words(
    "人均可支配收入 居民人均可支配收入 增加值 营业收入 主营业务收入 总产值 产值 产量 销量 销售额 零售额"
    " 出口额 进口额 出口 进口 投资 投资额 单产 面积 收入 支出 增速 比重"
    " 占比 比例 覆盖率 普及率 利用率 利润 产能 装机 装机容量 规模 总量 数量 余额 存款余额 贷款余额"
    " 销售收入 客运量 货运量 吞吐量 里程 人数 比率 达标率 标准 浓度 平均浓度 消费 贷款 保有量 补助标准"
    " 出栏 存栏 管网 更新改造 发电量 总产量 总量 均价 价格 用户 达标率 覆盖面 参保率 处理率 治理率"
    " 合格率 优良比例 面积 保险参保人数 保险基金收入 最低收购价 收购价"
)


_RANKS = "级类档期"
_KINDS = ("产业", "行业", "居民")


@dataclass(frozen=True, slots=True)
class Shared:
    """The name of one of several figures: its own words and the head that only the last one prints."""

    own: Span
    head: Span | None


def figures_in_a_row(key: str, figures: Sequence[Quantity], first: int) -> int:
    """Return how many figures from `first` on are joined by nothing but 、 or 和."""
    last = first
    while last + 1 < len(figures):
        between = Span(figures[last].span.end, figures[last + 1].span.start)
        if between.end < between.start or not _BETWEEN.fullmatch(key, *between):
            break
        last += 1
    return last - first + 1


def is_distributed(key: str, start: int, end: int) -> bool:
    """Say whether 分别 stands between `start` and the first figure at `end`."""
    return bool(_RESPECTIVELY.search(key, max(start, end - 12), end))


def shared_names(key: str, names: Span, count: int) -> list[Shared] | None:
    """Split a list of `count` names; the last one prints the head that the others leave out."""
    parts = _split(key, names, count)
    if parts is None:
        return None
    last = key[slice(*parts[-1])]
    shared = []
    for part in parts[:-1]:
        head = _missing_head(key[slice(*part)], last)
        shared.append(Shared(part, Span(parts[-1].end - len(head), parts[-1].end) if head else None))
    return [*shared, Shared(parts[-1], None)]


def with_common_unit(group: Sequence[Quantity]) -> list[Quantity]:
    """Give figures without a unit that of the last one: 10.6万、3.8万、3.3万平方公里."""
    last = group[-1]
    printed = last.unit.lstrip("十百千万亿")
    base, factor = base_of(search_key(printed))
    return [
        replace(
            figure,
            unit=figure.unit + printed,
            base_unit=base,
            normalized=figure.normalized * float(factor) if figure.normalized is not None else None,
        )
        if figure.base_unit == "" and printed
        else figure
        for figure in group
    ]


def _split(key: str, names: Span, count: int) -> list[Span] | None:
    for mark in (re.compile("、|以及|[和与及]"), re.compile("、")):
        cuts = list(mark.finditer(key, *names))
        if len(cuts) == count - 1:
            starts = [names.start, *(cut.end() for cut in cuts)]
            ends = [*(cut.start() for cut in cuts), names.end]
            return [Span(start, end) for start, end in zip(starts, ends, strict=True) if end > start] or None
    return None


def _missing_head(own: str, last: str) -> str:
    """Return what `last` says behind the kind of thing that both name, or its known head."""
    for length in range(min(len(own), 6), 1, -1):
        place = last.find(own[-length:])
        if place >= 0 and place + length < len(last):
            return last[place + length :]
    if own[-1] in _RANKS and 0 < last.find(own[-1]) < len(last) - 1:
        return last[last.find(own[-1]) + 1 :]  # 国家级、省级、市级|孵化载体
    heads = [head for head in _HEADS if last.endswith(head) and len(head) < len(last)]
    if own[-1] in "数率额量值比度资积重入" or any(own.endswith(head) for head in _HEADS) or not heads:
        return ""
    head = max(heads, key=len)
    kind = next((kind for kind in _KINDS if last.endswith(kind + head) and own[-1] != "业"), "")
    return kind + head
