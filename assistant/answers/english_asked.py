"""What an English question asks for: the noun behind its asking word, and whether a clause counts that noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term
from documents.quantities import find_quantities

_ASKING = re.compile(
    r"\b(?:who (?:is|was) the|which|whose|how (?:many|much)"
    r"|what(?: kinds?| types?| sorts?)?(?: of)?(?:'s)?(?: (?:is|are|was|were|will be|would be))?)"
    r"(?: (?:the|a|an|its|their|his|her))?\b"
)
_ENDS_NOUN = re.compile(
    r"\b(?:is|are|was|were|will|do|does|did|should|can|could|must|may|has|have|had|to|would|shall|of|in|for|by|at|on|with|from|that|"
    r"which|who|be|been|along|under|above|below|over|among|between|per|during|as|and|or|than)\b|[?,;:]"
)
_HOW_MANY = re.compile(r"\bhow many\b")
_CUES = tuple(
    (re.compile(asking), re.compile(said))
    for asking, said in (
        (r"\b(?:phone|telephone|hotline|contact) number|\bwhat(?: is the)? (?:number|hotline)\b", r"\d{5,}"),
        (r"\bwhat (?:happens|will happen|would happen)\b|\bconsequences?\b",
         "应当|应予|不得|予以|处以|责令|视为|吊销|撤销|取消|追究|不予|终止|中止|重新|罚款"),
        (r"\b(?:specify|specifies|be stated|be indicated)\b", "写明|载明|注明|标明|列明|明确"),
        (r"\b(?:contain|contains|include|includes|consist|consists|comprise|comprises|made up)\b",
         "包括|包含|含有|涵盖|应当有|主要有|内容|载明|组成|构成"),
        (r"^why\b|\breasons?\b|\bcause[sd]?\b", "因|由于|为了|导致|致使|原因|引发|造成"),
        (r"\bused\b", "用于|使用|应用|用作"),
        (r"\brefers? to\b", "参考|参照|借鉴|是指|指的是"),
        (r"\b(?:may|can|must|should) not\b|\bnot (?:be )?allowed\b", "不得|禁止|不能|不准|严禁"),
    )
)  # fmt: skip
_OPEN = {Kind.WHAT, Kind.LIST, Kind.WHERE, Kind.YES_NO, Kind.PERSON, Kind.BODY}
_BEHIND, _BEFORE = 14, 8  # characters between an amount and what it counts, in one clause


def asked_thing(question: Question) -> Term | None:
    """Return the last term of the noun phrase behind the asking word: which [provincial cluster], what is the [rate] of."""
    asking = _ASKING.search(question.key)
    if asking is None:
        return None
    ends = _ENDS_NOUN.search(question.key, asking.end())
    end = ends.start() if ends else len(question.key)
    inside = [
        one
        for one in question.terms
        if (one.is_content or one.unknown) and asking.end() <= question.key.find(one.text, asking.end()) < end
        and not any(alternative in question.places for alternative in one.alternatives)
    ]  # fmt: skip
    nouns = [one for one in inside if not one.is_deed]
    said = nouns or inside
    return said[-1] if said else None


def counted_thing(question: Question) -> Term | None:
    """Return the noun that “how many” counts, or None for another question."""
    if question.language != "en" or question.kind is not Kind.FIGURE or not _HOW_MANY.search(question.key):
        return None
    return asked_thing(question)


def cue_of(question: Question) -> re.Pattern[str] | None:
    """Return what a clause prints for the words of asking that no lexicon translates: contain, specify, why."""
    if question.language != "en":
        return None
    return next((said for asking, said in _CUES if asking.search(question.key)), None)


def told_of(question: Question) -> tuple[Term, ...]:
    """Return the one deed of an open English question that asks for no noun: what must they [wear], who may [approve] it."""
    done = [one for one in question.terms if one.is_deed]
    wants_noun = asked_thing(question) is not None or question.key.startswith("why")
    return tuple(done) if len(done) == 1 and question.kind in _OPEN and not wants_noun else ()


def counted_rank(question: Question) -> tuple[str, ...]:
    """Return what is printed for a unit of the country or of a text that “how many” counts: 县 of counties."""
    if counted_thing(question) is None and (asking := _HOW_MANY.search(question.key)):
        for one in question.terms:
            directly = question.key.find(one.text) - asking.end() == 1
            if directly and question.language == "en" and all(len(word) == 1 for word in one.alternatives):
                return one.alternatives
    return ()


def counts_beside(words: Sequence[str], key: str) -> bool:
    """Say whether an amount of a key stands beside one of `words`: 五个【机场】, 【水库】达到12座.

    >>> counts_beside(("机场",), "青藏铁路、五个机场以及74条公路"), counts_beside(("机场",), "机场初步形成,旅客达到700万人次")
    (True, False)
    """
    for amount in find_quantities(key):
        if amount.is_duration:
            continue
        behind = re.split(r"[,;。、:]", key[amount.span.end : amount.span.end + _BEHIND])[0]
        before = re.split(r"[,;。、:\d]", key[max(0, amount.span.start - _BEFORE) : amount.span.start])[-1]
        if any(word in behind or word in before for word in words):
            return True
    return False
