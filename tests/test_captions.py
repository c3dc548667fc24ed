"""Captions of Word documents: numbered, listed on opening, and what texts refer to by number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import gallery
from planwerk import blocks as b
from planwerk.render.word import CONTENTS_FROM, render_document
from planwerk.theme import load_theme
from test_office import document, parts

FIELD = re.compile(
    r'<w:instrText xml:space="preserve"> (.*?) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    r'(.*?)<w:r><w:fldChar w:fldCharType="end"/></w:r>', re.S
)  # fmt: skip


def body(made: b.Document) -> str:
    return parts(render_document(made, load_theme()))["word/document.xml"].decode()


def plain(xml: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", xml)).replace("\u00a0", " ")


def fields(xml: str, kind: str) -> list[tuple[str, str]]:
    """The fields of a kind with what they say."""
    return [(code, plain(said)) for code, said in FIELD.findall(xml) if code.startswith(kind)]


def of(*blocks: b.Block, chapters: int = 1) -> b.Document:
    first = b.Chapter("Zahlen", "", blocks)
    rest = tuple(b.Chapter(f"Kapitel {i}", "", ()) for i in range(chapters - 1))
    return b.Document("text", "Text\nNordwind", "", "de", (first, *rest), (), "Text", "Fuß", "Ruhrblick", date(2026, 11, 23), gallery.LABELS)  # fmt: skip


def test_every_caption_has_a_bookmark_around_its_label_and_number() -> None:
    xml = body(document())
    captions = re.findall(r'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>(.*?)</w:p>', xml)
    assert len(captions) >= 10
    marked = [re.fullmatch(r'<w:bookmarkStart w:id="(\d+)" w:name="(_Ref\w+)"/>(.*?)<w:bookmarkEnd w:id="\1"/>(.*)', c) for c in captions]  # fmt: skip
    assert all(marked)
    assert {plain(re.sub(r"<w:instrText.*?</w:instrText>", "", m[3])).split(" ")[0] for m in marked if m} == {"Tabelle", "Abbildung"}  # fmt: skip
    names = [found[2] for found in marked if found]
    assert len(set(names)) == len(names) == len(captions)


def test_a_text_refers_to_a_figure_before_and_after_it() -> None:
    chart = replace(gallery.chart("line"), key="kpi:nps")
    text = b.Paragraph((b.Run("Siehe "), b.Run("", refers="kpi:nps"), b.Run("; "), b.Run("nirgends", refers="kpi:other")))  # fmt: skip
    xml = body(of(gallery.chart("stacked"), text, chart, text))
    assert fields(xml, "REF ") == [("REF _RefFigure0002 \\h", "Abbildung 2")] * 2
    assert xml.count('w:name="_RefFigure0002"') == 1
    said = plain(re.sub(r"<w:instrText.*?</w:instrText>", "", xml))
    assert said.count("Siehe Abbildung 2; nirgends") == 2
    assert "refers" not in xml


def test_a_document_with_contents_lists_its_figures_and_tables() -> None:
    blocks = (gallery.chart("line"), gallery.table(2), gallery.chart("columns"))
    xml = body(of(*blocks, chapters=CONTENTS_FROM))
    (figures, tables) = [(code, said) for code, said in FIELD.findall(xml) if "\\c" in code]
    assert figures[0] == 'TOC \\n \\h \\z \\c "Abbildung"' and tables[0].endswith('"Tabelle"')
    assert plain(figures[1]).startswith("Abbildung 1   Newsletter: 102 fehlen zum Zielwert")
    assert "Abbildung 2   Die Antwortzeit fällt" in plain(figures[1])
    anchors = re.findall(r'w:anchor="([^"]+)"', xml)
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', xml)
    assert set(anchors) <= set(names)
    assert "\\c" not in body(of(*blocks))  # short documents have no contents
    assert "\\c" not in body(of(chapters=CONTENTS_FROM))  # nothing to list


def test_words_that_look_like_our_marks_stay_words() -> None:
    said = '<cover/> <lists/> <refers to="a">x</refers> @@COVER@@ r:id="link1" r:embed="image1"'
    link = b.Run("hier", link="https://a.example/")
    xml = body(of(b.Paragraph((*b.text(said), link)), gallery.picture("png", 9, 9)))
    assert said in plain(xml)
    assert xml.count("<w:sectPr>") == body(of()).count("<w:sectPr>")
