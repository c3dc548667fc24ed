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


def parts(view: View) -> tuple[b.Section, ...]:
    """Rhythm, days ahead and people, as far as they are known."""
    found: tuple[tuple[str, b.Block | None], ...] = (
        ("contact.rhythm", rhythm(view)),
        ("overview.next", ahead.next_dates(view)),
        ("contact.people", profile.team(view)),
    )
    return tuple(b.Section(view.say(key), (part,)) for key, part in found if part)


def chapter(view: View) -> b.Chapter | None:
    """The same as a chapter."""
    sections = parts(view)
    return b.Chapter(view.say("contact.title"), "", sections) if sections else None
