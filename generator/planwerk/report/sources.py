"""The lines that problems point at, and where their files are for whoever reads the report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from planwerk.problems import Place, Problem

NO_TEXT = 8192
"""Bytes at the beginning of a file in which one of value 0 says that it is no text: a picture, a
document."""


class Sources:
    """The files below `root`, read once where a problem points at them.

    Where `root` is a folder below the current one, paths in reports for other programs begin
    there: those programs know the files by their place in the repository. `workspace` is that
    folder where the plans below `root` are those of an earlier day.
    """

    def __init__(self, root: Path, workspace: Path | None = None) -> None:
        self.root, self.workspace = root, workspace or root
        self._files: dict[str, list[str]] = {}

    def hide(self, problems: Iterable[Problem]) -> None:
        """Show no secret in any line: a log is read by more people than the plans are."""
        for place in (p.place for p in problems if p.rule == "secret-in-plan"):
            lines, number = self.lines(place.path), place.line - 1
            if number < len(lines):
                start, end = place.column - 1, place.column - 1 + place.width
                line = lines[number]
                lines[number] = line[:start] + "•" * len(line[start:end]) + line[end:]

    def lines(self, path: PurePosixPath) -> list[str]:
        """The lines of a file as reading counts them; none where it cannot be read, or is no text."""
        name = str(path)
        if name not in self._files:
            raw = self._raw(path)
            text = "" if b"\0" in raw[:NO_TEXT] else decoded(raw, path.suffix == ".csv")
            self._files[name] = text.split("\n")
        return self._files[name]

    def _raw(self, path: PurePosixPath) -> bytes:
        """The bytes of a file; nothing of a link in the plans, whatever it leads to."""
        ours = path.parts[:1] == ("plans",)
        try:
            if ours and any((self.root / p).is_symlink() for p in (path, *path.parents[:-1])):
                return b""
            return (self.root / path).read_bytes()
        except (OSError, ValueError):
            return b""

    def line(self, place: Place) -> str | None:
        """The line a problem points at, or None if there is nothing to show."""
        lines = self.lines(place.path)
        there = lines != [""] and 0 < place.line <= len(lines)
        return lines[place.line - 1] if there else None

    def underlined(self, place: Place) -> str:
        """The words that a problem points at."""
        line = self.line(place) or ""
        return line[place.column - 1 : place.column - 1 + place.width]

    def path(self, place: Place) -> str:
        """The file's path for programs that stand in the current folder."""
        base = PurePosixPath(self.workspace.as_posix())
        outside = base.is_absolute() or ".." in base.parts
        return str(place.path if outside else base / place.path)


def decoded(raw: bytes, table: bool) -> str:
    """The text of a file as reading understood it: a table may be cp1252."""
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = raw.decode("cp1252" if table else "utf-8", "replace")
    return words.replace("\r\n", "\n").replace("\r", "\n")
