"""What a document says that a term means: 本办法所称X（…），是指…, X是指…, and notes (［11］四库：… on this or the next line).

Only the definition of the very term answers: X的保护范围是指… defines another one, and a sentence that merely contains X
defines nothing. Where no document defines the term there is no answer here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import rjieba

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool
from assistant.answers.named_documents import found_documents, named_documents
from assistant.answers.phrasing import LONGEST, LONGEST_LIST, clipped, quoted
from assistant.asking.questions import Question
from assistant.model import Reason
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.sentences import line_of, sentences

_OPENS = r"^(?:请问|那么|那|请解释(?:一下)?|解释(?:一下)?|说说|你知道)?"
_ASKS = (
    re.compile(
        rf"{_OPENS}(?:什么|啥)(?:是|叫做?|才?算是?)(?:所谓的?)?(?P<term>[^,。?]{{2,24}}?)(?:呢|啊)?[?。]?$"
    ),
    re.compile(rf"{_OPENS}(?:何为|何谓)(?P<term>[^,。?]{{2,24}}?)[?。]?$"),
    re.compile(
        rf"{_OPENS}(?P<term>[^,。?]{{2,30}}?)(?:具体|究竟|到底|又)?(?:(?:是)?指的?(?:是)?|是|(?:的)?(?:含义|定义|意思|概念)(?:是)?)"
        r"(?:个)?(?:什么|啥|哪些)(?:意思|概念|含义|东西|人|人员|情形|行为|地方|范围)?(?:呢|啊)?[?。]?$"
    ),
    re.compile(rf"{_OPENS}(?P<term>[^,。?]{{2,30}}?)(?:的)?(?:含义|定义|意思|概念)[?。]?$"),
    re.compile(
        rf"{_OPENS}(?P<term>[^,。?]{{2,30}}?)(?:是)?(?:怎么|如何|怎样)(?:定义|界定|理解)(?:的)?[?。]?$"
    ),
    re.compile(
        rf"{_OPENS}(?:什么样|什么|哪些|哪类|哪种|怎样)的?(?P<kind>[\u4e00-\u9fff]{{1,4}}?)(?:才|可以|能|会|应|应当|将|要)?(?:被)?(?:算作?|属于|视为|认定为|叫做?|是)(?P<term>[^,。?]{{2,16}}?)[?。]?$"
    ),
    re.compile(
        rf"{_OPENS}(?:怎样|怎么|如何)(?:才能|才算|才叫|算)?(?:做到|理解|体现|称得上)(?P<term>[^,。?]{{2,16}}?)[?。]?$"
    ),
    re.compile(
        rf"{_OPENS}(?:[^,。?]{{0,20}}?)(?:定义|界定|解释)(?:的)?(?P<term>[“‘\"'][^”’\"']{{2,20}}[”’\"'])"
    ),
)
_ASKS_EN = re.compile(
    r"\bdefin(?:ition|e|ed|es)\b|\bmean(?:s|ing|t)?\b|^what(?: is|'s| are) (?!the \w+ (?:of|for)\b)|\bstand for\b"
)
_NO_TERM_EN = re.compile(r"^(?:definition|define|defined|defines|mean|means|meant|meaning|term|word)$")
_QUOTED = re.compile(r"[“‘\"'「『]([^”’\"'」』]{1,20})[”’\"'」』]")
_DEFINED = (
    r"(?:主要|特|专)?(?:是指|系指|指的是|均指)|,(?:就是要?|就是指|即)(?=.{4})"
    r"|,(?:主要|特|专)?指(?!导|定|引|出|标|数|挥|示|派|南|明|向)"
)
_NOTE = re.compile(
    r"(?m)^[ \u3000]*(?:[\[(【]\d{1,3}[\])】]|注\d{0,2}[:.]|\d{1,3}[.、])?[ \u3000]*[“‘]?([^\n:“”‘’]{2,24})[”’]?:"
)
_MARKED = re.compile(r"^[ \u3000]*(?:[\[(【]\d{1,3}[\])】]|注\d)")
_NOTES_BEGIN = re.compile(r"名词解释|注释|术语|有关说明|用语说明|附注")
_FAR = 18  # characters before a term within which its sentence is told from the start
_MOST_TERMS = 24


def answer_definition(question: Question, pool: Pool) -> Draft | None:
    """Return the definition of the term that the question asks for, or None where no document defines it."""
    documents = named_documents(question, pool) or found_documents(pool)
    for look in (define, _called, _counted_as):
        for term in _asked_terms(question):
            draft = look(question, term, documents)
            if draft is not None:
                return draft
    return None


def answer_undefined(question: Question, pool: Pool) -> Draft | None:
    """Return the decline of a question for a meaning when nothing says what its term is; None where something may."""
    term = next(_asked_terms(question), "") if question.language == "zh" else ""
    if not term or _is_told(term, pool):
        return None
    near = [clipped(s.text.strip(), 80) for s in pool.sentences if term in s.key][:1]
    return decline(Reason.ATTRIBUTE_NOT_STATED, method="definition", nearest=near)


def _is_told(term: str, pool: Pool) -> bool:
    """Say whether a found sentence may say what a term is, in words other than a definition's: X是…, 即X, A、B等X."""
    name = re.escape(term)
    told = re.compile(
        rf"{name}[”’》]?(?:[(][^()]*[)])?,?(?:就|也|主要|正)?(?:是|即|指|为|包括|:|——)|(?:即|、[^,。;]{{1,12}}等)[“‘]?{name}|[(]{name}[)]"
    )
    return any(told.search(sentence.key) for sentence in pool.sentences)


def define(question: Question, term: str, documents: tuple[Document, ...]) -> Draft | None:
    """Return what the first of some documents says that a term (as a key) means, or None."""
    for document in documents:
        key = fold(document.text)
        if term not in key:
            continue
        draft = _clause(question, term, document, key) or _note(question, term, document, key)
        if draft is not None:
            return draft
    return None


def _asked_terms(question: Question) -> Iterator[str]:
    """Return the terms that a question may ask the meaning of, likeliest first."""
    if question.language == "en":
        if _ASKS_EN.search(question.key):
            yield from _chinese_terms(question)
        return
    for cue in _ASKS:
        asked = cue.search(question.key)
        if asked is None:
            continue
        term = asked["term"]
        in_quotes = _QUOTED.search(term)
        if in_quotes:
            yield in_quotes.group(1)
            return
        term = re.sub(r"^(?:[^,。]{2,14}(?:里面?|中|上))?(?:所)?(?:称|说|讲|谓)的?", "", term) or term
        words = rjieba.cut(term)
        for first in range(len(words)):
            rest = "".join(words[first:])
            if len(rest) >= 2 and not rest.startswith("的"):
                yield rest
        return


def _chinese_terms(question: Question) -> Iterator[str]:
    """Return what the words of an English question mean in Chinese, joined in their order."""
    kept = [one for one in question.terms if one.is_content and not _NO_TERM_EN.match(one.text)]
    if not 1 <= len(kept) <= 4:
        return
    for number, parts in enumerate(product(*(one.alternatives for one in kept))):
        if number >= _MOST_TERMS:
            return
        term = "".join(parts)
        if len(term) >= 2 and not re.search(r"[a-z]", term):
            yield term


def _clause(question: Question, term: str, document: Document, key: str) -> Draft | None:
    """Return the sentence of a text that defines a term in words: X（以下简称Y），是指…."""
    name = re.escape(term)
    told = re.compile(rf"[“‘]?{name}[”’]?(?:[(][^()]{{1,60}}[)])?,?(?:{_DEFINED})")
    for match in told.finditer(key):
        if _begins_term(key, match.start()):
            return _told(question, document, match.start())
    for match in re.finditer(
        rf"[(][^()]{{0,8}}(?:简称|统称|称)(?:为)?[“‘]?{name}[”’]?[)],?(?:{_DEFINED})", key
    ):
        return _told(question, document, match.start())
    return None


def _called(question: Question, term: str, documents: tuple[Document, ...]) -> Draft | None:
    """Return what a term is short for (Y（以下简称X）), or the item of a list that it heads (（二）X，…)."""
    name = re.escape(term)
    short = re.compile(rf"[(][^()]{{0,8}}(?:简称|统称|称)(?:为)?[“‘]?{name}[”’]?[)]")
    heads = re.compile(
        rf"(?m)^[ \u3000]*[(]?[一二三四五六七八九十\d]{{1,3}}[).、][ \u3000]*({name}[,:。.][^\n]{{6,}})$"
    )
    for document in documents:
        key = fold(document.text)
        match = short.search(key)
        if match is not None:
            begun = max(key.rfind(mark, 0, match.start()) for mark in ",。;:\n")
            return _told(question, document, begun + 1)
        headed = heads.search(key)
        if headed is not None:
            span = Span(*headed.span(1))
            told = clipped(span.of(document.text).strip(), LONGEST)
            proof = Evidence(document, _section(document, span), span)
            return Draft("definition", quoted(question.language, told), (proof,))
    return None


def _counted_as(question: Question, term: str, documents: tuple[Document, ...]) -> Draft | None:
    """Return the sentence that says at its end what is a term: …的企业,为X; …的,视为X."""
    said = re.compile(
        rf"(?:,(?:可以?|应当?|均)?(?:为|是|属于|视为|视同|认定为|列为)|(?:视为|视同|认定为))[^,。;:\n]{{0,16}}{re.escape(term)}(?=[。;\n]|$)"
    )
    for document in documents:
        match = said.search(fold(document.text))
        if match is not None:
            return _told(question, document, match.start(), whole=True)
    return None


def _begins_term(key: str, at: int) -> bool:
    """Say whether a term begins at an offset, rather than ends a longer one."""
    before = key[max(0, at - 6) : at]
    return (
        not before
        or not before[-1].isalnum()
        or bool(re.search(r"(?:所称的?|所指的?|所说的?|其中|本[\u4e00-\u9fff]{2}中?的)$", before))
    )


def _told(question: Question, document: Document, at: int, *, whole: bool = False) -> Draft:
    """Return the sentence that holds an offset; from the offset's clause on where others stand before it, unless whole."""
    text = document.text
    line = line_of(text, Span(at, at))
    span = next((s for s in sentences(text, line) if s.start <= at < s.end), line)
    if at - span.start > _FAR and not whole:
        span = Span(at, span.end)
    told = clipped(span.of(text).strip(), LONGEST)
    return Draft(
        "definition", quoted(question.language, told), (Evidence(document, _section(document, span), span),)
    )


def _note(question: Question, term: str, document: Document, key: str) -> Draft | None:
    """Return the note about a term: the text behind its head, on the same line or on the next."""
    for match in _NOTE.finditer(key):
        if match.group(1).strip() != term or not _is_note(key, match):
            continue
        text = document.text
        end = (text.find("\n", match.end()) + 1 or len(text) + 1) - 1
        if not text[match.end() : end].strip():
            following = re.compile(r"\s*([^\n]+)").match(text, match.end())
            if following is None or _NOTE.match(key, following.start(1)):
                return None
            end = following.end(1)
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        span = Span(start, end)
        body = re.sub(r"\s+", "", text[match.end() : end])
        told = clipped(f"{term}:{body}", LONGEST_LIST)
        proof = Evidence(document, _section(document, span), span)
        return Draft("definition", quoted(question.language, told), (proof,))
    return None


def _is_note(key: str, match: re.Match[str]) -> bool:
    """Say whether a line's head is that of a note: marked as one, or below a heading of notes."""
    return bool(_MARKED.match(match.group()) or _NOTES_BEGIN.search(key, 0, match.start()))


def _section(document: Document, span: Span) -> Section:
    holding = [section for section in document.sections if section.span.holds(span)]
    return holding[-1] if holding else document.sections[0]
