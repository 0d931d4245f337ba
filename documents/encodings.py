"""Bytes into text: UTF-8, UTF-16, GB18030 and Big5, told apart the same way every time.

A file of a few Chinese words is too short for statistical detectors, but not for this order: a byte order
mark settles it, UTF-8 has a structure that other encodings do not form by accident, and of what is left
the reading with the most everyday characters wins.
"""

from __future__ import annotations

import codecs
import re

from documents.errors import EncodingError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_LEAST_PLAUSIBLE = 0.7
_SAMPLE = 20_000  # characters that are looked at; enough to tell encodings apart
_PRINTED = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％□○●■◆★→―－～　")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    Raises `EncodingError` when no encoding that is read gives plausible Chinese or English.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], name), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        utf8_error = error
    readings = []
    for rank, name in enumerate(("gb18030", "utf-16-le", "utf-16-be", "big5hkscs")):
        text = _strict(data, name)
        if text is not None:
            readings.append((_plausibility(text, name), -rank, name, text))
    if readings:
        score, _, name, text = max(readings)
        if score >= _LEAST_PLAUSIBLE:
            return text, name
    raise EncodingError(
        f"the bytes are no UTF-8 (byte {utf8_error.start} is 0x{data[utf8_error.start]:02x}) and give no "
        "plausible text as GB18030, UTF-16 or Big5: save the file as UTF-8"
    )


def _decode_marked(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"the byte order mark says {name.upper()}, but byte {error.start} after it breaks that encoding: "
            "the file is damaged, save it again as UTF-8"
        ) from error


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str, encoding: str) -> float:
    """Return the share of characters that everyday Chinese or English uses, in [0, 1]."""
    sample = re.sub(r"\s", "", text[:_SAMPLE])
    if not sample:
        return 0.0
    return sum(_is_everyday(character, encoding) for character in sample) / len(sample)


def _is_everyday(character: str, encoding: str) -> bool:
    """Say whether a character is ASCII, Chinese punctuation or a Chinese character of the first level.

    Both national standards put the most used characters first: rows 16–55 of GB 2312, and Big5 A4–C6.
    """
    if "!" <= character <= "~" or character in _PRINTED or "\uff01" <= character <= "\uff5e":
        return True
    if not "\u4e00" <= character <= "\u9fff":
        return False
    traditional = encoding == "big5hkscs"
    try:
        lead = character.encode("big5" if traditional else "gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xA4 <= lead <= 0xC6 if traditional else 0xB0 <= lead <= 0xD7
