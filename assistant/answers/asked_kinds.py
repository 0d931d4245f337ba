"""What kind of thing a clause must hold to answer: an amount in the asked unit, a date, a body, a place, a definition."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import rjieba

from assistant.answers.asked_measures import asks_share
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from documents.people import is_name
from documents.periods import find_periods
from documents.quantities import find_quantities

_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局|委员会|委|办公室|办|厅|部|院|中心|集团|公司|银行|学校|大学|医院|政府|单位|机构|部门|协会|街道|[书物化案学]馆|管理[站所]|派出所|支队|大队)"
)
_AT_MOST = re.compile(r"最高|最多|最长|最大|不超过|不得超过|不高于|不多于|以内|以下|至多|上限|封顶|控制在")
_AT_LEAST = re.compile(r"最低|最少|最短|不低于|不少于|不得少于|不得低于|不小于|以上|至少|起|下限")
_NOUN = 0.8
_WHO = re.compile(
    r"(?:[老年残疾成病][人员]|[\u4e00-\u9fff]人员|居民|户籍|职工|学生|者|申请人|当事人|负责人|书长|领导|干部|企业|村民|业主|家长|总理|主席)|局|署|委|部(?![分位署])|单位|机构|院|校|所|企业|团队|公司|集团|政府|[省市县区局厅部院校会组]长|书记|支书|主任|人员|专家|群众|居民|记者|表示|代表|高校|乡镇|街道|社区|海关|法院|国务院|委员会|人大"
)
_NAMES = re.compile(
    r"(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})+(?:等|和|出席|参加|陪同)"
)
_BY_SOMEBODY = re.compile(
    r"由[^,。;]{1,24}?(?:负责|承担|负担|管护|管理|选定|决定|确定|办理|审批|批准|组织|实施|提供)"
)
_NUMBERED = re.compile(r"(?:电话|热线|邮编|邮政编码|账号|号码|传真)(?:号码?)?(?:是|为)?(?:多少|几)")
_IS_SOMEBODY = re.compile(
    r"是|者|模范|[医护教老律]?[师士]|职工|工人|农民|村民|选手|运动员|队员|英雄|标兵|手$|生$"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff](?:省|市|县|区|镇|乡|街道|村|园|基地|片区|地区|流域|中心|广场|路)|在[\u4e00-\u9fff]"
)
_DEFINES = re.compile(r"是指|指的是|所称|即|定义为|包括|是一|是为|[:—]|之意")
_ASKS_DOCUMENT = re.compile(  # by name: 通过的文件叫什么, 审议通过了哪个决定
    r"(?:文件|决议|决定|文稿|文献)(?:的)?(?:名称|名字|标题)?(?:是|叫|为)(?:什么|啥|哪)|"
    r"(?:通过|审议|印发|出台|发布|制定)(?:了)?(?:什么|哪[个些份几]*)(?:文件|决定|决议|方案|办法|意见|规划|条例)"
)
_PAPERS = re.compile(r"材料|资料|证件|手续|证明|凭证")
_HANDED_IN = re.compile(r"提供|提交|出具|携带|填写|凭|持|带上|材料如下|证件|附")
_ELIGIBLE = re.compile(r"人|企业|单位|对象|群体|情况下?|情形|条件下")
_SORTED = re.compile(r"分(?:为|成|作)[^,。;]*(?:和|与|、|及)")  # which they are answers how many
ASKS_SORTS = re.compile(r"(?:分|有|划)(?:为|成|作)?(?:哪|几|哪几)个?(?:大)?[类种](?=[?]|$|[,，的])")
_COUNTED_SORTS = re.compile(r"[两二三四五六七八九]个?(?:大)?[类种](?![^,。;]{0,4}以上)")
ASKS_LEVELS = re.compile(r"(?:哪|几|哪几|多少)个?(?:层级|级)(?=[?]|$|[,，的])")
_LEVELS = re.compile(r"[两二三四五六]级|级[^,。;]*、[^,。;]*级")
_ASKS_WHY = re.compile(r"为什么|为何|为啥|什么原因|原因是|怎么会|\bwhy\b")
_REASON = re.compile(r"因为|由于|之所以|鉴于|原因|理由|(?<![原起])因(?![此素地子果])|为了|旨在|考虑到")
_DAYS = re.compile(r"(?<!月)[一二两三四五六七八九十]{1,3}(?:个工作)?日(?:[内前]|以[内前]|之[内前])")  # 三日前
_COUNTERS = frozenset({"个", "家", "项"})
_COUNTS = frozenset({"", "家", "个", "项", "条", "所", "处", "座"})
_MEASURES = frozenset(
    "% ‰ 百分点 元 美元 港元 欧元 岁 米 公里 平方米 平方公里 立方米 亩 公顷 吨 克 斤 瓦 千瓦 千瓦时 度 分".split()
)
# 每年9月, 次月15日前, 一年以上, 满一个月, 一个半小时: times that are no date and no counted length
_EVERY = re.compile(
    r"每个?(?:周|星期)[一二三四五六日天]|"
    r"每(?:年|月|周|季度|日|天|学期)[^,。;]{0,12}?(?:[\d一二三四五六七八九十]{1,3}(?:月|日|号|次)|任意一[天日])|"
    r"(?:次|当|每)(?:月|年|日)[^,。;]{0,3}?\d{1,2}日|(?:次|当)[月日年](?!常)|"
    r"(?:[一二两三四五六七八九十\d]+个?半|半)(?:个)?(?:小时|钟头|天|月|年)|"
    r"满?一(?:个)?(?:年|月|周|星期|天|日|工作日|小时|学期)(?:以[上内下后]|之?[内后前]|的)|满一(?:个)?[年月周]"
)
_HOUR = re.compile(
    r"(?<![\d.])\d{1,2}(?:时(?!间|期|代|速|段)(?:\d{1,2}分|整)?|:\d\d|点(?:整|半|钟|\d{1,2}分))"
)  # 10时整
_ASKS_HOUR = re.compile(
    r"几点(?!建议|意见|要求)|几时|(?<!within )what time (?:did|does|do|will|is|was|are|should|must|can|may)\b|at what time\b"
)
_RANKED = re.compile(r"(?:\d(?:\.\d+)?|[一二三四五六七八九十ⅰ-ⅻⅠ-Ⅻiv])(?:类|级|等|型|期|档|星)")  # 7.0级, Ⅱ类
_COUNTED_SET = re.compile(
    r"“(?!五个一)[一二两三四五六七八九十百\d]+[个大项条类种][\u4e00-\u9fff]+”"
)  # “六个环境”: a count all the same
_ASKS_TIME = re.compile(
    r"期|时|年|月|天|日|周|寿|龄|长|久|\b(?:long|time|period|term|days?|months?|years?|duration|age)\b"
)
_HOW_MUCH = re.compile(r"\bhow (?:much|many (?:percentage )?points)\b")
_HOW_LONG = re.compile(r"\bhow long\b|\bwhat is the (?:maximum|minimum|longest|shortest) ")
_DAYS_OR_MORE = re.compile(
    r"\d{1,3}日以[上下内]|[一二两三四五六七八九十\d半]{1,3}个?多[月年天周]|[一二两三四五六七八九十\d]{1,3}个?[月年]多"
)  # 10日以上60日以下, 两个多月
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently)\b")
_OFTEN = re.compile(
    r"每(?:[一二两三四五六七八九十\d半]{0,3}个?)(?:年|季|月|周|天|日|小时|学期)"
    r"|逐[年月日]|定期|常态化|[\d一二三四五六七八九十]次"
)
_SHARE = re.compile("占|比[重例]|[率额量]比")
DURATIONS = frozenset({"年", "天", "个月", "月"})


def type_test(question: Question) -> Callable[[str], bool]:
    """Return a test that says whether a clause's key holds the kind of thing that the question wants."""
    kind = question.kind
    bound = asked_bound(question)
    if kind is Kind.FIGURE and question.unit in {"类", "种", "级"}:
        return lambda key: _has_amount(key, question.unit) or _SORTED.search(key) is not None
    if kind is Kind.FIGURE and _NUMBERED.search(question.key):
        return lambda key: bool(re.search(r"\d{3,}", key))
    if kind is Kind.FIGURE and bound is not None:
        return lambda key: _has_amount(key, question.unit) and bool(bound.search(key))
    if kind is Kind.FIGURE and asks_share(question):
        return lambda key: (
            bool(_SHARE.search(key)) and any(one.base_unit in {"%", "‰"} for one in find_quantities(key))
        )
    if kind is Kind.FIGURE and _HOW_OFTEN.search(question.key):
        return lambda key: bool(_OFTEN.search(key))
    if kind in {Kind.FIGURE, Kind.COMPARISON} and question.unit is None and _HOW_MUCH.search(question.key):
        return lambda key: any(not q.is_word for q in find_quantities(key))  # no “四大产业”
    if kind is Kind.FIGURE and question.unit is None and not _ASKS_TIME.search(question.key):
        return lambda key: _has_amount(key, None) and not _only_durations(key)
    if kind in {Kind.FIGURE, Kind.COMPARISON}:
        return lambda key: _has_amount(key, question.unit)
    if kind is Kind.WHEN and _HOW_LONG.search(question.key):
        return lambda key: _lasts(key) or any(q.base_unit == "米" for q in find_quantities(key))
    if kind is Kind.WHEN and _ASKS_HOUR.search(question.key):
        return lambda key: bool(_HOUR.search(key))
    if kind is Kind.WHEN:
        return lambda key: (
            bool(find_periods(key) or _EVERY.search(key) or _HOUR.search(key))
            or any(q.is_duration for q in find_quantities(key))
        )
    claimed = [amount for amount in question.amounts if amount.text[:1].isdigit()]  # no 两份 or 一次
    if kind is Kind.YES_NO and claimed:
        units = {amount.base_unit for amount in claimed}
        counted = bool(units & _COUNTS)
        return lambda key: any(
            quantity.base_unit in units or (counted and quantity.base_unit in _COUNTS)
            for quantity in find_quantities(key)
        )
    if kind is Kind.PERSON:
        deeds = "|".join(re.escape(one.text) for one in question.terms if one.is_content) or "(?!)"
        doer = re.compile(rf"(?:^|[由,])(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?={deeds})")
        return lambda key: bool(
            _WHO.search(key)
            or _NAMES.search(key)
            or _names_person(key, question.key)
            or any(is_name(found["name"]) for found in doer.finditer(key))
        )
    if kind is Kind.IDENTITY:
        return lambda key: bool(_WHO.search(key) or _IS_SOMEBODY.search(key))
    if kind is Kind.BODY:
        return lambda key: bool(_ORGANISATION.search(key) or _BY_SOMEBODY.search(key))
    if kind is Kind.WHERE:
        return lambda key: bool(_PLACE.search(key))
    if kind is Kind.DEFINITION:
        names = [re.escape(one.alternatives[0]) for one in question.terms if one.weight >= _NOUN]
        told = re.compile(rf"、[^,。;]{{1,12}}等[“‘]?(?:{'|'.join(names)})") if names else re.compile(r"(?!)")
        return lambda key: (
            bool(_DEFINES.search(key) or told.search(key))
            or (len(question.focus) > 1 and question.focus in key)
        )
    if kind in {Kind.WHAT, Kind.LIST, Kind.TITLE} and _ASKS_DOCUMENT.search(question.key):
        return lambda key: "《" in key
    if kind is Kind.WHAT and _ASKS_WHY.search(question.key):
        return lambda key: _REASON.search(key) is not None
    if kind in {Kind.WHAT, Kind.LIST} and _PAPERS.match(question.focus):
        return lambda key: _HANDED_IN.search(key) is not None
    if kind is Kind.LIST and _ELIGIBLE.match(question.focus):
        return lambda key: True  # who may: one description is a list enough
    if kind is Kind.LIST and ASKS_SORTS.search(question.key):
        return lambda key: _SORTED.search(key) is not None or _COUNTED_SORTS.search(key) is not None
    if kind is Kind.LIST and ASKS_LEVELS.search(question.key):
        return lambda key: _LEVELS.search(key) is not None
    if kind is Kind.LIST:
        return lambda key: "、" in key or key.count("和") > 0
    return lambda key: True


@lru_cache(maxsize=4096)
def _names_person(key: str, asked: str) -> bool:
    """Say whether the word list takes a word of a key for the name of a person whom the question does not name."""
    tagged = rjieba.tag(key)
    return any(tag.startswith("nr") and 2 <= len(word) <= 4 and word not in asked for word, tag in tagged)


@lru_cache(maxsize=4096)
def _only_durations(key: str) -> bool:
    found = find_quantities(key)
    return bool(found) and all(quantity.is_duration for quantity in found)


@lru_cache(maxsize=16384)
def _lasts(key: str) -> bool:
    """Say whether a key states how long something lasts: a length of time, or dates from which it runs."""
    return bool(
        _EVERY.search(key) or _DAYS_OR_MORE.search(key) or find_periods(key) or _HOUR.search(key)
    ) or any(q.is_duration for q in find_quantities(key))


def asked_bound(question: Question) -> re.Pattern[str] | None:
    """Return the words of which a figure must have one when the question asks for the most or the least allowed."""
    if re.search(
        r"最(?:多|高|长|大)(?:能|可|可以|给|补|奖|贷|拿|领|为|是|不)?(?:.{0,4})(?:多少|几)|上限|封顶|\bmaximum\b|\bat most\b",
        question.key,
    ):
        return _AT_MOST
    if re.search(
        r"最(?:少|低|短|小)(?:要|得|需|需要|为|是)?(?:.{0,4})(?:多少|几)|下限|\bminimum\b|\bat least how\b",
        question.key,
    ):
        return _AT_LEAST
    return None


@lru_cache(maxsize=16384)
def _has_amount(key: str, unit: str | None) -> bool:
    """Say whether a key states an amount, in the asked unit when there is one (亿 is answered by 亿元 and 万亿元)."""
    if (unit is None or unit in _COUNTERS) and _COUNTED_SET.search(key):
        return True
    if unit in {"类", "级"} and _RANKED.search(key):
        return True
    if (
        unit
        and unit not in {"%", "元"}
        and re.search(
            rf"(?<![第\d一二三四五六七八九十])[\d一二两三四五六七八九十]+{re.escape(unit)}(?!月|百分点|工作日|性)",
            key,
        )
    ):
        return True
    if unit == "天" and _DAYS.search(key):
        return True
    for quantity in find_quantities(key):
        printed = quantity.unit + quantity.base_unit
        if unit in _COUNTERS and quantity.is_duration:
            continue  # 3个月 count nothing
        if unit == "岁":
            if printed[-1:] in {"岁", "年"}:
                return True
            continue
        if unit in DURATIONS:
            if quantity.is_duration or "日" in printed or "天" in printed:
                return True
            continue
        if (
            unit is None
            or (quantity.is_word and quantity.base_unit != "倍")
            or (unit in _COUNTERS and not quantity.is_duration and quantity.base_unit not in _MEASURES)
            or unit[-1] in printed
            or printed[-1:] == unit[-1]
        ):
            return True
        if unit in {"亿", "万", "千", "百"} and quantity.base_unit not in {"%", "‰", "百分点", "倍"}:
            return True
    return False
