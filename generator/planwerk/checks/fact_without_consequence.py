"""A force of the industry or an item of the SWOT says what is, and not what follows from it.

"Strong rivalry" alone moves nobody. What follows for the client, or for us, is what a goal can
answer. Where it is not known yet, write `offen`.

Wrong:
    competition.md: a force with a strength and no consequence
Right:
    competition.md: the same force with consequence: Preisdruck in der Kontraktlogistik
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.model.competition import Force, SwotItem
from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "fact-without-consequence"


def check(reading: Reading) -> Iterator[Problem]:
    """Forces and SWOT items of accounts and industries without a consequence."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        facts: tuple[Force | SwotItem, ...] = (
            *account.competition.forces, *account.competition.swot,
        )  # fmt: skip
        yield from (_problem(reading, fact, account.id) for fact in facts if not fact.consequence)
    for industry in portfolio.forces.values():
        yield from (_problem(reading, f, None) for f in industry.forces if not f.consequence)


def _problem(reading: Reading, fact: Force | SwotItem, account: str | None) -> Problem:
    found = fact.force if isinstance(fact, Force) else fact.text
    return Problem(NAME, reading.place(fact), Severity.WARNING, {"found": found}, account)
