"""The whole of a workspace in memory: what the stages hand to each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from pydantic import Field

from planwerk.model.account import (
    ClientPage,
    Department,
    Measurement,
    Opportunity,
    Profile,
    Revenue,
    Stakeholder,
    StakeholderFile,
    WhiteSpaceCell,
)
from planwerk.model.competition import Competition, Feature, Industry
from planwerk.model.discovery import Interview, Journey, Persona, Questions
from planwerk.model.house_page import HousePage
from planwerk.model.logs import Interaction, SurveyAnswer, Training
from planwerk.model.measured import Measured
from planwerk.model.meeting import Meeting
from planwerk.model.plan import Partner, Plan, Review, TaskFile
from planwerk.model.record import Record
from planwerk.model.risk import RiskFile
from planwerk.model.slides import SlideFile
from planwerk.model.types import Day
from planwerk.model.workspace import HouseKpi, Member, Named, Offering, Workspace

if TYPE_CHECKING:
    from planwerk.model.history import Step
    from planwerk.painted import PictureFile
    from planwerk.problems import Problem

    Steps: TypeAlias = tuple[Step, ...]
    Gaps: TypeAlias = tuple[Problem, ...]
    Pictures: TypeAlias = dict[str, PictureFile]
else:  # computed, never read from a file with details: nothing to validate
    Steps = Gaps = tuple
    Pictures = dict


class Period(Record):
    """One period of an account; `results` are computed, one a KPI of the plan."""

    id: str
    plan: Plan
    tasks: TaskFile = Field(default_factory=TaskFile)
    review: Review | None = None
    risks: RiskFile = Field(default_factory=RiskFile)
    slides: SlideFile = Field(default_factory=SlideFile)
    results: tuple[Measured, ...] = ()

    def result(self, kpi: str) -> Measured | None:
        """How that KPI stands, or None if the plan does not hold it."""
        return next((r for r in self.results if r.kpi == kpi), None)

    @property
    def partners(self) -> dict[str, Partner]:
        """The vendors who take part, by id."""
        return {partner.id: partner for partner in self.tasks.partners}


class Account(Record):
    """One client; the folder's name is its id."""

    id: str
    profile: Profile
    client: ClientPage | None = None
    people: StakeholderFile = Field(default_factory=StakeholderFile)
    whitespace: tuple[WhiteSpaceCell, ...] = ()
    measurements: Sequence[Measurement] = ()
    revenue: Sequence[Revenue] = ()
    opportunities: tuple[Opportunity, ...] = ()
    interview: Interview = Field(default_factory=Interview)
    journey: Journey = Field(default_factory=Journey)
    competition: Competition = Field(default_factory=Competition)
    features: tuple[Feature, ...] = ()
    interactions: Sequence[Interaction] = ()
    surveys: Sequence[SurveyAnswer] = ()
    meetings: tuple[Meeting, ...] = ()
    periods: tuple[Period, ...] = ()
    commit: str = ""
    """The last commit that touched what this account's outputs are made of; never leaves us."""
    whom_to_ask: str = ""
    """The account's owner (an id of our team), where a reader who is not one of us meets them."""
    draft: bool = False
    """Whether something of it was changed and not committed."""
    history: Steps = ()
    """What changed, oldest first: for us by commit, for others by day and out of projections."""
    pictures: Pictures = Field(default_factory=dict)
    """The pictures that texts show, by their names below the account's folder."""

    @property
    def stakeholders(self) -> tuple[Stakeholder, ...]:
        """The client's people."""
        return self.people.stakeholders

    @property
    def departments(self) -> tuple[Department, ...]:
        """The client's departments."""
        return self.profile.departments

    def current(self, as_of: Day) -> Period | None:
        """The period that runs on that day, else the last one that began, else the first."""
        if not self.periods:
            return None
        begun = [p for p in self.periods if p.plan.from_ <= as_of]
        return begun[-1] if begun else self.periods[0]

    def before(self, period: Period) -> Period | None:
        """The period this one carries on from."""
        return next((p for p in self.periods if p.id == period.plan.predecessor), None)


class Portfolio(Record):
    """All accounts, as one audience may see them (`internal`: all of it)."""

    audience: str
    as_of: Day
    workspace: Workspace
    accounts: tuple[Account, ...]
    personas: dict[str, Persona] = Field(default_factory=dict)
    """By id: the name of the file in personas/."""
    forces: dict[str, Industry] = Field(default_factory=dict)
    """The five forces by industry: the name of the file in industries/."""
    questions: Questions = Field(default_factory=Questions)
    training: Sequence[Training] = ()
    pages: tuple[HousePage, ...] = ()
    """The house's own pages of the portals, in each language it wrote them in."""
    commit: str = ""
    changed: Day | None = None
    """The day of the last commit that touched the plans; never leaves us."""
    draft: bool = False
    history: Steps = ()
    """What changed of what all accounts have in common; never leaves us."""
    gaps: Gaps = ()
    """What cannot be known of the histories; never leaves us."""

    def account(self, name: str) -> Account:
        """The account of that id; KeyError if there is none."""
        for account in self.accounts:
            if account.id == name:
                return account
        raise KeyError(name)

    def page(self, name: str, language: str) -> HousePage | None:
        """The house's own page of that name in that language, None where it wrote none."""
        known = (page for page in self.pages if (page.name, page.language) == (name, language))
        return next(known, None)

    @property
    def team(self) -> dict[str, Member]:
        """Our people by id."""
        return {member.id: member for member in self.workspace.team}

    @property
    def kpis(self) -> dict[str, HouseKpi]:
        """The house KPIs by id."""
        return {kpi.id: kpi for kpi in self.workspace.kpis}

    @property
    def offerings(self) -> dict[str, Offering]:
        """What we sell, by id."""
        return {offering.id: offering for offering in self.workspace.offerings}

    @property
    def industries(self) -> dict[str, Named]:
        """The industries by id."""
        return {industry.id: industry for industry in self.workspace.industries}

    @property
    def teams(self) -> dict[str, Named]:
        """Our teams by id."""
        return {team.id: team for team in self.workspace.teams}
