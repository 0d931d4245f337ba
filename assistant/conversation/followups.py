"""Follow-ups without a language model: what “那2030年呢?”, “它的作者呢” or “How about …?” leave to the turns before.

A follow-up keeps the frame of the conversation and replaces the slots that it names itself. What it may mean is
returned as readings, the likeliest first, each with where it may be answered from: what the turn before cited, its
article, the conversation's document, its place, and only then the library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.asking.kinds import Kind
from assistant.asking.merging import (
    as_follow_up,
    at_places,
    in_periods,
    merged,
    of_document,
    own_terms,
    with_head,
)
from assistant.asking.questions import Question, understand
from assistant.asking.terms import term
from assistant.conversation import changes
from assistant.conversation.cited_answers import cited_sentences
from assistant.conversation.frames import ASKS_BACK, Frame, named_article  # fmt: skip
from assistant.conversation.leaning import Leaning, is_vague, leaning
from assistant.conversation.scopes import FORMER, IN_FORCE
from assistant.conversation.turn_words import (
    asked_language,
    asks_of_document,
    core_of,
    counterpart,
    named_whole,
    names_version,
    placed,
    told_otherwise,
    without_lead,
)  # fmt: skip
from documents.folding import fold

_LONGEST_QUOTED = 30  # characters of a citation that help to see which list is asked for
_LEADER = re.compile(r"(?:负责人|一把手|领导|局长|主任|书记|市长|省长)呢?[?]?$|\b(?:head|leader|director)\b")
_ISSUE_OR_FORCE = re.compile(
    r"文号|发文|字号|印发|发布|施行|实施|生效|失效|到期|出台|公布|废止|执行|有效|force|effect|expire|valid|issue|publish|release|repeal|deliver"
)
_OF_DOCUMENT = frozenset({"force", "date", "number"})  # ways of answering that speak of a document itself
_BY_NAME = frozenset({"ledger", "labelled"})  # that give what a row or a label names
_COMPARED = frozenset({"comparison"})
_WHOM = frozenset({"identity", "person"})
_SAYING = re.compile(r"说|讲|提到|提出|表示|强调|指出|介绍|谈|宣布|透露|写|报告")
_REPEALED = re.compile(r"废止|作废|失效|停止执行|\brepealed\b")
_BEFORE_NOW = re.compile(
    r"^(?:那|那么)?(?:以前|之前|原来|原先|此前|过去)(?:的|是|呢|补|给|奖|要|有|发|规定|标准)*(?:多少|几[^,。?]{0,4}|什么|怎么[^,。?]{0,4})?(?:呢)?[?]?$"
)
_THEN = re.compile(
    r"^(?:那么|那)(?=[\u4e00-\u9fff]{2})(?![个些里边种时天一])"
)  # its 那 is no part of a name: 那工信局呢
_POST = re.compile(
    r"职务|职位|身份|部门|单位|头衔|是谁|什么人|\b(?:position|title|role|post|job|department|bureau|office|who)\b"
)
_LONGEST_CITED = 120  # characters of a citation that a question with a topic of its own is asked of
_ABOUT_ARTICLES = {Kind.AUTHOR, Kind.TITLE}
_MET = re.compile(r"\b(?:met|achieved|reached|fulfilled)\b|(?:完成|实现|达到|达标|做到)了(?:吗|没有|没)")


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
    grows: bool = False  # asks how a figure grew: a level is no answer
    printed: bool = False  # only a clause that prints the follow-up's own words answers it
    undated: bool = False  # its year was asked of something else: only what holds for no year answers it


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
    if _BEFORE_NOW.match(asked.key) and frame.document_id:
        former = replace(as_follow_up(about, asked), periods=())
        return [
            Reading(former, Within.DOCUMENT, version=FORMER, checked=False),
            *_without_topic(asked, about, frame),
        ]
    if asks_of_document(asked.key) and frame.known and not _own_beside_force(asked):
        of_it = of_document(asked, frame.known[0].document.title)
        return [Reading(of_it, Within.DOCUMENT, of_answer=True, checked=False, methods=_OF_DOCUMENT)]
    if changes.asks_of_figures(asked.key):
        changed = _of_figures(asked, about, frame)
        if changed or "差" in asked.key:  # a single figure says no difference
            return changed
    if not own_terms(asked) or _asks_whether_met(asked):
        return _without_topic(asked, about, frame)
    if leaning(question) is Leaning.BESIDE:
        leans_on = (
            asked.kind is Kind.FIGURE and len(own_terms(asked)) < 2
        )  # “支付比例是多少?”: of what was asked before
        carried = merged(asked, about) if leans_on else asked
        return _beside(replace(carried, carried=True), asked, frame)
    return _with_topic(asked, about, frame)


def _of_figures(asked: Question, about: Question, frame: Frame) -> list[Reading]:
    """Return how far the figures that a conversation asked are apart, or how the last of them grew."""
    since, found = changes.compared_year(asked.key), []
    periods = (*since, *about.periods[-1:]) if since else frame.periods[-2:]
    if changes.asks_difference(asked.key) or since:
        if len(periods) > 1:
            both = changes.difference(about, asked, periods)
            steps = (Within.DOCUMENT, Within.PLACE)  # the sentence cited last may state only one of the two
            found += [Reading(both, one, of_answer=True, checked=False, methods=_COMPARED) for one in steps]
        elif len(frame.places) > 1 and not since:
            both = changes.apart(about, asked, frame.places[-2:])
            found.append(Reading(both, of_answer=True, checked=False, methods=_COMPARED))
    if changes.asks_growth(asked.key):
        grown = _everywhere(changes.growth(about, asked), frame, checked=False)
        found += [replace(one, grows=True) for one in grown]
    return found


def _plain(question: Question, frame: Frame, reference: date | None) -> tuple[Question, Frame]:
    """Return a follow-up freed from what leads it in, its pronoun named; and the frame that it goes back to."""
    text = without_lead(question.text)
    if text != question.text and told_otherwise(fold(question.text)) is None:
        frame = _returned(understand(text, reference=reference), frame)
    text = _THEN.sub("", told_otherwise(text) or text)
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
    which = IN_FORCE if _REPEALED.search(asked.key) else which  # it says since when the former is not
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
    if asked.item is not None:
        again = replace(again, item=asked.item, kind=Kind.LIST)
    elif asked.kind is Kind.LIST:  # “which are they?”: the answer before counted them
        quote = frame.cited[0].span.of(frame.cited[0].document.text) if frame.cited else ""
        key = f"{asked.key} {about.key} {fold(quote[:_LONGEST_QUOTED])}"
        again = replace(again, key=key, count=None)
    elif _says_figure(asked):
        again = replace(again, kind=Kind.FIGURE)
    if asked.unit and asked.unit != about.unit:  # “how much money is there for that?” after a number of jobs
        again = replace(again, unit=asked.unit, key=f"{asked.key} {about.key}", kind=Kind.FIGURE)
    counts = bool(asked.unit) and asked.unit != about.unit  # the same sentence may say how many there are
    found = _everywhere(again, frame, checked=bool(moved), of_answer=not moved and not counts)
    if asked.item is not None:  # one of a list is not in what cites another
        found = [one for one in found if one.within is not Within.CITED]
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
        again = as_follow_up(understand(swapped), asked)
        again = replace(
            again, periods=asked.periods or about.periods, places=again.places or asked.places or about.places
        )
        own = frozenset(one.text for one in own_terms(asked))
        return [replace(one, own=own) for one in _everywhere(again, frame)] + _whom(asked)
    if frame.person and frame.person in asked.key:
        return _of_person(asked, frame)
    deed = not any(one.is_noun for one in own_terms(asked))
    if deed and asked.kind in {Kind.PERSON, Kind.BODY} and not _SAYING.search(asked.key):
        body = replace(asked, kind=Kind.BODY, carried=True)
        own = frozenset(one.text for one in own_terms(asked))
        steps = (Within.CITED, Within.ARTICLE, Within.DOCUMENT)
        return [Reading(body, one, of_answer=True, own=own) for one in steps]
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
    return found + _by_itself(loose, asked, frame) + _undated(loose, asked, frame) + _whom(asked)


def _by_itself(carried: Question, asked: Question, frame: Frame) -> list[Reading]:
    """Return what a follow-up names, without the topic before it: it may stand in a sentence that says no more."""
    if not core_of(asked) or not frame.cited:
        return []
    either = carried.wants | {"change"}  # its level or how it grew, whichever is told
    bare = replace(carried, terms=own_terms(asked), wants=either, carried=True)
    steps = (Within.CITED, Within.ARTICLE, Within.DOCUMENT)
    return [Reading(bare, one, printed=True, methods=_BY_NAME) for one in steps]


def _undated(carried: Question, asked: Question, frame: Frame) -> list[Reading]:
    """Return a question without the year of the topic before it, which what it names may not have: 基金规模."""
    if asked.periods or not carried.periods or not frame.cited:
        return []
    free = replace(carried, periods=(), carried=True)
    steps = (Within.CITED, Within.ARTICLE, Within.DOCUMENT)
    return [Reading(free, one, undated=True) for one in steps]


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
    back = plain.kind in ASKS_BACK - {Kind.WHEN} and not any(one.is_noun for one in own_terms(plain))
    found = [Reading(carried, one, of_answer=back) for one in steps] + _undated(carried, plain, frame)
    of_person = bool(frame.person) and frame.person in plain.key
    if frame.document_id and not of_person and is_vague(plain):
        return [one for one in found if one.within is not Within.PLACE]
    return [*found, Reading(plain, checked=False)]


def _everywhere(
    question: Question, frame: Frame, *, checked: bool = True, of_answer: bool = False
) -> list[Reading]:
    """Return one question to be asked of ever more: an own place leaves the conversation's document."""
    moved = question.places and frame.question is not None and question.places != frame.question.places
    steps = [Within.LIBRARY] if moved else [Within.CITED, Within.DOCUMENT, Within.PLACE]
    if of_answer:
        steps = [Within.CITED, Within.ARTICLE, Within.DOCUMENT]
    return [Reading(question, within, of_answer=of_answer, checked=checked) for within in steps]
