"""What a figure is called: the noun phrase in front of its verb, or the object behind its counting word.

Works on folded text. Chinese does not mark where a noun phrase begins, so the words that may stand in
front of one without belonging to it (力争, 全市, 完成) are taken off one by one, in the segmenter's words:
lists say which, word classes decide where lists do not reach.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

import rjieba

from documents.model import Span
from documents.name_words import (
    CUT,
    FLOW_VERB,
    KEEPS_NEW,
    LEADING,
    LEADING_KEPT,
    LEADING_TAGS,
    MAKES_FLOW,
    NATIONAL_NAME,
    NOMINAL,
    NOUN_AFTER_VERB,
    PLACE,
    RIGHT_REFUSED,
    RIGHT_STOP,
    RIGHT_TAIL,
    SOME_PLACE,
    TRAILING,
)

LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Name:
    """A noun phrase with its span (empty when there is none), and what was taken off in front of it."""

    span: Span
    place: Span | None = None
    verb: Span | None = None
    is_flow: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    tag: str


@lru_cache(maxsize=4096)
def _tag(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(rjieba.tag(text))


def _tokens(key: str, start: int, end: int) -> list[_Token]:
    found = []
    for word, tag in _tag(key[start:end]):
        found.append(_Token(start, start + len(word), word, tag))
        start += len(word)
    return found


def is_verb(text: str) -> bool:
    """Say whether a name would be a bare verb: 惠及, 完工."""
    tags = _tag(text)
    return len(tags) == 1 and tags[0][1] in {"v", "vn", "d", "ad"} and not NOMINAL.search(text)


def left_name(key: str, start: int, end: int, cuts: list[Span]) -> Name:
    """Return the noun phrase that ends before a number or its verb at `end`, not reaching back over `start`.

    `cuts` are spans (periods, hedges, durations) that no name holds, in the order of their ends.
    """
    tokens: list[_Token] = []
    aside: tuple[list[_Token], int] | None = None
    before = bisect_right(cuts, end, key=_end_of)
    while end > start:  # words at the end, and periods between the name and its verb
        while before and cuts[before - 1].end > end:
            before -= 1
        cut = _last_cut(cuts, before, start)
        if cut is not None and cut.end == end:
            end = cut.start
            continue
        floor = cut.end if cut is not None else start
        tokens = _tokens(key, floor, end)
        kept = len(tokens)
        while kept and _is_trailing(key, floor, tokens[kept - 1]):
            kept -= 1
        end = tokens[kept - 1].end if kept else floor
        if stuck := _STUCK.search(key, max(floor, end - 8), end):
            end = stuck.start()
            continue
        if cut is not None and kept and floor > start and _DONE.fullmatch(key, floor, end):
            aside, end = (tokens[:kept], end), cut.start  # 科技型企业|今年新入库3200家
            continue
        if kept or floor == start or end == start:
            tokens = tokens[:kept]
            break
    name = _without_leading(key, tokens, end)
    if aside is None:
        return name
    own = _without_leading(key, *aside)
    return replace(name, verb=own.verb, is_flow=own.is_flow) if name.span.end > name.span.start else own


_DONE = re.compile("新?(?:入库|签约|开工|竣工|投产|落地|上市|备案|建成|入选|挂牌|登记|认定|增|培育|获批)")


def _end_of(cut: Span) -> int:
    return cut.end


def _last_cut(cuts: list[Span], before: int, start: int) -> Span | None:
    """Return the last of the first `before` spans that does not reach back over `start`."""
    for at in range(before - 1, -1, -1):
        if cuts[at].end <= start:
            return None
        if cuts[at].start >= start:
            return cuts[at]
    return None


_KEPT_END = re.compile(r"(?:占比|之比|配比|收入比|对比|抚养比|性别比|同比|产销比|城乡比)$")


# Words that the segmenter leaves stuck to the noun in front of them.
_STUCK = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:经(?:最终|初步|国家|统一)?(?:核实|核算|核定|测算)后?|较|(?<![自理事])由|从|(?<=[例率量额值度数比])(?:要|控制|保持|稳定|达到|增长|提高|突破))$"
)


def _is_trailing(key: str, floor: int, token: _Token) -> bool:
    if token.word == "比" or token.word == "占比":
        return not _KEPT_END.search(key, max(floor, token.end - 3), token.end)
    return token.word in TRAILING or token.word.isspace()


_ABBREVIATED = frozenset("湘川粤豫鲁苏浙皖闽赣鄂桂琼渝黔滇藏陕甘青宁新京津沪冀晋蒙辽吉黑郑汉穗蓉")
_ABLE = re.compile("年产|实现|新增|带动|达|提供|满足|减少|节约")
_PUNCTUATION = frozenset("、,;:-·.)”’》+~/")
_RATIO_TO = re.compile(r"与.{2,20}之比")


def _without_leading(key: str, tokens: list[_Token], end: int) -> Name:
    """Take leading words off `tokens`; remember the place and the verb."""
    if tokens and _RATIO_TO.fullmatch(key, tokens[0].start, end):
        return Name(Span(tokens[0].start, end))
    position, place, verb, is_flow = _leading(key, tokens, end)
    rest = tokens[position:]
    for index in range(len(rest) - 1, 0, -1):
        if rest[0].word.startswith("每"):
            break
        if len(rest) - index == 1 and rest[index].tag == "v":
            continue
        if rest[index - 1].word in CUT and rest[index - 1].end < end - 3:
            if place is None and not is_flow:
                return _without_leading(key, rest[index:], end)
            return Name(Span(rest[index].start, end), place, verb, is_flow)
    start = _name_start(key, rest, end)
    end = _topic_end(key, rest, start, end)
    if is_flow and verb and KEEPS_NEW.match(key, start, end):
        start = verb.start
    is_flow = is_flow or bool(MAKES_FLOW.match(key, start, end) or "新增" in key[start:end])
    return Name(Span(start, end), place, verb, is_flow)


_MANNER = re.compile(
    "以[^,“]{2,16}(?:方式|形式)|按照?每|(?:则|都|均|皆)(?![是会市心匀衡价可值])|每[家个户人名](?=[^,]{2})|逐[家个户一]"
)


def _topic_end(key: str, rest: list[_Token], start: int, end: int) -> int:
    """Return where a topic ends and what is said of it begins: 全国重点实验室|则以新建的方式布局."""
    if any(mark in key[start:end] for mark in "“《"):
        return end
    for token in rest:
        said = token.start - start >= 2 and _MANNER.match(key, token.start, end)
        if said and key[token.start - 1] not in "的、和与及":
            return token.start
    return end


def _name_start(key: str, rest: list[_Token], end: int) -> int:
    """Return where the name begins in what is left: behind a rank or a relative clause, with its 对."""
    start = rest[0].start if rest else end
    for ranked in _RANK.finditer(key, start, end):
        start = ranked.end()
    start = _after_relative(key, rest, start, end)
    if _TOWARDS.search(key, start, end) and key.startswith("对", start - 1):
        start -= 1
    return start


def _leading(key: str, tokens: list[_Token], end: int) -> tuple[int, Span | None, Span | None, bool]:
    """Return how many tokens lead to a name, with the place, the verb and whether it makes a flow."""
    place: Span | None = None
    verb: Span | None = None
    is_flow = False
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if found := _INSERTED.match(key, token.start, end):
            position = _index_from(tokens, found.end())
            continue
        if found := _place_at(key, tokens, position, end):
            place = place or Span(*found.span())
            position = _index_from(tokens, found.end())
        elif (found := FLOW_VERB.match(key, token.start, end)) and found.end() <= end:
            is_flow, verb = True, Span(*found.span())
            position = _index_from(tokens, found.end())
        elif found := _BUSY.match(key, token.start, end):
            verb = Span(*found.span())
            position = _index_from(tokens, found.end())
        elif _is_leading(tokens, position):
            if token.tag.startswith("v") and not is_flow:
                verb = Span(token.start, token.end)
            position += 1
        else:
            break
    return position, place, verb, is_flow


_RANK = re.compile(r"第[一二三四五六七八九十\d]{1,3}位?、")


_TOWARDS = re.compile(
    "(?:进出口|出口|进口|投资|贸易)(?:额|总额)?$|贡献[率度]$"
)  # 对共建国家进出口: 对 belongs to the name


def _place_at(key: str, tokens: list[_Token], position: int, end: int) -> re.Match[str] | None:
    """Match a place in front of a name; 全国重点实验室 is a name, 安排省重点项目 holds no province."""
    start = tokens[position].start
    if NATIONAL_NAME.match(key, start, end):
        return None
    found = PLACE.match(key, start, end)
    if found is None and tokens[position].tag == "ns":
        found = SOME_PLACE.match(key, start, end)
        if found and not any(token.end == found.end() for token in tokens[position : position + 2]):
            return None
    return found if found and found.end() < end else None


_BUSY = re.compile(
    "(?:深入|扎实|全面|大力|积极|持续|加快|有序|稳步|滚动|统筹|全力|加紧|高标准|高质量)"
    "(?:开展|推进|实施|推动|落实|办理|打造|完成|建设(?!用地))(?=..)"
)
_INSERTED = re.compile(
    r"\([^()\d]{1,4}\)|\d{1,2}[.、]\s?|[一二三四五六七八九十]{1,3}是为?(?=..)|自?[^,。;]{0,8}之日起|第[一二三四五六七八九十百\d]{1,7}条\s*"
)


def _index_from(tokens: list[_Token], offset: int) -> int:
    return next((index for index, token in enumerate(tokens) if token.start >= offset), len(tokens))


def _is_leading(tokens: list[_Token], position: int) -> bool:
    token = tokens[position]
    if token.word in _PUNCTUATION or token.word.isspace():
        return True
    if token.word == "可" and position + 1 < len(tokens) and tokens[position + 1].tag[:1] != "m":
        return _ABLE.match(tokens[position + 1].word) is not None
    if token.word == "在" and position + 1 < len(tokens) and tokens[position + 1].word[:1] in _ABBREVIATED:
        return False  # 在湘院士: those who are in Hunan
    if position + 1 == len(tokens) and not token.word.isspace() and token.word not in {"、", ",", "的"}:
        return token.word in LEADING and (token.tag[:1] in "vdcpm" or token.word in {"其中", "年末", "年底"})
    following = tokens[position + 1].word if position + 1 < len(tokens) else ""
    if token.word in LEADING:
        last = position + 2 >= len(tokens)
        return not (last and token.tag.startswith("v") and NOUN_AFTER_VERB.match(following))
    if token.word in {"“", "‘", "("}:
        return False
    return token.tag in LEADING_TAGS and not LEADING_KEPT.match(token.word)


_TAKEN = frozenset({"收取", "缴纳", "征收", "发放", "支付", "给予", "提供"})  # 对…企业收取的|担保费率
_SHARE_OF_GROWTH = re.compile("增长的贡献[率度]$")


def _after_relative(key: str, tokens: list[_Token], start: int, end: int) -> int:
    """Leave a relative clause out: 获批建设的 before 国家重点实验室; keep 占生产总值的比重."""
    place = key.rfind("的", start, end)
    if (
        place < 0
        or end - place < 4
        or _SHARE_OF_GROWTH.search(key, start, end)
        or key.rfind("“", start, place) > key.rfind("”", start, place)
    ):
        return start
    before = [token for token in tokens if token.end <= place]
    if before and before[-1].word in _TAKEN and before[-1].end == place:
        return place + 1
    return (
        place + 1
        if any(token.tag[:1] in "vadr" and token.word not in {"占"} for token in before[:2])
        else start
    )


_HONOURED = re.compile(
    "(?:外国)?(?:成果|项目|人员|专家|个人|集体|单位|企业)(?=(?:国家|中华|全国|[省市]).{2,20}(?:奖|称号)$)"
)
_RIGHT_END = re.compile(r"[,。;:!?()\n”’》]")
MILESTONE = re.compile("[十百千万亿]+元?(?:级)?(?:大关|台阶|俱乐部|门槛)")


def right_name(key: str, start: int, stop: int) -> Name | None:
    """Return the counted object that begins at `start`, before the next mark, verb or `stop`."""
    if inserted := _INSERTED.match(key, start, stop):
        start = inserted.end()
    end = _object_end(key, start, stop)
    if honoured := _HONOURED.match(key, start, end):
        start = honoured.end()  # 37项成果|国家自然科学奖二等奖
    relative = _relative_end(key, start, end)
    if MILESTONE.match(key, relative, end):
        return None
    tokens = _tokens(key, relative, end)
    kept: list[_Token] = []
    quoted = 0  # a quoted name is taken whole
    for index, token in enumerate(tokens):
        if (whole := _WHOLE.match(key, token.start, end)) or (kept and token.end <= quoted):
            quoted = max(quoted, whole.end() if whole else 0)
            kept.append(token)
            continue
        if _is_verbal_noun(tokens, index):
            return Name(Span(relative, end))
        if _TRIED.match(key, token.start, end):
            kept.append(token)
            continue
        if _ends_object(kept, token, index + 1 == len(tokens)):
            break
        kept.append(token)
    while kept and kept[-1].word in RIGHT_TAIL:
        kept.pop()
    if not kept or kept[-1].end - relative < 2:
        return None
    return Name(Span(relative, kept[-1].end))


_TRIED = re.compile("试点(?=举措|任务|项目|城市|地区|经验|单位|企业|事项)")
_JOINS = frozenset({"和", "与", "非", "、", "或", "全", "更新"})


def _ends_object(kept: list[_Token], token: _Token, is_last: bool) -> bool:
    """Say whether a counted object ends before `token`."""
    if token.word in RIGHT_STOP or (not kept and token.word in RIGHT_REFUSED) or _is_misprint(kept, token):
        return True
    if token.tag in {"d", "p", "c", "r", "y"} and token.word not in _JOINS:
        return len(token.word) <= (2 if token.tag == "d" else 1)
    return bool(kept) and is_last and token.tag == "v" and token.word in {"运营", "运行", "发展", "前行"}


_WHOLE = re.compile(r"“[^”]{1,16}”|‘[^’]{1,16}’|《[^》]{1,24}》|\([^()\d]{1,3}\)")


def _object_end(key: str, start: int, stop: int) -> int:
    """Return the first mark that is not part of a short quotation or of 首台(套)."""
    position = start
    while position < stop:
        if whole := _WHOLE.match(key, position, stop):
            position = whole.end()
        elif _RIGHT_END.match(key, position):
            break
        else:
            position += 1
    return position


_PURPOSES = frozenset(
    {"支持", "用于", "推动", "促进", "带动", "保障", "服务"}
)  # what money is for is no object


def _relative_end(key: str, start: int, end: int) -> int:
    """Return where the counted noun begins behind a clause with 的: 一批制约发展的|关键技术."""
    place = key.rfind("的", start, min(end, start + 40))
    if place < 0 or end - place < 3:
        return start
    tags = [token.tag for token in _tokens(key, start, place)]
    first = _tokens(key, start, place)[0].word if tags else ""
    if first in _PURPOSES or (tags[:1] == ["n"] and tags[1:2] and tags[1][0] in "vda"):
        return start  # 56个部件全覆盖的产业集群: the parts are counted
    return place + 1 if not tags or any(tag[:1] in "vadpr" for tag in tags) else start


def _is_verbal_noun(tokens: list[_Token], index: int) -> bool:
    """Say whether the object is a verb with its noun and nothing else: 100项|提升举措."""
    return index == 0 and len(tokens) == 2 and tokens[0].tag[0] == "v" and tokens[1].tag[0] in "nv"


def _is_misprint(kept: list[_Token], token: _Token) -> bool:
    """Say whether a character printed again and again follows the word that ends in it."""
    return bool(kept) and len(token.word) > 1 and set(token.word) == {kept[-1].word[-1]}
