"""The search over all accounts and the way from one to another, as browsers run them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import browser_support
from planwerk import blocks as b
from planwerk.compose import portal as compose
from planwerk.render.directory import runs, write_directory
from planwerk.render.findable import PIECE, findable, folded, parts, words
from planwerk.render.portal import markdown, render_site
from planwerk.theme import load_theme
from planwerk.words import load_words

SEARCH = "([text, looked]) => planwerk.search(text, looked).then(found => found.hits.map(hit => [hit.site.id, hit.name, hit.anchor, hit.heading, hit.excerpt.map(one => one[0]).join('')]))"
WHOLE = 10_000
"""More pieces than there are: every page that holds a word is looked into."""


@pytest.fixture(scope="module")
def portal(built_examples: Path) -> Path:
    return built_examples / "internal"


@pytest.fixture
def start(browser: Any, portal: Path) -> Iterator[Any]:
    page, wrong = browser_support.open_page(browser, f"file://{portal}/index.html")
    yield page
    assert wrong == []
    page.context.close()


def hits(page: Any, text: str, looked: int = WHOLE) -> list[tuple[str, str, str, str, str]]:
    """Account, page, anchor, heading and excerpt of each hit."""
    return [tuple(hit) for hit in page.evaluate(SEARCH, [text, looked])]


# --- what is written -------------------------------------------------------------------------


def test_a_page_is_cut_at_its_headings_and_what_stands_on_all_pages_is_left_out() -> None:
    page = (
        '---\n{"title": "A"}\n---\n\n<div class="pw data"><p class="eyebrow"><span class="tag internal">Intern</span> '
        '<a class="up" href="../../index.html">Portfolio</a> <span>Logistik</span></p> <h1>Zwei sind auf Kurs</h1>'
        '<nav class="pw-sub" aria-label="Bereich"><a href="x.html">Navigation</a></nav> <p>Oben &amp; vorn</p> '
        '<section class="pw-sec quiet" id="one"><h2>Erstes</h2> <p>eins</p> <h3 id="two">Zweites</h3> <td>zwei</td></section></div>\n'
    )
    assert list(parts(page)) == [
        ("", "Zwei sind auf Kurs", "Logistik Oben & vorn"),
        ("one", "Erstes", "eins"),
        ("two", "Zweites", "zwei"),
    ]


def test_words_are_folded_as_they_are_compared() -> None:
    assert words("Größe, GRÖßE und 12.498 am 31.3.27: T-03 café ²") == {
        "grosse", "und", "12498", "am", "31327", "t", "03", "cafe", "2",
    }  # fmt: skip
    assert folded("İ") == "i"


def test_runs_hold_what_they_were_made_of() -> None:
    assert runs([3, 4, 5, 9]) == [3, 3, 3, 1]
    assert runs([]) == []
    assert runs([0]) == [0, 1]


def site(text: str, account: str = "nordwind", name: str = "Nordwind AG") -> b.Site:
    page = b.Page("index", "Übersicht", "Alles gut", (b.Section("Abschnitt", (b.Paragraph(b.text(text)),)),))  # fmt: skip
    labels = compose.labels(load_words("de"))
    return b.Site(name, "de", True, (page,), "", labels, account=account, aliases=("NW",), industry="Logistik")  # fmt: skip


def test_what_is_long_is_cut_and_no_word_gets_lost() -> None:
    said = site(" ".join(f"wort{n}" for n in range(20_000)))
    files = findable(said, markdown(said))
    pieces = [words for name, words in files.items() if name.endswith(".js")]
    assert len(pieces) > 3
    assert all(len(piece) < PIECE * 1.1 for piece in pieces)
    assert set(re.findall(r"wort\d+", " ".join(pieces))) == {f"wort{n}" for n in range(20_000)}
    assert "wort19999" in files["find/words.txt"]


def test_the_directory_depends_on_the_lists_alone(tmp_path: Path) -> None:
    for account in ("b", "a"):
        said = site(f"gemeinsam {account}wort", account)
        for name, text in findable(said, markdown(said)).items():
            path = tmp_path / "accounts" / account / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    write_directory(tmp_path)
    first = {p.name: p.read_bytes() for p in (tmp_path / "directory").iterdir()}
    assert b'["a",' in first["accounts.js"].split(b'["b",')[0]
    assert b'"gemeinsam":[[0,2]]' in first["words-ge.js"]
    (tmp_path / "directory/words-zz.js").write_text("old", "utf-8")
    write_directory(tmp_path)
    assert {p.name: p.read_bytes() for p in (tmp_path / "directory").iterdir()} == first


def test_only_our_portal_is_findable_so(built_examples: Path) -> None:
    for client in (built_examples / "clients").iterdir():
        assert not (client / "find").exists()
        assert (client / "search/search_index.js").exists()
        assert not (client / "assets/planwerk/planwerk.js").exists()
    assert not list((built_examples / "internal").rglob("search_index.*"))


def test_zensical_s_pages_are_findable_too(tmp_path: Path) -> None:
    render_site(site("Zensicalwort"), load_theme(), tmp_path, engine_name="zensical")
    assert "Zensicalwort" in (tmp_path / "find/0.js").read_text("utf-8")
    assert "planwerk.js" in (tmp_path / "index.html").read_text("utf-8")


# --- in a browser ----------------------------------------------------------------------------


def visible(page: str) -> set[str]:
    """The words of the tables and headings of a built page."""
    body = re.sub(r"<svg.*?</svg>", "", page.partition("<article")[2].partition("</article>")[0], flags=re.S)  # fmt: skip
    shown = re.findall(r"<(table|h[1-6])\b[^>]*>(.*?)</\1>", body, re.S)
    text = html.unescape(re.sub(r"<[^>]+>", "", " ".join(inside for _, inside in shown)))
    return set(re.findall(r"[0-9]+(?:[.,][0-9]+)+|[^\W_]+", text))


@pytest.mark.browser
def test_every_word_of_every_table_and_heading_is_found_on_its_page(start: Any, portal: Path) -> None:  # fmt: skip
    where: dict[str, set[tuple[str, str]]] = {}
    for path in portal.rglob("*.html"):
        account = path.parent.name if path.parent != portal else ""
        prose = path.stem in ("help", "glossary", "imprint", "privacy")
        if not (account and prose):
            for word in visible(path.read_text("utf-8")):
                where.setdefault(word, set()).add((account, path.stem))
    assert len(where) > 3000
    all_ = "words => Promise.all(words.map(word => planwerk.search(word, 10000).then(found => [...new Set(found.hits.map(hit => hit.site.id + '/' + hit.name))])))"
    said = sorted(where)
    found = [page for at in range(0, len(said), 200) for page in start.evaluate(all_, said[at : at + 200])]  # fmt: skip
    lost = {w: missing for w, pages in zip(said, found, strict=True) if (missing := {f"{a}/{p}" for a, p in where[w]} - set(pages))}  # fmt: skip
    assert lost == {}


@pytest.mark.browser
def test_a_word_that_stands_nowhere_is_not_found(start: Any) -> None:
    assert hits(start, "Xylophonkonzert") == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("vertraege", "Vertrag"), ("VERTRÄGEN", "Vertrag"), ("fragen", "Frage"), ("grosse", "große"),
        ("stores", "Stores"), ("contracts", "contract"), ("planned", "plan"), ("12498", "12.498"),
        ("news", "Newsletter"), ("regelmassig", "regelmäßig"),
    ],
)  # fmt: skip
def test_endings_umlauts_and_beginnings(start: Any, typed: str, written: str) -> None:
    found = hits(start, typed)
    assert any(written.lower() in f"{h[3]} {h[4]}".lower() for h in found), found[:5]


@pytest.mark.browser
def test_hits_name_account_page_and_heading_and_lead_to_the_place(browser: Any, portal: Path) -> None:  # fmt: skip
    page, wrong = browser_support.open_page(browser, f"file://{portal}/accounts/brightwater-stores/goals.html")  # fmt: skip
    page.keyboard.press("/")
    page.keyboard.type("Nordwind Newsletter")
    option = page.locator("#pw-search-list [role=option]").first
    option.wait_for()
    assert "Nordwind Logistik AG" in option.inner_text()
    assert option.locator("mark").count() > 0
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#pw-search", "aria-activedescendant") == "pw-search-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/nordwind-logistik/*.html#*")
    anchor = page.url.partition("#")[2]
    assert page.evaluate("name => !!document.getElementById(decodeURIComponent(name))", anchor)
    assert wrong == []
    page.context.close()


@pytest.mark.browser
def test_the_account_at_hand_comes_first(browser: Any, portal: Path) -> None:
    page, _ = browser_support.open_page(browser, f"file://{portal}/accounts/quillbrook-pharmacies/index.html")  # fmt: skip
    found = hits(page, "plan", 6)
    assert found[0][0] == "quillbrook-pharmacies"
    assert len({hit[0] for hit in found}) > 1
    page.context.close()


# --- from one account to another -------------------------------------------------------------


def options(page: Any) -> list[str]:
    return [str(words).split("\n")[0].strip() for words in page.locator("#pw-accounts-list [role=option]").all_inner_texts()]  # fmt: skip


@pytest.mark.browser
def test_accounts_are_one_shared_file_that_no_page_repeats(portal: Path) -> None:
    lists = [path.relative_to(portal).as_posix() for path in portal.rglob("accounts.js")]
    assert lists == ["directory/accounts.js"]
    page = (portal / "accounts/nordwind-logistik/goals.html").read_text("utf-8")
    assert "brightwater-stores" not in page
    assert '<a class="up all" href="../../accounts.html">Alle Kunden</a>' in page


@pytest.mark.browser
def test_the_switcher_leads_by_keyboard_to_the_same_page_of_another_account(browser: Any, portal: Path) -> None:  # fmt: skip
    page, wrong = browser_support.open_page(browser, f"file://{portal}/accounts/nordwind-logistik/risks.html")  # fmt: skip
    page.keyboard.press("Control+k")
    field = page.locator("#pw-accounts")
    page.locator("#pw-accounts-list [role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert len(options(page)) == len(list((portal / "accounts").iterdir()))
    page.keyboard.type("stores")
    page.wait_for_timeout(300)
    assert options(page) == ["Brightwater Stores plc"]
    assert field.get_attribute("aria-activedescendant") == "pw-accounts-0"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert page.locator("#pw-accounts-list").is_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/brightwater-stores/risks.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("alpen")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/alpenfracht/index.html")  # it has no page of risks
    assert wrong == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("speditions", "Alpenfracht Speditions-GmbH"), ("hollerbeck-pumpen", "Hollerbeck Pumpen GmbH & Co. KG"),
        ("retail", "Brightwater Stores plc"), ("chemists", "Quillbrook Pharmacies Ltd"), ("NORDwind", "Nordwind Logistik AG"),
    ],
)  # fmt: skip
def test_names_parts_aliases_ids_and_industries(start: Any, typed: str, found: str) -> None:
    start.keyboard.press("Control+k")
    start.keyboard.type(typed)
    start.wait_for_timeout(300)
    assert found in options(start)
    assert len(options(start)) < 5
    assert start.locator(".pw-find--accounts [role=status]").inner_text()


@pytest.mark.browser
def test_without_scripts_there_is_a_link_to_all_accounts(browser: Any, portal: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{portal}/accounts/nordwind-logistik/goals.html")
    assert page.locator(".pw-find").count() == 0
    page.get_by_role("link", name="Alle Kunden").click()
    page.wait_for_url("**/internal/accounts.html")
    assert page.locator("tbody tr").count() == len(list((portal / "accounts").iterdir()))
    context.close()


@pytest.mark.browser
def test_search_and_switcher_work_over_http_below_a_folder(browser: Any, portal: Path) -> None:
    with browser_support.served(portal.parent) as address:
        page, wrong = browser_support.open_page(browser, f"{address}/internal/accounts/nordwind-logistik/goals.html")  # fmt: skip
        assert hits(page, "Quartalsgespräch", 6)
        page.keyboard.press("Control+k")
        page.keyboard.type("bright")
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        page.wait_for_url("**/internal/accounts/brightwater-stores/goals.html")
        assert wrong == []
        page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("keys", "typed"), [("/", "Vertrag"), ("/", "Xylophonkonzert"), ("Control+k", "")])  # fmt: skip
def test_axe_finds_no_violation_in_what_opens(browser: Any, portal: Path, keys: str, typed: str) -> None:  # fmt: skip
    page, _ = browser_support.open_page(browser, f"file://{portal}/accounts/nordwind-logistik/goals.html")  # fmt: skip
    page.keyboard.press(keys)
    page.keyboard.type(typed)
    page.wait_for_timeout(600)
    assert page.locator(".pw-find--open .pw-find__popup").is_visible()
    assert browser_support.violations_now(page) == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("wide", [1280, 390])
def test_what_the_script_puts_into_the_header_moves_nothing(browser: Any, portal: Path, wide: int) -> None:  # fmt: skip
    page, _ = browser_support.open_page(browser, f"file://{portal}/accounts/nordwind-logistik/goals.html", wide)  # fmt: skip
    moved = "() => new Promise(done => { new PerformanceObserver(l => done(l.getEntries().flatMap(e => e.sources.map(s => '' + (s.node && s.node.className))))).observe({type: 'layout-shift', buffered: true}); setTimeout(() => done([]), 800) })"
    assert [name for name in page.evaluate(moved) if "option" in name or "pw-find" in name] == []
    assert page.locator(".pw-find").count() == 2
    page.context.close()
