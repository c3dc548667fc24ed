"""Longer texts told word by word: what was struck, what came, with a few words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Way = Literal["equal", "removed", "added", "gap"]
AROUND = 5
"""Words told on either side of what changed."""
LONG = 1200
"""Words of a section that are held against each other one by one; beyond, its lines are."""
MOST = 120
"""Words that one run tells at most."""
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.M)


class Run(NamedTuple):
    """Words that stayed, were struck or came; a gap stands for words that are not told."""

    way: Way
    words: str


class Passage(NamedTuple):
    """What changed in one section of a text; `heading` is "" for what stands before the first."""

    heading: str
    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The runs as one line: [-struck-] {+came+}."""
        signs = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}", "gap": "{}"}
        return " ".join(signs[run.way].format(run.words) for run in self.runs)


def passages(old: str, new: str) -> tuple[Passage, ...]:
    """The sections of a text that changed, in their order."""
    before, after = _sections(old), _sections(new)
    names = [name for name in before if name not in after]
    order = [*after, *names]
    return tuple(
        Passage(name.partition("#")[0], runs)
        for name in order
        if (runs := _runs(before.get(name, ""), after.get(name, "")))
    )


def _sections(text: str) -> dict[str, str]:
    """The text below each heading; of two with one name the second bears a number."""
    first, *rest = HEADING.split(text)
    found = {"": first.strip()} if first.strip() else {}
    for heading, words in zip(rest[::2], rest[1::2], strict=True):
        name, number = heading.replace("#", ""), 1
        while name in found:
            number += 1
            name = f"{name.partition('#')[0]}#{number}"
        found[name] = words.strip()
    return found


def _runs(old: str, new: str) -> tuple[Run, ...]:
    if old == new:
        return ()
    before, after = _parts(old, new)
    found: list[Run] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = matcher.get_opcodes()
    for number, (step, a, b, c, d) in enumerate(steps):
        if step == "equal":
            found += _context(" ".join(before[a:b]), number == 0, number == len(steps) - 1)
            continue
        if b > a:
            found.append(Run("removed", _cut(" ".join(before[a:b]))))
        if d > c:
            found.append(Run("added", _cut(" ".join(after[c:d]))))
    return tuple(found)


def _parts(old: str, new: str) -> tuple[list[str], list[str]]:
    """The words of both texts; of very long ones their lines."""
    words = old.split(), new.split()
    if max(map(len, words)) <= LONG:
        return words
    return [w for w in old.split("\n") if w], [w for w in new.split("\n") if w]


def _context(words: str, first: bool, last: bool) -> Iterator[Run]:
    """What stayed, cut to the words next to what changed."""
    parts = words.split()
    left, right = (0 if first else AROUND), (0 if last else AROUND)
    if len(parts) <= left + right + 1:
        yield Run("equal", words)
        return
    if left:
        yield Run("equal", " ".join(parts[:left]))
    yield Run("gap", "…")
    if right:
        yield Run("equal", " ".join(parts[-right:]))


def _cut(words: str) -> str:
    parts = words.split()
    return " ".join(parts if len(parts) <= MOST else [*parts[:MOST], "…"])
