"""The pages of the example portals as they are shown, in the browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import browser_support
import portal_pages

PARTS = 6
PLANTED = {
    '<img src="logo.png">': "default 1280: image-alt",
    '<p style="color:#999;background:#aaa">Kaum zu lesen</p>': "default 390: color-contrast",
    '<style>[data-md-color-scheme=slate] .planted{color:#333}</style><p class="planted">Im Dunkeln</p>': "slate 1280: color-contrast",
    '<p style="width:1500px">Zu breit</p>': "wider than the screen of 320 px",
    '<svg viewBox="0 0 200 40" width="200" role="img" aria-label="x"><text y="20" style="fill:#bbb">Blass</text></svg>': "text in a picture, kontor default print: Blass",
    '<img src="https://elsewhere.example/x.png" alt="x">': "asked for https://elsewhere.example/x.png",
    "<style>.md-search-result__meta{color:#ddd!important;background:#fff!important}</style>": "search open, default 1280: color-contrast",
}
"""What is put on a page, and what has to be said of it."""


@pytest.mark.browser
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_a_page(
    browser: Any, looked_at: tuple[portal_pages.Page, ...], part: int
) -> None:
    """One page of each kind; `--all-pages` looks at every one (`make axe`)."""
    assert len(looked_at) > 50
    pages = [page.path for page in looked_at[part::PARTS]]
    assert browser_support.violations(browser, pages) == []


@pytest.mark.browser
def test_planted_faults_are_found(browser: Any, built_examples: Path, tmp_path: Path) -> None:
    site = shutil.copytree(built_examples / "clients/nordwind-logistik", tmp_path / "site")
    page = site / "privacy.html"
    words = page.read_text("utf-8").replace("</article>", " ".join(PLANTED) + "</article>", 1)
    page.write_text(words, "utf-8")
    found = browser_support.violations(browser, [page])
    for told in PLANTED.values():
        assert any(told in one for one in found), (told, found)


WITHOUT_SCRIPT = {
    "internal/index.html": "Rückmeldung zu dieser Seite",
    "internal/accounts.html": "Rückmeldung zu dieser Seite",
    "internal/due.html": "Rückmeldung zu dieser Seite",
    "internal/white-space.html": "Rückmeldung zu dieser Seite",
    "internal/help.html": "Rückmeldung zu dieser Seite",
    "internal/accounts/nordwind-logistik/index.html": "Rückmeldung zu dieser Seite",
    "internal/accounts/brightwater-stores/tasks.html": "Feedback on this page",
    "clients/nordwind-logistik/index.html": "Rückmeldung zu dieser Seite",
    "clients/nordwind-logistik/help.html": "Rückmeldung zu dieser Seite",
    "clients/brightwater-stores/index.html": "Feedback on this page",
    "clients/brightwater-stores/help.html": "Feedback on this page",
    "partners/nordwind-logistik/edgeline/index.html": "Rückmeldung zu dieser Seite",
}
"""Pages of each edition and language, and how each asks to be told what is wrong with it."""


@pytest.mark.browser
def test_without_javascript_all_of_a_page_is_there_to_be_read(
    browser: Any, built_examples: Path
) -> None:
    """Whatever the page holds, what leads to the others, and the ways to tell us something."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, told in WITHOUT_SCRIPT.items():
        page.goto(f"file://{built_examples / name}")
        assert page.locator(".pw h1").first.is_visible(), name
        rows = page.locator("article table:not(details table) tbody tr:not([hidden])")
        unseen = [row for row in rows.all() if not row.is_visible()]
        assert unseen == [], name
        link = page.get_by_role("link", name=told)
        assert link.is_visible(), name
        assert str(link.get_attribute("href")).startswith("mailto:"), name
        helping = page.locator("nav.md-tabs a", has_text="Hilfe" if "Rück" in told else "Help")
        assert helping.first.is_visible(), name
        helping.first.click()
        assert page.locator("article").inner_text().strip(), name
        assert "help.html" in page.url, name
    context.close()


def test_every_kind_of_page_is_looked_at(built_examples: Path) -> None:
    chosen = portal_pages.one_of_each(built_examples)
    every = portal_pages.every(built_examples)
    assert {page.kind for page in chosen} == {page.kind for page in every}
    assert {page.language for page in chosen} == {"de", "en"}
    assert len(portal_pages.of(every)) > 2 * len(chosen)


def test_a_client_portal_is_at_most_one_megabyte_beside_its_downloads(built_examples: Path) -> None:
    """All files of its folder as they lie on disk, pages, index, scripts, fonts; not packed."""
    for client in (built_examples / "clients").iterdir():
        files = [p for p in client.rglob("*") if p.is_file() and "downloads" not in p.parts]
        assert 100_000 < sum(p.stat().st_size for p in files) <= 1_000_000, client.name
