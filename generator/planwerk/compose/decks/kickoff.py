"""The kickoff: why we are here, what we agreed, who takes part, the first days. For clients."""

from __future__ import annotations

from collections.abc import Mapping

from planwerk import blocks as b
from planwerk.compose.decks import planned
from planwerk.compose.decks.frame import Made, deck, slides, with_agenda
from planwerk.compose.sections import tasks
from planwerk.compose.view import View

PARTS: Mapping[str, Made] = {
    "why": planned.why_here, "goals": planned.agreed, "roles": planned.roles,
    "course": tasks.course_slides, "rhythm": planned.rhythm, "first_days": planned.first_days,
    "questions": tasks.decision_slides, "annex": planned.annex,
}  # fmt: skip


def kickoff(view: View) -> b.Deck | None:
    """The deck to begin the period's plan with; None where no goal was agreed."""
    if view.period is None or not view.period.plan.goals:
        return None
    made = slides(view, "kickoff", PARTS)
    meeting = next((m for m in reversed(view.account.meetings) if m.kind == "kickoff" and m.on >= view.period.plan.from_), None)  # fmt: skip
    there = meeting.attendees if meeting else ()
    when = meeting.on if meeting else None
    return deck(view, view.say("deck.kickoff"), with_agenda(view, there, made), when, there)
