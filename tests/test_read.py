"""Reading: every bad input gets a place, a reason and a fix; the rest is read on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.problems import Refusal
from planwerk.read import read
from planwerk.report import tell
from planwerk.words import load_words


def rules(root: Path) -> list[tuple[str, str]]:
    """The problems of reading as rule and place."""
    return [(p.rule, str(p.place)) for p in read(root).problems]


def test_a_sound_workspace_reads_without_a_word(workspace: Write) -> None:
    reading = read(workspace())
    assert reading.problems == []
    assert reading.portfolio is not None
    kpi = reading.portfolio.accounts[0].periods[0].plan.kpis[0]
    assert kpi.target == Decimal(40)
    assert str(reading.place(kpi, "target")) == "plans/nordwind/2026-h2/plan.md:13:13"


@pytest.mark.parametrize(
    ("name", "content", "rule", "place"),
    [
        ("nordwind/account.md", "", "empty-file", "plans/nordwind/account.md:1:1"),
        ("nordwind/account.md", "name: x", "missing-front-matter", "plans/nordwind/account.md:1:1"),
        ("nordwind/account.md", "---\nname: x", "unclosed-front-matter", "plans/nordwind/account.md:1:1"),
        ("nordwind/account.md", b"---\nname: M\xfcller\n---\n", "not-utf8", "plans/nordwind/account.md:2:8"),
        ("nordwind/account.md", ACCOUNT.replace("AG", "A\u202eG"), "forbidden-character", "plans/nordwind/account.md:2:17"),
        ("nordwind/account.md", ACCOUNT.replace("owner", "ownr"), "unknown-key", "plans/nordwind/account.md:4:1"),
        ("nordwind/account.md", ACCOUNT.replace("Nordwind AG", "</title><script>alert(1)</script>"), "angle-bracket-in-title", "plans/nordwind/account.md:2:7"),
        ("nordwind/account.md", ACCOUNT + "<script>alert(1)</script>\n", "html-in-prose", "plans/nordwind/account.md:6:1"),
        ("nordwind/account.md", ACCOUNT + "[x](javascript:alert)\n", "unsafe-link", "plans/nordwind/account.md:6:4"),
        ("nordwind/account.md", ACCOUNT + "[x](JaVa&#115;cript:alert)\n", "unsafe-link", "plans/nordwind/account.md:6:4"),
        ("nordwind/account.md", ACCOUNT + "![x](../../secret.png)\n", "picture-in-prose", "plans/nordwind/account.md:6:1"),
        ("nordwind/account.md", ACCOUNT + ">" * 30 + " tief\n", "nested-too-deep", "plans/nordwind/account.md:6:1"),
        ("nordwind/2026-h2/plan.md", PLAN.replace("target: 40", "target: 180.000"), "ambiguous-number", "plans/nordwind/2026-h2/plan.md:13:13"),
        ("nordwind/2026-h2/plan.md", PLAN.replace("target: 40", "target: 12,600"), "ambiguous-number", "plans/nordwind/2026-h2/plan.md:13:13"),
        ("nordwind/2026-h2/plan.md", PLAN.replace("target: 40", "target: viel"), "wrong-number", "plans/nordwind/2026-h2/plan.md:13:13"),
        ("nordwind/2026-h2/plan.md", PLAN.replace("2026-12-31", "2026-02-30"), "no-such-day", "plans/nordwind/2026-h2/plan.md:3:5"),
        ("nordwind/2026-h2/plan.md", PLAN.replace("id: loyalty", "id: Loyalty!"), "wrong-id", "plans/nordwind/2026-h2/plan.md:5:9"),
        ("nordwind/2026-h2/plan.md", PLAN.replace("owner: brandt", "kind: theirs\n    owner: brandt"), "unknown-word", "plans/nordwind/2026-h2/plan.md:9:11"),
        ("nordwind/measurements.csv", "date,kpi,vlaue\n2026-07-01,nps,31\n", "unknown-column", "plans/nordwind/measurements.csv:1:10"),
        ("nordwind/measurements.csv", "date,kpi,value\n2026-07-01,nps,viel\n", "wrong-number", "plans/nordwind/measurements.csv:2:1"),
        ("nordwind/notes.txt", "x", "unknown-file", "plans/nordwind/notes.txt:1:1"),
    ],
)  # fmt: skip
def test_bad_input_gets_its_place(
    workspace: Write, name: str, content: str | bytes, rule: str, place: str
) -> None:
    root = workspace({name: content})
    assert (rule, place) in rules(root)


def test_every_problem_is_told_in_both_languages(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("owner", "ownr")})
    problem = next(p for p in read(root).problems if p.rule == "unknown-key")
    assert tell(problem, load_words("de"))[1] == "Meinten Sie owner?"
    assert tell(problem, load_words("en"))[1] == "Did you mean owner?"


def test_links_are_refused_and_not_followed(workspace: Write, tmp_path: Path) -> None:
    root = workspace()
    (root / "plans/nordwind/client.md").symlink_to("/etc/passwd")
    (root / "plans/other").symlink_to("/etc")
    found = rules(root)
    assert ("symlink", "plans/nordwind/client.md:1:1") in found
    assert ("symlink", "plans/other:1:1") in found


def test_an_account_without_account_md_is_missed(workspace: Write) -> None:
    root = workspace({"leer/client.md": "---\nshare: client\n---\n"})
    assert ("no-account-file", "plans/leer/account.md:1:1") in rules(root)


@pytest.mark.parametrize("name", ["con", "Müller", "a b", "UPPER"])
def test_folder_names_are_ids(workspace: Write, name: str) -> None:
    root = workspace({f"{name}/account.md": ACCOUNT})
    assert ("wrong-id", f"plans/{name}:1:1") in rules(root)


def test_a_folder_without_plans_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        read(tmp_path)
    assert refusal.value.code == 2


@pytest.mark.parametrize(
    ("words", "value"),
    [("95,8", "95.8"), ("1.234,56", "1234.56"), ("0.125", "0.125"), ("180000", "180000"), ("-3", "-3")],
)  # fmt: skip
def test_unambiguous_numbers_are_understood(workspace: Write, words: str, value: str) -> None:
    reading = read(workspace({"nordwind/2026-h2/plan.md": PLAN.replace("target: 40", f"target: {words}")}))  # fmt: skip
    assert reading.problems == []
    assert reading.portfolio is not None
    assert reading.portfolio.accounts[0].periods[0].plan.kpis[0].target == Decimal(value)


@pytest.mark.parametrize("mark", [";", ","])
def test_tables_are_read_as_german_and_english_excel_write_them(
    workspace: Write, mark: str
) -> None:
    value = "31,5" if mark == ";" else "31.5"
    table = f"date{mark}kpi{mark}value\n01.07.2026{mark}nps{mark}{value}\n"
    reading = read(workspace({"nordwind/measurements.csv": table.encode("cp1252")}))
    assert reading.problems == []
    assert reading.portfolio is not None
    assert reading.portfolio.accounts[0].measurements[0].value == Decimal("31.5")


def test_the_workspace_file_is_missed(workspace: Write) -> None:
    root = workspace()
    (root / "plans/workspace.yml").unlink()
    assert ("no-workspace-file", "plans/workspace.yml:1:1") in rules(root)
    assert WORKSPACE.startswith("format")
