"""Where a slide's furniture stands: on a layout of ours or of a brand's own template.

Lengths in centimetres of a slide that is 19.05 high, whatever the template's size is: what is
drawn is scaled as a whole (see planwerk.render.deck_scale).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planwerk.render.fonts import CALIBRI, Font
from planwerk.render.slides_area import Area

Role = Literal["title", "content", "content-marked", "statement"]
ROLES: tuple[Role, ...] = ("title", "content", "content-marked", "statement")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where words stand and how: in a placeholder of the layout, else in a text box of ours."""

    area: Area
    """What the words themselves have, without the placeholder's insets."""
    size: float
    holder: str = ""
    """The attributes of the placeholder; "" for a text box."""
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    color: str = ""
    """Of a text box; and six hex digits where a placeholder's own is known."""
    font: Font = CALIBRI
    caps: bool = False
    spaced: float = 0.0
    """What is added to each letter, in points at any size."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as its slides see it; None: there is no place of that kind."""

    part: str
    title: Slot
    body: Area
    kicker: Slot | None = None
    """None: it stands before the subline."""
    subline: Slot | None = None
    source: Slot | None = None
    footer: Slot | None = None
    number: Slot | None = None
    panel: Area | None = None
    """Drawn below the body, where the template's ground would make it illegible."""
    panel_color: str = ""


def overlap(first: Area, second: Area) -> float:
    """How many square centimetres two areas share."""
    wide = min(first.x + first.w, second.x + second.w) - max(first.x, second.x)
    high = min(first.y + first.h, second.y + second.h) - max(first.y, second.y)
    return max(wide, 0.0) * max(high, 0.0)


def without(area: Area, gone: Sequence[Area]) -> Area:
    """The largest part of an area beside, above or below each of those that reach into it."""
    for one in gone:
        if overlap(area, one) <= 0.01:
            continue
        right, foot = area.x + area.w, area.y + area.h
        parts = (
            Area(area.x, area.y, area.w, one.y - area.y),
            Area(area.x, one.y + one.h, area.w, foot - one.y - one.h),
            Area(area.x, area.y, one.x - area.x, area.h),
            Area(one.x + one.w, area.y, right - one.x - one.w, area.h),
        )
        area = max(parts, key=lambda part: max(part.w, 0.0) * max(part.h, 0.0))
    return area
