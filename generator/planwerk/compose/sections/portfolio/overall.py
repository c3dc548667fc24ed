"""What all pages of the portfolio share: the accounts, what is found in them, and how it is said.

Everything is worked out once, when the first page asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TypeVar

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.marks import house
from planwerk.compose.sections import lately
from planwerk.compose.view import View, view_of
from planwerk.health import AccountHealth, health
from planwerk.history.earlier import first_days
from planwerk.history.past import last_days
from planwerk.loop.acted import Answered, acted_on, longest_first
from planwerk.loop.due import due
from planwerk.loop.finding import Found, by_day
from planwerk.loop.gaps import gaps
from planwerk.loop.names import Names
from planwerk.loop.space import Movement, Space, added, ends_of, offerings, since_begin, space
from planwerk.loop.standing import Standing, ranked, standings
from planwerk.loop.teams import Routed, by_team, routed
from planwerk.loop.unknowns import unknowns
from planwerk.memory import Memory
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import say
from planwerk.phrases import Phrases
from planwerk.rollup import Rollup
from planwerk.words import Words, load_kpi_words, load_portfolio_words

T = TypeVar("T")

CHOICES = frozenset(("industry", "tier", "owner", "who", "finds_out", "standing", "status", "health", "kind"))  # fmt: skip
"""Columns whose values are few: rows can be chosen by them."""
MIXED = frozenset(("actual", "target"))
"""Columns with values of several units, by which nothing is sorted."""
LONG = 150
"""How many rows of a list are shown; the rest is counted, and stands on the accounts' pages."""
GROUPS = 200
"""The same of tables with one row an account."""


class Counting(Words):
    """Words whose counts are written as the reader writes numbers: 1.000 or 1,000."""

    def shown(self, fact: object) -> object:
        """Whole numbers with thousands, all else as it is."""
        return formats.number(Decimal(fact), self.language) if isinstance(fact, int) else fact


@dataclass(frozen=True)
class Overall:
    """All accounts, as we see them; `portfolio` has names where the files mention ids."""

    portfolio: Portfolio
    views: tuple[View, ...]
    words: Words
    memory: Memory = field(default_factory=Memory)

    # --- what is found -----------------------------------------------------------------------

    def each(self, name: str, of: Callable[[Portfolio], Iterable[T]]) -> list[list[T]]:
        """What `of` finds in each account alone, account by account; kept under that name."""
        whole = self.portfolio
        house = whole.workspace, whole.training, whole.as_of, self.words

        def found(account: Account) -> list[T]:
            def work() -> list[T]:
                return [*of(whole.model_copy(update={"accounts": (account,)}))]

            return self.memory.of(("found", name, account.id), (account, *house), work)

        return [found(account) for account in whole.accounts]

    def kept(
        self, name: str, account: str, sources: tuple[object, ...], work: Callable[[], T]
    ) -> T:
        """What `work` says of an account out of these, and of the house; kept under that name."""
        house = self.portfolio.workspace, self.portfolio.forces, self.portfolio.as_of, self.words
        return self.memory.of(("said", name, account), (*sources, *house), work)

    def by_account(self, name: str, of: Callable[[Account], Iterable[T]]) -> dict[str, list[T]]:
        """What `of` tells of each account, by its id; kept under that name."""
        found = self.each(name, lambda alone: of(alone.accounts[0]))
        return dict(zip((a.id for a in self.portfolio.accounts), found, strict=True))

    def _all(self, name: str, of: Callable[[Portfolio], Iterable[T]]) -> Iterator[T]:
        """The same of all of them, one after another."""
        return chain.from_iterable(self.each(name, of))

    @cached_property
    def standings(self) -> list[Standing]:
        """How each account stands, the worst first."""
        return ranked(self._all("standing", standings))

    @cached_property
    def healths(self) -> dict[str, AccountHealth]:
        """The health of each account."""
        return {h.account: h for h in self._all("health", lambda p: (health(p, p.accounts[0]),))}

    @cached_property
    def due(self) -> list[Found]:
        """All that has a day, the longest overdue first."""
        return by_day(self._all("due", due))

    @cached_property
    def late(self) -> list[Found]:
        """What is past its day."""
        return [found for found in self.due if found.late is not None and found.late > 0]

    @cached_property
    def gaps(self) -> list[Found]:
        """The gaps in how we work."""
        return by_day(self._all("gaps", gaps))

    @cached_property
    def unknowns(self) -> list[Found]:
        """What is not known."""
        return [*self._all("unknowns", unknowns)]

    @cached_property
    def ends(self) -> list[Found]:
        """The contracts that end some day, the next one first."""
        return by_day(self._all("ends", lambda p: ends_of(p.accounts[0], p.as_of)))

    @cached_property
    def signs(self) -> list[Answered]:
        """What was known and what answered it."""
        return longest_first(self._all("signs", _signs))

    @cached_property
    def routed(self) -> list[Routed]:
        """What teams should know."""
        return by_team(self._all("routed", routed))

    @cached_property
    def movements(self) -> list[Movement]:
        """The white space of each account since its period began."""
        return [*self._all("movements", since_begin)]

    @cached_property
    def spaces(self) -> dict[str, Space]:
        """The white space of each account, counted, by its id."""
        found = self.by_account("space", lambda a: (space((self.movement[a.id],)),))
        return {name: one for name, (one,) in found.items()}

    @cached_property
    def space(self) -> Space:
        """The white space of all of them."""
        return added(self.spaces.values())

    @cached_property
    def spaces_by_offering(self) -> dict[str, Space]:
        """The white space of each offering that moved or is left, by its id."""

        def each(account: Account) -> Iterator[tuple[str, Space]]:
            movement = (self.movement[account.id],)
            return ((name, space(movement, name)) for name in offerings(movement))

        by_offering: dict[str, list[Space]] = {}
        for found in self.by_account("offerings", each).values():
            for name, one in found:
                by_offering.setdefault(name, []).append(one)
        return {name: added(by_offering[name]) for name in sorted(by_offering)}

    @cached_property
    def movement(self) -> dict[str, Movement]:
        """What moved in the white space of each account, by its id."""
        return {movement.account: movement for movement in self.movements}

    @cached_property
    def rollup(self) -> Rollup:
        """The KPIs over all accounts."""
        return Rollup(self.portfolio, self.memory)

    # --- how it is said ----------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.words.language

    @property
    def today(self) -> date:
        """The day the pages look from."""
        return self.portfolio.as_of

    @cached_property
    def say(self) -> Words:
        """The words of these pages; their counts have thousands."""
        return Counting(self.language, load_portfolio_words(self.language).all)

    @property
    def of_kpis(self) -> Words:
        """The words of the KPIs."""
        return load_kpi_words(self.language)

    @cached_property
    def phrases(self) -> Phrases:
        """What says the findings of the loop."""
        return Phrases(self.words, Names(self.portfolio))

    @cached_property
    def view(self) -> dict[str, View]:
        """The view of each account by its id."""
        return {view.account.id: view for view in self.views}

    @property
    def count(self) -> int:
        """How many accounts there are."""
        return len(self.views)

    def number(self, value: int) -> str:
        """A count in the reader's language."""
        return formats.number(Decimal(value), self.language)

    def day(self, day: date | None) -> str:
        """A day; without its year where that is the present one; the word for open for none."""
        if day is None:
            return self.words("word.open")
        short = day.year == self.today.year
        return (formats.short_day if short else formats.full_day)(day, self.language)

    @property
    def thousand(self) -> str:
        """A thousand of the workspace's currency, which no line end parts."""
        words = self.words("unit.thousand", currency=self.portfolio.workspace.currency)
        return words.replace(" ", formats.NBSP)

    def money(self, value: Decimal) -> str:
        """An amount in full with the workspace's currency."""
        return formats.money(value, self.language, self.portfolio.workspace.currency)

    def name(self, account: str) -> str:
        """What an account is called."""
        return self.view[account].client

    def offering(self, name: str) -> str:
        """What an offering is called."""
        found = self.portfolio.offerings.get(name)
        return say(found.name, self.language) if found else name

    def kpi_name(self, kpi: str) -> str:
        """What a KPI is called; also the part of health that is none."""
        key = f"health.{kpi}"
        return self.of_kpis(key) if self.of_kpis.has(key) else self.phrases.kpi(kpi)

    # --- cells -------------------------------------------------------------------------------

    def unknown(self, why: str = "") -> b.Cell:
        """The cell for what is not known, with the reason."""
        return b.Cell(b.text(self.words("word.open")), note=why, unknown=True)

    def account_cell(self, account: str, page: str = "", note: str = "") -> b.Cell:
        """An account as a link to its first page or another one."""
        link = f"#account:{account}/{page}" if page else f"#account:{account}"
        return b.Cell((b.Run(self.name(account), link=link),), note=note)

    def count_cell(self, value: int, level: b.Level = "bad") -> b.Cell:
        """A number of things that should not be: with its shape, unless it is none."""
        words = self.number(value)
        if not value:
            return self.number_cell(value)
        return b.Cell(status=b.Status(level, words), value=value)

    def number_cell(self, value: int, strong: bool = False) -> b.Cell:
        """A count."""
        return b.Cell(b.text(self.number(value)), strong=strong, value=value)

    def whose_cell(self, found: Found) -> b.Cell:
        """Who has to act."""
        if person := self.view[found.account].person(found.whose):
            return b.Cell(person=person)
        return b.Cell(b.text(self.phrases.whose(found))) if found.whose else self.unknown()

    def when_cell(self, found: Found) -> b.Cell:
        """How late or how soon."""
        light, words = self.phrases.when(found)
        value = None if found.late is None else -found.late  # the longest overdue first
        return b.Cell(status=b.Status(light if light != "good" else "plan", words), value=value)

    def day_cell(self, day: date | None) -> b.Cell:
        """A day; unknown where there is none."""
        return b.Cell(b.text(self.day(day)), value=day.toordinal()) if day else self.unknown()

    def sources(self, *found: Found) -> tuple[b.Source, ...]:
        """Where what was found stands in the plans."""
        return tuple(source for one in found for source in self.view[one.account].sources(one.record))  # fmt: skip

    # --- blocks ------------------------------------------------------------------------------

    def column(self, head: str, wide: Iterable[str] = (), right: Iterable[str] = ()) -> b.Column:
        """The column of a heading by its key `head.<key>`."""
        align: b.Align = "right" if head in right else "left"
        return b.Column(self.say(f"head.{head}"), align, head in wide, choose=head in CHOICES, still=head in MIXED)  # fmt: skip

    def table(
        self, label: str, heads: Sequence[str], rows: Sequence[b.Row],
        *, wide: Iterable[str] = (), right: Iterable[str] = (), note: str = "", tools: str = "",
    ) -> b.Table:  # fmt: skip
        """A table whose headings are words of these pages; `tools` is its name in addresses."""
        columns = tuple(self.column(head, wide, right) for head in heads)
        return b.Table(columns, tuple(rows), label, note=note, tools=tools)

    def rest(self, shown: int, whole: int) -> str:
        """That a list goes on, and where; "" where all of it is shown."""
        if shown >= whole:
            return ""
        return self.say("rest", shown=self.number(shown), whole=self.number(whole))

    def found_table(
        self, label: str, found: Sequence[Found], limit: int = LONG, tools: str = ""
    ) -> b.Table:
        """Findings as rows: when, what, where, who, how late."""
        rows = [self.found_row(one) for one in found[:limit]]
        heads = ("day", "what", "account", "who", "when")
        return self.table(label, heads, rows, wide=("what",), note=self.rest(limit, len(found)), tools=tools)  # fmt: skip

    def found_row(self, found: Found) -> b.Row:
        """One finding: its kind stands under what it is about."""
        what, kind = self.phrases.what(found), self.phrases.kind(found)
        shown = b.Cell(b.text(what), note=kind) if what else b.Cell(b.text(kind))
        return b.Row((
            self.day_cell(found.day), shown, self.account_cell(found.account),
            self.whose_cell(found), self.when_cell(found),
        ), sources=self.sources(found))  # fmt: skip

    def page(
        self, name: str, title: str, blocks: Iterable[b.Block], group: str = "",
        aside: tuple[str, str, str] | None = None,
    ) -> b.Page:  # fmt: skip
        """A page of the portfolio: `tab.<name>` is its name, `group.<group>` that of its tab."""
        return b.Page(
            name,
            self.say(f"tab.{name}"),
            title,
            tuple(blocks),
            eyebrow=self.eyebrow,
            group=self.say(f"group.{group}") if group else "",
            aside=aside,
        )

    @property
    def eyebrow(self) -> tuple[tuple[str, str], ...]:
        """Whose accounts these are, and the day."""
        day = self.say("as_of", day=formats.long_day(self.today, self.language))
        return (house(self.portfolio, self.words), ""), (day, "")

    def empty(self, words: str) -> tuple[b.Block, ...]:
        """What stands where there is nothing."""
        return (b.Empty(words),)


def _signs(alone: Portfolio) -> list[Answered]:
    """What was known of one account; git tells when, where the plans do not."""
    (account,) = alone.accounts
    return acted_on(alone, first_days(account.id, account.history))


def overall(portfolio: Portfolio, words: Words, memory: Memory | None = None) -> Overall:
    """All accounts in the portfolio's language; mentions in their texts are names.

    Views tell the last days of the history; the whole of it is for what is compared. With a
    `memory`, what was worked out of an account is not worked out again while it is the same.
    """
    memory = memory or Memory()
    after = portfolio.as_of - lately.DAYS
    house = portfolio.workspace, portfolio.personas, portfolio.forces, portfolio.as_of, words

    def seen(account: Account) -> tuple[View, Account]:
        recent = account.model_copy(update={"history": last_days(account.history, after)})
        view = view_of(portfolio.model_copy(update={"accounts": (recent,)}), recent, words.language)
        return view, view.account.model_copy(update={"history": account.history})

    pairs = [
        memory.of(("view", account.id), (account, *house), lambda account=account: seen(account))  # type: ignore[misc]
        for account in portfolio.accounts
    ]
    named = tuple(account for _, account in pairs)
    views = tuple(view for view, _ in pairs)
    return Overall(portfolio.model_copy(update={"accounts": named}), views, words, memory)
