"""The parts of the output, each made when it is asked for, by the same jobs as a build's.

When plans change, the pages come first; Office files, which nobody looks at while writing, are
made after the page is shown. Until then the pages link to those that were there before.
"""

from __future__ import annotations

import gc
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from planwerk.build import fail_if_failed
from planwerk.folders import OVERALL, owner
from planwerk.jobs import Pool
from planwerk.options import Options
from planwerk.parts import SHARED, Part, jobs, parts
from planwerk.publish import names_below
from planwerk.serving.state import State

PAGES = ("portal",)


@dataclass(frozen=True, slots=True)
class Ready:
    """A part that was made: the digests of what makes the same, where its files lie by name, and
    the number of its pages, which is another one when any of them is."""

    digests: frozenset[str]
    number: int
    files: dict[str, Path]


@dataclass(slots=True)
class Making:
    """What was made, below `work`, a folder of our own that is gone when serving ends."""

    state: State
    options: Options
    pool: Pool
    work: Path
    ready: dict[str, Ready] = field(default_factory=dict)
    _digest: str = ""
    _count: int = 0

    def part(self, folder: str, whole: bool = True) -> bool:
        """Bring the part in that folder of the output up to date with the plans; whether there is
        such a part. Unless `whole`, only its pages, where it was there before."""
        old = self.ready.get(folder)
        pages = old is not None and not whole
        options = replace(self.options, formats=PAGES) if pages else self.options
        found = self._find(folder, options)
        if not found or self.state.unfit:
            return bool(found) and old is not None
        before = [f"{folder}/{name}" for name in old.files] if old and pages else []
        self._count += 1
        place = self.work / str(self._count)
        for done in self.pool.run(jobs(found, self, options, place, before, self.state.memory)):
            if done.failure and self.state.brand_moved():
                return old is not None  # it was half written; the next look makes it anew
            fail_if_failed(done)
            shutil.rmtree(place / SHARED, ignore_errors=True)
            self.ready[folder] = self._made(old, place / folder, pages)
            self._tidy()
        if old is None:  # what is known now stays: whoever looks for garbage need not look there
            gc.freeze()
        return True

    def is_same(self, folder: str, digest: str) -> bool:
        """Whether that part was made of the same."""
        self._digest = digest
        return folder in self.ready and digest in self.ready[folder].digests

    def _find(self, folder: str, options: Options) -> list[Part]:
        state = self.state
        if state.portfolio is None:
            return []
        if folder != OVERALL:  # of a thousand accounts, look at one
            options = replace(options, accounts=(owner(folder)[1],))
        wanted = parts(state.portfolio, state.known, options, memory=state.memory)
        return [part for part in wanted if part.folder == folder]

    def _made(self, old: Ready | None, here: Path, pages: bool) -> Ready:
        """The part with the files that lie there now; Office files of before where only pages are."""
        files = {name: here / name for name in names_below(here)}
        same = old is not None and _pages(old.files) == _pages(files)
        digests, number = {self._digest}, self._count
        if old is not None and same:
            digests, number = digests | old.digests, old.number
        if old is not None and pages:
            digests &= {self._digest}  # what else made it had other Office files
            files = {**{n: p for n, p in old.files.items() if n.startswith("downloads/")}, **files}
        return Ready(frozenset(digests), number, files)

    def _tidy(self) -> None:
        """Nothing stays of what is not shown any more."""
        used = {path.relative_to(self.work).parts[0] for ready in self.ready.values() for path in ready.files.values()}  # fmt: skip
        for path in self.work.iterdir():
            if path.name not in used:
                shutil.rmtree(path, ignore_errors=True)


def _pages(files: dict[str, Path]) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in files.items() if name.endswith(".html")}
