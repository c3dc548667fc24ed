"""Findings that somebody let stand: where an allowance may be written, and what it cannot do."""

from __future__ import annotations

import pytest

from conftest import ACCOUNT, PLAN, Write
from planwerk.checks import check
from planwerk.problems import Problem
from planwerk.read import read
from planwerk.text.notes import allowances, without_comments

PLN, ACC = "nordwind/2026-h2/plan.md", "nordwind/account.md"
ALLOW = "allow kpi-without-owner until {until}: noch nicht vereinbart"
WELL, PAST = ALLOW.format(until="2027-01-31"), ALLOW.format(until="2026-11-22")


def plan(above: str = "", below: str = "") -> str:
    """A plan whose KPI has no owner, a comment above its line."""
    words = PLAN[: PLAN.index("goals:")] + PLAN[PLAN.index("kpis:\n  - kpi") :] + below
    return words.replace("  - kpi: nps", f"{above}  - kpi: nps")


def found(workspace: Write, files: dict[str, str], strict: bool = False) -> list[Problem]:
    return check(read(workspace({**files})), strict)  # type: ignore[arg-type]


def rules(problems: list[Problem]) -> set[str]:
    return {
        p.rule for p in problems if p.rule.startswith(("allowance", "kpi-", "html", "unknown-key"))
    }


def test_the_finding_is_there_without_an_allowance(workspace: Write) -> None:
    assert rules(found(workspace, {PLN: plan()})) == {"kpi-without-owner"}


@pytest.mark.parametrize("above", [f"  # {WELL}\n", f"# {WELL}\n", f"  # {WELL}\n\n  # mehr\n"])
def test_the_line_above_allows(workspace: Write, above: str) -> None:
    assert rules(found(workspace, {PLN: plan(above)})) == set()


@pytest.mark.parametrize("hint", [f"<!-- {WELL} -->", f"<!--\n{WELL}\n-->"])
def test_a_whole_file_is_allowed_from_a_hint(workspace: Write, hint: str) -> None:
    hint = hint.replace(" until", " in 2026-h2/plan.md until")
    assert rules(found(workspace, {PLN: plan(), ACC: f"{ACCOUNT}{hint}\n"})) == set()


def test_a_hint_allows_what_stands_below_it(workspace: Write) -> None:
    body = "<!-- allow html-in-prose until 2027-01-31: so zitiert -->\n<b>x</b>\n"
    assert rules(found(workspace, {ACC: ACCOUNT + body})) == set()


def test_a_heading_allows_nothing(workspace: Write) -> None:
    body = "# allow html-in-prose until 2027-01-31: eine Überschrift\n\n<b>x</b>\n"
    assert rules(found(workspace, {ACC: ACCOUNT + body})) == {"html-in-prose"}


def test_an_allowance_ends_on_its_day(workspace: Write) -> None:
    assert rules(found(workspace, {PLN: plan(f"  # {PAST}\n")})) == {
        "kpi-without-owner",
        "allowance-expired",
    }


def test_one_that_nothing_needs_is_told_when_strict(workspace: Write) -> None:
    owned = PLAN.replace("target: 40", "target: 40\n    owner: brandt")
    files = {PLN: owned.replace("  - kpi: nps", f"  # {WELL}\n  - kpi: nps")}
    assert rules(found(workspace, files)) == set()
    assert rules(found(workspace, files, strict=True)) == {"allowance-unused"}


@pytest.mark.parametrize(
    "words",
    ["allow kpi-without-owner", "allow kpi-without-owner until 2026-02-30: x", "allow x until 2027-01-01:"],
)  # fmt: skip
def test_one_that_cannot_be_understood_is_told(workspace: Write, words: str) -> None:
    problems = found(workspace, {PLN: plan(f"  # {words}\n")})
    assert rules(problems) == {"kpi-without-owner", "allowance-broken"}
    assert [str(p.place) for p in problems if p.rule == "allowance-broken"] == [f"plans/{PLN}:5:3"]


def test_an_error_cannot_be_allowed(workspace: Write) -> None:
    words = "# allow unknown-key until 2027-01-31: so\nownr: x\n"
    assert rules(found(workspace, {ACC: ACCOUNT.replace("owner:", f"{words}owner:")})) == {"unknown-key"}  # fmt: skip


def test_another_clients_name_that_is_a_common_word_can(workspace: Write) -> None:
    files = {
        "metro/account.md": ACCOUNT.replace("Nordwind AG", "Metro"),
        "nordwind/client.md": "---\nshare: client\n---\nDie Metro fährt.\n",
    }
    assert "other-client-named" in {p.rule for p in found(workspace, files)}
    hint = "<!-- allow other-client-named until 2027-01-31: die Bahn -->\n"
    files["nordwind/client.md"] = files["nordwind/client.md"].replace("Die", f"{hint}Die")
    assert "other-client-named" not in {p.rule for p in found(workspace, files)}


def test_hints_leave_every_line_and_column_where_it_was() -> None:
    body = "a <!-- b\nc --> d <!-- e -->\nf <!-- g"
    left = without_comments(body)
    assert [len(line) for line in left.split("\n")] == [len(line) for line in body.split("\n")]
    assert left.split() == ["a", "d", "f", "<!--", "g"]
    assert allowances("# allow x", 9) == ([], [("x", 1, 1)])
