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
    booked = _bookings(lines)
    last = {booking: versions[-1] for booking, versions in booked.items()}
    added = [line for booking, line in wanted.items() if booking not in booked]
    told = [wanted.get(b, {**line, "amount": "0"}) for b, line in last.items()]
    changed = [
        {**line, "id": f"{booking}-c{len(versions)}", "corrects": versions[-1]["id"]}
        for line, (booking, versions) in zip(told, booked.items(), strict=True)
        if any(line[key] != versions[-1][key] for key in COMPARED)
    ]
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


def _bookings(lines: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The lines of each booking, corrections after what they correct, by its first id."""
    first: dict[str, str] = {}
    booked: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        first[line["id"]] = first.get(line["corrects"], line["id"])
        booked.setdefault(first[line["id"]], []).append(line)
    return booked
