"""The account plan for a talk among us: the five steps, and what we ask of the house."""

from __future__ import annotations

from collections.abc import Mapping

from planwerk import blocks as b
from planwerk.compose.decks import known, planned, reviewed
from planwerk.compose.decks.frame import Made, deck, slides
from planwerk.compose.sections import competition, goals, tasks
from planwerk.compose.view import View

PARTS: Mapping[str, Made] = {
    "profile": known.profile_slides, "objectives": known.objectives, "forces": competition.slides,
    "competitors": known.competitors, "swot": known.swot, "people": known.people,
    "stakeholders": known.influence, "strategy_map": known.map_slides,
    "white_space": known.white_space, "goals": planned.agreed, "results": goals.slides,
    "course": tasks.course_slides, "tasks": tasks.next_slides, "risks": known.risk_slides,
    "unknowns": known.open_questions, "decisions": tasks.decision_slides, "asks": reviewed.gaps,
    "renewal": known.renewal,
}  # fmt: skip


def account_plan(view: View) -> b.Deck | None:
    """The internal deck about all we know and intend; None where nothing is known yet."""
    made = slides(view, "account_plan", PARTS)
    return deck(view, view.say("document.account_plan"), made)
