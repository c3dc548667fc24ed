"""Every text of an account, and whether the client gets to read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planwerk.model.portfolio import Account
from planwerk.model.record import Record, Shared

CLIENT = "client"


class Text(NamedTuple):
    """Words at `keys` of a record; `shared` if they are released to the client."""

    record: Record
    keys: tuple[str | int, ...]
    words: str
    shared: bool


def texts(account: Account) -> Iterator[Text]:
    """All words of an account's files, those of stakeholders.md left out."""
    for name in type(account).model_fields:
        if name != "people":
            yield from _within(getattr(account, name), False)


def _within(value: object, shared: bool) -> Iterator[Text]:
    if isinstance(value, tuple):
        for part in value:
            yield from _within(part, shared)
    elif isinstance(value, Record):
        yield from _of(value, shared)


def _of(record: Record, shared: bool) -> Iterator[Text]:
    """The texts of a record; one that does not say itself who sees it goes with its holder."""
    if isinstance(record, Shared):
        shared = record.visible_to(CLIENT)
    released = record.released
    for name, value in record.__dict__.items():
        if isinstance(value, str):
            if value and name != "id":
                yield Text(record, (name,), value, shared and name in released)
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                if isinstance(part, str):
                    yield Text(record, (name, index), part, shared and name in released)
                else:
                    yield from _within(part, shared and name in released)
        elif isinstance(value, Record):
            yield from _of(value, shared and name in released)
