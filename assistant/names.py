"""Names typed in pinyin: “An Chunmao” is 安春茂, in either order, when the documents print such a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.evidence import Pool
from assistant.questions import Question
from assistant.terms import Term, term

_HAN = re.compile(r"[\u4e00-\u9fff]+")


def with_printed_names(question: Question, pool: Pool) -> Question:
    """Return the question with each unknown Latin word that spells printed Chinese characters replaced by them."""
    if not any(term.name for term in question.terms):
        return question
    runs = {run for sentence in pool.sentences for run in _HAN.findall(sentence.key)}
    runs |= {run for s in pool.sentences for run in _HAN.findall(s.section.byline or "")}
    spelled = {run: _syllables(run) for run in sorted(runs)}
    return replace(question, terms=tuple(_printed(one, spelled) for one in question.terms))


def _printed(one: Term, spelled: dict[str, list[str]]) -> Term:
    if not one.name:
        return one
    words = re.findall(r"[a-z]+", one.text.lower())
    orders = {"".join(words), "".join(reversed(words))}
    for run, syllables in spelled.items():
        found = _spelling(run, syllables, orders)
        if found:
            return term(one.text, found)
    return one


def _spelling(run: str, syllables: list[str], wanted: Iterable[str]) -> str | None:
    """Return the two to four characters of `run` that are spelled as one of `wanted`."""
    for length in (3, 2, 4):
        for start in range(len(run) - length + 1):
            if "".join(syllables[start : start + length]) in wanted:
                return run[start : start + length]
    return None


def _syllables(run: str) -> list[str]:
    from pypinyin import lazy_pinyin  # 0.3 s to import: only questions with unknown Latin words pay for it

    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(run)]
