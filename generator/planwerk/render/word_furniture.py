"""What stands around every page: header with the mark, footer with day and page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.assembly import Assembly, part
from planwerk.render.measure import cut
from planwerk.render.word_body import EMU, Body
from planwerk.render.word_styles import W, twips
from planwerk.render.word_tables import CM, PADDING
from planwerk.render.word_template import Piece, Template
from planwerk.theme import Theme

SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14"'
)

HEADER, FOOTER = "word/header1.xml", "word/footer1.xml"
HEADER_ID, FOOTER_ID, LOGO_ID = "rId9", "rId10", "rId1"
"""Relations of our template: from the body to header and footer, from the header to the logo."""
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"
IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
COUNTING = re.compile(
    r"<w:r(?: [^>]*)?>(<w:rPr>(?:(?!</w:r>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*\{pages?\}[^<]*)</w:t></w:r>", re.S
)  # fmt: skip
"""A run with a slot that Word counts."""


def furnish(document: b.Document, theme: Theme, template: Template, made: Assembly) -> tuple[str, str]:  # fmt: skip
    """Header and footer into the package; what a section says of them, and what the cover's says."""
    body = Body(theme, document.language, document.labels)
    wide = template.page.text
    header = _of_template(template.header, document, body, made, HEADER) if template.header.xml else _ours(document, body, wide)  # fmt: skip
    if template.header.xml and document.mark and "mark" not in template.header.slots:
        header += _marked(document, body, wide)
    footer = _of_template(template.footer, document, body, made, FOOTER)
    footer += _footer(document, body, wide, template.footer)
    made.parts[HEADER] = part(f"<w:hdr {SPACES}>{header}{body.spacer()}</w:hdr>")
    made.parts[FOOTER] = part(f"<w:ftr {SPACES}>{footer}{body.spacer()}</w:ftr>")
    references = f'<w:headerReference w:type="default" r:id="{HEADER_ID}"/><w:footerReference w:type="default" r:id="{FOOTER_ID}"/>'
    first = ""
    for kind, piece in (("header", template.first_header), ("footer", template.first_footer)):
        if piece.xml:
            first += _first(kind, piece, document, body, made)
    return references, first + references


def _first(kind: str, piece: Piece, document: b.Document, body: Body, made: Assembly) -> str:
    """A part for the cover's page alone."""
    name, root = f"word/{kind}2.xml", {"header": "hdr", "footer": "ftr"}[kind]
    words = _of_template(piece, document, body, made, name)
    made.add(name, part(f"<w:{root} {SPACES}>{words}{body.spacer()}</w:{root}>"), KIND % kind)
    identity = made.relate("word/document.xml", kind, name)
    return f'<w:{kind}Reference w:type="first" r:id="{identity}"/>'


# --- a template's own ------------------------------------------------------------------------


def _of_template(piece: Piece, document: b.Document, body: Body, made: Assembly, source: str) -> str:  # fmt: skip
    return filled(piece.xml, piece.pictures, document, body, made, source)


def filled(
    words: str, pictures: Mapping[str, tuple[str, bytes]] | None, document: b.Document, body: Body,
    made: Assembly, source: str,
) -> str:  # fmt: skip
    """XML of a template with the document's words in its slots, its pictures in the package."""
    kind, _, client = document.title.partition("\n")
    said = {
        "title": kind, "client": client, "subtitle": document.subtitle, "house": document.author,
        "document": document.header, "footer": document.footer,
        "mark": document.mark.banner if document.mark else "",
    }  # fmt: skip
    for identity, (ending, raw) in (pictures or {}).items():
        number = 1 + sum(name.startswith("word/media/") for name in made.parts)
        same = next((n for n, c in made.parts.items() if c == raw and n.startswith("word/media/")), "")  # fmt: skip
        name = same or made.add(f"word/media/image{number}{ending}", raw, IMAGES[ending])
        relation = made.relate(source, "image", name)
        words = words.replace(f'r:embed="{identity}"', f'r:embed="@{relation}"')
    words = COUNTING.sub(lambda run: _counted(run, body), words.replace('r:embed="@', 'r:embed="'))
    for slot, value in said.items():
        words = words.replace(f"{{{slot}}}", escape(value))
    return words


def _counted(run: re.Match[str], body: Body) -> str:
    look = run[1] or ""
    out = ""
    for piece in re.split(r"(\{pages?\})", run[2]):
        if piece in ("{page}", "{pages}"):
            field = body.field("PAGE" if piece == "{page}" else "NUMPAGES", "1")
            out += field.replace("<w:r>", f"<w:r>{look}")
        elif piece:
            out += f'<w:r>{look}<w:t xml:space="preserve">{piece}</w:t></w:r>'
    return out


# --- ours ------------------------------------------------------------------------------------


def _marked(document: b.Document, body: Body, wide: float) -> str:
    """What the document is marked as, at the right, below a header of the template's."""
    assert document.mark is not None
    cells = body.cell(body.paragraph("Header", ""), wide - 4.7) + _tag(document.mark, body)
    return _wide_table(body, [wide - 4.7, 4.7], cells)


def _tag(mark: b.Mark, body: Body) -> str:
    words = body.run(mark.banner, bold=True, color="FFFFFF")
    line = (body.theme.color("line"), 4)
    return body.cell(
        body.paragraph("Header", words, '<w:jc w:val="center"/>'),
        4.7, bottom=line, fill=ground(mark, body.theme), anchor="center",
    )  # fmt: skip


def _ours(document: b.Document, body: Body, wide: float) -> str:
    """Logo, document and client; at the right what the document is marked as."""
    line = (body.theme.color("line"), 4)
    right = 4.7 if document.mark else 0.2
    logo = _logo(document.author)
    words = cut(document.header, 8.5 * body.wider, (wide - right - PADDING - 1) * CM, 1)
    left = body.cell(
        body.paragraph("Header", f"<w:r>{logo}</w:r>" + body.run("   " + words)),
        wide - right,
        bottom=line,
        anchor="center",
    )
    empty = body.cell(body.paragraph("Header", ""), right, bottom=line, anchor="center")
    cells = left + (_tag(document.mark, body) if document.mark else empty)
    return _wide_table(body, [wide - right, right], cells)


def _footer(document: b.Document, body: Body, wide: float, theirs: Piece) -> str:
    """House, day and page; of them what the template's footer does not say itself."""
    words = "" if "footer" in theirs.slots else document.footer
    counted = re.search(r"[ >\"]PAGE[ <\"]", theirs.xml) or "page" in theirs.slots
    if not words and counted:
        return ""
    before, _, rest = document.labels["page_of"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    count = (
        body.run(before)
        + body.field("PAGE", "2")
        + body.run(between)
        + body.field("NUMPAGES", str(len(document.chapters) + 1))
        + body.run(after)
    )
    cells = body.cell(body.paragraph("Footer", body.run(words)), wide - 4.0) + body.cell(
        body.paragraph("Footer", "" if counted else count, '<w:jc w:val="right"/>'), 4.0
    )
    return _wide_table(body, [wide - 4.0, 4.0], cells)


def ground(mark: b.Mark, theme: Theme) -> str:
    """The colour behind a mark: ink for what is ours alone, the warning's for a draft."""
    return theme.color("ink" if mark.internal else "warn")


def _wide_table(body: Body, widths: list[float], cells: str) -> str:
    """A table as wide as its page, portrait or landscape."""
    table = body.wrap(widths, [f"<w:tr>{cells}</w:tr>"], " ")
    total = sum(twips(w) for w in widths)
    return table.replace(
        f'<w:tblW w:w="{total}" w:type="dxa"/>', '<w:tblW w:w="5000" w:type="pct"/>', 1
    ).replace('<w:tblCaption w:val=" "/>', "", 1)


def _logo(name: str) -> str:
    size = round(0.42 * EMU)
    about = escape(name, {'"': "&quot;"})
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size}" cy="{size}"/><wp:docPr id="50" name="Logo" descr="{about}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="51" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{LOGO_ID}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
