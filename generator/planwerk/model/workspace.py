"""workspace.yml: the house, its people, what it offers, its method."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planwerk.model.record import Record, Shared
from planwerk.model.types import (
    Currency,
    Day,
    Days,
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


class HouseKpi(Shared):
    """A KPI of our own, measured by values entered by date."""

    id: Id
    name: Words
    unit: Literal["none", "count", "percent", "hours", "days", "points", "EUR"] = "none"
    decimals: Literal["0", "1", "2", 0, 1, 2] = 0
    direction: Literal["higher", "lower"] = "higher"
    definition: Words = Field(default_factory=dict)
    source: Words = Field(default_factory=dict)
    released: ClassVar[frozenset[str]] = frozenset(
        {"id", "name", "unit", "decimals", "direction", "definition", "source"}
    )


class Host(Record):
    """Where the plans' git repository can be looked at. Never shared: it is an address of ours."""

    url: Url
    kind: Literal["github", "gitlab", "gitea"] = "github"


class Workspace(Record):
    """The whole of workspace.yml."""

    format: Literal["1", 1]
    organisation: Organisation
    language: Language = "de"
    currency: Currency = "EUR"
    as_of: Day | None = None
    host: Host | None = None
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
    note: MaybeProse | Prose = ""
    identity: ClassVar[frozenset[str]] = frozenset({"language", "currency"})
    """Released as soon as anything is: outputs are written in the one and count in the other."""


def rate_on(workspace: Workspace, currency: str, day: date) -> Decimal | None:
    """What one unit of `currency` is worth in the workspace's on that day; None if unknown."""
    if currency == workspace.currency:
        return Decimal(1)
    known = [r for r in workspace.rates if r.currency == currency and r.since <= day]
    return max(known, key=lambda r: r.since).rate if known else None
