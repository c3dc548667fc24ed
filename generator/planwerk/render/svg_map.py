"""The customer strategy map: people above their departments, white space hanging down below."""

from __future__ import annotations

from dataclasses import dataclass

from planwerk import blocks as b
from planwerk.render.layout import Box
from planwerk.render.layout_map import LEAST_COLUMNS, Measure, Plan, Tier, column_width, plan
from planwerk.render.measure import fitted, on_screen, wrapped
from planwerk.render.svg_draw import (
    arrow,
    card,
    dot,
    line,
    lines_of,
    mark,
    path,
    rect,
    svg,
    text,
)

WIDTH = 1216.0
PAD = 10.0
LOOKS = {
    "won": ("var(--pw-c1)", "none", "var(--pw-on-c)"),
    "at_risk": ("var(--pw-bad-soft)", "var(--pw-bad)", ""),
    "opportunity": ("var(--pw-info-soft)", "var(--pw-c1)", ""),
    "gap": ("var(--pw-bg)", "var(--pw-accent)", ""),
    "idea": ("var(--pw-bg)", "var(--pw-accent)", ""),
}
"""Ground, edge and ink of a piece of white space; any other is the competitors'."""


@dataclass(frozen=True, slots=True)
class _Person:
    name: tuple[str, ...]
    title: tuple[str, ...]
    want: tuple[str, ...]

    @property
    def height(self) -> float:
        return 12 + 16 * len(self.name) + 15 * (len(self.title) + len(self.want)) + 26


@dataclass(frozen=True, slots=True)
class _Step:
    title: tuple[str, ...]
    detail: tuple[str, ...]
    foot: tuple[str, ...]

    @property
    def height(self) -> float:
        return 14 + 16 * len(self.title) + 15 * (len(self.detail) + len(self.foot)) + 4


def _person_words(person: b.MapPerson, wide: float) -> _Person:
    room = wide - 2 * PAD
    return _Person(
        wrapped(person.name, 13, room - 15, 2, bold=True),
        wrapped(person.title, 12, room, 2),
        wrapped(person.want, 12, room, 2),
    )


def _step_words(step: b.MapStep, wide: float) -> _Step:
    room = wide - 2 * PAD
    bold = step.kind == "way"
    return _Step(
        wrapped(step.title, 13, room, 3, bold),
        wrapped(step.detail, 12, room, 3),
        wrapped(step.foot, 12, room - (15 if step.late else 0), 2, step.late),
    )


def strategy_map(block: b.StrategyMap) -> str:
    """The whole map as one picture."""
    wide = column_width(len(block.columns), WIDTH)
    people = [[_person_words(p, wide) for p in c.people] for c in block.columns]
    steps = [[_step_words(s, wide) for s in c.steps] for c in block.columns]
    measures = [
        Measure(
            tuple([18.0] * bool(c.further) + [w.height for w in people[i]]),
            tuple(w.height for w in steps[i]),
            tuple(s.value for s in c.spaces),
            c.reached,
            tuple(s.source for s in c.steps if s.source is not None),
        )
        for i, c in enumerate(block.columns)
    ]
    names = [wrapped(c.name, 13, wide - 16, 2, bold=True) for c in block.columns]
    found = plan(measures, WIDTH, 46.0 if any(len(n) > 1 for n in names) else 32.0)
    body = "".join(_ground(tier, found) for tier in found.tiers)
    for i, column in enumerate(block.columns):
        body += _plate(column, names[i], found.places[i].plate)
        body += _column(column, people[i], steps[i], found, i)
    body += "".join(_heads(block, tier) for tier in found.tiers)
    for way in found.introductions:
        body += path(way, "var(--pw-accent)", 1.5)
        body += dot(way[0][0], way[0][1] + 1, 3.5, "var(--pw-accent)")
        body += arrow((way[-1][0], way[-1][1] + 1), way[-2], "var(--pw-accent)", 8)
    return svg(WIDTH, found.height + 6, body, block.label, block.description, "only-w")


def _ground(tier: Tier, found: Plan) -> str:
    """The tinted half of the departments that nobody has reached, and the horizon."""
    across = max(len(tier.columns), LEAST_COLUMNS if len(found.tiers) == 1 else 0)
    end = len(tier.columns) * (found.column + 12) - 12
    out = ""
    if tier.split is not None:
        start = max(tier.split, 0)
        out += rect(start, tier.top, min(end + 6, WIDTH) - start, tier.bottom - tier.top + 6, "var(--pw-surface)", radius=8)  # fmt: skip
    right = min(across * (found.column + 12) - 12, WIDTH)
    return out + line(0, tier.horizon, right, tier.horizon, "var(--pw-ink)", 1.5)


def _heads(block: b.StrategyMap, tier: Tier) -> str:
    """The words above each half, and above each band where the half has it."""
    out = ""
    reached, unreached, people, steps, ways, space = block.heads
    halves = []
    if tier.split is None or tier.split > 0:
        end = WIDTH if tier.split is None else tier.split - 8
        halves.append((0.0, end, reached, block.notes[0], steps))
    if tier.split is not None:
        halves.append((max(tier.split, 0) + 8, WIDTH, unreached, block.notes[1], ways))
    for x, end, head, note, band in halves:
        name = fitted(head, 15, end - x, bold=True)
        out += text(x, tier.top + 18, name, "b l")
        beside = x + on_screen(name, 15, bold=True) + 12
        if (room := end - beside) > 40:
            out += text(beside, tier.top + 18, fitted(note, 13, room), "m")
        # a ground of its own: the lines below the departments run behind it
        band = fitted(band, 12, end - x)
        ground = "var(--pw-bg)" if head == reached else "var(--pw-surface)"
        out += rect(x, tier.steps - 20, on_screen(band, 12) + 4, 16, ground, radius=0)
        out += text(x, tier.steps - 8, band, "m s")
    out += text(halves[0][0], tier.people - 8, fitted(people, 12, halves[0][1]), "m s")
    return out + text(halves[0][0], tier.horizon - 9, space, "m s halo")


def _column(
    column: b.MapColumn, people: list[_Person], steps: list[_Step], found: Plan, number: int
) -> str:
    place = found.places[number]
    boxes = list(place.people)
    out = ""
    if column.further:
        more = boxes.pop(0)
        out += text(more.x + PAD, more.y + 13, fitted(column.further, 12, more.w - PAD), "m s")
    for person, words, box in zip(column.people, people, boxes, strict=True):
        out += _person(person, words, box)
    middle = place.plate.middle
    dash = "" if column.reached else "3 3"
    if boxes:
        out += line(middle, boxes[-1].bottom, middle, place.plate.y, "var(--pw-edge)", 1.5, dash)
    if steps:
        open_ = column.steps[0].kind == "open"
        color = "var(--pw-edge)" if column.reached or open_ else "var(--pw-accent)"
        out += line(middle, place.plate.bottom, middle, place.steps[0].y, color, 1.5, dash)
    for step, lines, box in zip(column.steps, steps, place.steps, strict=True):
        out += _step(step, lines, box)
    for space, box in zip(column.spaces, place.spaces, strict=True):
        out += _space(space, box)
    return out


def _plate(column: b.MapColumn, name: tuple[str, ...], box: Box) -> str:
    foot = box.centre + 5 - 8 * (len(name) - 1)
    if column.reached:
        out = card(box.x, box.y, box.w, box.h, "var(--pw-primary)", "none")
        ink = "var(--pw-on-primary)"
    else:
        out = card(box.x + 0.75, box.y, box.w - 1.5, box.h, "var(--pw-bg)", "var(--pw-primary)", "5 4", 1.5)  # fmt: skip
        ink = ""
    lines = enumerate(name)
    return out + "".join(text(box.middle, foot + 16 * i, w, "b", "middle", ink) for i, w in lines)


def _person(person: b.MapPerson, words: _Person, box: Box) -> str:
    edge, dash = ("var(--pw-edge)", "4 3") if person.unknown else ("var(--pw-line)", "")
    out = card(box.x + 0.6, box.y, box.w - 1.2, box.h, "var(--pw-bg)", edge, dash)
    out += mark(person.status.level, box.x + PAD + 5, box.y + 18)
    y = box.y + 22.5
    out += lines_of(box.x + PAD + 15, y, words.name, 16, "b m" if person.unknown else "b")
    y += 16 * len(words.name) - 1
    out += lines_of(box.x + PAD, y, words.title, 15, "m s")
    y += 15 * len(words.title) + 2
    out += lines_of(box.x + PAD, y, words.want, 15, "s")
    foot = box.bottom - 11
    out += relation_bars(box.x + PAD, foot - 7, person.knows)
    word = fitted(person.knows.today or person.knows.word, 12, box.w - 2 * PAD - 68)
    return out + text(box.x + PAD + 68, foot, word, "m s")


def relation_bars(x: float, y: float, knows: b.Knows) -> str:
    """Four bars: filled as far as the relationship is today, outlined as far as it is to be."""
    out = ""
    for i in range(4):
        today = knows.level is not None and i < knows.level
        wanted = knows.target is not None and i < knows.target
        fill = "var(--pw-c1)" if today else "var(--pw-bg)"
        edge = "var(--pw-c1)" if today or wanted else "var(--pw-line)"
        out += rect(x + i * 16 + 0.6, y, 12.5, 7, fill, edge, 1.5, stroke_width=1.2)
    return out


def _step(step: b.MapStep, words: _Step, box: Box) -> str:
    edge = {"step": "var(--pw-line)", "way": "var(--pw-accent)", "open": "var(--pw-edge)"}[step.kind]  # fmt: skip
    dash = "4 3" if step.kind == "open" else ""
    out = card(box.x + 0.75, box.y, box.w - 1.5, box.h, "var(--pw-bg)", edge, dash, 1.5 if step.kind == "way" else 1.2)  # fmt: skip
    y = box.y + 20
    out += lines_of(box.x + PAD, y, words.title, 16, "b" if step.kind == "way" else "")
    y += 16 * len(words.title)
    out += lines_of(box.x + PAD, y, words.detail, 15, "s")
    y += 15 * len(words.detail) + 2
    way = step.kind == "way" and step.source is not None
    color = "var(--pw-accent-text)" if way else "var(--pw-bad)" if step.late else "var(--pw-muted)"
    kind, x = ("s b", box.x + PAD + 15) if step.late else ("s", box.x + PAD)
    if step.late:
        out += mark("bad", box.x + PAD + 5, y - 4, 10)
    feet = enumerate(words.foot)
    return out + "".join(text(x, y + 15 * i, line, kind, "", color) for i, line in feet)


def _space(space: b.MapSpace, box: Box) -> str:
    fill, edge, ink = LOOKS.get(space.state, ("var(--pw-flat-soft)", "var(--pw-edge)", ""))
    dash = "4 3" if space.value is None else ""
    if space.value is None:
        fill, edge = "var(--pw-bg)", "var(--pw-edge)"
    out = card(box.x + 0.75, box.y, box.w - 1.5, box.h, fill, edge, dash, 1.5)
    ink = "" if space.value is None else ink
    y = box.y + (15.5 if box.h < 34 else 18)
    room = box.w - 26 - on_screen(space.words, 12, bold=True)
    name = fitted(space.name, 12, room, bold=True)
    out += text(box.x + 9, y, name, "s b", "", ink)
    out += text(box.right - 9, y, space.words, "s b", "end", ink)
    kind = "s" if ink else "m s"
    used = on_screen(name, 12, bold=True) + 6
    if box.h < 42 and used + on_screen(space.word, 12) <= room:
        out += text(box.x + 9 + used, y, space.word, kind, "", ink)
    if box.h >= 42:
        out += text(box.x + 9, y + 16, fitted(space.word, 12, box.w - 18), "s" if ink else "m s", "", ink)  # fmt: skip
    return out
