"""Values as a reader reads them: numbers with their unit, days, names instead of ids."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from planwerk import formats
from planwerk.history.context import Context
from planwerk.history.facts import form_of
from planwerk.kpis import BY_ID
from planwerk.model.forms import MONEY, PERSON, PROSE, Shape, shapes
from planwerk.model.history import Spot, Value
from planwerk.model.kinds import all_records, keys
from planwerk.model.outputs import Decks
from planwerk.model.types import After, Unknown

LISTS = {
    "goal": "goals", "depends_on": "tasks", "mitigations": "tasks", "task": "tasks",
    "leads_to": "insights", "step": "next_steps",
}  # fmt: skip
"""Fields that name entries of the account, by the list that holds these."""
PARENTS = {"Goal": "goals", "Department": "departments"}
HOUSES = {
    "offering": "offerings", "industry": "industries", "team": "teams", "tier": "tiers",
    "type": "plan_types", "kpi": "kpis", "kpis": "kpis",
}  # fmt: skip
"""Fields that name entries of the workspace."""
KINDS = {
    "kpi": "kpis", "goal": "goals", "task": "tasks", "objective": "objectives", "risk": "risks",
    "problem": "problems", "feature": "features", "competitor": "competitors",
    "milestone": "milestones", "decision": "decisions", "step": "next_steps", "insight": "insights",
}  # fmt: skip
"""The kinds in typed references (`objective:same-day-answers`), by the list of their entries."""
SECTION = {"OwnSlide": "after", "OwnTitle": "section"}
"""Fields that name a section of a deck."""
TYPED = ("answers", "because", "for", "from", "as")
SHOWN = 24
"""Words of a text that a sentence repeats."""


@cache
def shape_of(kind: str, field: str) -> Shape:
    """What a field takes, by its key in the file; nothing special where that is not known."""
    record = all_records().get(kind)
    if record is None:  # what is computed, and stands in no file
        return Shape()
    name = keys(record).get(field.partition(".")[0])
    return shapes(record)[name] if name else Shape()


def is_text(kind: str, field: str) -> bool:
    """Whether a field holds prose: a text of which a part can change."""
    return PROSE in shape_of(kind, field).forms


def shown(value: Value, kind: str, field: str, spot: Spot, context: Context) -> str:
    """A value of a field as its reader reads it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, Unknown):
        return context.open
    if isinstance(value, tuple):
        return listed([shown(part, kind, field, spot, context) for part in value], context)
    if isinstance(value, bool):
        return context.phrases("yes_no.true" if value else "yes_no.false")
    if isinstance(value, date):
        return day(value, context)
    if isinstance(value, After):
        of = context.phrases.group("after")
        named = of.get(value.of) or quoted(_entry("tasks", value.of, spot, context), context)
        side = "after" if value.days >= 0 else "before"
        return context.phrases(f"day_{side}", count=abs(value.days), of=named)
    if isinstance(value, Decimal):
        return _number(value, kind, field, spot, context)
    if isinstance(value, int):
        form = next(iter(shape_of(kind, field).forms), None)
        return context.phrases("days", count=value) if form and form.name == "days" else str(value)
    return _text(value, kind, field, spot, context)


def day(value: date, context: Context, beside: Value = None) -> str:
    """A day with its year; without it where the day told `beside` has the same one."""
    if isinstance(beside, date) and beside.year == value.year:
        return formats.short_day(value, context.language)
    if context.language == "de":
        return f"{formats.short_day(value, 'de')}{value.year}"
    return formats.full_day(value, context.language)


def listed(parts: list[str], context: Context, most: int = 4) -> str:
    """ "a", "a und b", "a, b und 3 weitere"."""
    parts = [part for part in parts if part]
    if len(parts) > most:
        rest = context.phrases("further", count=len(parts) - most + 1)
        parts = [*parts[: most - 1], rest]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])}{context.say('word.and')}{parts[-1]}"


def quoted(title: str, context: Context) -> str:
    """A title within a sentence."""
    return context.phrases("quoted", words=title)


def shortened(words: str) -> str:
    """The beginning of a longer text."""
    parts = words.split()
    return " ".join(parts if len(parts) <= SHOWN else [*parts[: SHOWN - 4], "…"])


def _number(value: Decimal, kind: str, field: str, spot: Spot, context: Context) -> str:
    decimals = formats.decimals_of(value)
    if kind in ("PlanKpi", "Interim", "Measurement", "Measured"):
        kpi = spot.path[1 if kind in ("PlanKpi", "Interim") else 0].partition("/")[0]
        if known := context.kpi(kpi) or BY_ID.get(kpi):
            currency = context.portfolio.workspace.currency
            sign = formats.sign(known.unit, context.say("unit.days"), currency)
            decimals = max(decimals, int(known.decimals))
            return formats.quantity(value, context.language, decimals, known.unit, sign)
    if MONEY in shape_of(kind, field).forms or (kind, field) == ("Revenue", "amount"):
        return formats.money(value, context.language, context.portfolio.workspace.currency)
    return formats.number(value, context.language, decimals)


def _text(value: str, kind: str, field: str, spot: Spot, context: Context) -> str:
    key = field.partition(".")[0]
    shape = shape_of(kind, key)
    if key == "share":
        return _audience(value, spot, context)
    if PERSON in shape.forms:
        return context.person(spot.account, value)
    if kind == "SurveyAnswer" or shape.words:
        found = context.fields.choices(kind, key).get(value)
        return found or value
    if key in TYPED:
        return _typed(value, spot, context)
    if key in HOUSES and (named := context.house(HOUSES[key], value)):
        return named
    if key == "parent" and kind in PARENTS:
        return quoted(_entry(PARENTS[kind], value, spot, context), context)
    if key == "parent":
        return context.account(value)
    if key == "department":
        return _entry("departments", value, spot, context)
    if key == SECTION.get(kind):
        return _section(value, context)
    if key in LISTS:
        return quoted(_entry(LISTS[key], value, spot, context), context)
    if key == "predecessor":
        return context.period(spot.account, value)
    return shortened(context.words(spot.account, value))


def _entry(list_: str, id_: str, spot: Spot, context: Context) -> str:
    """What an entry of the account is called; for us its id, where nothing is known of it."""
    return context.title(spot.account, list_, id_, spot.of) or context.unnamed(id_)


def _typed(value: str, spot: Spot, context: Context) -> str:
    """What is meant by `2026-h1/kpi:nps`; a text that names nothing is itself."""
    period, _, reference = value.rpartition("/")
    kind, colon, id_ = reference.partition(":")
    if not colon:
        return value
    if kind == "force":
        return context.fields.choices("Force", "force").get(id_, id_)
    if kind not in KINDS:
        return value
    if kind == "kpi":
        named = context.house("kpis", id_) or context.unnamed(id_)
    else:
        named = context.title(spot.account, KINDS[kind], id_, period or spot.of) or context.unnamed(id_)  # fmt: skip
    return f"{named} ({context.period(spot.account, period)})" if period else named


def _section(value: str, context: Context) -> str:
    """What a section is called; the decks have the same words for the same ones."""
    decks = (context.fields.choices("Decks", deck) for deck in Decks.model_fields)
    found = next((labels[value] for labels in decks if value in labels), value)
    return found.partition(",")[0]  # without whom it is for


def _audience(value: str, spot: Spot, context: Context) -> str:
    if value == "client":
        return context.phrases("the_client")
    return context.person(spot.account, value)


def title_of(kind: str, title: str, spot: Spot, context: Context) -> str:
    """What people call a record; "" where its kind says enough."""
    path = spot.path
    own = path[-1].partition("#")[0] if path else ""
    match kind:
        case "PlanKpi" | "Outcome" | "Measured":
            return context.house("kpis", own) or context.unnamed(own)
        case "Interim":
            return context.house("kpis", path[1]) or context.unnamed(path[1])
        case "Measurement":
            return context.house("kpis", own.partition("/")[0]) or own
        case "WhiteSpaceCell":
            department, _, offering = own.partition("/")
            left = _entry("departments", department, spot, context)
            if department == "whole-company":
                left = context.phrases("whole_company")
            return f"{left} × {context.house('offerings', offering) or offering}"
        case "Service":
            return context.house("offerings", own) or own
        case "Relationship":
            return f"{context.person(spot.account, f'client:{path[1]}')} – {context.person(spot.account, own)}"  # fmt: skip
        case "Force":
            return context.fields.choices("Force", "force").get(own, own)
        case "Cadence":
            return context.fields.choices("Meeting", "kind").get(own, own)
        case "Freshness":
            return context.fields.choices("Freshness", "section").get(own, own)
        case "Carried":
            return _typed(path[1], spot, context)
        case "Commitment":
            return _entry("next_steps", own, spot, context)
        case "Approval":
            return context.person(spot.account, own.rpartition("/")[0])
        case "Stakeholder":
            return title or context.title(spot.account, "stakeholders", own) or context.open
        case "Question":
            return shortened(title or context.question(spot.account, own) or own)
        case "Plan" | "TaskFile" | "RiskFile" | "Review" | "SlideFile":
            return context.period(spot.account, spot.of)
        case "Meeting":
            return title or spot.of
        case "Profile":
            return title or context.account(spot.account)
    if path and path[0] in HOUSES.values() and not spot.account:
        return context.house(path[0], own) or title
    words = shortened(context.words(spot.account, title))
    return words.removesuffix(".") or _worded(kind, own)


def _worded(kind: str, own: str) -> str:
    """An id for a title where a record has none."""
    return own if form_of(all_records()[kind]).identity.by.value == "id" else ""
