"""Who wrote it: bylines of articles, what a named author wrote, and whom a named reporter interviewed."""

from __future__ import annotations

import re

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, article_key, article_of
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from assistant.model import Reason
from documents.folding import fold
from documents.model import Document, Section

_COMMENTARY = re.compile(r"评论|社论|时评|述评|commentary|editorial|opinion piece")
_ASKS_INTERVIEWED = re.compile(
    r"(?:采访|访问|专访|访谈)(?:了|过|的)?(?:的?是)?(?:谁(?!写|采|撰|做)|哪(?:位|些人|几位|几个人?|个)|几个人|什么人)|采访对象|受访(?:者|人|对象)|接受采访的|"
    r"\b(?:whom?|who) did .{2,40} interview|\binterviewed by\b"
)
_ASKS_WRITTEN = re.compile(
    r"(?:写|采写|撰写|报道|发表)(?:了|过|的)?(?:的?是)?(?:哪(?:几|些)?(?:篇|则|个)|什么(?:文章|报道|稿|新闻))|"
    r"\b(?:what|which) (?:article|report|story|piece|interview|commentary)s? (?:did|was|is|were|has|by)\b.*"
    r"\b(?:write|written|wrote|report|by)"
)
_OF_COMMENTARY = re.compile(r"(?:评论员?(?:文章)?|社论|时评|述评)(?!区|数|功能)")
_DESCRIBED = 0.6  # least share of a question that an article's own words must cover to be the one meant


def asks_commentary(question: Question) -> bool:
    """Say whether a question asks what a commentary says: 评论认为…."""
    return _OF_COMMENTARY.search(question.key) is not None


def answer_reported(question: Question, pool: Pool) -> Draft | None:
    """Return whom a named reporter interviewed, or which article a named author wrote; None for other questions."""
    asks_whom, asks_what = _ASKS_INTERVIEWED.search(question.key), _ASKS_WRITTEN.search(question.key)
    if not asks_whom and not asks_what:
        return None
    wanted = {alternative for one in question.terms for alternative in one.alternatives} | {question.key}
    seen: dict[tuple[str, int], tuple[Document, Section]] = {}
    for sentence in pool.sentences:
        article = article_of(sentence.document, sentence.section)
        authors = re.split(r"[、,\s]+", fold(article.author or ""))
        if any(author and author in key for author in authors for key in wanted):
            seen.setdefault((sentence.document.id, article.index), (sentence.document, article))
    named = [(d, a) for d, a in seen.values() if a.byline_span and (a.speaker or not asks_whom)]
    if not named and asks_whom:
        named = _interviews(question, pool)
    if not named:
        return None
    proofs = []
    for document, article in named:
        told = article.speaker.span if asks_whom and article.speaker else article.title_span
        proofs += [Evidence(document, article, span) for span in (told, article.byline_span) if span]
    if asks_whom:
        speakers = [article.speaker for _, article in named if article.speaker]
        said = [f"{s.person}({s.body}{s.role})" for s in speakers]
    else:
        said = [f"《{article.title}》" for _, article in named]
    text = "; ".join(said) + "." if question.language == "en" else "、".join(said) + "。"
    return Draft("reported", text, tuple(proofs))


def _interviews(question: Question, pool: Pool) -> list[tuple[Document, Section]]:
    """Return the interview that the question describes by its title, as a list of one or none."""
    for sentence in pool.sentences:
        article = article_of(sentence.document, sentence.section)
        about = [(1.0, grams(article_key(sentence.document, article)))]
        if article.speaker and question.terms and pool.coverage(question.terms, about) >= _DESCRIBED:
            return [(sentence.document, article)]
    return []


def answer_author(question: Question, pool: Pool) -> Draft | None:
    """Return the byline of the article that the question describes."""
    scored: dict[tuple[str, int], tuple[float, Document, Section]] = {}
    commentary = _COMMENTARY.search(question.key)
    for sentence in pool.sentences:
        article = article_of(sentence.document, sentence.section)
        if commentary and not is_commentary(article):
            continue
        key = (sentence.document.id, article.index)
        scopes = [
            (1.0, grams(article_key(sentence.document, article))),
            (0.6, sentence.grams),
            (0.5, sentence.passage_grams),
        ]
        coverage = pool.coverage(question.terms, scopes) if question.terms else 0.5 / sentence.rank
        if key not in scored or coverage > scored[key][0]:
            scored[key] = (coverage, sentence.document, article)
    if not scored:
        return None
    ordered = sorted(scored.values(), key=lambda item: -item[0])
    coverage, document, article = ordered[0]
    if question.terms and coverage < 0.3 and not (commentary and len(ordered) == 1):
        return None
    if not article.byline or article.byline_span is None:
        return decline(Reason.ATTRIBUTE_NOT_STATED, method="author", nearest=(article.title,))
    names = article.author or article.byline
    text = f"{names}(《{article.title}》,署名“{article.byline}”)。"
    if question.language == "en":
        text = f"{names} — byline “{article.byline}” of 《{article.title}》."
    return Draft(
        "author", text, (Evidence(document, article, article.byline_span),), confidence=min(1.0, coverage)
    )


def is_commentary(article: Section) -> bool:
    """Say whether an article gives its author's own view: signed, but not by a reporter, and nobody is interviewed."""
    return bool(article.byline) and "记者" not in (article.byline or "") and article.speaker is None
