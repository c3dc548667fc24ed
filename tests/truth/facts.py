"""What is true: the numbers, days and people of every record that an audience sees.

Read off the measured and projected records field by field; nothing of `compose/` or `render/` is asked.
A field that the model gets tomorrow is in at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from markdown_it import MarkdownIt

from planwerk.model.account import Opportunity
from planwerk.model.measured import Measured
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from truth.passages import plain
from truth.tokens import Number, tokens

NAMED = ("title", "name", "text", "question", "feature", "quote", "what", "use_case", "year")
"""Fields that name a record: one with none of them belongs to the record that holds it."""
PEOPLE = {
    "owner", "accountable", "validated_by", "told_by", "confirmed_by", "decided_by", "attendees", "from_",
    "asked_by", "asked", "by", "with_", "successor", "introduced_by", "reports_to", "influences", "conflicts_with",
    "whom_to_ask",
}  # fmt: skip
BACKGROUND = {"OwnSlide", "SlideFile", "Plan", "HouseKpi", "Workspace", "Tier", "PlanType", "HouseQuestion", "Financials", "Account", "Industry", "Stakeholder", "Member", "Department", "Offering", "Named", "Partner", "Organisation", "Competitor", "OwnCompetitor", "Profile", "Persona", "WayIn", "Group", "Feature"}  # fmt: skip
"""What is named beside something else; its own numbers count only where nothing else is meant."""
WORDED = {"Offering", "Named", "Tier", "Group", "PlanType"}
"""Records whose name is a word a language."""
MENTION = re.compile(r"(?<![\w.@/-])@((?:client:|partner:)?[a-z][a-z0-9-]*)")


@dataclass(frozen=True)
class Fact:
    """A number (`Decimal`) or day of a record, by the field that holds it; `period` where it has one."""

    value: Decimal | date
    role: str
    period: str = ""
    on: date | None = None


@dataclass
class Subject:
    """A record with what is true of it."""

    key: str
    kind: str
    facts: list[Fact] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    theirs: set[str] = field(default_factory=set)

    @property
    def background(self) -> bool:
        """Whether it is only named beside something else."""
        return self.kind in BACKGROUND


@dataclass
class World:
    """What an audience sees of an account, by the words that name it."""

    seen: Portfolio
    account: Account
    language: str
    subjects: dict[str, Subject] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    """What records are called, with the records."""
    texts: set[str] = field(default_factory=set)
    """Every other text that somebody wrote."""
    people: dict[str, str] = field(default_factory=dict)
    """Names of people, with the record's key."""
    named_by_title: dict[tuple[str, str], str] = field(default_factory=dict)
    """Names of people by what they are called in their work, with the record's key."""
    grid: dict[tuple[str, str], list[Decimal | date]] = field(default_factory=dict)
    """What stands in a table's cell, by the words of its row and of its column."""
    pairs: dict[frozenset[str], str] = field(default_factory=dict)
    """Records that are told by two names together: department and offering."""
    quarters: set[tuple[int, int]] = field(default_factory=set)
    """The quarters that have revenue."""
    labels: dict[str, list[Decimal | date]] = field(default_factory=dict)
    """Amounts that a word before them names."""
    figures: tuple[int, int, date] | None = None
    """How many KPIs of the catalogue are known, of how many, counted from which day."""

    @property
    def today(self) -> date:
        """The day the outputs speak of."""
        return self.seen.as_of

    def named(self, words: object, key: str) -> None:
        """Note that these words stand for a record."""
        if isinstance(words, str) and (short := plain(words)):
            self.words.setdefault(short, set()).add(key)


def current(one: World) -> Period | None:
    """The period that runs, else the last that began, else the first."""
    begun = [p for p in one.account.periods if p.plan.from_ <= one.today]
    return begun[-1] if begun else next(iter(one.account.periods), None)


class People:
    """Names of people by what records call them."""

    def __init__(self, one: World) -> None:
        self.world = one

    def learn(self) -> None:
        for who, name in names_of(self.world.seen, self.world.account).items():
            self.world.people[plain(name)] = who


def names_of(seen: Portfolio, account: Account) -> dict[str, str]:
    """What each person id is called: ours, the client's and its partners'."""
    found = {member.id: member.name for member in seen.workspace.team}
    for person in account.stakeholders:
        name = person.name if isinstance(person.name, str) else person.title
        found[f"client:{person.id}"] = name if isinstance(name, str) else person.id
    for period in account.periods:
        found |= {f"partner:{p.id}": p.name for p in period.tasks.partners}
    return found


class Reader:
    """Walks records and notes what each says."""

    def __init__(self, one: World) -> None:
        self.world = one
        self.names = names_of(one.seen, one.account)
        self.markdown = MarkdownIt("commonmark").enable("table")

    def walk(self, value: object, holder: str, period: str) -> None:
        """Note a record and all that it holds; records without a name go to `holder`."""
        if isinstance(value, Record):
            if isinstance(value, Measured):
                return
            if isinstance(value, Period):
                period = value.id
            key = holder if holder and not self._has_name(value) else self._key(value, period)
            for name in type(value).model_fields:
                self._field(getattr(value, name, None), name, key, period)
        elif isinstance(value, dict):
            for part in value.values():
                if isinstance(part, str) and holder:
                    kind = self.world.subjects[holder].kind
                    self._text(part, "name" if kind in WORDED else "", self.world.subjects[holder], period)  # fmt: skip
                else:
                    self.walk(part, holder, period)
        elif isinstance(value, Iterable) and not isinstance(value, str):
            for part in value:
                if isinstance(part, (Record, dict)):
                    self.walk(part, holder, period)

    @staticmethod
    def _has_name(value: Record) -> bool:
        return any(isinstance(getattr(value, name, None), (str, dict)) for name in NAMED) or isinstance(value, (Account, Period, Opportunity)) or "date" in type(value).model_fields  # fmt: skip

    def _key(self, value: Record, period: str) -> str:
        kind = type(value).__name__
        own = str(getattr(value, "id", "") or getattr(value, "kpi", "") or id(value))
        key = "/".join((kind, period, own))
        self.world.subjects.setdefault(key, Subject(key, kind))
        return key

    def _field(self, value: Any, name: str, key: str, period: str) -> None:
        subject = self.world.subjects[key]
        match value:
            case None | bool() | Enum():
                pass
            case Decimal() | date():
                subject.facts.append(Fact(value, name, period))
            case int():
                subject.facts.append(Fact(Decimal(value), name, period))
            case str() if name in PEOPLE:
                self._person(value, name, subject)
            case str():
                self._text(value, name, subject, period)
            case tuple() | list() if value and all(isinstance(v, str) for v in value):
                for part in value:
                    self._field(part, name, key, period)
            case _:
                self.walk(value, key, period)

    def _person(self, value: str, name: str, subject: Subject) -> None:
        if who := self.names.get(value):
            subject.people.add(plain(who))
            if name in ("owner", "accountable", "decided_by"):
                subject.owners.add(plain(who))
            if name == "validated_by":
                subject.theirs.add(plain(who))

    def _text(self, value: str, name: str, subject: Subject, period: str) -> None:
        if re.fullmatch(r"-?\d{1,4}", value):  # ratings, years
            subject.facts.append(Fact(Decimal(value), name, period))
        if not any(c.isalpha() for c in value):
            written = self.world.account.profile.language or self.world.seen.workspace.language
            subject.facts += [Fact(t.value, name, period) for t in tokens(plain(value), written) if isinstance(t, Number)]  # fmt: skip
        told = MENTION.sub(lambda m: self.names.get(m[1]) or self.names.get(f"client:{m[1]}") or m[0], value)  # fmt: skip
        for words in {told, *self._blocks(told)}:
            if "\n" not in words and (
                name in NAMED or (name, subject.kind) == ("id", "Opportunity")
            ):
                self.world.named(words, subject.key)
            else:
                self.world.texts.add(plain(words))

    def _blocks(self, text: str) -> Iterator[str]:
        """The paragraphs, points and cells of a text, as a reader sees them."""
        for token in self.markdown.parse(text):
            if token.type == "inline":
                yield "".join(_shown(token.children or ()))
                line: list[str] = []
                for child in token.children or ():
                    if child.type in ("softbreak", "hardbreak"):
                        yield "".join(line)
                        line = []
                    else:
                        line += _shown((child,))
                yield "".join(line)


def _shown(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        yield (
            " "
            if token.type.endswith("break")
            else re.sub(r"\[\^\w+\](: *)?|^\[[ xX]\] ", "", token.content)
        )
