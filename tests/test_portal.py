"""The portal: one line a block, searchable, hardened, the same bytes, and usable in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import browser_support
import gallery
from conftest import house_of, prose_of
from planwerk import blocks as b
from planwerk.render import engine
from planwerk.render.directory import write_directory
from planwerk.render.html import Writer
from planwerk.render.portal import (
    markdown,
    render_site,
    safe_title,
    settings,
    write_tree,
)
from planwerk.render.shipped import site_assets
from planwerk.result.pages import events
from planwerk.theme import contrast, load_theme

LABELS = {
    **gallery.LABELS,
    "decimal_comma": ",",
    "to_slate": "Dunkel anzeigen",
    "to_default": "Hell anzeigen",
}
HOSTILE = "</title><script>alert(1)</script> &lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt;"


def site(internal: bool = False, language: str = "de") -> b.Site:
    """Every block on one page, and the hand-written pages."""
    first = b.Page(
        "index",
        "Übersicht",
        "Zwei von vier Zielen sind auf Kurs",
        gallery.BLOCKS,
        (("Gemeinsamer Plan", ""),),
        aside=("Vertrag bis", "31. März 2027", "in 128 Tagen"),
    )
    second = b.Page("more", "Profil", HOSTILE, (b.Paragraph(b.text(HOSTILE)),), group="Kunde")
    third = b.Page("people", "Menschen", "Menschen", gallery.PROSE, group="Kunde")
    return b.Site(
        "Nordwind & Söhne",
        language,
        internal,
        (first, second, third, *prose_of(house_of(language), language)),
        "Ruhrblick · Stand 23.11.2026",
        LABELS,
        mark=gallery.INTERNAL if internal else None,
    )


def built(out: Path, **chosen: Any) -> Path:
    render_site(site(**chosen), load_theme(), out)
    write_directory(out)
    return out


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("client") / "site")


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("internal") / "site", internal=True, language="en")


@pytest.mark.parametrize("block", gallery.BLOCKS, ids=lambda x: type(x).__name__)
def test_a_block_is_one_line_with_spaces_between_cells(block: b.Block) -> None:
    words = Writer(LABELS).block(block)
    assert "\n" not in words
    assert not re.search(r"</(td|th|li|dd|dt)><(td|th|li|dd|dt)", words)
    assert "{" not in re.sub(r"<svg.*?</svg>", "", words)


def test_search_finds_every_word_of_every_table(client: Path) -> None:
    index = json.loads((client / "search/search_index.json").read_text("utf-8"))
    found = set(
        re.findall(
            r"\w+",
            " ".join(re.sub(r"<[^>]+>", " ", d["text"] + " " + d["title"]) for d in index["docs"]),
        )
    )
    table = gallery.table(5)
    words = {
        w
        for row in table.rows
        for cell in row.cells
        for w in re.findall(r"\w+", b.plain(cell.text) + " " + cell.note)
    }
    assert words - found == set()
    assert (client / "search/search_index.js").read_text("utf-8").startswith("var __index = {")


@pytest.mark.parametrize(
    "name", ['Haus "Sonne" GmbH', '" autofocus onfocus="alert(7)', "O'Neil & Sons", '5" Rohre']
)
def test_quotation_marks_of_a_name_end_no_attribute(tmp_path: Path, name: str) -> None:
    """The engine writes the name of a site into attributes as it is."""
    render_site(replace(site(), name=name), load_theme(), tmp_path / "site")
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert list(events(page)) == []
    assert safe_title(name) in page
    assert name not in page or name == "O'Neil & Sons"


def test_nothing_points_elsewhere(client: Path) -> None:
    for page in client.glob("*.html"):
        words = page.read_text("utf-8")
        addresses = re.findall(r'(?:src|href|action)="([^"]+)"', words)
        foreign = [
            a for a in addresses if re.match(r"(https?:)?//", a) and "ruhrblick.example" not in a
        ]
        assert foreign == [], page.name
        assert "generator" not in words.lower() or 'name="generator"' not in words
    assert not (client / "sitemap.xml").exists()
    assert not list(client.rglob("*.map"))


def test_hostile_titles_stay_text(client: Path) -> None:
    page = (client / "more.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "alert(1)" in page
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert "<" not in title[1]
    assert safe_title(HOSTILE).count("<") == 0


def test_an_injected_script_stops_the_build() -> None:
    page = "<html><head></head><body><script>steal()</script></body></html>"
    with pytest.raises(RuntimeError, match="unknown inline script"):
        engine.hardened(page, "x.html", LABELS)
    with pytest.raises(RuntimeError, match="event attribute"):
        engine.hardened('<html><head></head><img onerror="x()"></html>', "x.html", LABELS)
    with pytest.raises(RuntimeError, match="address"):
        engine.hardened(
            '<html><head></head><a href="javascript:x()">x</a></html>', "x.html", LABELS
        )


def test_a_client_portal_is_at_most_one_megabyte(client: Path) -> None:
    assert sum(p.stat().st_size for p in client.rglob("*") if p.is_file()) <= 1_000_000


def test_the_editions_cannot_be_confused(client: Path, internal: Path) -> None:
    ours, theirs = ((folder / "index.html").read_text("utf-8") for folder in (internal, client))
    assert "internal.css" in ours
    assert "internal.css" not in theirs
    assert 'class="tag internal"' in ours
    assert 'class="tag internal"' not in theirs


def test_pages_are_those_of_a_plain_build(tmp_path: Path) -> None:
    """Our savings in the engine change no byte of what MkDocs alone would write."""
    write_tree(site(), load_theme(), tmp_path / "b")
    ours = engine.mkdocs(settings(site()), markdown(site()))
    engine.plain_mkdocs(tmp_path / "b", tmp_path / "plain")
    assert any(name.endswith(".html") for name in ours)
    assert "search/search_index.json" in ours
    for name, words in ours.items():
        assert words.encode() == (tmp_path / "plain" / name).read_bytes(), name


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name, seed, zone in (("one", "1", "Asia/Tokyo"), ("two/deeper", "2", "America/New_York")):
        code = f"import test_portal, pathlib; test_portal.built(pathlib.Path({str(tmp_path / name)!r}))"
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": "C",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run(
            [sys.executable, "-c", code], env=surroundings, check=True, capture_output=True
        )
    one, two = tmp_path / "one", tmp_path / "two/deeper"
    names = sorted(p.relative_to(one).as_posix() for p in one.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(two).as_posix() for p in two.rglob("*") if p.is_file())
    assert [n for n in names if (one / n).read_bytes() != (two / n).read_bytes()] == []


def test_the_brand_can_be_read_in_both_schemes() -> None:
    theme = load_theme()
    for scheme in (theme.light, theme.dark):
        for ground in ("bg", "surface"):
            for token in ("ink", "muted", "link", "good", "warn", "bad", "accent-text", "c3-text"):
                assert contrast(scheme[token], scheme[ground]) >= 4.5, (token, ground)
            for token in ("accent", "edge", "c1", "c2"):
                assert contrast(scheme[token], scheme[ground]) >= 3.0, (token, ground)
        for level in ("good", "warn", "bad"):
            assert contrast(scheme[level], scheme[f"{level}-soft"]) >= 4.5, level
        assert contrast(scheme["on-c"], scheme["c1"]) >= 4.5
    assert contrast("FFFFFF", "FFFFFF") == 1
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


def test_fonts_come_with_their_licence() -> None:
    names = site_assets(load_theme(), site())
    assert names["assets/planwerk/brand.css"].count(b"src:url(data:font/woff2;") == 3
    assert any("LICENSE-SourceSans3" in name for name in names)
    assert any("LICENSE-iframe-worker" in name for name in names)


def test_a_site_gets_its_own_words_whoever_was_built_before() -> None:
    for said in ("Filtern", "Sieben"):
        one = replace(site(internal=True), labels={**LABELS, "table_filter": said})
        script = site_assets(load_theme(), one)["assets/planwerk/planwerk.js"].decode()
        assert f'"table_filter": "{said}"' in script


# --- in a browser ----------------------------------------------------------------------------


@pytest.fixture
def server(client: Path) -> Iterator[str]:
    with browser_support.served(client) as address:
        yield address


def search_hits(page: Any, words: str) -> int:
    page.click(".md-search__input")
    page.keyboard.type(words, delay=20)
    page.wait_for_selector(".md-search-result__item", timeout=8000)
    return int(page.locator(".md-search-result__item").count())


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_search_works_and_no_request_leaves(
    browser: Any, client: Path, server: str, scheme: str
) -> None:
    start = f"file://{client}" if scheme == "file" else server
    for name in ("index.html", "more.html", "help.html"):
        page, wrong = browser_support.open_page(browser, f"{start}/{name}")
        page.wait_for_timeout(200)
        assert search_hits(page, "Quartalsgespräch" if name == "index.html" else "Ausgangswert") > 0
        assert wrong == [], name
        page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("edition", ["client", "internal"])
def test_axe_finds_no_violation(browser: Any, request: pytest.FixtureRequest, edition: str) -> None:
    folder = request.getfixturevalue(edition)
    pages = [folder / name for name in ("index.html", "people.html", "help.html")]
    assert browser_support.violations(browser, pages) == []


@pytest.mark.browser
def test_axe_finds_a_planted_fault(browser: Any, client: Path, tmp_path: Path) -> None:
    shutil.copytree(client, tmp_path / "site")
    page = tmp_path / "site/help.html"
    words = page.read_text("utf-8")
    planted = (
        '<p style="color:#ccc;background:#fff">blass</p><img src="help.html">'
        '<div style="width:1500px">x</div>'
        '<svg viewBox="0 0 90 20"><rect width="90" height="20" fill="#111"/>'
        '<text x="5" y="15" style="fill:#333">dunkel</text></svg>'
        '<div class="late"></div><style>.late{animation:late 1ms 50ms forwards}'
        "@keyframes late{to{margin-top:600px}}</style>"
    )
    header = '<header class="md-header"'
    words = words.replace(header, '<div class="late"></div>' + header)
    words = words.replace(
        'class="md-search__input"', 'class="md-search__input" style="color:#eee!important"'
    )
    page.write_text(words.replace("</article>", planted + "</article>"), "utf-8")
    found = " ".join(browser_support.violations(browser, [page]))
    for fault in (
        "default 1280: color-contrast", "image-alt", "wider than the screen of 390 px: the page",
        "wider than the screen of 320 px: <div", "text in a picture, kontor slate print: dunkel",
        "lines jump", "search open, default 1280: color-contrast",
    ):  # fmt: skip
        assert fault in found


@pytest.mark.browser
def test_the_policy_blocks_what_was_injected(browser: Any, client: Path, tmp_path: Path) -> None:
    shutil.copytree(client, tmp_path / "site")
    page_file = tmp_path / "site/help.html"
    page_file.write_text(
        page_file.read_text("utf-8").replace(
            "</body>", "<script>window.stolen = 1</script></body>"
        ),
        "utf-8",
    )
    page, wrong = browser_support.open_page(browser, f"file://{page_file}")
    assert page.evaluate("window.stolen") is None
    assert any("Content Security Policy" in w for w in wrong)
    page.context.close()


def test_a_group_shares_a_tab_and_a_line_of_navigation(client: Path) -> None:
    page = (client / "people.html").read_text("utf-8")
    assert page.count('class="pw-sub"') == 1
    assert re.search(r'<a href="people.html" aria-current="?page', page)


def test_titles_with_an_ampersand_survive(client: Path) -> None:
    assert "Nordwind & Söhne" in (client / "index.html").read_text("utf-8").replace("&amp;", "&")
    assert replace(site(), name="x").name == "x"
