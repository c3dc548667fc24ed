"""Tables that can be filtered and sorted: in a browser, without one, on paper and as a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import browser_support
from planwerk import blocks as b
from planwerk.compose import portal as compose
from planwerk.render.html import Writer
from planwerk.render.portal import render_site
from planwerk.theme import load_theme
from planwerk.words import load_words

NAMES = ("Ärzte", "Zeta", "Anna", "Österreich", "Beta")
INDUSTRIES = ("Logistik", "Handel", "Öl & Gas")


def row(i: int) -> b.Row:
    """The i-th account: amounts of very different length, every seventh unknown."""
    amount = b.Cell(b.text("offen"), unknown=True, note="nichts erfasst")
    if i % 7:
        amount = b.Cell(b.text(f"{i * 997:,}".replace(",", ".")), value=i * 997)
    status = b.Status("bad", "gefährdet") if i % 3 == 0 else b.Status("good", "auf Kurs")
    day = b.Cell(b.text(f"{1 + i % 28}.{1 + i % 12}."), value=739000 - i)
    name = b.Cell(b.text(f"{NAMES[i % 5]} {i}"), note="Notiz")
    industry = b.Cell(b.text(INDUSTRIES[i % 3]))
    return b.Row((name, industry, amount, b.Cell(status=status), day, b.Cell(b.text("x"))))


def table(rows: int, tools: str = "accounts") -> b.Table:
    columns = (
        b.Column("Kunde", wide=True), b.Column("Branche", choose=True), b.Column("Umsatz", "right", link="#more"),
        b.Column("Stand", choose=True), b.Column("Bis"), b.Column("Wert", still=True),
    )  # fmt: skip
    whole = b.Row((b.Cell(b.text("Alle")), b.Cell(), b.Cell(b.text("999")), b.Cell(), b.Cell(), b.Cell()), "total")  # fmt: skip
    return b.Table(columns, (whole, *map(row, range(rows))), f"Tabelle {tools}", tools=tools)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of ours with a long table and a short one."""
    words = load_words("de")
    blocks = (b.Section("Alle", (table(40),)), b.Section("Wenige", (table(4, "few"),)))
    page = b.Page("index", "Kunden", "Vierzig Kunden", blocks)
    folded = b.Page("more", "Mehr", "Mehr", (b.Fold("Umsatz", (b.Paragraph(b.text("Tief drin")),), "revenue"),))  # fmt: skip
    site = b.Site("Haus", "de", True, (page, folded), "", compose.labels(words))
    out = tmp_path_factory.mktemp("tables")
    render_site(site, load_theme(), out)
    return out


@pytest.fixture
def page(browser: Any, made: Path) -> Iterator[Any]:
    opened, wrong = browser_support.open_page(browser, f"file://{made}/index.html")
    yield opened
    assert wrong == []
    opened.context.close()


def cells(page: Any, number: int, name: str = "accounts") -> list[str]:
    """What the shown rows say in a column, the first is 0."""
    script = "([name, n]) => [...document.querySelectorAll(`table[data-tools=${name}] tbody tr`)].filter(r => !r.hidden).map(r => r.cells[n].firstChild.textContent.trim())"
    return list(page.evaluate(script, [name, number]))


def press(page: Any, head: str, name: str = "accounts") -> None:
    page.locator(f"table[data-tools={name}] th", has_text=head).locator("button").press("Enter")


def test_a_table_without_tools_is_as_it_was() -> None:
    plain = b.Table((b.Column("A"),), (b.Row((b.Cell(b.text("1"), value=1),)), b.Row((b.Cell(b.text("2")),), "total")), "A")  # fmt: skip
    said = Writer(compose.labels(load_words("de"))).block(plain)
    assert "data-" not in said
    assert "tfoot" not in said


def test_cells_say_what_they_sort_by() -> None:
    said = Writer(compose.labels(load_words("de"))).block(table(8))
    assert 'data-v="997"' in said
    assert 'data-v=""' in said
    assert re.search(r'<tfoot><tr class="total">', said)
    assert said.count("data-choose") == 2
    assert said.count("data-still") == 1


@pytest.mark.browser
def test_values_are_sorted_as_values_and_unknown_ones_stay_last(page: Any) -> None:
    press(page, "Umsatz")
    head = page.locator("table[data-tools=accounts] th", has_text="Umsatz")
    assert head.get_attribute("aria-sort") == "descending"
    known = [int(said.replace(".", "")) for said in cells(page, 2) if said != "offen"]
    assert known == sorted(known, reverse=True)
    assert cells(page, 2)[len(known) :] == ["offen"] * 6
    press(page, "Umsatz")
    assert head.get_attribute("aria-sort") == "ascending"
    assert cells(page, 2)[-6:] == ["offen"] * 6
    assert cells(page, 2)[0] == "997"
    press(page, "Umsatz")
    assert head.get_attribute("aria-sort") is None
    assert cells(page, 0)[:3] == ["Ärzte 0", "Zeta 1", "Anna 2"]


@pytest.mark.browser
def test_names_are_sorted_as_a_german_reader_does_and_days_as_days(page: Any) -> None:
    page.locator("table[data-tools=accounts] th", has_text="Kunde").locator("button").click()
    firsts = [said.split()[0] for said in cells(page, 0)]
    assert list(dict.fromkeys(firsts)) == ["Anna", "Ärzte", "Beta", "Österreich", "Zeta"]
    assert cells(page, 0)[:3] == ["Anna 2", "Anna 7", "Anna 12"]
    press(page, "Bis")
    assert cells(page, 0)[0] == "Beta 39"
    press(page, "Stand")
    assert {int(said.split()[1]) % 3 for said in cells(page, 0)[:14]} == {0}


@pytest.mark.browser
def test_what_has_several_units_is_not_sorted(page: Any) -> None:
    assert page.locator("table[data-tools=accounts] th", has_text="Wert").locator("button").count() == 0  # fmt: skip


@pytest.mark.browser
def test_rows_are_filtered_counted_and_the_sum_says_that_it_is_of_all(page: Any) -> None:
    status = page.locator(".pw-tools [role=status]")
    assert page.locator(".pw-tools").count() == 1  # the short table needs none
    assert page.locator(".pw-of-all").first.is_hidden()
    page.get_by_label("Filtern", exact=True).fill("ÄRZTE")
    page.locator(".pw-tools [role=status]", has_text="8 von 40").wait_for()
    assert len(cells(page, 0)) == 8
    assert page.locator("table[data-tools=accounts] .pw-of-all").is_visible()
    page.get_by_label("Branche").select_option("Öl & Gas")
    assert cells(page, 1) == ["Öl & Gas"] * len(cells(page, 1))
    assert "Branche: Öl & Gas" in status.inner_text()
    page.get_by_role("button", name="Zurücksetzen").click()
    assert len(cells(page, 0)) == 40
    assert page.url.partition("#")[2] == ""


@pytest.mark.browser
def test_what_is_chosen_is_a_link(browser: Any, page: Any) -> None:
    page.get_by_label("Branche").select_option("Öl & Gas")
    press(page, "Umsatz")
    press(page, "Bis", "few")
    shared, wrong = browser_support.open_page(browser, page.url)
    assert cells(shared, 0) == cells(page, 0)
    assert shared.get_by_label("Branche").input_value() == "Öl & Gas"
    assert cells(shared, 0, "few") == cells(page, 0, "few") == ["Österreich 3", "Anna 2", "Zeta 1", "Ärzte 0"]  # fmt: skip
    assert wrong == []
    shared.context.close()
    odd, wrong = browser_support.open_page(browser, page.url.partition("#")[0] + "#table=accounts&Branche=%22%5D&sort=Nichts&q=%")  # fmt: skip
    assert wrong == []
    odd.context.close()


@pytest.mark.browser
def test_without_scripts_all_of_it_is_there(browser: Any, made: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"file://{made}/index.html")
    assert plain.locator("table[data-tools=accounts] tbody tr").count() == 40
    assert plain.locator(".pw-tools").count() == 0
    context.close()


@pytest.mark.browser
def test_paper_shows_what_is_filtered_and_says_so(page: Any) -> None:
    page.get_by_label("Branche").select_option("Handel")
    page.emulate_media(media="print")
    assert page.locator(".pw-tools [role=status]").is_visible()
    assert "13 von 40 Zeilen (Branche: Handel)" in page.locator(".pw-tools [role=status]").inner_text()  # fmt: skip
    assert page.locator(".pw-tools select").first.is_hidden()
    assert page.locator("table[data-tools=accounts] tbody tr:visible").count() == 13


@pytest.mark.browser
def test_a_phone_shows_the_first_rows_and_paper_all(browser: Any, made: Path) -> None:
    opened, _ = browser_support.open_page(browser, f"file://{made}/index.html", 390)
    rows = opened.locator("table[data-tools=accounts] tbody tr:visible")
    assert rows.count() == 12
    opened.emulate_media(media="print")
    assert rows.count() == 40
    opened.emulate_media(media="screen")
    opened.get_by_role("button", name="Alle 40 Zeilen zeigen").click()
    assert rows.count() == 40
    opened.context.close()


@pytest.mark.browser
def test_a_link_into_what_is_folded_opens_it(browser: Any, made: Path) -> None:
    opened, wrong = browser_support.open_page(browser, f"file://{made}/more.html#revenue")
    assert opened.get_by_text("Tief drin").is_visible()
    assert wrong == []
    opened.context.close()


@pytest.mark.browser
def test_axe_finds_no_violation_whatever_is_chosen(browser: Any, page: Any) -> None:
    page.get_by_label("Filtern", exact=True).fill("ä")
    press(page, "Umsatz")
    page.locator("table.pw-filtered").wait_for()
    assert browser_support.violations_now(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_page_whose_script_never_comes_is_shown_all_the_same(browser: Any, made: Path, motion: str) -> None:  # fmt: skip
    """It waits for the script that completes its tables, and not for ever, whatever moves or not."""
    context = browser.new_context(reduced_motion=motion)
    opened = context.new_page()
    opened.route("**/planwerk*.js", lambda route: route.abort())
    opened.goto(f"file://{made}/index.html")
    assert opened.locator(".pw").get_attribute("data-ready") is None
    opened.wait_for_selector("text=Vierzig Kunden", state="visible", timeout=5_000)
    opened.wait_for_selector("text=Ärzte 35", state="visible", timeout=5_000)
    context.close()
