"""What people thought of answers, kept for the evaluation: one JSON line each, beside the index.

The page and the API write through `add_feedback`; the evaluation turns what `read_feedback` gives into draft
cases. This module judges nothing and shows nothing to users: feedback is for those who run the assistant.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import FeedbackError

_LINE_BYTES = 64_000  # one write of a line this long is not torn by another writer's


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thumb up or down, with what was asked and answered, and what would have been right."""

    question: str
    verdict: str  # "up" or "down"
    answer: str = ""
    reason: str | None = None  # why, in the person's words or one of the page's choices
    correction: str | None = None  # what the answer should have been
    citations: tuple[str, ...] = ()  # quotes that were shown
    given_at: str = ""  # ISO 8601 in UTC, filled in by `add_feedback`
    given_by: str | None = None  # id of the key or subject of the login, None on a machine without keys


def add_feedback(path: Path, feedback: Feedback) -> None:
    """Append `feedback` to the file at `path`, which is made when missing. Raises `FeedbackError`."""
    if feedback.verdict not in ("up", "down"):
        raise FeedbackError(f"The verdict is {feedback.verdict!r}. Give up or down.")
    if not feedback.question.strip():
        raise FeedbackError("The feedback names no question. Give the question that was asked.")
    stored = asdict(feedback)
    stored["given_at"] = feedback.given_at or datetime.now(UTC).isoformat(timespec="seconds")
    line = (json.dumps(stored, ensure_ascii=False) + "\n").encode()
    if len(line) > _LINE_BYTES:
        raise FeedbackError(f"The feedback has {len(line)} bytes, over {_LINE_BYTES}. Shorten it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise FeedbackError(f"The feedback cannot be kept in {path} ({error}). Make it writable.") from error


def read_feedback(path: Path) -> Iterator[Feedback]:
    """Yield the feedback in `path`, oldest first; nothing for a missing file. Raises `FeedbackError`."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                fields = json.loads(line)
                yield Feedback(**{**fields, "citations": tuple(fields.get("citations", ()))})
            except (ValueError, TypeError, AttributeError) as error:
                raise FeedbackError(
                    f"Line {number} of {path} is no feedback ({error}). Remove it."
                ) from error
