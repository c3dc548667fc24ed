"""Which fields can leave the house: told by `released` and `sharable`, never typed twice."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from planwerk.model.kinds import held, holders
from planwerk.model.record import Record, Shared


class Sharing(Enum):
    """When a field leaves the house."""

    NEVER = "never"
    MARKED = "marked"
    """With its record, when that bears `share`."""
    OWN = "own"
    """Each entry when it bears `share` itself."""
    NAMED = "named"
    """With the shared record that holds or names its own."""
    IDENTITY = "identity"
    """As soon as anything of the account or period is shared."""


def sharing(record: type[Record], name: str) -> Sharing:
    """When the field of that name (in the code) leaves the house."""
    if name in getattr(record, "identity", ()):
        return Sharing.IDENTITY
    inner = [kind for kind in held(record.model_fields[name].annotation) if can_leave(kind)]
    if any(issubclass(kind, Shared) for kind in inner):
        return Sharing.OWN
    if not can_leave(record):
        return Sharing.NAMED if inner and not issubclass(record, Shared) else Sharing.NEVER
    if name not in record.released:
        return Sharing.NEVER
    return Sharing.MARKED if issubclass(record, Shared) else Sharing.NAMED


@lru_cache(maxsize=256)
def can_leave(record: type[Record]) -> bool:
    """Whether anything of such a record can ever leave the house.

    A record without a mark of its own leaves with the one that holds it, if that releases it.
    """
    if not record.sharable or not record.released:
        return False
    if issubclass(record, Shared):
        return True
    found = holders().get(record, [])
    return not found or any(
        not issubclass(holder, Shared) or name in holder.released for holder, name in found
    )
