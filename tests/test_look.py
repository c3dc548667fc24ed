"""The pages of the example portals as they are shown, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import browser_support
import portal_pages

PARTS = 6


@pytest.mark.browser
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_a_page(
    browser: Any, looked_at: tuple[portal_pages.Page, ...], part: int
) -> None:
    """One page of each kind; `--all-pages` looks at every one (`make axe`)."""
    assert len(looked_at) > 50
    pages = [page.path for page in looked_at[part::PARTS]]
    assert browser_support.violations(browser, pages) == []


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
