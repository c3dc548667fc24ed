"""The pages over all accounts: what they say is what the engine found, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import site_links
from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk import blocks as b
from planwerk.audience import CLIENT, project
from planwerk.compose import portal
from planwerk.compose.sections import figures as sheet
from planwerk.compose.sections.portfolio import figures, matrices, pages, values
from planwerk.compose.sections.portfolio.families import CATALOGUE as SHOWN
from planwerk.compose.sections.portfolio.families import families
from planwerk.compose.sections.portfolio.overall import GROUPS, overall
from planwerk.compose.sections.portfolio.todo import SHOWN as DUE
from planwerk.compose.view import view_of
from planwerk.kpis import BY_ID, kpi_of
from planwerk.loop.due import due
from planwerk.loop.gaps import gaps
from planwerk.loop.space import since_begin, space
from planwerk.loop.teams import routed
from planwerk.loop.unknowns import unknowns
from planwerk.measure import measure
from planwerk.model.computed import CATALOGUE
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.rollup import Rollup
from planwerk.words import LANGUAGES, load_kpi_words, load_portfolio_words, load_words

DATA = (
    "index", "accounts", "health", "behind", "due", "renewals", "by-client", "by-industry", "by-tier",
    "by-offering", "by-period", "kpis", "white-space", "problems", "gaps", "unknowns", "care",
    "signals",
)  # fmt: skip
REPLIES = "date,channel,count,answered\n2026-08-31,email,{},{}\n"


@pytest.fixture(scope="module")
def examples_read(examples: Path) -> Portfolio:
    found = read(examples).portfolio
    assert found is not None
    return measure(found)


def told(root: Path) -> Portfolio:
    found = read(root).portfolio
    assert found is not None
    return measure(found)


def by_name(portfolio: Portfolio, language: str = "de") -> dict[str, b.Page]:
    return {page.name: page for page in pages(portfolio, load_words(language))}


def inside(blocks: tuple[b.Block, ...], kind: type[Any]) -> Iterator[Any]:
    """Every block of a kind, however deep."""
    for block in blocks:
        if isinstance(block, kind):
            yield block
        if isinstance(block, b.Section | b.Fold):
            yield from inside(block.blocks, kind)
        if isinstance(block, b.Beside):
            for part in block.parts:
                yield from inside(part, kind)


def tables(page: b.Page) -> list[b.Table]:
    return list(inside(page.blocks, b.Table))


def column(table: b.Table, head: str) -> dict[str, b.Cell]:
    """The cells of a column by what the row is called."""
    at = next(n for n, column in enumerate(table.columns) if column.title == head)
    return {b.plain(row.cells[0].text): row.cells[at] for row in table.rows}


def counted(page: b.Page, kpi: str) -> list[dict[str, b.Cell]]:
    """What each table of a page says of a KPI, by what the group is called; KPIs are its columns
    or, where the groups are few, its rows."""
    found = []
    for table in tables(page):
        heads = [column.title for column in table.columns]
        if kpi in heads:
            found.append(column(table, kpi))
        rows = [row.cells for row in table.rows if b.plain(row.cells[0].text) == kpi]
        found += [dict(zip(heads[1:], cells[1:], strict=True)) for cells in rows]
    return found


# --- every page, whatever there is to say ------------------------------------------------------


def test_no_word_is_missing_in_either_language() -> None:
    def keys(texts: Any, above: str = "") -> set[str]:
        if not hasattr(texts, "items"):
            return {above}
        return {key for name, text in texts.items() for key in keys(text, f"{above}.{name}")}

    german, english = (keys(load_portfolio_words(code).all) for code in LANGUAGES)
    assert german == english


NOTHING: dict[str, str | bytes | None] = {"nordwind/account.md": None, "nordwind/2026-h2/plan.md": None}  # fmt: skip
BARE: dict[str, str | bytes | None] = {"nordwind/2026-h2/plan.md": None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("files", [NOTHING, BARE, {}], ids=["no account", "no logs", "a plan"])
def test_every_page_has_a_finding_whatever_there_is(
    workspace: Write, files: dict[str, str | bytes | None], language: str
) -> None:
    site = portal.portfolio_site(told(workspace(files)), load_words(language))
    found = {page.name: page for page in site.pages}
    assert set(DATA) <= set(found)
    for name in DATA:
        page = found[name]
        assert page.title and "{" not in page.title, name
        assert page.blocks, name
    titles = {found[name].title for name in ("health", "gaps", "unknowns", "problems", "signals")}
    assert len(titles) == 5


def test_findings_are_true_of_none_one_and_many(workspace: Write, examples_read: Portfolio) -> None:
    nothing = by_name(told(workspace(BARE)))
    assert nothing["index"].title == "Ein Kunde, noch kein Plan vereinbart"
    assert nothing["gaps"].title == "Unsere Arbeitsweise hat keine Lücke"
    assert nothing["due"].title == "Nichts ist überfällig, nichts wird in 14 Tagen fällig"
    assert nothing["by-client"].title == "Noch lässt sich keine Kennzahl zählen"
    assert nothing["white-space"].title == "Noch sind keine weißen Flecken erfasst"
    assert nothing["problems"].title == "Kein Team schuldet einem Kunden etwas"
    assert nothing["renewals"].title == "Von keinem Kunden ist ein Vertragsende bekannt"
    many = by_name(examples_read)
    assert many["index"].title.startswith("5 Kunden, 3 gefährdet; ")
    assert many["problems"].title.endswith("kann Produkt lösen")
    one = {"nordwind/interactions.csv": REPLIES.format(10, 4)}
    assert by_name(told(workspace({**BARE, **one})))["by-client"].title == "Antwortquote auf E-Mails: 40\u00a0%, gezählt nur bei Nordwind"  # fmt: skip


# --- what the engine found ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", ["client", "industry", "tier", "offering"])
def test_every_value_on_a_page_is_the_engines(
    examples_read: Portfolio, by: Any, language: str
) -> None:
    seen = overall(examples_read, load_words(language))
    page, engine, span = by_name(examples_read, language)[f"by-{by}"], Rollup(examples_read), figures.year(seen)  # fmt: skip
    compared = 0
    for _, kpis in families(examples_read.workspace):
        for kpi in kpis:
            groups = {matrices.name_of(seen, by, g.key): g for g in engine.by(kpi.id, by, span)}
            groups[seen.of_kpis("rollup.all")] = engine.by(kpi.id, "all", span)[0]
            for cells in counted(page, values.head(seen, kpi)):
                for name, group in groups.items():
                    compared += 1
                    said = b.plain(cells[name].text)
                    if group.counted.value is None:
                        assert cells[name].unknown and "0" not in said, (kpi.id, name)
                        assert cells[name].note, (kpi.id, name)
                    else:
                        assert said == values.words_of(seen, kpi, group.counted.value, unit=False)
                        assert str(group.counted.n) in cells[name].note.replace(".", "").replace(",", " ")  # fmt: skip
    assert compared > 20


@pytest.mark.parametrize("by", ["client", "industry", "tier", "offering", "period"])
def test_kpis_stand_in_one_table_that_begins_with_what_matters_most(
    examples_read: Portfolio, by: str
) -> None:
    """Never a run of tables that look the same: where the groups are few, one holds all KPIs."""
    page = by_name(examples_read)[f"by-{by}"]
    open_ = [block for block in page.blocks if isinstance(block, b.Section)]
    shown = [block for section in open_ for block in section.blocks if isinstance(block, b.Table)]
    assert [table.label.split(":")[0] for table in shown] == ["Das Wichtigste", "Alle Kennzahlen"][by == "period" :]  # fmt: skip
    assert len([row for row in shown[-1].rows if row.kind == "group"]) > 3
    assert all(section.blocks for section in open_), "a heading with nothing below it"


def test_rates_are_never_averaged_and_the_sample_stands_beside(workspace: Write) -> None:
    """1 of 10 and 90 of 90: 91 of 100."""
    files: dict[str, str | bytes | None] = {
        "nordwind/interactions.csv": REPLIES.format(10, 1),
        "suedwind/account.md": ACCOUNT.replace("Nordwind", "Südwind"),
        "suedwind/interactions.csv": REPLIES.format(90, 90),
        "leer/account.md": ACCOUNT.replace("Nordwind", "Leer"),
    }
    found = by_name(told(workspace(files)))
    for name, row in (("by-industry", "Logistik"), ("by-client", "Alle Kunden")):
        (cells,) = counted(found[name], "Antwortquote auf E-Mails")
        cell = cells[row]
        assert (b.plain(cell.text), cell.note) == ("91\u00a0%", "91 von 100, 1 fehlt")
    assert (b.plain(cells["Leer AG"].text), cells["Leer AG"].note, cells["Leer AG"].unknown) == ("offen", "nichts erfasst", True)  # fmt: skip
    (fold,) = (f for f in inside(found["by-industry"].blocks, b.Fold) if "91" in str(f))
    facts = str(fold)
    for words in ("91 Antworten von 100 zugestellt", "Leer AG", "Kontaktprotokoll (interactions.csv): 2", "24. November 2025 – 23. November 2026"):  # fmt: skip
        assert words in facts, words


def test_a_currency_without_a_rate_is_unknown_with_its_reason_and_named(workspace: Write) -> None:
    log = "date,kind,amount,currency\n2026-08-31,new,10,CHF\n"
    files = {"nordwind/revenue.csv": log, "suedwind/account.md": ACCOUNT.replace("Nordwind", "Südwind"), "suedwind/revenue.csv": log.replace("CHF", "EUR")}  # fmt: skip
    found = by_name(told(workspace(files)))
    assert "Umsatz (Kurs fehlt: Nordwind AG)" in str(found["by-industry"])
    cells = counted(found["by-client"], "Umsatz, Tsd.\u00a0EUR")[0]
    assert (b.plain(cells["Südwind AG"].text), cells["Nordwind AG"].note) == ("0,0", "Kurs fehlt")
    assert cells["Nordwind AG"].unknown and cells["Alle Kunden"].unknown


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_are_those_of_the_loop(examples_read: Portfolio, language: str) -> None:
    found, portfolio = by_name(examples_read, language), examples_read
    late = [f for f in due(portfolio) if f.late is not None and f.late > 0]
    owed = sum(f.side == "client" for f in late)
    whole = space(since_begin(portfolio))
    numbers = {
        "due": len(late),
        "gaps": sum(f.kind != "told" for f in gaps(portfolio)),
        "unknowns": len(unknowns(portfolio)),
        "problems": sum(r.open for r in routed(portfolio)),
    }
    for name, number in numbers.items():
        assert re.match(rf"{number}\b", found[name].title), (name, found[name].title)
    (client,) = (s for s in inside(found["due"].blocks, b.Section) if s.anchor == "client")
    assert len(client.blocks[0].rows) == owed
    cards = next(inside(found["white-space"].blocks, b.Cards)).items
    assert [card.value for card in cards[:4]] == [str(n) for n in (whole.found, whole.filled, whole.lost, whole.left)]  # fmt: skip
    (first,) = (s for s in inside(found["index"].blocks, b.Section) if s.anchor == "questions")
    answers = {item.link.removeprefix("#page:"): item.who for item in first.blocks[0].items}
    assert {"by-client", "by-industry", "gaps", "white-space", "problems"} <= set(answers)
    assert all(answers[name] == found[name].title for name in answers)


def test_white_space_adds_up_by_offering_and_by_account(examples_read: Portfolio) -> None:
    page = by_name(examples_read)["white-space"]
    for anchor in ("offerings", "accounts"):
        (section,) = (s for s in inside(page.blocks, b.Section) if s.anchor == anchor)
        total, *rows = section.blocks[0].rows
        for at in range(1, 5):
            counts = [b.plain(row.cells[at].text) for row in rows if not row.cells[at].unknown]
            assert int(b.plain(total.cells[at].text)) == sum(map(int, counts))


def test_what_is_missing_and_what_is_stale_is_named(workspace: Write) -> None:
    method = WORKSPACE + "method:\n  sections:\n    - profile\n    - stakeholders\n    - review\n  fresh:\n    - section: stakeholders\n      within: 30 days\n"  # fmt: skip
    people = "---\nchecked_on: 2026-08-01\nstakeholders:\n  - id: cio\n    name: Dr. Anna Keller\n---\n"  # fmt: skip
    page = by_name(told(workspace({"workspace.yml": method, "nordwind/stakeholders.md": people})))["care"]  # fmt: skip
    lacking, stale = tables(page)
    words = b.plain(lacking.rows[0].cells[2].text)
    assert "Profil: Geschäftsmodell" in words
    assert "Dr. Anna Keller (Rolle im Kauf, Einfluss, Haltung" in words
    assert b.plain(stale.rows[0].cells[2].text) == "Stakeholder (Dr. Anna Keller): zuletzt 01.08.2026, erlaubt sind 30 Tage"  # fmt: skip
    assert page.title == "Die Pläne sind zu 0\u00a0% vollständig und zu 0\u00a0% aktuell"


def test_by_person_only_where_the_house_agreed_on_it(workspace: Write) -> None:
    log: dict[str, str | bytes | None] = {"nordwind/interactions.csv": REPLIES.format(10, 4)}
    assert "by-owner" not in by_name(told(workspace(log)))
    page = by_name(told(workspace({**log, "workspace.yml": WORKSPACE + "by_owner: ja\n"})))["by-owner"]  # fmt: skip
    (cells,) = counted(page, "Antwortquote auf E-Mails")
    assert b.plain(cells["Maren Brandt"].text) == "40\u00a0%"


def test_a_sign_that_was_answered_before_it_was_known_says_so(examples_read: Portfolio) -> None:
    rows = [row for table in tables(by_name(examples_read)["signals"]) for row in table.rows]
    last = {b.plain(row.cells[-1].text) for row in rows}
    assert "schon davor" in last
    assert "0 Tage" not in last or len(last) > 2


# --- the catalogue -----------------------------------------------------------------------------


def test_every_kpi_of_the_catalogue_has_its_place_and_its_family(examples_read: Portfolio) -> None:
    assert frozenset(CATALOGUE) == SHOWN
    page = by_name(examples_read)["kpis"]
    anchors = {fold.anchor for fold in inside(page.blocks, b.Fold)}
    house = {kpi.id for kpi in examples_read.workspace.kpis}
    assert anchors >= set(CATALOGUE) | house
    words = str(page)
    for name in CATALOGUE:
        assert (kpi_of(examples_read.workspace, name) is None) == (name == "nps")
    assert "Weg: Anruf, Treffen; Strategisch: ja" in words
    assert "Angebot: Befragung" in words
    for language in LANGUAGES:
        sources = load_kpi_words(language).group("source")
        assert set(sources) == set(CATALOGUE)
    assert all(sources[name] == BY_ID[name].source for name in CATALOGUE)


def test_a_kpi_that_is_missing_in_the_families_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_portfolio.SHOWN", SHOWN - {"revenue"})
    with pytest.raises(AssertionError):
        assert frozenset(CATALOGUE) == SHOWN


# --- many accounts -----------------------------------------------------------------------------


def test_long_lists_are_cut_and_say_so(workspace: Write) -> None:
    count = GROUPS + 20
    task = "---\ntasks:\n  - id: a\n    title: Bericht zeigen\n    accountable: brandt\n    due: 2026-11-01\n---\n"  # fmt: skip
    files: dict[str, str | bytes | None] = {}
    for number in range(count):
        folder = f"kunde-{number:03}"
        files[f"{folder}/account.md"] = ACCOUNT.replace("Nordwind", f"Kunde {number:03}")
        files[f"{folder}/2026-h2/plan.md"] = PLAN
        files[f"{folder}/2026-h2/tasks.md"] = task
        files[f"{folder}/interactions.csv"] = REPLIES.format(10, number % 11)
    found = by_name(told(workspace({**NOTHING, **files})))
    assert found["due"].title == f"{count} Dinge sind überfällig: {count} bei uns"
    assert f"Gezeigt sind {DUE} von {count}" in str(found["due"])
    (contact,) = (t for t in tables(found["by-client"]) if t.label.startswith("Kontakt"))
    assert len(contact.rows) == GROUPS + 1
    assert (
        f"die {GROUPS // 2} höchsten und die {GROUPS // 2} niedrigsten von {count}" in contact.note
    )
    replies = column(contact, "Antwortquote auf E-Mails")
    assert sum(b.plain(cell.text) == "0\u00a0%" for cell in replies.values()) > 5
    (first,) = (t for t in tables(found["index"]) if t.label == "Alle Kunden")
    assert len(first.rows) == 25 and f"Gezeigt sind 25 von {count} Kunden" in first.note
    assert len(tables(found["health"])[0].rows) == count


# --- who may see it ----------------------------------------------------------------------------


def test_an_account_has_its_figures_for_us_and_not_for_the_client(examples_read: Portfolio) -> None:
    ours = view_of(examples_read, examples_read.account("nordwind-logistik"))
    page = sheet.page(ours)
    assert page is not None
    assert "31" not in page.title and page.title.endswith("lassen sich zählen")
    rows = {b.plain(row.cells[0].text): row for table in tables(page) for row in table.rows}
    assert "von" in b.plain(rows["Antwortquote auf E-Mails"].cells[2].text)
    seen = project(examples_read, CLIENT, "nordwind-logistik")
    theirs = view_of(seen, seen.accounts[0])
    assert sheet.page(theirs) is None


def test_no_client_portal_holds_a_page_of_the_portfolio(built_examples: Path) -> None:
    for folder in (built_examples / "clients").iterdir():
        names = {path.stem for path in folder.rglob("*.html")}
        assert names.isdisjoint({*DATA, "figures"} - {"index"})


# --- as a reader finds them --------------------------------------------------------------------


def test_within_three_clicks(built_examples: Path) -> None:
    """What is late, what the client owes, which KPI is missed and why, what changed last week."""
    links = set(site_links.links(built_examples / "internal/index.html"))
    wanted = {"due.html", "behind.html", "by-client.html", "by-industry.html", "gaps.html", "white-space.html", "problems.html", "unknowns.html", "signals.html", "health.html"}  # fmt: skip
    assert wanted <= links
    assert {"accounts/nordwind-logistik/index.html", "accounts/brightwater-stores/index.html"} <= links  # fmt: skip


def test_what_depends_on_contracts_is_added_up_and_unknown_revenue_is_said(
    workspace: Write,
) -> None:
    until = "owner: brandt\ncontract_until: 2027-02-28\n"
    log = "date,kind,amount\n2026-08-31,recurring,40000\n"
    files: dict[str, str | bytes | None] = {
        "nordwind/account.md": ACCOUNT.replace("owner: brandt\n", until),
        "nordwind/revenue.csv": log,
        "suedwind/account.md": ACCOUNT.replace("owner: brandt\n", until).replace("Nordwind", "Südwind"),
        "leer/account.md": ACCOUNT.replace("Nordwind", "Leer"),
    }  # fmt: skip
    page = by_name(told(workspace({**BARE, **files})))["renewals"]
    (chart,) = inside(page.blocks, b.Chart)
    assert chart.title.startswith("40\u00a0Tsd.\u00a0EUR Umsatz hängen") and chart.title.endswith("an 2 Verträgen")  # fmt: skip
    assert "bei einem Vertrag ist der Umsatz offen" in chart.subtitle
    assert [value for value in chart.series[0].values if value] == [40.0]
    assert page.title.startswith("2 Verträge sind in den nächsten 120 Tagen zu entscheiden")
    (unknown,) = (s for s in inside(page.blocks, b.Section) if s.anchor == "unknown")
    assert "Leer AG" in str(unknown.blocks)
