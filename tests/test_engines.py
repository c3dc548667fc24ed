"""Both engines make the same portal of the same tree: what a reader of either may rely on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import browser_support
from conftest import ROOT
from planwerk.audience import CLIENT, project
from planwerk.compose import portal
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.read import read
from planwerk.render.portal import render_site
from planwerk.theme import load_theme

ENGINES = ("mkdocs", "zensical")
ACCOUNTS = {"de": "nordwind-logistik", "en": "brightwater-stores"}
HEADING = re.compile("h[1-6]")
WORD = re.compile(r"\w{2,}")
LANGUAGE = re.compile(r'<html[^>]* lang="(\w+)"')


@dataclass
class Contents:
    """What the article of a page holds."""

    headings: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    text: str = ""


class Article(HTMLParser):
    """Reads the part of a page that is ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Contents()
        self.inside = False
        self.open: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.inside |= tag == "article"
        if not self.inside:
            return
        # an engine's own places begin so, such as the one that its link past the head leads to
        if values.get("id") and not str(values["id"]).startswith("__"):
            self.found.places.append(str(values["id"]))
        if (tag == "a" and "href" in values) or HEADING.fullmatch(tag):
            name = values.get("href" if tag == "a" else "id") or ""
            self.open.append((tag, name, len(self.found.text)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            _, name, start = self.open.pop()
            words = " ".join(self.found.text[start:].split())
            if tag == "a":
                self.found.links.append((name.removeprefix("./"), words))
            else:
                self.found.headings.append((tag, name, words))
        self.inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.text += data


def contents(folder: Path) -> dict[str, Contents]:
    """The articles of all pages by name."""
    found = {}
    for path in sorted(folder.glob("*.html")):
        reader = Article()
        reader.feed(path.read_text("utf-8"))
        reader.found.text = " ".join(reader.found.text.split())
        found[path.name] = reader.found
    return found


def searched(folder: Path) -> dict[str, set[str]]:
    """The words that the search knows of each page."""
    ours, theirs = folder / "search/search_index.json", folder / "search.json"
    index = json.loads((ours if ours.exists() else theirs).read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for entry in index["docs"] if ours.exists() else index["items"]:
        # the first page is called like the site in one, like its tab in the other
        title = "" if entry["location"] == "index.html" else entry["title"]
        words = re.sub(r"<[^>]+>", " ", f"{title} {entry['text']}")
        page = entry["location"].partition("#")[0] or "index.html"
        found.setdefault(page, set()).update(w.lower() for w in WORD.findall(words))
    return found


@pytest.fixture(scope="module", params=ACCOUNTS)
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:  # fmt: skip
    """The portal of one client by each engine."""
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    account = ACCOUNTS[request.param]
    seen = project(measure(portfolio), CLIENT, account)
    chosen, made = portal.account_site(view_of(seen, seen.account(account))), {}
    for engine in ENGINES:
        made[engine] = tmp_path_factory.mktemp(engine) / "site"
        render_site(chosen, load_theme(), made[engine], engine_name=engine)
    return made


def test_pages_headings_links_and_words_are_the_same(sites: dict[str, Path]) -> None:
    one, other = (contents(sites[engine]) for engine in ENGINES)
    assert list(one) == list(other)
    assert len(one) > 8
    for name in one:
        assert one[name].headings == other[name].headings, name
        assert one[name].links == other[name].links, name
        assert one[name].places == other[name].places, name
        assert one[name].text == other[name].text, name
    assert sum(len(found.headings) for found in one.values()) > 30


def test_the_days_on_the_pages_are_the_same(sites: dict[str, Path]) -> None:
    for name in contents(sites["mkdocs"]):
        pages = [(sites[engine] / name).read_text("utf-8") for engine in ENGINES]
        one, other = (re.findall(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2} [A-Z]\w+ \d{4}", p) for p in pages)  # fmt: skip
        assert one == other, name
        assert one, name  # at least the day of the plans, in the footer


def test_the_search_knows_the_same_words(sites: dict[str, Path]) -> None:
    one, other = (searched(sites[engine]) for engine in ENGINES)
    assert one.keys() == other.keys()
    for name, words in one.items():
        assert words - other[name] == set(), name
    text = contents(sites["mkdocs"])["goals.html"]
    title = {word.lower() for word in WORD.findall(text.headings[0][2])}
    assert title <= one["goals.html"]


@pytest.mark.browser
@pytest.mark.parametrize("engine", ENGINES)
def test_the_search_finds_what_readers_type(browser: Any, sites: dict[str, Path], engine: str) -> None:  # fmt: skip
    """Typed as readers do: a word in another form than the page has it, one of a heading or text,
    and one of a table's cell. The page is among the hits, and the hit leads to it."""
    language = LANGUAGE.search((sites[engine] / "index.html").read_text("utf-8"))
    assert language
    with browser_support.served(sites[engine]) as address:
        page, wrong = browser_support.open_page(browser, f"{address}/index.html")
        for typed, expected, there in TYPED[language[1]]:
            known = set(WORD.findall(contents(sites[engine])[expected].text))
            assert there in known
            assert (typed == there) == (typed in known)
            page.goto(f"{address}/index.html")
            found = typed_in(page, engine, typed)
            assert expected in found, typed
            page.goto(found[expected])
            assert there in page.text_content("article")
        page.goto(f"{address}/index.html")
        assert typed_in(page, engine, "Wolkenkuckucksheim") == {}
        assert wrong == []
        page.context.close()


TYPED = {
    "de": [
        ("Niederlassungen", "journey.html", "Niederlassung"),
        ("Weiterempfehlungen", "goals.html", "Weiterempfehlung"),
        ("Boysen", "tasks.html", "Boysen"),
    ],
    "en": [
        ("complaint", "meetings.html", "complaints"),
        ("weekend", "index.html", "weekend"),
        ("Nair", "tasks.html", "Nair"),
    ],
}
"""By language what is typed, a page that has to be found, and what stands there."""
HITS = {
    "mkdocs": ("a.md-search-result__link", "true"),
    "zensical": ("a[role=option]", "hit.getRootNode() !== document"),
}
"""The hits of each engine: Zensical's stand in a tree of their own."""


def typed_in(page: Any, engine: str, words: str) -> dict[str, str]:
    """The addresses of the hits by their pages, once the search has come to an end."""
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    page.keyboard.type(words, delay=10)
    before: dict[str, str] | None = None
    for _ in range(40):
        page.wait_for_timeout(400)
        which, own = HITS[engine]
        hits = page.locator(which).evaluate_all(
            f"all => all.filter(hit => {own}).map(hit => hit.href)"
        )
        found = {urlsplit(hit).path.lstrip("/"): hit for hit in reversed(hits)}
        if found == before:
            return found
        before = found if found or before is None else {}
    raise AssertionError("the search never ends")


@pytest.mark.browser
@pytest.mark.parametrize("engine", ENGINES)
def test_every_link_of_a_portal_leads_on_and_nothing_is_asked_for_elsewhere(
    browser: Any, sites: dict[str, Path], engine: str
) -> None:
    """From the first page on, as browsers follow links: each page is there, and each place in it."""
    with browser_support.served(sites[engine]) as address:
        page, wrong = browser_support.open_page(browser, f"{address}/index.html")
        waiting, seen = [f"{address}/index.html"], set()
        targets: dict[str, set[str]] = {}
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            answer = page.goto(name)
            assert answer.status == 200, name
            missing = [place for place in targets.pop(name, ()) if not page.evaluate(THERE, place)]
            assert missing == [], name
            for link in page.evaluate(LINKS):
                whole, _, place = link.partition("#")
                if not whole.startswith(address) or not whole.endswith(".html"):
                    continue
                if whole in seen and place:
                    page.goto(whole)
                    assert page.evaluate(THERE, unquote(place)), link
                    page.goto(name)
                elif place:
                    targets.setdefault(whole, set()).add(unquote(place))
                waiting.append(whole)
        assert {urlsplit(name).path.lstrip("/") for name in seen} == contents(sites[engine]).keys() - {"404.html"}  # fmt: skip
        assert [one for one in wrong if "favicon" not in one] == []
        page.context.close()


LINKS = "() => [...new Set([...document.querySelectorAll('a[href]')].map(a => a.href))]"
THERE = "place => place === '' || document.getElementById(place) !== null"


def test_a_page_that_says_less_is_noticed(sites: dict[str, Path], tmp_path: Path) -> None:
    page = (sites["mkdocs"] / "goals.html").read_text("utf-8")
    (tmp_path / "goals.html").write_text(
        re.sub(r"(<h2)[^>]*>", r'\1 id="x">', page, count=1), "utf-8"
    )
    found, kept = contents(tmp_path)["goals.html"], contents(sites["mkdocs"])["goals.html"]
    assert found.headings != kept.headings
    assert found.places != kept.places
