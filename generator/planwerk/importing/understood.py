"""What an export says once it is understood, and the desk at which that happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planwerk.importing.mapping import Corrected, IndustryName, Mapping, Outcome
from planwerk.importing.names import Finder, Ids
from planwerk.importing.report import Notes
from planwerk.importing.tables import Row, Table
from planwerk.importing.values import day, number, whole

OFFEN = "offen"
"""The id that stands where the CRM does not say which industry or offering it is."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of our team."""

    id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Offering:
    """Something we sell."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Client:
    """An account as the CRM knows it; None and "" where it does not. `revenue` is in units."""

    id: str
    name: str
    industry: str
    parent: str
    parent_name: str
    employees: int | None
    headquarters: str
    founded: int | None
    revenue: Decimal | None


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity; `account` and `agent` are ids, "" where the CRM does not say."""

    id: str
    account: str
    agent: str
    offering: str
    stage: str
    outcome: Outcome
    opened: date | None
    expected: date | None
    closed: date | None
    value: Decimal | None

    @property
    def booked(self) -> bool:
        """Whether the deal is revenue: won, on a known day, for a known amount."""
        return self.outcome == "won" and self.closed is not None and self.value is not None


@dataclass(frozen=True, slots=True)
class Crm:
    """The whole export, understood."""

    team: tuple[Member, ...]
    offerings: tuple[Offering, ...]
    industries: tuple[IndustryName, ...]
    clients: tuple[Client, ...]
    deals: tuple[Deal, ...]
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What interpreting needs at hand everywhere."""

    mapping: Mapping
    notes: Notes
    ids: Ids

    def corrected(self, field: Corrected, row: Row, column: str = "") -> str:
        """A cell's word, put right where the mapping says how."""
        word = row[column or field]
        right = self.mapping.corrections.get(field, {}).get(word, "")
        if right:
            at = row.place
            self.notes.add("decided", "corrected", at, field=field, found=word, taken=right)
        return right or word

    def matched(self, field: Corrected, word: str, row: Row, finder: Finder) -> str:
        """The name that `word` means, or "": then a person is asked, with the nearest name."""
        match, at = finder.find(word), row.place
        if not match.name:
            nearest = match.nearest or "–"
            self.notes.add("open", f"unknown-{field}", at, found=word, nearest=nearest)
        elif match.name != word:
            taken = match.name
            self.notes.add("decided", "similar-name", at, field=field, found=word, taken=taken)
        return match.name

    def unreadable(self, row: Row, column: str) -> None:
        """Note a cell that is not what its column holds."""
        found = row[column]
        self.notes.add("open", "unreadable-value", row.place, column=column, found=found)

    def amount(self, row: Row, column: str, mark: str) -> Decimal | None:
        """The amount in a cell; one that cannot be read is noted."""
        found = number(row[column], mark)
        if found is None and row[column]:
            self.unreadable(row, column)
        return found

    def count(self, row: Row, column: str) -> int | None:
        """The count in a cell; one that cannot be read is noted."""
        found = whole(row[column])
        if found is None and row[column]:
            self.unreadable(row, column)
        return found

    def day(self, row: Row, column: str) -> date | None:
        """The day in a cell; one that cannot be read is noted."""
        found = day(row[column], self.mapping.dates)
        if found is None and row[column]:
            self.unreadable(row, column)
        return found

    def left_out(self, row: Row, name: str, table: Table) -> None:
        """Note a row that names nothing, or something an earlier row has named."""
        if name:
            self.notes.add("decided", "name-twice", row.place, name=name, table=table.name)
        else:
            self.notes.add("open", "row-without-name", row.place, table=table.name)
