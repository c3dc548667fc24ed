"""The pages of built portals: every one, and one of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Edition = Literal["portfolio", "account", "client", "partner"]
HAND_WRITTEN = ("help", "glossary", "imprint", "privacy")
LANGUAGE = re.compile(r'<html lang="(\w+)"')


@dataclass(frozen=True)
class Page:
    """A page, whose it is, and the folder that a reader of it has."""

    path: Path
    site: Path
    edition: Edition
    language: str

    @property
    def kind(self) -> tuple[Edition, str]:
        """What of it looks the same for every account."""
        return self.edition, self.path.stem

    def __str__(self) -> str:
        return f"{self.edition} {self.path.parent.name}/{self.path.name}"


def every(built: Path) -> tuple[Page, ...]:
    """Every page of a build, in order."""
    return tuple(_page(path, built) for path in sorted(built.rglob("*.html")))


def of(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Without hand-written pages that are the same as one before: once an edition and language."""
    found = {}
    for page in pages:
        same = page.path.stem in HAND_WRITTEN
        found.setdefault((page.kind, page.language) if same else page.path, page)
    return tuple(found.values())


def one_of_each(built: Path) -> tuple[Page, ...]:
    """The longest page of each kind; what of it is short elsewhere is there too."""
    found: dict[tuple[Edition, str], Page] = {}
    for page in every(built):
        there = found.get(page.kind)
        if there is None or there.path.stat().st_size < page.path.stat().st_size:
            found[page.kind] = page
    return tuple(found.values())


def _page(path: Path, built: Path) -> Page:
    language = LANGUAGE.search(path.read_text("utf-8"))
    assert language is not None, path
    first, second, *rest = path.relative_to(built).parts
    if first == "clients":
        return Page(path, built / first / second, "client", language[1])
    if first == "partners":
        return Page(path, built / first / second / rest[0], "partner", language[1])
    site = built / first
    return Page(
        path, site, "account" if second == "accounts" and rest else "portfolio", language[1]
    )
