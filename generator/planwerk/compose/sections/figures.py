"""All KPIs of one account that are counted: value, what it rests on, how it came about. Internal."""

from __future__ import annotations

from collections.abc import Sequence

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import made
from planwerk.compose.sections.portfolio import values
from planwerk.compose.sections.portfolio.families import families
from planwerk.compose.sections.portfolio.figures import year
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.compose.view import View
from planwerk.kpis.kind import Kpi
from planwerk.rollup import Group


def page(view: View) -> b.Page | None:
    """A table a family, over the last twelve months; for us alone."""
    if not view.internal:
        return None
    alone = view.portfolio.model_copy(update={"accounts": (view.account,)})
    overall = Overall(alone, (view,), view.say)
    span = year(overall)
    sections, known, whole = [], 0, 0
    for family, kpis in families(alone.workspace):
        own = [kpi for kpi in kpis if kpi.of_house is None]
        found = [(kpi, overall.rollup.by(kpi.id, "all", span)[0]) for kpi in own]
        known += sum(group.counted.value is not None for _, group in found)
        whole += len(found)
        title = overall.say(f"family.{family}")
        sections.append(b.Section(title, (_table(overall, title, found),), anchor=family))
    days = {"start": view.long_day(span.start), "end": view.long_day(span.end)}
    how = b.Paragraph(b.text(overall.say("sheet.how", **days)), "note")
    title = overall.say("sheet.title" if known else "sheet.title_none", count=known, whole=whole)
    return b.Page("figures", overall.say("group.figures"), title, (how, *sections))


def _table(overall: Overall, label: str, found: Sequence[tuple[Kpi, Group]]) -> b.Table:
    """What each KPI means stands under its name; an unknown one says why."""
    rows = [_row(overall, kpi, group) for kpi, group in found]
    heads = ("kpi", "value", "basis", "counted")
    return overall.table(label, heads, rows, wide=("kpi",), right=("value",))


def _row(overall: Overall, kpi: Kpi, group: Group) -> b.Row:
    found, say = group.counted, overall.of_kpis
    told = dict(made.told(found, overall.language))
    value = b.Cell(b.text(_full(overall, kpi, group)), strong=True) if found.value is not None else overall.unknown()  # fmt: skip
    basis = " · ".join(told[key] for key in (say("made.formula"), say("made.sample")) if told.get(key))  # fmt: skip
    name = b.Cell(b.text(overall.kpi_name(kpi.id)), note=values.definition(overall, kpi.id))
    logs = overall.views[0].files(i.log for i in found.inputs if i.lines)
    cells = (name, value, b.Cell(b.text(basis)), b.Cell(b.text(told[say("made.inputs")])))
    return b.Row(cells, sources=logs)


def _full(overall: Overall, kpi: Kpi, group: Group) -> str:
    """A value in full, money too."""
    assert group.counted.value is not None
    currency = overall.portfolio.workspace.currency
    sign = formats.sign(kpi.unit, overall.words("unit.days"), currency)
    return formats.quantity(group.counted.value, overall.language, kpi.decimals, kpi.unit, sign)
