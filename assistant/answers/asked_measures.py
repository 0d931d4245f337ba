"""What a question measures in, and whether a row of the ledger is measured so: money, a share, people, things, time.

限额 is never answered by a share, 比例 never by money, 多少人 never by 4起, a total never by a monthly standard.
"""

from __future__ import annotations

import re
from enum import Enum

from assistant.answers.evidence import Pool
from assistant.asking.questions import Question
from documents.folding import fold
from documents.model import Indicator, IndicatorKind


class Measure(Enum):
    """The kinds of units that never stand for each other."""

    MONEY = "money"
    SHARE = "share"
    TIME = "time"
    PEOPLE = "people"
    EVENTS = "events"
    SIZE = "size"
    THINGS = "things"


_SHARES = frozenset({"%", "‰", "百分点", "基点", "个百分点"})
_TIMES = frozenset("年 个月 月 天 日 周 小时 分钟 工作日 个工作日 岁 周岁".split())
_SIZES = re.compile(
    r"吨|[克斤米里亩升伏瓦顷度]$|千瓦时|立方|平方|标煤|标准煤|微克|毫克|字节|[/·]|兆|标箱|光年|海里"
)
_PEOPLE, _EVENTS = frozenset("人名位"), frozenset("起次届场期轮趟班")
_SHEETS = frozenset("张份本册页枚套")
_COUNTS_ANY = frozenset({"个"})  # a measure word for things, people and events alike
_MONTHS = re.compile(r"(?:多少|几)个(?:月|小时|工作日|学期|星期|季度)")
_MAGNITUDES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_GIVES_MONEY = re.compile(
    r"[补奖资]助|补贴|奖励|支持|资助|给予|贷款|罚款|赔|投资|资金|经费|费用|收入|额|钱|薪|租|价"
)
_ASKED = re.compile(
    r"(?P<share>占(?![地用有领])[^,。?]{0,14}?(?=多少|几成)|费率|税率|利率|比例|占比|比重|百分比|贡献率|百分之(?:几|多少)|[^效]率)"
    r"|(?P<money>限额|价格|单价|票价|租金|房租|金额|工资|薪酬|费用标准|限额标准|收费标准|收费)"
    r"|(?P<count>数量|个数|家数|项数|件数)"
    r"|(?P<people>人数|(?:死亡|死|遇难|受伤|伤亡)(?:了)?(?=多少|几))"
)
_OF_WHOLE = re.compile(r"占(?![地用有领])[^,。?]{0,14}?(?:多少|几成)")
_AT_END = re.compile(
    r"(?:的?(?:目标|要求|上限|下限|标准))?(?:分别|各|具体|一共|总共|大概|约)*(?:是|为|有|达到?|定为|占|会|能|将)*"
    r"(?:多少|几|多高|多大|什么|啥|呢)?[^,。]{0,3}[?]?$"
)
_OTHER_RATES = "".join(
    rf"(?<!{word} )" for word in "exchange hourly daily monthly wage pay room flow heart".split()
)
_WHAT_IS = r"\bwhat (?:is|was|are|were|will be) [^?,]*?"
_ENGLISH_SHARE = re.compile(
    r"\b(?:what|which) (?:share|percentage|percent|proportion)\b"
    rf"|{_WHAT_IS}{_OTHER_RATES}(?:rate|share|percentage|proportion)s?\b(?! of (?:pay|exchange)|s? limit|holder)"
)
_ENGLISH_MONEY = re.compile(
    rf"{_WHAT_IS}(?:investment|price|cost|salary|wage|rent|budget|revenue|income|expenditure|spending|output value|turnover"
    r"|profit|balance|debt)s?(?= (?:of|in|for|by|at|on|from|under|per|during|to)\b|'|\?|$| (?:target|figure)|[^a-z]*$)"
)
_ENGLISH_PEOPLE = re.compile(r"\bhow many (?:people|persons|workers|students|jobs)\b")
_TOTAL = re.compile(r"一共|总共|合计|总计|总额|累计|\btotal\b|\bin all\b")
_PER_ONE = re.compile(r"每(?:人|月|年|天|户|次|件|平方米|吨|亩|斤)|标准|/")


def asks_share(question: Question) -> bool:
    """Say whether a question asks what share of a whole something is: 占全社会用电多少."""
    return _OF_WHOLE.search(question.key) is not None and question.unit in {None, "%"}


def measure_of(unit: str) -> Measure | None:
    """Return what a unit measures, None for none."""
    if not unit:
        return None
    unit = unit.partition("/")[0] if unit.partition("/")[0].endswith("元") else unit  # 元/平方米 is a price
    if unit in _SHARES:
        return Measure.SHARE
    if unit in _TIMES:
        return Measure.TIME
    if unit.endswith("元") or unit in {"英镑", "欧元"}:
        return Measure.MONEY
    if unit[-1] in _PEOPLE or unit.endswith("人次"):
        return Measure.PEOPLE
    if _SIZES.search(unit):
        return Measure.SIZE
    return Measure.EVENTS if unit[-1] in _EVENTS else Measure.THINGS


def measured_as_asked(question: Question, pool: Pool, row: Indicator) -> bool:
    """Say whether a row could answer by its unit, and a total by more than what one gets each month."""
    if row.normalized is None and not row.base_unit:
        return True
    stated = measure_of(row.base_unit)
    if not _fits_unit(question, row, stated):
        return False
    asked = _asked_noun(question)
    if asked is Measure.SHARE and _OF_WHOLE.search(question.key) and row.kind is IndicatorKind.CHANGE:
        return False  # how much it grew is no share of the whole
    if asked is not None and stated is not None and not _fits_noun(question, row, asked, stated):
        return False
    if stated is Measure.MONEY and _TOTAL.search(question.key):
        return _PER_ONE.search(_own_words(pool, row)) is None
    return True


def _own_words(pool: Pool, row: Indicator) -> str:
    """Return a row's name with what stands between it and the value."""
    text = pool.documents[row.document_id].text
    start = max(row.clause.start, row.value_span.start - 8)
    return fold(row.name) + fold(text[start : row.value_span.start]) + row.unit


def _fits_unit(question: Question, row: Indicator, stated: Measure | None) -> bool:
    unit = question.unit
    if unit is None or stated is None or "ratio" in question.wants:
        return True
    if unit in _MAGNITUDES:
        money = question.language == "zh" and _GIVES_MONEY.search(question.key)
        large = row.normalized is None or unit in row.unit or row.normalized >= _MAGNITUDES[unit]
        return stated is Measure.MONEY or (large and not money and stated is not Measure.SHARE)
    asked = Measure.TIME if _MONTHS.search(question.key) else measure_of(unit)
    if unit in _COUNTS_ANY and asked is not Measure.TIME:
        if question.language == "en":
            return stated not in {Measure.MONEY, Measure.SHARE, Measure.TIME}
        return stated in {Measure.THINGS, Measure.PEOPLE, Measure.EVENTS}
    if unit in _SHEETS and row.base_unit[-1:] not in _SHEETS:
        noun = re.search(rf"{unit}([\u4e00-\u9fff]+)", question.key)
        return noun is not None and noun.group(1) in fold(row.name)  # 几张表 is not asked of 十三个套餐
    if asked is stated:
        return True
    one_by_one = {Measure.THINGS, Measure.EVENTS}
    return {asked, stated} <= one_by_one


def names_share(question: Question) -> bool:
    """Say whether the noun at the end of a question is a rate or a share."""
    return _asked_noun(question) is Measure.SHARE


def _asked_noun(question: Question) -> Measure | None:
    """Return what the noun of measure at the end of a question asks for."""
    if question.language == "en":
        if _ENGLISH_SHARE.search(question.key):
            return Measure.SHARE
        if _ENGLISH_MONEY.search(question.key) and not {"change", "ratio"} & question.wants:
            return Measure.MONEY
        return Measure.PEOPLE if _ENGLISH_PEOPLE.search(question.key) else None
    found = [match for match in _ASKED.finditer(question.key) if _AT_END.match(question.key, match.end())]
    if not found or {"change", "ratio"} & question.wants:
        return None
    kind = found[-1].lastgroup
    return {"share": Measure.SHARE, "money": Measure.MONEY, "people": Measure.PEOPLE}.get(
        kind or "", Measure.THINGS
    )


def _fits_noun(question: Question, row: Indicator, asked: Measure, stated: Measure) -> bool:
    if asked is Measure.THINGS:
        return stated not in {Measure.MONEY, Measure.SHARE, Measure.TIME}
    if asked is Measure.PEOPLE:
        return stated is Measure.PEOPLE or row.unit.endswith("个")
    if asked is stated:
        return True
    if asked is Measure.MONEY and "target" in question.wants and row.kind is IndicatorKind.TARGET:
        return True  # an aim for spending may be how much it is to grow
    name = fold(row.name)
    return asked is Measure.SHARE and name.endswith(("率", "比", "比例", "比重"))
