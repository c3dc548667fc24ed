"""Many names looked for at once, however they are written: together, apart, in any case.

A name is the words of it in their plain forms (`plain.py`), written together. A text is asked word by
word whether a name may begin there; hardly ever one does, and a word that begins none is known for
all texts to come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
BEGINNING = 3
SPLIT = 2
"""Words that a text may write more than a name has."""


class Place(NamedTuple):
    """Where a name stands among the words of a text: from, up to, and the name."""

    start: int
    end: int
    name: str


class Names(Generic[T]):
    """Names, each with whose they are; a name with an `s` behind it is the name, too."""

    def __init__(self, names: Iterable[tuple[T, list[str]]]) -> None:
        self._names = list(names)
        self._harmless: set[str] = set()
        """Words that were looked at and begin no name: the same come again and again."""

    @cached_property
    def by_name(self) -> dict[str, tuple[T, ...]]:
        """Whose each name is, written together."""
        index: dict[str, tuple[T, ...]] = {}
        for whose, words in self._names:
            name = "".join(words)
            index[name] = (*index.get(name, ()), whose)
        return index

    def whose(self, name: str) -> tuple[T, ...]:
        """Whose a name is; of `Brightwaters`, a name that ends like this is looked for first."""
        found = self.by_name.get(name)
        return found or (self.by_name.get(name[:-1], ()) if name.endswith("s") else ())

    def may_name(self, words: list[str]) -> bool:
        """Whether one of these words (in their plain forms) begins like one of these names."""
        if self._harmless.issuperset(words):
            return False
        self._harmless.update([word for word in words if not self.begins(word)])
        return not self._harmless.issuperset(words)

    def begins(self, word: str) -> bool:
        """Whether a name may begin with this word: some are written apart (`Bright Water`)."""
        return word[:BEGINNING] in self._beginnings and self.go_on(word)

    def go_on(self, begun: str) -> bool:
        """Whether one of the names, or such a name with an `s`, begins like this."""
        at = bisect_left(self._sorted, begun)
        on = at < len(self._sorted) and self._sorted[at].startswith(begun)
        return on or (begun[-1:] == "s" and begun[:-1] in self.by_name)

    def longer(self, begun: str) -> Iterator[str]:
        """The names that begin like this and go on."""
        for at in range(bisect_left(self._sorted, begun), len(self._sorted)):
            if not self._sorted[at].startswith(begun):
                return
            if self._sorted[at] != begun:
                yield self._sorted[at]

    def places(self, words: list[str]) -> Iterator[Place]:
        """Where names stand among these words, in their order; a longer one after a shorter."""
        for start, first in enumerate(words):
            if first in self._harmless or not self.begins(first):
                continue
            for end in range(start + 1, min(start + self.longest, len(words)) + 1):
                name = "".join(words[start:end])
                if not self.go_on(name):
                    break
                if self.whose(name):
                    yield Place(start, end, name)

    @cached_property
    def longest(self) -> int:
        """Words in which a text may write one of these names; `Bright Water` has one more."""
        return max(4, *(len(words) for _, words in self._names), 0) + SPLIT

    @cached_property
    def _beginnings(self) -> set[str]:
        """How these names begin; first words that are shorter than that (`B. Braun`) as such."""
        short = {words[0] for _, words in self._names if len(words[0]) < BEGINNING}
        return {name[:BEGINNING] for name in self.by_name} | short

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.by_name)
