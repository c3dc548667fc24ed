"""The flow, on one page: files are read, measured, checked, projected, rendered, published."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from planwerk.audience import CLIENT, INTERNAL, audiences, shares_anything
from planwerk.blocks import Overflow
from planwerk.brand import refuse_broken_template
from planwerk.checks import check
from planwerk.citing import cite_all
from planwerk.folders import OVERALL, is_outside, owner
from planwerk.garbage import uncollected
from planwerk.history.past import Past, past
from planwerk.jobs import Done, Pool
from planwerk.kept import DIRECTORY, Asked, Stays, earlier, keep, part_of, untouched
from planwerk.looked import looked_through
from planwerk.measure import measure
from planwerk.memory import Memory
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import say
from planwerk.options import FORMATS, Options
from planwerk.parts import SHARED, chosen, jobs, parts
from planwerk.problems import Place, Problem, Severity, leaks, refuse
from planwerk.publish import carry, digest, names_below, output_folder, write_manifests
from planwerk.read import Reading, read
from planwerk.render.directory import write_directory
from planwerk.repository import Standing, Unreadable, standing
from planwerk.text.nearest import nearest
from planwerk.theme import find_brand, load_theme
from planwerk.unchanged import Outputs, entries, known_outputs
from planwerk.unfinished import refused, waiting

__all__ = ["FORMATS", "Built", "Options", "build", "fail_if_failed"]

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Built:
    """What came of a build: the problems met, the files, the accounts an error stopped, those
    of them whose earlier output stays, the accounts whose client's portal waits for a page of
    the house, and how many files it was not asked for."""

    reading: Reading
    problems: list[Problem]
    stopped: Counter[str] = field(default_factory=Counter)
    files: int = 0
    kept: set[str] = field(default_factory=set)
    waiting: Mapping[str, str] = field(default_factory=dict)
    untouched: int = 0
    unchanged: int = 0
    """How many parts of the output stay, for they would be made again as they are."""


def build(root: Path, options: Options, progress: Progress | None = None) -> Built:
    """Compile the workspace at `root`, as it is or as `options` say it was; errors stop the outputs they concern, nothing else.

    Refuses where nothing can be handed on. Reads no clock, environment or network.
    """
    options = replace(options, brand=find_brand(options.brand, root))
    refuse_broken_template(load_theme(options.brand))
    pool = Pool(options.formats)
    try:
        pool.start()
        with uncollected():
            return _build(root, options, pool, progress)
    finally:
        pool.stop()


def _build(root: Path, options: Options, pool: Pool, progress: Progress | None) -> Built:
    """The stages, one after another."""
    reading = read(options.plans or root, options.as_of)
    problems = check(reading, options.strict)
    built = Built(reading, problems, _stopped(problems))
    if reading.portfolio is None or built.stopped[""] or leaks(problems):
        return built
    found = standing(root, options.revision)
    built.problems += found.problems
    portfolio = with_standing(measure(_without(reading.portfolio, built.stopped)), found)
    _known(portfolio, options, built)
    _wait(portfolio, options, built)
    if (
        portfolio.workspace.host
        and "portal" in options.formats
        and options.audience in (None, INTERNAL)
    ):
        cite_all(reading, found, options.revision, chosen(portfolio, options))
    known = _past(portfolio, found, options, built, progress)
    out = root / options.out
    with suppress(Withheld), output_folder(out, root) as folder:
        outputs = known_outputs(root, out) if options.remember else Outputs(root, out)
        memory = Memory()
        wanted = parts(portfolio, known, options, built.waiting, memory)
        before = earlier(out)["files"]
        unfit: dict[str, tuple[Overflow, ...]] = {}
        made: dict[str, tuple[str, ...]] = {}
        for done in pool.run(jobs(wanted, outputs, options, folder, before, memory)):
            fail_if_failed(done)
            unfit |= _unfit(done, folder)
            made |= {_part(done, folder): done.files} if done.files else {}
            if progress:
                progress("rendering", len(outputs.same) + len(outputs.new), len(wanted))
        unfit |= {name: made.overflows for name, made in outputs.same.items()}
        built.problems += [_overflow(reading, o) for p in wanted for o in unfit.get(p.folder, ())]
        stays = _stays(outputs, options, folder, built)
        unfit_to_leave = looked_through(built.reading, outputs, options, folder, made, stays)
        built.problems += unfit_to_leave
        if leaks(unfit_to_leave):
            raise Withheld
        _completed(portfolio, outputs, folder, stays, built)
    if options.remember and not leaks(built.problems):
        outputs.remember(unfit)
    return built


class Withheld(Exception):  # noqa: N818 - it is not our mistake
    """Something in what was made must not leave the house: nothing of it is published."""


def _stays(outputs: Outputs, options: Options, folder: Path, built: Built) -> Stays:
    """Bring along what stays as it was."""
    shutil.rmtree(folder / SHARED, ignore_errors=True)
    out = outputs.out
    asked = Asked(options.formats, options.audience, options.accounts, built.stopped, built.waiting)
    same = {*outputs.same}
    if "portal" in options.formats and options.audience in (None, INTERNAL):
        same |= {DIRECTORY} if _same_portal(outputs) else set()
    others = {part for part in untouched(earlier(out), asked) if not (folder / part).exists()}
    kept, moved = keep(out, folder, asked, same, others)
    moving = sorted({*same, *others})
    if DIRECTORY not in moving:
        write_directory(
            folder / OVERALL, [out / part for part in moving if part.startswith(OVERALL)]
        )
    carry(folder, [entry for part in moving for entry in entries(out, part)])
    return Stays(tuple(moving), kept, moved)


def _completed(
    portfolio: Portfolio, outputs: Outputs, folder: Path, stays: Stays, built: Built
) -> None:
    """Say what was made and what stays: ready to be published."""
    kept = stays.kept
    built.kept = {owner(name)[1] for name in kept} & set(built.stopped)
    waits = {n for n in kept if is_outside(n) and owner(n)[1] in built.waiting}
    built.untouched = sum(owner(n)[1] not in built.stopped and n not in waits for n in kept)
    built.unchanged = len(outputs.same)
    drafts = [account.id for account in portfolio.accounts if account.draft]
    day, commit = portfolio.as_of.isoformat(), portfolio.commit
    rows = earlier(outputs.out)["files"]
    stamps = {name: rows[name]["stamp"] for name in stays.moved if "stamp" in rows[name]}
    built.files = write_manifests(folder, day, commit, drafts, kept, stays.moved, stamps)


def _same_portal(outputs: Outputs) -> bool:
    """Whether nothing of our own portal is made, and what leads to its words is as it was left."""
    if any(part.startswith(OVERALL) for part in outputs.new):
        return False
    files = earlier(outputs.out)["files"]
    left = {name: row["sha256"] for name, row in files.items() if part_of(name) == DIRECTORY}
    try:
        found = {f"{DIRECTORY}/{name}" for name in names_below(outputs.out / DIRECTORY)}
        return left.keys() == found and all(digest(outputs.out / n) == d for n, d in left.items())
    except OSError:
        return False


def with_standing(portfolio: Portfolio, found: Standing, memory: Memory | None = None) -> Portfolio:
    """The portfolio with the commit of each account; what is not committed is a draft. With a
    `memory`, accounts of which nothing changed are the same objects as before."""
    memory, names = memory or Memory(), _names(portfolio)

    def stood(account: Account, commit: str, draft: bool, parent: str) -> Account:
        profile = account.profile
        if parent and not profile.parent_name:  # an output holds only some accounts
            profile = profile.model_copy(update={"parent_name": parent})
        return account.model_copy(update={"commit": commit, "draft": draft, "profile": profile})

    found_of = {a.id: (found.of(a.id), found.draft(a.id), names.get(a.profile.parent or "", "")) for a in portfolio.accounts}  # fmt: skip
    accounts = tuple(
        memory.of(("commit", a.id), (a, *found_of[a.id]), partial(stood, a, *found_of[a.id]))
        for a in portfolio.accounts
    )
    changes = {
        "accounts": accounts,
        "commit": found.commit,
        "changed": found.day,
        "draft": any(a.draft for a in accounts),
    }
    return portfolio.model_copy(update=changes)


def _names(portfolio: Portfolio) -> dict[str, str]:
    """What accounts and groups of them are called."""
    groups = {group.id: say(group.name, portfolio.workspace.language) for group in portfolio.workspace.groups}  # fmt: skip
    return {account.id: account.profile.name for account in portfolio.accounts} | groups


def _stopped(problems: list[Problem]) -> Counter[str]:
    """Errors by account; "" counts those that concern the whole workspace."""
    return Counter(p.account or "" for p in problems if p.severity is Severity.ERROR)


def _without(portfolio: Portfolio, stopped: Counter[str]) -> Portfolio:
    accounts = tuple(a for a in portfolio.accounts if a.id not in stopped)
    return portfolio.model_copy(update={"accounts": accounts})


def _known(portfolio: Portfolio, options: Options, built: Built) -> None:
    known = {account.id for account in portfolio.accounts} | set(built.reading.accounts_seen)
    for name in options.accounts:
        if name not in known:
            near = nearest(name, known) or ", ".join(sorted(known))
            raise refuse("unknown-account", "plans", found=name, nearest=near)
    refuse_empty(portfolio, options)


def refuse_empty(portfolio: Portfolio, options: Options) -> None:
    """Refuse an audience for which there is nothing in the plans that are asked for."""
    asked = options.audience
    told = {a for name in chosen(portfolio, options) for a in audiences(portfolio.account(name))}
    if asked is not None and asked not in (INTERNAL, CLIENT, *told):
        there = ", ".join([INTERNAL, CLIENT, *sorted(told - {CLIENT})])
        raise refuse("audience-empty", "plans", found=asked, there=there)


def _wait(portfolio: Portfolio, options: Options, built: Built) -> None:
    """Find out of which accounts clients' and partners' portals are not made, and say why."""
    if "portal" in options.formats and options.audience != INTERNAL:
        names = chosen(portfolio, options)
        told = [name for name in names if audiences(portfolio.account(name))]
        built.waiting = waiting(portfolio, told, options.language)
        built.problems = refused(built.problems, built.reading.problems, built.waiting)


def _past(
    portfolio: Portfolio, found: Standing, options: Options, built: Built, progress: Progress | None
) -> Past:
    """The histories that these outputs tell; none without git, or where git does not tell it."""
    if found.repository is None:
        return Past()
    outside = options.audience in (None, CLIENT)
    clients = [
        name
        for name in chosen(portfolio, options)
        if outside and shares_anything(portfolio.account(name))
    ]
    try:
        known = past(
            found.repository, options.revision or "HEAD", portfolio.as_of, clients, progress
        )
    except Unreadable as error:
        built.problems += [p for p in error.problems if p not in built.problems]
        return Past()
    built.problems += [p for p in known.gaps if p not in built.problems]
    return known


def fail_if_failed(done: Done) -> None:
    """Raise what a job failed of: the disk's error as such, anything else as our bug."""
    if done.refused:
        raise OSError(done.refused, os.strerror(done.refused))
    if done.failure:
        raise RuntimeError(done.failure)


def _unfit(done: Done, folder: Path) -> dict[str, tuple[Overflow, ...]]:
    """What did not fit, by the folder of the part of the output."""
    found: dict[str, list[Overflow]] = {}
    first, *_ = accounts = done.job.accounts or ("",)
    for overflow in done.overflows:  # a block of no record says nothing of the account
        name = overflow.origin.partition("/")[0]
        found.setdefault(name if name in accounts else first, []).append(overflow)
    part = _part(done, folder)
    if is_outside(part):
        return {part: tuple(one for them in found.values() for one in them)} if found else {}
    return {f"{OVERALL}/accounts/{name}": tuple(them) for name, them in found.items()}


def _part(done: Done, folder: Path) -> str:
    """The folder of the output that a job filled."""
    return done.job.out.relative_to(folder).as_posix()


def _overflow(reading: Reading, overflow: Overflow) -> Problem:
    """What did not fit, at its place in the plan."""
    account = overflow.origin.partition("/")[0]
    facts = {"words": overflow.words[:80], "limit": overflow.limit}
    return Problem("text-too-long", _place(reading, overflow.origin), Severity.WARNING, facts, account)  # fmt: skip


def _place(reading: Reading, origin: str) -> Place:
    """The place of `account/period/records/id/field`; the account's file if it is not found."""
    parts = origin.split("/")
    portfolio = reading.portfolio
    if portfolio is None or parts[0] not in {a.id for a in portfolio.accounts}:
        return Place(PurePosixPath("plans"))
    account = portfolio.account(parts[0])
    period = next((p for p in account.periods if len(parts) > 1 and p.id == parts[1]), None)
    if period and len(parts) > 3:
        holders = [
            r for r in (period.plan, period.tasks, period.review, period.slides) if r is not None
        ]
        for holder in holders:
            for record in getattr(holder, parts[2], ()):
                if parts[3] in (getattr(record, "id", None), getattr(record, "kpi", None)):
                    return reading.place(record, *parts[4:])
    return reading.place(period.plan if period else account.profile)
