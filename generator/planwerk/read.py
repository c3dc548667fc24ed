"""Files into a portfolio: every stage after this one works on values, not on files.

No mistake stops the reading: what cannot be understood becomes a problem at its place, and
the rest is read on.
"""

from __future__ import annotations

import gc
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from planwerk.model.account import (
    ClientPage,
    Measurement,
    Opportunity,
    Profile,
    Revenue,
    StakeholderFile,
    WhiteSpaceCell,
)
from planwerk.model.plan import Plan, Review, TaskFile
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import suggest_id
from planwerk.model.validate import validate
from planwerk.model.workspace import Workspace
from planwerk.problems import Place, Problem, Refusal, Severity, refuse
from planwerk.text.front_matter import Located, Span, read_front_matter
from planwerk.text.nearest import nearest
from planwerk.text.prose import check_prose
from planwerk.text.source import decode, split
from planwerk.text.table import read_table

R = TypeVar("R", bound=Record)

FRONT_MATTER: dict[str, type[Record]] = {
    "account.md": Profile,
    "client.md": ClientPage,
    "stakeholders.md": StakeholderFile,
}
TABLES: dict[str, type[Record]] = {
    "whitespace.csv": WhiteSpaceCell,
    "measurements.csv": Measurement,
    "revenue.csv": Revenue,
    "opportunities.csv": Opportunity,
}
PERIOD: dict[str, type[Record]] = {"plan.md": Plan, "tasks.md": TaskFile, "review.md": Review}
AT_THE_TOP = ("workspace.yml", "unassigned-opportunities.csv")
ID = re.compile(r"[a-z][a-z0-9-]{0,62}")
DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for itself: no folder may bear them."""


@dataclass(slots=True)
class Reading:
    """What came of reading: the portfolio (None if the workspace cannot be understood), the
    problems met, and what is needed to show a value's place (`spans`) and its line (`lines`)."""

    portfolio: Portfolio | None = None
    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, Located] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    root: Path = Path()
    bodies: dict[str, int] = field(default_factory=dict)
    accounts_seen: tuple[str, ...] = ()

    def place(self, record: Record, *keys: str | int) -> Place:
        """Where `record`, or a value within it, stands."""
        path = PurePosixPath(record.file or "plans")
        if record.file in self.lines and record.path:
            return Place(path, self.lines[record.file][int(record.path[0])])
        span: Span = (1, 1, 1)
        if located := self.spans.get(record.file):
            span = located.span((*record.path, *keys))
        return Place(path, *span)

    def in_body(self, record: Record, line: int) -> Place:
        """Line `line` (from 0) of the prose below the record's front matter."""
        return Place(PurePosixPath(record.file), self.bodies.get(record.file, 1) + line)


def read(root: Path, as_of: date | None = None, progress: Callable[[int, int], None] | None = None) -> Reading:  # fmt: skip
    """The workspace that holds `root/plans`; refuses (exit code 2) where there is none."""
    # nothing read becomes garbage before the end, and there are many small objects: looking for
    # garbage would take a third of the time
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _Reader(root, as_of).read(progress)
    finally:
        if collecting:
            gc.enable()


class _Reader:
    def __init__(self, root: Path, as_of: date | None) -> None:
        self.root, self.plans, self.as_of = root, root / "plans", as_of
        self.out = Reading(root=root)

    def read(self, progress: Callable[[int, int], None] | None) -> Reading:
        if not self.plans.is_dir():
            raise refuse("no-workspace", str(self.root), found=str(self.root))
        if self.plans.is_symlink():
            raise refuse("symlink", "plans")
        workspace = self.workspace()
        folders = self.entries(self.plans)
        accounts = []
        names = [f.name for f in folders if f.is_dir() and not f.name.startswith(".")]
        self.out.accounts_seen = tuple(names)
        for number, name in enumerate(names):
            if progress:
                progress(number, len(names))
            if account := self.account(name):
                accounts.append(account)
        if not names and not self.out.problems:
            self.report("no-accounts", "plans")
        if workspace is not None:
            day = self.as_of or workspace.as_of
            if day is None:
                raise refuse("no-as-of", "plans/workspace.yml")
            self.out.portfolio = Portfolio.model_construct(
                audience="internal", as_of=day, workspace=workspace, accounts=tuple(accounts)
            )
        return self.out

    # --- folders -----------------------------------------------------------------------------

    def entries(self, folder: Path) -> list[Path]:
        """What lies in `folder`, in order; links are refused, not followed."""
        found = []
        for entry in sorted(folder.iterdir()):
            if stat.S_ISLNK(entry.lstat().st_mode):
                self.report("symlink", self.relative(entry))
            elif folder != self.plans or entry.is_dir():
                found.append(entry)
            elif entry.name not in AT_THE_TOP and not entry.name.startswith("."):
                self.unknown(entry, AT_THE_TOP)
        return found

    def relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def report(self, rule: str, path: str, account: str | None = None, **facts: str) -> None:
        self.out.problems.append(Problem(rule, Place(PurePosixPath(path)), facts=facts, account=account))  # fmt: skip

    def unknown(self, entry: Path, known: tuple[str, ...]) -> None:
        facts = {"found": entry.name, "nearest": nearest(entry.name, known) or "", "allowed": ", ".join(known)}  # fmt: skip
        place = Place(PurePosixPath(self.relative(entry)))
        self.out.problems.append(Problem("unknown-file", place, Severity.WARNING, facts))

    # --- files -------------------------------------------------------------------------------

    def raw(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refusal([Problem("unreadable-file", Place(PurePosixPath(self.relative(path))), facts={"found": error.strerror or ""})], 6) from None  # fmt: skip

    def workspace(self) -> Workspace | None:
        path = self.plans / "workspace.yml"
        name = PurePosixPath("plans/workspace.yml")
        if path.is_symlink():
            self.report("symlink", str(name))
            return None
        raw = self.raw(path)
        if raw is None:
            self.report("no-workspace-file", str(name))
            return None
        words = decode(name, raw)
        if isinstance(words, Problem):
            self.out.problems.append(words)
            return None
        return self.record(Workspace, name, words, 1, None)

    def record(
        self, kind: type[R], name: PurePosixPath, front: str, line: int, account: str | None
    ) -> R | None:
        located, problems = read_front_matter(name, front, line)
        self.out.problems += [_of(account, p) for p in problems]
        if problems and not located.value:
            return None
        self.out.spans[str(name)] = located
        record, problems = validate(kind, located, name, account)
        self.out.problems += problems
        return record

    def front_matter(self, kind: type[R], path: Path, account: str) -> R | None:
        name = PurePosixPath(self.relative(path))
        words = decode(name, self.raw(path) or b"")
        source = words if isinstance(words, Problem) else split(name, words)
        if isinstance(source, Problem):
            self.out.problems.append(_of(account, source))
            return None
        record = self.record(kind, name, source.front, source.front_line, account)
        self.out.bodies[str(name)] = source.body_line
        self.out.problems += [_of(account, p) for p in check_prose(name, source.body, source.body_line)]  # fmt: skip
        if record is not None and source.body.strip() and "body" in kind.model_fields:
            record = record.model_copy(update={"body": source.body})
        return record

    def table(self, kind: type[R], path: Path, account: str) -> tuple[R, ...]:
        name = PurePosixPath(self.relative(path))
        columns = tuple(kind.model_fields)
        lines, problems = read_table(name, self.raw(path) or b"", columns)
        self.out.problems += [_of(account, p) for p in problems]
        records = []
        self.out.lines[str(name)] = [line.line for line in lines]
        for index, line in enumerate(lines):
            span = (line.line, 1, 1)
            values: dict[str, Any] = dict(line.cells)
            located = Located(values, {(): span, **{(key,): span for key in values}})
            record, problems = validate(kind, located, name, account)
            self.out.problems += problems
            if record is not None:
                record.stands_at(str(name), (index,))
                records.append(record)
        return tuple(records)

    # --- accounts ----------------------------------------------------------------------------

    def account(self, name: str) -> Account | None:
        folder = self.plans / name
        if not ID.fullmatch(name) or DEVICES.fullmatch(name):
            self.report("wrong-id", f"plans/{name}", found=name, suggestion=suggest_id(name))
            return None
        found: dict[str, Any] = {}
        periods = []
        for entry in self.entries(folder):
            if entry.is_dir():
                if period := self.period(entry, name):
                    periods.append(period)
            elif entry.name in FRONT_MATTER:
                found[entry.name] = self.front_matter(FRONT_MATTER[entry.name], entry, name)
            elif entry.name in TABLES:
                found[entry.name] = self.table(TABLES[entry.name], entry, name)
            elif not entry.name.startswith("."):
                self.unknown(entry, (*FRONT_MATTER, *TABLES))
        if "account.md" not in found:
            self.report("no-account-file", f"plans/{name}/account.md", name)
        profile = found.get("account.md")
        if profile is None:
            return None
        return Account.model_construct(
            id=name,
            profile=profile,
            client=found.get("client.md"),
            people=found.get("stakeholders.md") or StakeholderFile(),
            whitespace=found.get("whitespace.csv", ()),
            measurements=found.get("measurements.csv", ()),
            revenue=found.get("revenue.csv", ()),
            opportunities=found.get("opportunities.csv", ()),
            periods=tuple(sorted(periods, key=lambda p: (p.plan.from_, p.id))),
        )

    def period(self, folder: Path, account: str) -> Period | None:
        found: dict[str, Any] = {}
        for entry in self.entries(folder):
            if entry.name in PERIOD and entry.is_file():
                found[entry.name] = self.front_matter(PERIOD[entry.name], entry, account)
            elif not entry.name.startswith("."):
                self.unknown(entry, tuple(PERIOD))
        if "plan.md" not in found:
            self.report("no-plan-file", f"{self.relative(folder)}/plan.md", account)
        if found.get("plan.md") is None:
            return None
        return Period.model_construct(
            id=folder.name,
            plan=found["plan.md"],
            tasks=found.get("tasks.md") or TaskFile(),
            review=found.get("review.md"),
            results=(),
        )


def _of(account: str | None, problem: Problem) -> Problem:
    """The problem, known to be the account's."""
    return Problem(problem.rule, problem.place, problem.severity, problem.facts, account)
