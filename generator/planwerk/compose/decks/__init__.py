"""PowerPoint decks: which there are, for whom, with which slides in which order."""

from __future__ import annotations

from collections.abc import Callable

from planwerk import blocks as b
from planwerk.compose.decks.account_plan import account_plan
from planwerk.compose.decks.debrief import debrief
from planwerk.compose.decks.kickoff import kickoff
from planwerk.compose.decks.review import review
from planwerk.compose.view import View

Maker = Callable[[View], b.Deck | None]
INTERNAL: tuple[Maker, ...] = (account_plan, debrief)
CLIENT: tuple[Maker, ...] = (kickoff, review, debrief)


def made(view: View) -> tuple[b.Deck, ...]:
    """All decks about the view's account for its reader; a new one is added above."""
    makers = INTERNAL if view.internal else CLIENT
    return tuple(deck for maker in makers if (deck := maker(view)))
