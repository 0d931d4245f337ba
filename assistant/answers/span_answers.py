"""The smallest clauses that answer, in the source's own words, or None when no clause supports the question enough."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers import phrasing
from assistant.answers.announced_answers import announced_behind
from assistant.answers.asked_kinds import type_test
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.listed_items import answer_item_of_list
from assistant.answers.spans import Window, best_windows, leads_on
from assistant.asking.glossary import english_for
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams, named_grams
from documents.model import Span
from documents.periods import find_periods
from documents.quantities import find_quantities
from documents.sentences import line_of

_WHOLE = {
    Kind.LIST,
    Kind.YES_NO,
    Kind.DEFINITION,
}  # kinds whose answer a part of a sentence may leave incomplete
_OPEN = {Kind.WHAT, Kind.LIST, Kind.YES_NO, Kind.DEFINITION, Kind.WHERE}  # whose answer may be of any length
_ASKS_WHY = re.compile(r"为什么|为何|为啥|原因|缘由|凭什么|怎么会|\bwhy\b")
_OPEN_LONGEST = 110  # characters of an open answer
_NOT_BY_CONTENT = {Kind.YES_NO, Kind.QUOTATION, Kind.FIGURE, Kind.COMPARISON, Kind.WHEN, Kind.TITLE}
_DATELINE = re.compile(  # a date, an agency or a reporter shows one: 工业用电 and 通讯 begin nothing
    r"^(?:(?:[\u4e00-\u9fff—-]{2,16}?(?:\d{1,2}月)?\d{1,2}日(?:电|讯)|(?:新华社|中新[社网]|人民[日网]报?)[\u4e00-\u9fff]{0,8}?(?:电|讯)"
    r"|[\u4e00-\u9fff—-]{2,16}?(?:电|讯)(?=\s*[（(](?:[\u4e00-\u9fff]{0,6}记者|通讯员|编辑)))"
    r"\s*(?:[（(][^（）()]{2,30}[）)])?|本报讯)[\s,，]*(?=.{8})"
)
_LEAD = 14  # characters of a sentence that only heads its paragraph
_HEADING, _LONGEST_HEADING = 6, 40  # characters of a heading's first clause at least, of a heading at most
_LED = {Kind.WHAT, Kind.LIST}  # what such a sentence never answers by itself
_NEW = 0.2  # least share of an answer's bigrams that the question does not have
_NUMBERED = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|第[一二三四五六七八九十百]+[条章节]|[一二三四五六七八九十]是)\s*"
)
_ITEM_HEAD = re.compile(r"[一二三四五六七八九十]是[^,，:：;；。]{2,20}。$")  # 三是培育高成长企业。
_ONLY_NAMES = re.compile(  # a heading that says nothing of what it names
    r"[\u4e00-\u9fff、]{0,10}(?:职责|任务|要求|范围|原则|目标|措施|条件|程序|对象|内容|标准|时间|方式|流程|材料|期限|依据|责任|制度|安排|政策|待遇|分工)"
)
_GAP = 2  # characters between a sentence and the next
_GOES_ON = re.compile(r"或者?(?!许)|[\d.]+(?:周?岁|%|[万亿]?[元人家年天])?(?:[(][^()]*[)])?以[上下内]$")
_CLEARLY = (
    2  # bigrams by which one of two clauses with amounts must say more of the question to be shown alone
)
_KINDS_OF_THINGS = "工程|项目|计划|平台|中心|行动|基金|园区|示范区|实验室|研究院|机制|制度|办法|条例|节点"
WHOLE_SENTENCE = 90  # a sentence up to this long is quoted whole: its clauses lean on each other


def answer_quotation(question: Question, pool: Pool, least: float) -> Draft | None:
    """Return the whole sentence that speaks of what the question names."""
    for window in best_windows(question, pool, most=1):
        if window.coverage >= least:
            sentence = window.sentence
            text = phrasing.clipped(sentence.text.strip(), phrasing.LONGEST)
            evidence = (Evidence(sentence.document, sentence.section, sentence.span),)
            return Draft("quotation", _said(question, text), evidence, confidence=window.coverage)
    return None


def answer_span(question: Question, pool: Pool, window: Window) -> Draft:
    """Return the answer that one window gives, with the sentence (or the window of a long one) as its proof.

    A window that only repeats the question goes on to the clause, or the sentence, in which the answer begins.
    """
    listed = answer_item_of_list(question, pool, window) or announced_behind(question, window)
    if listed is not None:
        return listed
    below = _below_heading(question, window)
    if below is not None:
        return below
    if _heads_paragraph(question, window):
        return _with_next_sentence(question, pool, window)
    if _repeats(question, window) or _is_lead(question, window):
        told = _told_on(question, window)
        if told is None:
            return _with_next_sentence(question, pool, window)
        window = told
    sentence = window.sentence
    document = sentence.document
    shown = _shown(question, window)
    quote = _to_full_stops(sentence) if len(sentence.text) <= WHOLE_SENTENCE else _widened(window, shown)
    said = _DATELINE.sub("", shown.of(document.text).strip().rstrip("。;；,，"))
    text = phrasing.clipped(said, phrasing.LONGEST - 40)
    evidence = (Evidence(document, sentence.section, quote),)
    return Draft("span", _said(question, text), evidence, confidence=window.coverage)


def _below_heading(question: Question, window: Window) -> Draft | None:
    """Return the text below a heading that a window is, where the heading only names what is asked for: 主要职责."""
    sentence, section = window.sentence, window.sentence.section
    title = section.title_span
    if question.kind not in _LED or section.level == 0 or title is None or not title.holds(sentence.span):
        return None
    if not _ONLY_NAMES.fullmatch(_NUMBERED.sub("", sentence.key.strip())):
        return None
    document = sentence.document
    told = section.body.of(document.text).strip()
    if not told or any(other.parent == section.index for other in document.sections):
        return None
    longest = phrasing.LONGEST_LIST if question.kind is Kind.LIST else phrasing.LONGEST
    text = phrasing.clipped(re.sub(r"\s*\n\s*", "", told), longest)
    proofs = (Evidence(document, section, title), Evidence(document, section, section.body))
    return Draft("span", _said(question, text), proofs, confidence=window.coverage)


def _shown(question: Question, window: Window) -> Span:
    """Return what is said of a window: it alone for a figure or a date, as much of its sentence as fits for what is open.

    Why something is so often stands before it, what it consists of behind it.
    """
    sentence = window.sentence
    if question.kind in _WHOLE and len(sentence.text) <= WHOLE_SENTENCE:
        return sentence.span
    if question.kind not in _OPEN or question.periods or question.unit or question.amounts:
        return _with_alternatives(sentence, _own_clause(question, window))
    start, end = window.span
    before = [clause.span for clause in sentence.clauses if clause.span.end <= start]
    behind = [clause.span for clause in sentence.clauses if clause.span.start >= end]
    if _ASKS_WHY.search(question.key):
        start = next((one.start for one in before if end - one.start <= WHOLE_SENTENCE), start)
    last = next((c for c in reversed(sentence.clauses) if c.span.end <= window.span.start), None)
    if last is not None and leads_on(sentence, last):
        start = min(start, last.span.start)  # in which case, of whom: …的,可申请补贴
    end = max((one.end for one in behind if one.end - start <= _OPEN_LONGEST), default=end)
    return Span(start, end)


def _with_alternatives(sentence: Sentence, span: Span) -> Span:
    """Return a span grown over the clauses behind it without which it says something stricter: 或…, 35周岁以下."""
    for clause in sentence.clauses:
        if 0 <= clause.span.start - span.end <= _GAP and _GOES_ON.match(clause.key):
            span = Span(span.start, clause.span.end)
    return span


def _repeats(question: Question, window: Window) -> bool:
    """Say whether a window says next to nothing that the question does not say itself."""
    if question.kind in _NOT_BY_CONTENT:
        return False
    bare = _NUMBERED.sub("", window.key)
    if set(bare) <= set(question.key):
        return True  # the heading of what is asked about
    said = grams(bare)
    words = (word for one in question.terms for word in one.alternatives)
    asked = grams(question.key).union(*map(grams, words))
    return bool(said) and len(said - asked) < _NEW * len(said)


def _is_lead(question: Question, window: Window) -> bool:
    """Say whether a window is a short sentence that opens a paragraph, or an item, and only names what the next ones tell."""
    sentence = window.sentence
    text = sentence.document.text
    alone = window.span.end - window.span.start >= len(sentence.text.strip().rstrip("。"))
    opens = not text[text.rfind("\n", 0, sentence.span.start) + 1 : sentence.span.start].strip()
    goes_on = text[sentence.span.end : sentence.span.end + 1].strip() != ""
    heads = _ITEM_HEAD.match(sentence.text.strip()) is not None
    short = len(sentence.text.strip()) <= _LEAD and not re.search("[,，:：]", sentence.text)
    return (
        question.kind in _LED and alone and goes_on and (heads or (opens and short))
        and not find_quantities(sentence.key)
    )  # fmt: skip


def _heads_paragraph(question: Question, window: Window) -> bool:
    """Say whether a window stands in the heading of a paragraph whose first clause the question names whole.

    What is asked of it, the sentences behind it say: 筑牢平台根基,打造“强引擎”。
    """
    sentence, text = window.sentence, window.sentence.document.text
    line = line_of(text, sentence.span)
    first = sentence.clauses[0].key.rstrip(",.") if sentence.clauses else ""
    return (
        question.kind in _LED and first in question.key and len(first) >= _HEADING
        and not text[line.start : sentence.span.start].strip() and text[sentence.span.end : line.end].strip() != ""
        and len(sentence.text) <= _LONGEST_HEADING and not find_quantities(sentence.key)
    )  # fmt: skip


def _told_on(question: Question, window: Window) -> Window | None:
    """Return the window grown by the clauses behind it until it says something new, or None at the sentence's end."""
    sentence = window.sentence
    behind = [clause for clause in sentence.clauses if clause.span.start >= window.span.end]
    for clause in behind:
        span = Span(window.span.start, clause.span.end)
        key = sentence.key[span.start - sentence.span.start : span.end - sentence.span.start]
        window = replace(window, span=span, key=key, grams=window.grams | clause.grams)
        if not _repeats(question, window):
            return window
    return None


def _with_next_sentence(question: Question, pool: Pool, window: Window) -> Draft:
    """Return the sentence of a window with the one behind it in its section; alone where none was found.

    For a list, and where items follow (一是…), it is all that its paragraph goes on to say.
    """
    sentence, document = window.sentence, window.sentence.document
    told = (sentence, *_told_behind(question, pool, sentence))
    longest = phrasing.LONGEST_LIST if len(told) > 2 else phrasing.LONGEST
    text = phrasing.clipped("".join(s.text.strip() for s in told), longest)
    proofs = tuple(Evidence(document, s.section, s.span) for s in told)
    return Draft("span", _said(question, text), proofs, confidence=window.coverage)


def _told_behind(question: Question, pool: Pool, sentence: Sentence) -> list[Sentence]:
    """Return the found sentences that tell what one only names: the next, or all of its paragraph up to another item."""
    own = [
        s for s in pool.sentences if (s.document.id, s.section) == (sentence.document.id, sentence.section)
    ]
    behind: list[Sentence] = []
    last = sentence
    while following := next((s for s in own if 0 <= s.span.start - last.span.end <= _GAP), None):
        behind.append(following)
        last = following
    of_items = bool(behind) and behind[0].text.strip().startswith("一是")
    if question.kind is not Kind.LIST and not of_items:
        return behind[:1]
    end = line_of(sentence.document.text, sentence.span).end
    inside = [s for s in behind if s.span.start < end] or behind[:1]
    heads = (n for n, s in enumerate(inside) if n and not of_items and _ITEM_HEAD.match(s.text.strip()))
    return inside[: next(heads, len(inside))]


def _own_clause(question: Question, window: Window) -> Span:
    """Return the window, or of several amounts in it the clause that says most of what is asked."""
    if question.kind is not Kind.FIGURE or question.language == "en":
        return window.span
    inside = [c for c in window.sentence.clauses if window.span.holds(c.span)]
    amounts = [c for c in inside if find_quantities(c.key)]
    if len(amounts) < 2:
        return window.span
    asked = named_grams(question.terms)
    shares = sorted(((len(c.grams & asked), c) for c in amounts), key=lambda pair: -pair[0])
    best = shares[0][1]
    dated = question.periods and find_periods(best.key) != find_periods(window.key)
    if dated or not type_test(question)(best.key) or shares[0][0] < shares[1][0] + _CLEARLY:
        return window.span
    return best.span


_ASKS_FULL = frozenset({"全称", "全名", "名称", "名字"})


def answer_full_name(question: Question, pool: Pool) -> Draft | None:
    """Return the longer printed name of what the question calls by a short one, for 全称 and 全名; or None.

    A title in 《》 that is only printed in short has no longer name here.
    """
    if not re.search(r"全称|全名|full name", question.key) or "《" in question.key:
        return None
    for one in question.terms:
        if not one.is_content or len(one.text) < 2:
            continue
        longer = re.compile(
            rf"[\u4e00-\u9fff]{{0,12}}{re.escape(one.text)}[\u4e00-\u9fff]{{2,14}}(?:{_KINDS_OF_THINGS})"
        )
        named = [
            t.text for t in question.terms if t.is_content and not t.optional and t.text not in _ASKS_FULL
        ]
        for sentence in pool.sentences:
            match = longer.search(sentence.key)
            if match and all(name in match.group() for name in named):
                start = sentence.span.start + match.start()
                span = Span(start, start + len(match.group()))
                text = span.of(sentence.document.text)
                return Draft(
                    "name",
                    _said(question, text),
                    (Evidence(sentence.document, sentence.section, sentence.span),),
                )
    return None


def _to_full_stops(sentence: Sentence) -> Span:
    """Return a sentence grown over the semicolons around it, as far as a short quotation allows."""
    text, span = sentence.document.text, sentence.passage.span
    start = (
        max(
            text.rfind("。", span.start, sentence.span.start),
            text.rfind("\n", span.start, sentence.span.start),
        )
        + 1
    )
    end = text.find("。", sentence.span.end - 1, span.end)
    line = text.find("\n", sentence.span.end, span.end)
    end = min([at for at in (end + 1, line, span.end) if at > 0])
    grown = Span(max(start, span.start), max(end, sentence.span.end))
    while text[grown.start].isspace():
        grown = Span(grown.start + 1, grown.end)
    return grown if grown.end - grown.start <= WHOLE_SENTENCE else sentence.span


def _widened(window: Window, shown: Span) -> Span:
    """Return what is shown of a window with the clause before and after it, as far as the sentence goes."""
    parts = window.sentence.clauses
    first = next(at for at, part in enumerate(parts) if part.span.end > shown.start)
    last = max(at for at, part in enumerate(parts) if part.span.start < shown.end)
    return Span(parts[max(0, first - 1)].span.start, parts[min(len(parts) - 1, last + 1)].span.end)


def _said(question: Question, text: str) -> str:
    terms = [term for term in re.findall(r"[\u4e00-\u9fff]{2,12}", text) if english_for(term)]
    gloss = "; ".join(f"{term}: {english_for(term)}" for term in dict.fromkeys(terms))
    return phrasing.quoted(question.language, text, f" ({gloss})" if gloss else "")
