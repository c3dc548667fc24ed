"""Older ways to write plans: what has to be done to files of earlier versions of the format.

A file is read as the format of today reads it once every migration that its version asks for
was made. Keys only: what a value means is a matter of the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

NEWEST = 1
"""The version of the format that this program reads; `format:` in workspace.yml says a file's."""


class Migration(NamedTuple):
    """Keys that are called otherwise today (`renamed`: the old key, the new; None: dropped).

    It is made in files of a kind (`topic`) whose format is at most `upto`, in the records at
    `path`: the keys that lead to them, through lists as well.
    """

    upto: int
    topic: str
    renamed: Mapping[str, str | None]
    path: tuple[str, ...] = ()


MIGRATIONS: tuple[Migration, ...] = ()
"""None yet: format 1 is the first."""


def migrated(topic: str, value: dict[str, Any], version: int = NEWEST) -> dict[str, Any]:
    """The front matter of a file, or a line of a table, with the keys of today.

    A key of today that stands there already wins. What has to change is changed in place.
    """
    for migration in asked(topic, version):
        for record in _at(value, migration.path):
            for old, new in migration.renamed.items():
                if old in record:
                    was = record.pop(old)
                    if new is not None:
                        record.setdefault(new, was)
    return value


def asked(topic: str, version: int) -> Iterator[Migration]:
    """The migrations of such a file."""
    return (m for m in MIGRATIONS if m.topic == topic and version <= m.upto)


def with_todays_columns(topic: str, raw: bytes, version: int) -> bytes:
    """A table whose head names its columns as they are called today; those dropped stay."""
    for migration in asked(topic, version):
        head, end, rest = raw.partition(b"\n")
        for old, new in migration.renamed.items():
            if new is not None:
                head = re.sub(rf"(?<![\w-]){old}(?![\w-])".encode(), new.encode(), head)
        raw = head + end + rest
    return raw


def dropped(topic: str, version: int) -> tuple[str, ...]:
    """The columns that a table could have then and that are no longer known."""
    return tuple(
        old for m in asked(topic, version) for old, new in m.renamed.items() if new is None
    )


def _at(value: Any, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _at(part, path)
    elif isinstance(value, dict):
        if path:
            yield from _at(value.get(path[0]), path[1:])
        else:
            yield value
