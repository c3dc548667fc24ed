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

from collections.abc import Iterator, Mapping
from functools import lru_cache

from planwerk.checks.rule import ERROR, Finding, House, Identity, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.texts import texts
from planwerk.text.plain import joined, plain_words

NAME = "other-client-named"
SEVERITY = ERROR
TIER = Tier.ALWAYS


LONGEST = 6
"""Words that a name has at most."""
SHORTEST = 4
"""Letters that a name has at least: shorter ones are ordinary words too often."""
FORMS = frozenset(
    [
        "ag",
        "gmbh",
        "se",
        "kg",
        "kgaa",
        "ohg",
        "ug",
        "ev",
        "eg",
        "mbh",
        "co",
        "ltd",
        "limited",
        "plc",
        "inc",
        "llc",
        "corp",
        "sa",
        "sas",
        "srl",
        "bv",
        "nv",
    ]
)
"""Legal forms, which people leave out."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """Names, aliases and domains of other accounts in what the client reads."""
    index = _index(tuple(sorted((k, v) for k, v in house.accounts.items())))
    mine = house.accounts.get(account.id, Identity())
    for text in texts(account):
        if text.shared:
            words = plain_words(text.words)
            for start in range(len(words)):
                for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                    other = index.get(joined(words[start:end]))
                    if other and other != account.id and not _one_group(account.id, mine, other, house.accounts):  # fmt: skip
                        said = text.words[words[start].start : words[end - 1].end]
                        yield found(text.record, *text.keys, words=said, found=said)


@lru_cache(maxsize=4)
def _index(accounts: tuple[tuple[str, Identity], ...]) -> Mapping[str, str]:
    """The accounts by each of their names, written together."""
    index: dict[str, str] = {}
    for account, identity in accounts:
        for name in identity.names:
            words = [word.plain for word in plain_words(name)]
            while words and words[-1] in FORMS:
                words.pop()
            if len(whole := "".join(words)) >= SHORTEST:
                index[whole] = account
    return index


def _one_group(account: str, mine: Identity, other: str, accounts: Mapping[str, Identity]) -> bool:
    """Whether the two belong together: parent and child, or children of one parent."""
    theirs = accounts[other]
    return other == mine.parent or theirs.parent == account or (mine.parent != "" and mine.parent == theirs.parent)  # fmt: skip
