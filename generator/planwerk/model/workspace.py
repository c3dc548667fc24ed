"""workspace.yml: the house, its people, what it offers, its method."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from planwerk.model.record import Record, Shared
from planwerk.model.types import (
    Day,
    Days,
    Id,
    Language,
    MaybeProse,
    MaybeTitle,
    Number,
    Prose,
    Title,
)


def _in_languages(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


Words = Annotated[dict[Literal["", "de", "en"], Title], BeforeValidator(_in_languages)]
"""A name: one text for all languages, or one a language (`de:`, `en:`)."""


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
    price: Number | None = None


class Tier(Named):
    """How closely an account is served; never shown to a client."""

    review_every: Days | None = None
    released: ClassVar[frozenset[str]] = frozenset()


class Rate(Record):
    """What one unit of `currency` is worth in the workspace's currency from a day on."""

    currency: Title
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


class Workspace(Record):
    """The whole of workspace.yml."""

    format: Literal["1", 1]
    organisation: Organisation
    language: Language = "de"
    currency: Title = "EUR"
    as_of: Day | None = None
    team: tuple[Member, ...] = ()
    teams: tuple[Named, ...] = ()
    offerings: tuple[Offering, ...] = ()
    industries: tuple[Named, ...] = ()
    tiers: tuple[Tier, ...] = ()
    rates: tuple[Rate, ...] = ()
    kpis: tuple[HouseKpi, ...] = ()
    note: MaybeProse | Prose = ""
