"""What tests share: small workspaces written from the test itself, and the examples."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import browser_support
from planwerk.build import Options, build
from planwerk.scaffold.demo import scaffold_demo

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


@pytest.fixture(scope="session")
def examples() -> Path:
    """The checkout itself: its plans/ are the example portfolio."""
    return ROOT


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium; skips where it is missing."""
    yield from browser_support.browser()


@pytest.fixture(scope="session")
def built_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All outputs of the example portfolio, built outside any repository."""
    root = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "plans", root / "plans")
    built = build(root, Options())
    assert [p for p in built.problems if p.rule == "text-too-long"] == []
    return root / "build"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example portfolio with its year of history. Nobody may change it; copy or clone it."""
    root = tmp_path_factory.mktemp("demo") / "plans-of-a-year"
    scaffold_demo(root)
    return root


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
