"""Every KPI over the last quarters: each counts its own days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import figures, matrices, values
from planwerk.compose.sections.portfolio.families import families
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ZERO, Span
from planwerk.rollup import Group

QUARTERS = 4
"""How many whole quarters stand before the one that runs."""


def span_of(overall: Overall) -> Span:
    """The whole quarters before this one, and this one up to today."""
    today = overall.today
    months = today.year * 12 + (today.month - 1) // 3 * 3 - 3 * QUARTERS
    return Span(date(months // 12, months % 12 + 1, 1), today)


def page(overall: Overall) -> b.Page:
    """Every KPI as a line over the last quarters."""
    span = span_of(overall)
    found: dict[str, tuple[Group, ...]] = {}
    told = []
    for name, kpis in families(overall.portfolio.workspace):
        found |= {kpi.id: overall.rollup.by(kpi.id, "period", span, "quarter") for kpi in kpis}
        known = tuple(k for k in kpis if any(g.counted.state != "unknown" for g in found[k.id]))
        without = tuple((k, values.reasons(overall, found[k.id][-1].counted)) for k in kpis if k not in known)  # fmt: skip
        told.append(matrices.Family(name, known, without))
    lead = b.Paragraph(b.text(overall.say("figures.how_quarters", day=formats.long_day(span.end, overall.language))), "note")  # fmt: skip
    last = {name: groups[-1] for name, groups in found.items()}
    shown = [family for family in told if family.known]
    blocks: list[b.Block] = []
    if shown:
        title = overall.say("figures.all")
        blocks.append(b.Section(title, (_over_time(overall, title, shown, found),), anchor="all"))
    blocks += matrices.rest(overall, told)
    blocks += matrices.made_of(overall, [(family, last) for family in shown])
    return overall.page("by-period", title_of(overall, span), (*blocks, lead), "figures")


def _over_time(
    overall: Overall,
    title: str,
    told: Sequence[matrices.Family],
    found: dict[str, tuple[Group, ...]],
) -> b.Table:
    """All KPIs as rows, the quarters as columns."""
    first = found[told[0].known[0].id]
    heads = [_quarter(overall, group, number == len(first) - 1) for number, group in enumerate(first)]  # fmt: skip

    def cells(kpi: Kpi) -> Iterator[b.Cell]:
        return (values.cell(overall, kpi, group) for group in found[kpi.id])

    label = f"{title}: {overall.say('tab.by-period')}"
    return matrices.by_family(overall, label, heads, told, cells)


def _quarter(overall: Overall, group: Group, last: bool) -> str:
    """ "Q3 26"; of the one that runs, up to which day."""
    name = formats.quarter(group.counted.start)
    ended = (group.counted.day + timedelta(days=1)).day == 1 and group.counted.day.month % 3 == 0
    if not last or ended:
        return name
    return overall.say("figures.until", quarter=name, day=formats.short_day(group.counted.day, overall.language))  # fmt: skip


def title_of(overall: Overall, span: Span) -> str:
    """The KPI that matters most in the last whole quarter, and in the one before."""
    for kpi in figures.telling(overall):
        found = overall.rollup.by(kpi.id, "period", span, "quarter")
        known = [group for group in found[:-1] if group.counted.value is not None]
        if known:
            told = partial(values.words_of, overall, kpi)
            last = known[-1].counted
            facts = {"kpi": overall.kpi_name(kpi.id), "value": told(last.value or ZERO), "quarter": formats.quarter(last.start)}  # fmt: skip
            if len(known) == 1:
                return overall.say("figures.title.quarter", **facts)
            before = known[-2].counted
            return overall.say("figures.title.quarters", **facts, before=told(before.value or ZERO), earlier=formats.quarter(before.start))  # fmt: skip
    return overall.say("figures.title.none")
