"""The account plan for us, the joint plan for the client: books with cover and contents."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.compose.documents.frame import book
from planwerk.compose.sections import (
    competition,
    goals,
    history,
    interview,
    journey,
    meetings,
    overview,
    profile,
    reviews,
    risks,
    since,
    stakeholders,
    tasks,
    unknowns,
    white_space,
)
from planwerk.compose.view import View

ACCOUNT_PLAN = (
    profile, interview, stakeholders, journey, white_space, competition, goals, tasks, risks,
    meetings, reviews, since, unknowns, history,
)  # fmt: skip
"""The five steps in their order: know the client, its competition, plan and run, evaluate."""
JOINT_PLAN = (goals, tasks, since)


def account_plan(view: View) -> b.Document:
    """The internal account plan: everything we know and intend."""
    chapters = [overview.summary(view)]
    chapters += [c for section in ACCOUNT_PLAN if (c := section.chapter(view))]
    return book(view, view.say("document.account_plan"), tuple(chapters))


def joint_plan(view: View) -> b.Document:
    """What both sides agreed: vision, goals, tasks; for the client to file and sign."""
    chapters = [c for c in (profile.together(view),) if c]
    chapters += [c for section in JOINT_PLAN if (c := section.chapter(view))]
    return book(view, view.say("document.joint_plan"), tuple(chapters))
