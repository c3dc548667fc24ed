"""How a template's placeholders look: geometry and type as they are inherited, colours, grounds."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from planwerk.render.deck_layout import Slot, overlap
from planwerk.render.deck_roles import P
from planwerk.render.fonts import Font, font_of
from planwerk.render.slides_area import Area
from planwerk.theme import contrast

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 360000
SEEN = 1.8
"""Below this contrast words of a template's own are not there to the eye."""
PLAIN = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}
"""Which placeholder of the master a kind inherits from, where it is called otherwise."""
STYLES = {"title": "titleStyle", "body": "bodyStyle"}
SIZES = {"title": 44.0, "body": 18.0, "ftr": 12.0, "sldNum": 12.0}
"""Sizes in points where a template says none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A layout with all that it inherits from; `scale`: how many of its centimetres are one of ours."""

    layout: Any
    master: Any
    theme: Any
    scale: float

    # --- placeholders ------------------------------------------------------------------------

    def holder(self, *kinds: str) -> Any:
        """The layout's first placeholder of these kinds; None where there is none."""
        return next((s for s in _shapes(self.layout) if kind_of(s) in kinds), None)

    def parent(self, shape: Any) -> Any:
        """The master's placeholder that a shape inherits from; None where there is none."""
        kind = PLAIN.get(kind_of(shape), kind_of(shape))
        return next((s for s in _shapes(self.master) if kind_of(s) == kind), None)

    def area(self, shape: Any) -> Area | None:
        """Where a shape stands, its own or as it is inherited."""
        for one in (shape, self.parent(shape) if kind_of(shape) else None):
            found = None if one is None else box(one)
            if found:
                return Area(*(v / self.scale for v in (found.x, found.y, found.w, found.h)))
        return None

    def inherited(self, shape: Any) -> Area | None:
        """Where a placeholder would stand if the layout did not say otherwise."""
        parent = self.parent(shape)
        return None if parent is None else self.area(parent)

    def as_master(self, shape: Any, area: Area) -> None:
        """A placeholder of the layout where its master has it, in its master's manner."""
        self.move(shape, area)
        for own in shape.findall(f"{P}txBody/{A}lstStyle"):
            own[:] = []

    def legible(self, shape: Any) -> None:
        """Words that can hardly be seen where they stand become black or white."""
        slot = self.slot(shape)
        grounds = self.grounds(slot.area) if slot else None
        if not slot or not grounds or len(slot.color) != 6 or any(contrast(slot.color, g) >= SEEN for g in grounds):  # fmt: skip
            return
        body = shape.find(f"{P}txBody")
        styles = body.find(f"{A}lstStyle")
        if styles is None:
            styles = etree.Element(f"{A}lstStyle")
            body.find(f"{A}bodyPr").addnext(styles)
        manner = _child(styles, "lvl1pPr", 0)
        look = _child(manner, "defRPr", len(manner))
        for old in look.findall(f"{A}solidFill"):
            look.remove(old)
        fill = etree.Element(f"{A}solidFill")
        better = max(("FFFFFF", "000000"), key=lambda c: min(contrast(c, g) for g in grounds))
        etree.SubElement(fill, f"{A}srgbClr").set("val", better)
        look.insert(1 if look.find(f"{A}ln") is not None else 0, fill)

    def move(self, shape: Any, area: Area) -> None:
        """Give a shape of the layout another place."""
        look = shape.find(f"{P}spPr")
        for old in look.findall(f"{A}xfrm"):
            look.remove(old)
        place = etree.Element(f"{A}xfrm")
        x, y, wide, high = (str(round(v * self.scale * EMU)) for v in (area.x, area.y, area.w, area.h))  # fmt: skip
        etree.SubElement(place, f"{A}off", {"x": x, "y": y})
        etree.SubElement(place, f"{A}ext", {"cx": wide, "cy": high})
        look.insert(0, place)

    def slot(self, shape: Any) -> Slot | None:
        """A placeholder as a slot; None where it stands nowhere."""
        area, kind = self.area(shape), PLAIN.get(kind_of(shape), kind_of(shape))
        if area is None:
            return None
        get = [*self._manners(shape, kind)]
        frames = [b for s in (shape, self.parent(shape)) if s is not None and (b := s.find(f"{P}txBody/{A}bodyPr")) is not None]  # fmt: skip

        def inset(name: str, usual: int) -> float:
            return int(_first(frames, name) or usual) / EMU / self.scale

        left, right, top, foot = inset("lIns", 91440), inset("rIns", 91440), inset("tIns", 45720), inset("bIns", 45720)  # fmt: skip
        inner = Area(area.x + left, area.y + top, area.w - left - right, area.h - top - foot)
        runs = [r for m in get for r in m.findall(f"{A}defRPr")]
        size = int(_first(runs, "sz") or SIZES.get(kind, 18.0) * 100) / 100
        bold = _first(runs, "b") in ("1", "true")
        latin = next((f.get("typeface") for r in runs if (f := r.find(f"{A}latin")) is not None), None)  # fmt: skip
        fill = next((f for r in runs if (f := r.find(f"{A}solidFill")) is not None), None)
        color = (self.color(fill) if fill is not None else None) or self.scheme("tx1") or ""
        return Slot(
            inner, size / self.scale, _attributes(shape), bold, _first(get, "algn") or "l",
            _first(frames, "anchor") or "t", color, self.font(latin, kind == "title"),
            _first(runs, "cap") == "all", max(int(_first(runs, "spc") or 0), 0) / 100 / self.scale,
        )  # fmt: skip

    def _manners(self, shape: Any, kind: str) -> Iterator[Any]:
        """The first level's properties, the nearest first."""
        for one in (shape, self.parent(shape)):
            found = None if one is None else one.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr")
            if found is not None:
                yield found
        found = self.master.find(f"{P}txStyles/{P}{STYLES.get(kind, 'otherStyle')}/{A}lvl1pPr")
        if found is not None:
            yield found

    # --- fonts and colours -------------------------------------------------------------------

    def font(self, name: str | None, title: bool = False) -> Font:
        """The font of that name; the theme's for titles or text where there is none."""
        if name is None or name.startswith("+"):
            kind = "majorFont" if (name or "+mj-lt" * title).startswith("+mj") else "minorFont"
            latin = self.theme.find(f".//{A}{kind}/{A}latin")
            name = "" if latin is None else latin.get("typeface", "")
        return font_of(name or "Calibri")

    def scheme(self, name: str) -> str | None:
        """A colour of the theme by the name that slides have for it."""
        mapped = self.master.find(f"{P}clrMap")
        name = (mapped.get(name, name) if mapped is not None else name) or name
        slot = self.theme.find(f".//{A}clrScheme/{A}{name}")
        if slot is None or not len(slot):
            return None
        return str(slot[0].get("lastClr") or slot[0].get("val") or "").upper() or None

    def color(self, holder: Any, meant: str | None = None) -> str | None:
        """The colour that stands in a fill, as six hex digits; `meant`: the placeholder's."""
        for one in holder:
            tag = _local(one)
            if tag == "srgbClr":
                found: str | None = one.get("val", "").upper()
            elif tag == "sysClr":
                found = one.get("lastClr", "FFFFFF").upper()
            elif tag == "schemeClr":
                found = meant if one.get("val") == "phClr" else self.scheme(one.get("val", ""))
            elif tag == "prstClr":
                found = {"white": "FFFFFF", "black": "000000"}.get(one.get("val", ""))
            else:
                found = None
            return None if not found or len(found) != 6 else _changed(found, one)
        return None

    # --- what is below the text --------------------------------------------------------------

    def grounds(self, region: Area) -> tuple[str, ...] | None:
        """The colours that lie under the region; None for a picture, or what is not known."""
        found = self._background()
        for shape, place in self.drawn():
            if overlap(place, region) >= region.w * region.h * 0.97:
                filled = None if shape.tag == f"{P}pic" else self._fill(shape.find(f"{P}spPr"))
                found = found if filled == () else filled
        return found

    def reaching(self, region: Area) -> list[Area]:
        """What the layout draws that reaches into the region without being its ground."""
        whole = region.w * region.h
        shared = [(place, overlap(place, region)) for _, place in self.drawn()]
        return [place for place, share in shared if 0.002 * whole < share < 0.97 * whole]

    def drawn(self) -> Iterator[tuple[Any, Area]]:
        """What master and layout draw, with its place."""
        roots = [self.layout] if self.layout.get("showMasterSp") in ("0", "false") else [self.master, self.layout]  # fmt: skip
        for root in roots:
            for shape in _shapes(root):
                place = None if kind_of(shape) else self.area(shape)
                if place is not None:
                    yield shape, place

    def numbered(self) -> bool:
        """Whether master or layout draw the slide's number without a placeholder."""
        return any(f.get("type") == "slidenum" for shape, _ in self.drawn() for f in shape.iter(f"{A}fld"))  # fmt: skip

    def _background(self) -> tuple[str, ...] | None:
        for root in (self.layout, self.master):
            ground = root.find(f"{P}cSld/{P}bg")
            if ground is None:
                continue
            filled = ground.find(f"{P}bgPr")
            if filled is not None:
                return self._fill(filled) or None
            named = ground.find(f"{P}bgRef")
            return None if named is None else self._of_theme(named)
        return ("FFFFFF",)

    def _of_theme(self, named: Any) -> tuple[str, ...] | None:
        number, meant = int(named.get("idx", "0")), self.color(named)
        if number in (0, 1000):
            return ("FFFFFF",)
        fills = self.theme.find(f".//{A}{'bgFillStyleLst' if number > 1000 else 'fillStyleLst'}")
        place = number % 1000 - 1 if number > 1000 else number - 1
        if fills is None or place >= len(fills):
            return (meant,) if meant else None
        return self._fill([fills[place]], meant) or None

    def _fill(self, holder: Any, meant: str | None = None) -> tuple[str, ...] | None:
        """The colours of a fill: none for no fill, None for a picture or a pattern."""
        for one in holder if holder is not None else ():
            tag = _local(one)
            if tag == "solidFill":
                color = self.color(one, meant)
                return (color,) if color else None
            if tag == "gradFill":
                stops = [self.color(stop, meant) for stop in one.iter(f"{A}gs")]
                return None if None in stops or not stops else tuple(str(s) for s in stops)
            if tag in ("blipFill", "pattFill", "grpFill"):
                return None
            if tag == "noFill":
                return ()
        return None if holder is None else ()


# --- single shapes -------------------------------------------------------------------------


def _shapes(root: Any) -> list[Any]:
    kinds = tuple(f"{P}{name}" for name in ("sp", "pic", "grpSp", "cxnSp", "graphicFrame"))
    shapes = root.find(f"{P}cSld/{P}spTree")
    return [] if shapes is None else [s for s in shapes if s.tag in kinds]


def kind_of(shape: Any) -> str:
    """The kind of a placeholder; "" for what is none."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return "" if found is None else str(found.get("type", "obj"))


def box(shape: Any) -> Area | None:
    """Where a shape says itself that it stands, in its own centimetres."""
    place = shape.find(f"{P}spPr/{A}xfrm")
    place = shape.find(f"{P}grpSpPr/{A}xfrm") if place is None else place
    place = shape.find(f"{P}xfrm") if place is None else place
    if place is None or (at := place.find(f"{A}off")) is None or (size := place.find(f"{A}ext")) is None:  # fmt: skip
        return None
    return Area(*(int(v) / EMU for v in (at.get("x"), at.get("y"), size.get("cx"), size.get("cy"))))


def _attributes(shape: Any) -> str:
    """What a slide's placeholder says to be that of its layout."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return " ".join(f'{n}="{found.get(n)}"' for n in ("type", "orient", "sz", "idx") if found.get(n))  # fmt: skip


def _child(parent: Any, name: str, place: int) -> Any:
    """The child of that name, made where there is none."""
    found = parent.find(f"{A}{name}")
    if found is None:
        found = etree.Element(f"{A}{name}")
        parent.insert(place, found)
    return found


def _first(elements: list[Any], name: str) -> str | None:
    return next((str(e.get(name)) for e in elements if e.get(name) is not None), None)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _changed(color: str, holder: Any) -> str:
    """A colour lighter or darker, as the theme asks."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    for one in holder:
        share, kind = int(one.get("val", "100000")) / 100000, _local(one)
        if kind in ("lumMod", "lumOff"):
            hue, light, rich = colorsys.rgb_to_hls(red, green, blue)
            light = light * share if kind == "lumMod" else light + share
            red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), rich)
        elif kind == "shade":
            red, green, blue = red * share, green * share, blue * share
        elif kind == "tint":
            red, green, blue = (1 - (1 - c) * share for c in (red, green, blue))
    return "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02X}" for c in (red, green, blue))
