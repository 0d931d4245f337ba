"""Several figures together: all of a part, of a speaker, of a period, of what is added, or of one sentence, in the source's order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answers import phrasing
from assistant.answers.asked_measures import measured_as_asked
from assistant.answers.asked_periods import fits_period, sentence_of
from assistant.answers.cited_figures import cited_together
from assistant.answers.drafts import Draft
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.ledger_choice import asks_level
from assistant.answers.ledger_matching import is_change, lacking_noun
from assistant.answers.spans import best_windows
from assistant.asking.kinds import Kind
from assistant.asking.places import bare
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams, named_grams
from documents.folding import fold
from documents.model import Indicator, IndicatorKind, Span
from documents.sentences import line_of

_FIGURES = re.compile(r"指标|数(?:量|字|值|据)?|目标|多少|标准|figures|targets|numbers|how many|how much")
_PART = re.compile(
    r"[“《‘\"]([^”》’\"]{3,30})[”》’\"](?:这|那|该)?(?:一)?(?:个)?(?:部分|部份|节|段|章|小标题|标题)"
)

_ASKS_ALL = re.compile(
    r"哪(?:些|几个?)?[^,。?]{0,10}?(?:目标|指标|数字|数据|任务)|"
    r"(?:目标|指标|数字|数据)(?:都|主要|分别)?(?:有|是|包括)?(?:哪|什么)|what (?:targets|figures|goals)"
)
_ADDED_KINDS = re.compile(r"新增(?:了)?哪(?:些|几类?)(?P<kind>[\u4e00-\u9fff]{2,6}?)(?=[,?和]|各|分别|$)")
_ANY_FIGURE = re.compile("目标|指标|数字|数据|任务|增长|新增|主要|预期|全市|全省|全县|各项|经济|社会|发展")
_MAIN = re.compile("预期目标|主要目标")
_SAID_OF = 0.5  # least support of a word by a figure's name for the figure to be about it
_ROOM = 12  # characters that saying how much is left out takes


def answer_figures(question: Question, pool: Pool) -> Draft | None:
    """Return several figures when the question asks for all of them, None where it names one or they are not told together."""
    if not _FIGURES.search(question.key):
        return None
    for rows in (_rows_under_heading(question, pool), _rows_stated_by(question, pool)):
        if len(rows) >= 2:
            return _draft(question, pool, rows, 1.0)
    for rows in (_rows_added(question, pool), _rows_of_period(question, pool)):
        if len(rows) >= 2:
            return _draft(question, pool, rows, 0.8)
    for window in best_windows(question, pool, most=4):
        rows = _rows_of(pool, window.sentence, question)
        if question.count and len(rows) < question.count:
            rows = _rows_of_paragraph(pool, window.sentence, question)
        rows = [row for row in rows if measured_as_asked(question, pool, row)]
        if question.count and len(rows) != question.count:
            continue
        if not question.count:
            rows = [row for row in rows if _is_named(question, pool, row)]
        if asks_level(question) and all(is_change(pool, row) for row in rows):
            continue
        if len(rows) >= 2 and not lacking_noun(question, pool, rows[0]):
            return _draft(question, pool, rows, window.coverage)
    return None


def _rows_under_heading(question: Question, pool: Pool) -> list[Indicator]:
    """Return all figures of the part that the question names by its heading in quotes: “筑牢创新平台根基”这一部分."""
    named = named_part(question)
    if not named:
        return []
    found = []
    for row in pool.rows:
        sentence = sentence_of(pool, row)
        if sentence is not None and fits_period(pool, row, question):
            lead = lead_of(sentence, row.value_span.start)
            headings = [heading.of(sentence.document.text) for heading in sentence.passage.headings]
            if any(named in unquoted(heading) for heading in (lead, *headings)):
                found.append(row)
    return sorted(found, key=lambda row: row.value_span)


def _rows_stated_by(question: Question, pool: Pool) -> list[Indicator]:
    """Return all figures of the speaker or the body that the question names; of what else it names, those about that."""
    if not _ASKS_ALL.search(question.key):
        return []
    for row in pool.rows:
        for said_by in (row.speaker, row.body and row.body.lstrip("市省县区")):
            if not said_by or fold(said_by) not in question.key:
                continue
            others = [
                one for one in question.terms
                if one.describes and not grams(fold(f"{row.body}{row.speaker}")) & one.grams
            ]  # fmt: skip
            own = [r for r in pool.rows if (r.body, r.speaker) == (row.body, row.speaker)]
            fitting = _in_order([r for r in own if fits_period(pool, r, question)])
            wanted = _wanted(question, pool, fitting)
            return [r for r in (wanted or fitting) if all(_says(pool, r, one) for one in others)]
    return []


def _says(pool: Pool, row: Indicator, one: Term) -> bool:
    return pool.support(one, [(1.0, grams(fold(row.name + row.unit)))]) >= _SAID_OF


def _rows_added(question: Question, pool: Pool) -> list[Indicator]:
    """Return what is newly added of the kind that the question names, whoever states it: 2026年要新增哪些企业."""
    kind = _ADDED_KINDS.search(question.key)
    if kind is None or "flow" not in question.wants:
        return []
    rows = [
        r for r in pool.rows if r.flow and kind["kind"] in fold(r.name) and fits_period(pool, r, question)
    ]
    return _in_order(rows) if len({r.document_id for r in rows}) == 1 else []


def _rows_of_period(question: Question, pool: Pool) -> list[Indicator]:
    """Return all figures of the asked years, where the question names nothing else and one document has them."""
    places = {bare(place) for place in question.places}
    about = [
        one for one in question.terms
        if one.describes and not _ANY_FIGURE.search(one.text) and not any(place in one.text for place in places)
    ]  # fmt: skip
    if question.kind is not Kind.LIST or about or not _ASKS_ALL.search(question.key):
        return []
    if not question.periods and "target" not in question.wants:
        return []
    rows = [
        r
        for r in _wanted(question, pool, pool.rows)
        if fits_period(pool, r, question) and "was" not in r.parts
    ]
    if not question.periods or _MAIN.search(question.key):
        rows = [r for r in rows if r.hedge and "目标" in r.hedge]
    of = Counter(row.document_id for row in rows)
    return _in_order(rows) if len(of) == 1 else []


def _wanted(question: Question, pool: Pool, rows: Sequence[Indicator]) -> list[Indicator]:
    """Return the rows that are targets, or growth, where the question asks for such."""
    wanted = list(rows)
    if "target" in question.wants:
        wanted = [row for row in wanted if row.kind is IndicatorKind.TARGET]
    if "change" in question.wants:
        wanted = [row for row in wanted if is_change(pool, row)]
    return wanted


def _in_order(rows: Sequence[Indicator]) -> list[Indicator]:
    return sorted(rows, key=lambda row: (row.document_id, row.value_span))


def _rows_of(pool: Pool, sentence: Sentence, question: Question) -> list[Indicator]:
    return _rows_within(pool, sentence, sentence.span, question)


def _rows_of_paragraph(pool: Pool, sentence: Sentence, question: Question) -> list[Indicator]:
    return _rows_within(pool, sentence, line_of(sentence.document.text, sentence.span), question)


def _rows_within(pool: Pool, sentence: Sentence, span: Span, question: Question) -> list[Indicator]:
    """Return the rows of the asked period that a span of a sentence's document states, in its order."""
    inside = [
        row for row in pool.rows
        if row.document_id == sentence.document.id and span.holds(row.value_span) and fits_period(pool, row, question)
    ]  # fmt: skip
    return _in_order(inside)


def _is_named(question: Question, pool: Pool, row: Indicator) -> bool:
    name = grams(fold(row.name))
    asked = named_grams(question.terms)
    named = bool(name) and pool.mass(name & asked) >= 0.3 * pool.mass(name)
    return named and measured_as_asked(question, pool, row)


def _draft(question: Question, pool: Pool, rows: Sequence[Indicator], confidence: float) -> Draft:
    """Say as many of the figures as an answer may hold, and how many it leaves out."""
    kept = list(rows)
    while len(kept) > 2 and len(_said(question, pool, kept)) > phrasing.LONGEST_LIST - _ROOM:
        kept.pop()
    text = _said(question, pool, kept)
    if left := len(rows) - len(kept):
        english = question.language == "en"
        text = f"{text} ({left} more are stated.)" if english else f"{text.rstrip('。')}(另有{left}项)。"
    evidence, cited = cited_together(pool, kept)
    return Draft("figures", text, evidence, cited, confidence=confidence)


def _said(question: Question, pool: Pool, rows: Sequence[Indicator]) -> str:
    return phrasing.figures(question.language, [(pool.documents[row.document_id], row) for row in rows])


def named_part(question: Question) -> str:
    """Return the heading in quotes of the part that the question is about, or ""."""
    named = _PART.search(question.key)
    return unquoted(named.group(1)) if named else ""


def unquoted(text: str) -> str:
    """Return the key of a heading without quotes and spaces."""
    return re.sub(r"[“”‘’\"'《》\s]", "", fold(text))


def lead_of(sentence: Sentence, start: int) -> str:
    """Return the heading that introduces a scaffold item: the first sentence of its paragraph."""
    text = sentence.document.text
    line = text.rfind("\n", 0, start) + 1
    first = re.match(r"[^。\n]{4,60}。", text[line:start])
    return first.group() if first else ""
