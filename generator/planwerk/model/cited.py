"""Where a record stands: commit, file and line, noted on the record itself.

The note is no field: nothing that copies a record field by field, as the gate does, copies it.
"""

from __future__ import annotations

from typing import NamedTuple

from planwerk.model.record import Record

CITED = "_cited"
"""The key under which a record bears its note."""


class Cited(NamedTuple):
    """A line (from 1) of a file, by its path in the repository, at a commit (its full id)."""

    commit: str
    path: str
    line: int = 1


def cite(record: Record, place: Cited) -> None:
    """Note on a record where it stands."""
    record.__dict__[CITED] = place


def cited(record: Record) -> Cited | None:
    """Where a record stands; None where that is not known, or not committed."""
    return record.__dict__.get(CITED)
