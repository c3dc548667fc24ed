"""Whom and what a change is told about: names, units and words, as its reader may know them.

Everything comes out of the portfolio of the audience, and of the facts that are told; a name
that is in neither cannot be said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from planwerk import formats
from planwerk.bank import SLOT, questions
from planwerk.history.facts import Fact, Facts, facts_of, facts_of_house
from planwerk.model.account import Stakeholder
from planwerk.model.computed import IDS
from planwerk.model.history import Spot, Value
from planwerk.model.portfolio import Portfolio
from planwerk.model.walk import MENTION
from planwerk.model.workspace import HouseKpi, say
from planwerk.words import Words, load_kpi_words, load_telling, load_words
from planwerk.words.fields import FieldWords, load_fields

HOUSE = ("teams", "offerings", "industries", "groups", "tiers", "plan_types", "kpis")
"""The lists of the workspace whose entries have names by language."""
INTERNAL = "internal"
Title: TypeAlias = "tuple[str, str, str, str]"
"""The list and id of a record, the period it stands in, and what it is called."""


@dataclass(frozen=True)
class Context:
    """The reader's portfolio and language; `facts` are those of the states that are compared
    (either, or both in one): what is gone is called what it was called there."""

    portfolio: Portfolio
    language: str
    facts: Facts = field(default_factory=dict)

    @cached_property
    def say(self) -> Words:
        """The words of outputs."""
        return load_words(self.language)

    @cached_property
    def phrases(self) -> Words:
        """The words of changes."""
        return load_telling(self.language)

    @cached_property
    def fields(self) -> FieldWords:
        """What fields and records are called."""
        return load_fields(self.language)

    @property
    def open(self) -> str:
        """The word for what nobody knows yet."""
        return self.say("word.open")

    def at(self, facts: Facts) -> Context:
        """The same reader, told about states of these facts; what things are called stays."""
        other = self.when(facts)
        other.__dict__["_titles"] = self._titles
        return other

    def when(self, facts: Facts) -> Context:
        """The same reader, told about other states, in which other things may have been gone."""
        other = replace(self, facts=facts)
        other.__dict__["_present"] = self._present
        return other

    # --- names -------------------------------------------------------------------------------

    @cached_property
    def _titles(self) -> dict[str, dict[tuple[str, str], dict[str, str]]]:
        """What records are called, by account; by list and id, each by the period it stands in."""
        return {}

    def _titles_of(self, account: str) -> dict[tuple[str, str], dict[str, str]]:
        if account not in self._titles:
            found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
            for list_, id_, of, title in (*_titles(self.facts, account), *self._now(account)):
                found[list_, id_][of] = title
            self._titles[account] = found
        return self._titles[account]

    @cached_property
    def _present(self) -> dict[str, list[Title]]:
        """What records are called in the reader's portfolio, by account."""
        return {}

    def _now(self, account: str) -> list[Title]:
        if account not in self._present:
            known = [a for a in self.portfolio.accounts if a.id == account]
            now = map(facts_of, known) if account else iter((facts_of_house(self.portfolio),))
            self._present[account] = [title for facts in now for title in _titles(facts, account)]
        return self._present[account]

    def title(self, account: str, list_: str, id_: str, of: str = "") -> str:
        """What an entry of an account is called, the one of period `of` first; "" if unknown."""
        found = self._titles_of(account).get((list_, id_)) or {}
        return found.get(of) or next(reversed(found.values()), "")

    def house(self, list_: str, id_: str) -> str:
        """What an entry of the workspace is called, in the reader's language; "" if unknown."""
        for entry in getattr(self.portfolio.workspace, list_):
            if entry.id == id_:
                return say(entry.name, self.language)
        if list_ == "kpis" and id_ in IDS:
            return load_kpi_words(self.language)(f"kpi.{id_}.name")
        return self.title("", list_, id_)

    def kpi(self, id_: str) -> HouseKpi | None:
        """A KPI of the house; None where the reader may not know it, or it is of the catalogue."""
        return self.portfolio.kpis.get(id_)

    def person(self, account: str, id_: str) -> str:
        """Somebody's name; the id for us, the word for somebody for others, where it is unknown."""
        side, _, name = id_.rpartition(":")
        if side == "client":
            found = self.title(account, "stakeholders", name)
        elif side == "partner":
            found = self.title(account, "partners", name)
        else:
            member = self.portfolio.team.get(name)
            found = member.name if member else self.title("", "team", name)
        return found or self.unnamed(id_)

    def unnamed(self, id_: str) -> str:
        """What to say for an id that nothing is known of: ids stay in the house."""
        return id_ if self.portfolio.audience == INTERNAL else self.phrases("someone")

    def account(self, id_: str) -> str:
        """An account's name; its id where it is not known."""
        for account in self.portfolio.accounts:
            if account.id == id_:
                return account.profile.name
        fact = self.facts.get(Spot(id_, "account"))
        return fact.title if fact and fact.title else self.unnamed(id_)

    def period(self, account: str, id_: str) -> str:
        """A period in words: "2. Halbjahr 2026"; its id where its days are not known."""
        start, end = self._days(account, id_)
        if start is None or end is None:
            return id_
        if whole := formats.whole_period(start, end):
            kind, number, year = whole
            ordinal = self.say(f"period.ordinal.{number}")
            return self.say(f"period.{kind}", number=ordinal, year=year)
        return f"{formats.short_day(start, self.language)}–{formats.full_day(end, self.language)}"

    def _days(self, account: str, id_: str) -> tuple[date | None, date | None]:
        for known in self.portfolio.accounts:
            for period in known.periods if known.id == account else ():
                if period.id == id_:
                    return period.plan.from_, period.plan.to
        fact = self.facts.get(Spot(account, "plan", id_))
        days = [fact.fields.get(name) for name in ("from", "to")] if fact else [None, None]
        start, end = (day if isinstance(day, date) else None for day in days)
        return start, end

    def question(self, account: str, id_: str) -> str:
        """What a question of the interview reads like: our own, the house's, or the bank's."""
        if own := self.title(account, "questions", id_):
            return own
        for known in self.portfolio.questions.questions:
            if known.id == id_:
                return say(dict(known.text), self.language)
        shipped = questions().get(id_)
        return self._filled(account, id_, say(dict(shipped.text), self.language)) if shipped else ""

    def _filled(self, account: str, id_: str, text: str) -> str:
        """The text of a question with what stands in its gaps; "…" where nothing does."""
        fact = self.facts.get(Spot(account, "interview", "", ("questions", id_)))
        filled = {"slots.company": self.account(account), **(fact.fields if fact else {})}
        return SLOT.sub(lambda gap: str(filled.get(f"slots.{gap[1]}", "…")), text)

    def words(self, account: str, text: str) -> str:
        """A text with names for the people it mentions."""
        if "@" not in text:
            return text

        def name(match: object) -> str:
            id_ = match[1]  # type: ignore[index]
            client = f"client:{id_}" if self.title(account, "stakeholders", id_) else id_
            return self.person(account, client)

        return MENTION.sub(name, text)

    def before(self, spot: Spot, name: str) -> Value:
        """Another field of a record that a change is about, if its facts are known."""
        fact = self.facts.get(spot)
        return fact.fields.get(name) if fact else None


def _titles(facts: Facts, account: str) -> Iterator[Title]:
    for spot, fact in facts.items():
        if spot.account == account and len(spot.path) == 2 and (title := _called(fact)):
            yield (*spot.path, spot.of, title)


def _called(fact: Fact) -> str:
    """What people call a record; of a person without a name, the function."""
    if fact.kind == Stakeholder.__name__ and not fact.title:
        title = fact.fields.get("title")
        return title if isinstance(title, str) else ""
    return fact.title
