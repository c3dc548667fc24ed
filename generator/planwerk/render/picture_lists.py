"""Pictures as lists: for phones, for readers who cannot see them, and where nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from planwerk import blocks as b
from planwerk.render.layout_org import below


def said(block: b.Picture) -> tuple[b.Block, ...]:
    """The blocks that say what a picture shows; nothing for an empty one."""
    match block:
        case b.OrgChart():
            return _org(block)
        case b.InfluenceGrid():
            return _list(block.label, (_placed(p) for p in block.people))
        case b.StrategyMap():
            # what is still to do comes first
            order = sorted(block.columns, key=lambda column: column.reached)
            return tuple(part for column in order for part in _column(column, block.unit))
        case b.Forces():
            return _list(block.label, (_force(item) for item in block.items))
        case b.RiskMatrix():
            return _list(block.label, (_risk(item) for item in block.items))
        case b.Journey():
            return _list(block.label, (_stage(stage, block.heads) for stage in block.stages))
        case _:
            assert_never(block)


def _list(label: str, items: Iterable[b.Dated]) -> tuple[b.Block, ...]:
    found = tuple(items)
    return (b.DatedList(found, label),) if found else ()


def _org(block: b.OrgChart) -> tuple[b.Block, ...]:
    """Everybody below the one they report to; a loop, for people may stand deep."""
    tops, under = below([p.boss for p in block.people])
    lines: dict[int, b.Bullets | None] = {}
    order: list[int] = []
    open_ = list(tops)
    while open_:
        at = open_.pop()
        order.append(at)
        open_ += under[at]
    for at in reversed(order):
        items = tuple(_org_item(block.people[k], lines[k]) for k in under[at])
        lines[at] = b.Bullets(items) if items else None
    found = tuple(_org_item(block.people[k], lines[k]) for k in tops)
    return (b.Bullets(found),) if found else ()


def _org_item(person: b.OrgPerson, inside: b.Bullets | None) -> tuple[b.Block, ...]:
    rest = ", ".join(part for part in (person.title, person.told) if part)
    runs = (b.Run(person.name, strong=True), *((b.Run(f", {rest}"),) if rest else ()))
    return (b.Paragraph(runs, source=person.source), *((inside,) if inside else ()))


def _placed(person: b.Placed) -> b.Dated:
    return b.Dated("", person.full or person.name, person.told, person.status, source=person.source)


def _column(column: b.MapColumn, unit: str) -> tuple[b.Block, ...]:
    """A department: whether we reach it, its people, steps or ways in, its white space."""
    items = [
        b.Dated(
            "",
            p.name,
            "; ".join(w for w in (p.title, p.want, p.knows.word) if w),
            p.status,
            source=p.source,
        )
        for p in (*column.people, *column.further_people)
    ]
    items += [
        b.Dated(
            "", step.title, "; ".join(w for w in (step.detail, step.foot) if w), source=step.written
        )
        for step in column.steps
    ]
    for space in column.spaces:
        value = f"{space.words} {unit}" if space.value is not None and unit else space.words
        items.append(
            b.Dated(
                "", ", ".join(w for w in (space.name, value) if w), space.word, source=space.source
            )
        )
    inside = (b.DatedList(tuple(items), column.name),) if items else ()
    return (b.Section(column.name, inside, column.status.word, source=column.source),)


def _force(item: b.ForceCard) -> b.Dated:
    level: b.Level = "open" if item.strength is None else "bad" if item.strength >= 4 else "plan"
    who = "; ".join(words for words in (item.effect, item.position) if words)
    return b.Dated("", item.name, who, b.Status(level, item.words), source=item.source)


def _risk(item: b.RiskMark) -> b.Dated:
    return b.Dated(str(item.number), item.name, item.text, item.status, source=item.source)


def _stage(stage: b.JourneyStage, heads: tuple[str, str, str]) -> b.Dated:
    parts = zip(heads, (stage.aim, stage.touch, stage.pain), strict=True)
    said = "; ".join(f"{h}: {w}" for h, w in parts if w)
    return b.Dated("", stage.name, said, stage.status, source=stage.source)
