"""The schemas accept what the reader accepts; the manual is up to date and keeps its word."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from conftest import ROOT, Write
from planwerk.compose.portal import account_site, portfolio_site
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.model import types as t
from planwerk.model.forms import FORMS, shapes
from planwerk.model.kinds import BY_NAME, KINDS, Kind, all_records
from planwerk.model.workspace import Words
from planwerk.problems import Refusal
from planwerk.read import MEETINGS, read
from planwerk.schema import as_json, example, find_kind, page, schema, write_schemas
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import Source, decode, split
from planwerk.words import LANGUAGES, load_words
from planwerk.words.fields import load_fields
from test_command import run

VALIDATORS = {
    (kind.name, language): Draft202012Validator(schema(kind, load_words(language)))
    for kind in KINDS
    for language in LANGUAGES
}

WRITTEN = ROOT / "generator/planwerk/compose/pages"


def wrong(kind: str, values: Any, language: str = "de") -> list[str]:
    """What the schema of a kind finds wrong with values."""
    return [error.message for error in VALIDATORS[kind, language].iter_errors(values)]


def kind_of(path: Path) -> Kind:
    """The kind of a file of a workspace."""
    by_file = {kind.file: kind for kind in KINDS}
    folder = {MEETINGS: "meeting", "personas": "persona", "industries": "industry"}
    return by_file.get(path.name) or BY_NAME[folder[path.parent.name]]


def values(path: Path) -> list[dict[str, Any]]:
    """What a schema speaks of in a file: its details, or the lines of its table."""
    name = PurePosixPath(path.name)
    if path.suffix == ".csv":
        lines = csv.DictReader(path.read_text("utf-8-sig").splitlines())
        return [{key: cell for key, cell in line.items() if cell} for line in lines]
    words = decode(name, path.read_bytes())
    assert isinstance(words, str)
    if path.suffix == ".yml":
        return [dict(read_front_matter(name, words)[0].value)]
    source = split(name, words)
    assert isinstance(source, Source)
    return [dict(read_front_matter(name, source.front)[0].value)]


def as_editors_see(value: Any) -> Any:
    """The values as a YAML library types them: numbers and booleans are no texts there."""
    if isinstance(value, dict):
        return {key: as_editors_see(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_editors_see(part) for part in value]
    if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+", value):
        return float(value)
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


PLANS = sorted(p for p in (ROOT / "plans").rglob("*.*") if p.suffix in (".md", ".csv", ".yml"))


@pytest.mark.parametrize("kind", BY_NAME)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_schema_is_one_and_its_example_holds(kind: str, language: str) -> None:
    made = VALIDATORS[kind, language].schema
    Draft202012Validator.check_schema(made)
    assert json.loads(as_json(made)) == made
    assert wrong(kind, example(BY_NAME[kind], load_fields(language)), language) == []


@pytest.mark.parametrize("path", PLANS, ids=lambda p: str(p.relative_to(ROOT / "plans")))
def test_the_example_plans_are_valid(path: Path) -> None:
    for found in values(path):
        assert wrong(kind_of(path).name, found) == []
        assert wrong(kind_of(path).name, as_editors_see(found)) == []


RISK = {"id": "a", "reason": "budget", "probability": "3", "severity": "4"}


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("risks", {"risks": [{**RISK, "sevrity": "4"}]}),
        ("risks", {"risks": [{**RISK, "reason": "money"}]}),
        ("risks", {"risks": [{**RISK, "probability": "6"}]}),
        ("risks", {"risks": [{**RISK, "mitigations": "roi-paper"}]}),
        ("risks", {"risks": [{**RISK, "amount_at_risk": "60.000"}]}),
        ("risks", {"risks": [{**RISK, "opened_on": "im Mai"}]}),
        ("risks", {"risks": [{**RISK, "share": "client"}]}),
        ("risks", {"risks": [{"id": "a"}]}),
        ("risks", {"risks": "keine"}),
        ("account", {"name": "Nordwind AG", "industry": "logistics"}),
        ("plan", {"from": "2026-07-01", "to": "offen"}),
        ("features", {"feature": "app", "name": "App", "hansefracht": "vielleicht"}),
        ("features", {"feature": "app", "name": "App", "Hanse Fracht": "yes"}),
        ("client", {"share": "everybody"}),
    ],
)
def test_a_wrong_key_word_or_type_is_found(kind: str, found: dict[str, Any]) -> None:
    assert wrong(kind, found)


def test_what_only_the_words_tell_apart_is_labelled() -> None:
    reason = VALIDATORS["risks", "de"].schema["$defs"]["Risk"]["properties"]["reason"]
    assert {"enum": ["value_gap"], "title": "Nutzen nicht sichtbar"} in reason["oneOf"]
    assert reason["title"] == "Grund"
    assert reason["x-planwerk-shared"] == "never"
    assert reason["description"].endswith("Bleibt im Haus.")
    level = VALIDATORS["risks", "en"].schema["$defs"]["Risk"]["properties"]["probability"]
    assert {"enum": ["3", 3], "title": "medium"} in level["oneOf"]


# --- the forms of values: reader and schema agree ------------------------------------------------

TEXTS = (
    "", " ", "offen", "Open", " open ", "ja", "Nein", "YES", "true", "cio", "client:cio",
    "partner:edge-line", "Client:cio", "client:", "a" * 63, "a" * 64, "9lives", "2026-h1", "win_back",
    "2026-11-23", "2026-1-3", "23.11.2026", "3.1.2026", "32.1.2026", "2026-13-01", "12.600", "12,600",
    "0.600", "-1.234,56", "1.234.567", "95,8", "95.8", "180000", "-5", " 7 ", "1e5", "1234567890123456",
    "1.1234567", "90 days", "1 day", "90", "90 Tage", "14 days after start", "3 days before go-live",
    "14 days since start", "eins\nzwei", "a < b", "a: b", "de", "en", "fr", "client", "partner:x", "team",
    "EUR", "CHF", "SEK", "eur", "Euro", "€", "XQZ",
)  # fmt: skip


def readable(form: Any, value: str) -> bool:
    try:
        TypeAdapter(form).validate_python(value)
    except ValidationError:
        return False
    return True


NAMES = tuple(name for name in dir(t) if getattr(t, name) in list(FORMS))


@pytest.mark.parametrize("name", NAMES)
def test_a_form_accepts_the_texts_that_the_reader_accepts(name: str) -> None:
    form = getattr(t, name)
    one = [part.json for part in FORMS[form]]
    validator = Draft202012Validator({"anyOf": one})
    for text in TEXTS:
        assert validator.is_valid(text) == readable(form, text), repr(text)


def test_a_form_accepts_what_editors_make_of_a_text() -> None:
    number = Draft202012Validator(FORMS[t.Number][0].json)
    assert number.is_valid(95.8)
    assert number.is_valid("95,8")
    assert not number.is_valid(True)
    assert Decimal("95.8") == TypeAdapter(t.Number).validate_python("95,8")
    title = Draft202012Validator(FORMS[t.Title][0].json)
    assert title.is_valid(2025)
    assert not title.is_valid(["2025"])
    words = Draft202012Validator(FORMS[Words][0].json)
    assert words.is_valid({"de": "Logistik", "en": "Logistics"})
    assert not words.is_valid({"fr": "Logistique"})


def test_every_field_has_a_form() -> None:
    for name, record in all_records().items():
        for field, shape in shapes(record).items():
            assert shape.forms or shape.words or shape.record, f"{name}.{field}"


# --- the command ---------------------------------------------------------------------------------


def test_the_command_lists_prints_and_writes(tmp_path: Path) -> None:
    assert "stakeholders" in run("schema", cwd=tmp_path).stdout
    printed = json.loads(run("--lang", "en", "schema", "risks", cwd=tmp_path).stdout)
    assert printed["title"] == "Risks (risks.md)"
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    done = run("schema", "--out", "schemas", cwd=tmp_path)
    assert done.returncode == 0
    assert {p.name for p in (tmp_path / "schemas").iterdir()} == {f"{n}.schema.json" for n in BY_NAME}  # fmt: skip
    assert f"{len(KINDS)} Dateien" in done.stderr
    part = run("schema", "tasks", "--format", "markdown", cwd=tmp_path).stdout
    assert "\n## Aufgaben: tasks.md\n" in part
    assert "account.md\n" not in part


def test_a_kind_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = run("schema", "taks", cwd=tmp_path)
    assert done.returncode == 2
    assert "Meinten Sie tasks?" in done.stderr
    with pytest.raises(Refusal):
        find_kind("taks")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal) as refused:
        write_schemas(KINDS[:1], load_words("de"), tmp_path / "file")
    assert refused.value.code == 6


# --- the manual ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_page_is_up_to_date(language: str) -> None:
    """`planwerk schema --format markdown --out docs` writes it anew."""
    written = (ROOT / "docs" / f"format.{language}.md").read_text("utf-8")
    assert written == page(KINDS, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_format_names_what_holds_it(language: str) -> None:
    sentences = promises((WRITTEN / f"format.{language}.md").read_text("utf-8"))
    assert len(sentences) > 40
    rules = load_words("de").group("problem")
    for sentence, names in sentences:
        assert names, f"nothing holds: {sentence}"
        for name in names:
            held = (ROOT / name).is_file() if name.startswith("tests/") else name in rules
            assert held, f"{name} does not exist: {sentence}"


def promises(written: str) -> list[tuple[str, list[str]]]:
    """The sentences of the lists, and the names in the brackets that end them."""
    found = []
    for line in re.findall(r"^- (.*)$", written, re.M):
        sentence, _, names = line.partition(" (`")
        assert not re.search(r"[.!?] [A-ZÄÖÜ]", sentence), f"two sentences: {sentence}"
        found.append((sentence, re.findall(r"`([^`]+)`", f"`{names}")))
    return found


def test_a_sentence_without_a_rule_is_found() -> None:
    assert promises("- Alles ist gut.") == [("Alles ist gut.", [])]


def test_both_languages_promise_the_same() -> None:
    names = [
        [n for _, n in promises((WRITTEN / f"format.{language}.md").read_text("utf-8"))]
        for language in LANGUAGES
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_manual_are_well(language: str, workspace: Write) -> None:
    """The reader finds nothing to say about the writing of any example."""
    files = {k.path: load_fields(language).file(k.name).example for k in KINDS}
    found = read(workspace(dict(files)), as_of=date(2026, 11, 23)).problems
    assert [p for p in found if str(p.place.path).removeprefix("plans/") in files] == []


def test_the_manual_is_a_page_of_our_portal_and_of_no_clients() -> None:
    reading = read(ROOT)
    assert reading.portfolio is not None
    seen = measure(reading.portfolio)
    ours = portfolio_site(seen, load_words("de"))
    assert [p.title for p in ours.pages if p.name == "format"] == ["Das Format der Pläne"]
    for account in seen.accounts:
        names = {p.name for p in account_site(view_of(seen, account)).pages}
        assert "format" not in names
