"""How we stay in touch: who speaks for whom, how often we meet, which days are set."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.sections import ahead, profile
from planwerk.compose.view import View


def rhythm(view: View) -> b.Facts | None:
    """How often each kind of meeting takes place."""
    items = tuple(
        (view.say(f"meeting_kind.{one.kind}"), b.Cell(b.text(view.say("contact.every", count=one.every)), source=view.source(one)))
        for one in view.profile.cadence
    )  # fmt: skip
    return b.Facts(items) if items else None


def parts(view: View, *names: str) -> tuple[b.Section, ...]:
    """Rhythm, days ahead (`next`) and people, as far as they are known; of these the named ones."""
    found: tuple[tuple[str, str, b.Block | None], ...] = (
        ("rhythm", "contact.rhythm", rhythm(view)),
        ("next", "overview.next", ahead.next_dates(view)),
        ("people", "contact.people", profile.team(view)),
    )
    return tuple(
        b.Section(view.say(key), (part,))
        for name, key, part in found
        if part and (not names or name in names)
    )


def chapter(view: View) -> b.Chapter | None:
    """The same as a chapter."""
    sections = parts(view)
    return b.Chapter(view.say("contact.title"), "", sections) if sections else None
