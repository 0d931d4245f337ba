"""The items that answer a list question: those below the sentence or heading that announces what is asked for.

An announcement must speak of what the question speaks of, and announce the kind of thing that it asks for: 以下条件 is no
answer to 哪些材料. Of lists inside one another 分哪几类 takes the outer one. One of several conditions says that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import phrasing
from assistant.answers.asked_kinds import ASKS_LEVELS
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.enumerations import items_behind, lines_alike, paragraph_heads
from assistant.answers.evidence import SCOPES, Pool, Sentence, holders
from assistant.answers.named_documents import named_documents, names_kind_only
from assistant.answers.spans import Window, best_windows
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.quantities import find_quantities, same_amount
from documents.sentences import line_of

# A colon behind which the items stand in the same line: :一是…, :1.…;2.…, :A;B;C.
_BEGINS_INSIDE = re.compile(r"[:：](?=\s*(?:一是|[（(]?\s*[1１一]\s*[)）.．、]|①))|[:：](?=[^:：。]*[;；]$)")
_NUMERALS = "零一二三四五六七八九十"
_ANNOUNCED, _NEAR_BEST = 0.75, 0.4  # coverage of an announcing sentence, and how far it may be from the best
_ANNOUNCES = re.compile(r"[:：]$|下列|以下|如下|分为|包括")
_FOLLOWING = re.compile(
    r"(?:下列|以下|如下)[^,。;:]{0,8}(?:工作|方面|任务|措施|举措|事项|要求|内容|事)?[。:]?$"
)
_COUNTED_POINTS = re.compile(
    r"([二三四五六七八九十])(?:个|大|项)(?:重点|关键)?(?:方面|环节|任务|举措|抓手|领域|动作|关口)[^,。;:、]{0,8}[。:]?$"
)
_SAYING = re.compile(r"[一二三四五六七八九十]{1,2}是")
_ENDED = re.compile(r"[。;；!！?？,，]$")
_ASKS_LIST = re.compile(
    r"(?:什么|啥|哪些|哪几|几)(?:[大个项条类种点])?(?:具体)?(?:的)?(条件|材料|资料|情形|行为|原则|权利|义务|内容|类别|类型|种类|步骤|程序|要求|措施)"
)
_LIST_OF = re.compile(
    r"(条件|材料|资料|情形|行为|原则|权利|义务|内容|类别|类型|种类|步骤|程序|措施)(?:都)?(?:有|是|包括|分别是|具体有)(?:哪|什么|啥)"
)
_ASKS_SORTS = re.compile(r"(?:哪|几|分|多少)[一二两三四五六七八九十几]?[大]?[类种]")
_SORTS = r"(?:类别|类型|种类|分类|[几一二两三四五六七八九十]类)"
_TELLS_SORTS = re.compile(rf"(?:下列|以下|如下){_SORTS}|{_SORTS}(?:[及和与、][^,。;:]{{1,4}})?:?$")
_ASKS_PARTS = re.compile(r"(?:包括|包含|组成|构成)(?:了)?(?:哪|什么|啥)")
_COMPRISES = re.compile(r"(?:包括|包含|组成|构成)[^,。;:]{0,8}:$")
_OTHER_THINGS = re.compile(
    r"(?:下列|以下|如下)[^,。;:]{0,4}?(条件|材料|资料|情形|行为|原则|权利|义务|步骤|程序|措施)[^,。;:]{0,4}:?$"
)
_ASKS_WHY = re.compile(
    r"为什么|为何|为啥|(?:理由|原因)(?:都)?(?:是|有)(?:什么|哪)|什么(?:理由|原因)|哪些(?:理由|原因)"
)
_REASONS = re.compile(r"(?:理由|原因)(?:主要)?(?:如下|有|是|有以下[^,。;:]{0,4})?:?$")
_PENAL = re.compile(r"处罚|罚款|处分|处置|追究")
_ANNOUNCED_THINGS = frozenset(
    "条件 材料 资料 情形 行为 原则 权利 义务 内容 步骤 程序 措施 信息 案件 活动 项目 事项 "
    "文件 证件 职责 任务 方式 方法 费用 工作 区域 场所 单位 人员".split()
)
_SERVES = re.compile(r"^(?:提交|提供|准备|递交|满足|具备|符合|需要|需|应|包括|包含|提出|写|载明|有|要)$")
_APART = 0.5  # least share of what sets a question apart that an announcement must say itself
_TITLES, _PASSAGE = 0.85, 0.5  # what headings above an announcement count, and what its neighbours do
_ONE_OF = re.compile(r"之一|任一|任意一")
_FOCUSED = 0.55  # coverage from which an announcement answers that names the very thing asked for: 申请材料
_OF_NAMED = 0.25  # the same inside the one document that the question names
_UNASKED = 0.15  # what an announcement loses that says nothing but what is not asked
_HEADED = 0.4  # what that name adds
_BEHIND_NUMBER = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+[章节条]|[①-⑳]|——|[a-z][.．](?![a-z])|[一二三四五六七八九十]{1,3}是(?=.))\s*"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """What announces a list: a sentence up to its colon, or a heading; with what supports a question's terms there."""

    document: Document
    section: Section
    span: Span
    own: tuple[tuple[float, frozenset[str]], ...]  # of the announcing words and the headings above them
    around: tuple[tuple[float, frozenset[str]], ...]  # of what stands around them
    article: frozenset[str]

    @property
    def key(self) -> str:
        """The key of the announcing words."""
        return fold(self.span.of(self.document.text)).strip()


def answer_announced(question: Question, pool: Pool) -> Draft | None:
    """Return the items below the sentence or heading that announces what the question asks for, or None."""
    named = _named_head(question)
    if (question.kind is not Kind.LIST and not named) or ASKS_LEVELS.search(question.key):
        return None
    windows = best_windows(question, pool, most=14)
    top = windows[0].score if windows else 0.0
    near = {
        w.sentence.span.start for w in windows if w.coverage >= _ANNOUNCED and top - w.score <= _NEAR_BEST
    }
    documents = named_documents(question, pool)
    surely = len(documents) == 1 and not names_kind_only(question, documents[0])
    sorts = _ASKS_SORTS.search(question.key) is not None
    best: tuple[float, Lead, list[Span]] | None = None
    for lead in _leads(pool):
        headed = bool(named and named.search(lead.key)) or _counts(lead, question.count)
        if (documents and lead.document not in documents) or (
            named and not headed and _announces_other(lead)
        ):
            continue
        if sorts and named and not headed and not _TELLS_SORTS.search(lead.key):
            continue  # a list, but of no sorts
        if _states_other_amount(question, lead):
            continue
        if _PENAL.search(lead.key) and not _PENAL.search(question.key):
            continue  # what follows from leaving it out is not it
        coverage, apart = (
            pool.coverage(question.terms, (*lead.own, *lead.around)),
            _apart(question, pool, lead),
        )
        least = (_OF_NAMED if surely else _FOCUSED) if headed else _ANNOUNCED
        if coverage < least or not (headed or lead.span.start in near) or (apart < _APART and not surely):
            continue
        score = coverage + _HEADED * headed + apart / 2 - _UNASKED * _unasked(question, pool, lead)
        if (best and score <= best[0]) or (best and sorts and _inside(lead, best)):
            continue
        spans = items_behind(lead.document, lead.span.end)
        if len(spans) > 1 and question.count in {None, len(spans)}:
            best = (score, lead, spans)
    return listed(best[1], best[2], min(best[0], 1.0)) if best else None


def announced_members(sentence: Sentence, name: str, count: int) -> Draft | None:
    """Return the items behind a sentence that names a set, when there are as many as it counts, or None."""
    lead = _lead_of(sentence)
    document, end = lead.document, lead.span.end
    spans = lines_alike(document, end, name, count) or items_behind(document, end)
    if not spans and name in sentence.clauses[-1].key and not re.search(rf"[“‘]{re.escape(name)}", lead.key):
        spans = paragraph_heads(document, end, count)  # a name in quotes is that of something else: “四个X”
    return listed(lead, spans, 1.0) if len(spans) == count else None


def announced_behind(question: Question, window: Window) -> Draft | None:
    """Return the items behind a window that only announces them, or those among which it stands itself; or None.

    What the question is about has found the window; here nothing is looked for.
    """
    if question.kind not in {Kind.LIST, Kind.WHAT}:
        return None
    lead, document = _lead_of(window.sentence), window.sentence.document
    spans: list[Span] = []
    counted = _counted(lead)
    if window.span.start < lead.span.end and (counted or _ANNOUNCES.search(lead.key)):
        spans = items_behind(document, lead.span.end)
        if not spans and (counted or _FOLLOWING.search(lead.key)):
            spans = paragraph_heads(document, lead.span.end, counted or question.count)
    elif question.kind is Kind.LIST and _SAYING.match(window.sentence.key):
        line = line_of(document.text, window.sentence.span)
        first = document.text.find("一是", line.start, line.end)
        spans = items_behind(document, first) if first >= 0 else []
    if len(spans) < 2 or question.count not in {None, len(spans)}:
        return None
    return listed(lead, spans, window.coverage)


def listed(lead: Lead, spans: Sequence[Span], confidence: float) -> Draft:
    """Return items as an answer, cited with the sentence that announces them."""
    texts = [unnumbered(span.of(lead.document.text)) for span in spans]
    cited = (lead.span, *spans) if _ANNOUNCES.search(lead.key) else tuple(spans)
    proofs = tuple(Evidence(lead.document, lead.section, span) for span in cited)
    return Draft("enumerated", _one_of(lead) + numbered(texts), proofs, confidence=confidence)


def _states_other_amount(question: Question, lead: Lead) -> bool:
    """Say whether an announcement states an amount of the kind by which the question means a case, but another one: 9%, not 6%."""
    printed = find_quantities(lead.key) if question.amounts and not question.premise else ()
    for amount in question.amounts:
        alike = [one for one in printed if one.base_unit == amount.base_unit]
        if alike and not any(same_amount(one, amount) for one in alike):
            return True
    return False


def _unasked(question: Question, pool: Pool, lead: Lead) -> float:
    """Return how much of an announcement's last clause the question does not say: 上级对下级行使 for 行使."""
    said = grams(_BEHIND_NUMBER.sub("", re.split("[,;。]", lead.key)[-1]))
    asked = grams(question.key).union(*(one.grams for one in question.terms))
    return pool.mass(said - asked) / (pool.mass(said) or 1.0)


def _counts(lead: Lead, count: int | None) -> bool:
    """Say whether an announcement counts as many things as the question: 分为三类:."""
    if not count or count >= len(_NUMERALS):
        return False
    return re.search(rf"(?:{_NUMERALS[count]}|(?<!\d){count})[个大项条类种点]", lead.key[-12:]) is not None


def _counted(lead: Lead) -> int | None:
    """Return how many points an announcement says that it makes: 重点在三个方面下功夫."""
    found = _COUNTED_POINTS.search(lead.key)
    return _NUMERALS.index(found.group(1)) if found else None


def _announces_other(lead: Lead) -> bool:
    """Say whether something announces another kind of thing: 以下材料, where conditions are asked for."""
    return _OTHER_THINGS.search(lead.key) is not None


def _apart(question: Question, pool: Pool, lead: Lead) -> float:
    """Return how far an announcement itself says what sets the question apart from all that its article is about."""
    apart = [
        one
        for one in question.terms
        if one.describes and not one.optional and not _SERVES.search(one.text)
        and pool.support(one, [(1.0, lead.article)]) < SAID
    ]  # fmt: skip
    return pool.coverage(apart, lead.own) if apart else 1.0


def _inside(lead: Lead, best: tuple[float, Lead, list[Span]]) -> bool:
    """Say whether a list is announced inside an item of another: sorts within sorts."""
    _, outer, items = best
    return outer.document.id == lead.document.id and items[0].start <= lead.span.start <= items[-1].end


def _leads(pool: Pool) -> Iterator[Lead]:
    """Return what announces a list among the found sentences and the headings above them; headings first."""
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        for section in holders(sentence.document, sentence.section):
            title = section.title_span
            key = (sentence.document.id, title.start if title else -1)
            if title is None or section.level == 0 or key in seen:
                continue
            seen.add(key)
            own = grams(fold(title.of(sentence.document.text)))
            yield Lead(
                sentence.document,
                section,
                title,
                ((1.0, own),),
                _around(sentence)[1:],
                sentence.article_grams,
            )
    for sentence in pool.sentences:
        lead = _lead_of(sentence)
        if _ANNOUNCES.search(lead.key) or not _ENDED.search(lead.key):
            yield lead


def _lead_of(sentence: Sentence) -> Lead:
    """Return the part of a sentence that announces: all of it, or what stands before its own first item."""
    inside = _BEGINS_INSIDE.search(sentence.text)
    end = sentence.span.start + inside.end() if inside else sentence.span.end
    text = sentence.document.text
    line = grams(fold(text[text.rfind("\n", 0, sentence.span.start) + 1 : end]))
    titles = grams(fold("\n".join(one.title for one in holders(sentence.document, sentence.section))))
    own = ((1.0, line), (_TITLES, titles))
    span = Span(sentence.span.start, end)
    return Lead(sentence.document, sentence.section, span, own, _around(sentence), sentence.article_grams)


def _around(sentence: Sentence) -> tuple[tuple[float, frozenset[str]], ...]:
    return (
        (_PASSAGE, sentence.passage_grams),
        (SCOPES["article"], sentence.article_grams),
        (SCOPES["topic"], sentence.topic_grams),
    )


def numbered(texts: Sequence[str]) -> str:
    """Return items in order, 、-joined when short and numbered when long, within the length of a list answer."""
    if all(len(text) <= 12 and not re.search("[、,，]", text) for text in texts):
        return "、".join(texts) + "。"
    share = (phrasing.LONGEST_LIST - 20) // len(texts) - 4
    return (
        ";".join(f"({n}){phrasing.clipped(text, max(12, share))}" for n, text in enumerate(texts, 1)) + "。"
    )


def unnumbered(text: str) -> str:
    """Return a heading or an item without its number and the mark that ends it."""
    return _BEHIND_NUMBER.sub("", text.strip()).rstrip("。;；,，")


def _named_head(question: Question) -> re.Pattern[str] | None:
    """Return how an announcement says the kind of things asked for: …以下条件:, …申请材料, …包括:; or None."""
    if _ASKS_WHY.search(question.key):
        return _REASONS
    asked = _ASKS_LIST.search(question.key) or _LIST_OF.search(question.key)
    if asked is None and question.language == "en" and question.focus in _ANNOUNCED_THINGS:
        return re.compile(rf"(?:下列|以下|如下|下述)[^,。;:]{{0,8}}{question.focus}")
    if asked is None and _ASKS_SORTS.search(question.key):
        return _TELLS_SORTS
    if asked is None:
        return _COMPRISES if _ASKS_PARTS.search(question.key) else None
    head = "材料|资料" if asked.group(1) in {"材料", "资料"} else asked.group(1)
    return re.compile(
        rf"(?:下列|以下|如下|下述)[^,。;:]{{0,6}}(?:{head})|(?:{head})(?:之一|要求|有|为|是|如下|包括)?:?$"
    )


def _one_of(lead: Lead) -> str:
    """Return the words that say that one of the items is enough, or ""."""
    if not _ONE_OF.search(lead.key):
        return ""
    last = re.split(r"[,，;；。]", lead.span.of(lead.document.text).strip())[-1]
    return re.split(r"[且并]", last)[-1].rstrip(":：") + ":"
