"""Knowing the client: interview.md, journey.md, and the house's personas and questions."""

from typing import ClassVar, Literal

from pydantic import Field

from planwerk.model.record import Record, Shared
from planwerk.model.types import Id, MaybeDay, MaybePerson, MaybeProse, MaybeTitle, Prose, Title
from planwerk.model.workspace import Words

Sentiment = Literal["-2", "-1", "0", "1", "2", "offen", "open"]


class Question(Record):
    """A question to the client: of the house or the bank by its `id`, or in own `text`.

    `slots` fill the gaps of a question of the bank (`{area}`). Open ones say who of us finds out (`owner`) and until when (`due`). Never shared.
    """

    id: Id
    text: MaybeProse = ""
    slots: dict[Id, Title] = Field(default_factory=dict)
    asked: MaybePerson | None = None
    asked_on: MaybeDay | None = None
    answer: MaybeProse = ""
    owner: MaybePerson | None = None
    due: MaybeDay | None = None


class Insight(Shared):
    """A link of the chain from what the client wants to what helps it, and who says so.

    Goals meet pressures, initiatives answer them, obstacles stand in the way, solutions
    remove them; `leads_to` names the next link.
    """

    id: Id
    kind: Literal["goal", "pressure", "initiative", "obstacle", "solution"]
    text: Prose
    leads_to: tuple[Id, ...] = ()
    told_by: MaybePerson | None = None
    confirmed_by: MaybePerson | None = None
    confirmed_on: MaybeDay | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "kind", "text", "confirmed_on"})


class Interview(Record):
    """interview.md: what was asked and learned, and what is still open."""

    questions: tuple[Question, ...] = ()
    insights: tuple[Insight, ...] = ()
    body: Prose = ""


class Stage(Shared):
    """A stage of the customer's journey; how it feels there stays with us."""

    id: Id
    name: MaybeTitle
    client_goal: MaybeProse = ""
    touchpoints: tuple[MaybeTitle, ...] = ()
    personas: tuple[Id, ...] = ()
    sentiment: Sentiment | None = None
    pains: tuple[MaybeProse, ...] = ()
    owner: MaybePerson | None = None
    released: ClassVar[frozenset[str]] = frozenset(
        {"id", "name", "client_goal", "touchpoints", "pains"}
    )


class Journey(Record):
    """journey.md: the stages in their order."""

    stages: tuple[Stage, ...] = ()
    checked_on: MaybeDay | None = None
    body: Prose = ""


class Persona(Record):
    """personas/<id>.md: a kind of buyer, shared by accounts; the file's name is its id."""

    name: MaybeTitle
    titles: tuple[MaybeTitle, ...] = ()
    aims: tuple[MaybeTitle, ...] = ()
    pains: tuple[MaybeTitle, ...] = ()
    measures: tuple[MaybeTitle, ...] = ()
    objections: tuple[MaybeTitle, ...] = ()
    channels: tuple[MaybeTitle, ...] = ()
    buying_role: MaybeTitle = ""
    body: Prose = ""


class HouseQuestion(Record):
    """A question of the house, in its languages."""

    id: Id
    purpose: Literal[
        "industry", "pressure", "success", "culture", "announcement", "people", "service", "other"
    ] = "other"
    text: Words


class Questions(Record):
    """questions.md: the house's own interview questions."""

    questions: tuple[HouseQuestion, ...] = ()
    body: Prose = ""
