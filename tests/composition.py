"""How well slides are filled, and how large their words are: measured on rendered pictures.

    python tests/composition.py DECK.pptx … [--all]

Of each slide: which part of the body the largest empty rectangle takes, and the type size in which
most of its words stand. What is filled is seen in the picture of the page: words, marks, the
parts of drawings. Grounds count for nothing, nor do rules, frames and the edges of grounds, for those
are straight lines longer than any letter; a chart counts whole, and so does what lies between words
that stand close together.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

import office_support

FINE = 20
"""Points of the picture in a centimetre."""
CELL = 5
"""Points of the side of a square that is empty or not."""
LONG = 32
"""Points of a straight line that is no part of a letter: 1.6 centimetres."""
SEEN = 12
"""How much two neighbours differ, of 255, where something is drawn."""
NEAR = 2
"""Squares around what is drawn that are not empty: the space between lines and words."""
LEFT, TOP, RIGHT, BOTTOM = 1.6, 3.95, 32.267, 16.95
"""The body of a slide, in centimetres."""
MOST = 0.35
"""The part of the body that the largest empty rectangle may take."""
SMALLEST, LARGEST = 14.0, 24.0
"""Between these sizes, in points, most words of a body stand."""
WIDTH, HEIGHT, EMU = 33.867, 19.05, 360000


@dataclass(frozen=True, slots=True)
class Slide:
    """What was measured of a slide: the part of its body that is empty, the size of its words.

    `letters` are those of the body, `cells` those of its tables, `groups` the names of its drawings."""

    number: int
    title: str
    layout: str
    empty: float
    size: float
    letters: int
    cells: int
    groups: frozenset[str]


def slides(decks: Sequence[Path], work: Path) -> dict[Path, list[Slide]]:
    """All slides of the decks, rendered into `work`."""
    found: dict[Path, list[Slide]] = {}
    for deck, pdf in zip(decks, office_support.render_pdf(decks, work), strict=True):
        command = ["pdftoppm", "-r", str(FINE * 2.54), "-png", str(pdf), str(pdf.with_suffix(""))]
        subprocess.run(command, check=True)
        pages = sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
        found[deck] = [
            Slide(number, said.title, said.layout, _empty(Image.open(page), said.charts), *_sizes(said.body), said.body.count("<a:tc"), said.groups)
            for number, (page, said) in enumerate(zip(pages, _read(deck), strict=True), start=1)
        ]  # fmt: skip
    return found


# --- what the file says ----------------------------------------------------------------------

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Said:
    title: str
    layout: str
    charts: list[Box]
    body: str
    groups: frozenset[str]


def _read(deck: Path) -> Iterator[_Said]:
    """What the file says of each slide, in order."""
    with zipfile.ZipFile(deck) as package:
        names = [n for n in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        for name in sorted(names, key=lambda n: int(re.sub(r"\D", "", n))):
            xml = package.read(name).decode()
            related = package.read(f"ppt/slides/_rels/{name.rpartition('/')[2]}.rels").decode()
            layout = re.search(r"slideLayouts/(slideLayout\d+\.xml)", related)
            assert layout is not None
            used = package.read(f"ppt/slideLayouts/{layout[1]}").decode()
            called = re.search(r'<p:cSld name="([^"]*)"', used)
            body = re.sub(r"<p:sp>(?:(?!</p:sp>).)*?<p:ph .*?</p:sp>", "", xml, flags=re.S)
            groups = re.findall(r'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="\d+" name="(\w+)', body)
            yield _Said(_title(xml), called[1] if called else "", list(_charts(xml)), body, frozenset(groups))  # fmt: skip


def _title(xml: str) -> str:
    found = re.search(r'<p:ph type="(?:ctrTitle|title)"/>.*?</p:sp>', xml, re.S)
    return "".join(re.findall(r"<a:t>([^<]*)", found[0])) if found else ""


def _charts(xml: str) -> Iterator[Box]:
    for frame in re.findall(r"<p:graphicFrame>.*?</p:graphicFrame>", xml, re.S):
        if "<c:chart " in frame:
            place = re.search(r'<a:off x="(\d+)" y="(\d+)"/><a:ext cx="(\d+)" cy="(\d+)"', frame)
            assert place is not None
            x, y, w, h = (int(one) / EMU for one in place.groups())
            yield x, y, x + w, y + h


def _sizes(body: str) -> tuple[float, int]:
    """The size in which the middle letter stands, by size, and how many letters there are."""
    letters: Counter[float] = Counter()
    for run, words in re.findall(r"<a:r><a:rPr ([^>]*)>.*?<a:t>([^<]*)</a:t></a:r>", body, re.S):
        if size := re.search(r'sz="(\d+)"', run):
            letters[int(size[1]) / 100] += len(words)
    left = letters.total() / 2
    for size, count in sorted(letters.items()):
        left -= count
        if left <= 0:
            return size, letters.total()
    return 0.0, 0


# --- what the picture shows ------------------------------------------------------------------


def _empty(page: Image.Image, charts: Sequence[Box]) -> float:
    """The part of the body that the largest empty rectangle takes."""
    scale = page.width / WIDTH
    body = page.convert("RGB").crop(tuple(round(v * scale) for v in (LEFT, TOP, RIGHT, BOTTOM)))
    drawn = _without_lines(_edges(body))
    for x1, y1, x2, y2 in charts:
        place = tuple(round(v * scale) for v in (x1 - LEFT, y1 - TOP, x2 - LEFT, y2 - TOP))
        drawn.paste(255, (max(place[0], 0), max(place[1], 0), place[2], place[3]))
    wide, high = -(-drawn.width // CELL), -(-drawn.height // CELL)
    whole = Image.new("L", (wide * CELL, high * CELL))
    whole.paste(drawn)
    squares = whole.filter(ImageFilter.MaxFilter(CELL)).resize((wide, high), Image.Resampling.NEAREST)  # fmt: skip
    filled = squares.filter(ImageFilter.MaxFilter(2 * NEAR + 1)).point(lambda v: 255 if v else 0)
    return largest(filled) / (wide * high)


def _edges(page: Image.Image) -> Image.Image:
    """White where a point differs from the one before or above it."""
    shifted = (ImageChops.offset(page, 1, 0), ImageChops.offset(page, 0, 1))
    differing = [ImageChops.difference(page, one) for one in shifted]
    bands = [band for one in differing for band in one.split()]
    edges = reduce(ImageChops.lighter, bands).point(lambda v: 255 if v > SEEN else 0)
    edges.paste(0, (0, 0, edges.width, 1))  # what came round from the other end
    edges.paste(0, (0, 0, 1, edges.height))
    return edges


def _without_lines(edges: Image.Image) -> Image.Image:
    """What is left without straight lines of `LONG` points."""
    return reduce(ImageChops.subtract, (_lines(edges, across) for across in (True, False)), edges)


def _lines(edges: Image.Image, across: bool) -> Image.Image:
    """Points that lie on a line of `LONG` points, three of them beside it."""
    found = _run(edges, across, ImageChops.darker, 1)
    found = _run(found, across, ImageChops.lighter, -1)
    return found.filter(ImageFilter.MaxFilter(3))


def _run(page: Image.Image, across: bool, taken: object, way: int) -> Image.Image:
    """Of each point and the `LONG - 1` after it the darkest, or the lightest."""
    done = 1
    while done < LONG:
        step = min(done, LONG - done) * way
        moved = ImageChops.offset(page, -step if across else 0, 0 if across else -step)
        page, done = taken(page, moved), done + abs(step)  # type: ignore[operator]
    return page


def largest(filled: Image.Image) -> int:
    """Squares of the largest rectangle without a filled one: by rows, as a histogram's."""
    best, high = 0, [0] * filled.width
    data = filled.tobytes()
    for y in range(filled.height):
        row = data[y * filled.width : (y + 1) * filled.width]
        high = [0 if value else tall + 1 for tall, value in zip(high, row, strict=True)]
        open_: list[tuple[int, int]] = []
        for x, tall in enumerate([*high, 0]):
            start = x
            while open_ and open_[-1][1] >= tall:
                start, before = open_.pop()
                best = max(best, before * (x - start))
            open_.append((start, tall))
    return best


def main() -> int:
    """Print what is too empty or too small; 1 where there is any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("decks", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true", help="every slide")
    asked = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="planwerk-") as work:
        for deck, found in slides(asked.decks, Path(work)).items():
            for one in found:
                wrong = one.empty > MOST or not SMALLEST <= one.size <= LARGEST
                bad += wrong
                if wrong or asked.all:
                    print(f"{deck.stem} {one.number}: {one.empty:.0%} empty, {one.size:g} pt, {one.letters} letters, {one.cells} cells, {sorted(one.groups)}: {one.title}")  # fmt: skip
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
