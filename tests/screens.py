"""Screenshots of the key pages: beside those of another commit, and as contact sheets.

    python tests/screens.py --base main          # what looks different from there, in a report
    python tests/screens.py --contact-sheets docs/portal

Both states are built and photographed in the same run, by the same browser. A page whose every
byte is the same, style sheets and scripts too, is not photographed, unless `--every` asks for it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont

import browser_support
import portal_pages

ROOT = Path(__file__).resolve().parents[1]
BRANDS = ("planwerk", "kontor")
KEY = (
    "internal/index.html",
    "internal/due.html",
    "internal/accounts/nordwind-logistik/index.html",
    "internal/accounts/nordwind-logistik/goals.html",
    "internal/accounts/nordwind-logistik/strategy-map.html",
    "internal/accounts/nordwind-logistik/stakeholders.html",
    "internal/accounts/nordwind-logistik/tasks.html",
    "internal/accounts/hollerbeck-pumpen/risks.html",
    "clients/nordwind-logistik/index.html",
    "clients/brightwater-stores/index.html",
    "clients/quillbrook-pharmacies/goals.html",
)
"""The pages that are compared: each kind of look, German and English."""
LETTERS_MOVE = 24
"""Differences of a colour's part up to this are those of smoothed edges, of 255."""
MUCH = 0.0002
"""The part of a picture's points that may differ."""
SHEETS = {
    "portfolio": ("planwerk", "internal"),
    "account": ("planwerk", "internal/accounts/nordwind-logistik"),
    "account-new": ("planwerk", "internal/accounts/alpenfracht"),
    "client": ("planwerk", "clients/nordwind-logistik"),
    "client-english": ("planwerk", "clients/brightwater-stores"),
    "kontor-account": ("kontor", "internal/accounts/nordwind-logistik"),
    "kontor-client": ("kontor", "clients/nordwind-logistik"),
}
"""The contact sheets: the portfolio, an account with all and one with little, both sides, both
languages, both brands."""
FEATURED = {
    "page-client": ("clients/nordwind-logistik/index.html", False),
    "page-account": ("internal/accounts/nordwind-logistik/index.html", True),
    "page-portfolio": ("internal/index.html", False),
    "page-strategy-map": ("internal/accounts/nordwind-logistik/strategy-map.html", False),
}
"""The pages that the README shows at a readable size, and whether in the dark."""
BUILD = """
import sys
from pathlib import Path
from planwerk.build import Options, build
from planwerk.scaffold.demo import scaffold_demo
if __name__ == "__main__":  # the processes that render read this file too
    scaffold_demo(Path(sys.argv[1]))
    for brand in sys.argv[2:]:
        build(Path(sys.argv[1]), Options(out=Path(brand), formats=("portal",), brand=brand))
"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    wide: int = 1280
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.wide}{'-dark' if self.dark else ''}"


LOOKS = tuple(Look(wide, dark) for wide in (1280, 390) for dark in (False, True))


def main(words: Sequence[str]) -> int:
    """0: as before; 1: something looks different; 2: wrong use."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--base", metavar="REV", help="the commit to compare with")
    parser.add_argument("--contact-sheets", type=Path, metavar="FOLDER", help="write sheets there")
    parser.add_argument("--out", type=Path, default=ROOT / "build-screens", help="of the report")
    parser.add_argument("--every", action="store_true", help="also pages of which no byte changed")
    asked = parser.parse_args(words)
    if not asked.base and not asked.contact_sheets:
        parser.error("say --base REV or --contact-sheets FOLDER")
    with tempfile.TemporaryDirectory(prefix="planwerk-screens-") as folder:
        work = Path(folder)
        now = built(ROOT, work / "now", BRANDS)
        for browser in browser_support.browser():
            if asked.contact_sheets:
                write_sheets(browser, now, asked.contact_sheets)
            if asked.base:
                before = built(checked_out(asked.base, work / "tree"), work / "before", BRANDS)
                pairs = [(before / brand, now / brand, brand) for brand in BRANDS]
                return 1 if compare(browser, pairs, KEY, LOOKS, asked.out, asked.every) else 0
    return 0


# --- building --------------------------------------------------------------------------------


def checked_out(revision: str, into: Path) -> Path:
    """The files of a commit, beside the working tree and without touching it."""
    into.mkdir(parents=True)
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", "--end-of-options", revision]
    packed = subprocess.run(command, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(into)], input=packed, check=True)
    return into


def built(source: Path, work: Path, brands: Sequence[str]) -> Path:
    """The portals of the example portfolio with its history, as the code in `source` makes them."""
    work.parent.mkdir(parents=True, exist_ok=True)
    script = work.with_suffix(".py")
    script.write_text(BUILD, "utf-8")
    surroundings = {**os.environ, "PYTHONPATH": str(source / "generator")}
    command = [sys.executable, str(script), str(work), *brands]
    subprocess.run(command, env=surroundings, check=True, cwd=source)
    return work


# --- comparing -------------------------------------------------------------------------------


def compare(
    browser: Any,
    pairs: Sequence[tuple[Path, Path, str]],
    names: Sequence[str],
    looks: Sequence[Look],
    out: Path,
    every: bool = False,
) -> list[str]:
    """Which pictures differ between the first and second build of each pair; the report in `out`.

    Unless `every`, pages that are the same to the byte are not photographed.
    """
    _loaded.cache_clear()  # a site may be another one by now
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    found, rows, same = [], [], 0
    for before, now, brand in pairs:
        for name in names:
            if not every and _drawn_of(before, name) == _drawn_of(now, name) is not None:
                same += 1
                continue
            for look in looks:
                title = f"{brand} {name} {look}"
                row = _row(browser, before / name, now / name, look, title)
                if row:
                    found.append(title)
                    rows.append(row)
    count = len(pairs) * len(names) * len(looks)
    (out / "index.html").write_text(_report(rows, count), "utf-8")
    for title in found:
        print(f"differs: {title}")
    print(f"{len(found)} of {count} pictures differ ({same} of {len(pairs) * len(names)} pages are the same to the byte): {out / 'index.html'}")  # fmt: skip
    return found


def _drawn_of(built_: Path, name: str) -> tuple[bytes, str] | None:
    """All that a picture of a page depends on: the page, and what pages of its site load."""
    page = built_ / name
    if not page.exists():
        return None
    site = next(above for above in page.parents if (above / "assets").is_dir())
    return page.read_bytes(), _loaded(site)


@lru_cache(maxsize=64)
def _loaded(site: Path) -> str:
    """The digest of a site's style sheets, scripts, fonts and pictures."""
    whole = hashlib.sha256()
    for path in sorted(p for p in site.rglob("assets/**/*") if p.is_file()):
        whole.update(f"{path.relative_to(site)}".encode() + hashlib.sha256(path.read_bytes()).digest())  # fmt: skip
    return whole.hexdigest()


def _row(browser: Any, before: Path, now: Path, look: Look, title: str) -> str:
    """A row of the report, or nothing where the pictures are the same."""
    if not before.exists() or not now.exists():
        if before.exists() == now.exists():
            raise SystemExit(f"{title}: neither state has this page")
        return f"<h2>{html.escape(title)}</h2><p>{'new' if now.exists() else 'gone'}</p>"
    taken = [_taken(browser, path, look) for path in (before, now)]
    if taken[0] == taken[1]:
        return ""
    one, other = map(_opened, taken)
    part, shown = difference(one, other)
    if part <= MUCH:
        return ""
    pictures = "".join(
        f'<figure><img alt="" src="{_inline(picture)}"><figcaption>{words}</figcaption></figure>'
        for picture, words in ((one, "before"), (other, "after"), (shown, "difference"))
    )
    return f"<h2>{html.escape(title)}: {part:.2%}</h2><div>{pictures}</div>"


def difference(one: Image.Image, other: Image.Image) -> tuple[float, Image.Image]:
    """The part of points that differ, and a pale picture with them in red."""
    size = max(one.width, other.width), max(one.height, other.height)
    first, second = (Image.new("RGB", size, "#888") for _ in range(2))
    first.paste(one)
    second.paste(other)
    apart = ImageChops.difference(first, second)
    most = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    mask = most.point(lambda value: 255 if value > LETTERS_MOVE else 0)
    shown = Image.blend(second, Image.new("RGB", size, "white"), 0.7)
    shown.paste("#d00000", mask=mask)
    return mask.histogram()[255] / (size[0] * size[1]), shown


def _report(rows: Sequence[str], count: int) -> str:
    style = "body{font:15px system-ui;margin:2rem}div{display:flex;gap:1rem;align-items:start}figure{margin:0;flex:1}img{width:100%;border:1px solid #999}"
    said = "".join(rows) or "<p>Nothing looks different.</p>"
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>Screens</title><style>{style}</style><h1>{len(rows)} of {count} pictures differ</h1>{said}</html>"


def _inline(picture: Image.Image) -> str:
    """A picture for the report: small, for it shows where to look, not every point."""
    small, into = picture.convert("RGB"), io.BytesIO()
    small.thumbnail((900, 4000))
    small.save(into, "WEBP", quality=70)
    return f"data:image/webp;base64,{base64.b64encode(into.getvalue()).decode()}"


def photographed(browser: Any, page: Path, look: Look) -> Image.Image:
    """A whole page as it looks, still and with its own fonts."""
    return _opened(_taken(browser, page, look))


def _opened(taken: bytes) -> Image.Image:
    return Image.open(io.BytesIO(taken)).convert("RGB")


def _taken(browser: Any, page: Path, look: Look) -> bytes:
    context = browser.new_context(viewport={"width": look.wide, "height": 900}, bypass_csp=True)
    shown = context.new_page()
    shown.goto(f"file://{page}")
    shown.add_style_tag(content=browser_support.STILL)
    shown.evaluate(browser_support.SCHEME, browser_support.SCHEMES[look.dark])
    shown.wait_for_function("document.fonts.status === 'loaded'")
    asked = context.new_cdp_session(shown)
    size = asked.send("Page.getLayoutMetrics")["cssContentSize"]
    whole = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
    # packed less tightly than Playwright has it: the same points in half the time
    how = {"captureBeyondViewport": True, "optimizeForSpeed": True, "clip": whole}
    taken = base64.b64decode(asked.send("Page.captureScreenshot", how)["data"])
    context.close()
    return taken


# --- contact sheets --------------------------------------------------------------------------

TILE, GAP, LINE, ROW = 200, 10, 16, 8
TALL = 1.6
"""How tall a tile may be, of its width; longer pages are cut at the foot."""


def write_sheets(browser: Any, built_: Path, out: Path) -> None:
    """A sheet for each part of the portal and each look: every page, small; and a few readable."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for sheet, (brand, folder) in SHEETS.items():
        site = built_ / brand / folder
        own = [p.path for p in portal_pages.every(built_ / brand) if p.path.parent == site]
        pages = [page for page in own if sheet == "portfolio" or page.stem not in portal_pages.HAND_WRITTEN]  # fmt: skip
        for name, pictures in _all_looks(browser, pages, brand == BRANDS[0]):
            _saved(contact_sheet(pictures), out / f"{sheet}-{name}.webp", 36)
    for name, (path, dark) in FEATURED.items():
        page = built_ / BRANDS[0] / path
        _saved(_cut(photographed(browser, page, Look(dark=dark)), 1.25), out / f"{name}.webp", 60)
    size = sum(path.stat().st_size for path in out.iterdir())
    print(f"{len(list(out.iterdir()))} pictures, {size / 1e6:.2f} MB: {out}")


def _saved(picture: Image.Image, path: Path, quality: int) -> None:
    picture.save(path, "WEBP", quality=quality, method=6)


def _all_looks(
    browser: Any, pages: Sequence[Path], every: bool
) -> Iterator[tuple[str, list[tuple[str, Image.Image]]]]:
    looks = (("light", Look()), ("dark", Look(dark=True)), ("phone", Look(390)))
    for name, look in looks if every else looks[:2]:
        yield name, [(page.stem, photographed(browser, page, look)) for page in pages]
    if every:
        yield "print", [sheet for page in pages for sheet in _on_paper(browser, page)]


def _on_paper(browser: Any, page: Path) -> list[tuple[str, Image.Image]]:
    """The first sheet of a page on paper."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    shown = context.new_page()
    shown.goto(f"file://{page}")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        shown.pdf(path=str(pdf), prefer_css_page_size=True, print_background=True)
        command = [
            "pdftoppm",
            "-r",
            "60",
            "-l",
            "1",
            "-singlefile",
            "-png",
            str(pdf),
            f"{folder}/page",
        ]
        subprocess.run(command, check=True)
        with Image.open(f"{folder}/page.png") as read:
            taken = read.convert("RGB")
    context.close()
    return [(page.stem, taken)]


def contact_sheet(pictures: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    """Pictures in rows, each with its name; very long ones are cut at the foot."""
    tiles = [(name, _tile(picture)) for name, picture in pictures]
    rows = [tiles[i : i + ROW] for i in range(0, len(tiles), ROW)]
    heights = [max(tile.height for _, tile in row) + LINE + GAP for row in rows]
    sheet = Image.new("RGB", (ROW * (TILE + GAP) + GAP, sum(heights) + GAP), "#d8d8d8")
    draw, y = ImageDraw.Draw(sheet), GAP
    for row, high in zip(rows, heights, strict=True):
        for column, (name, tile) in enumerate(row):
            x = GAP + column * (TILE + GAP)
            draw.text((x, y), name, "#222", font=ImageFont.load_default(13))
            sheet.paste(tile, (x, y + LINE))
        y += high
    return sheet


def _tile(picture: Image.Image) -> Image.Image:
    """A picture at the width of a column."""
    high = round(picture.height * TILE / picture.width)
    small = picture.resize((TILE, max(high, 1)), Image.Resampling.LANCZOS)
    return _cut(small, TALL)


def _cut(picture: Image.Image, tall: float) -> Image.Image:
    """As much of a picture from its top as is `tall` of its width."""
    return picture.crop((0, 0, picture.width, min(picture.height, round(tall * picture.width))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
