"""The catalogue: every formula by worked examples, in `data/kpis/`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ACCOUNT, WORKSPACE, Write
from planwerk.kpis import BY_ID
from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span
from planwerk.model.computed import CATALOGUE
from planwerk.model.kinds import BY_NAME
from planwerk.model.measured import Counted
from planwerk.read import read
from planwerk.words import LANGUAGES, load_kpi_words

CASES = [
    case
    for path in sorted((Path(__file__).with_name("data") / "kpis").glob("*.yml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
RATES = """\
rates:
  - currency: GBP
    since: 2026-01-01
    rate: 1.17
  - currency: GBP
    since: 2026-07-01
    rate: 1.15
"""


def counted(workspace: Write, case: dict[str, Any]) -> Counted:
    """What a case's KPI is, out of the files that the case shows."""
    files: dict[str, str | bytes | None] = {
        name.removeprefix("/") if name.startswith("/") else f"nordwind/{name}": text
        for name, text in case.items()
        if "." in name
    }
    files["workspace.yml"] = WORKSPACE + (RATES if case.get("rates") else "") + case.get("method", "")  # fmt: skip
    files["nordwind/account.md"] = ACCOUNT.replace("owner: brandt\n", f"owner: brandt\n{case.get('account', '')}")  # fmt: skip
    reading = read(workspace(files), case.get("as_of", case["day"]))
    assert reading.portfolio is not None
    assert reading.problems == []
    portfolio, kpi = reading.portfolio, BY_ID[case["kpi"]]
    seen = Case(portfolio.accounts[0], portfolio.workspace, portfolio.training)
    span = Span(case["from"], case["day"])
    return kpi.counted(kpi.tally(seen, span, portfolio.as_of), span)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kpi']}: {case['name']}")
def test_a_worked_example_comes_out(workspace: Write, case: dict[str, Any]) -> None:
    found = counted(workspace, case)
    state = case.get("state", "known")
    assert (found.state, found.why) == (state, tuple(case.get("why", ())))
    assert found.value == (Decimal(str(case["value"])) if state == "known" else None) or (
        found.value is not None
        and abs(found.value - Decimal(str(case["value"]))) < Decimal("1e-14")
    )
    for name in ("numerator", "denominator", "n", "left_out"):
        if name in case:
            assert getattr(found, name) == case[name], name
    assert set(found.why) <= {*BY_ID[case["kpi"]].unknown_when, "not_kept"}


def test_every_kpi_has_a_known_example_and_one_that_is_not() -> None:
    known = {case["kpi"] for case in CASES if "value" in case}
    few = {"task-punctuality-ours", "task-punctuality-client", "task-punctuality-partners"}
    assert known | few == set(CATALOGUE)
    assert {case["kpi"] for case in CASES} == set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_kpi_says_what_it_is(name: str) -> None:
    kpi = BY_ID[name]
    assert kpi.source and kpi.needs and kpi.unknown_when
    assert set(kpi.needs) <= set(BY_NAME)
    for language in LANGUAGES:
        words = load_kpi_words(language)
        assert words(f"kpi.{name}.formula").endswith(".")
        assert len(words(f"kpi.{name}.name")) <= 40
        assert all(words.has(f"why.{why}") for why in kpi.unknown_when)
        assert all(words.has(f"log.{log}") for log in kpi.needs)
        divided = kpi.scale != 1 or name in ("cycle-time", "csat-mean", "ces", "buyer-sentiment", "last-contact-age")  # fmt: skip
        assert words.has(f"kpi.{name}.numerator") == words.has(f"kpi.{name}.denominator") == divided


def test_no_word_is_left_over() -> None:
    german, english = (load_kpi_words(language) for language in LANGUAGES)
    assert set(german.group("kpi")) == set(english.group("kpi")) == set(CATALOGUE)
    for group in ("log", "why", "made", "forecast", "health", "rollup"):
        assert set(german.group(group)) == set(english.group(group))


def test_what_clients_may_never_see() -> None:
    secret = ("revenue", "retention", "rate", "wallet", "white", "sentiment", "churn", "response")
    for name, kpi in ((name, BY_ID[name]) for name in CATALOGUE):
        assert not (kpi.clients and any(word in name for word in secret))
    assert {name for name in CATALOGUE if BY_ID[name].clients} == {
        "nps", "csat", "csat-mean", "ces", "commitments-kept", "task-punctuality",
        "task-punctuality-ours", "task-punctuality-client",
    }  # fmt: skip


def test_a_case_counts_each_day_once() -> None:
    assert Span(date(2026, 1, 1), date(2026, 1, 1)).holds(date(2026, 1, 1))
    assert not Span(date(2026, 1, 1), date(2026, 1, 1)).holds("2026-01-01")
