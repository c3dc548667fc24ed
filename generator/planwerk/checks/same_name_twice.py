"""Two accounts have the same name.

In the portfolio, on title pages and in file names nobody could tell them apart, and an import
from the CRM knows accounts by nothing else. If it is one client, put what is in both folders
into one; if there are two, add to the name what people say to tell them apart.

Wrong:
    plans/nordwind-hamburg/account.md
    name: Nordwind AG
    industry: logistics
    owner: brandt

Right:
    plans/nordwind-hamburg/account.md
    name: Nordwind AG (Hamburg)
    industry: logistics
    owner: brandt
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.text.plain import plain_text

NAME = "same-name-twice"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """The name of the account, where one before it in the order of the folders has it too."""
    if (first := house.accounts.shared.get(NAME)) is None:
        first = house.accounts.shared[NAME] = _first_by_name(house)
    other = first.get(_name(account.profile.name), account.id)
    if other != account.id:
        yield found(account.profile, "name", found=account.profile.name, other=other)


def _first_by_name(house: House) -> dict[str, str]:
    """The first account of each name; those that could not be read among them."""
    first: dict[str, str] = {}
    for account in sorted(house.accounts):
        if names := house.accounts[account].names:
            first.setdefault(_name(names[0]), account)
    return first


def _name(words: str) -> str:
    """A name without case, accents and signs; the legal form tells accounts apart."""
    return " ".join(plain_text(words))
