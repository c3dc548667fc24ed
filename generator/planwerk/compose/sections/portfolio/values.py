"""A KPI's value over accounts with its sample; what is not known with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import made
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.kpis.kind import Kpi
from planwerk.model.measured import Counted
from planwerk.phrases import plain
from planwerk.rollup import Group

NAMED = 12
"""How many accounts are named where some are left out; the others are counted."""


def words_of(overall: Overall, kpi: Kpi, value: Decimal, unit: bool = True) -> str:
    """A value with its unit; money in thousands, and with a decimal where it is less than one."""
    if kpi.unit == "EUR":
        few = value != 0 and abs(value) < 1000
        plain = formats.number(value / 1000, overall.language, 1 if few else 0)
        return f"{plain}{formats.NBSP}{overall.thousand}" if unit else plain
    sign = formats.sign(kpi.unit, overall.words("unit.days"), "")
    if not unit and kpi.unit != "percent":
        sign = ""
    return formats.quantity(value, overall.language, kpi.decimals, kpi.unit, sign)


def cell(overall: Overall, kpi: Kpi, group: Group) -> b.Cell:
    """A group's value with its sample; that it is unknown or of too few cases, and why."""
    found = group.counted
    if found.state == "too_few":
        few = overall.say("few", n=overall.number(found.n), minimum=found.minimum)
        return b.Cell(b.text(overall.say("too_few")), note=few, unknown=True)
    if found.value is None:
        return overall.unknown(reasons(overall, found))
    words = b.text(words_of(overall, kpi, found.value, unit=False))
    return b.Cell(words, note=sample(overall, kpi, group), value=float(found.value))


def reasons(overall: Overall, found: Counted) -> str:
    """Why a value is not known, short."""
    return ", ".join(overall.say(f"why.{why}") for why in found.why)


def sample(overall: Overall, kpi: Kpi, group: Group) -> str:
    """What a value rests on: the share that was divided, or how many cases; and who is left out."""
    found = group.counted
    parts = [overall.say("cases", n=overall.number(found.n))]
    if kpi.unit == "percent" and found.numerator is not None and found.denominator == found.n:
        part, whole = (plain(x, overall.language) for x in (found.numerator, found.denominator))  # fmt: skip
        parts = [overall.say("share", part=part, whole=whole)]
    if group.accounts and group.left_out:
        parts.append(overall.say("without", count=len(group.left_out)))
    return ", ".join(parts)


def named(overall: Overall, accounts: Iterable[str]) -> str:
    """The names of accounts, the first of them where they are many."""
    names = [overall.name(account) for account in accounts]
    shown = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    return overall.say("and_more", names=shown, count=rest) if rest > 0 else shown


def head(overall: Overall, kpi: Kpi) -> str:
    """A KPI as a column's heading: money with its unit, which the cells leave out."""
    name = overall.kpi_name(kpi.id)
    if kpi.unit == "EUR":
        return f"{name}, {overall.thousand}"
    sign = formats.sign(kpi.unit, overall.words("unit.days"), "")
    tells = kpi.unit in ("hours", "days") and sign.lower() not in name.lower()
    return f"{name}, {sign}" if tells else name


def how(overall: Overall, kpi: Kpi, group: Group) -> tuple[b.Block, ...]:
    """How the value of all accounts came about: what it means, what was divided and counted, of
    which days, and which accounts are not in it."""
    say = overall.of_kpis
    told = [(overall.words("kpis.definition"), definition(overall, kpi.id))]
    told += made.told(group.counted, overall.language)
    if kpi.of_house is None:
        told.append((say("rollup.accounts"), overall.number(len(group.accounts))))
    told.append((say("rollup.left_out"), named(overall, group.left_out)))
    told.append((say("rollup.spoiling"), named(overall, group.spoiling)))
    title = b.Run(overall.kpi_name(kpi.id), link=f"#page:kpis/{kpi.id}")
    items = tuple((label, b.Cell(b.text(words))) for label, words in told if words)
    return b.Heading((title,), 3, f"made-{kpi.id}"), b.Facts(items)


def definition(overall: Overall, kpi: str) -> str:
    """What a KPI counts, in words."""
    from planwerk.model.workspace import say

    if house := overall.portfolio.kpis.get(kpi):
        return say(house.definition, overall.language)
    return overall.of_kpis(f"kpi.{kpi}.formula")
