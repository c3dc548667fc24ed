"""The commands that ask for figures: KPIs over the accounts, and how healthy each account is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planwerk.cli_loop import ACCOUNT, AS_OF, JSON, Asked, day_option
from planwerk.help import Command

if TYPE_CHECKING:
    from planwerk.cli_support import Settings
    from planwerk.kpis.tally import Span
    from planwerk.model.portfolio import Portfolio

BY = ("all", "client", "industry", "tier", "owner", "offering", "period")


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--by", type=click.Choice(BY), default="all", show_default=True, help="One line for each.")  # fmt: skip
@click.option("--every", type=click.Choice(["month", "quarter", "year"]), default="quarter", show_default=True, help="How long a period is, with --by period.")  # fmt: skip
@click.option("--since", metavar="DAY", help="The first day that counts (default: a year before the last).")  # fmt: skip
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def kpis(settings: Settings, /, names: tuple[str, ...], by: str, every: str, since: str | None, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """KPIs of the catalogue over all accounts, added up from sums, with their sample.

    Without an ID, all of which something is known; with one, also how its number came about.
    Whose values are entered by hand is not added up: clients mean different things by it.
    """
    from planwerk.report.figures import rolled_up
    from planwerk.rollup import Rollup, dimensions

    asked = Asked(settings, accounts, as_of)
    portfolio = asked.portfolio
    if by not in dimensions(portfolio.workspace):
        from planwerk.problems import refuse

        raise refuse("not-by-owner", "plans/workspace.yml", found=by)
    chosen = _chosen(portfolio, names)
    span = _span(portfolio, day_option(since, "--since"))
    rollup = Rollup(portfolio)
    found = {name: rollup.by(name, by, span, every) for name in chosen}  # type: ignore[arg-type]
    if not names:
        found = {n: groups for n, groups in found.items() if any(g.counted.state != "unknown" for g in groups)}  # fmt: skip
    values = [group for groups in found.values() for group in groups]
    asked.answer(values, as_json, lambda: rolled_up(portfolio, found, by, settings.language, bool(names)))  # fmt: skip


def _chosen(portfolio: Portfolio, names: tuple[str, ...]) -> tuple[str, ...]:
    """The KPIs asked for, else all that are counted; refuses (exit code 2) what nobody counts."""
    from planwerk.problems import refuse
    from planwerk.rollup import counted_of
    from planwerk.text.nearest import nearest

    counted = counted_of(portfolio.workspace)
    for name in names:
        if name not in counted:
            near = nearest(name, counted) or counted[0]
            raise refuse("kpi-not-counted", "plans/workspace.yml", found=name, nearest=near)
    return names or counted


def _span(portfolio: Portfolio, since: date | None) -> Span:
    """From the day asked for, else from a year before, to the portfolio's day."""
    from planwerk.kpis.tally import Span
    from planwerk.problems import refuse
    from planwerk.rollup import year_until

    end = portfolio.as_of
    if since and since > end:
        raise refuse("since-after", "plans", found=str(since), end=str(end))
    return Span(since, end) if since else year_until(end)


@click.command(cls=Command)
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def health(settings: Settings, /, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """How healthy each account is, the poorest first, with what each part adds.

    Points from 0 to 100, as the workspace weighs them; what is not known is left out and said.
    """
    from planwerk.health import health as run
    from planwerk.report.figures import healths

    asked = Asked(settings, accounts, as_of)
    found = [run(asked.portfolio, account) for account in asked.portfolio.accounts]
    found.sort(key=lambda one: (one.points is None, one.points or 0, one.account))
    asked.answer(found, as_json, lambda: healths(asked.portfolio, found, settings.language, settings.color))  # fmt: skip


FIGURES: tuple[click.Command, ...] = (kpis, health)
