"""Where each record of the plans stands at the git host: noted on the records, for us alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from planwerk.model.account import Measurement, Opportunity, WhiteSpaceCell
from planwerk.model.cited import Cited, cite, forget
from planwerk.model.competition import Feature
from planwerk.model.record import Record
from planwerk.model.walk import shape
from planwerk.read import Reading
from planwerk.repository import Repository, Standing, Unreadable
from planwerk.text.items import Lines, item_lines

TABLES = (WhiteSpaceCell, Opportunity, Feature, Measurement)
"""The tables whose lines pages show one by one."""
SHARED = ("industries", "personas", "workspace.yml", "questions.md", "training.csv")
"""What lies beside the accounts, in folders and files."""


Places = Mapping[str, Sequence[tuple[object, int]]]
"""By file its records, or the one long log that it is, with the lines on which they begin."""


def cite_all(reading: Reading, found: Standing, revision: str, accounts: Collection[str]) -> None:
    """Note where the records of these accounts, and of what they share, stand in the history.

    `revision` is the commit whose plans they are ("" for the working tree). Files with changes
    that are not committed are left out, and so is everything where git does not tell.
    """
    cite_places(places(reading, {*accounts, *SHARED}), found, revision)


def places(reading: Reading, parts: Collection[str]) -> Places:
    """Where what was read stands in its files, of these accounts, folders and files in `plans/`."""
    logs = {str(file.name): log for log, file in reading.logs}
    found: dict[str, Sequence[tuple[object, int]]] = {}
    for name in {*reading.records, *logs}:
        if name.split("/")[1] in parts:
            found[name] = [(logs[name], 1)] if name in logs else list(_lines(reading, name))
    return found


def cite_places(known: Places, found: Standing, revision: str = "") -> None:
    """Note on what stands there at which commit it does, or that it does at none."""
    for held in known.values():
        for record, _ in held:
            forget(record)
    repository = found.repository
    if repository is None:
        return
    names = known.keys() & found.files.keys()
    try:
        commits = _commits(repository, found, revision or repository.resolve("HEAD"), names)
    except Unreadable:
        return
    for name, commit in commits.items():
        for record, line in known[name]:
            cite(record, Cited(commit, repository.above + name, line))


def _commits(
    repository: Repository, found: Standing, tip: str, names: Collection[str]
) -> dict[str, str]:
    """By file the commit that is linked to: the last that changed it, so that a page stays as it
    is while its files do; where that one holds something else (branches), the tip."""
    clean = {name: found.files[name] for name in sorted(names) if name not in found.unclean}
    same = repository.same(clean, tip)
    return {name: commit if name in same else tip for name, commit in clean.items()}


def _lines(reading: Reading, name: str) -> Iterator[tuple[Record, int]]:
    """The records of a file with the lines on which they begin; of what is only counted, the first."""
    records = reading.records.get(name, [])
    if table := reading.tables.get(name):
        for at, (path, record) in enumerate(records):
            if at == 0 or isinstance(record, TABLES):
                yield record, table.lines[int(path[0])].line
        return
    located = reading.located.get(name)
    for _, record in records:
        yield record, 1
        if located is not None:
            for part, line in _parts(record, item_lines(located.front, located.first_line)):
                yield part, line
                yield from ((inner, line) for inner in _within(part))


def _parts(record: Record, lines: Mapping[str, Lines]) -> Iterator[tuple[Record, int]]:
    """The records that a record holds, with the lines on which they begin."""
    for field in shape(type(record)).inner:
        held = record.__dict__[field]
        here = lines.get(type(record).model_fields[field].alias or field)
        if here is None:
            continue
        if isinstance(held, Record):
            yield held, here.key
        elif isinstance(held, tuple) and len(held) == len(here.entries):
            yield from zip(held, here.entries, strict=True)


def _within(record: Record) -> Iterator[Record]:
    """All that a record holds: it stands where the record does."""
    for field in shape(type(record)).inner:
        held = record.__dict__[field]
        for part in held if isinstance(held, tuple) else (held,):
            if isinstance(part, Record):
                yield part
                yield from _within(part)
