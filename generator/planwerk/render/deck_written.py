"""The parts of a template as a package of ours: our names and numbers, its masters and layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from planwerk.render.assembly import HEAD, KINDS, PACKAGE, TYPES
from planwerk.render.deck_cleaned import Cleaned
from planwerk.render.deck_places import HEIGHT
from planwerk.render.deck_roles import DECK, P, R
from planwerk.render.slides_master import template

EMU = 360000
OFFICE = "application/vnd.openxmlformats-officedocument"
FIRST_MASTER = 2147483648
OURS = ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", DECK, "ppt/presProps.xml", "ppt/tableStyles.xml", "ppt/viewProps.xml")  # fmt: skip
"""What every deck has, and none takes from a template."""
PICTURES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf", "wmf": "image/x-wmf"}  # fmt: skip
Pictures = Mapping[str, tuple[str, bytes]]


@dataclass(slots=True)
class _Master:
    """A master that is taken, and the layouts on it."""

    number: int
    root: Any
    pictures: Pictures
    theme: Cleaned
    layouts: list[str] = field(default_factory=list)

    @property
    def part(self) -> str:
        return f"ppt/slideMasters/slideMaster{self.number}.xml"

    @property
    def theme_part(self) -> str:
        """The second theme is that of our notes."""
        return f"ppt/theme/theme{self.number + (self.number > 1)}.xml"


class Written:
    """Takes masters and layouts, gives parts."""

    def __init__(self, scale: float, wide: float, language: str) -> None:
        self.scale, self.wide, self.language = scale, wide, language
        self.masters: dict[str, _Master] = {}
        self.out: dict[str, bytes] = {}
        self.media: dict[tuple[str, bytes], str] = {}
        self.types: dict[str, str] = {}

    def master(self, name: str, master: Cleaned, theme: Cleaned) -> None:
        """A master of the template with its theme; only those that get layouts are written."""
        if name not in self.masters:
            self.masters[name] = _Master(0, master.root, master.pictures, theme)

    def layout(self, root: Any, name: str, master: str, pictures: Pictures) -> str:
        """A layout on that master; its part."""
        above = self.masters[master]
        above.number = above.number or 1 + max(m.number for m in self.masters.values())
        part = f"ppt/slideLayouts/slideLayout{sum(len(m.layouts) for m in self.masters.values()) + 1}.xml"
        above.layouts.append(part)
        root.find(f"{P}cSld").set("name", name)
        root.attrib.pop("matchingName", None)
        self._add(part, root, pictures, [("slideMaster", above.part)], "presentationml.slideLayout+xml")  # fmt: skip
        return part

    def parts(self) -> dict[str, bytes]:
        """The whole package without slides."""
        base = template(self.language, None)
        used = sorted((m for m in self.masters.values() if m.layouts), key=lambda m: m.number)
        for one in used:
            self._master(one, base)
        self.out |= {name: base[name] for name in OURS}
        self.out[DECK] = self._deck(base[DECK].decode(), used)
        kinds = [("slideMaster", m.part) for m in used]
        kinds += [(kind, f"ppt/{kind}.xml") for kind in ("presProps", "viewProps", "tableStyles")]
        self.out["ppt/_rels/presentation.xml.rels"] = _related([*kinds, ("theme", used[0].theme_part)], "ppt")  # fmt: skip
        self.out[TYPES] = self._typed(base[TYPES].decode())
        return self.out

    def _master(self, one: _Master, base: Mapping[str, bytes]) -> None:
        root = deepcopy(one.root)
        for old in root.findall(f"{P}sldLayoutIdLst"):
            root.remove(old)
        listed = etree.Element(f"{P}sldLayoutIdLst")
        for place, _ in enumerate(one.layouts, start=1):
            entry = etree.SubElement(listed, f"{P}sldLayoutId")
            entry.set("id", str(FIRST_MASTER + one.number * 100 + place))
            entry.set(f"{R}id", f"rId{place}")
        root.find(f"{P}clrMap").addnext(listed)
        ours = etree.fromstring(base["ppt/slideMasters/slideMaster1.xml"])
        other = root.find(f"{P}txStyles/{P}otherStyle")
        if other is not None:
            other.getparent().replace(other, ours.find(f"{P}txStyles/{P}otherStyle"))
        first = [("slideLayout", part) for part in one.layouts]
        self._add(one.part, root, one.pictures, [*first, ("theme", one.theme_part)], "presentationml.slideMaster+xml")  # fmt: skip
        self._add(one.theme_part, deepcopy(one.theme.root), one.theme.pictures, [], "theme+xml")

    def _add(self, part: str, root: Any, pictures: Pictures, related: list[tuple[str, str]], kind: str) -> None:  # fmt: skip
        """A part with its relations, pictures last."""
        renamed = {}
        for identity, (ending, raw) in sorted(pictures.items()):
            name = self.media.setdefault((ending, raw), f"ppt/media/image{len(self.media) + 1}.{ending}")  # fmt: skip
            self.out[name] = raw
            related = [*related, ("image", name)]
            renamed[identity] = f"rId{len(related)}"
        for one in root.iter(etree.Element):
            held = one.get(f"{R}embed")
            if held is not None:
                one.set(f"{R}embed", renamed[held])
        etree.cleanup_namespaces(root, keep_ns_prefixes=["a", "p", "r"])
        self.out[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # fmt: skip
        self.types[part] = f"{OFFICE}.{kind}"
        if related:
            folder, _, name = part.rpartition("/")
            self.out[f"{folder}/_rels/{name}.rels"] = _related(related, folder)

    def _deck(self, words: str, used: list[_Master]) -> bytes:
        """presentation.xml with the template's size and masters."""
        ids = "".join(f'<p:sldMasterId id="{FIRST_MASTER + m.number * 100}" r:id="rId{place}"/>' for place, m in enumerate(used, start=1))  # fmt: skip
        words = re.sub(r"(<p:sldMasterIdLst>).*?(</p:sldMasterIdLst>)", rf"\g<1>{ids}\g<2>", words)
        wide, high = (round(v * self.scale * EMU) for v in (self.wide, HEIGHT))
        return re.sub(r"<p:sldSz [^>]*/>", f'<p:sldSz cx="{wide}" cy="{high}"/>', words).encode()

    def _typed(self, words: str) -> bytes:
        kept = re.sub(r'<Override PartName="/ppt/(?:slideLayouts|slideMasters|theme)/[^>]*/>', "", words)  # fmt: skip
        kept = re.sub(r'<Default Extension="(?!rels|xml)[^>]*/>', "", kept)
        endings = sorted({ending for ending, _ in self.media})
        listed = "".join(f'<Default Extension="{e}" ContentType="{PICTURES[e]}"/>' for e in endings)
        listed += "".join(f'<Override PartName="/{n}" ContentType="{k}"/>' for n, k in sorted(self.types.items()))  # fmt: skip
        return kept.replace("</Types>", f"{listed}</Types>").encode()


def _related(related: list[tuple[str, str]], folder: str) -> bytes:
    """The relations of a part, numbered as they come."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{KINDS}/{kind}" Target="{_from(folder, target)}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()


def _from(folder: str, target: str) -> str:
    return target.removeprefix("ppt/") if folder == "ppt" else f"../{target.removeprefix('ppt/')}"
