"""Where a template's layout leaves room: for the body, and for what it has no placeholder for.

The title and what stands at the foot keep their places; the body gets what the template's own text
would have, without what master and layout draw there. What is ours stands at its edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from planwerk.render.deck_layout import Layout, Role, Slot, overlap, without
from planwerk.render.deck_looks import Sheet
from planwerk.render.slides_area import Area
from planwerk.theme import Theme, contrast

HEIGHT = 19.05
EDGE = 0.6
"""Nothing of ours stands nearer to the slide's edge."""
LEAST = (18.0, 9.0)
"""A body that is less wide or high is no place for one."""
STRIP = 0.55
"""How high the strip is that says for whom a slide is."""
INKS = ("ink", "primary", "muted", "accent-text", "good", "bad", "warn")
LEGIBLE = 4.0
"""The contrast that our words need on a template's ground; brands are checked at 4.5 on their own."""


@dataclass(frozen=True, slots=True)
class Read:
    """A layout, its part yet to be named, and what of it is drawn by us: places without a placeholder, `panel`, `narrow`."""

    layout: Layout
    ours: tuple[str, ...]


def strip_of(sheet: Sheet, wide: float) -> Area:
    """The edge where the fewest things stand: the upper one, else the lower."""
    taken = [a for s in sheet.layout.iter() if s.tag.endswith("}sp") and (a := sheet.area(s))]
    taken += [place for _, place in sheet.drawn() if place.h < HEIGHT / 2]
    edges = (Area(0, 0, wide, STRIP), Area(0, HEIGHT - STRIP, wide, STRIP))
    return min(edges, key=lambda edge: sum(overlap(edge, one) for one in taken))


def content(sheet: Sheet, usual: Any, wide: float, theme: Theme, strip: Area | None, role: Role, found: bool) -> Read:  # fmt: skip
    """A content layout or a statement; `usual`: the template's placeholder for text, `found`:
    whether the layout was made for the role, `strip`: where our mark stands."""
    titled = sheet.holder("title", "ctrTitle")
    _on_slide(sheet, titled, wide)
    title = (sheet.slot(titled) if titled is not None else None) or _title(wide)
    outer = (sheet.area(titled) if titled is not None else None) or title.area
    footer, number, above_feet = _feet(sheet, wide, strip)
    gone = [outer, *([strip] if strip else [])]
    body, narrow = _room(sheet, usual, outer, wide, above_feet, gone)
    if narrow and titled is not None:
        above = _above(sheet, titled, wide, above_feet, strip)
        if above:
            outer, body, narrow = *above, False
            sheet.as_master(titled, outer)
            _on_slide(sheet, titled, wide)
        else:
            body, title, outer = _moved(sheet, titled, title, wide, above_feet, strip)
    if titled is not None:
        sheet.legible(titled)
        title = sheet.slot(titled) or title
    region, drawn_on = _clear(sheet, body)
    grounds = sheet.grounds(region)
    legible = grounds is not None and all(contrast(theme.color(ink), g) >= LEGIBLE for ink in INKS for g in grounds)  # fmt: skip
    panelled = drawn_on or not legible
    ours = [n for n, s in (("title", title), ("footer", footer), ("number", number)) if s and not s.holder]  # fmt: skip
    ours += ["narrow"] if narrow else []
    if role == "statement":
        return _statement(region, title, footer, number, theme, grounds, found, ours)
    align = title.align if title.align in ("l", "ctr", "r") else "l"
    top = (strip.y + strip.h if strip and strip.y == 0 else 0.0) + 0.15
    kicker = None
    high = Area(outer.x, outer.y - 0.6, outer.w, 0.55)
    free = high.y >= top and not any(overlap(high, p) > 0.05 and p.h < HEIGHT / 2 for _, p in sheet.drawn())  # fmt: skip
    over = sheet.grounds(high)
    if free and over and all(contrast(theme.color("accent-text"), g) >= LEGIBLE for g in over):
        place = Area(title.area.x, high.y, title.area.w, high.h)
        kicker = Slot(place, 12, "", True, align, "ctr", "accent-text")
    panel = region if panelled else None
    if panel:
        ours.append("panel")
        region = region.inside(0.5, 0.35)
    subline, source, body = _around(region, outer, above_feet, align, bool(panel))
    layout = Layout("", title, body, kicker, subline, source, footer, number, panel, "bg")
    return Read(layout, (*ours, "kicker" if kicker else "kicker_joined", "subline", "source"))


def cover(sheet: Sheet, wide: float) -> Read:
    """A title layout: title and subtitle, in text boxes where it has no place for them."""
    titled, below = sheet.holder("ctrTitle", "title"), sheet.holder("subTitle", "body")
    for one in (titled, below):
        _on_slide(sheet, one, wide)
    if titled is not None:
        _off_pictures(sheet, titled, below)
    for one in (titled, below):
        if one is not None and sheet.slot(one):
            sheet.legible(one)
    title = (sheet.slot(titled) if titled is not None else None) or replace(_title(wide), area=Area(2, 5.5, wide - 4, 4), size=40)  # fmt: skip
    subtitle = sheet.slot(below) if below is not None else None
    ours = ["title"] if not title.holder else []
    if subtitle is None:
        ours.append("subtitle")
        y = title.area.y + title.area.h + 0.4
        place = Area(title.area.x, y, title.area.w, max(HEIGHT - EDGE - y, 2.0))
        subtitle = Slot(place, 20, "", False, title.align, "t", title.color or "ink")
    if min(title.area.w, subtitle.area.w) < 6 or title.area.h < 1:
        ours.append("narrow")
    return Read(Layout("", title, subtitle.area, subline=subtitle), tuple(ours))


def _off_pictures(sheet: Sheet, titled: Any, below: Any) -> None:
    """A cover's words stand where its master has them, where the layout has them on what is drawn."""

    def on_drawn(place: Area | None) -> float:
        if place is None:
            return 1.0
        return sum(overlap(place, one) for one in sheet.reaching(place)) / (place.w * place.h)

    holders = [one for one in (titled, below) if one is not None]
    places = [sheet.inherited(one) for one in holders]
    now = max(on_drawn(sheet.area(one)) for one in holders)
    if now < 0.3 or max(map(on_drawn, places)) > 0.1:
        return
    for one, place in zip(holders, places, strict=True):
        if place is not None:
            sheet.as_master(one, place)


def _title(wide: float) -> Slot:
    """Our own title's place, where a layout has none."""
    return Slot(Area(1.6, 1.5, wide - 3.2, 2.05), 26, "", True, color="primary")


def _on_slide(sheet: Sheet, shape: Any, wide: float) -> None:
    """Some templates have a title half above the slide: it comes down as far as it is not on it."""
    place = None if shape is None else sheet.area(shape)
    if place is None:
        return
    x, y = max(place.x, 0.2), max(place.y, 0.2)
    inside = Area(x, y, min(place.x + place.w, wide - 0.2) - x, min(place.y + place.h, HEIGHT - 0.2) - y)  # fmt: skip
    if overlap(place, inside) < place.w * place.h - 0.5 and inside.w > 6 and inside.h > 1:
        sheet.move(shape, inside)


def _feet(sheet: Sheet, wide: float, strip: Area | None) -> tuple[Slot | None, Slot | None, float]:
    """Footer and number, and where what stands at the foot begins; no number where the template
    draws it by itself."""
    low = HEIGHT - (STRIP if strip and strip.y else 0.0) - 1.1
    top, out = HEIGHT - EDGE, list[Slot | None]()
    for kind, usual in (("ftr", Area(1.6, low, wide - 6.0, 0.55)), ("sldNum", Area(wide - 3.6, low, 2.0, 0.55))):  # fmt: skip
        holder = sheet.holder(kind)
        slot = sheet.slot(holder) if holder is not None else None
        right = "r" if kind == "sldNum" else "l"
        if slot is None and kind == "sldNum" and sheet.numbered():
            out.append(None)
            continue
        out.append(slot or Slot(usual, 10, "", False, right, "ctr", "muted"))
    for kind in ("ftr", "sldNum", "dt"):
        holder = sheet.holder(kind)
        place = sheet.area(holder) if holder is not None else None
        if place is not None and place.y > HEIGHT * 0.6:
            top = min(top, place.y)
    if any(slot and not slot.holder for slot in out):
        top = min(top, low)
    return out[0], out[1], top


def _room(
    sheet: Sheet, usual: Any, title: Area, wide: float, feet: float, gone: Sequence[Area]
) -> tuple[Area, bool]:
    """What the template leaves to a body, and whether that was too little for one."""
    place = sheet.area(usual) if usual is not None else None
    below = title.y + title.h + 0.15
    whole = Area(max(title.x, EDGE), below, min(title.w, wide - 2 * EDGE), feet - 0.1 - below)
    for area in (place, whole, Area(1.2, below, wide - 2.4, feet - 0.1 - below)):
        if area is None:
            continue
        area = _within(without(area, gone), wide, feet - 0.1)
        if area.w >= LEAST[0] and area.h >= LEAST[1]:
            return area, False
    return Area(1.2, 4.2, wide - 2.4, HEIGHT - 6.2), True


def room(sheet: Sheet, usual: Any, wide: float) -> float:
    """How many square centimetres a layout leaves to a body; 0 where that is too little for one."""
    titled = sheet.holder("title", "ctrTitle")
    outer = (sheet.area(titled) if titled is not None else None) or _title(wide).area
    feet = _feet(sheet, wide, None)[2]
    body, narrow = _room(sheet, usual, outer, wide, feet, [outer])
    if narrow and titled is not None and (above := _above(sheet, titled, wide, feet, None)):
        return 0.9 * above[1].w * above[1].h
    return 0.0 if narrow else body.w * body.h


def _above(
    sheet: Sheet, titled: Any, wide: float, feet: float, strip: Area | None
) -> tuple[Area, Area] | None:
    """Title and body where the master has them: programs that write templates give layouts the
    places of another master."""
    outer = sheet.inherited(titled)
    if outer is None:
        return None
    text = Sheet(sheet.master, sheet.master, sheet.theme, sheet.scale).holder("body")
    body, narrow = _room(sheet, text, outer, wide, feet, [outer, *([strip] if strip else [])])
    return None if narrow else (outer, body)


def _moved(
    sheet: Sheet, titled: Any, title: Slot, wide: float, feet: float, strip: Area | None
) -> tuple[Area, Slot, Area]:
    """The title at the slide's head, where its own place leaves none for a body below it."""
    y = 0.7 + (STRIP if strip and not strip.y else 0.0)
    outer = Area(1.2, y, wide - 2.4, 2.4)
    sheet.move(titled, outer)
    slot = sheet.slot(titled) or title
    below = y + outer.h + 0.2
    return Area(1.2, below, wide - 2.4, max(feet, HEIGHT - 2.2) - 0.1 - below), slot, outer


def _within(area: Area, wide: float, foot: float) -> Area:
    x, y = max(area.x, EDGE), max(area.y, EDGE)
    return Area(x, y, min(area.x + area.w, wide - EDGE) - x, min(area.y + area.h, foot) - y)


def _clear(sheet: Sheet, body: Area) -> tuple[Area, bool]:
    """The body beside small things that the layout draws; or whole, where they leave too little."""
    reaching = sheet.reaching(body)
    if not reaching:
        return body, False
    left = without(body, reaching)
    if left.w * left.h >= 0.8 * body.w * body.h and left.w >= LEAST[0] and left.h >= LEAST[1]:
        return left, False
    return body, True


def _around(region: Area, title: Area, feet: float, align: str, inside: bool) -> tuple[Slot, Slot, Area]:  # fmt: skip
    """Subline and source at the region's edges, outside of it where there is room."""
    body, tall, low = region, 0.75, 0.5
    y = region.y - tall - 0.1
    if inside or y < title.y + title.h - 0.05 or title.y > region.y:
        y, body = region.y, body.below(tall + 0.15)
    foot = body.y + body.h
    if inside or foot + 0.08 + low > feet:
        body = replace(body, h=body.h - low - 0.15)
        foot = body.y + body.h
    below = Area(region.x, foot + 0.1, region.w, low)
    return (
        Slot(Area(region.x, y, region.w, tall), 15, "", False, align, "t", "muted"),
        Slot(below, 10.5, "", False, "l", "ctr", "muted"),
        body,
    )


def _statement(
    region: Area, title: Slot, footer: Slot | None, number: Slot | None, theme: Theme,
    grounds: tuple[str, ...] | None, found: bool, ours: Sequence[str],
) -> Read:  # fmt: skip
    """A number on dark ground: the layout's own where it was made for that, else a panel of ours."""
    dark = found and grounds and all(contrast("FFFFFF", g) >= LEGIBLE for g in grounds)
    if dark:
        return Read(Layout("", title, region, footer=footer, number=number), tuple(ours))
    body = region.inside(0.9, 0.6)
    layout = Layout("", title, body, footer=footer, number=number, panel=region, panel_color="primary")  # fmt: skip
    return Read(layout, (*ours, "panel") if found else tuple(ours))
