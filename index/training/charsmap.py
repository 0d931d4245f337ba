"""Traditional to simplified characters as one step of the tokenizer: a `Precompiled` normaliser's map.

The tokenizers library takes the map that SentencePiece writes: a length, a double-array trie of 32-bit
units whose leaves hold an offset, and the replacements, each ended by a zero byte. The units are those of
Darts-clone (Yata, github.com/s-yata/darts-clone): bits 0-7 label, bit 8 "has a leaf child", bits 10-30
distance to the children's base. Only characters are mapped, one to one: phrases with several readings (乾 in
乾坤) are beyond a tokenizer.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping

Trie = dict[int, "Trie"]
_LEAF = 0  # label of the child that holds the value: no UTF-8 text contains the byte 0


def traditional_characters() -> dict[str, str]:
    """Return the traditional characters that OpenCC turns into one other simplified character."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    pairs = ((character, convert(character)) for character in map(chr, range(0x3400, 0xA000)))
    return {old: new for old, new in pairs if new != old and len(new) == 1}


def accented_letters() -> dict[str, str]:
    """Return the accented Latin lower-case letters with the plain letter of each (é → e)."""
    letters = ((chr(code), unicodedata.normalize("NFD", chr(code))) for code in range(0xE0, 0x250))
    return {letter: parts[0] for letter, parts in letters if len(parts) > 1 and "a" <= parts[0] <= "z"}


def precompiled(replacements: Mapping[str, str]) -> bytes:
    """Return the map of `replacements` (a few thousand short keys) as bytes for `normalizers.Precompiled`."""
    values: dict[bytes, int] = {}
    pool = bytearray()
    offsets: dict[str, int] = {}
    for key, value in sorted(replacements.items()):
        if value not in offsets:
            offsets[value] = len(pool)
            pool += value.encode() + b"\0"
        values[key.encode()] = offsets[value]
    units = _double_array(values)
    return struct.pack("<I", 4 * len(units)) + struct.pack(f"<{len(units)}I", *units) + bytes(pool)


def _double_array(values: Mapping[bytes, int]) -> list[int]:
    """Return the units of a double array that maps each key to its value."""
    trie: Trie = {}
    for key in values:
        node = trie
        for byte in key:
            node = node.setdefault(byte, {})
        node[_LEAF] = {}
    units: list[int] = [0] * 256
    used = {0}
    base = 0
    waiting: list[tuple[Trie, int, bytes]] = [(trie, 0, b"")]
    while waiting:
        node, place, prefix = waiting.pop()
        # Every node gets a base of its own: one that shared it would reach the other's children, because a
        # lookup checks the label only. So bases just count up, to the next that has its places free.
        base += 1
        while any((base ^ label) in used for label in node):
            base += 1
        if (place ^ base) >> 21:
            raise ValueError(f"{len(values)} characters are too many for one map")
        while len(units) <= (base | 0xFF):
            units.extend([0] * 256)
        units[place] |= ((place ^ base) << 10) | (int(_LEAF in node) << 8)
        for label, child in node.items():
            at = base ^ label
            used.add(at)
            if label == _LEAF:
                units[at] = values[prefix] | (1 << 31)
            else:
                units[at] = label
                waiting.append((child, at, prefix + bytes([label])))
    return units
