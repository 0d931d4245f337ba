"""What bytes are, told by the bytes themselves: a suffix is a claim, the magic bytes are the fact."""

from __future__ import annotations

import io
import zipfile

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ", "a Windows program"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF media file"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"\xca\xfe\xba\xbe", "a compiled program"),
)
_ASCII_MAGIC = frozenset({b"MZ", b"BM", b"BZh", b"ID3", b"RIFF", b"GIF8", b"OggS", b"Rar!", b"PAR1"})
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")


def sniff(data: bytes) -> str | None:
    """Return in words what `data` is when that is no plain text ("a PDF document"), else None."""
    for magic, name in _MAGIC:
        if data.startswith(magic) and (magic not in _ASCII_MAGIC or _looks_binary(data)):
            return name
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data)
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        return "an XML file" if start.startswith(b"<?xml") and b"<html" not in start else "a web page (HTML)"
    if _looks_binary(data) and not _looks_utf16(data):
        return "binary data"
    return None


def _looks_binary(data: bytes) -> bool:
    """Say whether control bytes that no text encoding prints make up a noticeable share."""
    head = data[:65536]
    controls = sum(head.count(bytes([code])) for code in [*range(9), *range(14, 27), 28, 29, 30, 31, 127])
    return controls > len(head) // 50


def _looks_utf16(data: bytes) -> bool:
    """Say whether `data` has the mark of UTF-16, or newlines and ASCII as UTF-16 writes them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if len(data) % 2:
        return False
    head = data[:65536]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, errors="replace")
        good = sum(character.isprintable() or character in "\r\n\t" for character in text)
        known = sum("\u4e00" <= character <= "\u9fff" or " " <= character <= "~" for character in text)
        if good > 0.98 * len(text) and known > 0.6 * len(text):
            return True
    return False


def _zip_kind(data: bytes) -> str:
    """Name the kind of zip file by the entries that its format prescribes."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "a damaged zip archive"
    for entry, name in (
        ("word/", "a Word document (.docx)"),
        ("xl/", "an Excel workbook (.xlsx)"),
        ("ppt/", "a PowerPoint file (.pptx)"),
        ("OFD.xml", "an OFD document"),
        ("content.xml", "an OpenDocument file"),
    ):
        if any(found.startswith(entry) for found in names):
            return name
    return "a zip archive"


def _ole_kind(data: bytes) -> str:
    """Name the kind of OLE compound file by the names of its streams (UTF-16 in the directory)."""
    for stream, name in (
        ("WordDocument", "a Word 97–2003 or WPS document (.doc, .wps)"),
        ("Workbook", "an Excel 97–2003 or WPS table (.xls, .et)"),
        ("PowerPoint Document", "a PowerPoint 97–2003 file (.ppt)"),
    ):
        if stream.encode("utf-16-le") in data:
            return name
    return "an old Office file (OLE)"
