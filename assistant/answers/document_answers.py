"""What a document says of itself: title, number (文号), dates of issue and of force, what it repeals.

These are read from the document's head and its closing clauses, never from the day a file was made.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, article_key, article_of
from assistant.answers.force_answers import answer_force, asks_force
from assistant.answers.named_documents import named_documents, names_kind_only
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from assistant.model import Reason
from documents.folding import fold
from documents.metadata import is_organ
from documents.model import Document, Section, Span
from documents.periods import find_periods
from documents.sentences import line_of

_ASKS_ADDRESSEE = re.compile(  # 复函是给谁的, but not 补贴是给谁的
    r"(?:信|函|通知|意见|批复|公告|通告|倡议书|方案|办法|决定|文件|报告|请示|通报|措施)(?:是|要|主要)*(?:写|发|寄|送|印发)?给(?:了)?"
    r"(?:谁|哪(?:些|个|几个)?(?:人|单位|部门|机关|群体)?)(?:的|看的)?[?]?$|主送(?:机关|单位|给)|收(?:信|文)(?:人|单位|机关)"
)
_LETTER = re.compile(r"^(?:公开信|来信|信件|信函|信|一封信)$")
_SALUTATION = re.compile(  # the line before the text: 各区人民政府,市有关部门:, 市民朋友们:
    r"[^。;:]{0,80}(?:政府|部门|单位|机构|企业|公司|银行|院校|高校|学校|同志|先生|女士|朋友|主席|代表|委员|同学|家长|居民|市民|业主|读者|领导"
    r"|们|局|委|厅|署|办|会|院):"
)
_HEAD_LINES, _HEAD_REACH = 10, 1500  # lines and characters within which the salutation stands
_NUMBER = re.compile(r"文号|发文字号|第几号|几号文|document number|reference number")
_PRINTED_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[(（【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*\d{1,5}\s*号"
)
_ABOUT_WHAT = re.compile(
    r"号文?(?:件)?(?:是|讲|说)的?(?:什么|啥|哪)|关于什么|讲什么|什么文件|哪个文件|标题|叫什么|题目|what is .* about"
)
_ISSUED = re.compile(
    r"印发|成文|发布|发文|落款|出台|公布|作(?:的)?报告|报告.{0,6}作|作的|签发"
    r"|(?:通知|意见|方案|办法|函|批复|公告|通告|决定|规定|文件|通报|倡议书|信|措施|规划|纲要)(?:是|在|于)?(?:哪一?天|什么时候|何时|几(?:月几)?[号日])(?:发|写)"
    r"|issued|published|released|delivered|dated"
)
_ASKS_ISSUER = re.compile(
    r"(?:谁|哪(?!些文件)[^,。?]{0,6}?)(?:联合|共同)?(?:印发|发布|下发|发文|出台|(?<![核签开颁研散激触转分])发)(?:的|了)?(?:这|该)?[^,。?]{0,12}[?]?$|(?:印发|发文|发布|出台)(?:单位|部门|机关|机构)"
)
_MATTER = re.compile(r"反映|举报|投诉|咨询|控告|求助|来信|信访|诉求|问题|情况|事情")
_ASKS_MATTER = re.compile(
    r"(?:反映|举报|投诉|咨询|控告|求助|来信|信访)(?:了|的)?(?:主要)?(?:是)?(?:关于)?(?:什么|啥|哪些|哪方面)的?"
    r"(?:问题|情况|事情?|内容)?[?]?$"
)
_TELLING = 8  # characters of a title that tells what the letter is about
_WRITTEN = 0.55  # least share of a question that a letter must say: who wrote it, where
_TITLED = 0.75  # least share of a question that a title must say
_LEAST = 0.4
_OF_TITLE = 0.5  # share of what a question names that the title of the document must say whose day it asks


_SUBTITLE = re.compile(r"副标?题|\bsubtitle\b")


def answer_title(question: Question, pool: Pool) -> Draft | None:
    """Return the title of the article that the question describes."""
    found = _described(question, pool)
    if found is None:
        return None
    coverage, document, article = found
    if article.title_span is None:
        return None
    title = article.title
    if _SUBTITLE.search(question.key):
        if not article.subtitle:
            return None
        title = article.subtitle
    text = f"《{title}》{'.' if question.language == 'en' else '。'}"
    return Draft("title", text, (Evidence(document, article, article.title_span),), confidence=coverage)


def answer_of_document(question: Question, pool: Pool) -> Draft | None:
    """Return the number, dates or repeals that the question asks of a document, a decline, or None."""
    if _NUMBER.search(question.key):
        return _number(question, pool)
    if asks_force(question):
        return answer_force(question, pool)
    return _numbered_document(question, pool) if _ABOUT_WHAT.search(question.key) else None


def answer_issue_date(question: Question, pool: Pool) -> Draft | None:
    """Return when a document was issued or delivered, when the question asks that and the document prints it."""
    if not _ISSUED.search(question.key) or re.search(r"[发文布][之以]?后|多久|多长|几个月", question.key):
        return None
    found = _described(question, pool)
    if found is None or found[1].date is None or not _is_itself(question, pool, found[1]):
        return None
    coverage, document, _ = found
    day = document.date.isoformat() if document.date else ""
    printed = [m for m in find_periods(document.text) if m.label == day or _is_day(m.text, document)]
    if not printed:
        return None
    mention = min(printed, key=lambda m: _beside(document.text, m.span))
    line = line_of(document.text, mention.span)
    text = f"{mention.text}({day})。" if question.language != "en" else f"{day} ({mention.text})."
    section = next((s for s in document.sections if s.span.holds(line)), document.sections[0])
    return Draft("date", text, (Evidence(document, section, line),), confidence=coverage)


def answer_letter(question: Question, pool: Pool) -> Draft | None:
    """Return what a letter reports, or to whom it or a notice is addressed; None for other questions."""
    return answer_matter(question, pool) or answer_addressee(question, pool)


def answer_addressee(question: Question, pool: Pool) -> Draft | None:
    """Return to whom the letter or notice is addressed that the question describes; None for other questions."""
    asked = _ASKS_ADDRESSEE.search(question.key)
    if asked is None:
        return None
    about = tuple(
        one for one in question.terms if one.text not in asked.group() and not _LETTER.search(one.text)
    )
    found = _described(replace(question, terms=about), pool) if about else None
    if found is None or found[0] < _WRITTEN:
        return None
    coverage, document, article = found
    for start in dict.fromkeys((article.span.start, 0)):  # the rules that a notice sends stand below it
        for line in list(re.finditer(r"[^\n]+", document.text[start : start + _HEAD_REACH]))[:_HEAD_LINES]:
            if _SALUTATION.fullmatch(fold(line.group()).strip()):
                span = Span(start + line.start(), start + len(line.group().rstrip()) + line.start())
                text = f"{span.of(document.text).strip().rstrip(':：')}。"
                return Draft("addressee", text, (Evidence(document, article, span),), confidence=coverage)
    return None


def answer_matter(question: Question, pool: Pool) -> Draft | None:
    """Return the title of the letter of which the question asks what it reports; None for other questions."""
    if not _ASKS_MATTER.search(question.key):
        return None
    about = tuple(one for one in question.terms if not _MATTER.search(one.text))
    found = _described(replace(question, terms=about), pool)
    if found is None:
        return None
    coverage, document, article = found
    if article.title_span is None or len(article.title) < _TELLING or coverage < _WRITTEN:
        return None
    proof = Evidence(document, article, article.title_span)
    return Draft("matter", f"{article.title}。", (proof,), confidence=coverage)


def answer_issuer(question: Question, pool: Pool) -> Draft | None:
    """Return which bodies issued the document that the question names, as they sign it; None for other questions."""
    if not _ASKS_ISSUER.search(question.key) or question.language != "zh":
        return None
    named = named_documents(question, pool)
    found = (1.0, named[0]) if len(named) == 1 else _titled(question, pool)
    if found is None or not found[1].issuer:
        return None
    coverage, document = found
    span = _signature(document)
    if span is None:
        return None
    bodies = [line.strip() for line in span.of(document.text).split("\n") if line.strip()]
    section = next((s for s in reversed(document.sections) if s.span.holds(span)), document.sections[0])
    return Draft(
        "issuer", "、".join(bodies) + "。", (Evidence(document, section, span),), confidence=coverage
    )


def _titled(question: Question, pool: Pool) -> tuple[float, Document] | None:
    """Return the document whose title says what a question names beside the issuing, or None."""
    terms = tuple(
        one for one in question.terms
        if not one.optional and not _ISSUED.search(one.text) and not _LETTER.search(one.text)
    )  # fmt: skip
    if not any(one.describes for one in terms):
        return None
    scored = [(pool.coverage(terms, [(1.0, grams(fold(d.title)))]), d) for d in pool.documents.values()]
    coverage, document = max(scored, key=lambda pair: pair[0])
    return (coverage, document) if coverage >= _TITLED else None


def _signature(document: Document) -> Span | None:
    """Return the line that signs a document, with the bodies that sign beside it; else where the issuer is printed."""
    text, issuer = document.text, document.issuer or ""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    for at, line in enumerate(lines):
        if line.of(text).strip() == issuer:
            first = last = at
            while first and is_organ(lines[first - 1].of(text)):
                first -= 1
            while last + 1 < len(lines) and is_organ(lines[last + 1].of(text)):
                last += 1
            return Span(lines[first].start, lines[last].end)
    printed = text.find(issuer)
    return Span(printed, printed + len(issuer)) if printed >= 0 else None


def _is_itself(question: Question, pool: Pool, document: Document) -> bool:
    """Say whether a question names a document by its title, and not something that the document speaks of."""
    titled = [(1.0, grams(fold(f"{document.title}{document.number or ''}{document.issuer or ''}")))]
    said = [pool.support(thing, titled) for thing in question.things]
    return not said or sum(said) / len(said) >= _OF_TITLE


def _beside(text: str, span: Span) -> int:
    """Return how much stands beside a date in its line: nothing beside the one that signs a document."""
    line = line_of(text, span)
    return len(line.of(text).strip()) - (span.end - span.start)


def _is_day(printed: str, document: Document) -> bool:
    """Say whether a printed date is the document's day, in Chinese or Arabic numerals."""
    if document.date is None or ("日" not in printed and "号" not in printed):
        return False
    mentions = find_periods(printed)
    month = f"{document.date.year}-{document.date.month:02d}"
    return bool(mentions) and (mentions[0].label or "").startswith(month)


def _described(question: Question, pool: Pool) -> tuple[float, Document, Section] | None:
    """Return the article that the question describes, by what it says of itself and by what it contains."""
    best: tuple[float, Document, Section] | None = None
    named = named_documents(question, pool)
    if len(named) == 1 and not names_kind_only(question, named[0]):
        own = [s for s in pool.sentences if s.document.id == named[0].id]
        return 1.0, named[0], article_of(named[0], own[0].section)
    for sentence in pool.sentences:
        article = article_of(sentence.document, sentence.section)
        scopes = [(1.0, grams(article_key(sentence.document, article))), (0.6, sentence.passage_grams)]
        coverage = pool.coverage(question.terms, scopes)
        if best is None or coverage > best[0]:
            best = (coverage, sentence.document, article)
    return best if best and best[0] >= _LEAST else None


def _number(question: Question, pool: Pool) -> Draft | None:
    about = tuple(one for one in question.terms if not _NUMBER.search(one.alternatives[0] + one.text))
    found = _described(replace(question, terms=about or question.terms), pool)
    if found is None:
        return None
    coverage, document, article = found
    printed = document.number or ""
    at = document.text.find(printed) if printed else -1
    if at < 0:
        match = _PRINTED_NUMBER.search(document.text[:600])
        if match is None:
            return decline(Reason.ATTRIBUTE_NOT_STATED, method="number", what="文号")
        at, printed = match.start(), match.group()
    text = f"{printed}{'.' if question.language == 'en' else '。'}"
    return Draft(
        "number", text, (Evidence(document, article, Span(at, at + len(printed))),), confidence=coverage
    )


def _numbered_document(question: Question, pool: Pool) -> Draft | None:
    """Return the title of the document whose number the question gives: 国办发〔2018〕114号是关于什么的."""
    asked = _PRINTED_NUMBER.search(question.key)
    if asked is None:
        return None
    number = re.sub(r"\W", "", asked.group())
    for document in pool.documents.values():
        printed = document.number or next(iter(_PRINTED_NUMBER.findall(document.text[:600])), "")
        if printed and re.sub(r"\W", "", fold(printed)) in number:
            section = next((s for s in document.sections if s.title_span), None)
            if section is not None and section.title_span is not None:
                text = f"《{document.title}》{'.' if question.language == 'en' else '。'}"
                return Draft("title", text, (Evidence(document, section, section.title_span),))
    return None


_NAMED_PAPER = re.compile(r"《[^》]{1,10}报》")
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,6}(?:日报|晚报|早报|时报|晨报|商报)")


def answer_publication(question: Question, pool: Pool) -> Draft | None:
    """Return the newspaper that a byline names (栖云日报记者 …), for a question that asks for it."""
    if not re.search(r"报社|哪家报|什么报|报纸|newspaper", question.key):
        return None
    about = tuple(one for one in question.terms if not re.search(r"[报登刊]", one.text))
    found = _described(replace(question, terms=about), pool)
    if found is None:
        return None
    coverage, document, article = found
    match = _PAPER.search(article.byline or "")
    if match is None or article.byline_span is None:
        return None
    text = f"{match.group()}(署名“{article.byline}”)。"
    return Draft(
        "publication", text, (Evidence(document, article, article.byline_span),), confidence=coverage
    )


def lacks_meta(question: Question, pool: Pool) -> str | None:
    """Return which fact about publication the question asks that no found document prints, or None."""
    asked = re.search(
        r"报社|哪家报|什么报|报纸|哪(?:一)?期|第几版|几版|版面|刊发|刊登|登在|发表(?:在|于)|"
        r"责任?编辑|责编|(?<!拍)摄影|校对|newspaper|which page|which edition|"
        r"\b(?:when|where) (?:was|is|were) (?:this|the) (?:article|page|report|story|interview|piece)[^?]{0,20} published",
        question.key,
    )
    if not asked:
        return None
    printed = " ".join(fold(d.title + d.text[:300] + d.text[-300:]) for d in pool.documents.values())
    if asked.group() == "newspaper" and any(_NAMED_PAPER.search(s.key) for s in pool.sentences):
        return None
    return None if re.search(r"(?:日报|晚报|早报|时报|晨报)(?!记者)", printed) else asked.group()
