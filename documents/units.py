"""Units as printed, and the base unit in which amounts are compared.

A unit maps to its base and the factor to it. Counting words (家, 个, 项 ...) are bases of their own; 个 is
the general one and may stand for any of them when amounts are compared.
"""

from __future__ import annotations

import re
from decimal import Decimal

from documents.wordlists import words

_SAME = (  # base unit with other ways to print it
    "元 块钱 人民币元 圆 yuan rmb cny",
    "美元 us_dollars us_dollar dollars dollar usd",
    "欧元 euros euro",
    "港元 港币 hk_dollars",
    "日元 yen",
    "英镑 pounds",
    "% percent per_cent pct",
    "百分点 个百分点 个点 percentage_points percentage_point pp",
    "‰",
    "基点 个基点 basis_points basis_point bps",
    "倍 -fold fold times",
    "家 companies company enterprises enterprise firms firm businesses business",
    "个 labs lab laboratories laboratory facilities facility bases base cities projects project platforms"
    " platform clusters cluster parks park centers centres items",
    "项 measures policies tasks",
    "条 chains lines articles",
    "人 名 位 people persons person jobs workers residents students talents",
    "户 households household",
    "人次 人次数 visits trips",
    "平方公里 square_kilometers square_kilometres square_kilometer sq_km",
    "平方米 平米 ㎡ m² square_meters square_metres",
    "立方米 m³ 方 cubic_meters cubic_metres",
    "千瓦时 度电 千瓦小时 kwh kilowatt-hours kilowatt_hours",
    "吨标准煤 吨标煤",
    "标箱 标准箱 teu teus",
    "工作日 个工作日 working_days business_days",
    "年 years year",
    "天 日 days day",
    "小时 个小时 hours hour",
    "月 个月 个自然月 months month",
    "分钟 minutes",
    "季度 个季度 quarters",
    "周 个星期 weeks",
    "岁 周岁",
)
_SCALED = {  # unit: base, factor
    "公里": ("米", "1000"),
    "千米": ("米", "1000"),
    "km": ("米", "1000"),
    "kilometers": ("米", "1000"),
    "kilometres": ("米", "1000"),
    "kilometer": ("米", "1000"),
    "meters": ("米", "1"),
    "metres": ("米", "1"),
    "里": ("米", "500"),
    "厘米": ("米", "0.01"),
    "毫米": ("米", "0.001"),
    "微米": ("米", "0.000001"),
    "纳米": ("米", "0.000000001"),
    "海里": ("米", "1852"),
    "公顷": ("亩", "15"),
    "hectares": ("亩", "15"),
    "mu": ("亩", "1"),
    "tons": ("吨", "1"),
    "tonnes": ("吨", "1"),
    "metric_tons": ("吨", "1"),
    "公斤": ("吨", "0.001"),
    "千克": ("吨", "0.001"),
    "kg": ("吨", "0.001"),
    "斤": ("吨", "0.0005"),
    "克": ("吨", "0.000001"),
    "毫克": ("吨", "0.000000001"),
    "微克": ("吨", "0.000000000001"),
    "瓦": ("千瓦", "0.001"),
    "kw": ("千瓦", "1"),
    "kilowatts": ("千瓦", "1"),
    "兆瓦": ("千瓦", "1000"),
    "mw": ("千瓦", "1000"),
    "吉瓦": ("千瓦", "1000000"),
    "gw": ("千瓦", "1000000"),
    "兆瓦时": ("千瓦时", "1000"),
    "mwh": ("千瓦时", "1000"),
    "吉瓦时": ("千瓦时", "1000000"),
    "gwh": ("千瓦时", "1000000"),
    "角": ("元", "0.1"),
    "成": ("%", "10"),
}
COUNTERS = frozenset(
    words(
        "个 家 项 条 座 所 处 户 件 套 台 辆 艘 架 列 只 头 株 棵 张 份 部 篇 本 册 种 类 批 批次"
        " 场 场次 期 支 队 组 栋 幢 宗 笔 起 例 次 班 班次 门 间 口 片 对 单 层 节 集 根 枚 颗 扇 盏"
        " 架次 列次 车次 航次 户次 人次 件次 家次 台次 辆次 页 首 顶 轮 人 盘 羽 尾 张床位 床位"
        " 个床位 学位 个学位 字 字节 行政村 个村 座次 桶 箱 票 股 顿 餐 台套 束 挂 粒 艇 匹 趟 眼"
    )
)
_PLAIN = words(
    "米 亩 吨 千瓦 升 毫升 伏 千伏 安 伏安 千伏安 千卡 焦 帕 分贝 ℃ 摄氏度 比特 字节 tb gb pb mb eb gbps mbps"
    " eflops pflops p 分 秒 课时 学时 学分 人天 世纪 人月 台时 个标准箱 吨公里 人公里 车公里 个单位"
)

_TABLE: dict[str, tuple[str, Decimal]] = {}
for _line in _SAME:
    _base, *_others = _line.split()
    for _name in (_base, *_others):
        _TABLE[_name.replace("_", " ")] = (_base, Decimal(1))
_TABLE |= {name: (name, Decimal(1)) for name in (*_PLAIN, *COUNTERS) if name not in _TABLE}
_TABLE |= {name.replace("_", " "): (base, Decimal(factor)) for name, (base, factor) in _SCALED.items()}

# A rate is an amount of one unit in each of another: 元/吨, 微克/立方米.
_CHINESE_UNITS = "|".join(
    sorted((re.escape(name) for name in _TABLE if not name.isascii() or name == "%"), key=len, reverse=True)
)
_ENGLISH_UNITS = "|".join(
    sorted((re.escape(name) for name in _TABLE if name.isascii() and name != "%"), key=len, reverse=True)
)
_PER = (
    "平方公里|立方米|平方米|千瓦时|万千瓦时|平方千米|万元|万人|千人|百户|千克|公斤|公里|公顷|标准立方米|标立方米"
    "|人[·.]?[年月]?|年|月|日|天|亩|吨|户|元|方|升|桶|克|斤|次|件|度|头|只|小时|秒|吨标准煤|m³|㎡|kwh"
)
UNIT = re.compile(rf"(?:{_CHINESE_UNITS}|(?:{_ENGLISH_UNITS})(?![a-z]))(?:/(?:{_PER}))?")
ENGLISH_UNIT = re.compile(rf"(?:{_ENGLISH_UNITS})(?![a-z])")
DURATIONS = frozenset({"年", "天", "小时", "分钟", "月", "周", "工作日", "季度", "秒", "世纪"})


def base_of(unit: str) -> tuple[str, Decimal]:
    """Return the base unit of a folded printed unit and the factor to it; an unknown unit is its own base."""
    return _TABLE.get(unit, (unit, Decimal(1)))  # rates such as 元/吨 are compared as printed


def are_comparable(first: str, second: str) -> bool:
    """Say whether amounts in two base units compare: equal units, or 个 (or none) and a counting word."""
    if first == second:
        return True
    general = {"", "个"}
    return (first in general and (second in COUNTERS or second in general or not first)) or (
        second in general and (first in COUNTERS or not second)
    )
