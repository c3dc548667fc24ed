"""What a revision holds: its files, their contents, and the revision written out as a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from planwerk.problems import Problem
from planwerk.repository.log import ESCAPED, KINDS
from planwerk.repository.process import BLOCK, Git, Unreadable, problem

LARGEST = 20_000_000
"""Bytes of a version that are still read."""
ID = (40, 64)
MODULES = ".gitmodules"
Report = Callable[[Problem], None]


class Entry(NamedTuple):
    """A file of a revision: the id of what it holds, and git's mode."""

    blob: str
    mode: str

    @property
    def kind(self) -> str:
        """`file`, `symlink` or `submodule`."""
        return KINDS.get(self.mode, "file")


def files(git: Git, revision: str, above: str, *below: str) -> dict[str, Entry]:
    """The files of a revision (a full id) below these paths of the workspace, by their paths."""
    said = git.run(
        "ls-tree", "-r", "-z", "--full-tree", revision, "--", *(above + path for path in below)
    )
    found = {}
    for line in said.decode("utf-8", ESCAPED).split("\0")[:-1]:
        state, _, path = line.partition("\t")
        mode, _, blob = state.split(" ")
        found[path[len(above) :]] = Entry(blob, mode)
    return found


def blobs(
    git: Git, ids: Iterable[str], report: Report, partial: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The contents of `ids`, in their order. One that is not there is left out, one that is
    larger than `LARGEST` comes empty; both are reported. `partial` repositories lack some."""
    with tempfile.TemporaryFile() as asked:  # through a pipe, each could wait for the other
        for name in _held(git, ids, report) if partial else ids:
            if len(name) in ID:
                asked.write(name.encode() + b"\n")
        asked.seek(0)
        with git.talk("cat-file", "--batch", "--buffer", stdin=asked) as process:
            assert process.stdout
            for head in iter(process.stdout.readline, b""):
                name, *state = head.decode("utf-8", "replace").split()
                if len(state) == 2:
                    yield name, _content(process.stdout, name, int(state[1]), report)
                else:
                    report(problem("version-missing", name))


def _held(git: Git, ids: Iterable[str], report: Report) -> Iterator[str]:
    """Those of `ids` that are here: asked for another one, git would fetch it, or give up."""
    here = set(
        git.lines("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--buffer")
    )
    for name in ids:
        if name.encode() in here:
            yield name
        else:
            report(problem("version-missing", name))


def _content(stdout: IO[bytes], name: str, size: int, report: Report) -> bytes:
    left, content = size + 1, b""  # a line end follows
    if size <= LARGEST:
        content = stdout.read(left)
        left -= len(content)
    else:
        report(problem("version-too-large", name, size=str(size), limit=str(LARGEST)))
        while left and (skipped := len(stdout.read(min(left, BLOCK)))):
            left -= skipped
    if left:
        raise Unreadable(f"git cat-file {name}")
    return content[:-1]


def write(
    git: Git, found: Mapping[str, Entry], into: Path, report: Report, partial: bool = False
) -> None:
    """Write a revision's files into the empty folder `into`, and nothing outside it.

    Links come last and as links, so that no file is written through one; submodules are empty
    folders. A name that no folder can hold is reported and left out.
    """
    safe = {path: entry for path, entry in found.items() if _safe(path, report)}
    wanted: dict[str, list[str]] = {}
    for path, entry in safe.items():
        if entry.kind == "submodule":
            _made(into, path, report, lambda target: target.mkdir())
        elif entry.kind == "file":
            wanted.setdefault(entry.blob, []).append(path)
    for name, content in blobs(git, wanted, report, partial):
        for path in wanted[name]:
            _made(into, path, report, _writer(content))
    links = {path: entry.blob for path, entry in safe.items() if entry.kind == "symlink"}
    held = dict(blobs(git, dict.fromkeys(links.values()), report, partial))
    for path, blob in links.items():
        if target := held.get(blob):
            _made(into, path, report, _linker(target))


def _writer(content: bytes) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with path.open("xb") as file:
            file.write(content)

    return make


def _linker(target: bytes) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(os.fsdecode(target))


def _made(into: Path, path: str, report: Report, make: Callable[[Path], object]) -> None:
    try:
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        make(into / path)
    except (OSError, ValueError) as error:
        found = error.strerror if isinstance(error, OSError) else str(error)
        report(problem("version-not-written", path, reason=found or ""))


def _safe(path: str, report: Report) -> bool:
    """Whether the path leads into the folder; git's own commands make no other, but others can."""
    parts = path.replace("\\", "/").split("/") if os.name == "nt" else path.split("/")
    good = all(p not in ("", ".", "..") and p.lower() != ".git" and ":" not in (p if os.name == "nt" else "") for p in parts)  # fmt: skip
    if not good:
        report(problem("version-not-written", path, reason="name"))
    return good
