"""The comparison of screenshots finds what changed, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import screens
from planwerk.render.portal import render_site
from planwerk.theme import load_theme
from test_portal import site

NAMES = ("people.html", "privacy.html")
LOOKS = (screens.Look(), screens.Look(390, dark=True))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("before") / "site"
    render_site(site(), load_theme(), out)
    return out


@pytest.mark.browser
def test_the_same_site_looks_the_same(browser: Any, before: Path, tmp_path: Path) -> None:
    pairs = [(before, before, "x")]
    assert screens.compare(browser, pairs, NAMES, LOOKS, tmp_path / "out", every=True) == []
    assert "Nothing looks different" in (tmp_path / "out/index.html").read_text("utf-8")


@pytest.mark.browser
def test_a_style_sheet_alone_makes_a_difference(browser: Any, before: Path, tmp_path: Path) -> None:
    """Pages that are the same to the byte are not photographed; what they load counts, too."""
    now = shutil.copytree(before, tmp_path / "now")
    assert screens.compare(browser, [(before, now, "x")], NAMES, LOOKS, tmp_path / "out") == []
    for sheet in now.rglob("planwerk/*.css"):
        sheet.write_text(sheet.read_text("utf-8") + "h1{margin-left:9px!important}", "utf-8")
    found = screens.compare(browser, [(before, now, "x")], NAMES, LOOKS[:1], tmp_path / "out")
    assert len(found) == len(NAMES)


@pytest.mark.browser
def test_a_planted_change_is_found_where_it_is(browser: Any, before: Path, tmp_path: Path) -> None:
    now = shutil.copytree(before, tmp_path / "now")
    page = now / "privacy.html"
    words = page.read_text("utf-8")
    page.write_text(words.replace("<h1>", '<h1 style="margin-left:3px">', 1), "utf-8")
    found = screens.compare(browser, [(before, now, "x")], NAMES, LOOKS, tmp_path / "out")
    assert found == [f"x privacy.html {look}" for look in LOOKS]
    report = (tmp_path / "out/index.html").read_text("utf-8")
    assert report.count("data:image/webp") == 3 * len(LOOKS)


@pytest.mark.browser
def test_a_page_that_is_gone_or_new_is_a_difference(browser: Any, before: Path, tmp_path: Path) -> None:  # fmt: skip
    now = shutil.copytree(before, tmp_path / "now")
    (now / "privacy.html").unlink()
    found = screens.compare(browser, [(before, now, "x")], NAMES, LOOKS[:1], tmp_path / "out")
    assert found == ["x privacy.html 1280"]
    with pytest.raises(SystemExit):
        screens.compare(browser, [(before, now, "x")], ("no.html",), LOOKS[:1], tmp_path / "out")


def test_smoothed_edges_are_no_difference_and_a_line_is() -> None:
    one = Image.new("RGB", (400, 400), "white")
    same, other = one.copy(), one.copy()
    same.paste((240, 250, 255), (0, 0, 400, 400))
    other.paste("black", (0, 10, 400, 11))
    assert screens.difference(one, same)[0] == 0
    assert screens.difference(one, other)[0] == pytest.approx(1 / 400)
    assert screens.difference(one, one.crop((0, 0, 400, 300)))[0] == pytest.approx(0.25)


def test_a_contact_sheet_holds_every_picture() -> None:
    pictures = [(str(i), Image.new("RGB", (1280, 900 + i), "navy")) for i in range(11)]
    sheet = screens.contact_sheet(pictures)
    inks = sheet.getcolors(maxcolors=10_000)
    assert inks is not None
    navy = sum(count for count, ink in inks if ink == (0, 0, 128))
    assert navy >= 11 * screens.TILE * 140


def test_wrong_use_is_told() -> None:
    with pytest.raises(SystemExit) as told:
        screens.main([])
    assert told.value.code == 2
