"""Finds known texts in a line, the longest first."""

from __future__ import annotations

from collections.abc import Iterable

CURRENCIES = {"EUR", "GBP", "USD", "CHF"}
"""Texts of the workspace that stand beside numbers: they belong to these."""


class Scanner:
    """Knows many texts and finds which of them a line holds."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.starts: dict[str, list[str]] = {}
        for text in sorted({t for t in texts if len(t) > 1 and t not in CURRENCIES}, key=len, reverse=True):  # fmt: skip
            self.starts.setdefault(text[:4], []).append(text)

    def names(self, lines: Iterable[str]) -> set[str]:
        """All texts that these lines hold."""
        return {text for line in lines for text in self.scan(line)[0]}

    def scan(self, line: str) -> tuple[list[str], str]:
        """The texts found, and the line with \\x01 in their stead."""
        if cut := self._cut(line):
            return [cut], "\x01" * len(line)
        found, rest, at = [], list(line), 0
        while at < len(line):
            text = "" if at and line[at - 1].isalnum() else self._at(line, at)
            if text:
                found.append(text)
                rest[at : at + len(text)] = "\x01" * len(text)
            at += len(text) or 1
        return found, "".join(rest)

    def _at(self, line: str, at: int) -> str:
        for size in (4, 3, 2):
            for text in self.starts.get(line[at : at + size], ()):
                end = at + len(text)
                whole = end >= len(line) or not line[end].isalnum() or not text[-1].isalnum()
                if (
                    len(text) >= size
                    and line.startswith(text, at)
                    and whole
                    and _is_text(text, line)
                ):
                    return text
        return ""

    def _cut(self, line: str) -> str:
        """The text that a line with three dots at its end begins."""
        stem = line.removesuffix("…").rstrip(" ,;:")
        if not line.endswith("…") or len(stem) < 9:
            return ""
        return next((t for t in self.starts.get(stem[:4], ()) if t.startswith(stem)), "")


def _is_text(text: str, line: str) -> bool:
    """A bare figure is no text: it counts only where it is all that stands there, or one of several."""
    return (
        "–" in text
        or any(c.isalpha() for c in text)
        or text == line
        or ("%" in text and ", " in line)
    )
