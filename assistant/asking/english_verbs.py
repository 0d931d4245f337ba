"""Which words of an English question say what is done, by where they stand: been [installed], to [apply], do residents [pay].

Lexicons know many words as nouns and as verbs. What is done is often printed in other words, so that it is not demanded
as a noun is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.english_questions import names_measure
from assistant.asking.glossary import Phrase, is_past, is_verb

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|gets?|got)(?: (?:not|now|already|also|first|jointly|[a-z]+ly))? $"
)
_INFINITIVE = re.compile(
    r"(?<!due )(?<!according )(?<!subject )(?<!close )(?<!access )(?<!compared )(?<!added )(?<!up )\bto $"
)
_AUXILIARY = re.compile(r"\b(?:do|does|did|must|may|can|could|will|would|should|shall|might)\b(?! be\b)")
_ENDS_CLAUSE = re.compile(
    r"\b(?:in|for|by|at|on|with|from|to|of|per|under|during|before|after|when|if|as|since|until|over|within|than|or|and)\b|[?,;:.]"
)


def standing_as_verbs(key: str, found: Sequence[Phrase], content: Sequence[Phrase]) -> frozenset[int]:
    """Return where those of `found` begin that say what is done; `content` are the ones that are no words of asking."""
    verbs = {
        one.start
        for one in found
        if (is_past(one.text) and _PASSIVE.search(key[: one.start]))
        or (is_verb(one.text) and _INFINITIVE.search(key[: one.start]))
    }
    last = _behind_auxiliary(key, content)
    return frozenset(verbs | {last.start}) if last else frozenset(verbs)


def _behind_auxiliary(key: str, content: Sequence[Phrase]) -> Phrase | None:
    """Return the verb that ends a clause whose subject stands behind do, will or must: must applicants [submit]."""
    auxiliary = _AUXILIARY.search(key)
    if auxiliary is None:
        return None
    ends = _ENDS_CLAUSE.search(key, auxiliary.end())
    end = ends.start() if ends else len(key)
    inside = [one for one in content if auxiliary.end() <= one.start and one.end <= end]
    if len(inside) < 2 or any(one.deed for one in inside):
        return None
    last = inside[-1]
    plural = last.text.endswith("s") and not last.text.endswith("ss")
    return None if plural or " " in last.text or names_measure(last.text) else last
