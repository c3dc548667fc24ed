"""Templates: files to fill, one a kind and language, with `$gaps` that a kind fills."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).with_name("templates")
ALONE = re.compile(r"^([ ]*)\$([a-z_]+)$", re.M)
PLAIN = re.compile(r"[^\W_][^:#\"'\\\n]*[^:#\"'\\\s]|[^\W_]")
"""Texts that YAML reads as they stand; all others are quoted."""


def fill(name: str, /, **values: str) -> str:
    """The template `name` with its gaps filled; a line that is only an empty gap is left out.

    Values of several lines keep the indentation of the line that they fill.
    """
    words = (TEMPLATES / name).read_text("utf-8")
    words = re.sub(ALONE.pattern + r"\n", lambda m: _lines(m[1], values[m[2]]), words, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", Template(words).substitute(values))


def _lines(indent: str, value: str) -> str:
    return "".join(f"{indent}{line}\n".replace("$", "$$") for line in value.split("\n") if value)


def plain(words: str) -> str:
    """The words as a value of front matter: quoted where YAML would read them otherwise."""
    if PLAIN.fullmatch(words):
        return words
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def key(name: str, words: str) -> str:
    """The line `name: words`, or "" if there are no words."""
    return f"{name}: {plain(words)}" if words else ""


def items(words: list[str]) -> str:
    """A list of the words."""
    return "\n".join(f"- {plain(word)}" for word in words)
