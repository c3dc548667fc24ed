"""Word and PowerPoint: valid, deterministic, nothing lost, nothing left over, charts editable."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import docx
import pptx
import pytest
from pptx.util import Cm

import gallery
import office_structure
import office_support
import workbooks as sheets
from planwerk import blocks as b
from planwerk.render.package import ALLOWED, normalise, pack
from planwerk.render.slides import render_deck
from planwerk.render.word import render_document
from planwerk.theme import load_theme

GOLDEN = Path(__file__).parent / "golden"
LABELS = {**gallery.LABELS, "decimal_comma": ",", "to_slate": "Dunkel", "to_default": "Hell"}


def document(internal: bool = True, language: str = "de") -> b.Document:
    """Every block as a document of several chapters, the third one landscape."""
    chapters = tuple(
        b.Chapter(f"Kapitel {i + 1}", "Ein Vorspann.", gallery.BLOCKS[i * 8 : (i + 1) * 8], i == 2)
        for i in range(-(-len(gallery.BLOCKS) // 8))
    )
    facts = (
        ("Kunde", "Nordwind Logistik AG", "Kunde seit 2019"),
        ("Stand", "23. November 2026", ""),
    )
    return b.Document(
        "gallery", "Galerie\naller Blöcke", "2. Halbjahr 2026", language, chapters, facts,
        "Galerie · Nordwind", "Ruhrblick · Stand 23.11.2026", "Ruhrblick Software GmbH",
        date(2026, 11, 23), LABELS, gallery.INTERNAL if internal else None,
    )  # fmt: skip


def deck(internal: bool = False, language: str = "de") -> b.Deck:
    """Every block as a slide."""
    slides = tuple(
        b.Slide(
            "Rubrik", f"Block {i} sagt, was der Plan sagt", block, "Unterzeile", "Quelle: Galerie"
        )
        for i, block in enumerate(gallery.BLOCKS)
    )
    return b.Deck(
        "gallery", "Nachbesprechung", "2. Halbjahr 2026", language, slides,
        (("Datum", "23.11.2026"), ("Kunde", "Nordwind Logistik AG")), "Ruhrblick · Nachbesprechung",
        "Ruhrblick Software GmbH", date(2026, 11, 23), LABELS, gallery.INTERNAL if internal else None,
    )  # fmt: skip


def word(internal: bool = True, language: str = "de") -> bytes:
    return render_document(document(internal, language), load_theme())


def slides(internal: bool = False, language: str = "de") -> bytes:
    blob, overflows = render_deck(deck(internal, language), load_theme())
    assert overflows == ()
    return blob


def test_a_goal_with_no_way_to_go_has_no_bar_that_says_unknown() -> None:
    """From a baseline that is the target: it is reached, and nothing of it is open."""
    (goals,) = (block for block in gallery.BLOCKS if isinstance(block, b.Goals))
    for unknown, bars in ((False, 0), (True, 1)):
        goal = replace(
            goals.items[0],
            progress=None,
            expected=None,
            unknown=unknown,
            status=b.Status("good", "erreicht"),
        )
        block = replace(goals, items=(goal,))
        whole = replace(document(), chapters=(b.Chapter("Ziele", "", (block,)),))
        assert words(render_document(whole, load_theme())).count(LABELS["unknown"]) == bars


parts = office_structure.parts


def words(blob: bytes) -> str:
    """All text of a document or deck, white space folded."""
    found = []
    for name, raw in parts(blob).items():
        if re.fullmatch(r"word/document\.xml|ppt/slides/slide\d+\.xml", name):
            text = re.sub(r"</[aw]:p>|<w:br/>|<a:br>", " ", raw.decode())
            found.append(re.sub(r"<[^>]+>", "", text))
    plain = " ".join(found).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return re.sub(r"[\s\u00a0]+", " ", plain)


def kinds(value: object) -> set[type]:
    """Every kind of block in a value."""
    if isinstance(value, tuple):
        return {kind for part in value for kind in kinds(part)}
    if not is_dataclass(value) or isinstance(value, type):
        return set()
    return {type(value)} | kinds(tuple(getattr(value, field.name) for field in fields(value)))


def test_the_gallery_in_word_holds_every_kind_of_block() -> None:
    assert set(b.Block.__args__) - kinds(document().chapters) == set()  # type: ignore[attr-defined]


EXPECTED = (
    "Wie wir arbeiten", "Schritt vier", "Was der Kunde gesagt hat", "a <b> & c", "12.498", "erreicht",
    "Kundenzufriedenheitsbefragungsergebnisübersicht", "Quartalsgespräch", "Nachbefragung im Einkauf",
    "Zum ersten Mal sehen die Niederlassungen", "Der Datenschutz gehört in den ersten Termin.",
    "Ticketdaten freigeben", "6 von 8", "Noch keine Risiken erfasst", "Wie es weitergeht", "L. Petersen",
    "Ergebnisbericht 10 für den Vorstand abstimmen", "verfehlt", "Summe", "Gemeinsamer Plan",
)  # fmt: skip


@pytest.mark.parametrize("make", [word, slides])
def test_every_block_says_its_words(make: type) -> None:
    text = words(make())
    assert [w for w in EXPECTED if w not in text] == []


@pytest.mark.parametrize("make", [word, slides])
def test_only_known_parts_and_no_traces(make: type) -> None:
    found = parts(make())
    assert [name for name in found if not ALLOWED.fullmatch(name)] == []
    everything = b"".join(found.values())
    for trace in (b"python-docx", b"Steve Canny", b"rsidR", b"printerSettings"):
        assert trace not in everything
    assert b"2026-11-23T00:00:00Z" in found["docProps/core.xml"]


@pytest.mark.parametrize("make", [word, slides])
def test_charts_are_native_with_a_workbook_of_what_is_shown(make: type) -> None:
    found = parts(make())
    charts = [n for n in found if re.fullmatch(r"(word|ppt)/charts/chart\d+\.xml", n)]
    books = [n for n in found if n.endswith(".xlsx")]
    assert len(charts) == len(books) > 3
    for chart in charts:
        number = re.search(r"\d+", chart.rsplit("/", 1)[1])
        assert number is not None
        book = next(n for n in books if n.endswith(f"sheet{number.group()}.xlsx"))
        cached = [
            float(v)
            for v in re.findall(r"<c:numCache>.*?</c:numCache>", found[chart].decode(), re.S)
            for v in re.findall(r"<c:v>([-\d.e]+)</c:v>", v)
        ]
        assert sorted(cached) == sorted(sheets.numbers(found[book]))
        assert b"<f>" not in b"".join(parts(found[book]).values())


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    from planwerk.render.workbook import workbook

    chart = b.Chart(
        "line",
        "t",
        "s",
        ("=HYPERLINK(1)", "http://x.example"),
        (b.Series("=1+1", (1.0, 2.0)),),
        "d",
    )
    inside = b"".join(workbook(chart).values())
    assert b"<f>" not in inside
    assert b"HYPERLINK" in inside
    assert b"hyperlink" not in inside.replace(b"HYPERLINK", b"")


@pytest.mark.parametrize("make", ["word", "slides"])
def test_same_input_same_bytes(make: str, tmp_path: Path) -> None:
    code = f"import sys, test_office; sys.stdout.buffer.write(test_office.{make}())"
    blobs = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": "C",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        blobs.append(
            subprocess.run(
                [sys.executable, "-c", code],
                env=surroundings,
                cwd=tmp_path,
                capture_output=True,
                check=True,
            ).stdout
        )
    assert blobs[0] == blobs[1]


def golden(name: str, lines: list[str]) -> None:
    """Compare with the text golden; PLANWERK_UPDATE_GOLDENS=1 rewrites it."""
    path, text = GOLDEN / name, "\n".join(lines) + "\n"
    if os.environ.get("PLANWERK_UPDATE_GOLDENS"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_the_document_reads_as_before() -> None:
    opened = docx.Document(io.BytesIO(word()))
    lines = [f"{p.style.style_id} | {p.text}" for p in opened.paragraphs if p.text.strip()]
    for table in opened.tables:
        lines += [
            "table | " + " / ".join(cell.text.replace("\n", " ") for cell in row.cells)
            for row in table.rows[:3]
        ]
    golden("word-gallery.txt", lines)


def test_the_deck_reads_as_before() -> None:
    opened = pptx.Presentation(io.BytesIO(slides()))
    lines = []
    for number, slide in enumerate(opened.slides, start=1):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text.strip():
                kind = shape.placeholder_format.idx if shape.is_placeholder else "-"
                text = shape.text_frame.text.replace("\n", " ")
                lines.append(f"{number} / {slide.slide_layout.name} / {kind} / {text}")
    golden("deck-gallery.txt", lines)


def test_slides_have_unique_titles_ids_and_no_prompts() -> None:
    opened = pptx.Presentation(io.BytesIO(slides(internal=True)))
    titles = [slide.shapes.title.text_frame.text for slide in opened.slides]
    assert len(titles) == len(set(titles))
    for slide in opened.slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))
        for shape in slide.placeholders:
            assert shape.text_frame.text.strip(), shape.name


def test_a_client_deck_uses_no_internal_layout() -> None:
    for internal in (True, False):
        opened = pptx.Presentation(io.BytesIO(slides(internal)))
        names = {slide.slide_layout.name for slide in opened.slides}
        assert ("Inhalt Intern" in names) is internal


def test_what_fits_nowhere_is_reported_at_its_origin() -> None:
    huge = b.Lesson(
        "KPI", "1", "2", gallery.BAD, "Wort " * 900, "x", "y", "z", "bis", "nordwind/outcomes/nps"
    )
    block = b.Lessons((huge,), ("a", "b", "c", "d"), "l")
    slide = b.Slide(
        "k", "Ein Titel, der über drei Zeilen läuft, " * 8, block, origin="nordwind/outcomes"
    )
    _, overflows = render_deck(replace(deck(), slides=(slide,)), load_theme())
    assert {o.origin for o in overflows} == {"nordwind/outcomes", "nordwind/outcomes/nps/cause"}


@pytest.mark.parametrize("make", [word, slides])
def test_the_structure_is_sound(make: type) -> None:
    assert office_structure.faults(make()) == []


def test_planted_faults_of_structure_are_found() -> None:
    found = parts(word())
    without = {n: c for n, c in found.items() if n != "word/charts/chart1.xml"}
    assert office_structure.faults(pack(without))
    types = found["[Content_Types].xml"].replace(b'Extension="xlsx"', b'Extension="xyz"')
    assert office_structure.faults(pack({**found, "[Content_Types].xml": types}))
    twice = re.sub(rb'<wp:docPr id="\d+"', b'<wp:docPr id="7"', found["word/document.xml"])
    assert office_structure.faults(pack({**found, "word/document.xml": twice}))


def test_a_foreign_part_is_dropped() -> None:
    dirty = {**parts(word()), "customXml/item1.xml": b"<secret/>"}
    clean = normalise(pack(dirty), title="t", author="a", language="de", as_of=date(2026, 1, 1))
    assert "customXml/item1.xml" not in parts(clean)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("office")
    out = []
    for name, blob in (
        ("word-de.docx", word()),
        ("word-en.docx", word(False, "en")),
        ("deck-de.pptx", slides()),
        ("deck-en.pptx", slides(True, "en")),
    ):
        (folder / name).write_bytes(blob)
        out.append(folder / name)
    return out


@pytest.mark.office
def test_microsofts_validator_finds_nothing(files: list[Path], tmp_path: Path) -> None:
    assert {p.name: e for p, e in office_support.sdk_errors(files).items() if e} == {}
    damaged = tmp_path / "damaged.docx"
    found = parts(files[0].read_bytes())
    found["word/document.xml"] = found["word/document.xml"].replace(
        b"<w:tblGrid>", b"<w:tblGrid/><w:tblGrid>", 1
    )
    damaged.write_bytes(pack(found))
    assert office_support.sdk_errors([damaged])[damaged], "the planted damage was not found"


@pytest.mark.office
def test_every_word_is_rendered_in_its_place(files: list[Path], tmp_path: Path) -> None:
    for path, pdf in zip(files, office_support.render_pdf(files, tmp_path), strict=True):
        if path.suffix == ".pptx":
            slides_expected = len(pptx.Presentation(str(path)).slides)
            assert len(office_support.page_words(pdf)) == slides_expected
        assert office_support.misplaced(pdf) == []


@pytest.mark.office
def test_a_planted_overflow_is_seen(tmp_path: Path) -> None:
    opened = pptx.Presentation(io.BytesIO(slides()))
    page = opened.slides[3]
    for left in (2, 29):
        box = page.shapes.add_textbox(Cm(left), Cm(1.6), Cm(9), Cm(1))
        box.text_frame.text = "Worte, die hier nicht stehen dürfen"
        box.text_frame.word_wrap = False
    opened.save(str(tmp_path / "planted.pptx"))
    (pdf,) = office_support.render_pdf([tmp_path / "planted.pptx"], tmp_path)
    found = " ".join(office_support.misplaced(pdf))
    assert "is outside" in found
    assert "stands on" in found
