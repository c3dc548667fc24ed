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

from planwerk.checks.rule import BEGINNING, ERROR, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.text.plain import joined, plain_words

NAME = "other-client-named"
SEVERITY = ERROR
TIER = Tier.ALWAYS


LONGEST = 6
"""Words that a name has at most."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """Names, aliases and domains of other accounts in what the client reads."""
    index, beginnings = house.accounts.by_name, house.accounts.beginnings
    for text in house.texts(account):
        if not text.shared or beginnings.isdisjoint({w[:BEGINNING] for w in house.plain(text)}):
            continue
        words = plain_words(text.words)
        for start, first in enumerate(words):
            if len(first.plain) >= BEGINNING and first.plain[:BEGINNING] not in beginnings:
                continue
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                other = index.get(joined(words[start:end]), account.id)
                if other != account.id and not house.accounts.one_group(account.id, other):
                    said = text.words[words[start].start : words[end - 1].end]
                    yield found(text.record, *text.keys, words=said, found=said)
