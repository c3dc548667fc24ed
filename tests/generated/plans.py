"""A plan of a number: an example, its texts, lists and values changed as the number says.

What refers to something is left alone, and records are only added under names of their own, so
that a generated plan is a sound one: `files.py` has it checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from generated import texts
from planwerk.model.account import Measurement, Profile, WhiteSpaceCell
from planwerk.model.plan import Feedback, Plan, PlanKpi
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import OPEN, Title, Unknown, is_text
from planwerk.model.workspace import HouseKpi
from planwerk.read import TABLES, read

ROOT = Path(__file__).resolve().parents[2]
BASES = ("nordwind-logistik", "hollerbeck-pumpen", "brightwater-stores", "quillbrook-pharmacies")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Recipe:
    """What becomes of an example: the manner of its texts and how many of them are reworded, what
    part of the values is unknown, what part of the optional ones is missing, how long its lists
    become, how many people, departments, KPIs and months there are at least."""

    name: str
    manner: str = "plain"
    reworded: float = 0.5
    unknown: float = 0.02
    missing: float = 0.05
    rows: tuple[int, ...] = ()
    people: int = 0
    kpis: int = 0
    months: int = 0


RECIPES = (
    Recipe("compounds", "compounds", 0.8),
    Recipe("300-characters", "titles", 0.6),
    Recipe("200-rows", rows=(200, 40, 1)),
    Recipe("nothing"),
    Recipe("scripts", "scripts", 0.8),
    Recipe("40-people", "compounds", 0.2, people=40),
    Recipe("prose", "prose", 0.9),
    Recipe("unknown", unknown=0.9, missing=0.2),
    Recipe("24-months", months=24, kpis=12),
    Recipe("empty-sections", missing=0.85),
    Recipe("200-long-rows", "titles", 0.3, rows=(200, 3), people=12),
    Recipe("everything", "prose", 0.5, 0.2, 0.1, (12, 60, 1), 40, 30, 24),
)
"""By turns, so that few plans hold all of it too."""

KEPT = {
    "from_", "for_", "answers", "fingerprint", "corrects", "currency", "year", "domains", "aliases",
    "parent_name", "language", "tier", "share", "competitor", "stage", "offering", "id", "because", "as_",
}  # fmt: skip
"""Texts that name something, or whose form is fixed."""
HELD = {
    "stakeholders", "departments", "goals", "kpis", "partners", "tasks", "milestones", "next_steps",
    "predecessor", "language", "competitors", "problems", "opportunities", "insights", "service",
    "periods", "people", "commitments", "outcomes", "carried", "plan", "review", "risks", "client",
    "gap_because", "lowered_because", "held_on", "closed_on", "done_on", "answered_on", "id",
    "corrects", "target", "feedback", "objectives", "our_competitors", "stages", "features", "text", "forces",
}  # fmt: skip
"""What others refer to, or what says what others must be: it stays, or goes with all of it."""


LINES = tuple(TABLES.values())
"""The records that are lines of a table: no text of theirs runs over lines."""


class Field(NamedTuple):
    """What a field of a record can hold."""

    text: Literal["", "title", "prose"]
    unknown: bool
    number: bool
    records: bool
    default: Any
    """`...` where there is none."""


@cache
def fields(kind: type[Record]) -> dict[str, Field]:
    """The fields of a record by name, read off its annotations."""
    titled = get_args(Title)[1].read
    out = {}
    for name, field in kind.model_fields.items():
        parts = [part for one in (field.annotation, *field.metadata) for part in annotated(one)]
        marks = [part for part in parts if is_text(part)]
        text = "" if not marks else "title" if any(m.read is titled for m in marks) else "prose"  # type: ignore[attr-defined]
        closed = any(get_origin(part) is Literal for part in parts)
        default = ... if field.is_required() else field.get_default(call_default_factory=True)
        of_records = any(isinstance(p, type) and issubclass(p, Record) for p in parts)
        mapped = any(get_origin(part) is dict for part in parts)
        out[name] = Field(
            "" if closed or of_records or mapped or name in KEPT else text,  # type: ignore[arg-type]
            Unknown in parts, Decimal in parts and not mapped, of_records, default,
        )  # fmt: skip
    return out


def annotated(annotation: Any) -> Iterator[Any]:
    """All that an annotation is made of."""
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from annotated(part)


@cache
def examples() -> Portfolio:
    """The example portfolio."""
    found = read(ROOT).portfolio
    assert found is not None
    return found


def generated(number: int, seed: int = 1) -> tuple[Recipe, Portfolio]:
    """The plan of that number, in a house of its own with nobody else; the same for the same seed."""
    rng = Random(f"{seed}/{number}")
    recipe = RECIPES[number % len(RECIPES)]
    whole = examples()
    account = whole.account(rng.choice(BASES))
    if recipe.name == "nothing":
        return recipe, _house(whole, _nothing(account, rng), rng)
    whole, account = _with_kpis(whole, account, recipe.kpis)
    account = _longer_period(account, recipe.months)
    account = _with_people(account, recipe.people, rng)
    account = Change(recipe, rng).record(account, 0)
    return recipe, _house(whole, account, rng)


def _house(whole: Portfolio, account: Account, rng: Random) -> Portfolio:
    """A house with that account alone, in one of both languages; it asks for what it likes."""
    language = rng.choice(("de", "en"))
    profile = account.profile.model_copy(update={"language": language, "parent": None})
    alone = account.model_copy(update={"profile": profile})
    house = whole.workspace.model_copy(update={"language": rng.choice(("de", "en"))})
    return whole.model_copy(update={"accounts": (alone,), "workspace": house, "training": ()})


def _nothing(account: Account, rng: Random) -> Account:
    """No data at all, or a plan of which nothing but the days is known."""
    known = account.profile
    profile = Profile(
        name=known.name, industry=known.industry, owner=rng.choice((known.owner, OPEN))
    )
    bare = Account(id=account.id, profile=profile)
    if rng.random() < 0.5:
        return bare
    plan = Plan.model_validate({"from": "2026-07-01", "to": "2026-12-31"})
    return bare.model_copy(update={"periods": (Period(id="2026-h2", plan=plan),)})


def _with_kpis(whole: Portfolio, account: Account, count: int) -> tuple[Portfolio, Account]:
    """So many more KPIs, of the house and of the plan that runs."""
    units = ("none", "percent", "hours", "points", "EUR")
    names = [f"further-{n}" for n in range(count)]
    house = tuple(
        HouseKpi(id=name, name={"": f"{texts.COMPOUNDS[n % 6]} {n}"}, unit=units[n % 5], share=("client",) if n % 2 else ())  # type: ignore[arg-type]
        for n, name in enumerate(names)
    )  # fmt: skip
    planned = tuple(
        PlanKpi(kpi=name, baseline=Decimal(n), target=Decimal(10**n % 10**9 + n), share=("client",) if n % 2 else ())
        for n, name in enumerate(names)
    )  # fmt: skip
    workspace = whole.workspace.model_copy(update={"kpis": (*whole.workspace.kpis, *house)})
    *before, last = account.periods
    plan = last.plan.model_copy(update={"kpis": (*last.plan.kpis, *planned)})
    periods = (*before, last.model_copy(update={"plan": plan}))
    return whole.model_copy(update={"workspace": workspace}), account.model_copy(update={"periods": periods})  # fmt: skip


def _longer_period(account: Account, months: int) -> Account:
    """The plan that runs, alone and over so many months, with a measurement of each."""
    if not months:
        return account
    last = account.periods[-1]
    begin = date(2025, 1, 1)
    ends = date(begin.year + months // 12, 1, 1).toordinal() - 1
    plan = last.plan.model_copy(
        update={
            "from_": begin, "to": date.fromordinal(ends), "predecessor": None, "carried": (),
            "agreed_on": date(2025, 1, 10), "closed_on": None, "approvals": (), "gap_because": "",
        }
    )  # fmt: skip
    period = last.model_copy(update={"plan": plan, "review": None})
    measured = tuple(
        Measurement(date=date(begin.year + n // 12, n % 12 + 1, 15), kpi=kpi.kpi, value=Decimal(n * 7 % 50 + n), source=texts.COMPOUNDS[n % 6])
        for kpi in plan.kpis if kpi.kpi.startswith("further") for n in range(min(months, 22))
    )  # fmt: skip
    return account.model_copy(update={"periods": (period,), "measurements": (*account.measurements, *measured)})  # fmt: skip


def _with_people(account: Account, count: int, rng: Random) -> Account:
    """So many more people and departments, with what could be sold there."""
    if not count:
        return account
    people, profile = account.people, account.profile
    some = [*people.stakeholders]
    more = [
        rng.choice(some).model_copy(update={"id": f"person-{n}", "name": f"Dr. {texts.title(rng, 'compounds')[:60]} {n}"})
        for n in range(count)
    ]  # fmt: skip
    offices = [
        profile.departments[0].model_copy(update={"id": f"department-{n}", "name": f"{texts.title(rng, 'compounds')[:80]} {n}", "parent": None})
        for n in range(count)
    ]  # fmt: skip
    kinds = get_args(WhiteSpaceCell.model_fields["state"].annotation)
    sold = sorted({cell.offering for cell in account.whitespace})
    cells = [
        WhiteSpaceCell(department=office.id, offering=offering, state=rng.choice(kinds), potential=Decimal(rng.choice((0, 45, 180000, 99999999))))
        for office in offices for offering in sold
    ]  # fmt: skip
    return account.model_copy(
        update={
            "people": people.model_copy(update={"stakeholders": (*some, *more)}),
            "profile": profile.model_copy(update={"departments": (*profile.departments, *offices)}),
            "whitespace": (*account.whitespace, *cells),
        }
    )


class Change:
    """What chance does to a record and to all that is in it."""

    def __init__(self, recipe: Recipe, rng: Random) -> None:
        self.recipe, self.rng = recipe, rng

    def record(self, record: R, depth: int) -> R:
        """The record, changed; `depth` is 0 for the account, 1 for its files."""
        changed: dict[str, Any] = {}
        for name, field in fields(type(record)).items():
            before = getattr(record, name)
            after = self._value(record, name, before, field, depth)
            if after is not before:
                changed[name] = after
        return record.model_copy(update=changed)

    def _value(self, record: Record, name: str, value: Any, field: Field, depth: int) -> Any:
        rng, recipe = self.rng, self.recipe
        if field.default is not ... and name not in HELD and name != "share" and depth and rng.random() < recipe.missing:  # fmt: skip
            return field.default
        if field.records and isinstance(value, Record):
            return self.record(value, depth + 1)
        if field.records and isinstance(value, tuple):
            return self._rows(name, tuple(self.record(one, depth + 1) for one in value), depth)
        if field.unknown and not isinstance(value, tuple | dict) and name not in HELD | KEPT and value not in (None, "") and rng.random() < recipe.unknown:  # fmt: skip
            return OPEN
        if field.text and isinstance(value, tuple):
            return tuple(self._words(record, field, one) for one in value)
        if field.text:
            return self._words(record, field, value)
        if field.number and isinstance(value, Decimal) and rng.random() < 0.1 and isinstance(record, Measurement | PlanKpi):  # fmt: skip
            return rng.choice((Decimal(0), Decimal("-12.5"), Decimal(999_999_999_999), value))
        return value

    def _words(self, record: Record, field: Field, value: Any) -> Any:
        if not isinstance(value, str) or not value or self.rng.random() > self.recipe.reworded:
            return value
        if isinstance(record, Feedback) and record.kind in ("change_wish", "initiative"):
            return value  # the next plan names it by its words
        one_line = field.text == "title" or isinstance(record, LINES)
        make = texts.title if one_line else texts.prose
        return make(self.rng, self.recipe.manner)

    def _rows(self, name: str, rows: tuple[Any, ...], depth: int) -> tuple[Any, ...]:
        """The records of a list, and more of those that have a name of their own."""
        named = [
            row for row in rows if "id" in fields(type(row)) and "from_" not in fields(type(row))
        ]
        if not self.recipe.rows or not named or depth > 2 or name in ("periods", "stakeholders", "departments", "questions", "meetings", "opportunities", "measurements", "revenue", "partners", "competitors", "next_steps", "interactions", "surveys"):  # fmt: skip
            return rows
        count = self.rng.choice(self.recipe.rows)
        more = [
            self.record(self.rng.choice(named), depth + 3).model_copy(update={"id": f"{name.replace('_', '-')}-{n}"})
            for n in range(count - len(rows))
        ]  # fmt: skip
        return (*rows, *more)
