"""The debrief: results, misses, feedback, the next plan; ours also tells what is for us alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from planwerk import blocks as b
from planwerk.compose.decks import known, planned, reviewed
from planwerk.compose.decks.frame import Made, deck, slides
from planwerk.compose.sections import carried, competition, drift, goals, reviews, since, tasks
from planwerk.compose.view import View


def _since(view: View) -> tuple[b.Slide, ...]:
    return since.slides(view, view.period) if view.period else ()


def _following(view: View) -> View | None:
    """The view of the plan that follows the reviewed period; None where there is none yet."""
    found = view.account.current(view.today)
    return view.at(found) if found and view.period and found.id != view.period.id else None


def _of_next(make: Made) -> Made:
    """The same of the plan that follows."""

    def made(view: View) -> Iterator[b.Slide]:
        if following := _following(view):
            yield from make(following)

    return made


def _from_next(make: Made) -> Made:
    """The same of the plan that follows, else of the reviewed one."""
    return lambda view: make(_following(view) or view)


PARTS: Mapping[str, Made] = {
    "agreed": planned.agreed, "since": _since, "results": goals.slides, "drift": drift.slides,
    "promised": reviewed.promised, "worked": reviewed.worked, "misses": reviewed.missed,
    "words": reviewed.in_your_words, "wishes": reviewed.wished, "problems": reviewed.problems,
    "decided": reviewed.decided, "asked": reviewed.asked, "why": _of_next(planned.why),
    "carried": _of_next(carried.slides), "goals": _of_next(planned.agreed),
    "course": _from_next(tasks.course_slides), "tasks": _from_next(tasks.next_slides),
    "decisions": _from_next(tasks.decision_slides),
}  # fmt: skip
OURS: Mapping[str, Made] = {
    "gaps": reviewed.gaps, "movement": known.movement, "white_space": known.white_space,
    "stakeholders": known.influence, "figures": known.figures_slides, "signals": known.signals,
    "renewal": known.renewal,
}  # fmt: skip
"""What only we are told."""
FURTHER: Mapping[str, Made] = {"competition": competition.slides, "annex": planned.annex}
"""What a debrief holds only where the house asks for it."""


def debrief(view: View) -> b.Deck | None:
    """The debrief of the newest reviewed period; None where nothing has been reviewed or prepared."""
    period = reviews.latest(view)
    if period is None or not period.plan.goals:
        return None
    then, asked = view.at(period), view.portfolio.workspace.decks.debrief
    ours = OURS if view.internal else {}
    made = slides(then, "debrief", {**PARTS, **ours, **FURTHER} if asked else {**PARTS, **ours})
    review = period.review
    when = (review.held_on or review.planned_for) if review else None
    there = review.attendees if review else ()
    return deck(then, view.say("deck.debrief"), made, when if isinstance(when, date) else None, there)  # fmt: skip
