"""When a document was adopted, from when and for how long it is in force, and what it repeals.

Only the clauses by which a document speaks of itself count: 本条例自…起施行, 有效期3年, …同时废止, and the line below its
title with …通过. 本条例施行前已经…的 and 执业注册有效期届满 are about something else. The document is the one that the
question names; how long a thing of its own is valid (证书有效期) is answered from the clause about that thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.named_documents import (
    cited_numbers,
    described_documents,
    found_documents,
    named_documents,
    names_kind_only,
    prints_number,
)
from assistant.answers.phrasing import LONGEST, clipped, quoted
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.periods import find_periods
from documents.quantities import find_quantities, same_amount
from documents.sentences import clauses, sentences
from documents.validity import repeals, replaces


class Aspect(StrEnum):
    """What of a document's force is asked or said."""

    ADOPTED = "adopted"
    EFFECT = "effect"
    TERM = "term"
    REPEAL = "repeal"
    STANDING = "standing"  # whether it is still in force


_ASKS: dict[Aspect, re.Pattern[str]] = {
    Aspect.ADOPTED: re.compile(
        r"(?:哪(?:一)?[天年]|什么时(?:候|间)|啥时候?|何时|几[月号]|日期).{0,8}(?:审议|表决)?通过|通过(?:的)?(?:日期|时间)|\b(?:adopted|passed)\b"
    ),
    Aspect.EFFECT: re.compile(
        r"(?:施行|生效)(?!(?:之)?[前后日]|以[前后来]|期间)|(?:实施|执行)(?:的)?(?:日期|时间)|(?:什么时(?:候|间)|啥时候?|何时|哪(?:一)?天|几时|开始|起)(?:正式|开始)?(?:实施|执行)|"
        r"\b(?:take|takes|took|come|comes|came) (?:in|into )?(?:effect|force)|\beffective\b|\bin force\b"
    ),
    Aspect.TERM: re.compile(
        r"有效期(?!届满|满|内|间)|有效到|失效|到期|有效(?:几|多久|多长|多少)|"
        r"\bexpir|\bvalid (?:until|for)\b|\bvalidity\b|\bhow long .*\bvalid\b|\buntil when\b"
    ),
    Aspect.REPEAL: re.compile(r"废止|作废|取代|代替|替代|停止执行|\brepeal|\breplace|\bsupersed|\babolish"),
    Aspect.STANDING: re.compile(
        r"还有效|仍有效|(?:管用|算数|作数|能用)(?:了)?[吗没]|还(?:管用|算数|作数)|是否有效|有效吗|有没有效|继续执行|还执行|"
        r"(?:废止|失效)(?:了)?[吗没]|\bstill (?:valid|in force|effective)"
    ),
}
_KINDS = (
    r"(?:条例|办法|规定|规则|细则|措施|通知|公告|通告|意见|方案|规划|纲要|决定|通报|批复|指南|章程|标准|法)"
)
_MARK = r"(?:第[一二三四五六七八九十百零〇\d]{1,6}条\s*|[(]?[一二三四五六七八九十\d]{1,3}[)、.]\s*|附则。)?"
_ITSELF = rf"(?:本[\u4e00-\u9fff]{{0,6}}?{_KINDS}|《[^》]+》|上述{_KINDS})?"
_SAYS_EFFECT = re.compile(
    rf"{_MARK}{_ITSELF}(?:将|已|均)?(?:自|从|于)(?P<when>[^,。;]{{2,24}}?)(?:起|开始)?(?:正式|同时)?(?:施行|实施|执行|生效|试行)$"
)
_A_DAY = re.compile(
    r"\d+年|\d+月|[〇○零一二三四五六七八九]{4}年|(?:印发|发布|公布|颁布|通过|签发|下发)之?[日后]"
)
_SAYS_TERM = re.compile(
    rf"{_MARK}{_ITSELF}(?:的)?(?:有效期|试行期)(?:限)?(?:为|至|到|是|截至|:)?(?P<term>[^,。;]*(?:[\d一二两三四五六七八九十]|长期)[^,。;]*)$"
)
_SAYS_REPEAL = re.compile(r"废止|停止执行|不再执行|失效")
_A_DOCUMENT = re.compile(r"《|\d号")
_DEED = re.compile(r"通过|批准|公布|发布|修订|修正")
_THING = re.compile(r"([\u4e00-\u9fff]{2,20}?)(?:的)?有效期(?!届满|满|内|间)")
_OF_THING = re.compile(
    r"([\u4e00-\u9fff]{2,20}?)(?:的)?有效期(?:限)?(?:为|是|:)?(?=[\d一二两三四五六七八九十]|长期)"
)
_ASIDE = re.compile(
    r"施行|生效|有效|期|实施|执行|日期|时间|废止|失效|通过|valid|effect|force|expire|repeal|document|long|still|adopt|"
    r"^(?:regulation|rule|measure|notice|provision|decision)s?$"
)
_IN_FORCE = re.compile(r"(?:才|就|开始|正式)?(?:起|施行|实施|生效|执行|通过|到期|失效|公布|发布)")
_SINCE = ("自", "从", "于", "到", "至")
_ASKS_OLD = re.compile(r"旧|原来|原先|此前|以前|\bold\b|\bformer\b|\bprevious\b")
_OF_ITSELF = {Aspect.TERM, Aspect.REPEAL}  # what a document would say, if it were so
_HEAD = 500  # characters within which a document prints by whom it was adopted
_LEAST = {Aspect.REPEAL: 0.4, Aspect.STANDING: 0.4}
_LEAST_OTHER = 0.6


@dataclass(frozen=True, slots=True)
class _Saying:
    """A sentence in which a document speaks of its own force."""

    document: Document
    span: Span
    aspects: frozenset[Aspect]


def asks_force(question: Question) -> frozenset[Aspect]:
    """Return what of a document's force a question asks."""
    return frozenset(aspect for aspect, cue in _ASKS.items() if cue.search(question.key))


def answer_force(question: Question, pool: Pool) -> Draft | None:
    """Return the clauses that say what is asked of a document's force, a correction, a decline, or None."""
    asked = asks_force(question)
    if not asked:
        return None
    named = named_documents(question, pool)
    thing = _thing(question) if Aspect.TERM in asked and not named else ""
    if thing:
        return _term_of_thing(question, pool, thing)
    if not named and not cited_numbers(question):
        named = described_documents(question, pool, _ASIDE)
    named = _of_its_time(question, pool, named)
    if Aspect.STANDING in asked:
        repealed = _repealed(question, pool, named)
        if repealed is not None:
            return repealed
        asked |= {Aspect.EFFECT, Aspect.TERM}
    drafts = [_of_document(question, document, asked) for document in named]
    said = [draft for draft in drafts if draft is not None]
    if len(said) > 1:
        return decline(Reason.AMBIGUOUS, method="force", nearest=[draft.text for draft in said[:3]])
    if said:
        return said[0]
    if Aspect.REPEAL in asked and (repealed := _repealed(question, pool, named)):
        return repealed
    if len(named) == 1 and asked <= _OF_ITSELF and not names_kind_only(question, named[0]):
        near = [clipped(s.span.of(s.document.text).strip(), 80) for s in sayings(named[0])[:1]]
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="force", nearest=near)
    return _best_saying(question, pool, asked)


def sayings(document: Document) -> list[_Saying]:
    """Return the sentences in which a document says when it was adopted, is in force, or what it repeals."""
    found = []
    for span in sentences(document.text, Span(0, len(document.text))):
        aspects = _aspects(document.text, span)
        if aspects:
            found.append(_Saying(document, span, aspects))
    return found


def _aspects(text: str, span: Span) -> frozenset[Aspect]:
    key = fold(span.of(text)).strip()
    found = set()
    if _SAYS_REPEAL.search(key) and _A_DOCUMENT.search(key):
        found.add(Aspect.REPEAL)
    if span.start < _HEAD and re.match(r"[(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日", key) and _DEED.search(key):
        found.add(Aspect.ADOPTED)
    if not re.search(r"自|从|于|有效期|试行期", key):
        return frozenset(found)
    for part in clauses(text, span):
        clause = fold(part.of(text)).strip()
        effect = _SAYS_EFFECT.match(clause)
        if effect and _A_DAY.search(effect["when"]):
            found.add(Aspect.EFFECT)
        if _SAYS_TERM.match(clause):
            found.add(Aspect.TERM)
    return frozenset(found)


def _of_document(question: Question, document: Document, asked: frozenset[Aspect]) -> Draft | None:
    """Return every sentence of a document that says something of what is asked, in the order of the text."""
    kept = [saying for saying in sayings(document) if saying.aspects & asked]
    deed = _DEED.search(question.key)
    if Aspect.ADOPTED in asked and deed:
        own = [
            s
            for s in kept
            if Aspect.ADOPTED not in s.aspects or deed.group() in fold(s.span.of(document.text))
        ]
        kept = own
    told = frozenset(aspect for saying in kept for aspect in saying.aspects)
    wanted = asked - {Aspect.STANDING}
    if not told & wanted or (len(wanted) == 1 and not wanted <= told):
        return None
    return _said(question, kept[:3])


def _said(question: Question, kept: Sequence[_Saying]) -> Draft:
    """Return the sentences said, or a correction where the question claims another day or length of time."""
    texts = [saying.span.of(saying.document.text).strip().rstrip("。;；") for saying in kept]
    proofs = tuple(Evidence(s.document, _section(s.document, s.span), s.span) for s in kept)
    told = clipped("。".join(texts), LONGEST)
    if question.kind is Kind.YES_NO or question.premise:
        agrees = _agrees(question, " ".join(texts))
        if agrees is False:
            lead = (
                "The documents say otherwise: " if question.language == "en" else "与文件不符,文件的说法是:"
            )
            return Draft(
                "force", f"{lead}{told}。", proofs, status=Status.PARTIAL, reason=Reason.FALSE_PREMISE
            )
        if agrees and question.language != "en":
            return Draft("force", f"是的,文件写明:{told}。", proofs)
    return Draft("force", quoted(question.language, told), proofs)


def _agrees(question: Question, text: str) -> bool | None:
    """Say whether the days and lengths of time that a question claims are the stated ones; None when it claims none."""
    claimed = [
        period.label
        for period in question.periods
        if period.label and ("-" in period.label or _is_claimed(question.key, period.span))
    ]
    if claimed:
        stated = [mention.label or "" for mention in find_periods(text)]
        return all(any(label.startswith(one) for label in stated) for one in claimed)
    lengths = [amount for amount in question.amounts if amount.is_duration]
    if lengths:
        printed = [amount for amount in find_quantities(fold(text)) if amount.is_duration]
        return all(any(same_amount(one, other) for other in printed) for one in lengths) if printed else None
    return None


def _is_claimed(key: str, span: Span) -> bool:
    """Say whether a year in a question is claimed to be the one of force, rather than a part of a title."""
    return key[: span.start].endswith(_SINCE) or bool(_IN_FORCE.match(key, span.end))


def _section(document: Document, span: Span) -> Section:
    holding = [section for section in document.sections if section.span.holds(span)]
    return holding[-1] if holding else document.sections[0]


def _of_its_time(question: Question, pool: Pool, named: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return of several versions the replaced ones, where the question asks for the old one, else those in force."""
    old = _ASKS_OLD.search(question.key) is not None
    years = {period.label for period in question.periods}
    dated = tuple(d for d in named if d.date and str(d.date.year) in years)
    fitting = dated or tuple(d for d in named if (d.id in pool.superseded) is old)
    return fitting if len(named) > 1 and fitting else named


def _repealed(question: Question, pool: Pool, named: Sequence[Document]) -> Draft | None:
    """Return the sentence of another document that repeals the one whose standing is asked."""
    numbers = cited_numbers(question)
    for document in found_documents(pool):
        for repeal in repeals(document):
            of_named = any(replaces(repeal, other) and other.id != document.id for other in named)
            if of_named or prints_number(repeal.span.of(document.text), numbers):
                span = next(
                    s for s in sentences(document.text, Span(0, len(document.text))) if s.holds(repeal.span)
                )
                return _said(question, [_Saying(document, span, frozenset({Aspect.REPEAL}))])
    return None


def _best_saying(question: Question, pool: Pool, asked: frozenset[Aspect]) -> Draft | None:
    """Return the found sentence that speaks of force and of most of what a question without a title says."""
    least = max(_LEAST.get(aspect, _LEAST_OTHER) for aspect in asked)
    scored = [(pool.coverage(question.terms, _scopes(s)), s) for s in _speaking(pool, asked)]
    if not scored:
        return None
    apart = {s.document.id: s.text.strip() for _, s in scored}
    if len(apart) > 1 and not any(one.describes and not _ASIDE.search(one.text) for one in question.terms):
        near = [clipped(text, 80) for text in list(apart.values())[:3]]
        return decline(Reason.AMBIGUOUS, method="force", nearest=near)
    coverage, best = max(scored, key=lambda pair: pair[0])
    if coverage < least:
        return None
    return _said(question, [_Saying(best.document, best.span, asked)])


def _scopes(sentence: Sentence) -> list[tuple[float, frozenset[str]]]:
    return [(1.0, sentence.grams), (0.8, sentence.article_grams)]


def _speaking(pool: Pool, asked: frozenset[Aspect]) -> Iterator[Sentence]:
    repeal = bool(asked & {Aspect.REPEAL, Aspect.STANDING})
    for sentence in pool.sentences:
        own = _aspects(sentence.document.text, sentence.span)
        if own & asked or (repeal and _SAYS_REPEAL.search(sentence.key)):
            yield sentence


def _thing(question: Question) -> str:
    """Return the thing, other than a document, whose time of validity is asked: 证书, 执业注册; or ""."""
    asked = _THING.search(question.key)
    if asked is None:
        return ""
    thing = re.sub(r"^(?:请问|那么|那|这个|该|本|在|的)+", "", asked.group(1))
    return "" if re.search(rf"{_KINDS}$", thing) or len(thing) < 2 else thing


def _term_of_thing(question: Question, pool: Pool, thing: str) -> Draft | None:
    """Return the sentence that says how long a thing is valid; a decline when only others are spoken of."""
    near: list[Sentence] = []
    best: tuple[int, Sentence] | None = None
    for sentence in pool.sentences:
        if "有效期" in sentence.key:
            near.append(sentence)
        for clause in sentence.clauses:
            printed = _OF_THING.search(clause.key)
            own = re.sub(r"^第.{1,6}条", "", printed.group(1)) if printed else ""
            if own and _in_order(thing, own) and (best is None or len(own) < best[0]):
                best = (len(own), sentence)
    if best is not None:
        return _said(question, [_Saying(best[1].document, best[1].span, frozenset({Aspect.TERM}))])
    if not near:
        return None
    told = clipped(near[0].text.strip(), 80)
    return decline(Reason.ATTRIBUTE_NOT_STATED, method="force", what=f"{thing}有效期", nearest=(told,))


def _in_order(short: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in short)
