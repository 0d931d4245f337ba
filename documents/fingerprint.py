"""Which reading a document had: a fingerprint of the code and the word lists that read documents.

It is made of the files of this package, so nobody has to remember to raise a version. A changed comment changes it
too: documents are rather read once too often than left with figures that an earlier version read wrongly.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_READ_WITH = (".py", ".pyc", ".tsv", ".txt", ".json")
_LEFT_OUT = frozenset({"samples", "__pycache__"})


def fingerprint_of(package: Path) -> str:
    """Return 16 hexadecimal digits that stand for the code and data below `package`, samples left out."""
    digest = hashlib.sha256()
    for folder, inner, names in os.walk(package):  # pathlib takes four times as long, at every start
        inner[:] = sorted(set(inner) - _LEFT_OUT)
        for name in sorted(names):
            if name.endswith(_READ_WITH):
                data = Path(folder, name).read_bytes().replace(b"\r\n", b"\n")  # the same on every system
                place = os.path.relpath(folder, package).replace(os.sep, "/")
                digest.update(f"{place}/{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()[:16]


# Of the files as they are when a process starts: what replaces them later is not what reads in this process.
READING = fingerprint_of(Path(__file__).parent)
