"""Partners: each sees the tasks and days that are shared with it, and nothing else of the plan."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

import leaks
from conftest import Write
from planwerk.audience import CLIENT, audiences, project
from planwerk.compose.partner import partner_site
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.model.account import Stakeholder
from planwerk.model.plan import Decision, Milestone, Task
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.record import Record, Shared
from planwerk.model.risk import RiskFile
from planwerk.model.slides import SlideFile
from planwerk.model.walk import records, texts
from planwerk.read import read
from test_command import run

EDGELINE = "partner:edgeline"
NORDWIND = "nordwind-logistik"
TASKS = """---
tasks:
  - id: form
    title: Formular einbauen
    goal: loyalty
    accountable: partner:edgeline
    due: 2026-12-01
    depends_on:
      - consent
    share: partner:edgeline
  - id: consent
    title: Einwilligung prüfen
    accountable: client:cio
    due: 2026-11-01
  - id: print
    title: Flyer drucken
    accountable: partner:druckhaus
    due: 2026-12-05
    share: partner:druckhaus
milestones:
  - id: live
    title: Alles läuft
    on: 2026-12-20
    goal: loyalty
    share: partner:edgeline
partners:
  - id: edgeline
    name: Edgeline GmbH
    contact: Uwe Kranz
  - id: druckhaus
    name: Druckhaus Süd
---
"""


@pytest.fixture
def house(workspace: Write) -> Portfolio:
    found = read(workspace({"nordwind/2026-h2/tasks.md": TASKS})).portfolio
    assert found is not None
    return measure(found)


@pytest.fixture(scope="module")
def portfolio(examples: Path) -> Portfolio:
    found = read(examples).portfolio
    assert found is not None
    return measure(found)


def test_who_sees_something_of_an_account_is_told_by_its_marks(house: Portfolio) -> None:
    assert set(audiences(house.account("nordwind"))) - {CLIENT} == {
        "partner:druckhaus",
        "partner:edgeline",
    }


def test_a_partner_sees_its_tasks_and_days_alone(house: Portfolio) -> None:
    seen = project(house, EDGELINE, "nordwind").account("nordwind")
    (period,) = seen.periods
    (task,) = period.tasks.tasks
    assert (task.id, task.goal, task.depends_on) == ("form", None, ())
    assert [m.goal for m in period.tasks.milestones] == [None]
    assert [(p.id, p.contact) for p in period.tasks.partners] == [("edgeline", "")]
    packed = pickle.dumps(project(house, EDGELINE, "nordwind"))
    for word in ("consent", "loyalty", "Druckhaus", "Flyer", "Kranz", "Einwilligung"):
        assert word.encode() not in packed, word


def test_of_an_example_no_other_kind_of_record_reaches_a_partner(portfolio: Portfolio) -> None:
    seen = project(portfolio, EDGELINE, NORDWIND)
    kinds = {type(one.record) for one in records(seen.account(NORDWIND))}
    kinds = {kind for kind in kinds if issubclass(kind, (Task, Milestone, Decision, Stakeholder))}
    assert kinds == {Task}


def marked(record: Record) -> Record:
    """The record, and all inside it, shared with the partner."""
    changes: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            changes[name] = marked(value)
        elif isinstance(value, tuple):
            changes[name] = tuple(marked(v) if isinstance(v, Record) else v for v in value)
    if isinstance(record, Shared):
        changes["share"] = (EDGELINE,)
    return record.model_copy(update=changes)


def test_marks_on_other_records_do_not_open_them_for_a_partner(portfolio: Portfolio) -> None:
    """Everything of the account marked for the partner: still only tasks, days and decisions leave."""
    account = marked(portfolio.account(NORDWIND))
    assert isinstance(account, Account)
    seen = project(portfolio.model_copy(update={"accounts": (account,)}), EDGELINE, NORDWIND)
    (told,) = seen.accounts
    blank = project(portfolio, EDGELINE, NORDWIND).account(NORDWIND)
    same = {"people", "periods", "whom_to_ask"}
    for name in set(Account.model_fields) - same:
        assert getattr(told, name) == getattr(blank, name), name
    assert len(told.stakeholders) == len(account.stakeholders)
    for period, all_of_it in zip(told.periods, account.periods, strict=True):
        assert len(period.tasks.tasks) == len(all_of_it.tasks.tasks)
        assert (period.review, period.results, period.risks, period.slides) == (None, (), RiskFile(), SlideFile())  # fmt: skip
        assert (period.plan.goals, period.plan.kpis, period.plan.vision, period.plan.rationale) == ((), (), "", "")  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_portal_has_the_tasks_and_the_pages_that_every_portal_has(
    portfolio: Portfolio, language: str
) -> None:
    seen = project(portfolio, EDGELINE, NORDWIND)
    site = partner_site(view_of(seen, seen.account(NORDWIND), language))
    assert [page.name for page in site.pages] == ["index", "help", "imprint", "privacy"]
    assert not site.internal
    said = repr(site.pages[0])
    assert "Anfragearten den zuständigen Teams zuordnen" in said
    assert "Einwilligungstext prüfen und freigeben" not in said


# --- outputs ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of two example accounts, and what was built of it."""
    root = tmp_path_factory.mktemp("house")
    for name in ("plans", "site"):
        shutil.copytree(examples / name, root / name)
    for account in (root / "plans").iterdir():
        if (
            account.name not in (NORDWIND, "brightwater-stores")
            and (account / "account.md").exists()
        ):
            shutil.rmtree(account)
    said = run("build", "portal", cwd=root)
    assert said.returncode == 0, said.stdout
    return root, root / "build"


def test_each_partner_has_a_folder_of_its_own_that_says_whose_it_is(
    built: tuple[Path, Path],
) -> None:
    _, out = built
    found = sorted(path.relative_to(out).as_posix() for path in out.glob("partners/*/*"))
    assert found == ["partners/brightwater-stores/corvane", f"partners/{NORDWIND}/edgeline"]
    said = json.loads((out / found[1] / "AUDIENCE.json").read_text("utf-8"))
    assert (said["audience"], said["account"], said["draft"]) == (EDGELINE, NORDWIND, False)
    rows = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    inside = {n.removeprefix(f"{found[1]}/") for n in rows if n.startswith(found[1])}
    assert inside - {"AUDIENCE.json"} == set(said["files"])
    assert {rows[f"{found[1]}/{n}"]["audience"] for n in inside} == {EDGELINE}


def test_a_partners_folder_holds_no_word_of_what_is_not_its_own(
    built: tuple[Path, Path], portfolio: Portfolio
) -> None:
    _, out = built
    words = [
        t.words
        for t in texts(records(portfolio.account(NORDWIND), EDGELINE))
        if not t.shared and len(t.words) > 24 and "\n" not in t.words
    ]
    assert len(words) > 100
    assert leaks.found(out / "partners" / NORDWIND / "edgeline", words) == set()
    assert leaks.found(out / "clients" / NORDWIND, words)  # the search finds them where they are


def test_verify_knows_a_partners_folder(built: tuple[Path, Path]) -> None:
    root, out = built
    folder = str(out / "partners" / NORDWIND / "edgeline")

    def asked(audience: str, of: str = folder) -> int:
        return run("verify", of, "--audience", audience, cwd=root).returncode

    assert asked(f"{EDGELINE}:{NORDWIND}") == 0
    assert asked(f"client:{NORDWIND}") == 3
    assert asked("partner:corvane:brightwater-stores") == 3
    assert asked(f"{EDGELINE}:{NORDWIND}", str(out / "clients" / NORDWIND)) == 3
    assert asked(f"partner:{NORDWIND}") == 2


def test_one_partner_can_be_built_alone_and_the_rest_stays(built: tuple[Path, Path]) -> None:
    root, out = built
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*.html")}
    first = out / "partners" / NORDWIND / "edgeline" / "index.html"
    words = first.read_bytes()
    said = run("build", "portal", "--no-cache", "--audience", EDGELINE, cwd=root)
    assert said.returncode == 0, said.stdout
    after = {p: p.stat().st_mtime_ns for p in out.rglob("*.html")}
    changed = {p.relative_to(out).parts[:3] for p in after if before.get(p) != after[p]}
    assert changed == {("partners", NORDWIND, "edgeline")}
    assert before.keys() == after.keys()
    assert first.read_bytes() == words


def test_a_partner_nobody_shares_with_is_refused_with_those_there_are(
    built: tuple[Path, Path],
) -> None:
    root, _ = built
    said = run("build", "--audience", "partner:edgelin", cwd=root)
    assert said.returncode == 2
    assert "partner:corvane, partner:edgeline" in said.stdout + said.stderr
