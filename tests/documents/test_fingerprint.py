"""The fingerprint of a reading changes with whatever reads, and with nothing else."""

from pathlib import Path

import pytest

import documents
from documents.fingerprint import READING, fingerprint_of


@pytest.fixture
def package(tmp_path):
    for name, text in {
        "reading.py": "def read(): ...\n",
        "readers/text.py": "SUFFIX = '.txt'\n",
        "words.tsv": "河南\t郑州\n",
        "samples/plan.txt": "计划\n",
        "__pycache__/reading.cpython-311.pyc": "?",
        "notes.swp": "?",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "reading.py").write_text("def read(): return 1\n"),
        lambda folder: (folder / "readers/text.py").write_text("SUFFIX = '.text'\n"),
        lambda folder: (folder / "words.tsv").write_text("河南\t洛阳\n", "utf-8"),
        lambda folder: (folder / "tables.py").write_text(""),
        lambda folder: (folder / "words.tsv").unlink(),
        lambda folder: (folder / "reading.py").rename(folder / "read.py"),
        lambda folder: (folder / "reading.py").rename(folder / "readers/reading.py"),
    ],
    ids=["code", "reader", "words", "new file", "no file", "name", "folder"],
)
def test_it_changes_with_code_and_words(package, change):
    before = fingerprint_of(package)
    change(package)
    assert fingerprint_of(package) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "samples/plan.txt").write_text("另一计划\n", "utf-8"),
        lambda folder: (folder / "__pycache__/reading.cpython-311.pyc").write_text("!"),
        lambda folder: (folder / "notes.swp").unlink(),
        lambda folder: (folder / "reading.py").write_bytes(b"def read(): ...\r\n"),
        lambda folder: (folder / "reading.py").touch(),
    ],
    ids=["sample", "compiled", "other file", "line ends", "time"],
)
def test_nothing_else_changes_it(package, change):
    before = fingerprint_of(package)
    change(package)
    assert fingerprint_of(package) == before


def test_the_reading_is_that_of_this_package():
    folder = Path(documents.__file__).parent
    assert fingerprint_of(folder) == READING
    assert len(READING) == 16
    assert {
        path.suffix for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    } <= {
        ".py",
        ".tsv",
        ".txt",
        ".json",
        ".md",
    }, "a new kind of file must be part of the fingerprint"
