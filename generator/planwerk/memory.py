"""What was worked out before, for as long as what it was worked out of is still the same.

While plans are written, one account of a thousand changes: all that is known of the others stays.
A value belongs to the objects that it came of, by identity (words and days by what they say): a
record that was read anew is another one. Whoever asks names all that the value depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")

PLAIN = (str, bool, int, date)


class Memory:
    """Values by name, each with the objects that it was worked out of."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def of(self, name: Hashable, sources: tuple[object, ...], work: Callable[[], T]) -> T:
        """What `work` gives; what it gave before where the sources are the very same."""
        known = self._known.get(name)
        if known is not None and len(known[0]) == len(sources):
            for old, new in zip(known[0], sources):  # noqa: B905 (quicker, and as long)
                if old is not new and not (type(new) in PLAIN and old == new):
                    break
            else:
                return known[1]  # type: ignore[no-any-return]
        value = work()
        self._known[name] = (sources, value)
        return value
