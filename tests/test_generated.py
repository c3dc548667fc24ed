"""A few generated plans: every Office file of each is sound; `make office` makes two hundred."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import office_structure
import office_support
from generated.files import read_back, written
from generated.office import BRANDS, Made, bound, damaged, faults, files, saved
from generated.plans import RECIPES, generated
from planwerk.render.measure import cut, lines, longest_word
from planwerk.render.package import pack

NUMBERS = (1, 2, 3, 4, 11)
"""Titles of 300 characters, tables of 200 rows, nothing at all, scripts, everything."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[Made]]:
    out = {}
    for number in NUMBERS:
        folder = tmp_path_factory.mktemp("generated")
        written(generated(number)[1], folder)
        out[number] = list(files(read_back(folder), "all", BRANDS[number % 2]))
    return out


def test_a_number_is_one_plan(tmp_path: Path) -> None:
    assert generated(6) == generated(6)
    assert generated(6) != generated(6, seed=2)
    assert len({RECIPES[n % len(RECIPES)].name for n in range(200)}) == len(RECIPES)


def test_every_file_of_a_generated_plan_is_sound(made: dict[int, list[Made]]) -> None:
    assert [fault for found in made.values() for one in found for fault in faults(one)] == []
    assert len(made[3]) < 10 < len(made[2])


def test_planted_faults_of_structure_are_found(made: dict[int, list[Made]]) -> None:
    plan = next(
        one.blob for one in made[2] if "<w:tbl>" in _body(one.blob) and "_Toc" in _body(one.blob)
    )
    for pattern, wrong, told in (
        (r'<w:pStyle w:val="TableText"/>', '<w:pStyle w:val="Nobody"/>', "pStyle Nobody"),
        (r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="30000"/>', " on a page of "),
        (r'<w:gridCol w:w="\d+"/>', "", "cells in a table"),
        (r'w:anchor="_Toc000001"', 'w:anchor="_Toc000099"', "hyperlink _Toc000099"),
        (r'<w:bookmarkEnd w:id="1"/>', "", "bookmark does not end"),
        (r'<w:bookmarkStart w:id="1" w:name="_Toc000001"/>', '<w:bookmarkStart w:id="2" w:name="_Toc000001"/>', "bookmark twice"),
        (r'<w:fldChar w:fldCharType="end"/>', "", "not closed"),
        (r"</w:tc>", "<w:tbl><w:tblGrid/></w:tbl></w:tc>", "end with a paragraph"),
        (r"</w:body>", "", "document.xml"),
    ):  # fmt: skip
        broken = re.sub(pattern, wrong, _body(plan), count=1).encode()
        found = office_structure.faults(
            pack({**office_structure.parts(plan), "word/document.xml": broken})
        )
        assert any(told in fault for fault in found), (told, found)


def _body(blob: bytes) -> str:
    return office_structure.parts(blob).get("word/document.xml", b"").decode()


@pytest.mark.office
def test_microsofts_validator_finds_nothing_in_generated_plans(
    made: dict[int, list[Made]], tmp_path: Path
) -> None:
    """All of them bound into one document, in which a planted fault is found."""
    blobs = [one.blob for found in made.values() for one in found if one.name.endswith(".docx")]
    paths = [saved(Made("all.docx", bound(blobs)), tmp_path), saved(Made("damaged.docx", bound([*blobs[:3], damaged(blobs[3])])), tmp_path)]  # fmt: skip
    found = office_support.sdk_errors(paths)
    assert found[paths[0]] == []
    assert found[paths[1]], "the planted fault was not found"


@pytest.mark.office
def test_the_plan_on_a_page_is_one_page_whatever_it_holds(
    made: dict[int, list[Made]], tmp_path: Path
) -> None:
    pages = [one for found in made.values() for one in found if one.one_page]
    paths = [saved(one, tmp_path) for one in pages]
    assert len(pages) >= 6
    for pdf in office_support.render_pdf(paths, tmp_path):
        assert len(office_support.page_words(pdf)) == 1, pdf.stem
        assert office_support.misplaced(pdf) == []


@pytest.mark.parametrize(
    "words", ["kurz", "ein Wort " * 40, "Wort" * 100, "a " + "b" * 400, "-" * 300]
)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_what_is_cut_stands_on_its_lines(words: str, most: int) -> None:
    short = cut(words, 9.5, 120, most)
    assert lines(short, 9.5, 120) <= most
    assert short == words if lines(words, 9.5, 120) <= most else short.endswith("…")
    assert len(short) > 5 * most or short == words
    assert longest_word(short, 9.5) <= 120 * most
