"""A new meeting: meetings/<day>-<title>.md."""

from __future__ import annotations

from typing import get_args

from planwerk.model.meeting import Meeting, MeetingKind
from planwerk.model.types import suggest_id
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import OPEN_WORD, House, below, day
from planwerk.scaffold.template import fill, plain
from planwerk.words import load_words

KINDS: tuple[str, ...] = get_args(MeetingKind)


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Its day, kind and title."""
    language = house.language_of(house.account(given["account"]))
    kind = given.get("kind", KINDS[0])
    title = load_words(language)(f"meeting_kind.{kind}") if kind in KINDS else ""
    return (Ask("on", default=str(house.today)), Ask("kind", KINDS, KINDS[0]), Ask("title", default=title))  # fmt: skip


def draft(house: House, given: Given) -> Draft:
    """The notes of the meeting, to be written."""
    account = house.account(given["account"])
    language, on = house.language_of(account), day("--on", given["on"])
    people = ", ".join(f"client:{person.id}" for person in account.stakeholders)
    words = fill(
        f"{language}/meeting.md",
        on=str(on),
        kind=given["kind"],
        title=plain(given["title"]),
        owner=house.owner_of(account),
        people=people or OPEN_WORD[language],
    )
    file = f"{on}-{suggest_id(given['title'])}.md"
    return Draft("meeting", (File(below(account.id, "meetings", file), Meeting, words),))
