"""What no page of a Word document shows: a heading alone at its end, a lonely line, a row torn apart."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from planwerk.render.word_styles import W
from planwerk.theme import load_theme
from test_office import document, parts, render_document

TAG = f"{{{W}}}"
HEADINGS = ("Heading1", "Heading2", "Heading3", "HeadChapter", "HeadTitle", "Caption", "TableHead")


def faults(found: dict[str, bytes]) -> list[str]:
    """What of a document's parts would let a page end badly."""
    out = []
    for style in etree.fromstring(found["word/styles.xml"]).iter(f"{TAG}style"):
        name = style.get(f"{TAG}styleId")
        look = style.find(f"{TAG}pPr")
        if style.get(f"{TAG}type") != "paragraph" or name == "Normal":
            continue
        if look is None or look.find(f"{TAG}widowControl") is None:
            out.append(f"{name}: widows")
        if name in HEADINGS and (look is None or look.find(f"{TAG}keepNext") is None):
            out.append(f"{name}: alone at a page's end")
    for number, table in enumerate(etree.fromstring(found["word/document.xml"]).iter(f"{TAG}tbl")):
        rows = table.findall(f"{TAG}tr")
        heads = [bool(row.findall(f"{TAG}trPr/{TAG}tblHeader")) for row in rows]
        first = rows[0].find(f".//{TAG}pStyle")
        headed = first is not None and first.get(f"{TAG}val") == "TableHead"
        if headed and len(rows) > 1 and not heads[0]:
            out.append(f"table {number}: head not repeated")
        if any(heads[1:]):
            out.append(f"table {number}: a head within")
        for row in rows:
            look = row.find(f"{TAG}trPr")
            exact = (
                look is not None and look.find(f"{TAG}trHeight[@{TAG}hRule='exact']") is not None
            )
            if (
                len(rows) > 1
                and not exact
                and (look is None or look.find(f"{TAG}cantSplit") is None)
            ):
                out.append(f"table {number}: a row may be torn apart")
    return out


def test_no_page_of_an_example_ends_badly(built_examples: Path) -> None:
    found = sorted(built_examples.rglob("*.docx"))
    assert len(found) > 20
    assert {path.name: wrong for path in found if (wrong := faults(parts(path.read_bytes())))} == {}


def test_nor_does_one_of_the_gallery_and_a_planted_fault_is_found() -> None:
    made = parts(render_document(document(), load_theme()))
    assert faults(made) == []
    for name, part, planted in (
        ("word/styles.xml", b"<w:widowControl/>", b""), ("word/styles.xml", b"<w:keepNext/>", b""),
        ("word/document.xml", b"<w:tblHeader/>", b""), ("word/document.xml", b"<w:cantSplit/>", b""),
    ):  # fmt: skip
        assert part in made[name]
        assert faults({**made, name: made[name].replace(part, planted)}), part
    assert re.search(rb"<w:widowControl/>", made["word/styles.xml"])
