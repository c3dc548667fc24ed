"""What a key-account manager finds within three clicks, and a client on its first screen.

Clicks are those of a reader: only links that can be seen are followed, and what is sought (told
by the plans and by git, not by the pages) has to be seen on the page it leads to.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import browser_support
from planwerk.audience import CLIENT, project
from planwerk.compose.view import View, side_of, view_of
from planwerk.loop.due import due
from planwerk.measure import measure
from planwerk.model.measured import Measured
from planwerk.model.plan import Task
from planwerk.model.portfolio import Portfolio
from planwerk.model.types import Unknown
from planwerk.read import read

CLIENTS = ("brightwater-stores", "hollerbeck-pumpen", "nordwind-logistik", "quillbrook-pharmacies")
SEEN = """wanted => {
    const plain = said => (said || '').replace(/[\\s\\u200b\\u00ad]+/g, ' ').trim();
    const looked = { checkOpacity: true, checkVisibilityCSS: true };
    return Array.from(document.querySelectorAll('.md-content *')).filter(one => plain(one.textContent).includes(plain(wanted)))
        .filter(one => !Array.from(one.children).some(child => plain(child.textContent).includes(plain(wanted))))
        .filter(one => one.checkVisibility(looked) && one.getClientRects().length)
        .map(one => { const box = one.getBoundingClientRect(); return [box.width, box.height, box.top, box.bottom]; });
}"""
"""Where words stand that can be seen: width, height, top and bottom of each."""


class Reader:
    """Somebody at the first page, with a mouse; `clicks` counts how often it was used."""

    def __init__(self, browser: Any, first: Path) -> None:
        self.page, self.wrong = browser_support.open_page(browser, f"file://{first}")
        self.clicks = 0

    def follow(self, link: str) -> None:
        """Clicks on the first link of the selector that can be seen."""
        found = self.page.locator(link).locator("visible=true").first
        found.click(timeout=5_000)
        self.page.wait_for_load_state()
        self.clicks += 1
        assert self.clicks <= 3, "that is one click too many"

    def sees(self, words: str, lowest: float = float("inf")) -> bool:
        """Whether words are seen on the page, above `lowest` pixels."""
        found = self.page.evaluate(SEEN, words)
        return any(w > 1 and h > 1 and top >= 0 and bottom <= lowest for w, h, top, bottom in found)


@pytest.fixture
def manager(browser: Any, built_examples: Path) -> Iterator[Reader]:
    reader = Reader(browser, built_examples / "internal/index.html")
    yield reader
    assert reader.wrong == []
    reader.page.context.close()


@pytest.fixture(scope="module")
def plans(examples: Path) -> Portfolio:
    found = read(examples).portfolio
    assert found is not None
    return measure(found)


def open_tasks(portfolio: Portfolio, view: View) -> list[Task]:
    """What is not done in the current plan, the earliest first."""
    tasks = view.period.tasks.tasks if view.period else ()
    left = [task for task in tasks if not isinstance(task.done_on, date)]
    return sorted(left, key=lambda task: str(task.due))


# --- the team ------------------------------------------------------------------------------------


def test_what_is_late(manager: Reader, plans: Portfolio) -> None:
    late = [found for found in due(plans) if found.late is not None and found.late > 0]
    assert late
    manager.follow('.kpis a[href^="due.html"]')
    for found in late:
        assert manager.sees(found.what), found.what
    assert not manager.sees("Nothing of the kind"), "this reader sees what is not there"


def test_what_a_client_owes_us(manager: Reader, plans: Portfolio) -> None:
    """What is late of all clients, then all that one of them has still to do."""
    owed = [f for f in due(plans) if f.late is not None and f.late > 0 and f.side == "client"]
    assert owed
    manager.follow('.kpis a[href^="due.html"]')
    for found in owed:
        assert manager.sees(found.what), found.what
    account = owed[0].account
    manager.follow(f'a[href*="accounts/{account}/"]')
    if not manager.page.url.endswith("/tasks.html"):
        manager.follow('.md-tabs a[href$="tasks.html"]')
    left = [t for t in open_tasks(plans, view_of(plans, plans.account(account))) if side_of(t.accountable) == "client"]  # fmt: skip
    assert left
    for task in left:
        assert manager.sees(task.title), task.title


def test_which_kpi_is_missed_and_why(manager: Reader, plans: Portfolio) -> None:
    manager.follow('.kpis a[href^="behind.html"]')
    rows = manager.page.locator("table[data-tools=behind] tbody tr").all_inner_texts()
    told = 0
    for account in plans.accounts:
        view = view_of(plans, account, plans.workspace.language)
        for result in missed(view):
            name = view.kpi_name(result.kpi)
            (row,) = (row for row in rows if name in row and view.client in row)
            assert manager.sees(name) and view.value(result.actual, result) in row, name
            if cause := cause_of(view, result.kpi):
                told += 1
                assert manager.sees(cause), cause
    assert told, "no example knows why"


def missed(view: View) -> list[Measured]:
    """The KPIs of the current plan that are missed or at risk."""
    found = list(view.period.results) if view.period else []
    return [result for result in found if result.status in ("missed", "at_risk")]


def cause_of(view: View, kpi: str) -> str:
    """Why it was missed, as the last review that knows it says."""
    for period in reversed(view.account.periods):
        outcomes = period.review.outcomes if period.review else ()
        for outcome in outcomes:
            if outcome.kpi == kpi and outcome.cause and not isinstance(outcome.cause, Unknown):
                return " ".join(str(outcome.cause).split())
    return ""


def test_what_changed_last_week(manager: Reader, plans: Portfolio, demo: Path) -> None:
    changed = lately(demo, plans.as_of - timedelta(days=7))
    assert changed
    first = manager.page.url
    for account, subjects in changed.items():
        manager.page.goto(first)
        manager.clicks = 0
        manager.follow(f'#lately a[href^="accounts/{account}/"]')
        if not manager.page.url.endswith("/history.html"):
            manager.follow('.md-tabs a[href$="history.html"]')
        for subject in subjects:
            assert manager.sees(subject), (account, subject)


def lately(root: Path, after: date) -> dict[str, list[str]]:
    """What git says was done to each account since a day: the first lines of its commits."""
    command = ["git", "-C", str(root), "log", "--no-merges", f"--since={after} 00:00", "--format=%x00%s", "--name-only"]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, list[str]] = {}
    for commit in told.split("\0")[1:]:
        subject, *paths = commit.split("\n")
        for account in {path.split("/")[1] for path in paths if path.count("/") > 1}:
            if account in CLIENTS:
                found.setdefault(account, []).append(subject)
    return found


# --- the client ------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", CLIENTS)
def test_the_first_screen_says_what_was_agreed_who_does_what_and_how_far_we_are(
    browser: Any, built_examples: Path, plans: Portfolio, account: str
) -> None:
    seen = project(plans, CLIENT, account)
    view = view_of(seen, seen.accounts[0])
    reader = Reader(browser, built_examples / "clients" / account / "index.html")
    high = reader.page.viewport_size["height"]
    assert (reader.page.viewport_size["width"], high) == (1280, 900)
    assert view.period and view.period.plan.goals
    for goal in view.period.plan.goals:
        assert reader.sees(goal.title, high), f"agreed: {goal.title}"
        for result in (r for r in view.period.results if r.kpi in goal.kpis):
            assert reader.sees(view.value(result.actual, result), high), f"how far: {goal.title}"
            assert reader.sees(view.value(result.target, result), high), f"how far: {goal.title}"
    left = open_tasks(seen, view)
    assert left
    for side in {side_of(task.accountable) for task in left}:
        first = next(task for task in left if side_of(task.accountable) == side)
        assert reader.sees(first.title, high), f"who does what: {first.title}"
        assert reader.sees(view.name(first.accountable), high), f"who: {first.title}"
    assert not reader.sees(view.client, 1), "nothing stands above the screen"
    assert reader.page.evaluate("scrollY") == 0 and reader.wrong == []
    reader.page.context.close()
