"""What a rule orders: the penalty of a deed, or what is to be done in a case, told to the full stop.

A penalty has steps (责令改正；逾期不改的，处…罚款；情节严重的，…) and a duty has a condition before it and cases behind it, so
neither is cut at a semicolon; items below a colon belong to it. A deed that a penalty names only by the number of an
article (违反本条例第二十条规定的) is looked for in that article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.enumerations import items_behind
from assistant.answers.evidence import SCOPES, Pool, Sentence
from assistant.answers.listed_items import item_asked_for
from assistant.answers.phrasing import LONGEST, LONGEST_LIST, clipped, quoted
from assistant.answers.provision_answers import provisions_of
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams
from assistant.model import Reason
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.numerals import chinese
from documents.quantities import find_quantities

_ASKS_FINE = re.compile(r"罚(?:款)?(?:多少|几)|\bfined?\b")
_ASKS_PENALTY = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:样)?(?:被)?(?:处罚|罚|处分|处理|追究|惩)|罚(?:款)?(?:多少|几|什么|吗)|"
    r"会(?:怎样|怎么样|如何|咋样|怎么着)(?:呢)?[?]?$|(?:什么|哪些|啥)(?:样的)?(?:行政|法律)?(?:处罚|后果|责任|罚则|惩罚|处分)|(?:处罚|罚款)(?:标准|规定)?[?]?$|\bpenalt|\bfined?\b|\bpunish"
)
_PENALTY = re.compile(
    r"罚款|责令|吊销|警告|不予(?!羁押|逮捕)|取消|追回|追究|注销|退回|处罚|处分|无效|停业|停产|没收|拘留|不得(?:再)?申请"
)
_SANCTION = re.compile(
    r"罚款|责令|吊销|给予.{0,6}(?:警告|处分)|追回|予以处罚|依[法规纪]{1,5}追究|追究[^,。;]{0,6}责任|拘留(?!的)|停业|不予(?!羁押|逮捕)"
)
_ASKS_DUTY = re.compile(
    r"(?:该|应该|应当|应|要)?怎么(?:办(?!理|公|法)|做)|(?:应当|应该|必须|应|该)(?:做|干)(?:什么|啥|哪些)|(?:应当|应该|必须|应)(?:如何|怎么|怎样)|"
    r"\bwhat (?:should|must) .* do\b"
)
_DUTY = re.compile(r"应当|应|必须|可以|不得|须|有权")
_ASIDE = re.compile(
    r"^(?:处罚|罚款|罚|处分|处理|后果|惩罚|责任|法律|行政|办|做|干|应|应当|应该|必须|会|行为|违反|规定|条例|违法|被|如何|怎么)$|penalt|fine|punish"
)
_CITES = re.compile(r"第([一二三四五六七八九十百零〇\d]{1,7})条")
_ENDS = re.compile(r"[。！？]")
_OF_OTHERS = {Kind.PERSON, Kind.BODY, Kind.WHERE, Kind.AUTHOR, Kind.IDENTITY, Kind.TITLE}
_LEAST = 0.7  # least share of the question that a rule and the articles it cites must hold
_TITLED = 0.8  # support by which a title says a noun, so that a rule below it need not
_CITED = 0.9  # what an article counts that a rule cites
_SANCTIONS = 0.2  # what a rule gains that says a sanction, before one that mentions 注销 in passing
_ITS_DUTY = 0.2  # what a rule gains whose duty is that of one who is asked about
_NEAREST = 80  # characters of what comes nearest
_NEAR = 8  # characters before 应当 in which the one stands whose duty it is


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule to its full stop, its items with it; `sentence` is the found one that led to it."""

    sentence: Sentence
    section: Section
    span: Span
    key: str


def answer_rule(question: Question, pool: Pool) -> Draft | None:
    """Return the rule that says what follows from a deed or is to be done in a case, told whole; or None."""
    penal = _ASKS_PENALTY.search(question.key) is not None
    duty = _ASKS_DUTY.search(question.key) is not None
    if not (penal or duty) or question.kind in _OF_OTHERS or (question.kind is Kind.WHEN and not duty):
        return None
    orders = _PENALTY if penal else _DUTY
    terms = [one for one in question.terms if not one.optional and not _ASIDE.search(one.text)]
    if not any(one.describes for one in terms):
        return None
    best: tuple[float, _Rule] | None = None
    for rule in _rules(pool):
        if (
            not orders.search(rule.key)
            or rule.key.endswith("?")
            or (question.kind is Kind.FIGURE and not find_quantities(rule.key))
        ):
            continue
        score = _score(pool, terms, rule, penal=penal)
        if score >= _LEAST and (best is None or score > best[0]):
            best = (score, rule)
    if best is None:
        return _no_fine(question, pool)
    rule = best[1]
    text, proofs = _told(pool, terms, rule)
    steps = "；" in text or ";" in text or "\n" in text
    told = clipped("".join(line.strip() for line in text.split("\n")), LONGEST_LIST if steps else LONGEST)
    return Draft("rule", quoted(question.language, told), proofs, confidence=min(best[0], 1.0))


def _told(pool: Pool, terms: list[Term], rule: _Rule) -> tuple[str, tuple[Evidence, ...]]:
    """Return a rule as told and its proofs: whole, or of its items the one that the question is about."""
    document, span = rule.sentence.document, rule.span
    text = span.of(document.text)
    head = Span(span.start, span.start + text.find("\n")) if "\n" in text else span
    items = items_behind(document, head.end) if head != span else []
    announced = grams(fold(head.of(document.text))) | rule.sentence.article_grams
    item = item_asked_for(terms, pool, document, announced, items)
    if item is None:
        return text, (Evidence(document, rule.section, span),)
    said = f"{head.of(document.text).strip()}{item.of(document.text).strip()}"
    return said, tuple(Evidence(document, rule.section, one) for one in (head, item))


def _no_fine(question: Question, pool: Pool) -> Draft | None:
    """Return a decline for how much a deed is fined where no found figure is a fine at all; else None."""
    asked = question.kind is Kind.FIGURE and _ASKS_FINE.search(question.key)
    if not asked or any(
        "罚" in fold(row.clause.of(pool.documents[row.document_id].text)) for row in pool.rows
    ):
        return None
    near = [clipped(s.text.strip(), _NEAREST) for s in pool.sentences if _SANCTION.search(s.key)][:1]
    return decline(Reason.ATTRIBUTE_NOT_STATED, method="rule", nearest=near)


def _rules(pool: Pool) -> Iterator[_Rule]:
    """Return the rules of the found sentences, each once."""
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        span = _to_full_stop(sentence.document, sentence.span)
        if (sentence.document.id, span.start) not in seen:
            seen.add((sentence.document.id, span.start))
            yield _Rule(sentence, sentence.section, span, fold(span.of(sentence.document.text)))


def _to_full_stop(document: Document, span: Span) -> Span:
    """Return a sentence grown to the full stops around it in its paragraph, and over the items below its colon."""
    text = document.text
    start = max((text.rfind(mark, 0, span.start) + 1 for mark in "\n。！？"), default=0)
    while text[start].isspace():
        start += 1
    line = (text.find("\n", span.end - 1) + 1 or len(text) + 1) - 1
    stop = _ENDS.search(text, max(start, span.end - 1), line)
    end = stop.end() if stop else line
    if text[:end].rstrip()[-1:] in ":：":
        items = items_behind(document, end)
        end = items[-1].end if items else end
    return Span(start, max(end, span.end))


def _score(pool: Pool, terms: list[Term], rule: _Rule, *, penal: bool) -> float:
    """Return how far a rule, with the articles that it cites, holds the question; 0 where it lacks a noun of it."""
    sentence = rule.sentence
    cited = _cited(sentence.document, rule.key) if penal else ""
    own = [(1.0, grams(rule.key)), (_CITED, grams(cited))]
    around = [(SCOPES["article"], sentence.article_grams), (SCOPES["topic"], sentence.topic_grams)]
    titled = [(1.0, sentence.article_grams)]
    apart = [one for one in terms if one.describes and pool.support(one, titled) < _TITLED]
    said = [one for one in apart if pool.support(one, own) >= SAID]
    if any(one.is_noun and one not in said for one in apart) or 3 * len(said) < 2 * len(apart):
        return 0.0
    coverage = pool.coverage(terms, [*own, *around])
    if penal:
        coverage += _SANCTIONS * (_SANCTION.search(rule.key) is not None) if coverage >= _LEAST else 0.0
    else:
        before = "".join(rule.key[max(0, m.start() - _NEAR) : m.start()] for m in _DUTY.finditer(rule.key))
        coverage += _ITS_DUTY * any(one.is_noun and one.alternatives[0] in before for one in terms)
    return coverage


def _cited(document: Document, key: str) -> str:
    """Return the key of the articles that a rule cites."""
    numbers = _numbers_cited(key)
    return (
        "\n".join(fold(one.text) for one in provisions_of(document) if one.number in numbers)
        if numbers
        else ""
    )


def _numbers_cited(key: str) -> set[int]:
    """Return the numbers of the articles that a provision cites, its own number left out."""
    own = _CITES.match(key)
    cited = _CITES.findall(key, own.end() if own else 0)
    return {int(found.digits) for n in cited if (found := chinese(n)) and found.digits is not None}
