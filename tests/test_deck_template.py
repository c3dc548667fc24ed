"""A brand's own PowerPoint template: its masters and layouts under our slides, and nothing else."""

from __future__ import annotations

import io
import re
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pptx
import pytest
from PIL import Image
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt

import gallery as g
import office_structure
import office_support
import test_slides
from conftest import ROOT
from planwerk import blocks as b
from planwerk.brand import look_at
from planwerk.compose.sample_deck import sample_deck
from planwerk.render.deck_layout import overlap
from planwerk.render.deck_scale import scaled
from planwerk.render.deck_template import DeckTemplate, Unsuited, read_deck
from planwerk.render.fonts import font_of
from planwerk.render.foreign import Broken
from planwerk.render.package import ALLOWED, pack
from planwerk.render.picture_bare import bare
from planwerk.render.slides import render_deck
from planwerk.render.slides_text import measured_in, text_width
from planwerk.theme import Theme, load_theme
from planwerk.words import load_words
from templates import __main__ as templates
from test_template import LOGO, PARTS, run

SPACES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def saved(deck: object) -> bytes:
    out = io.BytesIO()
    deck.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def plain() -> bytes:
    """python-pptx's own template: 4:3, without slides."""
    return saved(pptx.Presentation())


def of_house(wide: float = 25.4, high: float = 14.29) -> bytes:
    """A house's: its own size, a logo on the master, an internal layout, example slides with notes.

    What is in no deck of ours bears KAMX.
    """
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Cm(wide), Cm(high)
    master = deck.slide_master
    for shape in [*master.placeholders, *(s for lay in deck.slide_layouts for s in lay.placeholders)]:  # fmt: skip
        if "xfrm" in shape._element.xml:
            shape.left, shape.width = int(shape.left * wide / 25.4), int(shape.width * wide / 25.4)
            shape.top, shape.height = int(shape.top * high / 19.05), int(shape.height * high / 19.05)  # fmt: skip
    deck.core_properties.author = "KAMX Agentur"
    deck.slide_layouts[5].name = "Haus Inhalt"
    deck.slide_layouts[6].name = "KAMX leer"
    example = deck.slides.add_slide(deck.slide_layouts[1])
    assert example.shapes.title is not None
    example.shapes.title.text = "KAMX Beispiel"
    frame = example.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = "KAMX Notiz"
    example.shapes.add_picture(str(LOGO), Cm(1), Cm(1))
    _, relation = master.part.get_or_add_image_part(str(LOGO))
    logo = f'<p:pic {SPACES} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvPicPr><p:cNvPr id="90" name="KAMX" descr="C:\\KAMX\\logo.png"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="{Cm(wide - 2)}" y="{Cm(high - 1.2)}"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    master.shapes._spTree.append(parse_xml(logo))
    return saved(deck)


def changed(blob: bytes, change: Callable[[PARTS], PARTS]) -> bytes:
    return pack(change(office_structure.parts(blob)))


def poisoned(found: PARTS) -> PARTS:
    """A macro, remarks, data, a link, a film, a font, an orphan, a newer program's notes."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels, master = "ppt/slideMasters/_rels/slideMaster1.xml.rels", "ppt/slideMasters/slideMaster1.xml"  # fmt: skip
    more = f'<Relationship Id="rId90" Type="{kinds}/hyperlink" Target="https://kamx.example/" TargetMode="External"/><Relationship Id="rId91" Type="{kinds}/image" Target="file:///KAMX.png" TargetMode="External"/>'
    shape = (
        f'<p:sp xmlns:r="{kinds}"><p:nvSpPr><p:cNvPr id="91" name="KAMX"><a:hlinkClick r:id="rId90"/></p:cNvPr><p:cNvSpPr/><p:nvPr><p:custDataLst><p:tags r:id="rId90"/></p:custDataLst></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:blipFill><a:blip r:link="rId91"/><a:stretch/></a:blipFill></p:spPr></p:sp>'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="p14"><p:sp/></mc:Choice><mc:Fallback/></mc:AlternateContent>'
    )
    end = '<p:timing/><p:extLst><p:ext uri="{KAMX}"/></p:extLst></p:sldMaster>'
    words = found[master].decode().replace("</p:spTree>", f"{shape}</p:spTree>", 1)
    assert "</p:sldMaster>" in words
    return {
        **found,
        rels: found[rels].decode().replace("</Relationships>", f"{more}</Relationships>").encode(),
        master: words.replace("</p:sldMaster>", end).encode(),
        "ppt/vbaProject.bin": b"KAMX", "ppt/comments/comment1.xml": b"<a>KAMX</a>", "ppt/commentAuthors.xml": b"<a>KAMX</a>",
        "customXml/item1.xml": b"<a>KAMX</a>", "ppt/media/orphan.png": b"KAMX", "ppt/media/a.mp4": b"KAMX",
        "ppt/fonts/font1.fntdata": b"KAMX", "docProps/thumbnail.jpeg": b"KAMX", "ppt/tags/tag1.xml": b"<a>KAMX</a>",
        "ppt/handoutMasters/handoutMaster1.xml": b"<a>KAMX</a>", "ppt/embeddings/oleObject1.bin": b"KAMX",
    }  # fmt: skip


def on_dark(found: PARTS) -> PARTS:
    """The master's ground in a dark colour."""
    name = "ppt/slideMasters/slideMaster1.xml"
    words = re.sub(r"<p:bg>.*?</p:bg>", '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="101828"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>', found[name].decode(), flags=re.S)  # fmt: skip
    return {**found, name: words.encode()}


def theme_with(folder: Path, blob: bytes, layouts: dict[str, str] | None = None) -> Theme:
    path = folder / f"t{len(blob)}-{len(layouts or {})}.pptx"
    path.write_bytes(blob)
    return replace(load_theme(), deck_template=str(path), deck_layouts=layouts or {})


BODIES = (
    g.BLOCKS[0], g.table(5), b.Cards(tuple(g.card(i) for i in range(4)), "Kennzahlen"), g.chart("line"),
    g.timeline(3), g.sides(4, 3, 2), g.MATRIX, b.BigNumber("6 von 8", "Zusagen sind gehalten"),
    b.Decisions(tuple(g.decision(i) for i in range(3)), "Entscheidungen", "Entscheidet"),
)  # fmt: skip


def deck(internal: bool = False) -> b.Deck:
    slides = tuple(test_slides.slide(i, body) for i, body in enumerate(BODIES))
    return replace(test_slides.deck(internal), slides=slides)


def made(theme: Theme, internal: bool = False) -> bytes:
    blob, overflows = render_deck(deck(internal), theme)
    assert overflows == ()
    return blob


def lost(ours: bytes, theirs: bytes) -> set[str]:
    """Words of a deck that another does not say."""
    pages = pptx.Presentation(io.BytesIO(ours)).slides
    lines = [line for page in pages for shape in test_slides.leaves(page.shapes) for line in test_slides.lines_of(shape)]  # fmt: skip
    said = test_slides.said(theirs)
    return {word for word in re.findall(r"[^\W\d_]{3,}", " ".join(lines)) if word not in said}


def read(blob: bytes, layouts: dict[str, str] | None = None, mark: b.Mark | None = None) -> DeckTemplate:  # fmt: skip
    return read_deck(blob, load_theme(), layouts or {}, "de", mark)


TEMPLATES = {
    "plain": plain(), "house": of_house(), "poisoned": changed(of_house(), poisoned), "dark": changed(plain(), on_dark),
    "wide": of_house(33.867, 19.05),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("kind", TEMPLATES)
def test_decks_on_a_template_are_sound_and_valid_and_lose_nothing(kind: str, tmp_path: Path) -> None:  # fmt: skip
    theme, files = theme_with(tmp_path, TEMPLATES[kind]), []
    for internal in (True, False):
        blob = made(theme, internal)
        assert office_structure.faults(blob) == []
        assert [n for n in office_structure.parts(blob) if not ALLOWED.fullmatch(n)] == []
        assert blob == made(theme, internal)
        assert lost(render_deck(deck(internal), load_theme())[0], blob) == set()
        everything = b"".join(office_structure.parts(blob).values())
        for trace in (b"kamx", b"vbaproject", b"beispiel", b"steve canny", b"printersettings"):
            assert trace not in everything.lower(), trace
        files.append(tmp_path / f"{kind}-{internal}.pptx")
        files[-1].write_bytes(blob)
    assert office_support.sdk_errors(files) == {path: [] for path in files}


def test_layouts_are_found_by_what_they_hold_not_by_where_they_stand() -> None:
    def turned(found: PARTS) -> PARTS:
        name = "ppt/slideMasters/slideMaster1.xml"
        words = found[name].decode()
        entries = re.findall(r"<p:sldLayoutId [^>]*/>", words)
        return {**found, name: re.sub(r"<p:sldLayoutIdLst>.*</p:sldLayoutIdLst>", f"<p:sldLayoutIdLst>{''.join(reversed(entries))}</p:sldLayoutIdLst>", words, flags=re.S).encode()}  # fmt: skip

    for blob in (of_house(), changed(of_house(), turned)):
        found = read(blob).roles
        names = {role: one and one.name for role, one in found.found.items()}
        assert names == {"title": "Title Slide", "content": "Haus Inhalt", "content-marked": None, "statement": None}  # fmt: skip
        assert found.how == {"title": "kinds", "content": "kinds", "content-marked": "made", "statement": "made"}  # fmt: skip


def test_what_the_brand_names_comes_first_and_names_come_last() -> None:
    opened = pptx.Presentation(io.BytesIO(of_house()))
    opened.slide_layouts[4].name = "Inhalt intern"
    opened.slide_layouts[2].name = "Große Zahl"
    found = read(saved(opened), {"content": "title and content"}).roles
    assert found.how == {"title": "kinds", "content": "named", "content-marked": "name", "statement": "name"}  # fmt: skip
    assert found.found["content"] is not None
    assert found.found["content"].name == "Title and Content"


def test_the_mark_stands_in_the_layout_of_our_decks_and_in_no_client_deck(tmp_path: Path) -> None:
    theme = theme_with(tmp_path, of_house())
    ours, client = made(theme, True), made(theme)
    banner = g.INTERNAL.banner
    assert banner.encode() not in b"".join(office_structure.parts(client).values())
    for page in pptx.Presentation(io.BytesIO(ours)).slides:
        said = " ".join(s.text_frame.text for s in page.slide_layout.shapes if s.has_text_frame)
        assert banner in said
    names = {lay.name for lay in pptx.Presentation(io.BytesIO(client)).slide_layouts}
    assert names == {"Title Slide", "Haus Inhalt", "Große Zahl"}


def test_an_internal_layout_of_the_template_carries_our_decks_and_never_a_clients(tmp_path: Path) -> None:  # fmt: skip
    opened = pptx.Presentation(io.BytesIO(of_house()))
    layout = opened.slide_layouts[5]
    layout.name = "Inhalt intern"
    box = f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="80" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>Nur intern bei uns</a:t></a:r></a:p></p:txBody></p:sp>'
    layout.shapes._spTree.append(parse_xml(box))
    theme = theme_with(tmp_path, saved(opened))
    ours, client = (
        b"".join(office_structure.parts(made(theme, i)).values()) for i in (True, False)
    )
    assert b"Nur intern bei uns" in ours
    assert b"Nur intern" not in client
    assert b"Inhalt intern" not in client
    content = [lay for lay in pptx.Presentation(io.BytesIO(made(theme, True))).slide_layouts if "Inhalt intern" in lay.name]  # fmt: skip
    assert g.INTERNAL.banner not in " ".join(s.text_frame.text for s in content[0].shapes if s.has_text_frame)  # fmt: skip


def test_slides_keep_the_size_of_the_template_and_are_drawn_for_it(tmp_path: Path) -> None:
    small, wide = (made(theme_with(tmp_path, of_house(*size))) for size in ((25.4, 14.29), (33.867, 19.05)))  # fmt: skip
    opened = pptx.Presentation(io.BytesIO(small))
    assert (opened.slide_width, opened.slide_height) == (Cm(25.4), Cm(14.29))
    for page in opened.slides:
        for shape in test_slides.leaves(page.shapes):
            if shape.shape_type != 6:
                assert shape.left + shape.width <= opened.slide_width + 9999, shape.name
                assert shape.top + shape.height <= opened.slide_height + 9999, shape.name
    sizes = [max(int(s) for s in re.findall(r' sz="(\d+)"', "".join(test_slides.slide_parts(blob)))) for blob in (small, wide)]  # fmt: skip
    assert 0.7 < sizes[0] / sizes[1] < 0.8


def test_lengths_are_scaled_and_words_are_not() -> None:
    xml = '<a:off x="100" y="50"/><a:rPr sz="1000"/><a:spcPct val="100000"/><a:spcPts val="600"/><p:ph sz="quarter" idx="10"/><a:t>x="100"</a:t>'
    assert scaled(xml, 0.5) == '<a:off x="50" y="25"/><a:rPr sz="500"/><a:spcPct val="100000"/><a:spcPts val="300"/><p:ph sz="quarter" idx="10"/><a:t>x="100"</a:t>'  # fmt: skip
    assert (
        scaled('<a:rPr sz="1550"/><p:ph sz="half"/>', 0.8267)
        == '<a:rPr sz="1250"/><p:ph sz="half"/>'
    )
    assert scaled(xml, 1.0) == xml


def test_title_and_foot_keep_their_places_and_the_body_stays_off_them() -> None:
    for blob in TEMPLATES.values():
        layout = read(blob).layouts["content"]
        assert layout.footer is not None
        assert layout.subline is not None
        for place in (layout.title.area, layout.footer.area, layout.subline.area):
            assert overlap(layout.body, place) < 0.01
    opened = pptx.Presentation(io.BytesIO(plain())).slide_layouts[5].placeholders[0]
    area = read(plain()).layouts["content"].title.area
    assert abs(area.x - 0.254 - opened.left / 360000) < 0.01
    assert abs(area.w + 0.508 - opened.width / 360000) < 0.01


def test_a_title_above_the_slide_comes_down_and_a_drawn_number_stays_alone() -> None:
    opened = pptx.Presentation(io.BytesIO(of_house(33.867, 19.05)))
    title = opened.slide_layouts[5].placeholders[0]
    title.left, title.top, title.width, title.height = Cm(1), Cm(-1), Cm(30), Cm(3)
    field = f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="80" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:t>1</a:t></a:fld></a:p></p:txBody></p:sp>'
    opened.slide_layouts[5].shapes._spTree.append(parse_xml(field))
    for holder in [*opened.slide_layouts[5].placeholders]:
        if holder.placeholder_format.type == 13:
            holder._element.getparent().remove(holder._element)
    layout = read(saved(opened), {"content": "Haus Inhalt"}).layouts["content"]
    assert layout.title.area.y > 0
    assert layout.number is None


def test_a_dark_ground_gets_a_panel_and_a_light_one_none() -> None:
    assert read(plain()).layouts["content"].panel is None
    assert read(changed(plain(), on_dark)).layouts["content"].panel is not None


def test_type_is_measured_in_the_font_of_the_template() -> None:
    def font(name: str) -> Callable[[PARTS], PARTS]:
        return lambda found: {n: c.replace(b'latin typeface="Calibri"', f'latin typeface="{name}"'.encode()) if "theme" in n else c for n, c in found.items()}  # fmt: skip

    assert read(changed(plain(), font("Arial"))).font.family == "arial"
    assert read(changed(plain(), font("Arial"))).unknown == ()
    assert read(changed(plain(), font("Haus Grotesk"))).unknown == ("Haus Grotesk",)
    words = "Die Liefertreue im zweiten Halbjahr"
    widths = []
    for name in ("Calibri", "Times New Roman", "Arial", "Haus Grotesk"):
        with measured_in(font_of(name)):
            widths.append(text_width(words, 20))
    assert widths == sorted(widths)
    assert abs(text_width(words, 20) - widths[0]) < 1e-9


@pytest.mark.parametrize("what", ["garbage", "doctype", "not well-formed", "a document"])
def test_a_template_that_cannot_be_read_is_refused(tmp_path: Path, what: str) -> None:
    def spoiled(found: PARTS) -> PARTS:
        body = found["ppt/presentation.xml"]
        if what == "a document":
            return {"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}
        return {**found, "ppt/presentation.xml": b"<!DOCTYPE a>" + body if what == "doctype" else body[:-5]}  # fmt: skip

    blob = b"PK no" if what == "garbage" else changed(plain(), spoiled)
    with pytest.raises(Broken):
        read(blob)
    folder = tmp_path / "themes/ours"
    shutil.copytree(ROOT / "themes/kontor", folder)
    (folder / "deck.potx").write_bytes(blob)
    assert [p.rule for p in look_at(load_theme(str(folder))).problems] == ["brand-deck-broken"]
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    refused = run(tmp_path, "build", "--brand", "ours", "slides").exception
    assert [p.rule for p in refused.problems] == ["brand-deck-broken"]  # type: ignore[union-attr]


def test_upright_slides_are_refused_with_their_size(tmp_path: Path) -> None:
    with pytest.raises(Unsuited, match=r"19.1 × 25.4 cm"):
        read(of_house(19.05, 25.4))
    (tmp_path / "a.pptx").write_bytes(of_house(19.05, 25.4))
    done = run(tmp_path, "brand", "check", str(tmp_path / "a.pptx"))
    assert done.exit_code == 1
    assert "brand-deck-format" in done.output


def test_the_check_says_what_is_used_why_and_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "haus.pptx"
    path.write_bytes(changed(of_house(), poisoned))
    done = run(tmp_path, "brand", "check", str(path), "--sample", str(tmp_path / "sample.pptx"))
    assert done.exit_code == 0, done.output
    for said in (
        "Title slide: layout Title Slide, known by its placeholders.", "Content: layout Haus Inhalt",
        "Content internal (never in a client’s deck): a copy of content", "subline, source",
        "comments", "data of other programs", "example slides", "what points elsewhere", "fit for use",
    ):  # fmt: skip
        assert said in done.output, said
    german = run(tmp_path, "brand", "check", str(path), lang="de").output
    assert "Inhalt intern (nie beim Kunden)" in german
    blob = (tmp_path / "sample.pptx").read_bytes()
    assert office_structure.faults(blob) == []
    assert len(test_slides.slide_parts(blob)) > 25


def test_a_brand_with_a_template_is_checked_and_built_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "themes/ours"
    shutil.copytree(ROOT / "themes/kontor", folder)
    (folder / "haus.pptx").write_bytes(of_house())
    with (folder / "brand.yml").open("a", encoding="utf-8") as file:
        file.write("\ndeck:\n  template: haus.pptx\n  layouts:\n    content: Haus Inhlat\n    contnet: x\n")  # fmt: skip
    found = {p.rule: p for p in look_at(load_theme(str(folder))).problems}
    assert found["brand-layout-unknown"].facts["nearest"] == "Haus Inhalt"
    assert found["brand-layout-role"].facts["nearest"] == "content"
    assert run(tmp_path, "brand", "check", "ours").exit_code == 1
    blob = render_deck(deck(), load_theme(str(folder)))[0]
    assert pptx.Presentation(io.BytesIO(blob)).slide_width == Cm(25.4)


def test_a_template_that_is_named_must_be_there(tmp_path: Path) -> None:
    theme = replace(load_theme("planwerk"), deck_template="gone.pptx")
    assert [p.rule for p in look_at(theme).problems] == ["brand-file-missing"]
    done = run(tmp_path, "brand", "check", str(tmp_path / "gone.pptx"))
    assert [p.rule for p in done.exception.problems] == ["missing-template"]  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_sample_holds_every_block_and_fits_on_our_own_master(language: str) -> None:
    sample = sample_deck(load_words(language))
    kinds = {type(one).__name__ for one in walked(sample.slides)}
    parts_of_others = {"Filter", "Fold", "Image", "Notes", "Break", "Room"}
    assert {type(block).__name__ for block in g.BLOCKS} - kinds <= parts_of_others
    assert render_deck(sample, load_theme())[1] == ()


def walked(value: object) -> list[object]:
    """A value and all in it."""
    if isinstance(value, tuple):
        return [x for one in value for x in walked(one)]
    names = getattr(value, "__dataclass_fields__", {})
    return [value, *(x for name in names for x in walked(getattr(value, name)))]


def test_pictures_lose_what_they_tell_of_their_making() -> None:
    raw = LOGO.read_bytes()
    text = b"\0\0\0\x04tEXtKAMX" + zlib.crc32(b"tEXtKAMX").to_bytes(4)
    found = bare(".png", raw[:33] + text + raw[33:])
    assert found is not None
    assert b"KAMX" not in found[1]
    assert found == bare(".png", raw)
    out = io.BytesIO()
    Image.open(io.BytesIO(raw)).convert("RGB").save(out, "jpeg", comment=b"KAMX")
    assert b"KAMX" in out.getvalue()
    found = bare(".jpg", out.getvalue())
    assert found is not None
    assert (found[0], b"KAMX" in found[1]) == ("jpeg", False)
    emf = (
        b"\1\0\0\0"
        + bytes(36)
        + b" EMF"
        + bytes(16)
        + (4).to_bytes(4, "little")
        + (88).to_bytes(4, "little")
        + bytes(20)
        + "KAMX".encode("utf-16-le")
    )
    found = bare(".emf", emf)
    assert found is not None
    assert b"K\0A" not in found[1]
    assert len(found[1]) == len(emf)
    assert bare(".svg", b"<svg/>") is None
    assert bare(".png", b"KAMX") is None


def test_words_of_a_title_do_not_leave_its_place() -> None:
    """A template whose title has the room of one line, in capitals, still holds long titles."""
    opened = pptx.Presentation(io.BytesIO(of_house()))
    title = opened.slide_layouts[5].placeholders[0]
    title.left, title.top, title.width, title.height = Cm(1), Cm(1), Cm(22), Cm(1.4)
    title.text_frame.paragraphs[0].font.size = Pt(30)
    title.text_frame.paragraphs[0].font.color.rgb = RGBColor(0, 0, 0)
    layout = read(saved(opened)).layouts["content"]
    from planwerk.render.deck_frame import fitted

    long = fitted("Drei von fünf Kennzahlen sind erreicht; Antwortzeit bleibt offen", layout.title, layout.title.size)  # fmt: skip
    assert long.whole
    assert long.lines * long.size * layout.title.font.line <= layout.title.area.h * 28.3465 + 2
    assert not fitted("Wort " * 90, layout.title, layout.title.size).whole


@pytest.mark.office
def test_the_command_that_tries_templates_finds_nothing_and_what_was_planted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain.pptx").write_bytes(plain())
    asked = [str(tmp_path / "plain.pptx"), "--account", "alpenfracht", "--render", "0"]
    assert templates.main(asked) == 0
    told = capsys.readouterr().out
    assert "what was planted was found" in told
    assert "Content: layout Title Only" in told
    assert "0 wrong" in told
