"""What the slides of a deck are put on: our own master, or the template of the brand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.deck_frame import Frame, OurFrame, TheirFrame, title_size
from planwerk.render.deck_layout import Role
from planwerk.render.deck_template import deck_template_of
from planwerk.render.fonts import Font, font_of
from planwerk.render.slides_master import layout_names, template
from planwerk.theme import Theme


@dataclass(frozen=True, slots=True)
class Stage:
    """The parts of an empty deck, its layouts' parts by role, and how slides are put on them."""

    parts: Mapping[str, bytes]
    layouts: Mapping[str, str]
    frame: Frame
    theme: Theme
    """The brand, with the font of the template for charts."""
    font: Font
    scale: float = 1.0
    """What is drawn for a slide 19.05 cm high is so many times as large."""


def stage(deck: b.Deck, theme: Theme) -> Stage:
    """What this deck is put on; Broken where the brand's template cannot be read."""
    path = theme.deck_file
    if path is None:
        return _ours(deck, theme)
    asked = tuple(sorted(theme.deck_layouts.items()))
    found = deck_template_of(str(path), str(theme.folder), asked, deck.language, deck.mark)
    content: Role = "content-marked" if deck.mark else "content"
    dark = {slide.title for slide in deck.slides if isinstance(slide.body, b.BigNumber)}
    titles = [slide.title for slide in deck.slides if slide.title not in dark]
    size = title_size(titles, found.layouts[content].title)
    return Stage(
        found.parts, {role: layout.part for role, layout in found.layouts.items()},
        TheirFrame(found.layouts, content, size), replace(theme, office_font=found.font.name),
        found.font, found.scale,
    )  # fmt: skip


def _ours(deck: b.Deck, theme: Theme) -> Stage:
    parts = template(deck.language, deck.mark, str(theme.folder))
    named = {n: re.search(rb'<p:cSld name="([^"]*)"', c) for n, c in parts.items() if n.startswith("ppt/slideLayouts/slide")}  # fmt: skip
    layouts = {found[1].decode(): name for name, found in named.items() if found}
    names = layout_names(deck.language, deck.mark)
    return Stage(
        parts, {role: layouts[escape(name)] for role, name in names.items()}, OurFrame(), theme,
        font_of(theme.office_font),
    )  # fmt: skip
