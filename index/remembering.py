"""A bounded memory of what was read, for several threads: what was used longest ago is forgotten first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Values by key, up to a total weight. A key stands for one value for ever: it holds a digest or a generation."""

    def __init__(self, limit: int, weigh: Callable[[Value], int]) -> None:
        self._limit = limit
        self._weigh = weigh
        self._total = 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, read: Callable[[], Value]) -> Value:
        """Return the value of `key`, from `read` where it is not remembered; one that is too heavy never is."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = (
            read()
        )  # outside of the lock: two threads may both read, and nobody waits for the other's reading
        with self._lock:
            if key not in self._values and self._weight(value) <= self._limit:
                self._values[key] = value
                self._total += self._weight(value)
            while self._total > self._limit:
                _, oldest = self._values.popitem(last=False)
                self._total -= self._weight(oldest)
        return value

    def __len__(self) -> int:
        return len(self._values)

    def _weight(self, value: Value) -> int:
        """Return at least 1, so that empty values are bounded too."""
        return max(1, self._weigh(value))
