"""Which name a figure gets: the object behind it, the noun phrase before it, or what was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
from documents.named import DOING, Named, checked, clean
from documents.naming import LONGEST_NAME, Name, is_verb, left_name, right_name
from documents.owners import owned_by_carried, size_of_carried
from documents.quantities import Quantity
from documents.statement import RATIOS, Statement, left_edge
from documents.wordlists import words

_NEEDS_OWNER = re.compile(r"占(?!地).*|与.+之比$|(?:占比|比重|总数|总量|数量|总规模)$")


_OWNED = re.compile(r"(?:占(?!地).*|与.+之比|(?:所)?占比(?:重|例)?|比重|总数|总量|数量|总规模|规模|增速)$")


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


_SHORTEST_SHARED = 3  # characters of a thing, with 占, whose share can stand alone
_SAME_TIME = frozenset({"同期", "上年同期", "去年同期"})
_REACHING = re.compile("带动|拉动|撬动|惠及|吸引|吸纳|促进|服务|覆盖|扶持")


def checked_left(statement: Statement, carried: Carried, figure: Quantity, left: Name) -> Named | None:
    """Return the name that stands in front of a figure; 占比 and the like get what was named before."""
    key = statement.key
    text = key[slice(*left.span)]
    if text.endswith("占") and len(text) > _SHORTEST_SHARED and figure.base_unit in RATIOS:
        share = statement.part(left.span)
        return Named(f"{clean(share.text)}比", {"name": share})  # 技改投资占|45%
    if text.endswith(("等", "等的", "占")) or text.startswith("同期的"):
        return None  # 2022年同期的利润 is of no period that the sentence speaks of
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
    if (sized := size_of_carried(statement, carried, left)) is not None:
        return sized
    is_bare = is_verb(text) or bool(DOING.fullmatch(text) or _REACHING.fullmatch(text))
    if is_bare and (carried.name is None or carried.name_unit != figure.base_unit):
        return None
    if (is_bare or _OWNED.fullmatch(text)) and carried.name is not None:
        printed = statement.part(left.span)
        owner = Part(carried.name.text, carried.name.span, inherited=True)
        if is_bare and DOING.match(text):
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
    if (owned := owned_by_carried(statement, carried, figure, left)) is not None:
        return owned
    return checked(statement, left, left.is_flow, comparator)


def _without_verb(name: str) -> str:
    """Return 重大项目 for 重大项目开工, so that 竣工 can take its place."""
    return re.sub("(?<=..)新?(?:开工|竣工|完工|投产|签约|建成|开业|入库)$", "", DOING.sub("", name))


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
    if in_all and not left.is_flow and (DOING.match(text) or "新增" not in text):
        is_flow = False  # 新建高标准农田3万亩,累计达到40万亩: what there is by now
    if (left.verb is not None or in_all) and not left.is_flow:
        text = DOING.sub("", text) or text
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
