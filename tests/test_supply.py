"""The supply chain: workflows without weaknesses, pinned packages, a bill of materials that fits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

import workflows
from conftest import ROOT
from planwerk.scaffold.pipeline import PLACES, pipeline

LOCKS = ("run", "dev", "audit")
BAD = """\
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: echo "${{ github.event.pull_request.title }}"
"""
PLANTED = {"dangerous-triggers", "template-injection", "unpinned-uses", "excessive-permissions", "artipacked"}  # fmt: skip


@pytest.fixture
def zizmor() -> None:
    if not workflows.program():
        pytest.skip("zizmor is not installed: pip install -r requirements/dev.txt")


@pytest.mark.usefixtures("zizmor")
def test_no_finding_in_any_workflow(tmp_path: Path) -> None:
    names = workflows.gathered(tmp_path)
    assert {"ours/.github/workflows/plans.yml", "ours/.github/workflows/supply.yml", "ours/.github/dependabot.yml", "github/.github/workflows/plans.yml"} <= set(names)  # fmt: skip
    assert workflows.look(tmp_path, names) == workflows.Looked([], [])


@pytest.mark.usefixtures("zizmor")
def test_a_planted_weakness_and_a_file_that_cannot_be_read_are_found(tmp_path: Path) -> None:
    names = workflows.gathered(tmp_path)
    bad, broken = (names[-1].rpartition("/")[0] + f"/{name}.yml" for name in ("bad", "broken"))
    (tmp_path / bad).write_text(BAD, "utf-8")
    (tmp_path / broken).write_text("jobs: [\n", "utf-8")
    looked = workflows.look(tmp_path, [*names, bad, broken])
    assert looked.unread == [broken]
    assert {one.partition(": ")[2] for one in looked.findings if one.startswith(bad)} >= PLANTED
    assert all(one.startswith(bad) for one in looked.findings)


@pytest.mark.usefixtures("zizmor")
def test_what_is_renewed_without_delay_is_found(tmp_path: Path) -> None:
    name = "ours/.github/dependabot.yml"
    workflows.gathered(tmp_path)
    words = re.sub(r" +cooldown:\n +default-days: 7\n", "", (tmp_path / name).read_text("utf-8"))
    (tmp_path / name).write_text(words, "utf-8")
    assert set(workflows.look(tmp_path, [name]).findings) == {f"{name}: dependabot-cooldown"}


def test_no_proposal_leaves_an_output_behind() -> None:
    for host in ("github", "gitea"):
        jobs = yaml.safe_load(pipeline(host, "en")[PLACES[host][0]])["jobs"]
        kept = [step for job in jobs.values() for step in job["steps"] if "upload-artifact" in step.get("uses", "")]  # fmt: skip
        assert {step["with"]["path"] for step in kept} <= {"build/", "comment.md"}
        for step in kept:
            if step["with"]["path"] == "build/":
                assert step["if"] == "${{ github.event_name == 'push' && github.event.repository.private }}"  # fmt: skip
    gitlab = yaml.safe_load(pipeline("gitlab", "en")[PLACES["gitlab"][0]])
    for name, job in gitlab.items():
        paths = job.get("artifacts", {}).get("paths", ()) if isinstance(job, dict) else ()
        if any(path.startswith("build") for path in paths):
            assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}], name
            assert job["artifacts"]["access"] == "developer"


def test_what_is_pinned_is_looked_at_each_week_and_for_each_proposal() -> None:
    found = yaml.safe_load((ROOT / ".github/workflows/supply.yml").read_text("utf-8"))
    assert {"schedule", "pull_request"} <= set(found[True])  # `on` is true in YAML
    scripts = {step["run"] for job in found["jobs"].values() for step in job["steps"] if "run" in step}  # fmt: skip
    assert scripts == {"make audit", "make workflows ONLINE=--online"}
    made = (ROOT / "Makefile").read_text("utf-8")
    audit = re.search(r"\naudit:.*?\n\n", made, re.S)
    assert audit
    assert "for lock in run dev audit; do" in audit[0]
    assert "pip-audit --strict" in audit[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_by_digest(lock: str) -> None:
    found = sbom().pinned((ROOT / f"requirements/{lock}.txt").read_text("utf-8"))
    assert len(found) > 20
    assert [one.name for one in found if not one.digests or not one.asked_by] == []
    asked = re.findall(r"pip install.*-r requirements/(\w+)\.txt", (ROOT / "Makefile").read_text("utf-8"))  # fmt: skip
    assert set(asked) == {"dev", "audit"}
    for line in re.findall(r"pip install.*-r requirements.*", (ROOT / "Makefile").read_text("utf-8")):  # fmt: skip
        assert "--require-hashes --no-deps" in line


def test_a_package_of_other_bytes_is_not_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "sample-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        about = "sample-1.0.dist-info"
        package.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n")
        package.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n")  # fmt: skip
        package.writestr(f"{about}/RECORD", "")
    (tmp_path / "lock.txt").write_text(f"sample==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "--isolated", "install", "--require-hashes", "--no-deps", "--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "into"), "-r", str(tmp_path / "lock.txt")]  # fmt: skip
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings)
    assert done.returncode != 0
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "into").exists()


# --- the bill of materials ---------------------------------------------------------------------


def sbom():  # type: ignore[no-untyped-def]
    """The program beside the locks."""
    sys.path.insert(0, str(ROOT / "requirements"))
    try:
        import sbom as found
    finally:
        sys.path.pop(0)
    return found


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    made = subprocess.run([sys.executable, ROOT / "requirements/sbom.py"], capture_output=True, check=True, cwd="/").stdout  # fmt: skip
    assert made == (ROOT / "requirements/sbom.cdx.json").read_bytes(), "run make lock"
    bill = json.loads(made)
    lock = (ROOT / "requirements/run.txt").read_text("utf-8")
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    names = [f"{one['name']}=={one['version']}" for one in bill["components"]]
    assert names == re.findall(r"^([\w.-]+==[^\s;]+)", lock, re.M)
    digests = [d["content"] for one in bill["components"] for d in one["externalReferences"][0]["hashes"]]  # fmt: skip
    assert digests == re.findall(r"sha256:([0-9a-f]{64})", lock)
    refs = {one["ref"] for one in bill["dependencies"]}
    assert {on for one in bill["dependencies"] for on in one["dependsOn"]} < refs
    needed = {on for one in bill["dependencies"] for on in one["dependsOn"]}
    assert refs - needed == {bill["metadata"]["component"]["bom-ref"]}


def test_a_line_that_is_no_requirement_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="git"):
        sbom().pinned("a==1\n    # via b\nc @ git+https://x.example\n")
    one, two = sbom().pinned("a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n    # via\n    #   b\n    #   viable (x.toml)\nb==2\n")  # fmt: skip
    assert (one.marker, one.asked_by, len(one.digests)) == ("sys_platform == 'win32'", ("b", "viable"), 1)  # fmt: skip
    assert two.version == "2"
