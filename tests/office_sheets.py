"""Contact sheets of all Word documents and decks: every page, of both languages and both brands.

    python tests/office_sheets.py docs [--kind documents|decks] [--pages FOLDER]

One sheet for each kind, brand and language: those of the account of which most is known, ours and
the client's, in rows. `--pages` keeps every page at a readable size, to look at.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import office_support
from generated.office import BRANDS
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.compose import decks, documents
from planwerk.compose.documents.brief import briefs
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.read import read
from planwerk.render.slides import render_deck
from planwerk.render.word import render_document
from planwerk.theme import load_theme
from planwerk.words import load_words

ROOT = Path(__file__).resolve().parents[1]
ACCOUNTS = {"de": ("nordwind-logistik", "hollerbeck-pumpen"), "en": ("brightwater-stores", "quillbrook-pharmacies")}  # fmt: skip
"""The account shown in each language, and one for what the first has not."""
HIGH = {"documents": 232, "decks": 155}
"""A page's height on the sheet."""
GAP, LINE, ROW = 8, 15, 1720
"""What is between pages, a line of words, a row's width."""
CALLED = {"documents": "word", "decks": "deck"}
ENDING = {"documents": "docx", "decks": "pptx"}


def made(kind: str, language: str, brand: str) -> Iterator[tuple[str, bytes]]:
    """Every kind of document or deck once, by the words of its title."""
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    portfolio = measure(portfolio)
    theme, seen = load_theme(brand), set()
    for account in ACCOUNTS[language]:
        for audience in (INTERNAL, CLIENT):
            view = view_of((p := project(portfolio, audience, account)), p.accounts[0], language)
            for one in documents.made(view) if kind == "documents" else decks.made(view):
                name = one.title.split("\n")[0] + ("" if audience == INTERNAL else " (client)")
                if name not in seen:
                    seen.add(name)
                    yield name, render_document(one, theme) if isinstance(one, b.Document) else render_deck(one, theme)[0]  # fmt: skip
    if kind == "documents":
        whole = briefs(project(portfolio, INTERNAL), load_words(language))
        yield from ((one.title, render_document(one, theme)) for one in whole[:1])


def pages(kind: str, found: Sequence[tuple[str, bytes]], work: Path) -> list[tuple[str, Path]]:
    """Each page as a picture, with its document's name on the first."""
    paths = []
    for number, (_, blob) in enumerate(found):
        paths.append(work / f"{number:02}.{ENDING[kind]}")
        paths[-1].write_bytes(blob)
    out = []
    for (name, _), pdf in zip(found, office_support.render_pdf(paths, work), strict=True):
        command = ["pdftoppm", "-r", "80", "-png", str(pdf), str(pdf.with_suffix(""))]
        subprocess.run(command, check=True)
        shots = sorted(work.glob(f"{pdf.stem}-*.png"))
        out += [(f"{name}, {len(shots)}" if n == 0 else "", shot) for n, shot in enumerate(shots)]
    return out


def sheet(found: Sequence[tuple[str, Path]], high: int) -> Image.Image:
    """The pages in rows; a document's name stands above its first."""
    tiles = []
    for name, path in found:
        with Image.open(path) as read_:
            tile = read_.convert("RGB")
        tile = tile.resize((round(tile.width * high / tile.height), high), Image.Resampling.LANCZOS)
        tiles.append((name, tile))
    places, x, y = [], GAP, GAP
    for _, tile in tiles:
        if x + tile.width + GAP > ROW:
            x, y = GAP, y + high + LINE + GAP
        places.append((x, y))
        x += tile.width + GAP
    whole = Image.new("RGB", (ROW, y + high + LINE + GAP), "#d8d8d8")
    draw = ImageDraw.Draw(whole)
    for (name, tile), (x, y) in zip(tiles, places, strict=True):
        draw.text((x, y), name, "#222", font=ImageFont.truetype("Carlito-Bold.ttf", 14))
        whole.paste(tile, (x, y + LINE))
    return whole


def main() -> int:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--kind", choices=HIGH, help="only these")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="keep every page there")
    asked = parser.parse_args()
    size = 0
    for kind, brand, language in product([asked.kind] if asked.kind else HIGH, BRANDS, ACCOUNTS):
        with tempfile.TemporaryDirectory(prefix="planwerk-sheets-") as folder:
            work = asked.pages / f"{kind}-{brand}-{language}" if asked.pages else Path(folder)
            work.mkdir(parents=True, exist_ok=True)
            found = pages(kind, list(made(kind, language, brand)), work)
            path = asked.out / f"{CALLED[kind]}-{brand}-{language}.webp"
            sheet(found, HIGH[kind]).save(path, "WEBP", quality=42, method=6)
            size += path.stat().st_size
            print(f"{path}: {len(found)} pages", flush=True)
    print(f"{size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
