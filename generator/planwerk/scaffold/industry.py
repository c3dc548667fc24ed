"""A new industry: industries/<id>.md, with its five forces to rate."""

from __future__ import annotations

from planwerk.model.competition import Industry
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import OPEN_WORD, House, as_id, below
from planwerk.scaffold.template import fill, plain

FORCES = ("rivalry", "suppliers", "buyers", "entrants", "substitutes")


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Nothing: its name stands in workspace.yml."""
    return ()


def draft(house: House, given: Given) -> Draft:
    """The forces, all open; where workspace.yml does not know the industry, that is next."""
    typed, open_ = given["industry"], OPEN_WORD[house.language]
    names = {name: i.id for i in house.portfolio.workspace.industries for name in i.name.values()}
    industry = names.get(typed) or as_id(typed, house.language)
    keys = ("strength", "trend", "consequence")
    forces = ["\n".join((f"  - force: {f}", *(f"    {key}: {open_}" for key in keys))) for f in FORCES]  # fmt: skip
    words = fill(f"{house.language}/industry.md", forces="\n".join(forces))
    known = industry in house.portfolio.industries
    file = File(below("industries", f"{industry}.md"), Industry, words)
    return Draft("industry" if known else "industry_unlisted", (file,), {"industry": industry, "name": plain(typed)})  # fmt: skip
