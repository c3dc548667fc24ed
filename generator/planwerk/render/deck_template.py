"""A brand's own PowerPoint template: its masters, the layouts of our roles, and nothing else.

Its example slides, notes, macros, data and the layouts that no role needs never get into a deck.
The mark that says for whom a deck is stands in the layouts, as in ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from planwerk import blocks as b
from planwerk.render.deck_cleaned import Cleaned, spoken_for
from planwerk.render.deck_layout import Layout, Role
from planwerk.render.deck_looks import EMU, A, Sheet
from planwerk.render.deck_made import copied, made_layout, marked
from planwerk.render.deck_places import HEIGHT, Read, content, cover, room, strip_of
from planwerk.render.deck_roles import DECK, Candidate, P, Roles, candidates, roles
from planwerk.render.deck_written import Written
from planwerk.render.fonts import Font
from planwerk.render.foreign import Broken, related_parts, tree, unpacked
from planwerk.render.slides_area import Area
from planwerk.theme import Theme, load_theme

NARROWEST, WIDEST = 1.2, 2.6
"""Slides are so many times as wide as high at least and at most: 5:4 to 21:9 and a little."""
DROPPED = {
    "macros": re.compile(r"ppt/vba\w*\.(bin|xml)|customUI/.*|ppt/activeX/.*"),
    "comments": re.compile(r"ppt/(comments/.*|commentAuthors\.xml|authors\.xml|persons/.*)"),
    "fonts": re.compile(r"ppt/fonts/.*"),
    "data": re.compile(r"customXml/.*|docProps/custom\.xml|ppt/tags/.*"),
    "objects": re.compile(r"ppt/(embeddings|charts|diagrams)/.*"),
    "media": re.compile(r"ppt/media/.*\.(mp4|m4v|mov|wmv|avi|mp3|m4a|wav|wma)"),
    "notes": re.compile(r"ppt/notesSlides/notesSlide\d+\.xml"),
    "slides": re.compile(r"ppt/slides/slide\d+\.xml"),
}
"""What is told of, where a template has it."""


class Unsuited(Broken):
    """A template whose slides are upright, or far wider than high; `args[0]` says their size."""


@dataclass(frozen=True, slots=True)
class DeckTemplate:
    """What decks of a brand are made on."""

    parts: Mapping[str, bytes]
    layouts: Mapping[Role, Layout]
    roles: Roles
    ours: Mapping[Role, tuple[str, ...]]
    """What is drawn by us on the layout of each role (see `Read`)."""
    scale: float
    """How many of the template's centimetres are one of ours."""
    wide: float
    """How wide a slide is in our centimetres, where it is 19.05 high."""
    font: Font
    unknown: tuple[str, ...]
    """Fonts whose widths are not known."""
    dropped: tuple[str, ...]
    """What of the file is left behind: kinds of `DROPPED`, and `external`, `pictures`, `layouts`."""


@lru_cache(maxsize=16)
def deck_template_of(path: str, brand: str, asked: tuple[tuple[str, str], ...], language: str, mark: b.Mark | None) -> DeckTemplate:  # fmt: skip
    """The template in that file for decks of the brand; Broken where it cannot be read."""
    return read_deck(Path(path).read_bytes(), load_theme(brand), dict(asked), language, mark)


def read_deck(
    raw: bytes, theme: Theme, asked: Mapping[str, str], language: str, mark: b.Mark | None
) -> DeckTemplate:
    """A .pptx or .potx as a template; Broken where it is none, Unsuited for the size of its slides."""
    parts = unpacked(raw, DECK)
    scale, wide = _size(tree(parts[DECK]))
    return _Reader(parts, theme, asked, language, mark, scale, wide).template()


def _size(deck: Any) -> tuple[float, float]:
    """How many centimetres are one of ours, and how wide a slide is in ours."""
    size = deck.find(f"{P}sldSz")
    if deck.tag != f"{P}presentation" or size is None:
        raise Broken
    cx, cy = (int(size.get(n, "0")) / EMU for n in ("cx", "cy"))
    if not 5 < cy < 120 or not NARROWEST <= cx / cy <= WIDEST:
        raise Unsuited(f"{cx:.1f} × {cy:.1f} cm")
    return cy / HEIGHT, cx / cy * HEIGHT


class _Reader:
    """Reads the layouts that are needed, and writes them as parts of ours."""

    def __init__(
        self, parts: Mapping[str, bytes], theme: Theme, asked: Mapping[str, str], language: str,
        mark: b.Mark | None, scale: float, wide: float,
    ) -> None:  # fmt: skip
        self.parts, self.theme, self.language, self.mark = parts, theme, language, mark
        self.scale, self.wide = scale, wide
        self.known = candidates(parts)
        self.out = Written(scale, wide, language)
        self.cleaned: dict[str, Cleaned] = {}
        self.told: set[str] = set()
        self.roles = roles(self.known, asked, lambda one: room(self.sheet(one), self._text(one), wide))  # fmt: skip

    def template(self) -> DeckTemplate:
        """All of it."""
        read = {role: self.role(role) for role in self._needed()}
        body = self.sheet(self._candidate("content")).font(None)
        fonts = {f.name: f for one in read.values() for f in (one.layout.title.font, body) if not f.known}  # fmt: skip
        return DeckTemplate(
            self.out.parts(), {role: one.layout for role, one in read.items()}, self.roles,
            {role: one.ours for role, one in read.items()}, self.scale, self.wide, body,
            tuple(sorted(fonts)), self._dropped(len(read)),
        )  # fmt: skip

    def _needed(self) -> tuple[Role, ...]:
        plain: tuple[Role, ...] = ("title", "content", "statement")
        return (*plain, "content-marked") if self.mark else plain

    # --- one role ----------------------------------------------------------------------------

    def role(self, role: Role) -> Read:
        """The layout of a role as a part of ours, with the mark where it is for our decks."""
        own = self.roles.found[role]
        one = own or self._candidate("content")
        sheet, pictures = self.sheet(one), self.pictures(one)
        name = one.name
        if own is None and role in ("title", "content"):
            sheet = Sheet(made_layout(role, sheet.master, self.language), sheet.master, sheet.theme, self.scale)  # fmt: skip
            name, pictures = self._made_name(role), {}
        elif own is None and role == "statement":
            name = self._made_name(role)
        sheet = copied(sheet)
        strip = None
        if self.mark and role != "content" and not self._marked(own, self.mark):
            strip = strip_of(sheet, self.wide)
            marked(sheet.layout, self.mark, self._place(strip), self.theme, self.language, strip.y == 0, self.scale)  # fmt: skip
            name = " ".join((name, *(w for _, w in self.mark.tags if w.lower() not in name.lower())))  # fmt: skip
        if role == "title":
            read = cover(sheet, self.wide)
        else:
            read = content(sheet, self._text(one), self.wide, self.theme, strip, role, own is not None)  # fmt: skip
        part = self.out.layout(sheet.layout, name, one.master, pictures)
        return replace(read, layout=replace(read.layout, part=part))

    def _marked(self, own: Candidate | None, mark: b.Mark) -> bool:
        """Whether a layout of the template says itself for whom its slides are."""
        return own is not None and own.internal and own.says(word for _, word in mark.tags)

    def _place(self, area: Area) -> Area:
        """An area in the template's own centimetres."""
        return Area(*(v * self.scale for v in (area.x, area.y, area.w, area.h)))

    def _candidate(self, role: Role) -> Candidate:
        """The layout of a role; for a role that has none, one of the master that others use."""
        found = (self.roles.found[role], *self.roles.found.values(), *self.known)
        one = next((c for c in found if c is not None), None)
        if one is None:
            raise Broken
        return one

    def _made_name(self, role: Role) -> str:
        from planwerk.render.slides_master import NAMES

        return NAMES.get(self.language, NAMES["en"])[role]

    def _text(self, one: Candidate) -> Any:
        """The placeholder for text: the layout's, else that of title and text on the same master,
        else the master's."""
        sheet = self.sheet(one)
        siblings = [k for k in self.known if k.master == one.master and not k.upright and sorted(k.body) in (["obj", "title"], ["body", "title"])]  # fmt: skip
        for found in (one, *siblings):
            shape = self.sheet(found).holder("obj", "body")
            place = None if shape is None else sheet.area(shape)
            if place is not None and place.h > 4:
                return shape
        return Sheet(sheet.master, sheet.master, sheet.theme, self.scale).holder("body")

    # --- their parts -------------------------------------------------------------------------

    def clean(self, part: str) -> Cleaned:
        """A part without what must not come into a deck, once."""
        if part not in self.cleaned:
            one = Cleaned(tree(self.parts[part]), self.parts, related_parts(self.parts, part))
            self.cleaned[part] = one
            self.told |= one.told
        return self.cleaned[part]

    def sheet(self, one: Candidate) -> Sheet:
        """A layout on its master and theme."""
        master = self.clean(one.master)
        plain = master.root.find(f"{P}txStyles") is None
        theme = self._theme(one.master)
        fresh = one.part not in self.cleaned
        layout = self.clean(one.part)
        if plain and fresh:
            spoken_for(master.root)
            spoken_for(layout.root)
        self.out.master(one.master, master, theme)
        return Sheet(layout.root, master.root, theme.root, self.scale)

    def pictures(self, one: Candidate) -> Mapping[str, tuple[str, bytes]]:
        """The pictures of a layout by its relations' ids."""
        return self.clean(one.part).pictures

    def _theme(self, master: str) -> Cleaned:
        related = related_parts(self.parts, master)
        part = next((t for t, kind in related.values() if kind == "theme"), "")
        if part not in self.parts:
            raise Broken
        theme = self.clean(part)
        for name in ("objectDefaults", "extraClrSchemeLst"):
            for one in theme.root.findall(f"{A}{name}"):
                one[:] = []
        return theme

    def _dropped(self, taken: int) -> tuple[str, ...]:
        told = {kind for kind, pattern in DROPPED.items() if any(map(pattern.fullmatch, self.parts))}  # fmt: skip
        relations = (raw for name, raw in self.parts.items() if name.endswith(".rels"))
        told |= {"external"} if any(b'TargetMode="External"' in raw for raw in relations) else set()
        used = {one.part for one in self.roles.found.values() if one}
        told |= {"layouts"} if len(self.known) > len(used) else set()
        return tuple(sorted(told | self.told))
