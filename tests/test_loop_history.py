"""What the commands that ask the plans know from git: when something came, what was there before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past, raw
from planwerk.cli import cli

NORDWIND = "plans/nordwind"
INTERVIEW = """\
---
insights:
  - id: slow
    kind: pressure
    text: Antworten dauern
---
"""
TASKS = """\
---
tasks:
  - id: form
    title: Formular einbauen
    accountable: brandt
    due: 2026-11-20
    answers:
      - insight:slow
---
"""
CELLS = "department,offering,state,potential\nwhole-company,survey,{},45000\n"


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """A pressure heard and a gap on 22 September; a task for it on 11 October; won on 31 October."""
    past = Past(tmp_path / "repo")
    past.commit("Nordwind", {
        "plans/workspace.yml": WORKSPACE, f"{NORDWIND}/account.md": ACCOUNT,
        f"{NORDWIND}/2026-h2/plan.md": PLAN, f"{NORDWIND}/interview.md": INTERVIEW,
        f"{NORDWIND}/whitespace.csv": CELLS.format("gap"),
    })  # fmt: skip
    past.made = 19
    past.commit("Eine Aufgabe", {f"{NORDWIND}/2026-h2/tasks.md": TASKS})
    past.made = 39
    past.commit("Gewonnen", {f"{NORDWIND}/whitespace.csv": CELLS.format("won")})
    return past


def asked(root: Path, *words: str) -> Any:
    done = CliRunner().invoke(cli, ["-C", str(root), *words, "--as-of", "2026-11-23", "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_sign_and_its_answer_have_the_days_they_came_into_the_plans(past: Past) -> None:
    (one,) = asked(past.root, "signals")
    assert (one["sign"]["day"], one["answer"]["day"], one["days"]) == ("2026-09-22", "2026-10-11", 19)  # fmt: skip


def test_a_day_that_the_plan_states_is_believed_rather_than_git(past: Past) -> None:
    past.commit("Genauer", {
        f"{NORDWIND}/interview.md": INTERVIEW.replace("dauern\n", "dauern\n    confirmed_on: 2026-08-01\n"),
        f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("    due:", "    start: 2026-08-11\n    due:"),
    })  # fmt: skip
    (one,) = asked(past.root, "signals")
    assert (one["sign"]["day"], one["answer"]["day"], one["days"]) == ("2026-08-01", "2026-08-11", 10)  # fmt: skip


def test_a_record_that_has_another_id_now_came_when_it_first_came(past: Past) -> None:
    past.made = 60
    past.commit("Anders genannt", {
        f"{NORDWIND}/interview.md": INTERVIEW.replace("id: slow", "id: slow-answers"),
        f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("insight:slow", "insight:slow-answers"),
    })  # fmt: skip
    (one,) = asked(past.root, "signals")
    assert (one["sign"]["day"], one["days"]) == ("2026-09-22", 19)


def test_white_space_is_compared_with_the_cells_of_that_day(past: Past) -> None:
    (moved,) = asked(past.root, "whitespace", "--since", "2026-10-11")
    assert moved["compared"]
    assert [cell["what"] for cell in moved["filled"]] == ["whole-company/survey"]
    assert moved["found"] == []
    (later,) = asked(past.root, "whitespace", "--since", "2026-11-01")
    assert (later["compared"], later["filled"]) == (True, [])


def test_of_a_day_before_the_account_only_deals_tell(past: Past, tmp_path: Path) -> None:
    (moved,) = asked(past.root, "whitespace", "--since", "2026-01-01")
    assert not moved["compared"]
    raw(tmp_path, "clone", "-q", "--depth=1", past.top.as_uri(), "shallow")
    (unknown,) = asked(tmp_path / "shallow", "whitespace", "--since", "2026-10-30")
    assert not unknown["compared"]  # a shallow clone does not know what there was
    assert asked(tmp_path / "shallow", "signals")[0]["sign"]["day"] is None
