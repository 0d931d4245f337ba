"""Rosters: lines of names with their posts below a label (组长:…, 成员:…), as notices that set up a group print them.

A line is an entry when it is a name apart from a post, or a post apart from a name, and nothing else; a label holds for
the entries below it until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers.drafts import Draft, Evidence
from assistant.answers.evidence import Pool, Sentence
from assistant.answers.phrasing import LONGEST_LIST, clipped
from assistant.answers.support import SAID
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.terms import Term, grams
from documents.folding import fold
from documents.model import Span
from documents.people import is_name
from documents.sentences import line_of

_GAP = r"[ \t\u3000]"
_LABEL = re.compile(
    rf"{_GAP}*(?P<label>(?:第一|常务)?{_GAP}*副?{_GAP}*总?{_GAP}*"
    rf"(?:组{_GAP}*长|主{_GAP}*任|成{_GAP}*员|委{_GAP}*员|指{_GAP}*挥{_GAP}*长?|召集人|会{_GAP}*长|主{_GAP}*席|秘书长|顾{_GAP}*问|联络员)"
    rf"(?:单位)?){_GAP}*:{_GAP}*"
)
_NAME = rf"[\u4e00-\u9fff](?:{_GAP}{{0,2}}[\u4e00-\u9fff]){{1,3}}?"
_NAME_FIRST = re.compile(
    rf"{_GAP}*(?P<name>{_NAME})(?:{_GAP}+|(?P<open>[(]))(?P<post>[^()。:]{{2,40}}?)[)]?{_GAP}*"
)
_POST_FIRST = re.compile(rf"{_GAP}*(?P<post>[^()。:\s]{{3,40}}){_GAP}+(?P<name>{_NAME}){_GAP}*")
_A_POST = re.compile(r"(?:长|书记|主任|主席|委员|经理|总监|员|师|教授|负责人|干部|董事|司令|政委)$")
_SET_APART = re.compile(r"[ \t\u3000]{2}|\t|\u3000|[(]")  # what stands so beside a name in a roster is a post
_ASKED = re.compile(
    r"(?P<label>(?:第一|常务)?副?总?(?:组长|成员(?!单位)|召集人|总?指挥(?!部|中心|所)长?|联络员|顾问)|组成人员|(?:人员|成员)?名单|组成(?=[?]?$))"
)
_EVERYBODY = re.compile("组成|名单")
_ASKS_NOT_WHO = re.compile("为什么|为何|为啥|怎么|如何|多少|职责|任务")
_HOLDS = re.compile("担任|兼任|组成|出任")
_SPACES = re.compile(r"\s+")
_MOST_LINES = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a roster: the label above, name and post as printed, and the line."""

    label: str
    name: str
    post: str
    span: Span


def rosters(pool: Pool) -> Iterator[tuple[Sentence, tuple[Entry, ...]]]:
    """Return each roster of the found documents, with the first found sentence that stands in it."""
    seen: dict[str, int] = {}
    for sentence in sorted(pool.sentences, key=lambda one: (one.document.id, one.span.start)):
        if sentence.span.start < seen.get(sentence.document.id, -1) or not _LABEL.match(_line(sentence)):
            continue
        entries = tuple(
            _entries(sentence.document.text, line_of(sentence.document.text, sentence.span).start)
        )
        if len(entries) > 1:
            seen[sentence.document.id] = entries[-1].span.end
            yield sentence, entries


def answer_roster(question: Question, pool: Pool) -> Draft | None:
    """Return who stands under the label of a roster that the question asks for, all of them; None for other questions."""
    asked = _ASKED.search(question.key)
    if (
        asked is None
        or _ASKS_NOT_WHO.search(question.key)
        or question.kind not in {Kind.PERSON, Kind.LIST, Kind.WHAT, Kind.IDENTITY}
    ):
        return None
    label = asked["label"]
    best: tuple[float, Sentence, list[Entry]] | None = None
    for sentence, entries in rosters(pool):
        meant = [one for one in entries if _EVERYBODY.search(label) or one.label == label]
        about = [(1.0, grams(f"{fold(sentence.document.title)},{label}")), (0.9, sentence.passage_grams)]
        about.append((0.9, sentence.article_grams))
        named = all(pool.support(one, about) >= SAID for one in question.terms if _must_be_said(one))
        coverage = pool.coverage(question.terms, about)
        if meant and named and (best is None or coverage > best[0]):
            best = (coverage, sentence, meant)
    if best is None:
        return None
    coverage, sentence, meant = best
    text = "、".join(f"{one.name}({one.post})" for one in meant)
    proofs = tuple(Evidence(sentence.document, sentence.section, one.span) for one in meant)
    return Draft("roster", f"{clipped(text, LONGEST_LIST)}。", proofs, confidence=min(coverage, 1.0))


def _must_be_said(one: Term) -> bool:
    return one.is_content and not one.optional and _HOLDS.fullmatch(one.text) is None


def _line(sentence: Sentence) -> str:
    return fold(line_of(sentence.document.text, sentence.span).of(sentence.document.text))


def _entries(text: str, start: int) -> Iterator[Entry]:
    """Return the entries of the lines from an offset on, up to the first line that is none."""
    label = ""
    for _ in range(_MOST_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        key = fold(line)
        found = _LABEL.match(key)
        if found is not None:
            label = _SPACES.sub("", found["label"])
        entry = _entry(line, key, found.end() if found else 0)
        if entry is not None:
            at = len(line) - len(line.lstrip())
            yield Entry(label, *entry, Span(start + at, start + len(line.rstrip())))
        elif key.strip() and found is None:
            return
        if end >= len(text):
            return
        start = end + 1


def _entry(line: str, key: str, at: int) -> tuple[str, str] | None:
    """Return name and post that a line prints from an offset on, or None."""
    for shape in (_NAME_FIRST, _POST_FIRST):
        found = shape.fullmatch(key, at)
        if found is None:
            continue
        name = _SPACES.sub("", found["name"])
        post = Span(*found.span("post")).of(line).strip()
        first, second = sorted((found.span("name"), found.span("post")))
        set_apart = _SET_APART.search(key[first[1] : second[0]]) is not None
        if is_name(name) and (set_apart or _A_POST.search(post)) and not is_name(post):
            return name, post
    return None
