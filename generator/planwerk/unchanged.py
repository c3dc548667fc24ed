"""Outputs that a build would only make again: what was made of what, and whether it still is.

An output is made of parts: the pages over all accounts, those of one account for us, those of a
client. Of each part `.planwerk-cache` keeps a digest of all that it was made of, and what tells
the state of its files: names, sizes, times, inodes. No repository can carry those: what somebody
ships is never believed, and a file that a hand touched is made again. Digests of what is internal
stay there; in no output do they tell that something changed.

Nothing here is needed to be right: a missing or broken memory only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planwerk.blocks import Overflow
from planwerk.folders import OVERALL
from planwerk.remembered import FOLDER, SECOND, cache_folder

VERSION = 2
BELOW = ("accounts", "directory")


@dataclass(frozen=True, slots=True)
class Made:
    """A part that was made: the digest of what it was made of, the state of its files, what did not
    fit in it, and the digest of what was looked for in it in vain ("" for a part of ours)."""

    digest: str
    state: str
    overflows: tuple[Overflow, ...] = ()
    asked: str = ""


@dataclass(slots=True)
class Outputs:
    """What is known of the parts in one output folder, and what this build finds out."""

    root: Path
    out: Path
    before: Mapping[str, Made] = field(default_factory=dict)
    same: dict[str, Made] = field(default_factory=dict)
    """The parts, by their folders, that need not be made."""
    new: dict[str, str] = field(default_factory=dict)
    """The digests of those that are made."""
    asked: dict[str, str] = field(default_factory=dict)
    """By parts, the digests of what this build looked for in them in vain."""

    def is_same(self, folder: str, digest: str) -> bool:
        """Whether that part was made of the same, and is still as it was made; either is noted."""
        known = self.before.get(folder)
        if known and known.digest == digest and state(self.out, folder) == known.state:
            self.same[folder] = known
            return True
        self.new[folder] = digest
        return False

    def was_asked(self, folder: str, asked: str) -> bool:
        """Whether a part that stays as it is was looked through for the same before."""
        known = self.before.get(folder)
        same = known is not None and known.asked == asked
        return same and (folder in self.same or known.state == state(self.out, folder))  # type: ignore[union-attr]

    def remember(self, overflows: Mapping[str, tuple[Overflow, ...]]) -> None:
        """Keep what this build made, after it was published, beside what is known of the rest."""
        made = {
            folder: Made(digest, found, overflows.get(folder, ()), self.asked.get(folder, ""))
            for folder, digest in self.new.items()
            if (found := state(self.out, folder))
        }
        rest = {
            n: replace(part, asked=self.asked.get(n, part.asked))
            for n, part in self.before.items()
            if n not in self.new
        }
        _write(self.root, self.out, {**rest, **made})


def known_outputs(root: Path, out: Path) -> Outputs:
    """What earlier builds left in `out`."""
    try:
        rows = json.loads(_path(root, out).read_bytes())
        assert rows["version"] == VERSION
        return Outputs(root, out, {name: _made(row) for name, row in rows["parts"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError):  # fmt: skip
        return Outputs(root, out)


def entries(out: Path, folder: str) -> list[str]:
    """What of `out` has to move that a part moves: its folder, or what of it is no other part."""
    if folder != OVERALL:
        return [folder]
    return sorted(f"{folder}/{name}" for name in os.listdir(out / folder) if name not in BELOW)  # noqa: PTH208


def state(out: Path, folder: str) -> str:
    """What tells the state of a part's files; "" where it cannot be known again."""
    rows: list[tuple[str, int, int, int]] = []
    try:
        top = os.fspath(out / folder)
        for name, about in _below(top, "", BELOW if folder == OVERALL else ()):
            rows.append((name, about.st_mtime_ns, about.st_size, about.st_ino))
    except OSError:
        return ""
    if not any(time % SECOND for _, time, _, _ in rows):  # whole seconds can be guessed
        return ""
    rows.sort()
    return hashlib.sha256(repr(rows).encode(errors="surrogateescape")).hexdigest()


def _below(
    path: str, above: str, without: tuple[str, ...] = ()
) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a path, links as links."""
    with os.scandir(path) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in without:
                    yield from _below(entry.path, f"{above}{entry.name}/")
            else:
                yield above + entry.name, entry.stat(follow_symlinks=False)


def _path(root: Path, out: Path) -> Path:
    """Where the memory of an output folder lies."""
    name = hashlib.sha256(os.fsencode(os.path.relpath(out, root))).hexdigest()[:16]
    return root / FOLDER / f"build-{name}.json"


def _write(root: Path, out: Path, parts: Mapping[str, Made]) -> None:
    rows = {name: [p.digest, p.state, [[o.origin, o.words, o.limit, dict(o.facts)] for o in p.overflows], p.asked] for name, p in sorted(parts.items())}  # fmt: skip
    try:
        if cache_folder(root) is None:
            return
        path = _path(root, out)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        with fresh.open("x", encoding="utf-8") as file:  # never through a link
            json.dump({"version": VERSION, "parts": rows}, file)
        fresh.replace(path)
    except OSError:  # a read-only folder: what is not remembered is made again
        return


def _made(row: Any) -> Made:
    digest, found, overflows, asked = row
    unfit = [Overflow(str(origin), str(words), str(limit), dict(facts)) for origin, words, limit, facts in overflows]  # fmt: skip
    return Made(str(digest), str(found), tuple(unfit), str(asked))
