"""What a clause must have to be the answer: a decline, or a correction, where it has it not.

Asked in a fixed order, from what the question demands by name to how well the clause is supported as a whole; the first
that fails is the reason that is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answers.asked_kinds import ASKS_LEVELS, DURATIONS, type_test
from assistant.answers.asked_measures import names_share
from assistant.answers.asked_periods import fits_period
from assistant.answers.claims import falls_within
from assistant.answers.dating import dates_what_is_asked
from assistant.answers.declining import decline, missing_attribute
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.english_asked import counted_thing, counts_beside
from assistant.answers.english_demands import lacks_what_is_asked, reason_for
from assistant.answers.evidence import SCOPES, Pool
from assistant.answers.indicator_names import aliases
from assistant.answers.introductions import people, speaker_of
from assistant.answers.ledger_choice import asks_level
from assistant.answers.ledger_matching import is_change
from assistant.answers.named_sets import lists_fewer
from assistant.answers.said_periods import month_ranges, says_period
from assistant.answers.spans import Window, asked_of, leads_on, says, unsupported
from assistant.answers.support import SAID
from assistant.answers.totals import is_of_all, is_part_of_total
from assistant.asking.kinds import Kind
from assistant.asking.places import NATIONWIDE, bare, find_places, is_within
from assistant.asking.questions import Question
from assistant.asking.terms import grams, named_grams
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Indicator
from documents.quantities import find_quantities, same_amount

Demand = Callable[[Question, Pool, Window], Draft | None]
"""What a clause must have: a decline, or a correction, when it has it not."""

COVERED = 0.55  # least share of a question's content that evidence must support to be its answer
_SHARE = 0.3  # a share of the content from which a term must be supported by itself
_SHARE_OF_FIGURE = 0.15  # the same for figures: a wrong one is the worst that can be said
_NAMED = 0.6  # least support by which a figure's sentence names one of the things asked for
_FOREIGN, _WELL_NAMED = 0.35, 0.85  # share of a name up to which it is not meant, and from which it is
_TELLING = 4  # characters of a name that can be meant by it
_NOW = re.compile("目前|截至目前|如今|现有")
NEAREST = 80  # characters of what comes nearest
_OF_BODIES = {"负责人", "主管", "承办", "主办", "管理"}  # who is asked for, in words that need not be printed
_LEFT_OPEN = re.compile(
    r"(?:待|由)[^,。;]{0,12}(?:另行|统一)(?:规定|制定|公布|明确)|另行(?:制定|规定|公布|通知|发布)|(?:尚未|暂未|还没有)(?:明确|确定|公布|规定)"
)
_DONE_BY = re.compile(
    r"(?:由|归|是)(?:谁|哪.{1,4}|什么.{1,4})(?:来)?(管理|运营|经营|主办|举办|承办|建设|投资|出资)"
)
_LEADS = re.compile(r"负责|牵头|主管|承担|管理|落实|组织")  # said in many words: 对…负总责, 会同
_SPOKE_OF = re.compile(r"(?:谈|提|说|讲)(?:到|及|过)")
_SAYS = r"谈|提|说|讲|表示|介绍|指出|强调|认为|透露|要求"
_ASKS_SITE = re.compile(
    r"在[“‘][^”’]{1,10}[”’]上|在(?:哪里|哪儿|哪个|哪|什么地方|何处)(?:举办|举行|召开|开|办|建|建设|设立|设置|修建|施工|落户)?[?]?$"
    r"|位于|地址|选址|\bwhere (?:is|are|was|were)\b|\blocated\b"
)
_SITE = re.compile(
    r"位于|坐落|地处|设在|落户|选址|地址|建在|设立在|在[^,。]{1,14}(?:省|市|县|区|镇|乡|街道|村|园|基地|路|港|城|湾|大学)"
)
_DONE_AT = re.compile(
    r"在[\u4e00-\u9fff]{2,12}(?:正式|顺利|隆重|成功)?(?:建成|投产|投运|投用|落成|开工|启用|启动|开幕|闭幕|开业|开馆|举行|举办|召开|成立|揭牌|落户|发射)"
)
_SHARE_SAID = re.compile(r"[%‰]|百分之|分之|百分点|成(?![立为员本果效])|倍")
_FROM = re.compile(r"来自[^,。;]*")  # who came from elsewhere is counted here
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-/.]\d)")
_SUM = re.compile(r"、[^,，。;；]*(?:合计|共计|总计)")
_TOGETHER = re.compile(r"合计|共计|总共|一共|总计|等.{0,8}类|[二两三四五六七八九十]类")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
_FIGURES = {Kind.FIGURE, Kind.COMPARISON}
_NAMES_ONE = {*_FIGURES, Kind.WHAT}
_OF_A_PERIOD = {*_FIGURES, Kind.WHAT, Kind.YES_NO, Kind.QUOTATION, Kind.LIST}
_TYPED = {*_FIGURES, Kind.WHEN, Kind.DEFINITION, Kind.PERSON, Kind.BODY, Kind.YES_NO, Kind.IDENTITY}


def refused_by(question: Question, pool: Pool, window: Window) -> Draft | None:
    """Return the first decline that a clause meets, in the order of what it must have; or None."""
    return next((refused for demand in _DEMANDS if (refused := demand(question, pool, window))), None)


def lacks(window: Window, method: str, what: str = "", reason: Reason = Reason.ATTRIBUTE_NOT_STATED) -> Draft:
    """Return the decline that a clause meets which has not what is asked, with the clause as what comes nearest."""
    return decline(reason, method=method, what=what, nearest=(window.text.strip()[:NEAREST],))


def _attribute(question: Question, pool: Pool, best: Window) -> Draft | None:
    missing = missing_attribute(question, pool, best)
    if missing and question.kind in {Kind.BODY, Kind.PERSON} and missing.text in _OF_BODIES:
        return None
    return missing


def _doer(question: Question, pool: Pool, best: Window) -> Draft | None:
    done_by = _DONE_BY.search(question.key)
    return lacks(best, "body") if done_by and done_by.group(1) not in best.sentence.key else None


def _deed_of_doer(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline where who does something is asked, and the clause speaks of something else that the text has somebody do."""
    if question.kind not in {Kind.PERSON, Kind.BODY}:
        return None
    for one in asked_of(question):
        if (
            one.is_deed
            and not _LEADS.search(one.text)
            and not says(pool, one, best.sentence.key, best.sentence.grams)
        ):
            elsewhere = any(
                s.document.id == best.sentence.document.id and one.text in s.key for s in pool.sentences
            )
            return lacks(best, "term", one.text) if elsewhere else None
    return None


def _speaker(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline what somebody is asked to have said where another one says it."""
    names = {fold(person.name) for person in people(pool)}
    asked = [
        name for name in names if re.search(rf"{re.escape(name)}[^,。?]{{0,12}}?(?:{_SAYS})", question.key)
    ]
    sentence = best.sentence
    if not asked or any(
        name in sentence.key or name in fold(sentence.passage.indexed_text) for name in asked
    ):
        return None
    speaker = speaker_of(sentence.document, sentence.section)
    if speaker is not None and fold(speaker.name) in asked:
        return None
    return lacks(best, "speaker")


def _spoken_of(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline whether something was spoken of where the clause says another thing: each noun must stand in its sentence."""
    if question.kind is not Kind.YES_NO or not _SPOKE_OF.search(question.key):
        return None
    names = {fold(person.name) for person in people(pool)}
    for one in question.terms:
        said = [(1.0, best.sentence.grams), (1.0, best.sentence.article_grams)]
        if one.is_noun and not one.optional and one.text not in names and pool.support(one, said) < SAID:
            return lacks(best, "term", one.text)
    return None


def _site(question: Question, pool: Pool, best: Window) -> Draft | None:
    asks_site = question.kind is Kind.WHERE and _ASKS_SITE.search(question.key)
    return lacks(best, "place") if asks_site and not _says_site(best.key) else None


def _says_site(key: str) -> bool:
    """Say whether a clause says where something is: 位于…, 在…市, or 在 with the name of a place."""
    return bool(_SITE.search(key) or _DONE_AT.search(key)) or any(
        f"在{place}" in key for place in find_places(key)
    )


def _settled(question: Question, pool: Pool, best: Window) -> Draft | None:
    left_open = _LEFT_OPEN.search(best.key) and question.kind not in {Kind.QUOTATION, Kind.YES_NO}
    return lacks(best, "left_open") if left_open else None


def _date(question: Question, pool: Pool, best: Window) -> Draft | None:
    if question.kind is not Kind.WHEN:
        return None
    asked = {str(period.start_year) for period in question.periods if period.start_year}
    printed = set(_YEAR.findall(best.key))
    if asked and printed and asked.isdisjoint(printed):
        return lacks(best, "date", reason=Reason.PERIOD_NOT_COVERED)
    return None if dates_what_is_asked(question, pool, best) else lacks(best, "date")


def _claim(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Return a correction when the question states an amount and the clause states another of its kind."""
    if not question.premise or best.coverage < COVERED:
        return None
    stated = [q for q in find_quantities(best.key) if q.normalized is not None]
    around = find_quantities(best.sentence.key)
    for amount in question.amounts:
        alike = [q for q in stated if q.base_unit == amount.base_unit]
        if alike and not any(same_amount(q, amount) or falls_within(amount, q) for q in around):
            english = question.language == "en"
            lead = "The documents say otherwise: " if english else "与文件不符,文件的说法是:"
            sentence = best.sentence
            return Draft(
                "premise", lead + best.text.strip().rstrip("。;；") + "。",
                (Evidence(sentence.document, sentence.section, sentence.span),), status=Status.PARTIAL,
                reason=Reason.FALSE_PREMISE, confidence=best.coverage,
            )  # fmt: skip
    return None


def _share_of_total(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline one part of what is only printed together: unicorns of 独角兽、瞪羚等企业超过200家."""
    document = best.sentence.document
    rows = [r for r in pool.rows if r.document_id == document.id and best.span.holds(r.value_span)]
    one_of_all = question.kind is Kind.FIGURE or "each" in question.wants
    if one_of_all and any(is_part_of_total(question, row) or is_of_all(question, pool, row) for row in rows):
        return lacks(best, "granularity")
    if question.kind is Kind.LIST and lists_fewer(question, best.sentence):
        return lacks(best, "members")
    asks_part = question.kind is Kind.FIGURE and "stock" not in question.wants and _SUM.search(best.text)
    if asks_part or ("each" in question.wants and _TOGETHER.search(best.sentence.key)):
        return lacks(best, "granularity")
    return None


def _terms(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline where a term that carries much of the question is not said; of a figure, any noun."""
    figure, person = question.kind in _FIGURES, question.kind is Kind.PERSON
    for term, share in unsupported(question, pool, best, least=SAID):
        must = (figure and term.is_noun) or (person and term.is_content)
        if share >= (_SHARE_OF_FIGURE if must else _SHARE):
            return lacks(best, "term", term.text, reason_for(term, pool))
    return None


def _deed(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline a figure of something else that happened: 死亡 for 救出, of which the document gives another figure."""
    if question.kind is not Kind.FIGURE:
        return None
    said = [(SCOPES["clause"], best.grams), (SCOPES["sentence"], best.sentence.grams)]
    for term in question.terms:
        if term.is_deed and pool.support(term, said) < SAID:
            others = (s for s in pool.sentences if s.document.id == best.sentence.document.id)
            if any(_is_done_to_amount(term.text, other.key) for other in others):
                return lacks(best, "term", term.text)
    return None


def _is_done_to_amount(deed: str, key: str) -> bool:
    """Say whether a key prints an amount right behind a deed: 救出31人."""
    return any(
        deed in key[max(0, q.span.start - len(deed) - 1) : q.span.start + 1] for q in find_quantities(key)
    )


def _thing(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline a figure whose own sentence names nothing that the question counts or measures.

    What the whole article is about need not be said again, and an item stands under what it is an item of.
    """
    said = [(1.0, best.sentence.grams), (1.0, best.sentence.article_grams), (1.0, best.sentence.topic_grams)]
    if _ITEM.match(best.sentence.key):
        said.append((1.0, best.sentence.passage_grams))
    if question.kind is not Kind.FIGURE or not question.things:
        return None
    named = max(pool.support(thing, said) for thing in question.things)
    return lacks(best, "term", question.things[-1].text) if named < _NAMED else None


def _measure(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline a clause whose figures are all of something that the question does not name: 财政收入 for GDP."""
    things = question.things
    if question.kind is not Kind.FIGURE or question.unit is None or not things or question.language == "en":
        return None
    document = best.sentence.document
    rows = [r for r in pool.rows if r.document_id == document.id and best.span.holds(r.value_span)]
    own = [(1.0, best.grams)]
    named = any(pool.support(thing, own) > 0 for thing in things)
    asked = [gram for thing in things for gram in thing.grams]
    of_another = rows and not any(grams(fold(row.name)) & frozenset(asked) for row in rows)
    return lacks(best, "term", things[-1].text) if of_another and not named else None


def _own_amount(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline an amount that stands in a clause of another place or thing than the one asked: 床位 for 护理型床位."""
    if question.kind is not Kind.FIGURE:
        return None
    inside = [one for one in best.sentence.clauses if best.span.holds(one.span)]
    typed = [one for one in inside if type_test(question)(one.key)]
    asked = {bare(place) for place in question.places}
    homes = asked | set(NATIONWIDE) if asked & set(NATIONWIDE) else asked
    for clause in typed if len(asked) == 1 else ():
        named = {bare(place) for place in find_places(_FROM.sub("", clause.key))}
        if any(home in clause.key for home in homes):
            continue
        if named and not any(is_within(one, home) or is_within(home, one) for one in named for home in homes):
            return lacks(best, "place", next(iter(asked)))
    part = next((c for c in best.sentence.clauses if any(place in c.key for place in asked)), None)
    of_part = part is not None and any(clause.span.start >= part.span.start for clause in typed)
    if part is not None and part.key.startswith("其中") and not of_part:
        return lacks(best, "place", next(iter(asked)))  # what is told of the whole before it
    others = [
        one for one in inside
        if one not in typed and find_quantities(one.key) and not leads_on(best.sentence, one)
    ]  # fmt: skip
    if question.unit is None or not typed:
        return None
    if question.language == "en" and any(pool.coverage(question.terms, [(1.0, one.grams)]) for one in typed):
        return None
    for thing in question.things:
        here = max(pool.support(thing, [(1.0, one.grams)]) for one in typed)
        there = max((pool.support(thing, [(1.0, one.grams)]) for one in others), default=0.0)
        if here == 0.0 and there >= SAID:
            return lacks(best, "term", thing.text)
    return None


def _indicator(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline figures of other indicators where the one that is named is stated elsewhere, in another measure or year."""
    if question.kind not in _NAMES_ONE or question.unit in DURATIONS:
        return None
    counted = counted_thing(question)
    if counted is not None and counts_beside(counted.alternatives, best.key):
        return None  # the amount stands beside what “how many” counts
    asked = named_grams(question.terms)

    def named(row: Indicator) -> float:
        if fold(row.name) in question.key:
            return 1.0  # words of asking may have been taken out of it: 一般 of 一般公共预算收入
        return max(pool.mass(name & asked) / (pool.mass(name) or 1.0) for name in aliases(row.name))

    rows = [row for row in pool.rows if row.document_id == best.sentence.document.id]
    stated = [row for row in rows if best.span.holds(row.value_span)]
    meant = [row for row in stated if named(row) >= _FOREIGN]
    if meant and all(is_change(pool, row) for row in stated) and asks_level(question):
        return lacks(best, "level")
    if meant:
        return None
    elsewhere = (row for row in rows if not best.span.holds(row.value_span) and len(row.name) >= _TELLING)
    if question.kind is not Kind.FIGURE:
        elsewhere = (row for row in elsewhere if fold(row.name) in question.key)
    if not stated:  # figures that are no row of the ledger, of whatever the clause names
        elsewhere = (row for row in elsewhere if _share_said(pool, row, best) < _FOREIGN)
    return lacks(best, "indicator") if any(named(row) >= _WELL_NAMED for row in elsewhere) else None


def _share_said(pool: Pool, row: Indicator, best: Window) -> float:
    name = grams(fold(row.name))
    return pool.mass(name & best.grams) / (pool.mass(name) or 1.0)


def _period(question: Question, pool: Pool, best: Window) -> Draft | None:
    asked = question.periods and question.kind in _OF_A_PERIOD
    months, printed = month_ranges(question.key), month_ranges(best.sentence.key)
    if months and printed and months.isdisjoint(printed):
        return lacks(best, "period", reason=Reason.PERIOD_NOT_COVERED)
    # what is told of now is no year that is printed near it
    told_of_now = question.kind is Kind.FIGURE and _NOW.match(best.sentence.key) is not None
    if asked and not says_period(question, best.sentence, exactly=told_of_now):
        return lacks(best, "period", reason=Reason.PERIOD_NOT_COVERED)
    return None


def _period_of_rows(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Decline figures of which the ledger knows that they are all of other periods than the asked one."""
    if not question.periods or question.kind not in _OF_A_PERIOD - {Kind.LIST, Kind.QUOTATION}:
        return None
    if any(period.label is None for period in question.periods):
        return None  # 去年 may be any year of a text without a date
    document = best.sentence.document
    rows = [r for r in pool.rows if r.document_id == document.id and best.span.holds(r.value_span)]
    dated = rows and all(row.period and re.match(r"\d{4}", row.period) for row in rows)
    if dated and not any(fits_period(pool, row, question) for row in rows):
        return lacks(best, "period", reason=Reason.PERIOD_NOT_COVERED)
    return None


def _coverage(question: Question, pool: Pool, best: Window) -> Draft | None:
    return lacks(best, "coverage", reason=Reason.SUBJECT_NOT_COVERED) if best.coverage < COVERED else None


def _type(question: Question, pool: Pool, best: Window) -> Draft | None:
    announces = question.kind is Kind.LIST and announces_more(best)
    if question.kind is Kind.FIGURE and names_share(question) and not _SHARE_SAID.search(best.key):
        return lacks(best, "type")
    levels = question.kind is Kind.LIST and ASKS_LEVELS.search(question.key)
    must = question.kind in _TYPED or levels
    return lacks(best, "type") if announces or (not best.typed and must) else None


def announces_more(best: Window) -> bool:
    """Say whether a clause only announces what stands below it: 重点抓好以下五项工作:."""
    document = best.sentence.document
    return document.text[best.span.end : best.span.end + 1] in {":", "："}


_DEMANDS: tuple[Demand, ...] = (
    _attribute, _doer, _deed_of_doer, _speaker, _spoken_of, _site, _settled, _date, _claim, _share_of_total, _terms,
    lacks_what_is_asked, _deed, _thing, _measure, _own_amount, _indicator, _period, _period_of_rows, _coverage, _type,
)  # fmt: skip
