"""The commands from outside: what a person sees, and the exit codes."""

from __future__ import annotations

import errno
import gc
import json
import multiprocessing
import os
import pickle
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ACCOUNT, PLAN, ROOT, Write
from planwerk import worker
from planwerk.build import fail_if_failed
from planwerk.jobs import Done, Job
from planwerk.problems import Refusal
from planwerk.publish import output_folder

PLANWERK = [sys.executable, "-m", "planwerk"]


def run(*words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        **os.environ,
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "",
        "PYTHONIOENCODING": "utf-8",
        **more,
    }
    return subprocess.run(
        [*PLANWERK, *words], cwd=cwd, env=surroundings, capture_output=True, text=True
    )


def test_version(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert done.stdout.startswith("planwerk ")


def test_check_points_at_the_mistake(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/plan.md": PLAN.replace("target: 40", "target: 180.000")})
    done = run("check", cwd=root)
    assert done.returncode == 1
    assert "plans/nordwind/2026-h2/plan.md:13:13" in done.stdout
    assert "^^^^^^^" in done.stdout
    assert "Schreiben Sie 180000" in done.stdout
    assert "1 Kunde, 3 Dateien geprüft: 1 Fehler, 0 Warnungen." in done.stdout


def test_check_speaks_json_and_github(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("owner", "ownr")})
    report = json.loads(run("check", "--format", "json", cwd=root).stdout)
    assert {p["rule"] for p in report["problems"]} == {"unknown-key", "missing-key"}
    github = run("--lang", "en", "check", "--format", "github", cwd=root).stdout
    assert "::error file=plans/nordwind/account.md,line=4,col=1" in github


def test_strict_makes_warnings_errors(workspace: Write) -> None:
    root = workspace({"nordwind/notes.txt": "x"})
    assert run("check", cwd=root).returncode == 0
    assert run("check", "--strict", cwd=root).returncode == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(("check",), 2), (("build",), 2), (("build", "--as-of", "morgen"), 2), (("explain", "nonsense"), 2), (("frobnicate",), 2)],
)  # fmt: skip
def test_wrong_use_is_told_without_a_traceback(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == code
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.strip()


def test_a_path_that_is_not_there_is_not_all_well(workspace: Write) -> None:
    assert run("check", "plans/nordwnd", cwd=workspace()).returncode == 2


def test_explain_lists_and_explains(tmp_path: Path) -> None:
    assert "never-shared" in run("explain", cwd=tmp_path).stdout
    page = run("explain", "never-shared", cwd=tmp_path).stdout
    assert "Falsch:" in page
    assert "Richtig:" in page


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(tmp_path: Path, shell: str) -> None:
    assert "_PLANWERK_COMPLETE" in run("completion", shell, cwd=tmp_path).stdout


def test_the_shell_offers_the_names_of_rules(tmp_path: Path) -> None:
    asked = {"_PLANWERK_COMPLETE": "bash_complete", "COMP_WORDS": "planwerk explain kpi-", "COMP_CWORD": "2"}  # fmt: skip
    assert "plain,kpi-without-target" in run(cwd=tmp_path, **asked).stdout


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_new_workspace_checks_and_builds(tmp_path: Path, language: str) -> None:
    assert run("--lang", language, "init", "ws", cwd=tmp_path).returncode == 0
    root = tmp_path / "ws"
    assert run("check", cwd=root).returncode == 0
    found = json.loads(run("check", "--strict", "--format", "json", cwd=root).stdout)
    rules = {problem["rule"] for problem in found["problems"]}
    assert rules == {"hint-left", "page-unfinished"}
    for page in (root / "site").iterdir():
        page.write_text(page.read_text("utf-8").replace("TODO", "42"), "utf-8")
    done = run("build", "--as-of", "2026-06-30", cwd=root)
    assert done.returncode == 0, done.stderr
    assert (root / "build/internal/index.html").exists()
    assert len(list((root / "build/clients").iterdir())) == 1
    assert run("init", ".", cwd=root).returncode == 2


def test_an_error_stops_its_account_and_leaves_the_others(workspace: Write) -> None:
    good = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1)
    good = good.replace("baseline: 31", "baseline: 31\n    share: client")
    root = workspace(
        {"nordwind/2026-h2/plan.md": good, "kaputt/account.md": "---\nname: {x}\n---\n"}
    )
    done = run("build", cwd=root)
    assert done.returncode == 1
    assert "braces" in done.stdout
    assert (root / "build/clients/nordwind/index.html").exists()
    assert not (root / "build/internal/accounts/kaputt").exists()


def test_what_an_error_stops_stays_as_it_was_before(workspace: Write) -> None:
    shared = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1)
    shared = shared.replace("baseline: 31", "baseline: 31\n    share: client")
    root = workspace({"nordwind/2026-h2/plan.md": shared, "zwei/account.md": ACCOUNT})
    assert run("build", cwd=root).returncode == 0
    before = tree(root / "build/clients/nordwind")
    inside = tree(root / "build/internal/accounts/nordwind")
    path = root / "plans/nordwind/2026-h2/plan.md"
    path.write_text(shared.replace("target: 40", "target: 180.000"), "utf-8")
    for _ in range(2):
        done = run("build", "--as-of", "2026-11-24", cwd=root)
        assert done.returncode == 1
        assert "nordwind: die frühere Ausgabe bleibt" in done.stderr
        assert tree(root / "build/clients/nordwind") == before
        assert tree(root / "build/internal/accounts/nordwind") == inside
    assert (root / "build/internal/accounts/zwei/index.html").exists()


def test_foreign_files_in_the_output_stay(workspace: Write) -> None:
    root = workspace()
    (root / "build").mkdir()
    (root / "build/mine.txt").write_text("mine", "utf-8")
    done = run("build", cwd=root)
    assert done.returncode == 2
    assert "mine.txt" in done.stderr
    assert (root / "build/mine.txt").read_text("utf-8") == "mine"


def test_a_missing_brand_is_wrong_use(workspace: Write) -> None:
    done = run("build", "--brand", "nobody", cwd=workspace())
    assert done.returncode == 2
    assert "missing-brand" in done.stderr


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(job: Job) -> list[object]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(worker, "do", full)
    job = Job("account", b"", (), tmp_path, (), None, "planwerk", "mkdocs")
    ours, theirs = multiprocessing.Pipe()
    ours.send_bytes(pickle.dumps(job))
    worker.serve(theirs)
    gc.enable()
    done = Done(job, *pickle.loads(ours.recv_bytes()))
    with pytest.raises(Refusal) as refusal, output_folder(tmp_path / "build", tmp_path):
        fail_if_failed(done)
    assert refusal.value.code == 6
    assert not (tmp_path / "build").exists()


DYING = """
import sys
from planwerk import cli, jobs

def preload(pool, formats, start=jobs.Pool.__init__):
    start(pool, formats)
    pool.context.set_forkserver_preload(["dying"])

jobs.Pool.__init__ = preload
sys.argv[1:] = ["build"]
cli.main()
"""


def test_a_rendering_server_that_dies_is_our_bug(workspace: Write, tmp_path: Path) -> None:
    root = workspace()
    (tmp_path / "dying.py").write_text("import os\nos._exit(9)\n", "utf-8")
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", DYING], cwd=root, env=surroundings, capture_output=True, text=True
    )
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert "server" in Path(re.findall(r"\S+planwerk-\S+\.txt", done.stderr)[0]).read_text("utf-8")
    assert not (root / "build").exists()


def test_what_went_wrong_while_warming_up_is_told_by_the_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(worker, "BROKEN", None)
    worker.begin(fail)
    monkeypatch.setattr(gc, "disable", lambda: None)
    ours, theirs = multiprocessing.Pipe()
    ours.send_bytes(b"a job")
    worker.serve(theirs)
    overflows, failure, refused, files = pickle.loads(ours.recv_bytes())
    assert (overflows, refused, files) == ((), errno.ENOSPC, ())
    assert "in fail" in failure


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_the_examples_build_the_same_under_other_circumstances(tmp_path: Path) -> None:
    for name, zone, seed in (("one", "Asia/Tokyo", "1"), ("two", "America/New_York", "2")):
        shutil.copytree(ROOT / "plans", tmp_path / name / "plans")
        done = run("build", cwd=tmp_path / name, TZ=zone, PYTHONHASHSEED=seed, LC_ALL="C.UTF-8")
        assert done.returncode == 0, done.stderr
    one, two = tree(tmp_path / "one/build"), tree(tmp_path / "two/build")
    assert list(one) == list(two)
    assert [name for name in one if one[name] != two[name]] == []
    manifest = json.loads(one["manifest.json"])
    assert set(manifest["files"]) == set(one) - {"manifest.json"}
    assert not any("alpenfracht" in name for name in one if name.startswith("clients/"))


@pytest.mark.wheel
def test_an_installed_wheel_builds(tmp_path: Path) -> None:
    """themes/, site/ and plans/ ship in the wheel: it works without a checkout."""
    from hatchling.build import build_wheel

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = tmp_path / build_wheel(str(tmp_path))
    finally:
        os.chdir(before)
    target = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(target)
    (tmp_path / "ws").mkdir()
    for words in (
        ("--lang", "en", "init", "."),
        ("build", "--as-of", "2026-06-30", "--audience", "internal"),
        ("init", "demo", "--demo"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "planwerk", *words],
            cwd=tmp_path / "ws",
            env={**os.environ, "PYTHONPATH": str(target)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    code = "import planwerk; print(planwerk.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
    )
    assert str(target) in found.stdout
    assert (tmp_path / "ws/build/internal/index.html").exists()
    for path in (*(ROOT / "plans").rglob("*.*"), *(ROOT / "site").iterdir()):
        assert (tmp_path / "ws/demo" / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_a_rule_that_does_not_exist_is_wrong_use(examples: Path) -> None:
    done = run("--lang", "en", "check", "--rule", "too-many-gaols", cwd=examples)
    assert done.returncode == 2
    assert "too-many-goals" in done.stderr


def test_a_mapping_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    done = run(
        "--lang", "en", "import", "crm", ".", "--mapping", "nope", "--into", "x", cwd=tmp_path
    )
    assert done.returncode == 2
    assert not (tmp_path / "x").exists()
