"""`planwerk new`: every kind checks straight after it was made, its hints lead on and stay inside."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Write
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.checks import check
from planwerk.cli import cli
from planwerk.compose import portal
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.problems import Refusal, Severity
from planwerk.read import read
from planwerk.scaffold import KINDS
from planwerk.scaffold.days import Span, following, name, named
from planwerk.scaffold.house import as_id
from planwerk.scaffold.template import TEMPLATES, plain
from planwerk.text.write import replace

TODAY = date(2026, 11, 25)
HINT = re.compile(r"<!--(.*?)-->", re.S)
EVERYTHING = (
    ("account", "Müller & Söhne GmbH"),
    ("stakeholder", "mueller-soehne-gmbh", "cio"),
    ("stakeholder", "Müller & Söhne GmbH", "Leitung Einkauf", "--name", "Petra Ohm: Einkauf"),
    ("period", "mueller-soehne-gmbh"),
    ("review", "mueller-soehne-gmbh"),
    ("slides", "mueller-soehne-gmbh"),
    ("meeting", "mueller-soehne-gmbh"),
    ("industry", "Energie"),
    ("persona", "Leitung Lager"),
)
ACCOUNT = "plans/mueller-soehne-gmbh"


def run(root: Path, *words: str) -> str:
    """What a command says; its refusal is raised."""
    done = CliRunner().invoke(cli, ["-C", str(root), *words])
    if isinstance(done.exception, Refusal):
        raise done.exception
    assert done.exit_code == 0, done.output or repr(done.exception)
    return done.output


def refused(root: Path, *words: str) -> Refusal:
    """The refusal of a command; no file is changed by it."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refusal) as found:
        run(root, *words)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    return found.value


def rules(root: Path) -> dict[str, Severity]:
    """What a check finds in the workspace, by rule."""
    return {problem.rule: problem.severity for problem in check(read(root, TODAY))}


@pytest.fixture(params=["de", "en"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An empty workspace in each language."""
    run(tmp_path, "--lang", request.param, "init")
    return tmp_path


def everything(root: Path) -> list[Path]:
    """One of each kind, made in the workspace; the files that it says it made."""
    said = [line for words in EVERYTHING for line in run(root, "new", *words).splitlines()]
    return sorted({Path(line) for line in said if line.endswith(".md") and " " not in line})


def test_each_kind_is_made_in_this_test_and_has_templates_in_both_languages() -> None:
    assert {words[0] for words in EVERYTHING} == set(KINDS)
    files = [{p.name for p in (TEMPLATES / code).glob("*.md")} for code in ("de", "en")]
    assert files[0] == files[1]
    for path in TEMPLATES.rglob("*.md"):
        # `allow ` would be read as an allowance, and hide that a hint is left
        assert "allow " not in path.read_text("utf-8"), path


def test_every_kind_checks_straight_after_it_was_made(fresh: Path) -> None:
    for words in EVERYTHING:
        said = run(fresh, "new", *words)
        (path,) = {
            line.rpartition("plans/")[0] for line in said.splitlines() if line.endswith(".md")
        }
        assert path == f"{fresh}/"
        assert re.search(r"^(Weiter|Next): ", said, re.M)
        assert Severity.ERROR not in rules(fresh).values(), words
    # the people are known by name only: that nobody knows us yet is true
    assert set(rules(fresh)) <= {"single-thread", "placeholder-without-persona", "page-unfinished"}


def test_the_files_are_in_the_language_of_the_account(fresh: Path) -> None:
    english = "language: en" in (fresh / "plans/workspace.yml").read_text("utf-8")
    run(fresh, "new", "account", "Acme Ltd", "--language", "de" if english else "en")
    run(fresh, "new", "period", "acme-ltd")
    plan = next((fresh / "plans/acme-ltd").glob("*/plan.md")).read_text("utf-8")
    assert ("vision: offen" in plan) == english
    assert ("zum Beispiel" in plan) == english


def test_hints_never_reach_an_output(fresh: Path) -> None:
    files = [*everything(fresh), *(fresh / "plans").rglob("*.md")]
    for file in files:
        words = file.read_text("utf-8")
        shares = file.name in ("plan.md", "account.md", "review.md") or file.parent.name == "meetings"  # fmt: skip
        if shares and "share: client" not in words.split("\n---\n")[0]:
            file.write_text(words.replace("\n---\n", "\nshare: client\n---\n", 1), "utf-8")
    hints = {line.strip() for f in files for h in HINT.findall(f.read_text("utf-8")) for line in h.split("\n")}  # fmt: skip
    hints = {line for line in hints if len(line) > 40}
    assert len(hints) > 60
    portfolio = read(fresh, TODAY).portfolio
    assert portfolio is not None
    portfolio = measure(portfolio)
    for account in portfolio.accounts:
        for audience in (INTERNAL, CLIENT):
            seen = project(portfolio, audience, account.id)
            assert seen.accounts
            shown = repr(portal.account_site(view_of(seen, seen.accounts[0])))
            assert account.profile.name in shown
            assert [line for line in hints if line in shown] == []


def test_what_hints_show_can_be_pasted_as_it_is(fresh: Path) -> None:
    for file in everything(fresh):
        words = file.read_text("utf-8")
        front, body = words.removeprefix("---\n").split("---\n", 1)
        blocks: dict[str, str] = {}
        for hint in HINT.findall(body):
            _, _, shown = hint.partition("\n\n")
            for block in re.split(r"\n(?=[a-z_]+:)", "\n" + shown.strip("\n")):
                if found := re.match(r"([a-z_]+):", block):
                    blocks[found[1]] = block.rstrip() + "\n"
        for block in re.split(r"\n(?=[a-z_]+:)", "\n" + front.strip("\n")):
            if found := re.match(r"([a-z_]+):", block):
                blocks.setdefault(found[1], block.rstrip() + "\n")
        file.write_text(f"---\n{''.join(blocks.values())}---\n{HINT.sub('', body)}", "utf-8")
    plan = next((fresh / ACCOUNT).glob("*/plan.md")).read_text("utf-8")
    assert "goals:" in plan
    assert [r for r, severity in rules(fresh).items() if severity is Severity.ERROR] == []
    assert set(rules(fresh)) <= {"single-thread", "page-unfinished"}


def test_nothing_is_overwritten(fresh: Path) -> None:
    everything(fresh)
    period = next((fresh / ACCOUNT).glob("*/plan.md")).parent.name
    again = (
        *(words for words in EVERYTHING if words[0] != "period"),
        ("period", "mueller-soehne-gmbh", period),
        ("review", "mueller-soehne-gmbh", period),
        ("period", "mueller-soehne-gmbh", "meetings"),
    )
    for words in again:
        refusal = refused(fresh, "new", *words)
        assert refusal.code == 2
        rule = refusal.problems[0].rule
        assert rule == (
            "new-overlaps" if period in words and words[0] == "period" else "new-exists"
        )
        assert refusal.problems[0].facts["found"]


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
        (unicodedata.normalize("NFD", "Müller & Söhne GmbH"), "mueller-soehne-gmbh"),
        ("Große Straße AG", "grosse-strasse-ag"),
        ("Café Ünal", "cafe-uenal"),
        ("3M Deutschland", "kunde-3m-deutschland"),
        ("Con", "kunde-con"),
        ("Industries", "kunde-industries"),
        ("Offen", "kunde-offen"),
        ("x" * 90, "x" * 63),
    ],
)
def test_names_become_ids(tmp_path: Path, typed: str, made: str) -> None:
    assert as_id(typed, "de") == made
    run(tmp_path, "--lang", "de", "init")
    run(tmp_path, "new", "account", typed)
    (account,) = (a for a in read(tmp_path, TODAY).portfolio.accounts if a.id == made)  # type: ignore[union-attr]
    assert account.profile.name == typed


@pytest.mark.parametrize("words", ["A: B", "# 1", "A #1", '"Q"', "it's", "- x", "{x}", "a\\b", "x:", "[Bereich]", "@a", "Müller & Söhne", "R2-D2 (neu)", "offen"])  # fmt: skip
def test_texts_are_quoted_where_yaml_would_read_them_otherwise(tmp_path: Path, words: str) -> None:
    run(tmp_path, "--lang", "de", "init")
    run(tmp_path, "new", "stakeholder", "beispiel-kunde", "cio", "--title", words)
    found = read(tmp_path, TODAY)
    assert [p for p in found.problems if p.severity is Severity.ERROR] == []
    assert found.portfolio is not None
    title = found.portfolio.accounts[0].stakeholders[0].title
    assert words == "offen" or title == words
    assert (plain(words) == words) == (words in ("Müller & Söhne", "R2-D2 (neu)", "offen"))


def test_what_a_check_would_refuse_is_not_written(tmp_path: Path) -> None:
    run(tmp_path, "--lang", "de", "init")
    refusal = refused(tmp_path, "new", "account", "acme", "--name", "A <b> c")
    assert [problem.rule for problem in refusal.problems] == ["angle-bracket-in-title"]
    assert refused(tmp_path, "new", "meeting", "beispiel-kunde", "30.2.2027").code == 2
    refusal = refused(tmp_path, "new", "period", "beispiel-kunde", "--from", "2027-05-01", "--to", "2027-04-01")  # fmt: skip
    assert refusal.problems[0].rule == "new-ends-before"
    refusal = refused(tmp_path, "new", "period", "beispiel-kunde", "2026-h1")
    assert refusal.problems[0].rule == "new-overlaps"
    assert refusal.problems[0].facts["next"] == "2027-01-01"


TEAM = {
    "workspace.yml": """\
format: 1
organisation:
  name: Ruhrblick Software GmbH
as_of: 2026-11-25
team:
  - id: brandt
    name: Maren Brandt
  - id: demir
    name: Selin Demir
industries:
  - id: logistics
    name: Logistik
  - id: retail
    name: Handel
tiers:
  - id: a
    name: A
kpis:
  - id: nps
    name: Weiterempfehlung
  - id: signups
    name: Anmeldungen
"""
}


def test_without_a_terminal_what_is_missing_is_refused_with_its_choices(workspace: Write) -> None:
    root = workspace(dict(TEAM))
    refusal = refused(root, "new", "account", "Acme AG")
    assert refusal.code == 2
    (problem,) = refusal.problems
    assert problem.rule == "new-needs"
    assert problem.facts == {"option": "--industry", "allowed": "logistics, retail"}
    refusal = refused(root, "new", "account", "Acme AG", "--industry", "logistik")
    assert refusal.problems[0].facts["nearest"] == "logistics"
    refusal = refused(root, "new", "account", "Acme AG", "--industry", "retail")
    assert refusal.problems[0].facts["allowed"] == "brandt, demir, offen"
    run(
        root, "new", "account", "Acme AG", "--industry", "retail", "--owner", "demir", "--tier", "a"
    )
    assert rules(root) == {}
    assert refused(root, "new", "period", "nordwin").problems[0].facts["allowed"] == "acme-ag, nordwind"  # fmt: skip
    assert refused(root, "new", "review", "acme-ag").problems[0].rule == "new-no-period"
    assert (
        refused(root, "new", "review", "nordwind", "2020").problems[0].facts["option"] == "PERIOD"
    )


def test_a_workspace_without_industries_says_so(workspace: Write) -> None:
    bare = TEAM["workspace.yml"].replace("industries:\n  - id: logistics\n    name: Logistik\n  - id: retail\n    name: Handel\n", "")  # fmt: skip
    root = workspace({"workspace.yml": bare})
    assert refused(root, "new", "account", "Acme").problems[0].rule == "new-no-industry"


def test_on_a_terminal_the_rest_is_asked_for(workspace: Write) -> None:
    root = workspace(dict(TEAM))
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "planwerk", "--lang", "en", "-C", str(root), "new", "account", "acme"],
        stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ},
    )  # fmt: skip
    os.close(theirs)
    for answer in (b"Acme Ltd\n", b"trade\n", b"retail\n", b"brandt\n", b"\n"):
        os.write(ours, answer)
    _, said = done.communicate(timeout=60)
    os.close(ours)
    assert done.returncode == 0, said
    assert b"logistics, retail" in said
    words = (root / "plans/acme/account.md").read_text("utf-8")
    assert "name: Acme Ltd\nindustry: retail\ntier: open\nowner: brandt\n" in words


def test_a_meeting_is_today_and_regular_if_nobody_says_otherwise(workspace: Write) -> None:
    root = workspace(dict(TEAM))
    said = [
        run(root, "new", "meeting", "nordwind", *words).splitlines()[0].rpartition("/")[2]
        for words in (
            (),
            ("workshop",),
            ("24.9.2026", "review"),
            ("2026-09-25", "--title", "Über Größe"),
        )
    ]
    assert said == [
        "2026-11-25-jour-fixe.md",
        "2026-11-25-workshop.md",
        "2026-09-24-quartalsgespraech.md",
        "2026-09-25-ueber-groesse.md",
    ]  # fmt: skip
    kinds = [meeting.kind for meeting in read(root).portfolio.accounts[0].meetings]  # type: ignore[union-attr]
    assert sorted(kinds) == ["regular", "regular", "review", "workshop"]
    assert refused(root, "new", "meeting", "nordwind", "2026-09-25", "kick").problems[0].facts["option"] == "KIND"  # fmt: skip


PLAN = """\
---
from: 2026-01-01
to: 2026-06-30
goals:
  - id: loyalty
    title: Weiterempfehlung auf 40 heben
    kpis:
      - nps
    owner: brandt
kpis:
  - kpi: nps
    baseline: 31
    target: 40
  - kpi: signups
    baseline: 100
    target: 120
---
"""
TASKS = """\
---
tasks:
  - id: form
    title: Formular
    accountable: brandt
    due: 2026-03-01
  - id: text
    title: Text
    accountable: brandt
    due: 2026-03-01
    done_on: 2026-03-01
---
"""
REVIEW = """\
---
held_on: 2026-07-03
attendees:
  - brandt
outcomes:
  - kpi: nps
    cause: Zu wenige Antworten
next_steps:
  - id: ask-again
    for: kpi:nps
    title: Noch einmal fragen
    accountable: brandt
    due: 2026-08-01
problems:
  - id: slow
    team: product
    title: Export dauert
  - id: solved
    team: product
    title: War schon gelöst
    answered_on: 2026-06-01
---
"""
VALUES = "date,kpi,value\n2026-06-01,nps,33\n2026-06-01,signups,130\n"
HISTORY = {
    "workspace.yml": TEAM["workspace.yml"] + "teams:\n  - id: product\n    name: Produkt\n",
    "nordwind/2026-h2/plan.md": None,
    "nordwind/2026-h1/plan.md": PLAN,
    "nordwind/2026-h1/tasks.md": TASKS,
    "nordwind/2026-h1/review.md": REVIEW,
    "nordwind/measurements.csv": VALUES,
}


def test_a_period_follows_the_last_one_and_carries_what_it_left(workspace: Write) -> None:
    root = workspace(dict(HISTORY))
    run(root, "new", "period", "nordwind")
    account = read(root, TODAY).portfolio.accounts[0]  # type: ignore[union-attr]
    period = account.periods[1]
    assert (period.id, str(period.plan.from_), str(period.plan.to)) == ("2026-h2", "2026-07-01", "2026-12-31")  # fmt: skip
    assert period.plan.predecessor == "2026-h1"
    left = [(item.from_, item.decision) for item in period.plan.carried]
    assert left == [
        (f"2026-h1/{name}", "offen")
        for name in ("kpi:nps", "task:form", "next_step:ask-again", "problem:slow")
    ]
    assert Severity.ERROR not in rules(root).values()
    assert "miss-not-carried" not in rules(root)
    agreed = root / "plans/nordwind/2026-h2/plan.md"
    agreed.write_text(
        agreed.read_text("utf-8").replace("agreed_on: offen", "agreed_on: 2026-07-03")
    )
    assert rules(root)["plan-not-ready"] is Severity.ERROR


def test_a_review_lists_the_kpis_and_the_steps_to_score(workspace: Write) -> None:
    root = workspace(dict(HISTORY))
    run(root, "new", "period", "nordwind")
    plan = root / "plans/nordwind/2026-h2/plan.md"
    goals = PLAN.split("2026-06-30\n")[1].replace("---\n", "")
    plan.write_text(plan.read_text("utf-8").replace("carried:", f"{goals}carried:", 1), "utf-8")
    with (root / "plans/nordwind/measurements.csv").open("a") as table:
        table.write("2026-10-01,signups,121\n")
    run(root, "new", "review", "nordwind", "--on", "12.1.2027")
    words = (root / "plans/nordwind/2026-h2/review.md").read_text("utf-8")
    assert "planned_for: 2027-01-12\n" in words
    assert "  - kpi: nps\n    cause: offen\n    lesson: offen\n  - kpi: signups\n    highlight: offen\n" in words  # fmt: skip
    assert "commitments:\n  - step: ask-again\n    result: achieved\n-->" in words
    assert Severity.ERROR not in rules(root).values()


@pytest.mark.parametrize(
    ("last", "next_", "called"),
    [
        (("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"), "2026-h2"),
        (("2026-07-01", "2026-12-31"), ("2027-01-01", "2027-06-30"), "2027-h1"),
        (("2027-10-01", "2027-12-31"), ("2028-01-01", "2028-03-31"), "2028-q1"),
        (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31"), "2027"),
        (("2026-02-15", "2026-05-14"), ("2026-05-15", "2026-08-11"), "2026-05-15"),
        (("2026-11-01", "2027-02-28"), ("2027-03-01", "2027-06-30"), "2027-03-01"),
    ],
)
def test_periods_are_as_long_as_the_last_one(
    last: tuple[str, str], next_: tuple[str, str], called: str
) -> None:
    span = following(Span(*map(date.fromisoformat, last)))
    assert tuple(map(str, span)) == next_
    assert name(span) == called


def test_names_of_periods_say_their_days(tmp_path: Path) -> None:
    assert named("2027-q3") == Span(date(2027, 7, 1), date(2027, 9, 30))
    assert named("2027-h3") is None
    assert named("erstes-jahr") is None
    run(tmp_path, "--lang", "de", "init")
    run(tmp_path, "new", "period", "beispiel-kunde", "2027-q1")
    plan = (tmp_path / "plans/beispiel-kunde/2027-q1/plan.md").read_text("utf-8")
    assert "from: 2027-01-01\nto: 2027-03-31\n" in plan
    assert "predecessor: erstes-jahr\n" in plan


PEOPLE = """\
---
# wer uns kennt
checked_on: 2026-11-01
stakeholders:
  # der Wichtigste
  - id: ceo
    name: "Ole Brix"
    evidence: |
      - id: kein Eintrag

      stakeholders: auch keiner
  # nach dem letzten
# vor dem Ende
---

Text bleibt.
"""


@pytest.mark.parametrize("change", ["same", "crlf", "bom", "last", "flush", "none"])
def test_a_person_is_added_and_nothing_else_changes(workspace: Write, change: str) -> None:
    words = {
        "same": PEOPLE,
        "crlf": PEOPLE.replace("\n", "\r\n"),
        "bom": "\ufeff" + PEOPLE,
        "last": PEOPLE.replace("checked_on: 2026-11-01\n", "").replace("# vor", "checked_on: 2026-11-01\n# vor"),
        "flush": "---\nstakeholders:\n- id: ceo\n  name: Ole Brix\nchecked_on: 2026-11-01\n---\n",
        "none": "---\nchecked_on: 2026-11-01\n---\nText\n",
    }[change]  # fmt: skip
    root = workspace({"nordwind/stakeholders.md": words.encode()})
    before = read(root, TODAY).portfolio.accounts[0].people  # type: ignore[union-attr]
    run(root, "new", "stakeholder", "nordwind", "cio")
    file = root / "plans/nordwind/stakeholders.md"
    now = file.read_bytes().decode()
    found = read(root, TODAY)
    assert [p for p in found.problems if p.severity is Severity.ERROR] == []
    people = found.portfolio.accounts[0].people  # type: ignore[union-attr]
    assert people.stakeholders[:-1] == before.stakeholders
    assert people.stakeholders[-1].id == "cio"
    assert people.checked_on == before.checked_on
    kept = iter(now.splitlines(keepends=True))
    assert all(line in kept for line in words.splitlines(keepends=True)), now
    assert ("\r\n" in now) == (change == "crlf")
    assert "\n" not in now.replace("\r\n", "") or change != "crlf"
    assert not list(file.parent.glob(".*"))


def test_a_person_is_not_added_to_what_cannot_be_read(workspace: Write) -> None:
    root = workspace({"nordwind/stakeholders.md": "---\nstakeholders:\n  - id: {x}\n---\n"})
    refusal = refused(root, "new", "stakeholder", "nordwind", "cio")
    assert (refusal.code, refusal.problems[0].rule) == (1, "braces")


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"theirs")
    with pytest.raises(Refusal) as found:
        replace(file, b"old", b"ours")
    assert found.value.problems[0].rule == "changed-meanwhile"
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.md", b"theirs")]
    replace(file, b"theirs", b"ours")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.md", b"ours")]
