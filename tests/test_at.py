"""Time travel: the plans as they were, checked and compiled by the program of today."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ACCOUNT, PLAN, WORKSPACE
from histories import Past, raw
from planwerk.cli import cli

NORDWIND = "nordwind-logistik"
PLANS = {
    "plans/workspace.yml": WORKSPACE.replace("as_of: 2026-11-23\n", ""),
    "plans/nordwind/account.md": ACCOUNT,
    "plans/nordwind/2026-h2/plan.md": PLAN,
}
FIRST = "2026-09-22"


@pytest.fixture
def own_temp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for what a run puts aside: in the end it must be empty. Its path is short."""
    with tempfile.TemporaryDirectory(prefix="planwerk-test-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr("tempfile.tempdir", None)
        yield Path(folder)


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """A target that rose, then a mistake that the check finds; now all is well again."""
    past = Past(tmp_path / "repo")
    past.commit("the plan", PLANS)
    past.commit("higher", {"plans/nordwind/2026-h2/plan.md": PLAN.replace("target: 40", "target: 42")})  # fmt: skip
    past.commit("a slip", {"plans/nordwind/2026-h2/plan.md": PLAN.replace("target: 40", "target: 180.000")})  # fmt: skip
    past.commit("mended", {"plans/nordwind/2026-h2/plan.md": PLAN.replace("target: 40", "target: 44")})  # fmt: skip
    return past


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--lang", "en", *words])


def text_of(document: Path) -> str:
    words = zipfile.ZipFile(document).read("word/document.xml").decode()
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


def test_three_days_of_the_demo_tell_what_was_true_then(demo: Path, tmp_path: Path) -> None:
    before = raw(demo, "status", "--porcelain", "--ignored")
    said = {}
    for day in ("2026-06-30", "2026-07-06", "2026-11-01"):
        out = tmp_path / day
        done = run(demo, "build", "word", "--account", NORDWIND, "--audience", "internal", "--at", day, "--out", str(out))  # fmt: skip
        assert done.exit_code == 0, done.output
        manifest = json.loads((out / "manifest.json").read_text())
        then = raw(demo, "rev-list", "-1", "--first-parent", f"--before={day}T23:59:59Z", "main").decode()  # fmt: skip
        assert (manifest["as_of"], manifest["draft"]) == (day, False)
        last = raw(demo, "log", "-1", "--format=%H", then.strip(), "--", "plans").decode()
        assert last.startswith(manifest["commit"])
        (document,) = sorted((out / f"internal/accounts/{NORDWIND}/downloads").glob("kundenplan-*.docx"))[-1:]  # fmt: skip
        said[day] = text_of(document)
    june, july, november = said.values()
    assert "Stand 30. Juni 2026" in june
    assert "Antwortzeit auf Rückfragen 27 h Ziel 20 h" in june
    assert "Ziel 10 h" in july
    assert "Ziel 8 h" not in july
    assert "Ziel 8 h" in november
    assert "Zugang zum Rückfragen-Postfach freigeben" in november
    assert "Zugang zum Rückfragen-Postfach freigeben" not in july
    after = raw(demo, "status", "--porcelain", "--ignored")
    assert after.replace(b"!! .planwerk-cache/\n", b"") == before  # what git ignores anyway


def test_status_tells_how_accounts_stood_then(demo: Path) -> None:
    now, then = (run(demo, "status", "--account", NORDWIND, *words).output for words in ((), ("--at", "2026-06-30")))  # fmt: skip
    assert "4 of 6 on course" in then
    assert "4 of 6 on course" not in now


def test_a_mistake_of_then_is_told_at_its_place_in_the_plans(past: Past, own_temp: Path) -> None:
    done = run(past.root, "check", "--at", "HEAD~1")
    assert done.exit_code == 1
    assert "plans/nordwind/2026-h2/plan.md:13:13" in done.output
    assert "180.000" in done.output
    assert str(own_temp) not in done.output
    assert run(past.root, "check").exit_code == 0
    assert list(own_temp.iterdir()) == []


def test_reports_for_hosts_name_files_by_their_place_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = Past(tmp_path / "repo", below="sales")
    past.commit("odd", {**PLANS, "plans/nordwind/account.md": ACCOUNT.replace("owner", "ownr")})
    monkeypatch.chdir(past.top)
    done = run(Path("sales"), "check", "--at", "HEAD", "--format", "github")
    assert "file=sales/plans/nordwind/account.md" in done.output


def test_the_day_asked_for_is_the_day_the_outputs_speak_of(past: Past) -> None:
    for words, day in ((("--at", "2026-09-23"), "2026-09-23"), (("--at", "2026-12-01"), "2026-12-01"), (("--at", "HEAD~3"), FIRST), (("--at", "HEAD~3", "--as-of", "2026-10-10"), "2026-10-10")):  # fmt: skip
        done = run(past.root, "build", "word", *words)
        assert done.exit_code == 0, done.output
        assert json.loads((past.root / "build/manifest.json").read_text())["as_of"] == day


def test_a_day_that_the_plans_of_then_fix_stays_theirs(past: Past) -> None:
    past.commit("fixed", {"plans/workspace.yml": WORKSPACE})
    assert run(past.root, "build", "word", "--at", "HEAD").exit_code == 0
    assert json.loads((past.root / "build/manifest.json").read_text())["as_of"] == "2026-11-23"


def test_what_is_not_committed_now_is_no_draft_then(past: Past) -> None:
    path = past.root / "plans/nordwind/account.md"
    path.write_text(ACCOUNT.replace("Nordwind AG", "Nordwind SE"), "utf-8")
    assert run(past.root, "build", "word", "--at", "HEAD").exit_code == 0
    manifest = json.loads((past.root / "build/manifest.json").read_text())
    assert manifest["draft"] is False
    assert "Nordwind SE" in path.read_text("utf-8")


def test_a_repository_without_a_working_tree_is_built_beside_it(past: Past, tmp_path: Path) -> None:
    raw(tmp_path, "clone", "-q", "--bare", str(past.top), "bare.git")
    done = run(tmp_path / "bare.git", "build", "word", "--at", "main", "--out", "../out")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out/internal/accounts/nordwind/downloads").is_dir()
    inside = run(tmp_path / "bare.git", "build", "word", "--at", "main")
    assert "bad-output-folder" in str(inside.exception)
    assert not (tmp_path / "bare.git/build").exists()


@pytest.mark.parametrize(
    ("words", "rule"),
    [("2020-01-01", "day-before-history"), ("mian", "revision-unknown"), ("--output=x", "revision-unknown"), ("2026-02-30", "no-such-day")],
)  # fmt: skip
def test_what_is_no_state_is_refused(past: Past, own_temp: Path, words: str, rule: str) -> None:
    for command in ("check", "build"):
        done = run(past.root, command, f"--at={words}")
        assert getattr(done.exception, "code", None) == 2
        assert rule in str(done.exception)
    assert list(own_temp.iterdir()) == []


def test_without_history_or_plans_there_is_no_then(tmp_path: Path, own_temp: Path) -> None:
    (tmp_path / "plain/plans").mkdir(parents=True)
    assert "no-history" in str(run(tmp_path / "plain", "check", "--at", "HEAD").exception)
    past = Past(tmp_path / "repo")
    past.commit("before there were plans", {"README": "later"})
    past.commit("plans", PLANS)
    assert "no-plans-then" in str(run(past.root, "check", "--at", "HEAD~1").exception)
    assert list(own_temp.iterdir()) == []


def test_a_run_that_is_cut_off_leaves_nothing_behind(past: Past, own_temp: Path) -> None:
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from planwerk.cli import main; main()"  # fmt: skip
    command = [sys.executable, "-c", code, "-C", str(past.root), "build", "word", "--at", "HEAD"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
    until = time.monotonic() + 60
    while not list(own_temp.glob("planwerk-*/plans/nordwind/*")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    until = time.monotonic() + 20  # the rendering server may still be putting its own away
    while list(own_temp.glob("planwerk-*")) and time.monotonic() < until:
        time.sleep(0.1)
    assert list(own_temp.glob("planwerk-*")) == []
    assert not (past.root / "build").exists()
    assert not list(past.root.glob(".build.*"))


def test_too_long_a_path_for_temporary_files_is_told(past: Past, tmp_path: Path) -> None:
    long = tmp_path / ("temporary-files-" * 8)
    long.mkdir()
    command = [
        sys.executable,
        "-m",
        "planwerk",
        "--lang",
        "en",
        "-C",
        str(past.root),
        "build",
        "word",
    ]
    asked = {**os.environ, "TMPDIR": str(long)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=asked)
    assert done.returncode == 6, done.stdout + done.stderr
    said = done.stdout + done.stderr
    assert "TMPDIR=/tmp planwerk build" in said and "Traceback" not in said
    assert not (past.root / "build").exists()
