"""Public question sets as cases over their own documents: SQuAD-shaped files, RGB, CRUD-RAG.

XQuAD, CMRC 2018 and DRCD are SQuAD-shaped, as one JSON document or one row a line. Each set becomes
documents (its paragraphs) and cases whose evidence is the answer with what stands around it, so that
everything that is measured on our own sets is measured on them too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.model import Behavior, Case
from assistant.evaluation.verdicts import fold, without_space

_AROUND = 12  # characters of evidence on both sides of an answer, enough to find its place again
_CLAUSE_END = re.compile(r"[,;:!?，。；：！？、\n]|\.(?!\d)")

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Documents by name, the cases about them, and which document answers which case, where it is told."""

    name: str
    documents: dict[str, str]
    cases: tuple[Case, ...]
    sources: dict[str, str]


def read_public_set(path: Path, *, reject: bool = False) -> PublicSet | None:
    """Return the set in a JSON or JSONL file of a known shape, or None for a file of another shape.

    With `reject`, the passages that hold an RGB question's answer are left out, so that every question must
    be declined (its “negative rejection”). Raises `CaseFileError` for a known shape that is broken.
    """
    if path.suffix.lower() not in (".json", ".jsonl") or not path.is_file():
        return None
    rows = _rows(path)
    first = rows[0] if rows else {}
    if "positive" in first and "query" in first:
        return _rgb(path, rows, reject=reject)
    if any(str(key).startswith("questanswer_") for key in first):
        return _crud(path, first)
    if "data" in first or "context_text" in first or "context" in first or "paragraphs" in first:
        return _squad(path, rows)
    return None


def _rows(path: Path) -> list[Row]:
    """Read a JSON document, a list of them, or one a line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path} is not UTF-8 text ({error.reason}). Save it as UTF-8.") from error
    try:
        value = json.loads(text)
    except ValueError:
        return [row for line in text.splitlines() if isinstance(row := _value(line), dict)]
    values = value if isinstance(value, list) else [value]
    return [row for row in values if isinstance(row, dict)]


def _value(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


class _Collector:
    """Gathers paragraphs and cases; a paragraph that comes again is the same document."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents: dict[str, str] = {}
        self.cases: list[Case] = []
        self.seen: set[str] = set()
        self.sources: dict[str, str] = {}

    def document(self, text: str) -> str:
        """Keep a paragraph and return its name; an empty one is left out."""
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        if text.strip():
            self.documents.setdefault(name, text)
        return name

    def case(self, case: Case, source: str | None = None) -> None:
        """Keep a case under an id that is its own: some sets ask the same id twice."""
        case_id, number = case.id, 1
        while case_id in self.seen:
            number += 1
            case_id = f"{case.id}-{number}"
        self.seen.add(case_id)
        if source is not None:
            self.sources[case_id] = source
        self.cases.append(
            Case(
                id=case_id,
                question=case.question,
                behavior=case.behavior,
                expected=case.expected,
                must_include=case.must_include,
                cite=case.cite,
                answerable=case.answerable,
                type=case.type,
                language=case.language,
                group=case.group,
                line=len(self.cases) + 1,
            )
        )

    def finished(self) -> PublicSet:
        if not self.cases:
            raise CaseFileError(f"{self.path} has the shape of a public set but holds no question. Check it.")
        return PublicSet(self.path.stem, self.documents, tuple(self.cases), self.sources)


def _squad(path: Path, rows: Iterable[Row]) -> PublicSet:
    collector = _Collector(path)
    for context, question in _squad_questions(rows):
        source = collector.document(context)
        for case in _squad_cases(context, question):
            collector.case(case, source)
    return collector.finished()


def _squad_questions(rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Yield (paragraph, question) from SQuAD's nesting, CMRC's older one, and flat rows."""
    for row in rows:
        for article in _list(row.get("data")):
            yield from _squad_questions([article])
        for paragraph in _list(row.get("paragraphs")):
            for question in _list(paragraph.get("qas")):
                yield _text(paragraph, "context"), question
        if "context_text" in row:
            for question in _list(row.get("qas")):
                yield _text(row, "context_text"), question
        elif isinstance(row.get("context"), str) and "qas" not in row:
            yield _text(row, "context"), row


def _squad_cases(context: str, question: Row) -> Iterator[Case]:
    answers = _answers(question)
    case_id = _text(question, "id", "query_id") or hashlib.sha256(context.encode()).hexdigest()[:8]
    asked = {
        "zh": _text(question, "question", "question_zh", "q", "query_text"),
        "en": _text(question, "question_en"),
    }
    texts = tuple(dict.fromkeys(text for text, _ in answers if fold(text)))
    for language, words in asked.items():
        if not words:
            continue
        yield Case(
            id=case_id if language == "zh" else f"{case_id}-{language}",
            question=words,
            behavior=Behavior.ANSWER if texts else Behavior.ABSTAIN,
            expected=texts,
            must_include=(texts,) if texts else (),
            cite=tuple(_evidence(context, text, start) for text, start in answers[:1]),
            answerable=bool(texts),
            type="span" if texts else "unanswerable",
            language=language if language == "en" or not words.isascii() else "en",
            group=case_id if asked["zh"] and asked["en"] else None,
        )


def _answers(question: Row) -> list[tuple[str, int | None]]:
    """Return (answer, where it starts) from SQuAD's objects, the datasets' columns or plain texts."""
    answers = question.get("answers")
    if question.get("is_impossible") is True:
        return []
    if isinstance(answers, dict):
        starts = answers.get("answer_start")
        texts = [text for text in answers.get("text", []) if isinstance(text, str)]
    else:
        starts = question.get("answer_start")
        texts = [text for text in (answers if isinstance(answers, list) else []) if isinstance(text, str)]
        objects = [answer for answer in _list(answers) if isinstance(answer.get("text"), str)]
        if objects:
            return [(str(answer["text"]), _offset(answer.get("answer_start"))) for answer in objects]
    places = starts if isinstance(starts, list) else []
    return [(text, _offset(places[i]) if i < len(places) else None) for i, text in enumerate(texts)]


def _offset(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _evidence(context: str, answer: str, start: int | None) -> str:
    """Return the answer with what stands around it in its own clause, where it stands in the paragraph."""
    if start is None or context[start : start + len(answer)] != answer:
        start = context.find(answer)
    if start < 0:
        return without_space(answer)
    end = start + len(answer)
    before = _CLAUSE_END.split(context[max(0, start - _AROUND) : start])[-1]
    after = _CLAUSE_END.split(context[end : end + _AROUND])[0]
    return without_space(before + answer + after)


def _rgb(path: Path, rows: Iterable[Row], *, reject: bool) -> PublicSet:
    """Read RGB (Chen et al. 2023, arXiv:2309.01431): all questions share one index of all passages."""
    collector = _Collector(path)
    for row in rows:
        passages = [*_flat(row.get("negative")), *([] if reject else _flat(row.get("positive")))]
        for passage in passages:
            collector.document(passage)
        answers = row.get("answer")
        groups = [tuple(_flat(answer)) for answer in (answers if isinstance(answers, list) else [answers])]
        groups = [tuple(text for text in group if fold(text)) for group in groups]
        must_include = () if reject else tuple(group for group in groups if group)
        question = _text(row, "query")
        collector.case(
            Case(
                id=f"rgb-{row.get('id')}",
                question=question,
                behavior=Behavior.ANSWER if must_include else Behavior.ABSTAIN,
                expected=tuple(text for group in must_include for text in group),
                must_include=must_include,
                answerable=bool(must_include),
                type="rgb" if must_include else "rgb-reject",
                language="en" if question.isascii() else "zh",
            )
        )
    return collector.finished()


def _crud(path: Path, tasks: Row) -> PublicSet:
    """Read CRUD-RAG's question answering (Lyu et al. 2024, arXiv:2401.17043); look at its token F1."""
    collector = _Collector(path)
    for task, rows in tasks.items():
        for row in _list(rows) if task.startswith("questanswer_") else []:
            for name in ("news1", "news2", "news3"):
                collector.document(_text(row, name))
            answer = _text(row, "answers", "answer")
            if not fold(answer):
                continue
            collector.case(
                Case(
                    id=f"{task}-{_text(row, 'ID', 'id') or len(collector.cases)}",
                    question=_text(row, "questions", "question"),
                    behavior=Behavior.ANSWER,
                    expected=(answer,),
                    must_include=((answer,),),
                    type=task,
                )
            )
    return collector.finished()


def _list(value: object) -> list[Row]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _flat(value: object) -> list[str]:
    """Return the texts of a text, a list or a list of lists."""
    if isinstance(value, str):
        return [value]
    return [text for item in value for text in _flat(item)] if isinstance(value, list) else []


def _text(row: Row, *names: str) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""
