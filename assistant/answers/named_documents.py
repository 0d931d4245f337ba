"""Which documents a question names: by number, by title, or by a short form of the title with its kind (预付卡条例).

A short form keeps the title's characters in order and ends with the kind of document: 长护险试行办法 names
《…市长期护理保险试行办法》, 护士条例 names 《护士条例》, 实施办法 every 实施办法. What stands before the short form in the
question must be printed in the document as well, or it speaks of another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.evidence import Pool
from assistant.asking.questions import Question
from assistant.asking.terms import Term
from documents.folding import fold
from documents.model import Document

_KIND = re.compile(
    r"条例|办法|规定|规则|细则|措施|通知|公告|通告|意见|方案|规划|纲要|决定|通报|批复|指南|章程|标准|法(?!院|律|人|规|定|治|制|官)"
)
_SIGNS = re.compile(r"[^\w]|_")
_PHRASE = re.compile(r"[\w《》“”()\[\]〔〕—·-]+")
_OPENS = re.compile(
    r"^(?:请问|那么|那|在|根据|按照|依照|依据|违反|对于|对|关于|这个|这部|这份|该|本|此|新的|新|现行的?|我想知道|想知道|的|和|与|及|以及|是)+"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[(【](?:19|20)\d{2}[〕\])】]第?\d{1,5}号")
_SHORT_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,8}[发办函字电])(?:第)?(\d{1,5})号")
_HEAD = 600  # characters within which a document prints its own number
_LONGEST = 60
_DESCRIBED = 0.8  # least share of its content that a question without a title must find in one


def named_documents(question: Question, pool: Pool) -> tuple[Document, ...]:
    """Return the documents among the found sentences that a question names equally well, or ()."""
    documents = found_documents(pool)
    numbers = cited_numbers(question)
    if numbers:
        return tuple(d for d in documents if any(_plain(own) in numbers for own in _numbers_of(d)))
    short = _SHORT_NUMBER.search(question.key)
    called = tuple(d for d in documents if short and any(_is_short_for(short, own) for own in _numbers_of(d)))
    if called:
        return called
    best, found = 0, list[Document]()
    for document in documents:
        length = _named_length(question.key, document)
        if length > best:
            best, found = length, []
        if length and length == best:
            found.append(document)
    exact = [d for d in found if _plain(d.title) in _plain(question.key)]
    return tuple(exact or found)


def cited_numbers(question: Question) -> set[str]:
    """Return the document numbers (国办发〔2024〕5号) that a question prints, without brackets and blanks."""
    return {_plain(number) for number in _NUMBER.findall(question.key)}


def prints_number(text: str, numbers: set[str]) -> bool:
    """Say whether a text prints one of these numbers."""
    return any(number in _plain(fold(text)) for number in numbers)


def described_documents(question: Question, pool: Pool, aside: re.Pattern[str]) -> tuple[Document, ...]:
    """Return the documents whose titles hold what a question speaks of, terms that `aside` matches left out."""
    terms = [one for one in question.terms if one.describes and not aside.search(one.text)]
    if not terms:
        return ()
    scored = [(_coverage(pool, terms, document), document) for document in found_documents(pool)]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(d for score, d in scored if score == best and score >= _DESCRIBED)


def found_documents(pool: Pool) -> tuple[Document, ...]:
    """Return the documents of the pool's sentences, best first."""
    return tuple({s.document.id: s.document for s in pool.sentences}.values())


def names_kind_only(question: Question, document: Document) -> bool:
    """Say whether a question calls a document by nothing but its kind: 本条例, 实施办法."""
    kinds = {match.group() for match in _KIND.finditer(question.key)}
    length = _named_length(question.key, document)
    return any(length == len(kind) for kind in kinds)


def _coverage(pool: Pool, terms: Sequence[Term], document: Document) -> float:
    """Return the share of terms whose characters a title holds in order, weighed by what they tell."""
    title = _plain(document.title)
    total = sum(pool.term_weight(one) for one in terms) or 1.0
    held = [one for one in terms if any(_holds(title, _plain(text)) for text in one.alternatives)]
    return sum(pool.term_weight(one) for one in held) / total


def _numbers_of(document: Document) -> list[str]:
    printed = _NUMBER.findall(fold(document.text[:_HEAD]))
    return [fold(document.number)] if document.number else printed


def _is_short_for(short: re.Match[str], number: str) -> bool:
    """Say whether a number without its year (国办发7号) is that of a document (国办发〔2004〕7号)."""
    prefix, counted = re.split(r"[〔\[(【]", number)[0], re.findall(r"\d+", number)[-1:]
    return (
        short.group(1).endswith(prefix[-2:])
        and prefix.endswith(short.group(1)[-2:])
        and counted == [short.group(2)]
    )


def _named_length(key: str, document: Document) -> int:
    """Return how many characters of the question name a document, its kind included; 0 when it names another."""
    title = _plain(document.title)
    longest = 0
    for phrase in _PHRASE.finditer(key):
        for kind in _KIND.finditer(phrase.group()):
            text = _plain(phrase.group()[: kind.end()])[-_LONGEST:]
            end = title.rfind(kind.group())
            if end < 0:
                continue
            length = _suffix_in(text, title[: end + len(kind.group())])
            before = _OPENS.sub("", text[: len(text) - length])
            if length >= len(kind.group()) and _belongs(before, document):
                longest = max(longest, length)
    return longest


def _suffix_in(text: str, title: str) -> int:
    """Return the length of the longest end of `text` whose characters stand in `title` in order, up to its end."""
    at, length = len(title), 0
    for character in reversed(text):
        at = title.rfind(character, 0, at)
        if at < 0:
            break
        length += 1
    return length


def _belongs(before: str, document: Document) -> bool:
    """Say whether what the question says before a short title is nothing, or of this document as well."""
    return len(before) < 2 or before in _plain(fold(document.text[:_HEAD]))


def _holds(text: str, short: str) -> bool:
    """Say whether the characters of `short` stand in `text` in order."""
    rest = iter(text)
    return bool(short) and all(character in rest for character in short)


def _plain(text: str) -> str:
    return _SIGNS.sub("", fold(text))
