"""risks.md of a period: what could go wrong with the account, and what we do about it."""

from typing import ClassVar, Literal

from planwerk.model.record import Record
from planwerk.model.types import Id, MaybeDay, MaybeMoney, MaybePerson, MaybeProse, Prose

Rating = Literal["1", "2", "3", "4", "5", "offen", "open"]


class Risk(Record):
    """A risk. Never shared: its reason is our judgement of the client."""

    id: Id
    reason: Literal[
        "adoption", "value_gap", "quality", "sponsor", "engagement", "budget", "competitor",
        "corporate_decision", "delivery", "other",
    ]  # fmt: skip
    text: MaybeProse = ""
    probability: Rating
    severity: Rating
    amount_at_risk: MaybeMoney | None = None
    warning_signs: tuple[MaybeProse, ...] = ()
    mitigations: tuple[Id, ...] = ()
    owner: MaybePerson | None = None
    opened_on: MaybeDay | None = None
    closed_on: MaybeDay | None = None
    resolution: MaybeProse = ""
    sharable: ClassVar[bool] = False


class RiskFile(Record):
    """risks.md: the risks of a period."""

    risks: tuple[Risk, ...] = ()
    checked_on: MaybeDay | None = None
    body: Prose = ""
