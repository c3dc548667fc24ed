"""The trail: every account's history told truthfully, quickly again, and never by a forged store."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past, opened, raw
from planwerk.history.archive import FILE
from planwerk.history.compare import apply
from planwerk.history.disclosed import disclosed
from planwerk.history.facts import Facts, facts_of
from planwerk.history.teller import Teller
from planwerk.history.trail import Trail, trail
from planwerk.history.version import Reader
from planwerk.model.history import Step
from planwerk.read import read

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
PAST = {
    "plans/workspace.yml": WORKSPACE,
    f"{NORDWIND}/account.md": ACCOUNT,
    f"{NORDWIND}/2026-h2/plan.md": PLAN,
    f"{NORDWIND}/2026-h2/tasks.md": TASKS,
}


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """A workspace whose first commit holds it whole."""
    past = Past(tmp_path / "plans-of-ours")
    past.commit("Nordwind angelegt", PAST, "Maren Brandt <brandt@example.org>")
    return past


def due(day: str) -> dict[str, str]:
    return {f"{NORDWIND}/2026-h2/tasks.md": TASKS.replace("2026-10-01", day)}


def told(steps: tuple[Step, ...]) -> list[list[str]]:
    """Step by step: what changed, of which record, in which field, how often until then."""
    return [
        [f"{t.change.what} {'/'.join(t.change.spot.path) or t.change.spot.topic} {t.change.field} {t.change.times}" for t in step.told]
        for step in steps
    ]  # fmt: skip


def facts_at_the_end(found: Trail, account: str) -> Facts:
    facts: Facts = {}
    for step in found.of(account):
        facts = apply(facts, [told.change for told in step.told])
    return facts


def as_read(past: Past, account: str) -> Facts:
    """The facts of an account's files as they lie there."""
    found: dict[Any, Any] = {}
    for path in sorted((past.root / "plans" / account).rglob("*.*")):
        version = Reader().read(path.relative_to(past.root / "plans"), path.read_bytes())  # type: ignore[arg-type]  # fmt: skip
        assert version and version.facts is not None
        found |= version.facts
    return found


def test_a_day_that_is_put_off_again_and_again_is_counted(past: Past) -> None:
    for day in ("2026-10-08", "2026-10-15", "2026-10-29"):
        past.commit("Form kommt später", due(day))
    assert told(trail(past.opened()).of("nordwind"))[1:] == [
        ["changed tasks/form due 1"],
        ["changed tasks/form due 2"],
        ["changed tasks/form due 3"],
    ]


def test_who_did_it_and_why_comes_with_it(past: Past) -> None:
    past.commit("Nordwind: Frist (#12)\n\nDie IT ist im Releasestopp.\n\nReviewed-by: Tobias Lorenz", due("2026-10-08"), "Selin Demir <d@example.org>")  # fmt: skip
    commit = trail(past.opened()).of("nordwind")[-1].told[0].commit
    assert (commit.author, commit.pull_request) == ("Selin Demir", "12")
    assert commit.body == "Die IT ist im Releasestopp."
    assert commit.trailers == (("Reviewed-by", "Tobias Lorenz"),)


def test_applied_in_their_order_the_changes_lead_to_what_is_there(past: Past) -> None:
    past.commit("später", due("2026-10-08"))
    past.commit("fort", {f"{NORDWIND}/2026-h2/tasks.md": None})
    past.commit("wieder da", due("2026-11-01"))
    assert facts_at_the_end(trail(past.opened()), "nordwind") == as_read(past, "nordwind")


def test_writing_it_anew_in_another_way_is_no_change(past: Past) -> None:
    same = TASKS.replace("2026-10-01", "1.10.2026").replace("id: form\n    title: Formular einbauen", "title: Formular einbauen\n    id: form")  # fmt: skip
    past.commit("nur die Form", {f"{NORDWIND}/2026-h2/tasks.md": same})
    assert told(trail(past.opened()).of("nordwind"))[1:] == [[]]


def branched(past: Past, conflict: bool = False) -> None:
    """A branch that puts off the task and adds a word; the main line goes on, then it comes in."""
    raw(past.top, "switch", "-q", "-c", "side")
    past.commit("Seite: später", due("2026-10-08"), "Selin Demir <d@example.org>")
    raw(past.top, "switch", "-q", "main")
    past.commit("Kunde umbenannt", {f"{NORDWIND}/account.md": ACCOUNT.replace("Nordwind AG", "Nordwind SE")})  # fmt: skip
    raw(
        past.top,
        "merge",
        "-q",
        "--no-commit",
        "--no-ff",
        "side",
        GIT_COMMITTER_NAME="T",
        GIT_COMMITTER_EMAIL="t@example.org",
    )
    if conflict:
        (past.root / f"{NORDWIND}/2026-h2/tasks.md").write_text(TASKS.replace("2026-10-01", "2026-12-01"))  # fmt: skip
    past.commit("Merge pull request #7 from ours/side")


def test_a_merge_is_one_step_and_each_change_is_its_authors(past: Past) -> None:
    branched(past)
    *_, merge = trail(past.opened()).of("nordwind")
    (one,) = merge.told
    assert (merge.commit.pull_request, one.commit.author) == ("7", "Selin Demir")


def test_what_a_merge_itself_decided_is_the_merges(past: Past) -> None:
    branched(past, conflict=True)
    *_, merge = trail(past.opened()).of("nordwind")
    (one,) = merge.told
    assert str(one.change.new) == "2026-12-01"
    assert one.commit == merge.commit


def test_a_renamed_account_keeps_its_history(past: Past) -> None:
    past.commit("später", due("2026-10-08"))
    raw(past.top, "mv", NORDWIND, "plans/nordwind-se")
    past.commit("umbenannt")
    found = trail(past.opened())
    assert found.accounts() == ["", "nordwind-se"]
    steps = told(found.of("nordwind-se"))
    assert steps[-1] == ["renamed account  1"]
    assert steps[1] == ["changed tasks/form due 1"]


def test_a_rename_on_top_of_what_is_kept_is_the_same_as_told_at_once(past: Past) -> None:
    past.commit("später", due("2026-10-08"))
    trail(past.opened())
    raw(past.top, "mv", NORDWIND, "plans/nordwind-se")
    past.commit("umbenannt")
    on_top = list(trail(past.opened()).all())
    (past.top / ".git" / FILE).unlink()
    assert on_top == list(trail(past.opened()).all())


def test_an_unreadable_version_is_named_and_its_facts_stay_what_they_were(past: Past) -> None:
    past.commit("kaputt", {f"{NORDWIND}/2026-h2/tasks.md": "---\ntasks: {[\n---\n"})
    past.commit("wieder gut", due("2026-10-08"))
    _, broken, mended = trail(past.opened()).of("nordwind")
    assert [p.rule for p in broken.unread] == ["version-unreadable"]
    assert broken.told == ()
    assert [t.change.field for t in mended.told] == ["due"]


def test_a_file_whose_name_is_no_text_is_none_of_a_plans(past: Past) -> None:
    odd = f"{NORDWIND}/meetings/\udcff.md"
    past.commit("ein Name in alten Bytes", {odd: "---\n---\n", **due("2026-10-08")})
    past.commit("umbenannt", {odd: None, f"{NORDWIND}/2026-h2/tasks.md": TASKS})
    assert told(trail(past.opened()).of("nordwind"))[1:] == [
        ["changed tasks/form due 1"], ["changed tasks/form due 2"],
    ]  # fmt: skip


def test_only_what_is_new_is_read_when_commits_come_on_top(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    past.commit("später", due("2026-10-08"))
    trail(past.opened())
    past.commit("noch später", due("2026-10-15"))
    read_: list[int] = []
    tell = Teller.tell
    monkeypatch.setattr(Teller, "tell", lambda self, work: read_.append(len(work.stages)) or tell(self, work))  # fmt: skip
    steps = told(trail(past.opened()).of("nordwind"))
    assert read_ == [1]
    assert steps[-1] == ["changed tasks/form due 2"]


def test_an_earlier_tip_is_told_out_of_what_is_kept(past: Past) -> None:
    earlier = past.commit("später", due("2026-10-08"))
    past.commit("noch später", due("2026-10-15"))
    trail(past.opened())
    assert len(trail(past.opened(), earlier).of("nordwind")) == 2


def test_a_history_that_was_rewritten_is_told_anew(past: Past) -> None:
    past.commit("später", due("2026-10-08"))
    trail(past.opened())
    raw(past.top, "reset", "-q", "--hard", "HEAD~1")
    past.commit("doch früher", due("2026-09-01"))
    steps = trail(past.opened()).of("nordwind")
    assert [str(t.change.new) for t in steps[-1].told] == ["2026-09-01"]


@pytest.mark.parametrize("what", [b"", b"no database at all" * 100])
def test_a_broken_store_only_costs_time(past: Past, what: bytes) -> None:
    expected = list(trail(past.opened()).all())
    (past.top / ".git" / FILE).write_bytes(what)
    assert list(trail(past.opened()).all()) == expected


def test_a_store_of_another_program_is_thrown_away(past: Past) -> None:
    expected = list(trail(past.opened()).all())
    with sqlite3.connect(past.top / ".git" / FILE) as db:
        db.execute("update about set value = 'another'")
        db.execute("alter table step drop column key")
    assert list(trail(past.opened()).all()) == expected
    with sqlite3.connect(past.top / ".git" / FILE) as db:
        assert db.execute("select count(key) from step").fetchone()[0] > 0


def test_a_store_that_cannot_be_written_only_costs_time(past: Past) -> None:
    other = sqlite3.connect(past.top / ".git" / FILE)
    (past.top / ".git" / FILE).unlink()
    (past.top / ".git" / FILE).mkdir()
    assert told(trail(past.opened()).of("nordwind"))
    other.close()


def test_a_run_that_was_cut_off_leaves_nothing_wrong(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    past.commit("Alpen", {"plans/alpen/account.md": ACCOUNT.replace("Nordwind", "Alpen")})
    tell = Teller.tell

    def cut_off(self: Teller, work: Any) -> Any:
        if work.account == "nordwind":
            raise KeyboardInterrupt
        return tell(self, work)

    monkeypatch.setattr(Teller, "tell", cut_off)
    with pytest.raises(KeyboardInterrupt):
        trail(past.opened())
    monkeypatch.setattr(Teller, "tell", tell)
    assert trail(past.opened()).accounts() == ["", "alpen", "nordwind"]


def test_a_shallow_clone_tells_nothing_it_cannot_know(past: Past, tmp_path: Path) -> None:
    past.commit("später", due("2026-10-08"))
    past.commit("noch später", due("2026-10-15"))
    clone = tmp_path / "clone"
    raw(tmp_path, "clone", "-q", "--depth", "2", f"file://{past.top}", str(clone))
    repository = opened(clone)
    assert told(trail(repository).of("nordwind")) == [[], ["changed tasks/form due 1"]]
    assert [p.rule for p in repository.problems] == ["history-shallow"]


SHARED = PLAN.replace("from: 2026", "share: client\nfrom: 2026").replace("owner: brandt\nkpis", "owner: brandt\n    share: client\nkpis")  # fmt: skip


def test_a_client_sees_what_changed_between_projections_by_day_and_no_author(past: Past) -> None:
    past.commit("intern", due("2026-10-08"))
    past.commit("geteilt", {f"{NORDWIND}/2026-h2/plan.md": SHARED})
    past.commit("Ziel", {f"{NORDWIND}/2026-h2/plan.md": SHARED.replace("auf 40", "auf 42")})
    repository = past.opened()
    steps = disclosed(repository, trail(repository), "nordwind", "client", date(2027, 1, 1))
    assert [step.commit.day for step in steps] == [date(2026, 9, 24), date(2026, 9, 25)]
    assert {(t.commit.author, t.commit.subject, t.commit.id) for s in steps for t in s.told} == {("", "", "")}  # fmt: skip
    assert told(steps)[1] == ["changed goals/loyalty title 1"]
    assert not any(t.change.spot.topic == "tasks" for step in steps for t in step.told)


def test_what_a_client_saw_ends_on_the_day_that_is_asked(past: Past) -> None:
    past.commit("geteilt", {f"{NORDWIND}/2026-h2/plan.md": SHARED})
    past.commit("Ziel", {f"{NORDWIND}/2026-h2/plan.md": SHARED.replace("auf 40", "auf 42")})
    repository = past.opened()
    found = disclosed(repository, trail(repository), "nordwind", "client", date(2026, 9, 23))
    assert [step.commit.day for step in found] == [date(2026, 9, 23)]


def test_the_facts_of_files_and_of_the_account_in_memory_agree_on_ids(past: Past) -> None:
    portfolio = read(past.root).portfolio
    assert portfolio
    memory = {s for s in facts_of(portfolio.account("nordwind")) if s.topic == "plan"}
    assert memory == {s for s in as_read(past, "nordwind") if s.topic == "plan"}
