"""The commands that ask the plans: how accounts stand, what is due, late, unknown, left, owed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planwerk.cli_support import at, at_option
from planwerk.help import Command

if TYPE_CHECKING:
    from planwerk.cli_support import Settings
    from planwerk.model.history import Step
    from planwerk.model.portfolio import Portfolio
    from planwerk.report.loop import Teller

ACCOUNT = click.option("--account", "accounts", multiple=True, metavar="ID", help="Only this account (repeatable).")  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")
AS_OF = click.option("--as-of", "as_of", metavar="DAY", help="The day to look from, such as 2026-11-23.")  # fmt: skip


def day_option(words: str | None, option: str) -> date | None:
    """The day that somebody typed; refuses (exit code 2) what is none."""
    from planwerk.scaffold.house import day

    return None if words is None else day(option, words)


class Asked:
    """A portfolio that was read for a question, and what its answers are told with."""

    def __init__(
        self, settings: Settings, accounts: tuple[str, ...] = (), as_of: str | None = None,
        then: str | None = None,
    ) -> None:  # fmt: skip
        import gc

        gc.disable()  # the process ends with its answer; see read.py
        from planwerk.problems import Refusal, Severity
        from planwerk.read import read
        from planwerk.scaffold.draft import Ask

        with at(settings.folder, then) as state, settings.progress() as step:
            day = day_option(as_of, "--as-of") or state.day
            self.reading = read(state.root, day, lambda done, total: step("reading", done, total))
        if self.reading.portfolio is None:
            raise Refusal([p for p in self.reading.problems if p.account is None], 1)
        portfolio = self.reading.portfolio
        for name in accounts:
            Ask("account", self.reading.accounts_seen).checked(name)
        if accounts:
            chosen = tuple(a for a in portfolio.accounts if a.id in accounts)
            portfolio = portfolio.model_copy(update={"accounts": chosen})
        self.portfolio: Portfolio = portfolio
        self.settings = settings
        wrong = {p.account for p in self.reading.problems if p.severity is Severity.ERROR} - {None}
        if wrong:
            settings.note(settings.words("loop.not_whole", count=len(wrong)))

    @property
    def teller(self) -> Teller:
        """What says the answers."""
        from planwerk.loop.names import Names
        from planwerk.report.loop import Teller

        return Teller(self.settings.words, Names(self.portfolio), self.reading.place, self.settings.color)  # fmt: skip

    def answer(self, values: list[Any], as_json: bool, words: Callable[[], str]) -> None:
        """Print the values as JSON, or as the words; that there is nothing, where that is so."""
        from planwerk import report

        if as_json:
            report.say(self.teller.as_json(values))
        else:
            report.say(words() if values else self.settings.words("loop.nothing") + "\n")


@click.command(cls=Command)
@ACCOUNT
@click.option("--by", type=click.Choice(["industry", "owner", "tier"]), help="In groups, each with its counts.")  # fmt: skip
@at_option
@AS_OF
@JSON
@click.pass_obj
def status(settings: Settings, /, accounts: tuple[str, ...], by: str | None, at: str | None, as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """How the accounts stand: KPIs, what is late, stale and unknown, what comes next.

    One line an account, the worst first. At risk: a KPI is at risk or missed. Attention: one is
    close behind, or something is late or stale. Open: nothing was measured yet. With --at, as the
    plans were then. With --account, also each KPI of its plan, and
    all that are counted over twelve months.
    """
    from planwerk.loop.standing import standings
    from planwerk.model.workspace import say

    asked = Asked(settings, accounts, as_of, at)
    found, teller, portfolio = standings(asked.portfolio), asked.teller, asked.portfolio
    labels = {i.id: say(i.name, settings.language) for i in portfolio.workspace.industries}
    labels |= {t.id: say(t.name, settings.language) for t in portfolio.workspace.tiers}
    labels |= {m.id: m.name for m in portfolio.workspace.team}

    def words() -> str:
        table = teller.by_group(found, by, labels) if by else teller.standings(found)
        if not accounts:
            return table
        named = [f"\n{one.name}\n{teller.figures(one)}" for one in found if one.figures]
        counted = _counted(portfolio, settings.language)
        title = settings.words("loop.counted", count=len(accounts))
        return f"{table}{''.join(named)}\n{title}\n{counted}"

    asked.answer(found, as_json, words)


def _counted(portfolio: Portfolio, language: str) -> str:
    """The KPIs that are counted of these accounts, over twelve months, as far as they are known."""
    from planwerk.report.figures import rolled_up
    from planwerk.rollup import Rollup, counted_of, year_until

    rollup, span = Rollup(portfolio), year_until(portfolio.as_of)
    found = {name: rollup.by(name, "all", span) for name in counted_of(portfolio.workspace)}
    known = {n: groups for n, groups in found.items() if any(x.counted.value is not None for x in groups)}  # fmt: skip
    return rolled_up(portfolio, known, "all", language, how=False)


def _days(words: str) -> int:
    found = re.fullmatch(r"\s*([0-9]{1,4})\s*(days?|tage?n?|d)?\s*", words, re.I)
    if not found:
        raise click.BadParameter(f"{words}: write it like 14 days", param_hint="--within")
    return int(found[1])


@click.command(cls=Command)
@click.option("--who", "whose", metavar="ID", default="", help="Only what this person has to do: brandt, client:cio, or a side: client, partner.")  # fmt: skip
@click.option("--within", metavar="DAYS", default="14 days", show_default=True, help="How far to look ahead.")  # fmt: skip
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def due(settings: Settings, /, whose: str, within: str, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """What is late, and what is due within the next days, by day."""
    from planwerk.loop.due import due as run

    asked = Asked(settings, accounts, as_of)
    found = run(asked.portfolio, _days(within), whose)
    asked.answer(found, as_json, lambda: asked.teller.listed(found))


@click.command(cls=Command)
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def gaps(settings: Settings, /, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """Where our way of working has gaps: late tasks by side, skipped meetings, answers owed."""
    from planwerk.loop.gaps import KINDS
    from planwerk.loop.gaps import gaps as run

    asked = Asked(settings, accounts, as_of)
    found = sorted(run(asked.portfolio), key=lambda f: KINDS.index(f.kind))
    key = lambda f: f"task_{f.side}" if f.kind == "task" else f.kind  # noqa: E731
    asked.answer(found, as_json, lambda: asked.teller.grouped(found, key, "loop.gaps"))


@click.command(cls=Command)
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def unknowns(settings: Settings, /, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """What we do not know: every open value, with who finds it out and until when."""
    from planwerk.loop.finding import Found
    from planwerk.loop.unknowns import unknowns as run

    asked = Asked(settings, accounts, as_of)
    found, teller = run(asked.portfolio), asked.teller

    def by_account() -> str:
        names: dict[str, list[Found]] = {}
        for one in found:
            names.setdefault(one.account, []).append(one)
        return "\n".join(teller.listed(own, teller.names.account(name)) for name, own in names.items())  # fmt: skip

    asked.answer(found, as_json, by_account)


@click.command(cls=Command)
@click.option("--since", metavar="DAY", help="What moved since (default: the beginning of each account's period).")  # fmt: skip
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def whitespace(settings: Settings, /, since: str | None, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """White space found, filled, lost and left, and the cells to reopen."""
    from planwerk.formats import money
    from planwerk.loop.space import since_begin, to_reopen

    asked = Asked(settings, accounts, as_of)
    portfolio, teller = asked.portfolio, asked.teller
    known = _histories(settings, [account.id for account in portfolio.accounts])
    told = tuple(a.model_copy(update={"history": known.get(a.id, ())}) for a in portfolio.accounts)
    found = since_begin(portfolio.model_copy(update={"accounts": told}), day_option(since, "--since"))  # fmt: skip
    reopen = to_reopen(portfolio)
    currency = portfolio.workspace.currency
    values = [*found, *reopen] if as_json else found
    asked.answer(values, as_json, lambda: "\n".join([
        teller.movements(found, lambda amount: money(amount, settings.language, currency)),
        teller.listed(reopen, settings.words("loop.reopen")),
    ]))  # fmt: skip


@click.command(cls=Command)
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def renewals(settings: Settings, /, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """Contracts that end, with the last day to give notice."""
    from planwerk.loop.space import renewals as run

    asked = Asked(settings, accounts, as_of)
    found = run(asked.portfolio)
    asked.answer(found, as_json, lambda: asked.teller.listed(found))


@click.command(cls=Command)
@click.option("--team", metavar="ID", default="", help="Only what this team can do something about.")  # fmt: skip
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def problems(settings: Settings, /, team: str, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """Problems, wishes and help wanted of all accounts by team, with their examples."""
    from planwerk.loop.teams import routed
    from planwerk.model.workspace import say
    from planwerk.scaffold.draft import Ask

    asked = Asked(settings, accounts, as_of)
    if team:
        Ask("team", tuple(asked.portfolio.teams)).checked(team)
    found = [r for r in routed(asked.portfolio, team) if r.open]
    teams = {t.id: say(t.name, settings.language) for t in asked.portfolio.workspace.teams}
    asked.answer(found, as_json, lambda: asked.teller.routed(found, teams))


@click.command(cls=Command)
@ACCOUNT
@AS_OF
@JSON
@click.pass_obj
def signals(settings: Settings, /, accounts: tuple[str, ...], as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """What was known and when it was acted on: risks, problems, pressures beside their answers."""
    from planwerk.history.earlier import first_days
    from planwerk.loop.acted import acted_on

    asked = Asked(settings, accounts, as_of)
    seen: dict[tuple[str, str, str], date] = {}
    for name, steps in _histories(settings, [a.id for a in asked.portfolio.accounts]).items():
        seen |= first_days(name, steps)
    found = acted_on(asked.portfolio, seen)
    asked.answer(found, as_json, lambda: asked.teller.answered(found))


@click.command(cls=Command)
@click.argument("account")
@click.option("--since", metavar="DAY", required=True, help="The day of the last report, such as 2026-10-01.")  # fmt: skip
@AS_OF
@JSON
@click.pass_obj
def report(settings: Settings, /, account: str, since: str, as_of: str | None, as_json: bool) -> None:  # fmt: skip
    """What happened in ACCOUNT since a day: done, moved, late, next, KPIs then and now."""
    from planwerk.loop.progress import progress
    from planwerk.problems import refuse

    begin = day_option(since, "--since")
    asked = Asked(settings, (account,), as_of)
    if not asked.portfolio.accounts:
        raise refuse("no-account-file", f"plans/{account}/account.md")
    assert begin is not None
    made = progress(
        asked.portfolio,
        asked.portfolio.accounts[0],
        begin,
        _histories(settings, [account]).get(account),
    )
    asked.answer([made], as_json, lambda: asked.teller.progress(made))


def _histories(settings: Settings, accounts: list[str]) -> dict[str, tuple[Step, ...]]:
    """What git tells of these accounts; nothing where there is no history, or none to be read."""
    from planwerk.history.trail import trail
    from planwerk.problems import Refusal
    from planwerk.repository import open_repository

    try:
        if (repository := open_repository(settings.folder)) is None:
            return {}
        told = trail(repository)
        return {account: told.of(account) for account in accounts}
    except Refusal:  # unreadable, or nothing committed yet
        return {}


COMMANDS: tuple[click.Command, ...] = (status, due, gaps, unknowns, whitespace, renewals, problems, signals, report)  # fmt: skip
