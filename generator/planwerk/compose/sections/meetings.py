"""Meetings: who was there, what was decided, what follows."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.view import View
from planwerk.model.meeting import Meeting
from planwerk.model.pictured import MEETINGS


def minutes(view: View, meeting: Meeting) -> b.Section:
    """One meeting: its notes, decisions and actions."""
    blocks: list[b.Block] = [*view.prose(meeting.body, MEETINGS)]
    names = [name for person in meeting.attendees if (name := view.name(person))]
    facts = [("attendees", ", ".join(names)), ("agenda", "; ".join(map(view.text, meeting.agenda)))]
    facts.append(("decisions", "; ".join(map(view.text, meeting.decisions))))
    items = tuple((view.say(f"meetings.{k}"), b.Cell(b.text(words))) for k, words in facts if words)
    if items:
        blocks.insert(0, b.Facts(items))
    if meeting.actions:
        actions = tuple(
            b.Dated(
                view.day(action.due),
                action.title,
                view.name(action.accountable),
                source=view.source(action),
            )
            for action in meeting.actions
        )
        blocks.append(b.DatedList(actions, view.say("meetings.actions")))
    title = view.text(meeting.title) or view.say(f"meeting_kind.{meeting.kind}")
    day, source = view.long_day(meeting.on), view.source(meeting)
    return b.Section(title, tuple(blocks), day, quiet=True, source=source)


def latest_first(view: View) -> tuple[Meeting, ...]:
    """The meetings, the newest first."""
    return tuple(sorted(view.account.meetings, key=lambda meeting: meeting.on, reverse=True))


def headline(view: View) -> str:
    """The finding: when we last met; none where all of them lie ahead."""
    newest = next((m for m in latest_first(view) if m.on <= view.today), None)
    return view.say("meetings.headline", day=view.long_day(newest.on)) if newest else view.say("page.meetings")  # fmt: skip


def page(view: View) -> b.Page | None:
    """All meetings the reader may see."""
    found = latest_first(view)
    if not found:
        return None
    tab = view.say("page.meetings")
    sections = tuple(minutes(view, meeting) for meeting in found)
    return b.Page("meetings", tab, headline(view), sections, ((tab, ""),))


def chapter(view: View) -> b.Chapter | None:
    """The same as a chapter."""
    found = latest_first(view)
    if not found:
        return None
    sections = tuple(minutes(view, meeting) for meeting in found)
    return b.Chapter(view.say("page.meetings"), headline(view) + ".", sections)
