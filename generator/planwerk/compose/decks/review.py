"""The quarterly review: what we agreed, how it stands, what comes next. For clients."""

from __future__ import annotations

from collections.abc import Mapping

from planwerk import blocks as b
from planwerk.compose.decks import planned, reviewed
from planwerk.compose.decks.frame import Made, deck, slides, with_agenda
from planwerk.compose.sections import competition, goals, tasks
from planwerk.compose.view import View

PARTS: Mapping[str, Made] = {
    "agreed_last": reviewed.agreed_last, "goals": planned.agreed, "results": goals.slides,
    "words": reviewed.in_your_words, "misses": reviewed.missed, "wishes": reviewed.wished,
    "problems": reviewed.problems, "course": tasks.course_slides, "tasks": tasks.next_slides,
    "decisions": tasks.decision_slides, "next": planned.meet_again, "annex": planned.annex,
}  # fmt: skip
FURTHER: Mapping[str, Made] = {"competition": competition.slides}
"""What a review holds only where the house asks for it, and as far as it was shared."""


def review(view: View) -> b.Deck | None:
    """The deck for the review of the running period; None where no goal was agreed."""
    if view.period is None or not view.period.plan.goals:
        return None
    asked = view.portfolio.workspace.decks.review
    made = slides(view, "review", {**PARTS, **FURTHER} if asked else PARTS)
    there = view.period.review.attendees if view.period.review else ()
    return deck(view, view.say("deck.review"), with_agenda(view, there, made), None, there)
