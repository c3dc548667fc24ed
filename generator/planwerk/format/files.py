"""The files of a workspace that have a form: where they lie, and what each is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planwerk.model.discovery import Questions
from planwerk.model.logs import Training
from planwerk.model.meeting import Meeting
from planwerk.model.pictured import MEETINGS
from planwerk.model.record import Record
from planwerk.model.workspace import Workspace
from planwerk.problems import Place, Problem, refuse
from planwerk.read import FRONT_MATTER, PERIOD, SHARED_FOLDERS, TABLES

AT_THE_TOP: dict[str, type[Record]] = {
    "workspace.yml": Workspace,
    "questions.md": Questions,
    "training.csv": Training,
}
FILES = {**FRONT_MATTER, **TABLES}


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file: where it is, its name below the workspace, and the record it holds."""

    path: Path
    name: PurePosixPath
    kind: type[Record]

    @property
    def is_table(self) -> bool:
        """Whether it is a table; else it has front matter."""
        return self.name.suffix == ".csv"


def kind_of(name: PurePosixPath) -> type[Record] | None:
    """What the file of that name (from `plans/` on) holds; None if it has no form of its own."""
    below = name.parts[1:]
    if len(below) == 1:
        return AT_THE_TOP.get(below[0])
    if len(below) == 2 and below[0] in SHARED_FOLDERS:
        return SHARED_FOLDERS[below[0]] if name.suffix == ".md" else None
    if len(below) == 2:
        return FILES.get(below[1])
    if len(below) == 3 and below[1] == MEETINGS:
        return Meeting if name.suffix == ".md" else None
    return PERIOD.get(below[2]) if len(below) == 3 else None


def plan_files(root: Path, paths: Sequence[Path] = ()) -> tuple[list[PlanFile], list[Problem]]:
    """The files below `root/plans` in their order, and the links among them, which are refused.

    `paths` narrow them to those files and folders. Refuses (exit code 2) where there are no
    plans.
    """
    plans = root / "plans"
    if not plans.is_dir():
        raise refuse("no-workspace", str(root), found=str(root))
    if plans.is_symlink():
        raise refuse("symlink", "plans")
    wanted = [path.resolve() for path in paths]
    files, problems = [], []
    for entry in _entries(plans):
        path = Path(entry)
        if wanted and not _among(path, wanted):
            continue
        name = PurePosixPath(path.relative_to(root).as_posix())
        if path.is_symlink():
            problems.append(Problem("symlink", Place(name)))
        elif kind := kind_of(name):
            files.append(PlanFile(path, name, kind))
    return files, problems


def _entries(folder: os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
    """The files and links below a folder; what is hidden and what links lead to is left out."""
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() or entry.is_file():
            yield entry
        elif entry.is_dir():
            yield from _entries(entry)


def _among(path: Path, wanted: Sequence[Path]) -> bool:
    here = path.parent.resolve() / path.name
    return any(here == w or w in here.parents for w in wanted)
