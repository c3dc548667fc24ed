"""Values as bytes, for another process and for digests: the same values are the same bytes.

Neither the order in which Python happens to keep a set nor which objects happen to be the same one
count. What is said (`blocks/`) are thousands of small frozen dataclasses, what is projected are
records: Python packs such a one by asking it for its fields each time; knowing them once takes a
fifth of the time.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from planwerk.model.cited import CITED, Cited, cited
from planwerk.model.record import Record


class Packer(pickle.Pickler):
    """A pickler that writes records and frozen dataclasses as their class and their values."""

    def reducer_override(self, thing: object) -> Any:
        """What to write of a thing; NotImplemented: what pickle would."""
        reduced = _reduced(type(thing))  # type: ignore[arg-type]
        return NotImplemented if reduced is None else reduced(thing)


def pack(value: object) -> bytes:
    """The value as bytes that `pickle.loads` reads."""
    words = io.BytesIO()
    packer = Packer(words, 5)
    packer.fast = True  # no memory of objects: two that are equal are written alike
    packer.dump(value)
    return words.getvalue()


def _record(
    kind: type[Record], values: Sequence[object], named: Sequence[str], place: tuple[Any, ...] | None
) -> Record:  # fmt: skip
    """The record again that was written as these values."""
    record = kind.__new__(kind)
    own = dict(zip(kind.__pydantic_fields__, values, strict=True))
    if place is not None:
        own[CITED] = Cited(*place)
    put = object.__setattr__
    put(record, "__dict__", own)
    put(record, "__pydantic_fields_set__", set(named))
    put(record, "__pydantic_extra__", None)
    put(record, "__pydantic_private__", None)
    return record


@cache
def _reduced(kind: type) -> Callable[[Any], tuple[object, ...]] | None:
    """What says of a thing of this kind how to make it again; None where pickle knows."""
    if issubclass(kind, Record):
        own = itemgetter(*kind.__pydantic_fields__)
        return lambda thing: (_record, (kind, own(thing.__dict__), sorted(thing.__pydantic_fields_set__), _place(thing)))  # fmt: skip
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return None
    names = [field.name for field in fields(kind)]
    if len(names) < 2 or not all(field.init and not field.kw_only for field in fields(kind)):
        return None
    values_of = attrgetter(*names)
    return lambda thing: (kind, values_of(thing))


def _place(record: Record) -> tuple[Any, ...] | None:
    """Where a record stands, as nothing but words and a number."""
    place = cited(record)
    return place and tuple(place)
