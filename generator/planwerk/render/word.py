"""A Document of blocks into a Word file: cover, contents, chapters, native charts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml

from planwerk import blocks as b
from planwerk.render.assembly import Assembly, part
from planwerk.render.measure import lines
from planwerk.render.package import normalised
from planwerk.render.word_body import CM, EMU, Body
from planwerk.render.word_page import page_of
from planwerk.render.word_styles import W, numbering, settings, styles, twips
from planwerk.theme import Theme, load_theme, mix

SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
BODY, HEADER, FOOTER = "word/document.xml", "word/header1.xml", "word/footer1.xml"
PORTRAIT, LANDSCAPE = (21.0, 29.7), (29.7, 21.0)
MARGIN = 2.2
PAGE_ROOM = 21.0 - 2.5 - 2.1 - 0.9
"""Height for the words of a landscape page: without margins, and a little to spare."""
CONTENTS_FROM = 6
"""Documents of so many chapters get a table of contents."""
HEADER_ID, FOOTER_ID, LOGO_ID = "rId9", "rId10", "rId1"
"""Relations of the template: from the body to header and footer, from the header to the logo."""
REFERENCES = f'<w:headerReference w:type="default" r:id="{HEADER_ID}"/><w:footerReference w:type="default" r:id="{FOOTER_ID}"/>'
BARS = (
    (0, 14.0, 4.2, 0.14),
    (2.2, 14.95, 6.3, 0.22),
    (5.4, 15.9, 2.6, 1.0),
    (6.8, 16.85, 5.7, 0.14),
    (10.2, 17.8, 4.2, 0.2),
    (12.6, 18.75, 8.4, 0.14),
)
"""The signature on the cover, plan bars: x, y, width in cm, share of white (1.0: the accent)."""


def render_document(document: b.Document, theme: Theme) -> bytes:
    """The document as a .docx, the same bytes for the same input."""
    body = Body(theme, document.language, document.labels)
    if document.form == "page":
        words = page_of(document, body, LANDSCAPE[0] - 2 * MARGIN, PAGE_ROOM)
    elif document.form == "sheet":
        words = _head(document, body)
    else:
        words = _cover(document, body) + _contents(document, body)
    for number, chapter in enumerate(document.chapters if document.form != "page" else (), start=1):
        words += _chapter(document, chapter, number, body)
    template = _template(str(theme.folder), document.language)
    made = Assembly(template, document.author, document.as_of)
    _furniture(document, theme, made)
    first = _section(PORTRAIT, title=True)
    words = (
        words.replace("@@COVER@@", first)
        .replace("@@PORTRAIT@@", _section(PORTRAIT))
        .replace("@@LANDSCAPE@@", _section(LANDSCAPE))
    )
    last = LANDSCAPE if document.chapters and document.chapters[-1].landscape else PORTRAIT
    _fill(made, theme, body, f"{words}{_section(last)}")
    title = document.labels.get("title") or document.title.replace("\n", " ")
    return made.file(title, document.language)


@lru_cache(maxsize=8)
def _template(brand: str, language: str) -> Mapping[str, bytes]:
    """python-docx's document with our styles; a header with the logo and a footer, both empty."""
    theme = load_theme(brand)
    package: Any = docx.Document()
    header, header_id = package.part.add_header_part()
    _, footer_id = package.part.add_footer_part()
    picture, _ = header.get_or_add_image(str(theme.file(theme.office_logo)))
    assert (header_id, footer_id, picture) == (HEADER_ID, FOOTER_ID, LOGO_ID)
    package.part._styles_part._element = parse_xml(styles(theme, language))
    package.part._settings_part._element = parse_xml(settings(language))
    out = io.BytesIO()
    package.save(out)
    return normalised(out.getvalue())


# --- parts of the document -------------------------------------------------------------------


def _cover(document: b.Document, body: Body) -> str:
    """The primary block with plan bars, the title on it, facts below, the internal bar."""
    theme = body.theme
    primary = theme.color("primary")
    shapes = _shape(0, 0, 21.0, 20.4, primary, 900)
    for i, (x, y, wide, share) in enumerate(BARS):
        color = theme.color("accent") if share == 1.0 else mix("FFFFFF", share, primary)
        shapes += _shape(x, y, wide, 0.62, color, 901 + i)
    rows = sum(lines(part, 38, 16.6 * CM, bold=True) for part in document.title.split("\n"))
    above = 3500 - max(0, rows - 2) * 835  # the last line of a title never reaches the plan bars
    title = body.paragraph(
        "Title",
        f"<w:r>{shapes}</w:r>" + body.run(document.title),
        f'<w:spacing w:before="{above}" w:after="120"/><w:ind w:left="0"/>',
    )
    subtitle = body.paragraph("Subtitle", body.run(document.subtitle))
    facts = document.facts[:3]
    wide = 16.6 / 3
    cells = "".join(
        body.cell(
            body.paragraph("CoverLabel", body.run(label))
            + body.paragraph("CoverFact", body.run(value))
            + body.paragraph("CoverNote", body.run(note)),
            wide,
        )
        for label, value, note in facts
    )
    table = (
        body.wrap([wide] * len(facts), [f"<w:tr>{cells}</w:tr>"], document.title.split("\n")[0])
        if facts
        else ""
    )
    down = '<w:p><w:pPr><w:pStyle w:val="Spacer"/><w:spacing w:before="%d" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    gap = down % (twips(20.4) - twips(2.9) - above - rows * 835 + 250)
    bar = ""
    if mark := document.mark:
        named = " · ".join(words for _, words in mark.tags)
        words = body.run(named, bold=True, color="FFFFFF") + body.run(
            "   " + mark.note, color="FFFFFF"
        )
        cell = body.cell(
            body.paragraph("TableText", words, '<w:spacing w:before="80" w:after="80"/>'),
            16.6,
            fill=_ground(mark, theme),
            inset=0.25,
        )
        bar = down % 900 + body.wrap([16.6], [f"<w:tr>{cell}</w:tr>"], named)
    end = '<w:p><w:pPr><w:pStyle w:val="Spacer"/>@@COVER@@</w:pPr></w:p>'
    return title + subtitle + gap + table + bar + end


def _head(document: b.Document, body: Body) -> str:
    """The title of a short document with its facts in columns below it."""
    words = body.paragraph("HeadTitle", body.run(document.title.replace("\n", ": ")))
    words += body.paragraph("HeadSubtitle", body.run(document.subtitle)) if document.subtitle else ""  # fmt: skip
    if not document.facts:
        return words
    wide = 16.6 / len(document.facts)
    cells = "".join(
        body.cell(
            body.paragraph("CoverLabel", body.run(label))
            + (body.paragraph("HeadFact", body.run(value)) if value else body.blank())
            + (body.paragraph("CoverNote", body.run(note)) if note else ""),
            wide,
        )
        for label, value, note in document.facts
    )
    columns = [wide] * len(document.facts)
    return words + body.wrap(columns, [f"<w:tr>{cells}</w:tr>"], document.title.split("\n")[0])


def _shape(x: float, y: float, wide: float, high: float, color: str, identity: int) -> str:
    """A decorative rectangle anchored to the page, behind the text."""
    size = f'cx="{round(wide * EMU)}" cy="{round(high * EMU)}"'
    decorative = '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{identity}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>{round(x * EMU)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{round(y * EMU)}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{identity}" name="Cover {identity}" descr="">{decorative}</wp:docPr><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
    )


def _contents(document: b.Document, body: Body) -> str:
    """A table of contents that is complete on opening: a field with its entries cached."""
    if len(document.chapters) < CONTENTS_FROM:
        return ""
    entries = [
        body.paragraph(
            "TOC1",
            f'<w:hyperlink w:anchor="_Toc{i:06}" w:history="1">{body.run(f"{i}   {chapter.title}")}</w:hyperlink>',
        )
        for i, chapter in enumerate(document.chapters, start=1)
    ]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entries[0] = entries[0].replace("</w:pPr>", "</w:pPr>" + begin, 1)
    entries[-1] = entries[-1].replace("</w:p>", end + "</w:p>")
    return body.paragraph("TOCHeading", body.run(document.labels["contents"])) + "".join(entries)


def _chapter(document: b.Document, chapter: b.Chapter, number: int, body: Body) -> str:
    """A chapter; one that changes the page's direction closes the section before it."""
    before = document.chapters[number - 2] if number > 1 else None
    turned = (before is not None and before.landscape != chapter.landscape) or (
        before is None and chapter.landscape
    )
    words = ""
    if turned:
        mark = "@@LANDSCAPE@@" if before is not None and before.landscape else "@@PORTRAIT@@"
        words = f'<w:p><w:pPr><w:pStyle w:val="Spacer"/>{mark}</w:pPr></w:p>'
    body.width = (LANDSCAPE if chapter.landscape else PORTRAIT)[0] - 2 * MARGIN
    anchor = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:06}"/>{body.run(chapter.title)}<w:bookmarkEnd w:id="{number}"/>'
    # a section break or the cover already starts a new page
    starts = turned or (number == 1 and len(document.chapters) < CONTENTS_FROM)
    if document.form == "sheet":
        words += body.paragraph("HeadChapter", anchor)
    else:
        start = '<w:pageBreakBefore w:val="0"/>' if starts else ""
        words += body.paragraph("Heading1", anchor, start)
    words += body.paragraph("Lead", body.run(chapter.lead)) if chapter.lead else ""
    return words + body.all(chapter.blocks)


def _section(size: tuple[float, float], title: bool = False) -> str:
    wide, high = (twips(side) for side in size)
    turned = ' w:orient="landscape"' if wide > high else ""
    top = 2.9 if wide < high else 2.5
    margins = f'w:top="{twips(top)}" w:right="{twips(MARGIN)}" w:bottom="{twips(2.1)}" w:left="{twips(MARGIN)}" w:header="{twips(1.1)}" w:footer="{twips(0.9)}" w:gutter="0"'
    return f'<w:sectPr>{REFERENCES}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar {margins}/>{"<w:titlePg/>" if title else ""}</w:sectPr>'


# --- header, footer, package -----------------------------------------------------------------


def _furniture(document: b.Document, theme: Theme, made: Assembly) -> None:
    """Header and footer for all sections."""
    body = Body(theme, document.language, document.labels)
    line = theme.color("line")
    mark = document.mark
    right = 4.7 if mark else 0.2
    logo = _logo(document.author)
    left = body.cell(
        body.paragraph("Header", f"<w:r>{logo}</w:r>" + body.run("   " + document.header)),
        16.6 - right,
        bottom=(line, 4),
        anchor="center",
    )
    tag = (
        body.paragraph(
            "Header",
            body.run(mark.banner, bold=True, color="FFFFFF"),
            '<w:jc w:val="center"/>',
        )
        if mark
        else body.paragraph("Header", "")
    )
    cells = left + body.cell(
        tag,
        right,
        bottom=(line, 4),
        fill=_ground(mark, theme) if mark else "",
        anchor="center",
    )
    table = _wide_table(body, [16.6 - right, right], cells)
    made.parts[HEADER] = part(f"<w:hdr {SPACES}>{table}{body.spacer()}</w:hdr>")
    pages = document.labels["page_of"]
    before, _, rest = pages.partition("{page}")
    between, _, after = rest.partition("{pages}")
    count = (
        body.run(before)
        + body.field("PAGE", "2")
        + body.run(between)
        + body.field("NUMPAGES", str(len(document.chapters) + 1))
        + body.run(after)
    )
    cells = body.cell(body.paragraph("Footer", body.run(document.footer)), 12.6) + body.cell(
        body.paragraph("Footer", count, '<w:jc w:val="right"/>'), 4.0
    )
    table = _wide_table(body, [12.6, 4.0], cells)
    made.parts[FOOTER] = part(f"<w:ftr {SPACES}>{table}{body.spacer()}</w:ftr>")


def _ground(mark: b.Mark, theme: Theme) -> str:
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


def _fill(made: Assembly, theme: Theme, body: Body, words: str) -> None:
    """Put the body, its links and charts, and the numbering into the package."""
    for number, link in enumerate(body.links, start=1):
        identity = made.relate(BODY, "hyperlink", link, external=True)
        words = words.replace(f'r:id="link{number}"', f'r:id="{identity}"')
    for number, chart in enumerate(body.charts, start=1):
        identity = made.chart(BODY, chart.xml, chart.workbook)
        words = words.replace(f'r:id="chart{number}"', f'r:id="{identity}"')
    made.parts[BODY] = part(f"<w:document {SPACES}><w:body>{words}</w:body></w:document>")
    made.parts["word/numbering.xml"] = part(numbering(theme, body.lists, body.starts).decode())
