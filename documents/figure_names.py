"""Which name a figure gets: the object behind it, the noun phrase before it, or what was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.carrying import Carried
from documents.grants import (
    grant_of,
    head_of_list,
    is_bare_grant,
    is_given,
    item_of_list,
    purpose_of_rate,
    receiver_before,
)
from documents.hedges import Change
from documents.model import Part, Span
from documents.name_words import FLOW_VERB
from documents.naming import LONGEST_NAME, Name, is_verb, left_name, right_name
from documents.quantities import Quantity
from documents.statement import RATIOS, Statement, left_edge
from documents.wordlists import words

_NEEDS_OWNER = re.compile(r"占(?!地).*|与.+之比$|(?:占比|比重|总数|总量|数量|总规模)$")


_OWNED = re.compile(r"(?:占(?!地).*|与.+之比|(?:所)?占比(?:重|例)?|比重|总数|总量|数量|总规模|规模|增速)$")


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


_NAMELESS = ("若干", "一批", "一大批", "多批", "数批")


_GROWTH_NOUNS = frozenset(words("增速 增幅 涨幅 降幅 增长率 幅度"))


_BOUND_BEFORE = re.compile("不超过|不低于|不高于|超过|相当于|是|为|达到")


_GIVING = re.compile(
    "(?:给予|奖励|补助|资助|发放|补贴|多了|少了|处)(?:不超过|最高|最高不超过|不低于|一次性)?$"
)


_RELATIVE = re.compile("高于|低于|高出|低出|快于|好于|优于|领先|落后|高过")


_DESCRIBED = re.compile(
    "总规模|规模|总投资|投资|面积|总面积|建筑面积|长度|总长|产能|投资额|资金规模|金额|总额"
)


_DOING = re.compile("^(?:新开工|新建|开工|新增|新签|发放|完成)")


_PER_ONE = re.compile(  # 每个街道, 每吸纳: a rate that is no name; 每千人口, 每公顷 are names
    r"每(?:[个家户名人位项所座年月天日次件辆台处单][^,]{0,3}$|[人户][每年月]|(?![百千万十亿公平吨亩人])[\u4e00-\u9fff]{2}$)|以上|可以"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The name that a figure got: as shown, with the parts that print it."""

    text: str
    parts: dict[str, Part]
    is_flow: bool = False
    comparator: Part | None = None


def name_of_figure(
    statement: Statement, carried: Carried, figures: list[Quantity], index: int
) -> Named | None:
    """Find the name of one figure, None when there is none that can be trusted."""
    key, figure = statement.key, figures[index]
    edge = left_edge(statement, figures, index)
    left = left_name(key, edge, verb_start(figure), statement.cuts)
    if left.place is not None and (
        left.place.start == edge or any(cut.end == left.place.start for cut in statement.cuts)
    ):
        carried.subject = statement.part(left.place)
    if _compares(key, edge, figure) or _is_named_by_number(key, figure):
        return None
    if figure.base_unit in _MONEY and (given := _given(statement, figure, edge, left)):
        return given[0]
    right = _right(statement, figures, index, left)
    if right is not None and figure.base_unit in _MEASURES and left.span.end - left.span.start >= 2:
        return None  # 青海辉源20万吨铝板项目: what a plant can do, not what anyone states
    if right is not None:
        right = _with_predicate(statement, figures, index, right, left)
    if right is not None:
        verb = key[edge : figure.span.start]
        if figure.comparator and figure.comparator.text in {"为", "是", "实现", "完成"}:
            figures[index] = replace(figure, comparator=None)  # 为800个小区: for, not is
        is_flow = left.is_flow or bool(re.search("新增|净增|新建|新认定|新培育|新签|新开工", verb))
        return checked(statement, right, is_flow, None)
    if figure.value.startswith(_NAMELESS):
        return None
    if key[slice(*left.span)] in _SAME_TIME:  # 比去年同期提高: what was named before
        return _carried_name(
            statement, carried, figure, replace(left, span=Span(left.span.start, left.span.start))
        )
    if left.span.start < left.span.end:
        return checked_left(statement, carried, figure, left)
    return _carried_name(statement, carried, figure, left)


def _given(statement: Statement, figure: Quantity, edge: int, left: Name) -> tuple[Named | None] | None:
    """Name a sum that is given by what it is for; (None,) when that is not said, None for other sums."""
    key, value = statement.key, figure.full_span
    is_bare = is_bare_grant(key, left.span)
    if is_bare or (left.span.start >= left.span.end and is_given(key, value)):
        grant = grant_of(key, statement.span, edge, left.span, value) or item_of_list(
            key, statement.span, edge, left.span
        )
    else:
        grant = (
            purpose_of_rate(key, left.span, value)
            or head_of_list(key, statement.span, edge, left.span)
            or item_of_list(key, statement.span, edge, left.span)
            or receiver_before(key, edge, value)
        )
    if grant is None:
        return (None,) if is_bare else None
    purpose, kind = statement.part(grant.purpose), statement.part(grant.kind)
    text = clean(purpose.text + kind.text)
    if grant.purpose.start == grant.purpose.end:
        return (Named(text, {"name": kind}),)
    if not 4 <= len(text) <= LONGEST_NAME:
        return (None,) if is_bare else None
    if grant.purpose == left.span:
        return (Named(text, {"name": purpose, "head": kind}),)
    return (Named(text, {"name": Part(purpose.text, purpose.span, inherited=True), "head": kind}),)


def verb_start(figure: Quantity) -> int:
    """Return where the verb of a figure begins; 增速 and 涨幅 are names, not verbs."""
    change = figure.change_part
    if change is not None and change.text in _GROWTH_NOUNS and change.span.end <= figure.span.start:
        return change.span.end
    return figure.full_span.start


def _compares(key: str, edge: int, figure: Quantity) -> bool:
    """Say whether a share is one of something else: 不超过实际利率的50%."""
    if figure.base_unit == "百分点" and _RELATIVE.search(key, edge, figure.span.start):
        return True
    if figure.base_unit not in {"%", "‰"} or not key.endswith("的", edge, figure.span.start):
        return False
    return "占" not in key[edge : figure.span.start] and bool(
        _BOUND_BEFORE.search(key, edge, figure.span.start)
    )


def _is_named_by_number(key: str, figure: Quantity) -> bool:
    """Say whether a figure stands in the quotes of a name: “3个100万”."""
    opened = key.rfind("“", max(0, figure.span.start - 6), figure.span.start)
    closed = key.find("”", figure.span.end, figure.span.end + 4)
    return opened >= 0 and closed >= 0 and "”" not in key[opened : figure.span.start]


_MONEY = frozenset(words("元 美元 欧元 港元 日元 英镑"))
_MEASURES = frozenset(words("吨 千瓦 千瓦时 米 亩 平方米 平方公里 立方米 升 千伏 伏 吨标准煤 标箱"))


def _right(statement: Statement, figures: Sequence[Quantity], index: int, left: Name) -> Name | None:
    """Return the object behind a counting word: 5家左右|全国重点实验室."""
    figure, key = figures[index], statement.key
    if figure.base_unit in RATIOS or "/" in figure.base_unit or figure.is_duration or figure.base_unit == "":
        return None
    start = figure.full_span.end
    following = figures[index + 1].full_span.start if index + 1 < len(figures) else statement.span.end
    periods = [cut.start for cut in statement.cuts if cut.start >= start]
    stop = min([following, statement.span.end, *periods])
    listed = key.rfind("、", start, stop)
    if stop == following and listed > 0 and not re.search("[,;:。]", key[start:stop]):
        stop = listed  # 22个国家、全国31个省份: the words behind 、 belong to the next figure
    if stop <= start:
        return None
    edge = left_edge(statement, figures, index)
    has_left = left.span.end - left.span.start >= 2 and not _GIVING.search(key, edge, figure.full_span.start)
    is_money = figure.base_unit in _MONEY
    if has_left and (is_money or key.startswith("的", start)):
        return None
    found = right_name(key, start, stop)
    if found is None or (
        stop == following
        and following < statement.span.end
        and key[found.span.end : stop].strip() == ""
        and key[stop - 1] not in "、和"
    ):
        return None
    return found


_TOLD = re.compile("^(?:全部|全都|都|均|已|正|将|要|也|则|实现|达到|获|被)|了|过$")


def _with_predicate(
    statement: Statement, figures: Sequence[Quantity], index: int, right: Name, left: Name
) -> Name | None:
    """Keep what a clause says of its counted subject: 66个集群|开展试点."""
    key, figure = statement.key, figures[index]
    edge = left_edge(statement, figures, index)
    window = key[edge : figure.full_span.start].strip("、和 ")
    if figure.value.startswith(_NAMELESS):
        return right
    if window and not re.fullmatch("(?:全市|全省|全县|其中|有|目前|共有|已有)+", window):
        return right
    stop = re.compile(r"[,。;:!?()\n]|$").search(key, right.span.end, statement.span.end)
    end = stop.start() if stop else statement.span.end
    if index + 1 < len(figures) and key[figures[index + 1].full_span.start - 1] == "、":
        end = min(end, figures[index + 1].full_span.start - 1)
    if end == right.span.end or any(right.span.end <= one.span.start < end for one in figures):
        return right
    said = key[right.span.end : end]
    if end - right.span.start > LONGEST_NAME or said[0] in "、和与及" or _TOLD.search(said):
        return right
    return Name(Span(right.span.start, end))


def _described(statement: Statement, figure: Quantity, left: Name) -> Named | None:
    """总规模100亿元的|科创基金: the thing is named behind its measure."""
    key, end = statement.key, figure.full_span.end
    if not key.startswith("的", end):
        return None
    thing = right_name(key, end + 1, statement.span.end)
    named = checked(statement, thing, False, None) if thing else None
    if named is None:
        return None
    measure = statement.part(left.span)
    return Named(named.text + clean(measure.text), {**named.parts, "measure": measure})


_SIZES = frozenset(
    words(
        "增加值 产值 总产值 营收 营业收入 利润 利润总额 总规模 投资 总投资 年度投资 年度计划投资 年度完成投资"
    )
)
_LONGEST_WITH_MEASURE = 60  # …支付范围的费用限额标准为职工: the measure is taken apart from whose it is later
_MEASURE_IS = re.compile(r"(?:标准|限额|费率|比例|上限|额度|金额|价格)为")
_SAME_TIME = frozenset({"同期", "上年同期", "去年同期"})
_OWNERS = ("企业", "产业", "集群", "园区", "开发区", "项目", "工程")
_REACHING = re.compile("带动|拉动|撬动|惠及|吸引|吸纳|促进|服务|覆盖|扶持")


def checked_left(statement: Statement, carried: Carried, figure: Quantity, left: Name) -> Named | None:
    """Return the name that stands in front of a figure; 占比 and the like get what was named before."""
    key = statement.key
    text = key[slice(*left.span)]
    if text.endswith(("等", "等的", "占")):
        return None
    if (
        figure.base_unit == "百分点"
        and left.verb is not None
        and key.startswith(("拉动", "带动"), left.verb.start)
    ):
        change = figure.change_part
        end = change.span.end if change and change.span.start >= left.span.end else left.span.end
        return checked(statement, Name(Span(left.verb.start, end)), False, None)  # not what it grew itself
    if left.verb is not None and len(text) <= 2 and _REACHING.search(key, *left.verb) and not left.is_flow:
        left = Name(Span(left.verb.start, left.span.end), left.place, left.verb, left.is_flow)
        text = key[slice(*left.span)]
    comparator = None
    if left.is_flow and left.verb and left.verb.end <= left.span.start and figure.base_unit not in RATIOS:
        comparator = statement.part(left.verb) if FLOW_VERB.fullmatch(key, *left.verb) else None
    if _DESCRIBED.fullmatch(text) and (described := _described(statement, figure, left)):
        return described
    if text in _SIZES and carried.name_text.endswith(_OWNERS):
        owner = (
            Part(carried.name.text, carried.name.span, True) if carried.name else statement.part(left.span)
        )
        return Named(carried.name_text + text, {"name": statement.part(left.span), "owner": owner})
    is_bare = is_verb(text) or bool(_DOING.fullmatch(text) or _REACHING.fullmatch(text))
    if is_bare and (carried.name is None or carried.name_unit != figure.base_unit):
        return None
    if (is_bare or _OWNED.fullmatch(text)) and carried.name is not None:
        printed = statement.part(left.span)
        owner = Part(carried.name.text, carried.name.span, inherited=True)
        if is_bare and _DOING.match(text):
            return Named(carried.name_text, {"name": Part(owner.text, owner.span, True)}, True)
        if is_bare and carried.name_text.startswith(text):
            return Named(
                carried.name_text, {"name": owner}, carried.name_is_flow
            )  # 招聘教师900名,五年招聘5000名
        if is_bare and carried.name_text.endswith(text):
            return Named(carried.name_text, {"name": owner}, True)
        if is_bare:
            return Named(
                _without_verb(carried.name_text) + clean(printed.text),
                {"name": printed, "owner": owner},
                True,
            )
        return Named(carried.name_text + clean(printed.text), {"name": printed, "owner": owner}, left.is_flow)
    if _NEEDS_OWNER.fullmatch(text) and text not in {"占地"}:
        return None
    if _RANK.fullmatch(text) and carried.name is not None and carried.name_unit == figure.base_unit:
        printed, owner = statement.part(left.span), Part(carried.name.text, carried.name.span, inherited=True)
        kind = _MEASURED.sub("", _OWN_RANK.sub("", _DOING.sub("", carried.name_text)))
        return Named(text + kind, {"name": printed, "owner": owner}, left.is_flow) if kind else None
    return checked(statement, left, left.is_flow, comparator)


_RANK = re.compile("(?:国家|世界|省部?|市|州|县|区)级(?:以上)?")  # 创新平台300家,其中|国家级15家
_OWN_RANK = re.compile(f"^{_RANK.pattern}")
_MEASURED = re.compile("(?:总数|总量|数量|数)$")


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


def _without_verb(name: str) -> str:
    """Return 重大项目 for 重大项目开工, so that 竣工 can take its place."""
    return re.sub("(?<=..)新?(?:开工|竣工|完工|投产|签约|建成|开业|入库)$", "", _DOING.sub("", name))


_IN_ALL = re.compile(r"(?:累计|总计|共计|总数|总量)(?:已|共|约|近)*$")
_GOES_ON = re.compile("[\u4e00-\u9fff](?<![和与及并且而同比较还也均又为是占])")


def _carried_name(statement: Statement, carried: Carried, figure: Quantity, left: Name) -> Named | None:
    """Carry the name of the figure before, where the units allow that both are the same thing."""
    end = figure.full_span.end
    if carried.name is None or (figure.base_unit not in RATIOS and _GOES_ON.match(statement.key, end)):
        return None
    is_change = figure.change in {Change.INCREASE, Change.DECREASE, Change.MULTIPLE}
    if figure.base_unit in RATIOS:
        if not is_change and carried.name_unit != figure.base_unit and figure.base_unit != "倍":
            return None
    elif figure.base_unit != carried.name_unit and not _is_level_of_growth(carried, figure):
        return None
    comparator = statement.part(left.verb) if left.is_flow and left.verb else None
    part = Part(carried.name.text, carried.name.span, inherited=True)
    is_flow = left.is_flow or (carried.name_is_flow and not is_change)
    is_flow = is_flow or (figure.change_part is not None and figure.change_part.text in {"净增", "多增"})
    text = carried.name_text
    in_all = _IN_ALL.search(statement.key, statement.span.start, figure.full_span.start) is not None
    if in_all and not left.is_flow and (_DOING.match(text) or "新增" not in text):
        is_flow = False  # 新建高标准农田3万亩,累计达到40万亩: what there is by now
    if (left.verb is not None or in_all) and not left.is_flow:
        text = _DOING.sub("", text) or text
    return Named(text, {"name": part}, is_flow, comparator)


def _is_level_of_growth(carried: Carried, figure: Quantity) -> bool:
    """Say whether 突破3000亿元 is the level of what was said to grow: 生产总值年均增长5.5%,2030年突破3000亿元."""
    reaches = figure.comparator is not None or figure.change in {Change.INCREASE_TO, Change.DECREASE_TO}
    return reaches and carried.name_grew and not _SHARES.search(carried.name_text)


_SHARES = re.compile("[率比]$|比重|占比|增速|[涨降增]幅|强度|指数")


def remember(carried: Carried, figure: Quantity, named: Named) -> None:
    """Keep the name for figures that follow without one."""
    if named.parts["name"].inherited:
        return
    carried.name, carried.name_text = named.parts["name"], named.text
    carried.name_unit, carried.name_is_flow = figure.base_unit, named.is_flow
    carried.name_grew = figure.change in {Change.INCREASE, Change.DECREASE} and figure.base_unit == "%"
