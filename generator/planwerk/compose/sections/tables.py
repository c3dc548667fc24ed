"""Tables whose headings are words of one topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planwerk import blocks as b
from planwerk.compose.view import View
from planwerk.model.types import Unknown


def table(
    view: View,
    topic: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[b.Cell]],
    *,
    label: str,
    wide: Sequence[str] = (),
    right: Sequence[str] = (),
) -> b.Table | None:
    """A table with headings `topic.head`; None without rows."""
    columns = tuple(
        b.Column(view.say(f"{topic}.{h}"), "right" if h in right else "left", h in wide)
        for h in heads
    )
    lines = tuple(b.Row(tuple(cells)) for cells in rows)
    return b.Table(columns, lines, view.say(f"{topic}.{label}")) if lines else None


def bulleted(view: View, values: Sequence[str | Unknown]) -> b.Cell:
    """Several short texts in one cell, the word for unknown where one is open."""
    return b.Cell(b.text("; ".join(view.text(value) for value in values)))


def word(view: View, topic: str, value: str | None) -> b.Cell:
    """A word of the format in the reader's language; nothing for what was not entered."""
    if value in ("offen", "open"):
        return view.unknown()
    return b.Cell(b.text(view.say(f"{topic}.{value}"))) if value else b.Cell()
