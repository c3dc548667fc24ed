"""Writing into people's files: whole or not at all, never over what somebody changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planwerk.problems import Refusal
from planwerk.text.write import replace_file, replace_if_same

NAME = "plans/a.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(b"old\n")
    path.chmod(0o640)
    return path


def test_a_file_is_replaced_and_keeps_its_mode(file: Path) -> None:
    assert replace_if_same(file, b"old\n", b"new\n", NAME) is None
    assert file.read_bytes() == b"new\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in file.parent.iterdir()] == ["a.md"]


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path) -> None:
    file.write_bytes(b"somebody's\n")
    problem = replace_if_same(file, b"old\n", b"new\n", NAME)
    assert problem is not None
    assert (problem.rule, str(problem.place.path)) == ("changed-meanwhile", NAME)
    assert file.read_bytes() == b"somebody's\n"
    file.unlink()
    problem = replace_if_same(file, b"old\n", b"new\n", NAME)
    assert problem is not None
    assert problem.rule == "changed-meanwhile"
    assert not file.exists()


def test_links_are_refused(file: Path) -> None:
    link = file.with_name("link.md")
    link.symlink_to(file)
    problem = replace_if_same(link, b"old\n", b"new\n", NAME)
    assert problem is not None
    assert problem.rule == "symlink"
    folder = file.parent / "folder"
    folder.symlink_to(file.parent)
    problem = replace_if_same(folder / "a.md", b"old\n", b"new\n", NAME)
    assert problem is not None
    assert problem.rule == "symlink"
    assert file.read_bytes() == b"old\n"


@pytest.mark.parametrize("call", ["replace", "fsync", "fdopen"])
def test_a_failing_disk_leaves_the_old_file_and_nothing_beside_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*words: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(Refusal) as refusal:
        replace_if_same(file, b"old\n", b"new\n", NAME)
    assert refusal.value.code == 6
    assert refusal.value.problems[0].rule == "cannot-write"
    assert file.read_bytes() == b"old\n"
    assert [p.name for p in file.parent.iterdir()] == ["a.md"]


def test_a_process_that_dies_between_write_and_replace_leaves_the_old_file(file: Path) -> None:
    child = os.fork()
    if not child:
        os.replace = lambda *words, **more: os._exit(9)  # type: ignore[assignment]
        replace_file(file, b"new\n", NAME)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert file.read_bytes() == b"old\n"
    assert all(p == file or p.name.startswith(".") for p in file.parent.iterdir())


def test_a_new_file_gets_the_mode_of_its_surroundings(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "b.md", b"new\n", "b.md")
    finally:
        os.umask(before)
    assert (tmp_path / "b.md").stat().st_mode & 0o777 == 0o640
