"""What the loop found, in the reader's language: the same words in a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from planwerk import formats
from planwerk.bank import wording
from planwerk.loop.finding import Found
from planwerk.loop.names import Names
from planwerk.loop.teams import Shown
from planwerk.model.account import Opportunity, WhiteSpaceCell
from planwerk.model.competition import Force
from planwerk.model.discovery import Question
from planwerk.model.measured import Counted
from planwerk.model.plan import Carried, PlanKpi
from planwerk.model.workspace import Words as HouseWords
from planwerk.model.workspace import Workspace, say
from planwerk.rollup import OPEN as UNNAMED
from planwerk.words import Words, load_kpi_words
from planwerk.words.fields import FieldWords, load_fields

Light = Literal["good", "warn", "bad", "open"]
SOON = 7
"""Days ahead from which on something is soon."""


@dataclass(frozen=True)
class Phrases:
    """Says findings with the names of people, departments and offerings."""

    words: Words
    names: Names

    @cached_property
    def fields(self) -> FieldWords:
        """What fields are called."""
        return load_fields(self.words.language)

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """What the parts of an account are called that a method asks for."""
        return self.fields.choices("Freshness", "section")

    def kind(self, found: Found) -> str:
        """What sort of finding it is; of an unknown the label of its field."""
        if self.words.has(f"loop.kind.{found.kind}"):
            return self.words(f"loop.kind.{found.kind}")
        named = found.record and self.fields.field(type(found.record).__name__, found.kind.rstrip("_"))  # fmt: skip
        return named.label if named else found.kind

    def what(self, found: Found) -> str:
        """What a finding is about."""
        if found.kind == "meeting" and self.words.has(f"meeting_kind.{found.what}"):
            return self.words(f"meeting_kind.{found.what}")
        if isinstance(found.record, WhiteSpaceCell | Opportunity):
            return self.place(found.account, found.record)
        if isinstance(found.record, PlanKpi):
            return self.kpi(found.record.kpi)
        if isinstance(found.record, Carried):
            return self.names.left(found.account, found.record.from_)
        if isinstance(found.record, Force) and self.words.has(f"force.{found.record.force}"):
            return self.words(f"force.{found.record.force}")
        if isinstance(found.record, Question) and found.what == found.record.id:
            company = {"company": self.names.account(found.account)}
            text = wording(found.record, self.names.questions, self.words.language, company, lambda gap: "…")  # fmt: skip
            return str(text)
        return " ".join(found.what.split())

    def kpi(self, name: str) -> str:
        """What a KPI is called: as the house names it, else as the catalogue does."""
        return kpi_name(self.names.kpis, name, self.words.language)

    def place(self, account: str, cell: WhiteSpaceCell | Opportunity) -> str:
        """What is or could be sold where: "Survey, Dispatch"; for nobody in particular the offering alone."""
        offering = self.names.offerings.get(cell.offering)
        parts = [say(offering, self.words.language) if offering else cell.offering]
        if cell.department and cell.department != "whole-company":
            parts.append(self.names.department(account, cell.department))
        return ", ".join(part for part in parts if part)

    def when(self, found: Found) -> tuple[Light, str]:
        """How late, or how soon, as a light and words."""
        if found.late is None:
            return "open", self.words("loop.no_day")
        if found.late > 0:
            return "bad", self.words("loop.late", count=found.late)
        key = "loop.today" if found.late == 0 else "loop.ahead"
        return "warn" if found.late >= -SOON else "good", self.words(key, count=-found.late)

    def example(self, shown: Shown) -> str:
        """One time that a problem showed, on one line."""
        what = " ".join(shown.what.split())
        return f"{formats.full_day(shown.day, self.words.language)}: {what}" if shown.day else what

    def whose(self, found: Found) -> str:
        """Who has to act, by name; "" if nobody is named."""
        return self.names.person(found.account, found.whose) if found.whose else ""


def kpi_name(house: Mapping[str, HouseWords], name: str, language: str) -> str:
    """What a KPI is called: by the names that the house gave, else as the catalogue has it."""
    if name in house:
        return say(house[name], language)
    catalogue = load_kpi_words(language)
    return catalogue(f"kpi.{name}.name") if catalogue.has(f"kpi.{name}.name") else name


def group_name(house: Workspace, by: str, key: str, words: Words) -> str:
    """What a line of a roll-up is called: an industry, tier, offering, or one of our people."""
    if key == UNNAMED:
        return words("word.open")
    if by == "owner":
        return next((str(member.name) for member in house.team if member.id == key), key)
    listed = {"industry": house.industries, "tier": house.tiers, "offering": house.offerings}
    found = next((record for record in listed.get(by, ()) if record.id == key), None)
    return say(found.name, words.language) if found else key


def divided(found: Counted, language: str) -> str:
    """What was divided by what: `31 Antworten von 57 zugestellt`; "" where nothing was."""
    words = load_kpi_words(language)
    if found.numerator is None or not words.has(f"kpi.{found.kpi}.numerator"):
        return ""
    return words(
        "made.share",
        numerator=plain(found.numerator, language),
        numerator_word=words(f"kpi.{found.kpi}.numerator"),
        denominator=plain(found.denominator or Decimal(0), language),
        denominator_word=words(f"kpi.{found.kpi}.denominator"),
    )


def plain(value: Decimal, language: str) -> str:
    """A number as it is counted: whole, or with one decimal."""
    whole = value == value.to_integral_value()
    return formats.number(value, language, 0 if whole else 1)
