"""Problems, wishes and help wanted over all accounts, by the team that can do something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planwerk.loop import due
from planwerk.loop.finding import Found, by_day, day_of, who
from planwerk.model.named import WISHES
from planwerk.model.portfolio import Account, Portfolio

NOBODY = ""
"""The team of what was wished for and not routed to one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One time that a problem showed: the day, where it is known, and what happened."""

    day: date | None
    what: str


@dataclass(frozen=True, slots=True)
class Routed:
    """What a team should know: a problem, wish or request for help, with its examples."""

    team: str
    found: Found
    examples: tuple[Shown, ...] = ()
    open: bool = True


def routed(portfolio: Portfolio, team: str = "") -> list[Routed]:
    """All of it by team, what is owed longest first; `team` narrows it to one."""
    found = [r for account in portfolio.accounts for r in _of_account(account, portfolio)]
    return by_team(r for r in found if team in ("", r.team))


def by_team(found: Iterable[Routed]) -> list[Routed]:
    """What is owed longest first, team by team."""
    chosen = {id(r.found): r for r in found}
    ordered = by_day(r.found for r in chosen.values())
    return sorted((chosen[id(f)] for f in ordered), key=lambda r: (r.team == NOBODY, r.team))


def _of_account(account: Account, portfolio: Portfolio) -> Iterator[Routed]:
    as_of = portfolio.as_of
    for period in account.periods:
        review = period.review
        if review is None:
            continue
        owed = {id(f.record): f for f in due.problems(account, period, as_of)}
        for problem in review.problems:
            open_ = owed.get(id(problem))
            closed = Found("problem", account.id, problem.title, who(account.profile.owner), day_of(problem.answered_on), None, problem, ("answered_on",), period=period.id)  # fmt: skip
            examples = tuple(Shown(day_of(e.on), e.what) for e in problem.examples)
            yield Routed(problem.team, open_ or closed, examples, open_ is not None)
        for wanted in review.help_wanted:
            day = day_of(wanted.by)
            found = Found("help", account.id, wanted.what, who(account.profile.owner), day, due.late(day, as_of), wanted, ("by",), period=period.id)  # fmt: skip
            yield Routed(wanted.team, found)
        for feedback in review.feedback:
            if feedback.kind in WISHES:
                found = Found("wish", account.id, feedback.quote, feedback.from_, day_of(feedback.on), None, feedback, ("quote",), period=period.id)  # fmt: skip
                yield Routed(NOBODY, found)
