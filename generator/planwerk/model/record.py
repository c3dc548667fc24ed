"""What all records of a plan have in common: strictness, and who may see what.

`released` is the allow-list of the gate: the fields that leave the house when the record is
shared. A field that is not named there stays, whatever is marked. `sharable = False` refuses
the mark altogether; `for_partners = True` lets partners see the kind, too, where it is marked for
them.

The modules of records do without postponed annotations: pydantic would have to evaluate each of
them as a text, at every start.
"""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Share = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""Who may see a record: `client`, `partner:<id>`, or a list of them; silent means internal."""


class Record(BaseModel):
    """A part of a plan; unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    released: ClassVar[frozenset[str]] = frozenset()
    sharable: ClassVar[bool] = True
    for_partners: ClassVar[bool] = False


class Shared(Record):
    """A record that says itself who may see it."""

    share: Share = ()

    def visible_to(self, audience: str) -> bool:
        """Whether `audience` (`internal`, `client`, `partner:<id>`) may see this record."""
        if audience.startswith("partner:") and not self.for_partners:
            return False
        return audience == "internal" or (self.sharable and audience in self.share)
