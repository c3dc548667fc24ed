"""One more line in a log: checked as a check would, written as the file is written."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from planwerk.checks import RULES, identities
from planwerk.checks.rule import House as CheckedHouse
from planwerk.checks.rule import Tier
from planwerk.format.front import canonical_value
from planwerk.format.shape import Kind, slots
from planwerk.model.account import Measurement, Revenue
from planwerk.model.log import ROW, Log
from planwerk.model.logs import Interaction, SurveyAnswer
from planwerk.model.portfolio import Account
from planwerk.model.record import Record
from planwerk.model.validate import numbers_of, validate
from planwerk.problems import Place, Problem, Refusal, Severity
from planwerk.scaffold.house import House, below
from planwerk.text.heads import twice
from planwerk.text.stream import LogFile, learn_decimals, open_log
from planwerk.text.table import LocatedCells, Table
from planwerk.text.write import replace_file, replace_if_same

LOGS: Mapping[str, tuple[type[Record], str, str]] = {
    "kpi": (Measurement, "measurements.csv", "measurements"),
    "interaction": (Interaction, "interactions.csv", "interactions"),
    "revenue": (Revenue, "revenue.csv", "revenue"),
    "survey": (SurveyAnswer, "surveys.csv", "surveys"),
}
"""What can be recorded: the record, its file, and the field of the account that holds it."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A line that was written, where it stands, and what a check would warn of."""

    place: Place
    words: str
    warnings: tuple[Problem, ...] = ()


def columns(name: str) -> dict[str, bool]:
    """The columns of a log, and whether a line needs them."""
    return {f.alias or n: f.is_required() for n, f in LOGS[name][0].model_fields.items()}


def record(house: House, account: str, name: str, cells: Mapping[str, str]) -> Recorded:
    """Append one line to a log of an account.

    Refuses (exit code 1) what a check would refuse of it, and writes nothing then. The file keeps
    its separator, decimals, line ends and encoding; one that is not there is made with its head.
    """
    kind, file_name, field = LOGS[name]
    known = house.account(account)
    path = below(known.id, file_name)
    full = house.reading.root / path
    if full.is_symlink() or full.parent.is_symlink():
        raise Refusal([Problem("symlink", Place(path))], 2)
    old = full.read_bytes() if full.exists() else None
    form = _form(path, full, kind, old)
    filled = {key: value.strip() for key, value in cells.items() if value.strip()}
    names = [*form.names, *(key for key in filled if key not in form.names)]
    written = _written(kind, filled, form)
    line = _line([written.get(key, "") for key in names], form.separator)
    begun = b"" if old is None else _with_head(old, form, names)
    number = begun.count(b"\n") + 1 if begun else 2
    made, problems = _understood(kind, path, filled, house, number, Table(line, form.separator, names))  # fmt: skip
    if made is not None:
        problems += _found(house, known, field, made, path, number)
    problems += _said(line, begun, form, path, number)
    if wrong := [p for p in problems if p.severity is Severity.ERROR or p.rule == "line-twice"]:
        raise Refusal(wrong, 1)
    new = _encoded(line, form, path)
    if old is None:
        head = _line(names, form.separator)
        replace_file(full, f"{head}\n{line}\n".encode(), str(path))
    elif problem := replace_if_same(full, old, begun + new + form.end.encode(), str(path)):
        raise Refusal([problem], 2)
    return Recorded(Place(path, number), line, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Form:
    """How a log is written."""

    names: list[str]
    separator: str = ","
    mark: str = "."
    encoding: str = "utf-8"
    end: str = "\n"
    head: int = 1


def _form(path: PurePosixPath, full: Any, kind: type[Record], old: bytes | None) -> _Form:
    every = [f.alias or n for n, f in kind.model_fields.items()]
    if old is None:
        return _Form(every)
    required = [f.alias or n for n, f in kind.model_fields.items() if f.is_required()]
    log, problems = open_log(path, full, tuple(every), required, lambda words, line: None)
    problems += learn_decimals(log, numbers_of(kind)) if log else []
    wrong = [p for p in problems if p.severity is Severity.ERROR]
    if log is None or wrong:
        raise Refusal(wrong, 1)
    end = "\r\n" if b"\r\n" in old else "\n"
    return _Form(log.table.names, log.table.separator, _mark(log), log.encoding.removesuffix("-sig"), end, log.head)  # fmt: skip


def _mark(log: LogFile) -> str:
    return log.table.notation.mark or "."


def _written(kind: type[Record], cells: Mapping[str, str], form: _Form) -> dict[str, str]:
    """The cells as the file would have them: plain days, its own sign before decimals."""
    known = slots(kind)
    out = {}
    for key, words in cells.items():
        of = known[key].kind
        plain = canonical_value(words, of)
        out[key] = plain.replace(".", form.mark) if of is Kind.NUMBER else plain
    return out


def _line(cells: Sequence[str], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="").writerow(cells)
    return out.getvalue()


def _with_head(old: bytes, form: _Form, names: list[str]) -> bytes:
    """The file as it is, its last line ended, further columns at the end of its head."""
    end = form.end.encode()
    begun = old if old.endswith((b"\n", b"\r")) else old + end
    if names == form.names:
        return begun
    lines = begun.split(end)
    more = form.separator.join(names[len(form.names) :])
    head = lines[form.head - 1].rstrip(form.separator.encode())
    lines[form.head - 1] = head + f"{form.separator}{more}".encode(form.encoding)
    return end.join(lines)


def _understood(
    kind: type[Record],
    path: PurePosixPath,
    cells: dict[str, str],
    house: House,
    number: int,
    table: Table,
) -> tuple[Record | None, list[Problem]]:
    """The record, or what is wrong with it; its place is where it would stand."""
    located = LocatedCells(dict(cells), first_line=1, table=table)
    context = {"currency": house.portfolio.workspace.currency}
    made, problems = validate(kind, located, path, None, context)
    return made, [_at(p, number) for p in problems]


def _at(problem: Problem, line: int) -> Problem:
    at = problem.place
    place = Place(at.path, line, at.column, at.width)
    return Problem(problem.rule, place, problem.severity, problem.facts, problem.account)


def _found(
    house: House, account: Account, field: str, made: Record, path: PurePosixPath, line: int
) -> list[Problem]:
    """What the rules find in the new line."""
    log = getattr(account, field)
    if isinstance(log, Log):
        names = dict.fromkeys([*log.columns, *made.model_fields_set])
        full = {n: [*_column(log, n), getattr(made, n)] for n in names}
        longer: Sequence[Record] = Log(log.kind, full, array("L", [*log.lines, line]))
    else:
        longer = (*log, made)
    changed = account.model_copy(update={field: longer})
    portfolio = house.portfolio.model_copy(update={"accounts": (changed,)})
    checked = CheckedHouse(portfolio, identities(house.reading))
    return list(_of_line(checked, changed, made, len(log), path, line))


def _column(log: Log[Any], name: str) -> Sequence[Any]:
    return log.columns.get(name) or [log.kind.model_fields[name].get_default()] * len(log)


def _of_line(
    house: CheckedHouse, account: Account, made: Record, row: int, path: PurePosixPath, line: int
) -> Iterator[Problem]:
    for rule in RULES:
        if rule.TIER is not Tier.ALWAYS or not hasattr(rule, "check"):
            continue
        for found in rule.check(house, account):
            if found.record is made or (type(found.record) is type(made) and found.record.__dict__.get(ROW) == row):  # fmt: skip
                facts = {**found.facts, "first": found.facts.get("first", "")}
                yield Problem(rule.NAME, Place(path, line), rule.SEVERITY, facts, account.id)


def _said(
    line: str, begun: bytes, form: _Form, path: PurePosixPath, number: int
) -> Iterator[Problem]:
    """That the same line stands there already: it would not count."""
    try:
        words = line.encode(form.encoding)
    except UnicodeEncodeError:
        return
    for at, old in enumerate(begun.splitlines(), 1):
        if old.rstrip(form.separator.encode()) == words.rstrip(form.separator.encode()):
            yield twice(path, number, at)
            return


def _encoded(line: str, form: _Form, path: PurePosixPath) -> bytes:
    try:
        return line.encode(form.encoding)
    except UnicodeEncodeError as error:
        found = {"found": line[error.start]}
        raise Refusal([Problem("windows-1252", Place(path), Severity.ERROR, found)], 1) from None
