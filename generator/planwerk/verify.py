"""Is a Word document or a deck one of ours, of which account and day, and what was changed in it.

The manifest of a build knows the bytes of each file, and its stamp: what it said. A file of
other bytes that says the same was saved again; one that says something else is known by the
stamp it bears, or by the chapters that it still has.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeAlias

from planwerk.fingerprint import Contents, Unknown, contents, properties
from planwerk.folders import owner
from planwerk.problems import refuse
from planwerk.publish import MANIFEST
from planwerk.stamp import ENDINGS, REST, Stamp, digests, stamp_of, understood
from planwerk.zipped import unzipped

Found: TypeAlias = Literal["unchanged", "saved_again", "changed", "unknown"]
Part: TypeAlias = Literal["chapter", "before", "around", "chart", "pictures", "links", "properties"]
How: TypeAlias = Literal["changed", "added", "removed"]
MOST_PARTS, MOST_BYTES = 5000, 300_000_000
"""What a file may hold at most, unpacked, to be looked at."""
MOST_ATTRIBUTES, MOST_PREFIXES, MOST_SPACES = 256, 128, 4_000
"""What a tag and a part may name at most: to bring very many in order takes minutes."""
SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
"""What tags are called by every program that writes such files; other names are not read."""


@dataclass(frozen=True, slots=True)
class Change:
    """One part that is another one now: which, under what title ("" for none), and how."""

    part: Part
    how: How = "changed"
    title: str = ""
    number: int = 0
    """Its place among the chapters (slides) or charts, from 1; of what is gone, the place it had."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is; of an unknown one `title` and `as_of` are what it says of itself."""

    found: Found
    title: str = ""
    as_of: str = ""
    path: str = ""
    """Its name within the build."""
    account: str = ""
    audience: str = ""
    commit: str = ""
    ours: bool = False
    """Whether an unknown file bears a stamp of ours: then it is of another build."""
    changes: tuple[Change, ...] = ()


def manifest(build: Path) -> Mapping[str, Any]:
    """The manifest of an output folder; refuses (exit code 2) where there is none."""
    try:
        found = json.loads((build / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        raise refuse("no-manifest", str(build), found=str(build / MANIFEST))
    return found


def verify(raw: bytes, name: str, known: Mapping[str, Any]) -> Verdict:
    """What the bytes of a file called `name` are, as a manifest knows them."""
    rows: Mapping[str, Mapping[str, str]] = {n: r for n, r in known["files"].items() if n.endswith(ENDINGS)}  # fmt: skip
    parts = _parts(raw)
    title, _, _, as_of = properties(parts).split("\n")
    digest = hashlib.sha256(raw).hexdigest()
    same = [n for n, row in rows.items() if row["sha256"] == digest]
    if same:
        return _told(_nearest(same, name), "unchanged", title, known)
    try:
        said = contents(parts)
    except (Unknown, UnicodeDecodeError):
        return Verdict("unknown")
    now = digests(said)
    stamps = {n: s for n, row in rows.items() if (s := understood(row.get("stamp", "")))}
    same = [n for n, one in stamps.items() if one.whole == now.whole]
    if same:
        return _told(_nearest(same, name), "saved_again", title, known)
    own = understood(stamp_of(parts))
    meant = [n for n, one in stamps.items() if own and one.whole == own.whole] or _alike(
        stamps, now
    )
    if not meant:
        return Verdict("unknown", title, as_of, ours=own is not None)
    path = _nearest(meant, name)
    return replace(_told(path, "changed", title, known), changes=_changes(stamps[path], now, said))


def _told(path: str, found: Found, title: str, known: Mapping[str, Any]) -> Verdict:
    row = known["files"][path]
    as_of, commit = (row.get(key, known.get(key, "")) for key in ("as_of", "commit"))
    audience, account = owner(path)
    return Verdict(found, title, as_of, path, account, audience, commit)


def _nearest(names: Sequence[str], name: str) -> str:
    """Of files that are alike, the one of that name, else the first."""
    return next((n for n in names if PurePosixPath(n).name == name), min(names))


def _alike(stamps: Mapping[str, Stamp], now: Stamp) -> list[str]:
    """The document of the same day and title that still has at least half of its chapters."""

    def kept(one: Stamp) -> int:
        return len(set(one.chapters) & set(_shortened(now.chapters, one.chapters)))

    near = {n: kept(s) for n, s in stamps.items() if now.rest["properties"].startswith(s.rest["properties"])}  # fmt: skip
    best = max(near, key=lambda n: near[n], default=None)
    return [best] if best and near[best] * 2 >= len(stamps[best].chapters) else []


def _shortened(digests: Sequence[str], like: Sequence[str]) -> list[str]:
    digits = len(like[0]) if like else 0
    return [one[:digits] for one in digests]


# --- what was changed ------------------------------------------------------------------------


def _changes(was: Stamp, now: Stamp, said: Contents) -> tuple[Change, ...]:
    """Every part that differs, in the order of the document."""
    titles = [title for title, _ in said.chapters]
    word = any(name == "" for name in titles[:1]) and len(titles) > 1
    out = []
    for how, old, new in _differing(was.chapters, _shortened(now.chapters, was.chapters)):
        place = new if new is not None else old
        assert place is not None
        last = (len(titles) if new is not None else len(was.chapters)) - 1
        part: Part = "around" if word and place == last else "before" if word and not place else "chapter"  # fmt: skip
        number = place if word else place + 1
        out.append(Change(part, how, titles[new] if new is not None else "", number))
    for how, old, new in _differing(was.charts, _shortened(now.charts, was.charts)):
        chapter = titles[said.charts[new][0]] if new is not None else ""
        out.append(Change("chart", how, chapter, (new if new is not None else old or 0) + 1))
    parts: dict[str, Part] = {"pictures": "pictures", "links": "links", "properties": "properties"}
    out += [Change(parts[name]) for name in REST if not now.rest[name].startswith(was.rest[name])]
    return tuple(out)


def _differing(was: Sequence[str], now: Sequence[str]) -> list[tuple[How, int | None, int | None]]:
    """How each part differs that does, with its places then and now."""
    out: list[tuple[How, int | None, int | None]] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        out += [("changed", a + i, c + i) for i in range(both)]
        out += [("removed", i, None) for i in range(a + both, b)]
        out += [("added", None, i) for i in range(c + both, d)]
    return out


# --- a file of elsewhere ---------------------------------------------------------------------


def _parts(raw: bytes) -> dict[str, bytes]:
    """The parts of a package, their XML in one form; none where it is no package, or unsafe."""
    try:
        found = unzipped(raw, MOST_PARTS, MOST_BYTES)
        return {name: _formed(name, part) for name, part in found.items()}
    except ValueError:  # of which Unsafe is one
        return {}


def _endless(raw: bytes) -> bool:
    """Whether a part names so many attributes or namespaces that no program wrote it."""
    spaces = re.findall(rb"xmlns[^=>]{0,64}", raw)
    crowded = any(tag.partition(b">")[0].count(b"=") > MOST_ATTRIBUTES for tag in raw.split(b"<"))
    return crowded or len(spaces) > MOST_SPACES or len(set(spaces)) > MOST_PREFIXES


def _formed(name: str, raw: bytes) -> bytes:
    """XML in its canonical form; ValueError for what is broken, unsafe, or named otherwise."""
    if not name.endswith((".xml", ".rels")):
        return raw
    from lxml import etree

    if b"<!DOCTYPE" in raw or _endless(raw):
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise ValueError(name) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):  # in another encoding, say
        raise ValueError(name)
    for one in root.iter(etree.Element):
        space = etree.QName(one).namespace
        if space in SPACES and one.prefix != SPACES[space]:
            raise ValueError(name)
    try:
        return bytes(etree.tostring(root, method="c14n"))
    except etree.LxmlError:  # a namespace without a scheme, say
        raise ValueError(name) from None
