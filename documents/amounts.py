"""Numbers with their units in folded text, before the words around them are read.

`documents.quantities` adds comparators, hedges and changes. What looks like an amount and is none (a year,
an article number, 八次全会, “六个环境”) is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from documents import numerals
from documents.model import Span
from documents.numerals import Numeral
from documents.units import ENGLISH_UNIT, UNIT, base_of
from documents.wordlists import words

EXACT = Context(prec=400)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit in `key[start:end]`; `numeral` is None where words stand for a number."""

    start: int
    end: int
    number_end: int
    numeral: Numeral | None
    unit: str  # as printed, magnitude included
    base: str
    factor: Decimal  # of the unit to its base
    words: str = ""
    multiple: Decimal | None = None  # 翻两番: 4
    more: Span | None = None  # 余 or 多 inside the number

    @property
    def normalized(self) -> Decimal | None:
        """Value in the base unit, exact."""
        if self.multiple is not None:
            return self.multiple
        if self.numeral is None or self.numeral.digits is None:
            return None
        return EXACT.multiply(EXACT.multiply(self.numeral.digits, self.numeral.scale), self.factor)


_NUMBER = re.compile(
    rf"(?P<share>(?P<base>百分之|千分之|万分之)(?P<rate>{numerals.ARABIC}|{numerals.CHINESE}))"
    r"|(?P<fraction>[一二三四五六七八九十两]{1,3}分之[一二三四五六七八九十两]{1,3}|一半(?!天|会))"
    r"|(?P<multiple>翻了?(?P<times>[一两二三四五几])番|翻了?番|(?<![\d成多])倍增(?!效应|器|作用|干劲|信心|感|豪情|难|压力|的))"
    r"|(?P<vague>若干(?P<counter>[个家项条座所处件名支种类批])?(?!意见|规定|问题|政策|措施|重大问题)"
    r"|(?<![第每同首上这哪该那下])一大?批(?!次)|[多数]批(?!次)|一系列)"
    r"|(?P<arabic>(?<![\da-z._])(?<![a-z]-)|(?<=rmb)|(?<=cny)|(?<=usd))"
    rf"(?P<money>(?:rmb|cny|usd|us\$|hk\$|[$¥€£])\s?)?(?P<digits>{numerals.ARABIC})"
    r"|(?P<rough>(?:[一二两三四五六七八九]?十)?[几数][十百千万亿]+|[一二两三四五六七八九]?十[几来](?=[个家项条座所人名位户件万亿元年岁天])"
    r"|成百上千)"
    rf"|(?P<chinese>(?<![第一二三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾]){numerals.CHINESE})"
    rf"|(?P<english>{numerals.ENGLISH})"
)
_KINDS = ("share", "fraction", "multiple", "vague", "digits", "rough", "chinese", "english")
_LABEL_BEFORE = re.compile(r"(?:第\s?|no\.\s?|article\s|chapter\s|section\s|〔)$")
_MAGNITUDE = re.compile(
    r"\s?(?P<magnitude>(?:[十百万亿]|千(?![瓦克米卡伏帕]))+(?:\d{1,4}[千百万](?![瓦克米卡伏帕]))?)"
)
_MORE = re.compile(r"\s?(余|多(?=[个家项条座所处人名位户件万亿千百十元公亩吨年种只台辆天次场]))")
_ENGLISH_MAGNITUDE = re.compile(
    r"[\s-]?(hundred|thousand|million|mn|billion|bn|trillion|tn)(?![a-z])"
    r"(?:\s(thousand|million|billion|trillion)(?![a-z]))?"
)
_CURRENCIES = {
    "rmb": "元", "cny": "元", "¥": "元", "usd": "美元", "us$": "美元", "$": "美元", "hk$": "港元",
    "€": "欧元", "£": "英镑",
}  # fmt: skip
_COMPARED_BEFORE = words("上 超 近 逾 过 破 达 达到 约 超过 突破 站上 迈上 跃上 近乎 迈入 冲刺 冲击 迈向")


def find_amounts(key: str) -> Iterator[Amount]:
    """Yield the amounts of folded text, left to right, without overlaps."""
    position = 0
    while match := _NUMBER.search(key, position):
        amount = _read(key, match)
        position = amount.end if amount else max(match.end(), position + 1)
        if amount:
            yield amount


def _read(key: str, match: re.Match[str]) -> Amount | None:
    if _LABEL_BEFORE.search(key, max(0, match.start() - 8), match.start()):
        return None
    kind = next(name for name in _KINDS if match.group(name) is not None)
    return _READERS[kind](key, match)


def _read_share(key: str, match: re.Match[str]) -> Amount | None:
    printed = match.group("rate")
    number = Numeral(numerals.arabic(printed)) if printed[0].isdigit() else numerals.chinese(printed)
    if number is None or number.digits is None:
        return None
    base, factor = {"百": ("%", "1"), "千": ("‰", "1"), "万": ("%", "0.01")}[match.group("base")[0]]
    value = Numeral(EXACT.multiply(number.digits, number.scale))
    return Amount(match.start(), match.end(), match.end(), value, base, base, Decimal(factor))


def _read_fraction(key: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if match.group() == "一半":
        return Amount(start, end, end, Numeral(Decimal(50)), "", "%", Decimal(1), words="一半")
    whole, part = (numerals.chinese(side) for side in match.group().split("分之"))
    if whole is None or part is None or not whole.digits or part.digits is None:
        return None
    share = Context(prec=30).divide(part.digits * 100, whole.digits)
    return Amount(start, end, end, Numeral(share), "", "%", Decimal(1), words=match.group())


def _read_multiple(key: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    power = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}.get(match.group("times") or "一")
    multiple = Decimal(2**power) if power else None
    return Amount(start, end, end, None, "", "倍", Decimal(1), words=match.group(), multiple=multiple)


def _read_vague(key: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    base = match.group("counter") or ("批" if match.group().endswith("批") else "个")
    return Amount(start, end, end, None, "", base, Decimal(1), words=match.group())


def _read_rough(key: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if key[start - 1 : start] in {"总", "人", "基", "指", "倍", "多"}:
        return None
    unit = UNIT.match(key, end)
    if unit is None or _is_false_unit(key, start, end, unit):
        return None
    base, factor = base_of(unit.group())
    return Amount(start, unit.end(), end, None, "", base, factor, words=key[start : unit.end()])


def _read_digits(key: str, match: re.Match[str]) -> Amount | None:
    start, (digits_start, end) = match.start(), match.span("digits")
    value = numerals.arabic(match.group("digits"))
    if value is None or key[end : end + 1].isdigit():
        return None
    currency = _CURRENCIES.get((match.group("money") or "").strip())
    if word := _ENGLISH_MAGNITUDE.match(key, end):
        return _read_english_magnitude(key, start, end, value, word, currency)
    numeral, number_end, more = Numeral(value), end, None
    if rest := _MORE.match(key, end):
        more, end = Span(*rest.span(1)), rest.end()
    if printed := _MAGNITUDE.match(key, end):
        joined = numerals.mixed(match.group("digits") + printed.group("magnitude"))
        if joined is None:
            return None
        numeral, end = joined, printed.end()
        number_end = number_end if joined.tail else end
        if not more and (rest := _MORE.match(key, end)):
            more, end = Span(*rest.span(1)), rest.end()
    elif not more and (key[end : end + 1] == "+" and UNIT.match(key, end + 1)):
        more, end = Span(end, end + 1), end + 1
    elif not more and _is_year_or_label(key, match.group("digits"), digits_start, end):
        return None
    tail = printed.group("magnitude") if printed and numeral.tail else ""
    amount = _with_unit(key, start, end, number_end, numeral, tail, more)
    if amount is None and currency:
        return Amount(start, end, number_end, numeral, tail + currency, currency, Decimal(1), more=more)
    return amount


def _is_year_or_label(key: str, digits: str, start: int, end: int) -> bool:
    """Say whether bare digits are a year, a month, a day or a part of a document number."""
    after = key[end : end + 12]
    if after.startswith("年"):
        return is_year(key, digits, start, end)
    if after.startswith(("月", "日", "号", "〕", "]", ":")) or re.match(r"[-/]\d", after):
        if after.startswith("日") and _follows_bound(key, start):
            return False
        return not re.match(r"日(?:之|以)?内|月龄", after)
    return False


def is_year(key: str, digits: str, start: int, end: int) -> bool:
    """Tell the year 30年 from thirty years: a length of time is short, or has 近, 内, 左右 beside it."""
    if "." in digits or len(digits) == 3 or len(digits) == 1:
        return False
    if len(digits) > 3:
        return 1000 <= int(digits[:6]) <= 2999
    after = key[end + 1 : end + 4]
    if not 20 <= int(digits) <= 60 or re.match(r"以|左右|之?内|来|间|期|多|的时间|后|免|租|寿", after):
        return False
    before = key[max(0, start - 2) : start]
    return not before or before.endswith((*"到在于至,;、。 ?和那与比(", "截至", "今年"))


def _read_chinese(key: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    printed = match.group()
    numeral = numerals.chinese(printed)
    if (
        numeral is None
        or printed in {"零", "〇"}
        or (printed[0] in "百佰千仟万亿" and not _is_compared(key, start))
    ):
        return None
    if key[end : end + 1] == "年" and (len(printed) >= 4 or (len(printed) == 2 and printed[1] in "零〇")):
        return None
    more, number_end, tail = None, end - numeral.tail, printed[len(printed) - numeral.tail :]
    if rest := _MORE.match(key, end):
        more, end = Span(*rest.span(1)), rest.end()
        if numeral.tail == 0 and (magnitude := re.compile("[万亿]+").match(key, end)):
            tail, end = magnitude.group(), magnitude.end()
            numeral = Numeral(numeral.digits, numerals.scale_of(tail), len(tail))
    if numeral.digits is not None:
        return _with_unit(key, start, end, number_end, numeral, tail, more)
    amount = _with_unit(key, start, end, number_end, numeral, tail, more)
    return amount and Amount(
        start,
        amount.end,
        amount.number_end,
        None,
        "",
        amount.base,
        amount.factor,
        words=key[start : amount.end],
    )


def _is_compared(key: str, start: int) -> bool:
    return any(start >= len(word) and key.startswith(word, start - len(word)) for word in _COMPARED_BEFORE)


def _read_english(key: str, match: re.Match[str]) -> Amount | None:
    value = numerals.english(match.group("english"))
    start, end = match.span()
    if word := _ENGLISH_MAGNITUDE.match(key, end):
        return _read_english_magnitude(key, start, end, value, word, None)
    if match.group("english") in {"one", "zero", "two"} and not ENGLISH_UNIT.match(key, end + 1):
        return None
    return _with_unit(key, start, end, end, Numeral(value), "", None)


def _read_english_magnitude(
    key: str, start: int, end: int, value: Decimal, word: re.Match[str], currency: str | None
) -> Amount:
    """Read "200 billion yuan", "1.5 trillion" and "15 thousand enterprises"."""
    scale = Decimal(1)
    for name in word.groups():
        scale *= numerals.ENGLISH_MAGNITUDES[name] if name else 1
    after = word.end()
    unit = UNIT.match(key, after + 1) if key[after : after + 1] in {" ", "-"} else UNIT.match(key, after)
    noun = unit or _counted_noun(key, after)
    base, factor = base_of(noun.group()) if noun else (currency or "", Decimal(1))
    stop = unit.end() if unit else after
    return Amount(start, stop, end, Numeral(value, scale), key[end:stop].strip(" -"), base, factor)


def _with_unit(
    key: str, start: int, end: int, number_end: int, numeral: Numeral, tail: str, more: Span | None
) -> Amount | None:
    """Add the unit after a number. Without one, a magnitude must be printed: 突破2000亿."""
    gap = end + 1 if key[end : end + 1] == " " else end
    if unit := UNIT.match(key, gap):
        if _is_false_unit(key, start, gap, unit):
            return None
        base, factor = base_of(unit.group())
        return Amount(start, unit.end(), number_end, numeral, tail + unit.group(), base, factor, more=more)
    if tail and not _NO_BARE_MAGNITUDE.match(key, end):
        return Amount(start, end, number_end, numeral, tail, "", Decimal(1), more=more)
    if noun := _counted_noun(key, end):
        base, factor = base_of(noun.group())
        return Amount(start, end, number_end, numeral, noun.group(), base, factor, more=more)
    if _follows_bound(key, start) and _ENDS.match(key, end):
        return Amount(start, end, number_end, numeral, "", "", Decimal(1), more=more)
    return None


_NO_BARE_MAGNITUDE = re.compile(r"[级区众千百亿万吨头像能户物马]|人[均群口]")
_ENGLISH_STOP = frozenset(
    words(
        "in by to of and or is are was were the for from with at on than will what how as it its this"
        " that per when if"
    )
)
_ENGLISH_WORD = re.compile(r"[a-z'’-]{1,24} ")


def _counted_noun(key: str, end: int) -> re.Match[str] | None:
    """Find the counted noun of "80 national innovation platforms" within five words."""
    position = end + 1
    if key[end : end + 1] != " ":
        return None
    for _ in range(5):
        if unit := ENGLISH_UNIT.match(key, position):
            return unit
        word = _ENGLISH_WORD.match(key, position)
        if word is None or word.group().strip() in _ENGLISH_STOP:
            return None
        position = word.end()
    return None


_AFTER_FALSE = {
    "次": re.compile(
        "全会|会议|全体|党代会|集体|大会|代表|修订|修正|常委|学习|产业|能源|创业|元|性|谈话|党组|局务"
        "|省委|市委|县委|方|理事|人代会|政协"
    ),
    "位": re.compile("[数于居列]"),
    "家": re.compile("[园庭具居]"),
    "成": re.compile(r"(?![以左、,。;的)?和为是]|$|多)"),
    "方": re.compile("[面案针向式法位]"),
    "分": re.compile("[之会局类别管析工行店院期步层级批]"),
    "项": re.compile("目管"),
    "期": re.compile("工程|项目"),
    "条": re.compile("例|第|规定"),
    "类": re.compile("似"),
    "班": re.compile("子"),
    "人": re.compile("[均大才口群类代]"),
    "件": re.compile("套"),
    "天": re.compile("[然津空气]"),
    "年": re.compile("[级度轻制]|义务|一贯"),
}  # fmt: skip
_NUMBERED = frozenset(words("条 款 项 章 节 批 期 届 次 号 页 类 层 集 册 部 轮 季度 个季度"))
_ORDINAL_BEFORE = re.compile(  # 第三条至第五条, 第3、5条: what follows is no count either
    r"第\s?(?:[\d一二三四五六七八九十百]+\s?[条款项章节批期届次号页]?\s?(?:至|到|-|~|、|和|或|及)\s?(?:第\s?)?){1,6}$"
)
_LAST_MILE = re.compile('[“‘"]最[初先前后末]$')  # “最后一公里” is a figure of speech
_DIGITS_ONLY = frozenset(words("字 期 分 方 角 升 秒 本 层 口 对 单 节 页 顿 股 批次 起 双 首 例 步"))
_ONE_OF = frozenset(words("元 % 吨 亩 公顷 公里 万 亿 倍 成 平方公里 千瓦"))
_RANKED = re.compile("前$|排名|位次|名次|排位")
_QUOTED = re.compile(r"[^”’》\n]{0,8}[”’》]")


def _is_false_unit(key: str, start: int, gap: int, unit: re.Match[str]) -> bool:
    """Say whether what looks like a unit belongs to another word: 八次全会, 两位数, “六个环境”, 一个."""
    word, number = unit.group(), key[start:gap].strip()
    if (false := _AFTER_FALSE.get(word)) and false.match(key, unit.end()):
        return True
    if not number[0].isdigit() and word in _DIGITS_ONLY and len(number) == 1:
        return True
    if word in {"名", "位"} and _RANKED.search(key, max(0, start - 16), start):
        return True
    if word.endswith("季度") and key.startswith(("前", "首", "头"), start - 1):
        return True  # 前三季度 is a part of a year
    if _LAST_MILE.search(key, max(0, start - 3), start) and key.startswith(("”", "’", '"'), unit.end()):
        return True
    if word in _NUMBERED and _ORDINAL_BEFORE.search(key, max(0, start - 24), start):
        return True
    if key[max(0, start - 1) : start] in {"“", "‘", "《"} and _QUOTED.match(key, unit.end()):
        return True
    if number in {"一", "1"} and number == "一" and word not in _ONE_OF:
        return not _follows_bound(key, start)
    return (
        word in {"日", "月", "号"}
        and not number[0].isdigit()
        and not key.startswith(("内", "之内", "以内"), unit.end())
    )


_BOUNDS = (
    "至少",
    "超过",
    "不少于",
    "不低于",
    "不足",
    "不到",
    "不超过",
    "少于",
    "多于",
    "突破",
    "得超过",
    "more than ",
    "at least ",
    "exceed ",
    "exceeds ",
    "reach ",
    "over ",
)
_ENDS = re.compile(r"[?!吗呢吧,。;、)”]|$")


def _follows_bound(key: str, start: int) -> bool:
    return any(start >= len(word) and key.startswith(word, start - len(word)) for word in _BOUNDS)


_READERS: dict[str, Callable[[str, re.Match[str]], Amount | None]] = {
    "share": _read_share,
    "fraction": _read_fraction,
    "multiple": _read_multiple,
    "vague": _read_vague,
    "digits": _read_digits,
    "rough": _read_rough,
    "chinese": _read_chinese,
    "english": _read_english,
}
