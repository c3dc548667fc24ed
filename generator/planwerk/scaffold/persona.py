"""A new persona: personas/<id>.md, a kind of buyer that several accounts share."""

from __future__ import annotations

from planwerk.model.discovery import Persona
from planwerk.read import ID
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import House, as_id, below
from planwerk.scaffold.template import fill, plain


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Its name, where only an id was given."""
    typed = given["persona"]
    return (Ask("name", default=typed.replace("-", " ").capitalize() if ID.fullmatch(typed) else typed),)  # fmt: skip


def draft(house: House, given: Given) -> Draft:
    """What drives this kind of buyer, all open."""
    persona = as_id(given["persona"], house.language)
    words = fill(f"{house.language}/persona.md", name=plain(given["name"]), id=persona)
    return Draft("persona", (File(below("personas", f"{persona}.md"), Persona, words),), {"persona": persona})  # fmt: skip
