"""Declining by slots: what the documents do not cover is said with its reason, and with the nearest that they say.

A score alone never decides. A place, a body, a title or a name that the question rests on must be printed; a year must
have a row; an attribute (规模, 全称, 电话 …) must be given in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool, article_key
from assistant.answers.spans import Window
from assistant.asking import vocabulary as words
from assistant.asking.kinds import Kind
from assistant.asking.places import bare, find_places, forms_of, is_within
from assistant.asking.questions import Question
from assistant.model import Reason, Status
from documents.folding import fold

_BODY = re.compile(
    r"((?:[\u4e00-\u9fff]{0,6}?)(?:市|省|县|区|国家)?[\u4e00-\u9fff]{2,8}?(?:局|委员会|发改委|改革委|健康委|卫健委|国资委|委(?=[主书的副党]|$)|厅|办公室|法院|检察院|银行|集团|公司|大学(?!生)|学院))"
)
_BEFORE_BODIES = re.compile(
    r"^(?:为什么|为何|请问|谁|哪(?:个|家|些)?|由|是|在|对|给|向|针对|根据|按照|如果|那么|那|听说)+"
)
_TITLED = re.compile(r"《([^》]{2,40})》")
_JOINED = re.compile("^[和与及](?=.{2})")  # 科技局和工信局
_NO_BODIES = frozenset("布局 格局 全局 大局 结局 当局 时局 局 委 厅 编委".split())
_BODY_WORDS = frozenset(
    "发展 改革 管理 监督 规划 建设 服务 保障 统计 审计 应急 税务 教育 交通 运输 研究 监管 保护 执法".split()
)
_ANYTHING = re.compile(r"(?:^| )(?:实现|取得|达到|完成)(?: |$)")  # done to any figure
_WHEN = frozenset({"日期", "时间"})
_RANKS = {"第几", "排第", "排名", "名次"}
_REPEALS = re.compile(r"废止|停止执行|失效|不再执行")
_ASKS_FORCE = re.compile(r"有效|废止|作废|失效|取代|代替|替代|执行吗|施行")
_GENERIC_BODY = re.compile(
    r"^(?:哪|什么|几|各|这|那|该|本|其|有关|相关|主管|责任|牵头|高新技术|一流|所有|全部|由|是|归|一|两|多少|多|家|个|联合|培育|支持|建设|高校|龙头|链主|创新)|(?:哪|什么|多少|几)"
)

TEXTS = {
    Reason.SUBJECT_NOT_COVERED: ("文档中没有提到{what}。", "The documents do not mention {what}."),
    Reason.PERIOD_NOT_COVERED: ("文档中没有给出{what}的这项内容。", "The documents do not state this for {what}."),
    Reason.ATTRIBUTE_NOT_STATED: ("文档中没有给出{what}。", "The documents do not state {what}."),
    Reason.OUT_OF_SCOPE: (
        "这不是针对文档内容的提问,无法回答。请就已收录的文档提问。",
        "This is not a question about the documents, so it cannot be answered. Please ask about their content.",
    ),
    Reason.FALSE_PREMISE: ("文档中没有这一说法。", "The documents do not say so."),
    Reason.SUPERSEDED_ONLY: (
        "{what}已被废止,且不在文档库中,无法据以回答。",
        "{what} has been repealed and is not among the documents, so it cannot be answered from.",
    ),
    Reason.AMBIGUOUS: ("问题不够明确,无法确定指的是哪一项。", "The question could mean several things and cannot be answered as it is."),
}  # fmt: skip
_DEFAULT = {
    Reason.SUBJECT_NOT_COVERED: ("所问的内容", "what is asked"),
    Reason.PERIOD_NOT_COVERED: ("所问时间", "that period"),
    Reason.ATTRIBUTE_NOT_STATED: ("所问的这一点", "this"),
}
OTHER_LANGUAGE = (
    "Questions can be asked in Chinese or English; this one cannot be answered. 请用中文或英文提问。"
)


def decline(reason: Reason, *, nearest: Sequence[str] = (), method: str, what: str = "") -> Draft:
    """Return a decline; its words are put in by `decline_text` once the language is known."""
    return Draft(method, what, status=Status.NOT_FOUND, reason=reason, nearest=tuple(nearest), confidence=0.0)


def decline_text(question: Question, reason: Reason, what: str) -> str:
    """Return a decline in the question's language, naming what is missing where it is known."""
    if question.language == "other":
        return OTHER_LANGUAGE
    english = question.language == "en"
    if english and (
        reason is Reason.ATTRIBUTE_NOT_STATED or (question.places and what not in question.places)
    ):
        what = ""  # the documents may well print it, only not of what is asked
    what = as_asked(question, what) if english else what
    named = f"“{what}”" if what else _DEFAULT.get(reason, ("", ""))[english]
    if not what and reason is Reason.PERIOD_NOT_COVERED and question.periods:
        named = "、".join(period.text for period in question.periods)
    return TEXTS[reason][english].format(what=named or what)


def as_asked(question: Question, what: str) -> str:
    """Return what a question names in its own words and letters: Luoyang, not 洛阳."""
    for one in question.terms:
        if what == one.text or what in one.alternatives:
            at = question.text.lower().find(one.text)
            return question.text[at : at + len(one.text)] if at >= 0 else one.text
    return what


def before_search(question: Question) -> Draft | None:
    """Return a decline for what is no question to documents."""
    if question.language == "other":
        return decline(Reason.OUT_OF_SCOPE, method="language")
    if question.injected:
        return decline(Reason.OUT_OF_SCOPE, method="injection")
    if question.out_of_scope and not question.periods and not question.amounts:
        return decline(Reason.OUT_OF_SCOPE, method="out_of_scope")
    asks_something = question.terms or question.periods or question.amounts or question.kind is Kind.AUTHOR
    if not asks_something and question.kind is Kind.FIGURE:
        return decline(Reason.AMBIGUOUS, method="ambiguous")
    if not asks_something:
        return decline(Reason.OUT_OF_SCOPE, method="no_content")
    return None


def names_nothing(question: Question) -> bool:
    """Say whether a question asks for a figure of nothing that it names: “2030年目标是多少?”."""
    if question.kind is not Kind.FIGURE or question.carried or question.premise or question.amounts:
        return False
    places = {bare(place) for place in question.places}
    named = [one for one in question.terms if not any(place in one.text for place in places)]
    said = [one for one in named if not _ANYTHING.search(" ".join(one.alternatives))]
    return not any(one.describes for one in said) and question.attribute in {
        "",
        "目标",
        "指标",
        "数据",
        "数字",
    }


def uncovered_place(question: Question, pool: Pool) -> Draft | None:
    """Return a decline when the question names a place that none of the found documents is about or mentions."""
    if not question.places:
        return None
    covered = {bare(place) for document in pool.documents.values() for place in (document.place,) if place}
    covered |= {
        bare(place)
        for document in pool.documents.values()
        for place in find_places(fold(document.title + (document.issuer or "")))
    }
    for asked in question.places:
        name = bare(asked)
        said = (s.key for s in pool.sentences)
        if name in covered or any(
            _printed_as_subject(key, name) and name in find_places(key) for key in said
        ):
            continue
        if asked == "全国" and not covered:
            continue
        if any(is_within(place, name) for place in covered) or not any(map(pool.printed, forms_of(asked))):
            return decline(Reason.SUBJECT_NOT_COVERED, method="place", what=asked)
    return None


def _printed_as_subject(key: str, place: str) -> bool:
    """Say whether a sentence speaks of a place itself rather than of something named after it."""
    at = key.find(place)
    return at >= 0 and not re.match(r"(?:省)?(?:考察|工作|之|大地|和|及)", key[at + len(place) :])


def uncovered_name(question: Question, pool: Pool) -> Draft | None:
    """Return a decline when a titled document, a body or an unknown name of the question is printed nowhere."""
    for title in _TITLED.findall(question.key):
        repealed = _repealed(title, pool)
        if repealed and not _ASKS_FORCE.search(question.key):
            return decline(
                Reason.SUPERSEDED_ONLY, method="repealed", what=f"《{title}》", nearest=(repealed,)
            )
        if not _mentioned(title, pool):
            return decline(Reason.SUBJECT_NOT_COVERED, method="title", what=f"《{title}》")
    if question.language == "zh":
        for body in _BODY.findall(question.key):
            name = _JOINED.sub("", _BEFORE_BODIES.sub("", body.rpartition("由")[2]))
            for place in question.places:
                name = name.removeprefix(place) if len(name) - len(place) > 2 else name
            kind_of_it = re.search(
                rf"{re.escape(name)}(?:都|主要|一共|分别)?(?:有|是|包括)(?:哪|什么|几)", question.key
            )
            if (
                kind_of_it is None
                and _is_body(name)
                and not _GENERIC_BODY.search(name)
                and not _body_known(name, pool)
            ):
                return decline(Reason.SUBJECT_NOT_COVERED, method="body", what=name)
    return None


def _is_body(name: str) -> bool:
    """Say whether a stretch that ends like a body's name is one: 布局 and 格局 are none."""
    cut = rjieba.tag(name)
    last = cut[-1][0]
    if last in _NO_BODIES or last[-2:] in _NO_BODIES:  # 空间布局 is one word
        return False
    return not any(tag[:1] in "vdrpc" and len(word) > 1 for word, tag in cut[:-1] if word not in _BODY_WORDS)


def _repealed(title: str, pool: Pool) -> str:
    """Return the sentence that repeals a document which is not in the index itself, or ""."""
    if any(title in fold(document.title) for document in pool.documents.values()):
        return ""
    told = [s.text.strip()[:80] for s in pool.sentences if title in s.key and _REPEALS.search(s.key)]
    return told[0] if told and len(told) == sum(title in s.key for s in pool.sentences) else ""


def _mentioned(name: str, pool: Pool) -> bool:
    if pool.printed(name):
        return True
    return any(name in article_key(s.document, s.section) for s in pool.sentences)


def _body_known(name: str, pool: Pool) -> bool:
    """Say whether a body is printed, in full or with the characters of its short form in order (工业和信息化局, 工信局)."""
    core = re.sub(r"^(?:[\u4e00-\u9fff]{1,4}[市省县区]|市|省|县|区)", "", name) or name
    core = re.sub(r"委员会$", "委", core)
    texts = {s.key for s in pool.sentences} | {article_key(s.document, s.section) for s in pool.sentences}
    if any(core in text for text in texts):
        return True
    short = (
        re.compile("".join(map(re.escape, core[:-1])) + core[-1])
        if len(core) < 3
        else re.compile(r"[\u4e00-\u9fff]{0,3}?".join(map(re.escape, core)))
    )
    if any(short.search(text) for text in texts):
        return True
    wide = re.compile(r"[\u4e00-\u9fff]{0,5}?".join(map(re.escape, core)))
    if 3 <= len(core) <= 4 and any(wide.search(text) for text in texts):
        return True
    known = {b for text in texts for b in re.findall(r"[\u4e00-\u9fff]{1,16}?(?:局|委|厅|办)", text)}
    return any(
        _is_short_for(core, re.sub(r"^.{0,6}?[市省县区](?=.{3})", "", body))
        or _is_short_for(re.sub(r"^.{0,6}?[市省县区](?=.{3})", "", body), core)
        for body in known
    )


def _is_short_for(short: str, full: str) -> bool:
    """Say whether the characters of `short` stand in `full` in order, beginning and ending alike."""
    if len(short) < 3 or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def said_otherwise(attribute: str, near: str) -> bool:
    """Say whether an attribute is printed in other words: 拨打12333 gives a telephone, 强度达到3% a share."""
    if attribute in _RANKS:
        return bool(re.search(r"第(?:[一二三四五六七八九十]|\d)|首位|前列|榜首", near))
    if attribute in {"投资额", "总投资", "投资"}:
        return bool(re.search(r"投资[^,。;]{0,6}\d", near))
    if attribute == "规模":
        return bool(re.search(r"(?:产业|集群|行业|企业)[^,。;]{0,4}(?:产值|营收|营业收入|增加值)", near))
    if attribute == "占比":
        return bool(re.search(r"(?:率|强度|比重|占)[^,。;]{0,24}%", near))
    if attribute == "年龄":
        return "岁" in near
    return attribute in {"电话", "联系方式"} and bool(re.search(r"(?:拨打|致电|热线)\D{0,4}\d{3,}", near))


def missing_attribute(question: Question, pool: Pool, window: Window) -> Draft | None:
    """Return a decline when the question asks for an attribute that the best evidence does not print."""
    near = window.sentence.key + fold(window.sentence.passage.context)
    for attribute in words.attributes_of(question.key):
        if question.kind is Kind.WHEN and attribute in _WHEN:
            continue  # the clause must give a date or a length of time anyway
        if attribute not in near and not said_otherwise(attribute, near):
            return decline(
                Reason.ATTRIBUTE_NOT_STATED,
                method="attribute",
                what=attribute,
                nearest=(window.text.strip()[:80],),
            )
    return None
