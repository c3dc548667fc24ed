"""Where a record stands: commit, file and line, noted on the record itself.

The note is no field: nothing that copies a record field by field, as the gate does, copies it. A
long log bears one for all its lines, each of which has its own while somebody looks at it.
"""

from __future__ import annotations

from typing import NamedTuple

CITED = "_cited"
"""The key under which a record bears its note."""


class Cited(NamedTuple):
    """A line (from 1) of a file, by its path in the repository, at a commit (its full id)."""

    commit: str
    path: str
    line: int = 1


def cite(record: object, place: Cited) -> None:
    """Note on a record, or on a long log of records, where it stands."""
    record.__dict__[CITED] = place


def forget(record: object) -> None:
    """Note that it stands nowhere yet."""
    record.__dict__.pop(CITED, None)


def cited(record: object) -> Cited | None:
    """Where a record or log stands; None where that is not known, or not committed."""
    found: Cited | None = record.__dict__.get(CITED)
    return found
