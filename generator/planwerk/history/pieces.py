"""Front matter entry by entry: of a long list, only the entries that were not read before.

From one version of a file to the next nearly all of it stays. What an entry says is remembered
by its words; where anything about the whole is doubtful, nothing is said of it here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from planwerk.history.facts import (
    IN_ORDER,
    Fact,
    Facts,
    Found,
    facts_of_file,
    form_of,
    gather,
    numbered,
)
from planwerk.history.identity import key_of
from planwerk.history.migrations import migrated
from planwerk.history.where import Where
from planwerk.model.history import Spot
from planwerk.model.record import Record
from planwerk.model.validate import validate
from planwerk.model.workspace import Workspace
from planwerk.text.front_matter import Located, read_front_matter

TOP = re.compile(r"\n(?=[^\s#-])")
"""The end of the line before a key at the top."""
KEY = re.compile(r"([a-z_]+):")
Placed: TypeAlias = "tuple[tuple[Spot, Fact], ...]"
Kept: TypeAlias = "dict[str, Placed | None]"
"""What words say; None where they leave anything open."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where the front matter stands, and how it is to be read."""

    at: Where
    name: PurePosixPath
    currency: str
    version: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """Reads front matter, and remembers the entries it has read as long as it lives."""

    _known: dict[tuple[str, ...], Kept] = field(default_factory=dict)

    def facts(
        self, at: Where, name: PurePosixPath, front: str, currency: str, version: int
    ) -> Facts | None:
        """The facts of front matter; None where it cannot be read entry by entry."""
        kind = at.kind.record
        lists = {i.key: i.record for i in form_of(kind).inner if i.many}
        if not lists or any(k == kind.__name__ for k, _ in IN_ORDER) or kind is Workspace:
            return None
        asked = _Asked(at, name, currency, version)
        rest: list[str] = []
        found: dict[str, list[Placed]] = {}
        for words in TOP.split(front.removesuffix("\n")):
            piece = f"{words}\n"
            key = KEY.match(piece)
            if key is None and piece.strip():
                return None
            if key is None or key[1] not in lists:
                rest.append(piece)
            elif key[1] in found or (own := self._entries(asked, key[1], lists[key[1]], piece)) is None:  # fmt: skip
                return None
            else:
                found[key[1]] = own
        words = "".join(rest)
        known = self._kept(asked, "", "")
        if words not in known:
            known[words] = _read(asked, "", kind, words)
        head = known[words]
        return None if head is None else _together(head, found)

    def _kept(self, asked: _Asked, key: str, item: str) -> Kept:
        at = asked.at
        about = (at.account, at.kind.name, at.of, key, item, asked.currency, str(asked.version))
        return self._known.setdefault(about, {})

    def _entries(self, asked: _Asked, key: str, record: type[Record], piece: str) -> list[Placed] | None:  # fmt: skip
        """The facts of a list, entry by entry; None where one cannot be read by itself."""
        first, _, inside = piece.partition("\n")
        if first.rstrip() != f"{key}:":
            return None
        bare = inside.lstrip(" ")
        if not bare.startswith("- "):
            return None
        item = f"{inside[: len(inside) - len(bare)]}- "
        parts = f"\n{inside.removesuffix(chr(10))}".split(f"\n{item}")[1:]
        known = self._kept(asked, key, item)
        for part in parts:
            if part not in known:
                known[part] = _read(asked, key, record, f"{item}{part}\n")
        found = [placed for part in parts if (placed := known[part]) is not None]
        return found if len(found) == len(parts) else None


def _together(head: Placed, lists: dict[str, list[Placed]]) -> Facts:
    """The facts of all pieces; entries of the same name are numbered."""
    pieces = [head, *chain.from_iterable(lists.values())]
    facts = dict(chain.from_iterable(pieces))
    if len(facts) == sum(map(len, pieces)):
        return facts
    facts = dict(head)
    for entries in lists.values():
        seen: dict[str, int] = {}
        for placed in entries:
            own = numbered(placed[0][0].path[1], seen)
            for spot, fact in placed:
                facts[spot._replace(path=(spot.path[0], own, *spot.path[2:]))] = fact
    return facts


def _read(asked: _Asked, key: str, record: type[Record], words: str) -> Placed | None:
    """The facts of one entry of the list `key`, or of all beside the lists (""); None if there
    is a problem in it."""
    at = asked.at
    located, problems = read_front_matter(asked.name, f"{key}:\n{words}" if key else words)
    if problems:
        return None
    value: Any = migrated(at.kind.name, located.value, asked.version)
    if key:
        if list(value) != [key] or not isinstance(value[key], list) or len(value[key]) != 1:
            return None
        value = value[key][0]
    if not isinstance(value, dict) or "body" in value:
        return None
    context = {"currency": asked.currency}
    known, wrong = validate(record, Located(value), asked.name, None, context)
    if known is None or wrong:
        return None
    found: Found = []
    if key:
        form = form_of(record)
        gather(known, form, (key, key_of(known, form.identity)), found)
    else:
        found = facts_of_file(known)
    return tuple((Spot(at.account, at.kind.name, at.of, path), fact) for path, fact in found)
