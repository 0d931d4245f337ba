"""How far a question needs the turns before it: whether it stands by itself, beside a conversation, or leans on it.

Only words are looked at here, never documents or answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from assistant.asking.kinds import Kind
from assistant.asking.merging import own_terms
from assistant.asking.questions import Question, understand
from assistant.conversation import changes
from assistant.conversation.cited_answers import asks_of_cited
from assistant.conversation.frames import ASKS_BACK
from assistant.conversation.turn_words import asked_language, names_version, told_otherwise, without_lead
from assistant.model import Turn

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
_NAMES = re.compile(
    r"《|[\u4e00-\u9fff]{2}[省市县区](?!场|长|级|域|民|面|委|政府|内|外|人民)"
)  # a document or a place
_SAYS_ENOUGH = 4  # characters of what a question is about


class Leaning(StrEnum):
    """How far a question needs the turns before it."""

    ALONE = "alone"  # it stands by itself and reads no history
    BESIDE = (
        "beside"  # it names its topic, but neither place nor period nor document: perhaps the conversation's
    )
    ON = "on"  # it cannot be understood without the turn before it


def asked(text: str, *, reference: date | None = None) -> Question:
    """Return what a text asks by itself."""
    return understand(text, reference=reference)


def leaning(question: Question) -> Leaning:
    """Say how far a question needs the turns before it."""
    if question.out_of_scope or question.injected:
        return Leaning.ALONE
    key = question.key
    if without_lead(key) != key or asked_language(key) or told_otherwise(key):
        return Leaning.ON
    if not own_terms(question) or asks_of_cited(question) or changes.asks_of_figures(key):
        return Leaning.ON
    version = names_version(key)
    if _leans_by_words(question) or (
        version and not question.places and not own_terms(understand(version[1]))
    ):
        return Leaning.ON
    named = bool(question.places or _NAMES.search(key))
    of_time = bool(question.periods) or question.kind is Kind.COMPARISON
    named = named or (of_time and not is_vague(question))
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


def is_vague(question: Question) -> bool:
    """Say whether a question says too little to be asked of the whole library: “逾期怎么办?”, “每年奖励多少?”."""
    if question.kind in {Kind.IDENTITY, Kind.PERSON, Kind.DEFINITION, Kind.AUTHOR, Kind.TITLE}:
        return False
    said = (max(map(len, one.alternatives), default=0) for one in own_terms(question) if one.is_content)
    return sum(said) < _SAYS_ENOUGH
