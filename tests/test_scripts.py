"""The fixed list of scripts is that of the engines that are locked, and what is hostile runs nowhere."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import hostile
import visits
from planwerk.render import engine
from planwerk.result.scripts import NAMES, known_scripts


def test_the_list_is_that_of_the_engines_version() -> None:
    """A theme with another script: read it, then write its hash into result/scripts.py."""
    toggle = {"icon": "material/weather-night", "name": "a"}
    palette = [
        {"scheme": scheme, "primary": "custom", "accent": "custom", "toggle": toggle}
        for scheme in ("default", "slate")
    ]
    settings = {
        "site_name": "A", "use_directory_urls": False, "plugins": ["search"], "extra": {"generator": False},
        "theme": {"name": "material", "font": False, "palette": palette},
    }  # fmt: skip
    page = engine.mkdocs(settings, {"index": "# A\n"})["index.html"]
    found = {engine.hashed(body) for kind, body in engine.INLINE.findall(page) if "json" not in kind}  # fmt: skip
    assert found == known_scripts("mkdocs")


@pytest.mark.parametrize("name", NAMES)
def test_the_list_names_the_version_that_is_locked(name: str) -> None:
    package, _, number = NAMES[name].partition(" ")
    assert version(package) == number


def test_pages_allow_no_style_and_no_script_but_these() -> None:
    policy = engine._policy("mkdocs")
    assert "unsafe" not in policy
    assert "style-src 'self';" in policy
    assert policy.count("sha256-") == 4


def test_words_of_an_event_are_no_event() -> None:
    labels = {"search": "Suche"}
    said = '<html><head></head><p title="(: onclick=alert(15) )">a onclick=b</p></html>'
    assert "onclick" in engine.hardened(said, "x.html", labels)
    for event in ("<p OnClick=x()>", "<p a='>' onclick='x()'>", "<p title=a/onclick=x()>"):
        with pytest.raises(RuntimeError, match="event attribute"):
            engine.hardened(f"<html><head></head>{event}</p></html>", "x.html", labels)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_hostile_texts_are_texts(tmp_path: Path, number: int) -> None:
    """`python tests/hostile.py 500` puts every one of them into every field."""
    assert (
        hostile.read_through(hostile.portal(hostile.projected(), number, tmp_path / "site")) == []
    )


@pytest.mark.browser
def test_hostile_texts_do_nothing_in_a_browser(browser: Any, tmp_path: Path) -> None:
    folder = hostile.portal(hostile.projected(), 3, tmp_path / "site")
    assert hostile.opened(browser, folder) == []
    page = folder / "help.html"
    words = page.read_text("utf-8")
    page.write_text(words.replace("<h1>", "<h1 onclick='x'><script>alert(1)</script>", 1), "utf-8")
    assert any("dialog" in wrong for wrong in hostile.opened(browser, folder))
    assert hostile.read_through(folder)


@pytest.mark.browser
def test_pages_ask_nobody_and_their_policy_stops_nothing(
    browser: Any, built_examples: Path, tmp_path: Path
) -> None:
    """A client's portal and a partner's; `python tests/visits.py` opens those of all."""
    site = built_examples / "clients/nordwind-logistik"
    partner = next(built_examples.glob("partners/*/*/"))
    assert visits.planted(browser, site, tmp_path) == []
    pages, wrong = visits.visited(browser, partner)
    assert (pages > 3, wrong) == (True, [])
    pages, wrong = visits.visited(browser, site)
    assert (pages > 10, wrong) == (True, [])
