"""A new account: account.md in a folder of its own."""

from __future__ import annotations

from planwerk.model.account import Profile
from planwerk.problems import refuse
from planwerk.read import ID
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import OPEN_WORD, House, as_id, below
from planwerk.scaffold.template import fill, key, plain


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Its name (an id says little), industry and owner; its tier where the house has tiers."""
    industries = tuple(house.portfolio.industries)
    if not industries:
        raise refuse("new-no-industry", "plans/workspace.yml")
    typed = given["account"]
    asked = [
        Ask("industry", industries, industries[0] if len(industries) == 1 else None),
        house.owner(),
    ]
    if ID.fullmatch(typed):
        asked.insert(0, Ask("name", default=typed.replace("-", " ").title()))
    if tiers := house.portfolio.workspace.tiers:
        open_ = OPEN_WORD[house.language]
        asked.append(Ask("tier", (*(tier.id for tier in tiers), open_), open_))
    return tuple(asked)


def draft(house: House, given: Given) -> Draft:
    """account.md, in the language of the account."""
    typed = given["account"]
    name, language = given.get("name", typed), given.get("language", house.language)
    account = typed if typed in house.reading.accounts_seen else as_id(typed, language)
    words = fill(
        f"{language}/account.md",
        name=plain(name),
        industry=given["industry"],
        tier=key("tier", given.get("tier", "")),
        owner=given["owner"],
        language=language,
        last_year=str(house.today.year - 1),
    )
    file = File(below(account, "account.md"), Profile, words)
    return Draft("account", (file,), {"account": account})
