"""Where the links of a portal lead: every address of every page and style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESSES = {"href", "src", "xlink:href", "action", "poster", "data", "srcset", "cite"}
SCHEMES = ("https", "mailto")
"""What a link out of a portal may begin with; what a page loads may begin with nothing."""
LEADS = {"a", "area"}
"""Elements whose address a reader follows; all others are loaded with the page."""
ENGINE_S = "__"
"""What the script of the theme makes places of as the page is shown."""


def broken(pages: Iterable[Path], site: Path) -> list[str]:
    """Addresses of pages that lead to nothing, out of the site, or to what is not allowed."""
    pages = list(pages)
    found = [f"{page.relative_to(site)}: {told}" for page in pages for told in _broken(page, site)]
    for sheet in sorted(site.rglob("*.css")):
        if any(parent in sheet.parents for parent in {page.parent for page in pages}):
            found += [f"{sheet.relative_to(site)}: {told}" for told in _in_sheet(sheet, site)]
    return found


def links(page: Path) -> tuple[str, ...]:
    """What a reader can follow from a page, as it is written."""
    return tuple(address for tag, address in _read(page).addresses if tag in LEADS)


def places(page: Path) -> frozenset[str]:
    """What a link can lead to within a page."""
    return frozenset(_read(page).places)


def _broken(page: Path, site: Path) -> Iterator[str]:
    for tag, address in _read(page).addresses:
        if told := _wrong(page, site, tag, address):
            yield f"<{tag}> {address!r} {told}"


def _wrong(page: Path, site: Path, tag: str, address: str) -> str:
    """What is wrong with an address, or nothing."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        if tag not in LEADS:
            return "is loaded from elsewhere"
        return "" if parts.scheme in SCHEMES else "has a scheme that is not allowed"
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
    target = target / "index.html" if target.is_dir() else target
    if not target.is_relative_to(site.resolve()):
        return "leads out of the site"
    if not target.is_file():
        return "leads to no file"
    place = unquote(parts.fragment)
    if place and not place.startswith(ENGINE_S) and place not in places(target):
        return "leads to no place of that page"
    return ""


def _in_sheet(sheet: Path, site: Path) -> Iterator[str]:
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text("utf-8")):
        # small pictures lie in the theme's sheet itself
        if not address.startswith("data:") and (told := _wrong(sheet, site, "link", address)):
            yield f"{address!r} {told}"


@lru_cache(maxsize=512)
def _read(page: Path) -> _Addresses:
    reader = _Addresses()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    return reader


class _Addresses(HTMLParser):
    """The addresses on a page, each with its element, and the places in it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ADDRESSES and value is not None:
                self.addresses.append((tag, value))
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.places.add(value)
