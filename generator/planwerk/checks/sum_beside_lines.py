"""A month is there as a sum and, beside it, in single lines about the same.

A line whose day is a month (`2026-09`) is the sum of all that the month held. Single lines of
the same kind in that month (the same channel, direction and weight; the same kind of revenue and
offering; the same KPI; the same survey) are part of that sum: they stay readable and are not
counted again. Where they are not part of it, add them to the sum, or write the sum without its
month in single lines.

Wrong:
    interactions.csv
    date,channel,direction,count,topic
    2026-09,email,out,26,Alle im September
    2026-09-14,email,out,1,Angebot

Right:
    interactions.csv
    date,channel,direction,count,topic
    2026-08,email,out,26,Alle im August
    2026-09-14,email,out,1,Angebot
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.logs import corrected, covered, sums
from planwerk.model.portfolio import Account

NAME = "sum-beside-lines"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """The first single line of each month and kind that the sum of the month takes in."""
    logs: tuple[Sequence[Any], ...] = (account.interactions, account.revenue, account.measurements, account.surveys)  # fmt: skip
    for log in logs:
        if known := sums(log):
            replaced, told = corrected(log), set()
            for line in log:
                if covered(line, known) and line.id not in replaced:
                    month = f"{line.date.year}-{line.date.month:02}"
                    if month not in told:
                        told.add(month)
                        yield found(line, "date", found=month, day=line.date)
