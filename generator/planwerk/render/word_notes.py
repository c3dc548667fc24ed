"""Footnotes of a Word document: a part of its own, with what parts them from the text."""

from __future__ import annotations

from collections.abc import Iterable

from planwerk import blocks as b
from planwerk.render.assembly import Assembly, part
from planwerk.render.word_body import Body
from planwerk.render.word_furniture import KIND, SPACES

NAME = "word/footnotes.xml"
SETTINGS = "word/settings.xml"
APART = (("separator", -1), ("continuationSeparator", 0))
"""The lines between text and footnotes, and the numbers that Word knows them by."""


def add_notes(made: Assembly, of: Body, source: str) -> None:
    """The footnotes that `of` refers to, into the package of the part `source`; none: nothing."""
    if not of.notes:
        return
    body = Body(of.theme, of.language, of.labels, of.width)
    words = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" '
        f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in APART
    )
    for number, note in enumerate(of.notes, start=1):
        words += f'<w:footnote w:id="{number}">{_said(note, body)}</w:footnote>'
    for number, link in enumerate(body.links, start=1):
        identity = made.relate(NAME, "hyperlink", link, external=True)
        words = words.replace(
            f'<w:hyperlink r:id="link{number}"', f'<w:hyperlink r:id="{identity}"'
        )
    made.add(NAME, part(f"<w:footnotes {SPACES}>{words}</w:footnotes>"), KIND % "footnotes")
    made.relate(source, "footnotes", NAME)
    listed = "".join(f'<w:footnote w:id="{number}"/>' for _, number in APART)
    before = made.parts[SETTINGS]
    made.parts[SETTINGS] = before.replace(
        b"<w:compat>", f"<w:footnotePr>{listed}</w:footnotePr><w:compat>".encode(), 1
    )


def _said(note: b.Note, body: Body) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    lines = list(lines_of(note.blocks)) or [()]
    first = body.paragraph("FootnoteText", f"{mark}{body.run(' ')}{body.runs(lines[0])}")
    return first + "".join(body.paragraph("FootnoteText", body.runs(line)) for line in lines[1:])


def lines_of(blocks: Iterable[b.Block], sign: str = "") -> Iterable[b.Text]:
    """What blocks say, line by line, as a footnote has room for."""
    for block in blocks:
        match block:
            case b.Paragraph() | b.Heading():
                yield (*b.text(sign), *block.text)
                sign = ""
            case b.Bullets():
                for number, item in enumerate(block.items, start=block.start):
                    yield from lines_of(item, f"{number}. " if block.ordered else "• ")
            case b.Quotation():
                yield from lines_of(block.blocks, sign)
            case b.Code():
                yield (*b.text(sign), b.Run(block.text, code=True))
            case b.Image():
                yield (*b.text(sign), *b.text(block.words))
            case b.Table():
                yield b.text(" · ".join(column.title for column in block.columns))
                for row in block.rows:
                    yield b.text(" · ".join(b.plain(cell.text) for cell in row.cells))
            case _:
                continue
