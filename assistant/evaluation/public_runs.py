"""Public sets need their own documents: they are put into an index that lasts as long as the run."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.errors import EvaluationError

Build = Callable[[Path], Assistant]

_UNSAFE = re.compile(r"[^\w.-]+")


@contextmanager
def indexed(documents: Mapping[str, str], build: Build) -> Iterator[tuple[Assistant, dict[str, str]]]:
    """Give an assistant over `documents` (text by name), and which id of the index is which name.

    `build` opens an assistant on an empty index folder; folder and index are gone afterwards. Raises
    `EvaluationError` when a document cannot be indexed.
    """
    with tempfile.TemporaryDirectory(prefix="assistant-evaluate-") as folder:
        texts = Path(folder) / "documents"
        texts.mkdir()
        names = {}
        for number, (name, text) in enumerate(documents.items()):
            path = texts / f"{number:06d}-{_UNSAFE.sub('_', name)[:60]}.txt"
            path.write_text(text, encoding="utf-8")
            names[path] = name
        assistant = build(Path(folder) / "index")
        ids = {}
        for report in assistant.add(sorted(names)):
            if report.document_id is None:
                raise EvaluationError(f"{names[Path(report.path)]}: {report.error} Take it out of the set.")
            ids[report.document_id] = names[Path(report.path)]
        yield assistant, ids
