"""Two worlds that differ only in what one client may not see, built as anybody builds them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import planwerk.build as flow
from gate.sight import Key
from gate.worlds import DAY, Plot, World, plot
from planwerk.jobs import Pool
from planwerk.options import FORMATS, Options
from planwerk.problems import Severity, leaks
from planwerk.publish import AUDIENCE

OPTIONS = Options(formats=FORMATS, audience="client", as_of=DAY, remember=False)


@dataclass
class Pair:
    """What came of a pair: where it differs ("" for nowhere), how many files, what was changed."""

    number: int
    mine: str
    difference: str
    files: int
    touched: set[Key]


@contextmanager
def one_server() -> Iterator[None]:
    """All builds within have one rendering server: it is started once, as it holds no plan."""
    pools: list[Pool] = []

    def started(formats: object) -> Pool:
        pools[:] = pools or [Pool(FORMATS)]
        return pools[0]

    with mock.patch.object(flow, "Pool", started), mock.patch.object(Pool, "stop", lambda _: None):
        yield
    for pool in pools:
        pool.stop()


def pair(number: int, work: Path, whole: bool = False) -> Pair:
    """The pair of that number, in folders below `work` which are gone afterwards.

    `whole` makes our own outputs and all clients', else those of this client alone."""
    told = plot(number)
    touched: set[Key] = set()
    made = [built(told, world.root, whole) for world in told_twice(told, work, touched)]
    found = difference(*made)
    count = sum(p.is_file() for p in made[0].rglob("*"))
    if not found:
        for name in ("a", "b"):
            shutil.rmtree(work / f"{number}-{name}")
    return Pair(number, told.mine, found, count, touched)


def told_twice(told: Plot, work: Path, touched: set[Key]) -> tuple[World, World]:
    """Both worlds of a plot, written; what was changed is added to `touched`."""
    one, other = (World(told, name, work / f"{told.number}-{name}", touched) for name in ("a", "b"))
    one.tell()
    other.tell()
    return one, other


def built(told: Plot, root: Path, whole: bool = False) -> Path:
    """The client's folder, as the flow made it."""
    options = replace(OPTIONS, audience=None) if whole else replace(OPTIONS, accounts=(told.mine,))
    # what other clients were shown and is shared no more stands in their histories, and would be held
    # against the build: that is not asked here
    unlooked = mock.patch.object(flow, "looked_through", lambda *_: [])
    with unlooked if whole else nullcontext():
        done = flow.build(root, options)
    made = root / options.out / "clients" / told.mine
    errors = [p for p in done.problems if p.severity is Severity.ERROR and p.account in (None, told.mine)]  # fmt: skip
    errors += [p for p in done.problems if leaks([p])]
    assert not errors, [(p.rule, str(p.place), dict(p.facts), p.account) for p in errors[:3]]
    assert (made / AUDIENCE).is_file(), (
        "two outputs that are not there are the same, and prove nothing"
    )
    return made


def difference(one: Path, other: Path) -> str:
    """The first file in which two folders differ, or the name that only one has; "" for none."""
    names = [{os.fspath(p.relative_to(f)) for p in f.rglob("*")} for f in (one, other)]
    for name in sorted(names[0] ^ names[1]):
        return f"{name}: only in one"
    for name in sorted(
        names[0], key=lambda name: (name == AUDIENCE, name)
    ):  # it has digests of all
        if (one / name).is_file() and (one / name).read_bytes() != (other / name).read_bytes():
            return name
    return ""
