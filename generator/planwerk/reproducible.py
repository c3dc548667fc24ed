"""Whether the same plans give the same bytes: built twice, under other circumstances, and compared."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from planwerk.problems import refuse
from planwerk.publish import MANIFEST, names_below

OTHER: Mapping[str, str] = {
    "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711",
    "USER": "somebody", "LOGNAME": "somebody", "HOSTNAME": "elsewhere", "SOURCE_DATE_EPOCH": "1",
}  # fmt: skip
"""What is otherwise around the second build; its files are readable by their owner alone, too, and it
is started from another folder."""
Run = Callable[[Sequence[str], Mapping[str, str], Path], int]
"""Starts the program with words, surroundings and a folder; its exit code."""


def check(root: Path, words: Sequence[str], run: Run | None = None) -> tuple[int, str]:
    """Build the workspace at `root` twice with these `words` after `build`, in folders that are gone
    afterwards; how many files came out, and of which day.

    Refuses with the exit code of a build that fails, and with 3, naming the first file and the part of
    it, where the two differ. Nothing is published.
    """
    run = run or _run
    with tempfile.TemporaryDirectory(prefix="planwerk-") as folder:
        one, two = Path(folder) / "one", Path(folder) / "two"
        day: list[str] = []
        for out, around in ((one, dict(os.environ)), (two, {**os.environ, **OTHER})):
            said = ["-q", "-C", str(root.absolute()), "build", *words, *day, "--no-cache", "--out", str(out)]  # fmt: skip
            code = run(said, around, root if out is one else Path(folder))
            if code not in (0, 1) or not (out / MANIFEST).is_file():
                raise refuse("build-not-compared", str(root), max(code, 1))
            day = ["--as-of", json.loads((out / MANIFEST).read_text("utf-8"))["as_of"]]
        if difference := first_difference(one, two):
            file, part = difference
            raise refuse("build-differs", file, 3, found=part or file)
        return len(names_below(one)), day[1]


def _run(words: Sequence[str], around: Mapping[str, str], folder: Path) -> int:
    """Start this program anew."""
    command = [sys.executable, "-m", "planwerk", *words]
    strict = 0o077 if around.get("USER") == OTHER["USER"] else -1
    return subprocess.run(command, env=dict(around), cwd=folder, umask=strict, stdout=subprocess.DEVNULL, check=False).returncode  # fmt: skip


def first_difference(one: Path, two: Path) -> tuple[str, str] | None:
    """The first file that is not the same in both folders, and where it is a package, the first part;
    None where all are."""
    for name in sorted({*names_below(one), *names_below(two)}):
        left, right = (_bytes(folder / name) for folder in (one, two))
        if left != right:
            return name, _part(left, right)
    return None


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _part(left: bytes, right: bytes) -> str:
    """The first part that differs between two packages; "" where they are none, or all parts are the
    same and only what is around them is not."""
    found = []
    for raw in (left, right):
        if not raw.startswith(b"PK"):
            return ""
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            found.append({name: package.read(name) for name in package.namelist()})
    one, two = found
    return next((n for n in sorted({*one, *two}) if one.get(n) != two.get(n)), "")
