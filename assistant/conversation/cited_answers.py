"""What a follow-up asks of the answer before it: for whom, compared with when, until when, in which document, why.

Such a turn names no topic; only the sentences that the answer before cited can answer it. They are quoted, never
put together anew, and what they do not say is left unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import phrasing
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import article_of
from assistant.asking.kinds import Kind
from assistant.asking.merging import own_terms
from assistant.asking.questions import Question
from documents.folding import fold
from documents.model import Span
from documents.sentences import clauses, line_of, sentences

_WHICH_DOCUMENT = re.compile(
    r"\b(?:which|what) (?:document|report|paper|article|file|notice)\b|"
    r"哪(?:个|份|一份|篇|一篇|部)(?:文件|文档|报告|规划|办法|通知|文章|材料)|什么文件|出自哪"
)
_LAST_YEAR = r"(?:去年|上年|上一年|前一年)"
_LAST_YEAR_EN = r"(?:last year|the year before|the previous year)"
_ASKS = (
    (
        re.compile(
            r"\bfor whom\b|\bto whom\b|\bwho(?:m)? (?:is (?:it|that) )?for\b|"
            r"\bwho (?:gets|receives|can get) (?:it|that|this)\b|"
            r"(?:给|发给|发放给|面向|针对|奖励|补贴给|适用于?)(?:谁|哪些(?:人|对象|机构|企业|单位|人群|学校|地区)?|什么人)|(?:对象|范围)(?:是|有|包括)?(?:谁|哪些|什么)|^谁(?:能|可以|可)(?:领|申请|享受|拿|得)"
        ),
        re.compile(
            r"^对|[,，]对|面向|(?:的|人员|企业|单位|人才|对象)[,，]?(?:为|是|包括|给予|可以?|奖励|补助|享受)|凡"
        ),
    ),
    (
        re.compile(
            rf"\b(?:compared|against|relative) (?:with|to) {_LAST_YEAR_EN}|\b(?:than|from) {_LAST_YEAR_EN}|"
            rf"^(?:那|那么)?(?:比|较|跟|和|与){_LAST_YEAR}|^(?:那|那么)?同比(?:增长|增速|增幅|变化|上升|下降)?(?:了)?(?:多少|几)?"
        ),
        re.compile(rf"[比较]{_LAST_YEAR}|同比|增长|下降|上升|提高|减少"),
    ),
    (
        re.compile(
            r"^(?:and )?(?:for )?how long\b|^(?:那)?(?:多久|多长时间|期限(?:是)?多(?:久|长)?|几年|几个月)[?]?$"
        ),
        re.compile(
            r"(?:期限|有效期|最长|不超过|为期)[^,，。;；]{0,12}(?:年|月|天|日)|"
            r"[\d一二三四五六七八九十]+(?:年|个月|天|个工作日|小时)(?!\d|以来|度|份)"
        ),
    ),
    (
        re.compile(
            r"^(?:and |but )?why\b|^(?:那|这是|这)?(?:为什么|为何|什么原因|原因(?:是什么)?)(?:呢)?[?]?$"
        ),
        re.compile(r"因为|由于|为了|旨在|以便|鉴于|考虑到|原因"),
    ),
)
_RESPONSIBLE = re.compile(
    r"(?:由|归|是)?(?:谁|哪(?:个|些|一个)?(?:部门|单位|机构|局)|什么(?:部门|单位|机构))(?:来)?"
    r"(?:负责|牵头|主管|落实|管|实施|组织实施|组织|承担)+(?:落实|实施|执行)?(?:的)?[?]?$|"
    r"\b(?:who|which (?:department|body|agency|bureau|authority))(?: is| are)? (?:responsible|in charge|leads?|implements?)"
    r"(?: for (?:it|that|this|them))?[?]?$"
)
_ENDS = r"(?:局|委|委员会|厅|部|办公室|办|中心|公司|集团|银行|院|政府|单位|街道)"
_BODY = rf"[\u4e00-\u9fff、]{{2,40}}?{_ENDS}(?:要)?(?:会同[^。；;\n]{{2,60}}?)?"
_LED = re.compile(rf"{_BODY}(?:牵头|负责|承担|主管|统一领导|统筹协调)")
_IN_BRACKETS = re.compile(r"[（(][^（）()\n]{2,120}?(?:负责|牵头)[^（）()\n]{0,40}[）)]\s*$")
_IMPLEMENTS = re.compile(
    rf"{_BODY}[^。；;\n]{{0,24}}(?:规划|方案|意见|措施|办法|细则|行动计划|政策)[^。；;\n]{{0,16}}"
    r"(?:实施|落实|执行|组织|推进|解释|督促)|"
    rf"[\u4e00-\u9fff]{{2,20}}?{_ENDS}(?:要)?会同(?:有关|相关)(?:方面|部门|单位)[^。；;\n]{{0,40}}(?:落实|督查|督促|检查)"
)
_WHO_ISSUED = re.compile(
    r"^(?:是|由)?(?:谁|哪(?:个|家)?(?:部门|单位|机构|局)?|什么(?:部门|单位|机构))(?:来)?(?:发布|印发|公布|出台|发|统计|下发|公开)(?:的)?(?:呢)?[?]?$"
)
_CUES = (_WHICH_DOCUMENT, _WHO_ISSUED, _RESPONSIBLE, *(asks for asks, _ in _ASKS))
_GREW = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年)?(?:增长|下降|上升|提高|减少|增加)[\d一二三四五六七八九十约近超]"
)
_LONG = 120  # characters; of a longer sentence only the clause that says it is shown


def asks_of_cited(question: Question) -> bool:
    """Say whether a follow-up asks something of the answer before it that only the cited words can say.

    It names nothing else: every term of its own stands in the words that ask.
    """
    asked = [match for pattern in _CUES if (match := pattern.search(question.key))]
    if not asked:
        return question.kind is Kind.QUOTATION and not own_terms(question)
    return all(any(one.text in match.group() for match in asked) for one in own_terms(question))


def answer_from_cited(question: Question, cited: Sequence[Evidence]) -> Draft | None:
    """Return what the cited sentences say to a follow-up that asks of them, or None."""
    if not cited:
        return None
    if _WHICH_DOCUMENT.search(question.key):
        return _documents(question, cited)
    if question.kind is Kind.QUOTATION:
        return _quoted(question, cited[0])
    if _WHO_ISSUED.search(question.key):
        return _issuer(question, cited[0])
    if asks_responsible(question):
        return _responsible(question, cited[0])
    for amount in question.amounts:
        printed = re.compile(re.escape(_bounded(question.key, amount.span)))
        return _clause_that(printed, question, cited[0], alone=True)
    for asks, says in _ASKS:
        if asks.search(question.key):
            for proof in cited:
                told = _clause_that(says, question, proof)
                if told is not None:
                    return told
    return None


def _issuer(question: Question, proof: Evidence) -> Draft | None:
    """Return the body that signs the document in which an answer stands, where it is printed."""
    issuer = proof.document.issuer
    at = proof.document.text.rfind(issuer) if issuer else -1
    if issuer is None or at < 0:
        return None
    end = "." if question.language == "en" else "。"
    return Draft("body", f"{issuer}{end}", (replace(proof, span=Span(at, at + len(issuer))),))


def cited_sentences(proof: Evidence) -> list[Span]:
    """Return the sentences of the cited paragraph that a citation touches."""
    text = proof.document.text
    return [one for one in sentences(text, line_of(text, proof.span)) if one.touches(proof.span)]


def asks_responsible(question: Question) -> bool:
    """Say whether a follow-up asks who is responsible, and names nothing of its own."""
    return bool(_RESPONSIBLE.search(question.key))


def _bounded(key: str, amount: Span) -> str:
    """Return an amount of the key with the bound behind it: 500万元以上."""
    bound = re.match(r"(?:及|或|和)?(?:以上|以下|以内|以外)", key[amount.end :])
    return key[amount.start : amount.end] + (bound.group() if bound else "")


def _responsible(question: Question, proof: Evidence) -> Draft | None:
    """Return who leads what was cited: said in its sentence, or in brackets at the end of its paragraph."""
    text = proof.document.text
    for sentence in cited_sentences(proof):
        if _LED.search(sentence.of(text)):
            return _body_said(question, proof, sentence)
    line = line_of(text, proof.span)
    bracket = _IN_BRACKETS.search(line.of(text))
    if bracket:
        return _body_said(question, proof, Span(line.start + bracket.start(), line.start + bracket.end()))
    return None


def growth_behind(question: Question, cited: Sequence[Evidence]) -> Draft | None:
    """Return the clause right behind what was cited that says how it grew: 进出口额2384亿元,【同比增长39%】."""
    for proof in cited:
        text = proof.document.text
        for sentence in cited_sentences(proof):
            behind = [one for one in clauses(text, sentence) if one.start >= proof.span.start]
            grown = [one for one in behind[:3] if _GREW.match(fold(one.of(text)).strip())]
            if grown:
                said = phrasing.quoted(question.language, grown[0].of(text).strip())
                return Draft("cited", said, (replace(proof, span=Span(sentence.start, grown[0].end)),))
    return None


def who_implements(question: Question, proof: Evidence) -> Draft | None:
    """Return the sentence in which a document says who carries it out as a whole, or None."""
    text = proof.document.text
    for section in reversed(proof.document.sections):
        for sentence in sentences(text, section.body):
            if _IMPLEMENTS.search(sentence.of(text)) and sentence.end - sentence.start <= _LONG:
                return _body_said(question, replace(proof, section=section), sentence)
    return None


def _body_said(question: Question, proof: Evidence, span: Span) -> Draft:
    said = phrasing.clipped(span.of(proof.document.text).strip(), phrasing.LONGEST)
    return Draft("body", phrasing.quoted(question.language, said), (replace(proof, span=span),))


def _clause_that(
    says: re.Pattern[str], question: Question, proof: Evidence, *, alone: bool = False
) -> Draft | None:
    text = proof.document.text
    for sentence in cited_sentences(proof):
        parts = list(clauses(text, sentence))
        whole = sentence.end - sentence.start <= _LONG
        near = [one for one in parts if one.start <= proof.span.end and proof.span.start < one.end]
        told = next(
            (one for one in (parts if whole or alone else near) if says.search(fold(one.of(text)))), None
        )
        if told is not None:
            shown = sentence if whole and not alone else told
            said = phrasing.quoted(
                question.language, phrasing.clipped(shown.of(text).strip(), phrasing.LONGEST)
            )
            return Draft("cited", said, (Evidence(proof.document, proof.section, shown),))
    return None


def _quoted(question: Question, proof: Evidence) -> Draft | None:
    text = proof.document.text
    for sentence in cited_sentences(proof):
        said = phrasing.clipped(sentence.of(text).strip(), phrasing.LONGEST)
        return Draft(
            "quotation",
            phrasing.quoted(question.language, said),
            (Evidence(proof.document, proof.section, sentence),),
        )
    return None


def _documents(question: Question, cited: Sequence[Evidence]) -> Draft:
    """Return which documents were cited, each once."""
    first = {_named(proof): proof for proof in reversed(cited)}
    names = list(dict.fromkeys(_named(proof) for proof in cited))
    end, mark = (".", "; ") if question.language == "en" else ("。", ";")
    text = phrasing.clipped(mark.join(names) + end, phrasing.LONGEST_LIST)
    return Draft("document", text, tuple(first[name] for name in names))


def _named(proof: Evidence) -> str:
    """Return the title of a document, its number and the cited article's title where they differ."""
    document, article = proof.document, article_of(proof.document, proof.section)
    number = f"({document.number})" if document.number else ""
    title = (
        document.title
        if document.title == article.title or not article.title
        else f"{document.title} · {article.title}"
    )
    return f"《{title}》{number}"
