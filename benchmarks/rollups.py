"""Roll-ups over many accounts: every KPI of the catalogue, by client, industry, offering, period.

Run by `run.py` in a process of its own, so that its memory is its own: prints what the roll-ups
took, without making the accounts, as JSON.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from planwerk.model.account import Opportunity, Profile, Revenue
from planwerk.model.computed import CATALOGUE
from planwerk.model.logs import Interaction, SurveyAnswer
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import Workspace
from planwerk.rollup import Rollup, Span

INDUSTRIES = [f"industry-{i}" for i in range(20)]
OFFERINGS = [f"offering-{i}" for i in range(8)]
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
FIRST, DAYS = date(2025, 1, 1), 730


def line(record: Any, /, **values: Any) -> Any:
    """A line as reading makes it: every field there, those not told at their defaults."""
    fields = {n: f.get_default() for n, f in record.model_fields.items() if not f.is_required()}
    return record.model_construct(**{**fields, **values})


def account(rng: random.Random, number: int, lines: int) -> Account:
    """An account with that many lines, half of them contacts."""

    def day() -> date:
        return FIRST + timedelta(days=rng.randrange(DAYS))

    contacts, rest = lines // 2, lines // 6
    interactions = tuple(
        line(
            Interaction,
            date=day(),
            channel=rng.choice(("email", "call", "meeting")),
            strategic=rng.random() < 0.2,
            count=Decimal(rng.randrange(1, 20)),
            answered=Decimal(1),
            reply_hours=Decimal(rng.randrange(100)),
        )
        for _ in range(contacts)
    )
    revenue = tuple(
        line(
            Revenue,
            date=day(),
            kind=rng.choice(("new", "upsell", "renewal", "recurring", "churn")),
            offering=rng.choice(OFFERINGS),
            amount=Decimal(rng.randrange(100_000)),
            currency=rng.choice(("EUR", "GBP")),
        )
        for _ in range(rest)
    )
    surveys = tuple(
        line(SurveyAnswer, date=day(), instrument=rng.choice(("nps", "csat", "ces")), by="client", score=Decimal(rng.randrange(1, 6)))
        for _ in range(rest)
    )  # fmt: skip
    deals = tuple(
        line(Opportunity, id=str(i), offering=rng.choice(OFFERINGS), opened=day(), closed=day(), outcome=rng.choice(("won", "lost", "open")), value=Decimal(1000))
        for i in range(lines - contacts - 2 * rest)
    )  # fmt: skip
    profile = Profile(name=str(number), industry=rng.choice(INDUSTRIES), owner="brandt")
    return Account.model_construct(
        id=f"kunde-{number:04}",
        profile=profile,
        interactions=interactions,
        revenue=revenue,
        surveys=surveys,
        opportunities=deals,
    )


def main() -> None:
    """Print wall and CPU seconds of the roll-ups, the peak of memory, and how many lines came."""
    count, lines = map(int, sys.argv[1:3])
    rng = random.Random(1)
    house = Workspace.model_validate(
        {
            "format": "1",
            "organisation": {"name": "Haus"},
            "rates": [{"currency": "GBP", "since": "2025-01-01", "rate": "1.17"}],
        }
    )
    portfolio = Portfolio.model_construct(
        audience="internal",
        as_of=YEAR.end,
        workspace=house,
        accounts=tuple(account(rng, number, lines) for number in range(count)),
        training=(),
    )
    gc.disable()  # as commands do, whose process ends with its answer
    wall, cpu = time.perf_counter(), time.process_time()
    made, groups = Rollup(portfolio), 0
    for kpi in CATALOGUE:
        for by in ("all", "client", "industry", "tier"):
            groups += len(made.by(kpi, by, YEAR))  # type: ignore[arg-type]
    for kpi in ("revenue", "won-value", "win-rate"):
        groups += len(made.by(kpi, "offering", YEAR))
    for kpi in ("revenue", "email-reply-rate", "nps"):
        groups += len(made.by(kpi, "period", YEAR))
    print(
        json.dumps(
            {
                "wall": time.perf_counter() - wall,
                "cpu": time.process_time() - cpu,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
                "groups": groups,
            }
        )
    )


if __name__ == "__main__":
    main()
