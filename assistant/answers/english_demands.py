"""What the clause that answers an English question must say: the thing asked for, each noun of a figure, no unknown core.

English words meet Chinese text through lexicons, so that a clause may be supported by the rest of a question and still
not speak of what was asked. What stands behind “which”, “what” and “how many” must be said in the clause's own
passage, and a word that no lexicon knows may not be what the question rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import rjieba

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft
from assistant.answers.english_asked import asked_thing, counted_rank, counted_thing, counts_beside
from assistant.answers.evidence import SCOPES, Pool
from assistant.answers.spans import Window
from assistant.answers.support import SAID, Scopes
from assistant.asking.english_questions import names_measure
from assistant.asking.glossary import phrases
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams
from assistant.asking.vocabulary import GENERIC
from assistant.model import Reason
from documents.quantities import find_quantities

_OWNERS = re.compile(r"(?:国家|地区|省份|[省市县区]|单位|部门|学校|家庭)的$")
_CONSEQUENCE = re.compile(r"\bwhat (?:happens|will happen|would happen|happened)\b")
_QUOTED = re.compile(r"[\"“]([a-z][a-z'-]*(?: [a-z'-]+){2,})[\"”]")  # a name of three words or more
_GROWTH = re.compile(r"\bgrowth\b(?! (?:plan|point|area|engine|driver))")
_GREW = re.compile(
    r"\bhow (?:much|fast|many percentage points)\b.*"
    r"\b(?:grow|grew|grown|rise|rose|risen|increased?|fall|fell|fallen|drop|dropped|declined?|decreased?)\b"
)
_CHANGED = re.compile(r"[增升涨降减跌涨缩翻倍扩]|提高|提前|上调|下调|改善|回落")
_AMOUNTS = {Kind.FIGURE, Kind.COMPARISON}
_RATE = re.compile(r"[%‰倍番成]|百分点|增速|增幅")
_THERE_ARE = re.compile(r"\b(?:there (?:are|be|were)|(?:are|were) there|in total|do(?:es)? .{2,40} have)\b")
_PER_ONE = frozenset("每个 每家 每所 每县 每镇 每村 每区 每户 每人 每名".split())
_OF_FIGURES = {Kind.FIGURE, Kind.COMPARISON, Kind.WHAT, Kind.WHEN}
_OF_DOERS = {Kind.BODY, Kind.PERSON}
_SAID_NEAR = 0.55  # support from which a noun is said in the passage or the titles above it, not only elsewhere in the text
_IN_FULL = 0.8  # the same for a post: 副市长 is not said by 市长
_UNDERSTOOD = 0.7  # least coverage of a clause that answers a question with unknown words
_SAYS_THE_REST = 0.6  # least coverage of a clause that answers though it leaves one noun of the question out
_OF_ANYTHING = frozenset(
    "企业 单位 项目 事项 机构 个人 人员 产品 工程 数量 总数 规模 对象 群众 队伍 活动".split()
)
_SAID_AT_LEAST = 3  # nouns of which one may be left out
_NEAREST = 80
_RIGHT_BEFORE, _SOON_BEHIND = 5, 10  # characters from an amount to what is done


def not_understood(question: Question, pool: Pool) -> Draft | None:
    """Return a decline when words that nothing here knows are what an English question asks for, or most of it."""
    if question.language != "en":
        return None
    quoted = _QUOTED.search(question.key) if question.kind is Kind.FIGURE else None
    if quoted and not any(one.chinese for one in phrases(quoted.group(1)) if one.text == quoted.group(1)):
        return decline(Reason.SUBJECT_NOT_COVERED, method="unknown", what=quoted.group(1))
    if not _rests_on_unknown(question):
        return None
    nearest = tuple(sentence.text.strip()[:_NEAREST] for sentence in pool.sentences[:1])
    return decline(Reason.SUBJECT_NOT_COVERED, method="unknown", nearest=nearest)


def lacks_what_is_asked(question: Question, pool: Pool, best: Window) -> Draft | None:
    """Return a decline when a clause does not speak of what an English question asks for, or None."""
    if question.language != "en" or question.kind is Kind.QUOTATION:
        return None
    nearest = (best.text.strip()[:_NEAREST],)
    if _unknown(question) and best.coverage < _UNDERSTOOD:
        return decline(Reason.SUBJECT_NOT_COVERED, method="unknown", nearest=nearest)
    if question.kind is Kind.FIGURE and _GROWTH.search(question.key) and not _RATE.search(best.key):
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="type", nearest=nearest)
    if question.kind in _AMOUNTS and _GREW.search(question.key) and not _CHANGED.search(best.key):
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="type", nearest=nearest)
    near = [(1.0, best.grams), *((weight, have) for weight, have in best.scopes if weight > SCOPES["topic"])]
    if not _counts_it(question, pool, best):
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="term", nearest=nearest)
    spared = _spared(question, pool, best, near)
    for one in _demanded(question):
        least = _IN_FULL if question.kind is Kind.PERSON else _SAID_NEAR
        if one is not spared and pool.support(one, near) < least:
            return decline(reason_for(one, pool), method="term", what=one.text, nearest=nearest)
    return None


def _counts_it(question: Question, pool: Pool, best: Window) -> bool:
    """Say whether the sentence of a clause, or a title above it, says what “how many” counts; its neighbours do not count."""
    ranks = counted_rank(question)
    if ranks and not counts_beside(ranks, best.key):
        return False
    if _THERE_ARE.search(question.key) and not _PER_ONE.isdisjoint(best.grams):
        return False  # at least one for each street is no number of all
    asked = counted_thing(question)
    own = [(1.0, best.grams), (1.0, best.sentence.grams), (_SAID_NEAR, best.sentence.article_grams)]
    if asked is None or not asked.is_noun:
        return True
    return pool.support(asked, own) >= _SAID_NEAR and not _counts_owners(asked, best.key)


def _counts_owners(asked: Term, key: str) -> bool:
    """Say whether every amount beside the asked thing counts whose it is: 近30个国家的企业 is no number of 企业."""
    beside = []
    for clause in re.split(r"[,;。]", key):
        named = [clause.find(word) for word in asked.alternatives if word in clause]
        for amount in find_quantities(clause) if named else ():
            behind = [clause[amount.span.end : at] for at in named if at >= amount.span.end]
            beside.append(bool(behind) and all(map(_OWNERS.search, behind)))
    return bool(beside) and all(beside)


def _spared(question: Question, pool: Pool, best: Window, near: Scopes) -> Term | None:
    """Return the one noun that a clause which says all the rest need not say when no figure is asked for, or None."""
    if question.kind is not Kind.WHAT or names_measure(question.key) or best.coverage < _SAYS_THE_REST:
        return None
    asked = asked_thing(question)
    demanded = list(_demanded(question))
    unsaid = [one for one in demanded if pool.support(one, near) < _SAID_NEAR]
    few = len(demanded) < _SAID_AT_LEAST and not _CONSEQUENCE.search(question.key)
    if len(unsaid) != 1 or few or unsaid[0].name or unsaid[0] is asked:
        return None
    heaviest = max(demanded, key=pool.term_weight)
    return unsaid[0] if unsaid[0] is not heaviest else None


def says_what_is_counted(question: Question, pool: Pool, name: str, own: frozenset[str]) -> bool:
    """Say whether a figure counts what an English question counts: how many [studio flats] is no 29 of the estate.

    `own` are the bigrams of the figure's name and clause. A name that ends in another noun counts that: 集装箱泊位 are
    berths, not containers.
    """
    ranks = counted_rank(question)
    if ranks and not any(rank in name for rank in ranks):
        return False
    if _THERE_ARE.search(question.key) and not _PER_ONE.isdisjoint(own):
        return False
    asked = counted_thing(question)
    if asked is None or not asked.is_content:
        return True
    if pool.support(asked, [(1.0, own)]) < _SAID_NEAR:
        return False
    head = _head_noun(name)
    return not head or any(pool.support(one, [(1.0, grams(head))]) > 0 for one in question.terms)


@lru_cache(maxsize=4096)
def _head_noun(name: str) -> str:
    """Return the noun that a figure's name ends in, or "" for one that ends otherwise or in a word for anything."""
    last, tag = rjieba.tag(name)[-1] if name else ("", "")
    return last if tag.startswith("n") and len(last) > 1 and last not in _OF_ANYTHING else ""


def done_elsewhere(question: Question, pool: Pool, document: str, own: frozenset[str]) -> str:
    """Return what an English question says is done, if a figure's clause leaves it out and another amount has it; or ""."""
    if question.language != "en":
        return ""
    for one in question.terms:
        if not one.is_deed or one.optional or pool.support(one, [(1.0, own)]) >= SAID:
            continue
        clauses = (c for s in pool.sentences if s.document.id == document for c in s.clauses)
        if any(
            _done_to_amount(one.alternatives, clause.key)
            and any(
                pool.support(other, [(1.0, clause.grams)]) >= SAID
                for other in question.terms
                if not other.is_deed
            )
            for clause in clauses
        ):
            return one.text
    return ""


def _done_to_amount(deeds: Sequence[str], key: str) -> bool:
    """Say whether a key prints a deed right before an amount or soon behind it: 救出31人, 243个项目建成投产."""
    if any(deed in GENERIC or len(deed) == 1 for deed in deeds):
        return False
    for amount in find_quantities(key):
        start, end = amount.span.start, amount.span.end
        near = key[max(0, start - _RIGHT_BEFORE) : start], key[end : end + _SOON_BEHIND]
        if any(deed in stretch for deed in deeds for stretch in near):
            return True
    return False


def reason_for(one: Term, pool: Pool) -> Reason:
    """Return why a term is missing: it is printed, though not for what is asked, or it is not printed at all."""
    printed = any(pool.printed(alternative) for alternative in one.alternatives)
    return Reason.ATTRIBUTE_NOT_STATED if printed else Reason.SUBJECT_NOT_COVERED


def _rests_on_unknown(question: Question) -> bool:
    unknown = _unknown(question)
    if not unknown:
        return False
    known = [one for one in question.terms if one.is_content and not one.unknown]
    asked = asked_thing(question)
    return len(known) <= len(unknown) or (asked is not None and asked.unknown)


def _unknown(question: Question) -> Sequence[Term]:
    return [one for one in question.terms if one.unknown]


def _demanded(question: Question) -> Iterator[Term]:
    """Yield the terms that must be said near a clause: the asked thing, names, a figure's nouns but places, a body's deed."""
    asked = asked_thing(question)
    for one in question.terms:
        if one.optional or not one.is_content or one.text in question.excluded:
            continue
        place = any(alternative in question.places for alternative in one.alternatives)
        noun_of_figure = question.kind in _OF_FIGURES and one.is_noun
        deed_of_body = question.kind in _OF_DOERS and one.is_deed
        if not place and (one is asked or one.name or noun_of_figure or deed_of_body):
            yield one
