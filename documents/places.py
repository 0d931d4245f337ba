"""Whose document it is: the place, told by its title, number or issuer, or by what the text keeps naming."""

from __future__ import annotations

import re
from collections import Counter

from documents.gazetteer import CITIES, PROVINCES

# What an issuer's short name in a document number begins with (郑政办〔2022〕79号), if it is clear.
_NUMBER_PREFIXES = {
    "国": "全国", "中": "全国", "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市",
    "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "吉": "吉林省", "黑": "黑龙江省", "苏": "江苏省",
    "浙": "浙江省",
    "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省",
    "湘": "湖南省", "粤": "广东省", "琼": "海南省", "川": "四川省", "黔": "贵州省", "滇": "云南省",
    "云": "云南省", "陕": "陕西省", "甘": "甘肃省", "青": "青海省", "桂": "广西壮族自治区",
    "藏": "西藏自治区", "宁": "宁夏回族自治区", "新": "新疆维吾尔自治区", "郑": "郑州市", "汴": "开封市",
    "洛": "洛阳市", "许": "许昌市", "穗": "广州市", "杭": "杭州市", "蓉": "成都市", "成": "成都市",
}  # fmt: skip
_NATION = re.compile(
    r"国务院|中华人民共和国|中共中央|全国人民代表大会|全国人大|党中央|最高人民(?:法院|检察院)|中国人民银行|海关总署"
    r"|国家(?:发展|税务|市场|知识|统计|能源|卫生|医疗|金融|广播|林业|疾病|数据|国际|体育|信访|铁路|移民|文物|外汇|中医)"
    r"|(?:^|[、\s])(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源(?:和)?社会保障|自然资源|水利"
    r"|生态环境|住房(?:和)?城乡建设|交通运输|农业农村|商务|文化和旅游|应急管理|退役军人事务)部(?!门)"
)
_AMBIGUOUS = frozenset(
    {"朝阳", "中山", "黄山", "南平", "海东", "白银", "吉安", "新余", "大同", "安康", "长治", "本溪", "安顺"}
)
_OPENING = re.compile(
    r"(?!关于|推进|建设)[\u4e00-\u9fff]{2,5}?(?:市|县|自治[州县旗])(?!场|政(?!府)|长|委|级|民|域|区)"
)
_DISTRICT = re.compile(  # 青岭区人民政府办公室, 某某区2026年工作要点; 开发区 and 辖区 are no names
    r"(?!关于|推进|建设|全|各)(?P<name>[\u4e00-\u9fff]{2,6}?(?<!自治)(?<![试实]验)(?<![辖城片校园地山库景社治行湾发])区)"
    r"(?=人民|政府|政务|人大|政协|委员会|[\u4e00-\u9fff]{2,8}(?:局|办公室)|20\d\d|“)"
)
_BELOW_PROVINCE = re.compile(r"办公室|[区县镇乡旗州](?![域际级])|街道")
_FEWEST_MENTIONS = 3
_OWN = "(?:现代化(?:新|美好)?|美好|幸福|平安|法治|数字|活力|魅力|美丽|文明|[一二三四五六七八九]个)"
_FEWEST_ALONE = 2  # of a place beside which no other of its level is named
_LEAD = 2.0  # times that the most named place must be named as often as the next


def place_of_number(number: str) -> str | None:
    """Return the place that a 发文字号 tells, or None when its first character tells none."""
    return _NUMBER_PREFIXES.get(number[:1])


def place_of_issuer_number(number: str, issuer: str | None) -> str | None:
    """Return the place of a 发文字号 unless the issuer printed cannot be of it.

    A district shortens its name to one character too (青政办 of 青岭区): a province is believed only where no
    office of a lower level signs; its own is a 办公厅.
    """
    found = place_of_number(number)
    is_province = found in PROVINCES.values()
    return None if is_province and issuer and _BELOW_PROVINCE.search(issuer) else found


def place_in(text: str) -> str | None:
    """Return the place that a title or an issuer names: 郑州市, 河南省, 全国, or any 某某市 at its start."""
    for name in re.findall(r"[\u4e00-\u9fff]{2,5}?(?=市)", text):
        for length in range(min(4, len(name)), 1, -1):
            if name[-length:] in CITIES:
                return f"{name[-length:]}市"
    for short, full in PROVINCES.items():
        if full in text or re.search(rf"{short}(?:省|市|自治区)", text):
            return full
    if _NATION.search(text):
        return "全国"
    if opening := _OPENING.match(text):
        return opening.group()
    if district := _DISTRICT.match(text):
        return district.group("name")
    named = [f"{city}市" for city in CITIES if city not in _AMBIGUOUS and city in text]
    named += [full for short, full in PROVINCES.items() if short in text]
    return named[0] if len(named) == 1 else None


def place_of_text(text: str) -> str | None:
    """Return the place that a text speaks of as its own, or None when it does not say so clearly.

    我市, 全市 and 市委 ask for a city, 我省 and 全省 for a province, 我国 for the country: the level that the
    text speaks from decides which of the names that it repeats is meant.
    """
    own = {
        "city": len(re.findall(r"我市|全市|本市|市委(?!员)|市政府|市属", text)),
        "province": len(re.findall(r"我省|全省|本省|省委(?!员)|省政府|我区|全区|自治区", text)),
        "nation": len(re.findall(r"我国|全国各族|国务院|党中央", text)),
    }
    if own["city"] >= _FEWEST_MENTIONS and own["city"] >= own["province"]:
        return _most_named(text, {city: f"{city}市" for city in CITIES - _AMBIGUOUS} | _municipalities())
    if own["province"] >= _FEWEST_MENTIONS:
        return _most_named(text, PROVINCES)
    if own["nation"] >= 5 and not own["city"]:
        return "全国"
    return None


def _municipalities() -> dict[str, str]:
    return {short: full for short, full in PROVINCES.items() if full.endswith("市")}


def _most_named(text: str, names: dict[str, str]) -> str | None:
    """Return the full name of the place named at least three times and twice as often as any other; or twice, if alone."""
    counted = Counter(re.findall("|".join(sorted(names, key=len, reverse=True)), text)).most_common(2)
    if not counted:
        return None
    own = len(counted) == 1 and re.search(f"{_OWN}{counted[0][0]}", text)  # 现代化某市, “六个某市”
    if not own and counted[0][1] < (_FEWEST_MENTIONS if len(counted) > 1 else _FEWEST_ALONE):
        return None
    if len(counted) > 1 and counted[0][1] < _LEAD * counted[1][1]:
        return None
    return names[counted[0][0]]
