"""`build --check-reproducible`: two builds under other circumstances, byte by byte."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from conftest import Write
from planwerk.problems import Refusal
from planwerk.reproducible import OTHER, check, first_difference
from test_command import run


def package(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, words in parts.items():
            made.writestr(zipfile.ZipInfo(f"{name}.xml"), words)


def stand_in(second: Mapping[str, str], code: int = 0):  # type: ignore[no-untyped-def]
    """A program that writes a page and a document; the second time what is said here instead."""
    calls: list[tuple[list[str], dict[str, str], Path]] = []

    def started(words: Sequence[str], around: Mapping[str, str], folder: Path) -> int:
        words = list(words)
        out = Path(words[words.index("--out") + 1])
        out.mkdir()
        said = {"page": "<p>eins</p>", "document": "zwei", **(second if calls else {})}
        calls.append((words, dict(around), folder))
        (out / "index.html").write_text(said["page"], "utf-8")
        package(out / "plan.docx", document=said["document"], styles="drei")
        (out / "manifest.json").write_text(json.dumps({"as_of": "2026-11-23"}), "utf-8")
        return code

    return started, calls


def test_the_same_bytes_are_the_same_and_the_second_build_has_other_circumstances(
    tmp_path: Path,
) -> None:
    started, calls = stand_in({})
    assert check(tmp_path, ["portal"], started) == (3, "2026-11-23")
    (first, around, here), (second, elsewhere, there) = calls
    assert "--as-of" not in first and second[second.index("--as-of") + 1] == "2026-11-23"
    assert {name: elsewhere[name] for name in OTHER} == dict(OTHER)
    assert around.get("TZ") != elsewhere["TZ"] and here != there


@pytest.mark.parametrize(
    ("planted", "file", "part"),
    [
        ({"page": "<p>eins </p>"}, "index.html", "index.html"),
        ({"document": "zwei!"}, "plan.docx", "document.xml"),
    ],
)
def test_one_byte_is_found_with_its_file_and_part(
    tmp_path: Path, planted: Mapping[str, str], file: str, part: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        check(tmp_path, [], stand_in(planted)[0])
    (problem,) = refusal.value.problems
    assert (refusal.value.code, problem.rule) == (3, "build-differs")
    assert (str(problem.place.path), problem.facts["found"]) == (file, part)


def test_a_build_that_fails_is_not_called_the_same(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        check(tmp_path, [], stand_in({}, 3)[0])
    assert (refusal.value.code, refusal.value.problems[0].rule) == (3, "build-not-compared")


def test_a_file_that_is_missing_once_is_a_difference(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "more.txt").write_text("x", "utf-8")
    assert first_difference(tmp_path / "one", tmp_path / "two") == ("more.txt", "")


def test_a_workspace_is_built_twice_and_nothing_is_published(workspace: Write) -> None:
    root = workspace()
    done = run("--lang", "en", "build", "portal", "word", "--check-reproducible", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "twice the same" in done.stdout
    assert not (root / "build").exists()
