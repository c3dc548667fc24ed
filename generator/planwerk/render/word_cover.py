"""How a document begins: the cover of a book, ours or the template's; the head of a short one."""

from __future__ import annotations

import re

from planwerk import blocks as b
from planwerk.render.assembly import Assembly
from planwerk.render.measure import cut, lines
from planwerk.render.word_body import EMU, Body
from planwerk.render.word_furniture import filled, ground
from planwerk.render.word_styles import twips
from planwerk.render.word_tables import CM, PADDING
from planwerk.render.word_template import Page, Template
from planwerk.theme import mix

BODY = "word/document.xml"
BARS = (
    (0, 14.0, 4.2, 0.14),
    (2.2, 14.95, 6.3, 0.22),
    (5.4, 15.9, 2.6, 1.0),
    (6.8, 16.85, 5.7, 0.14),
    (10.2, 17.8, 4.2, 0.2),
    (12.6, 18.75, 8.4, 0.14),
)
"""The signature on the cover, plan bars: x, y, width in cm, share of white (1.0: the accent)."""

SIZES, HIGH = (38, 30, 24, 18, 13), 835
"""The title's size in points, and smaller ones for long titles; a line's height at the first."""
ROOM = 3500 + 2 * HIGH
"""From the upper margin to above the plan bars, in twentieths of a point."""
FACTS = re.compile(r"<w:p[ >](?:(?!</w:p>).)*\{facts\}.*?</w:p>", re.S)
DRAWN = re.compile(r'(<wp:docPr [^>]*?id=")\d+')
COVER = "<cover/>"
"""Where the end of the cover's section goes; no text can hold it."""
END = '<w:p><w:pPr><w:pStyle w:val="Spacer"/>' + COVER + "</w:pPr></w:p>"
DOWN = '<w:p><w:pPr><w:pStyle w:val="Spacer"/><w:spacing w:before="%d" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


def cover(document: b.Document, body: Body, template: Template, made: Assembly) -> str:
    """The cover with the section's end: the template's, else ours."""
    if not template.cover.xml:
        return _ours(document, body, template.page.ours)
    numbers = iter(range(800, 900))
    words = DRAWN.sub(lambda found: f"{found[1]}{next(numbers)}", template.cover.xml)
    words = filled(words, template.cover.pictures, document, body, made, BODY)
    facts = _facts(document, body, template.page.text)
    words = FACTS.sub(lambda _: facts + body.spacer(), words)
    bar = "" if "mark" in template.cover.slots else _bar(document, body, template.page.text)
    return words + bar + END


def _ours(document: b.Document, body: Body, page: Page) -> str:
    """The primary block with plan bars, the title on it, facts below, the internal bar."""
    theme = body.theme
    primary = theme.color("primary")
    share_of_a4, wide = page.wide / 21.0, page.text
    shapes = _shape(0, 0, page.wide, 20.4, primary, 900)
    for i, (x, y, long, share) in enumerate(BARS):
        color = theme.color("accent") if share == 1.0 else mix("FFFFFF", share, primary)
        shapes += _shape(x * share_of_a4, y, long * share_of_a4, 0.62, color, 901 + i)
    size, rows, each = _title(document.title, wide, body.wider)
    # the last line of a title never reaches the plan bars
    above = max(0, ROOM - max(2, rows) * each)
    title = body.paragraph(
        "Title",
        f"<w:r>{shapes}</w:r>" + body.run(document.title, size=0 if size == SIZES[0] else size),
        f'<w:spacing w:before="{above}" w:after="120"/><w:ind w:left="0"/>',
    )
    subtitle = body.paragraph("Subtitle", body.run(document.subtitle))
    gap = DOWN % (twips(20.4) - twips(2.9) - above - rows * each + 250)
    return (
        title
        + subtitle
        + gap
        + _facts(document, body, wide)
        + _bar(document, body, wide, page.high)
        + END
    )


def _title(title: str, wide: float, wider: float) -> tuple[float, int, int]:
    """The size of the title, its lines, and how high each is in twentieths of a point."""
    for size in SIZES:
        rows = sum(lines(p, size * wider, wide * CM, bold=True) for p in title.split("\n"))
        each = round(HIGH * size / SIZES[0])
        if rows * each <= ROOM:
            break
    return size, rows, each


def _facts(document: b.Document, body: Body, wide: float) -> str:
    """Up to three facts in columns."""
    facts = document.facts[:3]
    if not facts:
        return ""
    each = wide / 3
    room = (each - PADDING) * CM
    cells = "".join(
        body.cell(
            body.paragraph("CoverLabel", body.run(label))
            + body.paragraph("CoverFact", body.run(cut(value, 13 * body.wider, room, 4, True)))
            + body.paragraph("CoverNote", body.run(cut(note, 9.5 * body.wider, room, 4))),
            each,
        )
        for label, value, note in facts
    )
    row = f"<w:tr>{cells}</w:tr>"
    return body.wrap([each] * len(facts), [row], document.title.split("\n")[0])


def _bar(document: b.Document, body: Body, wide: float, high: float = 29.7) -> str:
    """What the document is marked as, across the page."""
    if not (mark := document.mark):
        return ""
    named = " · ".join(words for _, words in mark.tags)
    words = body.run(named, bold=True, color="FFFFFF") + body.run("   " + mark.note, color="FFFFFF")
    cell = body.cell(
        body.paragraph("TableText", words, '<w:spacing w:before="80" w:after="80"/>'),
        wide,
        fill=ground(mark, body.theme),
        inset=0.25,
    )
    return DOWN % max(200, 900 - twips(29.7 - high)) + body.wrap(
        [wide], [f"<w:tr>{cell}</w:tr>"], named
    )


def head(document: b.Document, body: Body, whole: float) -> str:
    """The title of a short document with its facts in columns below it."""
    words = body.paragraph("HeadTitle", body.run(document.title.replace("\n", ": ")))
    words += body.paragraph("HeadSubtitle", body.run(document.subtitle)) if document.subtitle else ""  # fmt: skip
    if not document.facts:
        return words
    wide = whole / len(document.facts)
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
