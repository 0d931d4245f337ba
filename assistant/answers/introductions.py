"""People whom documents introduce: “市科技局党组书记安春茂表示”, “党组书记、局长陈振林主持”, “主任：孙春兰”.

A name is what the word list takes for one behind a post, or what begins with a surname and ends where a verb of
saying or a mark begins; nothing else is a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import rjieba

from assistant.answers.evidence import Pool, holders
from assistant.answers.rosters import rosters
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.people import is_name

_POST = (
    r"(?:党组书记|党委书记|党工委书记|总书记|书记|局长|主任|市长|省长|县长|区长|厅长|部长|院长|校长|总理|主席|总经理|董事长|理事长|会长|"
    r"秘书长|司长|处长|科长|行长|社长|所长|馆长|站长|镇长|乡长|村长|总裁|总监|巡视员|调研员|专员|发言人|总编辑)"
)
_POSTS = rf"(?:常务|代)?副?{_POST}(?:、(?:常务|代)?副?{_POST})*"
_ENDS_BODY = r"(?:局|委|厅|部|院|署|社|会|所|站|馆|队|中央|政府|办公室|集团|公司|中心|大学|学校|医院|银行|分行|侨联|妇联|市|省|县|区)"
_BODY = rf"[\u4e00-\u9fff]{{2,20}}?{_ENDS_BODY}"
_INTRODUCED = re.compile(rf"(?P<body>{_BODY})?(?P<role>[一二]?级?{_POSTS})(?P<person>[\u4e00-\u9fff]{{2,4}})")
_HELD_BY = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{0,20}}?{_ENDS_BODY})?(?P<role>{_POSTS})由(?P<person>[\u4e00-\u9fff]{{2,4}}?)(?:同志)?(?:兼任|担任|兼)"
)
_LISTED = re.compile(
    rf"(?P<role>{_POSTS}):\s*(?P<people>[\u4e00-\u9fff]{{2,4}}(?:[、\s]+[\u4e00-\u9fff]{{2,4}})*)(?=[\s,。;(]|$)"
)
_POST_OF_BODY = re.compile(rf"(?P<body>{_BODY})(?P<role>(?:常务|代)?副?{_POST})")
_AFTER_NAME = re.compile(
    r"表示|说|介绍|指出|强调|告诉|认为|透露|在|作|等|及|和|与|同志|先生|女士|主持|出席|会见|参加|带领|率|任|为|[,。、;:(\s]|$"
)
_SAID = re.compile(r"表示|说|介绍|指出|强调|告诉记者")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温牛樊葛邢安齐倪"
    "伍颜聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辜靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a document introduces, with role and body as printed."""

    name: str
    role: str
    body: str
    document: Document
    section: Section
    span: Span
    said: str = ""  # key of the sentence that introduces the person


def people(pool: Pool) -> list[Person]:
    """Return the people introduced in the found documents, without repetitions, best hit first."""
    found: dict[tuple[str, str, str], Person] = {}
    for person in (*_speakers(pool), *_introduced(pool), *_in_rosters(pool)):
        found.setdefault((person.name, person.role, person.body), person)
    return list(found.values())


def speaker_of(document: Document, section: Section) -> Person | None:
    """Return who speaks in the innermost section around `section` that has a speaker."""
    for at in holders(document, section):
        if at.speaker:
            return Person(at.speaker.person, at.speaker.role, at.speaker.body, document, at, at.speaker.span)
    return None


def as_introduced(speaker: Person) -> Person:
    """Return a speaker with the span where the text introduces him, if it does: 市科技局党组书记安春茂表示."""
    return replace(speaker, span=_introduction(speaker) or speaker.span)


def _speakers(pool: Pool) -> Iterator[Person]:
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        for at in holders(sentence.document, sentence.section):
            speaker = speaker_of(sentence.document, at)
            if speaker is not None and (sentence.document.id, speaker.section.index) not in seen:
                seen.add((sentence.document.id, speaker.section.index))
                yield as_introduced(speaker)


def _introduction(speaker: Person) -> Span | None:
    section, name = speaker.section, speaker.name
    text = fold(section.body.of(speaker.document.text))
    for match in _INTRODUCED.finditer(text):
        if match["person"].startswith(name) or name.startswith(match["person"]):
            start, end = section.body.start + match.start(), match.start("person") + len(name)
            said = _SAID.match(text[end:])
            return Span(start, section.body.start + end + (said.end() if said else 0))
    return None


def _introduced(pool: Pool) -> Iterator[Person]:
    for sentence in pool.sentences:
        key, start = sentence.key, sentence.span.start
        introduced = list(_INTRODUCED.finditer(key))
        for match in introduced:
            name = _name_at(key, match.start("person"))
            if name:
                span = Span(start + match.start(), start + match.start("person") + len(name))
                said = _without_others(key, match, introduced)
                yield Person(
                    name, match["role"], match["body"] or "", sentence.document, sentence.section, span, said
                )
        for match in _HELD_BY.finditer(key):
            if is_name(match["person"]):
                span = Span(start + match.start(), start + match.end())
                said = fold(sentence.passage.indexed_text)  # of which body stands before: 其办公室主任由…
                body = match["body"] or ""
                yield Person(
                    match["person"], match["role"], body, sentence.document, sentence.section, span, said
                )
        for match in _LISTED.finditer(key):
            span = Span(start + match.start(), start + match.end())
            for name in re.findall(r"[\u4e00-\u9fff]+", match["people"]):
                if name[0] in _SURNAMES:
                    yield Person(name, match["role"], "", sentence.document, sentence.section, span, key)


def _in_rosters(pool: Pool) -> Iterator[Person]:
    """Return who stands in a roster: one post with its body apart, several as they are printed."""
    for sentence, entries in rosters(pool):
        said = fold(sentence.document.title)
        for entry in entries:
            one = _POST_OF_BODY.fullmatch(fold(entry.post))
            body, role = (one["body"], one["role"]) if one else ("", entry.post)
            yield Person(entry.name, role, body, sentence.document, sentence.section, entry.span, said)


def _without_others(key: str, own: re.Match[str], introduced: Sequence[re.Match[str]]) -> str:
    """Return a sentence's key without the posts of the others whom it introduces: 甲会会长张三、乙会会长李四."""
    for other in introduced:
        if other.start() != own.start():
            key = key[: other.start()] + " " * (other.end("role") - other.start()) + key[other.end("role") :]
    return key


def _name_at(key: str, at: int) -> str:
    """Return the name that begins at an offset of a key, or ""."""
    word, tag = rjieba.tag(key[at : at + 12])[0]
    ends = [length for length in (3, 2) if len(key) >= at + length and _AFTER_NAME.match(key, at + length)]
    if tag.startswith("nr") and 2 <= len(word) <= 4:
        cut = len(word) == 2 and ends == [3] and key[at] in _SURNAMES  # 张军|扩表示
        return key[at : at + 3] if cut else str(word)
    if key[at] in _SURNAMES:
        for length in (3, 2):
            if len(key) >= at + length and _AFTER_NAME.match(key, at + length):
                return key[at : at + length]
    return ""
