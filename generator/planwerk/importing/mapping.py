"""The mapping file: which column of which CRM table is what, and what to make of its words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planwerk.model.record import Record
from planwerk.model.types import Currency, Day, Id, Language, Number, Title
from planwerk.model.validate import validate
from planwerk.problems import Place, Problem
from planwerk.text.front_matter import Located, read_front_matter
from planwerk.text.source import decode

SHIPPED = Path(__file__).with_name("mappings")
"""Where the mappings lie that come with Planwerk; each is found by its name without `.yml`."""

Outcome = Literal["won", "lost", "open"]
Corrected = Literal["account", "industry", "product", "owner", "headquarters"]


def _file_name(value: Any) -> str:
    name = str(value or "").strip()
    # a mapping that somebody else wrote must not make the import read outside the export
    if not name or name.startswith(".") or "/" in name or "\\" in name or ":" in name:
        raise PydanticCustomError("mapping-file-outside", "outside", {"found": name})
    return name


FileName = Annotated[str, BeforeValidator(_file_name)]


class AccountColumns(Record):
    """What the columns of the accounts are called."""

    name: Title
    industry: Title = ""
    founded: Title = ""
    revenue: Title = ""
    employees: Title = ""
    headquarters: Title = ""
    parent: Title = ""


class ProductColumns(Record):
    """What the columns of the products are called."""

    name: Title


class OwnerColumns(Record):
    """What the columns of our salespeople are called."""

    name: Title
    manager: Title = ""
    office: Title = ""


class OpportunityColumns(Record):
    """What the columns of the opportunities are called."""

    id: Title
    account: Title
    product: Title
    stage: Title
    closed: Title
    value: Title
    owner: Title = ""
    opened: Title = ""
    expected: Title = ""


class TableOf(Record):
    """One table of the export: its file within the export's folder, its columns."""

    file_name: FileName = Field(alias="file")


class AccountTable(TableOf):
    """The clients."""

    columns: AccountColumns


class ProductTable(TableOf):
    """What we sell."""

    columns: ProductColumns


class OwnerTable(TableOf):
    """Who of us sells."""

    columns: OwnerColumns


class OpportunityTable(TableOf):
    """The deals, open and closed."""

    columns: OpportunityColumns


class Tables(Record):
    """The four tables an import needs."""

    accounts: AccountTable
    products: ProductTable
    owners: OwnerTable
    opportunities: OpportunityTable


class IndustryName(Record):
    """An industry: its id, and what it is called in each language."""

    id: Id
    de: Title = ""
    en: Title = ""


class Titles(Record):
    """What to call the people of the owners' table."""

    owner: Title = "offen"
    manager: Title = "offen"


class Mapping(Record):
    """The whole of a mapping file."""

    organisation: Title = "offen"
    language: Language
    currency: Currency
    as_of: Day | None = None
    revenue_unit: Number = Decimal(1)
    revenue_kind: Literal[
        "new", "upsell", "cross_sell", "renewal", "recurring", "offen", "open"
    ] = "offen"  # fmt: skip
    tier: Title = "offen"
    dates: Literal["day-first", "month-first"] | None = None
    titles: Titles = Titles()
    tables: Tables
    stages: dict[Title, Outcome]
    corrections: dict[Corrected, dict[Title, Title]] = Field(default_factory=dict)
    industries: tuple[IndustryName, ...] = ()


def read_mapping(mapping: Path) -> tuple[Mapping | None, Located, list[Problem]]:
    """The mapping at a path, or the shipped one of that name, with the places of its values."""
    path = find_mapping(mapping)
    name = PurePosixPath(path.name)
    if not path.is_file():
        shipped = ", ".join(sorted(found.stem for found in SHIPPED.glob("*.yml")))
        facts = {"found": str(mapping), "allowed": shipped}
        return None, Located(), [Problem("mapping-missing", Place(name), facts=facts)]
    words = decode(name, path.read_bytes())
    if isinstance(words, Problem):
        return None, Located(), [words]
    located, problems = read_front_matter(name, words)
    if problems:
        return None, located, problems
    found, problems = validate(Mapping, located, name)
    return found, located, [_with_table(problem) for problem in problems]


def find_mapping(mapping: Path) -> Path:
    """The file of a mapping: `crm-sales` names the shipped one, all else is a path."""
    shipped = SHIPPED / f"{mapping.name}.yml"
    if not mapping.exists() and len(mapping.parts) == 1 and shipped.is_file():
        return shipped
    return mapping


def _with_table(problem: Problem) -> Problem:
    """A missing key below `columns` is better said as a column nobody has named."""
    if problem.rule == "missing-key" and "columns" in str(problem.facts.get("within", "")):
        return replace(problem, rule="mapping-without-column")
    return problem
