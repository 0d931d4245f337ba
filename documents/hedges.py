"""Words that say how a figure is meant: comparators (突破), changes (增长) and hedges (力争).

All of them are part of an answer. `不低于`, `以上` and `以内` include the number itself, `超过` and `不满` do
not (Civil Code of the PRC, article 1259).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from documents.model import Span
from documents.wordlists import words


class Sense(StrEnum):
    """What a comparator says about the true amount beside the printed number."""

    EXACTLY = "exactly"
    STRICTLY_MORE = "strict_more"
    AT_LEAST = "at_least"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_MOST = "at_most"
    LESS = "less"


class Change(StrEnum):
    """How a figure moves: by the printed amount, or to it."""

    INCREASE = "increase"
    DECREASE = "decrease"
    INCREASE_TO = "increase_to"
    DECREASE_TO = "decrease_to"
    MULTIPLE = "multiple"  # 翻一番, 倍增


def _words(sense: Sense, text: str) -> dict[str, Sense]:
    return dict.fromkeys(words(text), sense)


BEFORE: dict[str, Sense] = (
    _words(
        Sense.EXACTLY,
        "达到 达 为 是 完成 实现 保持在 稳定在 维持在 控制在 处于 达成 等于 reach reaches reached"
        " reaching hit is was of at"
        " total totalled totaling totals",
    )
    | _words(
        Sense.STRICTLY_MORE,
        "超过 超出 突破 超 逾 高于 大于 多于 过 破 突破了 超过了 超越 跨越 越过 跨过 冲破 超额完成 快于 优于"
        " over more_than exceed exceeds exceeding exceeded above surpass surpasses surpassing surpassed"
        " greater_than"
        " higher_than top topped",
    )
    | _words(
        Sense.AT_LEAST,
        "不低于 不少于 不小于 不短于 不得低于 不得少于 不得短于 至少 最少 最低 至少为 不下 不下于 跃上"
        " 迈上 站上 登上 站稳 迈过 跨上 迈入 跃升至"
        " 上 at_least no_less_than not_less_than no_fewer_than not_lower_than a_minimum_of minimum",
    )
    | _words(
        Sense.ABOUT,
        "约 大约 约为 大概 大致 左右 大体 约占 about around approximately roughly some circa approx.",
    )
    | _words(Sense.NEARLY, "近 接近 将近 临近 nearly almost close_to")
    | _words(
        Sense.AT_MOST,
        "不超过 不高于 不多于 不大于 不得超过 不得高于 不得多于 至多 最多 最高 最高不超过 不突破 不超"
        " 最长不超过 最长"
        " at_most no_more_than not_more_than not_exceeding up_to within not_exceed not_to_exceed"
        " a_maximum_of maximum",
    )
    | _words(
        Sense.LESS,
        "低于 少于 小于 不足 不到 不满 未达 未达到 未超过 短于 less_than fewer_than below under lower_than",
    )
)
AFTER: dict[str, Sense] = (
    _words(Sense.ABOUT, "左右 上下 前后 or_so")
    | _words(Sense.AT_LEAST, "以上 及以上 或以上 起 or_more or_above and_above or_higher")
    | _words(Sense.AT_MOST, "以下 及以下 或以下 以内 之内 内 or_less or_below or_fewer")
    | _words(Sense.STRICTLY_MORE, "以外 多 余 有余 + plus")
)
CHANGES: dict[str, Change] = dict.fromkeys(
    words(
        "增长 增加 提高 提升 上升 上涨 扩大 增 涨 高出 多增 净增 同比增长 同比增 增幅 增速 涨幅 增长率"
        " 增速为 增长了 增加了 提高了 提升了 上升了 上涨了 增产"
        " 增收 同比多增 grow grows grew grown growing increase increases increased rise rises rose up growth"
    ),
    Change.INCREASE,
) | dict.fromkeys(
    words(
        "下降 减少 降低 下跌 缩减 压减 回落 收窄 降 减 压缩 缩短 缩小 削减 下调 降幅 下降了 减少了 降低了"
        " 少增 压降 节约 减产"
        " decrease decreases decreased fall falls fell drop drops dropped decline declines declined"
        " reduce reduced cut"
        " down"
    ),
    Change.DECREASE,
)
CHANGES_TO: dict[str, Change] = {
    f"{verb}{to}": Change.INCREASE_TO
    for verb in words(
        "增长 增加 提高 提升 上升 上涨 扩大 增 涨 扩充 扩展 扩 升 跃升 攀升 壮大 发展 延长 拓展 增至 升至"
    )
    for to in ("到", "至", "到了", "为")
} | {
    f"{verb}{to}": Change.DECREASE_TO
    for verb in words("下降 减少 降低 下跌 缩减 压减 回落 收窄 降 减 压缩 缩短 缩小 削减 下调 压降 降")
    for to in ("到", "至", "到了", "为")
}
# Words without meaning of their own between a verb and its number: 增长 *人民币* 5亿元, 总投资 *在* 5亿元.
LINKS = frozenset(
    [
        "了",
        "在",
        "到",
        "至",
        "人民币",
        "共",
        "仍",
        "将",
        "均",
        "又",
        "再",
        "由",
        "从",
        "以",
        ":",
        "=",
        "年均",
        "平均",
        "每年",
        "每人每月",
        "每人每年",
        "每人每天",
        "每人每次",
        "每次",
        "每斤",
        "每人",
        "每月",
        "每户",
        "每亩",
        "每个",
        "每",
        "幅度",
        "幅度在",
        "幅度为",
        "率",
        "率为",
        "rmb",
        "by",
        "to",
        "of",
        "an",
        "a",
        "the",
        "an_average_of",
        "average",
    ]
) | {"an average of", "at an average of"}
LONGEST_WORD = 16

# Hedges stand at the start of what they govern; 计划 and 拟 are nouns or parts of words elsewhere.
_HEDGE = re.compile(
    r"主要预期目标|预期目标|力争|力求|争取|确保|预计|(?<![稳善会场于导强出合如弱定低高超心与])预期(?=[达增实完在为可将到年降保新完])|初步核算|初步统计|初步估算|初步预计|初步测算|有望|(?<![同懈苦续加的])努力(?=实现|争取|完成|达到|把|使|推动|保持)|原则上|估计|据测算"
    r"|(?<![项子步作动育略业展术进造标升转设策金技攻合体镇一“造专])计划(?![,。;、:”》的书表]|实施|经济|任务|生育|单列|管理|投资|改革|要求|用)"
    r"|(?<![模虚比草])拟(?![定人合态声稿草])(?=[^,。;、]{2})|目标(?=是|为|:|达)"
    r"|\bstriv(?:e|es|ing) (?:to|for)|\baim(?:s|ing)? (?:to|for)|\bseeks? to|\b(?:is |are )?expected to"
    r"|\bplan(?:s|ned)? to|\bprojected|\bestimated|\bpreliminary"
    r"|\btargets?(?= (?:of|is|for))|\bintends? to|\bensures?\b|\bhopes? to"
)
_ESTIMATES = re.compile("预计|初步|估计|据测算|projected|estimated|preliminary")


@dataclass(frozen=True, slots=True)
class Hedge:
    """A commitment (力争) or an estimate (初步核算) with its place in the text."""

    text: str
    span: Span
    is_estimate: bool


def find_hedges(text: str, key: str) -> list[Hedge]:
    """Return the hedges of `text`, in order; `key` is the folded text that offsets of both agree on."""
    return [
        Hedge(text[match.start() : match.end()], Span(*match.span()), bool(_ESTIMATES.match(match.group())))
        for match in _HEDGE.finditer(key)
    ]
