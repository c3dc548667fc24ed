"""How Word documents stand on their pages: what stays together, what follows, what is not there."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import gallery
import office_support
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL
from planwerk.compose import documents
from planwerk.model.portfolio import Portfolio
from planwerk.render import word_tables
from planwerk.render.office_chart import chart_parts
from planwerk.render.word import render_document
from planwerk.render.word_body import Body
from planwerk.render.word_page import DRAWN, TALLEST, _drawn, _fitted
from planwerk.theme import load_theme
from test_captions import body, of, plain
from test_documents import portfolio, view

__all__ = ["portfolio"]
KEPT = "<w:keepNext/>"


def table(rows: int, words: str = "Wort") -> b.Table:
    cells = tuple(b.Row((b.Cell(b.text(f"{n}. {words}")), b.Cell(b.text(words)))) for n in range(rows))  # fmt: skip
    return b.Table((b.Column("Was", wide=True), b.Column("Wer")), cells, "Tabelle")


def rows_of(xml: str) -> list[str]:
    return re.findall(r"<w:tr>.*?</w:tr>", xml.partition("<w:tbl>")[2].partition("</w:tbl>")[0])


def kept(xml: str) -> list[bool]:
    """Of each row but that of heads, whether it stays with the next."""
    return [KEPT in row for row in rows_of(xml)[1:]]


def test_a_low_table_is_not_broken_and_a_high_one_not_after_its_first_row() -> None:
    assert kept(body(of(table(5)))) == [True] * 4 + [False]
    assert kept(body(of(table(60)))) == [True, *[False] * 57, True, False]
    high = table(9, "mehrere Wörter " * 8)
    assert kept(body(of(high))) == [True, *[False] * 6, True, False]


def test_a_short_chapter_follows_and_moves_on_whole() -> None:
    """It begins on the page of the one before; where there is no room, none of it stays there."""
    made = of(table(30), chapters=1)
    second = b.Chapter("Kurz", "Ein kurzer Vorspann.", (table(3), b.Paragraph(b.text("Ende."))))
    xml = body(replace(made, chapters=(*made.chapters, second)))
    chapter = xml.partition("Kurz</w:t>")[2].partition("<w:sectPr>")[0]
    assert '<w:pStyle w:val="Heading1"/><w:pageBreakBefore w:val="0"/><w:spacing' in xml
    styled = re.findall(r"<w:p><w:pPr>.*?</w:p>", chapter)
    loose = [plain(one) for one in styled if KEPT not in one and "TableHead" not in one]
    assert loose == ["Ende."]
    long = b.Chapter("Lang", "", (table(30),))
    xml = body(replace(made, chapters=(*made.chapters, long)))
    assert '<w:pStyle w:val="Heading1"/></w:pPr>' in xml  # on a page of its own


def test_nothing_stands_between_a_table_at_a_chapters_end_and_the_next() -> None:
    """A line of its own there could be all that a page holds."""
    made = of(table(30))
    xml = body(replace(made, chapters=(*made.chapters, b.Chapter("Lang", "", (table(30),)))))
    assert '</w:tbl><w:p><w:pPr><w:pStyle w:val="Heading1"/>' in xml


def test_columns_that_refer_to_no_figure_are_left_out() -> None:
    def known(fallback: str) -> str:
        row = b.Row((b.Cell(b.text("NPS")), b.Cell((b.Run(fallback, refers="kpi:nps"),))))
        return plain(body(of(b.Table((b.Column("Kennzahl"), b.Column("Gezeigt in")), (row,), "T"))))

    assert "Gezeigt in" not in known("")
    assert "Gezeigt in" in known("Ziele")
    chart = replace(gallery.chart("line"), key="kpi:nps")
    row = b.Row((b.Cell(b.text("NPS")), b.Cell((b.Run("", refers="kpi:nps"),))))
    shown = b.Table((b.Column("Kennzahl"), b.Column("Gezeigt in")), (row,), "T")
    assert "Gezeigt in" in plain(body(of(chart, shown)))


def goals(*goals: b.Goal) -> str:
    return body(of(b.Goals(goals, "Ziele", "wir", "Kunde", "Strich links: Ausgang.", "Regel.")))


def test_the_reading_aid_of_goals_says_what_is_drawn() -> None:
    goal = b.Goal("Mehr", "NPS", "10", "15", "20", b.Status("good", "auf Kurs"), 0.5, 0.7)
    said = plain(goals(goal))
    assert "Strich links" not in said
    assert "Der Balken zeigt den Weg. Der Strich ist heute. Regel." in said
    ink = load_theme().color("ink")
    assert goals(goal).count(f'w:fill="{ink}"') == 1
    without = replace(goal, expected=None)
    assert f'w:fill="{ink}"' not in goals(without)
    assert "Der Strich ist heute." not in plain(goals(without))
    nothing = replace(goal, kpi="", actual="offen", target="offen", progress=None, unknown=True)
    assert "Der Balken" not in plain(goals(nothing))
    assert "des Weges" not in plain(goals(nothing))
    assert "−10 % des Weges" in plain(goals(replace(goal, progress=-0.1)))


def test_columns_get_the_width_that_makes_the_table_low() -> None:
    """Few words get little, and a state or a name stays on one line."""
    rows = tuple(b.Row((b.Cell(b.text("ein langer Satz, der mehr als eine Zeile braucht " * 3)), b.Cell(b.text("Anna Keller")), b.Cell(status=b.Status("good", "auf Kurs")))) for _ in range(3))  # fmt: skip
    made = b.Table((b.Column("Was", wide=True), b.Column("Wer"), b.Column("Stand")), rows, "T")
    first, who, state = word_tables.measured(made, 9.5).widths(16.6)
    assert first > 10
    assert first + who + state == pytest.approx(16.6)
    assert who < 3
    assert state < 3


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("account", ["hollerbeck-pumpen", "quillbrook-pharmacies"])
def test_no_page_is_nearly_empty_and_no_question_stands_without_its_lines(
    portfolio: Portfolio, tmp_path: Path, account: str
) -> None:
    paths = []
    for audience in (INTERNAL, CLIENT):
        for document in documents.made(view(portfolio, audience, account)):
            paths.append(tmp_path / f"{audience}-{document.name}.docx")
            paths[-1].write_bytes(render_document(document, load_theme()))
    for pdf in office_support.render_pdf(paths, tmp_path):
        for number, ((_, high), said) in enumerate(office_support.page_words(pdf), start=1):
            within = [top for _, top, _, foot, _ in said if top > 70 and foot < high - 56]
            assert within, f"{pdf.stem}, page {number} is empty"
            assert max(within) - min(within) > 60, f"{pdf.stem}, page {number} is nearly empty"


def sheet() -> Body:
    """What a column 8 cm wide is written with."""
    return Body(load_theme("planwerk"), "de", {**gallery.LABELS, "more_rows": "und {count} weitere"}, 8.0)  # fmt: skip


def column(*parts: b.Block) -> list[b.Block]:
    """What of the parts stands in a column of the page, 8 cm wide and 8 high."""
    return _fitted(parts, sheet(), 8.0)


def test_on_the_one_page_rows_come_before_a_chart_and_it_takes_what_they_leave() -> None:
    course = gallery.chart("line")
    few, many = (b.Section("Ziele", (table(count),)) for count in (3, 9))
    assert column(few, course) == [few, course]
    assert DRAWN < _drawn([few, course], sheet(), 8.0) <= TALLEST
    assert column(many, course) == [many]


def test_on_the_one_page_rows_are_given_up_until_all_fits_and_are_counted() -> None:
    people, risks = b.Section("Wer", (table(30),)), b.Section("Was", (table(2),))
    first, second = column(people, risks)
    assert second == risks
    assert isinstance(first, b.Section)
    assert isinstance(first.blocks[0], b.Table)
    rows = first.blocks[0].rows
    assert b.plain(rows[-1].cells[0].text) == f"und {30 - len(rows) + 1} weitere"
    assert 5 <= len(rows) < 12


@pytest.mark.parametrize(
    ("value", "above", "below"), [(39.0, "Ziel", "Ist"), (41.0, "Ist", "Ziel"), (30.0, "both", "")]
)
def test_labels_at_the_end_of_two_lines_do_not_stand_on_each_other(
    value: float, above: str, below: str
) -> None:
    lines = (b.Series("Ist", (25.0, 28.0, value)), b.Series("Ziel", (40.0,) * 3, "target"))
    drawn = b.Chart("line", "NPS", "", ("Okt", "Nov", "Dez"), lines, "Der Verlauf.")
    xml = chart_parts(drawn, load_theme("planwerk"), language="de").xml.decode()
    told = {
        re.findall(r"<c:v>([^<]*)</c:v>", part)[0]: re.findall(r'<c:dLblPos val="(\w)"/>', part)[0]
        for part in xml.split("<c:ser>")[1:]
    }
    places = {"t": above, "b": below}
    assert told == ({"Ist": "t", "Ziel": "t"} if above == "both" else {places["t"]: "t", places["b"]: "b"})  # fmt: skip
