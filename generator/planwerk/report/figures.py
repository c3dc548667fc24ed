"""KPIs over accounts and the health of accounts, told in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import click

from planwerk import formats
from planwerk.health import ATTAINMENT, AccountHealth
from planwerk.kpis import kpi_of
from planwerk.model.measured import Counted
from planwerk.model.portfolio import Portfolio
from planwerk.model.workspace import say
from planwerk.phrases import divided, group_name, kpi_name
from planwerk.report.excerpt import printable
from planwerk.rollup import Group
from planwerk.words import load_kpi_words, load_words

LIGHTS = {"good": ("●", "green"), "fair": ("▲", "yellow"), "poor": ("■", "red"), "unknown": ("○", "blue")}  # fmt: skip


def rolled_up(
    portfolio: Portfolio, found: Mapping[str, Sequence[Group]], by: str, language: str, how: bool
) -> str:
    """Each KPI with a line a group: name, value, what it rests on; with `how`, its making."""
    teller = _Teller(portfolio, language)
    if by == "all" and not how:
        return teller.lines([(teller.name(kpi), groups[0]) for kpi, groups in found.items() if groups], "")  # fmt: skip
    out = []
    for kpi, groups in found.items():
        head = teller.name(kpi) + "\n" + (teller.making(kpi, groups) if how else "")
        lines = teller.lines([(teller.group(by, g.key), g) for g in groups], "  ")
        out.append(head + (lines or f"  {teller.say('rollup.not_so')}\n"))
    return "\n".join(out)


def healths(portfolio: Portfolio, found: Sequence[AccountHealth], language: str, color: bool) -> str:  # fmt: skip
    """Each account with its points, and a line for each part."""
    teller, names = _Teller(portfolio, language), {a.id: a.profile.name for a in portfolio.accounts}
    out = []
    for one in found:
        shape, shade = LIGHTS[one.level]
        level = f"{shape} {teller.say(f'health.{one.level}')}"
        points = "" if one.points is None else teller.say("health.points", points=formats.number(one.points, language))  # fmt: skip
        known = teller.say(
            "health.known", share=f"{formats.number(one.known, language)}{formats.NBSP}%"
        )
        words = click.style(level, fg=shade) if color else level
        told = ", ".join(part for part in (points, known) if part)
        out.append(f"{words}  {printable(names.get(one.account, one.account))}: {told}\n")
        rows = []
        for part in one.parts:
            name = teller.say("health.attainment") if part.kpi == ATTAINMENT else teller.name(part.kpi)  # fmt: skip
            if part.points is None or part.adds is None or part.value is None:
                why = ", ".join(teller.say("health.few" if w == "too_few" else f"why.{w}") for w in part.why)  # fmt: skip
                rows.append((name, teller.open, why))
                continue
            adds = teller.say("health.adds", points=formats.number(part.adds, language, 1), weight=formats.number(part.weight, language))  # fmt: skip
            rows.append((name, teller.value(part.kpi, part.value), adds))
        out.append(_columns(rows, "    "))
    return "".join(out)


class _Teller:
    """What KPIs, groups and values are called in one language."""

    def __init__(self, portfolio: Portfolio, language: str) -> None:
        self.portfolio, self.language = portfolio, language
        self.say = load_kpi_words(language)
        self.words = load_words(language)
        self.open = self.words("word.open")

    def name(self, kpi: str) -> str:
        """What a KPI is called."""
        return kpi_name({own.id: own.name for own in self.portfolio.workspace.kpis}, kpi, self.language)  # fmt: skip

    def group(self, by: str, key: str) -> str:
        """What a group is called."""
        if by == "all":
            return self.say("rollup.all")
        if by == "client":
            return self.portfolio.account(key).profile.name
        if by == "period":
            return formats.full_day(date.fromisoformat(key), self.language)
        return group_name(self.portfolio.workspace, by, key, self.words)

    def lines(self, groups: Sequence[tuple[str, Group]], margin: str) -> str:
        """A line for each group: its name, its value, what it rests on."""
        rows = [(name, self.worth(g.counted), self.sample(g)) for name, g in groups]
        return _columns(rows, margin)

    def worth(self, found: Counted) -> str:
        """A value with its unit; the word for open where none is known."""
        return self.open if found.value is None else self.value(found.kpi, found.value)

    def value(self, name: str, value: Decimal) -> str:
        """A KPI's value with its unit."""
        unit, decimals = _unit(self.portfolio, name)
        currency = self.portfolio.workspace.currency
        sign = formats.sign(unit, self.words("unit.days"), currency)
        return formats.quantity(value, self.language, decimals, unit, sign)

    def sample(self, group: Group) -> str:
        """What a value rests on, or why there is none."""
        found = group.counted
        if found.state == "too_few":
            return self.say("made.too_few", n=found.n, minimum=found.minimum)
        if found.value is None:
            return ", ".join(self.say(f"why.{why}") for why in found.why)
        told = divided(found, self.language) or self.say("made.cases", n=found.n)
        rest = len(group.left_out)
        return told + (self.say("rollup.without", count=rest) if rest else "")

    def making(self, kpi: str, groups: Sequence[Group]) -> str:
        """What the KPI means, out of which logs and days it was counted, where it comes from."""
        own = self.portfolio.kpis.get(kpi)
        formula = say(own.definition, self.language) if own else self.say(f"kpi.{kpi}.formula")
        counted = kpi_of(self.portfolio.workspace, kpi)
        logs = ", ".join(self.say(f"log.{log}") for log in counted.needs) if counted else ""
        days = ""
        if groups:
            first, last = min(g.counted.start for g in groups), max(g.counted.day for g in groups)
            days = f"{formats.full_day(first, self.language)} – {formats.full_day(last, self.language)}"  # fmt: skip
        told = ((self.words("kpis.definition"), formula), (self.say("made.inputs"), logs), (self.say("made.days"), days))  # fmt: skip
        return "".join(f"  {label}: {printable(words)}\n" for label, words in told if words)


def _unit(portfolio: Portfolio, name: str) -> tuple[str, int]:
    if name == ATTAINMENT:
        return "percent", 0
    if kpi := kpi_of(portfolio.workspace, name):
        return kpi.unit, kpi.decimals
    own = portfolio.kpis.get(name)
    return (own.unit, int(own.decimals)) if own else ("none", 0)


def _columns(rows: Sequence[tuple[str, str, str]], margin: str) -> str:
    """Names to the left, values to the right, what they rest on beside them."""
    plain = [tuple(printable(cell) for cell in row) for row in rows]
    wide = [max((len(row[n]) for row in plain), default=0) for n in (0, 1)]
    return "".join(f"{margin}{name:<{wide[0]}}  {value:>{wide[1]}}  {rest}".rstrip() + "\n" for name, value, rest in plain)  # fmt: skip
