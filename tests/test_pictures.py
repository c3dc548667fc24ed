"""The pictures of the portal: nothing overlaps, nothing stands out, every word fits its box."""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass

import pytest

import pictures
from gallery import LABELS
from planwerk import blocks as b
from planwerk.render.html import Writer
from planwerk.render.html_pictures import drawn
from planwerk.render.layout import Box
from planwerk.render.layout_org import below, tree
from planwerk.render.layout_route import Router
from planwerk.render.lower import lower_all
from planwerk.render.measure import fitted, on_screen, wrapped
from planwerk.render.picture_lists import said
from planwerk.render.svg_draw import svg
from planwerk.theme import contrast, load_theme

CARD = re.compile(r'<rect class="card" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"')  # fmt: skip
TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)"([^>]*)>([^<]*)</text>')
VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
PICTURES = [pytest.param(p, id=pictures.name(p)) for p in pictures.PICTURES]


@dataclass(frozen=True)
class Words:
    """A text of a picture and the box it takes, by the widths of the portal's font."""

    words: str
    box: Box


def texts(drawing: str) -> list[Words]:
    """Every text where it stands; halos and hinting are left out."""
    found = []
    for x, y, how, escaped in TEXT.findall(drawing):
        kinds = set((re.search(r'class="([^"]*)"', how) or [""])[0][7:-1].split())
        size = 12 if "s" in kinds else 15 if "l" in kinds else 13
        words = html.unescape(escaped)
        wide = on_screen(words, size, "b" in kinds)
        begin = float(x) - (wide / 2 if '"middle"' in how else wide if '"end"' in how else 0)
        found.append(Words(words, Box(begin, float(y) - 0.75 * size, wide, size)))
    return found


def cards(drawing: str) -> list[Box]:
    return [Box(*(float(v) for v in found)) for found in CARD.findall(drawing)]


def faults(drawing: str) -> list[str]:
    """Cards that overlap, and words that leave the picture or their card, or stand on others."""
    view = VIEW.search(drawing)
    if view is None:
        return []
    whole = Box(0, 0, float(view[1]), float(view[2]))
    boxes, words = cards(drawing), texts(drawing)
    found = [f"cards overlap: {a} {c}" for a, c in itertools.combinations(boxes, 2) if a.meets(c)]
    found += [f"card outside: {a}" for a in boxes if not _within(a, whole)]
    for text in words:
        if not _within(text.box, whole):
            found.append(f"outside the picture: {text}")
        for card in boxes:
            if text.box.meets(card) and not _within(text.box, card):
                found.append(f"stands out of its card: {text} {card}")
    found += [f"on one another: {a} {c}" for a, c in itertools.combinations(words, 2) if a.words and c.words and a.box.meets(c.box, -1.5)]  # fmt: skip
    return found


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x - 0.6
        and inner.y >= outer.y - 0.6
        and inner.right <= outer.right + 0.6
        and inner.bottom <= outer.bottom + 0.6
    )


@pytest.mark.parametrize("block", PICTURES)
def test_nothing_overlaps_and_every_word_fits(block: b.Picture) -> None:
    assert faults(drawn(block)) == []


def test_a_planted_fault_is_found() -> None:
    card = '<rect class="card" x="{}" y="5" width="50" height="30" rx="5"/>'
    inside = card.format(5) + card.format(40) + '<text x="20" y="20" class="b l">viel zu lang für die Karte</text>'  # fmt: skip
    found = " ".join(faults(svg(100, 40, inside, "x", "y")))
    for fault in ("cards overlap", "stands out of its card", "outside the picture"):
        assert fault in found


@pytest.mark.parametrize("block", PICTURES)
def test_colours_are_tokens_and_nothing_is_see_through(block: b.Picture) -> None:
    drawing = drawn(block)
    assert "opacity" not in drawing
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing)) <= {
        "none", "currentColor", *re.findall(r"var\(--pw-[\w-]+\)", drawing)
    }  # fmt: skip


@pytest.mark.parametrize("block", PICTURES)
def test_the_same_picture_is_drawn_again(block: b.Picture) -> None:
    assert drawn(block) == drawn(block)
    if drawn(block):
        assert re.search(r"<title>[^<]+</title><desc>[^<]+</desc>", drawn(block))


@pytest.mark.parametrize("block", PICTURES)
def test_the_list_names_everybody_that_the_picture_names(block: b.Picture) -> None:
    words = " ".join(Writer(LABELS).all(said(block)).split())
    known: list[str] = []
    match block:
        case b.OrgChart():
            known = [p.name for p in block.people]
        case b.InfluenceGrid():
            known = [p.full for p in block.people]
        case b.StrategyMap():
            known = [c.name for c in block.columns] + [p.name for c in block.columns for p in c.people]  # fmt: skip
        case b.Forces() | b.RiskMatrix():
            known = [item.name for item in block.items]
        case b.Journey():
            known = [stage.name for stage in block.stages]
    assert [name for name in known if html.escape(name) not in words] == []
    assert lower_all((block,), LABELS) or not known


def test_a_circle_of_bosses_is_opened_and_everybody_stands_somewhere() -> None:
    tops, under = below([1, 2, 0, 7, 3, 5])
    assert tops == (0, 3, 5)
    assert sorted([*tops, *(k for found in under.values() for k in found)]) == [0, 1, 2, 3, 4, 5]
    assert len(tree([1, 2, 0, 7, 3, 5], (100, 50), 700).cards) == 6


@pytest.mark.parametrize("shape", ["tree", "star", "orphans"])
def test_a_chart_fits_its_room(shape: str) -> None:
    for count in (1, 8, 20, 40):
        bosses = [p.boss for p in pictures.org(count, shape).people]
        assert tree(bosses, (168, 72), 1216).width <= 1216, count


def test_lines_of_influence_run_beside_the_cards() -> None:
    block = pictures.org(40)
    found = tree([p.boss for p in block.people], (168, 72), 1192)
    router = Router(found.cards, found.lines)
    for link in block.links[:12]:
        way = router.way(link.source, link.target)
        assert way is not None
        for (x1, y1), (x2, y2) in itertools.pairwise(way):
            piece = Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
            assert not any(piece.meets(card, -0.5) for card in found.cards)
        assert any(_on_edge(way[0], box) for box in (found.cards[link.source],))
        assert any(_on_edge(way[-1], box) for box in (found.cards[link.target],))


def _on_edge(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    return (min(abs(x - box.x), abs(x - box.right)) < 0.1 and box.y <= y <= box.bottom) or (
        min(abs(y - box.y), abs(y - box.bottom)) < 0.1 and box.x <= x <= box.right
    )


def test_unknown_people_are_dashed_cards() -> None:
    drawing = drawn(pictures.org(8))
    assert drawing.count('stroke-dasharray="4 3"') == 1
    assert "Name offen" in drawing


def test_white_space_is_as_high_as_its_value() -> None:
    values = (10.0, 40.0, 80.0)
    spaces = tuple(b.MapSpace("Befragung", "gap", "Lücke", f"{v:.0f}", v) for v in values)
    column = b.MapColumn("IT", True, pictures.REACHED, (), (), spaces)
    heads = ("Erreicht", "", "", "", "", "")
    block = b.StrategyMap((column,), heads, ("", ""), (), "", "Karte", "Ein Bereich.")
    _, *high = (box.h for box in cards(drawn(block)))  # the first is the department
    assert high[2] / high[1] == pytest.approx(2, abs=0.05)
    assert high[0] >= 22


def rects(drawing: str) -> list[tuple[int, Box, str]]:
    """Every filled ground with where it is drawn; later ones lie above."""
    found = re.finditer(r'<rect [^>]*?x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*?fill="var\(--pw-([\w-]+)\)"', drawing)  # fmt: skip
    return [(m.start(), Box(*(float(v) for v in m.groups()[:4])), m[5]) for m in found]


def pairs(drawing: str) -> set[tuple[str, str]]:
    """The colours of all texts with that of the ground they stand on."""
    grounds, found = rects(drawing), set()
    for place, words in zip((m.start() for m in TEXT.finditer(drawing)), texts(drawing), strict=True):  # fmt: skip
        how = drawing[place : drawing.index(">", place)]
        fill = re.search(r'fill="var\(--pw-([\w-]+)\)"', how)
        muted = re.search(r'class="[^"]*\bm\b', how)
        ink = fill[1] if fill else "muted" if muted else "ink"
        below_ = [token for at, box, token in grounds if at < place and _within(words.box, box)]
        found.add((ink, below_[-1] if below_ else "bg"))
    return found


@pytest.mark.parametrize("block", PICTURES)
def test_every_text_can_be_read_on_its_ground(block: b.Picture) -> None:
    theme = load_theme()
    for ink, ground in pairs(drawn(block)):
        for scheme in (theme.light, theme.dark):
            assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)


def test_the_ground_of_a_text_is_found() -> None:
    inside = '<rect x="0" y="0" width="90" height="40" fill="var(--pw-c1)"/><text x="5" y="20" fill="var(--pw-on-c)">a</text><text x="95" y="20" class="m">b</text>'  # fmt: skip
    assert pairs(svg(200, 40, inside, "x", "y")) == {("on-c", "c1"), ("muted", "bg")}


def test_long_words_are_broken_and_long_texts_cut() -> None:
    lines = wrapped(pictures.LONG, 13, 100, 3, bold=True)
    assert len(lines) == 3
    assert all(on_screen(line, 13, bold=True) <= 100 for line in lines)
    assert "".join(line.rstrip("-") for line in wrapped(pictures.LONG, 13, 100, 9)) == pictures.LONG
    assert fitted("kurz", 12, 100) == "kurz"
    assert fitted(pictures.LONG, 12, 80).endswith("…")
    assert wrapped("", 12, 80, 2) == ()
