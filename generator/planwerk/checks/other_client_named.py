"""A text that this client reads names another client.

Whoever reads about another client wonders where they are being read about. Write "another
house of your industry", or ask both. Accounts of one group may be named. Where the name is an
ordinary word, allow the finding beside the line.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    share: client
    vision: So schnelle Antworten wie Alpenfracht

    plans/alpenfracht/account.md
    name: Alpenfracht GmbH
    industry: logistics
    owner: brandt

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    share: client
    vision: So schnelle Antworten wie die besten Häuser der Branche

    plans/alpenfracht/account.md
    name: Alpenfracht GmbH
    industry: logistics
    owner: brandt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.account import Stakeholder
from planwerk.model.portfolio import Account
from planwerk.model.walk import CLIENT, Seen, Text, texts
from planwerk.text.plain import plain_words

NAME = "other-client-named"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Names, aliases and domains of other accounts in what the client reads."""
    for text in (*house.texts(account), *_titles(account)):
        if text.shared:
            yield from _named(house, text, account.id)


def check_house(house: House) -> Iterator[Finding]:
    """The same in the forces of an industry, which all its clients read, and in the house's own
    pages, which stand in every portal."""
    for industry in house.portfolio.forces.values():
        for text in texts([Seen(force, force.visible_to(CLIENT)) for force in industry.forces]):
            if text.shared:
                yield from _named(house, text, "")
    for text in texts([Seen(page, True) for page in house.portfolio.pages]):
        if text.shared:
            yield from _named(house, text, "")


def _titles(account: Account) -> Iterator[Text]:
    """What shared people are; what they are called is no client's name."""
    for text in texts([Seen(p, p.visible_to(CLIENT)) for p in account.stakeholders]):
        if isinstance(text.record, Stakeholder) and text.keys == ("title",):
            yield text


def _named(house: House, text: Text, reader: str) -> Iterator[Finding]:
    accounts, words = house.accounts, house.plain(text)
    if not accounts.named.may_name(words):
        return
    for start, end, name in accounts.named.places(words):
        if accounts.another(name, reader):
            places = plain_words(text.words)
            said = text.words[places[start].start : places[end - 1].end]
            yield found(text.record, *text.keys, words=said, found=said)
