"""What we know of a client: account.md, client.md, stakeholders.md, whitespace.csv."""

from typing import ClassVar, Literal

from pydantic import Field

from planwerk.model.meeting import MeetingKind
from planwerk.model.record import Record, Shared
from planwerk.model.types import (
    Days,
    Id,
    Language,
    LogDay,
    MaybeDay,
    MaybeDays,
    MaybeMoney,
    MaybeNumber,
    MaybePerson,
    MaybeProse,
    MaybeTitle,
    MaybeYesNo,
    Number,
    PersonId,
    Prose,
    Title,
)


class Financials(Shared):
    """Revenue and profit of one year, with where we know it from."""

    year: MaybeTitle
    revenue: MaybeMoney | None = None
    profit: MaybeMoney | None = None
    source: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset({"year", "revenue", "profit", "source"})


class ClientKpi(Shared):
    """What the client measures itself by, and where it misses it."""

    id: Id
    name: Title
    target: MaybeTitle = ""
    actual: MaybeTitle = ""
    told_by: MaybePerson | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "name", "target", "actual", "told_by"})


class Objective(Shared):
    """What the client wants, in its words."""

    id: Id
    text: Title
    told_by: MaybePerson | None = None
    confirmed_on: MaybeDay | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "text", "told_by", "confirmed_on"})


class Cadence(Shared):
    """How often we meet, by kind of meeting."""

    kind: MeetingKind
    every: Days
    released: ClassVar[frozenset[str]] = frozenset({"kind", "every"})


class WayIn(Record):
    """How to reach a department: whose job, what use case, which offering, through whom."""

    title: MaybeTitle
    use_case: MaybeTitle = ""
    offering: MaybeTitle = ""
    introduced_by: MaybePerson | None = None


class Department(Shared):
    """A department of the client, reached or not."""

    id: Id
    name: Title
    parent: Id | None = None
    contacted: MaybeYesNo = False
    ways_in: tuple[WayIn, ...] = ()
    released: ClassVar[frozenset[str]] = frozenset({"id", "name"})


class Service(Shared):
    """How an offering in use does against what was agreed."""

    offering: Id
    agreed: MaybeTitle = ""
    actual: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset({"offering", "agreed", "actual"})


class Contract(Record):
    """The contract with the client: from when to when, and how long before its end to give notice."""

    start: MaybeDay | None = None
    end: MaybeDay | None = None
    notice: MaybeDays | None = None
    renews: MaybeYesNo = False


class Profile(Shared):
    """account.md: the client and how we see it; the body is our internal narrative."""

    name: Title
    industry: Id
    tier: MaybeTitle = ""
    owner: MaybePerson
    language: Language | None = None
    aliases: tuple[Title, ...] = ()
    domains: tuple[Title, ...] = ()
    parent: Id | None = None
    parent_name: MaybeTitle = ""
    customer_since: MaybeDay | None = None
    customer_until: MaybeDay | None = None
    contract_until: MaybeDay | None = None
    website: MaybeTitle = ""
    headquarters: MaybeTitle = ""
    founded: MaybeTitle = ""
    employees: MaybeNumber | None = None
    business_model: MaybeTitle = ""
    target_markets: tuple[MaybeTitle, ...] = ()
    financials: tuple[Financials, ...] = ()
    client_kpis: tuple[ClientKpi, ...] = ()
    objectives: tuple[Objective, ...] = ()
    departments: tuple[Department, ...] = ()
    service: tuple[Service, ...] = ()
    contract: Contract | None = None
    cadence: tuple[Cadence, ...] = ()
    checked_on: MaybeDay | None = None
    body: Prose = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {
            "name", "language", "website", "headquarters", "business_model", "target_markets",
            "customer_since", "contract_until", "employees", "industry", "founded", "body",
        }
    )  # fmt: skip
    identity: ClassVar[frozenset[str]] = frozenset({"name", "language"})
    """Released as soon as anything of the account is: a client knows its own name."""


class ClientPage(Shared):
    """client.md: prose the client reads."""

    body: Prose = ""
    released: ClassVar[frozenset[str]] = frozenset({"body"})


class Relationship(Record):
    """Who of us knows this person (`with`), how well, and how well we want to."""

    with_: PersonId = Field(alias="with")
    level: Literal[
        "none", "vendor", "credible_source", "problem_solver", "trusted_advisor", "offen", "open"
    ]
    target: Literal["vendor", "credible_source", "problem_solver", "trusted_advisor"] | None = None


class Stakeholder(Shared):
    """A person of the client. Only name, title and department can ever be shared."""

    for_partners: ClassVar[bool] = True
    id: Id
    name: MaybeTitle
    title: MaybeTitle = ""
    department: Id | None = None
    buying_role: (
        Literal[
            "decision_maker", "economic_buyer", "champion", "influencer", "user", "gatekeeper",
            "procurement", "offen", "open",
        ]
        | None
    ) = None  # fmt: skip
    influence: Literal["1", "2", "3", "4", "5", "offen", "open"] | None = None
    disposition: Literal["-2", "-1", "0", "1", "2", "offen", "open"] | None = None
    evidence: MaybeProse = ""
    involvement: (
        Literal["none", "informed", "consulted", "active", "driving", "offen", "open"] | None
    ) = None
    wants: tuple[MaybeTitle, ...] = ()
    needs: tuple[MaybeTitle, ...] = ()
    persona: Id | None = None
    reports_to: MaybePerson | None = None
    influences: tuple[PersonId, ...] = ()
    conflicts_with: tuple[PersonId, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    checked_on: MaybeDay | None = None
    in_role_since: MaybeDay | None = None
    leaving_on: MaybeDay | None = None
    successor: MaybePerson | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "name", "title", "department"})


class StakeholderFile(Record):
    """stakeholders.md: the client's people; the only file that holds personal data."""

    stakeholders: tuple[Stakeholder, ...] = ()
    checked_on: MaybeDay | None = None
    body: Prose = ""


class WhiteSpaceCell(Record):
    """Department x offering: what we have there, what could be. Never shared."""

    department: Id
    offering: Id
    state: Literal[
        "unknown", "not_applicable", "blocked", "internal", "competitor",
        "gap", "idea", "opportunity", "won", "lost", "at_risk",
    ]  # fmt: skip
    ours: MaybeMoney | None = None
    potential: MaybeMoney | None = None
    probability: MaybeNumber | None = None
    competitor: MaybeTitle = ""
    renews_on: MaybeDay | None = None
    stage: MaybeTitle = ""
    note: MaybeProse = ""
    checked_on: MaybeDay | None = None
    sharable: ClassVar[bool] = False


class Measurement(Record):
    """One value of a measured KPI on a day."""

    date: LogDay
    kpi: Id
    value: MaybeNumber
    source: MaybeTitle = ""
    note: MaybeProse = ""
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


class Revenue(Record):
    """One booking of revenue on a day."""

    date: LogDay
    kind: Literal[
        "new", "upsell", "cross_sell", "renewal", "contraction", "churn", "recurring",
        "offen", "open",
    ]  # fmt: skip
    offering: MaybeTitle = ""
    amount: Number
    currency: MaybeTitle = ""
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


class Opportunity(Record):
    """One deal, open or closed."""

    id: Title
    department: Id = "whole-company"
    offering: Id
    opened: MaybeDay | None = None
    expected: MaybeDay | None = None
    closed: MaybeDay | None = None
    outcome: Literal["open", "won", "lost"]
    value: MaybeMoney | None = None
