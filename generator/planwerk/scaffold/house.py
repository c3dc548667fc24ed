"""The workspace that something new is made in, and how it is looked up by what people type."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from planwerk.model.computed import CATALOGUE
from planwerk.model.pictured import MEETINGS
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.types import OPEN_WORDS, Day, suggest_id
from planwerk.problems import Refusal, Severity, refuse
from planwerk.read import DEVICES, ID, SHARED_FOLDERS, Reading, read_account, read_house
from planwerk.scaffold.draft import Ask
from planwerk.words import Words, load_words

PREFIX = {"de": "kunde", "en": "client"}
RESERVED = (*SHARED_FOLDERS, MEETINGS, *OPEN_WORDS, "whole-company")
"""Words that mean something else where ids stand."""
OPEN_WORD = {"de": "offen", "en": "open"}


@dataclass(frozen=True)
class House:
    """A workspace that was read, and the language of what is made in it."""

    reading: Reading
    portfolio: Portfolio
    language: str
    _read: dict[str, Account] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that the plans are looked at."""
        return self.portfolio.as_of

    @property
    def team(self) -> tuple[str, ...]:
        """The ids of our people."""
        return tuple(self.portfolio.team)

    @property
    def words(self) -> Words:
        """The words of the workspace's language."""
        return load_words(self.language)

    def account(self, typed: str) -> Account:
        """The account of that id, or of the name it was made from.

        Refuses one that is unknown (exit code 2), or whose files cannot all be read (exit code
        1): something would be missed. No other account is read.
        """
        seen = self.reading.accounts_seen
        if not seen:
            raise refuse("no-accounts", "plans")
        found = typed if typed in seen else as_id(typed, self.language)
        if found not in seen:
            Ask("account", seen).checked(typed)
        if found not in self._read:
            self._read[found] = _sound(read_account(self.reading, found))
        return self._read[found]

    def period(self, account: Account, typed: str) -> Period:
        """The period of that id; refuses one that is unknown."""
        periods = {period.id: period for period in account.periods}
        return periods[Ask("period", tuple(periods)).checked(typed)]

    def language_of(self, account: Account) -> str:
        """The language of the account, else of the house."""
        return account.profile.language or self.language

    def owner_of(self, account: Account) -> str:
        """Who of us is responsible for the account, else somebody of the team."""
        owner = account.profile.owner
        return owner if isinstance(owner, str) else next(iter(self.team), OPEN_WORD[self.language])

    @property
    def kpis(self) -> tuple[str, ...]:
        """The ids of all KPIs, the house's own first."""
        return (*self.portfolio.kpis, *CATALOGUE)

    def owner(self) -> Ask:
        """The question who of us is responsible."""
        open_ = OPEN_WORD[self.language]
        team = self.team
        return Ask("owner", (*team, open_), team[0] if len(team) == 1 else None if team else open_)


def open_house(root: Path, day: date | None, language: str) -> House:
    """The workspace in `root`; refuses one that cannot be understood.

    `language` is that of the messages: new files are in it where the workspace names none.
    """
    reading = read_house(root, day)
    if reading.portfolio is None:
        raise Refusal([p for p in reading.problems if p.account is None], 1)
    workspace = reading.portfolio.workspace
    chosen = workspace.language if "language" in workspace.model_fields_set else language
    return House(reading, reading.portfolio, chosen)


def _sound(reading: Reading) -> Account:
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    if errors or reading.portfolio is None:
        raise Refusal(errors, 1)
    return reading.portfolio.accounts[0]


def as_id(words: str, language: str) -> str:
    """An id made of a name; what could be none (`3M`, `con`) gets a word in front."""
    made = suggest_id(words)
    taken = made in RESERVED or DEVICES.fullmatch(made)
    return made if ID.fullmatch(made) and not taken else f"{PREFIX[language]}-{made}"[:63].strip("-")  # fmt: skip


def day(option: str, words: str) -> date:
    """The day that somebody typed, 2026-11-23 or 23.11.2026; refuses what is none."""
    try:
        return TypeAdapter(Day).validate_python(words.strip())
    except ValidationError as error:
        rule = error.errors()[0]["type"]
        raise refuse(rule, "plans", found=f"{option} {words}") from None


def below(*parts: str) -> PurePosixPath:
    """A path below plans/."""
    return PurePosixPath("plans", *parts)
