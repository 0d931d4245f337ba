"""Sets that a question asks to be named: their members where the text lists them, a decline where it only names the set.

七个强市, “三标” or 143项重大科技项目 are no lists: without the members beside the name, nobody can say what they are.
"""

from __future__ import annotations

import re

from assistant.answers import phrasing
from assistant.answers.announced_answers import announced_members
from assistant.answers.definition_answers import define
from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.list_answers import ITEM, NUMERALS
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.model import Reason, Status
from documents.folding import fold
from documents.model import Span
from documents.numerals import whole_number

_NAMED_SET = re.compile(
    r"[“‘]([^”’]{1,10})[”’]|((?:(?<![第十])[一二两三四五六七八九十]|(?<!\d)\d{1,6})(?![届次年月日号期])(?:个|大|项|条|类|种)?[\u4e00-\u9fff]{1,8}?)(?=是|指|分别|具体|包括|都|有|各|的|$|[?,])"
)
_COUNTED_THINGS = re.compile(r"(?<![\d.])(\d{1,5})(?:个|项|家|条|类|种|所|座|处|户|名|件|场)")
_LEAST_COUNTED = 3
_CLAUSES = 4  # members up to this number may each be a clause
_BETWEEN_MEMBERS = re.compile(r"[、和与及]")
_TOLD = 0.6  # least share of a question that a sentence must say whose set is only called by its number: 三类
_OR = re.compile(r"或者?")
_COUNT_OF_SET = re.compile(r"([一二两三四五六七八九十]{1,3}|\d{1,3})(?:个|大|项|条|类|种|件|名|家)?")
_MEANS = re.compile(r"分别指|指的?是|(?<=[”’])指")  # “一核两翼”分别指哪里 asks for members, too
_NOT_MEMBERS = {Kind.BODY, Kind.WHEN, Kind.WHERE}  # what these ask of a set is not who belongs to it
_ONE_OF_SETS = re.compile(r"Q$|[一二两三四五六七八九十][个大项条件场][\u4e00-\u9fff]{1,4}$")
_NEARBY = 12  # characters behind a name within which its kind is said
_ASKS_NAMES = re.compile(
    r"哪(?!里|儿|年)|[中里]的?第[一二三四五六七八九十\d]|名字|名称|名单|清单|叫(?:什么|啥)|具体(?:是|有)|分别是|都(?:叫|是|有)什么|which|list|names?\b"
)
_ASKS_MEMBERS = re.compile(
    r"(?:指的?是|指|是|有|包括|包含|分别|具体|都)(?:的是|指|是|有)?(?:什么|啥|哪)|哪(?:几|些|两|三|四|五|六|七|八|九|十|\d)|"
    r"what are|which (?:are|ones|two|three|four|five|six|seven|eight|nine|ten)|what do(?:es)? .* (?:stand|refer|mean)|list|name the"
)


def only_named(question: Question, pool: Pool) -> Draft | None:
    """Return a decline when the question asks for the members of a set that the documents only name."""
    if question.kind in _NOT_MEMBERS and not _MEANS.search(question.key):
        return None
    uncounted = only_counted(question, pool)
    if uncounted:
        return uncounted
    name = _set_name(question, pool)
    mentions = [s for s in pool.sentences if name and name in s.key]
    told = [s for s in mentions if f"“{name}" in s.key or pool.coverage(question.terms, s.scopes()) >= _TOLD]
    announced = _announced(question, told, name)
    if announced is not None:
        return announced
    if not mentions or any(_is_kind_of(s, name, question.focus) or _heads(s, name) for s in mentions):
        return None
    counted = _COUNT_OF_SET.match(name)
    count = question.count or (whole_number(counted.group(1)) if counted else None)
    listing = next((s for s in mentions if _lists_members(s, name, count)), None)
    if listing is not None:
        return _members(question, listing, name)
    note = define(question, name, tuple({s.document.id: s.document for s in mentions}.values()))
    if note is not None:
        return note
    sentence = mentions[0]
    evidence = Evidence(sentence.document, sentence.section, sentence.span)
    nearest = (phrasing.clipped(_clause_with(sentence, name), 80),)
    return Draft(
        "only_named", "", (evidence,), status=Status.NOT_FOUND, reason=Reason.ATTRIBUTE_NOT_STATED, nearest=nearest,
        confidence=0.0,
    )  # fmt: skip


def _announced(question: Question, mentions: list[Sentence], name: str) -> Draft | None:
    """Return the members that stand as items behind a sentence that names the set, as many as it counts."""
    counted = _COUNT_OF_SET.match(name)
    count = question.count or (whole_number(counted.group(1)) if counted else None)
    if not count or count < 2:
        return None
    for sentence in mentions:
        draft = announced_members(sentence, name, count)
        if draft is not None:
            return draft
    return None


def _set_name(question: Question, pool: Pool) -> str:
    """Return the set whose members the question asks for, as printed, or ""."""
    if not _ASKS_MEMBERS.search(question.key):
        return ""
    if question.language == "en":
        nouns = {alternative for one in question.terms for alternative in one.alternatives}
        nouns = {noun for noun in nouns if len(noun) > 1 and not noun.isascii()}
        if not question.count or not nouns:
            return ""
        counted = rf"(?:{NUMERALS[question.count : question.count + 1]}|{question.count})[个大项条类种家座所处名件]?[^,。;、]{{0,4}}?"
        printed = re.compile(f"{counted}(?:{'|'.join(map(re.escape, sorted(nouns)))})")
        return next((m.group() for s in pool.sentences if (m := printed.search(s.key))), "")
    key = question.key
    asked = [match for at in range(len(key)) if (match := _NAMED_SET.match(key, at))]
    names = [match.group(1) or match.group(2) for match in asked]
    # One may begin within what looks like another: 两高四着力中【四着力】指哪四个.
    return next((name for name in names if any(name in s.key for s in pool.sentences)), (names or [""])[0])


def _is_kind_of(sentence: Sentence, name: str, kind: str) -> bool:
    """Say whether a sentence says right behind a name what kind of thing it is: “50强50高”等创新龙头【企业】."""
    if len(kind) < 2:
        return False
    behind = sentence.key[sentence.key.index(name) + len(name) :]
    return kind in re.split(r"[,。;]", behind[: _NEARBY + len(kind)])[0]


def _heads(sentence: Sentence, name: str) -> bool:
    """Say whether a name is the heading that a sentence stands under, or the sentence itself begins with it."""
    return sentence.key.startswith(name) or any(
        name in fold(heading.of(sentence.document.text)) for heading in sentence.passage.headings
    )


def _members(question: Question, sentence: Sentence, name: str) -> Draft:
    """Return the clause that lists the members beside the name; the clause before it when that holds the list."""
    at = sentence.key.find(name) + sentence.span.start
    parts = [c.span for c in sentence.clauses]
    holding = next((n for n, span in enumerate(parts) if span.start <= at < span.end), 0)
    bracket = re.compile(r"[”’][（(][^（）()]{6,}[）)]").match(sentence.document.text, at + len(name))
    if bracket is not None:
        span = Span(sentence.document.text.rfind("“", 0, at) if at else at, bracket.end())
        text = phrasing.clipped(span.of(sentence.document.text), phrasing.LONGEST)
        proof = Evidence(sentence.document, sentence.section, sentence.span)
        return Draft("members", phrasing.quoted(question.language, text), (proof,))
    own = parts[holding].of(sentence.document.text)
    first = last = holding
    if not re.search(r"[、—]", own):
        following = parts[holding + 1].of(sentence.document.text) if holding + 1 < len(parts) else ""
        first, last = (holding, holding + 1) if "、" in following else (max(0, holding - 1), holding)
    span = Span(parts[first].start, parts[last].end)
    text = phrasing.clipped(span.of(sentence.document.text).strip(), phrasing.LONGEST)
    proof = Evidence(sentence.document, sentence.section, sentence.span)
    return Draft("members", phrasing.quoted(question.language, text), (proof,))


def only_counted(question: Question, pool: Pool) -> Draft | None:
    """Return a decline when the question asks for the members of what the documents only count: 143项重大科技项目."""
    number = _COUNTED_THINGS.search(question.key)
    if not number or not _ASKS_NAMES.search(question.key):
        return None
    mentions = [s for s in pool.sentences if number.group() in s.key]
    near = [s for s in mentions if pool.coverage(question.terms, s.scopes()) >= 0.5]
    announced = _announced(question, near, number.group())
    if announced is not None:
        return announced
    if not near or any(_may_list(s, number.group()) for s in near):
        return None
    sentence = near[0]
    return Draft(
        "only_counted", "", (Evidence(sentence.document, sentence.section, sentence.span),), status=Status.NOT_FOUND,
        reason=Reason.ATTRIBUTE_NOT_STATED, nearest=(phrasing.clipped(sentence.text.strip(), 80),), confidence=0.0,
    )  # fmt: skip


def _may_list(sentence: Sentence, counted: str) -> bool:
    """Say whether a sentence that counts things may list them as well: before their number, or somewhere at length."""
    number = int(re.sub(r"\D", "", counted))
    before = re.split(r"[,;。:!?]", sentence.key[: sentence.key.index(counted)])[-1]
    parts = re.split(r"[,;。:!?]", sentence.key)
    holding = next((at for at, part in enumerate(parts) if counted in part), 0)
    marks = "".join(parts[max(0, holding - 1) : holding + 2]).count("、")
    return (marks >= 2 and marks >= min(number, 4) - 1) or ("、" in before and _counted(before, number))


def _lists_members(sentence: Sentence, name: str, count: int | None) -> bool:
    """Say whether members stand beside the name: A、B、C“三同步”, “三同步”即A、B、C, 包括A、B和C."""
    key = sentence.key
    for at in (match.start() for match in re.finditer(re.escape(name), key)):
        parts = re.split(r"[,;。:!?]", key[:at])
        before = parts[-1]
        if re.fullmatch(r"(?:这|以上|上述|即|共)?", before) and len(parts) > 1:
            before = parts[-2]
        after = key[at + len(name) :]
        if (
            re.search(r"“[^”]*[—\-、][^”]*[—\-、]?[^”]*”$", before)
            or _counted(before, count)
            or re.match(r"[”’]\([^()]{6,}\)", after)
            or re.match(r"[”’]?(?:,)?(?:是|即|指|为|包括|:|,即|分别是|分别为|\()[^。;]*、", after)
        ):
            return True
    return False


def _counted(before: str, count: int | None) -> bool:
    """Say whether a 、-list of (count) members ends right before the name."""
    quoted = re.search(r"(?:[“‘][^”’]+[”’][、和与及]?)+等?$", before)
    if quoted and count is not None and len(re.findall(r"[“‘]", quoted.group())) == count:
        return True
    without_quoted_sets = re.sub(r"“[^”]*”", "Q", before)
    *others, last = without_quoted_sets.split("、")
    if others and all(_ONE_OF_SETS.search(one) for one in others) and not _ONE_OF_SETS.search(last):
        return False  # one named set after another: 打好“五场硬仗”、做好“十件实事”
    members = without_quoted_sets.count("、") + 1
    if members < 2 or count is None:
        return members >= 2
    joined = members + len(
        re.findall(r"(?<=[\u4e00-\u9fff])(?:和|与|及)(?=[\u4e00-\u9fff])", without_quoted_sets)
    )
    return members >= count or joined == count or joined + len(_OR.findall(without_quoted_sets)) == count


def _clause_with(sentence: Sentence, name: str) -> str:
    for clause in sentence.clauses:
        if name in clause.key:
            return clause.span.of(sentence.document.text)
    return sentence.text


def lists_fewer(question: Question, sentence: Sentence) -> bool:
    """Say whether the question asks for a number of things, and neither a sentence nor its paragraph lists so many."""
    if not question.count or question.count < _LEAST_COUNTED:
        return False
    clauses = re.split(r"[,:]", sentence.key)
    listed = 1 + max(len(_BETWEEN_MEMBERS.findall(clause)) for clause in clauses)
    listed = max(listed, len(clauses) if question.count <= _CLAUSES else 0, len(sentence.key.split(";")))
    paragraph = fold(sentence.passage.indexed_text)
    items = max((NUMERALS.index(m.group(1)) for m in ITEM.finditer(paragraph)), default=0)
    return max(listed, items) < question.count
