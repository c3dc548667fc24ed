"""What must not stand in an output for somebody outside the house: names of others, and words of its internal notes.

It is read off the plans themselves, not off what the gate let through: what is looked for must not
depend on what is checked. Only the process that holds all plans knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from planwerk.checks.personal_name import undecorated
from planwerk.checks.rule import SHORTEST, Accounts, bare
from planwerk.digests import joined
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.walk import records, texts
from planwerk.result.found import RUN, Quotes
from planwerk.text.names import Names
from planwerk.text.plain import plain_text

ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
"""How addresses write the letters that they do not have."""


class Owner(NamedTuple):
    """Whose a name is: an account's own, or that of one of its people; whom that is shown to."""

    account: str
    person: bool = False
    shown: tuple[str, ...] = ()


class Sought:
    """The names of all accounts and their people, once for all clients of a house."""

    def __init__(self, portfolio: Portfolio, accounts: Accounts) -> None:
        self.accounts = accounts
        house = portfolio.workspace
        ours = {"".join(bare(str(house.organisation.name)))}
        ours |= {"".join(plain_text(str(member.name))) for member in house.team}
        named = [(o, w) for o, w in _named(portfolio, accounts) if "".join(w) not in ours]
        self.names = Names(named)
        self.digest = joined(repr((sorted(named), sorted(accounts.items()))).split("\n"))

    def may_read(self, audience: str, reader: str) -> Callable[[str, tuple[Owner, ...]], bool]:
        """Whether that audience of the account `reader` may read a name: that of the account, of one
        of its group, or of one of its people whom it sees."""

        def may(name: str, whose: tuple[Owner, ...]) -> bool:
            for one in whose:
                if one.account == reader and (audience in one.shown or not one.person):
                    return True
                if not one.person and self.accounts.one_group(reader, one.account):
                    return True
            return False

        return may


def quotes(account: Account, audience: str) -> Quotes:
    """Six words in a row of what this audience of the account does not read, and that stand in nothing
    that it does."""
    internal: list[list[str]] = []
    shared: list[list[str]] = []
    for text in texts(records(account, audience)):
        if text.words.count(" ") >= RUN - 1:
            (shared if text.shared else internal).append(plain_text(text.words))
    return Quotes(internal, shared)


def _named(portfolio: Portfolio, accounts: Accounts) -> Iterator[tuple[Owner, list[str]]]:
    """All names that are long enough to be looked for, as they are written and as addresses write them."""
    for account, identity in accounts.items():
        for name in {form for one in identity.names for form in (one, one.translate(ASCII))}:
            if len("".join(words := bare(name))) >= SHORTEST:
                yield Owner(account), words
    for each in portfolio.accounts:
        for person in each.stakeholders:
            if not isinstance(person.name, str):
                continue
            owner, name = Owner(each.id, True, person.share), undecorated(person.name)
            for form in {name, name.translate(ASCII)}:
                if len(words := plain_text(form)) > 1:
                    yield owner, words
                    yield owner, [words[-1], *words[:-1]]  # as lists write it: Keller, Anna
