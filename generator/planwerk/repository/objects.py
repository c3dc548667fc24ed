"""What a revision holds: its files, their contents, and the revision written out as a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from planwerk.repository.contents import Contents, Report
from planwerk.repository.log import ESCAPED, KINDS
from planwerk.repository.process import Git, problem

MODULES = ".gitmodules"


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


def same(git: Git, above: str, files: Mapping[str, str], revision: str) -> set[str]:
    """Those of `files` (by path in the workspace a commit's full id) that hold the same at their
    commit as at `revision` (a full id): one git says it of all."""
    names = [name for name in files if "\n" not in name]
    asked = "".join(f"{c}:{above}{n}\n" for n in names for c in (files[n], revision))
    said = git.run("cat-file", "--batch-check=%(objectname)", said=asked.encode("utf-8", ESCAPED))
    ids = said.decode("ascii", "replace").split("\n")[:-1]
    pairs = zip(names, ids[::2], ids[1::2], strict=True)
    return {name for name, one, other in pairs if one == other and "missing" not in one}


def blobs(
    git: Git, ids: Iterable[str], report: Report, partial: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The contents of `ids`, in their order. One that is not there is left out, one that is
    larger than `LARGEST` comes empty; both are reported. `partial` repositories lack some."""
    with Contents(git, report, partial) as contents:
        yield from contents.of(ids)


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
