"""Goals: what is wanted, how far the way from baseline to target is, who stands for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from planwerk import blocks as b
from planwerk.render.slides_area import NARROW, Area
from planwerk.render.slides_cards import draw_number_panel, draw_solo, known
from planwerk.render.slides_chart import with_dot
from planwerk.render.slides_draw import LEVELS, Draw, Look, Pen
from planwerk.render.slides_table import Plan, pages
from planwerk.render.slides_table import draw as draw_table
from planwerk.render.slides_text import SMALLEST, Para, Place, fit, height, para, text_width

LONGEST = 1.15
"""A way is drawn at most this far beyond its target."""
WAY = 4
ROUNDS = 3
"""How often a long table of goals is parted anew."""


def goals_plates(block: b.Goals, area: Area, labels: Mapping[str, str]) -> list[Draw]:
    """One as a panel, two or three as bands, else a table with the way to each target."""
    if len(block.items) == 1 and area.w >= NARROW:
        return [partial(_panel, block=block)]
    if len(block.items) <= 3 and area.w >= NARROW:
        return [partial(_bands, block=block)]
    plans = pages(_as_table(block, labels), area, {WAY: 4.6})
    for _ in range(ROUNDS):  # where a goal's name is longer, less may go onto its slide
        items = _named_anew(block.items, plans, labels)
        if items == block.items:
            break
        block = replace(block, items=items)
        plans = pages(_as_table(block, labels), area, {WAY: 4.6})
    out: list[Draw] = []
    done = 0
    for plan in plans:
        count = len(plan.block.rows)
        out.append(partial(_table, plan=plan, goals=block.items[done : done + count]))
        done += count
    return out


def _named_anew(items: tuple[b.Goal, ...], plans: Sequence[Plan], labels: Mapping[str, str]) -> tuple[b.Goal, ...]:  # fmt: skip
    """The goals; a further KPI that a slide begins with names its goal, which stands on the slide before."""
    begins = [0, *accumulate(len(plan.block.rows) for plan in plans)]
    named = {n: f"{labels['goal']}: {first}" for n in begins[1:-1] if (first := _goal_of(items, n))}
    return tuple(replace(goal, kpi=named.get(n, goal.kpi)) for n, goal in enumerate(items))


def _goal_of(items: tuple[b.Goal, ...], number: int) -> str:
    """The title of the goal whose further KPI this row is; "" for the row of a goal itself."""
    origin = items[number].origin
    first = next((goal for goal in items if goal.origin == origin), items[number]) if origin else items[number]  # fmt: skip
    return "" if first is items[number] else first.title


def draw_way(pen: Pen, area: Area, goal: b.Goal) -> None:
    """A bar from baseline to target, both marked; a small triangle where today should be."""
    about = f"{goal.baseline} → {goal.target}: {goal.actual}, {goal.status.word}"
    with pen.group(area, pen.labels["way"], about):
        pen.box(area, pen.tint("muted", 0.16))
        unit = area.w / LONGEST
        if goal.progress is not None and goal.progress > 0:
            share = min(goal.progress, LONGEST)
            pen.box(Area(area.x, area.y, unit * share, area.h), LEVELS[goal.status.level])
        if goal.expected is not None and 0 < goal.expected < 1:
            x = area.x + unit * goal.expected
            pen.box(Area(x - 0.1, area.y - 0.22, 0.2, 0.18), "ink", shape="flowChartMerge")
        top, foot = area.y - 0.09, area.y + area.h + 0.09
        pen.line(area.x, top, area.x, foot, "edge", 1.5)
        pen.line(area.x + unit, top, area.x + unit, foot, "accent", 2.25)


def people(block: b.Goals, goal: b.Goal) -> list[tuple[str, b.Person]]:
    """Who stands for the goal on both sides, with the heads of the columns."""
    both = ((block.us, goal.ours), (block.client, goal.theirs))
    return [(head, person) for head, person in both if person]


# --- one -------------------------------------------------------------------------------------


def _panel(pen: Pen, area: Area, block: b.Goals) -> None:
    goal = block.items[0]
    left, right = area.columns((4, 8), 0.7)
    labels = pen.labels
    rows = [(labels["target"], goal.target), (labels["baseline"], goal.baseline)]
    rows += [(head, person.name) for head, person in people(block, goal)]
    if goal.confirmed:
        rows.append((labels["confirmed"], goal.confirmed))
    draw_number_panel(
        pen, left, goal.kpi, goal.actual, goal.status, rows, goal.unknown, goal.origin
    )
    words = [para(goal.title, "primary", 1.0, True, 4)]
    if goal.description:
        words.append(para(goal.description, "ink", 0.8))
    tall = min(height(words, 22, right.w) + 0.1, right.h * 0.5)
    pen.text(Area(right.x, right.y, right.w, tall), words, 22, 14, Look(origin=goal.origin))
    rest = right.below(tall + 0.5)
    if goal.progress is not None:
        draw_way(pen, Area(rest.x, rest.y, rest.w, 0.4), goal)
        rest = rest.below(0.9)
    if known(goal.series) > 1:
        draw_solo(pen, rest, with_dot(_chart(goal, labels), labels["status"]), "")


def _chart(goal: b.Goal, labels: Mapping[str, str]) -> b.Chart:
    lines = [b.Series(labels["actual"], goal.series)]
    if goal.target_value is not None:
        lines.append(b.Series(labels["target"], (goal.target_value,) * len(goal.series), "target"))
    about = f"{goal.baseline} → {goal.target}: {goal.actual}, {goal.status.word}"
    return b.Chart(
        "line", goal.kpi, "", goal.labels, tuple(lines), about,
        decimals=goal.decimals, level=goal.status.level,
    )  # fmt: skip


# --- a few -----------------------------------------------------------------------------------


def _bands(pen: Pen, area: Area, block: b.Goals) -> None:
    rows = area.rows(len(block.items), 0.55)
    parts = [_band_columns(row) for row in rows]
    places = [
        Place(_goal_words(g), p[0].w, p[0].h) for g, p in zip(block.items, parts, strict=True)
    ]
    size = fit(places, 22, 14)
    for goal, row, columns in zip(block.items, rows, parts, strict=True):
        about = f"{goal.title}: {goal.baseline} → {goal.target}, {goal.actual}, {goal.status.word}"
        with pen.group(row, pen.labels["goal"], about):
            pen.box(row, "surface")
            pen.box(Area(row.x, row.y, 0.12, row.h), LEVELS[goal.status.level])
            _band(pen, columns, block, goal, size)


def _band_columns(area: Area) -> list[Area]:
    inner = Area(area.x + 0.7, area.y + 0.4, area.w - 1.2, area.h - 0.8)
    return inner.columns((11.5, 9.5, 7), 0.9)


def _goal_words(goal: b.Goal) -> tuple[Para, ...]:
    words = [para(goal.title, "primary", 1.0, True, 3), para(goal.kpi, "muted", 0.7)]
    if goal.description:
        words.append(para(goal.description, "ink", 0.72))
    return tuple(words)


def _band(pen: Pen, columns: list[Area], block: b.Goals, goal: b.Goal, size: float) -> None:
    first, second, third = columns
    pen.text(first, _goal_words(goal), size, 14, Look(anchor="ctr", origin=goal.origin))
    for x in (second.x - 0.45, third.x - 0.45):
        pen.line(x, first.y, x, first.y + first.h, "line", 1)
    _way_cell(pen, second, goal)
    found = people(block, goal)
    parts = third.rows(len(found), 0.2) if found else []
    for (head, person), place in zip(found, parts, strict=True):
        pen.person(place, person, 15, detail=head)


def _way_cell(pen: Pen, area: Area, goal: b.Goal) -> None:
    """The number, the way, its two ends, the status."""
    tall = 1.35 + 0.75 + 0.75 + (0.55 if goal.confirmed else 0)
    y = area.y + max((area.h - tall) / 2, 0)
    ink = "muted" if goal.unknown else "ink"
    pen.text(
        Area(area.x, y, area.w * 0.5, 1.1), para(goal.actual), 30, 16, Look(ink, True, anchor="ctr")
    )
    pen.status(Area(area.x + area.w * 0.5, y, area.w * 0.5, 1.1), goal.status, 14, "r")
    draw_way(pen, Area(area.x, y + 1.3, area.w, 0.3), goal)
    at = area.x + area.w / LONGEST
    left = f"{pen.labels['baseline']} {goal.baseline}"
    right = f"{pen.labels['target']} {goal.target}"
    pen.text(
        Area(area.x, y + 1.7, area.w * 0.5, 0.55),
        para(left),
        12.5,
        SMALLEST,
        Look("muted", anchor="ctr"),
    )
    wide = text_width(right, 12.5, True) + 0.1
    x = min(at - wide / 2, area.x + area.w - wide)
    pen.text(
        Area(x, y + 1.7, wide, 0.55), para(right), 12.5, SMALLEST, Look("ink", True, "r", "ctr")
    )
    if goal.confirmed:
        words = f"{pen.labels['confirmed']}: {goal.confirmed}"
        pen.text(
            Area(area.x, y + 2.35, area.w, 0.55),
            para(words),
            12,
            SMALLEST,
            Look("muted", anchor="ctr"),
        )


# --- many ------------------------------------------------------------------------------------


def _as_table(block: b.Goals, labels: Mapping[str, str]) -> b.Table:
    columns = [
        b.Column(labels["goal_and_kpi"], wide=True),
        b.Column(labels["baseline"], "right"),
        b.Column(labels["actual"], "right"),
        b.Column(labels["target"], "right"),
        b.Column(labels["way"]),
        b.Column(labels["status"]),
        b.Column(block.us),
        b.Column(block.client),
    ]
    rows = []
    for goal in block.items:
        agreed = f"{labels['confirmed']}: {goal.confirmed}" if goal.confirmed else ""
        cells = (
            b.Cell(b.text(goal.title), note=goal.kpi),
            b.Cell(b.text(goal.baseline)),
            b.Cell(b.text(goal.actual), strong=True, unknown=goal.unknown),
            b.Cell(b.text(goal.target)),
            b.Cell(),
            b.Cell(status=goal.status),
            b.Cell(person=goal.ours),
            b.Cell(person=goal.theirs, note=agreed),
        )
        rows.append(b.Row(cells, origin=goal.origin))
    return b.Table(tuple(columns), tuple(rows), block.label)


def _table(pen: Pen, area: Area, plan: Plan, goals: tuple[b.Goal, ...]) -> None:
    x = area.x + sum(plan.widths[:WAY]) + 0.3
    for goal, row in zip(goals, draw_table(pen, area, plan), strict=True):
        if goal.progress is not None:
            draw_way(pen, Area(x, row.y + row.h / 2 - 0.13, plan.widths[WAY] - 0.6, 0.26), goal)
