"""A plan in time as a table of Word: tasks by side, their months shaded, then the milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planwerk import blocks as b
from planwerk.render import word_tables
from planwerk.render.lower import MARKS
from planwerk.render.measure import longest_word, width
from planwerk.render.word_figures import LEVELS
from planwerk.render.word_tables import CM, PADDING
from planwerk.theme import mix

if TYPE_CHECKING:
    from planwerk.render.word_body import Body

MONTH, MONTHS = 0.62, 4.9
"""Centimetres that a month takes at least, and all of them at most."""
FREE = 0.14
"""What is left free beside the words of a month, in centimetres."""
WHO, STATE = 2.8, 2.3
"""Centimetres that names and states take at most; states of more words are broken."""


def timeline(body: Body, block: b.Timeline) -> str:
    """Tasks by side with the months they run in shaded, then the milestones."""
    months = [(e.day, n.day) for e, n in zip(block.months, block.months[1:], strict=False)]
    months.append((block.months[-1].day, block.end + timedelta(days=1)))
    widths = _widths(body, block)
    scale = _scale(block.months, widths[2])
    titles = [*block.heads[:2], *(words for words, _ in scale), block.heads[2], body.labels["status"]]  # fmt: skip
    spans = [1, 1, *(span for _, span in scale), 1, 1]
    rule = (body.theme.color("primary"), 12)
    head = ""
    for n, (words, span) in enumerate(zip(titles, spans, strict=True)):
        at, scaled = sum(spans[:n]), 1 < n < len(titles) - 2
        head += body.cell(
            body.paragraph("TableHead", body.run(words), '<w:jc w:val="center"/>' if scaled and span == 1 else ""),
            sum(widths[at : at + span]), bottom=rule, anchor="bottom", span=span, tight=scaled,
            inset=FREE if n == len(titles) - 2 else 0,
        )  # fmt: skip
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    columns = tuple(b.Column("") for _ in widths)
    for lane in block.lanes:
        words = f"{lane.name} · {lane.summary}" if lane.summary else lane.name
        rows.append(body.row(b.Row((b.Cell(b.text(words)),), "group"), columns, widths))
        rows += [_bar(body, bar, months, widths) for bar in lane.bars]
    if block.milestones:
        told = b.Row((b.Cell(b.text(body.labels["milestones"])),), "group")
        some = [_milestone(body, one, widths) for one in block.milestones]
        kept = word_tables.MOST // 3
        some = [word_tables.with_next(one) if n < min(kept, len(some) - 1) else one for n, one in enumerate(some)]  # fmt: skip
        rows += [body.row(told, columns, widths), *some]
    return (
        body.caption("table", block.label) + body.wrap(widths, rows, block.description) + body.gap()
    )


def _widths(body: Body, block: b.Timeline) -> list[float]:
    """Names, days and states get what they need, months little: the rest is the tasks'."""
    size, bars = 9.5 * body.wider, [bar for lane in block.lanes for bar in lane.bars]
    month = max(width(one.label, 9 * body.wider, True) for one in block.months) / CM + FREE
    narrow = min(max(month, MONTH), MONTHS / len(block.months))
    days = [block.heads[2], *(m.when for m in block.milestones), *(bar.due_words for bar in bars)]
    names = [block.heads[1], *(bar.who for bar in bars)]
    states = [f"{MARKS[bar.status.level]}\u00a0{bar.status.word}" for bar in bars]
    # a state's first word stays beside its shape
    least = max((longest_word(words, 9 * body.wider, True) for words in states), default=0) / CM
    state = max((width(words, 9 * body.wider, True) for words in states), default=0) / CM
    who = max((width(name, size) for name in names), default=0) / CM + PADDING + FREE
    due = max(width(day, size) for day in days) / CM + PADDING + 2 * FREE
    state = max(min(state, STATE), least, width(body.labels["status"], size, True) / CM) + PADDING + FREE  # fmt: skip
    fixed = [min(who, WHO), *[narrow] * len(block.months), due, state]
    return [body.width - sum(fixed), *fixed]


def _milestone(body: Body, one: b.Event, widths: list[float]) -> str:
    """A milestone: its words have the room of all columns before the day."""
    line = (body.theme.color("line"), 4)
    words = body.paragraph("TableText", body.run(one.label, bold=True))
    cells = body.cell(words, sum(widths[:-2]), bottom=line, span=len(widths) - 2)
    cells += body.cell(body.paragraph("TableText", body.run(one.when)), widths[-2], bottom=line, inset=FREE)  # fmt: skip
    cells += body.cell("", widths[-1], bottom=line)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _bar(body: Body, bar: b.Bar, months: list[tuple[date, date]], widths: list[float]) -> str:
    """One task: its months in the colour of its state."""
    line = (body.theme.color("line"), 4)
    ground = mix(body.theme.color(LEVELS.get(bar.status.level, "c3")), 0.35)
    runs = [start <= bar.due and bar.start < end for start, end in months]
    blank = body.paragraph("TableText", "")
    cells = body.cell(body.paragraph("TableText", body.run(bar.label, bold=True)), widths[0], bottom=line)  # fmt: skip
    cells += body.cell(body.paragraph("TableText", body.run(bar.who)), widths[1], bottom=line)
    cells += "".join(
        body.cell(blank, wide, bottom=("FFFFFF", 24), fill=ground if on else "", tight=True)
        for on, wide in zip(runs, widths[2:], strict=False)
    )
    due = body.paragraph("TableText", body.run(bar.due_words))
    cells += body.cell(due, widths[-2], bottom=line, inset=FREE)
    cells += body.cell(body.paragraph("TableText", body.status(bar.status, 9)), widths[-1], bottom=line)  # fmt: skip
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _scale(months: Sequence[b.Event], narrow: float) -> list[tuple[str, int]]:
    """What stands above the months, and above how many of them; few words where they are narrow."""
    widest = max(width(month.label, 9, True) for month in months) / CM
    single = all(len(month.label) == 1 for month in months)
    if widest <= narrow - (0 if single else FREE / 2):
        return [(month.label, 1) for month in months]
    named = [f"{month.day.month}/{month.day:%y}" for month in months]
    widest = max(width(words, 9, True) for words in named) / CM + FREE + 0.1
    step = next((n for n in (2, 3, 6, 12) if n * narrow >= widest), len(months))
    return [(named[i], min(step, len(months) - i)) for i in range(0, len(months), step)]
