"""Lists that the first sentences of paragraphs make: 减负,减的是文山会海。… 减负,减的是重复检查。…, 坚持全面覆盖。… 坚持规范透明。….

Neighbouring paragraphs whose first sentences begin with the same words are such a list when the question says these
words, and asks for as many as there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answers.announced_answers import numbered, unnumbered
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from documents.folding import fold
from documents.model import Section, Span

_FIRST = re.compile(r"[ \t\u3000]*(?P<head>[^。!?！？;；\n]{4,40})[。;；](?=.)")
_FEWEST = 2
_FEWEST_UNCOUNTED = 3
_WORD = 2  # characters with which heads begin alike at least
_COVERED, _COUNTED = 0.7, 0.55  # least coverage by what stands around, and where as many are asked for
_MOST_LINES = 400
_MARKS = re.compile(r"[^\u4e00-\u9fff]")


def answer_alike(question: Question, pool: Pool) -> Draft | None:
    """Return the first sentences that begin alike and with words of the question, or None."""
    if question.kind not in {Kind.LIST, Kind.WHAT}:
        return None
    best: tuple[tuple[int, float], Sentence, list[Span]] | None = None
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        section = sentence.section
        if (sentence.document.id, section.index) in seen:
            continue
        seen.add((sentence.document.id, section.index))
        for shared, heads in _groups(sentence.document.text, section):
            if not _is_asked(question, shared, len(heads)):
                continue
            scopes = [
                (1.0, sentence.article_grams),
                (0.9, sentence.topic_grams),
                (0.8, sentence.passage_grams),
            ]
            coverage = pool.coverage(question.terms, [(1.0, grams(shared)), *scopes])
            least = _COVERED if question.count is None else _COUNTED
            if coverage >= least and (best is None or (len(shared), coverage) > best[0]):
                best = ((len(shared), coverage), sentence, heads)
    if best is None:
        return None
    (_, coverage), sentence, heads = best
    texts = [unnumbered(span.of(sentence.document.text)) for span in heads]
    proofs = tuple(Evidence(sentence.document, sentence.section, span) for span in heads)
    return Draft("alike", numbered(texts), proofs, confidence=min(coverage, 1.0))


def _is_asked(question: Question, shared: str, number: int) -> bool:
    """Say whether a question says with what heads begin; all of it where it does not say how many there are."""
    if question.count is not None:
        return question.count == number and shared[:_WORD] in question.key
    words = _MARKS.sub("", shared)
    return number >= _FEWEST_UNCOUNTED and len(words) > _WORD and words in _MARKS.sub("", question.key)


def _groups(text: str, section: Section) -> Iterator[tuple[str, list[Span]]]:
    """Return the runs of neighbouring paragraphs of a section whose first sentences begin alike, with what they share.

    改革不怕…, 改革要有A, 改革要有B make a run of two that share 改革要有, and one of three that share 改革.
    """
    heads: list[tuple[str, Span] | None] = []
    for number, match in enumerate(re.finditer(r"[^\n]+", section.body.of(text))):
        first = _FIRST.match(match.group())
        start = section.body.start + match.start()
        kept = first is not None and number < _MOST_LINES
        heads.append(
            (fold(first["head"]), Span(start + first.start("head"), start + first.end("head")))
            if first and kept
            else None
        )
    for at, head in enumerate(heads):
        shared, run = head[0] if head else "", [head[1]] if head else []
        for other in heads[at + 1 :]:
            common = _shared(shared, other[0]) if other else ""
            if len(run) >= _FEWEST and len(common) < len(shared):
                yield shared, run[:]
            if other is None or len(_MARKS.sub("", common)) < _WORD:
                run = []
                break
            shared, run = common, [*run, other[1]]
        if len(run) >= _FEWEST:
            yield shared, run


def _shared(one: str, other: str) -> str:
    """Return what two keys begin with alike."""
    end = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[: min(len(one), len(other)) if end is None else end]
