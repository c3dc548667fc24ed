"""An Office file of elsewhere, opened safely: its parts, their trees and relations."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from planwerk.zipped import Unsafe, unzipped

MOST_PARTS, MOST_BYTES = 2000, 60_000_000
"""What a template may hold at most, unpacked."""


XML = (".xml", ".rels", ".vml")
"""What is read as XML; other programs' settings may be of a kind that has a DOCTYPE."""


class Broken(ValueError):  # noqa: N818 - a file that is no template is no error of ours
    """What is no file of the kind that is asked for, or none that can be read safely."""


def unpacked(raw: bytes, main: str) -> dict[str, bytes]:
    """The parts of a file whose first part is `main`; Broken where there is none, or it is unsafe."""
    try:
        parts = unzipped(raw, MOST_PARTS, MOST_BYTES)
    except Unsafe:
        raise Broken from None
    if main not in parts or any(
        b"<!DOCTYPE" in part for name, part in parts.items() if name.endswith(XML)
    ):
        raise Broken
    return parts


def tree(raw: bytes) -> Any:
    """A part as a tree; Broken where it is not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise Broken from None
    if getattr(root.getroottree().docinfo, "doctype", ""):  # in another encoding, say
        raise Broken
    return root


def related_parts(parts: Mapping[str, bytes], source: str) -> dict[str, tuple[str, str]]:
    """The parts that a part is related to, by id: name, and the last word of the kind."""
    folder, name = posixpath.split(source)
    raw = parts.get(f"{folder}/_rels/{name}.rels")
    if raw is None:
        return {}
    return {
        one.get("Id", ""): (
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
            one.get("Type", "").rpartition("/")[2],
        )
        for one in tree(raw)
        if one.get("TargetMode") != "External"
    }
