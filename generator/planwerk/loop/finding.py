"""What the loop finds: one thing, of one account, of one person, with its day and its origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record
from planwerk.model.types import OPEN

Side = Literal["us", "client", "partner"]
SIDES: tuple[Side, ...] = ("us", "client", "partner")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of the loop.

    `kind` says what it is (`task`, `meeting`, `question` …), `what` what it is called, `whose`
    the id of who has to act ("" if nobody is named), `day` by when, `late` how many days that is
    past (0: not yet; negative: days to come; None: no day is known). `record` and `keys` are
    where it stands in the plans; `note` is a further fact in people's own words or a plain value.
    """

    kind: str
    account: str
    what: str
    whose: str = ""
    day: date | None = None
    late: int | None = None
    record: Record | None = field(default=None, compare=False, repr=False)
    keys: tuple[str | int, ...] = ()
    note: str = ""
    period: str = ""

    @property
    def side(self) -> Side:
        """Whose side has to act: ours where nobody is named."""
        head = self.whose.partition(":")[0]
        return "client" if head == "client" else "partner" if head == "partner" else "us"


def known(value: object) -> bool:
    """Whether a value stands there and is not open."""
    return value not in (None, "", OPEN, "offen", "open")


def day_of(value: object) -> date | None:
    """The day, where one is known."""
    return value if isinstance(value, date) else None


def who(*names: object) -> str:
    """The first of these people that is known."""
    return next((str(name) for name in names if known(name)), "")


def words_of(value: object) -> str:
    """A text of a plan; nothing where it is open."""
    return str(value) if known(value) else ""


def begun(account: Account, as_of: date) -> Iterator[Period]:
    """The periods that have begun."""
    return (period for period in account.periods if period.plan.from_ <= as_of)


def by_day(found: Iterable[Found]) -> list[Found]:
    """The longest overdue first, what has no day last."""
    last = date.max
    return sorted(found, key=lambda f: (f.day or last, f.account, f.kind, f.what))
