"""Dataclasses of `documents.model` to JSON and back, for the columns of the store.

The JSON is driven by the fields' types, so a field that is added to a model with a default is kept without a
change here, and a row written before the field existed reads as that default. It is an inner format: what the
outside sees has its own shapes.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Hashable
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from documents.model import Span

Record = TypeVar("Record")


def to_json(record: object) -> str:
    """Return a dataclass, or a dictionary, as compact JSON with its keys in the order of the fields."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """Return the dataclass `kind` that `to_json` wrote."""
    return cast(Record, _reader(cast(Hashable, kind))(json.loads(text)))


def _plain(value: object) -> object:
    """Reduce a value to what JSON has: dataclasses to objects, tuples to lists, dates to ISO 8601."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no stored form: add one to index/records.py")


@cache
def _reader(kind: Hashable) -> Callable[[Any], Any]:
    """Return the function that turns the plain form of a value of type `kind` into that value."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        read = _reader(inner)
        return lambda plain: None if plain is None else read(plain)
    if origin is tuple:
        read = _reader(arguments[0])
        return lambda plain: tuple(read(item) for item in plain)
    if origin is dict:
        read = _reader(arguments[1])
        return lambda plain: {name: read(item) for name, item in plain.items()}
    if kind is Span:
        return lambda plain: Span(plain[0], plain[1])
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(cast(type, kind))
    if kind in (str, int, float, bool):
        return lambda plain: plain
    raise TypeError(f"{kind} has no stored form: add one to index/records.py")


def _dataclass_reader(kind: type) -> Callable[[Any], Any]:
    """Return a reader of one dataclass; names that it no longer has are ignored."""
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in dataclasses.fields(kind)]

    def read(plain: dict[str, Any]) -> object:
        return kind(**{name: reader(plain[name]) for name, reader in readers if name in plain})

    return read
