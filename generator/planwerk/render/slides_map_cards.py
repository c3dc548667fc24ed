"""The cards of the strategy map on slides: how high their words are, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planwerk import blocks as b
from planwerk.render.lower import MARKS
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import LEVELS, WHITE, Look, Pen
from planwerk.render.slides_matrix import STATE_COLOR, STATE_LEVEL, STATE_TINT
from planwerk.render.slides_signs import pips
from planwerk.render.slides_text import (
    NBSP,
    PT,
    Para,
    Span,
    height,
    longest_word,
    para,
    text_width,
)

PAD, TOP, BAR, GAP = 0.25, 0.13, 0.16, 0.35
WIDE = 7.0
"""From this width on what a person wants stands beside their name."""
SMALL = 0.86
"""What stands below a name, as a share of its size."""
MIND, ALONE, SHORT, NAMES = range(4)
"""How much a map says: all; wants only of people who are alone; no wants, no use cases; names."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a map is drawn: how much it says, its type size, how wide its columns are, and which
    words of dispositions its legend says."""

    level: int
    size: float
    wide: float
    legend: frozenset[str]

    @property
    def room(self) -> float:
        """The width of a card's words."""
        return self.wide - 2 * PAD

    @property
    def mark(self) -> float:
        """How wide a status shape is."""
        return self.size * 0.027

    def tall(self, paras: tuple[Para, ...], room: float) -> float:
        """How high words are."""
        return height(paras, self.size, room) if paras else 0.0


# --- people ----------------------------------------------------------------------------------


def _head(person: b.MapPerson, manner: Manner) -> tuple[Para, ...]:
    """Name and title; a disposition that the legend does not explain is said here."""
    ink = "muted" if person.unknown else "ink"
    stand = person.status
    spans = [Span(person.title, False, "muted", SMALL)] if person.title else []
    if stand.word not in manner.legend:
        gap = " · " if spans else ""
        spans.append(Span(f"{gap}{stand.word}", True, LEVELS[stand.level], SMALL))
    return (para(person.name, ink, bold=True), *((Para(tuple(spans)),) if spans else ()))


def _foot(person: b.MapPerson, manner: Manner, alone: bool) -> tuple[Para, ...]:
    out = []
    if manner.level < NAMES and person.knows.word:
        out.append(para(person.knows.word, "muted", SMALL, after=2))
    if person.want and (manner.level == MIND or (manner.level == ALONE and alone)):
        out.append(para(person.want, "ink", SMALL))
    return tuple(out)


def _rooms(manner: Manner) -> tuple[float, float]:
    """The widths of what stands at the left of a card, and beside it where there is room."""
    if manner.room < WIDE:
        return manner.room, 0.0
    left = (manner.room - 0.3) * 0.48
    return left, manner.room - 0.3 - left


BARS = BAR + 0.08


def person_height(person: b.MapPerson, manner: Manner, alone: bool) -> float:
    """How high a person's card is."""
    left, right = _rooms(manner)
    head = manner.tall(_head(person, manner), left - manner.mark - 0.15)
    foot = BARS + manner.tall(_foot(person, manner, alone), right or left)
    return 2 * TOP + (max(head, foot) if right else head + foot + 0.05)


def draw_person(pen: Pen, area: Area, person: b.MapPerson, manner: Manner, alone: bool) -> None:
    """A person: sign of their disposition, name, how well we know them, what they want."""
    said = (person.name, person.title, person.status.word, person.knows.word, person.want)
    with pen.group(area, "Person", ", ".join(w for w in said if w)):
        if person.unknown:
            pen.box(area.inside(0.02), "", "muted", dash="dash", weight=1)
        else:
            pen.box(area, "surface")
        d, head = manner.mark, _head(person, manner)
        x, y = area.x + PAD, area.y + TOP
        pen.mark(person.status.level, x, y + (manner.size * 1.2 / PT - d) / 2, d)
        left, right = _rooms(manner)
        tall = manner.tall(head, left - d - 0.15)
        pen.text(Area(x + d + 0.15, y, left - d - 0.15, tall), head, manner.size)
        beside = Area(x + left + 0.3, y + 0.08, right, area.h - 2 * TOP)
        below = Area(x, y + tall + 0.08, left, area.h - 2 * TOP - tall)
        rest, knows = beside if right else below, person.knows
        bars = Area(rest.x, rest.y, min(rest.w, 3.2), BAR)
        pips(pen, bars, 4, knows.level or 0, knows.target or 0)
        pen.text(rest.below(BARS), _foot(person, manner, alone), manner.size)


# --- departments -----------------------------------------------------------------------------


def _plate(column: b.MapColumn, manner: Manner) -> tuple[Para, ...]:
    ink, quiet = (WHITE, "pale") if column.reached else ("accent-text", "accent-text")
    name, word = Span(column.name, True, ink, 1.1), Span(column.status.word, False, quiet, SMALL)
    beside = text_width(column.name, manner.size * 1.1, True) + text_width(word.words, manner.size)
    if beside + 0.4 <= manner.room:
        return (Para((name, Span("   "), word)),)
    return (Para((name,)), Para((word,)))


def plate_height(column: b.MapColumn, manner: Manner) -> float:
    """How high a department is."""
    return manner.tall(_plate(column, manner), manner.room) + 0.24


def draw_plate(pen: Pen, area: Area, column: b.MapColumn, manner: Manner) -> None:
    """A department: filled where we are, dashed where nobody has been."""
    with pen.group(area, "Department", f"{column.name}: {column.status.word}"):
        if column.reached:
            pen.box(area, "primary")
        else:
            pen.box(area.inside(0.03), pen.color("bg"), "accent", dash="dash", weight=1.5)
        pen.text(
            area.inside(PAD, 0.06), _plate(column, manner), manner.size, None, Look(anchor="ctr")
        )


# --- steps and ways in -----------------------------------------------------------------------


def _step(step: b.MapStep, manner: Manner) -> tuple[Para, ...]:
    way = step.kind == "way"
    out = [para(step.title, "ink", 0.93, way)]
    if step.detail and manner.level < SHORT:
        out.append(para(step.detail, "ink", SMALL))
    if step.foot:
        leads = way and step.source is not None
        color = "accent-text" if leads else "bad" if step.late else "muted"
        sign = f"{MARKS['bad']}{NBSP}" if step.late else ""
        out.append(para(f"{sign}{step.foot}", color, SMALL, step.late or leads))
    return tuple(out)


def _split(step: b.MapStep, manner: Manner) -> tuple[float, tuple[Para, ...], tuple[Para, ...]]:
    """How high the words are, and which stand at the left and beside them where that is lower."""
    words = _step(step, manner)
    wide, rest = _rooms(manner)
    below = manner.tall(words, manner.room)
    beside = max(manner.tall(words[:1], wide), manner.tall(words[1:], rest)) if rest else below
    return (beside, words[:1], words[1:]) if beside < below else (below, words, ())


def step_height(step: b.MapStep, manner: Manner) -> float:
    """How high a step's card is."""
    return _split(step, manner)[0] + 2 * TOP


def draw_step(pen: Pen, area: Area, step: b.MapStep, manner: Manner) -> None:
    """What is done next, or how somebody leads us in."""
    with pen.group(area, "Step", ", ".join(w for w in (step.title, step.detail, step.foot) if w)):
        if step.kind == "step":
            pen.box(area, "surface")
            pen.box(Area(area.x, area.y, 0.1, area.h), "bad" if step.late else "c1")
        else:
            color, dash = ("accent", "") if step.kind == "way" else ("muted", "dash")
            pen.box(area.inside(0.02), pen.color("bg"), color, dash=dash, weight=1.25)
        inner = area.inside(PAD, TOP - 0.02)
        _, left, right = _split(step, manner)
        wide, rest = _rooms(manner)
        pen.text(replace(inner, w=wide) if right else inner, left, manner.size)
        pen.text(replace(inner, x=inner.x + wide + 0.3, w=rest), right, manner.size)


# --- white space -----------------------------------------------------------------------------


def _space(space: b.MapSpace, manner: Manner) -> tuple[Para, ...]:
    color = STATE_COLOR.get(space.state, "muted")
    name = Span(space.name, True, "ink", 0.93)
    sign = f"{MARKS[STATE_LEVEL[space.state]]}{NBSP}{space.word}"
    word = Span(sign, False, color, SMALL)
    if not space.word or manner.level == NAMES:
        return (Para((name,)),)
    return (Para((name, Span("  "), word)),)


def _value(space: b.MapSpace, manner: Manner) -> float:
    return text_width(space.words, manner.size * 1.1, True) + 0.15 if space.words else 0.0


def space_height(space: b.MapSpace, manner: Manner) -> float:
    """How high a piece of white space is at least."""
    room = manner.room - _value(space, manner)
    return max(manner.tall(_space(space, manner), room), manner.size * 1.3 / PT) + 0.08


def draw_space(pen: Pen, area: Area, space: b.MapSpace, manner: Manner, unit: str) -> None:
    """A piece of white space in the colours of its state, its value at the right."""
    value = f"{space.words} {unit}" if space.value is not None and unit else space.words
    with pen.group(area, "White space", ", ".join(w for w in (space.name, value, space.word) if w)):
        color = STATE_COLOR.get(space.state, "muted")
        if space.value is None:
            pen.box(area.inside(0.02), pen.color("bg"), "muted", dash="dash", weight=0.75)
        else:
            pen.box(area, pen.tint(color, max(STATE_TINT.get(space.state, 0.1), 0.1)))
            pen.box(Area(area.x, area.y, 0.1, area.h), color)
        wide = _value(space, manner)
        inner = Area(area.x + PAD, area.y + 0.04, manner.room, area.h - 0.06)
        words = _space(space, manner)
        pen.text(Area(inner.x, inner.y, inner.w - wide, inner.h), words, manner.size)
        place = Area(inner.x + inner.w - wide, inner.y - 0.03, wide, inner.h)
        look = Look("ink" if space.value is not None else "muted", True, "r")
        pen.text(place, para(space.words), round(manner.size * 1.1 * 2) / 2, None, look)


def torn(column: b.MapColumn, manner: Manner) -> bool:
    """Whether a word of the department's name, or of a person's, would have to be cut."""
    names = [para(column.name, scale=1.1, bold=True), *(para(p.name, bold=True) for p in column.people)]  # fmt: skip
    return longest_word(names, manner.size) > manner.room - manner.mark - 0.2
