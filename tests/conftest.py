"""What tests share: small workspaces written from the test itself, and the examples."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import browser_support
import portal_pages
from planwerk.blocks import Page
from planwerk.build import Options, build
from planwerk.compose.feedback import ways_of
from planwerk.compose.pages import pages_for
from planwerk.model.portfolio import Portfolio
from planwerk.model.workspace import Organisation, Workspace
from planwerk.scaffold.demo import scaffold_demo
from planwerk.words import load_words

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("quick", max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
settings.register_profile("deep", settings.get_profile("quick"), max_examples=400, derandomize=False)  # fmt: skip
settings.load_profile("quick")

WORKSPACE = """\
format: 1
organisation:
  name: Ruhrblick Software GmbH
language: de
as_of: 2026-11-23
team:
  - id: brandt
    name: Maren Brandt
teams:
  - id: product
    name: Produkt
offerings:
  - id: survey
    name: Befragung
industries:
  - id: logistics
    name: Logistik
kpis:
  - id: nps
    name: Weiterempfehlung
    unit: points
    share: client
  - id: margin
    name: Marge
"""
ACCOUNT = """\
---
name: Nordwind AG
industry: logistics
owner: brandt
---
"""
PLAN = """\
---
from: 2026-07-01
to: 2026-12-31
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
---
"""

Write = Callable[..., Path]


@pytest.fixture
def workspace(tmp_path: Path) -> Write:
    """Write a workspace; keyword-like `files` replace or add files below plans/ (None removes)."""

    def write(files: dict[str, str | bytes | None] | None = None) -> Path:
        all_: dict[str, str | bytes | None] = {
            "workspace.yml": WORKSPACE,
            "nordwind/account.md": ACCOUNT,
            "nordwind/2026-h2/plan.md": PLAN,
            **(files or {}),
        }
        for name, content in all_.items():
            if content is None:
                continue
            path = tmp_path / "plans" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def house_of(language: str, **more: Any) -> Portfolio:
    """A house that says its name alone, and has no accounts."""
    house = Workspace.model_construct(
        organisation=Organisation(name="Ruhrblick Software GmbH"), language=language, team=()
    )
    day = date(2026, 11, 23)
    return Portfolio.model_construct(
        audience="client", as_of=day, workspace=house, accounts=(), **more
    )


def prose_of(seen: Portfolio, language: str) -> tuple[Page, ...]:
    """The hand-written pages of a portal of the house."""
    say = load_words(language)
    return pages_for(seen, say, ways_of(seen, say))


@pytest.fixture(scope="session")
def examples() -> Path:
    """The checkout itself: its plans/ are the example portfolio."""
    return ROOT


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium; skips where it is missing."""
    yield from browser_support.browser()


@pytest.fixture(scope="session")
def built_examples(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All outputs of the example portfolio with its year of history. Nobody may change them."""

    def make(root: Path) -> None:
        own = root.with_name("examples")
        shutil.copytree(demo, own, dirs_exist_ok=True)  # what is known of a history lies within
        built = build(own, Options(out=root))
        assert [p for p in built.problems if p.rule == "text-too-long"] == []

    return once(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example portfolio with its year of history. Nobody may change it; copy or clone it."""
    return once(tmp_path_factory, "plans-of-a-year", scaffold_demo)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that takes long to make, made by one of the processes that run tests, for all."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    root = factory.getbasetemp() if alone else factory.getbasetemp().parent
    folder, beside = root / name, root / f"{name}.unfinished"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(beside, ignore_errors=True)
            make(beside)
            beside.rename(folder)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all-pages`: look at every page in the browser, not at one of each kind."""
    parser.addoption("--all-pages", action="store_true", help="every page, not one of each kind")


@pytest.fixture(scope="session")
def looked_at(built_examples: Path, pytestconfig: pytest.Config) -> tuple[portal_pages.Page, ...]:
    """The pages that the browser looks at: one of each kind, with `--all-pages` every one."""
    if pytestconfig.getoption("--all-pages"):
        return portal_pages.of(portal_pages.every(built_examples))
    return portal_pages.one_of_each(built_examples)


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """With PLANWERK_NOTHING_SKIPPED set (CI), a skipped test is a failed one."""
    skipped = call.excinfo is not None and call.excinfo.errisinstance(pytest.skip.Exception)
    if skipped and os.environ.get("PLANWERK_NOTHING_SKIPPED"):
        assert call.excinfo is not None
        reason = call.excinfo.value
        try:
            pytest.fail(f"skipped where nothing may be: {reason}", pytrace=False)
        except pytest.fail.Exception:
            call.excinfo = pytest.ExceptionInfo.from_current()
