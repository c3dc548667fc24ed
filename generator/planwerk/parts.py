"""The parts of an output, and the jobs that make those of them that are not there already.

A part is one folder for one audience: the pages over all accounts, one account for us, for its client,
for a partner.
Each is projected when its turn comes, by the gate; what it depends on is that projection and how
it is rendered, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Protocol

from planwerk.audience import CLIENT, INTERNAL, audiences, project, with_disclosed
from planwerk.digests import joined, of_program
from planwerk.folders import OVERALL, folder_of
from planwerk.history.disclosed import still_told
from planwerk.history.earlier import KINDS
from planwerk.history.past import Past, Steps, last_days
from planwerk.jobs import Job
from planwerk.kept import ENDINGS
from planwerk.loop.earlier import KIND as CELL
from planwerk.memory import Memory
from planwerk.model.history import Told
from planwerk.model.portfolio import Account, Portfolio
from planwerk.options import Options
from planwerk.packing import pack

CHUNK = 10
"""How many internal accounts one process renders: they share one audience."""

LATELY = timedelta(days=14)
"""How far back the portfolio's own pages tell what changed."""

SHARED = ".shared"
"""Within the folder being filled: one copy of each file that all sites have."""


class Known(Protocol):
    """Who knows which parts are there already."""

    def is_same(self, folder: str, digest: str) -> bool:
        """Whether the part in that folder was made of what has that digest; either is noted."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the output: its folder, the account it is of ("" for all), and what its readers
    see, in which formats."""

    folder: str
    account: str
    seen: Callable[[], Portfolio]
    formats: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether one process may make it together with others: they are all for us."""
        return bool(self.account) and self.folder.startswith(OVERALL)


def chosen(portfolio: Portfolio, options: Options) -> list[str]:
    """The accounts that are asked for."""
    return [a.id for a in portfolio.accounts if not options.accounts or a.id in options.accounts]


def parts(
    portfolio: Portfolio,
    known: Past,
    options: Options,
    waiting: Collection[str] = (),
    memory: Memory | None = None,
) -> list[Part]:
    """The parts that are asked for: the accounts, then the pages over all of them, which are worked
    out while accounts are rendered, then clients and partners; no portal for those of accounts
    that are `waiting`, and of partners nothing but a portal."""
    found: list[Part] = []
    names = chosen(portfolio, options)
    if options.audience in (None, INTERNAL):
        found += [
            Part(
                f"{OVERALL}/accounts/{name}",
                name,
                partial(_ours, portfolio, name, known),
                options.formats,
            )
            for name in names
        ]
        if {"portal", "word"} & set(options.formats):
            seen = partial(_overall, portfolio, known, memory or Memory())
            found.append(Part(OVERALL, "", seen, options.formats))
    for name in names:
        portal = ("portal",) if name not in waiting else ()
        for audience in audiences(portfolio.account(name)):
            if options.audience not in (None, audience):
                continue
            told = (*portal, "word", "slides") if audience == CLIENT else portal
            formats = tuple(f for f in options.formats if f in told)
            seen = partial(_theirs, portfolio, audience, name, known)
            found += [Part(folder_of(audience, name), name, seen, formats)] if formats else []
    return found


def jobs(
    wanted: Iterable[Part], outputs: Known, options: Options, folder: Path, before: Collection[str],
    memory: Memory | None = None,
) -> Iterator[Job]:  # fmt: skip
    """The jobs that fill `folder` with those parts that `outputs` do not hold already.

    `before` are the files of the earlier output. Each part is projected when its turn comes:
    rendering begins with the first.
    """
    basis = joined((of_program(options.brand), options.engine, options.language or ""))
    downloads = [name for name in before if _stays(name, options.formats)]
    waiting: list[tuple[Part, bytes]] = []

    def job(*seen: tuple[Part, bytes]) -> Job:
        part = seen[0][0]
        out = OVERALL if part.folder.startswith(OVERALL) else part.folder
        return Job(
            "account" if part.account else "whole", tuple(said for _, said in seen),
            tuple(part.account for part, _ in seen), folder / out, part.formats, options.language,
            options.brand, options.engine, folder / SHARED, _below(out, downloads),
        )  # fmt: skip

    for part in wanted:
        if waiting and (len(waiting) == CHUNK or not part.shared):
            yield job(*waiting)
            waiting = []
        own, seen = _own(part.folder, downloads), part.seen()
        said = pack(seen if part.account else _said(seen, part.formats, options, own, memory))
        digest = joined((basis, *part.formats, part.folder, *own, said))
        if outputs.is_same(part.folder, digest):
            continue
        if part.shared:
            waiting.append((part, said))
        else:
            yield job((part, said))
    if waiting:
        yield job(*waiting)


def _stays(name: str, formats: Collection[str]) -> bool:
    """Whether a file of an earlier build is a download that a build of these formats leaves."""
    path = PurePosixPath(name)
    return path.parent.name == "downloads" and ENDINGS.get(path.suffix) not in formats


def _below(folder: str, names: Iterable[str]) -> tuple[str, ...]:
    """Of these names those below a folder, as they are called there."""
    start = f"{folder}/"
    return tuple(n.removeprefix(start) for n in names if n.startswith(start))


def _own(folder: str, downloads: Iterable[str]) -> list[str]:
    """The downloads of an earlier build that belong to a part."""
    return sorted(n for n in _below(folder, downloads) if not n.startswith("accounts/"))


# --- what readers see ------------------------------------------------------------------------


def _ours(portfolio: Portfolio, name: str, known: Past) -> Portfolio:
    """An account as we see it, with its history."""
    told = portfolio.account(name).model_copy(update={"history": known.of(name)})
    # its pages name the account's commit: that of the whole is of the pages over all
    changes = {
        "accounts": (told,),
        "history": known.house,
        "gaps": known.gaps,
        "commit": "",
        "draft": False,
    }
    return project(portfolio.model_copy(update=changes), INTERNAL)


def _overall(portfolio: Portfolio, known: Past, memory: Memory) -> Portfolio:
    """All accounts, for the pages over them; of what is older than the last days of their
    histories only what these pages ask for."""

    def told(account: Account) -> Account:
        history = _lately(known.of(account.id), portfolio.as_of - LATELY)
        return account.model_copy(update={"history": history})

    accounts = tuple(
        memory.of(("lately", a.id), (a, known, portfolio.as_of), partial(told, a))
        for a in portfolio.accounts
    )
    changes = {"accounts": accounts, "history": known.house, "gaps": known.gaps}
    return project(portfolio.model_copy(update=changes), INTERNAL)


def _said(
    seen: Portfolio, formats: Collection[str], options: Options, before: Collection[str],
    memory: Memory | None,
) -> object:  # fmt: skip
    """What is said over all accounts. Imported here alone: what clients are told needs none of it."""
    from planwerk.compose.whole import whole

    return whole(seen, formats, options.language, before, memory)


def _theirs(portfolio: Portfolio, audience: str, name: str, known: Past) -> Portfolio:
    """What a client or partner sees of an account; only clients are told its history."""
    seen = project(portfolio, audience, name)
    if audience != CLIENT or not seen.accounts:
        return seen
    steps = still_told(known.client(name), portfolio.account(name), seen.account(name))
    return with_disclosed(seen, steps)


def _lately(steps: Steps, after: date) -> Steps:
    """The steps after a day whole; of those before, what became of white space, and when what was
    known, and what answered it, was first there. That there was a first step is kept, too."""
    recent = last_days(steps, after)
    older = steps[: len(steps) - len(recent)]
    kept = [replace(s, told=tuple(filter(_asked_for, s.told))) for s in older]
    return (*kept[:1], *(step for step in kept[1:] if step.told), *recent)


def _asked_for(told: Told) -> bool:
    change = told.change
    came = change.what in ("added", "moved", "renamed") and change.kind in KINDS
    return came or change.kind == CELL
