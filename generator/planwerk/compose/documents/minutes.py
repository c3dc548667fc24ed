"""The debrief on paper: minutes once it was held, before it the form that asks for feedback."""

from __future__ import annotations

from datetime import date

from planwerk import blocks as b
from planwerk.compose.documents.frame import ordered, sheet
from planwerk.compose.sections import ahead, reviews
from planwerk.compose.view import View, side_of
from planwerk.model.portfolio import Period

ASKED = ("good", "bad", "change", "ahead")
"""The questions of the form, in the order in which people can answer them."""
ROOM = 3
"""Lines below each question: with them the form stays on one page."""


def minutes(view: View) -> b.Document | None:
    """The minutes of the newest debrief that was held; None where none was."""
    period = reviews.latest(view)
    if period is None or not reviews.held(period, view.today):
        return None
    seen = view.at(period)
    parts = {"outcome": b.Chapter(seen.say("minutes.outcome"), reviews.headline(seen) + ".", _outcome(seen))}  # fmt: skip
    if agreed := _agreed(seen):
        parts["agreed"] = b.Chapter(seen.say("minutes.agreed"), "", agreed)
    if said := _said(seen):
        parts["said"] = b.Chapter(seen.say("minutes.said"), "", said)
    if dates := ahead.next_dates(view):
        parts["next"] = b.Chapter(seen.say("overview.next"), "", (dates,))
    chapters = ordered(view.portfolio.workspace.documents.minutes, parts)
    return sheet(seen, seen.say("document.minutes"), tuple(chapters), _facts(seen, period))


def _facts(view: View, period: Period) -> tuple[tuple[str, str], ...]:
    review = period.review
    assert review is not None
    there = {
        side: "\n".join(n for p in review.attendees if side_of(p) == side and (n := view.name(p)))
        for side in ("client", "us")
    }
    facts = [(view.say("deck.date"), view.long_day(review.held_on))]
    facts += [(view.side_name("client"), there["client"]), (view.us, there["us"])]
    return tuple((label, value) for label, value in facts if value)


def _folder(view: View) -> str:
    return view.period.id if view.period else ""


def _outcome(view: View) -> tuple[b.Block, ...]:
    review = view.period.review if view.period else None
    blocks: list[b.Block] = [*view.prose(review.body, _folder(view))] if review else []
    parts = (("reached", reviews.highlights(view)), ("misses", reviews.lessons(view)), ("commitments", reviews.commitments(view)))  # fmt: skip
    blocks += [b.Section(view.say(f"review.{key}"), (part,)) for key, part in parts if part]
    return tuple(blocks)


def _agreed(view: View) -> tuple[b.Block, ...]:
    parts = (("decisions", reviews.decided(view)), ("next_steps", reviews.next_steps(view)))
    return tuple(b.Section(view.say(f"review.{key}"), (part,)) for key, part in parts if part)


def _said(view: View) -> tuple[b.Block, ...]:
    parts = (
        ("in_your_words", reviews.quotes(view, ("praise", "complaint"))),
        ("wishes", reviews.quotes(view, ("change_wish", "initiative"))),
        ("problems", reviews.problems(view)),
    )
    return tuple(b.Section(view.say(f"review.{key}"), (part,)) for key, part in parts if part)


def form(view: View) -> b.Document | None:
    """One page that asks for honest feedback; None where no debrief lies ahead."""
    ahead = [p for p in view.account.periods if p.review and not reviews.held(p, view.today)]
    if not ahead or not ahead[0].review:
        return None
    seen = view.at(ahead[0])
    planned = ahead[0].review.planned_for
    blocks: list[b.Block] = []
    for name in ASKED:
        blocks += [b.Heading(b.text(seen.say(f"form.{name}"))), b.Room(ROOM)]
    blocks += [b.Heading(b.text(seen.say("form.recommend"))), b.Paragraph(b.text(seen.say("form.scale")))]  # fmt: skip
    lead = seen.say("form.lead", us=seen.us)
    chapter = b.Chapter(seen.say("form.asked", period=seen.period_name()), lead, tuple(blocks))
    facts = [(seen.say("form.debrief"), seen.long_day(planned))] if isinstance(planned, date) else []  # fmt: skip
    facts.append((seen.say("form.by"), ""))
    return sheet(seen, seen.say("document.feedback_form"), (chapter,), tuple(facts))
