"""A Document of blocks into a Word file: cover, contents, chapters, native charts."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import docx
from docx.oxml import parse_xml

from planwerk import blocks as b
from planwerk.render.assembly import Assembly, part
from planwerk.render.package import normalised
from planwerk.render.word_body import Body, field_around
from planwerk.render.word_cover import BODY, COVER, cover, head
from planwerk.render.word_furniture import (
    FOOTER_ID,
    HEADER_ID,
    LOGO_ID,
    SPACES,
    furnish,
)
from planwerk.render.word_notes import add_notes
from planwerk.render.word_page import page_of
from planwerk.render.word_styles import INDENT, numbering, settings, styles, twips
from planwerk.render.word_template import Page, Template, template_of
from planwerk.theme import Theme, load_theme

FEW, SHORT = 16, 2200
"""Rows and letters that a chapter has at most to follow the one before on its page."""
FOLLOWS = 680
"""Twentieths of a point above such a chapter."""
LAST = 9
"""A word of so many letters does not stand alone on the last line of a lead."""
LOW = 2.5
"""How far the words of a landscape page begin below its edge, at most."""
PORTRAIT, LANDSCAPE, LISTS = "<portrait/>", "<landscape/>", "<lists/>"
"""Where the ends of sections and the lists of captions go; no text can hold them."""
TAGS = re.compile(r"<[^>]*>")
PARAGRAPH = re.compile(r'(<w:p><w:pPr><w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)')
CONTENTS_FROM = 6
"""Documents of so many chapters get a table of contents."""


def render_document(document: b.Document, theme: Theme) -> bytes:
    """The document as a .docx, the same bytes for the same input."""
    template = template_of(str(theme.folder), document.language)
    made = Assembly(_parts(str(theme.folder), document.language), document.author, document.as_of)
    page = template.page
    body = Body(theme, document.language, document.labels, page.text)
    if template.styles:
        body.first, body.wider = template.styles.first, template.styles.wider
        body.indent = template.styles.indent
    references, on_cover = furnish(document, theme, template, made)
    if document.form == "page":
        words = page_of(document, body, page.across, page.wide - min(page.top, LOW) - page.bottom - 0.9)  # fmt: skip
    elif document.form == "sheet":
        words = head(document, body, page.text)
    else:
        words = cover(document, body, template, made) + _contents(document, body, template)
    for number, chapter in enumerate(document.chapters if document.form != "page" else (), start=1):
        # nothing but the next chapter comes after a table at its end: no line that could be on a page alone
        words = words.removesuffix(body.gap()) if document.form == "book" else words
        words += _chapter(document, chapter, number, body, page)
    words = words.replace(LISTS, body.listed("figure") + body.listed("table"))
    words = (
        body.referred(words)
        .replace(COVER, _section(page if template.cover.xml else page.ours, on_cover, title=True))
        .replace(PORTRAIT, _section(page, references))
        .replace(LANDSCAPE, _section(page, references, across=True))
    )
    across = bool(document.chapters) and document.chapters[-1].landscape
    _fill(made, theme, body, f"{words}{_section(page, references, across)}", template)
    title = document.labels.get("title") or document.title.replace("\n", " ")
    return made.file(title, document.language)


@lru_cache(maxsize=8)
def _parts(brand: str, language: str) -> Mapping[str, bytes]:
    """python-docx's document with our styles, or those of the brand's template; a header with
    the logo and a footer, both empty."""
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
    parts = normalised(out.getvalue())
    template = template_of(brand, language)
    if template.styles:
        parts["word/styles.xml"] = template.styles.xml
    if template.theme and b"r:embed" not in template.theme and b"r:link" not in template.theme:
        parts["word/theme/theme1.xml"] = template.theme
    return parts


# --- parts of the document -------------------------------------------------------------------


def _contents(document: b.Document, body: Body, template: Template) -> str:
    """A table of contents that is complete on opening: a field with its entries cached."""
    if len(document.chapters) < CONTENTS_FROM:
        return ""
    numbered = template.styles is None or template.styles.numbered
    entries = [
        body.paragraph(
            "TOC1",
            f'<w:hyperlink w:anchor="_Toc{i:06}" w:history="1">{body.run(f"{i}   {chapter.title}" if numbered else chapter.title)}</w:hyperlink>',
        )
        for i, chapter in enumerate(document.chapters, start=1)
    ]
    field = field_around('TOC \\o "1-1" \\n \\h \\z \\u', entries)
    return body.paragraph("TOCHeading", body.run(document.labels["contents"])) + field + LISTS


def _chapter(document: b.Document, chapter: b.Chapter, number: int, body: Body, page: Page) -> str:
    """A chapter; one that changes the page's direction closes the section before it."""
    before = document.chapters[number - 2] if number > 1 else None
    turned = (before is not None and before.landscape != chapter.landscape) or (
        before is None and chapter.landscape
    )
    words = ""
    if turned:
        mark = LANDSCAPE if before is not None and before.landscape else PORTRAIT
        words = f'<w:p><w:pPr><w:pStyle w:val="Spacer"/>{mark}</w:pPr></w:p>'
    body.width = page.across if chapter.landscape else page.text
    anchor = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:06}"/>{body.run(chapter.title)}<w:bookmarkEnd w:id="{number}"/>'
    said = (
        body.paragraph(
            "Lead", body.run(_lead(chapter.lead)), "<w:keepNext/>" if chapter.blocks else ""
        )
        if chapter.lead
        else ""
    )
    said += body.all(chapter.blocks)
    # a section break or the cover already starts a new page
    starts = turned or (number == 1 and len(document.chapters) < CONTENTS_FROM)
    if document.form == "sheet":
        words += body.paragraph("HeadChapter", anchor)
    else:
        start = '<w:pageBreakBefore w:val="0"/>' if starts else ""
        if not starts and number > 1 and not chapter.landscape and _short(said):
            start = f'<w:pageBreakBefore w:val="0"/><w:spacing w:before="{FOLLOWS}"/>'
            said = _whole(said, body.gap())
        words += body.paragraph("Heading1", anchor, start)
    return words + said


def _lead(words: str) -> str:
    """A lead whose last line is not one short word."""
    head, _, last = words.rpartition(" ")
    return f"{head}\u00a0{last}" if head and len(last) <= LAST else words


def _short(said: str) -> bool:
    """Whether a chapter may follow the one before: where no room is left, it moves on whole."""
    return (
        said.count("<w:tr>") <= FEW
        and "<w:drawing>" not in said
        and len(TAGS.sub("", said)) <= SHORT
    )


def _whole(said: str, gap: str) -> str:
    """A chapter all of which stands on one page: all but its last row or paragraph stay with the next."""
    last = max(said.removesuffix(gap).rfind(start) for start in ("<w:tr>", "<w:p><w:pPr>"))
    if said.removesuffix(gap).endswith("</w:tbl>"):
        last = said.rfind("<w:tr>")
    return PARAGRAPH.sub(r"\1<w:keepNext/>", said[:last]) + said[last:]


def _section(page: Page, references: str, across: bool = False, title: bool = False) -> str:
    wide, high = (page.high, page.wide) if across else (page.wide, page.high)
    turned = ' w:orient="landscape"' if across else ""
    top = min(page.top, LOW) if across else page.top
    margins = f'w:top="{twips(top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" w:left="{twips(page.left)}" w:header="{twips(page.header)}" w:footer="{twips(page.footer)}" w:gutter="0"'
    return f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{turned}/><w:pgMar {margins}/>{"<w:titlePg/>" if title else ""}</w:sectPr>'


def _fill(made: Assembly, theme: Theme, body: Body, words: str, template: Template) -> None:
    """Put the body, its links, charts, pictures and footnotes, and the numbering into the package."""
    for number, link in enumerate(body.links, start=1):
        identity = made.relate(BODY, "hyperlink", link, external=True)
        words = words.replace(
            f'<w:hyperlink r:id="link{number}"', f'<w:hyperlink r:id="{identity}"'
        )
    for number, chart in enumerate(body.charts, start=1):
        identity = made.chart(BODY, chart.xml, chart.workbook)
        words = words.replace(f'<c:chart r:id="chart{number}"', f'<c:chart r:id="{identity}"')
    for number, image in enumerate(body.images, start=1):
        identity = made.picture(BODY, image.data, image.kind)
        words = words.replace(f'<a:blip r:embed="image{number}"', f'<a:blip r:embed="{identity}"')
    add_notes(made, body, BODY)
    made.parts[BODY] = part(f"<w:document {SPACES}><w:body>{words}</w:body></w:document>")
    styles_ = template.styles
    lists = (
        {"indent": styles_.indent, "before": styles_.numbering, "first": styles_.first,
         "chapters": "heading1" not in styles_.found}
        if styles_
        else {"indent": INDENT}
    )  # fmt: skip
    made.parts["word/numbering.xml"] = part(numbering(theme, body.lists, body.starts, **lists))
