"""Other names in the place of some, wherever plans name what has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gate.sight import Key
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.model.walk import MENTION


def named(whole: Portfolio) -> Iterator[tuple[str, Key]]:
    """All that has a name that others can use."""
    for name in whole.personas:
        yield name, ("Portfolio", "personas")
    for name in whole.forces:
        yield name, ("Portfolio", "forces")
    for account in whole.accounts:
        yield account.id, ("Account", "id")
        yield from ((p.id, ("Period", "id")) for p in account.periods)
        yield from _ids(account)
    yield from _ids(whole.workspace)
    yield from _ids(whole.questions)


def _ids(record: Record) -> Iterator[tuple[str, Key]]:
    kind = type(record)
    if "id" in kind.model_fields and kind not in (Account, Period) and isinstance(record.id, str) and record.id:  # type: ignore[attr-defined]  # fmt: skip
        yield record.id, (kind.__name__, "id")  # type: ignore[attr-defined]
    for name in kind.model_fields:
        value = getattr(record, name)
        if isinstance(value, str | dict) or not (isinstance(value, Record) or hasattr(value, "__len__")):  # fmt: skip
            continue
        for one in (value,) if isinstance(value, Record) else value:
            if isinstance(one, Record):
                yield from _ids(one)


class Renamer:
    """Puts other names in the place of some, in everything."""

    WHOLE = re.compile(r"[a-z0-9_-]+(?:[:/][a-z0-9_-]+)*")

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def portfolio(self, whole: Portfolio) -> Portfolio:
        changes = {n: self.value(getattr(whole, n)) for n in ("workspace", "accounts", "personas", "forces", "questions", "training")}  # fmt: skip
        return whole.model_copy(update=changes)

    def value(self, value: Any) -> Any:
        """The value with other names in it."""
        if isinstance(value, str):
            return self._words(value)
        if isinstance(value, Record):
            fields = {n: self.value(getattr(value, n)) for n in type(value).model_fields if n not in ("pictures", "history")}  # fmt: skip
            changed = {n: new for n, new in fields.items() if new != getattr(value, n)}
            return value.model_copy(update=changed) if changed else value
        if isinstance(value, tuple | list):
            return tuple(self.value(one) for one in value)
        if isinstance(value, dict):
            return {self._words(n): self.value(one) for n, one in value.items()}
        return value

    def _words(self, words: str) -> str:
        if self.WHOLE.fullmatch(words):
            return re.sub(r"[a-z0-9_-]+", lambda one: self.names.get(one[0], one[0]), words)
        if "@" not in words:
            return words
        return MENTION.sub(lambda one: f"@{self._words(one[1])}", words)
