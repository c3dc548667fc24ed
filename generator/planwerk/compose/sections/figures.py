"""All KPIs of one account that are counted: value, what it rests on, how it came about. Internal."""

from __future__ import annotations

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

FEW = 12
"""So many unknown KPIs are read at once; of more, there is a fold."""


def page(view: View) -> b.Page | None:
    """One table of what is known of the last twelve months, then what is not; for us alone."""
    if not view.internal:
        return None
    alone = view.portfolio.model_copy(update={"accounts": (view.account,)})
    overall = Overall(alone, (view,), view.say)
    span = year(overall)
    known: list[b.Row] = []
    unknown: list[tuple[str, b.Cell]] = []
    counted = 0
    for family, kpis in families(alone.workspace):
        title = overall.say(f"family.{family}")
        found = [(kpi, overall.rollup.by(kpi.id, "all", span)[0]) for kpi in kpis if kpi.of_house is None]  # fmt: skip
        rows = [_row(overall, kpi, group) for kpi, group in found if group.counted.value is not None]  # fmt: skip
        if rows:
            known += [b.Row((b.Cell(b.text(title)),), "group"), *rows]
        counted += len(rows)
        unknown += [(overall.kpi_name(kpi.id), _open(overall, group)) for kpi, group in found if group.counted.value is None]  # fmt: skip
    whole = counted + len(unknown)
    days = {"start": view.long_day(span.start), "end": view.long_day(span.end)}
    blocks: list[b.Block] = []
    if known:
        label = overall.say("figures.all")
        table = overall.table(label, ("kpi", "value", "basis", "counted"), known, wide=("kpi",), right=("value",))  # fmt: skip
        blocks.append(b.Section(label, (table,), overall.say("sheet.how", **days), anchor="all"))
    if unknown:
        label = overall.say("sheet.unknown", count=len(unknown))
        told: b.Block = b.Facts(tuple(unknown))
        # a few are read at once; many would hide what is known
        shown = told if len(unknown) <= FEW else b.Fold(overall.say("sheet.unknown_which"), (told,))  # fmt: skip
        blocks.append(b.Section(label, (shown,), quiet=bool(known), anchor="unknown"))
    title = overall.say("sheet.title" if counted else "sheet.title_none", count=counted, whole=whole)  # fmt: skip
    return b.Page("figures", overall.say("group.figures"), title, tuple(blocks))


def _open(overall: Overall, group: Group) -> b.Cell:
    """Why nothing is known."""
    told = dict(made.told(group.counted, overall.language))
    say = overall.of_kpis
    basis = " · ".join(told[key] for key in (say("made.formula"), say("made.sample")) if told.get(key))  # fmt: skip
    return b.Cell(b.text(basis))


def _row(overall: Overall, kpi: Kpi, group: Group) -> b.Row:
    found, say = group.counted, overall.of_kpis
    told = dict(made.told(found, overall.language))
    value = b.Cell(b.text(_full(overall, kpi, group)), strong=True)
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
