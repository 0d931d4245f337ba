"""Whether a row is a case: each field's shape, and whether the fields agree with each other.

`check_case` never raises: it returns the case, or what is wrong with the line and what to write instead.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.evaluation.model import Behavior, Case
from assistant.evaluation.verdicts import fold, without_space
from assistant.model import Reason, Turn

FIELDS = (
    "id",
    "question",
    "history",
    "expected",
    "must_include",
    "must_not_include",
    "qualifiers",
    "cite",
    "near_cite",
    "answerable",
    "expected_behavior",
    "type",
    "lang",
    "group",
    "reason",
    "as_of",
    "note",
    "article",
    "cite_mode",
    "draft",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a file, and what to do about it."""

    line: int
    text: str


class _Fields:
    """Reads the fields of one row and collects what is wrong with them."""

    def __init__(self, row: Mapping[str, object], line: int) -> None:
        self.row = row
        self.line = line
        self.problems: list[Problem] = []

    def blame(self, text: str) -> None:
        self.problems.append(Problem(self.line, text))

    def text(self, name: str, default: str | None = None) -> str | None:
        value = self.row.get(name)
        if value is None:
            return default
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.blame(f"{name} is {value!r}. Write it as text, or leave it out.")
        return default

    def texts(self, name: str, change: Callable[[str], str] = str.strip) -> tuple[str, ...]:
        value = self.row.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.blame(f'{name} is no list. Write ["…", "…"].')
            return ()
        if not all(isinstance(item, str) and fold(item) for item in value):
            self.blame(f"{name} holds something empty or no text. Every entry must say something.")
            return ()
        return tuple(change(item) for item in value)

    def groups(self, name: str) -> tuple[tuple[str, ...], ...] | None:
        value = self.row.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(group, list) and group for group in value):
            self.blame(f'{name} is no list of lists. Write [["2000亿元", "2000亿"], ["突破"]]: one of each.')
            return ()
        if not all(isinstance(item, str) and fold(item) for group in value for item in group):
            self.blame(f"{name} holds something empty or no text. Every alternative must say something.")
            return ()
        return tuple(tuple(item for item in group) for group in value)


def check_case(row: Mapping[str, object], line: int) -> tuple[Case | None, list[Problem]]:
    """Return the case that `row` holds, or None and what is wrong with it. `line` is named in problems."""
    fields = _Fields(row, line)
    _check_names(fields)
    if row.get("draft"):
        fields.blame("is a draft from feedback. Check it, add cite, and remove draft.")
    case_id, question = fields.text("id"), fields.text("question")
    if case_id is None and row.get("id") is None:
        fields.blame("has no id. Give every case its own.")
    if question is None and row.get("question") is None:
        fields.blame("has no question. Write what is asked.")
    behavior, answerable = _behavior(fields)
    expected = fields.texts("expected")
    stated = fields.groups("must_include")
    must_include = stated if stated is not None else ((expected,) if expected else ())
    case = Case(
        id=case_id or "",
        question=question or "",
        behavior=behavior,
        history=_history(fields),
        expected=expected,
        must_include=must_include,
        must_not_include=fields.texts("must_not_include"),
        qualifiers=fields.texts("qualifiers"),
        cite=fields.texts("cite", without_space),
        near_cite=fields.texts("near_cite", without_space),
        answerable=answerable,
        type=fields.text("type", "other") or "other",
        language=fields.text("lang", "zh") or "zh",
        group=fields.text("group"),
        reason=_reason(fields),
        as_of=fields.text("as_of"),
        line=line,
    )
    _check_agreement(fields, case)
    return (None, fields.problems) if fields.problems else (case, [])


def _check_names(fields: _Fields) -> None:
    """Blame a name that is nearly a known one; other extra fields are their owner's business."""
    for name in fields.row:
        near = difflib.get_close_matches(name, FIELDS, n=1, cutoff=0.8)
        if name not in FIELDS and near:
            fields.blame(f"has a field {name!r}. Did you mean {near[0]!r}?")


def _behavior(fields: _Fields) -> tuple[Behavior, bool]:
    answerable = fields.row.get("answerable")
    if answerable is not None and not isinstance(answerable, bool):
        fields.blame(f"answerable is {answerable!r}. Write true or false.")
        answerable = None
    value = fields.text("expected_behavior")
    if value is None:
        chosen = Behavior.ABSTAIN if answerable is False else Behavior.ANSWER
        return chosen, chosen is Behavior.ANSWER
    try:
        behavior = Behavior(value)
    except ValueError:
        fields.blame(f"expected_behavior is {value!r}. Write one of {', '.join(Behavior)}.")
        return Behavior.ANSWER, True
    if answerable is None:
        answerable = behavior is Behavior.ANSWER
    if answerable is not (behavior is Behavior.ANSWER) and behavior in (Behavior.ANSWER, Behavior.ABSTAIN):
        fields.blame(
            f"answerable is {str(answerable).lower()} but expected_behavior is {value!r}. "
            "Answer goes with true, abstain with false; change one of the two."
        )
    return behavior, answerable


def _history(fields: _Fields) -> tuple[Turn, ...]:
    value = fields.row.get("history")
    if value is None:
        return ()
    turns = []
    for turn in value if isinstance(value, list) else [None]:
        question = turn.get("question") if isinstance(turn, dict) else None
        answer = turn.get("answer") if isinstance(turn, dict) else None
        if not isinstance(question, str) or not isinstance(answer, str):
            fields.blame('history is no list of turns. Write [{"question": "…", "answer": "…"}].')
            return ()
        turns.append(Turn(question, answer))
    return tuple(turns)


def _reason(fields: _Fields) -> Reason | None:
    value = fields.text("reason")
    if value is None:
        return None
    try:
        return Reason(value)
    except ValueError:
        fields.blame(f"reason is {value!r}. Write one of {', '.join(Reason)}, or leave it out.")
        return None


def _check_agreement(fields: _Fields, case: Case) -> None:
    """Blame what no answer could satisfy: such a case would count against every assistant for ever."""
    if case.behavior is Behavior.ANSWER and not case.must_include:
        fields.blame("expects an answer but says none. Add must_include or expected.")
    forbidden = [fold(words) for words in case.must_not_include]
    for group in case.must_include:
        if all(any(words in fold(alternative) for words in forbidden) for alternative in group):
            fields.blame(f"must_not_include forbids all of {list(group)}. Change one of the two.")
