"""Every record of an account, and every text in it, with whether the client, or somebody else outside
the house, gets to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, get_args

from planwerk.model.log import Log, samples
from planwerk.model.portfolio import Account
from planwerk.model.record import Record, Shared
from planwerk.model.types import is_text

CLIENT = "client"


MENTION = re.compile(r"(?<![\w.@/-])@((?:client:|partner:)?[a-z][a-z0-9-]*)")
"""Somebody named in a text: `@cio`, `@brandt`, `@partner:edgeline`; no e-mail address."""

TOLD = re.compile("[@\"']")
"""Without one of these a text mentions nobody and quotes nothing."""
R = TypeVar("R", bound=Record)


class Text(NamedTuple):
    """Words at `keys` of a record; `shared` if they are released to whom it is asked for."""

    record: Record
    keys: tuple[str | int, ...]
    words: str
    shared: bool


class Shape(NamedTuple):
    """The fields of a kind of record that can hold records, and those that can hold texts."""

    inner: tuple[str, ...]
    texts: tuple[str, ...]


class Seen(NamedTuple):
    """A record and whether those it is asked for see what of it is released."""

    record: Record
    shared: bool


def records(account: Account, audience: str = CLIENT) -> list[Seen]:
    """All records of an account's files, and whether `audience` sees them; of long logs the lines that
    say something new."""
    found: list[Seen] = []
    for name in shape(type(account)).inner:
        _gather(getattr(account, name), False, found, audience)
    return found


def texts(seen: list[Seen]) -> Iterator[Text]:
    """All words that people wrote in these records; ids and names of people are none."""
    for record, shared in seen:
        values = record.__dict__
        released = record.released
        for name in shape(type(record)).texts:
            value = values[name]
            if not value:
                continue
            told = shared and name in released
            if isinstance(value, str):
                yield Text(record, (name,), value, told)
            elif isinstance(value, tuple):
                for index, part in enumerate(value):
                    if isinstance(part, str):
                        yield Text(record, (name, index), part, told)


def rewritten(record: R, change: Callable[[str], str]) -> R:
    """The record with `change` done to each text in it that mentions somebody or quotes; prose is
    left."""
    changes: dict[str, Any] = {}
    of = shape(type(record))
    for name in of.texts:
        if name != "body" and (new := _rewritten(value := getattr(record, name), change)) != value:
            changes[name] = new
    for name in of.inner:
        if (new := _rewritten(value := getattr(record, name), change)) is not value:
            changes[name] = new
    return record.model_copy(update=changes) if changes else record


def _rewritten(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value) if TOLD.search(value) else value
    if isinstance(value, Record):
        return rewritten(value, change)
    if isinstance(value, tuple):
        parts = tuple(_rewritten(part, change) for part in value)
        same = all(new is old for new, old in zip(parts, value, strict=True))
        return value if same else parts
    return value


def _gather(value: object, shared: bool, found: list[Seen], audience: str) -> None:
    if isinstance(value, Record):
        # a record that does not say itself who sees it goes with its holder
        if isinstance(value, Shared):
            shared = value.visible_to(audience)
        found.append(Seen(value, shared))
        if inner := shape(type(value)).inner:
            values, released = value.__dict__, value.released
            for name in inner:
                if part := values[name]:
                    _gather(part, shared and name in released, found, audience)
    elif isinstance(value, tuple):
        for part in value:
            _gather(part, shared, found, audience)
    elif isinstance(value, Log):
        found += (Seen(line, False) for line in samples(value))


@lru_cache(maxsize=256)
def shape(kind: type[Record]) -> Shape:
    """Which fields of `kind` are worth a look, read off its annotations."""
    inner, words = [], []
    for name, field in kind.model_fields.items():
        parts = [*_parts(field.annotation), *field.metadata]
        if any(isinstance(part, type) and issubclass(part, Record) for part in parts):
            inner.append(name)
        elif any(map(is_text, parts)):
            words.append(name)
    return Shape(tuple(inner), tuple(words))


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _parts(part)
