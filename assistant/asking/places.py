"""Which place a question or a document is about: 郑州, 河南省, 全国, 金水区.

A figure of one place never answers a question about another, so places are compared, not ranked.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

from documents.gazetteer import PROVINCE_OF

# Two or three characters with a rank after them; characters that stand in words of time, order and asking are no
# part of a place's name.
_LOCAL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:在|于|到|对|请问|为什么|为何|那|那么)?([^\W\da-z_今去明年月全本该各我们的是有为老多少几何哪什么建要将个家]{2,3}?"
    r"(?:自治区|自治州|新区|省|市|县|区|州|旗|镇|乡))(?!场|长|级|域|民|面|委(?!书记|办)|政(?!府)|内|外|局|人(?!民政府)|直|属|里)|"
    r"(?<=[市省州县])([^\W\da-z_今去明年月全本该各我们的是有为老多少几何哪什么建要将个家]{1,3}?(?:市|县|区|旗|镇|乡))"
    r"(?!场|长|级|域|民|面|委(?!书记|办)|政(?!府)|内|外|局|人(?!民政府)|直|属|里)"
)
_WIDE = {
    "全国": re.compile(
        r"全国(?!重点|人大|政协|文明|统一|一流|先进|劳|优秀|示范|百强|首|领先|性)|我国|国家层面|"
        r"(?<![之])中国(?=的|在|有|今|去|到|\d|gdp|经济|国内|人均|人口|城镇|农村|粮食|外贸|全|$|[,?。])"
    ),
    "全球": re.compile(r"全球|全世界"),
}
NATIONWIDE = ("全国", "我国", "中国")  # how a text says that it speaks of the whole country
_NAMED_TOGETHER = {"香港": ("港澳",), "澳门": ("港澳",), "台湾": ("港澳台", "台港澳")}
_NOT_PLACES = re.compile(
    r"^(?:我|全|本|该|各|某|党|城|都|上|股|超|门|夜|菜|集|地|社|园|小|片|灾|库|景|牧|林|山|老|新|特|专|示范|试验|先行|功能|工业|产业|保税|保护|"
    r"自贸|实验|郊|辖|市辖|省|市|县|区|设|强|制造强|创|大|中|国家|世界|一|二|三|四|五|六|七|八|九|十|两|多|几|何|哪|什么)"
)

_KINDS_OF_AREA = tuple(
    "景区 园区 校区 院区 街区 厂区 矿区 林区 牧区 灌区 库区 展区 专区 赛区 营区 度假区".split()
)


_COUNTED = re.compile("[一二两三四五六七八九十几数各][省市县区州]$")  # 东北三省: several places


@cache
def _known() -> re.Pattern[str]:
    names = sorted(PROVINCE_OF, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def find_places(key: str) -> tuple[str, ...]:
    """Return the places that a key names, without 省/市 where they are known, in order of mention.

    >>> find_places("许昌市2030年高新技术企业目标")
    ('许昌',)
    """
    found = {match.start(): match.group() for match in _known().finditer(key)}
    covered = {at for start, name in found.items() for at in range(start, start + len(name))}
    for match in _LOCAL.finditer(key):
        group = 1 if match.group(1) else 2
        name, start = match.group(group), match.start(group)
        if start not in covered and _could_be(name) and bare(name) not in found.values():
            found[start] = name
    for name, pattern in _WIDE.items():
        if mention := pattern.search(key):
            found[mention.start()] = name
    return tuple(dict.fromkeys(name for _, name in sorted(found.items())))


def _could_be(name: str) -> bool:
    """Say whether characters before 市 or 县 may be a name: no verbs, no words of time or order among them."""
    return (
        (not _NOT_PLACES.match(name) or _is_known_name(name))
        and not _COUNTED.search(name)
        and not name.endswith(_KINDS_OF_AREA)
        and not name.endswith(("城镇", "乡镇", "城市", "县区", "市区", "市县", "地区"))
        and not any(tag[:1] in "vdtpcmruf" for _, tag in rjieba.tag(name))
    )


def _is_known_name(name: str) -> bool:
    """Say whether a name that begins like a number is a place's all the same: 三河市, but no 三个县."""
    word, tag = rjieba.tag(name)[0]
    return tag == "ns" and 1 < len(word) >= len(name) - 1


def bare(place: str) -> str:
    """Return a place's name without its rank: 郑州市 → 郑州."""
    return re.sub(r"(?:省|市|自治区|特别行政区)$", "", place) if len(place) > 2 else place


def forms_of(place: str) -> tuple[str, ...]:
    """Return how texts name a place: its name, and the short form in which it is named with others (港澳)."""
    return (bare(place), *_NAMED_TOGETHER.get(bare(place), ()))


def is_within(place: str, wider: str) -> bool:
    """Say whether `place` is `wider` or a known part of it (郑州 lies in 河南)."""
    place, wider = bare(place), bare(wider)
    return place == wider or PROVINCE_OF.get(place) == wider
