"""A landscape page of key figures and columns of tables that never becomes two pages.

Heights are reckoned before anything is written: where a column is higher than the page, the
longest of its tables gives up rows until it is not, and says how many are missing.
"""

from __future__ import annotations

from dataclasses import replace

from planwerk import blocks as b
from planwerk.render.measure import lines
from planwerk.render.word_body import CM, PADDING, Body

GAP = 0.7
"""Between columns, in centimetres."""
LINE, CELL, NOTE = 0.405, 0.165, 0.36
"""Heights in centimetres: a line of a table at 9.5 points, a cell's padding and rule, a note."""
HEADING, HEAD, BELOW = 0.9, 0.5, 0.25
"""A section's heading, the head of a table, and what stands below it."""
CHART, DRAWN = 3.7, 2.7
"""A chart with its caption, and without."""
LINES = 3
"""Lines that a cell has at most."""
LEAST = 2
"""Rows that a table keeps at least."""


def page_of(document: b.Document, body: Body, wide: float, high: float) -> str:
    """The one page: title and facts, the lead, key figures, columns; sizes in centimetres."""
    (chapter,) = document.chapters
    body.width = wide
    muted = body.theme.color("muted")
    title = body.run(document.title.partition("\n")[2]) + body.run(
        f"   {document.subtitle}", size=12, color=muted
    )
    words = body.paragraph("HeadTitle", title, '<w:spacing w:before="0" w:after="40"/>')
    flush = '<w:spacing w:before="0" w:after="80"/><w:ind w:left="0"/>'
    words += (
        body.paragraph("Lead", body.runs(_cut(b.text(chapter.lead), wide * CM / 1.42)), flush)
        if chapter.lead
        else ""
    )
    room = high - 1.1 - (0.6 * lines(chapter.lead, 13.5, wide * CM) + 0.15 if chapter.lead else 0)
    for block in chapter.blocks:
        match block:
            case b.Cards():
                words += _cards(block, body, wide)
                room -= 2.7
            case b.Beside():
                words += _columns(block, body, wide, room)
            case _:
                words += body.block(block)
    return words


def _cards(block: b.Cards, body: Body, wide: float) -> str:
    """All key figures in one row."""
    count, gap = len(block.items), 0.3
    each = (wide - gap * (count - 1)) / count
    cells, widths = [], []
    for n, card in enumerate(block.items):
        if n:
            cells.append(body.cell("", gap))
            widths.append(gap)
        cells.append(body.card(card, each))
        widths.append(each)
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"
    return body.spacer() + body.wrap(widths, [row], block.label)


def _columns(block: b.Beside, body: Body, wide: float, room: float) -> str:
    """Columns side by side: a table without rules, in whose cells the sections stand."""
    count = len(block.parts)
    whole = wide - GAP * (count - 1)
    widths = [whole * weight / sum(block.weights) for weight in block.weights]
    cells, grid = [], []
    for n, (part, each) in enumerate(zip(block.parts, widths, strict=True)):
        if n:
            cells.append(body.cell("", GAP))
            grid.append(GAP)
        body.width = each - PADDING
        inside = "".join(_section(shown, body) for shown in _fitted(part, body, room))
        cells.append(body.cell(inside + body.spacer(), each))
        grid.append(each)
    body.width = wide
    row = f"<w:tr>{''.join(cells)}</w:tr>"
    return body.spacer() + body.wrap(grid, [row], "") + body.spacer()


def _section(block: b.Block, body: Body) -> str:
    if isinstance(block, b.Section):
        heading = '<w:spacing w:before="160" w:after="40"/><w:ind w:left="0"/>'
        words = body.paragraph("Heading2", body.run(block.title, size=12), heading)
        return words + body.all(block.blocks)
    if isinstance(block, b.Chart):
        return body.caption("figure", block.title) + body.drawing(
            block, body.width, DRAWN, block.title
        )
    return body.block(block)


def _fitted(part: tuple[b.Block, ...], body: Body, room: float) -> list[b.Block]:
    """The blocks of a column, with as many rows as there is room for."""
    part = tuple(_brief(block, body) for block in part)
    shown = list(part)
    dropped = [0] * len(shown)
    while sum(_height(one, body) for one in shown) > room:
        counts = [len(found.rows) if (found := _table(one)) else 0 for one in shown]
        longest = max(range(len(shown)), key=lambda n: counts[n])
        if counts[longest] <= LEAST:
            break
        dropped[longest] += 2 if not dropped[longest] else 1  # the first makes room for the count
        shown[longest] = _shorter(part[longest], dropped[longest], body.labels["more_rows"])
    return shown


def _brief(block: b.Block, body: Body) -> b.Block:
    """A section whose cells have few lines: a page tells in short what others tell whole."""
    table = _table(block)
    if table is None or not isinstance(block, b.Section):
        return block
    room = [(wide - PADDING) * CM for wide in body.widths(table)]
    rows = tuple(
        replace(row, cells=tuple(replace(cell, text=_cut(cell.text, wide)) for cell, wide in zip(row.cells, room, strict=True)))
        for row in table.rows
    )  # fmt: skip
    return replace(block, blocks=(replace(table, rows=rows),))


def _cut(text: b.Text, room: float) -> b.Text:
    """The text, or the words of it that stand on the lines a cell may have."""
    words = b.plain(text)
    if lines(words, 9.5, room, True) <= LINES:
        return text
    kept = words.split(" ")
    while len(kept) > 1 and lines(" ".join(kept) + " …", 9.5, room, True) > LINES:
        kept.pop()
    return b.text(" ".join(kept) + " …")


def _table(block: b.Block) -> b.Table | None:
    if isinstance(block, b.Section) and block.blocks and isinstance(block.blocks[0], b.Table):
        return block.blocks[0]
    return None


def _shorter(block: b.Block, drop: int, more: str) -> b.Block:
    """A section whose table ends with how many of its rows are not shown."""
    table = _table(block)
    assert table is not None
    assert isinstance(block, b.Section)
    rest = b.Row((b.Cell(b.text(more.format(count=drop)), unknown=True), *(b.Cell() for _ in table.columns[1:])))  # fmt: skip
    return replace(block, blocks=(replace(table, rows=(*table.rows[:-drop], rest)),))


def _height(block: b.Block, body: Body) -> float:
    """About how high a block will be, in centimetres."""
    if isinstance(block, b.Chart):
        return CHART
    table = _table(block)
    if table is None:
        return 0.0
    widths = body.widths(table)
    rows = 0.0
    for row in table.rows:
        rows += CELL + max(_cell(cell, wide) for cell, wide in zip(row.cells, widths, strict=False))
    return HEADING + HEAD + BELOW + rows


def _cell(cell: b.Cell, wide: float) -> float:
    room = (wide - PADDING) * CM
    high = LINE * lines(b.plain(cell.text), 9.5, room, True) if cell.text else 0.0
    high += NOTE * lines(cell.note, 8.5, room) if cell.note else 0.0
    high += LINE * lines(f"● {cell.status.word}", 9.5, room, True) if cell.status else 0.0
    return high
