"""What the house asks of its documents and decks: which chapters and slides, in which order."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from planwerk.model.record import Record

T = TypeVar("T")


def _once(names: tuple[T, ...]) -> tuple[T, ...]:
    """Each name once: ValueError for one that stands there again."""
    for place, name in enumerate(names):
        if name in names[:place]:
            raise PydanticCustomError("chapter-twice", "chapter-twice", {"found": str(name)})
    return names


Each: Any = AfterValidator(_once)
PlanChapter = Literal[
    "summary", "profile", "interview", "stakeholders", "journey", "white_space", "competition",
    "goals", "tasks", "risks", "meetings", "reviews", "since", "unknowns", "definitions", "history",
]  # fmt: skip
JointChapter = Literal[
    "together", "profile", "interview", "journey", "competition", "goals", "tasks", "meetings",
    "reviews", "since", "contact",
]  # fmt: skip
"""What a client may read of an account, as far as it was shared."""
PagePart = Literal["goals", "chart", "tasks", "stakeholders", "white_space", "risks"]
ReportChapter = Literal["stands", "done", "moved", "late", "next"]
MinutesChapter = Literal["outcome", "agreed", "said", "next"]
BriefChapter = Literal["problem", "help", "wish"]
GuideChapter = Literal["asked", "known", "after"]
HandoverChapter = Literal["stands", "people", "owed", "dates", "talked", "unknown"]

KickoffPart = Literal[
    "why", "goals", "roles", "course", "rhythm", "first_days", "questions", "annex",
]  # fmt: skip
ReviewPart = Literal[
    "agreed_last", "goals", "results", "words", "misses", "wishes", "problems", "course", "tasks",
    "decisions", "next", "annex", "competition",
]  # fmt: skip
DebriefPart = Literal[
    "agreed", "since", "results", "drift", "promised", "worked", "misses", "words", "wishes",
    "problems", "decided", "asked", "why", "carried", "goals", "course", "tasks", "decisions",
    "gaps", "movement", "white_space", "stakeholders", "figures", "signals", "renewal",
    "competition", "annex",
]  # fmt: skip
"""Of these a client sees what is for it: what we alone are told is left out there."""
AccountPart = Literal[
    "profile", "objectives", "forces", "competitors", "swot", "people", "stakeholders",
    "strategy_map", "white_space", "goals", "results", "course", "tasks", "risks", "unknowns",
    "decisions", "asks", "renewal",
]  # fmt: skip


DeckName = Literal["kickoff", "review", "debrief", "account_plan"]
SECTIONS: dict[DeckName, tuple[str, ...]] = {
    "kickoff": get_args(KickoffPart),
    "review": get_args(ReviewPart),
    "debrief": get_args(DebriefPart),
    "account_plan": get_args(AccountPart),
}
"""The sections that each deck can have."""


class Decks(Record):
    """The sections of each deck in their order; one that is not named has ours.

    Only what a client's decks hold is released.
    """

    kickoff: Annotated[tuple[KickoffPart, ...], Each] = ()
    review: Annotated[tuple[ReviewPart, ...], Each] = ()
    debrief: Annotated[tuple[DebriefPart, ...], Each] = ()
    account_plan: Annotated[tuple[AccountPart, ...], Each] = ()
    released: ClassVar[frozenset[str]] = frozenset({"kickoff", "review", "debrief"})


class Documents(Record):
    """The chapters of each document in their order; one that is not named has ours.

    Only what a client's documents hold is released: what is in ours is nobody else's business.
    """

    account_plan: Annotated[tuple[PlanChapter, ...], Each] = ()
    one_page: Annotated[tuple[PagePart, ...], Each] = ()
    joint_plan: Annotated[tuple[JointChapter, ...], Each] = ()
    progress: Annotated[tuple[ReportChapter, ...], Each] = ()
    minutes: Annotated[tuple[MinutesChapter, ...], Each] = ()
    brief: Annotated[tuple[BriefChapter, ...], Each] = ()
    interview_guide: Annotated[tuple[GuideChapter, ...], Each] = ()
    handover: Annotated[tuple[HandoverChapter, ...], Each] = ()
    released: ClassVar[frozenset[str]] = frozenset({"joint_plan", "progress", "minutes"})
