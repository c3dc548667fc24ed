"""The commands that look back: `history` and `diff`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planwerk.cli_support import Settings, at, history_of, pass_settings, written_out
from planwerk.help import Command

if TYPE_CHECKING:
    from planwerk.history.trail import Trail
    from planwerk.logbook.difference import States
    from planwerk.logbook.differing import Told
    from planwerk.logbook.text import Last
    from planwerk.logbook.wanted import Wanted
    from planwerk.model.workspace import Workspace
    from planwerk.read import Reading
    from planwerk.repository import Repository


@click.command(cls=Command)
@click.argument("account", required=False)
@click.option("--since", metavar="DAY|REV", help="From this day on, or after this revision.")
@click.option("--until", metavar="DAY|REV", help="Up to and on this day, or up to this revision.")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only changes of these files: plan, tasks, stakeholders … (repeatable).")  # fmt: skip
@click.option("--person", "people", multiple=True, metavar="WHO", help="Only what somebody did: part of a name or address, or an id of the team (repeatable).")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, type=click.Choice(["added", "removed", "changed", "moved", "renamed"]), help="Only such changes (repeatable).")  # fmt: skip
@click.option("--audience", type=click.Choice(["internal", "client"]), default="internal", show_default=True, help="Whose view: client is what that client saw change, by day.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True, help="For people, or for a program.")  # fmt: skip
@pass_settings
def history(settings: Settings, /, account: str | None, form: str, **chosen: Any) -> None:
    """Tell who changed what in ACCOUNT and why, in the plan's words, the newest first.

    Without ACCOUNT: one line for each account. A single dot is what all accounts have in common.
    Accounts that are gone, and former names, can be asked for too. Days and names are what the
    authors claimed; git proves what was changed and in which order.
    """
    from planwerk.history.trail import trail
    from planwerk.repository.revisions import day_meant

    repository = history_of(settings.folder)
    until = chosen["until"]
    tip = until if until and not day_meant(until) else "HEAD"
    with settings.progress() as step:
        found = trail(repository, tip, lambda done, of: step("telling", done, of))
    with _names(settings, repository, tip) as root:
        asked = _Asked(settings, repository, found, root, form)
        if account is None:
            asked.all()
        else:
            asked.one(asked.meant(account), chosen, tip)


@contextmanager
def _names(settings: Settings, repository: Repository, tip: str) -> Iterator[Path]:
    """The folder whose plans say what everything is called: the working tree, if there is one."""
    if (settings.folder / "plans").is_dir():
        yield settings.folder
    else:
        with written_out(repository, repository.resolve(tip), tip) as root:
            yield root


class _Asked(NamedTuple):
    """What `history` was asked, and what it answers from."""

    settings: Settings
    repository: Repository
    trail: Trail
    root: Path
    form: str

    def house(self) -> Reading:
        """What the accounts have in common; names do not hang on a day."""
        from planwerk.logbook.reader import house

        return house(self.root, date.max)

    def meant(self, typed: str) -> str:
        """The account that somebody means, by its name, a former one, or its folder."""
        from planwerk.logbook.text import HERE
        from planwerk.problems import refuse
        from planwerk.text.nearest import nearest

        if typed == HERE:
            return ""
        name = Path(typed).name
        accounts = [account for account in self.trail.accounts() if account]
        if name in accounts:
            return name
        former = {
            told.change.before.account: account
            for account, steps in self.trail.all()
            for step in steps
            for told in step.told
            if told.change.what == "renamed" and told.change.before and told.change.before.account != account
        }  # fmt: skip
        if name not in former:
            near = nearest(name, [*accounts, *former]) or ", ".join(accounts)
            raise refuse("unknown-account", "plans", found=typed, nearest=near)
        return former[name]

    # --- all accounts ------------------------------------------------------------------------

    def all(self) -> None:
        """One line for each account, the one that changed last first."""
        from planwerk import report
        from planwerk.logbook import machine
        from planwerk.logbook.text import Page

        reading = self.house()
        host = _workspace(reading).host
        language, unknown = self.settings.language, self.repository.problems
        accounts = [self._last(reading, name, count) for name, count in self.trail.counts()]
        if self.form == "json":
            report.say(machine.as_json(machine.all_accounts(accounts, host, unknown, language)))
        elif self.form == "csv":
            report.say(machine.accounts_csv(accounts))
        else:
            page = Page(language, self.settings.color, host)
            report.say("".join(page.all(accounts)) + page.unknown(unknown))

    def _last(self, reading: Reading, name: str, count: int) -> Last:
        from planwerk.logbook.text import Last
        from planwerk.read import read_names
        from planwerk.words import load_logbook

        here = name in reading.accounts_seen
        called = read_names(self.root, name)[0][:1] if here else []
        title = called[0] if called else name if name else load_logbook(self.settings.language)("history.house")  # fmt: skip
        return Last(name, title, self.trail.last(name), count, gone=bool(name) and not here)

    # --- one account -------------------------------------------------------------------------

    def one(self, account: str, chosen: dict[str, Any], tip: str) -> None:
        """The steps of an account that were asked for."""
        from planwerk import report
        from planwerk.audience import INTERNAL
        from planwerk.history.disclosed import disclosed
        from planwerk.logbook import machine
        from planwerk.logbook.entries import entries
        from planwerk.logbook.reader import portfolio_for
        from planwerk.logbook.text import Page

        reading = self.house()
        audience, language = chosen["audience"], self.settings.language
        outside = audience != INTERNAL
        if outside and (chosen["people"] or not account):
            raise click.UsageError("--audience client knows no people, and one account at a time.")
        host = None if outside else _workspace(reading).host
        steps = self.trail.of(account)
        if outside:
            steps = disclosed(self.repository, self.trail, account, audience, date.max)
        shown = list(self._wanted(chosen, tip, reading).of(steps))
        portfolio = portfolio_for(reading, account, audience)
        told = list(entries(account, steps, shown, portfolio, language))
        name = self._name(account, reading)
        unknown = self.repository.problems
        if self.form == "json":
            report.say(machine.as_json(machine.history(account, name, audience, told, host, unknown, language)))  # fmt: skip
        elif self.form == "csv":
            report.say(machine.history_csv(told))
        else:
            page = Page(language, self.settings.color, host)
            report.say("".join(page.history(name, told, len(steps))) + page.unknown(unknown))

    def _name(self, account: str, reading: Reading) -> str:
        """What an account is called: now, or when it was there last."""
        from planwerk.history.running import learned
        from planwerk.model.history import Spot
        from planwerk.read import read_names
        from planwerk.words import load_logbook

        if not account:
            return load_logbook(self.settings.language)("history.house")
        if account in reading.accounts_seen and (called := read_names(self.root, account)[0]):
            return called[0]
        fact = learned(self.trail.of(account)).get(Spot(account, "account"))
        return fact.title if fact and fact.title else account

    def _wanted(self, chosen: dict[str, Any], tip: str, reading: Reading) -> Wanted:
        from planwerk.audience import INTERNAL
        from planwerk.logbook.wanted import Wanted, people_of, topics_of
        from planwerk.repository.revisions import day_meant

        since, until = chosen["since"], chosen["until"]
        first, newer = day_meant(since) if since else None, None
        if since and first is None:
            revision = self.repository.resolve(since)
            if chosen["audience"] == INTERNAL:
                newer = frozenset(commit.id for commit, _ in self.repository.commits(revision, tip))
            elif day := self.repository.day_of(revision):
                first = day + timedelta(days=1)
        return Wanted(
            first,
            day_meant(until) if until else None,
            newer,
            topics_of(chosen["topics"], self.settings.language),
            people_of(chosen["people"], _workspace(reading).team),
            chosen["kinds"],
        )


def _workspace(reading: Reading) -> Workspace:
    assert reading.portfolio is not None
    return reading.portfolio.workspace


@click.command(cls=Command)
@click.argument("before", metavar="REV")
@click.argument("after", metavar="[REV]", required=False)
@click.option("--account", "accounts", multiple=True, metavar="ID", help="Only this account (repeatable).")  # fmt: skip
@click.option("--audience", type=click.Choice(["internal", "client"]), default="internal", show_default=True, help="Whose view: client is exactly what each client would see differently.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "markdown", "github"]), default="text", show_default=True, help="For a terminal, as a page, or as a comment that fits a pull request.")  # fmt: skip
@click.option("--exit-code", "tell", is_flag=True, help="End with 1 if there are changes.")
@pass_settings
def diff(settings: Settings, /, before: str, after: str | None, form: str, **chosen: Any) -> None:
    """Tell what changes in the plans from REV to REV, in the plan's words.

    Each is a revision or a day; the second is the working tree as it lies there, with what is
    not committed. Other lines, another order or form are no change. What a client would see for
    the first time is marked. With --audience client, both states are compiled for each client
    and compared: what it would newly see, no longer see, or see differently.
    """
    from planwerk import report
    from planwerk.logbook.differing import Differing
    from planwerk.words import load_logbook

    client = chosen["audience"] == "client"
    say = load_logbook(settings.language)
    with two_states(settings.folder, before, after) as states:
        told = differences(states, settings.language, chosen["accounts"], client)
        head = say("diff.head_client" if client else "diff.head", before=before, after=after or say("diff.worktree"))  # fmt: skip
        writer = Differing(settings.language, settings.color, client)
        if form == "text":
            report.say("".join(writer.text(head, told)))
        elif form == "markdown":
            report.say(writer.markdown(head, told))
        else:
            command = " ".join(("planwerk diff", before, *filter(None, [after])))
            report.say(writer.comment(head, told, command))
    sys.exit(1 if chosen["tell"] and told else 0)


@contextmanager
def two_states(folder: Path, before: str, after: str | None) -> Iterator[States]:
    """Two states of the workspace, the second one as it lies there for None."""
    from planwerk.logbook.difference import States
    from planwerk.logbook.reader import house

    with at(folder, before) as old, at(folder, after) as new:
        now = house(new.root, new.day)
        assert now.portfolio is not None
        yield States(house(old.root, now.portfolio.as_of), now)


def differences(
    states: States, language: str, accounts: Sequence[str] = (), client: bool = False
) -> list[Told]:
    """What changes in words, by account; for clients, only what those would see differently."""
    from planwerk.logbook.differing import Told
    from planwerk.problems import refuse
    from planwerk.text.nearest import nearest

    concerned = states.concerned_clients() if client else states.concerned()
    known = {*states.everybody(), *states.renamed}
    for name in accounts:
        if name not in known:
            near = nearest(name, known) or ", ".join(sorted(known))
            raise refuse("unknown-account", "plans", found=name, nearest=near)
    chosen = {states.renamed.get(name, name) for name in accounts}
    found = []
    for account in concerned:
        if (chosen and account not in chosen) or (client and not account):
            continue
        between = states.between(account)
        theirs = states.client_sentences(account, between.seen, language) if between.seen else {}
        if client and between.seen:
            found.append(Told(between, (), theirs))
        elif not client and (between.changes or between.unread):
            found.append(Told(between, states.sentences(between, language), theirs))
    return found
