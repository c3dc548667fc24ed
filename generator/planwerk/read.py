"""Files into a portfolio: every stage after this one works on values, not on files.

No mistake stops the reading: what cannot be understood becomes a problem at its place, and
the rest is read on.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import FileIO
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any, TypeAlias, TypeVar

from planwerk.garbage import uncollected
from planwerk.model.account import (
    ClientPage,
    Measurement,
    Opportunity,
    Profile,
    Revenue,
    StakeholderFile,
    WhiteSpaceCell,
)
from planwerk.model.competition import Competition, Feature, Industry
from planwerk.model.discovery import Interview, Journey, Persona, Questions
from planwerk.model.due import resolve
from planwerk.model.house_page import FOLDER as SITE
from planwerk.model.house_page import NAME as OWN_PAGE
from planwerk.model.house_page import NAMES as OWN_PAGES
from planwerk.model.house_page import HousePage, titled, unfinished
from planwerk.model.log import ROW, Log
from planwerk.model.logs import Interaction, SurveyAnswer, Training
from planwerk.model.meeting import Meeting
from planwerk.model.pictured import MEETINGS
from planwerk.model.plan import Plan, Review, TaskFile
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.model.risk import RiskFile
from planwerk.model.slides import SlideFile
from planwerk.model.types import PERIOD_ID, suggest_id
from planwerk.model.validate import columns_of, numbers_of, validate, validate_all
from planwerk.model.walk import shape
from planwerk.model.workspace import Workspace
from planwerk.problems import Place, Problem, Refusal, Severity, refuse
from planwerk.text.encoding import MAX_TABLE
from planwerk.text.front_matter import Located, Path, read_front_matter
from planwerk.text.nearest import nearest
from planwerk.text.notes import Allowance, allowances, unclosed_comment, without_comments
from planwerk.text.pictured import Pictured
from planwerk.text.pictures import MAX_PICTURE
from planwerk.text.prose import check_prose, shown
from planwerk.text.secrets import secrets
from planwerk.text.source import (
    INVISIBLE,
    MAX_BYTES,
    WIDTHLESS,
    Source,
    decode,
    other_repositories,
    split,
)
from planwerk.text.stream import LogFile
from planwerk.text.table import LocatedCells, Table, read_table

R = TypeVar("R", bound=Record)

FRONT_MATTER: dict[str, type[Record]] = {
    "account.md": Profile,
    "client.md": ClientPage,
    "stakeholders.md": StakeholderFile,
    "interview.md": Interview,
    "journey.md": Journey,
    "competition.md": Competition,
}
TABLES: dict[str, type[Record]] = {
    "whitespace.csv": WhiteSpaceCell,
    "measurements.csv": Measurement,
    "revenue.csv": Revenue,
    "opportunities.csv": Opportunity,
    "features.csv": Feature,
    "interactions.csv": Interaction,
    "surveys.csv": SurveyAnswer,
}
PERIOD: dict[str, type[Record]] = {
    "plan.md": Plan,
    "tasks.md": TaskFile,
    "risks.md": RiskFile,
    "review.md": Review,
    "slides.md": SlideFile,
}
AT_THE_TOP = ("workspace.yml", "questions.md", "training.csv", "unassigned-opportunities.csv")
SHARED_FOLDERS: dict[str, type[Record]] = {"personas": Persona, "industries": Industry}
"""Folders beside the accounts: one file a thing, its name is the id."""
LOGS: tuple[type[Record], ...] = (Measurement, Revenue, Interaction, SurveyAnswer, Training)
"""Tables that only grow: lines said twice count once, and long ones are read as a stream."""
LONG = 2 * MAX_BYTES
"""Bytes from which on a log is a long one."""
PICTURES = "pictures"
"""The folder of an account for pictures of its texts; they may also lie beside those."""
MOST = 1 << 16
"""Bytes that are read at once; room for more is made only where there is more."""
NAMING = ("name", "aliases", "domains", "parent")
"""What of account.md says what an account is called, and whom it belongs to."""
ID = re.compile(r"[a-z][a-z0-9-]{0,62}")
DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for itself: no folder may bear them."""


@dataclass(slots=True)
class Reading:
    """What came of reading: the portfolio (None if the workspace cannot be understood), the
    problems met, and by file what is needed to show a place: `located` values, `tables`,
    and the records of the file with their paths."""

    portfolio: Portfolio | None = None
    problems: list[Problem] = field(default_factory=list)
    located: dict[str, Located] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    records: dict[str, list[tuple[Path, Record]]] = field(default_factory=dict)
    root: FilePath = FilePath()
    accounts_seen: tuple[str, ...] = ()
    bodies: dict[str, int] = field(default_factory=dict)
    """By file, the line on which its prose begins."""
    allowances: dict[str, list[Allowance]] = field(default_factory=dict)
    modules: frozenset[str] = frozenset()
    """The folders that belong to other repositories."""
    secrets: set[str] = field(default_factory=set)
    """What looks like a credential: no message may repeat it."""
    logs: list[tuple[Log[Any], LogFile]] = field(default_factory=list)
    """The long logs, of which no record is kept."""
    _index: dict[int, tuple[str, Path]] = field(default_factory=dict)

    def place(self, record: Record, *keys: str | int) -> Place:
        """Where `record`, or a value within it, stands."""
        if not self._index:  # by identity, and only once somebody asks: most plans are well
            for file, records in self.records.items():
                for path, known in records:
                    _note(self._index, known, file, path)
        if ROW in record.__dict__:
            return self._place_in_log(record, str(keys[-1]) if keys else "")
        file, path = self._index.get(id(record), ("plans", ()))
        name = PurePosixPath(file)
        if table := self.tables.get(file):
            line = table.lines[int(path[0])].line if path else 1
            return Place(name, *table.span(line, str(keys[-1]) if keys else ""))
        if keys == ("body",) and file in self.bodies:
            return Place(name, self.bodies[file])
        if located := self.located.get(file):
            return Place(name, *located.span((*path, *keys)))
        return Place(name)

    def _place_in_log(self, record: Record, column: str) -> Place:
        """Where a line of a long log stands: its file is read again."""
        log, file = next(pair for pair in self.logs if pair[0].kind is type(record))
        line = log.lines[record.__dict__[ROW]]
        row, at, width = file.around(line).span(1, column)
        return Place(file.name, row + line - 1, at, width)

    def words_at(self, place: Place, words: str) -> Place:
        """Where `words` stand at or after `place` in its file; `place` if they do not."""
        try:
            text = (self.root / place.path).read_text("utf-8-sig", "replace")
        except OSError:
            return place
        begin = place.column - 1
        for line in text.split("\n")[: place.line - 1]:
            begin += len(line) + 1
        pattern = r"\s+".join(map(re.escape, words.split()))
        at = re.compile(pattern).search(without_comments(text), begin)
        if at is None:
            return place
        number, column = text.count("\n", 0, at.start()) + 1, at.start() - text.rfind("\n", 0, at.start())  # fmt: skip
        return Place(place.path, number, column, len(at.group().split("\n")[0]))


def _note(index: dict[int, tuple[str, Path]], record: Record, file: str, path: Path) -> None:
    """Note where a record and its parts stand."""
    index[id(record)] = (file, path)
    for name in shape(type(record)).inner:
        value = record.__dict__[name]
        if isinstance(value, Record):
            _note(index, value, file, (*path, name))
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                _note(index, part, file, (*path, name, number))


def read(root: FilePath, as_of: date | None = None, progress: Callable[[int, int], None] | None = None) -> Reading:  # fmt: skip
    """The workspace that holds `root/plans`; refuses (exit code 2) where there is none."""
    with uncollected():
        return _Reader(root, as_of).read(progress)


Known: TypeAlias = dict[tuple[str, str, bytes], tuple[Any, Located | None]]
"""What was read, by file, currency and content: the records, and where they stand."""


def read_house(root: FilePath, as_of: date | None = None) -> Reading:
    """What the accounts have in common, and which there are; none of them is read."""
    return _Reader(root, as_of).house()


def read_account(house: Reading, name: str, known: Known | None = None) -> Reading:
    """One account of a house that was read, in a portfolio that holds no other.

    `known` is for those who read one account in many versions: what was read is found there
    again. Then only the portfolio is told, no problems and places.
    """
    reader = (
        _Reader(house.root, None, house.modules) if known is None else _Again(house.root, known)
    )
    account = reader.account(name)
    reader.out.accounts_seen = house.accounts_seen
    if house.portfolio is not None:
        accounts = () if account is None else (account,)
        reader.out.portfolio = house.portfolio.model_copy(update={"accounts": accounts})
    return reader.out


def read_names(root: FilePath, account: str) -> tuple[list[str], str]:
    """What an account is called and whom it belongs to, whatever else of it cannot be read."""
    path = PurePosixPath("plans", account, "account.md")
    try:
        words = "" if (root / path).is_symlink() else decode(path, (root / path).read_bytes())
    except OSError:
        return [], ""
    source = split(path, words) if isinstance(words, str) else words
    if isinstance(source, Problem):
        return [], ""
    value = read_front_matter(path, _blocks(source.front, NAMING))[0].value
    names = [value.get("name")]
    for further in (value.get("aliases"), value.get("domains")):
        names += further if isinstance(further, list) else []
    parent = value.get("parent")
    return [n for n in names if isinstance(n, str)], parent if isinstance(parent, str) else ""


def _blocks(front: str, keys: Collection[str]) -> str:
    """Of the details of a file only those of `keys`, with all that is indented below them."""
    kept: list[str] = []
    inside = False
    for line in front.split("\n"):
        if line[:1] not in ("", " ", "-", "#"):
            inside = line.partition(":")[0].strip(" \"'") in keys
        if inside:
            kept.append(line)
    return "\n".join(kept)


def account_names(plans: FilePath) -> list[str]:
    """The folders below `plans` that are accounts, in order."""
    return sorted(
        entry.name
        for entry in os.scandir(plans)
        if entry.is_dir(follow_symlinks=False)
        and not entry.name.startswith(".")
        and entry.name not in SHARED_FOLDERS
    )


class _Reader:
    def __init__(
        self, root: FilePath, as_of: date | None, modules: frozenset[str] | None = None
    ) -> None:
        self.root, self.plans, self.as_of = root, root / "plans", as_of
        self.above = len(str(self.plans)) - len("plans")
        self.modules = other_repositories(root) if modules is None else modules
        self.out = Reading(root=root, modules=self.modules)
        self.currency = "EUR"
        self.pictured: Pictured | None = None
        """The pictures of the account that is being read."""

    def read(self, progress: Callable[[int, int], None] | None) -> Reading:
        house = self.house()
        names = house.accounts_seen
        accounts = []
        for number, name in enumerate(names):
            if progress:
                progress(number, len(names))
            if account := self.account(name):
                accounts.append(account)
        if house.portfolio is not None:
            house.portfolio = house.portfolio.model_copy(update={"accounts": tuple(accounts)})
        return house

    def house(self) -> Reading:
        """Everything but the accounts."""
        if not self.plans.is_dir():
            raise refuse("no-workspace", str(self.root), found=str(self.root))
        if self.plans.is_symlink():
            raise refuse("symlink", "plans")
        workspace = self.workspace()
        folders = self.entries(self.plans)
        self.out.accounts_seen = tuple(account_names(self.plans))
        if not self.out.accounts_seen and not self.out.problems:
            self.report("no-accounts", "plans")
        if workspace is not None:
            day = self.as_of or workspace.as_of
            if day is None:
                raise refuse("no-as-of", "plans/workspace.yml")
            self.out.portfolio = Portfolio.model_construct(
                audience="internal", as_of=day, workspace=workspace, accounts=(),
                personas=self.library(folders, "personas"),
                forces=self.library(folders, "industries"),
                questions=self.top("questions.md", Questions) or Questions(),
                training=self.training(),
                pages=self.own_pages(),
                commit="", draft=False,
            )  # fmt: skip
        return self.out

    # --- folders -----------------------------------------------------------------------------

    def entries(
        self, folder: os.PathLike[str], account: str | None = None
    ) -> list[os.DirEntry[str]]:
        """What lies in `folder`, of `account`, in order; links are refused, not followed."""
        found = []
        seen: dict[str, str] = {}
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            name = entry.name
            if not name.isascii():
                name = unicodedata.normalize("NFKC", name)
            other = seen.setdefault(name.casefold(), entry.name)
            if other != entry.name:
                self.report("id-clash", self.relative(entry), found=entry.name, other=other)
            if entry.is_symlink():
                self.report("symlink", self.relative(entry), account)
            elif not entry.is_dir() and not entry.is_file():
                self.unknown(entry, ())
            elif folder is not self.plans or entry.is_dir():
                found.append(entry)
            elif entry.name not in AT_THE_TOP and not entry.name.startswith("."):
                self.unknown(entry, AT_THE_TOP)
        return found

    def relative(self, path: os.PathLike[str]) -> str:
        """The name of what lies below `plans`, as problems show it."""
        return os.fspath(path)[self.above :].replace(os.sep, "/")

    def report(self, rule: str, path: str, account: str | None = None, **facts: str) -> None:
        self.out.problems.append(Problem(rule, Place(PurePosixPath(path)), facts=facts, account=account))  # fmt: skip

    def unknown(self, entry: os.DirEntry[str], known: tuple[str, ...]) -> None:
        facts = {"found": entry.name, "nearest": nearest(entry.name, known) or "", "allowed": ", ".join(known)}  # fmt: skip
        place = Place(PurePosixPath(self.relative(entry)))
        self.out.problems.append(Problem("unknown-file", place, Severity.WARNING, facts))

    # --- files -------------------------------------------------------------------------------

    def raw(self, path: os.PathLike[str], most: int = MAX_TABLE) -> bytes | None:
        """What a file holds, up to one byte more than `most`; None where there is none."""
        try:
            with FileIO(os.fspath(path)) as file:
                parts = [file.read(min(MOST, most + 1))]
                left = most + 1 - len(parts[0])
                while parts[-1] and left and len(parts[0]) == MOST:  # hardly a file is so large
                    parts.append(file.read(min(MOST, left)))
                    left -= len(parts[-1])
                return parts[0] if len(parts) == 1 else b"".join(parts)
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
        self.notes(name, words, words.count("\n") + 2, None)
        self.look(name, words, words, None)
        workspace = self.record(Workspace, name, words, 1, None)
        if workspace is not None:
            self.out.records[str(name)] = [((), workspace)]
        return workspace

    def library(self, folders: list[os.DirEntry[str]], name: str) -> dict[str, Any]:
        """The records of a shared folder by the names of their files."""
        found = {}
        for folder in folders:
            for entry in self.entries(folder) if folder.name == name else ():
                stem, _, ending = entry.name.partition(".")
                if entry.is_dir() or ending != "md":
                    self.unknown(entry, (f"{name}/<id>.md",))
                elif not ID.fullmatch(stem):
                    self.report("wrong-id", self.relative(entry), found=stem, suggestion=suggest_id(stem))  # fmt: skip
                elif record := self.front_matter(SHARED_FOLDERS[name], entry, None):
                    found[stem] = record
        return found

    def top(self, name: str, kind: type[R]) -> R | None:
        """A file beside the accounts, None where there is none."""
        path = self.plans / name
        return self.front_matter(kind, path, None) if _plain_file(path) else None

    def training(self) -> Sequence[Training]:
        path = self.plans / "training.csv"
        return self.table(Training, path, None) if _plain_file(path) else ()

    def own_pages(self) -> tuple[HousePage, ...]:
        """The house's own pages of the portals, in `site/` beside `plans/`."""
        folder = self.root / SITE
        if folder.is_symlink():
            self.report("symlink", SITE)
        elif folder.is_dir():
            return tuple(filter(None, map(self.own_page, self.entries(folder))))
        return ()

    def own_page(self, entry: os.DirEntry[str]) -> HousePage | None:
        """A page out of prose alone; what still has to be filled in is told."""
        parts = OWN_PAGE.fullmatch(entry.name)
        if parts is None or entry.is_dir():
            if not entry.name.startswith("."):
                self.unknown(entry, OWN_PAGES)
            return None
        name = PurePosixPath(self.relative(entry))
        words = decode(name, self.raw(entry, MAX_BYTES) or b"")
        if isinstance(words, Problem):
            self.out.problems.append(words)
            return None
        body = self.body(name, Source(name, "", words, 1, 1), None)
        title, prose = titled(body)
        self.notes(name, words, 1, None)
        self.look(name, words, title, None)
        marks = list(unfinished(body))
        for line, column, width in marks:
            place = Place(name, line, column, width)
            self.out.problems.append(Problem("page-unfinished", place, Severity.WARNING))
        page = HousePage.model_construct(
            name=parts["name"], language=parts["language"], title=title, body=prose,
            unfinished=bool(marks),
        )  # fmt: skip
        self.out.records[str(name)] = [((), page)]
        return page

    def record(
        self, kind: type[R], name: PurePosixPath, front: str, line: int, account: str | None
    ) -> R | None:
        located, problems = read_front_matter(name, front, line)
        self.out.problems += [_of(account, p) for p in problems]
        if problems and not located.value:
            return None
        self.out.located[str(name)] = located
        if kind is Workspace:
            self.currency = str(located.value.get("currency") or self.currency)
        record, problems = validate(kind, located, name, account, {"currency": self.currency})
        self.out.problems += problems
        return record

    def front_matter(self, kind: type[R], path: os.PathLike[str], account: str | None) -> R | None:
        name = PurePosixPath(self.relative(path))
        words = decode(name, self.raw(path) or b"")
        if isinstance(words, Problem):
            self.out.problems.append(_of(account, words))
            return None
        source = split(name, words)
        if isinstance(source, Problem):
            self.out.problems.append(_of(account, source))
            return None
        record = self.record(kind, name, source.front, source.front_line, account)
        body = self.body(name, source, account)
        if isinstance(record, SlideFile):
            self.texts(name, record, account)
        self.notes(name, words, source.body_line, account)
        self.look(name, words, source.front, account)
        if record is not None and body.strip() and "body" in kind.model_fields:
            record = record.model_copy(update={"body": body})
        if record is not None:
            self.out.records[str(name)] = [((), record)]
        return record

    def body(self, name: PurePosixPath, source: Source, account: str | None) -> str:
        """The prose of a file as outputs may say it: without hints, and looked through."""
        body = without_comments(source.body)
        self.out.bodies[str(name)] = source.body_line
        unclosed = unclosed_comment(body)
        prose = body if unclosed is None else body[:unclosed]
        found = check_prose(name, prose, source.body_line)
        if account is not None and self.pictured is not None:
            self.pictured.shows(name, prose, source.body_line)
        else:
            found += [
                Problem("picture-in-prose", Place(name, source.body_line + one.line, one.column, 2), facts={"found": one.target[:80]})
                for one in shown(prose)
            ]  # fmt: skip
        if unclosed is not None:
            line, column = prose.count("\n"), len(prose) - prose.rfind("\n")
            found.append(
                Problem("unclosed-comment", Place(name, source.body_line + line, column, 4))
            )
        if body != source.body:
            line = source.body_line + source.body[: source.body.index("<!--")].count("\n")
            if "allow " not in source.body:
                found.append(Problem("hint-left", Place(name, line, 1, 4), Severity.WARNING))
        self.out.problems += [_of(account, p) for p in found]
        return body

    def texts(self, name: PurePosixPath, file: SlideFile, account: str | None) -> None:
        """Look through the texts of slides as through prose below the details."""
        for number, slide in enumerate(file.slides):
            if slide.text:
                line, indent = self.out.located[str(name)].text_at(("slides", number, "text"))
                found = check_prose(name, slide.text, line)
                self.out.problems += [_of(account, _indented(p, indent)) for p in found]
                if self.pictured is not None:
                    self.pictured.shows(name, slide.text, line, indent)

    def look(
        self, name: PurePosixPath, words: str, names: str, account: str | None, begin: int = 1
    ) -> None:
        """Notice what should not stand in a text: secrets anywhere, signs without width in its
        details (`names`), where they make two of one name. `begin` is the line it begins on."""
        spots = [("secret-in-plan", kind, start, end) for kind, start, end in secrets(words)]
        if not names.isascii() and any(sign in names for sign in WIDTHLESS):
            first = words.find(names)  # dear, and hardly ever asked
            for bad in INVISIBLE.finditer(names):
                sign = f"U+{ord(bad.group()):04X}"
                spots.append(("invisible-character", sign, first + bad.start(), first + bad.end()))
        for rule, found, start, end in spots:
            line, column = words.count("\n", 0, start) + begin, start - words.rfind("\n", 0, start)
            place = Place(name, line, column, end - start)
            self.out.problems.append(Problem(rule, place, Severity.WARNING, {"found": found}, account))  # fmt: skip
            if rule == "secret-in-plan":
                self.out.secrets.add(words[start:end])

    def notes(self, name: PurePosixPath, words: str, prose: int, account: str | None) -> None:
        """The allowances that a file holds, and those that are none."""
        well, broken = allowances(words, prose)
        if well:
            self.out.allowances[str(name)] = well
        for bad in broken:
            place = Place(name, bad.line, bad.column, max(1, len(bad.words)))
            facts = {"found": bad.words}
            self.out.problems.append(Problem("allowance-broken", place, Severity.WARNING, facts, account))  # fmt: skip

    def table(self, kind: type[R], path: os.PathLike[str], account: str | None) -> Sequence[R]:
        name = PurePosixPath(self.relative(path))
        is_log = kind in LOGS
        raw = self.raw(path, LONG if is_log else MAX_TABLE) or b""
        if is_log and len(raw) > LONG:
            return self.long_log(kind, name, path, account)
        table, rows, problems = read_rows(kind, name, raw)
        self.out.problems += [_of(account, p) for p in problems]
        self.look(name, table.words, table.words, account)
        context = {"currency": self.currency, "notation": table.notation}
        records: list[tuple[Path, R]] = []
        if (well := validate_all(kind, rows, context)) is not None:
            records = [((index,), record) for index, record in enumerate(well)]
        else:  # line by line, each with its problems
            for index, (line, row) in enumerate(zip(table.lines, rows, strict=True)):
                located = LocatedCells(row, first_line=line.line, table=table)
                record, problems = validate(kind, located, name, account, context)
                self.out.problems += problems
                if record is not None:
                    records.append(((index,), record))
        self.out.tables[str(name)] = table
        self.out.records[str(name)] = list(records)
        return tuple(record for _, record in records)

    def long_log(
        self, kind: type[R], name: PurePosixPath, path: os.PathLike[str], account: str | None
    ) -> Sequence[R]:
        """A log that is read as a stream; what it says is kept by column."""
        from planwerk.long_logs import read_long

        def look(words: str, line: int) -> None:
            self.look(name, words, words, account, line)

        log, file, problems = read_long(kind, name, FilePath(path), {"currency": self.currency}, look, account)  # fmt: skip
        self.out.problems += [_of(account, p) for p in problems]
        self.out.tables[str(name)] = Table()
        if file is not None:
            self.out.logs.append((log, file))
        return log

    # --- accounts ----------------------------------------------------------------------------

    def account(self, name: str) -> Account | None:
        folder = self.plans / name
        if not ID.fullmatch(name) or DEVICES.fullmatch(name):
            self.report("wrong-id", f"plans/{name}", found=name, suggestion=suggest_id(name))
            return None
        found: dict[str, Any] = {}
        periods = []
        self.pictured = Pictured(PurePosixPath("plans", name), self.picture)
        for entry in self.entries(folder, name):
            if entry.is_dir():
                if entry.name == PICTURES:
                    self.pictures(entry, name)
                elif entry.name == MEETINGS:
                    found[MEETINGS] = self.meetings(entry, name)
                elif period := self.period(entry, name):
                    periods.append(period)
            elif entry.name in FRONT_MATTER:
                found[entry.name] = self.front_matter(FRONT_MATTER[entry.name], entry, name)
            elif entry.name in TABLES:
                found[entry.name] = self.table(TABLES[entry.name], entry, name)
            elif not entry.name.startswith(".") and not self.lies(entry):
                self.unknown(entry, (*FRONT_MATTER, *TABLES))
        wrong: list[Problem] = []
        pictures = self.pictured.found(wrong)
        self.out.problems += [_of(name, problem) for problem in wrong]
        self.pictured = None
        if self.is_submodule(folder):
            self.report("submodule", f"plans/{name}", name)
            return None
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
            interview=found.get("interview.md") or Interview(),
            journey=found.get("journey.md") or Journey(),
            competition=found.get("competition.md") or Competition(),
            features=found.get("features.csv", ()),
            interactions=found.get("interactions.csv", ()),
            surveys=found.get("surveys.csv", ()),
            meetings=found.get(MEETINGS, ()),
            periods=tuple(sorted(periods, key=lambda p: (p.plan.from_, p.id))),
            commit="",
            draft=False,
            pictures=pictures,
        )

    def lies(self, entry: os.DirEntry[str]) -> bool:
        """Whether a file of the account is a picture, which texts of it may show."""
        return self.pictured is not None and entry.is_file() and self.pictured.lies(self.relative(entry))  # fmt: skip

    def picture(self, path: PurePosixPath) -> bytes:
        """What a picture's file holds."""
        return self.raw(self.root / path, MAX_PICTURE) or b""

    def pictures(self, folder: os.DirEntry[str], account: str) -> None:
        """The folder for pictures alone."""
        for entry in self.entries(folder, account):
            if not entry.name.startswith(".") and not self.lies(entry):
                self.unknown(entry, (f"{PICTURES}/<name>.png", f"{PICTURES}/<name>.jpg"))

    def is_submodule(self, folder: FilePath) -> bool:
        """Whether another repository stands here: its files are not ours to read."""
        own = os.path.exists(f"{folder}/.git")  # noqa: PTH110 - asked of every account
        return own or self.relative(folder) in self.modules

    def meetings(self, folder: os.DirEntry[str], account: str) -> tuple[Meeting, ...]:
        found = []
        for entry in self.entries(folder, account):
            if self.lies(entry):
                continue
            if entry.is_dir() or not entry.name.endswith(".md"):
                self.unknown(entry, (f"{MEETINGS}/<2026-09-14-title>.md",))
            elif meeting := self.front_matter(Meeting, entry, account):
                found.append(meeting)
        return tuple(sorted(found, key=lambda m: m.on))

    def period(self, folder: os.DirEntry[str], account: str) -> Period | None:
        found: dict[str, Any] = {}
        if not PERIOD_ID.fullmatch(folder.name) or DEVICES.fullmatch(folder.name):
            self.report("wrong-id", self.relative(folder), account, found=folder.name, suggestion=suggest_id(folder.name))  # fmt: skip
            return None
        for entry in self.entries(folder, account):
            if entry.name in PERIOD and entry.is_file():
                found[entry.name] = self.front_matter(PERIOD[entry.name], entry, account)
            elif not entry.name.startswith(".") and not self.lies(entry):
                self.unknown(entry, tuple(PERIOD))
        if "plan.md" not in found:
            self.report("no-plan-file", f"{self.relative(folder)}/plan.md", account)
        if found.get("plan.md") is None:
            return None
        plan = found["plan.md"]
        return Period.model_construct(
            id=folder.name,
            plan=plan,
            tasks=self.tasks(found.get("tasks.md"), plan, folder, account),
            review=found.get("review.md"),
            risks=found.get("risks.md") or RiskFile(),
            slides=found.get("slides.md") or SlideFile(),
            results=(),
        )

    def tasks(
        self, file: TaskFile | None, plan: Plan, folder: os.DirEntry[str], account: str
    ) -> TaskFile:
        """The tasks of a period, the days of all of them told by the calendar."""
        if file is None:
            return TaskFile()
        name = PurePosixPath(f"{self.relative(folder)}/tasks.md")
        tasks, lost = resolve(file, plan)
        self.out.records[str(name)] = [((), tasks)]
        for task, rule, of, known in lost:
            at: Path = ("tasks", file.tasks.index(task), "due")
            place = Place(name, *self.out.located[str(name)].span(at))
            facts = {"found": of, "kind": "task", "nearest": nearest(of, known) or ""}
            self.out.problems.append(Problem(rule, place, facts=facts, account=account))
        return tasks


class _Again(_Reader):
    """Reads files that it read before only where they hold something else."""

    def __init__(self, root: FilePath, known: Known) -> None:
        super().__init__(root, None)
        self.known = known

    def front_matter(self, kind: type[R], path: os.PathLike[str], account: str | None) -> R | None:
        name = self.relative(path)
        key = (name, self.currency, self.raw(path) or b"")
        if key not in self.known:
            record = super().front_matter(kind, path, account)
            self.known[key] = (record, self.out.located.get(name))
        record, located = self.known[key]
        if located is not None:
            self.out.located[name] = located
        return record  # type: ignore[no-any-return]

    def table(self, kind: type[R], path: os.PathLike[str], account: str | None) -> Sequence[R]:
        key = (self.relative(path), self.currency, self.raw(path) or b"")
        if key not in self.known:
            found = super().table(kind, path, account)
            if not isinstance(found, tuple):  # a long log, read from the file while it is there
                return found
            self.known[key] = (found, None)
        return self.known[key][0]  # type: ignore[no-any-return]


def read_rows(
    kind: type[Record],
    name: PurePosixPath,
    raw: bytes,
    old: Collection[str] = (),
    strict: bool = True,
) -> tuple[Table, list[dict[str, Any]], list[Problem]]:
    """A table of such lines, its lines by the names of their fields, what is wrong with it.

    `old` are columns that are no longer known and are read all the same; unless `strict`, any
    column is read, and none has to be there.
    """
    further: str = getattr(kind, "further", "")
    columns, required = columns_of(kind)
    table, problems = read_table(
        name,
        raw,
        columns=(*columns, *old),
        required=required if strict else (),
        numbers=numbers_of(kind),
        further=bool(further) or not strict,
        log=kind in LOGS,
    )
    rows: list[dict[str, Any]] = [line.cells for line in table.lines]
    if further:
        rows = [_gathered(row, columns, further) for row in rows]
    return table, rows, problems


def _gathered(cells: dict[str, str], columns: Collection[str], further: str) -> dict[str, Any]:
    """The cells, those of other columns than the known ones together under one key."""
    known: dict[str, Any] = {name: cell for name, cell in cells.items() if name in columns}
    known[further] = {name: cell for name, cell in cells.items() if name not in columns}
    return known


def _plain_file(path: FilePath) -> bool:
    """Whether `path` is a file itself, not a link to one."""
    return path.is_file() and not path.is_symlink()


def _indented(problem: Problem, indent: int) -> Problem:
    """The problem of a text whose lines stand in so far."""
    place = replace(problem.place, column=problem.place.column + indent)
    return replace(problem, place=place)


def _of(account: str | None, problem: Problem) -> Problem:
    """The problem, known to be the account's."""
    return Problem(problem.rule, problem.place, problem.severity, problem.facts, account)
