"""The words of a table, whatever German or English Excel saved them as."""

from __future__ import annotations

from pathlib import PurePosixPath

from planwerk.problems import Place, Problem, Severity
from planwerk.text.source import LFS_POINTER, MAX_BYTES, forbidden, unmarked, with_line_feeds

MAX_TABLE = 64 * MAX_BYTES
"""Bytes of a table that is read as a whole; logs are read as a stream, however long."""


def decoded(path: PurePosixPath, raw: bytes) -> tuple[str, list[Problem]]:
    """The text of a table, and what is to say about it; no text where it cannot be read."""
    if len(raw) > MAX_TABLE:
        facts = {"found": f"{len(raw) >> 20} MiB"}
        return "", [Problem("file-too-large", Place(path), facts=facts)]
    problems: list[Problem] = []
    try:
        words = unmarked(raw).decode()
    except UnicodeDecodeError as wrong:
        try:
            words = raw.decode("cp1252")
        except UnicodeDecodeError as error:
            place = after(path, with_line_feeds(raw[: error.start].decode("cp1252")))
            return "", [Problem("not-utf8", place, facts={"found": f"0x{raw[error.start]:02X}"})]
        place = after(path, with_line_feeds(words[: wrong.start]))
        problems.append(in_windows_1252(place, words[wrong.start]))
    words = with_line_feeds(words)
    if bad := forbidden(words):
        facts = {"found": f"U+{ord(bad.group()):04X}"}
        return "", [Problem("forbidden-character", after(path, words[: bad.start()]), facts=facts)]
    if words.startswith(LFS_POINTER):
        return "", [Problem("lfs-pointer", Place(path, 1, 1, len(LFS_POINTER)))]
    if not words.strip():
        return "", [Problem("empty-file", Place(path))]
    return words, problems


def in_windows_1252(place: Place, found: str) -> Problem:
    """That a table is not written in UTF-8, told at the first letter that shows it."""
    return Problem("windows-1252", place, Severity.WARNING, {"found": found})


def after(path: PurePosixPath, before: str) -> Place:
    """The place of the character that follows `before`."""
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
