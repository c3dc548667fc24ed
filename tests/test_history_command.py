"""`planwerk history`: who changed what and why, for people and programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past, raw
from planwerk.cli import cli
from planwerk.problems import Refusal

NORDWIND = "plans/nordwind"
TASKS = """\
---
tasks:
  - id: form
    title: Formular einbauen
    accountable: brandt
    due: 2026-10-01
---
"""
MAREN = "Maren Brandt <brandt@example.org>"
SELIN = "Selin Demir <demir@example.org>"
HOST = "host:\n  url: https://git.example.org/sales/plans/\n  kind: {}\n"


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """A task that is put off twice, by two people, the second time by pull request."""
    past = Past(tmp_path / "repo")
    past.commit("Nordwind angelegt", {
        "plans/workspace.yml": WORKSPACE + HOST.format("gitlab"), f"{NORDWIND}/account.md": ACCOUNT,
        f"{NORDWIND}/2026-h2/plan.md": PLAN, f"{NORDWIND}/2026-h2/tasks.md": TASKS,
    }, MAREN)  # fmt: skip
    past.commit("Nordwind: Frist (#12)\n\nDie IT ist im Releasestopp.\n\nReviewed-by: Tobias Lorenz <l@example.org>\nApproved-by: Henning Vogt", due("2026-10-08"), SELIN)  # fmt: skip
    past.commit("Noch später", due("2026-10-15"), MAREN)
    return past


def due(day: str) -> dict[str, str]:
    return {f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("2026-10-01", day)}


def run(root: Path, *words: str, language: str = "de") -> Result:
    done = CliRunner().invoke(cli, ["-C", str(root), "--lang", language, "history", *words])
    if done.exception and not isinstance(done.exception, SystemExit | Refusal):
        raise done.exception
    return done


def rule_of(done: Result) -> str:
    assert isinstance(done.exception, Refusal)
    return done.exception.problems[0].rule


def told(root: Path, *words: str) -> dict[str, Any]:
    return json.loads(run(root, *words, "--format", "json").output)  # type: ignore[no-any-return]


def sentences(root: Path, *words: str) -> list[str]:
    return [c["sentence"] for step in told(root, "nordwind", *words)["steps"] for c in step["changes"]]  # fmt: skip


def test_the_newest_step_comes_first_with_who_why_and_where_to_look(past: Past) -> None:
    text = run(past.root, "nordwind").output
    later, once = text.index("24. September 2026"), text.index("23. September 2026")
    assert later < once < text.index("22. September 2026")
    step = text[once : text.index("22. September 2026")]
    commit = raw(past.top, "rev-parse", "HEAD~1").decode().strip()
    assert "Nordwind: Frist (#12)" in step
    assert "Selin Demir · !12 · geprüft von Tobias Lorenz · zugestimmt von Henning Vogt" in step
    assert f"https://git.example.org/sales/plans/-/commit/{commit}\n" in step
    assert "https://git.example.org/sales/plans/-/merge_requests/12\n" in step
    assert "Die IT ist im Releasestopp." in step
    assert "- Frist „Formular einbauen“ verschoben: 1.10. → 8.10.2026" in step
    assert "zum zweiten Mal verschoben: 8.10. → 15.10.2026" in text[later:once]


@pytest.mark.parametrize(
    ("kind", "commit", "request_"),
    [("github", "commit", "pull"), ("gitlab", "-/commit", "-/merge_requests"), ("gitea", "commit", "pulls")],
)  # fmt: skip
def test_every_host_has_its_own_addresses(
    past: Past, kind: str, commit: str, request_: str
) -> None:
    (past.root / "plans/workspace.yml").write_text(WORKSPACE + HOST.format(kind), "utf-8")
    step = told(past.root, "nordwind")["steps"][1]
    assert step["url"] == f"https://git.example.org/sales/plans/{commit}/{step['commit']}"
    assert step["pull_request_url"] == f"https://git.example.org/sales/plans/{request_}/12"


def test_titles_stand_out_in_colour_and_nothing_is_coloured_without(past: Past) -> None:
    done = CliRunner().invoke(cli, ["-C", str(past.root), "--color", "history", "nordwind"])
    assert "„\x1b[1mFormular einbauen\x1b[0m“" in done.output
    assert "\x1b" not in run(past.root, "nordwind").output


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--since", "2026-09-24"), 1),
        (("--since", "24.9.2026"), 1),
        (("--until", "2026-09-22"), 1),
        (("--since", "HEAD~1"), 1),
        (("--since", "HEAD~2", "--until", "HEAD~1"), 1),
        (("--until", "HEAD~1"), 2),
        (("--person", "selin"), 1),
        (("--person", "demir@example"), 1),
        (("--person", "brandt"), 2),
        (("--topic", "tasks"), 3),
        (("--topic", "Aufgaben"), 3),
        (("--topic", "plan"), 1),
        (("--kind", "changed"), 2),
        (("--kind", "removed"), 0),
        (("--kind", "added", "--topic", "tasks", "--person", "maren"), 1),
    ],
)
def test_only_what_is_asked_for_is_told(past: Past, words: tuple[str, ...], expected: int) -> None:
    assert len(told(past.root, "nordwind", *words)["steps"]) == expected
    text = run(past.root, "nordwind", *words).output
    assert ("Keiner von" in text) == (expected == 0)


def test_an_unknown_topic_or_account_is_refused_with_the_nearest(past: Past) -> None:
    topic = run(past.root, "nordwind", "--topic", "task")
    assert rule_of(topic) == "unknown-topic"
    assert isinstance(topic.exception, Refusal)
    assert topic.exception.problems[0].facts["nearest"] == "tasks"
    account = run(past.root, "nordwnd")
    assert rule_of(account) == "unknown-account"
    assert isinstance(account.exception, Refusal)
    assert account.exception.problems[0].facts["nearest"] == "nordwind"
    assert rule_of(run(past.root, "nordwind", "--since", "mian")) == "revision-unknown"


def test_all_accounts_have_a_line_each(past: Past) -> None:
    past.commit("Alpen", {"plans/alpen/account.md": ACCOUNT.replace("Nordwind", "Alpen")}, SELIN)
    lines = run(past.root).output.splitlines()
    assert lines[0] == "25.09.2026  alpen     1 Schritt   Selin Demir   Alpen AG"
    assert lines[1] == "24.09.2026  nordwind  3 Schritte  Maren Brandt  Nordwind AG"
    assert lines[2].startswith("22.09.2026  .         1 Schritt   Maren Brandt  Was alle Kunden")


def test_what_all_accounts_have_in_common_has_a_history_too(past: Past) -> None:
    past.commit("Neues Team", {"plans/workspace.yml": WORKSPACE.replace("Produkt", "Produktteam")})
    text = run(past.root, ".").output
    assert "Was alle Kunden gemeinsam haben" in text
    assert "Produktteam" in text


def test_an_account_that_is_gone_and_a_former_name_can_be_asked_for(past: Past) -> None:
    raw(past.top, "mv", NORDWIND, "plans/nordwind-se")
    past.commit("umbenannt")
    assert told(past.root, "nordwind")["account"] == "nordwind-se"
    raw(past.top, "rm", "-q", "-r", "plans/nordwind-se")
    past.commit("kein Kunde mehr")
    found = told(past.root, "nordwind-se")
    assert found["name"] == "Nordwind AG"
    assert len(found["steps"]) == 5
    assert re.search(r"nordwind-se +5 Schritte +Test +nordwind-se \(gibt es nicht mehr\)", run(past.root).output)  # fmt: skip


def test_a_merge_shows_who_made_what(past: Past) -> None:
    raw(past.top, "switch", "-q", "-c", "side")
    past.commit("Seite: später", due("2026-10-29"), SELIN)
    raw(past.top, "switch", "-q", "main")
    past.commit("umbenannt", {f"{NORDWIND}/account.md": ACCOUNT.replace("Nordwind AG", "Nordwind SE")})  # fmt: skip
    who = {"GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org"}
    raw(past.top, "merge", "-q", "--no-commit", "--no-ff", "side", **who)
    past.commit("Merge pull request #7 from ours/side\n\nNordwind: neue Frist")
    text = run(past.root, "nordwind", "--since", "2026-09-27").output
    assert "  Nordwind: neue Frist\n  Test · !7" in text
    assert "Selin Demir, 25.9.: Seite: später\n  - Frist „Formular einbauen“" in text
    (step,) = told(past.root, "nordwind", "--since", "2026-09-27")["steps"]
    assert step["changes"][0]["by"]["author"] == "Selin Demir"
    assert len(told(past.root, "nordwind", "--person", "selin")["steps"]) == 2


def test_other_form_is_no_change_and_is_said_to_be_none(past: Past) -> None:
    past.commit("nur die Form", due("15.10.2026"))
    assert "Nur die Form geändert" in run(past.root, "nordwind", "--since", "2026-09-25").output


def test_what_cannot_be_read_or_known_is_said(past: Past, tmp_path: Path) -> None:
    past.commit("kaputt", {f"{NORDWIND}/2026-h2/tasks.md": "---\ntasks: {[\n---\n"})
    assert "! plans/nordwind/2026-h2/tasks.md: " in run(past.root, "nordwind").output
    assert told(past.root, "nordwind")["steps"][0]["unread"][0]["rule"] == "version-unreadable"
    raw(tmp_path, "clone", "-q", "--depth", "2", f"file://{past.top}", str(tmp_path / "clone"))
    text = run(tmp_path / "clone", "nordwind", language="en").output
    assert text.rstrip().split("\n\n")[-1].startswith("! In this clone the history begins only on")
    assert told(tmp_path / "clone", "nordwind")["unknown"][0]["rule"] == "history-shallow"
    assert told(past.root, "nordwind")["unknown"] == []


def test_a_repository_without_a_working_tree_will_do(past: Past, tmp_path: Path) -> None:
    raw(tmp_path, "clone", "-q", "--bare", str(past.top), "bare.git")
    assert told(tmp_path / "bare.git", "nordwind") == told(past.root, "nordwind")


def test_names_and_words_cannot_steer_a_terminal(past: Past) -> None:
    title = TASKS.replace("Formular einbauen", 'Formular "einbauen"')
    past.commit("rot \x1b[31m und \u202e", {f"{NORDWIND}/2026-h2/tasks.md": title}, "E\x1b[2Jvil\x07 <e@example.org>")  # fmt: skip
    output = run(past.root, "nordwind").output + run(past.root).output
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", output)


KEYS = {
    "step": {"day", "commit", "author", "email", "subject", "body", "trailers", "pull_request", "url", "pull_request_url", "reviewed_by", "approved_by", "changes", "unread"},
    "change": {"what", "topic", "of", "record", "path", "title", "field", "old", "new", "values", "times", "before", "sentence"},
}  # fmt: skip


def test_json_has_the_keys_that_the_manual_names(past: Past) -> None:
    found = told(past.root, "nordwind")
    assert set(found) == {"version", "account", "name", "audience", "steps", "unknown"}
    assert all(set(step) == KEYS["step"] for step in found["steps"])
    changes = [change for step in found["steps"] for change in step["changes"]]
    assert all(set(change) - {"by"} == KEYS["change"] for change in changes)
    last = changes[0]
    assert (last["what"], last["field"], last["old"], last["new"], last["times"]) == ("changed", "due", "2026-10-08", "2026-10-15", 2)  # fmt: skip
    every = told(past.root)
    assert set(every["accounts"][0]) == {"account", "name", "gone", "steps", "last"}


@pytest.mark.parametrize("words", ["=1+1", "+49 30 1234", "-x", "@SUM(A1)", "=cmd|'/c calc'!A0"])  # fmt: skip
def test_no_cell_of_the_csv_is_run_by_a_spreadsheet(past: Past, words: str) -> None:
    past.commit(words, {f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("Formular einbauen", json.dumps(words.strip()))}, f"{words.strip()} <{MAREN}>")  # fmt: skip
    said = run(past.root, "nordwind", "--format", "csv").output
    rows = list(csv.DictReader(io.StringIO(said)))
    assert rows[0]["subject"] == f"'{words.strip()}"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "\t"))]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "+-" and cell and not re.fullmatch(r"[-+]?\d+(\.\d+)?", cell)]  # fmt: skip


def test_numbers_stay_numbers_in_the_csv(past: Past) -> None:
    past.commit("Verlust", {f"{NORDWIND}/2026-h2/plan.md": PLAN.replace("baseline: 31", "baseline: -31")})  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(run(past.root, "nordwind", "--format", "csv").output)))
    assert [row["new"] for row in rows if row["field"] == "baseline"] == ["-31"]


SHARED = PLAN.replace("from: 2026", "share: client\nfrom: 2026").replace("owner: brandt\nkpis", "owner: brandt\n    share: client\nkpis")  # fmt: skip


def test_the_clients_view_has_days_and_no_people_commits_or_reasons(past: Past) -> None:
    past.commit("geteilt: intern gesagt", {f"{NORDWIND}/2026-h2/plan.md": SHARED}, MAREN)
    past.commit("Ziel höher", {f"{NORDWIND}/2026-h2/plan.md": SHARED.replace("auf 40", "auf 42")}, SELIN)  # fmt: skip
    text = run(past.root, "nordwind", "--audience", "client").output
    assert "26. September 2026" in text
    assert "Weiterempfehlung auf 42 heben" in text
    for secret in ("Selin", "intern gesagt", "git.example.org", "Formular"):
        assert secret not in text
    found = told(past.root, "nordwind", "--audience", "client", "--since", "HEAD~1")
    assert [step["day"] for step in found["steps"]] == ["2026-09-26"]
    assert (
        rule_of(run(past.root, "nordwind", "--audience", "client", "--person", "x")) == "wrong-use"
    )


def test_the_demo_reads_like_a_colleagues_account(demo: Path) -> None:
    text = run(demo, "nordwind-logistik", "--since", "2026-11-17", "--until", "2026-11-18").output
    assert "Henning Vogt · #18 · zugestimmt von Henning Vogt" in text
    assert "Maren Brandt, 17.11.: Nordwind: Endspurt, wer was bis Weihnachten tut" in text
    assert "- Frist „Befragung in Lübeck einführen“ verschoben: 27.11. → 4.12.2026" in text
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 100
    assert told(demo, "quillbrook-chemists")["account"] == "quillbrook-pharmacies"


TOKEN = "ghp_" + "a1B2" * 10
OLD, NEW = "Sommer-2026!", "Winter-2027!"


@pytest.mark.parametrize("words", [(), ("nordwind",)])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_credential_is_in_no_form_of_a_history(past: Past, form: str, words: tuple[str, ...]) -> None:  # fmt: skip
    """In messages, in names, in values; of a text that changed also where only the password did."""
    told = TASKS.replace("Formular einbauen", f"Formular {TOKEN}")
    for password in (OLD, NEW):
        page = ACCOUNT + f"\nDer Zugang zum Portal des Kunden, Passwort: {password}, gilt für alle aus dem Team.\n"  # fmt: skip
        past.commit(f"Zugang {TOKEN}\n\nMit {TOKEN}\n\nRefs: {TOKEN}", {
            f"{NORDWIND}/2026-h2/tasks.md": told, f"{NORDWIND}/account.md": page,
        }, f"Maren {TOKEN} <brandt@example.org>")  # fmt: skip
    output = run(past.root, *words, "--format", form).output
    assert "Maren" in output
    assert "•" * len(TOKEN) in output
    for secret in (TOKEN, OLD, NEW):
        assert secret not in output
