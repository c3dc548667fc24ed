"""Append-only logs: what a later import adds to a revenue log that already has lines."""

from __future__ import annotations

import csv
import io

from planwerk.importing.files import REVENUE, csv_text
from planwerk.importing.report import Notes, place

COMPARED = ("date", "offering", "amount", "currency")


def extended(path: str, old: str, new: str, notes: Notes) -> str:
    """The log `old` with what `new` knows more: further bookings, and a correction for each
    that the CRM tells differently now (its amount 0 where it tells nothing any more)."""
    lines, wanted = _read(old), {line["id"]: line for line in _read(new)}
    latest = _latest(lines)
    corrections = {line["id"]: _root(line["id"], lines) for line in lines}
    added, changed = [], []
    for name, line in wanted.items():
        if name not in latest:
            added.append(line)
        elif any(line[key] != latest[name][key] for key in COMPARED):
            changed.append(_correction(line, name, latest, corrections))
    for name, line in latest.items():
        if name not in wanted and line["amount"] != "0":
            changed.append(_correction({**line, "amount": "0"}, name, latest, corrections))
    if not added and not changed:
        return old
    notes.add("seen", "log-extended", place(path), len(added), file=path)
    notes.add("decided", "log-corrected", place(path), len(changed), file=path)
    return csv_text(REVENUE, [*lines, *added, *changed])


def missing(old: str, new: str) -> int:
    """How many lines of `new` a person's version of the log does not hold, by their ids."""
    known = {line.get("id") for line in csv.DictReader(io.StringIO(old, newline=""))}
    return sum(line["id"] not in known for line in _read(new))


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _latest(lines: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """The line that counts for each booking, by the booking's first id."""
    return {_root(line["id"], lines): line for line in lines}


def _root(name: str, lines: list[dict[str, str]]) -> str:
    """The first id of the booking that `name` corrects, directly or over other corrections."""
    above = {line["id"]: line["corrects"] for line in lines}
    while above.get(name):
        name = above[name]
    return name


def _correction(
    line: dict[str, str],
    booking: str,
    latest: dict[str, dict[str, str]],
    roots: dict[str, str],
) -> dict[str, str]:
    number = sum(root == booking for root in roots.values())
    return {**line, "id": f"{booking}-c{number}", "corrects": latest[booking]["id"]}
