"""Every file, record and field of the format has its words, in both languages and no more."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import ACCOUNT, PLAN, Write
from planwerk.checks import check
from planwerk.model.forms import shapes
from planwerk.model.kinds import BY_NAME, KINDS, all_records, keys
from planwerk.model.measured import Measured
from planwerk.model.sharing import Sharing, sharing
from planwerk.read import FRONT_MATTER, PERIOD, SHARED_FOLDERS, TABLES, read
from planwerk.report import tell
from planwerk.words import LANGUAGES, load_words
from planwerk.words.fields import FieldWords, load_fields

OWN = ("workspace", "questions", "training", "meeting")
"""The kinds that reading knows by name, beside its tables of file names."""


def fields() -> Iterator[tuple[str, str, str]]:
    """Every field: the class of its record, its key in the file, its name in the code."""
    for record, model in all_records().items():
        for key, name in keys(model).items():
            yield record, key, name


def gaps(words: FieldWords) -> set[str]:
    """What of the format has no words, and what has words and is not of the format."""
    known = {f"{record}.{key}" for record, key, _ in fields()}
    here = {f"{r}.{key}" for r, texts in words.records.items() for key in texts["fields"]}
    common = set(words.anywhere["fields"])
    missing = {name for name in known - here if name.split(".")[1] not in common}
    unused = {key for key in common if sum(n.endswith(f".{key}") for n in known - here) < 2}
    files = set(words.files) ^ set(BY_NAME)
    return missing | (here - known) | unused | files | (set(words.records) ^ set(all_records()))


def test_the_kinds_of_files_are_those_that_are_read() -> None:
    read_ = {**FRONT_MATTER, **TABLES, **PERIOD}
    assert {k.file: k.record for k in KINDS if k.place in ("account", "period")} == read_
    shared = {k.place: k.record for k in KINDS if k.place in SHARED_FOLDERS}
    assert shared == SHARED_FOLDERS
    rest = {k.name for k in KINDS if k.file not in read_ and k.place not in SHARED_FOLDERS}
    assert rest == set(OWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_words_and_no_word_is_left_over(language: str) -> None:
    assert gaps(load_fields(language)) == set()


def test_a_missing_and_a_needless_word_are_found() -> None:
    words = load_fields("de")
    records = {**words.records, "Plan": {**words.records["Plan"], "fields": {"form": {}}}}
    texts = {"files": words.files, "anywhere": words.anywhere, "records": records}
    found = gaps(FieldWords(SimpleNamespace(below=texts.__getitem__)))  # type: ignore[arg-type]
    assert {"Plan.vision", "Plan.form"} <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_sentences_and_labels_are_short(language: str) -> None:
    words = load_fields(language)
    for record, key, _ in fields():
        named = words.field(record, key)
        assert named is not None
        assert named.text.endswith("."), f"{record}.{key}"
        assert 0 < len(named.label) <= 40, f"{record}.{key}"
        assert "  " not in named.text, f"{record}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_a_label_and_no_label_is_left_over(language: str) -> None:
    words = load_fields(language)
    common = set(words.anywhere["choices"])
    for record, key, name in fields():
        wanted = set(shapes(all_records()[record])[name].words)
        labels = words.choices(record, key)
        assert wanted <= set(labels), f"{record}.{key}"
        assert not wanted or set(labels) - common <= wanted, f"{record}.{key}"
        assert wanted or set(labels) == common, f"{record}.{key}"


def test_both_languages_speak_of_the_same() -> None:
    german, english = load_fields("de"), load_fields("en")
    for record, texts in german.records.items():
        other = english.records[record]
        assert list(texts["fields"]) == list(other["fields"]), record
        for key, field in texts["fields"].items():
            assert set(field) == set(other["fields"][key]), f"{record}.{key}"
            assert field["text"] != other["fields"][key]["text"], f"{record}.{key}"


def test_computed_records_are_not_of_the_format() -> None:
    assert Measured not in all_records().values()
    assert load_fields("de").record("Measured") is None


# --- what leaves the house -----------------------------------------------------------------------

STAYS = {
    "Profile": {"tier", "owner", "parent", "contract", "aliases"},
    "Stakeholder": {"influence", "disposition", "involvement", "buying_role", "relationships", "wants", "needs"},
    "Department": {"ways_in", "contacted"},
    "Force": {"opening"},
    "Stage": {"sentiment"},
    "Outcome": {"waived_because"},
    "Goal": {"answers", "parent"},
    "PlanKpi": {"interim", "precedent", "lowered_because"},
    "Interim": {"on", "target"},
    "Meeting": {"rating"},
    "WhiteSpaceCell": {"state", "ours", "potential"},
    "Risk": {"reason", "probability"},
    "OwnCompetitor": {"name", "threat"},
    "Offering": {"price"},
    "Partner": {"contact"},
}  # fmt: skip


@pytest.mark.parametrize("record", STAYS)
def test_what_the_format_keeps_in_the_house_is_said_to_stay(record: str) -> None:
    model = all_records()[record]
    said = {key for key, name in keys(model).items() if sharing(model, name) is Sharing.NEVER}
    assert STAYS[record] <= said


@pytest.mark.parametrize(
    ("record", "name", "expected"),
    [
        ("Stakeholder", "title", Sharing.MARKED),
        ("Profile", "objectives", Sharing.OWN),
        ("Profile", "name", Sharing.IDENTITY),
        ("Plan", "carried", Sharing.OWN),
        ("Member", "email", Sharing.NAMED),
        ("Example", "what", Sharing.NAMED),
        ("TaskFile", "partners", Sharing.NAMED),
        ("TaskFile", "tasks", Sharing.OWN),
        ("RiskFile", "risks", Sharing.NEVER),
        ("Workspace", "method", Sharing.NEVER),
    ],
)
def test_when_a_field_leaves_follows_from_its_record(record: str, name: str, expected: Sharing) -> None:  # fmt: skip
    assert sharing(all_records()[record], name) is expected


def test_what_is_said_to_leave_is_what_the_gate_copies() -> None:
    for record, key, name in fields():
        model, when = all_records()[record], sharing(all_records()[record], name)
        if when in (Sharing.MARKED, Sharing.NAMED) and not shapes(model)[name].record:
            assert name in model.released, f"{record}.{key}"


# --- messages ------------------------------------------------------------------------------------


def test_a_check_that_finds_nothing_to_name_loads_no_labels(workspace: Write) -> None:
    code = (
        "import sys; sys.argv[1:] = ['check']\n"
        "from planwerk.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "slow = {'planwerk.words.fields', 'planwerk.model.forms', 'planwerk.model.kinds'}\n"
        "sys.exit(', '.join(sorted(slow & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=workspace(), capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr


def told(root: Path, rule: str, language: str) -> tuple[str, str]:
    problem = next(p for p in check(read(root)) if p.rule == rule)
    assert "Verantwortlich" not in str(problem.facts)
    return tell(problem, load_words(language))


def test_an_unknown_key_is_answered_with_labels(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("owner", "ownr")})
    wrong, fix = told(root, "unknown-key", "de")
    assert fix == "Meinten Sie owner (Verantwortlich)?"
    assert wrong.startswith("Die Angabe ownr gibt es hier nicht. Möglich sind: owner (Verantwortlich), ")  # fmt: skip
    assert wrong.count(",") == 8
    assert wrong.endswith(", …")
    assert told(root, "unknown-key", "en")[1] == "Did you mean owner?"


def test_a_key_in_the_readers_language_is_understood(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("owner", "verantwortlich")})
    assert told(root, "unknown-key", "de")[1] == "Meinten Sie owner (Verantwortlich)?"
    assert told(root, "unknown-key", "en")[1] == "Did you mean owner?"


def test_a_key_like_nothing_gets_what_can_be_written(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("---\nname", "---\nxyz: 1\nname")})
    wrong, fix = told(root, "unknown-key", "de")
    assert "name, industry (Branche), tier (Stufe), owner (Verantwortlich)" in wrong
    assert fix == "Schreiben Sie eine davon, oder löschen Sie die Zeile."


def test_a_missing_key_is_said_to_mean_something(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("owner: brandt\n", "")})
    assert told(root, "missing-key", "de")[0] == (
        "Hier fehlt die Angabe owner (Verantwortlich). "
        "Wer von uns den Kunden führt, als Kennung aus dem Team."
    )


def test_an_unknown_word_is_answered_with_labels(workspace: Write) -> None:
    people = "---\nstakeholders:\n  - id: cio\n    name: Anna\n    buying_role: {}\n---\n"
    root = workspace({"nordwind/stakeholders.md": people.format("entscheidet")})
    wrong, fix = told(root, "unknown-word", "de")
    assert "decision_maker (entscheidet)" in wrong
    assert wrong.endswith("procurement (kauft ein), offen (noch nicht bekannt)")
    assert fix == "Schreiben Sie decision_maker."


def test_what_never_leaves_is_named_by_its_label(workspace: Write) -> None:
    risks = "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 1\n    severity: 1\n    share: client\n---\n"
    root = workspace({"nordwind/2026-h2/risks.md": risks, "nordwind/2026-h2/plan.md": PLAN})
    assert "(Risiko)" in told(root, "never-shared", "de")[0]
