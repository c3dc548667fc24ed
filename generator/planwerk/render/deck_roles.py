"""Which layout of a PowerPoint template plays which role: as the brand says, else by the kinds of
its placeholders, else by its name; never by where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from planwerk.render.deck_layout import ROLES, Role
from planwerk.render.foreign import Broken, related_parts, tree

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECK = "ppt/presentation.xml"
FEET = ("dt", "ftr", "sldNum")
NAMES: Mapping[Role, re.Pattern[str]] = {
    "title": re.compile(r"title slide|titel(folie)?|title|deckblatt|cover|startfolie"),
    "content": re.compile(
        r"(nur titel|title only|(titel|title)( ?(,|und|and|&)) ?(inhalt|content)|inhalt|content)"
    ),
    "content-marked": re.compile(r".*\b(intern|internal)\b.*"),
    "statement": re.compile(
        r"gro(ß|ss)e zahl|big number|statement|(kern)?aussage|key (message|figure)|kennzahl"
    ),
}
"""What layouts are called that play a role, in small letters."""
How = Literal["named", "kinds", "name", "made"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A layout of a template: its part, its master's part, and its tree."""

    part: str
    master: str
    name: str
    root: Any

    def kinds(self) -> list[str]:
        """The kinds of its placeholders."""
        return [h.get("type", "obj") for h in self.root.iter(f"{P}ph")]

    @property
    def body(self) -> list[str]:
        """The kinds without what stands at a slide's foot."""
        return [kind for kind in self.kinds() if kind not in FEET]

    @property
    def internal(self) -> bool:
        """Whether it is called internal: it never carries a client's slide unless the brand says so."""
        return bool(NAMES["content-marked"].fullmatch(self.name.lower().strip()))

    def says(self, words: Iterable[str]) -> bool:
        """Whether all of these words stand on it, beside its placeholders."""
        shapes = [s for s in self.root.iter(f"{P}sp") if s.find(f"./*/{P}nvPr/{P}ph") is None]
        said = " ".join("".join(s.itertext()) for s in shapes).lower()
        return all(word.lower() in said for word in words)

    @property
    def upright(self) -> bool:
        """Whether words stand in it from top to bottom."""
        return any(h.get("orient") == "vert" for h in self.root.iter(f"{P}ph"))

    @property
    def feet(self) -> int:
        """How many of footer and number it has."""
        return len({"ftr", "sldNum"} & {*self.kinds()})


@dataclass(frozen=True, slots=True)
class Roles:
    """The layout of each role and how it was found; None with `made`: none of the template's."""

    found: Mapping[Role, Candidate | None]
    how: Mapping[Role, How]
    unknown: tuple[str, ...]
    """The roles that the brand gives a layout in vain."""
    names: tuple[str, ...]
    """All layouts, as people see them."""


def candidates(parts: Mapping[str, bytes]) -> list[Candidate]:
    """All layouts, in the order of the masters; Broken where there is no master."""
    deck, related = tree(parts[DECK]), related_parts(parts, DECK)
    masters = [related.get(one.get(f"{R}id", ""), ("", ""))[0] for one in deck.iter(f"{P}sldMasterId")]  # fmt: skip
    out = []
    for master in masters:
        if master not in parts:
            raise Broken
        known = related_parts(parts, master)
        for one in tree(parts[master]).iter(f"{P}sldLayoutId"):
            part, _ = known.get(one.get(f"{R}id", ""), ("", ""))
            if part in parts:
                root = tree(parts[part])
                slide = root.find(f"{P}cSld")
                out.append(Candidate(part, master, "" if slide is None else slide.get("name", ""), root))  # fmt: skip
    if not masters:
        raise Broken
    return out


Room = Callable[[Candidate], float]
"""How much room a layout leaves to a body, in square centimetres."""


def roles(known: Sequence[Candidate], asked: Mapping[str, str], room: Room) -> Roles:
    """The layout of each role; `asked`: what the brand calls them."""
    named = {one.name.lower(): one for one in reversed(known)}
    found: dict[Role, Candidate | None] = {}
    how: dict[Role, How] = {}
    unknown = [role for role in asked if role not in ROLES]
    for role in ROLES:
        if role in asked:
            one = named.get(asked[role].lower())
            if one is not None:
                found[role], how[role] = one, "named"
                continue
            unknown.append(role)
        one = _by_kinds(role, known, room)
        if one is not None:
            found[role], how[role] = one, "kinds"
            continue
        fits = (k for k in known if k.internal is (role == "content-marked"))
        one = next((k for k in fits if NAMES[role].fullmatch(k.name.lower().strip())), None)
        found[role], how[role] = one, "name" if one else "made"
    return Roles(found, how, tuple(unknown), tuple(dict.fromkeys(k.name for k in known)))


def _by_kinds(role: Role, known: Sequence[Candidate], room: Room) -> Candidate | None:
    """The layout whose placeholders are those of the role; of several the one that is called so,
    for a cover without the kind of title that covers have one on a master of its own,
    for content the one with footer and number, with the most room (a template may have masters for
    covers, too), and rather without a place for text than with one."""
    known = [k for k in known if not k.upright and not k.internal]
    match role:
        case "title":
            fits = [k for k in known if "ctrTitle" in k.body]
            if fits:
                return _best(role, fits)
            fits = [k for k in known if sorted(k.body) == ["subTitle", "title"]]
            content = _by_kinds("content", known, room)
            others = [k for k in fits if content is None or k.master != content.master]
            return _best(role, others or fits)
        case "content":
            only = [k for k in known if k.body == ["title"]]
            filled = [k for k in known if len(k.body) == 2 and "title" in k.body and {*k.body} & {"obj", "body"}]  # fmt: skip
            fits = [*only, *filled]
            worth = {k.part: (room(k) > 0, k.feet, round(room(k))) for k in fits}
            fits = [k for k in fits if worth[k.part] == max(worth.values())]
            return _best(role, [k for k in fits if k in only] or fits)
        case _:
            return None


def _best(role: Role, fits: Sequence[Candidate]) -> Candidate | None:
    called = [k for k in fits if NAMES[role].fullmatch(k.name.lower().strip())]
    return next(iter((*called, *fits)), None)
