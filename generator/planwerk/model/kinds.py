"""The kinds of files of a workspace: what each is called, where it lies, what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

from planwerk.model.account import (
    ClientPage,
    Measurement,
    Opportunity,
    Profile,
    Revenue,
    StakeholderFile,
    WhiteSpaceCell,
)
from planwerk.model.competition import Competition, Feature, Industry
from planwerk.model.discovery import Interview, Journey, Persona, Questions
from planwerk.model.logs import Interaction, SurveyAnswer, Training
from planwerk.model.meeting import Meeting
from planwerk.model.plan import Plan, Review, TaskFile
from planwerk.model.record import Record
from planwerk.model.risk import RiskFile
from planwerk.model.slides import SlideFile
from planwerk.model.workspace import Workspace

Place = Literal["top", "account", "period", "meetings", "personas", "industries"]
"""Beside the accounts, in an account, in a period of one, or in a folder of that name."""
Shape = Literal["front matter", "table", "yaml"]


class Kind(NamedTuple):
    """A kind of file: its name, the record it holds (of a table: its lines), its file name."""

    name: str
    record: type[Record]
    file: str
    place: Place = "account"

    @property
    def shape(self) -> Shape:
        """How the file is written."""
        return "table" if self.file.endswith(".csv") else "yaml" if self.file.endswith(".yml") else "front matter"  # fmt: skip

    @property
    def path(self) -> str:
        """An example of where such a file lies below plans/."""
        return PATHS[self.place].format(file=self.file)


PATHS: dict[Place, str] = {
    "top": "{file}",
    "account": "nordwind-logistik/{file}",
    "period": "nordwind-logistik/2026-h2/{file}",
    "meetings": "nordwind-logistik/meetings/{file}",
    "personas": "personas/{file}",
    "industries": "industries/{file}",
}
KINDS = (
    Kind("workspace", Workspace, "workspace.yml", "top"),
    Kind("account", Profile, "account.md"),
    Kind("client", ClientPage, "client.md"),
    Kind("stakeholders", StakeholderFile, "stakeholders.md"),
    Kind("interview", Interview, "interview.md"),
    Kind("journey", Journey, "journey.md"),
    Kind("competition", Competition, "competition.md"),
    Kind("plan", Plan, "plan.md", "period"),
    Kind("tasks", TaskFile, "tasks.md", "period"),
    Kind("risks", RiskFile, "risks.md", "period"),
    Kind("review", Review, "review.md", "period"),
    Kind("slides", SlideFile, "slides.md", "period"),
    Kind("meeting", Meeting, "2026-09-14-jour-fixe.md", "meetings"),
    Kind("whitespace", WhiteSpaceCell, "whitespace.csv"),
    Kind("measurements", Measurement, "measurements.csv"),
    Kind("revenue", Revenue, "revenue.csv"),
    Kind("opportunities", Opportunity, "opportunities.csv"),
    Kind("features", Feature, "features.csv"),
    Kind("interactions", Interaction, "interactions.csv"),
    Kind("surveys", SurveyAnswer, "surveys.csv"),
    Kind("persona", Persona, "shipping-manager.md", "personas"),
    Kind("industry", Industry, "logistics.md", "industries"),
    Kind("questions", Questions, "questions.md", "top"),
    Kind("training", Training, "training.csv", "top"),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def records(kind: type[Record]) -> dict[str, type[Record]]:
    """The record and all records within it, by the names of their classes, outermost first."""
    found: dict[str, type[Record]] = {}
    waiting = [kind]
    while waiting:
        record = waiting.pop(0)
        if record.__name__ not in found:
            found[record.__name__] = record
            for field in record.model_fields.values():
                waiting += held(field.annotation)
    return found


@lru_cache(maxsize=1)
def all_records() -> dict[str, type[Record]]:
    """The records of all kinds of files, by the names of their classes."""
    found: dict[str, type[Record]] = {}
    for kind in KINDS:
        found |= records(kind.record)
    return found


@lru_cache(maxsize=1)
def holders() -> dict[type[Record], list[tuple[type[Record], str]]]:
    """By record: the records that hold it, each with the name of the field."""
    found: dict[type[Record], list[tuple[type[Record], str]]] = {}
    for holder in all_records().values():
        for name, field in holder.model_fields.items():
            for record in held(field.annotation):
                found.setdefault(record, []).append((holder, name))
    return found


def held(annotation: Any) -> Iterator[type[Record]]:
    """The records that a field with this annotation holds."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from held(part)


def keys(record: type[Record]) -> dict[str, str]:
    """The fields of a record: the key that stands in the file, and its name in the code."""
    return {field.alias or name: name for name, field in record.model_fields.items()}
