"""Partners: each sees the tasks and days that are shared with it, and nothing else of the plan."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from conftest import Write
from planwerk.audience import CLIENT, outside, project
from planwerk.compose.partner import partner_site
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.model.account import Stakeholder
from planwerk.model.plan import Decision, Milestone, Task
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.record import Record, Shared
from planwerk.model.risk import RiskFile
from planwerk.model.slides import SlideFile
from planwerk.model.walk import records
from planwerk.read import read

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
    assert set(outside(house.account("nordwind"))) - {CLIENT} == {
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
