"""Tables line by line: of a long log, only the lines that were not read before.

A line says by itself what it says, unless a quotation goes over several of them, or how
numbers are written is a matter of the whole table; then the table is read as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeAlias

from planwerk.history.facts import Fact, Facts, Found, facts_of_lines, numbered, placed
from planwerk.history.lenient import as_well_as_it_goes
from planwerk.history.migrations import dropped, migrated, with_todays_columns
from planwerk.history.where import Where, conflict_in
from planwerk.model.history import Spot
from planwerk.model.validate import validate, validate_all
from planwerk.problems import Place, Problem, Severity
from planwerk.read import LOGS, read_rows
from planwerk.text.table import LocatedCells

UNSURE = re.compile(rb"(?<![\d.])-?[1-9]\d{0,2}(\.\d{3})+(?![\d.])")
"""A number that could be read in two ways, if the rest of its table did not say which."""
Known: TypeAlias = "dict[bytes, tuple[Spot, Fact] | None]"
"""What lines of a table say, and where; None for empty ones."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Reads tables, and remembers the lines it has read as long as it lives."""

    _known: dict[tuple[str, str, bytes, str, int], Known] = field(default_factory=dict)

    def facts(self, at: Where, name: PurePosixPath, raw: bytes, currency: str, version: int) -> tuple[Facts | None, list[Problem]]:  # fmt: skip
        """The facts of a table, None where nobody can read it; and what is wrong with it."""
        head, _, rest = raw.partition(b"\n")
        lines = rest.split(b"\n")
        about = (at.account, at.kind.name, head, currency, version)
        known = self._known.setdefault(about, {})
        once = dict.fromkeys(lines)
        new = [line for line in once if line not in known]
        if new and not _learned(at, name, head, new, known, currency, version):
            found, problems = _whole(at, name, raw, currency, version)
            return (
                None if found is None else placed(found, at.account, at.kind.name, at.of)
            ), problems
        told = once if at.kind.record in LOGS else lines  # said twice, it counts once
        pairs = [pair for line in told if (pair := known[line]) is not None]
        facts = dict(pairs)
        if len(facts) < len(pairs):
            seen: dict[str, int] = {}
            facts = {spot._replace(path=(numbered(spot.path[0], seen),)): f for spot, f in pairs}
        return facts, []


def _learned(at: Where, name: PurePosixPath, head: bytes, new: list[bytes], known: Known, currency: str, version: int) -> bool:  # fmt: skip
    """Read lines that were not read before; False where they say nothing by themselves."""
    raw = b"\n".join([head, *new])
    if b'"' in raw or b"\r" in raw or b";" in head or UNSURE.search(raw) or (not raw.isascii() and _is_1252(raw)):  # fmt: skip
        return False
    found, problems = _whole(at, name, raw, currency, version)
    told = [line for line in new if line.strip(b", \t")]
    if found is None or problems or len(found) != len(told):
        return False
    known.update(dict.fromkeys(new))
    keys: set[str] = set()
    for line, (path, fact) in zip(told, found, strict=True):
        key, _, number = path[0].rpartition("#")
        key = key if key in keys and number.isdigit() else path[0]
        keys.add(key)
        known[line] = (Spot(at.account, at.kind.name, at.of, (key,)), fact)
    return True


def _whole(at: Where, name: PurePosixPath, raw: bytes, currency: str, version: int) -> tuple[Found | None, list[Problem]]:  # fmt: skip
    """The facts of a table that is read in one piece."""
    kind = at.kind.record
    old = dropped(at.kind.name, version)
    raw = with_todays_columns(at.kind.name, raw, version)
    table, rows, found = read_rows(kind, name, raw, old)
    problems = [p for p in found if p.severity is Severity.ERROR]
    if problems and not table.names:
        return None, problems
    if conflict_in(table.words):
        return None, [Problem("conflict", Place(name))]
    if problems and not table.lines:  # a column that is not known, or lacking
        table, rows, _ = read_rows(kind, name, raw, old, strict=False)
    for row in rows if old else ():
        migrated(at.kind.name, row, version)
    context = {"currency": currency, "notation": table.notation}
    if (well := validate_all(kind, rows, context)) is not None:
        return facts_of_lines(kind, well), problems
    lines = []
    for line, row in zip(table.lines, rows, strict=True):
        cells = LocatedCells(row, first_line=line.line, table=table)
        record, wrong = validate(kind, cells, name, None, context)
        problems += wrong
        record = record or as_well_as_it_goes(kind, row, context)
        if record is not None:
            lines.append(record)
    return facts_of_lines(kind, lines), problems


def _is_1252(raw: bytes) -> bool:
    """Whether a text is in an older encoding than UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
