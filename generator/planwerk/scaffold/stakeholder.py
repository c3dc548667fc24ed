"""A new person of the client: the next entry of stakeholders.md, or the first of a new file."""

from __future__ import annotations

import re

from planwerk.model.account import StakeholderFile
from planwerk.model.portfolio import Account
from planwerk.problems import refuse
from planwerk.read import ID
from planwerk.scaffold.draft import Ask, Draft, File, Given
from planwerk.scaffold.house import OPEN_WORD, House, as_id, below
from planwerk.scaffold.template import fill, key, plain
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import decode, split

LIST = re.compile(r"""["']?stakeholders["']?\s*:\s*(#.*)?""")
ITEM = re.compile(r"( *)-(?= |$)")
ROLES = ("decision_maker", "economic_buyer", "champion", "influencer", "user", "gatekeeper", "procurement")  # fmt: skip


def asks(house: House, given: Given) -> tuple[Ask, ...]:
    """Name, title, department and buying role: each may be open."""
    account = house.account(given["account"])
    typed, open_ = given["stakeholder"], OPEN_WORD[house.language_of(account)]
    asked = [
        Ask("name", default=open_),
        Ask("title", default=open_ if ID.fullmatch(typed) else typed),
        Ask("role", (*ROLES, open_), open_),
    ]
    if account.departments:
        asked.append(Ask("department", (*(d.id for d in account.departments), open_), open_))
    if personas := tuple(house.portfolio.personas):
        asked.append(Ask("persona", (*personas, open_), open_))
    return tuple(asked)


def draft(house: House, given: Given) -> Draft:
    """stakeholders.md with the person at the end of its list; all else in it stays as it is."""
    account = house.account(given["account"])
    language, person = house.language_of(account), as_id(given["stakeholder"], "en")
    path = below(account.id, "stakeholders.md")
    if any(known.id == person for known in account.stakeholders):
        raise refuse("new-exists", str(path), found=f"client:{person}")
    entry = _entry(house, account, given, person)
    old = house.reading.root / path
    if old.exists():
        raw = old.read_bytes()
        file = File(path, StakeholderFile, _appended(raw, entry, str(path)), raw)
    else:
        facts = {"owner": house.owner_of(account), "team": ", ".join(house.team)}
        words = fill(f"{language}/stakeholders.md", person=entry, id=person, account=account.id, **facts)  # fmt: skip
        file = File(path, StakeholderFile, words)
    return Draft("stakeholder", (file,), {"account": account.id, "person": person})


def _entry(house: House, account: Account, given: Given, person: str) -> str:
    open_ = OPEN_WORD[house.language_of(account)]

    def unless_open(name: str) -> str:
        value = given.get(name, open_)
        return key(name, "" if value in OPEN_WORD.values() else value)

    return fill(
        "person.md",
        id=person,
        name=plain(given["name"]),
        title=plain(given["title"]),
        department=unless_open("department"),
        role=given["role"],
        persona=unless_open("persona"),
        owner=given.get("owner") or house.owner_of(account),
        open=open_,
    ).rstrip("\n")


def _appended(raw: bytes, entry: str, path: str) -> str:
    """The file's text with the entry at the end of its list, everything else byte by byte."""
    words = raw.decode("utf-8")
    end = "\r\n" if "\r\n" in words else "\n"
    lines = words.split(end)
    close = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 1)
    at, indent = _end_of_list(lines[1:close])
    new = [f"{' ' * indent}{line.removeprefix('  ')}" for line in entry.split("\n")]
    if at is None:
        new = ["stakeholders:", *entry.split("\n")]
    at = close - 1 if at is None else at
    longer = end.join((*lines[: at + 1], *new, *lines[at + 1 :]))
    if not _only_added(words, longer):
        raise refuse("new-not-appended", path, found=path)
    return longer


def _end_of_list(front: list[str]) -> tuple[int | None, int]:
    """After how many lines of the front matter the list ends (None: there is none), and how far
    its entries are indented."""
    start = next((n for n, line in enumerate(front) if LIST.fullmatch(line.rstrip())), None)
    if start is None:
        return None, 2
    last, indent = start, None
    for number, line in enumerate(front[start + 1 :], start + 1):
        if line.strip() and not line.startswith((" ", "-", "#")):
            break
        if line.strip() and not line.startswith("#"):
            last = number
            if indent is None and (item := ITEM.match(line)):
                indent = len(item[1])
    return last + 1, 2 if indent is None else indent


def _only_added(before: str, after: str) -> bool:
    """Whether reading finds what it found before, and one person more."""
    old, new = _values(before), _values(after)
    people = new.pop("stakeholders", [])
    known = old.pop("stakeholders", [])
    return old == new and isinstance(people, list) and people[:-1] == known


def _values(words: str) -> dict[str, object]:
    path = below("stakeholders.md")
    text = decode(path, words.encode())
    source = split(path, text) if isinstance(text, str) else text
    front = getattr(source, "front", "")
    return dict(read_front_matter(path, front)[0].value)
