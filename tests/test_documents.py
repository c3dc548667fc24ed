"""The Word documents beside the plans: what is in them, for whom, on how many pages."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

import leaks
import office_support
from conftest import WORKSPACE, Write
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.compose import documents
from planwerk.compose.documents.brief import briefs
from planwerk.compose.documents.guide import guide
from planwerk.compose.documents.handover import handover
from planwerk.compose.documents.minutes import form, minutes
from planwerk.compose.documents.one_page import one_page
from planwerk.compose.documents.plans import account_plan, joint_plan
from planwerk.compose.documents.progress import report
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model.outputs import Documents
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.render.lower import lower_all
from planwerk.render.typography import kept_together
from planwerk.render.word import render_document
from planwerk.theme import load_theme
from planwerk.words import load_words

LONG = "Gesamtkostenvergleichsrechnung über alle Niederlassungen, abgestimmt mit dem Einkauf und der Geschäftsführung"
ACCOUNTS = ("alpenfracht", "brightwater-stores", "hollerbeck-pumpen", "nordwind-logistik", "quillbrook-pharmacies")  # fmt: skip


@pytest.fixture(scope="module")
def portfolio(examples: Path) -> Portfolio:
    found = read(examples).portfolio
    assert found is not None
    return measure(found)


def view(portfolio: Portfolio, audience: str, account: str = "nordwind-logistik") -> View:
    seen = project(portfolio, audience, account)
    return view_of(seen, seen.accounts[0])


def words(document: b.Document | None) -> str:
    """All that stands in a document."""
    assert document is not None
    out = [document.title, *(value for _, value, _ in document.facts)]
    for chapter in document.chapters:
        out += [chapter.title, chapter.lead]
        for block in lower_all(chapter.blocks, document.labels):
            out += _said(block)
    return " ".join(out)


def _said(block: object) -> list[str]:
    if isinstance(block, b.Paragraph | b.Heading):
        return [b.plain(block.text)]
    if isinstance(block, b.Bullets):
        return [word for item in block.items for part in item for word in _said(part)]
    if isinstance(block, b.Quotation):
        return [word for part in block.blocks for word in _said(part)]
    if isinstance(block, b.Table):
        cells = [cell for row in block.rows for cell in row.cells]
        return [w for c in cells for w in (b.plain(c.text), c.note, c.person.name if c.person else "")]  # fmt: skip
    return []


def pages(documents: list[b.Document | None], folder: Path) -> list[int]:
    """How many pages LibreOffice makes of each."""
    paths = []
    for number, document in enumerate(documents):
        assert document is not None
        paths.append(folder / f"{number}.docx")
        paths[-1].write_bytes(render_document(document, load_theme()))
    return [len(office_support.page_words(pdf)) for pdf in office_support.render_pdf(paths, folder)]


def test_minutes_tell_what_was_reached_agreed_and_said(portfolio: Portfolio) -> None:
    found = minutes(view(portfolio, CLIENT))
    said = words(found)
    for part in (
        "3. Juli 2026", "Amina Yildiz", "Maren Brandt", "Newsletter-Anmeldungen", "Zuständigkeit vor Technik",
        "Anfragensteuerung einführen", "15.12.", "Wir brauchen die Ergebnisse je Tour", "Amina Yildiz)",
    ):  # fmt: skip
        assert part in said, part


def test_minutes_hold_nothing_that_was_not_shared(portfolio: Portfolio) -> None:
    said = words(minutes(view(portfolio, CLIENT)))
    assert "Unter uns" not in said
    assert "Einkauf kennenlernen" not in said
    assert "Einkauf kennenlernen" in words(handover(view(portfolio, INTERNAL)))


def test_minutes_need_a_debrief_that_was_held(portfolio: Portfolio) -> None:
    assert minutes(view(portfolio, CLIENT, "quillbrook-pharmacies")) is None
    assert form(view(portfolio, CLIENT, "quillbrook-pharmacies")) is not None


def test_the_guide_asks_what_is_open_and_nothing_else(portfolio: Portfolio) -> None:
    found = guide(view(portfolio, INTERNAL))
    asked, known = found.chapters[0], found.chapters[1]
    rooms = [block for block in asked.blocks if isinstance(block, b.Room)]
    headings = [b.plain(block.text) for block in asked.blocks if isinstance(block, b.Heading)]
    assert len(rooms) == len(headings) == 2
    assert headings[1].startswith("Wann entscheidet der Vorstand")
    (table,) = known.blocks
    assert isinstance(table, b.Table)
    assert len(table.rows) == 3
    assert not any(cell.unknown for row in table.rows for cell in row.cells)


def test_where_nothing_was_asked_the_guide_proposes_a_first_talk(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL)
    account = seen.account.model_copy(
        update={"interview": seen.account.interview.model_copy(update={"questions": ()})}
    )
    fresh = View(seen.portfolio, account, seen.period, seen.say)
    asked = guide(fresh).chapters[0]
    questions = [b.plain(block.text) for block in asked.blocks if isinstance(block, b.Heading)]
    assert len(questions) == 14
    assert any(seen.client in question for question in questions)
    assert not any("{" in question for question in questions)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_account_can_be_handed_over(portfolio: Portfolio, account: str) -> None:
    said = words(handover(view(portfolio, INTERNAL, account)))
    assert portfolio.account(account).profile.name in said


def test_a_progress_report_tells_both_sides_the_same_numbers(portfolio: Portfolio) -> None:
    ours, theirs = (report(view(portfolio, audience)) for audience in (INTERNAL, CLIENT))
    assert ours is not None
    assert theirs is not None
    known = [_rows(document) for document in (ours, theirs)]
    assert len(known[1]) == 5
    assert known[1].items() <= known[0].items()
    assert known[1]["Newsletter-Anmeldungen"][:3] == ("12.000", "12.498", "12.600")


def _rows(document: b.Document) -> dict[str, tuple[str, ...]]:
    (table,) = document.chapters[0].blocks
    assert isinstance(table, b.Table)
    cells = [[b.plain(c.text) or (c.status.word if c.status else "") for c in row.cells] for row in table.rows]  # fmt: skip
    return {first: tuple(rest) for first, *rest in cells}


def test_a_day_something_was_done_on_is_not_called_its_due_day(portfolio: Portfolio) -> None:
    made = report(view(portfolio, INTERNAL))
    assert made is not None
    heads = {c.title: [t.columns[0].title for t in lower_all(c.blocks, made.labels) if isinstance(t, b.Table)] for c in made.chapters}  # fmt: skip
    assert heads["Was getan ist"] == ["Am"]
    assert heads["Was als Nächstes kommt"] == ["Frist"]


def test_a_debrief_is_called_by_its_period_not_by_a_folder(portfolio: Portfolio) -> None:
    later = portfolio.model_copy(update={"as_of": date(2027, 3, 10)})
    late = next(c for c in _chapters(report(view(later, CLIENT, "brightwater-stores"))) if c.title == "What is overdue")  # fmt: skip
    assert "'Second half 2026'" in str(late.blocks)
    assert "'2026-h2'" not in str(late.blocks)


def test_no_meeting_is_late_to_a_reader_who_knows_only_some(portfolio: Portfolio) -> None:
    for audience in (INTERNAL, CLIENT):  # the last one is not shared
        made = _chapters(report(view(portfolio, audience, "hollerbeck-pumpen")))
        late = next(c for c in made if c.title == "Was überfällig ist")
        assert "Jour fixe" not in str(late.blocks)


def _chapters(document: b.Document | None) -> tuple[b.Chapter, ...]:
    assert document is not None
    return document.chapters


def test_a_plan_tells_the_kpis_that_no_goal_names(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL)
    assert seen.period is not None
    named = {kpi for goal in seen.period.plan.goals for kpi in goal.kpis}
    loose = [r for r in seen.period.results if r.kpi not in named]
    assert {r.kpi for r in loose} == {"email-reply-rate", "strategic-talks"}
    goals = next(c for c in account_plan(seen).chapters if c.title == "Ziele")
    sections = [s for s in goals.blocks if isinstance(s, b.Section)]
    cards = [c for s in sections for block in s.blocks if isinstance(block, b.Cards) for c in block.items]  # fmt: skip
    shown = {(card.label, card.figure) for card in cards}
    assert shown == {(seen.kpi_name(r.kpi), seen.value(r.actual, r)) for r in loose}


def test_a_number_is_never_cut_on_the_plan_on_a_page(portfolio: Portfolio) -> None:
    made = one_page(view(portfolio, INTERNAL))
    assert made is not None
    (chapter,) = made.chapters
    cards = next(block for block in chapter.blocks if isinstance(block, b.Cards))
    long = replace(cards, items=tuple(replace(card, value="123.456.789") for card in cards.items))
    blocks = tuple(long if block is cards else block for block in chapter.blocks)
    blob = render_document(replace(made, chapters=(replace(chapter, blocks=blocks),)), load_theme())
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        said = package.read("word/document.xml").decode()
    assert "123.456.789" in said
    assert not re.search(r"\d…", said)


def test_a_client_reads_nothing_of_how_we_work(portfolio: Portfolio) -> None:
    ours, theirs = (words(report(view(portfolio, audience))) for audience in (INTERNAL, CLIENT))
    assert "Wann entscheidet der Vorstand" in ours
    assert "Wann entscheidet der Vorstand" not in theirs
    assert "Aushänge" not in theirs
    assert "Zugang zum Rückfragen-Postfach" in theirs
    assert report(view(portfolio, INTERNAL, "alpenfracht")) is None


def test_a_team_gets_a_brief_of_what_clients_need_of_it(portfolio: Portfolio) -> None:
    seen = project(portfolio, INTERNAL)
    found = {d.name: d for d in briefs(seen, load_words("de"))}
    assert set(found) == {
        "problembericht-marketing", "problembericht-produkt", "problembericht-support",
        "problembericht-recht-und-datenschutz",
    }  # fmt: skip
    said = words(found["problembericht-produkt"])
    for part in ("Auswertung je Tour fehlt", "Die Niederlassung Bremen", "Nordwind Logistik AG", "Brightwater Stores plc"):  # fmt: skip
        assert part in said
    assert "Export großer Zeiträume" not in said  # answered in September
    assert "Survey invitations" not in said  # another team's
    assert all(document.mark is not None for document in found.values())


def test_the_briefs_lie_beside_the_portfolio_and_are_linked_there(built_examples: Path) -> None:
    page = (built_examples / "internal/problems.html").read_text("utf-8")
    files = sorted(p.name for p in (built_examples / "internal/downloads").glob("*.docx"))
    assert len(files) == 4
    assert all(f'href="downloads/{name}"' in page for name in files)
    assert not [p for p in (built_examples / "clients").rglob("*") if "problembericht" in p.name]


def test_who_reads_what(portfolio: Portfolio) -> None:
    ours = [d.title.split("\n")[0] for d in documents.made(view(portfolio, INTERNAL))]
    theirs = [d.title.split("\n")[0] for d in documents.made(view(portfolio, CLIENT))]
    assert ours == [
        "Kundenplan",
        "Plan auf einer Seite",
        "Fortschrittsbericht",
        "Gesprächsleitfaden",
        "Übergabe",
    ]
    assert theirs == [
        "Gemeinsamer Plan",
        "Fortschrittsbericht",
        "Protokoll der Nachbesprechung",
        "Ihre Rückmeldung",
    ]
    names = [d.name for d in documents.made(view(portfolio, CLIENT))]
    assert len({*names}) == len(names)


def test_the_form_is_one_page(portfolio: Portfolio, tmp_path: Path) -> None:
    forms = [form(view(portfolio, CLIENT, account)) for account in ACCOUNTS[1:]]
    assert pages(forms, tmp_path) == [1] * len(forms)


def long_page(document: b.Document) -> b.Document:
    """The page with sixty rows in each table, all of them long."""

    def longer(block: b.Block) -> b.Block:
        if isinstance(block, b.Beside):
            return replace(block, parts=tuple(tuple(map(longer, part)) for part in block.parts))
        if isinstance(block, b.Section):
            return replace(block, blocks=tuple(map(longer, block.blocks)))
        if isinstance(block, b.Table):
            first, *rest = block.rows[0].cells
            row = b.Row((replace(first, text=b.text(f"{b.plain(first.text)} {LONG}")), *rest))
            return replace(block, rows=(row,) * 60)
        return block

    (chapter,) = document.chapters
    return replace(document, chapters=(replace(chapter, lead=LONG, blocks=tuple(map(longer, chapter.blocks))),))  # fmt: skip


def test_the_plan_on_a_page_is_one_page_and_counts_what_it_leaves_out(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    made = [one_page(view(portfolio, INTERNAL, account)) for account in ACCOUNTS[1:]]
    known = [document for document in made if document]
    assert len(known) == 4
    crowded = long_page(known[2])
    assert pages([*known, crowded], tmp_path) == [1] * 5
    assert one_page(view(portfolio, INTERNAL, "alpenfracht")) is None  # nothing is planned there
    with zipfile.ZipFile(tmp_path / "4.docx") as package:
        body = package.read("word/document.xml").decode()
    shown = body.count("<w:cantSplit/>") - body.count("<w:tblHeader/>")
    counted = sum(map(int, re.findall(r"und (\d+) weitere", body)))
    cards, tables = 1, 5  # one row of cards; in each table one row says how many are missing
    assert shown - cards - tables + counted == 60 * tables


def test_a_short_document_has_no_cover_and_room_to_write(portfolio: Portfolio) -> None:
    blob = render_document(guide(view(portfolio, INTERNAL)), load_theme())
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        body = package.read("word/document.xml").decode()
    assert "HeadTitle" in body
    assert "w:titlePg" not in body
    # two questions on a page of seven lines each, three after the talk of three
    assert body.count('w:hRule="exact"') >= 2 * 7 + 3 * 3


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Ziel 40 %, 12 Std. und 3,5 Mio. EUR", "Ziel 40_%, 12_Std. und 3,5_Mio. EUR"),
        ("within 90 days of 5 May, EUR 180k", "within 90_days of 5 May, EUR_180k"),
        ("§ 5, KW 27, ca. 30 Personen, z. B. so", "§_5, KW_27, ca._30 Personen, z._B. so"),
        ("2026 wird gut; Team 7 hilft", "2026 wird gut; Team 7 hilft"),
        ("5 Tagebücher, 3 horses", "5 Tagebücher, 3 horses"),
    ],
)
def test_a_number_and_its_unit_stay_on_one_line(words: str, kept: str) -> None:
    assert kept_together(words) == kept.replace("_", "\u00a0")


def test_no_heading_and_no_caption_stands_at_a_pages_end(portfolio: Portfolio, tmp_path: Path) -> None:  # fmt: skip
    """The last words of a page, above its footer, are never a heading's or a caption's."""
    document = account_plan(view(portfolio, INTERNAL))
    path = tmp_path / "plan.docx"
    path.write_bytes(render_document(document, load_theme()))
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    heads = {
        "".join(re.findall(r">([^<>]*)</w:t>", found[0])).split("\u00a0")[-1].strip()
        for found in re.finditer(r'<w:p><w:pPr><w:pStyle w:val="(?:Heading\d|Caption)"/>.*?</w:p>', body, re.S)
    }  # fmt: skip
    # the note of a task says its goal in the same words
    heads -= {re.sub(r"<[^>]*>", "", found[0]).replace("\u00a0", " ") for found in re.finditer(r'<w:p><w:pPr><w:pStyle w:val="TableNote"/>.*?</w:p>', body, re.S)}  # fmt: skip
    assert len(heads) > 20
    planted = tmp_path / "planted.docx"
    broken = body.replace("Wer zusammenarbeitet</w:t></w:r></w:p>", 'Wer zusammenarbeitet</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p>', 1)  # fmt: skip
    assert broken != body
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(planted, "w") as other:
        for name in package.namelist():
            other.writestr(name, broken if name == "word/document.xml" else package.read(name))
    sound, unsound = office_support.render_pdf([path, planted], tmp_path)
    assert [last for last in _last_lines(sound) if last in heads] == []
    assert [last for last in _last_lines(unsound) if last in heads] == ["Wer zusammenarbeitet"]


def _last_lines(pdf: Path) -> list[str]:
    """The last line of each page above its footer."""
    out = []
    for (_, high), said in office_support.page_words(pdf):
        lines: dict[int, list[str]] = {}
        for _, top, _, foot, word in said:
            if foot < high - 56:
                lines.setdefault(round(top), []).append(word)
        out.append(" ".join(lines[max(lines)]) if lines else "")
    return out


# --- which chapters, in which order ----------------------------------------------------------


def asking(portfolio: Portfolio, **documents: tuple[str, ...]) -> Portfolio:
    """The portfolio of a house that asks for these chapters."""
    asked = Documents.model_validate(documents)
    house = portfolio.workspace.model_copy(update={"documents": asked})
    return portfolio.model_copy(update={"workspace": house})


def titles(document: b.Document | None) -> list[str]:
    assert document is not None
    return [chapter.title for chapter in document.chapters]


def test_a_house_says_which_chapters_in_which_order(portfolio: Portfolio) -> None:
    house = asking(
        portfolio, account_plan=("tasks", "summary"), joint_plan=("tasks", "goals", "competition"),
        progress=("next", "stands"), minutes=("said", "outcome"), interview_guide=("known", "asked"),
        handover=("owed", "stands"), brief=("wish",),
    )  # fmt: skip
    ours, theirs = view(house, INTERNAL), view(house, CLIENT)
    assert titles(account_plan(ours)) == ["Aufgaben", "Zusammenfassung"]
    assert titles(joint_plan(theirs)) == ["Aufgaben", "Ziele", "Wettbewerb"]
    assert (
        titles(report(ours))
        == titles(report(theirs))
        == ["Was als Nächstes kommt", "Wo wir stehen"]
    )
    assert titles(minutes(theirs)) == ["Was Sie uns gesagt haben", "Ergebnis"]
    assert titles(guide(ours)) == ["Was wir schon wissen", "Was wir fragen"]
    assert titles(handover(ours)) == ["Was wir schulden", "Wie es steht"]
    found = briefs(project(house, INTERNAL), load_words("de"))
    assert {title for document in found for title in titles(document)} <= {load_words("de")("brief.wish")}  # fmt: skip


@pytest.mark.parametrize("name", Documents.model_fields)
def test_what_a_house_asks_for_by_itself_is_what_it_has_without_asking(
    portfolio: Portfolio, name: str
) -> None:
    """Ours, written out, changes nothing; so our order is what the manual says."""
    (names,) = (get_args(get_args(Documents.model_fields[name].annotation)[0]),)
    if name == "joint_plan":
        names = ("together", "goals", "tasks", "since", "contact")
    house = asking(portfolio, **{name: names})
    for audience in (INTERNAL, CLIENT):
        before, after = (documents.made(view(p, audience)) for p in (portfolio, house))
        assert before == after
    before, after = (briefs(project(p, INTERNAL), load_words("de")) for p in (portfolio, house))
    assert before == after


def test_the_parts_of_the_page_are_ordered_in_columns(portfolio: Portfolio) -> None:
    house = asking(portfolio, one_page=("risks", "tasks", "goals"))
    found = one_page(view(house, INTERNAL))
    assert found is not None
    (columns,) = (block for block in found.chapters[0].blocks if isinstance(block, b.Beside))
    heads = [[block.title for block in part if isinstance(block, b.Section)] for part in columns.parts]  # fmt: skip
    assert [len(part) for part in heads] == [1, 1, 1]
    assert heads[0] == ["Risiken"]


def test_nothing_internal_comes_into_a_clients_plan_by_what_is_asked_for(
    portfolio: Portfolio,
) -> None:
    """Every chapter that can be asked for, of accounts with a token in each internal text."""
    names = get_args(get_args(Documents.model_fields["joint_plan"].annotation)[0])
    longer = 0
    for account in ACCOUNTS[1:]:
        planter = leaks.Planter(CLIENT)
        copy = planter.plant(portfolio.account(account), visible=True)
        others = tuple(copy if a.id == account else a for a in portfolio.accounts)
        house = asking(portfolio.model_copy(update={"accounts": others}), joint_plan=names)
        found = joint_plan(view(house, CLIENT, account))
        longer += len(found.chapters)
        everything = repr(found) + str(render_document(found, load_theme()))
        assert [token for token in planter.tokens if token in everything] == []
        assert len(planter.tokens) > 50
    assert longer > 4 * len(ACCOUNTS)


def test_of_what_a_house_asks_for_a_client_learns_its_own(portfolio: Portfolio) -> None:
    house = asking(portfolio, account_plan=("unknowns",), joint_plan=("goals",))
    seen = project(house, CLIENT, "nordwind-logistik").workspace.documents
    assert (seen.account_plan, seen.joint_plan) == ((), ("goals",))


@pytest.mark.parametrize(
    ("words", "rule", "line", "nearest"),
    [
        ("  joint_plan:\n    - goals\n    - taks\n", "unknown-word", 4, "tasks"),
        ("  joint_plan:\n    - white_space\n", "unknown-word", 3, ""),
        ("  joint_plam:\n    - goals\n", "unknown-key", 2, "joint_plan"),
        ("  joint_plan:\n    - goals\n    - goals\n", "chapter-twice", 3, ""),
    ],
)
def test_what_cannot_be_asked_for_is_told_at_its_place(
    workspace: Write, words: str, rule: str, line: int, nearest: str
) -> None:
    root = workspace({"workspace.yml": f"{WORKSPACE}documents:\n{words}"})
    (problem,) = read(root).problems
    assert problem.rule == rule
    assert problem.place.line == WORKSPACE.count("\n") + line
    assert problem.facts.get("nearest", "") == nearest
