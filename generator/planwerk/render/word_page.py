"""A landscape page of key figures and columns of tables that never becomes two pages.

Heights are reckoned before anything is written: where a column is higher than the page, its
charts make room for the rows of its tables; then the longest of these gives up rows until all
fits, and says how many are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planwerk import blocks as b
from planwerk.render.measure import cut, lines, width
from planwerk.render.word_body import Body
from planwerk.render.word_tables import CM, PADDING

GAP = 0.7
"""Between columns, in centimetres."""
LINE, CELL, NOTE = 0.405, 0.165, 0.36
"""Heights in centimetres: a line of a table at 9.5 points, a cell's padding and rule, a note."""
HEADING, HEAD, BELOW = 0.85, 0.5, 0.1
"""A section's heading, the head of a table, and what stands below it."""
CHART, DRAWN, TALLEST = 3.7, 2.7, 5.5
"""A chart with its caption and without, and without where there is room."""
CAPTION = 2.0
"""What "Figure 1" takes of the first line of a caption, about."""
CARD, SPACE = 2.5, 0.3
"""A row of key figures that have one line each, and what is between them."""
TITLE, LEAD, FIGURE = 26, 13.5, 24
"""Sizes of type in points: of the client's name, the lead, and a key figure."""
SECOND = 0.9
"""A second line of the title."""
LINES = 3
"""Lines that a cell has at most."""
LEAST = 1
"""Rows that a table keeps at least."""


def page_of(document: b.Document, body: Body, wide: float, high: float) -> str:
    """The one page: title and facts, the lead, key figures, columns; sizes in centimetres."""
    (chapter,) = document.chapters
    body.width = wide
    muted, room = body.theme.color("muted"), wide * CM
    client = cut(document.title.partition("\n")[2], TITLE, room, 1, True)
    facts = cut(document.subtitle, 12, room, 1)
    title = body.run(client) + body.run(f"   {facts}", size=12, color=muted)
    words = body.paragraph("HeadTitle", title, '<w:spacing w:before="0" w:after="40"/>')
    beyond = width(client, TITLE, True) + width(f"   {facts}", 12) > room
    flush = '<w:spacing w:before="0" w:after="80"/><w:ind w:left="0"/>'
    lead = cut(chapter.lead, LEAD, room, LINES)
    words += body.paragraph("Lead", body.run(lead), flush) if lead else ""
    left = high - 1.1 - (SECOND if beyond else 0)
    left -= 0.6 * lines(lead, LEAD, room) + 0.15 if lead else 0
    for block in chapter.blocks:
        match block:
            case b.Cards():
                shown, more = _shorter_cards(block, wide)
                words += _cards(shown, body, wide)
                left -= CARD + more
            case b.Beside():
                words += _columns(block, body, wide, left)
            case _:
                words += body.block(block)
    return words


def _shorter_cards(block: b.Cards, wide: float) -> tuple[b.Cards, float]:
    """The key figures with short words, and how much higher than usual they are; as many as have
    room for their numbers: part of a number would be another one."""
    count = len(block.items)
    while count > 1 and any(width(c.value, FIGURE, True) > _room(wide, count) for c in block.items[:count]):  # fmt: skip
        count -= 1
    room = _room(wide, count)
    items = tuple(
        replace(
            card,
            label=cut(card.label, 9.5, room, 2, True),
            target_line=cut(card.target_line, 8.5, room, 2),
        )
        for card in block.items[:count]
    )
    labels = max(lines(card.label, 9.5, room, True) for card in items)
    notes = max(lines(card.target_line, 8.5, room) for card in items)
    units = max(width(card.value, FIGURE, True) + width(f" {card.unit}", 12) for card in items)
    more = LINE * (labels - 1) + NOTE * (notes - 1) + (FIGURE / CM * 1.15 if units > room else 0)
    return replace(block, items=items), more


def _room(wide: float, count: int) -> float:
    """How wide the words of one of so many key figures may be, in points."""
    return ((wide - SPACE * (count - 1)) / count - 2 * PADDING) * CM


def _cards(block: b.Cards, body: Body, wide: float) -> str:
    """All key figures in one row."""
    count, gap = len(block.items), SPACE
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
        shown = _fitted(part, body, room)
        high = _drawn(shown, body, room)
        inside = "".join(_section(one, body, high) for one in shown)
        cells.append(body.cell(inside + body.spacer(), each))
        grid.append(each)
    body.width = wide
    row = f"<w:tr>{''.join(cells)}</w:tr>"
    return body.spacer() + body.wrap(grid, [row], "") + body.spacer()


def _drawn(shown: Sequence[b.Block], body: Body, room: float) -> float:
    """How high the charts of a column are: they share what its tables leave."""
    charts = sum(isinstance(one, b.Chart) for one in shown)
    spare = room - sum(_height(one, body) for one in shown)
    return min(DRAWN + max(spare, 0) / charts, TALLEST) if charts else DRAWN


def _section(block: b.Block, body: Body, high: float) -> str:
    if isinstance(block, b.Section):
        heading = '<w:spacing w:before="160" w:after="40"/><w:ind w:left="0"/>'
        words = body.paragraph("Heading2", body.run(block.title, size=12), heading)
        return words + body.all(block.blocks)
    if isinstance(block, b.Chart):
        return body.caption("figure", block.title) + body.drawing(
            block, body.width, high, block.title
        )
    return body.block(block)


def _fitted(part: tuple[b.Block, ...], body: Body, room: float) -> list[b.Block]:
    """The blocks of a column, with as many rows as there is room for."""
    part = tuple(_brief(block, body) for block in part)
    if sum(_height(one, body) for one in part) > room:  # each goal before the course of one
        part = tuple(one for one in part if not isinstance(one, b.Chart)) or part
    dropped = [0] * len(part)

    def shown() -> list[b.Block]:
        more = body.labels["more_rows"]
        return [
            _shorter(one, less, more) if less else one
            for one, less in zip(part, dropped, strict=True)
        ]

    def high() -> float:
        return sum(_height(one, body) for one in shown())

    rows = [len(found.rows) if (found := _table(one)) else 0 for one in part]
    while high() > room:
        left = [many - less for many, less in zip(rows, dropped, strict=True)]
        longest = max(range(len(part)), key=lambda n: left[n])
        if left[longest] <= LEAST:
            break
        dropped[longest] += 2 if not dropped[longest] else 1  # the first makes room for the count
    for n in sorted(range(len(part)), key=lambda n: -dropped[n]):
        while dropped[n]:
            before = dropped[n]
            dropped[n] -= 2 if before == 2 else 1
            if high() > room:
                dropped[n] = before
                break
    return shown()


def _brief(block: b.Block, body: Body) -> b.Block:
    """A section whose cells have few lines: a page tells in short what others tell whole."""
    if isinstance(block, b.Chart):
        return replace(block, title=cut(block.title, 9, (body.width - CAPTION) * CM, 2, True))
    table = _table(block)
    if table is None or not isinstance(block, b.Section):
        return block
    room = [(wide - PADDING) * CM for wide in body.measured(table).widths(body.width)]
    rows = tuple(
        replace(row, cells=tuple(replace(cell, text=_cut(cell.text, wide)) for cell, wide in zip(row.cells, room, strict=True)))
        for row in table.rows
    )  # fmt: skip
    return replace(block, blocks=(replace(table, rows=rows),))


def _cut(text: b.Text, room: float) -> b.Text:
    """The text, or the words of it that stand on the lines a cell may have."""
    words = b.plain(text)
    short = cut(words, 9.5, room, LINES, True)
    return text if short == words else b.text(short.replace(" …", "\u00a0…"))


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
        return CHART + NOTE * (lines(block.title, 9, (body.width - CAPTION) * CM, True) - 1)
    table = _table(block)
    if table is None:
        return 0.0
    widths = body.measured(table).widths(body.width)
    rows = 0.0
    for row in table.rows:
        cells = zip(row.cells, widths, range(len(widths)), strict=False)
        rows += CELL + max(_cell(cell, wide, not n) for cell, wide, n in cells)
    return HEADING + HEAD + BELOW + rows


def _cell(cell: b.Cell, wide: float, head: bool) -> float:
    room = (wide - PADDING) * CM
    bold = head or cell.strong
    high = LINE * lines(b.plain(cell.text), 9.5, room, bold) if cell.text else 0.0
    high += NOTE * lines(cell.note, 8.5, room) if cell.note else 0.0
    high += LINE * lines(f"● {cell.status.word}", 9.5, room, True) if cell.status else 0.0
    return high
