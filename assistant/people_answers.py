"""Who: leaders and speakers, what a named person is, authors and reporters, and which body it was.

People come from bylines, titles and introductions (“市科技局党组书记安春茂表示”), never from guessing: a role that
the documents do not give to anybody is declined, and nobody is called 局长 whom they call 党组书记.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafts import Draft, Evidence
from assistant.evidence import Pool, Sentence, article_key, article_of, holders
from assistant.model import Reason, Status
from assistant.questions import Kind, Question
from assistant.span_answers import WHOLE_SENTENCE
from assistant.spans import Window, best_windows
from assistant.terms import grams
from documents.folding import fold
from documents.model import Document, Section, Span

_ROLES = re.compile(
    r"党组书记|党委书记|党工委书记|书记|局长|主任|市长|省长|县长|区长|厅长|部长|院长|校长|总理|主席|总经理|董事长|会长|秘书长|处长|科长|镇长|乡长|司长|行长|社长|总编辑|召集人|主持人|发言人"
)
_ASKED_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,10}?(?:局|委|厅|办|部|院))(?=(?:的)?(?:党组|党委)?(?:局长|主任|书记|厅长|部长|院长|一把手|负责人|头儿|领导))"
)
_ANY_LEADER = re.compile(
    r"头儿|一把手|负责人|领导|当家|老大|掌门|主要负责|head of|in charge|leader|chief|\bhead\b|\bleads\b|\bruns\b"
)
_ENGLISH_ROLES = {
    "党组书记": "secretary of the Party leadership group", "党委书记": "Party secretary", "书记": "Party secretary", "局长": "director",
    "主任": "director", "市长": "mayor", "副市长": "vice mayor", "省长": "governor", "县长": "county head", "区长": "district head",
    "厅长": "director-general", "部长": "minister", "院长": "president", "校长": "president", "总理": "premier", "主席": "chair",
}  # fmt: skip
_ENGLISH_BODIES = {
    "科技局": "Science and Technology Bureau", "工信局": "Industry and Information Technology Bureau", "教育局": "Education Bureau",
    "财政局": "Finance Bureau", "发展改革委": "Development and Reform Commission", "农业农村局": "Agriculture and Rural Affairs Bureau",
    "卫生健康委": "Health Commission", "民政局": "Civil Affairs Bureau", "商务局": "Commerce Bureau", "住建局": "Housing Bureau",
    "人力资源社会保障局": "Human Resources and Social Security Bureau", "生态环境局": "Ecology and Environment Bureau",
    "交通运输局": "Transport Bureau", "统计局": "Statistics Bureau", "市场监管局": "Market Regulation Bureau",
    "文化旅游局": "Culture and Tourism Bureau",
}  # fmt: skip
_INTRODUCED = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,20}?(?:局|委|厅|部|院|政府|办公室|集团|公司|中心|大学|学校|医院|市|省|县|区))?"
    r"(?P<role>(?:党组书记|党委书记|副?局长|副?主任|副?市长|副?省长|副?县长|副?区长|副?厅长|院长|校长|总理|部长|董事长|总经理|会长|书记)"
    r"(?:、(?:局长|主任|院长|校长|厅长|董事长|总经理))?)(?P<person>[\u4e00-\u9fff]{2,3})(?=表示|说|介绍|指出|强调|告诉|认为|在|作|,|。|、|$)"
)
_RESPONSIBLE = re.compile(r"负责|牵头|主管|责任|承担|分工|responsible|in charge|lead")
_BRACKETED = re.compile(r"[（(]([^（）()\n]{2,120}?(?:负责|牵头|参与|配合|分工)[^（）()\n]{0,40})[）)]\s*$")
_COMMENTARY = re.compile(r"评论|社论|时评|述评|commentary|editorial|opinion piece")
_ASKS_INTERVIEWED = re.compile(
    r"(?:采访|访问|专访|访谈)(?:了|过|的)?(?:的?是)?(?:谁(?!写|采|撰|做)|哪(?:位|些人|几位|个)|什么人)|采访对象|受访(?:者|人|对象)|接受采访的|"
    r"\b(?:whom?|who) did .{2,40} interview|\binterviewed by\b"
)
_ASKS_WRITTEN = re.compile(
    r"(?:写|采写|撰写|报道|发表)(?:了|过|的)?(?:的?是)?(?:哪(?:几|些)?(?:篇|则|个)|什么(?:文章|报道|稿|新闻))|"
    r"\b(?:what|which) (?:article|report|story|piece|interview|commentary)s? (?:did|was|is|were|has|by)\b.*"
    r"\b(?:write|written|wrote|report|by)"
)
_POST = {"title", "position", "post", "role", "job"}
_DESCRIBED = 0.6  # least share of a question that an article's own words must cover to be the one meant
_GENERIC = 0.3  # terms up to this weight do not describe a thing
_LEADS = re.compile(
    r"(?:由)?(?P<body>[\u4e00-\u9fff、]{2,40}?(?:局|委|委员会|厅|部|办公室|办|中心|公司|集团|银行|院|政府|单位|街道))(?:会同[^,。;]{2,60}?)?"
    r"(?P<verb>牵头|负责|承担|承办|主管|解释|组织|实施|会同)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a document introduces, with role and body as printed."""

    name: str
    role: str
    body: str
    document: Document
    section: Section
    span: Span


def people(pool: Pool) -> list[Person]:
    """Return the people introduced in the found documents, without repetitions, best hit first."""
    found: dict[tuple[str, str, str], Person] = {}
    for person in (*_speakers(pool), *_introduced(pool)):
        found.setdefault((person.name, person.role, person.body), person)
    return list(found.values())


def _speakers(pool: Pool) -> Iterator[Person]:
    seen: set[tuple[str, int]] = set()
    for sentence in pool.sentences:
        for at in holders(sentence.document, sentence.section):
            if at.speaker and (sentence.document.id, at.index) not in seen:
                seen.add((sentence.document.id, at.index))
                speaker = at.speaker
                span = _introduction(sentence.document, at, speaker.person) or speaker.span
                yield Person(speaker.person, speaker.role, speaker.body, sentence.document, at, span)


def _introduction(document: Document, section: Section, name: str) -> Span | None:
    """Return where the body of a section introduces its speaker: 市科技局党组书记安春茂表示."""
    text = section.body.of(document.text)
    for match in _INTRODUCED.finditer(text):
        if match["person"].startswith(name) or name.startswith(match["person"]):
            start = section.body.start + match.start()
            said = re.match(r"表示|说|介绍|指出|强调|告诉记者", text[match.end() :])
            return Span(start, section.body.start + match.end() + (said.end() if said else 0))
    return None


def _introduced(pool: Pool) -> Iterator[Person]:
    for sentence in pool.sentences:
        for match in _INTRODUCED.finditer(sentence.text):
            span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
            yield Person(
                match["person"], match["role"], match["body"] or "", sentence.document, sentence.section, span
            )


def answer_person(question: Question, pool: Pool) -> Draft | None:
    """Return who holds the role or said what the question names; a decline for a role that nobody is given."""
    asked_role = _ROLES.search(question.key)
    scored = []
    for person in people(pool):
        described = grams(fold(f"{person.body}{person.role}{person.document.place or ''}"))
        article = grams(article_key(person.document, person.section))
        terms = tuple(t for t in question.terms if not _ANY_LEADER.search(t.text))
        coverage = pool.coverage(terms, [(1.0, described), (0.7, article)])
        if _is_short_form(_ASKED_BODY.search(question.key), person.body):
            coverage = 1.0
        scored.append((coverage, person))
    scored.sort(key=lambda pair: -pair[0])
    if asked_role or _ANY_LEADER.search(question.key):
        for coverage, person in scored:
            holds = not asked_role or _holds_role(person.role, question.key, asked_role)
            if coverage == 1.0 and holds:
                return _person(question, person, coverage)
            if coverage >= 0.6 and holds and _is_of_body(question, pool, person):
                return _person(question, person, coverage)
        if asked_role and _told_by_post(asked_role.group(), question, pool):
            return None  # the text says which post holds the role, without a name: the clause itself answers
        near = [person for coverage, person in scored if coverage >= 0.5][:2]
        reason = Reason.ATTRIBUTE_NOT_STATED if near else Reason.SUBJECT_NOT_COVERED
        nearest = tuple(f"{p.body}{p.role}{p.name}" for p in near)
        return Draft("person", "", status=Status.NOT_FOUND, reason=reason, nearest=nearest, confidence=0.0)
    return _who_said(question, pool)


def _holds_role(role: str, key: str, asked: re.Match[str]) -> bool:
    """Say whether a printed role is the asked one: nobody's 局长 answers for a 副局长, nor the other way round."""
    deputy = key[: asked.start()].endswith("副")
    return any(
        (role[: match.start()].endswith("副")) == deputy
        for match in re.finditer(re.escape(asked.group()), role)
    )


def _is_short_form(asked: re.Match[str] | None, body: str) -> bool:
    """Say whether an asked body is a short form of a printed one: 人社局 of 栖云市人力资源和社会保障局."""
    if asked is None:
        return False
    short = asked.group(1)[-6:]
    return any(
        re.search(r"[\u4e00-\u9fff]{0,6}?".join(map(re.escape, short[at:])) + "$", fold(body))
        for at in range(len(short) - 2)
        if len(short) - at <= 4
    )


def _is_of_body(question: Question, pool: Pool, person: Person) -> bool:
    """Say whether every noun with which the question describes the post is said of this person."""
    described = grams(fold(f"{person.body}{person.role}{person.name}{person.document.place or ''}"))
    scopes = [(1.0, described), (0.35, grams(article_key(person.document, person.section)))]
    nouns = [
        t for t in question.terms if t.weight >= 0.9 and not t.optional and not _ANY_LEADER.search(t.text)
    ]
    return all(pool.support(noun, scopes) >= 0.34 for noun in nouns)


def _told_by_post(role: str, question: Question, pool: Pool) -> bool:
    holds = re.compile(rf"[\u4e00-\u9fff]{{2,12}}(?:任|担任|兼任|当|为){role}")
    near = best_windows(question, pool, most=2)
    return any(holds.search(window.sentence.key) and window.coverage >= 0.5 for window in near)


def _person(question: Question, person: Person, confidence: float) -> Draft:
    said = f"{person.body}{person.role}{person.name}"
    text = f"{person.name}({person.body}{person.role})。"
    if question.language == "en":
        text = f"{person.name} — {person.body}{person.role} ({_english_post(person)})."
    elif not person.body:
        text = f"{said}。"
    return Draft(
        "person",
        text,
        (Evidence(person.document, person.section, person.span),),
        confidence=min(1.0, confidence),
    )


def _english_post(person: Person) -> str:
    roles = [_ENGLISH_ROLES.get(role, role) for role in person.role.split("、")]
    body = next((english for short, english in _ENGLISH_BODIES.items() if short in person.body), person.body)
    level = (
        "Municipal "
        if person.body.startswith("市")
        else "Provincial "
        if person.body.startswith("省")
        else ""
    )
    return f"{' and '.join(roles)}, {level}{body}"


def _who_said(question: Question, pool: Pool) -> Draft | None:
    """Return the speaker of the article in which the best sentence for the question stands."""
    if not re.search(
        r"谁(?:说|讲|提|表示|强调|指出|介绍|谈)|(?:说|讲|提出|表示)(?:的|过)?(?:是|人)?谁|"
        r"who (?:said|says|stated|mentioned|announced|set|proposed)",
        question.key,
    ):
        return None
    for window in best_windows(question, pool, most=3):
        at = next((s for s in holders(window.sentence.document, window.sentence.section) if s.speaker), None)
        if at is not None and at.speaker and window.coverage >= 0.5:
            document = window.sentence.document
            span = _introduction(document, at, at.speaker.person) or at.speaker.span
            draft = _person(
                question,
                Person(at.speaker.person, at.speaker.role, at.speaker.body, document, at, span),
                window.coverage,
            )
            evidence = (Evidence(document, window.sentence.section, window.span), *draft.evidence)
            return Draft(draft.method, draft.text, evidence, confidence=draft.confidence)
    return None


def answer_identity(question: Question, pool: Pool) -> Draft | None:
    """Return what the documents say a named person is."""
    wanted = {alternative for term in question.terms for alternative in term.alternatives}
    for person in people(pool):
        if any(fold(person.name) in alternative for alternative in wanted):
            draft = _person(question, person, 1.0)
            if question.language != "en":
                text = f"{person.body}{person.role}。" if person.body or person.role else draft.text
                return Draft("identity", text, draft.evidence)
            return draft
    for sentence in pool.sentences:
        article = article_of(sentence.document, sentence.section)
        author = article.author and fold(article.author)
        if author and article.byline_span and any(author in a or a in author for a in wanted if len(a) > 1):
            text = f"《{article.title}》的署名作者({article.byline})。"
            if question.language == "en":
                text = f"{article.author}: byline of 《{article.title}》 ({article.byline})."
            return Draft("identity", text, (Evidence(sentence.document, article, article.byline_span),))
    return None


def answer_post(question: Question, pool: Pool) -> Draft | None:
    """Return a person's post when the question asks for the title of nothing else: “What is Wang Zhiming's title?”."""
    names = {fold(person.name) for person in people(pool)}
    terms = [one for one in question.terms if one.weight > _GENERIC and one.text not in _POST]
    if len(terms) == 1 and names & set(terms[0].alternatives):
        return answer_identity(question, pool)
    return None


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
        posts = [(a.speaker, document) for document, a in named if a.speaker]
        said = [f"{s.person}({s.body}{s.role})" for s, _ in posts]
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
        if commentary and not _is_commentary(article):
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
        return Draft(
            "author",
            "",
            status=Status.NOT_FOUND,
            reason=Reason.ATTRIBUTE_NOT_STATED,
            nearest=(article.title,),
            confidence=0.0,
        )
    names = article.author or article.byline
    text = f"{names}(《{article.title}》,署名“{article.byline}”)。"
    if question.language == "en":
        text = f"{names} — byline “{article.byline}” of 《{article.title}》."
    return Draft(
        "author", text, (Evidence(document, article, article.byline_span),), confidence=min(1.0, coverage)
    )


def _is_commentary(article: Section) -> bool:
    """Say whether an article gives its author's own view: signed, but not by a reporter, and nobody is interviewed."""
    return bool(article.byline) and "记者" not in (article.byline or "") and article.speaker is None


def answer_body(question: Question, pool: Pool) -> Draft | None:
    """Return the body that leads something, or whose article speaks of what the question describes."""
    for window in best_windows(question, pool, most=3):
        if window.coverage < 0.5:
            return None
        led = _led_by(question, window) or (
            _in_brackets(window) if _RESPONSIBLE.search(question.key) else None
        )
        if led:
            return led
        at = next((s for s in holders(window.sentence.document, window.sentence.section) if s.speaker), None)
        if (
            at is not None
            and at.speaker
            and not re.search(
                r"牵头|负责(?!人)|主管|承办|解释|印发|制定|管理|运营|经营|主办|举办|隶属", question.key
            )
        ):
            speaker = at.speaker
            text = f"{speaker.body}({speaker.body}{speaker.role}{speaker.person}的访谈)。"
            if question.language == "en":
                person = Person(
                    speaker.person, speaker.role, speaker.body, window.sentence.document, at, speaker.span
                )
                text = f"{speaker.body} ({_english_post(person).split(', ', 1)[1]}): interview with {speaker.role}{speaker.person}."
            document = window.sentence.document
            whole = window.sentence.span
            said = whole if len(window.sentence.text) <= WHOLE_SENTENCE else window.span
            evidence = (
                Evidence(document, window.sentence.section, said),
                Evidence(document, at, speaker.span),
            )
            return Draft("body", text, evidence, confidence=window.coverage)
    return None


def _in_brackets(window: Window) -> Draft | None:
    """Return the bodies that the end of the window's paragraph names: (体育总局、民政部负责)."""
    document, sentence = window.sentence.document, window.sentence
    end = document.text.find("\n", sentence.span.start)
    line = Span(sentence.span.start, end if end >= 0 else len(document.text))
    named = _BRACKETED.search(line.of(document.text))
    if named is None:
        return None
    span = Span(line.start + named.start(), line.start + named.end())
    proofs = (
        Evidence(document, sentence.section, sentence.span),
        Evidence(document, sentence.section, span),
    )
    return Draft("body", f"{named.group(1)}。", proofs, confidence=window.coverage)


def _led_by(question: Question, window: Window) -> Draft | None:
    sentence: Sentence = window.sentence
    match = _LEADS.search(sentence.text)
    if not match or question.kind is not Kind.BODY:
        return None
    text = f"{sentence.text.strip().rstrip('。')}。"
    if len(text) > 120:
        text = f"{match.group()}。"
    return Draft(
        "body",
        text,
        (Evidence(sentence.document, sentence.section, sentence.span),),
        confidence=window.coverage,
    )
