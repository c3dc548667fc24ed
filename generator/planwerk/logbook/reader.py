"""Who reads: the portfolio that names come from, of everything or of what an audience may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planwerk.audience import INTERNAL, project, shares_anything
from planwerk.model.discovery import Questions
from planwerk.model.portfolio import Portfolio
from planwerk.model.workspace import Organisation, Workspace
from planwerk.read import Reading, read_account, read_house

NAMELESS = Workspace.model_construct(format="1", organisation=Organisation(name=""))


def house(root: Path, day: date | None) -> Reading:
    """What the accounts below `root` have in common, looked at from `day`."""
    reading = read_house(root, day)
    if reading.portfolio is None:  # names are missing then, but what changed can be told
        reading.portfolio = Portfolio.model_construct(
            audience=INTERNAL, as_of=day or date.min, workspace=NAMELESS, accounts=(), personas={},
            forces={}, questions=Questions(), training=(), commit="", draft=False,
        )  # fmt: skip
    return reading


def portfolio_for(reading: Reading, account: str, audience: str) -> Portfolio:
    """What `audience` knows of an account that may be there or not; it holds no other."""
    assert reading.portfolio is not None
    known = reading.portfolio
    if account in reading.accounts_seen:
        known = read_account(reading, account).portfolio or known
    if audience == INTERNAL:
        return known
    from planwerk.measure import measure  # only for those who see less than all

    if not known.accounts or not shares_anything(known.accounts[0], audience):
        return nobody(known, audience)
    return project(measure(known), audience, account)


def nobody(known: Portfolio, audience: str) -> Portfolio:
    """What somebody outside knows to whom nothing is told: our name, in our language."""
    ours = known.workspace
    workspace = Workspace.model_construct(
        format="1", organisation=ours.organisation, language=ours.language, currency=ours.currency
    )
    return known.model_copy(
        update={"audience": audience, "workspace": workspace, "accounts": (), "personas": {}, "forces": {}, "questions": Questions(), "training": ()}
    )  # fmt: skip
