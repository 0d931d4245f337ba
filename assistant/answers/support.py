"""How far stretches of text support the terms of a question, character by character.

Only terms that share a bigram with a stretch are looked at, and equal terms once, so that a question of thousands
of words costs what its evidence says of it, not words times sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.asking.terms import Term, Unit

SAID = 0.34  # least support by which a term counts as said
Scopes = Sequence[tuple[float, frozenset[str]]]
"""Weight and bigrams of each stretch of text that may support a term."""

Shown = tuple[list[float], ...]
"""For each alternative of a term, what each of its characters is given."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What scopes give the distinct terms that they share a bigram with, by the terms' numbers."""

    shown: dict[int, Shown]
    best: dict[int, float]  # support of the best alternative


class WantedTerms:
    """The distinct terms of one question, found by their bigrams."""

    def __init__(self, terms: Sequence[Term], weight_of: Callable[[Term], float]) -> None:
        weights: dict[tuple[tuple[Unit, ...], ...], float] = {}
        for one in terms:
            weights[one.units] = weights.get(one.units, 0.0) + weight_of(one)
        self._units = tuple(weights)
        self._shared = tuple(tuple(map(_shared_pairs, alternatives)) for alternatives in self._units)
        self._weights = tuple(weights.values())
        self._total = sum(weights.values())
        holders: dict[str, list[int]] = {}
        for number, alternatives in enumerate(self._units):
            for gram in {gram for units in alternatives for unit in units for gram in unit}:
                holders.setdefault(gram, []).append(number)
        self._holders = holders
        self._grams = frozenset(holders)

    def beside(self, scopes: Scopes) -> Beside:
        """Return what `scopes` give each character of each term that they support at all."""
        weights: dict[str, float] = {}
        for weight, have in scopes:
            for gram in self._grams & have:
                if weight > weights.get(gram, 0.0):
                    weights[gram] = weight
        shown = {}
        for number in {number for gram in weights for number in self._holders[gram]}:
            shown[number] = tuple(
                [max([weights.get(gram, 0.0) for gram in unit], default=0.0) for unit in units]
                for units in self._units[number]
            )
        best = {number: self._best(number, given) for number, given in shown.items()}
        return Beside(shown, best)

    def coverage(self, beside: Beside, gathered: frozenset[str]) -> float:
        """Return in [0, 1] how much of the question bigrams at hand support together with what stands beside them."""
        if not self._total:
            return 0.0
        best = beside.best
        if gathered:
            best = dict(best)
            for number in {number for gram in self._grams & gathered for number in self._holders[gram]}:
                further = beside.shown.get(number)
                best[number] = self._best(number, self._raised(number, further, gathered))
        return sum(self._weights[number] * best[number] for number in sorted(best)) / self._total

    def _raised(self, number: int, further: Shown | None, gathered: frozenset[str]) -> Shown:
        """Return what a term's characters are given when those that `gathered` shows count in full."""
        return tuple(
            [
                1.0 if not gathered.isdisjoint(unit) else further[at][place] if further else 0.0
                for place, unit in enumerate(units)
            ]
            for at, units in enumerate(self._units[number])
        )

    def _best(self, number: int, weights: Shown) -> float:
        alternatives = zip(self._shared[number], weights, strict=True)
        return max((_support(pairs, given) for pairs, given in alternatives), default=0.0)


def support_of(wanted: Term, scopes: Scopes) -> float:
    """Return in [0, 1] how far `scopes` support one term: its best alternative, character by character."""
    return max(
        (_support(_shared_pairs(units), _unit_weights(units, scopes)) for units in wanted.units), default=0.0
    )


def _unit_weights(units: Sequence[Unit], scopes: Scopes) -> list[float]:
    """Return for each character the weight of the heaviest scope that shows it."""
    return [max((w for w, have in scopes if not have.isdisjoint(unit)), default=0.0) for unit in units]


def _shared_pairs(units: Sequence[Unit]) -> tuple[int, ...]:
    """Return of a short word which characters share a bigram with the next one; nothing of a longer word."""
    if not 2 <= len(units) <= 3:
        return ()
    return tuple(at for at, (one, other) in enumerate(pairwise(units)) if set(one) & set(other))


def _support(shared: Sequence[int], weights: Sequence[float]) -> float:
    """Return the support of a word from that of its characters.

    A short word of which no two characters stand together in print counts by its weakest character: 专科 is not
    half said by 本科.
    """
    if shared and not any(weights[at] > 0 and weights[at + 1] > 0 for at in shared):
        return min(weights)
    return mean(weights)


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
