"""A brand's own Word template: its styles, page, header, footer and cover, and nothing else."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

import office_structure
import office_support
import test_office
from conftest import ROOT
from planwerk.brand import look_at
from planwerk.cli import cli
from planwerk.render.package import ALLOWED, pack
from planwerk.render.word import render_document
from planwerk.render.word_template import read_template
from planwerk.theme import Theme, load_theme

LOGO = ROOT / "themes/kontor/logo.png"
PARTS = dict[str, bytes]


def brand(root: Path, template: bytes, styles: str = "", name: str = "word.docx") -> Path:
    """A brand of the workspace's own with a Word template."""
    folder = root / "themes" / f"ours-{len(template)}-{len(styles)}"
    shutil.copytree(ROOT / "themes/kontor", folder)
    (folder / name).write_bytes(template)
    with (folder / "brand.yml").open("a", encoding="utf-8") as file:
        file.write(f"\nword:\n  template: {name}\n{styles}")
    return folder


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def plain() -> bytes:
    """python-docx's own template with sample text."""
    made = docx.Document()
    made.add_heading("Sample heading")
    made.add_paragraph("Sample text of the agency")
    return saved(made)


def of_house() -> bytes:
    """A German house's: its own names, a page, header and footer with slots, a cover."""
    made = docx.Document()
    for name, size in (("Haus Überschrift A", 30), ("Haus Fließtext", 11), ("Haus Bildtext", 8)):
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.name = Pt(size), "Georgia"
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.add_run().add_picture(str(LOGO), width=Cm(1))
    for piece in ("Haus AG · {docu", "ment} · {ma", "rk}"):  # as Word cuts what somebody types
        header.add_run(piece)
    section.footer.paragraphs[0].add_run("Haus AG, Seite {page} von {pages}").bold = True
    section.first_page_header.paragraphs[0].add_run("Nur auf dem Deckblatt")
    made.add_paragraph("{title} für {client}", style="Haus Überschrift A")
    made.add_paragraph("{facts}")
    made.add_page_break()
    made.add_paragraph("Blindtext, der nie in ein Dokument kommt")
    return saved(made)


MAPPED = """  styles:
    heading1: Haus Überschrift A
    body: haus fließtext
    caption: Haus Bildtext
"""


def by_libreoffice(folder: Path, ending: str) -> bytes:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    page = folder / "page.html"
    page.write_text("<h1>Sample</h1><p>Text</p><ol><li>one<li>two</ol><blockquote>said</blockquote>", "utf-8")  # fmt: skip
    kind = {"docx": "docx:MS Word 2007 XML", "dotx": "dotx:MS Word 2007 XML Template"}[ending]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--writer", "--convert-to", kind, "--outdir", str(folder), str(page)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / f"page.{ending}").read_bytes()


def made(folder: Path, internal: bool = True) -> bytes:
    return render_document(test_office.document(internal), load_theme(str(folder)))


def body_of(blob: bytes) -> str:
    return test_office.parts(blob)["word/document.xml"].decode()


@pytest.mark.parametrize("kind", ["plain", "house", "docx", "dotx"])
def test_documents_on_a_template_are_sound_and_valid(kind: str, tmp_path: Path) -> None:
    ending = "word.dotx" if kind == "dotx" else "word.docx"
    template = plain() if kind == "plain" else of_house() if kind == "house" else by_libreoffice(tmp_path, kind)  # fmt: skip
    folder = brand(tmp_path, template, MAPPED if kind == "house" else "", ending)
    files = []
    for internal in (True, False):
        blob = made(folder, internal)
        found = test_office.parts(blob)
        assert [name for name in found if not ALLOWED.fullmatch(name)] == []
        assert office_structure.faults(blob) == []
        assert blob == made(folder, internal)
        everything = b"".join(found.values())
        for sample in (b"Sample", b"Blindtext", b"rsidR"):
            assert sample not in everything
        text = test_office.words(blob)
        assert [w for w in test_office.EXPECTED if w not in text] == []
        files.append(tmp_path / f"{kind}-{internal}.docx")
        files[-1].write_bytes(blob)
    assert office_support.sdk_errors(files) == {path: [] for path in files}


def test_a_template_gives_styles_page_header_footer_and_cover(tmp_path: Path) -> None:
    folder = brand(tmp_path, of_house(), MAPPED)
    blob = made(folder)
    opened = docx.Document(io.BytesIO(blob))
    names = {p.style.name for p in opened.paragraphs}
    assert {"Haus Überschrift A", "Haus Fließtext", "Haus Bildtext", "Lead"} <= names
    section = opened.sections[-1]
    assert round(section.left_margin.cm, 1) == 3.0
    header = section.header.paragraphs[0]
    assert header.text == "Haus AG · Galerie · Nordwind · INTERN · nicht für den Kunden"
    assert "blip" in header._p.xml
    footer = " ".join(p.text for p in section.footer.paragraphs)
    assert footer.startswith("Haus AG, Seite 1 von 1")
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    told = [cell.text for table in section.footer.tables for row in table.rows for cell in row.cells]  # fmt: skip
    assert told == ["Ruhrblick · Stand 23.11.2026", ""]  # the day is ours, the page is theirs
    assert opened.sections[0].first_page_header.paragraphs[0].text == "Nur auf dem Deckblatt"
    assert "Galerie für aller Blöcke" in opened.paragraphs[0].text
    assert [cell.text.split("\n")[1] for cell in opened.tables[0].rows[0].cells] == ["Nordwind Logistik AG", "23. November 2026"]  # fmt: skip
    assert not re.search(r"\{(title|client|document|mark|pages?|facts)\}", test_office.words(blob))
    widths = {int(w) for w in re.findall(r'<w:tblW w:w="(\d+)" w:type="dxa"', body_of(blob))}
    assert max(widths) <= 8505 + 5 or "landscape" in body_of(blob)


def test_a_caption_and_a_heading_stay_with_what_follows_on_any_template(tmp_path: Path) -> None:
    found = docx.Document(io.BytesIO(made(brand(tmp_path, of_house(), MAPPED)))).styles
    for name in ("Haus Überschrift A", "Haus Bildtext", "Heading 2", "Lead"):
        assert found[name].paragraph_format.keep_with_next is (True if name != "Lead" else None)


def test_our_own_cover_is_one_page_on_other_paper(tmp_path: Path) -> None:
    """Letter is shorter than A4, and margins may be others than those our cover is drawn by."""
    path = tmp_path / "letter.docx"
    path.write_bytes(made(brand(tmp_path, plain())))
    (pdf,) = office_support.render_pdf([path], tmp_path)
    pages = [" ".join(word[4] for word in words) for _, words in office_support.page_words(pdf)]
    assert "Nur für das Kundenteam" in pages[0]
    assert "Inhalt" in pages[1] or "Kapitel 1" in pages[1]


def test_columns_are_wider_where_the_font_is(tmp_path: Path) -> None:
    styles = read_template(of_house(), load_theme("kontor"), "de").styles
    assert styles is not None
    assert styles.wider > 1.0


def test_what_is_internal_says_so_on_any_template(tmp_path: Path) -> None:
    """A header without a place for it gets our mark below; a client's document has none."""
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Haus AG"
    folder = brand(tmp_path, saved(template))
    ours, theirs = (made(folder, internal) for internal in (True, False))
    headers = [test_office.parts(blob)["word/header1.xml"].decode() for blob in (ours, theirs)]
    assert all("Haus AG" in header for header in headers)
    assert ["INTERN" in header for header in headers] == [True, False]


def test_the_languages_of_a_template_give_way_to_the_documents(tmp_path: Path) -> None:
    folder = brand(tmp_path, plain())
    found = test_office.parts(made(folder))["word/styles.xml"].decode()
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]*)"', found)) == {"de-DE"}


def planted(change: Callable[[PARTS], PARTS]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(of_house())) as package:
        return pack(change({name: package.read(name) for name in package.namelist()}))


def poisoned(found: PARTS) -> PARTS:
    """A macro, a comment, a linked picture and template, data, an orphan; all bear KAMX."""
    rels = found["word/_rels/document.xml.rels"].decode()
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = (
        f'<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
        f'<Relationship Id="rId91" Type="{kinds}/hyperlink" Target="https://kamx.example/" TargetMode="External"/>'
        f'<Relationship Id="rId92" Type="{kinds}/image" Target="file:///KAMX.png" TargetMode="External"/>'
    )
    body = found["word/document.xml"].decode()
    hyper = '<w:p><w:hyperlink r:id="rId91"><w:r><w:t>Haus</w:t></w:r></w:hyperlink><w:del w:id="7" w:author="KAMX"><w:r><w:delText>KAMX</w:delText></w:r></w:del><w:commentRangeStart w:id="0"/></w:p>'
    linked = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="KAMX"/><a:graphic><a:graphicData uri="x"><a:blip r:link="rId92"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    spaces = (
        '<w:body xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' xmlns:r="{kinds}">'
    )
    return {
        **found,
        "word/_rels/document.xml.rels": rels.replace("</Relationships>", f"{more}</Relationships>").encode(),
        "word/document.xml": body.replace("<w:body>", spaces + hyper + linked).encode(),
        "word/vbaProject.bin": b"KAMX", "word/comments.xml": b"<a>KAMX</a>",
        "word/_rels/settings.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{kinds}/attachedTemplate" Target="file:///KAMX.dotm" TargetMode="External"/></Relationships>'.encode(),
        "customXml/item1.xml": b"<a>KAMX</a>", "word/media/orphan.png": b"KAMX",
        "word/fonts/font1.odttf": b"KAMX", "docProps/custom.xml": b"<a>KAMX</a>",
    }  # fmt: skip


def test_nothing_planted_in_a_template_comes_into_a_document(tmp_path: Path) -> None:
    folder = brand(tmp_path, planted(poisoned), MAPPED)
    blob = made(folder)
    everything = b"".join(test_office.parts(blob).values())
    assert b"kamx" not in everything.lower()
    assert b"vbaProject" not in everything
    assert office_structure.faults(blob) == []
    assert "Haus" in docx.Document(io.BytesIO(blob)).paragraphs[0].text  # the link's words stay
    path = tmp_path / "planted.docx"
    path.write_bytes(blob)
    assert office_support.sdk_errors([path]) == {path: []}
    found = read_template(planted(poisoned), load_theme(str(folder)), "de")
    assert found.dropped == ("comments", "data", "external", "fonts", "macros", "sample")


def with_even_pages_and_other_pictures() -> bytes:
    """A template as agencies make them: a header for even pages, its logo as an EMF."""
    opened = docx.Document(io.BytesIO(of_house()))
    opened.settings.odd_and_even_pages_header_footer = True
    opened.sections[0].even_page_header.paragraphs[0].text = "Nur auf geraden Seiten"
    with zipfile.ZipFile(io.BytesIO(saved(opened))) as package:
        found = {name: package.read(name) for name in package.namelist()}
    types = found["[Content_Types].xml"].replace(b'Extension="png" ContentType="image/png"', b'Extension="emf" ContentType="image/x-emf"')  # fmt: skip
    out = {n.replace("image1.png", "image1.emf"): c.replace(b"image1.png", b"image1.emf") if n.endswith(".rels") else c for n, c in found.items()}  # fmt: skip
    return pack({**out, "[Content_Types].xml": types})


def test_even_pages_and_pictures_of_other_kinds_are_left_and_told(tmp_path: Path) -> None:
    folder = brand(tmp_path, with_even_pages_and_other_pictures(), MAPPED)
    blob = made(folder)
    assert office_structure.faults(blob) == []
    everything = b"".join(test_office.parts(blob).values()).decode("utf-8", "replace")
    assert "geraden Seiten" not in everything
    assert "Haus AG" in everything
    assert not [name for name in test_office.parts(blob) if name.endswith(".emf")]
    found = read_template(
        (folder / "word.docx").read_bytes(), load_theme(str(folder)), "de"
    ).dropped
    assert {"even", "pictures"} <= set(found)
    assert not {"even", "pictures"} & set(read_template(of_house(), load_theme(str(folder)), "de").dropped)  # fmt: skip
    for lang, said in (
        ("en", "headers and footers of even pages"),
        ("de", "Bilder anderer Formate"),
    ):
        assert said in run(tmp_path, "brand", "check", folder.name, lang=lang).output


@pytest.mark.parametrize("what", ["garbage", "doctype", "not well-formed", "a workbook"])
def test_a_template_that_cannot_be_read_is_refused(tmp_path: Path, what: str) -> None:
    def spoiled(found: PARTS) -> PARTS:
        body = found["word/document.xml"]
        if what == "a workbook":
            return {"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}
        return {**found, "word/document.xml": b"<!DOCTYPE a>" + body if what == "doctype" else body[:-5]}  # fmt: skip

    folder = brand(tmp_path, b"PK no" if what == "garbage" else planted(spoiled))
    found = look_at(load_theme(str(folder))).problems
    assert [p.rule for p in found] == ["brand-template-broken"]
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    refused = run(tmp_path, "build", "--brand", folder.name, "word").exception
    assert [p.rule for p in refused.problems] == ["brand-template-broken"]  # type: ignore[union-attr]


def run(root: Path, *words: str, lang: str = "en") -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--lang", lang, *words])


def test_the_check_says_what_is_used_and_what_is_missing(tmp_path: Path) -> None:
    folder = brand(tmp_path, planted(poisoned), MAPPED)
    done = run(tmp_path, "brand", "check", folder.name)
    assert done.exit_code == 0, done.output
    for said in (
        "heading1 (Haus Überschrift A)", "body (Haus Fließtext)", "ours are used: lead", "Cover: the template’s",
        "Not taken over: comments, data of other programs (customXml), what points elsewhere",
    ):  # fmt: skip
        assert said in done.output, said
    assert "Nicht übernommen: Kommentare" in run(tmp_path, "brand", "check", folder.name, lang="de").output  # fmt: skip


def test_names_that_the_template_has_not_are_told_with_the_nearest(tmp_path: Path) -> None:
    styles = "  styles:\n    heading1: Haus Überschrift B\n    boddy: Haus Fließtext\n"
    folder = brand(tmp_path, of_house(), styles)
    found = {p.rule: p for p in look_at(load_theme(str(folder))).problems}
    assert found["brand-style-unknown"].facts["nearest"] == "Haus Überschrift A"
    assert found["brand-style-role"].facts["nearest"] == "body"
    lines = (folder / "brand.yml").read_text("utf-8").splitlines()
    assert "Überschrift B" in lines[found["brand-style-unknown"].place.line - 1]
    assert run(tmp_path, "brand", "check", folder.name).exit_code == 1


def test_a_template_that_is_named_must_be_there(tmp_path: Path) -> None:
    theme: Theme = replace(load_theme("planwerk"), word_template="gone.docx")
    assert [p.rule for p in look_at(theme).problems] == ["brand-file-missing"]
