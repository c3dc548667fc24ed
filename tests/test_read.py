"""Reading: every bad input gets a place, a reason and a fix; the rest is read on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.checks import check
from planwerk.problems import Refusal
from planwerk.read import read
from planwerk.report import Sources, as_text, tell
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
        ("nordwind/meetings/2026-09-24-q.md", "---\non: 2026-09-24\nkind: review\nagenda:\n  - Stand: gut\n---\n", "colon-in-text", "plans/nordwind/meetings/2026-09-24-q.md:5:5"),
        ("nordwind/2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 3\n    severity: 4\n    share: client\n---\n", "never-shared", "plans/nordwind/2026-h2/risks.md:7:5"),
        ("nordwind/2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: bugdet\n    probability: 3\n    severity: 4\n---\n", "unknown-word", "plans/nordwind/2026-h2/risks.md:4:13"),
        ("nordwind/features.csv", "feature,name,client,Hansefracht\na,A,ja,no\n", "unknown-word", "plans/nordwind/features.csv:2:5"),
        ("nordwind/surveys.csv", "date,instrument,by,score,extra\n2026-07-01,nps,client,40,1\n", "unknown-column", "plans/nordwind/surveys.csv:1:26"),
        ("personas/Chef In.md", "---\nname: A\n---\n", "wrong-id", "plans/personas/Chef In.md:1:1"),
        ("industries/notes.txt", "x", "unknown-file", "plans/industries/notes.txt:1:1"),
        ("questions.md", "---\nquestions:\n  - id: a\n    purpose: sucess\n    text: b\n---\n", "unknown-word", "plans/questions.md:4:14"),
        ("nordwind/account.md", "", "empty-file", "plans/nordwind/account.md:1:1"),
        ("nordwind/account.md", "name: x", "missing-front-matter", "plans/nordwind/account.md:1:1"),
        ("nordwind/account.md", "---\nname: x", "unclosed-front-matter", "plans/nordwind/account.md:1:1"),
        ("nordwind/account.md", b"---\nname: M\xfcller\n---\n", "not-utf8", "plans/nordwind/account.md:2:8"),
        ("nordwind/account.md", ACCOUNT.replace("AG", "A\u202eG"), "forbidden-character", "plans/nordwind/account.md:2:17"),
        ("nordwind/account.md", ACCOUNT.replace("owner", "body: x\nowner"), "unknown-key", "plans/nordwind/account.md:4:1"),
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
        ("nordwind/measurements.csv", "date,kpi,value\n2026-07-01,nps,viel\n", "wrong-number", "plans/nordwind/measurements.csv:2:16"),
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
    assert tell(problem, load_words("de"))[1] == "Meinten Sie owner (Verantwortlich)?"
    assert tell(problem, load_words("en"))[1] == "Did you mean owner?"


def test_links_are_refused_and_not_followed(workspace: Write, tmp_path: Path) -> None:
    root = workspace()
    (root / "plans/nordwind/client.md").symlink_to("/etc/passwd")
    (root / "plans/other").symlink_to("/etc")
    (root / "plans/questions.md").symlink_to("/etc/passwd")
    reading = read(root)
    links = [p for p in reading.problems if p.rule == "symlink"]
    assert {(str(p.place.path), p.account) for p in links} == {
        ("plans/nordwind/client.md", "nordwind"),
        ("plans/other", None),
        ("plans/questions.md", None),
    }
    assert links == reading.problems


def test_nothing_of_what_a_link_leads_to_is_shown(workspace: Write, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("planted secret\n")
    root = workspace()
    (root / "plans/nordwind/client.md").symlink_to(tmp_path / "secret")
    shown = as_text(read(root).problems, load_words("en"), Sources(root), color=False)
    assert "symlink" in shown
    assert "planted" not in shown


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
    reading = read(workspace({"nordwind/measurements.csv": table.encode()}))
    assert reading.problems == []
    assert reading.portfolio is not None
    assert reading.portfolio.accounts[0].measurements[0].value == Decimal("31.5")


def test_the_workspace_file_is_missed(workspace: Write) -> None:
    root = workspace()
    (root / "plans/workspace.yml").unlink()
    assert ("no-workspace-file", "plans/workspace.yml:1:1") in rules(root)
    assert WORKSPACE.startswith("format")


def test_what_lies_beside_the_accounts_is_read(examples: Path) -> None:
    portfolio = read(examples).portfolio
    assert portfolio is not None
    assert set(portfolio.forces) == set(portfolio.industries)
    account = portfolio.account("nordwind-logistik")
    assert account.features[0].competitors == {"hansefracht": "yes", "elbe-kontor": "no"}
    told = next(line for line in account.interactions if line.topic == "Vergleichsangebot")
    assert told.with_ == "client:buyer"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("stakeholders.md", "---\nstakeholders:\n  - id: cio\n    name: A\n    persona: buyer\n---\n", "buyer"),
        ("interview.md", "---\nquestions:\n  - id: perceptoin\n    answer: gut\n---\n", "perceptoin"),
        ("interview.md", "---\ninsights:\n  - id: a\n    kind: goal\n    text: b\n    leads_to:\n      - c\n---\n", "c"),
        ("features.csv", "feature,name,client,hansefracht\na,A,yes,no\n", "hansefracht"),
        ("2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 3\n    severity: 4\n    mitigations:\n      - visit\n---\n", "visit"),
    ],
)  # fmt: skip
def test_what_the_new_files_name_must_exist(
    workspace: Write, name: str, content: str, found: str
) -> None:
    reading = read(workspace({f"nordwind/{name}": content}))
    assert reading.problems == []
    problems = [p for p in check(reading) if p.rule == "unknown-reference"]
    assert [p.facts["found"] for p in problems] == [found]
    assert problems[0].place.line > 1
