"""The example portfolio with its history: it ends in plans/, and every state on the way is sound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from conftest import ROOT
from planwerk.checks import check_read
from planwerk.checks.rule import Accounts, Identity
from planwerk.cli import cli
from planwerk.format.files import kind_of
from planwerk.format.form import formed
from planwerk.problems import Problem, Refusal, Severity
from planwerk.read import read_account, read_house, read_names
from planwerk.repository import NewCommit, create_repository
from planwerk.scaffold.demo import WORKSPACE, demo_commits, tip
from planwerk.scaffold.demo.states import commits, states
from planwerk.scaffold.demo.story import Merge, Person, Step, Story, load_story
from planwerk.scaffold.demo.undo import Misfit, undone
from planwerk.text.pictures import NAME as PICTURE
from test_history import git

SHARED = ("workspace.yml", "industries", "personas", "questions.md", "training.csv")
STALE = (date(2026, 10, 6), date(2026, 11, 4))
"""From the day on which a goal was changed to the one on which the plan was approved again."""
WHO = Person("Ada", "ada@example.org", 1)


@pytest.fixture(scope="module")
def made() -> list[NewCommit]:
    """The commits of the history."""
    return demo_commits()


def trees(made: list[NewCommit]) -> Iterator[tuple[NewCommit, dict[str, bytes]]]:
    """Every commit with all files of its state."""
    known: dict[int, dict[str, bytes]] = {}
    for commit in made:
        tree = dict(known[commit.parents[0]]) if commit.parents else {}
        for name, content in commit.files.items():
            if content is None:
                del tree[name]
            else:
                tree[name] = content
        known[commit.mark] = tree
        yield commit, tree


def day(commit: NewCommit) -> datetime:
    """When it was made, on its author's clock."""
    sign, hours = commit.zone[0], int(commit.zone[1:3])
    zone = timezone(timedelta(hours=hours if sign == "+" else -hours))
    return datetime.fromtimestamp(commit.seconds, tz=zone)


def files(root: Path) -> dict[str, bytes]:
    """What lies below plans/, by its name from there on."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "plans").rglob("*")
        if path.is_file()
    }


def test_the_history_ends_in_the_example_portfolio(tmp_path: Path, made: list[NewCommit]) -> None:
    create_repository(tmp_path / "demo", made)
    assert files(tmp_path / "demo") == files(ROOT)
    assert (tmp_path / "demo/.gitignore").read_text("utf-8") == "build/\n"
    assert git(tmp_path / "demo", "status", "--porcelain") == ""
    assert git(tmp_path / "demo", "fsck", "--strict") == ""


def test_the_command_makes_the_same_history_wherever_it_is_made(tmp_path: Path) -> None:
    ids = set()
    for number, zone in enumerate(("UTC", "Pacific/Auckland")):
        (tmp_path / f"home{number}").mkdir()
        settings = (
            "[core]\n\tautocrlf = true\n[user]\n\tname = Somebody\n[commit]\n\tgpgsign = true\n"
        )
        (tmp_path / f"home{number}/.gitconfig").write_text(settings * number, "utf-8")
        env = {
            "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "TZ": zone,
            "HOME": str(tmp_path / f"home{number}"), "PYTHONHASHSEED": str(number),
            "LC_ALL": "C.UTF-8", "GIT_AUTHOR_DATE": "2001-01-01T00:00:00", "GIT_DIR": "elsewhere",
        }  # fmt: skip
        root = tmp_path / "x" / f"demo{number}"
        command = [sys.executable, "-m", "planwerk", "--lang", "en", "init", str(root), "--demo"]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        count = git(root, "rev-list", "--count", "HEAD")
        assert f"five invented clients and {count} steps of a year" in done.stderr
        assert f"planwerk -C {root} history nordwind-logistik" in done.stderr
        ids.add(git(root, "rev-parse", "HEAD"))
    assert len(ids) == 1


def problems_of(root: Path, on: date, names: set[str]) -> list[Problem]:
    """What the check finds in these accounts and above them."""
    house = read_house(root, on)
    called = {name: read_names(root, name) for name in house.accounts_seen}
    accounts = Accounts((n, Identity(tuple(words), parent)) for n, (words, parent) in called.items())  # fmt: skip
    found = check_read(house, accounts, False, (), True)
    for name in sorted(names & set(house.accounts_seen)):
        found += check_read(read_account(house, name), accounts, False, (), False)
    return found


def write(root: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Make the files below `root`, which are those of `old`, those of `new`."""
    for name in old.keys() - new.keys():
        (root / name).unlink()
    for name, content in new.items():
        if old.get(name) != content:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    for folder in sorted((root / "plans").rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def test_every_state_is_one_that_the_check_lets_pass(tmp_path: Path, made: list[NewCommit]) -> None:
    old: dict[str, bytes] = {}
    for commit, tree in trees(made):
        write(tmp_path, old, tree)
        parts = {name.split("/")[1] for name in commit.files if name.startswith("plans/")}
        # what a branch does not know yet was put back too
        parts |= {n.split("/")[1] for n in old.keys() | tree.keys() if old.get(n) != tree.get(n) and "/" in n}  # fmt: skip
        every = {name.split("/")[1] for name in tree if name.count("/") > 1}
        on = day(commit).date()
        found = problems_of(tmp_path, on, every if parts & set(SHARED) else parts)
        told = f"{commit.message.splitlines()[0]} ({on})"
        assert [p for p in found if p.severity is Severity.ERROR] == [], told
        rules = {p.rule for p in found}
        assert not rules & {"fact-in-future", "unknown-file", "plan-left-open"}, told
        assert "approval-stale" not in rules or STALE[0] <= on < STALE[1], told
        old = tree


def test_the_house_s_own_pages_come_with_the_first_commit(made: list[NewCommit]) -> None:
    pages = {name: content for name, content in made[0].files.items() if name.startswith("site/")}
    assert pages == {f"site/{p.name}": p.read_bytes() for p in (ROOT / "site").iterdir()}
    assert not any(name.startswith("site/") for commit in made[1:] for name in commit.files)


def test_every_file_of_every_state_is_as_fmt_writes_it(made: list[NewCommit]) -> None:
    seen = {
        (n, c) for commit in made for n, c in commit.files.items() if c and n.startswith("plans/")
    }
    for name, content in sorted(seen):
        if PICTURE.fullmatch(PurePosixPath(name).name):
            continue
        kind = kind_of(PurePosixPath(name))
        assert kind is not None, name
        assert formed(PurePosixPath(name), content, kind) == content.decode(), name


def test_it_is_told_by_the_team_at_times_when_people_work(made: list[NewCommit]) -> None:
    team = re.findall(r"name: (.+)\n    title: .*\n    email: (.+)\n", tip()[WORKSPACE].decode())
    assert {(c.author, c.email) for c in made} == set(team)
    for commit in made:
        at = day(commit)
        assert date(2025, 11, 24) <= at.date() <= date(2026, 11, 20), commit.message
        assert at.weekday() < 5, commit.message
        assert 8 <= at.hour < 20, commit.message
    assert len({c.seconds for c in made}) == len(made)


def test_messages_have_a_short_subject_lines_that_fit_and_trailers_that_git_reads(
    tmp_path: Path, made: list[NewCommit]
) -> None:
    for commit in made:
        subject, *rest = commit.message.split("\n")
        assert len(subject) <= 100, subject
        assert not rest[0], subject
        assert all(len(line) <= 110 for line in rest), subject
    create_repository(tmp_path, made)
    said = git(tmp_path, "log", "--format=%(trailers:only,unfold)")
    keys = {line.partition(":")[0] for line in said.splitlines() if line}
    assert keys == {"Agreed-with", "Reviewed-by", "Approved-by"}


def test_a_year_has_what_happens_in_a_year(tmp_path: Path, made: list[NewCommit]) -> None:
    create_repository(tmp_path, made)
    subjects = git(tmp_path, "log", "--format=%s").splitlines()
    assert len([s for s in subjects if s.startswith("Merge pull request #")]) >= 10
    assert len([s for s in subjects if re.search(r" \(#\d+\)$", s)]) >= 3
    assert [s for s in subjects if s.startswith('Revert "')]
    numbers = [int(n) for s in subjects for n in re.findall(r"#(\d+)", s)]
    assert len(numbers) == len(set(numbers))
    moved = git(tmp_path, "log", "--diff-filter=R", "--name-status", "--format=", "-M")
    assert "plans/quillbrook-chemists/account.md\tplans/quillbrook-pharmacies/account.md" in moved
    task = git(tmp_path, "log", "-S- id: consent-text", "--name-only", "--format=", "--", "plans/nordwind-logistik")  # fmt: skip
    assert set(task.split()) >= {f"plans/nordwind-logistik/2026-{h}/tasks.md" for h in ("h1", "h2")}
    for name in ("agreed_on: offen", "held_on: offen", "disposition: '-1'", "closed_on"):
        assert git(tmp_path, "log", "--format=%h", f"-S{name.replace(chr(39), '')}"), name


def test_a_statement_that_no_longer_fits_the_plans_is_named() -> None:
    last = tip()
    name = "plans/nordwind-logistik/2026-h2/tasks.md"
    last[name] = last[name].replace(b"- id: godparents", b"- id: patrons")
    with pytest.raises(Misfit) as found:
        states(last, load_story(last[WORKSPACE]))
    assert "nordwind, 2026-09-22" in str(found.value)
    assert "tasks > godparents" in str(found.value)
    assert name in str(found.value)


def test_a_file_that_no_step_makes_is_named() -> None:
    with pytest.raises(Misfit, match=r"no step makes plans/training\.csv"):
        states(PLANS, Story((step(1, questions_md="new"),), ()))


def step(minute: int, pull: int = 0, **changes: object) -> Step:
    at = datetime(2026, 1, 5, 9, minute, tzinfo=timezone.utc)  # noqa: UP017
    named = {f"plans/{name.replace('_', '.')}": was for name, was in changes.items()}
    return Step("test", at, WHO, "words\n", named, pull)  # type: ignore[arg-type]


def merge(minute: int, pull: int) -> Merge:
    return Merge(datetime(2026, 1, 5, 9, minute, tzinfo=timezone.utc), WHO, "merge\n", pull)  # noqa: UP017


PLANS = {"plans/training.csv": b"date,who,topic,planned,done\n2026-01-05,ada,x,ja,ja\n", "plans/questions.md": b"---\nquestions:\n  - id: a\n    text: b\n---\n"}  # fmt: skip


def test_a_branch_and_the_main_line_do_not_know_each_other_until_the_merge() -> None:
    steps = (step(1, questions_md="new"), step(2, 3, training_csv="new"), step(3, questions_md={"questions > a > text": "c"}))  # fmt: skip
    made = list(commits(PLANS, Story(steps, (merge(4, 3),)), {}))
    assert [commit.parents for commit in made] == [(), (1,), (1,), (3, 2)]
    found = {commit.mark: tree for commit, tree in trees(made)}
    assert found[2].keys() == PLANS.keys()
    assert b"text: c" in found[2]["plans/questions.md"]
    assert found[3].keys() == {"plans/questions.md"}
    assert found[4] == PLANS


def test_a_file_changed_on_both_sides_and_a_branch_left_open_are_found() -> None:
    steps = (step(1, questions_md="new"), step(2, 3, training_csv="new"), step(3, training_csv={"2026-01-05": {"done": "nein"}}))  # fmt: skip
    with pytest.raises(Misfit, match=r"plans/training\.csv is in pull request 3"):
        list(commits(PLANS, Story(steps, (merge(4, 3),)), {}))
    with pytest.raises(Misfit, match="pull request 3 is not merged"):
        list(commits(PLANS, Story(steps[:2], ()), {}))


FRONT = """\
tasks:
  - id: one
    title: Erste
    accountable: ada
    consulted:
      - client:cio
    due: 2026-02-01
    note: |
      Zwei Zeilen,
      die bleiben.
  # allow x until 2026-12-31: weil
  - id: two
    title: Zweite
    accountable: ada
    due: 2026-03-01
partners:
  - id: edge
    name: Edge
"""
NAME = PurePosixPath("plans/acme/2026-h1/tasks.md")


@pytest.mark.parametrize(
    ("stated", "old", "new"),
    [
        ({"tasks > one > due": "2026-01-15"}, "due: 2026-02-01", "due: 2026-01-15"),
        ({"tasks > one": {"due": "2026-01-15", "note": "new"}}, "due: 2026-02-01\n    note: |\n      Zwei Zeilen,\n      die bleiben.\n", "due: 2026-01-15\n"),
        ({"tasks > one > start": "2026-01-02"}, "    due: 2026-02-01", "    start: 2026-01-02\n    due: 2026-02-01"),
        ({"tasks > one > note": "Eine: Zeile"}, "note: |\n      Zwei Zeilen,\n      die bleiben.", "note: 'Eine: Zeile'"),
        ({"tasks > one > consulted": ["client:coo", "ada"]}, "- client:cio\n", "- client:coo\n      - ada\n"),
        ({"tasks > one > consulted > client:cio": "new"}, "    consulted:\n      - client:cio\n", ""),
        ({"tasks > two": "new"}, FRONT[FRONT.index("  # allow") : FRONT.index("partners")], ""),
        ({"tasks > Zweite > title": "Vierte"}, "title: Zweite", "title: Vierte"),
        ({"tasks > three": {"id": "three", "title": "D", "accountable": "ada", "due": "2026-04-01"}}, "partners:", "  - id: three\n    title: D\n    accountable: ada\n    due: 2026-04-01\npartners:"),
        ({"partners > edge": "new"}, FRONT[FRONT.index("partners") :], ""),
        ({"prose": "Alles anders."}, "Ein Absatz\nmit @cio.\n\nNoch einer.", "Alles anders."),
        ({"prose": "new"}, "\n\nEin Absatz\nmit @cio.\n\nNoch einer.", ""),
        ({"prose": {"Ein Absatz mit": "new"}}, "Ein Absatz\nmit @cio.\n\n", ""),
        ({"prose": {"Noch": "Vorher.\n"}}, "Noch einer.", "Vorher."),
    ],
)  # fmt: skip
def test_a_stated_change_is_undone_and_nothing_else(stated: dict[str, object], old: str, new: str) -> None:  # fmt: skip
    whole = f"---\n{FRONT}---\n\nEin Absatz\nmit @cio.\n\nNoch einer.\n"
    assert old in whole
    assert undone(NAME, whole, stated) == whole.replace(old, new)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("was", "neither"),
        ({"tasks > nobody > due": "2026-01-01"}, "there is no nobody"),
        ({"tasks > one > start": "new"}, "is not there"),
        ({"tasks > one > due": "2026-02-01"}, "is now what it is said to have been"),
        ({"tasks > ada > due": "2026-01-01"}, "2 are called that"),
        ({"tasks > three": "D"}, "with all its fields"),
        ({"prose": {"Kein": "new"}}, "0 paragraphs"),
    ],
)
def test_a_stated_change_that_does_not_fit_is_told(stated: object, said: str) -> None:
    whole = f"---\n{FRONT}---\n\nEin Absatz\nmit @cio.\n\nNoch einer.\n"
    with pytest.raises(Misfit, match=said):
        undone(NAME, whole, stated)  # type: ignore[arg-type]


def test_lines_of_a_table_are_named_by_how_they_begin() -> None:
    name = PurePosixPath("plans/acme/whitespace.csv")
    table = 'department,offering,state,note\nit,survey,won,"a, b"\nit,app,gap,\nsales,app,idea,\n'

    def before(stated: dict[str, object]) -> str | None:
        return undone(name, table, stated)  # type: ignore[arg-type]

    assert before({"it": "new"}) == "department,offering,state,note\nsales,app,idea,\n"
    assert before({"it,survey": {"state": "gap", "note": ""}}) == table.replace('won,"a, b"', "gap,")  # fmt: skip
    for stated, said in (
        ({"hr": "new"}, "no line begins with: hr"),
        ({"it": {"state": "x"}}, "2 lines"),
        ({"sales,app": {"state": "idea"}}, "state is what it is said"),
        ({"sales,app": {"status": "idea"}}, "there is no column status"),
    ):
        with pytest.raises(Misfit, match=said):
            before(stated)  # type: ignore[arg-type]


@pytest.mark.parametrize("there", ["plans/workspace.yml", ".git/HEAD", "letter.txt"])
def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", "utf-8")
    done = CliRunner().invoke(cli, ["init", str(tmp_path), "--demo"])
    assert isinstance(done.exception, Refusal)
    assert done.exception.code == 2
    assert [p.rule for p in done.exception.problems] == ["folder-not-empty"]
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [tmp_path / there]


def test_without_git_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("planwerk.scaffold.demo.demo_commits", list)
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "demo"), "--demo"])
    assert isinstance(done.exception, Refusal)
    assert done.exception.code == 2
    assert [p.rule for p in done.exception.problems] == ["demo-without-git"]
    assert not (tmp_path / "demo").exists()
