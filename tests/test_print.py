"""Every kind of page on paper: a clean A4 document."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import office_support
import portal_pages

A4 = (595, 842)
WORD = re.compile(r"\w+")
EDGE = 33
"""Points at each edge where nothing stands; Chromium draws nothing beyond it, so a word that
reaches there is cut, and one that begins there is lost."""
LONG = (
    "<table><thead><tr><th>Tabellenkopf</th></tr></thead><tbody>"
    + "<tr><td>x</td></tr>" * 150
    + "</tbody></table>"
)
PLANTED = {
    "<style>@page{margin:3mm!important}</style>": "at the edge",
    '<p style="margin-left:-12px">Randlage</p>': "lost: Randlage",
    '<p style="width:9rem;overflow:hidden;white-space:nowrap">'
    + "breit " * 60
    + "Abspannwort</p>": "lost: Abspannwort",
    '<div style="break-before:page"></div><div style="break-before:page">x</div>': "is empty",
    '<nav class="pw-sub" style="display:block!important">Menschen</nav>': "printed: pw-sub",
    "<style>@page{size:letter}</style>": "is 612.0 x 792.0",
    "<style>html body[data-md-color-scheme]{background:#111!important}</style>": "the ground is rgb(17, 17, 17)",
    "<style>article{color:#ddd!important}</style>": "letters are light",
    '<div style="overflow:auto;width:50px"><p style="width:200px">x</p></div>': "cut:",
    LONG
    + "<style>article thead{display:table-row-group!important}</style>": "heads that do not repeat",
}


def printed(page: Any, into: Path) -> list[str]:
    """What is wrong with a page on paper, as it is and from the dark."""
    found = []
    for scheme in ("default", "slate"):
        page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{scheme}')")
        page.pdf(path=str(into), prefer_css_page_size=True, print_background=True)
        found += [f"{scheme}: {told}" for told in faults(into)]
    page.emulate_media(media="print")
    found += [*page.evaluate(LEFT), *lost(page.evaluate(TEXT), into)]
    page.emulate_media(media="null")
    return found


LEFT = """() => {
  const found = [], shown = e => e.getClientRects().length > 0;
  for (const e of document.querySelectorAll('.md-header, .md-tabs, .md-sidebar, .md-search, .pw-sub, .filter, .md-footer__inner'))
    if (shown(e)) found.push('printed: ' + e.className);
  for (const e of [document.documentElement, document.body]) {
    const ground = getComputedStyle(e).backgroundColor;
    if (!/^rgb\\(255, 255, 255\\)$|, 0\\)$/.test(ground)) found.push('the ground is ' + ground);
  }
  const ink = getComputedStyle(document.querySelector('article')).color.match(/\\d+/g).map(Number);
  if (Math.max(...ink) > 120) found.push('letters are light: ' + ink);
  for (const e of document.querySelectorAll('article *')) {
    const style = getComputedStyle(e);
    if (/auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && shown(e))
      found.push('cut: ' + e.className + ' ' + e.scrollWidth + ' in ' + e.clientWidth);
  }
  for (const e of document.querySelectorAll('article thead'))
    if (shown(e) && getComputedStyle(e).display !== 'table-header-group') found.push('heads that do not repeat');
  return found;
}"""


TEXT = "() => document.querySelector('article').innerText"


def lost(text: str, pdf: Path) -> list[str]:
    """Words of a page that its paper does not hold, whole or in two parts at the end of a line."""
    held = {part for _, words in office_support.page_words(pdf) for word in words for part in WORD.findall(html.unescape(word[4]).replace("_", " "))}  # fmt: skip
    return [
        f"lost: {word}"
        for word in dict.fromkeys(WORD.findall(text.replace("_", " ")))
        if word not in held
        and not any(word[:i] in held and word[i:] in held for i in range(1, len(word)))
    ]


def faults(pdf: Path) -> list[str]:
    """Pages that are not A4 or empty, words at the edge or cut."""
    found = []
    pages = office_support.page_words(pdf)
    for number, ((wide, high), words) in enumerate(pages, start=1):
        if sorted((round(wide), round(high))) != list(A4):
            found.append(f"page {number} is {wide} x {high}")
        if len(words) < 4:
            found.append(f"page {number} of {len(pages)} is empty: {[w[4] for w in words]}")
        found += [
            f"page {number}: {word!r} at the edge ({x0:.0f}, {y0:.0f}, {x1:.0f}, {y1:.0f})"
            for x0, y0, x1, y1, word in words
            if x0 < EDGE or y0 < EDGE or x1 > wide - EDGE or y1 > high - EDGE
        ]
    return found


@pytest.mark.browser
@pytest.mark.parametrize("part", range(2))
def test_every_kind_of_page_prints_clean(
    browser: Any, looked_at: tuple[portal_pages.Page, ...], part: int, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, found = context.new_page(), {}
    for one in looked_at[part::2]:
        page.goto(f"file://{one.path}")
        found[str(one)] = printed(page, tmp_path / "page.pdf")
    context.close()
    assert {name: told for name, told in found.items() if told} == {}


@pytest.fixture
def planted(browser: Any, built_examples: Path, tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Shows a page of the examples with something put at its end."""
    site = shutil.copytree(built_examples / "clients/nordwind-logistik", tmp_path / "site")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)

    def show(words: str) -> Any:
        page, path = context.new_page(), site / "privacy.html"
        with_words = path.read_text("utf-8").replace("</article>", words + "</article>", 1)
        (site / "planted.html").write_text(with_words, "utf-8")
        page.goto(f"file://{site}/planted.html")
        return page

    yield show
    context.close()


@pytest.mark.browser
def test_planted_faults_are_found(planted: Callable[[str], Any], tmp_path: Path) -> None:
    for words, told in PLANTED.items():
        found = printed(planted(words), tmp_path / "page.pdf")
        assert any(told in one for one in found), (told, found)


@pytest.mark.browser
def test_the_head_of_a_long_table_stands_on_every_page(
    planted: Callable[[str], Any], tmp_path: Path
) -> None:
    assert printed(planted(f"<div class=pw>{LONG}</div>"), tmp_path / "page.pdf") == []
    pages = office_support.page_words(tmp_path / "page.pdf")
    with_head = [any(word[4] == "Tabellenkopf" for word in words) for _, words in pages]
    assert len(pages) >= 3
    assert all(with_head[1:])
