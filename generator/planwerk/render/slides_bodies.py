"""Which composition carries a block on a slide: chosen by counting, then by measuring.

`pages` cuts a block into as many slides as it needs; each part is drawn by `draw` into the body
region and fills it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from planwerk import blocks as b
from planwerk.render.lower import (
    decisions_table,
    figure,
    lessons_table,
    lower,
    lower_all,
    timeline_table,
)
from planwerk.render.slides_draw import LEVELS, SIDES, Canvas, status_span
from planwerk.render.slides_master import BOTTOM, CONTENT, MARGIN, TOP
from planwerk.render.slides_text import (
    Para,
    Place,
    Span,
    fit,
    height,
    longest_word,
    para,
    rich,
    text_width,
)
from planwerk.theme import mix

T = TypeVar("T")
BODY = BOTTOM - TOP
GAP = 0.55
TABLE_SIZES = (18.0, 17.0, 16.0, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0)


def pages(block: b.Block, labels: Mapping[str, str]) -> list[b.Block]:
    """The block in parts that each fit a slide, cut evenly."""
    match block:
        case b.Cards() if len(block.items) > 6:
            return pages(_table(block, labels), labels)
        case b.Table():
            return [replace(block, rows=rows) for rows in _table_pages(block)]
        case b.Goals():
            return pages(_table(block, labels), labels)
        case b.Lessons() if len(block.items) > 3:
            return pages(lessons_table(block), labels)
        case b.Decisions() if len(block.items) > 4:
            return pages(decisions_table(block, labels), labels)
        case b.Quotes() if len(block.items) > 6:
            return [replace(block, items=part) for part in _even(block.items, 6)]
        case b.Sides():
            longest = max((len(c.items) for c in block.columns), default=0)
            count = -(-longest // 7) or 1
            return [
                replace(
                    block,
                    columns=tuple(
                        replace(c, items=_slice(c.items, i, count)) for c in block.columns
                    ),
                )
                for i in range(count)
            ]
        case b.Timeline() if sum(len(lane.bars) for lane in block.lanes) > 18:
            if all(len(lane.bars) <= 18 for lane in block.lanes):
                return [replace(block, lanes=(lane,)) for lane in block.lanes]
            return pages(timeline_table(block, labels), labels)
        case b.Facts() | b.Matrix() | b.Shares() | b.DatedList():
            return [p for simple in lower(block, labels) for p in pages(simple, labels)]
        case _:
            return [block]


def _table(block: b.Block, labels: Mapping[str, str]) -> b.Table:
    return next(simple for simple in lower(block, labels) if isinstance(simple, b.Table))


def _even(items: tuple[T, ...], most: int) -> list[tuple[T, ...]]:
    count = -(-len(items) // most) or 1
    return [_slice(items, i, count) for i in range(count)]


def _slice(items: tuple[T, ...], index: int, count: int) -> tuple[T, ...]:
    size, more = divmod(len(items), count)
    start = index * size + min(index, more)
    return items[start : start + size + (1 if index < more else 0)]


# --- tables ----------------------------------------------------------------------------------


def cell_paras(cell: b.Cell) -> tuple[Para, ...]:
    """What a cell says, as paragraphs."""
    out = []
    if cell.text:
        words = rich(cell.text, bold=cell.strong, color="muted" if cell.unknown else "")
        out.append(Para(tuple(Span(s.words, s.bold if s.bold else None, s.color) for s in words)))
    if cell.person:
        out.append(para(cell.person.name))
    if cell.status:
        out.append(Para((status_span(cell.status),)))
    if cell.note:
        out.append(Para((Span(cell.note, False, "muted", 0.85),)))
    return tuple(out)


def _widths(block: b.Table, size: float) -> list[float]:
    """Column widths in cm for the whole content width."""
    least, wanted = [], []
    for i, column in enumerate(block.columns):
        cells = [
            cell_paras(row.cells[i])
            for row in block.rows
            if row.kind != "group" and i < len(row.cells)
        ]
        head = (para(column.title),)
        least.append(max(longest_word(p, size, True) for p in (*cells, head)) + 0.55)
        wanted.append(
            max(
                (
                    max(
                        (sum(text_width(s.words, size, True) for s in q.spans) for q in p),
                        default=0.0,
                    )
                    for p in (*cells, head)
                ),
                default=0.0,
            )
            + 0.55
        )
    spare = CONTENT - sum(least)
    if spare <= 0:
        return [w * CONTENT / sum(least) for w in least]
    wishes = [max(w - low, 0.0) for w, low in zip(wanted, least, strict=True)]
    if sum(wishes) <= spare:
        rest = (spare - sum(wishes)) / len(least)
        return [low + wish + rest for low, wish in zip(least, wishes, strict=True)]
    shares = [wish**0.5 for wish in wishes]
    return [low + spare * share / sum(shares) for low, share in zip(least, shares, strict=True)]


def _row_height(row: b.Row, widths: Sequence[float], size: float) -> float:
    if row.kind == "group":
        return height(cell_paras(row.cells[0]), size, CONTENT, True) + 0.45
    heights = [
        height(cell_paras(c), size, w - 0.3, i == 0)
        for i, (c, w) in enumerate(zip(row.cells, widths, strict=False))
    ]
    return max(heights, default=0.6) + 0.3


def _table_pages(block: b.Table) -> list[tuple[b.Row, ...]]:
    """Rows by slide: all on one if they fit at some size, else evenly at 13 pt."""
    for size in TABLE_SIZES:
        widths = _widths(block, size)
        if sum(_row_height(r, widths, size) for r in block.rows) <= BODY - 1.1:
            return [block.rows]
    widths = _widths(block, 13.0)
    heights = [_row_height(r, widths, 13.0) for r in block.rows]
    count = -(-int(sum(heights) * 100) // int((BODY - 1.1) * 100))
    while count < len(block.rows):
        parts = [_slice(block.rows, i, count) for i in range(count)]
        if all(sum(_row_height(r, widths, 13.0) for r in part) <= BODY - 1.1 for part in parts):
            return parts
        count += 1
    return [(row,) for row in block.rows]


def _draw_table(canvas: Canvas, block: b.Table) -> None:
    for size in TABLE_SIZES:
        widths = _widths(block, size)
        heights = [_row_height(r, widths, size) for r in block.rows]
        if sum(heights) <= BODY - 1.1:
            break
    if sum(heights) > BODY - 0.6:
        tallest = max(range(len(heights)), key=heights.__getitem__)
        row = block.rows[tallest]
        words = " ".join(b.plain(c.text) for c in row.cells)
        canvas.overflows.append(b.Overflow(row.origin, words, f"{BODY:.1f} cm"))
    # rows grow to fill the body, up to 1.8 times, so that the slide is not top-heavy
    stretch = min(1.8, (BODY - 1.1) / max(sum(heights), 0.1))
    rows = []
    for row, high in zip(block.rows, heights, strict=True):
        cells = [cell_paras(c) for c in row.cells]
        cells += [()] * (len(widths) - len(cells))
        rows.append((high * max(stretch, 1.0), cells, row.kind))
    aligns = [{"left": "l", "right": "r", "center": "ctr"}[c.align] for c in block.columns]
    canvas.table(
        MARGIN, TOP, widths, [para(c.title) for c in block.columns], aligns, rows, size, block.label
    )


# --- everything else -------------------------------------------------------------------------


def draw(canvas: Canvas, block: b.Block) -> None:
    """Draw a part into the body region."""
    match block:
        case b.Cards():
            _draw_cards(canvas, block)
        case b.Table():
            _draw_table(canvas, block)
        case b.Chart():
            canvas.chart(MARGIN, TOP, CONTENT, BODY, block)
        case b.Beside():
            _draw_beside(canvas, block)
        case b.Lessons():
            _draw_lessons(canvas, block)
        case b.Quotes():
            _draw_quotes(canvas, block)
        case b.Decisions():
            _draw_decisions(canvas, block)
        case b.Sides():
            _draw_sides(canvas, block)
        case b.Timeline():
            _draw_timeline(canvas, block)
        case b.BigNumber():
            canvas.text(
                MARGIN, TOP + 2, CONTENT, 6, para(block.value), 130, 60, bold=True, color="primary"
            )
            canvas.text(MARGIN, TOP + 8.4, CONTENT, 2.5, para(block.words), 28, 18)
        case b.Callout():
            canvas.box(MARGIN, TOP, CONTENT, BODY, "surface")
            words = [
                Para((Span(block.title, True, "primary", 1.0),), 10),
                para(block.text, after=8),
                Para((Span(block.who, False, "muted", 0.8),)),
            ]
            canvas.text(
                MARGIN + 1,
                TOP + 1,
                CONTENT - 2,
                BODY - 2,
                words,
                28,
                16,
                anchor="ctr",
                origin=block.origin,
            )
        case _:
            _draw_prose(canvas, lower_all((block,), canvas.labels), MARGIN, TOP, CONTENT, BODY)


def _draw_prose(
    canvas: Canvas, blocks: Sequence[b.Block], x: float, y: float, wide: float, high: float
) -> None:
    """Running text, lists and headings in one column, 20 down to 14 points."""
    canvas.text(x, y, wide, high, _prose(blocks), 26, 14, name="Body")


def _prose(blocks: Sequence[b.Block], depth: int = 0) -> list[Para]:
    out: list[Para] = []
    for block in blocks:
        match block:
            case b.Paragraph():
                manner = {"lead": ("primary", 1.15), "note": ("muted", 0.8), "body": ("", 1.0)}[
                    block.role
                ]
                spans = tuple(
                    Span(s.words, s.bold, s.color or manner[0], manner[1], s.mono)
                    for s in rich(block.text)
                )
                out.append(Para(spans, 8))
            case b.Heading():
                out.append(Para(tuple(Span(s.words, True, "primary") for s in rich(block.text)), 4))
            case b.Bullets():
                for item in block.items:
                    inner = _prose(item, depth + 1)
                    if inner:
                        out.append(replace(inner[0], bullet="•", indent=0.7 * (depth + 1), after=6))
                        out += inner[1:]
            case b.Quotation():
                out += _prose(block.blocks, depth)
            case b.Code():
                out.append(Para((Span(block.text, mono=True),), 6))
            case b.Table():
                for row in block.rows:
                    words = " · ".join(
                        w
                        for c in row.cells
                        for p in cell_paras(c)
                        if (w := "".join(s.words for s in p.spans))
                    )
                    out.append(Para((Span(words),), 4))
            case _:
                pass
    return out


def _draw_cards(canvas: Canvas, block: b.Cards) -> None:
    count = len(block.items)
    across = count if count <= 3 else 2 if count == 4 else 3
    down = -(-count // across)
    wide = (CONTENT - GAP * (across - 1)) / across
    high = (BODY - GAP * (down - 1)) / down
    places = [Place((para(card.label),), wide - 1.0, 1.4, True) for card in block.items]
    label = fit([replace(p, h=0.95 if high <= 8 else 1.4) for p in places], 17, 12)
    for i, card in enumerate(block.items):
        x, y = MARGIN + (i % across) * (wide + GAP), TOP + (i // across) * (high + GAP)
        color = LEVELS.get(card.status.level, "muted")
        canvas.box(x, y, wide, high, "surface")
        canvas.box(x, y, 0.12, high, color)
        canvas.put(
            x + 0.55,
            y + 0.35,
            wide - 1.0,
            1.4,
            (para(card.label),),
            label,
            bold=True,
            color="primary",
        )
        value = Para((Span(figure(card), True, "muted" if card.unknown else "ink"),))
        tall = high > 8
        if tall:
            canvas.text(
                x + 0.55,
                y + 1.75,
                wide - 1.0,
                1.9,
                value,
                34 if count > 1 else 60,
                20,
                bold=True,
                anchor="ctr",
            )
            canvas.text(
                x + 0.55,
                y + 3.7,
                wide - 1.0,
                0.7,
                para(card.target_line),
                13,
                11.5,
                color="muted",
                anchor="ctr",
            )
        else:
            figure_wide = min(text_width(figure(card), 30, True) + 0.3, wide - 4.2)
            canvas.text(
                x + 0.55, y + 1.25, figure_wide, 1.4, value, 30, 16, bold=True, anchor="ctr"
            )
            rest = wide - figure_wide - 1.2
            canvas.text(
                x + 0.75 + figure_wide,
                y + 1.25,
                rest,
                1.4,
                para(card.target_line),
                13,
                10.5,
                color="muted",
                anchor="ctr",
            )
        known = sum(v is not None for v in card.series)
        begin = 4.5 if tall else 2.7
        room = high - begin - 1.15
        if known > 1 and room > 1.2:
            canvas.chart(
                x + 0.35, y + begin, wide - 0.6, room, _trend(card, canvas.labels), 10, small=True
            )
        canvas.status(x + 0.55, y + high - 1.05, wide - 1.0, 0.6, card.status, 13)


def _trend(card: b.Card, labels: Mapping[str, str]) -> b.Chart:
    lines = [b.Series(labels["actual"], card.series)]
    if card.target is not None:
        lines.append(b.Series(labels["target"], (card.target,) * len(card.series), "target"))
    about = f"{card.label}: {figure(card)}, {card.target_line}, {card.status.word}"
    return b.Chart(
        "line",
        card.label,
        "",
        card.labels,
        tuple(lines),
        about,
        decimals=card.decimals,
        level=card.status.level,
    )


def _draw_beside(canvas: Canvas, block: b.Beside) -> None:
    whole = sum(block.weights)
    x = MARGIN
    for part, weight in zip(block.parts, block.weights, strict=True):
        wide = (CONTENT - GAP * (len(block.parts) - 1)) * weight / whole
        if len(part) == 1 and isinstance(part[0], b.Chart):
            chart = part[0]
            canvas.text(x, TOP, wide, 0.7, para(chart.subtitle), 14, 11.5, color="muted", bold=True)
            canvas.chart(x, TOP + 0.8, wide, BODY - 0.8, chart)
        else:
            _draw_notes(canvas, part, x, wide)
        x += wide + GAP


def _draw_notes(canvas: Canvas, part: Sequence[b.Block], x: float, wide: float) -> None:
    """Sections as quiet panels one below the other, all at one size."""
    high = (BODY - GAP * (len(part) - 1)) / max(len(part), 1)
    texts = []
    for block in part:
        if isinstance(block, b.Section):
            texts.append(
                [
                    Para((Span(block.title, True, "primary"),), 6),
                    *_prose(lower_all(block.blocks, canvas.labels)),
                ]
            )
        else:
            texts.append(_prose(lower_all((block,), canvas.labels)))
    size = fit([Place(tuple(t), wide - 1.0, high - 0.9) for t in texts], 20, 12)
    for i, words in enumerate(texts):
        y = TOP + i * (high + GAP)
        canvas.box(x, y, wide, high, "surface")
        canvas.text(x + 0.5, y + 0.45, wide - 1.0, high - 0.9, words, size, 12)


def _draw_lessons(canvas: Canvas, block: b.Lessons) -> None:
    widths = [6.6, 7.6, 7.6, CONTENT - 21.8]
    bad, side, primary = canvas.color("bad"), canvas.color("c3"), canvas.color("primary")
    fills = [mix(bad, 0.12), mix(side, 0.3), mix(side, 0.3), primary]
    inks = ["bad", "primary", "primary", "FFFFFF"]
    x = MARGIN
    for i, (head, wide) in enumerate(zip(block.heads, widths, strict=True)):
        canvas.box(x, TOP, wide - 0.18, 1.05, fills[i], shape="homePlate" if i == 0 else "chevron")
        canvas.text(
            x + 0.7,
            TOP,
            wide - 1.6,
            1.05,
            para(head),
            14,
            11.5,
            bold=True,
            color=inks[i],
            align="ctr",
            anchor="ctr",
        )
        x += wide
    top, gap = TOP + 1.35, 0.45
    high = (BODY - 1.35 - gap * (len(block.items) - 1)) / len(block.items)
    places = [Place((para(w),), 6.6, high - 0.9) for r in block.items for w in (r.cause, r.lesson)]
    size = fit(places, 18, 12)
    for i, row in enumerate(block.items):
        _lesson(canvas, row, top + i * (high + gap), high, widths, size)


def _lesson(
    canvas: Canvas, row: b.Lesson, y: float, high: float, widths: Sequence[float], size: float
) -> None:
    first, second, third, last = widths
    canvas.box(MARGIN, y, CONTENT, high, "surface")
    canvas.box(MARGIN, y, 0.12, high, LEVELS.get(row.status.level, "muted"))
    canvas.text(
        MARGIN + 0.55,
        y + 0.4,
        first - 1,
        1.3,
        para(row.kpi),
        15,
        12,
        bold=True,
        color="primary",
        origin=row.origin,
    )
    number = Para((Span(row.actual, True, "ink"), Span("  " + row.target, False, "muted", 0.5)))
    canvas.text(MARGIN + 0.55, y + 1.7, first - 1, 1.5, number, 30, 16, anchor="ctr")
    canvas.status(MARGIN + 0.55, y + high - 1.0, first - 1, 0.6, row.status, 13)
    x = MARGIN + first
    canvas.text(
        x + 0.3,
        y + 0.45,
        second - 0.9,
        high - 0.8,
        para(row.cause),
        size,
        12,
        origin=f"{row.origin}/cause",
    )
    canvas.text(
        x + second + 0.3,
        y + 0.45,
        third - 0.9,
        high - 0.8,
        para(row.lesson),
        size,
        12,
        origin=f"{row.origin}/lesson",
    )
    x += second + third
    canvas.box(x, y, last, high, mix(canvas.color("primary"), 0.12))
    who = ", ".join(w for w in (row.who, row.due) if w)
    canvas.text(
        x + 0.5,
        y + 0.45,
        last - 1,
        high - 2.0,
        para(row.step),
        18,
        12,
        bold=True,
        color="primary",
        origin=row.origin,
    )
    canvas.text(x + 0.5, y + high - 1.5, last - 1, 1.2, para(who), 14, 11.5, anchor="b")


def _draw_quotes(canvas: Canvas, block: b.Quotes) -> None:
    marks = ("„", "“") if canvas.language == "de" else ("“", "”")
    items = block.items
    if len(items) <= 3:
        hero, rest = items[0], items[1:]
        wide = CONTENT if not rest else CONTENT / 2 - GAP / 2
        _quote(canvas, hero, MARGIN, TOP, wide, BODY, marks, hero=True)
        high = (BODY - GAP * (len(rest) - 1)) / max(len(rest), 1)
        for i, item in enumerate(rest):
            _quote(canvas, item, MARGIN + wide + GAP, TOP + i * (high + GAP), wide, high, marks)
        return
    across = 2 if len(items) == 4 else 3
    down = -(-len(items) // across)
    wide, high = (CONTENT - GAP * (across - 1)) / across, (BODY - GAP * (down - 1)) / down
    for i, item in enumerate(items):
        _quote(
            canvas,
            item,
            MARGIN + (i % across) * (wide + GAP),
            TOP + (i // across) * (high + GAP),
            wide,
            high,
            marks,
        )


def _quote(
    canvas: Canvas,
    item: b.Quote,
    x: float,
    y: float,
    wide: float,
    high: float,
    marks: tuple[str, str],
    hero: bool = False,
) -> None:
    pale = mix("FFFFFF", 0.78, canvas.color("primary"))
    canvas.box(x, y, wide, high, "primary" if hero else "surface")
    words = para(f"{marks[0]}{item.words}{marks[1]}")
    canvas.text(
        x + 0.9,
        y + 0.8,
        wide - 1.8,
        high - 3.2,
        words,
        30 if hero else 20,
        13,
        bold=True,
        color="FFFFFF" if hero else "primary",
        anchor="ctr",
        origin=item.origin,
    )
    by = [
        Para((Span(item.person.name, True, "FFFFFF" if hero else "ink"),)),
        Para(
            (
                Span(
                    ", ".join(w for w in (item.person.detail, item.when, item.kind) if w),
                    False,
                    pale if hero else "muted",
                    0.85,
                ),
            )
        ),
    ]
    canvas.text(x + 0.9, y + high - 2.1, wide - 1.8, 1.5, by, 15, 12, anchor="ctr")


def _draw_decisions(canvas: Canvas, block: b.Decisions) -> None:
    gap = 0.4
    high = min((BODY - gap * (len(block.items) - 1)) / len(block.items), BODY)
    for i, item in enumerate(block.items):
        y = TOP + i * (high + gap)
        canvas.box(MARGIN, y, CONTENT, high, "surface")
        canvas.box(MARGIN, y, 1.7, high, "primary")
        canvas.text(
            MARGIN,
            y,
            1.7,
            high,
            para(str(i + 1)),
            34,
            20,
            bold=True,
            color="FFFFFF",
            align="ctr",
            anchor="ctr",
        )
        words = [Para((Span(item.question, True, "primary", 1.2),), 6), para(item.recommendation)]
        canvas.text(
            MARGIN + 2.3,
            y + 0.35,
            CONTENT - 10.0,
            high - 0.7,
            words,
            20,
            12,
            anchor="ctr",
            origin=item.origin,
        )
        canvas.line(
            MARGIN + CONTENT - 7.2, y + 0.5, MARGIN + CONTENT - 7.2, y + high - 0.5, "line", 1
        )
        who = [
            Para((Span(block.decides, False, "muted", 0.8),)),
            Para((Span(item.who, True),)),
            para(item.when),
        ]
        canvas.text(MARGIN + CONTENT - 6.8, y + 0.3, 6.4, high - 0.6, who, 18, 12, anchor="ctr")


def _draw_sides(canvas: Canvas, block: b.Sides) -> None:
    gap = 0.6
    wide = (CONTENT - gap * (len(block.columns) - 1)) / len(block.columns)
    most = max((len(c.items) for c in block.columns), default=1) or 1
    high = min(4.2, (BODY - 1.65) / most)

    def words(item: b.Dated) -> tuple[Para, ...]:
        below = "  ·  ".join(w for w in (item.who, item.detail) if w)
        return (Para((Span(item.what, True),), 1), Para((Span(below, False, "muted", 0.85),)))

    places = [
        Place(words(item), wide - 3.0, high - 0.15) for c in block.columns for item in c.items
    ]
    size = fit(places, 20 if most <= 3 else 17, 11.5) if places else 15
    for i, column in enumerate(block.columns):
        x = MARGIN + i * (wide + gap)
        canvas.box(x, TOP, wide, 1.25, SIDES[column.side])
        canvas.text(
            x + 0.45,
            TOP,
            wide * 0.55,
            1.25,
            para(column.name),
            18,
            12,
            bold=True,
            color="FFFFFF",
            anchor="ctr",
        )
        canvas.text(
            x + wide * 0.58,
            TOP,
            wide * 0.42 - 0.35,
            1.25,
            para(column.summary),
            13,
            10.5,
            color="FFFFFF",
            align="r",
            anchor="ctr",
        )
        if not column.items:
            canvas.text(x, TOP + 1.65, wide, 1.2, para(column.empty), 15, 12, color="muted")
        for k, item in enumerate(column.items):
            y = TOP + 1.55 + k * high
            if k:
                canvas.line(x, y, x + wide, y)
            color = (
                LEVELS.get(item.status.level, "ink")
                if item.status and item.status.level in ("bad", "warn")
                else SIDES[column.side]
            )
            when = [Para((Span(item.when, True, color),))]
            if item.status and item.status.level in ("bad", "warn"):
                when.append(
                    Para(
                        (
                            Span(
                                status_span(item.status).words.split("\u00a0")[0]
                                + "\u00a0"
                                + item.status.word,
                                True,
                                color,
                                0.7,
                            ),
                        )
                    )
                )
            canvas.text(x, y, 2.55, high, when, min(size, 16), 8.5, anchor="ctr")
            canvas.text(
                x + 2.75,
                y + 0.05,
                wide - 2.85,
                high - 0.1,
                words(item),
                size,
                11,
                anchor="ctr",
                origin=item.origin,
            )


def _draw_timeline(canvas: Canvas, block: b.Timeline) -> None:
    lane_w, task_w, who_w = 2.9, 8.4, 3.2
    x0 = MARGIN + lane_w + task_w + who_w + 0.2
    span = MARGIN + CONTENT - x0 - 1.9
    days = (block.end - block.start).days or 1

    def at(day: date) -> float:
        return x0 + span * (min(max(day, block.start), block.end) - block.start).days / days

    count = sum(len(lane.bars) for lane in block.lanes)
    head, miles = 0.95, 1.15 if block.milestones else 0.2
    row = min(1.35, (BODY - head - miles - 0.12 * len(block.lanes)) / max(count, 1))
    bottom = TOP + head + miles + count * row + 0.12 * len(block.lanes)
    for words, x, wide in (
        (block.heads[0], MARGIN + lane_w, task_w),
        (block.heads[1], MARGIN + lane_w + task_w, who_w),
    ):
        canvas.text(x, TOP, wide, 0.8, para(words), 12, bold=True, color="muted", anchor="ctr")
    for i, month in enumerate(block.months):
        until = at(block.months[i + 1].day) if i + 1 < len(block.months) else x0 + span
        canvas.box(
            at(month.day), TOP, until - at(month.day) - 0.05, 0.8, mix(canvas.color("c3"), 0.22)
        )
        canvas.text(
            at(month.day),
            TOP,
            until - at(month.day) - 0.05,
            0.8,
            para(month.label),
            12,
            9,
            bold=True,
            color="primary",
            align="ctr",
            anchor="ctr",
        )
        if i:
            canvas.line(at(month.day), TOP + 0.8, at(month.day), bottom, "line", 0.5)
    y = TOP + head
    if block.milestones:
        _milestones(canvas, block, at, y, miles, MARGIN + CONTENT)
    y += miles
    everyone = [bar for lane in block.lanes for bar in lane.bars]
    sizes = (
        fit([Place((para(bar.label),), task_w - 0.4, row) for bar in everyone], 14, 9.5),
        fit([Place((para(bar.who),), who_w - 0.1, row) for bar in everyone], 13, 9.5),
    )
    for lane in block.lanes:
        high = len(lane.bars) * row
        canvas.box(MARGIN + lane_w, y, CONTENT - lane_w, high, "surface")
        canvas.box(MARGIN, y, lane_w - 0.3, high, SIDES[lane.side])
        canvas.text(
            MARGIN + 0.15,
            y,
            lane_w - 0.6,
            high,
            para(lane.name),
            14,
            9.5,
            bold=True,
            color="FFFFFF",
            align="ctr",
            anchor="ctr",
        )
        for k, bar in enumerate(lane.bars):
            _bar(
                canvas,
                bar,
                lane.side,
                at,
                y + k * row,
                row,
                sizes,
                (MARGIN + lane_w + 0.2, task_w - 0.4, MARGIN + lane_w + task_w, who_w - 0.1),
                k > 0,
            )
        y += high + 0.12
    if block.start <= block.today <= block.end:
        now = at(block.today)
        canvas.line(now, TOP + 0.8, now, bottom, "accent", 1.75)


def _milestones(
    canvas: Canvas, block: b.Timeline, at: object, y: float, high: float, end: float
) -> None:
    assert callable(at)
    canvas.text(
        MARGIN,
        y,
        8,
        high,
        para(canvas.labels["milestones"]),
        13,
        bold=True,
        color=mix(canvas.color("accent"), 0.8, canvas.color("ink")),
        anchor="ctr",
    )
    free, second = 0.0, 0.0
    for event in block.milestones:
        x = at(event.day)
        words = f"{event.when} {event.label}"
        wide = text_width(words, 11.5, True) + 0.2
        begin = x + 0.35 if x + 0.35 + wide < end else x - 0.35 - wide
        canvas.box(x - 0.2, y + 0.18, 0.4, 0.4, "accent", shape="diamond")
        if begin > free:
            canvas.put(begin, y + 0.1, wide, 0.55, (para(words),), 11.5, bold=True, anchor="ctr")
            free = begin + wide
        elif begin > second:
            canvas.put(begin, y + 0.58, wide, 0.55, (para(words),), 11.5, bold=True, anchor="ctr")
            second = begin + wide


def _bar(
    canvas: Canvas,
    bar: b.Bar,
    side: b.Side,
    at: object,
    y: float,
    row: float,
    sizes: tuple[float, float],
    columns: tuple[float, float, float, float],
    ruled: bool,
) -> None:
    assert callable(at)
    task_x, task_w, who_x, who_w = columns
    if ruled:
        canvas.line(task_x - 0.2, y, MARGIN + CONTENT, y, "line", 0.5)
    canvas.text(task_x, y, task_w, row, para(bar.label), sizes[0], anchor="ctr", origin=bar.origin)
    canvas.text(who_x, y, who_w, row, para(bar.who), sizes[1], color="muted", anchor="ctr")
    high = min(0.58, row * 0.55)
    x1, x2 = at(bar.start), max(at(bar.due), at(bar.start) + 0.15)
    level, color = bar.status.level, SIDES[side]
    fill = {"done": "good", "bad": "bad", "run": color}.get(level, "")
    if level == "warn":
        canvas.box(
            x1,
            y + (row - high) / 2,
            x2 - x1,
            high,
            mix(canvas.color("warn"), 0.12),
            "warn",
            weight=1.5,
        )
    else:
        canvas.box(x1, y + (row - high) / 2, x2 - x1, high, fill, "" if fill else color, weight=1.5)
    strong = level in ("done", "bad", "warn")
    mark = status_span(bar.status).words.split("\u00a0")[0] + "\u00a0" if strong else ""
    words = f"{mark}{bar.due_words}"
    wide = text_width(words, 12, strong) + 0.15
    x = x2 + 0.2 if x2 + 0.2 + wide <= MARGIN + CONTENT else x1 - wide - 0.2
    canvas.put(
        x,
        y,
        wide,
        row,
        (para(words),),
        12 if row > 0.65 else 10.5,
        bold=strong,
        color=LEVELS.get(level, "muted") if strong else "muted",
        anchor="ctr",
    )
