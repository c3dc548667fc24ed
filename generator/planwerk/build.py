"""The flow, on one page: files are read, measured, checked, projected, rendered, published."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path, PurePosixPath

from planwerk.audience import CLIENT, INTERNAL, project, shares_anything, with_disclosed
from planwerk.blocks import Overflow
from planwerk.checks import check
from planwerk.history.earlier import KINDS
from planwerk.history.past import Past, Steps, last_days, past
from planwerk.jobs import Done, Job, Pool, pack
from planwerk.kept import Asked, earlier, keep, owner
from planwerk.loop.earlier import KIND as CELL
from planwerk.measure import measure
from planwerk.model.account import Profile
from planwerk.model.history import Told
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import say
from planwerk.problems import Place, Problem, Severity, leaks, refuse
from planwerk.publish import output_folder, write_manifests
from planwerk.read import Reading, read
from planwerk.render.directory import write_directory
from planwerk.repository import Standing, Unreadable, standing
from planwerk.text.nearest import nearest
from planwerk.theme import find_brand, load_theme

FORMATS = ("portal", "word", "slides")
CHUNK = 5
"""How many internal accounts one process renders: they share one audience."""

LATELY = timedelta(days=14)
"""How far back the portfolio's own pages tell what changed."""

SHARED = ".shared"
"""Within the folder being filled: one copy of each file that all sites have."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: formats, audiences, accounts, and how."""

    out: Path = Path("build")
    formats: tuple[str, ...] = FORMATS
    audience: str | None = None
    accounts: tuple[str, ...] = ()
    as_of: date | None = None
    language: str | None = None
    brand: str = "planwerk"
    engine: str = "mkdocs"
    strict: bool = False
    plans: Path | None = None
    """The folder that holds the plans to compile, where they are not those of the workspace."""
    revision: str = ""
    """The commit (a full id) whose plans they are; "" for the working tree."""


@dataclass(slots=True)
class Built:
    """What came of a build: the problems met, the files, the accounts an error stopped, those
    of them whose earlier output stays, and how many files it was not asked for."""

    reading: Reading
    problems: list[Problem]
    stopped: Counter[str] = field(default_factory=Counter)
    files: int = 0
    kept: set[str] = field(default_factory=set)
    untouched: int = 0


def build(root: Path, options: Options, progress: Progress | None = None) -> Built:
    """Compile the workspace at `root`, as it is or as `options` say it was; errors stop the outputs they concern, nothing else.

    Refuses where nothing can be handed on. Reads no clock, environment or network.
    """
    options = replace(options, brand=find_brand(options.brand, root))
    load_theme(options.brand)
    pool = Pool()
    try:
        pool.start()
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
    portfolio = _standing(measure(_without(reading.portfolio, built.stopped)), found)
    _known(portfolio, options, built)
    known = _past(portfolio, found, options, built, progress)
    with output_folder(root / options.out, root) as folder:
        jobs = _jobs(portfolio, known, options, folder, earlier(root / options.out)["files"])
        tell = (lambda n, of: progress("rendering", n, of)) if progress else None
        for done in pool.run(jobs, tell):
            fail_if_failed(done)
            built.problems += [_overflow(reading, o) for o in done.overflows]
        shutil.rmtree(folder / SHARED, ignore_errors=True)
        asked = Asked(options.formats, options.audience, options.accounts, built.stopped)
        kept = keep(root / options.out, folder, asked)
        if "portal" in options.formats and options.audience in (None, INTERNAL):
            write_directory(folder / "internal")
        built.kept = {owner(name)[1] for name in kept} & set(built.stopped)
        built.untouched = sum(owner(name)[1] not in built.stopped for name in kept)
        drafts = [account.id for account in portfolio.accounts if account.draft]
        built.files = write_manifests(
            folder, portfolio.as_of.isoformat(), portfolio.commit, drafts, kept
        )
    return built


def _standing(portfolio: Portfolio, found: Standing) -> Portfolio:
    """The portfolio with the commit of each account; what is not committed is a draft."""
    accounts = tuple(
        a.model_copy(
            update={
                "commit": found.of(a.id),
                "draft": found.draft(a.id),
                "profile": _with_parent(a.profile, portfolio),
            }
        )
        for a in portfolio.accounts
    )
    changes = {
        "accounts": accounts,
        "commit": found.commit,
        "draft": any(a.draft for a in accounts),
    }
    return portfolio.model_copy(update=changes)


def _with_parent(profile: Profile, portfolio: Portfolio) -> Profile:
    """The profile with the name of its group or parent account: an output holds only some."""
    if not profile.parent or profile.parent_name:
        return profile
    groups = {group.id: say(group.name, portfolio.workspace.language) for group in portfolio.workspace.groups}  # fmt: skip
    names = {account.id: account.profile.name for account in portfolio.accounts} | groups
    return profile.model_copy(update={"parent_name": names.get(profile.parent, "")})


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


def _chosen(portfolio: Portfolio, options: Options) -> list[str]:
    return [a.id for a in portfolio.accounts if not options.accounts or a.id in options.accounts]


def _past(
    portfolio: Portfolio, found: Standing, options: Options, built: Built, progress: Progress | None
) -> Past:
    """The histories that these outputs tell; none without git, or where git does not tell it."""
    if found.repository is None:
        return Past()
    outside = options.audience in (None, CLIENT)
    chosen = _chosen(portfolio, options) if outside else []
    clients = [name for name in chosen if shares_anything(portfolio.account(name))]
    try:
        known = past(
            found.repository, options.revision or "HEAD", portfolio.as_of, clients, progress
        )
    except Unreadable as error:
        built.problems += [p for p in error.problems if p not in built.problems]
        return Past()
    built.problems += [p for p in known.gaps if p not in built.problems]
    return known


def _ours(portfolio: Portfolio, names: Iterable[str], known: Past, lately: bool = False) -> Portfolio:  # fmt: skip
    """These accounts as we see them, with their history; `lately`: of what is older than the last
    days only what pages over all accounts ask for."""

    def told(name: str) -> Account:
        steps = known.of(name)
        history = _lately(steps, portfolio.as_of - LATELY) if lately else steps
        return portfolio.account(name).model_copy(update={"history": history})

    changes = {"accounts": tuple(map(told, names)), "history": known.house, "gaps": known.gaps}
    return project(portfolio.model_copy(update=changes), INTERNAL)


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


def _jobs(
    portfolio: Portfolio, known: Past, options: Options, folder: Path, before: Collection[str]
) -> list[Callable[[], Job]]:
    """One job for the portfolio, some for the internal accounts, one for each client.

    Each is projected and pickled when its turn comes: rendering begins with the first.
    """
    jobs: list[Callable[[], Job]] = []
    chosen = _chosen(portfolio, options)
    downloads = [name for name in before if PurePosixPath(name).parent.name == "downloads"]

    def job(kind: str, seen: Portfolio, accounts: tuple[str, ...], out: Path) -> Job:
        start = f"{out.relative_to(folder).as_posix()}/"
        return Job(
            kind, pack(seen), accounts, out, options.formats, options.language, options.brand,
            options.engine, folder / SHARED,
            tuple(n.removeprefix(start) for n in downloads if n.startswith(start)),
        )  # fmt: skip

    def whole() -> Job:
        seen = _ours(portfolio, [a.id for a in portfolio.accounts], known, lately=True)
        return job("portfolio", seen, (), folder / "internal")

    def part(names: tuple[str, ...]) -> Job:
        return job("account", _ours(portfolio, names, known), names, folder / "internal")

    def client(name: str) -> Job:
        out = folder / "clients" / name
        seen = with_disclosed(project(portfolio, CLIENT, name), known.client(name))
        return job("account", seen, (name,), out)

    if options.audience in (None, INTERNAL):
        jobs += [whole] if {"portal", "word"} & set(options.formats) else []
        for start in range(0, len(chosen), CHUNK):
            jobs.append(partial(part, tuple(chosen[start : start + CHUNK])))
    if options.audience in (None, CLIENT):
        sharing = [name for name in chosen if shares_anything(portfolio.account(name))]
        jobs += [partial(client, name) for name in sharing]
    return jobs


def fail_if_failed(done: Done) -> None:
    """Raise what a job failed of: the disk's error as such, anything else as our bug."""
    if done.refused:
        raise OSError(done.refused, os.strerror(done.refused))
    if done.failure:
        raise RuntimeError(done.failure)


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
        holders = [r for r in (period.plan, period.tasks, period.review) if r is not None]
        for holder in holders:
            for record in getattr(holder, parts[2], ()):
                if parts[3] in (getattr(record, "id", None), getattr(record, "kpi", None)):
                    return reading.place(record, *parts[4:])
    return reading.place(period.plan if period else account.profile)
