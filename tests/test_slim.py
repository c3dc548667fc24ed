"""The document that is made here has no leftovers: no part, style, list or relation without use."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import office_structure
import test_office
from planwerk import blocks as b
from planwerk.render.package import pack
from planwerk.render.word import render_document
from planwerk.theme import load_theme

PARTS = {
    "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml",
    "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml",
    "word/numbering.xml", "word/fontTable.xml", "word/theme/theme1.xml", "word/header1.xml",
    "word/_rels/header1.xml.rels", "word/footer1.xml", "word/media/image1.png",
}  # fmt: skip
"""What a document without charts and footnotes consists of: all of it is asked for by Word."""
STANDING = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Hyperlink"}
"""Styles that Word expects in every document, and the one it gives the links somebody adds."""
STYLED = re.compile(r'<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="([^"]+)"')


def whole() -> list[bytes]:
    """Documents that together hold every block, in each form."""
    return [test_office.word(), test_office.word(False, "en"), *_others()]


def _others() -> list[bytes]:
    document = test_office.document()
    first = replace(document.chapters[0], lead="Ein Vorspann.", landscape=True)
    cards = tuple(block for block in document.chapters[1].blocks if isinstance(block, b.Cards))[:1]
    page = replace(document, form="page", chapters=(replace(first, blocks=cards),))
    facts = (("Kunde", "", ""), ("Tag", "23.11.2026", "Montag"))
    sheet = replace(document, form="sheet", facts=facts)
    many = replace(document, chapters=document.chapters[:1] * 7)
    return [render_document(one, load_theme()) for one in (page, sheet, many)]


def unused_styles(blobs: list[bytes]) -> set[str]:
    """Styles that none of the documents uses, nor a style that is used."""
    known: dict[str, str] = {}
    used: set[str] = set()
    for blob in blobs:
        found = office_structure.parts(blob)
        styles = found.pop("word/styles.xml").decode()
        for one in re.findall(r"<w:style .*?</w:style>", styles, re.S):
            name = re.search(r'w:styleId="([^"]+)"', one)
            assert name is not None
            known[name[1]] = one
        for name_, raw in found.items():
            if name_.startswith("word/") and name_.endswith(".xml"):
                used |= set(STYLED.findall(raw.decode()))
    waiting = [*used]
    while waiting:
        for other in STYLED.findall(known.get(waiting.pop(), "")):
            if other not in used:
                used.add(other)
                waiting.append(other)
    return set(known) - used - STANDING


def unused_parts(blob: bytes) -> set[str]:
    """Parts that no relation leads to."""
    found = office_structure.parts(blob)
    asked = {"[Content_Types].xml"}
    for name, raw in found.items():
        if name.endswith(".rels"):
            asked.add(name)
            folder = re.sub(r"_rels/[^/]*$", "", name).rstrip("/")
            for goal in re.findall(r'Target="([^"]+)"', raw.decode()):
                asked.add(office_structure.resolve(folder, goal))
    return set(found) - asked


def test_a_plain_document_has_these_parts_and_no_others() -> None:
    plain = test_office.document()
    chapter = b.Chapter("Kapitel", "", (b.Paragraph(b.text("Worte")),))
    blob = render_document(replace(plain, chapters=(chapter,)), load_theme())
    assert set(office_structure.parts(blob)) == PARTS


@pytest.mark.parametrize("number", range(5))
def test_every_part_is_asked_for(number: int) -> None:
    blob = whole()[number]
    assert unused_parts(blob) == set()
    more = pack({**office_structure.parts(blob), "word/media/image7.png": b"left over"})
    assert unused_parts(more) == {"word/media/image7.png"}


def test_every_style_is_used_somewhere() -> None:
    assert unused_styles(whole()) == set()


def test_a_style_left_over_is_found() -> None:
    found = office_structure.parts(test_office.word())
    more = (
        b'<w:style w:type="paragraph" w:styleId="LeftOver"><w:name w:val="x"/></w:style></w:styles>'
    )
    found["word/styles.xml"] = found["word/styles.xml"].replace(b"</w:styles>", more)
    assert "LeftOver" in unused_styles([pack(found)])


def test_nothing_says_where_it_was_made() -> None:
    for name, raw in office_structure.parts(test_office.word()).items():
        assert not re.search(rb"/home/|/Users/|C:\\\\|python-docx|Steve|Macintosh", raw), name
