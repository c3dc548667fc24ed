"""What files say, as facts: by identity, however written; and what changed from one to the next."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ACCOUNT, PLAN, ROOT, Write
from planwerk.audience import project
from planwerk.format.form import formed
from planwerk.history import migrations
from planwerk.history.compare import apply, compare, counted
from planwerk.history.facts import Facts, facts_of, facts_of_file, facts_of_house, placed
from planwerk.history.identity import IDENTITIES, By
from planwerk.history.lenient import _sample
from planwerk.history.migrations import Migration
from planwerk.history.net import net
from planwerk.history.pieces import Pieces
from planwerk.history.prose import unwrapped
from planwerk.history.version import Reader, read_version
from planwerk.history.where import where
from planwerk.model.history import Change, Spot
from planwerk.model.kinds import KINDS, all_records, holders
from planwerk.model.record import Record
from planwerk.model.types import OPEN, After
from planwerk.read import read
from planwerk.report.telling import tell
from planwerk.words import load_words
from test_roundtrip import instances

PLANS = {
    PurePosixPath(path.relative_to(ROOT / "plans")): path.read_bytes()
    for path in sorted((ROOT / "plans").rglob("*.*"))
    if path.suffix in (".md", ".csv", ".yml")
}
TASKS = PurePosixPath("nordwind/2026-h2/tasks.md")
TWO = """\
---
tasks:
  - id: consent-text
    title: Einwilligungstext prüfen
    goal: loyalty
    accountable: client:cio
    due: 2026-08-15
    depends_on:
      - form
      - kick-off
    note: |
      Erst der Datenschutz,
      dann der Betriebsrat.
  - id: form
    title: Formular einbauen
    accountable: brandt
    due: 14 days after consent-text
---

Ein Absatz über
zwei Zeilen.
"""


def facts(words: str, path: PurePosixPath = TASKS) -> Facts:
    """The facts of one file, in which nothing is wrong."""
    version = read_version(path, words.encode())
    assert version is not None
    assert version.facts is not None
    assert version.problems == ()
    return version.facts


def at(*path: str) -> Spot:
    return Spot("nordwind", "tasks", "2026-h2", path)


def changes(before: str, after: str, path: PurePosixPath = TASKS) -> list[tuple[Any, ...]]:
    """What changed, in short: what, path, field, old, new."""
    made = compare(facts(before, path), facts(after, path))
    assert apply(facts(before, path), made) == facts(after, path)
    return [(c.what, "/".join(c.spot.path), c.field, c.old, c.new) for c in made]


# --- identity --------------------------------------------------------------------------------


def test_every_record_has_its_identity_and_every_identity_its_record() -> None:
    assert set(IDENTITIES) == {*all_records(), "Measured"}


@pytest.mark.parametrize("kind", sorted(all_records()))
def test_identities_name_fields_that_have_to_be_there(kind: str) -> None:
    identity, fields = IDENTITIES[kind], all_records()[kind].model_fields
    may_be_empty = {"offering", "topic", "with_", "direction"}
    for name in identity.keys:
        open_ = identity.by is By.LINE and name in may_be_empty
        assert fields[name].is_required() or open_ or kind == "Condition", name
    assert not identity.title or identity.title in fields
    assert (identity.by is By.PLACE) is not bool(identity.keys)


def test_what_there_are_many_of_is_known_by_more_than_its_place() -> None:
    files = {kind.record for kind in KINDS if kind.shape != "table"}
    for record, found in holders().items():
        for holder, name in found:
            many = getattr(holder.model_fields[name].annotation, "__origin__", None) is tuple
            assert many is (IDENTITIES[record.__name__].by is not By.PLACE), (holder, name)
    assert all(IDENTITIES[record.__name__].by is By.PLACE for record in files)


# --- one file --------------------------------------------------------------------------------


def test_a_file_says_facts() -> None:
    found = facts(TWO)
    assert list(found) == [at(), at("tasks", "consent-text"), at("tasks", "form")]
    assert found[at()].fields == {"body": "Ein Absatz über zwei Zeilen."}
    task = found[at("tasks", "consent-text")]
    assert (task.kind, task.title) == ("Task", "Einwilligungstext prüfen")
    assert task.fields == {
        "id": "consent-text",
        "title": "Einwilligungstext prüfen",
        "goal": "loyalty",
        "accountable": "client:cio",
        "due": date(2026, 8, 15),
        "depends_on": ("form", "kick-off"),
        "note": "Erst der Datenschutz, dann der Betriebsrat.",
    }
    assert found[at("tasks", "form")].fields["due"] == After(14, "consent-text")


@pytest.mark.parametrize("path", sorted(PLANS), ids=str)
def test_entry_by_entry_says_what_the_whole_says(
    path: PurePosixPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    piecewise = Reader()
    first = piecewise.read(path, PLANS[path])
    assert first == piecewise.read(path, PLANS[path])  # from memory
    monkeypatch.setattr(Pieces, "facts", lambda *_: None)
    monkeypatch.setattr("planwerk.history.lines._learned", lambda *_: False)
    assert first == Reader().read(path, PLANS[path])
    assert first is not None
    assert first.facts


@pytest.mark.parametrize(
    "lines",
    [
        ["2026-01-31,nps,30", "2026-02-28,nps,1.234", "2026-03-31,nps,30.5"],
        ["2026-01-31,nps,30", "2026-02-28,nps,1.234"],
        ["2026-01-31,nps,30", '2026-02-28,"nps",31'],
        ["2026-01-31,nps,30", "", ",,", "2026-02-28,nps,31", "2026-01-31,nps,30"],
        ["2026-01-31,nps,30", "bald,nps,31", "2026-02-28,nps"],
        ["2026-01-31,nps,30", "2026-02-28,nps,31,Zählung"],
        ["2026-01-31,nps,30", "2026-01-31,nps,31", "2026-01-31,nps,32,#2"],
    ],
)
def test_lines_read_before_say_what_they_say_in_the_whole(
    lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is remembered of the versions of a log, the last says what it says alone."""
    path = PurePosixPath("nordwind/measurements.csv")
    reader = Reader()
    for count in range(1, len(lines) + 1):
        words = "\n".join(["date,kpi,value,note", *lines[:count], ""])
        raw = words.encode()
        with monkeypatch.context() as alone:
            alone.setattr("planwerk.history.lines._learned", lambda *_: False)
            plain = Reader().read(path, raw)
        assert reader.read(path, raw) == plain == reader.read(path, raw)
    old = "date,kpi,value,note\n2026-03-31,nps,32,Zählung\n".encode("cp1252")
    assert reader.read(path, old) == Reader().read(path, old)


def test_the_files_say_what_the_account_in_memory_says() -> None:
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    in_memory = dict(facts_of_house(portfolio))
    for account in portfolio.accounts:
        in_memory |= facts_of(account)
    in_files: dict[Spot, Any] = {}
    for path, raw in PLANS.items():
        version = read_version(path, raw)
        assert version is not None
        assert version.problems == ()
        in_files |= version.facts or {}
    made = compare(in_files, in_memory)
    # meetings are named by their days in memory, and days told by others are known
    assert {(c.what, c.spot.topic) for c in made} == {("moved", "meeting"), ("changed", "tasks")}
    assert {c.field for c in made} == {"", "due"}
    assert {type(c.old) for c in made if c.field} == {After}


def test_an_outside_audience_has_the_facts_that_were_released_and_no_others() -> None:
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    seen = project(portfolio, "client", "nordwind-logistik")
    whole = facts_of(portfolio.account("nordwind-logistik"))
    released = facts_of(seen.account("nordwind-logistik"))
    assert released
    for spot, fact in released.items():
        kind = all_records()[fact.kind]
        allowed = kind.released | getattr(kind, "identity", frozenset())
        keys = {kind.model_fields[name].alias or name for name in allowed}
        keys |= {"stages", "predecessor"}  # what the gate gives along
        assert set(fact.fields) <= keys, spot
        assert all(whole[spot].fields[name] == value or name in ("depends_on", "kpis", "stages", "answers", "goal") for name, value in fact.fields.items()), spot  # fmt: skip
    assert not any(f.kind in ("Risk", "WhiteSpaceCell", "Contract") for f in released.values())
    assert {s.topic for s in facts_of_house(seen)} <= {"workspace", "industry"}


def test_paths_of_a_workspace_are_known_and_no_others() -> None:
    told = where(PurePosixPath("nordwind/2026-h2/tasks.md"))
    assert told is not None
    assert (told.kind.name, told.account, told.of) == ("tasks", "nordwind", "2026-h2")
    told = where(PurePosixPath("personas/buyer.md"))
    assert told is not None
    assert (told.kind.name, told.account, told.of) == ("persona", "", "buyer")
    told = where(PurePosixPath("nordwind/meetings/2026-09-14-x.md"))
    assert told is not None
    assert (told.kind.name, told.account, told.of) == ("meeting", "nordwind", "2026-09-14-x")
    for other in ("README.md", "nordwind/notes.md", "nordwind/plan.md", "x/y/z/plan.md",
                  "nordwind/meetings/a.txt", "personas/A.md", "Nordwind/account.md", "nordwind/personas/x.md"):  # fmt: skip
        assert where(PurePosixPath(other)) is None, other
    assert read_version(PurePosixPath("README.md"), b"x") is None


# --- what is no change -----------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(PLANS), ids=str)
def test_another_form_is_no_change(path: PurePosixPath) -> None:
    told = where(path)
    assert told is not None
    text = formed(path, PLANS[path], told.kind.record)
    assert isinstance(text, str)
    before, after = read_version(path, PLANS[path]), read_version(path, text.encode())
    assert before is not None
    assert after is not None
    assert compare(before.facts or {}, after.facts or {}) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ein Absatz über\nzwei Zeilen.", "Ein Absatz\nüber zwei\nZeilen."),
        ("      - form\n      - kick-off", "      - kick-off\n      - form"),
        ("Erst der Datenschutz,\n      dann", "Erst der\n      Datenschutz, dann"),
        ("due: 2026-08-15", "due: 15.8.2026"),
        ("    goal: loyalty\n    accountable: client:cio", "    accountable: client:cio\n    goal: loyalty"),
        ("title: Formular einbauen", 'title: "Formular einbauen"'),
        ("tasks:\n", "# ein Hinweis\ntasks:\n"),
        ("\nEin Absatz", "\n<!-- ein Hinweis -->\nEin Absatz"),
    ],
)  # fmt: skip
def test_what_says_the_same_is_no_change(old: str, new: str) -> None:
    assert old in TWO
    assert changes(TWO, TWO.replace(old, new)) == []


def test_entries_may_change_places() -> None:
    first, second = TWO.index("  - id: consent"), TWO.index("  - id: form")
    end = TWO.index("---\n\nEin")
    assert changes(TWO, TWO[:first] + TWO[second:end] + TWO[first:second] + TWO[end:]) == []


def test_the_order_of_a_journey_and_of_an_agenda_is_a_fact() -> None:
    stage = "stages:\n  - id: {}\n    name: A\n  - id: {}\n    name: A\n"
    path = PurePosixPath("nordwind/journey.md")
    made = changes(f"---\n{stage.format('a', 'b')}---\n", f"---\n{stage.format('b', 'a')}---\n", path)  # fmt: skip
    assert made == [("changed", "", "stages", ("a", "b"), ("b", "a"))]
    meeting = "---\non: 2026-01-01\nkind: regular\nagenda:\n  - {}\n  - {}\nattendees:\n  - {}\n  - {}\n---\n"  # fmt: skip
    path = PurePosixPath("nordwind/meetings/2026-01-01.md")
    made = changes(meeting.format("a", "b", "a", "b"), meeting.format("b", "a", "b", "a"), path)
    assert [field for _, _, field, _, _ in made] == ["agenda"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a\nb", "a b"),
        ("a\n\nb", "a\n\nb"),
        ("# T\na", "# T\na"),
        ("- a\n  b\n- c", "- a b\n- c"),
        ("a\n- b", "a\n- b"),
        ("- a\n  - b", "- a\n  - b"),
        ("| a |\n| b |", "| a |\n| b |"),
        ("a  \nb", "a  \nb"),
        ("a  \n\nb", "a\n\nb"),
        ("- a\n\n  b", "- a\n\n  b"),
        ("a\\\nb", "a\\ b"),
        ("```\na\nb\n```\nc", "```\na\nb\n```\nc"),
        ("\n\na\n\n\n\nb\n\n", "a\n\nb"),
    ],
)
def test_prose_without_its_wrapping(text: str, same: str) -> None:
    assert unwrapped(text) == same
    assert unwrapped(same) == same


# --- what changed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("due: 2026-08-15", "due: offen", ("changed", "tasks/consent-text", "due", date(2026, 8, 15), OPEN)),
        ("    goal: loyalty\n", "", ("changed", "tasks/consent-text", "goal", "loyalty", None)),
        ("      - kick-off\n", "", ("changed", "tasks/consent-text", "depends_on", ("form", "kick-off"), ("form",))),
        ("Ein Absatz", "Zwei Absätze", ("changed", "", "body", "Ein Absatz über zwei Zeilen.", "Zwei Absätze über zwei Zeilen.")),
        ("due: 14 days", "due: 21 days", ("changed", "tasks/form", "due", After(14, "consent-text"), After(21, "consent-text"))),
    ],
)  # fmt: skip
def test_a_field_changed(old: str, new: str, expected: tuple[Any, ...]) -> None:
    assert changes(TWO, TWO.replace(old, new)) == [expected]


def test_numbers_are_the_same_however_written() -> None:
    path = PurePosixPath("nordwind/2026-h2/plan.md")
    assert changes(PLAN, PLAN.replace("target: 40", "target: 40.0"), path) == []
    made = changes(PLAN, PLAN.replace("target: 40", "target: 42"), path)
    assert made == [("changed", "kpis/nps", "target", Decimal(40), Decimal(42))]


def test_a_record_came_and_went() -> None:
    one = TWO[: TWO.index("  - id: form")] + TWO[TWO.index("---\n\nEin") :]
    (added,) = compare(facts(one), facts(TWO))
    assert (added.what, added.kind, added.title, added.spot) == ("added", "Task", "Formular einbauen", at("tasks", "form"))  # fmt: skip
    assert dict(added.values)["accountable"] == "brandt"
    (removed,) = compare(facts(TWO), facts(one))
    assert (removed.what, removed.title, removed.values) == ("removed", added.title, added.values)


def test_another_id_is_a_new_name() -> None:
    new = TWO.replace("id: consent-text", "id: consent").replace("after consent-text", "after consent")  # fmt: skip
    made = compare(facts(TWO), facts(new))
    assert [(c.what, c.field) for c in made] == [("renamed", ""), ("changed", "id"), ("changed", "due")]  # fmt: skip
    assert (made[0].before, made[0].spot) == (at("tasks", "consent-text"), at("tasks", "consent"))


def test_another_record_is_no_new_name() -> None:
    start, end = TWO.index("  - id: form"), TWO.index("---\n\nEin")
    other = (
        "  - id: training\n    title: Schulung halten\n    accountable: brandt\n    due: offen\n"
    )
    made = compare(facts(TWO), facts(TWO[:start] + other + TWO[end:]))
    assert [(c.what, c.title) for c in made] == [("removed", "Formular einbauen"), ("added", "Schulung halten")]  # fmt: skip


def test_a_target_of_another_kpi_is_another_record() -> None:
    path = PurePosixPath("nordwind/2026-h2/plan.md")
    made = changes(PLAN, PLAN.replace("- kpi: nps", "- kpi: margin"), path)
    assert [what for what, *_ in made] == ["removed", "added"]


def test_what_is_said_otherwise_is_the_same_record() -> None:
    swot = "---\nswot:\n  - kind: weakness\n    text: {}\n    evidence: Vergleichsangebot vom 9. September\n---\n"  # fmt: skip
    path = PurePosixPath("nordwind/competition.md")
    before, after = "Im Einkauf kennt man uns nur über den Preis", "Der Einkauf kennt uns nur über den Preis"  # fmt: skip
    made = changes(swot.format(before), swot.format(after), path)
    assert [(what, field) for what, _, field, _, _ in made] == [("renamed", ""), ("changed", "text")]  # fmt: skip


def test_two_of_one_key_are_told_apart() -> None:
    lines = "date,kpi,value\n2026-01-31,nps,30\n2026-01-31,nps,31\n"
    found = facts(lines, PurePosixPath("nordwind/measurements.csv"))
    assert [s.path for s in found] == [("nps/2026-01-31",), ("nps/2026-01-31#2",)]


def test_a_task_is_carried_into_the_next_period() -> None:
    later = PurePosixPath("nordwind/2027-h1/tasks.md")
    one = TWO[: TWO.index("  - id: form")] + TWO[TWO.index("---\n\nEin") :]
    form = "---\ntasks:\n  - id: form\n    title: Formular einbauen\n    accountable: brandt\n    due: 2027-02-01\n---\n"  # fmt: skip
    before, after = facts(TWO), {**facts(one), **facts(form, later)}
    made = compare(before, after)
    spot = Spot("nordwind", "tasks", "2027-h1", ("tasks", "form"))
    assert [(c.what, c.spot, c.before) for c in made][:1] == [("moved", spot, at("tasks", "form"))]
    assert [(c.what, c.field, c.new) for c in made][1:] == [("changed", "due", date(2027, 2, 1))]
    assert apply(before, made) == after


def test_a_period_is_called_otherwise() -> None:
    other = PurePosixPath("nordwind/2026-herbst/tasks.md")
    new = TWO.replace("Formular einbauen", "Formular bauen")
    made = compare(facts(TWO), facts(new, other))
    assert [(c.what, c.spot.of, c.field) for c in made] == [("moved", "2026-herbst", ""), ("changed", "2026-herbst", "title")]  # fmt: skip
    assert apply(facts(TWO), made) == facts(new, other)


def test_a_new_period_leaves_the_last_one_where_it_is() -> None:
    later = facts(TWO, PurePosixPath("nordwind/2027-h1/tasks.md"))
    made = compare(facts(TWO), {**facts(TWO), **later})
    assert {c.what for c in made} == {"added"}


def test_an_account_is_called_otherwise() -> None:
    before = {**facts(TWO), **facts(ACCOUNT, PurePosixPath("nordwind/account.md"))}
    new = ACCOUNT.replace("Nordwind AG", "Südwind AG")
    after = {**facts(TWO, PurePosixPath("suedwind/2026-h2/tasks.md")), **facts(new, PurePosixPath("suedwind/account.md"))}  # fmt: skip
    made = compare(before, after, {"nordwind": "suedwind"})
    assert [(c.what, c.spot.account, c.field) for c in made] == [("renamed", "suedwind", ""), ("changed", "suedwind", "name")]  # fmt: skip
    assert apply(before, made) == after
    assert {c.what for c in compare(before, after)} == {"removed", "added"}


def test_how_often_a_fact_changed_is_counted_through_new_names() -> None:
    due = [f"due: 2026-0{month}-01" for month in range(5, 9)]
    versions = [TWO.replace("due: 2026-08-15", words) for words in due]
    versions[2:] = [v.replace("id: consent-text", "id: consent") for v in versions[2:]]
    found = [facts(v) for v in versions]
    told = [c for a, b in itertools.pairwise(found) for c in compare(a, b)]
    assert [c.times for c in counted(told) if c.field == "due" and c.old is not None and "consent" in str(c.spot.path) and isinstance(c.new, date)] == [1, 2, 3]  # fmt: skip
    assert [c.times for c in counted(told[-1:], before=told[:-1])] == [3]


# --- properties ------------------------------------------------------------------------------

FILES = sorted({kind.record for kind in KINDS if kind.shape != "table"}, key=lambda k: k.__name__)


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_changes_lead_from_any_state_to_any_other(kind: type[Record], data: Any) -> None:
    states = [placed(facts_of_file(data.draw(instances(kind))), "a", "plan", of) for of in data.draw(st.lists(st.sampled_from("xy"), min_size=3, max_size=3))]  # fmt: skip
    check_the_way(states)


def check_the_way(states: list[Any]) -> None:
    """One after the other, and all at once: the changes lead to the last state."""
    told: list[Change] = []
    now: Facts = states[0]
    for before, after in itertools.pairwise(states):
        made = compare(before, after)
        now = apply(now, made)
        assert now == after
        told += made
    assert apply(states[0], net(told)) == states[-1]
    assert compare(states[-1], states[-1]) == ()


@given(seed=st.integers(0, 10**9))
def test_edits_of_the_examples_are_found_and_nothing_else(seed: int) -> None:
    rng = random.Random(seed)
    account = rng.choice(["nordwind-logistik", "hollerbeck-pumpen", "quillbrook-pharmacies"])
    files = {path: raw.decode() for path, raw in PLANS.items() if path.parts[0] == account}
    reader = Reader()
    states = [state(reader, files)]
    for _ in range(4):
        for _ in range(rng.randint(1, 4)):
            edit(rng, files)
        states.append(state(reader, files))
        shuffled = {p: shuffle(rng, w) if p.name == "tasks.md" else w for p, w in files.items()}
        assert compare(states[-1], state(reader, shuffled)) == ()
    check_the_way(states)


def state(reader: Reader, files: Mapping[PurePosixPath, str]) -> dict[Spot, Any]:
    found: dict[Spot, Any] = {}
    for path, words in files.items():
        version = reader.read(path, words.encode())
        assert version is not None
        found |= version.facts or {}
    return found


def edit(rng: random.Random, files: dict[PurePosixPath, str]) -> None:
    """A day, an id, an entry, or the name of a folder becomes another."""
    path = rng.choice(sorted(files))
    words = files[path]
    entries = re.split(r"^(?=  - )", words, flags=re.M)
    match rng.randrange(6):
        case 0:
            day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            files[path] = re.sub(r"\d{4}-\d\d-\d\d", day, words, count=rng.randint(1, 4))
        case 1 if ids := re.findall(r"id: ([a-z-]+)$", words, re.M):
            old = rng.choice(ids)
            files[path] = words.replace(f"id: {old}\n", f"id: {old}-{rng.randint(0, 2)}\n")
        case 2 if len(entries) > 3 and path.suffix == ".md":
            del entries[rng.randrange(1, len(entries) - 1)]
            files[path] = "".join(entries)
        case 3 if path.parts[1:2] != ("meetings",) and len(path.parts) == 3:
            new = f"{path.parts[1]}-x"
            for other in [p for p in files if p.parts[1] == path.parts[1]]:
                files[PurePosixPath(other.parts[0], new, other.name)] = files.pop(other)
        case 4:
            files[path] = words.replace("brandt", "demir", rng.randint(1, 3))
        case 5 if path.suffix == ".md":
            files[path] = f"{words}\nNoch ein Satz, {rng.randint(0, 9)}.\n"


def shuffle(rng: random.Random, words: str) -> str:
    """The tasks in another order."""
    head, tasks, rest = re.split(r"^(tasks:\n(?:  .*\n)*)", words, maxsplit=1, flags=re.M)
    first, *entries = re.split(r"^(?=  - id)", tasks, flags=re.M)
    rng.shuffle(entries)
    return head + first + "".join(entries) + rest


# --- what cannot be read as it stands --------------------------------------------------------


def lenient(words: str, path: PurePosixPath = TASKS) -> tuple[Facts, list[str]]:
    version = read_version(path, words.encode())
    assert version is not None
    assert version.facts is not None
    return version.facts, [p.rule for p in version.problems]


@pytest.mark.parametrize(
    ("old", "new", "rule", "lost"),
    [
        ("due: 2026-08-15", "due: bald", "wrong-date", {"due"}),
        ("    goal: loyalty", "    gaol: loyalty", "unknown-key", {"goal"}),
        ("    accountable: client:cio\n", "", "missing-key", {"accountable"}),
        ("    depends_on:\n      - form\n", "    depends_on:\n      - Form!\n", "wrong-id", {"depends_on"}),
    ],
)  # fmt: skip
def test_one_wrong_value_leaves_the_rest(old: str, new: str, rule: str, lost: set[str]) -> None:
    found, rules = lenient(TWO.replace(old, new))
    whole = facts(TWO)
    assert rules == [rule]
    assert set(found) == set(whole)
    (before, after) = (f[at("tasks", "consent-text")].fields for f in (whole, found))
    assert {name for name in before if before[name] != after.get(name)} == lost


def test_an_entry_without_an_id_is_left_out() -> None:
    found, rules = lenient(TWO.replace("  - id: form\n    title", "  - title"))
    assert rules == ["missing-key"]
    assert set(found) == {at(), at("tasks", "consent-text")}


def test_what_a_file_has_to_say_may_be_missing_in_an_old_one() -> None:
    found, rules = lenient(ACCOUNT.replace("owner: brandt\n", ""), PurePosixPath("nordwind/account.md"))  # fmt: skip
    assert rules == ["missing-key"]
    assert found[Spot("nordwind", "account")].fields == {"name": "Nordwind AG", "industry": "logistics"}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("date,kpi,value\n2026-01-31,nps,30\nbald,nps,31\n", ["nps/2026-01-31"]),
        ("date,kpi,value,colour\n2026-01-31,nps,30,red\n", ["nps/2026-01-31"]),
        ("date,kpi\n2026-01-31,nps\n", ["nps/2026-01-31"]),
        ("date,kpi,value\n2026-01-31,nps,30,,x\n2026-02-28,nps,31\n", ["nps/2026-02-28"]),
    ],
)
def test_a_table_is_read_as_well_as_it_goes(words: str, paths: list[str]) -> None:
    found, rules = lenient(words, PurePosixPath("nordwind/measurements.csv"))
    assert [s.path for s in found] == [(path,) for path in paths]
    assert rules


def test_whatever_has_to_be_there_may_be_missing() -> None:
    """For every required field of every record there is something that fits while it is read."""
    for record in all_records().values():
        for name, field in record.model_fields.items():
            if field.is_required():
                assert _sample(record, name) is not None


@pytest.mark.parametrize(
    ("raw", "because"),
    [
        (b"---\ntasks: [\n---\n", "braces"),
        (b"---\ntasks:\n  - a\n b: c\n---\n", "broken-yaml"),
        (b"---\n<<<<<<< HEAD\ntasks:\n=======\n>>>>>>> x\n---\n", "conflict"),
        (b"---\ntasks:\n---\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "conflict"),
        (b"---\nbody: \xff\n---\n", "not-utf8"),
        (b"---\n---\n" + b"x" * (1 << 20), "file-too-large"),
        (b"tasks:\n", "missing-front-matter"),
        (b"", "empty-file"),
        (b"---\ntitle: \x07\n---\n", "forbidden-character"),
    ],
)
def test_a_version_that_nobody_can_read_says_why(raw: bytes, because: str) -> None:
    version = read_version(TASKS, raw)
    assert version is not None
    assert version.facts is None
    (problem,) = version.problems
    assert (problem.rule, problem.facts["because"], problem.account) == ("version-unreadable", because, "nordwind")  # fmt: skip
    for language in ("de", "en"):
        wrong, fix = tell(problem, load_words(language))
        assert wrong.endswith(".")
        assert "{" not in wrong + fix


def test_a_table_in_conflict_is_not_read() -> None:
    raw = (
        b"date,kpi,value\n<<<<<<< HEAD\n2026-01-31,nps,30\n=======\n2026-01-31,nps,31\n>>>>>>> x\n"
    )
    version = read_version(PurePosixPath("nordwind/measurements.csv"), raw)
    assert version is not None
    assert version.facts is None


# --- older formats ---------------------------------------------------------------------------


def test_a_key_that_was_called_otherwise_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = (
        Migration(1, "tasks", {"responsible": "accountable", "effort": None}, ("tasks",)),
        Migration(1, "measurements", {"day": "date"}),
        Migration(0, "tasks", {"due": "start"}, ("tasks",)),  # for files older than these
    )
    monkeypatch.setattr(migrations, "MIGRATIONS", planted)
    old = TWO.replace("accountable: client:cio", "responsible: client:cio\n    effort: 3")
    assert facts(old) == facts(TWO)
    lines = "date,kpi,value\n2026-01-31,nps,30\n"
    path = PurePosixPath("nordwind/measurements.csv")
    assert facts(lines.replace("date", "day"), path) == facts(lines, path)
    newer = read_version(TASKS, old.encode(), version=2)
    assert newer is not None
    assert sorted(p.rule for p in newer.problems) == ["missing-key", "unknown-key", "unknown-key"]


def test_house_files_are_read(workspace: Write) -> None:
    root: Path = workspace()
    version = read_version(PurePosixPath("workspace.yml"), (root / "plans/workspace.yml").read_bytes())  # fmt: skip
    assert version is not None
    assert version.facts is not None
    assert version.facts[Spot("", "workspace", "", ("kpis", "nps"))].fields["name"] == "Weiterempfehlung"  # fmt: skip
