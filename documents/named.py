"""The name that a figure got, and which names can stand alone in a ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.model import Part
from documents.naming import LONGEST_NAME, Name
from documents.statement import Statement
from documents.wordlists import words

_REFUSED = frozenset(
    words(
        "举措 新举措 措施 补贴 情况下 前提下 基础上 背景下 企业 项目 单位 工作 问题 方面 情况 任务 措施"
        " 部门 地方 地区 群众 人员 内容 同志 代表 委员 领域"
        " 环节 重大 方式 时间 人 家 个 的 事项 工程 目标 以上 左右 同期"
        " 上年同期 行业 产品 活动 机构 资金 指标 国家 城市 县 市 省 村 平均 累计 全年 新增 规定 条件"
        " 资料 材料 申请 公民 其他 其它 行动 罚款 建议 意见 主要 重点 以来 同比 环比"
        " 全部 部分 阶段 意义 基础 精神 预算 增长 提高 下降 实际利率 高 之一 会议 全会 重点任务 县市"
        " 县域 区县 省份 国别 市县 乡镇 街道 方案"
        " 自然人 条款 世界 其中 总体 年 月 日 周年 产量 国家及地区 国家和地区 方面重点任务 大关 台阶"
        " 万亿元大关 意向 投资 年度 重组 奖励 补助 资助 奖补 补偿 比例 占比 比重 数量 总量 总数 规模"
    )
)


_PER_ONE = re.compile(  # 每个街道, 每吸纳: a rate that is no name; 每千人口, 每公顷 are names
    r"每(?:[个家户名人位项所座年月天日次件辆台处单][^,]{0,3}$|[人户][每年月]|(?![百千万十亿公平吨亩人])[\u4e00-\u9fff]{2}$)|以上|可以"
)


_LONGEST_WITH_MEASURE = 60  # …支付范围的费用限额标准为职工: the measure is taken apart from whose it is later
_MEASURE_IS = re.compile(r"(?:标准|限额|费率|比例|上限|额度|金额|价格)为")
DOING = re.compile("^(?:新开工|新建|开工|新增|新签|发放|完成)")  # verbs that a name may begin with


@dataclass(frozen=True, slots=True)
class Named:
    """The name that a figure got: as shown, with the parts that print it."""

    text: str
    parts: dict[str, Part]
    is_flow: bool = False
    comparator: Part | None = None


def checked(statement: Statement, name: Name, is_flow: bool, comparator: Part | None) -> Named | None:
    """Return a name that can stand alone in a ledger, None for 项目, 问题 and bare marks."""
    part = statement.part(name.span)
    text = clean(part.text)
    folded = statement.key[slice(*name.span)].strip("“”‘’")
    if (
        not 2 <= len(text) <= (_LONGEST_WITH_MEASURE if _MEASURE_IS.search(folded) else LONGEST_NAME)
        or folded in _REFUSED
        or _PER_ONE.match(folded)
        or not re.search(r"[\u4e00-\u9fff]{2}|[a-z]{2}", folded)
    ):
        return None
    return Named(text, {"name": part}, is_flow, comparator)


def clean(text: str) -> str:
    """Return a name as shown: no spaces, no quotes around all of it."""
    text = re.sub(r"\s+", "", text)
    if len(text) > 2 and text[0] in "“‘" and text[-1] in "”’" and text[0] not in text[1:]:
        return text[1:-1]
    if text[:1] in "“‘《" and not re.search("[”’》]", text):
        return text[1:]
    return text
