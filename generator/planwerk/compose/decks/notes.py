"""What who speaks to a slide wants at hand: what it shows, point by point, of which day and source."""

from __future__ import annotations

from collections.abc import Iterator

from planwerk import blocks as b
from planwerk.compose.view import View

POINTS = 6
"""As many points as somebody says to one slide."""


def notes(view: View, slide: b.Slide) -> str:
    """The speaker notes of a slide, line by line."""
    lines = [slide.title]
    if slide.titled:
        lines.append(view.say("deck.note_titled"))
    lines += slide.notes.split("\n") if slide.notes else []
    lines += [f"– {words}" for words in points(slide.body)][:POINTS]
    if slide.source:
        lines.append(view.say("deck.note_source", source=slide.source))
    lines.append(view.say("deck.note_day", day=view.long_day(view.today)))
    if slide.origin:
        lines.append(view.say("deck.note_origin", place=slide.origin))
    return "\n".join(lines)


def points(block: b.Block) -> Iterator[str]:
    """What a block says, one thing a line."""
    match block:
        case b.Table():
            for row in block.rows:
                if row.kind != "group":
                    yield ", ".join(words for cell in row.cells if (words := _cell(cell)))
        case b.Facts():
            for name, cell in block.items:
                yield f"{name}: {_cell(cell)}"
        case b.Cards():
            for card in block.items:
                yield ", ".join(filter(None, (card.label, card.figure, card.status.word)))
        case b.Goals():
            for goal in block.items:
                yield ", ".join(filter(None, (goal.title, goal.kpi, goal.status.word)))
        case b.DatedList():
            for item in block.items:
                yield ", ".join(filter(None, (item.when, item.what, item.who)))
        case b.Sides():
            for column in block.columns:
                yield f"{column.name}: {column.summary}"
        case b.Lessons():
            for lesson in block.items:
                yield f"{lesson.kpi}: {lesson.step}"
        case b.Decisions():
            for decision in block.items:
                yield ", ".join(filter(None, (decision.question, decision.who, decision.when)))
        case b.Quotes():
            for quote in block.items:
                yield f"{quote.person.name}: {quote.words}"
        case b.Bullets():
            for bullet in block.items:
                yield " ".join(words for inner in bullet for words in points(inner))
        case b.Paragraph() | b.Heading():
            yield b.plain(block.text)
        case b.Section():
            for inner in block.blocks:
                yield from points(inner)
        case b.Beside():
            for part in block.parts:
                for inner in part:
                    yield from points(inner)
        case (
            b.Chart()
            | b.OrgChart()
            | b.InfluenceGrid()
            | b.StrategyMap()
            | b.Forces()
            | b.RiskMatrix()
            | b.Journey()
            | b.Timeline()
            | b.Ribbon()
        ):
            yield block.description


def _cell(cell: b.Cell) -> str:
    parts = (
        b.plain(cell.text),
        cell.person.name if cell.person else "",
        cell.status.word if cell.status else "",
    )
    return " ".join(filter(None, parts))
