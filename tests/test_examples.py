"""The example accounts' outputs, looked at from outside: every page, document and deck."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import office_support
import portal_pages
from conftest import ROOT
from planwerk import checks
from planwerk.model.discovery import Questions
from planwerk.model.logs import Training
from planwerk.model.meeting import Meeting
from planwerk.model.outputs import Decks, Documents
from planwerk.model.record import Record
from planwerk.model.workspace import Workspace
from planwerk.problems import Severity
from planwerk.read import FRONT_MATTER, PERIOD, SHARED_FOLDERS, TABLES, Reading, read

KINDS = (
    Workspace, Questions, Training, Meeting,
    *FRONT_MATTER.values(), *TABLES.values(), *PERIOD.values(), *SHARED_FOLDERS.values(),
)  # fmt: skip
"""What every file of a workspace holds: all records of the format lie within."""
ALWAYS_DEFAULT = {
    "Workspace.language": "the house of the examples speaks one language, and it is the usual one",
    "Workspace.by_owner": "the house of the examples does not compare its own people",
    "Profile.customer_until": "no client of the examples has left",
    "Workspace.currency": "the house of the examples counts in one currency, the usual one",
    "Workspace.documents": "the documents of the examples show the chapters that ship",
    **{f"Documents.{name}": "as above" for name in Documents.model_fields},
    "Workspace.decks": "the decks of the examples show the sections that ship",
    **{f"Decks.{name}": "as above" for name in Decks.model_fields},
}
"""Fields that the examples give no other value than the one they have anyway, and why."""


def files(built: Path) -> list[Path]:
    """Every document and deck, under names that tell them apart."""
    return sorted(p for p in built.rglob("downloads/*") if p.suffix in (".docx", ".pptx"))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(ROOT)


def within(kind: type[Record]) -> Iterator[type[Record]]:
    """The kind itself and all kinds of records in its fields."""
    yield kind
    for field in kind.model_fields.values():
        for part in parts(field.annotation):
            yield from within(part)


def parts(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def told(record: Record) -> Iterator[str]:
    """`Record.field` for every field, here and below, whose value somebody chose."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            yield f"{type(record).__name__}.{name}"
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Record):
                yield from told(part)


def test_every_record_and_field_of_the_format_occurs(reading: Reading) -> None:
    known = {
        f"{kind.__name__}.{name}"
        for root in KINDS
        for kind in within(root)
        for name in kind.model_fields
    }
    found = {
        name for records in reading.records.values() for _, record in records for name in told(record)
    }  # fmt: skip
    assert len(known) > 250
    assert sorted(known - found) == sorted(ALWAYS_DEFAULT)


def test_every_kind_of_file_occurs() -> None:
    names = {path.name for path in (ROOT / "plans").rglob("*.*")}
    assert {
        *FRONT_MATTER,
        *TABLES,
        *PERIOD,
        "workspace.yml",
        "questions.md",
        "training.csv",
    } <= names
    for folder in (*SHARED_FOLDERS, "*/meetings"):
        assert list((ROOT / "plans").glob(f"{folder}/*.md")), folder


def test_the_check_finds_what_it_should_and_no_more(reading: Reading) -> None:
    """The account in trouble is the only one that the check complains about."""
    found = checks.check(reading)
    assert [p for p in found if p.severity is Severity.ERROR] == []
    assert {p.account for p in found} == {"brightwater-stores"}
    assert len(found) <= 2


def test_there_is_something_to_look_at(built_examples: Path) -> None:
    assert {p.name for p in (built_examples / "internal/accounts").iterdir()} == {
        "alpenfracht", "brightwater-stores", "hollerbeck-pumpen", "nordwind-logistik",
        "quillbrook-pharmacies",
    }  # fmt: skip
    assert len(portal_pages.every(built_examples)) > 150
    assert {p.suffix for p in files(built_examples)} == {".docx", ".pptx"}
    assert len(files(built_examples)) >= 13


@pytest.mark.office
def test_microsofts_validator_finds_nothing_in_any_file(built_examples: Path) -> None:
    found = office_support.sdk_errors(files(built_examples))
    assert {str(path): errors for path, errors in found.items() if errors} == {}


@pytest.mark.office
def test_every_word_of_every_file_has_its_place(built_examples: Path, tmp_path: Path) -> None:
    misplaced = []
    for number, path in enumerate(files(built_examples)):
        (pdf,) = office_support.render_pdf([path], tmp_path / str(number))
        misplaced += office_support.misplaced(pdf)
    assert misplaced == []
