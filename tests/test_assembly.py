"""The savings in Office files: the bytes the libraries would write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.parsers.expat import ExpatError

import docx
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import test_office
import test_slides
from planwerk import blocks as b
from planwerk.render import package, workbook
from planwerk.render.assembly import Assembly, part
from planwerk.render.slides import render_deck
from planwerk.theme import load_theme

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8)
SERIES = st.builds(
    b.Series,
    WORDS,
    st.lists(
        st.none() | st.integers(-9, 9**9) | st.floats(allow_nan=False, allow_infinity=False),
        max_size=40,
    ).map(tuple),
)


DECLARATION = re.compile(rb"^<\?xml [^>]*\?>\n")


def content(blob: bytes) -> dict[str, bytes]:
    """The parts of a file without their first lines, where libraries differ in their quotes."""
    return {name: DECLARATION.sub(b"", words) for name, words in test_office.parts(blob).items()}


def saved(blob: bytes, opened: Callable[[io.BytesIO], Any]) -> bytes:
    """The file as a library writes it that read it; what is not known is taken away."""
    out = io.BytesIO()
    opened(io.BytesIO(blob)).save(out)
    return package.pack(package.normalised(out.getvalue()))


@pytest.mark.parametrize("internal", [True, False])
def test_a_document_is_what_python_docx_would_save(internal: bool) -> None:
    blob = test_office.word(internal)
    assert content(saved(blob, docx.Document)) == content(blob)


@pytest.mark.parametrize("internal", [True, False])
def test_a_deck_is_what_python_pptx_would_save(internal: bool) -> None:
    blob, _ = render_deck(test_slides.deck(internal), load_theme())
    assert content(saved(blob, pptx.Presentation)) == content(blob)


@given(st.lists(SERIES, max_size=30).map(tuple), st.lists(WORDS, max_size=40).map(tuple))
def test_a_workbook_is_what_xlsxwriter_would_write(
    series: tuple[b.Series, ...], categories: tuple[str, ...]
) -> None:
    chart = b.Chart("line", "t", "s", categories, series, "d")
    assert workbook.workbook(chart) == workbook._by_library(chart)


@pytest.mark.parametrize("word", [" a", "a\n", "_x0041_", "\x01", "<r>x</r>", "a" * 20000])
def test_what_xlsxwriter_writes_in_a_manner_of_its_own_is_left_to_it(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_by_library", lambda chart: {"by": b"library"})
    assert workbook.workbook(b.Chart("line", "", "", ("a",), (b.Series(word, (1.0,)),), "")) == {
        "by": b"library"
    }


@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}\.xml", fullmatch=True), st.binary(max_size=99)))
def test_a_package_is_what_zipfile_would_write(parts: dict[str, bytes]) -> None:
    parts = {**parts, "[Content_Types].xml": b"x" * 40000}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            file.writestr(entry, parts[name])
    assert package.pack(parts) == out.getvalue()


def test_a_relation_that_is_there_is_taken_again() -> None:
    made = Assembly({"[Content_Types].xml": b"<Types></Types>"}, "a", date(2026, 1, 1))
    first = made.relate("word/document.xml", "hyperlink", 'https://a.example/?a=1&b="', True)
    assert made.relate("word/document.xml", "image", "word/media/image1.png") == "rId2"
    again = made.relate("word/document.xml", "hyperlink", 'https://a.example/?a=1&b="', True)
    assert first == again == "rId1"


def test_a_part_that_is_not_well_formed_is_refused() -> None:
    for words in ("<a>", "<a>\x01</a>", "<a><b></a></b>"):
        with pytest.raises(ExpatError):
            part(words)
