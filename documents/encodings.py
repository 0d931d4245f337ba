"""Bytes into text: UTF-8, UTF-16, GB18030 and Big5, told apart the same way every time.

A file of a few Chinese words is too short for statistical detectors, but not for this order: a byte order
mark settles it, UTF-8 has a structure that other encodings do not form by accident, and of what is left
the reading with the most everyday characters wins.
"""

from __future__ import annotations

import codecs
import re

from documents.errors import EncodingError
from documents.folding import fold

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_LEAST_PLAUSIBLE = 0.65
_FEWEST_TO_TELL = 8
_SAMPLE = 20_000  # characters that are looked at; enough to tell encodings apart
_COMMON = frozenset(  # of three characters in official Chinese prose, two are among these
    "的国中人在和一发大会全新年作展了业民行为进地要出有方是主日家动合政建实平同成工部生上对加不关重开以化强区力经个时高等共多近天"
    "来法务持到总产党体理表设长现月习定员面推公机今我制议保前能通市代系提将好各这美利事增领学社治委分用央两过文于十度第军安下目示入"
    "改与自战济次交统资基当们路心联本就深坚场内道导海际正外三量向调组水院点万斯特续问期题明北记创后情席施立更书运决活应西克项指报造规"
    "举科最电者性得小农企间革任村信义程台南门局式从已他里布协支相护界金亚世起也计达技数位意防及流取府快结域放并可二管之俄办元步比色解"
    "首东名广京服确团其级城案品还众带物四据省质山车育华视受精江队教求境完都商例线收号件集着织互常标查接至投群见构亿稳环五源责权所态口"
)
_LEAST_COMMON = 0.25  # share below which eight or more characters in a row are no Chinese text
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
    """Return how much a reading looks like written Chinese, in [0, 1].

    The share of everyday characters among those that the encodings do not have in common; no more than half
    of that when hardly one of the most used characters occurs, as in Korean or Latin bytes read as Chinese.
    """
    sample = re.sub(r"\s", "", text[:_SAMPLE])
    told = [one for one in sample if encoding.startswith("utf-16") or not one.isascii()]
    if not told:
        return 0.0
    everyday = sum(_is_everyday(one, encoding) for one in told) / len(told)
    ideographs = "".join(one for one in told if "\u4e00" <= one <= "\u9fff")
    if not ideographs:
        return everyday / 2
    common = sum(one in _COMMON for one in fold(ideographs)) / len(ideographs)
    if common < _LEAST_COMMON and len(ideographs) >= _FEWEST_TO_TELL:
        return everyday / 2
    return everyday * (0.9 + 0.1 * common)


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
