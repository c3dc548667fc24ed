"""New slides of a plan's own: slides.md of a period, with one to change and a title to try."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill as wrapped

from planwerk.model.outputs import SECTIONS
from planwerk.model.slides import SlideFile
from planwerk.problems import refuse
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import House, below
from planwerk.scaffold.template import fill


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Which period's decks."""
    account = house.account(given["account"])
    current = account.current(house.today)
    if current is None:
        raise refuse("new-no-period", str(below(account.id)), account=account.id)
    return (Ask("period", tuple(period.id for period in account.periods), current.id),)


def draft(house: House, given: Given) -> Draft:
    """slides.md of the period."""
    account = house.account(given["account"])
    period = house.period(account, given["period"])
    words = fill(
        f"{house.language_of(account)}/slides.md",
        kpis=", ".join(kpi.kpi for kpi in period.plan.kpis) or "nps",
        kpi=period.plan.kpis[0].kpi if period.plan.kpis else "nps",
        **{deck: _lines(sections) for deck, sections in SECTIONS.items()},
    )
    file = File(below(account.id, period.id, "slides.md"), SlideFile, words)
    return Draft("slides", (file,), {"account": account.id, "period": period.id})


def _lines(sections: Sequence[str]) -> str:
    """The names of sections, as wide as the hints are."""
    return wrapped(", ".join(sections), 96)
