"""workspace.yml: the house, its people, what it offers, its method."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planwerk.model.outputs import Decks, Documents
from planwerk.model.record import Record, Shared
from planwerk.model.types import (
    Currency,
    Day,
    Days,
    Email,
    Id,
    Language,
    MaybeProse,
    MaybeTitle,
    Money,
    Number,
    Prose,
    Title,
    Url,
    Word,
    YesNo,
)


def _in_languages(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


Words = Annotated[dict[Literal["", "de", "en"], Title], BeforeValidator(_in_languages)]
"""A name: one text for all languages, or one a language (`de:`, `en:`)."""


def _count(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,3}", value):
        raise PydanticCustomError("wrong-number", "wrong-number", {"found": value})
    return int(value) if isinstance(value, str) else value


Count = Annotated[int, BeforeValidator(_count)]
"""How many of something, up to 999."""
BuyingRole = Literal[
    "decision_maker", "economic_buyer", "champion", "influencer", "user", "gatekeeper",
    "procurement",
]  # fmt: skip
Section = Literal[
    "profile", "objectives", "client_kpis", "departments", "service", "contract", "stakeholders",
    "interview", "insights", "journey", "white_space", "competition", "features", "plan", "goals",
    "kpis", "tasks", "risks", "review", "meetings", "measurements",
]  # fmt: skip
"""The parts of an account that the method can ask for."""


def say(words: dict[Any, str], language: str) -> str:
    """The text of `words` in `language`, else the one there is."""
    return words.get(language) or words.get("") or next(iter(words.values()), "")


class Organisation(Record):
    """Who we are, as documents and portals sign."""

    name: MaybeTitle
    short: MaybeTitle = ""
    domain: MaybeTitle = ""
    address: MaybeTitle = ""
    email: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset({"name", "short", "domain", "address", "email"})


class Member(Record):
    """Somebody of our own team."""

    id: Id
    name: Title
    title: MaybeTitle = ""
    email: MaybeTitle = ""
    phone: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset({"id", "name", "title", "email", "phone"})


class Named(Record):
    """Something with an id and a name: a team, an industry."""

    id: Id
    name: Words
    released: ClassVar[frozenset[str]] = frozenset({"id", "name"})


class Offering(Named):
    """Something we sell."""

    description: Words = Field(default_factory=dict)
    price: Money | None = None


class Freshness(Record):
    """After how many days without a look what is known in a section counts as stale."""

    section: Section
    within: Days


class Demands(Record):
    """What the method asks of an account: sections, roles to know, rhythm, freshness."""

    sections: tuple[Section, ...] = ()
    roles: tuple[BuyingRole, ...] = ()
    contacts: Count = 0
    review_every: Days | None = None
    contact_every: Days | None = None
    fresh: tuple[Freshness, ...] = ()


class Tier(Named, Demands):
    """How closely an account is served; never shown to a client."""

    released: ClassVar[frozenset[str]] = frozenset()


class PlanType(Named):
    """A kind of plan, and the sections it cannot do without."""

    id: Word
    sections: tuple[Section, ...] = ()
    released: ClassVar[frozenset[str]] = frozenset()


class Method(Demands):
    """The method of the house: what every account owes, whatever its tier.

    `rules` names the rules that run only by name; `gap` is how many days may lie between two
    periods, and `late_after` how many days after its end a plan should be closed.
    """

    rules: tuple[Id, ...] = ()
    gap: Days = 0
    late_after: Days = 60


class Rate(Record):
    """What one unit of `currency` is worth in the workspace's currency from a day on."""

    currency: Currency
    since: Day
    rate: Number


Log = Literal["interactions", "revenue", "opportunities", "surveys", "training"]
"""The logs that a KPI of the house can be counted from."""


class Condition(Record):
    """What a line of a log must say to be counted; one field a condition.

    Conditions on the same field are alternatives; those on different fields must all hold.
    """

    channel: Literal["email", "call", "meeting"] | None = None
    direction: Literal["in", "out"] | None = None
    strategic: YesNo | None = None
    kind: (
        Literal["new", "upsell", "cross_sell", "renewal", "contraction", "churn", "recurring"]
        | None
    ) = None
    offering: Id | None = None
    outcome: Literal["open", "won", "lost"] | None = None
    instrument: Literal["nps", "csat", "ces", "sentiment"] | None = None
    by: Literal["client", "us"] | None = None
    score: Number | None = None
    done: YesNo | None = None

    @property
    def said(self) -> dict[str, object]:
        """The fields that the condition names, with what they must be."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class HouseKpi(Shared):
    """A KPI of our own: measured by values entered by date, or counted from a log.

    `count` counts the cases of a log, `sum` adds up one of its columns (`of`), both within
    the period and only where all conditions of `where` hold. What is counted from logs is our
    view of the client and is never shared.
    """

    id: Id
    name: Words
    unit: Literal["none", "count", "percent", "hours", "days", "points", "EUR"] = "none"
    decimals: Literal["0", "1", "2", 0, 1, 2] = 0
    direction: Literal["higher", "lower", "range", "info"] = "higher"
    definition: Words = Field(default_factory=dict)
    source: Words = Field(default_factory=dict)
    count: Log | None = None
    sum: Log | None = None
    of: (
        Literal["amount", "value", "count", "answered", "connected", "positive", "referrals"] | None
    ) = None
    where: tuple[Condition, ...] = ()
    released: ClassVar[frozenset[str]] = frozenset(
        {"id", "name", "unit", "decimals", "direction", "definition", "source"}
    )

    @property
    def log(self) -> str:
        """The log it is counted from; "" where its values are entered."""
        return self.count or self.sum or ""

    def visible_to(self, audience: str) -> bool:
        """As it is marked; what we count of a client it never sees."""
        return super().visible_to(audience) and (audience == "internal" or not self.log)


class HealthPart(Record):
    """One part of an account's health: a KPI, what it weighs, which values are good and poor.

    `good` gives all points, `poor` none, between them by the way. A part with `decides: ja`
    turns the whole red where it has no points.
    """

    kpi: Id
    weight: Number
    good: Number
    poor: Number
    decides: YesNo = False


class Health(Record):
    """How an account's health is reckoned. Never shared.

    The KPIs are those of the last `within` days; 0 to 100 points are good from `good` on, fair
    from `fair` on. Parts that are not known are left out, and their weight with them; `least`
    is the share of the weight in percent that must be known.
    """

    within: Days = 180
    good: Number = Decimal(67)
    fair: Number = Decimal(34)
    least: Number = Decimal(50)
    parts: tuple[HealthPart, ...] = ()
    sharable: ClassVar[bool] = False


class Host(Record):
    """Where the plans' git repository can be looked at. Never shared: it is an address of ours."""

    url: Url
    kind: Literal["github", "gitlab", "gitea"] = "github"


class PortalFeedback(Record):
    """Where readers of the portals tell us what is wrong or missing: by e-mail, in a form."""

    email: Email | None = None
    form: Url | None = None
    released: ClassVar[frozenset[str]] = frozenset({"email", "form"})


class Workspace(Record):
    """The whole of workspace.yml.

    `by_owner` allows to roll KPIs up by person: off unless the house has agreed on it.
    """

    format: Literal["1", 1]
    organisation: Organisation
    language: Language = "de"
    currency: Currency = "EUR"
    as_of: Day | None = None
    host: Host | None = None
    feedback: PortalFeedback = Field(default_factory=PortalFeedback)
    team: tuple[Member, ...] = ()
    teams: tuple[Named, ...] = ()
    offerings: tuple[Offering, ...] = ()
    industries: tuple[Named, ...] = ()
    groups: tuple[Named, ...] = ()
    tiers: tuple[Tier, ...] = ()
    plan_types: tuple[PlanType, ...] = ()
    method: Method = Field(default_factory=Method)
    rates: tuple[Rate, ...] = ()
    kpis: tuple[HouseKpi, ...] = ()
    health: Health = Field(default_factory=Health)
    documents: Documents = Field(default_factory=Documents)
    decks: Decks = Field(default_factory=Decks)
    by_owner: YesNo = False
    note: MaybeProse | Prose = ""
    identity: ClassVar[frozenset[str]] = frozenset({"language", "currency"})
    """Released as soon as anything is: outputs are written in the one and count in the other."""


def rate_on(workspace: Workspace, currency: str, day: date) -> Decimal | None:
    """What one unit of `currency` is worth in the workspace's on that day; None if unknown."""
    if currency == workspace.currency:
        return Decimal(1)
    rates = [r for r in rates_of(workspace, currency) if r.since <= day]
    return rates[-1].rate if rates else None


def rates_of(workspace: Workspace, currency: str) -> list[Rate]:
    """The known rates of a currency, the oldest first."""
    return sorted((r for r in workspace.rates if r.currency == currency), key=lambda r: r.since)
