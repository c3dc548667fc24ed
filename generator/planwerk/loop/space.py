"""White space over time: found, filled, left; cells to reopen; renewals ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planwerk.loop.earlier import cells_at
from planwerk.loop.finding import Found, by_day, day_of, who, words_of
from planwerk.model.account import WhiteSpaceCell
from planwerk.model.portfolio import Account, Portfolio

OPEN_STATES = ("gap", "idea", "opportunity")
OURS = ("won", "at_risk")
AHEAD = 365
"""Days before a competitor's contract renews from which on its cell is one to reopen."""
NOTICE = 120
"""Days before a contract ends from which on its renewal is ahead, where no notice is agreed."""


@dataclass(frozen=True, slots=True)
class Movement:
    """The white space of an account between two days.

    `found` and `filled` came in that time, `lost` went; `left` is open now, with `potential`: the
    sum of what is known of it (None: nothing is), for `valued` of its cells. `compared` says
    whether an earlier state of the cells was at hand; else only deals tell what moved.
    """

    account: str
    found: tuple[Found, ...] = ()
    filled: tuple[Found, ...] = ()
    lost: tuple[Found, ...] = ()
    left: tuple[Found, ...] = ()
    potential: Decimal | None = None
    valued: int = 0
    compared: bool = False


def movement(
    account: Account,
    since: date,
    until: date,
    then: Sequence[WhiteSpaceCell] | None = None,
) -> Movement:
    """What moved after `since` up to `until`; `then` are the cells as they were at `since`."""
    left = [cell for cell in account.whitespace if cell.state in OPEN_STATES]
    values = [cell.potential for cell in left if isinstance(cell.potential, Decimal)]
    found, filled, lost = _compared(account, then) if then is not None else _told_by_deals(account, since, until)  # fmt: skip
    return Movement(
        account.id,
        tuple(found),
        tuple(filled),
        tuple(lost),
        tuple(_cell(account, cell, "left") for cell in left),
        sum(values, Decimal(0)) if values else None,
        len(values),
        then is not None,
    )


Lists = tuple[list[Found], list[Found], list[Found]]


def _compared(account: Account, then: Iterable[WhiteSpaceCell]) -> Lists:
    before = {(c.department, c.offering): c.state for c in then}
    found, filled, lost = [], [], []
    for cell in account.whitespace:
        was = before.get((cell.department, cell.offering), "unknown")
        if cell.state in OPEN_STATES and was not in OPEN_STATES:
            found.append(_cell(account, cell, "found", was))
        elif cell.state in OURS and was not in OURS:
            filled.append(_cell(account, cell, "filled", was))
        elif cell.state in ("lost", "competitor") and was in (*OURS, *OPEN_STATES):
            lost.append(_cell(account, cell, "lost", was))
    return found, filled, lost


def _told_by_deals(account: Account, since: date, until: date) -> Lists:
    found: list[Found] = []
    filled: list[Found] = []
    lost: list[Found] = []
    for deal in account.opportunities:
        opened, closed = day_of(deal.opened), day_of(deal.closed)
        what = f"{deal.department}/{deal.offering}"
        whose = who(account.profile.owner)
        if opened and since < opened <= until:
            found.append(Found("found", account.id, what, whose, opened, record=deal, note=deal.id))
        if closed and since < closed <= until and deal.outcome != "open":
            kind, into = ("filled", filled) if deal.outcome == "won" else ("lost", lost)
            into.append(Found(kind, account.id, what, whose, closed, record=deal, note=deal.id))
    return found, filled, lost


def _cell(account: Account, cell: WhiteSpaceCell, kind: str, was: str = "") -> Found:
    what = f"{cell.department}/{cell.offering}"
    return Found(kind, account.id, what, who(account.profile.owner), day_of(cell.checked_on), record=cell, keys=("state",), note=was or cell.state)  # fmt: skip


def since_begin(portfolio: Portfolio, since: date | None = None) -> list[Movement]:
    """What moved in each account up to today since a day, else since its period began.

    Where the account's history reaches back, the cells of both days are compared; else deals tell.
    """
    as_of, found = portfolio.as_of, []
    for account in portfolio.accounts:
        period = account.current(as_of)
        begin = since or (period.plan.from_ - timedelta(days=1) if period else as_of)
        found.append(movement(account, begin, as_of, cells_at(account, begin)))
    return found


@dataclass(frozen=True, slots=True)
class Space:
    """White space of many cells, counted: found, filled, lost and left, and what is left worth.

    `potential` is the sum of what is known of the cells left, of `valued` of them; None where
    nothing is known. `accounts` are those that have cells left.
    """

    found: int
    filled: int
    lost: int
    left: int
    potential: Decimal | None
    valued: int
    accounts: int


def space(movements: Iterable[Movement], offering: str = "") -> Space:
    """The movements added up; of one offering alone where it is named."""
    counts = dict.fromkeys(("found", "filled", "lost", "left"), 0)
    values: list[Decimal] = []
    accounts = set()
    for movement in movements:
        for kind in counts:
            chosen = [f for f in getattr(movement, kind) if offering in ("", offering_of(f))]
            counts[kind] += len(chosen)
            if kind == "left":
                amounts = (getattr(f.record, "potential", None) for f in chosen)
                values += [amount for amount in amounts if isinstance(amount, Decimal)]
                accounts |= {f.account for f in chosen}
    potential = sum(values, Decimal(0)) if values else None
    return Space(**counts, potential=potential, valued=len(values), accounts=len(accounts))


def added(spaces: Iterable[Space]) -> Space:
    """The white space of different accounts, added up."""
    found = [*spaces]
    values = [one.potential for one in found if one.potential is not None]
    return Space(
        found=sum(one.found for one in found),
        filled=sum(one.filled for one in found),
        lost=sum(one.lost for one in found),
        left=sum(one.left for one in found),
        potential=sum(values, Decimal(0)) if values else None,
        valued=sum(one.valued for one in found),
        accounts=sum(one.accounts for one in found),
    )


def offerings(movements: Iterable[Movement]) -> tuple[str, ...]:
    """The offerings that moved or are left, in order of their ids."""
    return tuple(sorted({offering_of(f) for m in movements for f in (*m.found, *m.filled, *m.lost, *m.left)}))  # fmt: skip


def offering_of(found: Found) -> str:
    """The offering that a finding about white space is about."""
    return str(getattr(found.record, "offering", ""))


def to_reopen(portfolio: Portfolio) -> list[Found]:
    """The cells where a competitor's contract renews within a year, the next one first."""
    as_of = portfolio.as_of
    return by_day(
        Found("reopen", account.id, f"{cell.department}/{cell.offering}", who(account.profile.owner), cell.renews_on, (as_of - cell.renews_on).days, cell, ("renews_on",), words_of(cell.competitor))
        for account in portfolio.accounts
        for cell in account.whitespace
        if cell.state == "competitor" and isinstance(cell.renews_on, date)
        and as_of <= cell.renews_on <= as_of + timedelta(days=AHEAD)
    )  # fmt: skip


def renewals(portfolio: Portfolio) -> list[Found]:
    """The contracts that end, the next one first; `day` is the last day to give notice.

    `note` is the day on which it ends. Told are those whose notice is at most 120 days ahead,
    and whose end has not passed.
    """
    return by_day(f for account in portfolio.accounts for f in renewals_of(account, portfolio.as_of))  # fmt: skip


def renewals_of(account: Account, as_of: date) -> Iterator[Found]:
    """The same of one account."""
    return (f for f in ends_of(account, as_of) if f.late is not None and -f.late <= NOTICE)


def ends_of(account: Account, as_of: date) -> Iterator[Found]:
    """The contract of an account that ends some day: as `renewals`, however far ahead that is."""
    contract, owner = account.profile.contract, who(account.profile.owner)
    end = day_of(contract.end if contract else None)
    notice = contract.notice if contract and isinstance(contract.notice, int) else 0
    record, key = (contract, "end") if contract and end else (account.profile, "contract_until")
    end = end or day_of(account.profile.contract_until)
    if end is None or end < as_of:
        return
    day = end - timedelta(days=notice)
    yield Found("renewal", account.id, account.profile.name, owner, day, (as_of - day).days, record, (key,), end.isoformat())  # fmt: skip
