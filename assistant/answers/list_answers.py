"""Lists in the source's order: a scaffold's items (一是/二是/三是), an article's headings, several figures together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answers import phrasing
from assistant.answers.announced_answers import answer_announced, numbered, unnumbered
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence, article_key, article_of, holders
from assistant.answers.figure_lists import answer_figures, lead_of, named_part, unquoted
from assistant.answers.leads_alike import answer_alike
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import grams, named_grams
from documents.folding import fold
from documents.model import Document, Section, Span
from documents.sentences import line_of

ITEM = re.compile(r"(?:^|(?<=[。;；:：!?\n”]))\s*([一二三四五六七八九十])是([^。;；\n]+)")
NUMERALS = "零一二三四五六七八九十"
_HEADINGS = re.compile(
    r"小标题|(?<!副)标题|(?:几|两|三|四|五|六|七|八)(?:个|大)?(?:部分|板块)|几(?:个|大)?方面|分(?:为|成)?几(?:个|大)?(?:部分|方面|板块|块|篇|章|节|点|条|$|[?,])|heading"
)
_QUOTED_WORDS = re.compile(r"“([^”]{1,12})”")
_IN_QUOTES = re.compile(r"引号|带引号|打引号")
_ASKS_CONTENT = re.compile(r"(?:讲|说|写|提|谈)(?:到|及|的|了|过)*(?:是)?(?:什么|啥|哪些)|内容")
_BEGINS_ITEMS = re.compile(r"\s*(?:一是|首先|一要)")
_NUMBERING = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+[章节条])\s*"
)
_RUN_IN = re.compile(r"\s*([^。,，;；]{3,20}。)(?=.)")
_OF_ARTICLE = re.compile("第[一二三四五六七八九十\\d](?:个?方面|个?部分)")
_OF_PROVISIONS = re.compile("第[一二三四五六七八九十百\\d]+(?:条|款|项|章|节|届|次|批|期)")
_TITLE = 0.8  # share of a heading that a question must name
_SAYS_HEADING = 0.75  # least coverage of a heading whose subsections answer


def answer_list(question: Question, pool: Pool) -> Draft | None:
    """Return the items that the question asks for, a decline for a thing only named, or None."""
    for way in (_headings, answer_subsections, answer_announced, answer_alike, _scaffold, answer_figures):
        draft = way(question, pool)
        if draft is not None:
            return draft
    return None


def answer_item(question: Question, pool: Pool) -> Draft | None:
    """Return one item of a scaffold, or one paragraph of an article by its number: what “三是” is, or 第三个方面."""
    if question.item is None or question.item >= len(NUMERALS):
        return None
    of_article = _nth_paragraph(question, pool) if _OF_ARTICLE.search(question.key) else None
    if of_article is not None:
        return of_article
    best = None
    for sentence, start, number, text in _items(pool):
        if number != NUMERALS[question.item]:
            continue
        scopes = [(1.0, sentence.grams), (1.0, sentence.passage_grams), (0.6, sentence.article_grams)]
        coverage = pool.coverage(question.terms, scopes) if question.terms else 0.5
        if best is None or coverage > best[0]:
            best = (coverage, sentence, start, text)
    if best is None or best[0] < 0.5:
        return _nth_paragraph(question, pool)
    coverage, sentence, start, text = best
    span = Span(start, start + len(text))
    said = phrasing.quoted(question.language, text)
    return Draft("item", said, (Evidence(sentence.document, sentence.section, span),), confidence=coverage)


def _nth_paragraph(question: Question, pool: Pool) -> Draft | None:
    """Return the paragraph whose heading is the nth of the article that the question describes."""
    found = (
        _best_article(question, pool) if question.item and not _OF_PROVISIONS.search(question.key) else None
    )
    if found is None or pool.coverage(question.terms, [(1.0, grams(article_key(*found)))]) < _TITLE:
        return None
    document, article = found
    spans = _run_in_headings(document, article)
    if question.item is None or len(spans) < max(2, question.item) or (question.count or 0) > len(spans):
        return None
    line = line_of(document.text, spans[question.item - 1])
    text = phrasing.clipped(line.of(document.text).strip(), phrasing.LONGEST_LIST)
    return Draft("item", phrasing.quoted(question.language, text), (Evidence(document, article, line),))


def _items(pool: Pool) -> Iterator[tuple[Sentence, int, str, str]]:
    """Return every scaffold item among the found sentences: sentence, offset, numeral, text with its 一是."""
    for sentence in pool.sentences:
        for match in ITEM.finditer(sentence.text):
            lead = len(match.group()) - len(match.group().lstrip())
            yield sentence, sentence.span.start + match.start() + lead, match.group(1), match.group().strip()


def _headings(question: Question, pool: Pool) -> Draft | None:
    """Return the run-in or printed headings of the article that the question describes."""
    if not _HEADINGS.search(question.key):
        return None
    found = _best_article(question, pool)
    if found is None:
        return None
    document, article = found
    spans = _run_in_headings(document, article)
    if any(_bare_heading(span, document) in question.key for span in spans):
        return None  # what stands below that heading is asked for
    if question.count and len(spans) != question.count:
        narrowed = [span for span in spans if _QUOTED_WORDS.search(span.of(document.text))]
        spans = narrowed if len(narrowed) == question.count else spans
    if len(spans) < 2:
        return None
    texts = [span.of(document.text).strip().rstrip("。") for span in spans]
    if _IN_QUOTES.search(question.key):
        texts = [word for text in texts for word in _QUOTED_WORDS.findall(text)[-1:]]
    evidence = tuple(Evidence(document, article, span) for span in spans)
    return Draft("headings", numbered(texts), evidence)


def _bare_heading(span: Span, document: Document) -> str:
    """Return the key of a heading's first clause, without its number."""
    return re.split(r"[,.]", _NUMBERING.sub("", fold(span.of(document.text)).strip()))[0]


def answer_subsections(question: Question, pool: Pool) -> Draft | None:
    """Return the headings below the heading that the question names: the four of “(二)基本原则”."""
    if question.kind not in {Kind.LIST, Kind.WHAT, Kind.DEFINITION}:
        return None
    best: tuple[float, Document, Section] | None = None
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        for section in holders(sentence.document, sentence.section):
            if (sentence.document.id, section.index) in seen or section.title_span is None:
                continue
            seen.add((sentence.document.id, section.index))
            heading = _NUMBERING.sub("", fold(section.title))
            title = grams(heading)
            names_it = len(heading) > 1 and (
                heading in question.key
                or pool.mass(title & named_grams(question.terms)) >= _TITLE * pool.mass(title)
            )
            own = [(1.0, title), (0.8, grams(article_key(sentence.document, section)))]
            coverage = pool.coverage(question.terms, own) if names_it else 0.0
            if coverage >= _SAYS_HEADING and (best is None or coverage > best[0]):
                best = (coverage, sentence.document, section)
    if best is None:
        return None
    coverage, document, section = best
    spans = [s.title_span for s in document.sections if s.parent == section.index and s.title_span]
    first = min((span.start for span in spans), default=section.span.end)
    if _says_itself(document, section, first):
        return None
    spans = [
        span for span in spans if unnumbered(span.of(document.text)).strip()
    ]  # 第八条 alone names nothing
    spans = spans or _first_sentences(document, section)
    if len(spans) < 2 or section.parent is None or (question.count and question.count != len(spans)):
        return None
    texts = [unnumbered(span.of(document.text)) for span in spans]
    proofs = tuple(Evidence(document, section, span) for span in spans)
    return Draft("subsections", numbered(texts), proofs, confidence=coverage)


def _says_itself(document: Document, section: Section, end: int) -> bool:
    """Say whether the text right below a heading lists what it names: 服务网点 / 目前服务网点有A、B、C."""
    if section.title_span is None:
        return False
    name = _NUMBERING.sub("", fold(section.title))
    below = fold(document.text[section.title_span.end : end])
    return re.search(rf"{re.escape(name)}(?:包括|有|为|是)[^。]*、[^。]*、", below) is not None


def _first_sentences(document: Document, section: Section) -> list[Span]:
    """Return the short sentence that begins each paragraph of a section, when all begin so (坚持市场驱动。)."""
    found = []
    for match in re.finditer(r"[^\n]+", section.body.of(document.text)):
        first = _RUN_IN.match(match.group())
        if first is None:
            return []
        start = section.body.start + match.start()
        found.append(Span(start + first.start(1), start + first.end(1)))
    return found


def _best_article(question: Question, pool: Pool) -> tuple[Document, Section] | None:
    best: tuple[float, Document, Section] | None = None
    for sentence in pool.sentences:
        article = article_of(sentence.document, sentence.section)
        scopes = [(1.0, sentence.article_grams), (0.6, sentence.passage_grams)]
        coverage = pool.coverage(question.terms, scopes)
        if best is None or coverage > best[0]:
            best = (coverage, sentence.document, article)
    return best[1:] if best else None


def _run_in_headings(document: Document, article: Section) -> list[Span]:
    """Return the headings inside an article: printed ones of its sections, or each paragraph's short first sentence."""
    printed = [s.title_span for s in document.sections if s.parent == article.index and s.title_span]
    if len(printed) >= 2:
        return printed
    text, found = document.text, []
    for match in re.finditer(r"[^\n]+", text[article.body.start : article.body.end]):
        first = re.match(r"\s*([^。!?！？]{4,40}。)(?=.)", match.group())
        leads = first and ("," in fold(first.group(1)) or _BEGINS_ITEMS.match(match.group(), first.end()))
        if first and leads and not first.group(1).startswith(("“", "本报")):
            start = article.body.start + match.start() + first.start(1)
            found.append(Span(start, start + len(first.group(1))))
    return found


def _scaffold(question: Question, pool: Pool) -> Draft | None:
    """Return all items of the scaffold under the heading that the question describes."""
    if not re.search(
        r"哪|什么|包括|举措|措施|方面|怎么|如何|what|which|how", question.key
    ) or question.wants & {"each"}:
        return None
    by_heading: dict[tuple[str, str], list[tuple[Sentence, int, str]]] = {}
    for sentence, start, _, text in _items(pool):
        heading = sentence.passage.headings[-1] if sentence.passage.headings else sentence.section.span
        lead = lead_of(sentence, start)
        by_heading.setdefault((sentence.document.id, lead or str(heading)), []).append(
            (sentence, start, text)
        )
    best = None
    for (_, lead), items in by_heading.items():
        coverage = pool.coverage(question.terms, [(1.0, grams(fold(lead)))]) if lead else 0.0
        if len(items) >= 2 and coverage >= 0.7 and (best is None or coverage > best[0]):
            best = (coverage, items)
    if best is None or (question.count and question.count != len(best[1])):
        return None
    items = sorted(best[1], key=lambda item: item[1])
    evidence = tuple(
        Evidence(s.document, s.section, Span(start, start + len(text))) for s, start, text in items
    )
    return Draft("scaffold", numbered([text for _, _, text in items]), evidence, confidence=best[0])


def answer_part(question: Question, pool: Pool) -> Draft | None:
    """Return what stands under the heading that the question names in quotes: “…”部分讲了什么."""
    named = named_part(question)
    if not named or not _ASKS_CONTENT.search(question.key):
        return None
    under = [
        s for s in pool.sentences
        if named in unquoted(lead_of(s, s.span.start)) and named not in unquoted(s.text)
    ]  # fmt: skip
    under = [s for s in under if s.document.id == under[0].document.id]
    under.sort(key=lambda sentence: sentence.span)
    if not under:
        return None
    text = phrasing.clipped("".join(s.text.strip() for s in under), phrasing.LONGEST_LIST)
    proofs = tuple(Evidence(s.document, s.section, s.span) for s in under)
    return Draft("part", phrasing.quoted(question.language, text), proofs)
