"""The stamp of an Office file: digests of what it says, in its own properties and the manifest.

`1:<whole>:<chapters>:<charts>:<pictures, links, properties>`, all in hex; the whole is of what a
reader sees, and the same when another program saved the file again. By its stamp a file that
was changed is still known, and the digests tell in which parts it was. It is as long as a
property may be in Word, so that no program shortens it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planwerk.fingerprint import Contents, contents

CUSTOM = "docProps/custom.xml"
NAME = "Planwerk"
ENDINGS = (".docx", ".pptx")
ROOM = 186
"""Characters for the digests of chapters and charts: 255 are the most that Word keeps."""
SHORT, LONG = 2, 8
"""Digits that the digest of a part has at least, and at most."""
REST = ("pictures", "links", "properties")
FORM = re.compile(r"1:([0-9a-f]{32}):([0-9a-f.]*):([0-9a-f.]*):([0-9a-f]{8})\.([0-9a-f]{8})\.([0-9a-f]{8})")  # fmt: skip
FOUND = re.compile(rf'name="{NAME}"[^>]*>\s*<vt:lpwstr>([^<]*)<'.encode())
HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp taken apart; digests of parts may be shortened."""

    whole: str
    chapters: tuple[str, ...]
    charts: tuple[str, ...]
    rest: Mapping[str, str]


def digests(found: Contents) -> Stamp:
    """The stamp of what a file says, with all digits."""
    chapters = tuple(_digest(f"{title}\n{words}") for title, words in found.chapters)
    charts = tuple(_digest(figures) for _, figures in found.charts)
    rest = {name: _digest(getattr(found, name)) for name in REST}
    whole = _digest("\n".join((*chapters, "", *charts, "", *rest.values())))
    return Stamp(whole[:32], chapters, charts, rest)


def stamp(parts: Mapping[str, bytes]) -> str:
    """The stamp of the parts of a file of ours."""
    full = digests(contents(parts))
    count = len(full.chapters) + len(full.charts)
    digits = max(SHORT, min(LONG, ROOM // max(count, 1) - 1))
    chapters, charts = (".".join(d[:digits] for d in part) for part in (full.chapters, full.charts))
    rest = ".".join(full.rest[name][:LONG] for name in REST)
    return f"1:{full.whole}:{chapters}:{charts}:{rest}"


def understood(words: str) -> Stamp | None:
    """A stamp as it stands in a property or a manifest, taken apart; None if it is none."""
    found = FORM.fullmatch(words)
    if not found:
        return None
    chapters, charts = (tuple(part.split(".")) if part else () for part in found.group(2, 3))
    return Stamp(found[1], chapters, charts, dict(zip(REST, found.group(4, 5, 6), strict=True)))


def stamped(words: str) -> bytes:
    """The part of a package that holds the stamp."""
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{NAME}">'
        f"<vt:lpwstr>{words}</vt:lpwstr></property></Properties>"
    ).encode()


def stamp_of(parts: Mapping[str, bytes]) -> str:
    """The stamp that a file bears; "" for none."""
    found = FOUND.search(parts.get(CUSTOM, b""))
    return found[1].decode("ascii", "replace") if found else ""


def stamp_in(path: Path) -> str:
    """The stamp of a file of ours; "" for what is no Office file."""
    if path.suffix not in ENDINGS:
        return ""
    try:
        with zipfile.ZipFile(path) as package:
            return stamp_of({CUSTOM: package.read(CUSTOM)})
    except (zipfile.BadZipFile, KeyError):
        return ""


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
