"""Follow-ups without a language model: what “那2030年呢?”, “它的作者呢” or “How about …?” leave to the turns before.

A follow-up keeps the frame of the conversation and replaces the slots that it names itself. What it may mean is
returned as readings, the likeliest first, each with where it may be answered from: what the turn before cited, its
article, the conversation's document, its place, and only then the library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.asking.merging import (
    as_follow_up,
    at_places,
    in_periods,
    merged,
    of_document,
    own_terms,
    with_head,
)
from assistant.asking.questions import Kind, Question, understand
from assistant.asking.terms import term
from assistant.conversation.cited_answers import asks_of_cited, cited_sentences
from assistant.conversation.frames import ASKS_BACK, Frame, named_article  # fmt: skip
from assistant.conversation.scopes import IN_FORCE
from assistant.conversation.turn_words import (
    asked_language,
    asks_of_document,
    compared_year,
    counterpart,
    named_whole,
    names_version,
    placed,
    told_otherwise,
    without_lead,
)  # fmt: skip
from assistant.model import Turn
from documents.folding import fold

MOST_TURNS = 10  # turns before these cannot be what a follow-up leans on

_LEANS_ZH = re.compile(
    r"^(?:那|那么|它|他|她|这|其|该|还有|再|另外|以及|同样|上述|前面|刚才|此|采访对象|受访|哪|是谁|谁|由谁|依据|出处|原文)|"
    r"(?:它|他|她|这个|那个|这篇|该文|这项|那项|此项|上面|刚才)|呢[?]?$"
)
_LEANS_EN = re.compile(
    r"^(?:how about|what about|and\b|what of|then\b|same for|who said|where (?:is|does)|why\b|which sentence|source)|"
    r"\b(?:it|its|they|their|them|that|this|he|she|his|her|those|these|one|there)\b"
)
_LONGEST_LEANING = 30  # characters; a longer question stands by itself unless it uses a pronoun
_SHORT_ZH, _SHORT_EN = (
    16,
    8,
)  # characters, words: up to these a question may be meant of the conversation's document
_LONGEST_QUOTED = 30  # characters of a citation that help to see which list is asked for
_NAMES = re.compile(
    r"《|[\u4e00-\u9fff]{2}[省市县区](?!场|长|级|域|民|面|委|政府|内|外|人民)"
)  # a document or a place
_LEADER = re.compile(r"(?:负责人|一把手|领导|局长|主任|书记|市长|省长)呢?[?]?$|\b(?:head|leader|director)\b")
_ISSUE_OR_FORCE = re.compile(
    r"印发|发布|施行|实施|生效|失效|到期|出台|公布|废止|执行|有效|force|effect|expire|valid|issue|publish|release|repeal|deliver"
)
_OF_DOCUMENT = frozenset({"force", "date"})  # ways of answering that speak of a document itself
_COMPARED = frozenset({"comparison"})
_WHOM = frozenset({"identity", "person"})
_POST = re.compile(
    r"职务|职位|身份|部门|单位|头衔|是谁|什么人|\b(?:position|title|role|post|job|department|bureau|office|who)\b"
)
_LONGEST_CITED = 120  # characters of a citation that a question with a topic of its own is asked of
_SAYS_ENOUGH = 4  # characters of what a question is about
_ABOUT_ARTICLES = {Kind.AUTHOR, Kind.TITLE}
_MET = re.compile(r"\b(?:met|achieved|reached|fulfilled)\b|(?:完成|实现|达到|达标|做到)了(?:吗|没有|没)")


class Leaning(StrEnum):
    """How far a question needs the turns before it."""

    ALONE = "alone"  # it stands by itself and reads no history
    BESIDE = (
        "beside"  # it names its topic, but neither place nor period nor document: perhaps the conversation's
    )
    ON = "on"  # it cannot be understood without the turn before it


class Within(StrEnum):
    """Where a reading may be answered from, narrowest first."""

    CITED = "cited"  # the sentences that the answer before cited
    ARTICLE = "article"  # around them
    DOCUMENT = "document"
    PLACE = "place"  # the library, as far as it speaks of the conversation's place
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a follow-up may mean, and where its answer may stand."""

    question: Question
    within: Within = Within.LIBRARY
    version: int | None = (
        None  # of the conversation's document: its year, 0 for the former, 1 for the one in force
    )
    of_answer: bool = False  # asks something of the answer before, and leaves what the conversation is about
    checked: bool = True  # its evidence must speak of what it asks
    own: frozenset[str] = frozenset()  # of that only these words, when they are given
    methods: frozenset[str] = frozenset()  # the only ways of answering that fit, when they are given


def asked(text: str, *, reference: date | None = None) -> Question:
    """Return what a text asks by itself."""
    return understand(text, reference=reference)


def leaning(question: Question) -> Leaning:
    """Say how far a question needs the turns before it."""
    if question.out_of_scope or question.injected:
        return Leaning.ALONE
    key = question.key
    if without_lead(key) != key or asked_language(key) or told_otherwise(key) or compared_year(key):
        return Leaning.ON
    if not own_terms(question) or asks_of_cited(question):
        return Leaning.ON
    version = names_version(key)
    if _leans_by_words(question) or (
        version and not question.places and not own_terms(understand(version[1]))
    ):
        return Leaning.ON
    named = question.places or question.periods or _NAMES.search(key) or question.kind is Kind.COMPARISON
    size = len(key.split()) if question.language == "en" else len(key)
    short = size <= (_SHORT_EN if question.language == "en" else _SHORT_ZH)
    return Leaning.BESIDE if short and not named else Leaning.ALONE


def leans(question: Question) -> bool:
    """Say whether a question cannot be understood without the turn before it."""
    return leaning(question) is Leaning.ON


def _leans_by_words(question: Question) -> bool:
    english = question.language == "en"
    found = (_LEANS_EN if english else _LEANS_ZH).search(question.key)
    short = len(question.key.split()) <= 9 if english else len(question.key) <= _LONGEST_LEANING
    if not found or not short:
        return False
    asks_itself = (
        question.kind not in {Kind.WHAT, *ASKS_BACK} and question.periods and len(question.terms) > 1
    )
    return not asks_itself


def leaned_on(history: Sequence[Turn], reference: date | None = None) -> list[Question]:
    """Return what the last turns asked, oldest first: back to the one that stands by itself."""
    chain: list[Question] = []
    for turn in reversed(history[-MOST_TURNS:]):
        asked = understand(turn.question, reference=reference)
        chain.append(asked)
        if leaning(asked) is Leaning.ALONE and not (asked.out_of_scope or asked.injected):
            break
    return chain[::-1]


def readings(question: Question, frame: Frame, *, reference: date | None = None) -> list[Reading]:
    """Return what a question may mean after a conversation that left `frame`, the likeliest first."""
    about = frame.question
    if about is None or leaning(question) is Leaning.ALONE:
        return [Reading(question, checked=leaning(question) is Leaning.ON)]
    language = asked_language(question.key)
    if language:
        again = replace(frame.repeated or about, text=question.text, language=language, carried=True)
        return _everywhere(again, frame, checked=False)
    asked, frame = _plain(question, frame, reference)
    about = frame.question or about
    version = names_version(asked.key)
    if version is not None:
        return _of_version(asked, about, version)
    if asks_of_document(asked.key) and frame.cited and not _own_beside_force(asked):
        of_it = of_document(asked, frame.cited[0].document.title)
        return [Reading(of_it, Within.DOCUMENT, of_answer=True, checked=False, methods=_OF_DOCUMENT)]
    since = compared_year(asked.key)
    if since and about.periods:
        both = replace(as_follow_up(about, asked), kind=Kind.COMPARISON, wants=frozenset(), unit=None)
        both = replace(both, periods=(*since, *about.periods[-1:]))
        return [
            replace(one, of_answer=True, methods=_COMPARED) for one in _everywhere(both, frame, checked=False)
        ]
    if not own_terms(asked) or _asks_whether_met(asked):
        return _without_topic(asked, about, frame)
    if leaning(question) is Leaning.BESIDE:
        leans_on = (
            asked.kind is Kind.FIGURE and len(own_terms(asked)) < 2
        )  # “支付比例是多少?”: of what was asked before
        carried = merged(asked, about) if leans_on else asked
        return _beside(replace(carried, carried=True), asked, frame)
    return _with_topic(asked, about, frame)


def _plain(question: Question, frame: Frame, reference: date | None) -> tuple[Question, Frame]:
    """Return a follow-up freed from what leads it in, its pronoun named; and the frame that it goes back to."""
    text = without_lead(question.text)
    if text != question.text and told_otherwise(fold(question.text)) is None:
        frame = _returned(understand(text, reference=reference), frame)
    text = told_otherwise(text) or text
    if frame.person:
        text = re.sub(r"(?<!其)[他她](?!们)", frame.person, text)
        text = re.sub(r"\b(?:[Hh]is|[Hh]er)\b", f"{frame.person}'s", text)
        text = re.sub(r"\b(?:[Hh]e|[Ss]he|[Hh]im)\b", frame.person, text)
    if text == question.text:
        return placed(question, frame.places), frame
    asked = replace(understand(text, reference=reference), text=question.text, language=question.language)
    return placed(asked, frame.places), frame


def _returned(asked: Question, frame: Frame) -> Frame:
    """Return the frame of the latest topic that a question which goes back to one names."""
    named = {gram for one in own_terms(asked) for gram in one.grams}
    for earlier in reversed(frame.topics):
        same_place = bool(set(asked.places) & set(earlier.places))
        if same_place or any(named & one.grams for one in own_terms(earlier)):
            latest = frame.question.periods if frame.question and same_place else earlier.periods
            return replace(frame, question=replace(earlier, periods=latest))
    return frame


def _own_beside_force(asked: Question) -> bool:
    """Say whether a question of issue or force names a thing of its own: 补贴什么时候发布."""
    return any(not _ISSUE_OR_FORCE.search(one.text) and one.is_noun for one in own_terms(asked))


def _of_version(asked: Question, about: Question, version: tuple[int, str]) -> list[Reading]:
    """Return what is asked of another version of the conversation's document: “旧办法呢?”, “in the 2023 version”."""
    which, rest = version
    left = understand(rest)
    bare = replace(left, text=asked.text, language=asked.language)
    if asks_of_document(asked.key) or (which == IN_FORCE and not own_terms(bare)):
        of_it = of_document(asked, "")
        return [Reading(of_it, Within.DOCUMENT, which, of_answer=True, checked=False, methods=_OF_DOCUMENT)]
    again = as_follow_up(about, asked) if not own_terms(bare) else merged(bare, about)
    again = replace(again, periods=(), carried=True)
    return [Reading(again, Within.DOCUMENT, version=which, checked=bool(own_terms(bare)))]


def _without_topic(asked: Question, about: Question, frame: Frame) -> list[Reading]:
    """Return what a follow-up without a topic of its own asks: the frame in other slots, or something of the answer."""
    swapped = counterpart(asked, about)
    if swapped:
        again = replace(understand(swapped), periods=about.periods, places=about.places)
        rest = tuple(one for one in again.terms if one.text not in asked.key)
        return _everywhere(replace(as_follow_up(again, asked), terms=rest), frame, checked=False)
    again = as_follow_up(about, asked)
    if asked.places and set(asked.places) != set(about.places):
        again = at_places(again, asked)
    if asked.periods:
        again = in_periods(again, asked)
    met = _asks_whether_met(asked)
    if met:
        again = replace(again, kind=Kind.FIGURE, wants=again.wants - {"target"} | {"actual"})
    moved = again.places != about.places or asked.periods or met
    if asked.kind in ASKS_BACK:
        return _of_answer(replace(asked, periods=again.periods, places=again.places), about, frame)
    if asked.kind not in {Kind.WHAT, Kind.FIGURE} and not met:
        again = replace(again, kind=asked.kind, amounts=asked.amounts)
    if asked.kind is Kind.LIST:  # “which are they?”: the answer before counted them
        quote = frame.cited[0].span.of(frame.cited[0].document.text) if frame.cited else ""
        key = f"{asked.key} {about.key} {fold(quote[:_LONGEST_QUOTED])}"
        again = replace(again, key=key, count=None)
    elif _says_figure(asked):
        again = replace(again, kind=Kind.FIGURE)
    if asked.unit and asked.unit != about.unit:  # “how much money is there for that?” after a number of jobs
        again = replace(again, unit=asked.unit, key=f"{asked.key} {about.key}")
    found = _everywhere(again, frame, checked=bool(moved), of_answer=not moved)
    return [replace(one, of_answer=True) for one in found] if met else found


def _asks_whether_met(asked: Question) -> bool:
    """Say whether a turn only asks if a target was met: “Was that met last year?”, “完成了吗?”."""
    return bool(_MET.search(asked.key)) and not any(
        one.is_noun and not _MET.search(one.text) for one in own_terms(asked)
    )


def _of_answer(asked: Question, about: Question, frame: Frame) -> list[Reading]:
    """Return what is asked of the article in which the answer stands: who wrote it, who said so, its title."""
    of_article = frame.cited and _ABOUT_ARTICLES & {asked.kind, about.kind}
    own = own_terms(asked) if asked.kind in {Kind.PERSON, Kind.BODY, Kind.WHEN} else ()
    terms = (named_article(frame.cited[0]),) if of_article else (*own, *about.terms)
    back = replace(asked, terms=terms, places=asked.places or about.places, carried=True)
    steps = (Within.ARTICLE, Within.DOCUMENT) if frame.cited else (Within.LIBRARY,)
    return [Reading(back, within, of_answer=True, checked=False) for within in steps]


def _says_figure(asked: Question) -> bool:
    return bool(re.search(r"\b(?:number|figure)\b|数字|数值|数量", asked.key))


def _with_topic(asked: Question, about: Question, frame: Frame) -> list[Reading]:
    """Return what a follow-up with a topic of its own asks of it: what the frame asked of the former one."""
    if _LEADER.search(asked.key) and asked.kind in {Kind.WHAT, Kind.PERSON}:
        return [Reading(replace(asked, kind=Kind.PERSON), checked=False)]
    swapped = counterpart(asked, about)
    if swapped:
        again = replace(as_follow_up(understand(swapped), asked), periods=asked.periods or about.periods)
        own = frozenset(one.text for one in own_terms(asked))
        return [replace(one, own=own) for one in _everywhere(again, frame)] + _whom(asked)
    if frame.person and frame.person in asked.key:
        return _of_person(asked, frame)
    deed = not any(one.is_noun for one in own_terms(asked))
    if asked.kind in {Kind.AUTHOR, Kind.TITLE, Kind.QUOTATION} or (deed and asked.kind is Kind.PERSON):
        return _of_answer(replace(asked, periods=asked.periods or about.periods), about, frame)
    if asked.kind in ASKS_BACK - {
        Kind.WHEN
    }:  # “who pays the interest?” leaves what the conversation is about
        back = _everywhere(replace(merged(asked, about), carried=True), frame)
        return [replace(one, of_answer=True) for one in back]
    asked = named_whole(asked)
    strict, loose = with_head(asked, about), merged(asked, about)
    found: list[Reading] = []
    for one in (strict, loose):
        if one is not None:
            found += _everywhere(replace(one, carried=True), frame)
    found.sort(key=lambda reading: list(Within).index(reading.within))
    return found + _whom(asked)


def _of_person(asked: Question, frame: Frame) -> list[Reading]:
    """Return what is asked of the person last spoken of: who that is, or what was said."""
    rest = [one for one in own_terms(asked) if frame.person not in one.text and one.is_content]
    if not rest and _POST.search(asked.key):
        whom = replace(
            asked, kind=Kind.IDENTITY, terms=(term(frame.person, fold(frame.person)),), carried=True
        )
        return [Reading(whom, Within.DOCUMENT, of_answer=True, checked=False, methods=_WHOM)]
    return _beside(replace(asked, carried=True), asked, frame)


def _whom(asked: Question) -> list[Reading]:
    """Return who somebody is, for a follow-up that only names him: “What about An Chunmao?”."""
    own = own_terms(asked)
    if (
        len(own) != 1
        or asked.kind is not Kind.WHAT
        or not (own[0].name or re.fullmatch(r"[\u4e00-\u9fff]{2,3}", own[0].text))
    ):
        return []
    whom = replace(asked, kind=Kind.IDENTITY, carried=True)
    return [Reading(whom, one, checked=False, methods=_WHOM) for one in (Within.DOCUMENT, Within.LIBRARY)]


def _beside(carried: Question, plain: Question, frame: Frame) -> list[Reading]:
    """Return a question that names its topic, asked of the conversation's document first and then as it stands."""
    steps = [Within.ARTICLE, Within.DOCUMENT, Within.PLACE] if frame.cited else [Within.DOCUMENT]
    longest = max((one.end - one.start for proof in frame.cited for one in cited_sentences(proof)), default=0)
    if frame.cited and longest <= _LONGEST_CITED:  # a long sentence holds many neighbours
        steps.insert(0, Within.CITED)
    back = plain.kind in ASKS_BACK - {Kind.WHEN}
    found = [Reading(carried, one, of_answer=back) for one in steps]
    of_person = bool(frame.person) and frame.person in plain.key
    if frame.document_id and not of_person and _is_vague(plain):
        return [one for one in found if one.within is not Within.PLACE]
    return [*found, Reading(plain, checked=False)]


def _is_vague(question: Question) -> bool:
    """Say whether a question says too little to be asked of the whole library: “逾期怎么办?”, “每年奖励多少?”."""
    if question.kind in {Kind.IDENTITY, Kind.PERSON, Kind.DEFINITION, Kind.AUTHOR, Kind.TITLE}:
        return False
    said = (max(map(len, one.alternatives), default=0) for one in own_terms(question) if one.is_content)
    return sum(said) < _SAYS_ENOUGH


def _everywhere(
    question: Question, frame: Frame, *, checked: bool = True, of_answer: bool = False
) -> list[Reading]:
    """Return one question to be asked of ever more: an own place leaves the conversation's document."""
    moved = question.places and frame.question is not None and question.places != frame.question.places
    steps = [Within.LIBRARY] if moved else [Within.CITED, Within.DOCUMENT, Within.PLACE]
    if of_answer:
        steps = [Within.CITED, Within.ARTICLE, Within.DOCUMENT]
    return [Reading(question, within, of_answer=of_answer, checked=checked) for within in steps]
