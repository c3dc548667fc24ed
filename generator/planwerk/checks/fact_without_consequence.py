"""A force of the industry or an item of the SWOT says what is, and not what follows from it.

"Strong rivalry" alone moves nobody. What follows for the client, or for us, is what a goal can
answer. Where it is not known yet, write `offen`.

Wrong:
    competition.md
    forces:
      - force: rivalry
        strength: 4

Right:
    competition.md
    forces:
      - force: rivalry
        strength: 4
        consequence: Preisdruck in der Kontraktlogistik
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.competition import Force, SwotItem
from planwerk.model.portfolio import Account

NAME = "fact-without-consequence"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Forces and SWOT items of the account without a consequence."""
    yield from _without((*account.competition.forces, *account.competition.swot))


def check_house(house: House) -> Iterator[Finding]:
    """Forces of the industries without a consequence."""
    for industry in house.portfolio.forces.values():
        yield from _without(industry.forces)


def _without(facts: tuple[Force | SwotItem, ...]) -> Iterator[Finding]:
    for fact in facts:
        if not fact.consequence:
            yield found(fact, found=fact.force if isinstance(fact, Force) else fact.text)
