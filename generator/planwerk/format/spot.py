"""What stands on one line of front matter that cannot be read as a whole yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from planwerk.format.shape import Kind, Slot, slots
from planwerk.model.record import Record

LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[\w-]+:(?: +|$))?(?P<value>.*)")
OPENER = re.compile(r"(?P<before> *(?:- +)*)(?P<key>[\w-]+):\s*")
OPENING = re.compile(r"(?P<indent> *)(?:- +)*")
KEY = re.compile(r"[\w-]+:(?: |$)")
BLOCK = re.compile(r"(?:: |- )[|>][-+0-9]*\s*$")
LANGUAGES = ("de", "en")


class Spot(NamedTuple):
    """A line in two: what leads to the value, and the value; and the slots it may be in."""

    head: str
    value: str
    slots: tuple[Slot, ...]

    @property
    def is_text(self) -> bool:
        """Whether any words may stand here."""
        return all(slot.kind is Kind.TEXT and slot.record is None for slot in self.slots)

    @property
    def is_list(self) -> bool:
        """Whether a list of words is wanted here."""
        return all(slot.many and slot.record is None for slot in self.slots)


def spot(lines: Sequence[str], number: int, kind: type[Record]) -> Spot | None:
    """The value on line `number` (from 0) in a `kind` of file; None if its key means nothing.

    A list item is told by the key that its list stands under.
    """
    found = LINE.fullmatch(lines[number])
    if not found:
        return None
    before, key, value = found["indent"] + found["dashes"], found["key"] or "", found["value"]
    name = key.split(":")[0]
    if key and (known := named(kind, name)):
        return Spot(before + key, value, known)
    holder = named(kind, _holder(lines, number, len(found["indent"])))
    if not holder or any(slot.record for slot in holder):
        return None
    if key and name in LANGUAGES:
        return Spot(before + key, value, holder)
    return Spot(before, key + value, holder)


@cache
def named(kind: type[Record], key: str) -> tuple[Slot, ...]:
    """All slots of that key, wherever in a file of that kind they are."""
    found: list[Slot] = []
    todo, seen = [kind], set[type[Record]]()
    while todo:
        record = todo.pop()
        if record in seen:
            continue
        seen.add(record)
        for slot in slots(record).values():
            if slot.key == key:
                found.append(slot)
            if slot.record:
                todo.append(slot.record)
    return tuple(found)


def _holder(lines: Sequence[str], number: int, indent: int) -> str:
    """The key that the line is indented under."""
    for line in reversed(lines[:number]):
        opener = OPENER.fullmatch(line)
        if opener and len(opener["before"]) < indent:
            return opener["key"]
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent and not opener:
            return ""
    return ""


def open_levels(above: Sequence[str], words: str) -> set[int]:
    """The columns (from 0) on which a line of these words may begin below the lines `above`."""
    found: set[int] = set()
    limit, is_item = 1 << 30, words.startswith("-")
    lines = [line for line in above if line.strip() and not line.lstrip().startswith("#")]
    for line in reversed(lines):
        start = OPENING.match(line)
        dash, key = (len(start["indent"]), start.end()) if start else (0, 0)
        if line is lines[-1] and BLOCK.search(line):
            return {key + 2}
        if not is_item and not KEY.match(words):
            return set()
        if line is lines[-1] and line.rstrip().endswith(":"):
            found |= {key, key + 2} if is_item else {key + 2}
        level = dash if is_item else key
        if level < limit and (dash < key or not is_item):
            found.add(level)
        limit = min(limit, dash)
    return found
