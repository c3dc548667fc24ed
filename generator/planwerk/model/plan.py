"""A period: plan.md, tasks.md, review.md."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from planwerk.model.record import Record, Shared
from planwerk.model.types import (
    OPEN,
    After,
    Day,
    Due,
    Id,
    MaybeDay,
    MaybeNumber,
    MaybePerson,
    MaybeProse,
    MaybeTitle,
    PeriodId,
    PersonId,
    Prose,
    Title,
    Unknown,
    Word,
)


class Goal(Shared):
    """What is to be true at the period's end; goals of our own never leave the house."""

    id: Id
    title: Title
    kind: Literal["client", "ours", "relationship"] = "client"
    description: MaybeProse = ""
    parent: Id | None = None
    kpis: tuple[Id, ...] = ()
    answers: tuple[Title, ...] = ()
    owner: MaybePerson
    validated_by: MaybePerson | None = None
    validated_on: MaybeDay | None = None
    released: ClassVar[frozenset[str]] = frozenset(
        {
            "id", "title", "kind", "description", "kpis", "owner",
            "validated_by", "validated_on",
        }
    )  # fmt: skip


class Interim(Record):
    """What a KPI should have reached on a day before the period's end."""

    on: Day
    target: MaybeNumber
    released: ClassVar[frozenset[str]] = frozenset({"on", "target"})


class PlanKpi(Shared):
    """The baseline and target of a KPI in this period, with interim targets.

    A KPI that shall stay between two bounds has the lower one as `target`, the upper one as
    `target_to`. Where a target is lower than the last one, `lowered_because` says why;
    `precedent` says what makes a target reachable that has no precedent in the measurements.
    """

    kpi: Id
    baseline: MaybeNumber | None = None
    target: MaybeNumber | None = None
    target_to: MaybeNumber | None = None
    interim: tuple[Interim, ...] = ()
    lowered_because: MaybeProse = ""
    precedent: MaybeProse = ""
    owner: MaybePerson | None = None
    released: ClassVar[frozenset[str]] = frozenset(
        {"kpi", "baseline", "target", "target_to", "owner"}
    )


class Carried(Shared):
    """Something of the last period and what was decided about it."""

    from_: Title = Field(alias="from")
    decision: Literal["keep", "change", "drop", "offen", "open"]
    as_: MaybeTitle = Field(default="", alias="as")
    reason: MaybeProse = ""
    released: ClassVar[frozenset[str]] = frozenset({"from_", "decision", "as_", "reason"})


class Approval(Record):
    """Who approved the plan on which day, and the fingerprint of what was approved."""

    by: PersonId
    on: Day
    fingerprint: Title


class Plan(Shared):
    """plan.md: what is agreed for a period; the body is its narrative."""

    from_: Day = Field(alias="from")
    to: Day
    type: Word = "grow"
    predecessor: PeriodId | None = None
    gap_because: MaybeProse = ""
    agreed_on: MaybeDay | None = None
    closed_on: MaybeDay | None = None
    vision: MaybeProse = ""
    rationale: MaybeProse = ""
    goals: tuple[Goal, ...] = ()
    kpis: tuple[PlanKpi, ...] = ()
    carried: tuple[Carried, ...] = ()
    approvals: tuple[Approval, ...] = ()
    body: Prose = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {"from_", "to", "predecessor", "agreed_on", "vision", "rationale", "body"}
    )
    identity: ClassVar[frozenset[str]] = frozenset({"from_", "to"})
    """Released as soon as anything of the period is."""


class Task(Shared):
    """Something to do, with exactly one person accountable and a day it is due."""

    for_partners: ClassVar[bool] = True
    id: Id
    title: Title
    goal: Id | None = None
    answers: tuple[Title, ...] = ()
    accountable: PersonId
    consulted: tuple[PersonId, ...] = ()
    informed: tuple[PersonId, ...] = ()
    start: MaybeDay | None = None
    due: Due
    done_on: MaybeDay | None = None
    depends_on: tuple[Id, ...] = ()
    note: MaybeProse = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {"id", "title", "goal", "accountable", "start", "due", "done_on", "depends_on"}
    )

    @property
    def due_day(self) -> date | Unknown:
        """The day it is due; reading has turned days told by other tasks into days."""
        return OPEN if isinstance(self.due, After) else self.due


class Milestone(Shared):
    """A day something is to be reached."""

    for_partners: ClassVar[bool] = True
    id: Id
    title: Title
    on: MaybeDay
    goal: Id | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "title", "on", "goal"})


class Decision(Shared):
    """A question somebody has to decide, with what follows and what we recommend."""

    for_partners: ClassVar[bool] = True
    id: Id
    question: Title
    consequence: MaybeTitle = ""
    recommendation: MaybeTitle = ""
    decided_by: PersonId
    due: MaybeDay | None = None
    decided_on: MaybeDay | None = None
    answer: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {
            "id", "question", "consequence", "recommendation", "decided_by", "due",
            "decided_on", "answer",
        }
    )  # fmt: skip


class Partner(Record):
    """A vendor who takes part in this period."""

    id: Id
    name: Title
    contact: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset({"id", "name"})


class TaskFile(Record):
    """tasks.md: changes daily; shared by record."""

    tasks: tuple[Task, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    decisions: tuple[Decision, ...] = ()
    partners: tuple[Partner, ...] = ()
    body: Prose = ""

    @property
    def shared(self) -> tuple[Shared, ...]:
        """The records that can be shared, each by itself."""
        return (*self.tasks, *self.milestones, *self.decisions)


class Outcome(Shared):
    """How a KPI ended: what stood out, or why it was missed and what we learn from it."""

    kpi: Id
    highlight: MaybeProse = ""
    cause: MaybeProse = ""
    lesson: MaybeProse = ""
    waived_because: MaybeProse = ""
    released: ClassVar[frozenset[str]] = frozenset({"kpi", "highlight", "cause", "lesson"})


class NextStep(Shared):
    """What follows from a miss, with a person and a day."""

    id: Id
    for_: Title = Field(alias="for")
    title: Title
    accountable: PersonId
    due: MaybeDay
    released: ClassVar[frozenset[str]] = frozenset({"id", "for_", "title", "accountable", "due"})


class Commitment(Shared):
    """What became of a next step of the last review: every one is scored before a new is made."""

    step: Id
    result: Literal["achieved", "partly", "missed"]
    note: MaybeProse = ""
    released: ClassVar[frozenset[str]] = frozenset({"step", "result", "note"})


class Feedback(Shared):
    """Somebody's own words."""

    from_: PersonId = Field(alias="from")
    kind: Literal["praise", "complaint", "change_wish", "initiative"]
    quote: Prose
    on: MaybeDay
    released: ClassVar[frozenset[str]] = frozenset({"from_", "kind", "quote", "on"})


class Example(Record):
    """One time a problem showed."""

    on: MaybeDay
    what: Prose
    released: ClassVar[frozenset[str]] = frozenset({"on", "what"})


class ClientProblem(Shared):
    """A product or service problem, routed to the team responsible, followed until answered."""

    id: Id
    team: Id
    title: Title
    asked_by: MaybePerson | None = None
    examples: tuple[Example, ...] = ()
    answer_due: MaybeDay | None = None
    answered_on: MaybeDay | None = None
    answer: MaybeProse = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {
            "id", "team", "title", "asked_by", "examples", "answer_due", "answered_on",
            "answer",
        }
    )  # fmt: skip


class HelpWanted(Record):
    """Which other team could help, with what, by when."""

    team: Id
    what: Prose
    by: MaybeDay | None = None


class ReviewDecision(Shared):
    """What was decided in the meeting."""

    id: Id
    text: Title
    decided_by: MaybePerson | None = None
    on: MaybeDay | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "text", "decided_by", "on"})


class Review(Shared):
    """review.md: prepared before the debrief, completed after it."""

    planned_for: MaybeDay | None = None
    held_on: MaybeDay | None = None
    attendees: tuple[PersonId, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    problems: tuple[ClientProblem, ...] = ()
    help_wanted: tuple[HelpWanted, ...] = ()
    workflow_gaps: tuple[MaybeProse, ...] = ()
    decisions: tuple[ReviewDecision, ...] = ()
    body: Prose = ""
    released: ClassVar[frozenset[str]] = frozenset({"planned_for", "held_on", "attendees", "body"})
