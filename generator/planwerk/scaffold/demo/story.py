"""The story of the example portfolio: who changed what, when and why, as `story/*.yml` tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

from planwerk.scaffold.demo.undo import Stated

FOLDER = Path(__file__).with_name("story")
PLANS = "plans"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team who writes in the plans; `zone` is hours east of Greenwich in winter."""

    name: str
    email: str
    zone: int


@dataclass(frozen=True, slots=True)
class Step:
    """One commit, as the story tells it.

    `changes` say by file (its name from `plans/` on, after the change) what it was before.
    `pull` is the number of the pull request on whose branch it lies; 0 on the main line.
    `renamed` is the folder that this step renamed, and what to.
    """

    story: str
    at: datetime
    by: Person
    message: str
    changes: Mapping[str, Stated]
    pull: int = 0
    renamed: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.story}, {self.at:%Y-%m-%d %H:%M} ({self.message.splitlines()[0]})"


@dataclass(frozen=True, slots=True)
class Merge:
    """A pull request that was merged."""

    at: datetime
    by: Person
    message: str
    pull: int


@dataclass(frozen=True, slots=True)
class Story:
    """All of it, each part in the order of time."""

    steps: tuple[Step, ...]
    merges: tuple[Merge, ...]


def load_story(workspace: bytes) -> Story:
    """The story that ships; `workspace` is the workspace.yml that names those who tell it."""
    raw = {p.stem: _load(p.read_bytes()) for p in sorted(FOLDER.glob("*.yml"))}
    zones = raw.pop("people")
    people = {
        row["id"]: Person(row["name"], row["email"], int(zones[row["id"]]))
        for row in _load(workspace)["team"]
        if row["id"] in zones
    }
    steps = [step for name, told in raw.items() for step in _steps(name, told, people)]
    merges = [_merge(row, people) for told in raw.values() for row in told.get("pulls") or ()]
    return Story(
        tuple(sorted(steps, key=lambda step: step.at)),
        tuple(sorted(merges, key=lambda merge: merge.at)),
    )


def _load(words: bytes) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(words, Loader=yaml.CBaseLoader)
    return loaded


def _steps(name: str, told: Mapping[str, Any], people: Mapping[str, Person]) -> Iterator[Step]:
    """The steps of one file; told backwards, because a folder's name holds until it is changed."""
    folder = told.get("account", "")
    for row in reversed(told["steps"]):
        renamed = (row["renamed"], folder) if "renamed" in row else None
        yield Step(
            name,
            _at(row["at"], people[row["by"]]),
            people[row["by"]],
            _message(row, people),
            {_below(folder, file): was for file, was in (row.get("changes") or {}).items()},
            int(row.get("pull", 0)),
            renamed,
        )
        folder = row.get("renamed", folder)


def _below(folder: str, file: str) -> str:
    """A file's name from `plans/` on: of the account, unless it begins with a stroke."""
    return f"{PLANS}{file}" if file.startswith("/") else "/".join(p for p in (PLANS, folder, file) if p)  # fmt: skip


def _merge(row: Mapping[str, Any], people: Mapping[str, Person]) -> Merge:
    number, by = int(row["pull"]), people[row["by"]]
    told = {**row, "subject": f"Merge pull request #{number} from {row['branch']}"}
    return Merge(_at(row["at"], by), by, _message(told, people), number)


def _message(row: Mapping[str, Any], people: Mapping[str, Person]) -> str:
    """The subject, the reason, the trailers; people of ours by their name and address."""
    parts = [row["subject"]]
    if reason := row.get("because", "").strip("\n"):
        parts.append(reason)
    trailers = [
        f"{key}: {people[who].name} <{people[who].email}>" if who in people else f"{key}: {who}"
        for trailer in row.get("trailers") or ()
        for key, who in trailer.items()
    ]
    if trailers:
        parts.append("\n".join(trailers))
    return "\n\n".join(parts) + "\n"


def _at(words: str, by: Person) -> datetime:
    """A time on somebody's clock, with the European summer time."""
    local = datetime.strptime(words, "%Y-%m-%d %H:%M")
    summer = _last_sunday(local.year, 3) <= local < _last_sunday(local.year, 10)
    return local.replace(tzinfo=timezone(timedelta(hours=by.zone + summer)))


def _last_sunday(year: int, month: int) -> datetime:
    """The last Sunday of March or October, when the clocks are changed."""
    day = datetime(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)
