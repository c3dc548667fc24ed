"""One version of one file, as it stood in some commit, into facts.

It is read by the readers of today, but never refused for one wrong value. Files differ little
from one version to the next: entries that were read before are not read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from planwerk.history.facts import (
    IN_ORDER,
    Fact,
    Facts,
    Found,
    facts_of_file,
    facts_of_lines,
    form_of,
    gather,
    numbered,
    placed,
)
from planwerk.history.identity import key_of
from planwerk.history.lenient import as_well_as_it_goes
from planwerk.history.migrations import NEWEST, dropped, migrated, with_todays_columns
from planwerk.history.prose import unwrapped
from planwerk.history.where import Where, where
from planwerk.model.kinds import Kind
from planwerk.model.record import Record
from planwerk.model.validate import validate, validate_all
from planwerk.model.workspace import Workspace
from planwerk.problems import Place, Problem, Severity
from planwerk.read import LOGS, read_rows
from planwerk.text.front_matter import Located, read_front_matter
from planwerk.text.notes import without_comments
from planwerk.text.source import Source, decode, split
from planwerk.text.table import LocatedCells

CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.M)
TOP = re.compile(r"\n(?=[^\s#-])")
"""The end of the line before a key at the top."""
KEY = re.compile(r"([a-z_]+):")
UNSURE = re.compile(rb"(?<![\d.])-?[1-9]\d{0,2}(\.\d{3})+(?![\d.])")
"""A number that could be read in two ways, if the rest of its table did not say which."""
Lines: TypeAlias = "dict[bytes, tuple[str, Fact] | None]"
"""What lines of a table say, and what they are known by; None for empty ones."""


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
    _lines: dict[tuple[str, bytes, str, int], Lines] = field(default_factory=dict)
    _known: dict[tuple[str, str, str, str, int], Found | None] = field(default_factory=dict)

    def read(self, path: PurePosixPath, raw: bytes) -> Version | None:
        """The facts of a file that lay at `path` below plans/; None if it is none of a plan's."""
        if (at := where(path)) is None:
            return None
        name = PurePosixPath("plans", path)
        found, problems = self._table(at, name, raw) if at.kind.shape == "table" else self._file(at, name, raw)  # fmt: skip
        mine = tuple(replace(p, severity=Severity.WARNING, account=at.account or None) for p in problems)  # fmt: skip
        if found is None:
            return Version(at, None, tuple(_unreadable(p) for p in mine[:1]))
        return Version(at, placed(found, at.account, at.kind.name, at.of), mine)

    # --- front matter ------------------------------------------------------------------------

    def _file(self, at: Where, name: PurePosixPath, raw: bytes) -> tuple[Found | None, list[Problem]]:  # fmt: skip
        words = decode(name, raw)
        if isinstance(words, Problem):
            return None, [words]
        if conflict := CONFLICT.search(words):
            line = words.count("\n", 0, conflict.start()) + 1
            return None, [Problem("conflict", Place(name, line, 1, 7))]
        if at.kind.shape == "yaml":
            source: Source | Problem = Source(name, words, "", 1, 1)
        else:
            source = split(name, words)
        if isinstance(source, Problem):
            return None, [source]
        body = without_comments(source.body).strip()
        front = source.front
        found, problems = self._pieces(at.kind, name, front), list[Problem]()
        if found is None:
            found, problems = self._whole(at.kind, name, source)
        if found is not None and body and "body" in at.kind.record.model_fields:
            found = _with_body(found, at.kind.record, body)
        return found, problems

    def _whole(self, kind: Kind, name: PurePosixPath, source: Source) -> tuple[Found | None, list[Problem]]:  # fmt: skip
        """The facts of front matter that is read in one piece."""
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
        return (None if record is None else facts_of_file(record)), problems

    def _currency_of(self, kind: Kind, located: Located) -> str:
        if kind.record is Workspace:
            return str(located.value.get("currency") or self.currency)
        return self.currency

    def _pieces(self, kind: Kind, name: PurePosixPath, front: str) -> Found | None:
        """The facts of front matter, entry by entry; None where that leaves anything open."""
        lists = {i.key: i.record for i in form_of(kind.record).inner if i.many}
        if not lists or any(k == kind.record.__name__ for k, _ in IN_ORDER) or kind.record is Workspace:  # fmt: skip
            return None
        rest: list[str] = []
        entries: Found = []
        keys: set[str] = set()
        for words in TOP.split(front.removesuffix("\n")):
            piece = f"{words}\n"
            key = KEY.match(piece)
            if key is None and piece.strip():
                return None
            if key is None or key[1] not in lists:
                rest.append(piece)
            elif key[1] in keys or not self._entries(kind, name, key[1], lists[key[1]], piece, entries):  # fmt: skip
                return None
            else:
                keys.add(key[1])
        head = self._remembered(kind, name, "", kind.record, "".join(rest))
        return None if head is None else [*head, *entries]

    def _entries(
        self, kind: Kind, name: PurePosixPath, key: str, record: type[Record], piece: str, out: Found
    ) -> bool:  # fmt: skip
        """Add the facts of a list, entry by entry; False where one cannot be read by itself."""
        first, _, inside = piece.partition("\n")
        if first.rstrip() != f"{key}:":
            return False
        bare = inside.lstrip(" ")
        indent = inside[: len(inside) - len(bare)]
        if not bare.startswith("- "):
            return False
        item = f"{indent}- "
        seen: dict[str, int] = {}
        for part in ("\n" + inside.removesuffix("\n")).split(f"\n{item}")[1:]:
            found = self._remembered(kind, name, key, record, f"{item}{part}\n")
            if found is None:
                return False
            own = numbered(found[0][0][0], seen)
            out += [((key, own, *path[1:]), fact) for path, fact in found]
        return True

    def _remembered(
        self, kind: Kind, name: PurePosixPath, key: str, record: type[Record], words: str
    ) -> Found | None:
        """The facts of one entry, or of all beside the lists; None if there is a problem in it."""
        memory = (kind.name, key, words, self.currency, self.version)
        if memory not in self._known:
            self._known[memory] = self._read(kind, name, key, record, words)
        return self._known[memory]

    def _read(
        self, kind: Kind, name: PurePosixPath, key: str, record: type[Record], words: str
    ) -> Found | None:
        located, problems = read_front_matter(name, f"{key}:\n{words}" if key else words)
        if problems:
            return None
        value: Any = migrated(kind.name, located.value, self.version)
        if key:
            if list(value) != [key] or not isinstance(value[key], list) or len(value[key]) != 1:
                return None
            value = value[key][0]
        if not isinstance(value, dict) or "body" in value:
            return None
        context = {"currency": self.currency}
        known, wrong = validate(record, Located(value), name, None, context)
        if known is None or wrong:
            return None
        if not key:
            return facts_of_file(known)
        found: Found = []
        form = form_of(record)
        gather(known, form, (key_of(known, form.identity),), found)
        return found

    # --- tables ------------------------------------------------------------------------------

    def _table(self, at: Where, name: PurePosixPath, raw: bytes) -> tuple[Found | None, list[Problem]]:  # fmt: skip
        head, _, rest = raw.partition(b"\n")
        lines = rest.split(b"\n")
        known = self._lines.setdefault((at.kind.name, head, self.currency, self.version), {})
        new = [line for line in dict.fromkeys(lines) if line not in known]
        if new and not self._learned(at, name, head, new, known):
            return self._whole_table(at, name, raw)
        seen: dict[str, int] = {}
        told = (
            dict.fromkeys(lines) if at.kind.record in LOGS else lines
        )  # said twice, it counts once
        facts = [fact for line in told if (fact := known[line]) is not None]
        return [((numbered(key, seen),), fact) for key, fact in facts], []

    def _learned(self, at: Where, name: PurePosixPath, head: bytes, new: list[bytes], known: Lines) -> bool:  # fmt: skip
        """Read lines that were not read before; False where they say nothing by themselves.

        A quotation may go over several lines, and how numbers are written (`1.234`, a comma) is
        a matter of the whole table.
        """
        raw = b"\n".join([head, *new])
        if b'"' in raw or b"\r" in raw or b";" in head or UNSURE.search(raw) or (not raw.isascii() and _is_1252(raw)):  # fmt: skip
            return False
        found, problems = self._whole_table(at, name, raw)
        told = [line for line in new if line.strip(b", \t")]
        if found is None or problems or len(found) != len(told):
            return False
        known.update(dict.fromkeys(new))
        keys: set[str] = set()
        for line, (path, fact) in zip(told, found, strict=True):
            key, _, number = path[0].rpartition("#")
            key = key if key in keys and number.isdigit() else path[0]
            keys.add(key)
            known[line] = (key, fact)
        return True

    def _whole_table(self, at: Where, name: PurePosixPath, raw: bytes) -> tuple[Found | None, list[Problem]]:  # fmt: skip
        kind = at.kind.record
        old = dropped(at.kind.name, self.version)
        raw = with_todays_columns(at.kind.name, raw, self.version)
        table, rows, found = read_rows(kind, name, raw, old)
        problems = [p for p in found if p.severity is Severity.ERROR]
        if problems and not table.names:
            return None, problems
        if CONFLICT.search(table.words):
            return None, [Problem("conflict", Place(name))]
        if problems and not table.lines:  # a column that is not known, or lacking
            table, rows, _ = read_rows(kind, name, raw, old, strict=False)
        for row in rows if old else ():
            migrated(at.kind.name, row, self.version)
        context = {"currency": self.currency, "notation": table.notation}
        if (well := validate_all(kind, rows, context)) is not None:
            return facts_of_lines(kind, well), problems
        lines = []
        for line, row in zip(table.lines, rows, strict=True):
            record, wrong = validate(kind, LocatedCells(row, first_line=line.line, table=table), name, None, context)  # fmt: skip
            problems += wrong
            record = record or as_well_as_it_goes(kind, row, context)
            if record is not None:
                lines.append(record)
        return facts_of_lines(kind, lines), problems


def read_version(path: PurePosixPath, raw: bytes, currency: str = "EUR", version: int = NEWEST) -> Version | None:  # fmt: skip
    """The facts of a single version; who reads many keeps a `Reader`."""
    return Reader(currency, version).read(path, raw)


def _is_1252(raw: bytes) -> bool:
    """Whether a text is in an older encoding than UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _with_body(found: Found, record: type[Record], body: str) -> Found:
    """The facts of a file with its prose among them."""
    fact = found[0][1] if found and not found[0][0] else Fact(record.__name__, "", {})
    whole = fact._replace(fields={**fact.fields, "body": unwrapped(body)})
    return [((), whole), *(found if not found or found[0][0] else found[1:])]


def _unreadable(problem: Problem) -> Problem:
    """A version that nobody can read, and the problem why."""
    facts = {**problem.facts, "because": problem.rule}
    return Problem("version-unreadable", problem.place, Severity.WARNING, facts, problem.account)
