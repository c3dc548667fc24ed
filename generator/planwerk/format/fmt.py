"""`planwerk fmt`: the files of a workspace in canonical form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planwerk.format.files import PlanFile, plan_files
from planwerk.format.form import formed
from planwerk.problems import Place, Problem, Refusal
from planwerk.text.write import replace_if_same

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Rewritten:
    """What became of the files: the names of those rewritten (or to be), how many stayed."""

    names: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    mended: int = 0
    """How many findings were mended on the way."""
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The text before and after, by file; only where it was asked for."""


def fmt(
    root: Path, paths: Sequence[Path] = (), write: bool = True, progress: Progress | None = None
) -> Rewritten:
    """Bring the files below `root/plans` (or those of `paths`) into canonical form.

    What cannot be read is left alone, and its problems are among those that come back.
    """
    files, problems = plan_files(root, paths)
    out = Rewritten(problems=problems)
    for number, file in enumerate(files):
        if progress:
            progress("formatting", number, len(files))
        raw = read_bytes(file)
        text = formed(file.name, raw, file.kind)
        if isinstance(text, str):
            put(file, raw, text, write, out)
        else:
            out.problems += text
            out.unchanged += 1
    return out


def put(file: PlanFile, raw: bytes, text: str, write: bool, out: Rewritten) -> bool:
    """Write the text of a file where it differs; whether it did, and nothing stood against it."""
    new = text.encode("utf-8")
    problem = None
    if new != raw and write:
        problem = replace_if_same(file.path, raw, new, str(file.name))
    if problem:
        out.problems.append(problem)
    if new == raw or problem:
        out.unchanged += 1
        return False
    out.names.append(str(file.name))
    return True


def read_bytes(file: PlanFile) -> bytes:
    """What the file holds; refuses (exit code 6) where the disk says no."""
    try:
        return file.path.read_bytes()
    except OSError as error:
        facts = {"found": error.strerror or ""}
        raise Refusal([Problem("unreadable-file", Place(file.name), facts=facts)], 6) from None
