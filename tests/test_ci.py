"""`planwerk ci` and the workflows that run it: files for the host, nothing sent."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import ROOT
from histories import raw
from planwerk.cli import cli
from planwerk.logbook.comment import MARKER
from planwerk.problems import Refusal
from planwerk.scaffold.pipeline import PLACES, pipeline

GOLDEN = Path(__file__).parent / "golden"
VARIABLES = ("GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITHUB_EVENT_PATH", "GITHUB_BASE_REF", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_COMMIT_BEFORE_SHA")  # fmt: skip
NORDWIND = "plans/nordwind-logistik/2026-h2"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No host, whatever these tests run on."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def branch(demo: Path, tmp_path: Path) -> Path:
    """A clone of the demo with a branch as somebody would propose it."""
    root = tmp_path / "clone"
    raw(tmp_path, "clone", "-q", str(demo), str(root))
    raw(root, "switch", "-q", "-c", "proposal")
    tasks, plan = root / NORDWIND / "tasks.md", root / NORDWIND / "plan.md"
    words = tasks.read_text("utf-8")
    words = words.replace("due: 2026-12-04", "due: 2026-12-18")
    words = words.replace("  - id: cost-comparison\n", "  - id: renewal-dates\n    title: Termine der Verlängerung abstimmen\n    accountable: brandt\n    due: 2026-12-15\n    share: client\n  - id: cost-comparison\n")  # fmt: skip
    tasks.write_text(words, "utf-8")
    plan.write_text(plan.read_text("utf-8").replace("target: 12600", "target: 13000"), "utf-8")
    commit(root, "Nordwind: Verlängerung vorbereiten")
    return root


def commit(root: Path, message: str) -> None:
    who = {"GIT_AUTHOR_NAME": "Maren Brandt", "GIT_AUTHOR_EMAIL": "b@example.org", "GIT_COMMITTER_NAME": "Maren Brandt", "GIT_COMMITTER_EMAIL": "b@example.org"}  # fmt: skip
    raw(root, "add", "-A")
    raw(root, "commit", "-q", "-m", message, **who)


def run(root: Path, *words: str, language: str = "de") -> Result:
    done = CliRunner().invoke(cli, ["-C", str(root), "--lang", language, "ci", *words])
    if done.exception and not isinstance(done.exception, SystemExit | Refusal):
        raise done.exception
    return done


def head(root: Path, words: str = "HEAD") -> str:
    return raw(root, "rev-parse", words).decode().strip()


def as_pull_request(root: Path, monkeypatch: pytest.MonkeyPatch, base: str) -> Path:
    """The surroundings of a pull request on GitHub; where the summary goes."""
    event, summary = root.parent / "event.json", root.parent / "summary.md"
    event.write_text(json.dumps({"pull_request": {"base": {"sha": base}}}), "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    return summary


def test_the_comment_of_a_proposal_is_the_golden_one(
    branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = as_pull_request(branch, monkeypatch, head(branch, "main"))
    done = run(branch, "--no-build", "--comment", "comment.md")
    assert done.exit_code == 0, done.output
    comment = (branch / "comment.md").read_text("utf-8")
    golden = GOLDEN / "comment.de.md"
    if os.environ.get("PLANWERK_UPDATE_GOLDENS"):
        golden.write_text(comment, "utf-8")
    assert comment == golden.read_text("utf-8")
    assert comment.startswith(MARKER)
    assert summary.read_text("utf-8") == comment.removeprefix(f"{MARKER}\n")
    clients = comment[comment.index("### Was Kunden") : comment.index("### Was sich für das Team")]
    assert "Termine der Verlängerung abstimmen" in clients
    assert "12.600" in clients
    assert "Gesamtkostenvergleich" not in clients
    assert raw(branch, "status", "--porcelain") == b"?? comment.md\n"


def test_what_main_did_meanwhile_is_not_the_proposals(
    branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw(branch, "switch", "-q", "main")
    (branch / NORDWIND / "risks.md").unlink()
    commit(branch, "meanwhile")
    meanwhile = head(branch)
    raw(branch, "switch", "-q", "proposal")
    as_pull_request(branch, monkeypatch, meanwhile)
    run(branch, "--no-build", "--comment", "comment.md")
    assert (branch / "comment.md").read_text("utf-8") == (GOLDEN / "comment.de.md").read_text("utf-8")  # fmt: skip


@pytest.mark.parametrize(
    ("variables", "annotated"),
    [
        ({"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"}, True),
        ({"GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true", "GITHUB_BASE_REF": "main"}, True),
        ({"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "MAIN"}, False),
        ({"GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": "MAIN"}, False),
    ],
)
def test_each_host_says_what_to_compare_with(
    branch: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], annotated: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, head(branch, "main") if value == "MAIN" else value)
    done = run(branch, "--no-build", "--comment", "c.md", "--report", "quality.json")
    assert "Zielwert „" in (branch / "c.md").read_text("utf-8").replace("**", "")
    assert ("::warning file=plans/" in done.output) == annotated
    assert json.loads((branch / "quality.json").read_text())[0]["check_name"]


def test_without_a_host_the_base_is_an_option_and_nothing_to_compare_is_said(branch: Path) -> None:
    run(branch, "--no-build", "--comment", "c.md")
    assert "keinen Stand, mit dem sich diese Pläne vergleichen" in (branch / "c.md").read_text("utf-8")  # fmt: skip
    run(branch, "--no-build", "--comment", "c.md", "--base", "HEAD")
    text = (branch / "c.md").read_text("utf-8")
    assert "Kein Kunde sähe etwas anderes" in text
    assert "Am Inhalt der Pläne ändert sich nichts." in text


@pytest.mark.parametrize("before", ["0" * 40, "f" * 40, ""])
def test_a_push_that_follows_nothing_known_is_not_compared(
    branch: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    event = branch.parent / "event.json"
    event.write_text(json.dumps({"before": before}), "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    assert run(branch, "--no-build", "--comment", "c.md").exit_code == 0
    assert "keinen Stand" in (branch / "c.md").read_text("utf-8")


def test_a_shallow_clone_is_refused_instead_of_comparing_with_something_else(
    branch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = head(branch, "main")
    raw(tmp_path, "clone", "-q", "--depth", "1", f"file://{branch}", "shallow")
    as_pull_request(tmp_path / "shallow", monkeypatch, base)
    done = run(tmp_path / "shallow", "--no-build", "--comment", "c.md")
    assert isinstance(done.exception, Refusal)
    assert (done.exception.problems[0].rule, done.exception.code) == ("ci-base-missing", 2)
    assert not (tmp_path / "shallow/c.md").exists()


@pytest.mark.parametrize("event", [b"{", b"[]", b'{"pull_request": 1}', b"\xff", b'{"pull_request": {"base": {"sha": "--output=x"}}}'])  # fmt: skip
def test_an_odd_event_does_no_harm(
    branch: Path, monkeypatch: pytest.MonkeyPatch, event: bytes
) -> None:
    (branch.parent / "event.json").write_bytes(event)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(branch.parent / "event.json"))
    done = run(branch, "--no-build")
    assert done.exit_code == 0 or "ci-base-missing" in str(done.exception)
    assert not (branch / "x").exists()


def test_an_error_is_in_the_comment_and_in_the_exit_code(branch: Path) -> None:
    plan = branch / NORDWIND / "plan.md"
    plan.write_text(plan.read_text("utf-8").replace("target: 13000", "target: 13.000"), "utf-8")
    done = run(branch, "--base", "main", "--comment", "c.md", "--no-build", "--host", "github")
    assert done.exit_code == 1
    text = (branch / "c.md").read_text("utf-8")
    assert "❌" in text
    assert "<details open><summary>Befunde der Prüfung" in text
    assert "Sicht des Kunden unklar" in text
    assert f"file={NORDWIND}/plan.md" in done.output or f"{NORDWIND}/plan.md" in done.output


def test_the_portals_lie_in_the_folder_for_the_artifact(branch: Path) -> None:
    for name in ("alpenfracht", "brightwater-stores", "hollerbeck-pumpen", "quillbrook-pharmacies"):
        shutil.rmtree(branch / "plans" / name)
    done = run(branch, "--base", "main", "--out", "artifact")
    assert done.exit_code == 0, done.output
    assert (branch / "artifact/internal/index.html").is_file()
    assert (branch / "artifact/clients/nordwind-logistik/index.html").is_file()
    assert not list((branch / "artifact").rglob("*.docx"))


# --- the workflows -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("host", sorted(PLACES))
def test_the_files_for_a_host_are_sound_and_overwrite_nothing(
    tmp_path: Path, host: str, language: str
) -> None:
    words = ["-C", str(tmp_path), "--lang", language, "init", "--ci", host]
    assert CliRunner().invoke(cli, words).exit_code == 0
    assert (tmp_path / "plans/workspace.yml").is_file()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    again = CliRunner().invoke(cli, words)
    assert "new-exists" in str(again.exception)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    for name in PLACES[host]:
        (tmp_path / name).unlink()
    assert CliRunner().invoke(cli, words).exit_code == 0  # only the files for the host
    text = (tmp_path / PLACES[host][0]).read_text("utf-8")
    assert yaml.safe_load(text)
    assert "#:" not in text
    assert "@" not in re.sub(r"actions/\S+@[0-9a-f]{40} # v|@comment\.md", "", text)
    assert f"--lang {language} ci --comment comment.md" in text


def test_workflows_ask_for_little_and_give_forks_nothing() -> None:
    github = yaml.safe_load(pipeline("github", "en")[PLACES["github"][0]])
    assert github["permissions"] == {}
    jobs = github["jobs"]
    assert jobs["plans"]["permissions"] == {"contents": "read"}
    assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
    assert "head.repo.full_name == github.repository" in jobs["comment"]["if"]
    assert set(github[True]) == {"pull_request", "push"}  # `on` is true in YAML
    ours = yaml.safe_load((ROOT / ".github/workflows/plans.yml").read_text("utf-8"))
    used = {s["uses"] for s in ours["jobs"]["check"]["steps"] if "uses" in s}
    for host in ("github", "gitea"):
        text = pipeline(host, "en")[PLACES[host][0]]
        assert all(name in text for name in used)
        assert "secrets." not in text
        # what others may write never stands in a script
        for script in re.findall(r"run: \|\n((?: {10}.*\n)+)", text):
            assert "${{" not in script
    for job in jobs.values():
        for step in job["steps"]:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step.get("uses", f"x@{'0' * 40}"))


class Api(BaseHTTPRequestHandler):
    """The comments of a pull request, as Gitea and GitLab serve them."""

    comments: list[dict[str, Any]] = []  # noqa: RUF012 - set anew by each test

    def answer(self, found: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def do_GET(self) -> None:
        self.answer(self.comments)

    def do_POST(self) -> None:
        self.comments.append({"id": len(self.comments), "body": self.body()})
        self.answer({})

    def do_PATCH(self) -> None:
        self.comments[int(self.path.rsplit("/", 1)[1])]["body"] = self.body()
        self.answer({})

    def do_PUT(self) -> None:
        self.do_PATCH()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[str]:
    Api.comments = [{"id": 0, "body": "Looks good."}]
    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("host", ["gitea", "gitlab"])
def test_the_comment_is_written_once_and_then_replaced(host: str, api: str, tmp_path: Path) -> None:
    found = yaml.safe_load(pipeline(host, "en")[PLACES[host][0]])
    script = found["comment"]["script"][0] if host == "gitlab" else found["jobs"]["plans"]["steps"][-1]["run"]  # fmt: skip
    env = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TOKEN": "x", "NUMBER": "7",
        "COMMENTS": f"{api}/issues", "PLANWERK_TOKEN": "x", "CI_API_V4_URL": api,
        "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "7",
    }  # fmt: skip
    for words in ("first", "second"):
        (tmp_path / "comment.md").write_text(f"{MARKER}\n{words}", "utf-8")
        done = subprocess.run(["bash", "-ec", script], cwd=tmp_path, env=env, capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert [c["body"] for c in Api.comments] == ["Looks good.", f"{MARKER}\n{words}"]


GH = """\
#!/bin/sh
echo "$@" >> calls
case "$*" in *--paginate*) cat old ;; esac
"""


@pytest.mark.parametrize(("old", "expected"), [("", "issues/7/comments -F body=@comment.md"), ("41\n42\n", "-X PATCH repos/a/b/issues/comments/41")])  # fmt: skip
def test_githubs_own_tool_writes_the_comment_or_replaces_it(
    tmp_path: Path, old: str, expected: str
) -> None:
    found = yaml.safe_load(pipeline("github", "en")[PLACES["github"][0]])
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(stat.S_IRWXU)
    (tmp_path / "old").write_text(old)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "COMMENTS": "repos/a/b/issues", "NUMBER": "7"}  # fmt: skip
    script = found["jobs"]["comment"]["steps"][-1]["run"]
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=tmp_path, env=env, check=True)  # fmt: skip
    assert expected in (tmp_path / "calls").read_text().splitlines()[-1]
