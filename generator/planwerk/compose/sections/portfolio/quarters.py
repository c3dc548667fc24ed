"""Every KPI over the last quarters: each counts its own days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import figures, values
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
    blocks: list[b.Block] = []
    for family, kpis in families(overall.portfolio.workspace):
        found = {kpi.id: overall.rollup.by(kpi.id, "period", span, "quarter") for kpi in kpis}
        known = [k for k in kpis if any(g.counted.state != "unknown" for g in found[k.id])]
        name = overall.say(f"family.{family}")
        told = tuple(figures.silent(overall, [(k, values.reasons(overall, found[k.id][-1].counted)) for k in kpis if k not in known]))  # fmt: skip
        shown: tuple[b.Block, ...] = ()
        if known:
            folded = tuple(block for k in known for block in values.how(overall, k, found[k.id][-1]))  # fmt: skip
            shown = (_over_time(overall, name, known, found), *told, b.Fold(overall.say("figures.made_quarter"), folded))  # fmt: skip
        blocks.append(b.Section(name, shown or told, anchor=family))
    lead = b.Paragraph(b.text(overall.say("figures.how_quarters", day=formats.long_day(span.end, overall.language))), "note")  # fmt: skip
    return overall.page("by-period", title(overall, span), (lead, *blocks), "figures")


def _over_time(
    overall: Overall, title: str, kpis: Sequence[Kpi], found: dict[str, tuple[Group, ...]]
) -> b.Table:
    first = found[kpis[0].id]
    heads = [_quarter(overall, group, number == len(first) - 1) for number, group in enumerate(first)]  # fmt: skip
    columns = (b.Column(overall.say("head.kpi"), wide=True), *(b.Column(head, "right") for head in heads))  # fmt: skip
    rows = []
    for kpi in kpis:
        name = b.Run(values.head(overall, kpi), link=f"#page:kpis/{kpi.id}")
        cells = (values.cell(overall, kpi, group) for group in found[kpi.id])
        rows.append(b.Row((b.Cell((name,)), *cells)))
    return b.Table(columns, tuple(rows), f"{title}: {overall.say('tab.by-period')}")


def _quarter(overall: Overall, group: Group, last: bool) -> str:
    """ "Q3 26"; of the one that runs, up to which day."""
    name = formats.quarter(group.counted.start)
    ended = (group.counted.day + timedelta(days=1)).day == 1 and group.counted.day.month % 3 == 0
    if not last or ended:
        return name
    return overall.say("figures.until", quarter=name, day=formats.short_day(group.counted.day, overall.language))  # fmt: skip


def title(overall: Overall, span: Span) -> str:
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
