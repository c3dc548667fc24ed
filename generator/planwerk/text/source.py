"""A file's text, its characters checked, its front matter separated from its prose."""

from __future__ import annotations

import codecs
import re
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from planwerk.problems import Place, Problem

MAX_BYTES = 1 << 20
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""Control, line-separator, bidirectional and tag characters: invisible, and read differently
by each output format."""


LFS_POINTER = "version https://git-lfs.github.com/spec/"
"""What stands in a file whose content git keeps elsewhere."""
INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u2060\ufeff\u00ad\u180e]|(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])"
)
"""Characters without width. Joiners are fine between signs that are joined by them: emoji,
Arabic and Indic letters."""
WIDTHLESS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u180e"
"""The signs that `INVISIBLE` is about: hardly a text has one, and this is found out faster."""


class Source(NamedTuple):
    """A decoded file: front matter and body, and the line (from 1) each begins on."""

    path: PurePosixPath
    front: str
    body: str
    front_line: int
    body_line: int


def unmarked(raw: bytes) -> bytes:
    """The bytes without the byte-order mark that some programs put before them."""
    return raw.removeprefix(codecs.BOM_UTF8)


def with_line_feeds(words: str) -> str:
    """The text with `\\n` line ends."""
    return words.replace("\r\n", "\n").replace("\r", "\n") if "\r" in words else words


def forbidden(words: str) -> re.Match[str] | None:
    """The first character in a text that may not stand there."""
    if words.replace("\n", " ").isprintable():  # a tenth of the search, and none of them is
        return None
    return FORBIDDEN.search(words)


def decode(path: PurePosixPath, raw: bytes) -> str | Problem:
    """The text of a file with `\\n` line ends, or the problem that keeps it from being one."""
    if len(raw) > MAX_BYTES:
        return Problem("file-too-large", Place(path), facts={"found": f"{len(raw) >> 10} KiB"})
    try:
        words = unmarked(raw).decode()
    except UnicodeDecodeError as error:
        before = with_line_feeds(unmarked(raw)[: error.start].decode("utf-8", "replace"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(
            "not-utf8",
            Place(path, line, column),
            facts={"found": f"0x{error.object[error.start]:02X}"},
        )
    words = with_line_feeds(words)
    if bad := forbidden(words):
        before = words[: bad.start()]
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Problem("forbidden-character", place, facts={"found": f"U+{ord(bad.group()):04X}"})
    if not words.strip():
        return Problem("empty-file", Place(path))
    if words.startswith(LFS_POINTER):
        return Problem("lfs-pointer", Place(path, 1, 1, len(LFS_POINTER)))
    return words


def split(path: PurePosixPath, words: str) -> Source | Problem:
    """Front matter between two `---` lines, then the body."""
    end = words.find("\n---", 3)
    if end > 0 and words.startswith("---\n") and words[end + 4 : end + 5] in ("", "\n"):
        front = words[4 : end + 1] or "\n"
        return Source(path, front, words[end + 5 :], 2, words.count("\n", 0, end) + 3)
    lines = words.split("\n")  # with spaces behind the dashes, or without dashes
    if lines[0].rstrip() != "---":
        return Problem("missing-front-matter", Place(path, 1, 1, max(1, len(lines[0]))))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            body = "\n".join(lines[number + 1 :])
            return Source(path, "\n".join(lines[1:number]) + "\n", body, 2, number + 2)
    return Problem("unclosed-front-matter", Place(path, 1, 1, 3))


def other_repositories(root: Path) -> frozenset[str]:
    """The folders that .gitmodules says belong to other repositories."""
    try:
        words = (root / ".gitmodules").read_text("utf-8", "replace")
    except OSError:
        return frozenset()
    return frozenset(re.findall(r"^\s*path\s*=\s*(.+?)\s*$", words[:100_000], re.M))
