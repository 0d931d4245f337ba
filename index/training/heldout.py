"""What is never trained on: text that overlaps with the evaluation sets, and the two sets held out.

Two measures come from the training text itself, so their rows are left out by rule: the 2025 broadcasts
(headline → body) and a tenth of the work reports (sentence → section). Text equal to an evaluation text is
dropped by content.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.training.sources import Row

HELD_OUT_YEAR = "2025"
_WINDOW = 24  # characters: long enough that only copied text shares one, short enough to catch a cut copy
_MINIMUM = 10  # shorter questions are said by anyone


def is_held_out_broadcast(row: Row) -> bool:
    """Say whether a broadcast belongs to the measure headline → body."""
    return row["date"].startswith(HELD_OUT_YEAR)


def is_held_out_report(row: Row) -> bool:
    """Say whether a work report belongs to the measure sentence → section: a tenth, by its checksum."""
    return zlib.crc32(row["title"].encode()) % 10 == 0


class EvaluationText:
    """Recognises text of the evaluation sets: whole questions, and any 24 characters of a passage."""

    def __init__(self, questions: Iterable[str], passages: Iterable[str]) -> None:
        self._questions = {key for key in map(_key, questions) if len(key) >= _MINIMUM}
        self._windows = {key[at : at + _WINDOW] for key in map(_key, passages) for at in _places(key, 1)}

    @classmethod
    def load(cls, folder: Path, seed: Path | None = None) -> EvaluationText:
        """Read every .jsonl of `folder`, and the seed page; raises FileNotFoundError when there is no set."""
        files = sorted(folder.glob("*.jsonl"))
        if not files:
            raise FileNotFoundError(f"no evaluation sets in {folder}: without them overlap cannot be checked")
        rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        questions = [
            str(row[key])
            for row in rows
            for key in ("q", "question", "question_zh", "question_en")
            if key in row
        ]
        passages = {str(row["context"]) for row in rows if "context" in row}
        if seed is not None and seed.is_file():
            passages.add(seed.read_text(encoding="utf-8"))
        return cls(questions, passages)

    def overlaps(self, text: str) -> bool:
        """Say whether `text` is an evaluation question or shares 24 characters in a row with a passage."""
        key = _key(text)
        return key in self._questions or any(
            key[at : at + _WINDOW] in self._windows for at in _places(key, _WINDOW // 2)
        )


def _places(key: str, step: int) -> Iterator[int]:
    """Yield the starts of windows; with steps of half a window, copies under 36 characters may be missed."""
    yield from range(0, len(key) - _WINDOW + 1, step)


def _key(text: str) -> str:
    """Fold width, case and white space; punctuation stays: a copy keeps it, and folding it costs minutes."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
