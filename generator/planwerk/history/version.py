"""One version of one file, as it stood in some commit, into facts.

It is read by the readers of today, but never refused for one wrong value. Files differ little
from one version to the next: entries that were read before are not read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from planwerk.history.facts import Fact, Facts, facts_of_file, placed
from planwerk.history.lenient import as_well_as_it_goes
from planwerk.history.lines import Lines
from planwerk.history.migrations import NEWEST, migrated
from planwerk.history.pieces import Pieces
from planwerk.history.prose import unwrapped
from planwerk.history.where import Where, conflict_in, where
from planwerk.model.history import Spot
from planwerk.model.kinds import Kind
from planwerk.model.validate import validate
from planwerk.model.workspace import Workspace
from planwerk.problems import Place, Problem, Severity
from planwerk.text.front_matter import Located, read_front_matter
from planwerk.text.notes import without_comments
from planwerk.text.source import Source, decode, split


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of a file says. `facts` is None where nobody can read it; `problems` say
    why, or what of it could not be understood."""

    where: Where
    facts: Facts | None
    problems: tuple[Problem, ...] = ()


@dataclass
class Reader:
    """Reads versions; `currency` and `version` (of the format) are the workspace's of that time.

    It remembers the entries it has read, as long as it lives.
    """

    currency: str = "EUR"
    version: int = NEWEST
    _lines: Lines = field(default_factory=Lines)
    _pieces: Pieces = field(default_factory=Pieces)

    def read(self, path: PurePosixPath, raw: bytes) -> Version | None:
        """The facts of a file that lay at `path` below plans/; None if it is none of a plan's."""
        if (at := where(path)) is None:
            return None
        name = PurePosixPath("plans", path)
        if at.kind.shape == "table":
            facts, problems = self._lines.facts(at, name, raw, self.currency, self.version)
        else:
            facts, problems = self._file(at, name, raw)
        mine = tuple(replace(p, severity=Severity.WARNING, account=at.account or None) for p in problems)  # fmt: skip
        if facts is None:
            return Version(at, None, tuple(_unreadable(p) for p in mine[:1]))
        return Version(at, facts, mine)

    # --- front matter ------------------------------------------------------------------------

    def _file(self, at: Where, name: PurePosixPath, raw: bytes) -> tuple[Facts | None, list[Problem]]:  # fmt: skip
        words = decode(name, raw)
        if isinstance(words, Problem):
            return None, [words]
        if conflict := conflict_in(words):
            line = words.count("\n", 0, conflict.start()) + 1
            return None, [Problem("conflict", Place(name, line, 1, 7))]
        if at.kind.shape == "yaml":
            source: Source | Problem = Source(name, words, "", 1, 1)
        else:
            source = split(name, words)
        if isinstance(source, Problem):
            return None, [source]
        body = without_comments(source.body).strip()
        problems: list[Problem] = []
        facts = self._pieces.facts(at, name, source.front, self.currency, self.version)
        if facts is None:
            facts, problems = self._whole(at, name, source)
        if facts is not None and body and "body" in at.kind.record.model_fields:
            facts = _with_body(facts, at, body)
        return facts, problems

    def _whole(self, at: Where, name: PurePosixPath, source: Source) -> tuple[Facts | None, list[Problem]]:  # fmt: skip
        """The facts of front matter that is read in one piece."""
        kind = at.kind
        located, problems = read_front_matter(name, source.front, source.front_line)
        if problems and not located.value:
            return None, problems
        migrated(kind.name, located.value, self.version)
        context = {"currency": self._currency_of(kind, located)}
        record, wrong = validate(kind.record, located, name, None, context)
        if record is None:
            value = {key: part for key, part in located.value.items() if key != "body"}
            record = as_well_as_it_goes(kind.record, value, context)
        problems += wrong
        return (
            None
            if record is None
            else placed(facts_of_file(record), at.account, at.kind.name, at.of)
        ), problems

    def _currency_of(self, kind: Kind, located: Located) -> str:
        if kind.record is Workspace:
            return str(located.value.get("currency") or self.currency)
        return self.currency


def read_version(path: PurePosixPath, raw: bytes, currency: str = "EUR", version: int = NEWEST) -> Version | None:  # fmt: skip
    """The facts of a single version; who reads many keeps a `Reader`."""
    return Reader(currency, version).read(path, raw)


def _with_body(facts: Facts, at: Where, body: str) -> Facts:
    """The facts of a file with its prose among them."""
    spot = Spot(at.account, at.kind.name, at.of)
    fact = facts.get(spot) or Fact(at.kind.record.__name__, "", {})
    whole = fact._replace(fields={**fact.fields, "body": unwrapped(body)})
    return {spot: whole} | {**facts, spot: whole}


def _unreadable(problem: Problem) -> Problem:
    """A version that nobody can read, and the problem why."""
    facts = {**problem.facts, "because": problem.rule}
    return Problem("version-unreadable", problem.place, Severity.WARNING, facts, problem.account)
