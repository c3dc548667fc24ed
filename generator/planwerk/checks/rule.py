"""What rules speak in: a finding, and the house that it is found in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from planwerk.measure import results
from planwerk.model.plan import Measured
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.problems import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Tier(Enum):
    """When a rule runs: in every check, with `--strict`, or only when somebody names it."""

    ALWAYS = "always"
    STRICT = "strict"
    BY_NAME = "by-name"


class Finding(NamedTuple):
    """What a rule found: the record, the keys that lead to the value, the facts of its message.

    `words` are those of a longer text that the finding is about: they are underlined.
    """

    record: Record
    keys: tuple[str | int, ...] = ()
    facts: Mapping[str, str] = {}
    words: str = ""
    first: Record | None = None
    """Another record, whose line the message names as `{first}`."""


def found(
    record: Record, *keys: str | int, words: str = "", first: Record | None = None, **facts: object
) -> Finding:
    """A finding at `keys` of `record`; `facts` fill the placeholders of the rule's words."""
    return Finding(record, keys, {name: str(fact) for name, fact in facts.items()}, words, first)


class Identity(NamedTuple):
    """What an account is called, and whom it belongs to."""

    names: tuple[str, ...] = ()
    """Name, aliases, domains."""
    parent: str = ""


@dataclass(frozen=True)
class House:
    """All that a rule may look at beside the one account it is given.

    `portfolio` holds the workspace, personas, industries and questions; its accounts are
    those that were read together, never all of them for certain. `accounts` are all, by id.
    """

    portfolio: Portfolio
    accounts: Mapping[str, Identity] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()
    """The names of all rules."""
    _measured: dict[int, tuple[Measured, ...]] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day that the plans are looked at."""
        return self.portfolio.as_of

    def results(self, account: Account, period: Period) -> tuple[Measured, ...]:
        """How each KPI of the period stands on that day; measured once."""
        key = id(period)
        if key not in self._measured:
            self._measured[key] = results(self.portfolio, account, period)
        return self._measured[key]
