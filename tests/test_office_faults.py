"""Damaged Office files: each damage is found by our own checks; nothing is found in what we make."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import office_package
import office_structure
import test_office
from planwerk.render.package import pack

Parts = dict[str, bytes]
TYPES, DECK, SLIDE = "[Content_Types].xml", "ppt/presentation.xml", "ppt/slides/slide1.xml"


def faults(blob: bytes) -> list[str]:
    return [*office_package.faults(blob), *office_structure.faults(blob)]


def change(name: str, old: str, new: str) -> Callable[[Parts], Parts]:
    """The same with other words in a part: the first that this pattern finds."""

    def changed(parts: Parts) -> Parts:
        words, count = re.subn(old, new, parts[name].decode(), count=1, flags=re.S)
        assert count, (name, old)
        return {**parts, name: words.encode()}

    return changed


def first(parts: Parts, pattern: str) -> str:
    return min(name for name in parts if re.fullmatch(pattern, name))


def in_chart(old: str, new: str) -> Callable[[Parts], Parts]:
    return lambda parts: change(first(parts, r"(word|ppt)/charts/chart\d+\.xml"), old, new)(parts)


def in_book(name: str, old: str, new: str) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        book = first(parts, r"(word|ppt)/embeddings/.*\.xlsx")
        return {**parts, book: pack(change(name, old, new)(test_office.parts(parts[book])))}

    return changed


def without(pattern: str) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        gone = first(parts, pattern)
        return {name: raw for name, raw in parts.items() if name != gone}

    return changed


def orphan(parts: Parts) -> Parts:
    """What "deleting" a slide with a library leaves: the slide is in no list, and in the file."""
    return change(DECK, r"<p:sldId [^>]*/>", "")(parts)


def twice(parts: Parts) -> bytes:
    blob = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(blob, "w") as package:
        warnings.simplefilter("ignore")
        for name, raw in (*parts.items(), (SLIDE, parts[SLIDE])):
            package.writestr(name, raw)
    return blob.getvalue()


DAMAGES: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "a type that is another's": (change(TYPES, r"presentationml\.slide\+xml", "presentationml.slideLayout+xml"), "is a "),
    "a relation that leads nowhere": (change("ppt/slides/_rels/slide1.xml.rels", r'Target="[^"]*slideLayout\d+', 'Target="../slideLayouts/slideLayout99'), "is not there"),
    "a part that is missing": (without(r"ppt/slideLayouts/slideLayout\d+\.xml"), "is not there"),
    "a negative axis": (in_chart(r'<c:axId val="\d+"/>', '<c:axId val="-2068027336"/>'), "axis -2068027336"),
    "broken XML": (change(SLIDE, r"</p:sld>", ""), "no element found"),
    "a formula in a chart's workbook": (in_book("xl/worksheets/sheet1.xml", r"<v>", "<f>1+1</f><v>"), "<f>"),
    "a slide in no list": (orphan, "not in the deck"),
    "other numbers than the chart's": (in_chart(r"(<c:numCache>.*?<c:v>)", r"\g<1>9"), "other numbers"),
    "a link out of a chart's workbook": (in_book("xl/worksheets/sheet1.xml", r"</sheetData>", '</sheetData><hyperlinks><hyperlink ref="A1"/></hyperlinks>'), "<hyperlink"),
    "an axis that is not there": (in_chart(r'<c:crossAx val="\d+"/>', '<c:crossAx val="9"/>'), "is not there"),
    "a hidden slide": (change(SLIDE, r"<p:sld ", '<p:sld show="0" '), "hidden"),
    "an unknown part": (lambda parts: {**parts, "docProps/thumbnail.jpeg": b"x"}, "thumbnail"),
    "a file beside": (change("ppt/slides/_rels/slide1.xml.rels", "</Relationships>", '<Relationship Id="rId77" Type="x/oleObject" Target="file:///c:/a.xlsx" TargetMode="External"/></Relationships>'), "leads to file"),
    "who made the template": (change("docProps/core.xml", "<cp:lastModifiedBy>[^<]*", "<cp:lastModifiedBy>Steve Canny"), "Steve Canny"),
    "a slide listed twice": (change(DECK, r'(<p:sldId [^>]*/>)', r"\1\1"), "twice"),
}  # fmt: skip


@pytest.fixture(scope="module")
def deck() -> Parts:
    return test_office.parts(test_office.slides())


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_is_found(deck: Parts, damage: str) -> None:
    harm, told = DAMAGES[damage]
    found = faults(pack(harm(deck)))
    assert [fault for fault in found if told in fault], found


def test_a_part_that_is_there_twice_is_found(deck: Parts) -> None:
    assert [fault for fault in faults(twice(deck)) if "part twice" in fault]


@pytest.mark.parametrize("internal", [False, True])
def test_nothing_is_found_in_the_gallery(internal: bool) -> None:
    assert faults(test_office.slides(internal)) == []
    assert faults(test_office.word(internal)) == []


def test_nothing_is_found_in_any_file_of_the_examples(built_examples: Path) -> None:
    paths = [p for p in built_examples.rglob("*") if p.suffix in (".docx", ".pptx")]
    assert len(paths) > 12
    assert {p.name: f for p in paths if (f := faults(p.read_bytes()))} == {}
