"""The loop over all accounts: gaps, unknowns, white space, renewals, signals, teams, rolling over."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ACCOUNT, PLAN, ROOT, Write
from planwerk.checks import check
from planwerk.cli import cli
from planwerk.loop.acted import acted_on
from planwerk.loop.carry import wishes
from planwerk.loop.due import due
from planwerk.loop.earlier import cells_at
from planwerk.loop.finding import Found
from planwerk.loop.gaps import gaps
from planwerk.loop.progress import progress
from planwerk.loop.space import movement, renewals, space, to_reopen
from planwerk.loop.standing import standings
from planwerk.loop.teams import Shown, routed
from planwerk.loop.unknowns import unknowns
from planwerk.model.history import Change, Commit, Spot, Step, Told
from planwerk.model.portfolio import Portfolio
from planwerk.problems import Severity
from planwerk.read import read

PEOPLE = "---\nstakeholders:\n  - id: cio\n    name: Dr. Anna Keller\n---\n"
TASKS = """\
---
tasks:
  - id: form
    title: Formular einbauen
    accountable: brandt
    due: 2026-11-20
  - id: text
    title: Text freigeben
    accountable: client:cio
    due: 2026-11-03
  - id: later
    title: Bericht zeigen
    accountable: brandt
    due: 2026-12-01
  - id: done
    title: Termin finden
    accountable: brandt
    due: 2026-08-01
    done_on: 2026-09-01
---
"""


def portfolio(root: Path) -> Portfolio:
    reading = read(root)
    assert reading.portfolio is not None
    assert [p for p in reading.problems if p.severity is Severity.ERROR] == []
    return reading.portfolio


def told(found: list[Found]) -> list[tuple[str, str, str, int | None]]:
    return [(f.kind, f.what, f.whose, f.late) for f in found]


def test_late_tasks_have_a_side_and_days(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/tasks.md": TASKS, "nordwind/stakeholders.md": PEOPLE})
    found = gaps(portfolio(root))
    assert told(found) == [
        ("task", "Text freigeben", "client:cio", 20), ("task", "Formular einbauen", "brandt", 3),
    ]  # fmt: skip
    assert [f.side for f in found] == ["client", "us"]


def test_what_is_due_is_narrowed_by_person_and_days(workspace: Write) -> None:
    known = portfolio(workspace({"nordwind/2026-h2/tasks.md": TASKS, "nordwind/stakeholders.md": PEOPLE}))  # fmt: skip
    assert [f.what for f in due(known, 7)] == ["Text freigeben", "Formular einbauen"]
    assert [f.what for f in due(known, 8, "brandt")] == ["Formular einbauen", "Bericht zeigen"]
    assert [f.what for f in due(known, 8, "client")] == ["Text freigeben"]


def test_a_task_that_the_next_plan_decided_on_is_late_no_more(workspace: Write) -> None:
    first = PLAN.replace("2026-07-01", "2026-01-01").replace("2026-12-31", "2026-06-30")
    tasks = TASKS.replace("2026-11", "2026-05").replace("2026-12", "2026-06")
    plan = PLAN.replace("---\ngoals", "").replace("to: 2026-12-31\n", "to: 2026-12-31\npredecessor: 2026-h1\ncarried:\n  - from: 2026-h1/task:text\n    decision: drop\n    reason: Nicht mehr nötig\n")  # fmt: skip
    root = workspace({"nordwind/2026-h1/plan.md": first, "nordwind/2026-h1/tasks.md": tasks, "nordwind/2026-h2/plan.md": plan, "nordwind/stakeholders.md": PEOPLE})  # fmt: skip
    assert [f.what for f in gaps(portfolio(root))] == ["Formular einbauen", "Bericht zeigen"]


def test_a_meeting_of_the_cadence_that_did_not_happen_is_a_gap(workspace: Write) -> None:
    account = ACCOUNT.replace("owner: brandt\n", "owner: brandt\ncadence:\n  - kind: regular\n    every: 30 days\n")  # fmt: skip
    meeting = "---\non: 2026-10-14\nkind: regular\n---\n"
    root = workspace({"nordwind/account.md": account, "nordwind/meetings/2026-10-14-treffen.md": meeting})  # fmt: skip
    (found,) = gaps(portfolio(root))
    assert (found.kind, found.day, found.late) == ("meeting", date(2026, 11, 13), 10)
    planned = meeting.replace("regular\n", "regular\nnext_on: 2026-11-30\n")
    root = workspace({"nordwind/account.md": account, "nordwind/meetings/2026-10-14-treffen.md": planned})  # fmt: skip
    assert gaps(portfolio(root)) == []


def test_every_open_value_has_somebody_and_a_day(workspace: Write) -> None:
    account = ACCOUNT.replace("owner: brandt\n", "owner: brandt\nemployees: offen\n")
    questions = "---\nquestions:\n  - id: own\n    text: Was zählt?\n    owner: brandt\n    due: 2026-11-13\n---\n"  # fmt: skip
    found = unknowns(portfolio(workspace({"nordwind/account.md": account, "nordwind/interview.md": questions})))  # fmt: skip
    assert told(found) == [
        ("employees", "Nordwind AG", "brandt", None), ("answer", "Was zählt?", "brandt", 10),
    ]  # fmt: skip


WHITE = "department,offering,state,potential,renews_on,competitor\n"


def test_white_space_moves_between_two_states(workspace: Write) -> None:
    now = WHITE + "whole-company,survey,won,,,\n"
    then = WHITE + "whole-company,survey,gap,45000,,\n"
    before = portfolio(workspace({"nordwind/whitespace.csv": then})).accounts[0]
    after = portfolio(workspace({"nordwind/whitespace.csv": now})).accounts[0]
    moved = movement(after, date(2026, 7, 1), date(2026, 11, 23), before.whitespace)
    assert ([f.what for f in moved.filled], moved.found, moved.left) == (["whole-company/survey"], (), ())  # fmt: skip
    back = movement(before, date(2026, 7, 1), date(2026, 11, 23), ())
    assert ([f.what for f in back.found], back.potential) == (["whole-company/survey"], Decimal(45000))  # fmt: skip


def test_without_an_earlier_state_deals_tell_what_moved(workspace: Write) -> None:
    deals = "id,offering,opened,closed,outcome\nAlt,survey,2026-01-02,2026-08-01,won\nNeu,survey,2026-08-02,,open\n"  # fmt: skip
    account = portfolio(workspace({"nordwind/opportunities.csv": deals})).accounts[0]
    moved = movement(account, date(2026, 7, 1), date(2026, 11, 23))
    assert ([f.note for f in moved.found], [f.note for f in moved.filled]) == (["Neu"], ["Alt"])
    assert (moved.potential, moved.compared) == (None, False)


def test_cells_to_reopen_and_renewals_ahead(workspace: Write) -> None:
    account = ACCOUNT.replace("owner: brandt\n", "owner: brandt\ncontract:\n  end: 2027-03-31\n  notice: 90 days\n")  # fmt: skip
    cells = WHITE + "whole-company,survey,competitor,,2027-06-30,Qualimetrix\n"
    known = portfolio(workspace({"nordwind/account.md": account, "nordwind/whitespace.csv": cells}))
    assert [(f.note, f.day) for f in to_reopen(known)] == [("Qualimetrix", date(2027, 6, 30))]
    assert [(f.day, f.late, f.note) for f in renewals(known)] == [(date(2026, 12, 31), -38, "2027-03-31")]  # fmt: skip


def test_a_sign_is_answered_by_the_first_task_that_names_it(workspace: Write) -> None:
    insight = "---\ninsights:\n  - id: slow\n    kind: pressure\n    text: Antworten dauern\n    confirmed_on: 2026-08-01\n---\n"  # fmt: skip
    answered = TASKS.replace("    due: 2026-11-20\n", "    start: 2026-09-10\n    due: 2026-11-20\n    answers:\n      - insight:slow\n")  # fmt: skip
    files = {"nordwind/interview.md": insight, "nordwind/2026-h2/tasks.md": TASKS, "nordwind/stakeholders.md": PEOPLE}  # fmt: skip
    (open_,) = acted_on(portfolio(workspace(dict(files))))
    assert (open_.answer, open_.days) == (None, 114)
    known = portfolio(workspace({**files, "nordwind/2026-h2/tasks.md": answered}))
    (one,) = acted_on(known)
    assert one.answer is not None
    assert (one.answer.what, one.days) == ("Formular einbauen", 40)
    seen = {("nordwind", "Task", "form"): date(2026, 8, 4)}
    assert acted_on(known, seen)[0].days == 40  # the plan states a day
    unstated = answered.replace("    start: 2026-09-10\n", "")
    (git,) = acted_on(portfolio(workspace({**files, "nordwind/2026-h2/tasks.md": unstated})), seen)
    assert git.days == 3


REVIEW = """\
---
held_on: 2026-10-01
attendees:
  - brandt
feedback:
  - from: client:cio
    kind: change_wish
    quote: Bitte einen Bericht je Standort, und zwar jede Woche.
    on: 2026-10-01
problems:
  - id: slow-export
    team: product
    title: Export dauert zu lange
    examples:
      - on: 2026-09-03
        what: 40 Minuten
    answer_due: 2026-11-13
help_wanted:
  - team: product
    what: Ein Termin für den Bericht
next_steps:
  - id: visit
    for: kpi:nps
    title: Besuch im Werk
    accountable: brandt
    due: 2026-12-01
---
"""


def test_problems_help_and_wishes_go_to_teams(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/review.md": REVIEW, "nordwind/stakeholders.md": PEOPLE})
    found = routed(portfolio(root))
    assert [(r.team, r.found.kind, r.found.late) for r in found] == [
        ("product", "problem", 10), ("product", "help", None), ("", "wish", None),
    ]  # fmt: skip
    assert found[0].examples == (Shown(date(2026, 9, 3), "40 Minuten"),)


def test_the_light_says_the_worst_thing(workspace: Write) -> None:
    values = "date,kpi,value\n2026-11-01,nps,{}\n"
    lights = []
    for value in ("40", "32"):
        root = workspace({"nordwind/measurements.csv": values.format(value)})
        lights.append(standings(portfolio(root))[0].light)
    assert lights == ["good", "bad"]


@pytest.mark.parametrize("command", ["status", "due", "gaps", "unknowns", "whitespace", "renewals", "problems", "signals"])  # fmt: skip
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_question_has_a_command(command: str, language: str) -> None:
    done = CliRunner().invoke(cli, ["-C", str(ROOT), "--lang", language, command])
    assert done.exit_code == 0, done.output
    assert len(done.output.splitlines()) > 2
    assert "\x1b" not in done.output
    machine = CliRunner().invoke(cli, ["-C", str(ROOT), command, "--json"])
    assert json.loads(machine.output)


def test_status_of_one_account_tells_its_kpis_those_behind_first() -> None:
    done = CliRunner().invoke(cli, ["-C", str(ROOT), "--lang", "en", "status", "--account", "nordwind-logistik"])  # fmt: skip
    lines = done.output.replace("\xa0", " ").splitlines()
    at = lines.index("Nordwind Logistik AG")
    kpis = lines[at + 1 : lines.index("", at)]
    assert len(kpis) == 8
    counted = lines[lines.index("Counted over twelve months:") + 1 :]
    for name in ("Net revenue retention", "E-mail reply rate", "Buyer sentiment", "Strategic e-mails", "Renewal", "Upsell"):  # fmt: skip
        assert any(line.startswith(name) for line in counted), name
    assert kpis[0].split("  ")[1] == "■ at risk"
    assert any("Newsletter" in line and "12,498" in line and "12,600" in line for line in kpis)
    machine = json.loads(CliRunner().invoke(cli, ["-C", str(ROOT), "status", "--json"]).output)
    told = {one["account"]: {f["kpi"]: f for f in one["figures"]} for one in machine}
    assert told["nordwind-logistik"]["newsletter-signups"]["actual"] == "12498"
    assert told["alpenfracht"] == {}


@pytest.mark.parametrize(
    ("account", "closed", "after", "day"),
    [
        ("nordwind-logistik", "2026-h1", "2026-h2", "2026-07-05"),
        ("brightwater-stores", "2026-h1", "2026-h2", "2026-07-12"),
        ("hollerbeck-pumpen", "2026-h1", "2026-verlaengerung", "2026-08-01"),
    ],
)
def test_the_plans_that_follow_in_the_portfolio_carry_what_the_command_rolls_over(tmp_path: Path, account: str, closed: str, after: str, day: str) -> None:  # fmt: skip
    """The command is run where the successor is not yet: it names what the portfolio decided on."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    shutil.rmtree(tmp_path / "plans" / account / after)
    workspace = tmp_path / "plans" / "workspace.yml"
    workspace.write_text(workspace.read_text("utf-8").replace("as_of: 2026-11-23", f"as_of: {day}"))
    run = CliRunner().invoke(cli, ["-C", str(tmp_path), "roll", account, closed])
    assert run.exit_code == 0, run.output
    rolled, kept = (_carried(root, account) for root in (tmp_path, ROOT))
    decided = {name for name in rolled if "/next_step:" not in name}  # those the next review scores
    assert decided
    assert kept >= decided


def _carried(root: Path, account: str) -> set[str]:
    found = read(root).portfolio
    assert found is not None
    return {item.from_ for item in found.account(account).periods[-1].plan.carried}


def test_status_by_industry_counts_its_accounts() -> None:
    done = CliRunner().invoke(cli, ["-C", str(ROOT), "--lang", "en", "status", "--by", "industry"])
    assert "Logistics: 2 accounts" in done.output


def test_a_closed_period_is_rolled_over_and_only_decisions_are_missing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    client = tmp_path / "plans" / "nordwind-logistik"
    workspace = tmp_path / "plans" / "workspace.yml"
    workspace.write_text(workspace.read_text("utf-8").replace("as_of: 2026-11-23", "as_of: 2027-01-20"))  # fmt: skip
    review = client / "2026-h2" / "review.md"
    steps = "\nnext_steps:\n  - id: visits\n    for: kpi:nps\n    title: Jede Niederlassung besuchen\n    accountable: brandt\n    due: 2027-03-15\n"  # fmt: skip
    review.write_text(review.read_text("utf-8").replace("held_on: offen", "held_on: 2027-01-12" + steps, 1), "utf-8")  # fmt: skip
    before = {(p.rule, str(p.place)) for p in check(read(tmp_path))}

    run = CliRunner().invoke(cli, ["-C", str(tmp_path), "roll", "nordwind-logistik"])
    assert run.exit_code == 0, run.output
    reading = read(tmp_path)
    assert reading.portfolio is not None
    period = reading.portfolio.account("nordwind-logistik").periods[-1]
    assert (period.id, str(period.plan.from_), period.plan.predecessor) == ("2027-h1", "2027-01-01", "2026-h2")  # fmt: skip
    carried = {item.from_.removeprefix("2026-h2/") for item in period.plan.carried}
    assert {"next_step:visits", "problem:double-invitation", "task:mailbox-access", "kpi:nps"} <= carried  # fmt: skip
    assert all(item.decision == "offen" for item in period.plan.carried)
    new = {p.rule for p in check(reading) if (p.rule, str(p.place)) not in before}
    assert new == {"section-missing"}  # goals and KPIs are still to be written
    again = CliRunner().invoke(cli, ["-C", str(tmp_path), "roll", "nordwind-logistik", "2026-h2"])
    assert again.exception is not None
    plan = client / "2027-h1" / "plan.md"
    plan.write_text(plan.read_text("utf-8").replace("agreed_on: offen", "agreed_on: 2027-01-20"), "utf-8")  # fmt: skip
    missing = [p.facts["missing"] for p in check(read(tmp_path)) if p.rule == "plan-not-ready"]
    assert {f"carried/{item.from_}: decision" for item in period.plan.carried} <= {*missing}


def test_wishes_are_named_by_their_first_words(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/review.md": REVIEW, "nordwind/stakeholders.md": PEOPLE})
    review = portfolio(root).accounts[0].periods[0].review
    assert [*wishes(review)] == ["bitte-einen-bericht-je-standort"]


def test_a_progress_report_tells_then_and_now(workspace: Write) -> None:
    values = "date,kpi,value\n2026-09-01,nps,31\n2026-11-01,nps,36\n"
    root = workspace({"nordwind/measurements.csv": values, "nordwind/2026-h2/tasks.md": TASKS, "nordwind/stakeholders.md": PEOPLE})  # fmt: skip
    known = portfolio(root)
    made = progress(known, known.accounts[0], date(2026, 8, 31))
    assert [(f.what, str(f.day)) for f in made.done] == [("Termin finden", "2026-09-01")]
    assert [f.what for f in made.next] == ["Bericht zeigen"]
    assert [(c.then, c.now) for c in made.kpis] == [(None, Decimal(36))]
    assert made.moved == ()
    later = progress(known, known.accounts[0], date(2026, 9, 1))
    assert (later.done, later.kpis[0].then) == ((), Decimal(31))
    change = Change("changed", Spot("nordwind", "tasks", "2026-h2", ("tasks", "form")), "Task", "Formular einbauen", "due", date(2026, 10, 1), date(2026, 11, 20))  # fmt: skip
    steps = [Step(Commit("a", day=date(2026, 9, 20)), (Told(change, Commit("a", day=date(2026, 9, 20))),))]  # fmt: skip
    (moved,) = progress(known, known.accounts[0], date(2026, 9, 1), steps).moved
    assert (moved.what, moved.old, moved.new) == ("Formular einbauen", date(2026, 10, 1), date(2026, 11, 20))  # fmt: skip
    early = portfolio(root).model_copy(update={"as_of": date(2026, 9, 19)})
    assert progress(early, early.accounts[0], date(2026, 9, 1), steps).moved == ()


def test_the_report_is_a_command() -> None:
    for language in ("de", "en"):
        done = CliRunner().invoke(cli, ["-C", str(ROOT), "--lang", language, "report", "nordwind-logistik", "--since", "2026-10-01"])  # fmt: skip
        assert (done.exit_code, "12" in done.output) == (0, True)
    german = CliRunner().invoke(cli, ["-C", str(ROOT), "--lang", "de", "report", "nordwind-logistik", "--since", "2026-10-01"]).output  # fmt: skip
    assert "vom 01.10.2026 bis 23.11.2026" in german
    assert "E-Mail" in german  # a KPI of the catalogue has its name
    assert "69.0476" not in german
    machine = CliRunner().invoke(cli, ["-C", str(ROOT), "report", "nordwind-logistik", "--since", "2026-10-01", "--json"])  # fmt: skip
    assert json.loads(machine.output)[0]["since"] == "2026-10-01"


CELL = "WhiteSpaceCell"


def changed(day: date, *changes: Change) -> Step:
    commit = Commit(day.isoformat(), day=day)
    return Step(commit, tuple(Told(change, commit) for change in changes))


def test_the_history_tells_how_the_cells_were(workspace: Write) -> None:
    now = WHITE + "whole-company,survey,won,,,\ncare,survey,gap,9000,,\n"
    account = portfolio(workspace({"nordwind/whitespace.csv": now})).accounts[0]

    def spot(name: str) -> Spot:
        return Spot("nordwind", "whitespace", path=(name,))

    steps = (
        changed(date(2026, 1, 1)),
        changed(date(2026, 8, 1), Change("changed", spot("whole-company/survey"), CELL, field="state", old="gap", new="won")),
        changed(date(2026, 9, 1), Change("added", spot("care/survey"), CELL), Change("removed", spot("it/survey"), CELL, values=(("state", "idea"),))),
    )  # fmt: skip
    told_ = account.model_copy(update={"history": steps})
    then = cells_at(told_, date(2026, 6, 30))
    assert then is not None
    assert {(c.department, c.state) for c in then} == {("whole-company", "gap"), ("it", "idea")}
    after = cells_at(told_, date(2026, 8, 1))
    assert after is not None
    assert {(c.department, c.state) for c in after} == {("whole-company", "won"), ("it", "idea")}
    assert cells_at(told_, date(2025, 12, 31)) is None
    assert cells_at(account, date(2026, 6, 30)) is None
    whole = space([movement(told_, date(2026, 6, 30), date(2026, 11, 23), then)])
    assert (whole.found, whole.filled, whole.lost, whole.left, whole.potential) == (
        1,
        1,
        0,
        1,
        9000,
    )
    assert (whole.valued, whole.accounts) == (1, 1)
