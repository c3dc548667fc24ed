"""How the client's people stand to us, -2 to 2, weighed by their influence.

Today's is what stakeholders.md says. Earlier days come from the lines of surveys.csv that name
a person (instrument `sentiment`, `with`): the last one of each person up to that day. People
whose disposition or influence is open are left out.
"""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ZERO, Span, Tally, unknown

LEVELS = ("-2", "-1", "0", "1", "2")
WEIGHTS = ("1", "2", "3", "4", "5")


def count(case: Case, span: Span) -> Tally:
    """Dispositions times influence over influence, as the files say now."""
    said = {p.id: Decimal(p.disposition) for p in case.account.stakeholders if p.disposition in LEVELS}  # fmt: skip
    return weighed(case, said, "stakeholders")


def then(case: Case, span: Span) -> Tally:
    """The same on an earlier day, of those whose mood was recorded."""
    said: dict[str, Decimal] = {}
    for line in case.surveys(Span(span.start.min, span.end)):
        if line.instrument == "sentiment" and isinstance(line.with_, str) and isinstance(line.score, Decimal):  # fmt: skip
            said[line.with_.removeprefix("client:")] = line.score
    return weighed(case, said, "surveys") if said else unknown("not_kept")


def weighed(case: Case, said: dict[str, Decimal], log: str) -> Tally:
    """The weighed mean of what is known of the client's people."""
    people = case.account.stakeholders
    if not people:
        return unknown("no_log")
    over, under, n = ZERO, ZERO, 0
    for person in people:
        if person.id in said and person.influence in WEIGHTS:
            weight = Decimal(str(person.influence))
            over, under, n = over + said[person.id] * weight, under + weight, n + 1
    return Tally(over, under, n, len(people) - n, inputs=((log, n),))


KPI = Kpi(
    "buyer-sentiment",
    "none",
    "higher",
    count,
    needs=("stakeholders", "surveys"),
    source="Altify's support of each person, weighed by influence",
    unknown_when=("no_log", "nothing_to_divide", "not_kept"),
    decimals=1,
    minimum=2,
    before=then,
)
