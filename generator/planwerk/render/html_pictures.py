"""Pictures and the coverage table in HTML: a drawing where there is room, and always a list.

The list is what a phone shows; on wider pages only readers that speak or search get it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from planwerk import blocks as b
from planwerk.render import picture_lists
from planwerk.render.svg_forces import forces
from planwerk.render.svg_grid import influence_grid, risk_matrix
from planwerk.render.svg_journey import journey
from planwerk.render.svg_map import relation_bars, strategy_map
from planwerk.render.svg_org import org_chart

if TYPE_CHECKING:
    from planwerk.render.html import Writer


def figure(block: b.Picture, writer: Writer) -> str:
    """The drawing, what its marks mean, who has no place on it, and the list of the same."""
    wide = " wide" if block_is_wide(block) else ""
    drawing = drawn(block).replace("<svg ", '<svg data-search-exclude="1" ')
    said = writer.all(picture_lists.said(block))
    foot = legend(block, writer) + writer.written(_places(block))
    return (
        f'<div class="picture"><figure class="ch{wide} only-w">{drawing}</figure>{foot}'
        f' <div class="as-list">{said}</div></div>'
    )


def drawn(block: b.Picture) -> str:
    """A picture as one SVG; nothing for one without people, stages or the like."""
    match block:
        case b.OrgChart():
            return org_chart(block) if block.people else ""
        case b.InfluenceGrid():
            return influence_grid(block) if block.people else ""
        case b.StrategyMap():
            return strategy_map(block) if block.columns else ""
        case b.Forces():
            return forces(block) if block.items else ""
        case b.RiskMatrix():
            return risk_matrix(block) if block.items else ""
        case b.Journey():
            return journey(block) if block.stages else ""
        case _:
            assert_never(block)


def block_is_wide(block: b.Picture) -> bool:
    """Whether it takes the page's whole width, and paper lies on its side for it."""
    wide = isinstance(block, b.StrategyMap | b.Journey)
    return wide or (isinstance(block, b.OrgChart) and block.wide)


def legend(block: b.Picture, writer: Writer) -> str:
    """One muted line below: what the shapes mean, or whom the picture does not hold."""
    if isinstance(block, b.OrgChart | b.StrategyMap) and block.legend:
        words = " ".join(writer.status(status) for status in block.legend)
        key = f" <span>{_escape(block.key)}</span>" if isinstance(block, b.StrategyMap) else ""
        return f' <p class="src only-w">{words}{key}</p>'
    if isinstance(block, b.InfluenceGrid | b.RiskMatrix) and block.unplaced:
        return f' <p class="src">{_escape(block.unplaced)}</p>'
    return ""


def _places(block: b.Picture) -> Iterator[tuple[str, b.Source | None]]:
    """What a drawing shows that no table beside it says again, with where it was written."""
    for column in block.columns if isinstance(block, b.StrategyMap) else ():
        yield column.name, column.source
        for person in (*column.people, *column.further_people):
            yield person.name, person.source


def coverage(block: b.Coverage, writer: Writer) -> str:
    """Who of us knows whom: bars today and wanted, the word, and the last contact."""
    person, wants, needs, stands, contact = block.heads
    heads = (person, wants, needs, stands, *block.ours, contact)
    head = " ".join(
        f'<th scope="col"{" class=r" if i == len(heads) - 1 else ""}>{_escape(h)}</th>'
        for i, h in enumerate(heads)
    )
    rows = " ".join(_coverage_row(row, writer) for row in block.rows)
    table = f'<table class="dt mid coverage"><thead><tr>{head}</tr></thead> <tbody>{rows}</tbody></table>'
    return writer.region(block.label, table) + writer.note(block.note)


def _coverage_row(row: b.CoverageRow, writer: Writer) -> str:
    title = f' <small class="note">{_escape(row.title)}</small>' if row.title else ""
    cells = [
        f'<th scope="row">{_escape(row.person)}{title}</th>',
        f"<td>{writer.cell(row.wants)}</td>",
        f"<td>{writer.cell(row.needs)}</td>",
        f"<td>{writer.status(row.status)}{writer.source(row.source)}</td>",
    ]
    cells += [f"<td>{_knows(knows)}</td>" for knows in row.knows]
    cells.append(f'<td class="r">{writer.cell(row.contact)}</td>')
    return f"<tr>{' '.join(cells)}</tr>"


def _knows(knows: b.Knows | None) -> str:
    if knows is None:
        return '<span class="mu">·</span>'
    bars = f'<svg class="bars" viewBox="0 0 66 9" aria-hidden="true">{relation_bars(0, 1, knows)}</svg>'
    words = " ".join(f"<span>{_escape(part)}</span>" for part in _parts(knows.word))
    return f'<span class="knows">{bars} <span>{words}</span></span>'


def _parts(word: str) -> tuple[str, ...]:
    """Today's relationship and the wanted one, each kept on one line."""
    today, arrow, wanted = word.partition(" → ")
    return (today, f"→ {wanted}") if arrow else (today,)


def _escape(words: str) -> str:
    from planwerk.render.html import escape

    return escape(words)
