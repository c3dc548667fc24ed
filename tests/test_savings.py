"""The savings in the engine: the bytes of a plain build, and they are really taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from material.plugins.search.plugin import Parser

import gallery
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.compose import portal
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.read import read
from planwerk.render import engine, search_index
from planwerk.render.html import Writer
from planwerk.render.portal import markdown, settings, write_tree
from planwerk.theme import load_theme

ROOT = Path(__file__).resolve().parents[1]
QUIRKS = (
    "<div>no heading</div>",
    '<div><p>a <b>b</b> &amp; c</p> <p> </p> <h2 id="x">y</h2></div>',
    '<div><h1>Title</h1> <p>before</p> <h2 id="a">A <em>b</em></h2> <ul> <li>one</li> <li></li> </ul></div>',
    '<div><div><h2 id="a">A</h2> <p>in</p></div> <p>out again</p> <h3 id="b">B</h3> <p>c</p></div>',
    '<div><svg data-search-exclude="1"><title>no</title><path d="M0 0"/><g>no</g></svg> yes</div>',
    '<div><div data-search-exclude="1">no <div>no</div> quirk <p>still</p></div> <p>yes</p></div>',
    '<div><h2 id="a" data-search-exclude="1">no</h2> <p>neither</p></div>',
    "<div><p>a<br>b<br/>c<img src='x'>d</p></div>",
    "<div><p>unclosed <b>b</p> rest</div>",
    "<div><ol><li><p></p></li> <li>x <sub>1</sub> <code>a &lt; b</code></li></ol></div>",
    "<p>x</p> <div>   </div> <div>  y </div>",
    "<DIV><P>capital</P></DIV>",
    "<div>a&nbsp;<p>&nbsp;</p> <p>&amp;nbsp; &gt;</p></div>",
    '<div><svg data-search-exclude="1"><g>no</g></svg><svg class="i"><g>yes</g></svg> yes</div>',
    '<div><svg data-search-exclude="1"><svg data-search-exclude="1">no</svg>quirk</svg> yes</div>',
    '<svg data-search-exclude="1"><g>no</g></svg> <p>yes</p>',
    '<div><h2 id="a&amp;b">entity</h2>1 > 0 &nbsp; &#8364;</div>',
)


def told(sections: list[object]) -> list[tuple[object, ...]]:
    return [
        (s.id, "".join(s.title), "".join(s.text), s.is_excluded())  # type: ignore[attr-defined]
        for s in sections
    ]


@pytest.mark.parametrize("page", QUIRKS)
def test_the_index_takes_from_a_page_what_materials_parser_takes(page: str) -> None:
    slow = Parser()
    slow.feed(page)
    slow.close()
    quick = search_index.sections(page)
    assert quick is not None
    assert told(quick) == told(slow.data)


@pytest.mark.parametrize(
    "page",
    [
        "<div><script>x</script></div>",
        "<div><!-- c --></div>",
        "<div><pre>a\n b</pre></div>",
        "<div>a < b</div>",
        "<div><h2 id=x>unquoted</h2></div>",
        "<div>no end",
        '<div title="a>b">x</div>y',
    ],
)
def test_what_is_unusual_goes_to_materials_parser(page: str) -> None:
    slow, ours = Parser(), search_index.QuickParser()
    slow.feed(page)
    slow.close()
    ours.feed(page)
    assert search_index.sections(page) is None
    assert told(ours.data) == told(slow.data)


def test_every_block_takes_the_quick_way() -> None:
    writer = Writer(gallery.LABELS)
    for block in gallery.BLOCKS:
        html = f"<div>{writer.block(block)}</div>".replace("\n", " ")
        assert search_index.sections(html) is not None, type(block).__name__


@pytest.mark.parametrize("audience", [INTERNAL, CLIENT])
def test_the_examples_are_those_of_a_plain_build(tmp_path: Path, audience: str) -> None:
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    seen = project(measure(portfolio), audience, "nordwind-logistik")
    site = portal.account_site(view_of(seen, seen.account("nordwind-logistik")))
    write_tree(site, load_theme(), tmp_path / "tree")
    engine.plain_mkdocs(tmp_path / "tree", tmp_path / "plain")
    ours = engine.mkdocs(settings(site), markdown(site))
    index = set() if site.internal else {"search/search_index.json"}  # ours has another search
    assert set(ours) == {f"{page.name}.html" for page in site.pages} | index
    assert len(ours) > 6
    for name, words in ours.items():
        assert words.encode() == (tmp_path / "plain" / name).read_bytes(), name


def test_no_page_is_parsed_as_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that falls back to Python-Markdown costs five times as much: none may."""
    from markdown import Markdown

    def never(*_: object) -> str:
        raise AssertionError("Python-Markdown was asked")

    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    seen = project(measure(portfolio), CLIENT, "brightwater-stores")
    site = portal.account_site(view_of(seen, seen.account("brightwater-stores")))
    monkeypatch.setattr(Markdown, "convert", never)
    pages = markdown(site)
    engine.mkdocs(settings(site), pages)
    by_hand = {**pages, "index": "# By hand\n\nA page that is not ours.\n"}
    with pytest.raises(AssertionError, match="was asked"):
        engine.mkdocs(settings(site), by_hand)
