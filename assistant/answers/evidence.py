"""What a question is answered from: the sentences of the passages that were found, with what stands around them.

A term of the question may be supported by the clause itself, its sentence, its passage with the headings above it,
or the article (title, speaker, byline). The further away, the less it counts; see `SCOPES`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, TypeVar

from assistant.answers.support import Beside, Scopes, WantedTerms, mean, support_of
from assistant.asking import vocabulary as words
from assistant.asking.places import NATIONWIDE, bare, find_places, forms_of
from assistant.asking.terms import Term, grams
from documents.folding import fold
from documents.model import Document, Indicator, Passage, Section, Span
from documents.sentences import clauses, line_of, sentences

Asked = TypeVar("Asked", bound=Hashable)
Result = TypeVar("Result")
SCOPES = {"clause": 1.0, "sentence": 0.85, "passage": 0.65, "article": 0.6, "topic": 0.45}
_TOPICAL = 3  # times that a document prints a bigram for it to be what the whole document is about


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, by its span and its key's bigrams."""

    span: Span
    key: str
    grams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a found passage with the scopes that may support a question's terms."""

    document: Document
    passage: Passage
    section: Section
    span: Span
    key: str
    clauses: tuple[Clause, ...]
    grams: frozenset[str]
    passage_grams: frozenset[str]
    article_grams: frozenset[str]
    topic_grams: frozenset[str]
    rank: int  # of the hit it comes from, from 1
    score: float  # of that hit

    @property
    def text(self) -> str:
        """The sentence as printed."""
        return self.span.of(self.document.text)

    def scopes(self, clause: Clause | None = None) -> list[tuple[float, frozenset[str]]]:
        """Return (weight, bigrams) of each scope, nearest first."""
        found = [
            (SCOPES["sentence"], self.grams),
            (SCOPES["passage"], self.passage_grams),
            (SCOPES["article"], self.article_grams),
            (SCOPES["topic"], self.topic_grams),
        ]
        return [(SCOPES["clause"], clause.grams), *found] if clause else found


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, in its document."""

    document: Document
    passage: Passage
    rank: int
    score: float


@dataclass(slots=True)
class Pool:
    """Everything that one question may be answered from."""

    sentences: tuple[Sentence, ...]
    rows: tuple[Indicator, ...]
    documents: dict[str, Document]
    superseded: frozenset[str] = frozenset()  # ids of documents that another one replaced
    rarity: dict[str, float] = field(default_factory=dict)
    rarest: float = 1.0
    _term_weights: dict[int, tuple[Term, float]] = field(default_factory=dict)
    _wanted: dict[int, tuple[Sequence[Term], WantedTerms]] = field(default_factory=dict)
    found: dict[Hashable, Any] = field(
        default_factory=dict, init=False
    )  # see `remembered`; a part starts anew

    @classmethod
    def of(
        cls, found: Sequence[Found], rows: Iterable[Indicator], superseded: frozenset[str] = frozenset()
    ) -> Pool:
        """Cut the found passages into sentences and clauses, and count how rare each bigram is among them."""
        cut = tuple(sentence for item in found for sentence in _sentences(item))
        counts = Counter(gram for sentence in cut for gram in sentence.grams)
        total = len(cut)
        rarity = {gram: math.log(1 + total / (count + 0.5)) for gram, count in counts.items()}
        documents = {item.document.id: item.document for item in found}
        return cls(cut, tuple(rows), documents, superseded, rarity, math.log(1 + total / 0.5))

    def current(self) -> Pool:
        """Return the pool without documents that another one replaced, unless nothing else is left."""
        return self._among(frozenset(self.documents) - self.superseded)

    def former(self) -> Pool:
        """Return the part of the pool that another document replaced, or the whole where there is none."""
        return self._among(self.superseded)

    def _among(self, ids: frozenset[str]) -> Pool:
        """Return the part of the pool that stands in some of its documents, or the whole where there is none."""
        kept = tuple(s for s in self.sentences if s.document.id in ids)
        if not kept or len(kept) == len(self.sentences):
            return self
        return replace(self, sentences=kept, rows=tuple(r for r in self.rows if r.document_id in ids))

    def in_articles(self, wanted: Callable[[Section], bool]) -> Pool:
        """Return the part of the pool that stands in articles of a kind, or the whole where there is none."""
        kept = tuple(s for s in self.sentences if wanted(article_of(s.document, s.section)))
        if not kept or len(kept) == len(self.sentences):
            return self
        ids = {s.document.id for s in kept}
        return replace(self, sentences=kept, rows=tuple(r for r in self.rows if r.document_id in ids))

    def touching(self, spans: Collection[tuple[str, Span]]) -> Pool:
        """Return the part of the pool that stands in sentences which given spans of documents touch."""
        kept = tuple(
            s for s in self.sentences
            if any(s.document.id == id_ and s.span.touches(span) for id_, span in spans)
        )  # fmt: skip
        rows = tuple(
            row for row in self.rows
            if any(s.document.id == row.document_id and s.span.holds(row.value_span) for s in kept)
        )  # fmt: skip
        return replace(self, sentences=kept, rows=rows)

    def about(self, places: Sequence[str]) -> Pool:
        """Return the part of the pool that speaks of `places`: their documents, and sentences that name them."""
        wanted = {form for place in places for form in forms_of(place)}
        if "全国" in wanted:
            wanted |= set(NATIONWIDE)
        home = {
            id_
            for id_, document in self.documents.items()
            if document.place and bare(document.place) in wanted
        }
        elsewhere = {id_ for id_, document in self.documents.items() if document.place} - home
        kept = tuple(
            s for s in self.sentences
            if s.document.id not in elsewhere or any(name in s.key or name in fold(s.passage.context) for name in wanted)
        )  # fmt: skip
        spans = {(s.document.id, s.span) for s in kept}
        rows = tuple(
            row for row in self.rows
            if any(row.document_id == id_ and span.holds(row.value_span) for id_, span in spans)
            and _is_about(row, wanted, self.documents[row.document_id])
            and not _is_told_behind(row, wanted, self.documents[row.document_id])
        )  # fmt: skip
        return replace(self, sentences=kept, rows=rows)

    def weight(self, gram: str) -> float:
        """Return how much a bigram tells: rare ones more, unseen ones most."""
        return self.rarity.get(gram, self.rarest)

    def mass(self, gram_set: Iterable[str]) -> float:
        """Return the summed weight of bigrams."""
        return sum(self.weight(gram) for gram in gram_set)

    def support(self, wanted: Term, scopes: Scopes) -> float:
        """Return in [0, 1] how far `scopes` support a term: its best alternative, character by character."""
        return support_of(wanted, scopes)

    def term_weight(self, wanted: Term) -> float:
        """Return how much a term counts among the question's terms: by its part of speech and its rarity here."""
        known = self._term_weights.get(id(wanted))
        if known is None:  # the term is kept beside its weight: an id means one object only while that lives
            units = max(wanted.units, key=len, default=())
            rarity = mean([max(self.weight(gram) for gram in unit) for unit in units])
            known = self._term_weights[id(wanted)] = (
                wanted,
                wanted.weight * rarity * min(len(units), 6) ** 0.5,
            )
        return known[1]

    def coverage(self, terms: Sequence[Term], scopes: Scopes) -> float:
        """Return in [0, 1] how much of the question's content the scopes support."""
        return self.coverage_beside(terms, self.beside(terms, scopes), frozenset())

    def beside(self, terms: Sequence[Term], scopes: Scopes) -> Beside:
        """Return what `scopes` give each character of each alternative of each term: see `coverage_beside`."""
        return self._wanted_terms(terms).beside(scopes)

    def coverage_beside(self, terms: Sequence[Term], beside: Beside, gathered: frozenset[str]) -> float:
        """Return the coverage by bigrams at hand, with what further scopes give computed once by `beside`."""
        return self._wanted_terms(terms).coverage(beside, gathered)

    def _wanted_terms(self, terms: Sequence[Term]) -> WantedTerms:
        """Return the terms prepared for looking up; they are kept beside it, so that their id stays theirs."""
        known = self._wanted.get(id(terms))
        if known is None:
            known = self._wanted[id(terms)] = (terms, WantedTerms(terms, self.term_weight))
        return known[1]

    def printed(self, key: str) -> bool:
        """Say whether a key stands anywhere in the found documents' passages."""
        return any(
            key in sentence.key or key in fold(sentence.passage.context) for sentence in self.sentences
        )


def remembered(look: Callable[[Asked, Pool], Result]) -> Callable[[Asked, Pool], Result]:
    """Keep what `look` finds for a question in a pool: several ways of answering look for the same."""

    @wraps(look)
    def once(question: Asked, pool: Pool) -> Result:
        key = (look.__name__, question)
        if key not in pool.found:
            pool.found[key] = look(question, pool)
        result: Result = pool.found[key]
        return result

    return once


@lru_cache(maxsize=512)
def _topic(revision: str, text: str) -> frozenset[str]:
    del revision  # a short key is compared first
    key = fold(text)
    counts = Counter(key[at : at + 2] for at in range(len(key) - 1))
    return frozenset(gram for gram, count in counts.items() if count >= _TOPICAL)


def topic_grams(document: Document) -> frozenset[str]:
    """Return the bigrams that a document repeats: what all of it is about, its city first of all."""
    return _topic(document.id, document.text)


def holders(document: Document, section: Section) -> Iterator[Section]:
    """Return a section and the sections that hold it, innermost first."""
    at: Section | None = section
    while at is not None:
        yield at
        at = document.sections[at.parent] if at.parent is not None else None


def article_of(document: Document, section: Section) -> Section:
    """Return the outermost section that holds `section`: the article on a page, the notice itself."""
    *_, outermost = holders(document, section)
    return outermost


def article_key(document: Document, section: Section) -> str:
    """Return the key of what an article says of itself: titles, byline, speaker, document."""
    parts = [document.title, document.issuer or "", document.number or "", document.place or ""]
    for at in holders(document, section):
        parts += [at.title, at.subtitle or "", at.byline or ""]
        if at.speaker:
            parts += [at.speaker.body, at.speaker.role, at.speaker.person]
    return fold("\n".join(parts))


def _is_about(row: Indicator, wanted: set[str], document: Document) -> bool:
    """Say whether a row's subject is one of `wanted`, or leaves it to the document, which is."""
    named = {bare(place) for place in find_places(fold(row.subject or ""))}
    own = named or ({bare(document.place)} if document.place else set())
    return not own or bool(own & wanted)


def _is_told_behind(row: Indicator, wanted: set[str], document: Document) -> bool:
    """Say whether the places come only behind a row, as parts of what it counts: 全市600亿元,其中|某区占三成."""
    line, (start, end) = line_of(document.text, row.value_span), row.value_span
    before = document.text[max(line.start, start - _NEAR) : start]
    behind = document.text[end : min(line.end, end + _NEAR)]
    within = _PARTS_BEHIND.match(fold(behind))
    if within is None or any(name in fold(before) for name in wanted):
        return False
    own = {bare(document.place)} if document.place else set()
    return any(name in within.group() for name in wanted - own)


_NEAR = 300  # characters of a row's line on either side of it
_PARTS_BEHIND = re.compile("[^;。]*?[,(]其中[^;。]*")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A passage cut once: its sentences with their clauses, and the bigrams around them."""

    sentences: tuple[tuple[Span, str, tuple[Clause, ...], frozenset[str]], ...]
    passage_grams: frozenset[str]
    article_grams: frozenset[str]


class _Cuts:
    """The passages that were cut last, by id: the same passage is found again and again."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], _Cut] = OrderedDict()
        self._lock = Lock()

    def of(self, document: Document, passage: Passage) -> _Cut:
        key = (passage.id, passage.context)
        with self._lock:
            cut = self._kept.get(key)
            if cut is not None:
                self._kept.move_to_end(key)
                return cut
        cut = _cut(document, passage)
        with self._lock:
            self._kept[key] = cut
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return cut


_CUTS = _Cuts()


def _cut(document: Document, passage: Passage) -> _Cut:
    cut = []
    for span in sentences(document.text, passage.span):
        parts = tuple(
            Clause(part, key := fold(part.of(document.text)), _printed(key))
            for part in clauses(document.text, span)
        )
        key = fold(span.of(document.text))
        cut.append((span, key, parts, _printed(key)))
    section = document.sections[passage.section]
    return _Cut(tuple(cut), _printed(fold(passage.indexed_text)), grams(article_key(document, section)))


def _printed(key: str) -> frozenset[str]:
    """Return the bigrams of a key, and of what its abbreviations stand for: questions are read written out."""
    return grams(words.written_out_too(key))


def _sentences(found: Found) -> list[Sentence]:
    document, passage = found.document, found.passage
    section = document.sections[passage.section]
    cut = _CUTS.of(document, passage)
    topic = topic_grams(document)
    return [
        Sentence(
            document, passage, section, span, key, parts, own,
            cut.passage_grams, cut.article_grams, topic, found.rank, found.score,
        )
        for span, key, parts, own in cut.sentences
    ]  # fmt: skip
