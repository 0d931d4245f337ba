"""Provisions by number: what 第十五条 of a regulation says, which article punishes its breach, how many articles there are.

The number is looked up among the articles of the document that the question names; a number that stands inside another
provision (违反本条例第二十条) is a reference and never that article. A number that the document does not have is declined
with how many it has; a number that several documents have, where none is named, is ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import phrasing
from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, article_of
from assistant.answers.named_documents import described_documents, found_documents, named_documents
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.numerals import whole_number

_NUMERAL = "一二三四五六七八九十百零〇两\\d"
_CITED = re.compile(rf"(?<![中里])(?<![中里]的)第([{_NUMERAL}]{{1,7}})条(?:之[一二三四五六七八九十])?")
_OWN = re.compile(rf"第\s*([{_NUMERAL}]{{1,7}})\s*(条|章)|([一二三四五六七八九十]{{1,3}})(、)")
_ASKS_ARTICLE = re.compile(r"$|[?,。:]|(?:的)?(?:规定|内容|条文|原文|全文|讲|说|写|是|怎|有)")
_BREACH = re.compile(r"违反[^,。;]{0,30}$|不遵守[^,。;]{0,30}$")
_HOW_MANY = re.compile(r"(?:几|多少)(?:个)?(章|条)(?:[?,。;]|$|和|、)|\bhow many (articles|chapters)\b")
_ASIDE = re.compile(r"第|条|章|规定|内容|多少|几|articles?|chapters?")
_ASKS_TEXT = re.compile(r"(?:怎么|如何|怎样)(?:的)?规定|规定(?:了|的)?(?:是)?(?:什么|啥|哪些)|内容|全文")
_TEXT_ASKED = {Kind.WHAT, Kind.QUOTATION, Kind.DEFINITION, Kind.TITLE, Kind.LIST}
_FEWEST_ARTICLES = 3  # that a document has which is ordered by articles
_MOST_NAMED = 3  # documents that a decline names
_FITS = 0.75  # least share of the rest of a question that an article must hold where no document is named
_CLOSEST = 0.2  # by how much the rest of the question must fit one document better than the next


@dataclass(frozen=True, slots=True)
class Provision:
    """One article of a document: its number and its section."""

    document: Document
    section: Section
    number: int

    @property
    def text(self) -> str:
        """The article as printed."""
        return self.section.span.of(self.document.text).strip()


def provisions_of(document: Document, unit: str = "条") -> list[Provision]:
    """Return the articles (条), the chapters (章) or what 一、二、三、 number in a document, in reading order."""
    found = []
    for section in document.sections:
        printed = _OWN.match(fold(section.title))
        own = [group for group in printed.groups() if group] if printed else []
        number = whole_number(own[0]) if own and own[1] == unit else None
        if number is not None:
            found.append(Provision(document, section, number))
    return found


def answer_provision(question: Question, pool: Pool) -> Draft | None:
    """Return the article that the question cites by its number, a decline that says why there is none, or None."""
    cited = _CITED.search(question.key)
    number = whole_number(cited.group(1)) if cited else None
    if cited is None or number is None:
        return None
    named = named_documents(question, pool)
    ordered = named or [d for d in found_documents(pool) if len(provisions_of(d)) >= _FEWEST_ARTICLES]
    if _BREACH.search(question.key[: cited.start()]):
        return _penalty(question, number, ordered)
    having = [p for d in ordered for p in provisions_of(d) or provisions_of(d, "、") if p.number == number]
    if not named and not _ASKS_ARTICLE.match(question.key[cited.end() :]):
        having = [p for p in having if _fit(question, pool, p) >= _FITS]
    if not having:
        return _without(cited.group(), named)
    if len(having) > 1:
        having = _fitting(question, pool, having)
    if len(having) > 1:
        nearest = [_of_document(p) for p in having[:_MOST_NAMED]]
        return decline(Reason.AMBIGUOUS, method="provision", nearest=nearest)
    return _told(question, having[0])


def within_provision(question: Question, pool: Pool) -> Pool | None:
    """Return the part of the pool inside the article that the question cites, for a question about a part of it."""
    if question.kind in _TEXT_ASKED or _ASKS_TEXT.search(question.key):
        return None
    draft = answer_provision(question, pool)
    if draft is None or draft.status is not Status.ANSWERED:
        return None
    proof = draft.evidence[0]
    kept = tuple(s for s in pool.sentences if s.document.id == proof.document.id and proof.span.holds(s.span))
    rows = tuple(
        r for r in pool.rows if r.document_id == proof.document.id and proof.span.holds(r.value_span)
    )
    return replace(pool, sentences=kept, rows=rows) if kept else None


def answer_extent(question: Question, pool: Pool) -> Draft | None:
    """Return how many chapters and articles the named document prints, or None."""
    asked = {"条" if unit in {"条", "articles"} else "章" for unit in _units_asked(question.key)}
    if not asked:
        return None
    named = named_documents(question, pool) or described_documents(question, pool, _ASIDE)
    units = [{unit: provisions_of(d, unit) for unit in ("章", "条") if unit in asked} for d in named]
    counted = [found for found in units if all(map(_is_complete, found.values()))]
    if len(counted) != 1:
        gaps = len(named) == 1 and len(provisions_of(named[0])) >= _FEWEST_ARTICLES
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="extent") if gaps else None
    english = question.language == "en"
    said = [f"{len(found)}{unit}" for unit, found in counted[0].items()]
    if english:
        said = [
            f"{len(found)} {'chapters' if unit == '章' else 'articles'}" for unit, found in counted[0].items()
        ]
    proofs = [
        Evidence(p.document, p.section, _first_line(p)) for found in counted[0].values() for p in found[-1:]
    ]
    text = (
        f"《{proofs[0].document.title}》"
        + (": " if english else "共")
        + (", " if english else "、").join(said)
    )
    return Draft("extent", text + ("." if english else "。"), tuple(proofs))


def whole(question: Question, document: Document, section: Section) -> Draft:
    """Return a provision told whole, its items with it, as far as a list answer may go."""
    text = section.span.of(document.text).strip()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    told = phrasing.clipped("".join(lines), phrasing.LONGEST_LIST)
    start = section.span.start
    while document.text[start].isspace():
        start += 1
    proof = Evidence(document, section, Span(start, start + len(text)))
    return Draft("provision", phrasing.quoted(question.language, told), (proof,))


def _told(question: Question, provision: Provision) -> Draft:
    return whole(question, provision.document, provision.section)


def _units_asked(key: str) -> list[str]:
    return [unit for groups in _HOW_MANY.findall(key) for unit in groups if unit]


def _is_complete(found: Sequence[Provision]) -> bool:
    """Say whether articles are numbered from one without a gap, so that the last number is how many there are."""
    return len(found) > 1 and [p.number for p in found] == list(range(1, len(found) + 1))


def _penalty(question: Question, number: int, documents: Sequence[Document]) -> Draft | None:
    """Return the provision that names the breach of an article: 违反本条例第二十条规定的，…."""
    found = [
        p
        for d in documents
        for p in provisions_of(d)
        for breach in re.findall(r"违反本[^,。;:]{2,60}", fold(p.text))
        if number in {whole_number(n) for n in _CITED.findall(breach)}
    ]
    found = list({(p.document.id, p.number): p for p in found}.values())
    if len(found) == 1:
        return _told(question, found[0])
    if found:
        nearest = [_of_document(p) for p in found[:_MOST_NAMED]]
        return decline(Reason.AMBIGUOUS, method="provision", nearest=nearest)
    return decline(Reason.ATTRIBUTE_NOT_STATED, method="provision") if len(documents) == 1 else None


def _without(cited: str, named: Sequence[Document]) -> Draft | None:
    """Return the decline for an article that no document has which the question names."""
    if not named:
        return None
    found = provisions_of(named[0])
    counted = f"共{found[-1].number}条" if _is_complete(found) else ""
    said = f"《{named[0].title}》{counted}"
    return decline(Reason.ATTRIBUTE_NOT_STATED, method="provision", what=cited, nearest=(said,))


def _fitting(question: Question, pool: Pool, having: list[Provision]) -> list[Provision]:
    """Return the one article that the rest of the question speaks of, or all where none stands out."""
    scored = sorted(((_fit(question, pool, p), p) for p in having), key=lambda pair: -pair[0])
    stands_out = scored[0][0] - scored[1][0] >= _CLOSEST
    return [scored[0][1]] if stands_out else having


def _fit(question: Question, pool: Pool, provision: Provision) -> float:
    """Return in [0, 1] how far an article and its titles hold what the question says beside the number."""
    terms = [one for one in question.terms if one.describes and not _ASIDE.search(one.text)]
    title = article_of(provision.document, provision.section).title
    scopes = [(1.0, grams(fold(provision.text))), (0.8, grams(fold(provision.document.title + title)))]
    return pool.coverage(terms, scopes) if terms else 0.0


def _of_document(provision: Provision) -> str:
    return phrasing.clipped(f"《{provision.document.title}》{provision.text}", 80)


def _first_line(provision: Provision) -> Span:
    span = provision.section.span
    line = provision.document.text.find("\n", span.start, span.end)
    return Span(span.start, line if line > 0 else span.end)
