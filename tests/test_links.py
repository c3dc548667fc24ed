"""Every link of every page leads somewhere, and none leads where it must not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import portal_pages
import site_links
from planwerk import blocks as b
from planwerk.render.portal import render_site
from planwerk.theme import load_theme
from test_portal import site

PLANTED = {
    '<a href="nowhere.html">x</a>': "leads to no file",
    '<a href="#nirgendwo">x</a>': "leads to no place",
    '<a href="index.html#nirgendwo">x</a>': "leads to no place",
    '<svg><a href="nowhere.html"><text>x</text></a></svg>': "leads to no file",
    '<svg><a xlink:href="#nirgendwo"><text>x</text></a></svg>': "leads to no place",
    '<a href="%C3%BCbersicht.html">x</a>': "leads to no file",
    '<a href="../../internal/index.html">x</a>': "leads out of the site",
    '<a href="/etc/hosts">x</a>': "leads out of the site",
    '<a href="http://x.example">x</a>': "scheme that is not allowed",
    '<a href="javascript:x()">x</a>': "scheme that is not allowed",
    '<img src="https://x.example/y.png" alt="">': "loaded from elsewhere",
    '<img src="//x.example/y.png" alt="">': "loaded from elsewhere",
    '<link rel="stylesheet" href="assets/none.css">': "leads to no file",
}
LEADING = '<a href="#gr%C3%B6%C3%9Fe">x</a> <a href="#größe">y</a> <a href="index.html#größe">z</a> <svg><a href="help.html"><text>x</text></a></svg> <h2 id="größe">Größe</h2>'


def test_every_link_of_the_examples_leads_somewhere(built_examples: Path) -> None:
    pages = portal_pages.every(built_examples)
    for root in {page.site for page in pages}:
        assert site_links.broken([p.path for p in pages if p.site == root], root) == []
    counted = sum(len(site_links.links(page.path)) for page in pages)
    assert counted > 5000


def test_what_lies_at_a_client_s_stays_there(built_examples: Path, tmp_path: Path) -> None:
    """Its folder alone, elsewhere, is whole."""
    for client in (built_examples / "clients").iterdir():
        shutil.copytree(client, tmp_path / client.name)
        alone = tmp_path / client.name
        assert site_links.broken(sorted(alone.rglob("*.html")), alone) == []


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def gallery_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every block, and sections whose places have umlauts, by each engine."""
    out = tmp_path_factory.mktemp("gallery") / "site"
    link = b.Paragraph((b.Run("Größe", link="#größe"),))
    first, *others = site().pages
    first = replace(first, blocks=(*first.blocks, b.Section("Größe", (link,), anchor="größe")))
    chosen = replace(site(), pages=(first, *others))
    render_site(chosen, load_theme(), out, engine_name=request.param)
    return out


def test_every_link_of_the_gallery_leads_somewhere(gallery_site: Path) -> None:
    pages = sorted(gallery_site.glob("*.html"))
    # the gallery's downloads are invented
    found = [told for told in site_links.broken(pages, gallery_site) if "'downloads/" not in told]
    assert found == []
    assert "#größe" in site_links.links(gallery_site / "index.html")
    assert "größe" in site_links.places(gallery_site / "index.html")


@pytest.mark.parametrize("words", [LEADING, *PLANTED])
def test_a_planted_link_is_found(words: str, gallery_site: Path, tmp_path: Path) -> None:
    shutil.copytree(gallery_site, tmp_path / "site")
    page = tmp_path / "site/index.html"
    page.write_text(page.read_text("utf-8").replace("</article>", words + "</article>", 1), "utf-8")
    found = [t for t in site_links.broken([page], tmp_path / "site") if "'downloads/" not in t]
    if words == LEADING:
        assert found == []
    else:
        assert len(found) == 1 and PLANTED[words] in found[0]
