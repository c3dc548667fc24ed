"""What the model says about writing: the order of the keys, and what kind each value is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_args

from planwerk.model.record import Record
from planwerk.model.types import Days, Prose, Title
from planwerk.model.workspace import Workspace

SHARE = "share"


class Kind(Enum):
    """How a value is written."""

    NUMBER = "number"
    DAY = "day"
    DAYS = "days"
    TEXT = "text"
    """Words of any kind; everything below is one word out of few, or an id."""
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands behind a key: its kind, the record if it holds records, whether it is a list."""

    name: str
    key: str
    kind: Kind
    record: type[Record] | None
    many: bool


@cache
def slots(kind: type[Record]) -> dict[str, Slot]:
    """The slots of a record by key, in canonical order; its prose is no key."""
    found = {}
    for name in _names(kind):
        if name != "body":
            field = kind.model_fields[name]
            parts = [field.annotation, *field.metadata]
            found[field.alias or name] = _slot(name, field.alias or name, _parts(parts))
    order = list(found.values())
    if share := found.pop(SHARE, None):
        order.remove(share)
        order.insert(_place_of_share(kind, order), share)
    if "body" in kind.model_fields or kind is Workspace:
        order = _plain_first(order)
    return {slot.key: slot for slot in order}


def _names(kind: type[Record]) -> dict[str, None]:
    """The fields in the order that a reader of the classes meets them: bases first, as named."""
    inherited = [n for base in kind.__bases__ if issubclass(base, Record) for n in _names(base)]
    return dict.fromkeys((*inherited, *kind.model_fields))


def _plain_first(order: list[Slot]) -> list[Slot]:
    """The slots of a file, no single value below the lists of records: nobody finds it there."""
    at = next((n for n, slot in enumerate(order) if slot.record and slot.many), len(order))
    plain = [slot for slot in order[at:] if slot.record is None and not slot.many]
    return [*order[:at], *plain, *(slot for slot in order[at:] if slot not in plain)]


def _place_of_share(kind: type[Record], found: list[Slot]) -> int:
    """Behind the last field that the mark releases: what stands above it is what is seen.

    But above the first list of records, each of which says itself who sees it: a mark at the
    end of a long list would be taken for its last item's.
    """
    released = [n for n, slot in enumerate(found, start=1) if slot.name in kind.released]
    lists = [n for n, slot in enumerate(found) if slot.record and slot.many]
    return min(released[-1] if released else len(found), lists[0] if lists else len(found))


def _slot(name: str, key: str, parts: list[Any]) -> Slot:
    classes = [part for part in parts if isinstance(part, type)]
    record = next((part for part in classes if issubclass(part, Record)), None)
    return Slot(name, key, _kind(classes, parts), record, tuple in classes)


def _kind(classes: list[type], parts: list[Any]) -> Kind:
    if Decimal in classes:
        return Kind.NUMBER
    if date in classes:
        return Kind.DAY
    if _mark(Days) in parts:
        return Kind.DAYS
    if _mark(Prose) in parts or _mark(Title) in parts:
        return Kind.TEXT
    return Kind.WORD


def _mark(alias: Any) -> Any:
    """What tells an annotated type from others: the validator that it is annotated with."""
    return get_args(alias)[1]


def _parts(annotations: list[Any]) -> list[Any]:
    """All that annotations are made of, their metadata included."""
    found: list[Any] = []
    for part in annotations:
        if origin := getattr(part, "__origin__", None):
            found.append(origin)
        found += [part, *_parts([*get_args(part)])]
    return found
