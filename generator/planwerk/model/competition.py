"""The client's competition and ours: competition.md, features.csv, industries/<id>.md."""

from typing import ClassVar, Literal

from pydantic import Field

from planwerk.model.record import Record, Shared
from planwerk.model.types import Id, MaybeDay, MaybeProse, MaybeTitle, Prose

Rating = Literal["1", "2", "3", "4", "5", "offen", "open"]
Has = Literal["yes", "no", "partly", "unknown"]


class Force(Shared):
    """One of the five forces of an industry (Porter), with what follows from it.

    `opening` is our way in: it never leaves the house.
    """

    force: Literal["rivalry", "suppliers", "buyers", "entrants", "substitutes"]
    strength: Rating
    trend: Literal["rising", "stable", "falling", "offen", "open"] | None = None
    client_position: MaybeProse = ""
    evidence: tuple[MaybeProse, ...] = ()
    consequence: MaybeProse = ""
    opening: MaybeProse = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {"force", "strength", "trend", "client_position", "evidence", "consequence"}
    )


class Competitor(Shared):
    """A competitor of the client."""

    id: Id
    name: MaybeTitle
    strategy: MaybeProse = ""
    performance: MaybeProse = ""
    strengths: tuple[MaybeProse, ...] = ()
    weaknesses: tuple[MaybeProse, ...] = ()
    source: MaybeTitle = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {"id", "name", "strategy", "performance", "strengths", "weaknesses", "source"}
    )


class OwnCompetitor(Record):
    """Who competes with us at this client. Never shared."""

    id: Id
    name: MaybeTitle
    strengths: tuple[MaybeProse, ...] = ()
    weaknesses: tuple[MaybeProse, ...] = ()
    threat: Rating | None = None
    contract_until: MaybeDay | None = None
    source: MaybeTitle = ""


class SwotItem(Record):
    """A strength, weakness, opportunity or threat of ours here, and what follows. Never shared."""

    kind: Literal["strength", "weakness", "opportunity", "threat"]
    text: Prose
    evidence: MaybeProse = ""
    consequence: MaybeProse = ""


class Positioning(Shared):
    """What the client, or we with it, can stand for, and because of what."""

    area: Literal["product", "service", "go_to_market"]
    text: Prose
    because: tuple[MaybeTitle, ...] = ()
    released: ClassVar[frozenset[str]] = frozenset({"area", "text"})


class Competition(Record):
    """competition.md: the forces as they hit this client, its competitors and ours."""

    forces: tuple[Force, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    our_competitors: tuple[OwnCompetitor, ...] = ()
    swot: tuple[SwotItem, ...] = ()
    positioning: tuple[Positioning, ...] = ()
    checked_on: MaybeDay | None = None
    body: Prose = ""


class Feature(Record):
    """features.csv: a feature of the client's offer beside its competitors'. Never shared.

    Every further column of the table is a competitor's id.
    """

    feature: Id
    name: MaybeTitle
    client: Has = "unknown"
    competitors: dict[Id, Has] = Field(default_factory=dict)
    message: MaybeProse = ""
    further: ClassVar[str] = "competitors"
    """The field that takes the columns that are not fields."""


class Industry(Record):
    """industries/<id>.md: the forces of an industry, shared by its accounts."""

    forces: tuple[Force, ...] = ()
    body: Prose = ""
