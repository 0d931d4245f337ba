"""English word forms and the words they come from: "pharmacies" from "pharmacy", cut by rule.

A form that running text has too rarely to be a piece would be cut into fragments that mean nothing. Made a
piece, it starts with the vector of its word instead.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator

# An ending, and what stands in its place in the word itself.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ies", ("y", "ie")),
    ("es", ("", "e", "is")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ying", ("ie", "y")),
    ("ing", ("", "e")),
    ("ers", ("", "e")),
    ("er", ("", "e")),
    ("iest", ("y",)),
    ("ier", ("y",)),
    ("est", ("", "e")),
    ("ily", ("y",)),
    ("ally", ("al", "")),
    ("ly", ("", "le")),
    ("iness", ("y",)),
    ("ness", ("",)),
)
_SHORTEST = 3
_FORM_LENGTHS = range(4, 19)
_SEEN = 3


def words_of(form: str) -> Iterator[str]:
    """Yield what a form may come from, the likeliest first; most are no words and have to be looked up."""
    for ending, replacements in _ENDINGS:
        stem = form.removesuffix(ending)
        if stem == form:
            continue
        for replacement in replacements:
            if len(stem + replacement) >= _SHORTEST:
                yield stem + replacement
        if len(stem) > _SHORTEST and stem[-1] == stem[-2] and ending[0] in "aei":
            yield stem[:-1]  # stopped, running


def known_word(form: str, known: Collection[str]) -> str | None:
    """Return the word that a form comes from, if `known` has it."""
    return next((word for word in words_of(form) if word in known), None)


def inflected_forms(english: Counter[str], known: Collection[str], size: int) -> list[str]:
    """Return the `size` most frequent forms that are not known themselves while their words are."""
    found = [
        (form, times)
        for form, times in english.items()
        if times >= _SEEN
        and len(form) in _FORM_LENGTHS
        and form not in known
        and known_word(form, known) is not None
    ]
    return [form for form, _ in sorted(found, key=lambda found: (-math.log(found[1]), found[0]))[:size]]
