"""Who: leaders and speakers, what a named person is, and which body it was.

People come from bylines, titles and introductions (“市科技局党组书记安春茂表示”), never from guessing: a role that
the documents do not give to anybody is declined, and nobody is called 局长 whom they call 党组书记.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.declining import decline
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence, article_key, article_of
from assistant.answers.introductions import Person, as_introduced, people, speaker_of
from assistant.answers.phrasing import quoted
from assistant.answers.span_answers import WHOLE_SENTENCE
from assistant.answers.spans import Window, asked_of, best_windows, says
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.places import find_places
from assistant.asking.questions import Question
from assistant.asking.terms import grams
from assistant.model import Reason
from documents.folding import fold
from documents.model import Span

_ROLES = re.compile(
    r"党组书记|党委书记|党工委书记|书记|局长|主任|市长|省长|县长|区长|厅长|部长|院长|校长|总理|主席|总经理|董事长|会长|秘书长|处长|科长|镇长|乡长|司长|行长|社长|总编辑|秘书长|理事长|总裁|所长|馆长|站长|巡视员|总[\u4e00-\u9fff]{1,3}师|召集人|主持人|发言人"
)
_ASKED_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,10}?(?:局|委|厅|办|部|院))(?=长|(?:的)?(?:党组|党委)?(?:局长|主任|书记|厅长|部长|院长|一把手|负责人|头儿|领导))"
)
_ANY_LEADER = re.compile(
    r"头儿|一把手|负责人|领导|老板|老总|法定代表人|当家|老大|主要负责|head of|in charge|leader|chief|\bheads?\b|\bleads\b|\bruns\b"
)
# What an English question may call a post, and the printed posts that it is.
_ASKED_IN_ENGLISH = {
    "director general|director": "局长 主任 厅长 院长 所长 处长 馆长 站长 秘书长", "mayor": "市长", "governor": "省长",
    "party secretary|secretary of the party": "党组书记 党委书记 党工委书记 书记", "minister": "部长", "premier": "总理",
    "president": "院长 校长 主席 会长 总裁", "principal": "校长", "chairman|chairwoman|chairperson|chair": "主席 董事长 主任 会长",
    "secretary general": "秘书长", "general manager": "总经理", "spokesperson|spokesman|spokeswoman": "发言人",
}  # fmt: skip
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
_LEVEL = re.compile(
    r"^(?:请问|的|[\u4e00-\u9fff]{0,6}?(?<![城都夜楼社园辖])[省市县区州盟旗](?!场|政|民|域|容))"
)
_SHORTEST_BODY = 3
_MOST_HOLDERS = 4  # of one post who are told together
_OTHER_BODY = 0.4  # how far at most the head of another body is whom a question asks for
_RESPONSIBLE = re.compile(r"负责|牵头|主管|责任|承担|分工|responsible|in charge|lead")
_ASKS_WHO_RUNS = re.compile(
    r"牵头|负责(?!人)|主管|承办|解释|印发|制定|管理|运营|经营|主办|举办|隶属"
    r"|\b(?:responsible|in charge|run|operat|manag|maintain|issue|interpret|lead|handl|host|organi[sz]|supervis|approv|accept)"
)
_BRACKETED = re.compile(r"[（(]([^（）()\n]{2,120}?(?:负责|牵头|参与|配合|分工)[^（）()\n]{0,40})[）)]\s*$")
_LABELLED = re.compile(
    r"(?:责任|牵头|主管|主办|承办|实施|落实|配合)(?:单位|部门|主体)[:：]\s*([^。;；\n]{2,120}?)[。;；]?\s*$"
)
_DEPUTY = re.compile(r"副|\b(?:deputy|vice)\b")
_BY = re.compile(r"[由归](?=哪|谁|什么)")
_OF_WHAT_IS_SAID = re.compile(r"访谈|采访|在谈|谈到|提到|讲到")  # 归哪个部门的访谈, 出自谁的访谈
_BY_ANYBODY = re.compile(r"由[^,。;]{1,24}?(?:负责|承担|管护|管理)")
_ENDS_NAME = (
    r"(?=同志|先生|女士|这个人|是|的|任|担任|什么|啥)"  # a rare name is no word of its own: 褚南星是什么职务
)
_POST = {"title", "position", "post", "role", "job"}
_LEADS = re.compile(
    r"(?:由)?(?P<body>[\u4e00-\u9fff、]{2,40}?(?:局|委|委员会|厅|部|办公室|办|中心|公司|集团|银行|院|政府|单位|街道))(?:会同[^,。;]{2,60}?)?(?:共同|联合|统一|具体|分别)?"
    r"(?P<verb>牵头|负责|承担|承办|主管|解释|组织|实施|会同)"
)


def answer_person(question: Question, pool: Pool) -> Draft | None:
    """Return who holds the role or said what the question names; a decline for a role that nobody is given."""
    asked_role = _asked_role(question)
    asked_body = _ASKED_BODY.search(question.key)
    scored = []
    for person in people(pool):
        described = grams(fold(f"{person.body}{person.role}{person.document.place or ''}"))
        article = grams(article_key(person.document, person.section))
        terms = tuple(t for t in question.terms if not _ANY_LEADER.search(t.text))
        occasion = grams(person.said) if asked_role and not asked_body else frozenset()
        coverage = pool.coverage(terms, [(1.0, described), (0.9, occasion), (0.7, article)])
        if asked_body and not is_same_body(asked_body.group(1), person.body):
            coverage = min(coverage, _OTHER_BODY)
        elif asked_body:
            coverage = 1.0
        scored.append((coverage, person, occasion))
    scored.sort(key=lambda one: -one[0])
    posts = (asked_role.group(),) if asked_role else _posts_in_english(question)
    deputy = (
        question.key[: asked_role.start()].endswith("副")
        if asked_role
        else _DEPUTY.search(question.key) is not None
    )
    if posts or _ANY_LEADER.search(question.key):
        holding = [one for one in scored if _holds_role(one[1].role, posts, deputy=deputy)]
        everybody = _holders(question, [person for _, person, _ in holding], asked_role)
        if everybody is not None:
            return everybody
        for coverage, person, occasion in holding:
            if coverage == 1.0:
                return _person(question, person, coverage)
            if coverage >= 0.6 and _is_of_body(question, pool, person, occasion):
                return _person(question, person, coverage)
        if asked_role and _told_by_post(asked_role.group(), question, pool):
            return None  # the text says which post holds the role, without a name: the clause itself answers
        near = [person for coverage, person, _ in scored if coverage >= 0.5][:2]
        reason = Reason.ATTRIBUTE_NOT_STATED if near else Reason.SUBJECT_NOT_COVERED
        nearest = tuple(f"{p.body}{p.role}{p.name}" for p in near)
        return decline(reason, method="person", nearest=nearest)
    return _who_said(question, pool)


def _holders(question: Question, persons: Sequence[Person], asked: re.Match[str] | None) -> Draft | None:
    """Return all `persons`, who hold a post of which a question says nothing but its name, when they are two to four."""
    if asked is None or any(one.is_content and one.text not in asked.group() for one in question.terms):
        return None
    held: dict[str, Person] = {}
    for person in persons:
        held.setdefault(person.name, person)
    if not 2 <= len(held) <= _MOST_HOLDERS:
        return None
    found = [_person(question, person, 1.0) for person in held.values()]
    return replace(
        found[0],
        text="".join(one.text for one in found),
        evidence=tuple(e for d in found for e in d.evidence),
    )


def _asked_role(question: Question) -> re.Match[str] | None:
    """Return the role whose holder is asked for, and none that is only spoken of: 总理出国时谁代行职务."""
    if question.language != "zh":
        return _ROLES.search(question.key)
    for role in _ROLES.finditer(question.key):
        beside = re.search(r"(?:谁|哪一?[位个人名])[^,。]{0,12}$", question.key[: role.start()])
        behind = re.match(r"[^,。]{0,6}?(?:谁|哪|何人|叫|姓|名字)|[?]?$", question.key[role.end() :])
        of_another = re.match(r"[^,。]{1,6}谁(?!$|[?])", question.key[role.end() :])
        if beside or (behind and not of_another):
            return role
    return None


_OF_VILLAGE = re.compile(r"\b(?:village|hamlet|community|neighbou?rhood)\b")  # whose 村支书 has no post here


def _posts_in_english(question: Question) -> tuple[str, ...]:
    """Return the printed posts that an English question asks the holder of."""
    if question.language != "en" or _OF_VILLAGE.search(question.key):
        return ()
    for words, posts in _ASKED_IN_ENGLISH.items():
        if re.search(rf"\b(?:{words})\b", question.key.replace("-", " ")):
            return tuple(posts.split())
    return ()


def _holds_role(role: str, posts: Sequence[str], *, deputy: bool) -> bool:
    """Say whether a printed role is an asked post: nobody's 局长 answers for a 副局长, nor the other way round.

    Where only a leader is asked for, a deputy is none.
    """
    if not posts:
        return not role.startswith("副") or deputy
    found = (match for post in posts for match in re.finditer(re.escape(post), role))
    return any(role[: match.start()].endswith("副") == deputy for match in found)


def is_same_body(asked: str, printed: str) -> bool:
    """Say whether two names are of one body, in full or in short: 人社局 of 栖云市人力资源和社会保障局."""
    one, other = _core(asked), _core(fold(printed))
    if min(len(one), len(other)) < _SHORTEST_BODY:
        return one == other
    return one.endswith(other) or other.endswith(one) or _stands_for(one, other) or _stands_for(other, one)


def _core(body: str) -> str:
    """Return a body's name without the places before it."""
    named = re.sub(r"委员会$", "委", body)
    for place in find_places(named):
        named = named.removeprefix(place) if len(named) - len(place) >= _SHORTEST_BODY else named
    while (shorter := _LEVEL.sub("", named, count=1)) != named and len(shorter) >= _SHORTEST_BODY:
        named = shorter
    return named


def _stands_for(short: str, full: str) -> bool:
    """Say whether the characters of a short name stand in the full one in order, beginning and ending alike."""
    rest = iter(full)
    return short[0] == full[0] and short[-1] == full[-1] and all(one in rest for one in short)


def _is_of_body(question: Question, pool: Pool, person: Person, occasion: frozenset[str]) -> bool:
    """Say whether every noun with which the question describes the post is said of this person, or of the occasion."""
    described = grams(fold(f"{person.body}{person.role}{person.name}{person.document.place or ''}"))
    scopes = [(1.0, described), (0.9, occasion), (0.35, grams(article_key(person.document, person.section)))]
    nouns = [t for t in question.terms if t.is_noun and not t.optional and not _ANY_LEADER.search(t.text)]
    return all(pool.support(noun, scopes) >= SAID for noun in nouns)


def _told_by_post(role: str, question: Question, pool: Pool) -> bool:
    holds = re.compile(
        rf"[\u4e00-\u9fff]{{2,12}}(?:任|担任|兼任|当|为){role}|{role}由[^,。;]{{2,24}}?(?:兼|担)任"
    )
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
    return f"{' and '.join(roles)}, {level}{body}" if body else " and ".join(roles)


def _who_said(question: Question, pool: Pool) -> Draft | None:
    """Return the speaker of the article in which the best sentence for the question stands."""
    if not re.search(
        r"谁(?:说|讲|提|表示|强调|指出|介绍|谈)|(?:说|讲|提出|表示)(?:的|过)?(?:是|人)?谁|"
        r"谁[^,。?]{0,6}作[^,。?]{0,8}报告|报告[^,。?]{0,4}谁[作做]|"
        r"who (?:said|says|stated|mentioned|announced|set|proposed)|who (?:delivered|gave|presented) (?:the|this|that)\b",
        question.key,
    ):
        return None
    for window in best_windows(question, pool, most=3):
        speaker = speaker_of(window.sentence.document, window.sentence.section)
        if speaker is not None and window.coverage >= 0.5:
            draft = _person(question, as_introduced(speaker), window.coverage)
            said = Evidence(speaker.document, window.sentence.section, window.span)
            return replace(draft, evidence=(said, *draft.evidence))
    return None


def answer_identity(question: Question, pool: Pool) -> Draft | None:
    """Return what the documents say a named person is."""
    wanted = {alternative for term in question.terms for alternative in term.alternatives}
    for person in people(pool):
        called = re.search(rf"{re.escape(fold(person.name))}{_ENDS_NAME}", question.key)
        if called or any(fold(person.name) in alternative for alternative in wanted):
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
    terms = [one for one in question.terms if one.describes and one.text not in _POST]
    if len(terms) == 1 and names & set(terms[0].alternatives):
        return answer_identity(question, pool)
    return None


def answer_body(question: Question, pool: Pool) -> Draft | None:
    """Return the body that leads something, or whose article speaks of what the question describes."""
    for window in best_windows(question, pool, most=3):
        if window.coverage < 0.5:
            return None
        of_interview = _OF_WHAT_IS_SAID.search(question.key) is not None
        if not of_interview and not _of_the_deed(question, pool, window):
            continue
        led = _led_by(question, window)
        if led is None and _RESPONSIBLE.search(question.key):
            led = _named_at_end(window)
        speaker = speaker_of(window.sentence.document, window.sentence.section)
        runs = _ASKS_WHO_RUNS.search(question.key) or (_BY.search(question.key) and not of_interview)
        if led is None and speaker is not None and not runs:
            led = _body_of_interview(question, window, speaker)
        if led is not None:
            return led
        if _BY_ANYBODY.search(window.key):
            return None  # it is said of someone who is no body (由居民负责): the clause itself answers
    return None


def _of_the_deed(question: Question, pool: Pool, window: Window) -> bool:
    """Say whether a window's sentence says what is done, where that is more than to lead: 由谁【批准】."""
    sentence = window.sentence
    done = [one for one in asked_of(question) if one.is_deed and not _RESPONSIBLE.search(one.text)]
    return all(says(pool, one, sentence.key, sentence.grams) for one in done)


def _body_of_interview(question: Question, window: Window, speaker: Person) -> Draft:
    """Return the body whose interview says what the question describes."""
    sentence = window.sentence
    text = f"{speaker.body}({speaker.body}{speaker.role}{speaker.name}的访谈)。"
    if question.language == "en":
        body = _english_post(speaker).split(", ", 1)[1]
        text = f"{speaker.body} ({body}): interview with {speaker.role}{speaker.name}."
    said = sentence.span if len(sentence.text) <= WHOLE_SENTENCE else window.span
    proofs = (
        Evidence(sentence.document, sentence.section, said),
        Evidence(speaker.document, speaker.section, speaker.span),
    )
    return Draft("body", text, proofs, confidence=window.coverage)


def _named_at_end(window: Window) -> Draft | None:
    """Return the bodies that the end of the window's paragraph names: (体育总局、民政部负责), 责任单位:省教育厅."""
    document, sentence = window.sentence.document, window.sentence
    end = document.text.find("\n", sentence.span.start)
    line = Span(sentence.span.start, end if end >= 0 else len(document.text))
    named = _BRACKETED.search(line.of(document.text)) or _LABELLED.search(line.of(document.text))
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
    if question.language == "en":
        text = quoted("en", text.rstrip("。"))
    return Draft(
        "body",
        text,
        (Evidence(sentence.document, sentence.section, sentence.span),),
        confidence=window.coverage,
    )
